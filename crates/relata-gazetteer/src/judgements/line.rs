//! Lines of a journal, read and written.

use std::sync::Arc;

use relata_model::{Diagnostic, EntityId, LoadError};
use serde::Deserialize;
use serde_json::Value;

use super::{Entry, Journal, Judgement, PlacedEntry, Signature, Torn, Verdict};
use crate::source::{Place, write_object};

/// A line as JSON gives it: either the first three or `undo` must be there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    id: Option<String>,
    one: Option<String>,
    verdict: Option<String>,
    other: Option<String>,
    undo: Option<String>,
    by: Option<String>,
    at: Option<String>,
    why: Option<String>,
}

pub(super) fn write(entry: &Entry) -> String {
    let id = entry.id();
    let (what, signature) = match entry {
        Entry::Judged(Judgement { one, verdict, other, signature }) => {
            (vec![("one", one.as_str()), ("verdict", verdict.as_str()), ("other", other.as_str())], signature)
        }
        Entry::Undone { line, signature } => (vec![("undo", line.as_str())], signature),
    };
    let Signature { by, at, why } = signature;
    let members = [("id", id.as_str())].into_iter().chain(what).chain([
        ("by", by.as_str()),
        ("at", at.as_str()),
        ("why", why.as_str()),
    ]);
    let members: Vec<(&str, Value)> = members.map(|(key, value)| (key, Value::from(value))).collect();
    let mut line = String::new();
    write_object(members.iter().map(|(key, value)| (*key, value)), &mut line);
    line
}

pub(super) fn read_all(file: &str, text: &str) -> Result<Journal, LoadError> {
    let name: Arc<str> = file.into();
    let mut journal = Journal::default();
    let mut faults = Vec::new();
    let mut start = 0;
    for (number, whole) in (1..).zip(text.split_inclusive('\n')) {
        let at = start;
        start += whole.len();
        let line = whole.trim_end_matches(['\n', '\r']);
        let line = if number == 1 { line.trim_start_matches('\u{FEFF}') } else { line };
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        let place = Place { file: Arc::clone(&name), line: number };
        match serde_json::from_str::<RawLine>(line) {
            Ok(raw) => match entry(raw) {
                Ok(entry) => journal.lines.push(PlacedEntry { id: entry.id(), entry, place }),
                Err((field, message)) => {
                    let at = field.and_then(|field| line.find(&format!("\"{field}\""))).unwrap_or(0);
                    let column = line[..at].chars().count() + 1;
                    faults.push(Diagnostic { file: file.to_owned(), line: number, column, message });
                }
            },
            // Only a line without its end can be the work of a writer that was stopped.
            Err(error) if error.is_eof() && !whole.ends_with('\n') => {
                journal.torn = Some(Torn { place, start: at, text: line.to_owned() });
            }
            Err(error) => {
                let text = error.to_string();
                let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
                let message = format!("this line is none of a journal of judgements: {}", message.replace('`', "\""));
                faults.push(Diagnostic { file: file.to_owned(), line: number, column: error.column().max(1), message });
            }
        }
    }
    if faults.is_empty() { Ok(journal) } else { Err(LoadError(faults)) }
}

/// The field at fault and what is wrong.
type Wrong = (Option<&'static str>, String);

fn entry(raw: RawLine) -> Result<Entry, Wrong> {
    let given = |field: &'static str, value: Option<String>| {
        value
            .filter(|value| !value.trim().is_empty())
            .ok_or_else(|| (None, format!("\"{field}\" is missing (who, when and why belong to every line)")))
    };
    let signature = Signature { by: given("by", raw.by)?, at: given("at", raw.at)?, why: given("why", raw.why)? };
    let entry = match (raw.one, raw.verdict, raw.other, raw.undo) {
        (Some(one), Some(verdict), Some(other), None) => {
            let entity = |field, id: String| id.parse::<EntityId>().map_err(|error| (Some(field), error.to_string()));
            let verdict: Verdict = verdict.parse().map_err(|error| (Some("verdict"), format!("{error}")))?;
            let (one, other) = (entity("one", one)?, entity("other", other)?);
            if one == other {
                return Err((Some("other"), format!("\"{one}\" is judged with itself: name two entities")));
            }
            Entry::Judged(Judgement { one, verdict, other, signature })
        }
        (None, None, None, Some(line)) => Entry::Undone { line, signature },
        _ => {
            let message = "give either \"one\", \"verdict\" and \"other\", or \"undo\" with the id of a line";
            return Err((None, message.to_owned()));
        }
    };
    match raw.id {
        Some(id) if id != entry.id() => {
            let message = format!(
                "this line was changed after it was written: what it says has the id {}; bring the line back, undo it and judge again",
                entry.id()
            );
            Err((Some("id"), message))
        }
        _ => Ok(entry),
    }
}
