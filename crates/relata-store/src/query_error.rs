//! Queries that cannot be answered, in words that help.

use std::fmt;

use oxigraph::sparql::QueryEvaluationError;
use unicode_width::UnicodeWidthStr;

use crate::place::Place;

/// Parses a query; line, column and words of the parser when it cannot.
pub(crate) type Parse<'p> = &'p dyn Fn(&str) -> Result<(), (usize, usize, String)>;

/// A query that is not answered.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// It cannot be read.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// It would change the graph.
    #[error("this is an update, and the graph is only read: ask with SELECT, ASK, CONSTRUCT or DESCRIBE")]
    Update,
    /// It would ask another endpoint.
    #[error("SERVICE is refused: relata asks no other endpoint, and nothing leaves this machine")]
    Service,
    /// It failed while it was evaluated.
    #[error("the query failed: {0}")]
    Evaluation(#[from] QueryEvaluationError),
}

/// Where a query stops being SPARQL. Prints the place, what is wrong, and the line with a mark below the fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Counted from 1, in the text as the user wrote it.
    pub line: usize,
    /// In code points, counted from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// That line.
    pub source_line: String,
}

impl std::error::Error for SyntaxError {}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "query, line {}, column {}: {}", self.line, self.column, self.message)?;
        let number = self.line.to_string();
        let margin = " ".repeat(number.len());
        let before: String = self.source_line.chars().take(self.column - 1).collect();
        let indent = " ".repeat(show_tabs(&before).width());
        write!(f, "  {number} | {}\n  {margin} | {indent}^", show_tabs(&self.source_line))
    }
}

/// Tabs as four spaces, so that the mark stands where it should.
fn show_tabs(text: &str) -> String {
    text.replace('\t', "    ")
}

impl SyntaxError {
    /// The error of a query that `parse` refuses.
    pub(crate) fn new(sparql: &str, prefixes: &[(String, String)], parse: Parse<'_>) -> Self {
        let place = Place::find(sparql, parse);
        let before = &sparql[..place.offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let source_line = sparql[line_start..].lines().next().unwrap_or_default();
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: message(&place, prefixes),
            source_line: source_line.to_owned(),
        }
    }
}

fn message(place: &Place<'_>, prefixes: &[(String, String)]) -> String {
    if place.is_empty {
        return "the query is empty".to_owned();
    }
    if let Some(prefix) = undeclared(place.token, prefixes) {
        let known: Vec<&str> = prefixes.iter().map(|(known, _)| known.as_str()).collect();
        return format!("the prefix \"{prefix}:\" is not declared; without declaring: {}", known.join(", "));
    }
    if place.token.starts_with('<') && place.token.ends_with('>') && !place.token.contains(':') {
        return format!("{} is no absolute address, and the query declares no BASE", place.token);
    }
    let unclosed =
        |mark: char| place.token.starts_with(mark) && (place.token.len() == 1 || !place.token.ends_with(mark));
    if unclosed('"') || unclosed('\'') {
        return "this text has no closing quotation mark".to_owned();
    }
    if let Some(sentence) = place.sentence() {
        return sentence.to_owned();
    }
    if place.token.is_empty() {
        return format!("the query ends too early{}", place.expectation());
    }
    format!("\"{}\" is unexpected here{}", place.token, place.expectation())
}

/// The prefix of a name, when neither the query nor relata declares it.
fn undeclared(token: &str, prefixes: &[(String, String)]) -> Option<String> {
    let (prefix, _) = token.split_once(':')?;
    let is_prefix = prefix.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
        && !prefixes.iter().any(|(known, _)| known == prefix);
    is_prefix.then(|| prefix.to_owned())
}
