//! `relata gazetteer check`: what is wrong or doubtful in gazetteers, alone and in the light of a corpus.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;
use relata_extract::usage::{Counted, Usage, common_words, may_be_common};
use relata_extract::{Data, Extractor, Gazetteers, shipped_gazetteer};
use relata_gazetteer::judgements::Judgements;
use relata_gazetteer::{Compiled, Gazetteer, Loaded, Place, Problem, Source};
use relata_model::{EntityId, Language, LoadError, NameKind, Schema};
use relata_read::{Options, collect, read};
use serde::Serialize;

use crate::args::GazetteerCheckArgs;
use crate::report::{self, Outcome, Report, count};
use crate::{configuration, documents, gazetteers, interrupt, journals};

/// A fault or a doubt, as it is told.
#[derive(Debug, Serialize)]
struct Told {
    file: String,
    line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<String>,
    /// What kind of thing it is, for programs.
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// The other entities that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<String>,
    /// How often it stands in small letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    small: Option<u32>,
    /// How often it stands with a capital at the start of a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<u32>,
    /// How often it stands with a capital elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    inside: Option<u32>,
    message: String,
}

impl Told {
    fn new(place: &Place, entity: &EntityId, kind: &'static str, message: String) -> Self {
        Self {
            file: place.file.to_string(),
            line: place.line,
            column: None,
            entity: Some(entity.to_string()),
            kind,
            name: None,
            others: Vec::new(),
            small: None,
            first: None,
            inside: None,
            message,
        }
    }
}

/// Loading faults end the check with all of them; doubts are listed and do no harm.
pub(crate) fn run(args: &GazetteerCheckArgs, report: Report) -> Result<Outcome> {
    let data = configuration::data(None)?;
    let (name, text) = configuration::schema_text(&data, args.schema.as_deref())?;
    let schema = Schema::from_toml(&name, &text)?;
    let loaded = match load(&args.files, &schema)? {
        Ok(loaded) => loaded,
        Err(error) => return faults(&error, args, report),
    };
    let read = args.judgements.iter().map(|path| Ok(journals::read(path)?.0)).collect::<Result<Vec<_>>>()?;
    let gazetteer = Gazetteer::new(loaded.entities.clone(), &schema);
    let gazetteer = gazetteer.with_judgements(&Judgements::of(&read)?, &schema)?;
    let mut told: Vec<Told> = loaded.warnings.iter().map(|warning| diagnostic(warning, "unknown reference")).collect();
    told.extend(relata_gazetteer::check(&loaded, &gazetteer).iter().filter_map(|one| finding(one, &gazetteer)));
    let notes = if args.text.is_empty() {
        common(&loaded, &data, &mut told);
        String::new()
    } else {
        let usage = usage(args, &loaded, schema, &data, report)?;
        used(&loaded, &usage, &mut told);
        format!(", against {}", count(usage.documents, "document", "documents"))
    };
    write(&told, args)?;
    report.note(&format!(
        "{}, {}{notes}{}",
        count(loaded.entities.len(), "entity", "entities"),
        count(told.len(), "doubt", "doubts"),
        by_kind(&told)
    ));
    Ok(Outcome::Clean)
}

fn write(told: &[Told], args: &GazetteerCheckArgs) -> Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    if args.json {
        serde_json::to_writer_pretty(&mut out, told).map_err(std::io::Error::from)?;
        out.write_all(b"\n")?;
    } else {
        for one in told {
            match (&one.entity, one.column) {
                (Some(entity), _) => writeln!(out, "{}:{}: \"{entity}\": {}", one.file, one.line, one.message)?,
                (None, Some(column)) => writeln!(out, "{}:{}:{column}: {}", one.file, one.line, one.message)?,
                (None, None) => writeln!(out, "{}:{}: {}", one.file, one.line, one.message)?,
            }
        }
    }
    Ok(out.flush()?)
}

