//! The gazetteers that a user names: texts, compiled files, and texts so large that their compiled form is kept.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use relata_gazetteer::forms::Transliterations;
use relata_gazetteer::{Compiled, Source, SourceFile, is_compiled};
use relata_import::{Format, Options};
use relata_model::{Diagnostic, Digest, LoadError, Schema};

use crate::configuration::unreadable;
use crate::whole_file::WholeFile;

/// Texts from this size on are compiled once and kept: below it, compiling takes less than a tenth of a second.
const LARGE: usize = 8 << 20;
/// How many compiled texts are kept.
const KEPT: usize = 8;

/// A gazetteer ready for the extractor.
pub(crate) enum Opened {
    /// A text, to be united with the other texts.
    Source(Source),
    /// A large text that was compiled.
    Compiled(Arc<Compiled>),
    /// A compiled file. Its digest is only claimed: somebody must verify it.
    Mapped(Arc<Compiled>),
}

/// Opens a file of any kind, and says what identifies it.
///
/// # Errors
/// When it cannot be read, is damaged, or is a large text with faults: all of them, with their places.
pub(crate) fn open(
    path: &Path,
    schema: &Schema,
    schema_text: &str,
    transliterations: Transliterations,
) -> Result<(Opened, Digest)> {
    if is_compiled_file(path)? {
        let compiled = Compiled::open(path, schema)?;
        let digest = compiled.digest();
        return Ok((Opened::Mapped(Arc::new(compiled)), digest));
    }
    let source = source(path, schema)?;
    let text = &source.files[0].text;
    let digest = Digest::of(text.as_bytes());
    if text.len() < LARGE {
        return Ok((Opened::Source(source), digest));
    }
    // What is kept is named for all that it depends on, so whether it was there changes nothing but the time.
    let forms = format!("{transliterations:?}");
    let key = Digest::of_parts(&[env!("RELATA_PROGRAM"), schema_text, &digest.to_string(), &forms]);
    let kept = cache_folder().map(|folder| folder.join(format!("{key}.rlg")));
    if let Some(kept) = &kept
        && let Ok(compiled) = Compiled::open(kept, schema)
        && compiled.verify(kept).is_ok()
    {
        return Ok((Opened::Compiled(Arc::new(compiled)), digest));
    }
    let entities = relata_gazetteer::load(&[source], schema)?.entities;
    let compiled = Compiled::with_forms(entities, schema, transliterations);
    if let Some(kept) = kept {
        // A cache that cannot be written costs time, and nothing else.
        let _ = keep(&compiled, &kept);
    }
    Ok((Opened::Compiled(Arc::new(compiled)), digest))
}

/// A gazetteer in text form or as a table, read.
///
/// # Errors
/// When it cannot be read, is not UTF-8, or is a table with rows that are no entities: all of them, with their lines.
pub(crate) fn source(path: &Path, schema: &Schema) -> Result<Source> {
    let bytes = fs::read(path).with_context(|| unreadable(path))?;
    let name = path.display().to_string();
    let bytes = if Format::of_file(&name) == Some(Format::Csv) { of_table(&bytes, &name, schema)? } else { bytes };
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = valid.split(|&byte| byte == b'\n').count();
        anyhow::anyhow!("{name}:{line}: this is not UTF-8: save the gazetteer in UTF-8")
    })?;
    Ok(Source { files: vec![SourceFile { name, text }] })
}

/// The entities of a table as lines. Unlike an import, which reports, a build with half of a table would be a quiet loss.
fn of_table(bytes: &[u8], name: &str, schema: &Schema) -> Result<Vec<u8>, LoadError> {
    let mut lines = Vec::new();
    let report = relata_import::import(bytes, Format::Csv, &Options::default(), schema, &mut lines, &mut |_| ());
    let report = report.expect("memory takes all lines");
    let fault = |line: usize, message: String| Diagnostic { file: name.to_owned(), line, column: 1, message };
    let mut faults: Vec<Diagnostic> = Vec::new();
    for dropped in report.dropped.values() {
        faults.extend(dropped.first.iter().map(|(line, reason)| fault(*line, reason.to_string())));
    }
    faults.extend(report.broken_off.map(|(line, error)| fault(line, error)));
    faults.sort();
    if faults.is_empty() { Ok(lines) } else { Err(LoadError(faults)) }
}

/// The encoding of a label, as the web knows them.
///
/// # Errors
/// When there is none.
pub(crate) fn encoding(label: &str) -> Result<&'static encoding_rs::Encoding> {
    encoding_rs::Encoding::for_label(label.as_bytes()).with_context(|| {
        format!("unknown encoding \"{label}\" (utf-8, utf-16le, windows-1251, windows-1252, koi8-r …)")
    })
}

/// Whether a file begins like a compiled gazetteer.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn is_compiled_file(path: &Path) -> Result<bool> {
    use std::io::Read;
    let mut first = Vec::new();
    let file = File::open(path).with_context(|| unreadable(path))?;
    file.take(64).read_to_end(&mut first).with_context(|| unreadable(path))?;
    Ok(is_compiled(&first))
}

/// Writes a compiled gazetteer beside its place and moves it there, so that nobody ever maps half a file.
///
/// # Errors
/// When the folder does not take it.
pub(crate) fn write(compiled: &Compiled, path: &Path) -> Result<()> {
    let mut out = WholeFile::create(path)?;
    compiled.write(&mut out).with_context(|| format!("cannot write {}", path.display()))?;
    out.finish()
}

/// Keeps a compiled text, and no more than the [`KEPT`] that were made last.
fn keep(compiled: &Compiled, path: &Path) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    write(compiled, path)?;
    let mut files: Vec<(std::time::SystemTime, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        files.push((entry.metadata()?.modified()?, entry.path()));
    }
    files.sort_unstable();
    for (_, old) in files.iter().rev().skip(KEPT) {
        fs::remove_file(old)?;
    }
    Ok(())
}

/// Where the system wants caches; nothing where it does not say.
fn cache_folder() -> Option<PathBuf> {
    let of = |variable: &str| std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    let caches = of("XDG_CACHE_HOME").or_else(|| of("LOCALAPPDATA")).or_else(|| Some(of("HOME")?.join(".cache")))?;
    Some(caches.join("relata").join("gazetteers"))
}
