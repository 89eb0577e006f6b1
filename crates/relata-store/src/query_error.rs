//! Queries that cannot be answered, in words that help.

use std::fmt;

use oxigraph::sparql::QueryEvaluationError;
use unicode_width::UnicodeWidthStr;

use crate::limits::StopReason;
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
    /// The planner would think about it for too long.
    #[error("the query has {patterns} triple patterns and joins, at most {limit} are answered: ask in several queries")]
    TooManyPatterns {
        /// How many it has.
        patterns: u64,
        /// How many it may have.
        limit: u64,
    },
    /// It makes too many rows without a look at the graph.
    #[error(
        "VALUES and UNION of this query make more than {limit} rows when they are multiplied: join them with the graph"
    )]
    TooManyOwnRows {
        /// How many there may be.
        limit: u64,
    },
    /// The answer has too many rows.
    #[error("the answer has more than {limit} {}: ask for less, or for parts of it with LIMIT and OFFSET", if *.graph { "triples" } else { "rows" })]
    TooManyRows {
        /// How many it may have.
        limit: usize,
        /// Whether they are triples.
        graph: bool,
    },
    /// The answer is too large.
    #[error("the answer has more than {limit} bytes: ask for less, or for parts of it with LIMIT and OFFSET")]
    TooLarge {
        /// How many it may have.
        limit: usize,
    },
    /// It was stopped.
    #[error("{}", match .0 {
        StopReason::Time => "the query took too long and was stopped: ask for less",
        StopReason::Memory => "the query took too much memory and was stopped: ask for less",
        StopReason::Sorting => "the query sorts more than 100000 rows: ask for less, or without ORDER BY",
        StopReason::Abandoned => "the query was stopped",
    })]
    Stopped(StopReason),
    /// It failed while it was evaluated.
    #[error("the query failed: {0}")]
    Evaluation(QueryEvaluationError),
    /// There is no thread to evaluate it on.
    #[error("the query cannot be started: {0}")]
    NoThread(std::io::Error),
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
    /// That line, or the part of it around the place when it is long.
    pub source_line: String,
    /// How many code points of the line stand before that part.
    shown_from: usize,
}

impl std::error::Error for SyntaxError {}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "query, line {}, column {}: {}", self.line, self.column, self.message)?;
        let number = self.line.to_string();
        let margin = " ".repeat(number.len());
        let before: String = self.source_line.chars().take(self.column - 1 - self.shown_from).collect();
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
        Self::at(sparql, place.offset, message(&place, prefixes))
    }

    /// The error of a query in which something is wrong at a place, counted in bytes.
    pub(crate) fn at(sparql: &str, offset: usize, message: String) -> Self {
        let before = &sparql[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let source_line = sparql[line_start..].lines().next().unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before[line_start..].chars().count() + 1;
        if source_line.chars().count() <= Self::SHOWN {
            return Self { line, column, message, source_line: source_line.to_owned(), shown_from: 0 };
        }
        // Of a long line the part around the place is enough.
        let shown_from = (column - 1).saturating_sub(Self::SHOWN / 2);
        let part = source_line.chars().skip(shown_from).take(Self::SHOWN).collect();
        Self { line, column, message, source_line: part, shown_from }
    }

    /// How many code points of a line are shown.
    const SHOWN: usize = 160;
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
    let mut token: String = place.token.chars().take(SyntaxError::SHOWN).collect();
    if token.len() < place.token.len() {
        token.push('…');
    }
    format!("\"{token}\" is unexpected here{}", place.expectation())
}

/// The prefix of a name, when neither the query nor relata declares it.
fn undeclared(token: &str, prefixes: &[(String, String)]) -> Option<String> {
    let (prefix, _) = token.split_once(':')?;
    let is_prefix = prefix.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
        && !prefixes.iter().any(|(known, _)| known == prefix);
    is_prefix.then(|| prefix.to_owned())
}
