//! Tables with a header: what a spreadsheet user writes, SPARQL results, `targets.simple.csv`.

use std::cell::Cell as Shared;
use std::io::{self, BufRead, Read};

use csv::{ByteRecord, ReaderBuilder, Terminator};
use relata_gazetteer::folded;
use relata_model::{AccentPolicy, Language, NameKind};

use crate::draft::Draft;
use crate::{Reason, Sink, Stop, input};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Id,
    Name(Option<Language>),
    Type,
    Aliases(Option<Language>),
    Demonyms(Option<Language>),
    Acronyms(Option<Language>),
    RoleNames(Option<Language>),
    Metonyms(Option<Language>),
    Language,
    Wikidata,
    Country,
    Related,
    Context,
    Case,
    Accents,
    Priority,
    Prior,
    From,
    To,
}

/// What columns are called, folded. A language may follow: `name_fr`, `label (ru)`.
const HEADERS: &[(&str, Column)] = &[
    ("id", Column::Id),
    ("name", Column::Name(None)),
    ("nom", Column::Name(None)),
    ("label", Column::Name(None)),
    ("title", Column::Name(None)),
    ("caption", Column::Name(None)),
    ("preflabel", Column::Name(None)),
    ("itemlabel", Column::Name(None)),
    ("имя", Column::Name(None)),
    ("название", Column::Name(None)),
    ("type", Column::Type),
    ("kind", Column::Type),
    ("schema", Column::Type),
    ("class", Column::Type),
    ("classe", Column::Type),
    ("categorie", Column::Type),
    ("category", Column::Type),
    ("тип", Column::Type),
    ("alias", Column::Aliases(None)),
    ("aliases", Column::Aliases(None)),
    ("altlabel", Column::Aliases(None)),
    ("altlabels", Column::Aliases(None)),
    ("itemaltlabel", Column::Aliases(None)),
    ("autres noms", Column::Aliases(None)),
    ("other names", Column::Aliases(None)),
    ("variants", Column::Aliases(None)),
    ("variantes", Column::Aliases(None)),
    ("псевдонимы", Column::Aliases(None)),
    ("demonym", Column::Demonyms(None)),
    ("demonyms", Column::Demonyms(None)),
    ("gentile", Column::Demonyms(None)),
    ("language", Column::Language),
    ("lang", Column::Language),
    ("langue", Column::Language),
    ("язык", Column::Language),
    ("wikidata", Column::Wikidata),
    ("qid", Column::Wikidata),
    ("item", Column::Wikidata),
    ("country", Column::Country),
    ("pays", Column::Country),
    ("страна", Column::Country),
    ("related", Column::Related),
    ("lie a", Column::Related),
    ("context", Column::Context),
    ("contexte", Column::Context),
    ("case", Column::Case),
    ("casse", Column::Case),
    ("accents", Column::Accents),
    ("acronym", Column::Acronyms(None)),
    ("acronyms", Column::Acronyms(None)),
    ("sigle", Column::Acronyms(None)),
    ("sigles", Column::Acronyms(None)),
    ("аббревиатура", Column::Acronyms(None)),
    ("role names", Column::RoleNames(None)),
    ("metonyms", Column::Metonyms(None)),
    ("metonymes", Column::Metonyms(None)),
    ("priority", Column::Priority),
    ("priorite", Column::Priority),
    ("prior", Column::Prior),
    ("popularity", Column::Prior),
    ("popularite", Column::Prior),
    ("pageviews", Column::Prior),
    ("sitelinks", Column::Prior),
    ("population", Column::Prior),
    ("frequency", Column::Prior),
    ("frequence", Column::Prior),
    ("from", Column::From),
    ("birth", Column::From),
    ("born", Column::From),
    ("birthdate", Column::From),
    ("dateofbirth", Column::From),
    ("birth date", Column::From),
    ("naissance", Column::From),
    ("inception", Column::From),
    ("founded", Column::From),
    ("creation", Column::From),
    ("to", Column::To),
    ("death", Column::To),
    ("died", Column::To),
    ("deathdate", Column::To),
    ("dateofdeath", Column::To),
    ("death date", Column::To),
    ("deces", Column::To),
    ("mort", Column::To),
    ("dissolved", Column::To),
    ("fin", Column::To),
];

fn column(header: &str) -> Option<Column> {
    let plain = folded(header.trim());
    let known = |name: &str| HEADERS.iter().find(|(header, _)| *header == name).map(|(_, column)| *column);
    if let Some(column) = known(&plain) {
        return Some(column);
    }
    let (name, tag) = plain.trim_end_matches(')').rsplit_once(['_', ':', '-', '(', '@', ' '])?;
    let language = Some(tag.parse().ok()?);
    Some(match known(name.trim())? {
        Column::Name(None) => Column::Name(language),
        Column::Aliases(None) => Column::Aliases(language),
        Column::Demonyms(None) => Column::Demonyms(language),
        Column::Acronyms(None) => Column::Acronyms(language),
        Column::RoleNames(None) => Column::RoleNames(language),
        Column::Metonyms(None) => Column::Metonyms(language),
        _ => return None,
    })
}

