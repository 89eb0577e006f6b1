//! `relata extract`: records on standard output.

use std::io::{BufRead, BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use rayon::prelude::*;
use relata_extract::GivenMentions;
use relata_model::{Date, DocumentName, Language};
use relata_read::{Note, Options, collect, read_bytes};
use serde::Deserialize;

use crate::args::ExtractArgs;
use crate::configuration::Identity;
use crate::documents::{self, Languages, Made, Reader};
use crate::report::{self, Outcome, Report};
use crate::{configuration, interrupt};

/// How many lines of standard input are in memory at once, and how many bytes; a longer line is alone.
const BATCH: (usize, usize) = (256, 32 << 20);

/// Extracts every document and writes its record as soon as those before it are written.
pub(crate) fn run(args: &ExtractArgs, report: Report) -> Result<Outcome> {
    let configuration = configuration::load(&args.data)?;
    configuration.notes.iter().for_each(|note| report.note(note));
    let key = configuration.identity.key(args.lang);
    let given = if args.mentions.is_empty() { None } else { Some(given_mentions(&args.mentions)?) };
    let reader = Reader { extractor: &configuration.extractor, language: args.lang, given: given.as_ref(), key };
    interrupt::watch();
    // Not locked: records are written on whatever core is free.
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout());
    let faults = if args.lines {
        extract_lines(&reader, &configuration.identity, report, &mut out)?
    } else {
        let collection = collect(&args.paths)?;
        let write = |made: Made| Ok(out.write_all(&made.line)?);
        documents::extract_all(&collection, &reader, None, report, write)?.faults.len()
    };
    out.flush()?;
    Ok(Outcome::of(faults))
}

/// The mentions of every file given; a folder stands for its `.json` files.
pub(crate) fn given_mentions(paths: &[PathBuf]) -> Result<GivenMentions> {
    let mut given = GivenMentions::default();
    for path in paths {
        let mut files = vec![path.clone()];
        if path.is_dir() {
            let listed = std::fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))?;
            files = listed.map(|entry| entry.map(|entry| entry.path())).collect::<std::io::Result<_>>()?;
            files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
            files.sort();
        }
        for file in files {
            let name = file.display().to_string();
            let source = std::fs::read_to_string(&file).with_context(|| format!("cannot read {name}"))?;
            given.add(&name, &source)?;
        }
    }
    Ok(given)
}

/// A document as somebody else has it.
#[derive(Deserialize)]
struct GivenDocument {
    doc: String,
    text: String,
    lang: Option<Language>,
    title: Option<String>,
    date: Option<Date>,
    url: Option<String>,
}

/// The record of a line and how it was read, or what is wrong with it.
type Read = Result<(Made, Vec<Note>), String>;

/// Extracts the documents of standard input, one a line, and tells how many lines had faults.
fn extract_lines(reader: &Reader<'_>, identity: &Identity, report: Report, out: &mut dyn Write) -> Result<usize> {
    let mut input = std::io::stdin().lock();
    let mut languages = Languages::default();
    let (mut number, mut faults) = (0, 0);
    loop {
        let lines = next_lines(&mut input)?;
        if lines.is_empty() {
            break;
        }
        let read: Vec<Option<Read>> = lines.par_iter().map(|line| read_line(line, reader, identity)).collect();
        interrupt::check()?;
        for read in read {
            number += 1;
            match read {
                None => {}
                Some(Ok((Made { record, line }, notes))) => {
                    for note in notes {
                        report.note(&format!("{}: {note}", record.doc));
                    }
                    languages.see(&record, reader.extractor);
                    out.write_all(&line)?;
                }
                Some(Err(fault)) => {
                    faults += 1;
                    report::fault(&format!("standard input:{number}: {fault}"));
                }
            }
        }
    }
    languages.tell(report);
    Ok(faults)
}

/// The next lines; none at the end.
fn next_lines(input: &mut dyn BufRead) -> Result<Vec<Vec<u8>>> {
    let (mut lines, mut size) = (Vec::new(), 0);
    while lines.len() < BATCH.0 && size < BATCH.1 {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line).context("cannot read standard input")? == 0 {
            break;
        }
        size += line.len();
        lines.push(line);
    }
    Ok(lines)
}

/// What a line gives; nothing when it is blank.
fn read_line(line: &[u8], reader: &Reader<'_>, identity: &Identity) -> Option<Read> {
    if line.trim_ascii().is_empty() || interrupt::check().is_err() {
        return None;
    }
    let given: GivenDocument = match serde_json::from_slice(line) {
        Ok(given) => given,
        Err(error) => return Some(Err(format!("this is no document {{\"doc\": …, \"text\": …}}: {error}"))),
    };
    let language = reader.language.or(given.lang);
    let options = Options { language };
    let reading = match read_bytes(&DocumentName::new(&given.doc), given.text.into_bytes(), &options) {
        Ok(reading) => reading,
        Err(fault) => return Some(Err(fault.to_string())),
    };
    let mut document = reading.document;
    let metadata = &mut document.metadata;
    let said = given.title.is_some() || given.date.is_some() || given.url.is_some();
    metadata.title = given.title.or(metadata.title.take());
    metadata.date = given.date.or(metadata.date.take());
    metadata.url = given.url.or(metadata.url.take());
    let key = if said { identity.key_with_metadata(language) } else { identity.key(language) };
    Some(Ok((Made::new(reader.record_of(&document, key)), reading.notes)))
}
