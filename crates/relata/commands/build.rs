//! `relata build`: documents to a build folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use relata_extract::Extractor;
use relata_model::{Entity, EntityId};
use relata_read::{Collection, collect};

use crate::args::BuildArgs;
use crate::assembly::{Assembly, Origin};
use crate::build_folder::{self, Staging};
use crate::configuration::{self, Configuration, Identity, unreadable};
use crate::documents::{self, Known, Languages, Reader};
use crate::interrupt;
use crate::record_file::{RecordFile, each_record};
use crate::report::{Outcome, Report, count};

/// Reads, extracts, merges and writes. What an older build in the folder says of unchanged documents is taken from there.
pub(crate) fn run(args: &BuildArgs, report: Report) -> Result<Outcome> {
    let sources = configuration::read(&args.data)?;
    if !args.from.is_empty() {
        return reduce(args, sources.compile()?, report);
    }
    let identity = sources.identity.clone();
    let collection = collect(&args.paths)?;
    let (configuration, known) = rayon::join(|| sources.compile(), || known(args, &identity, &collection, report));
    let configuration = configuration?;
    configuration.notes.iter().for_each(|note| report.note(note));
    let staging = Staging::begin(&args.out)?;
    interrupt::watch();
    let extractor = &configuration.extractor;
    let reader = Reader { extractor, language: args.lang, given: None, key: identity.key(args.lang) };
    let mut assembly = Assembly::begin(staging, extractor.schema(), |id| entity(extractor, id))?;
    let tally =
        documents::extract_all(&collection, &reader, known, report, |made| assembly.add(made.record, &made.line))?;
    let origin = Origin {
        identity,
        schema_text: configuration.schema_text.clone(),
        sources: args.paths.iter().map(|path| path.display().to_string()).collect(),
        faults: tally.faults,
    };
    let (summary, outcome) = assembly.finish(origin, &args.writing, report)?;
    if tally.reused > 0 {
        report.detail(&format!("{} as in the build before", count(tally.reused, "document", "documents")));
    }
    report.note(&format!("{summary}\n{}", args.out.display()));
    Ok(outcome)
}

/// What the older build in the folder knows of the documents; nothing when it was made by other data or another program.
fn known(args: &BuildArgs, identity: &Identity, collection: &Collection, report: Report) -> Option<Known> {
    if args.full || !args.out.join(build_folder::BUILD).exists() {
        return None;
    }
    let old = build_folder::info(&args.out).ok()?;
    if old.identity.configuration != identity.configuration {
        report.detail(&"the build before was made by other data or another program: every document is read again");
        return None;
    }
    let file = RecordFile::open(&args.out.join(build_folder::RECORDS)).ok();
    let Some(file) = file.filter(|file| file.digest.to_string() == old.records) else {
        report.note(&format!(
            "{} is not as it was written: every document is read again",
            args.out.join(build_folder::RECORDS).display()
        ));
        return None;
    };
    Some(Known::of(file, collection, args.lang, &identity.key(args.lang)))
}

/// Builds from records that were made elsewhere, by this program with these data.
fn reduce(args: &BuildArgs, configuration: Configuration, report: Report) -> Result<Outcome> {
    let Configuration { extractor, schema_text, identity, notes } = configuration;
    for note in &notes {
        report.note(note);
    }
    let paths = record_files(&args.from)?;
    let files = paths.par_iter().map(|path| RecordFile::open(path)).collect::<Result<Vec<_>>>()?;
    let mut keys = BTreeMap::new();
    let mut own = |language, by: &str| {
        let keys =
            keys.entry(language).or_insert_with(|| [identity.key(language), identity.key_with_metadata(language)]);
        keys.iter().any(|key| key == by)
    };
    let mut assembly = Assembly::begin(Staging::begin(&args.out)?, extractor.schema(), |id| entity(&extractor, id))?;
    let mut languages = Languages::default();
    interrupt::watch();
    each_record(files, |record, line| {
        interrupt::check()?;
        if !record.by.as_ref().is_some_and(|by| own(None, by) || own(record.lang, by)) {
            bail!(
                "the record of \"{}\" was made by another program or with other data: extract it again with the options of this \
                 build",
                record.doc
            );
        }
        languages.see(&record, &extractor);
        assembly.add(record, line)
    })?;
    languages.tell(report);
    let origin = Origin { identity, schema_text, sources: BTreeSet::new(), faults: BTreeMap::new() };
    let (summary, outcome) = assembly.finish(origin, &args.writing, report)?;
    report.note(&format!("{summary}\n{}", args.out.display()));
    Ok(outcome)
}

/// The files given, and those in the folders given, save what is hidden or begins with "_", as others mark what is no data.
fn record_files(given: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in given {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).with_context(|| unreadable(path))?;
        let mut below = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
        let is_data = |path: &PathBuf| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            path.is_file() && !name.starts_with(['.', '_'])
        };
        below.retain(is_data);
        below.sort();
        files.extend(below);
    }
    Ok(files)
}

fn entity(extractor: &Extractor, id: &str) -> Option<Entity> {
    extractor.gazetteer().entity(&id.parse::<EntityId>().ok()?).cloned()
}