pub(crate) fn read(source: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let fail = |line, error: &dyn std::fmt::Display| Stop::Source { line, error: error.to_string() };
    // Excel may say in a line of its own what separates the columns.
    let told = told_delimiter(source.fill_buf().map_err(|error| fail(1, &error))?);
    let (skipped, told) = match told {
        Some((length, delimiter)) => {
            source.consume(length);
            (1, Some(delimiter))
        }
        None => (0, None),
    };
    let start = source.fill_buf().map_err(|error| fail(1, &error))?;
    let delimiter = told.unwrap_or_else(|| delimiter(start));
    // With both ends of a line the reader would count the second one later; the first is taken off with the white space of a cell.
    let feeds = start.contains(&b'\n');
    let terminator = if feeds { Terminator::Any(b'\n') } else { Terminator::CRLF };
    let since = Shared::new(0);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .terminator(terminator)
        .flexible(true)
        .has_headers(false)
        .from_reader(Bounded { source, since: &since });
    let line_of = |line: u64| usize::try_from(line).unwrap_or(usize::MAX).saturating_add(skipped);
    let mut record = ByteRecord::new();
    if !reader.read_byte_record(&mut record).map_err(|error| fail(1, &error))? {
        return Err(fail(1, &"the table is empty: its first line must name the columns (name,type,aliases,…)"));
    }
    let headers: Vec<String> = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
    let names_something = |header: &String| matches!(column(header), Some(Column::Name(_) | Column::Aliases(_)));
    if !headers.iter().any(names_something) {
        let headers = headers.join("\", \"");
        return Err(fail(1, &format!("no column of names among \"{headers}\": call one \"name\"")));
    }
    let mut rows = Rows::default();
    loop {
        let line = line_of(reader.position().line());
        since.set(0);
        match reader.read_byte_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                rows.finish(sink)?;
                return Err(fail(line, &error));
            }
        }
        // The reader counts empty lines before a record as part of it.
        let inside = record.iter().flatten().filter(|&&byte| byte == b'\n').count() as u64;
        let begins = reader.position().line().saturating_sub(inside + 1);
        let line = record.position().map_or(line, |position| line_of(position.line().max(begins)));
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        let cells: Option<Vec<_>> = headers
            .iter()
            .zip(&record)
            .map(|(header, cell)| Some((header.clone(), std::str::from_utf8(cell).ok()?.to_owned(), None)))
            .collect();
        match cells {
            _ if is_unclosed(&record, headers.len()) => {
                let last = line_of(reader.position().line()).saturating_sub(1);
                let what = format!(
                    "a quotation mark opens a cell here that swallows all lines down to {last}: close it, or write \"\" for a mark inside"
                );
                sink.take(line, Err(Reason::Malformed(what)))?;
            }
            _ if record.len() > headers.len() => {
                let what = format!(
                    "{} cells under {} headers (quote cells that hold the separator)",
                    record.len(),
                    headers.len()
                );
                sink.take(line, Err(Reason::Malformed(what)))?;
            }
            Some(cells) => rows.add(line, &cells, sink)?,
            None => sink.take(line, Err(Reason::NotText))?,
        }
    }
    rows.finish(sink)
}

/// A source that ends with an error when one record goes on for longer than any does: an unclosed quotation mark would bring the whole
/// file into memory.
struct Bounded<'s> {
    source: &'s mut dyn BufRead,
    /// How many bytes were read since the last record ended.
    since: &'s Shared<u64>,
}

impl Read for Bounded<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.since.get() > input::LONGEST_LINE {
            return Err(io::Error::other("a row of more than 32 MB: is a quotation mark in it not closed?"));
        }
        let read = self.source.read(out)?;
        self.since.set(self.since.get() + read as u64);
        Ok(read)
    }
}

/// Whether the last cell holds lines and cells that should have come after it.
fn is_unclosed(record: &ByteRecord, columns: usize) -> bool {
    let last = record.iter().next_back().unwrap_or_default();
    record.len() < columns && last.contains(&b'\n')
}

/// The length of Excel's line `sep=;` and what it says.
fn told_delimiter(start: &[u8]) -> Option<(usize, u8)> {
    let rest = start.strip_prefix(b"sep=").or_else(|| start.strip_prefix(b"\"sep=\""))?;
    let (&delimiter, after) = rest.split_first()?;
    let end = after.iter().position(|&byte| byte == b'\n')?;
    after[..end].iter().all(|byte| b"\r\"".contains(byte)).then_some((start.len() - after.len() + end + 1, delimiter))
}

