//! Reading and extracting many documents, on all cores, in the order of their names.

use std::collections::BTreeMap;

use anyhow::Result;
use rayon::prelude::*;
use relata_extract::Extractor;
use relata_model::{ExtractionRecord, Language};
use relata_read::{Collection, Input, Options, Reading, read};

use crate::interrupt;
use crate::report::{self, Report, count};

/// How many documents are in memory at once. Enough to keep the cores busy, few enough that a large corpus needs no more
/// memory than a small one.
const BATCH: usize = 256;

/// What became of the documents.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    /// Read and extracted.
    pub(crate) documents: usize,
    /// Reported and left out.
    pub(crate) faults: usize,
}

/// Extracts every document and hands each record to `each`, in the order of their names.
///
/// # Errors
/// When `each` fails, or when the user interrupts.
pub(crate) fn extract_all(
    collection: &Collection,
    language: Option<Language>,
    extractor: &Extractor,
    report: Report,
    mut each: impl FnMut(ExtractionRecord) -> Result<()>,
) -> Result<Tally> {
    if collection.ignored > 0 {
        report.note(&format!("{} left alone: not .txt or .md", count(collection.ignored, "file", "files")));
    }
    let mut tally = Tally { documents: 0, faults: collection.faults.len() };
    collection.faults.iter().for_each(report::fault);
    let mut without_rules: BTreeMap<Option<Language>, usize> = BTreeMap::new();
    let options = Options { language };
    let progress = report.progress("reading", collection.inputs.len());
    for batch in collection.inputs.chunks(BATCH) {
        let one = |input: &Input| {
            interrupt::check().ok()?;
            let read = read(input, &options).map(|Reading { document, notes }| (extractor.record(&document), notes));
            progress.inc(1);
            Some(read)
        };
        let read: Vec<_> = batch.par_iter().map(one).collect();
        interrupt::check()?;
        for read in read.into_iter().flatten() {
            match read {
                Ok((record, notes)) => {
                    progress.suspend(|| notes.iter().for_each(|note| report.note(&format!("{}: {note}", record.doc))));
                    tally.documents += 1;
                    if !record.lang.is_some_and(|language| extractor.reads(language)) {
                        *without_rules.entry(record.lang).or_default() += 1;
                    }
                    each(record)?;
                }
                Err(fault) => {
                    tally.faults += 1;
                    progress.suspend(|| report::fault(&fault));
                }
            }
        }
    }
    progress.finish_and_clear();
    for (language, documents) in without_rules {
        let documents = count(documents, "document", "documents");
        report.note(&match language {
            Some(language) => format!("{documents} in \"{language}\": names only, because there are no rules for it"),
            None => format!("{documents} in a language that was not recognised: names only (set it with --lang)"),
        });
    }
    Ok(tally)
}
