//! `relata merge`: builds to one build.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, bail};
use relata_model::{Digest, Entity, Schema};

use crate::args::MergeArgs;
use crate::assembly::{Assembly, Origin};
use crate::build_folder::{self, BuildInfo, Staging};
use crate::configuration::Identity;
use crate::interrupt;
use crate::record_file::{RecordFile, each_record};
use crate::report::{Outcome, Report};

/// A build to be united with others.
struct Part<'p> {
    path: &'p Path,
    info: BuildInfo,
}

/// Unites the records and writes what a build of all the documents would write.
pub(crate) fn run(args: &MergeArgs, report: Report) -> Result<Outcome> {
    let part = |path| Ok(Part { path, info: build_folder::info(path)? });
    let mut parts = args.builds.iter().map(|path| part(path.as_path())).collect::<Result<Vec<_>>>()?;
    // Nothing may depend on the order in which they are given.
    parts.sort_by(|a, b| key(a).cmp(&key(b)));
    parts.dedup_by(|a, b| a.info == b.info);
    let first = match &args.data_of {
        Some(chosen) => match parts.iter().position(|part| part.path == chosen) {
            Some(place) => place,
            None => bail!("--data-of {}: name one of the builds that are merged", chosen.display()),
        },
        None => 0,
    };
    let chosen = parts.remove(first);
    if args.data_of.is_none() {
        parts.iter().try_for_each(|other| refuse_other_data(&chosen, other))?;
    }
    let (schema, schema_text) = build_folder::schema(chosen.path)?;
    let (entities, files) = read(&chosen, &parts, &schema)?;
    let origin = origin(chosen, parts, schema_text);
    let staging = Staging::begin(&args.out)?;
    interrupt::watch();
    let mut assembly = Assembly::begin(staging, &schema, |id| entities.get(id).cloned())?;
    each_record(files, |record, line| {
        interrupt::check()?;
        assembly.add(record, line)
    })?;
    let (summary, outcome) = assembly.finish(origin, &args.writing, report)?;
    report.note(&format!("{summary}\n{}", args.out.display()));
    Ok(outcome)
}

fn key<'p>(part: &'p Part<'_>) -> (&'p str, &'p str) {
    (&part.info.identity.configuration, &part.info.records)
}

/// # Errors
/// When two builds were made by different programs or data, naming what differs.
fn refuse_other_data(one: &Part<'_>, other: &Part<'_>) -> Result<()> {
    let (a, b) = (&one.info.identity, &other.info.identity);
    if a.configuration == b.configuration {
        return Ok(());
    }
    bail!(
        "{} and {} were not made with the same data ({}): build one of them again, or say with --data-of whose schema and \
         entities to take",
        one.path.display(),
        other.path.display(),
        differences(a, b).join(", ")
    )
}

/// What differs between two programs and their data, in a few words each.
pub(crate) fn differences(a: &Identity, b: &Identity) -> Vec<String> {
    let mut words = Vec::new();
    if a.relata != b.relata {
        words.push(format!("version {} and {}", a.relata, b.relata));
    } else if a.program != b.program {
        words.push("another state of the program".to_owned());
    }
    words.extend(a.options.symmetric_difference(&b.options).map(|option| format!("--{option}")));
    let names: BTreeSet<&String> = a.data.keys().chain(b.data.keys()).collect();
    let differing: Vec<&String> = names.into_iter().filter(|name| a.data.get(*name) != b.data.get(*name)).collect();
    words.extend(differing.iter().take(5).map(|name| (*name).clone()));
    if differing.len() > 5 {
        words.push(format!("{} other files", differing.len() - 5));
    }
    words
}

type Read = (BTreeMap<String, Entity>, Vec<RecordFile>);

/// The entities of all, those of the chosen one as it has them, and the records.
fn read(chosen: &Part<'_>, others: &[Part<'_>], schema: &Schema) -> Result<Read> {
    let mut entities = build_folder::entities(chosen.path, schema)?;
    let mut files = vec![RecordFile::open(&chosen.path.join(build_folder::RECORDS))?];
    for other in others {
        for (id, entity) in build_folder::entities(other.path, schema)? {
            entities.entry(id).or_insert(entity);
        }
        files.push(RecordFile::open(&other.path.join(build_folder::RECORDS))?);
    }
    Ok((entities, files))
}

fn origin(chosen: Part<'_>, others: Vec<Part<'_>>, schema_text: String) -> Origin {
    let mut identity = chosen.info.identity;
    let mut configurations = BTreeSet::from([identity.configuration.clone()]);
    let (mut sources, mut faults) = (chosen.info.sources, chosen.info.faults);
    let mut read: BTreeSet<String> = chosen.info.documents.into_keys().collect();
    for other in others {
        let BuildInfo { identity: Identity { configuration, data, .. }, .. } = other.info;
        if configuration == identity.configuration {
            // The same files under other paths.
            identity.data.extend(data);
        }
        configurations.insert(configuration);
        sources.extend(other.info.sources);
        for (document, reason) in other.info.faults {
            let known = faults.entry(document).or_insert_with(|| reason.clone());
            *known = reason.min(std::mem::take(known));
        }
        read.extend(other.info.documents.into_keys());
    }
    faults.retain(|document, _| !read.contains(document));
    if configurations.len() > 1 {
        // No program with any data makes all these records: the next build makes them again.
        let all: Vec<&str> = configurations.iter().map(String::as_str).collect();
        identity.configuration = Digest::of_parts(&all).to_string();
    }
    Origin { identity, schema_text, sources, faults }
}
