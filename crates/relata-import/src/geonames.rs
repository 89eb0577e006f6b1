//! `allCountries.txt` and the like: nineteen columns with tabs between them, no header, no quotes.

use std::io::BufRead;

use relata_model::NameKind;

use crate::draft::Draft;
use crate::input::{self, Line};
use crate::{Reason, Sink, Stop};

pub(crate) fn read(source: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut buffer = Vec::new();
    for number in 1.. {
        let line = input::line(source, &mut buffer);
        let line = line.map_err(|error| Stop::Source { line: number, error: input::explain(&error) })?;
        let draft = match line {
            None => break,
            Some(Line::NotText) => Err(Reason::NotText),
            Some(Line::TooLong) => Err(Reason::TooLong),
            Some(Line::Text(text)) if text.trim().is_empty() => continue,
            Some(Line::Text(text)) => place(text, sink),
        };
        sink.take(number, draft)?;
    }
    Ok(())
}

fn place(line: &str, sink: &Sink<'_>) -> Result<Draft, Reason> {
    let mut columns = [""; 19];
    let mut count = 0;
    for column in line.split('\t') {
        if let Some(slot) = columns.get_mut(count) {
            *slot = column;
        }
        count += 1;
    }
    if count != columns.len() {
        return Err(Reason::Malformed(format!("{count} columns instead of 19")));
    }
    let [id, name, ascii, others, .., population, _, _, _, _] = columns;
    let (class, code) = (columns[6], columns[7]);
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Reason::Malformed(format!("\"{id}\" is no number, as ids of GeoNames are")));
    }
    if population.parse().unwrap_or(0) < sink.options.least_population {
        return Err(Reason::Small);
    }
    let types = &sink.types.geonames;
    let both = format!("{class}.{code}");
    let Some(entity_type) = types.get(&both).or_else(|| types.get(class)) else {
        return Err(Reason::UnknownType(both));
    };
    let mut draft =
        Draft { id: id.to_owned(), prefix: "geonames-", entity_type: entity_type.clone(), ..Draft::default() };
    // Places without a known population say 0.
    if population.parse::<u64>().is_ok_and(|population| population > 0) {
        population.clone_into(&mut draft.prior);
    }
    if sink.options.alternate_names.as_ref().is_some_and(|names| names.add_to(&mut draft)) {
        // Their languages are known, unlike those of the names that stand in the line.
        draft.name(None, NameKind::Label, name);
        return Ok(draft);
    }
    draft.name(None, NameKind::Label, name);
    for other in std::iter::once(ascii).chain(others.split(',')) {
        // Airport codes and addresses stand among the names.
        let code = other.len() <= 4 && other.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if !code && !other.contains("://") {
            draft.name(None, NameKind::Alias, other);
        }
    }
    Ok(draft)
}
