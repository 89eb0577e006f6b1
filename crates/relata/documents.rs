//! Reading and extracting many documents, on all cores, in the order of their names.

use std::collections::{BTreeMap, HashMap};

use anyhow::Result;
use rayon::prelude::*;
use relata_extract::{Extractor, GivenMentions};
use relata_model::{Digest, Document, ExtractionRecord, Language};
use relata_read::{Collection, Input, Options, Source, open, provenance};

use crate::interrupt;
use crate::record_file::{Line, RecordFile};
use crate::report::{self, Report, count};

/// How many documents are read at once, while as many that were read before are handed on: enough to keep the cores busy, few
/// enough that a large corpus needs no more memory than a small one.
const BATCH: usize = 256;
/// The same for large documents, in bytes; a larger one is alone.
const BATCH_BYTES: u64 = 32 << 20;

/// What documents are read by.
pub(crate) struct Reader<'e> {
    /// Names and rules.
    pub(crate) extractor: &'e Extractor,
    /// The language of every document, where the user set it.
    pub(crate) language: Option<Language>,
    /// Mentions to use instead of the gazetteer's.
    pub(crate) given: Option<&'e GivenMentions>,
    /// What records are marked with.
    pub(crate) key: String,
}

impl Reader<'_> {
    /// The record of a document as it was opened, and what is to be said of it.
    pub(crate) fn record(&self, opened: relata_read::Opened) -> (ExtractionRecord, Vec<String>) {
        let reading = opened.into_reading(&Options { language: self.language });
        let mut notes: Vec<String> = reading.notes.iter().map(ToString::to_string).collect();
        let Some(given) = self.given else {
            return (self.record_of(&reading.document, self.key.clone()), notes);
        };
        // Mentions that somebody else gave are no part of the key: such a record is not used again.
        let (record, misplaced) = self.extractor.record_given(&reading.document, given);
        notes.extend(misplaced.iter().map(ToString::to_string));
        (record, notes)
    }

    /// The record of a document, marked with `key`.
    pub(crate) fn record_of(&self, document: &Document, key: String) -> ExtractionRecord {
        ExtractionRecord {
            by: Some(key),
            agency: provenance::agency(document),
            sketch: Some(provenance::sketch(document)),
            ..self.extractor.record(document)
        }
    }
}

/// A record and its line.
pub(crate) struct Made {
    /// The record.
    pub(crate) record: ExtractionRecord,
    /// The same as it is written, with its line end.
    pub(crate) line: Vec<u8>,
}

impl Made {
    /// A record that is not written yet.
    pub(crate) fn new(record: ExtractionRecord) -> Self {
        let mut line = serde_json::to_vec(&record).expect("a record has nothing that JSON has not");
        line.push(b'\n');
        Self { record, line }
    }
}

/// What became of the documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// How many were not read again, because their text and all that they were read by is as it was.
    pub(crate) reused: usize,
    /// Reported and left out, each with the reason.
    pub(crate) faults: BTreeMap<String, String>,
}

/// The records of an older build, and which document each of them is the record of.
pub(crate) struct Known {
    file: RecordFile,
    /// For each input, in their order, its line of the file.
    lines: Vec<Option<Line>>,
}

impl Known {
    /// Looks which documents an older build has the record of that would be made now: by their text, whatever they are
    /// called.
    pub(crate) fn of(file: RecordFile, collection: &Collection, language: Option<Language>, key: &str) -> Self {
        let own = file.lines.iter().filter(|line| line.by.as_deref() == Some(key));
        let by_text: HashMap<&str, &Line> = own.map(|line| (line.sha256.as_str(), line)).collect();
        let options = Options { language };
        let line = |input: &Input| {
            // What is no file can be read only once.
            let Source::File(path) = &input.source else { return None };
            if interrupt::check().is_err() || !path.is_file() {
                return None;
            }
            let digest: Digest = open(input, &options).ok()?.digest();
            by_text.get(digest.to_string().as_str()).map(|&line| line.clone())
        };
        let lines = collection.inputs.par_iter().map(line).collect();
        Self { file, lines }
    }

    fn take(&mut self, place: usize) -> Result<Option<(Line, Vec<u8>)>> {
        let Some(line) = self.lines[place].take() else { return Ok(None) };
        let bytes = self.file.bytes(&line)?;
        Ok(Some((line, bytes)))
    }

    /// The record of a line, under the name that its document has now.
    fn made(&self, line: &Line, bytes: Vec<u8>, input: &Input) -> Result<Made> {
        let mut record = self.file.parse(line, &bytes)?;
        if record.doc == input.name.as_str() {
            return Ok(Made { record, line: bytes });
        }
        input.name.as_str().clone_into(&mut record.doc);
        Ok(Made::new(record))
    }
}

