//! Answers and the forms they can be written in.

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use oxigraph::model::{Term, Triple};
use oxigraph::sparql::Variable;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};

use crate::{table, turtle};

/// What a query gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Of SELECT.
    Rows(Rows),
    /// Of ASK.
    Boolean(bool),
    /// Of CONSTRUCT and DESCRIBE: each triple once, in the order of their terms.
    Graph {
        /// The triples.
        triples: Vec<Triple>,
        /// Prefix and namespace that shorten them.
        prefixes: Vec<(String, String)>,
    },
}

/// The rows of a SELECT.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The columns.
    pub variables: Vec<Variable>,
    /// As many terms each as there are columns; `None` where a variable is not bound.
    pub rows: Vec<Vec<Option<Term>>>,
    /// Prefix and namespace that shorten them.
    pub prefixes: Vec<(String, String)>,
}

/// The forms an answer can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnswerFormat {
    /// Aligned columns for people.
    Table,
    /// SPARQL results in JSON.
    Json,
    /// SPARQL results in CSV.
    Csv,
    /// SPARQL results in TSV.
    Tsv,
    /// SPARQL results in XML.
    Xml,
    /// Turtle, for CONSTRUCT and DESCRIBE.
    Turtle,
    /// N-Triples, for CONSTRUCT and DESCRIBE.
    NTriples,
}

impl AnswerFormat {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 7] = [Self::Table, Self::Json, Self::Csv, Self::Tsv, Self::Xml, Self::Turtle, Self::NTriples];

    /// The word for it on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Xml => "xml",
            Self::Turtle => "ttl",
            Self::NTriples => "ntriples",
        }
    }
}

impl fmt::Display for AnswerFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is no form of an answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown format \"{0}\" (table, json, csv, tsv or xml; ttl or ntriples for CONSTRUCT and DESCRIBE)")]
pub struct UnknownAnswerFormat(pub String);

impl FromStr for AnswerFormat {
    type Err = UnknownAnswerFormat;

    fn from_str(word: &str) -> Result<Self, UnknownAnswerFormat> {
        match word.to_ascii_lowercase().as_str() {
            "turtle" => Ok(Self::Turtle),
            "nt" => Ok(Self::NTriples),
            lower => Self::ALL
                .into_iter()
                .find(|format| format.as_str() == lower)
                .ok_or_else(|| UnknownAnswerFormat(word.to_owned())),
        }
    }
}

/// An answer that is not written.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The form does not suit the answer.
    #[error("{format} cannot hold {}; ask for {}", if *.graph { "the triples of CONSTRUCT and DESCRIBE" } else { "the rows of SELECT and ASK" }, if *.graph { "table, ttl or ntriples" } else { "table, json, csv, tsv or xml" })]
    Unsuited {
        /// What was asked for.
        format: AnswerFormat,
        /// Whether the answer is a graph.
        graph: bool,
    },
    /// The output fails.
    #[error(transparent)]
    Write(#[from] io::Error),
}

impl Answer {
    /// Writes the answer; ends with a line feed.
    ///
    /// # Errors
    /// When the form does not suit the answer or `out` fails.
    pub fn write(&self, format: AnswerFormat, out: &mut dyn Write) -> Result<(), AnswerError> {
        let unsuited = |graph| Err(AnswerError::Unsuited { format, graph });
        match (self, results_format(format)) {
            (Self::Rows(rows), Some(results)) => write_rows(rows, results, out),
            (Self::Boolean(answer), Some(results)) => {
                let serializer = QueryResultsSerializer::from_format(results);
                serializer.serialize_boolean_to_writer(&mut *out, *answer)?;
                Ok(writeln!(out)?)
            }
            (Self::Rows(rows), None) if format == AnswerFormat::Table => Ok(table::write_rows(rows, out)?),
            (Self::Boolean(answer), None) if format == AnswerFormat::Table => Ok(writeln!(out, "{answer}")?),
            (Self::Rows(_) | Self::Boolean(_), None) => unsuited(false),
            (Self::Graph { .. }, Some(_)) => unsuited(true),
            (Self::Graph { triples, prefixes }, None) => {
                match format {
                    AnswerFormat::Table => table::write_triples(triples, prefixes, out)?,
                    AnswerFormat::NTriples => write_n_triples(triples, out)?,
                    _ => turtle::write(triples, prefixes, out)?,
                }
                Ok(())
            }
        }
    }

    /// How many rows or triples there are; an ASK has one.
    pub fn len(&self) -> usize {
        match self {
            Self::Rows(rows) => rows.rows.len(),
            Self::Boolean(_) => 1,
            Self::Graph { triples, .. } => triples.len(),
        }
    }

    /// Whether there is no row and no triple.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn results_format(format: AnswerFormat) -> Option<QueryResultsFormat> {
    match format {
        AnswerFormat::Json => Some(QueryResultsFormat::Json),
        AnswerFormat::Csv => Some(QueryResultsFormat::Csv),
        AnswerFormat::Tsv => Some(QueryResultsFormat::Tsv),
        AnswerFormat::Xml => Some(QueryResultsFormat::Xml),
        AnswerFormat::Table | AnswerFormat::Turtle | AnswerFormat::NTriples => None,
    }
}

fn write_rows(rows: &Rows, format: QueryResultsFormat, out: &mut dyn Write) -> Result<(), AnswerError> {
    let serializer = QueryResultsSerializer::from_format(format);
    let mut writer = serializer.serialize_solutions_to_writer(&mut *out, rows.variables.clone())?;
    for row in &rows.rows {
        let bound = rows.variables.iter().zip(row).filter_map(|(variable, term)| Some((variable, term.as_ref()?)));
        writer.serialize(bound)?;
    }
    writer.finish()?;
    // CSV and TSV end every row themselves.
    if matches!(format, QueryResultsFormat::Json | QueryResultsFormat::Xml) {
        writeln!(out)?;
    }
    Ok(())
}

fn write_n_triples(triples: &[Triple], out: &mut dyn Write) -> io::Result<()> {
    triples.iter().try_for_each(|triple| writeln!(out, "{triple} ."))
}
