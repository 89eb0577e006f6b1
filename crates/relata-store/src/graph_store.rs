//! The triples of an export, ready for questions.

use std::io::{self, Read};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Quad, Triple};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, QueryResults, SparqlEvaluator};
use oxigraph::store::{StorageError, Store};
use relata_export::names::Namespaces;
use relata_export::rdf::{self, Item};
use relata_export::{BaseIri, ExportOptions};
use relata_graph::Selection;
use spargebra::algebra::GraphPattern;
use spargebra::{Query, SparqlParser};

use crate::answer::{Answer, Rows};
use crate::query_error::{QueryError, SyntaxError};
use crate::service::names_service;

/// How many triples are handed to the store at once.
const BATCH: usize = 100_000;

/// A graph in memory that answers SPARQL.
#[derive(Clone)]
pub struct GraphStore {
    store: Store,
    /// Prefix and namespace, in the order in which the exports declare them.
    prefixes: Vec<(String, String)>,
}

/// Triples that cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is no Turtle.
    #[error("this is not Turtle: {0}")]
    Turtle(#[from] oxigraph::io::RdfParseError),
    /// The file cannot be read.
    #[error("cannot be read: {0}")]
    Read(#[from] io::Error),
    /// The store fails.
    #[error("the store failed: {0}")]
    Storage(#[from] StorageError),
}

impl GraphStore {
    /// Holds the triples that the export of `selection` would hold.
    ///
    /// # Errors
    /// When the store fails.
    pub fn load(selection: &Selection<'_>, options: &ExportOptions) -> Result<Self, StoreError> {
        let spaces = Namespaces::new(&options.base_iri);
        let store = Store::new()?;
        let mut batch = Vec::with_capacity(BATCH.min(selection.statements().len() * 32));
        rdf::triples(selection, options, &mut |item| {
            if let Item::Triple(triple) = item {
                batch.push(in_default_graph(triple.to_oxrdf(&spaces)));
                if batch.len() == BATCH {
                    store.extend(batch.drain(..)).map_err(io::Error::other)?;
                }
            }
            Ok(())
        })?;
        store.extend(batch)?;
        Ok(Self { store, prefixes: prefixes(&options.base_iri) })
    }

    /// Holds the triples of a Turtle file, `graph.ttl` of a build for one; its prefixes replace the usual ones of the same
    /// name, so that a build made with another base IRI is asked in its own terms.
    ///
    /// # Errors
    /// When the file cannot be read or is no Turtle; the message has line and column.
    pub fn from_turtle(file: impl Read) -> Result<Self, StoreError> {
        let store = Store::new()?;
        let mut prefixes = prefixes(&BaseIri::default());
        let mut batch = Vec::new();
        let mut parser = RdfParser::from_format(RdfFormat::Turtle).for_reader(file);
        for quad in parser.by_ref() {
            batch.push(quad.map_err(|error| match error {
                oxigraph::io::RdfParseError::Io(error) => StoreError::Read(error),
                error @ oxigraph::io::RdfParseError::Syntax(_) => StoreError::Turtle(error),
            })?);
            if batch.len() == BATCH {
                store.extend(batch.drain(..))?;
            }
        }
        store.extend(batch)?;
        for (prefix, iri) in parser.prefixes() {
            match prefixes.iter_mut().find(|(known, _)| known == prefix) {
                Some((_, known)) => iri.clone_into(known),
                None => prefixes.push((prefix.to_owned(), iri.to_owned())),
            }
        }
        Ok(Self { store, prefixes })
    }

    /// How many triples there are.
    ///
    /// # Errors
    /// When the store fails.
    pub fn len(&self) -> Result<usize, StoreError> {
        Ok(self.store.len()?)
    }

    /// Whether there is no triple.
    ///
    /// # Errors
    /// When the store fails.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(self.store.is_empty()?)
    }

    /// The prefixes that queries may use without declaring them.
    pub fn prefixes(&self) -> &[(String, String)] {
        &self.prefixes
    }

    /// Answers a query.
    ///
    /// The answer is complete when it comes, and always in the same order: the query's own, else that of the terms.
    ///
    /// # Errors
    /// When the query cannot be read, with line and column of the user's own text, is an update, names a `SERVICE`, or its
    /// evaluation fails.
    pub fn query(&self, sparql: &str) -> Result<Answer, QueryError> {
        self.query_until(sparql, CancellationToken::new())
    }

    /// Answers a query unless `token` is cancelled first, from another thread.
    ///
    /// # Errors
    /// As [`GraphStore::query`]; [`QueryError::Evaluation`] when cancelled.
    pub fn query_until(&self, sparql: &str, token: CancellationToken) -> Result<Answer, QueryError> {
        let query = self.parse(sparql)?;
        let sorted = is_ordered(&query);
        let evaluator = SparqlEvaluator::new().with_cancellation_token(token);
        let answer = match evaluator.for_query(query).on_store(&self.store).execute()? {
            QueryResults::Boolean(answer) => Answer::Boolean(answer),
            QueryResults::Graph(triples) => {
                let mut triples = triples.collect::<Result<Vec<_>, QueryEvaluationError>>()?;
                triples.sort_by_cached_key(ToString::to_string);
                triples.dedup();
                Answer::Graph { triples, prefixes: self.prefixes.clone() }
            }
            QueryResults::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                let mut rows = Vec::new();
                for solution in solutions {
                    rows.push(solution?.values().to_vec());
                }
                if !sorted {
                    rows.sort_by_cached_key(|row: &Vec<Option<oxigraph::model::Term>>| {
                        row.iter().map(|term| term.as_ref().map(ToString::to_string)).collect::<Vec<_>>()
                    });
                }
                Answer::Rows(Rows { variables, rows, prefixes: self.prefixes.clone() })
            }
        };
        Ok(answer)
    }

    fn parse(&self, sparql: &str) -> Result<Query, QueryError> {
        let query = self.parser().parse_query(sparql).map_err(|_| {
            if self.parser().parse_update(sparql).is_ok_and(|update| !update.operations.is_empty()) {
                QueryError::Update
            } else {
                self.syntax_error(sparql).into()
            }
        })?;
        if names_service(pattern(&query)) { Err(QueryError::Service) } else { Ok(query) }
    }

    fn syntax_error(&self, sparql: &str) -> SyntaxError {
        SyntaxError::new(sparql, &self.prefixes, &|text| {
            let Err(error) = self.parser().parse_query(text) else { return Ok(()) };
            // "error at 1:23: expected ..." is the only form in which the parser gives the place.
            let told = error.to_string();
            let placed = told.strip_prefix("error at ").and_then(|rest| {
                let (place, what) = rest.split_once(": ")?;
                let (line, column) = place.split_once(':')?;
                let what = what.strip_prefix("expected ").filter(|what| !what.contains('"')).unwrap_or(what);
                Some((line.parse().ok()?, column.parse().ok()?, what.to_owned()))
            });
            Err(placed.unwrap_or((0, 0, told)))
        })
    }

    /// A parser that knows the prefixes, so that the query's own text needs no prologue and keeps its lines.
    fn parser(&self) -> SparqlParser {
        self.prefixes.iter().fold(SparqlParser::new(), |parser, (prefix, iri)| {
            parser.with_prefix(prefix, iri).expect("the namespaces are valid IRIs")
        })
    }
}

fn prefixes(base: &BaseIri) -> Vec<(String, String)> {
    Namespaces::new(base).prefixes().map(|(prefix, iri)| (prefix.to_owned(), iri.to_owned())).collect()
}

fn in_default_graph(triple: Triple) -> Quad {
    triple.in_graph(GraphName::DefaultGraph)
}

fn pattern(query: &Query) -> &GraphPattern {
    match query {
        Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. } => pattern,
    }
}

/// Whether the query says in which order its rows come.
fn is_ordered(query: &Query) -> bool {
    let mut pattern = pattern(query);
    loop {
        pattern = match pattern {
            GraphPattern::OrderBy { .. } => return true,
            GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => inner,
            _ => return false,
        };
    }
}
