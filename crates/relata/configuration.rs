//! From the command line's data options to an extractor.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use relata_extract::{Data, Extractor, Gazetteers};
use relata_gazetteer::{Source, SourceFile};
use relata_model::{Digest, Schema};

use crate::args::DataArgs;

/// The data of a run, compiled, with what identifies it.
pub(crate) struct Configuration {
    /// What reads documents.
    pub(crate) extractor: Extractor,
    /// The schema's text, which a build keeps.
    pub(crate) schema_text: String,
    /// SHA-256 of all data and of the program's version.
    pub(crate) digest: Digest,
    /// Name and SHA-256 of each part of the data, in order.
    pub(crate) parts: Vec<(String, Digest)>,
}

/// Compiles what the options name.
///
/// # Errors
/// When a file cannot be read, or has faults: all of them, with their places.
pub(crate) fn load(args: &DataArgs) -> Result<Configuration> {
    let data = data(args.data.as_deref())?;
    let (schema_name, schema_text) = schema_text(&data, args.schema.as_deref())?;
    let schema = Schema::from_toml(&schema_name, &schema_text)?;
    let mut parts = vec![("data".to_owned(), data.digest()), (schema_name, Digest::of(schema_text.as_bytes()))];
    let mut sources = Vec::new();
    for path in &args.gazetteer {
        let source = gazetteer_source(path)?;
        parts.push((path.display().to_string(), Digest::of(&std::fs::read(path).with_context(|| unreadable(path))?)));
        sources.push(source);
    }
    if args.no_default_gazetteer && sources.is_empty() {
        bail!("--no-default-gazetteer leaves no names to look for: give a gazetteer with --gazetteer FILE");
    }
    let mut rules = Vec::new();
    for folder in &args.rules {
        for path in rule_files(folder)? {
            let text = std::fs::read_to_string(&path).with_context(|| unreadable(&path))?;
            parts.push((path.display().to_string(), Digest::of(text.as_bytes())));
            rules.push((path.display().to_string(), text));
        }
    }
    let gazetteers = Gazetteers { sources, without_shipped: args.no_default_gazetteer };
    let extractor = Extractor::new(&data, schema, &gazetteers, &rules)?;
    let all: Vec<String> = parts.iter().map(|(_, digest)| digest.to_string()).collect();
    let words: Vec<&str> = [env!("CARGO_PKG_VERSION"), if args.no_default_gazetteer { "alone" } else { "with" }]
        .into_iter()
        .chain(all.iter().map(String::as_str))
        .collect();
    Ok(Configuration { extractor, schema_text, digest: Digest::of_parts(&words), parts })
}

/// The data of a folder, or what the program carries.
pub(crate) fn data(folder: Option<&Path>) -> Result<Data> {
    Ok(match folder {
        Some(folder) => Data::read(folder)?,
        None => Data::shipped(),
    })
}

/// The name and text of the schema.
pub(crate) fn schema_text(data: &Data, file: Option<&Path>) -> Result<(String, String)> {
    match file {
        Some(path) => {
            Ok((path.display().to_string(), std::fs::read_to_string(path).with_context(|| unreadable(path))?))
        }
        None => match data.file("schema/schema.toml") {
            Some((name, text)) => Ok((name, text.to_owned())),
            None => bail!("the data folder {} has no schema/schema.toml", data.name()),
        },
    }
}

/// A gazetteer file, read.
pub(crate) fn gazetteer_source(path: &Path) -> Result<Source> {
    let bytes = std::fs::read(path).with_context(|| unreadable(path))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = valid.split(|&byte| byte == b'\n').count();
        anyhow::anyhow!("{}:{line}: this is not UTF-8: save the gazetteer in UTF-8", path.display())
    })?;
    Ok(Source { files: vec![SourceFile { name: path.display().to_string(), text }] })
}

fn rule_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| unreadable(folder))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    if files.is_empty() {
        bail!("{} has no rule files (*.toml)", folder.display());
    }
    Ok(files)
}

pub(crate) fn unreadable(path: &Path) -> String {
    format!("cannot read {}", path.display())
}
