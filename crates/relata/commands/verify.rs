//! `relata verify`: whether every quotation of a build still stands in its document.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use relata_model::{CodePointIndex, Document, ExtractionRecord, Passage};
use relata_read::{Options, collect, read};

use crate::args::VerifyArgs;
use crate::build_folder;
use crate::report::{self, Outcome, Report, count};

/// Reopens the documents and compares.
pub(crate) fn run(args: &VerifyArgs, report: Report) -> Result<Outcome> {
    let info = build_folder::info(&args.out)?;
    let records = build_folder::records(&args.out)?;
    let paths: Vec<PathBuf> =
        if args.paths.is_empty() { info.sources.iter().map(PathBuf::from).collect() } else { args.paths.clone() };
    let collection = collect(&paths)?;
    let inputs: BTreeMap<&str, _> = collection.inputs.iter().map(|input| (input.name.as_str(), input)).collect();
    let (mut faults, mut passages) = (0, 0);
    let mut fault = |message: String| {
        faults += 1;
        report::fault(&message);
    };
    for record in &records {
        let Some(input) = inputs.get(record.doc.as_str()) else {
            fault(format!("{}: the document is gone", record.doc));
            continue;
        };
        match read(input, &Options { language: record.lang }) {
            Err(error) => fault(error.to_string()),
            Ok(reading) => {
                let (checked, wrong) = check(record, &reading.document);
                passages += checked;
                wrong.into_iter().for_each(&mut fault);
            }
        }
    }
    report.note(&format!(
        "{} in {}: {}",
        count(passages, "passage", "passages"),
        count(records.len(), "document", "documents"),
        if faults == 0 { "all stand where the build says".to_owned() } else { count(faults, "fault", "faults") }
    ));
    Ok(Outcome::of(faults))
}

/// How many passages of a record were compared with its document, and which differ.
fn check(record: &ExtractionRecord, document: &Document) -> (usize, Vec<String>) {
    let mut wrong = Vec::new();
    if document.digest.to_string() != record.sha256 {
        wrong.push(format!("{}: the document was changed since the build (its SHA-256 differs)", record.doc));
    }
    let index = CodePointIndex::new(&document.text);
    let slice = |start: u32, end: u32| {
        let (start, end) = (index.byte(start)?, index.byte(end)?);
        document.text.get(start..end)
    };
    let mut places: Vec<(u32, u32, &str)> =
        record.mentions.iter().map(|mention| (mention.start, mention.end, mention.text.as_str())).collect();
    for evidence in record.statements.iter().flat_map(|statement| &statement.evidence) {
        places.push((evidence.start, evidence.end, &evidence.text));
        let passages = [
            Some(&evidence.quote),
            evidence.subject.as_ref(),
            evidence.object.as_ref(),
            evidence.cue.as_ref(),
            evidence.time_text.as_ref(),
        ];
        places.extend(passages.into_iter().flatten().map(|Passage { start, end, text }| (*start, *end, text.as_str())));
        places.extend(evidence.attributed_to.iter().map(|source| (source.start, source.end, source.text.as_str())));
    }
    for &(start, end, text) in &places {
        if slice(start, end) != Some(text) {
            wrong.push(format!("{}: characters {start}–{end} are no longer \"{text}\"", record.doc));
        }
    }
    (places.len(), wrong)
}
