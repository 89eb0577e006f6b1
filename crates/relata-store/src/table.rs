//! Aligned columns for a terminal.

use std::io::{self, Write};

use oxigraph::model::{Term, Triple};
use unicode_width::UnicodeWidthStr;

use crate::answer::Rows;

/// Writes rows below their variables, and how many there are.
pub(crate) fn write_rows(rows: &Rows, out: &mut dyn Write) -> io::Result<()> {
    let heads: Vec<String> = rows.variables.iter().map(|variable| variable.as_str().to_owned()).collect();
    let cells = rows.rows.iter().map(|row| {
        let cells = row.iter().map(|term| term.as_ref().map_or_else(Cell::default, |term| cell(term, &rows.prefixes)));
        cells.collect()
    });
    write(&heads, &cells.collect::<Vec<_>>(), "row", out)
}

/// Writes triples in three columns, and how many there are.
pub(crate) fn write_triples(triples: &[Triple], prefixes: &[(String, String)], out: &mut dyn Write) -> io::Result<()> {
    let heads = ["subject", "predicate", "object"].map(str::to_owned);
    let cells = triples.iter().map(|triple| {
        let terms = [triple.subject.clone().into(), triple.predicate.clone().into(), triple.object.clone()];
        terms.iter().map(|term| cell(term, prefixes)).collect()
    });
    write(&heads, &cells.collect::<Vec<_>>(), "triple", out)
}

/// What stands in one place of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Cell {
    text: String,
    /// Numbers stand to the right.
    number: bool,
}

fn write(heads: &[String], rows: &[Vec<Cell>], noun: &str, out: &mut dyn Write) -> io::Result<()> {
    let widths: Vec<usize> = heads
        .iter()
        .enumerate()
        .map(|(column, head)| rows.iter().map(|row| row[column].text.width()).max().unwrap_or(0).max(head.width()))
        .collect();
    let mut line = |cells: &mut dyn Iterator<Item = (&str, bool)>| {
        let mut line = String::new();
        for ((text, right), width) in cells.zip(&widths) {
            let space = " ".repeat(width - text.width());
            line.push_str(if line.is_empty() { "" } else { "  " });
            line.push_str(if right { &space } else { text });
            line.push_str(if right { text } else { &space });
        }
        writeln!(out, "{}", line.trim_end())
    };
    if !heads.is_empty() {
        line(&mut heads.iter().map(|head| (head.as_str(), false)))?;
        let rules: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
        line(&mut rules.iter().map(|rule| (rule.as_str(), false)))?;
        for row in rows {
            line(&mut row.iter().map(|cell| (cell.text.as_str(), cell.number)))?;
        }
    }
    writeln!(out, "({} {noun}{})", rows.len(), if rows.len() == 1 { "" } else { "s" })
}

/// A term as people read it: a prefixed name where there is one, a text without its language, a number as it is.
fn cell(term: &Term, prefixes: &[(String, String)]) -> Cell {
    match term {
        Term::NamedNode(node) => Cell { text: shorten(node.as_str(), prefixes), number: false },
        Term::BlankNode(node) => Cell { text: node.to_string(), number: false },
        Term::Literal(literal) => {
            let number = ["integer", "decimal", "double", "float"].iter().any(|name| {
                literal.datatype().as_str().strip_prefix("http://www.w3.org/2001/XMLSchema#") == Some(name)
            });
            Cell { text: on_one_line(literal.value()), number }
        }
    }
}

fn shorten(iri: &str, prefixes: &[(String, String)]) -> String {
    prefixed(iri, prefixes).map_or_else(|| format!("<{iri}>"), |(prefix, local)| format!("{prefix}:{local}"))
}

/// The prefix and the local part of a name that needs no escape.
pub(crate) fn prefixed<'n>(iri: &'n str, prefixes: &'n [(String, String)]) -> Option<(&'n str, &'n str)> {
    prefixes.iter().find_map(|(prefix, namespace)| {
        let local = iri.strip_prefix(namespace.as_str())?;
        let usable = local.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            && local.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        usable.then_some((prefix.as_str(), local))
    })
}

/// Line ends and what a terminal might obey become visible.
fn on_one_line(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' => '⏎',
        '\t' => ' ',
        // Marks that turn the direction of writing would shift the columns of the whole line.
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    };
    text.chars().map(shown).collect()
}
