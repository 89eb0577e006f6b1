//! Mermaid, for diagrams inside Markdown: GitHub, GitLab and Obsidian draw them.
//!
//! Viewers stop at 500 edges or 50,000 characters; this writer stops before, and says so, rather than give a text that
//! shows nothing but an error.

use std::collections::BTreeMap;
use std::io::{self, Write};

use relata_graph::Selection;
use relata_model::{Modality, Voice};

use crate::ExportOptions;
use crate::captions::edge_label;
use crate::labels::Labels;
use crate::look::{Family, Shape};
use crate::text::{clean, shorten};

/// The most edges that are written.
pub const MOST_EDGES: usize = 450;
/// The most characters that are written.
pub const MOST_CHARACTERS: usize = 45_000;

/// A graph that no viewer of Mermaid would draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooLarge {
    /// Too many edges.
    #[error("{0} statements are too many for Mermaid, whose viewers stop at 500: choose with --focus or --top")]
    Edges(usize),
    /// Too long a text.
    #[error("{0} characters are too many for Mermaid, whose viewers stop at 50,000: choose with --focus or --top")]
    Characters(usize),
}

/// Writes a selection as a Mermaid flowchart. Modality shows by the line first: full, dotted for what is not so (yet), a
/// cross at the end for what is over or denied, a circle for what somebody else is made responsible for.
///
/// # Errors
/// [`TooLarge`] inside an [`io::Error`] when no viewer would draw it, with nothing written; when `out` fails.
pub fn write(selection: &Selection<'_>, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    let statements = selection.statements();
    if statements.len() > MOST_EDGES {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, TooLarge::Edges(statements.len())));
    }
    let graph = selection.graph();
    let labels = Labels::new(graph, options.language_for(graph));
    let mut text = String::new();
    if selection.cut().is_part() {
        text.extend(["%% A part of the graph: ", &selection.cut().to_string(), ".\n"]);
    }
    text.push_str("flowchart LR\n");
    let degrees = selection.degrees();
    let mut ids = BTreeMap::new();
    let mut classes: BTreeMap<Family, Vec<String>> = BTreeMap::new();
    for node in selection.entities().iter().filter(|node| degrees.contains_key(&node.entity.id)) {
        let id = format!("n{}", ids.len() + 1);
        let family = Family::of(&labels, &node.entity.entity_type);
        let [open, close] = brackets(family.shape());
        let label = escape(&shorten(labels.entity_of(&node.entity.id), 80));
        text.extend(["  ", &id, open, "\"", &label, "\"", close, "\n"]);
        classes.entry(family).or_default().push(id.clone());
        ids.insert(&node.entity.id, id);
    }
    for statement in statements {
        let arrow = arrow(statement.modality, statement.voice, labels.is_symmetric(&statement.relation));
        let label = escape(&edge_label(&labels, statement).replace('\n', " "));
        let (subject, object) = (&ids[&statement.subject], &ids[&statement.object]);
        text.extend(["  ", subject, " ", arrow, "|\"", &label, "\"| ", object, "\n"]);
    }
    for (place, (family, nodes)) in classes.iter().enumerate() {
        let class = format!("c{place}");
        text.extend(["  classDef ", &class, " fill:", family.fill(), ",stroke:#555555,color:#000000\n"]);
        text.extend(["  class ", &nodes.join(","), " ", &class, "\n"]);
    }
    let length = text.chars().count();
    if length > MOST_CHARACTERS {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, TooLarge::Characters(length)));
    }
    out.write_all(text.as_bytes())
}

fn brackets(shape: Shape) -> [&'static str; 2] {
    match shape {
        Shape::Ellipse => ["([", "])"],
        Shape::RoundedBox => ["(", ")"],
        Shape::Box | Shape::Note => ["[", "]"],
        Shape::House => ["[/", "\\]"],
        Shape::Hexagon | Shape::Octagon => ["{{", "}}"],
        Shape::Folder => ["[[", "]]"],
    }
}

fn arrow(modality: Modality, voice: Voice, symmetric: bool) -> &'static str {
    match (modality, voice, symmetric) {
        (Modality::Asserted, Voice::Own, false) => "-->",
        (Modality::Asserted, Voice::Own, true) => "<-->",
        (Modality::Asserted, Voice::Attributed, false) => "--o",
        (Modality::Asserted, Voice::Attributed, true) => "o--o",
        (Modality::Ended, _, false) => "--x",
        (Modality::Ended, _, true) => "x--x",
        (Modality::Planned | Modality::Hypothetical, _, false) => "-.->",
        (Modality::Planned | Modality::Hypothetical, _, true) => "<-.->",
        (Modality::Negated, _, false) => "-.-x",
        (Modality::Negated, _, true) => "x-.-x",
    }
}

/// In one pass, so that no escape is escaped again.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '#' => escaped.push_str("#35;"),
            '"' => escaped.push_str("#quot;"),
            '`' => escaped.push_str("#96;"),
            '<' => escaped.push_str("#lt;"),
            '>' => escaped.push_str("#gt;"),
            '&' => escaped.push_str("#amp;"),
            '\\' => escaped.push_str("#92;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    // An empty label is a fault of syntax.
    if escaped.trim().is_empty() { "#32;".to_owned() } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn what_mermaid_would_read_is_escaped_once() {
        assert_eq!(escape("a#1; \"b\" <c> & `d`\n"), "a#35;1; #quot;b#quot; #lt;c#gt; #amp; #96;d#96; ");
        assert_eq!(escape(""), "#32;");
    }
}