/// The separator that the header has most of, outside quotes.
fn delimiter(start: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for &byte in start.iter().take_while(|&&byte| byte != b'\n') {
        quoted ^= byte == b'"';
        for (delimiter, count) in &mut counts {
            *count += usize::from(!quoted && byte == *delimiter);
        }
    }
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .filter(|(_, count)| *count > 0)
        .map_or(b',', |(delimiter, _)| delimiter)
}

/// Name of a column, content, and language where the format tells it.
pub(crate) type Cell = (String, String, Option<Language>);

/// Rows of a table; those of one item that follow each other are one record.
#[derive(Default)]
pub(crate) struct Rows {
    open: Option<(usize, Draft)>,
}

impl Rows {
    pub(crate) fn add(&mut self, line: usize, cells: &[Cell], sink: &mut Sink<'_>) -> Result<(), Stop> {
        let draft = draft(cells, sink);
        // A name alone joins nothing: two people may share one.
        if let Some((_, open)) = &mut self.open
            && !draft.id.is_empty()
            && !draft.wikidata.is_empty()
            && open.id == draft.id
        {
            open.names.extend(draft.names);
            return Ok(());
        }
        self.finish(sink)?;
        self.open = Some((line, draft));
        Ok(())
    }

    pub(crate) fn finish(&mut self, sink: &mut Sink<'_>) -> Result<(), Stop> {
        match self.open.take() {
            Some((line, draft)) => sink.take(line, Ok(draft)),
            None => Ok(()),
        }
    }
}

fn draft(cells: &[Cell], sink: &Sink<'_>) -> Draft {
    let mut draft = Draft::default();
    let of = |wanted: Column| {
        let found = cells.iter().find(|(header, ..)| column(header) == Some(wanted));
        found.map_or("", |(_, text, _)| text.trim())
    };
    let language: Option<Language> = of(Column::Language).parse().ok();
    for (header, text, told) in cells {
        let Some(column) = column(header) else { continue };
        let text = text.trim();
        match column {
            Column::Id => text.clone_into(&mut draft.id),
            Column::Name(own) => draft.name(own.or(*told).or(language), NameKind::Label, text),
            Column::Aliases(own) => draft.names_of(own.or(*told).or(language), NameKind::Alias, list(text)),
            Column::Demonyms(own) => draft.names_of(own.or(*told).or(language), NameKind::Demonym, list(text)),
            Column::Acronyms(own) => draft.names_of(own.or(*told).or(language), NameKind::Acronym, list(text)),
            Column::RoleNames(own) => draft.names_of(own.or(*told).or(language), NameKind::Role, list(text)),
            Column::Metonyms(own) => draft.names_of(own.or(*told).or(language), NameKind::Metonym, list(text)),
            Column::Type => draft.entity_type = entity_type(text, sink),
            Column::Wikidata => text.rsplit('/').next().unwrap_or_default().clone_into(&mut draft.wikidata),
            Column::Country => text.clone_into(&mut draft.country),
            Column::Related => draft.related.extend(list(text).map(str::to_owned)),
            Column::Context => {
                let language = language.unwrap_or(Language::FRENCH);
                draft.context.extend(list(text).map(|word| (language, word.to_owned())));
            }
            Column::Case => draft.exact = text.eq_ignore_ascii_case("exact"),
            Column::Accents => {
                draft.accents = match text.to_lowercase().as_str() {
                    "exact" => Some(AccentPolicy::Exact),
                    "fold" => Some(AccentPolicy::Fold),
                    _ => None,
                };
            }
            Column::Priority => draft.priority = text.parse().unwrap_or(0_i8).clamp(-9, 9),
            Column::Prior => text.clone_into(&mut draft.prior),
            Column::From => text.clone_into(&mut draft.from),
            Column::To => text.clone_into(&mut draft.to),
            Column::Language => {}
        }
    }
    // An item of a query names the record; a spreadsheet's Wikidata column only describes it.
    if draft.id.is_empty() && cells.iter().any(|(header, ..)| folded(header) == "item") {
        draft.id.clone_from(&draft.wikidata);
    }
    // Where an item has no label in the languages asked for, a query answers with the item itself.
    draft.names.retain(|(.., name)| draft.wikidata.is_empty() || *name != draft.wikidata);
    draft
}

fn entity_type(text: &str, sink: &Sink<'_>) -> String {
    let item = text.rsplit('/').next().unwrap_or(text);
    let own = sink.schema.entity_types().find(|(known, _)| known.as_str().eq_ignore_ascii_case(text));
    let own = own.map(|(known, _)| known.as_str());
    let word = text.to_lowercase();
    let types = sink.types;
    let theirs =
        [types.words.get(&word), types.followthemoney.get(text), types.wikidata.get(item), types.rdf.get(text)];
    own.or_else(|| theirs.into_iter().flatten().next().map(String::as_str)).unwrap_or(text).to_owned()
}

/// What stands in one cell: between bars, semicolons or lines.
fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(['|', ';', '\n']).map(str::trim).filter(|item| !item.is_empty())
}