/// How many there are of each kind.
fn by_kind(told: &[Told]) -> String {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for one in told {
        *kinds.entry(one.kind).or_default() += 1;
    }
    let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) }
}

/// Faults are told like everywhere else, and as data where data was asked for.
fn faults(error: &LoadError, args: &GazetteerCheckArgs, report: Report) -> Result<Outcome> {
    if args.json {
        let told: Vec<Told> = error.0.iter().map(|fault| diagnostic(fault, "fault")).collect();
        write(&told, args)?;
    }
    error.0.iter().for_each(report::fault);
    report.note(&count(error.0.len(), "fault", "faults"));
    Ok(Outcome::Faults)
}

fn diagnostic(fault: &relata_model::Diagnostic, kind: &'static str) -> Told {
    let place = Place { file: fault.file.as_str().into(), line: fault.line };
    let nobody: EntityId = "nobody".parse().expect("a slug");
    Told { entity: None, column: Some(fault.column), ..Told::new(&place, &nobody, kind, fault.message.clone()) }
}

/// Nothing where somebody has judged that the entities are two, or one, for all their common name.
fn finding(finding: &relata_gazetteer::Finding, gazetteer: &Gazetteer) -> Option<Told> {
    if let Problem::SharedName { others, .. } | Problem::FormCollision { others, .. } = &finding.problem {
        let standing = gazetteer.standing_for(&finding.entity);
        let judged = |other: &EntityId| {
            gazetteer.are_judged_different(standing, other) || gazetteer.standing_for(other) == standing
        };
        if others.iter().all(judged) {
            return None;
        }
    }
    let (kind, name, others): (_, Option<&str>, &[EntityId]) = match &finding.problem {
        Problem::DuplicateName { name, .. } => ("duplicate name", Some(name), &[]),
        Problem::SharedName { name, others } => ("shared name", Some(name), others),
        Problem::ShortName { name } => ("short name", Some(name), &[]),
        Problem::FormCollision { form, others, .. } => ("form collision", Some(form), others),
        Problem::MissingLabel { .. } => ("missing label", None, &[]),
    };
    Some(Told {
        name: name.map(str::to_owned),
        others: others.iter().map(ToString::to_string).collect(),
        ..Told::new(&finding.place, &finding.entity, kind, finding.problem.to_string())
    })
}

/// Names that the shipped word lists have as words of their language.
fn common(loaded: &Loaded, data: &Data, told: &mut Vec<Told>) {
    let mut lists: BTreeMap<Language, BTreeSet<String>> = BTreeMap::new();
    for (entity, place) in loaded.entities.iter().zip(&loaded.places) {
        let mut seen = BTreeSet::new();
        for name in entity.names.iter().filter(|name| may_be_common(name)) {
            let list = lists.entry(name.language).or_insert_with(|| common_words(data, name.language));
            if list.contains(&name.text.to_lowercase()) && seen.insert(&name.text) {
                let message = format!(
                    "the name \"{}\" is a common word of \"{}\": write {{\"name\": \"{0}\", \"needs_context\": true}}, or see with --text \
                     how often it stands as such",
                    name.text, name.language
                );
                told.push(Told {
                    name: Some(name.text.clone()),
                    ..Told::new(place, &entity.id, "common word", message)
                });
            }
        }
    }
}

