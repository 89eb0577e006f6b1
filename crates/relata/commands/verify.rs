//! `relata verify`: whether every quotation of a build still stands in its document.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use rayon::prelude::*;
use relata_model::{CodePointIndex, ExtractionRecord, Passage};
use relata_read::{Collection, Input, Opened, Options, collect, open};

use crate::args::VerifyArgs;
use crate::build_folder::{self, BuildInfo};
use crate::record_file::{RecordFile, each_record};
use crate::report::{self, Outcome, Report, count};

/// Reopens the documents and compares.
pub(crate) fn run(args: &VerifyArgs, report: Report) -> Result<Outcome> {
    let info = build_folder::info(&args.out)?;
    let path = args.out.join(build_folder::RECORDS);
    let file = RecordFile::open(&path)?;
    let paths: Vec<PathBuf> =
        if args.paths.is_empty() { info.sources.iter().map(PathBuf::from).collect() } else { args.paths.clone() };
    let collection = collect(&paths)?;
    let (mut faults, mut passages) = (0, 0);
    let mut fault = |message: &str| {
        faults += 1;
        report::fault(&message);
    };
    if file.digest.to_string() != info.records {
        fault(&format!("{}: is not as it was written (its SHA-256 differs): build again", path.display()));
    }
    let places = Places::new(&collection, &info);
    let mut batch = Vec::new();
    let mut compare = |batch: &mut Vec<ExtractionRecord>| {
        let compared: Vec<Compared> = batch.par_iter().map(|record| places.compare(record)).collect();
        batch.clear();
        for one in compared {
            passages += one.passages;
            one.moved.iter().for_each(|moved| report.note(moved));
            one.wrong.iter().for_each(|wrong| fault(wrong));
        }
    };
    each_record(vec![file], |record, _| {
        batch.push(record);
        if batch.len() == 256 {
            compare(&mut batch);
        }
        Ok(())
    })?;
    compare(&mut batch);
    report.note(&format!(
        "{} in {}: {}",
        count(passages, "passage", "passages"),
        count(info.documents.len(), "document", "documents"),
        if faults == 0 { "all stand where the build says".to_owned() } else { count(faults, "fault", "faults") }
    ));
    Ok(Outcome::of(faults))
}

/// Where the documents are now.
struct Places<'c> {
    by_name: BTreeMap<&'c str, &'c Input>,
    /// Of the documents that the build has not, while some that it has are missing, by the SHA-256 of their text.
    by_text: BTreeMap<String, &'c Input>,
}

/// What a record has to say of its document.
#[derive(Default)]
struct Compared {
    passages: usize,
    moved: Option<String>,
    wrong: Vec<String>,
}

impl<'c> Places<'c> {
    fn new(collection: &'c Collection, info: &BuildInfo) -> Self {
        let by_name: BTreeMap<&str, &Input> =
            collection.inputs.iter().map(|input| (input.name.as_str(), input)).collect();
        let some_are_missing = info.documents.keys().any(|name| !by_name.contains_key(name.as_str()));
        let new = collection
            .inputs
            .par_iter()
            .filter(|input| some_are_missing && !info.documents.contains_key(input.name.as_str()))
            .filter_map(|input| Some((open(input, &Options::default()).ok()?.digest().to_string(), input)));
        let by_text = new.collect();
        Self { by_name, by_text }
    }

    fn compare(&self, record: &ExtractionRecord) -> Compared {
        let (input, moved) = match (self.by_name.get(record.doc.as_str()), self.by_text.get(&record.sha256)) {
            (Some(input), _) => (*input, None),
            (None, Some(input)) => {
                (*input, Some(format!("{}: has moved: the same text is now called {}", record.doc, input.name)))
            }
            (None, None) => {
                let wrong = vec![format!("{}: the document is gone", record.doc)];
                return Compared { wrong, ..Compared::default() };
            }
        };
        match open(input, &Options { language: record.lang }) {
            Err(error) => Compared { wrong: vec![error.to_string()], moved, passages: 0 },
            Ok(opened) => {
                let (passages, wrong) = check(record, &opened);
                Compared { passages, moved, wrong }
            }
        }
    }
}

/// How many passages of a record were compared with its document, and which differ.
fn check(record: &ExtractionRecord, document: &Opened) -> (usize, Vec<String>) {
    let mut wrong = Vec::new();
    if document.digest().to_string() != record.sha256 {
        wrong.push(format!("{}: the document was changed since the build (its SHA-256 differs)", record.doc));
    }
    let index = CodePointIndex::new(document.text());
    let slice = |start: u32, end: u32| {
        let (start, end) = (index.byte(start)?, index.byte(end)?);
        document.text().get(start..end)
    };
    let mut places: Vec<(u32, u32, &str, bool)> =
        record.mentions.iter().map(|mention| (mention.start, mention.end, mention.text.as_str(), false)).collect();
    for evidence in record.statements.iter().flat_map(|statement| &statement.evidence) {
        places.push((evidence.start, evidence.end, &evidence.text, true));
        let passages = [
            Some(&evidence.quote),
            evidence.subject.as_ref(),
            evidence.object.as_ref(),
            evidence.cue.as_ref(),
            evidence.time_text.as_ref(),
        ];
        places.extend(
            passages.into_iter().flatten().map(|Passage { start, end, text }| (*start, *end, text.as_str(), false)),
        );
        places.extend(
            evidence.attributed_to.iter().map(|source| (source.start, source.end, source.text.as_str(), false)),
        );
    }
    for &(start, end, text, is_sentence) in &places {
        if slice(start, end) == Some(text) {
            continue;
        }
        // A sentence is its own proof wherever it stands; a name is not.
        let now = is_sentence.then(|| document.text().find(text)).flatten().map(|at| {
            let at = index.code_point(at);
            format!(": the sentence has moved to characters {at}–{}", at + (end - start))
        });
        wrong.push(format!(
            "{}: characters {start}–{end} are no longer \"{text}\"{}",
            record.doc,
            now.unwrap_or_default()
        ));
    }
    (places.len(), wrong)
}