/// What one document gave.
enum Done {
    /// The record of an older build.
    Reused(Result<Made>),
    /// A new record.
    Extracted(Made, Vec<String>),
    /// Nothing.
    Fault(relata_read::ReadError),
}

/// Extracts every document and hands each record to `each`, in the order of their names.
///
/// # Errors
/// When `each` fails, or when the user interrupts.
pub(crate) fn extract_all(
    collection: &Collection,
    reader: &Reader<'_>,
    mut known: Option<Known>,
    report: Report,
    mut each: impl FnMut(Made) -> Result<()> + Send,
) -> Result<Tally> {
    if collection.ignored > 0 {
        report.note(&format!("{} left alone: not .txt or .md", count(collection.ignored, "file", "files")));
    }
    let mut tally = Tally::default();
    collection.faults.iter().for_each(|fault| tally.fault(fault));
    let mut languages = Languages::default();
    let options = Options { language: reader.language };
    let progress = report.progress("reading", collection.inputs.len());
    let mut hand_on = |done: Vec<Option<Done>>| -> Result<()> {
        for done in done.into_iter().flatten() {
            let made = match done {
                Done::Fault(fault) => {
                    progress.suspend(|| tally.fault(&fault));
                    continue;
                }
                Done::Reused(made) => {
                    tally.reused += 1;
                    made?
                }
                Done::Extracted(made, notes) => {
                    let name = &made.record.doc;
                    progress.suspend(|| notes.iter().for_each(|note| report.note(&format!("{name}: {note}"))));
                    made
                }
            };
            languages.see(&made.record, reader.extractor);
            each(made)?;
        }
        Ok(())
    };
    let mut at = 0;
    let mut before = Vec::new();
    while at < collection.inputs.len() {
        let batch = &collection.inputs[at..at + batch_length(&collection.inputs[at..])];
        let old = (at..at + batch.len()).map(|place| known.as_mut().map_or(Ok(None), |known| known.take(place)));
        let old = old.collect::<Result<Vec<_>>>()?;
        at += batch.len();
        let one = |(input, old): (&Input, Option<(Line, Vec<u8>)>)| {
            interrupt::check().ok()?;
            let done = match (old, &known) {
                (Some((line, bytes)), Some(known)) => Done::Reused(known.made(&line, bytes, input)),
                _ => match open(input, &options) {
                    Ok(opened) => {
                        let (record, notes) = reader.record(opened);
                        Done::Extracted(Made::new(record), notes)
                    }
                    Err(fault) => Done::Fault(fault),
                },
            };
            progress.inc(1);
            Some(done)
        };
        // One core writes and merges what was read before, and then reads with the others.
        let last = std::mem::take(&mut before);
        let (handed_on, done) =
            rayon::join(|| hand_on(last), || batch.par_iter().zip(old).map(one).collect::<Vec<_>>());
        handed_on?;
        interrupt::check()?;
        before = done;
    }
    hand_on(before)?;
    progress.finish_and_clear();
    languages.tell(report);
    Ok(tally)
}

/// How many of the next documents are read at once; at least one.
pub(crate) fn batch_length(inputs: &[Input]) -> usize {
    let size = |input: &Input| match &input.source {
        Source::File(path) => path.metadata().map_or(0, |metadata| metadata.len()),
        Source::StandardInput => 0,
    };
    let mut bytes = 0;
    let fits = |input: &&Input| {
        bytes += size(input);
        bytes <= BATCH_BYTES
    };
    inputs.iter().take(BATCH).take_while(fits).count().max(1)
}

impl Tally {
    /// Reports a document that is left out.
    pub(crate) fn fault(&mut self, fault: &relata_read::ReadError) {
        report::fault(fault);
        self.faults.insert(fault.name().to_string(), fault.to_string());
    }
}

/// Documents in languages that there are no rules for.
#[derive(Default)]
pub(crate) struct Languages(BTreeMap<Option<Language>, usize>);

impl Languages {
    /// Counts a document.
    pub(crate) fn see(&mut self, record: &ExtractionRecord, extractor: &Extractor) {
        if !record.lang.is_some_and(|language| extractor.reads(language)) {
            *self.0.entry(record.lang).or_default() += 1;
        }
    }

    /// Tells how many there were.
    pub(crate) fn tell(self, report: Report) {
        for (language, documents) in self.0 {
            let documents = count(documents, "document", "documents");
            report.note(&match language {
                Some(language) => {
                    format!("{documents} in \"{language}\": names only, because there are no rules for it")
                }
                None => format!("{documents} in a language that was not recognised: names only (set it with --lang)"),
            });
        }
    }
}
