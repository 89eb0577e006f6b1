//! `relata gazetteer suggest`: names of a corpus that no entity has, as the table that `gazetteer import` reads.

use std::io::{BufWriter, Write};

use anyhow::{Context, Result};
use rayon::prelude::*;
use relata_extract::{Suggester, Suggestion, Tally};
use relata_read::{Options, collect, read};

use crate::args::{DataArgs, GazetteerSuggestArgs, NameFormArgs};
use crate::report::{self, Outcome, Report, count};
use crate::whole_file::WholeFile;
use crate::{configuration, documents, interrupt};

/// The columns: those that an import reads, and those that tell whoever decides.
const COLUMNS: [&str; 12] = [
    "name",
    "type",
    "aliases",
    "language",
    "seen",
    "documents",
    "type_because",
    "near",
    "near_because",
    "example_1",
    "example_2",
    "example_3",
];

/// Looks through every document, then writes what is worth a look.
pub(crate) fn run(args: &GazetteerSuggestArgs, report: Report) -> Result<Outcome> {
    let data = DataArgs {
        gazetteer: args.gazetteer.clone(),
        no_default_gazetteer: args.no_default_gazetteer,
        judgements: args.judgements.clone(),
        names: NameFormArgs::default(),
        rules: Vec::new(),
        no_relations: true,
        schema: args.schema.clone(),
        data: args.data.clone(),
    };
    let configuration = configuration::load(&data)?;
    configuration.notes.iter().for_each(|note| report.note(note));
    let suggester = Suggester::new(&configuration::data(args.data.as_deref())?, &configuration.extractor)?;
    let collection = collect(&args.input.paths)?;
    let options = Options { language: args.input.lang };
    let mut faults = collection.faults.len();
    collection.faults.iter().for_each(report::fault);
    interrupt::watch();
    let progress = report.progress("reading", collection.inputs.len());
    let mut tally = Tally::default();
    let mut rest = &collection.inputs[..];
    while !rest.is_empty() {
        let (batch, later) = rest.split_at(documents::batch_length(rest));
        rest = later;
        let look = |input| {
            interrupt::check().ok()?;
            let looked = read(input, &options).map(|reading| suggester.look(&reading.document));
            progress.inc(1);
            Some(looked)
        };
        let looks: Vec<_> = batch.par_iter().map(look).collect();
        interrupt::check()?;
        for look in looks.into_iter().flatten() {
            match look {
                Ok(look) => tally.add(look),
                Err(fault) => {
                    faults += 1;
                    progress.suspend(|| report::fault(&fault));
                }
            }
        }
    }
    progress.finish_and_clear();
    let suggestions = tally.finish(&suggester, args.top, args.least);
    if let Some(path) = &args.out {
        let mut out = WholeFile::create(path)?;
        write(&suggestions, args.excel, &mut out).with_context(|| format!("cannot write {}", path.display()))?;
        out.finish()?;
    } else {
        let mut out = BufWriter::new(std::io::stdout().lock());
        write(&suggestions, args.excel, &mut out)?;
        out.flush()?;
    }
    let said = count(suggestions.len(), "name that no entity has", "names that no entity has");
    let documents = count(collection.inputs.len(), "document", "documents");
    report.note(&format!("{said}, of {documents}: delete the lines you do not want, then relata gazetteer import"));
    Ok(Outcome::of(faults))
}

/// The table. For Excel with semicolons and a mark of its encoding, and no cell that it would compute.
fn write(suggestions: &[Suggestion], excel: bool, out: &mut dyn Write) -> Result<()> {
    if excel {
        out.write_all("\u{FEFF}".as_bytes())?;
    }
    let mut table = csv::WriterBuilder::new().delimiter(if excel { b';' } else { b',' }).from_writer(out);
    table.write_record(COLUMNS)?;
    for suggestion in suggestions {
        let Suggestion { name, aliases, language, entity_type, because, seen, documents, passages, near } = suggestion;
        let mut cells = vec![
            name.clone(),
            entity_type.to_string(),
            aliases.join("|"),
            language.map_or_else(String::new, |language| language.to_string()),
            seen.to_string(),
            documents.to_string(),
            because.clone(),
        ];
        cells.push(near.as_ref().map_or_else(String::new, |near| near.entity.to_string()));
        cells
            .push(near.as_ref().map_or_else(String::new, |near| format!("{}: {}", near.nearness.explain(), near.name)));
        let examples =
            passages.iter().map(|passage| format!("{}:{}: {}", passage.document, passage.line, passage.text));
        cells.extend(examples);
        cells.resize(COLUMNS.len(), String::new());
        if excel {
            cells
                .iter_mut()
                .filter(|cell| cell.starts_with(['=', '+', '-', '@']))
                .for_each(|cell| cell.insert(0, '\''));
        }
        table.write_record(&cells)?;
    }
    Ok(table.flush()?)
}