/// What a corpus says of names.
fn used(loaded: &Loaded, usage: &Usage, told: &mut Vec<Told>) {
    let documents = count(usage.documents, "document", "documents");
    for (entity, place) in loaded.entities.iter().zip(&loaded.places) {
        let mut seen = BTreeSet::new();
        for name in entity.names.iter().filter(|name| may_be_common(name)) {
            let uses = usage.uses(&name.text);
            if uses.small == 0 || !seen.insert(&name.text) {
                continue;
            }
            let message = format!(
                "the name \"{}\" is a common word: it stands {} in small letters, {} at the start of a sentence, {} with a capital \
                 elsewhere: write {{\"name\": \"{0}\", \"needs_context\": true}}, or give the longer names only",
                name.text,
                times(uses.small),
                times(uses.first),
                times(uses.inside)
            );
            told.push(Told {
                name: Some(name.text.clone()),
                small: Some(uses.small),
                first: Some(uses.first),
                inside: Some(uses.inside),
                ..Told::new(place, &entity.id, "common word", message)
            });
        }
        if !usage.names(&entity.id) {
            let message = format!("none of its names stands in {documents}");
            told.push(Told::new(place, &entity.id, "entity never named", message));
            continue;
        }
        let listed = |kind| matches!(kind, NameKind::Label | NameKind::Alias);
        for name in entity.names.iter().filter(|name| listed(name.kind)) {
            if !usage.has(&entity.id, name) && seen.insert(&name.text) {
                let message = format!("the name \"{}\" never stands in {documents}; others of its names do", name.text);
                told.push(Told {
                    name: Some(name.text.clone()),
                    ..Told::new(place, &entity.id, "name never used", message)
                });
            }
        }
    }
}

fn times(number: u32) -> String {
    count(number as usize, "time", "times")
}

/// Reads the corpus for the names.
fn usage(args: &GazetteerCheckArgs, loaded: &Loaded, schema: Schema, data: &Data, report: Report) -> Result<Usage> {
    let counted = Counted::of(loaded.entities.iter());
    let compiled = Arc::new(Compiled::new(loaded.entities.clone(), &schema));
    let gazetteers = Gazetteers { compiled: vec![compiled], without_shipped: true, ..Gazetteers::default() };
    let extractor = Extractor::new(&data.clone().without_rules(), schema, &gazetteers, &[])?;
    let collection = collect(&args.text)?;
    collection.faults.iter().for_each(report::fault);
    interrupt::watch();
    let progress = report.progress("reading", collection.inputs.len());
    let mut usage = Usage::default();
    let mut rest = &collection.inputs[..];
    while !rest.is_empty() {
        let (batch, later) = rest.split_at(documents::batch_length(rest));
        rest = later;
        let one = |input| {
            interrupt::check().ok()?;
            let read = read(input, &Options::default());
            progress.inc(1);
            Some(read.map(|reading| Usage::of(&extractor, &counted, &reading.document)))
        };
        let read: Vec<_> = batch.par_iter().map(one).collect();
        interrupt::check()?;
        for read in read.into_iter().flatten() {
            match read {
                Ok(one) => usage.add(one),
                Err(fault) => progress.suspend(|| report::fault(&fault)),
            }
        }
    }
    progress.finish_and_clear();
    Ok(usage)
}

/// The shipped gazetteer, or one compiled file, or texts; the inner error holds the faults of texts.
fn load(files: &[PathBuf], schema: &Schema) -> Result<Result<Loaded, LoadError>> {
    if let [only] = files
        && gazetteers::is_compiled_file(only)?
    {
        let compiled = Compiled::open(only, schema)?;
        compiled.verify(only)?;
        let entities: Vec<_> = compiled.entities().cloned().collect();
        // It has no lines: entities are counted instead.
        let name: Arc<str> = only.display().to_string().into();
        let places = (1..=entities.len()).map(|line| Place { file: name.clone(), line }).collect();
        return Ok(Ok(Loaded { entities, places, warnings: Vec::new() }));
    }
    let sources = if files.is_empty() {
        vec![shipped_gazetteer(&configuration::data(None)?)]
    } else {
        match files.iter().map(|path| gazetteers::source(path, schema)).collect::<Result<Vec<Source>>>() {
            Ok(sources) => sources,
            // Rows of a table that are no entities.
            Err(error) => return error.downcast::<LoadError>().map(Err),
        }
    };
    Ok(relata_gazetteer::load(&sources, schema))
}
