//! Answers and the forms they can be written in.

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::model::{GraphNameRef, Literal, QuadRef, Term, Triple};
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
    /// SPARQL results in JSON; JSON-LD for triples.
    Json,
    /// SPARQL results in CSV; triples in three columns.
    Csv,
    /// SPARQL results in TSV; triples in three columns.
    Tsv,
    /// SPARQL results in XML; RDF/XML for triples.
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
    /// Rows or a truth value were asked for in a format for triples.
    #[error("{0} cannot hold the rows of SELECT and ASK; ask for table, json, csv, tsv or xml")]
    Unsuited(AnswerFormat),
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
        match (self, results_format(format)) {
            (Self::Rows(rows), Some(results)) => write_rows(&rows.variables, &rows.rows, results, out)?,
            (Self::Boolean(answer), Some(results)) => {
                let serializer = QueryResultsSerializer::from_format(results);
                serializer.serialize_boolean_to_writer(&mut *out, *answer)?;
                writeln!(out)?;
            }
            (Self::Rows(rows), None) if format == AnswerFormat::Table => table::write_rows(rows, out)?,
            (Self::Boolean(answer), None) if format == AnswerFormat::Table => writeln!(out, "{answer}")?,
            (Self::Rows(_) | Self::Boolean(_), None) => return Err(AnswerError::Unsuited(format)),
            (Self::Graph { triples, prefixes }, _) => match format {
                AnswerFormat::Table => table::write_triples(triples, prefixes, out)?,
                AnswerFormat::NTriples => write_n_triples(triples, out)?,
                AnswerFormat::Turtle => turtle::write(triples, prefixes, out)?,
                AnswerFormat::Json => {
                    let format = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };
                    write_rdf(triples, prefixes, format, out)?;
                }
                AnswerFormat::Xml => write_rdf(triples, prefixes, RdfFormat::RdfXml, out)?,
                AnswerFormat::Csv => write_rows(&columns(), &in_columns(triples), QueryResultsFormat::Csv, out)?,
                AnswerFormat::Tsv => write_rows(&columns(), &in_columns(triples), QueryResultsFormat::Tsv, out)?,
            },
        }
        Ok(())
    }

    /// The media type of what [`Answer::write`] writes.
    pub fn media_type(&self, format: AnswerFormat) -> &'static str {
        let graph = matches!(self, Self::Graph { .. });
        match format {
            AnswerFormat::Table => "text/plain; charset=utf-8",
            AnswerFormat::Json if graph => "application/ld+json",
            AnswerFormat::Json => "application/sparql-results+json",
            AnswerFormat::Xml if graph => "application/rdf+xml",
            AnswerFormat::Xml => "application/sparql-results+xml",
            AnswerFormat::Csv => "text/csv; charset=utf-8",
            AnswerFormat::Tsv => "text/tab-separated-values; charset=utf-8",
            AnswerFormat::Turtle => "text/turtle; charset=utf-8",
            AnswerFormat::NTriples => "application/n-triples",
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

fn write_rows(
    variables: &[Variable],
    rows: &[Vec<Option<Term>>],
    format: QueryResultsFormat,
    out: &mut dyn Write,
) -> io::Result<()> {
    let serializer = QueryResultsSerializer::from_format(format);
    let mut writer = serializer.serialize_solutions_to_writer(&mut *out, variables.to_vec())?;
    for row in rows {
        let bound = variables.iter().zip(row).filter_map(|(variable, term)| Some((variable, term.as_ref()?)));
        if format == QueryResultsFormat::Xml {
            let cleaned: Vec<(&Variable, Term)> = bound.map(|(variable, term)| (variable, for_xml(term))).collect();
            writer.serialize(cleaned.iter().map(|(variable, term)| (*variable, term)))?;
        } else {
            writer.serialize(bound)?;
        }
    }
    writer.finish()?;
    // CSV and TSV end every row themselves.
    if matches!(format, QueryResultsFormat::Json | QueryResultsFormat::Xml) {
        writeln!(out)?;
    }
    Ok(())
}

fn columns() -> Vec<Variable> {
    ["subject", "predicate", "object"].map(Variable::new_unchecked).to_vec()
}

fn in_columns(triples: &[Triple]) -> Vec<Vec<Option<Term>>> {
    let row = |triple: &Triple| {
        vec![Some(triple.subject.clone().into()), Some(triple.predicate.clone().into()), Some(triple.object.clone())]
    };
    triples.iter().map(row).collect()
}

fn write_n_triples(triples: &[Triple], out: &mut dyn Write) -> io::Result<()> {
    triples.iter().try_for_each(|triple| writeln!(out, "{triple} ."))
}

fn write_rdf(
    triples: &[Triple],
    prefixes: &[(String, String)],
    format: RdfFormat,
    out: &mut dyn Write,
) -> io::Result<()> {
    let serializer = prefixes.iter().fold(RdfSerializer::from_format(format), |serializer, (prefix, iri)| {
        serializer.with_prefix(prefix, iri).expect("the namespaces are valid IRIs")
    });
    let mut writer = serializer.for_writer(&mut *out);
    for triple in triples {
        let object = if format == RdfFormat::RdfXml { for_xml(&triple.object) } else { triple.object.clone() };
        let (subject, predicate) = (triple.subject.as_ref(), triple.predicate.as_ref());
        writer.serialize_quad(QuadRef::new(subject, predicate, object.as_ref(), GraphNameRef::DefaultGraph))?;
    }
    writer.finish()?;
    writeln!(out)
}

/// A term without the characters that XML cannot carry: a query can make them, though no document has them.
fn for_xml(term: &Term) -> Term {
    let forbidden =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\r' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    let Term::Literal(literal) = term else { return term.clone() };
    if !literal.value().contains(forbidden) {
        return term.clone();
    }
    let replaced = |c: char| if c == '\r' { ' ' } else { '\u{FFFD}' };
    let text: String = literal.value().chars().map(|c| if forbidden(c) { replaced(c) } else { c }).collect();
    match literal.language() {
        Some(language) => Literal::new_language_tagged_literal_unchecked(text, language).into(),
        None => Literal::new_typed_literal(text, literal.datatype()).into(),
    }
}
