//! Queries that cannot be answered, in words that help.

use std::fmt;

use oxigraph::sparql::QueryEvaluationError;
use spargebra::SparqlSyntaxError;
use unicode_width::UnicodeWidthStr;

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

/// Where a query stops being SPARQL. Prints the place, what was expected, and the line with a mark below the fault.
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
        let before: String = self.source_line.chars().take(self.column.saturating_sub(1)).collect();
        let indent = " ".repeat(show_tabs(&before).width());
        write!(f, "  {number} | {}\n  {margin} | {indent}^", show_tabs(&self.source_line))
    }
}

/// Tabs as four spaces, so that the mark stands where it should.
fn show_tabs(text: &str) -> String {
    text.replace('\t', "    ")
}

impl SyntaxError {
    /// Reads place and expectation out of the parser's message, "error at 1:23: expected ...", the only form it has.
    pub(crate) fn new(sparql: &str, error: &SparqlSyntaxError, prefixes: &[(String, String)]) -> Self {
        let told = error.to_string();
        let place = told.strip_prefix("error at ").and_then(|rest| {
            let (place, what) = rest.split_once(": ")?;
            let (line, column) = place.split_once(':')?;
            Some((line.parse().ok()?, column.parse().ok()?, what))
        });
        let (line, column, what): (usize, usize, &str) = place.unwrap_or((1, 1, &told));
        let source_line = sparql.lines().nth(line - 1).unwrap_or_default().to_owned();
        let rest: String = source_line.chars().skip(column - 1).collect();
        let message = match undeclared(&source_line, column, prefixes) {
            Some(prefix) => {
                let known: Vec<&str> = prefixes.iter().map(|(known, _)| known.as_str()).collect();
                format!("the prefix \"{prefix}:\" is not declared (known without declaring: {})", known.join(", "))
            }
            None if sparql.trim().is_empty() => "the query is empty".to_owned(),
            None => {
                let found = rest.split_whitespace().next().map_or_else(
                    || {
                        if sparql.lines().count() > line {
                            "the end of the line".to_owned()
                        } else {
                            "the end".to_owned()
                        }
                    },
                    |word| format!("\"{word}\""),
                );
                format!("{found} is unexpected here{}", expectation(what))
            }
        };
        Self { line, column, message, source_line }
    }
}

/// The prefix of the name around the fault, when neither the query nor relata declares it.
fn undeclared(source_line: &str, column: usize, prefixes: &[(String, String)]) -> Option<String> {
    let is_name = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-' | ':');
    let chars: Vec<char> = source_line.chars().collect();
    let at = (column - 1).min(chars.len());
    let start = at - chars[..at].iter().rev().take_while(|c| is_name(c)).count();
    let name: String = chars[start..].iter().take_while(|c| is_name(c)).collect();
    let variable = start > 0 && matches!(chars[start - 1], '?' | '$' | '"' | '\'' | '<' | '/' | '@');
    let (prefix, _) = name.split_once(':')?;
    let is_prefix = prefix.starts_with(char::is_alphabetic) && !prefixes.iter().any(|(known, _)| known == prefix);
    (is_prefix && !variable).then(|| prefix.to_owned())
}

/// "; expected one of …" out of the parser's list, when it is short enough to help.
fn expectation(what: &str) -> String {
    let list = what.strip_prefix("expected ").unwrap_or(what);
    let list = list.strip_prefix("one of ").unwrap_or(list);
    let tokens: Vec<&str> =
        list.split(", ").map(str::trim).filter(|token| !token.starts_with('[') && !token.contains('\\')).collect();
    match tokens.as_slice() {
        [] => String::new(),
        [one] => format!("; expected {one}"),
        tokens if tokens.len() <= 12 => format!("; expected one of {}", tokens.join(" ")),
        _ => String::new(),
    }
}
