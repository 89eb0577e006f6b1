//! The words in a picture: what stands in a node, beside a line, and behind it.

use relata_graph::StatementEdge;
use relata_model::{Modality, Period, Voice};

use crate::labels::Labels;
use crate::text::{shorten, wrap};
use crate::words::Words;

/// A name on lines that make a node, not a ribbon.
pub(crate) fn node_label(label: &str) -> String {
    wrap(&shorten(label, 80), 20)
}

/// What a statement says beside its line: the relation, how many origins, what kind of claim, role, sum, time, source.
pub(crate) fn edge_label(labels: &Labels<'_>, statement: &StatementEdge) -> String {
    let words = labels.words;
    let mut first = labels.relation(&statement.relation).to_owned();
    if statement.modality != Modality::Asserted {
        first = format!("{first} ({})", words.modality(statement.modality));
    }
    if statement.origins > 1 {
        first = format!("{first} ×{}", statement.origins);
    }
    let mut lines = vec![wrap(&first, 22)];
    lines.extend(statement.role.as_deref().map(|role| wrap(&shorten(role, 48), 22)));
    lines.extend(amount(statement).map(|amount| wrap(&shorten(&amount, 48), 22)));
    lines.extend(statement.time.map(|time| period(words, time)));
    if statement.voice == Voice::Attributed {
        let source = statement.best_evidence().record.attributed_to.as_ref();
        let source = source.map_or(words.attributed, |attribution| attribution.text.as_str());
        lines.push(wrap(&format!("({})", shorten(source.trim_matches([',', ' ', ':']), 44)), 26));
    }
    lines.join("\n")
}

/// The whole sentence of it: label, quote, source and date.
pub(crate) fn edge_tooltip(labels: &Labels<'_>, statement: &StatementEdge) -> String {
    let best = statement.best_evidence();
    let [open, close] = labels.words.quotes;
    let quote = shorten(&best.record.quote.text, 300);
    let date = best.document.date.map_or_else(|| best.document.name.to_string(), |date| date.to_string());
    let more = match statement.evidence.len() - 1 {
        0 => String::new(),
        more => format!(" (+{more})"),
    };
    format!("{}\n{open}{quote}{close} – {date}{more}", labels.statement(statement))
}

/// The sum and the time of a statement, where it has them.
pub(crate) fn amount_and_time(labels: &Labels<'_>, statement: &StatementEdge) -> Vec<String> {
    amount(statement).into_iter().chain(statement.time.map(|time| period(labels.words, time))).collect()
}

/// The sum in a document's words, else as a number.
fn amount(statement: &StatementEdge) -> Option<String> {
    let lifted = statement.amount.as_ref()?;
    let of_its_voice = statement.evidence.iter().filter(|one| one.voice() == statement.voice);
    let words = of_its_voice.into_iter().find_map(|one| one.record.amount.as_ref()?.text.clone());
    Some(words.unwrap_or_else(|| format!("{} {}", group_digits(&lifted.value), lifted.unit)))
}

/// `12000000000` as `12 000 000 000`, with the narrow space that every language of the press understands.
fn group_digits(number: &str) -> String {
    let (whole, fraction) = number.split_at(number.find('.').unwrap_or(number.len()));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) && digit.is_ascii_digit() && !grouped.ends_with('-') {
            grouped.push('\u{202F}');
        }
        grouped.push(digit);
    }
    grouped + fraction
}

fn period(words: &Words, period: Period) -> String {
    match (period.from, period.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from} – {to}"),
        (Some(from), None) => format!("{}{from}", words.since),
        (None, Some(to)) => format!("{}{to}", words.until),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::group_digits;

    #[test]
    fn sums_can_be_read() {
        assert_eq!(group_digits("12000000000"), "12\u{202F}000\u{202F}000\u{202F}000");
        assert_eq!(group_digits("-120.25"), "-120.25");
    }
}
