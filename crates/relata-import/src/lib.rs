//! Other people's lists of names to gazetteers: spreadsheets, registers, knowledge bases.
//!
//! [`import`] reads a source record by record and writes an entity a line. It holds one record at a time (RDF, whose triples come
//! in any order, is held whole), drops what cannot be an entity and tells which lines and why. No input makes it fail but one
//! that cannot be read: what stood before the fault is kept.

mod alternate_names;
mod draft;
mod format;
mod geonames;
mod input;
mod json;
mod rdf;
mod report;
mod seen;
mod table;
mod types;

use std::io::{self, Read, Write};

use relata_model::{Entity, EntityType, Language, Schema};

pub use alternate_names::AlternateNames;
use draft::Draft;
pub use format::{Format, UnknownFormat};
pub use report::{Dropped, Reason, Report};
use seen::Seen;
use types::Types;

/// What may be chosen.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only names in these languages; all when empty. Names whose language the source does not tell are kept.
    pub languages: Vec<Language>,
    /// The type of what has none.
    pub default_type: Option<EntityType>,
    /// Of places, only those of so many people.
    pub least_population: u64,
    /// Of GeoNames, what places are called in each language.
    pub alternate_names: Option<AlternateNames>,
    /// The encoding of text that says nothing about it, such as `windows-1251`.
    pub encoding: Option<&'static encoding_rs::Encoding>,
}

/// Reads a source and writes its entities as JSON Lines. `progress` is told how many records were read so far.
///
/// ```
/// use relata_import::{Format, Options, import};
/// # let schema = relata_model::Schema::from_toml("s", "[[entity-type]]\nname = \"Company\"\nlabels = {}").unwrap();
/// let sheet = "name;type;aliases\nNovalis;Company;Novalis SA|groupe Novalis\n";
/// let mut out = Vec::new();
/// let report = import(sheet.as_bytes(), Format::Csv, &Options::default(), &schema, &mut out, &mut |_| ()).unwrap();
/// assert_eq!((report.read, report.kept), (1, 1));
/// let line = String::from_utf8(out).unwrap();
/// assert!(line.starts_with(r#"{"id": "novalis", "type": "Company", "labels": {"en": "Novalis"}"#));
/// ```
///
/// # Errors
/// When `out` takes no more. Faults of the source are in the report.
pub fn import(
    source: impl Read,
    format: Format,
    options: &Options,
    schema: &Schema,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(u64),
) -> io::Result<Report> {
    let types = Types::shipped();
    let mut sink = Sink { types, schema, options, out, progress, seen: Seen::default(), report: Report::default() };
    let opened = input::open(source, format, options.encoding);
    let read = match opened.map(|(input, guessed)| {
        sink.report.guessed = guessed;
        input
    }) {
        Ok(mut input) => match format {
            Format::JsonLines => json::native(&mut input, &mut sink),
            Format::Csv => table::read(&mut input, &mut sink),
            Format::GeoNames => geonames::read(&mut input, &mut sink),
            Format::Wikidata => json::wikidata(&mut input, &mut sink),
            Format::FollowTheMoney => json::follow_the_money(&mut input, &mut sink),
            Format::SparqlJson => json::sparql(&mut input, &mut sink),
            Format::Turtle | Format::NTriples | Format::RdfXml => rdf::read(&mut input, format, &mut sink),
        },
        Err(error) => Err(Stop::Source { line: 0, error: input::explain(&error) }),
    };
    match read {
        Ok(()) => {}
        Err(Stop::Source { line, error }) => sink.report.broken_off = Some((line, error)),
        Err(Stop::Out(error)) => return Err(error),
    }
    Ok(sink.report)
}

/// Why reading ends before the source does.
enum Stop {
    /// The source cannot be read any further.
    Source { line: usize, error: String },
    /// Nobody takes what is written.
    Out(io::Error),
}

/// Takes records, writes those that are entities, and counts.
struct Sink<'s> {
    types: &'s Types,
    schema: &'s Schema,
    options: &'s Options,
    out: &'s mut dyn Write,
    progress: &'s mut dyn FnMut(u64),
    seen: Seen,
    report: Report,
}

impl Sink<'_> {
    /// Takes the record that begins at a line.
    fn take(&mut self, line: usize, draft: Result<Draft, Reason>) -> Result<(), Stop> {
        self.take_entity(line, draft.and_then(|draft| draft.into_entity(self.schema, self.options)))
    }

    /// Takes what is an entity already.
    fn take_entity(&mut self, line: usize, entity: Result<Entity, Reason>) -> Result<(), Stop> {
        self.report.read += 1;
        (self.progress)(self.report.read);
        let entity = entity.and_then(|entity| {
            if self.seen.insert(entity.id.as_str()) {
                Ok(entity)
            } else {
                Err(Reason::Duplicate(entity.id.to_string()))
            }
        });
        match entity {
            Ok(entity) => {
                self.report.kept += 1;
                writeln!(self.out, "{}", relata_gazetteer::write_line(&entity)).map_err(Stop::Out)
            }
            Err(reason) => {
                self.report.drop(line, reason);
                Ok(())
            }
        }
    }
}
