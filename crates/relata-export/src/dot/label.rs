//! The words in a diagram, and how many of them there is room for.

use relata_graph::StatementEdge;
use relata_model::{Modality, Period, Voice};

use crate::labels::Labels;
use crate::text::{clean, shorten, wrap};
use crate::words::Words;

/// How much a diagram of a size can show: Graphviz needs half a minute for 400 labelled edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// Labels have their own place.
    Labels,
    /// Labels stand where there is room.
    LooseLabels,
    /// Labels are in the tooltips only, and springs place the nodes.
    NoLabels,
}

impl Detail {
    pub(super) fn for_statements(statements: usize) -> Self {
        match statements {
            0..=150 => Self::Labels,
            151..=500 => Self::LooseLabels,
            _ => Self::NoLabels,
        }
    }

    /// Attributes of the graph.
    pub(super) fn layout(self) -> &'static str {
        match self {
            Self::Labels => "layout=dot, rankdir=LR, nodesep=0.22, ranksep=0.45",
            Self::LooseLabels => "layout=dot, rankdir=LR, forcelabels=true, nodesep=0.35, ranksep=1.6",
            Self::NoLabels => "layout=sfdp, overlap=prism, sep=\"+6\", splines=line, K=2, repulsiveforce=1.5",
        }
    }

    /// The attribute that holds an edge's label.
    pub(super) fn label_attribute(self) -> Option<&'static str> {
        match self {
            Self::Labels => Some("label"),
            Self::LooseLabels => Some("xlabel"),
            Self::NoLabels => None,
        }
    }
}

/// A name on lines that make a node, not a ribbon.
pub(super) fn node_label(label: &str) -> String {
    wrap(&shorten(label, 80), 20)
}

/// What a statement says beside its line: the relation, how many documents, what kind of claim, role, sum, time, source.
pub(super) fn edge_label(labels: &Labels<'_>, statement: &StatementEdge) -> String {
    let words = labels.words;
    let mut first = labels.relation(&statement.relation).to_owned();
    if statement.modality != Modality::Asserted {
        first = format!("{first} ({})", words.modality(statement.modality));
    }
    if statement.documents > 1 {
        first = format!("{first} ×{}", statement.documents);
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
pub(super) fn edge_tooltip(labels: &Labels<'_>, statement: &StatementEdge) -> String {
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

/// The text as it stands between quotation marks. The order matters: a raw `&eacute;` would be drawn "é", `\N` become the
/// name of the node, a final `\` end the syntax, and `&` in a tooltip make ill-formed SVG.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '\\' => escaped.push_str("\\\\"),
            '"' => escaped.push_str("\\\""),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{escape, group_digits};

    #[test]
    fn sums_can_be_read() {
        assert_eq!(group_digits("12000000000"), "12\u{202F}000\u{202F}000\u{202F}000");
        assert_eq!(group_digits("-120.25"), "-120.25");
    }

    #[test]
    fn what_graphviz_would_read_is_escaped() {
        assert_eq!(escape("a\\N \"b\" &eacute;\n<c>\t\u{85}\\"), "a\\\\N \\\"b\\\" &amp;eacute;\\n<c> \\\\");
    }
}
