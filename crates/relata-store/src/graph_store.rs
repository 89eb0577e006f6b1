//! The triples of an export, ready for questions.

use std::io::{self, Read};
use std::sync::{Arc, OnceLock};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad, Term, TermRef, Triple};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, SparqlEvaluator};
use oxigraph::store::{StorageError, Store};
use relata_export::names::Namespaces;
use relata_export::rdf::{self, Item};
use relata_export::{BaseIri, ExportOptions};
use relata_graph::Selection;
use spargebra::algebra::{GraphPattern, QueryDataset};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use spargebra::{Query, SparqlParser};

use crate::answer::{Answer, Rows};
use crate::limits::{Limits, StopSwitch};
use crate::names::{self, NameIndex};
use crate::plan::Plan;
use crate::query_error::{QueryError, SyntaxError};
use crate::question::Question;
use crate::service::names_service;
use crate::stoppable::stoppable;
use crate::{complexity, texts};

/// How many triples are handed to the store at once.
const BATCH: usize = 100_000;

/// A graph in memory that answers SPARQL. Clones are the same graph.
#[derive(Clone)]
pub struct GraphStore {
    store: Store,
    /// Prefix and namespace, in the order in which the exports declare them.
    prefixes: Vec<(String, String)>,
    /// Made when a query first has a name in it.
    names: Arc<OnceLock<NameIndex>>,
}

/// Triples that cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is not of its format.
    #[error("this is not {}: {error}", .format.name())]
    Rdf {
        /// What it should be.
        format: RdfFormat,
        /// What is wrong, with line and column.
        error: oxigraph::io::RdfParseError,
    },
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
        Ok(Self::new(store, prefixes(&options.base_iri)))
    }

    fn new(store: Store, prefixes: Vec<(String, String)>) -> Self {
        Self { store, prefixes, names: Arc::default() }
    }

    /// Holds the triples of a Turtle file, `graph.ttl` of a build for one; its prefixes replace the usual ones of the same
    /// name, so that a build made with another base IRI is asked in its own terms.
    ///
    /// # Errors
    /// When the file cannot be read or is no Turtle; the message has line and column.
    pub fn from_turtle(file: impl Read) -> Result<Self, StoreError> {
        Self::from_rdf(file, RdfFormat::Turtle)
    }

    /// Holds the triples of a file in any of the formats, graphs with a name included.
    ///
    /// # Errors
    /// When the file cannot be read or is not of that format; the message has line and column.
    pub fn from_rdf(mut file: impl Read, format: RdfFormat) -> Result<Self, StoreError> {
        Self::read(&mut file, format)
    }

    /// Not generic, so that no caller compiles the parsers again.
    fn read(file: &mut dyn Read, format: RdfFormat) -> Result<Self, StoreError> {
        let store = Store::new()?;
        let mut prefixes = prefixes(&BaseIri::default());
        let mut batch = Vec::new();
        let mut parser = RdfParser::from_format(format).for_reader(file);
        for quad in parser.by_ref() {
            batch.push(quad.map_err(|error| match error {
                oxigraph::io::RdfParseError::Io(error) => StoreError::Read(error),
                error @ oxigraph::io::RdfParseError::Syntax(_) => StoreError::Rdf { format, error },
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
        Ok(Self::new(store, prefixes))
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

    /// Answers a query, however long it takes.
    ///
    /// The answer is complete when it comes, and always in the same order: the query's own, else that of the terms.
    ///
    /// # Errors
    /// As [`GraphStore::answer`].
    pub fn query(&self, sparql: &str) -> Result<Answer, QueryError> {
        self.answer(&Question::of(sparql), Limits::NONE, &StopSwitch::default())
    }

    /// Answers a question within `limits`, unless `switch` stops it first.
    ///
    /// # Errors
    /// When the query cannot be read, with line and column of the user's own text, is an update, names a `SERVICE`, is too
    /// large to be planned, goes beyond the limits, is stopped, or its evaluation fails.
    pub fn answer(&self, question: &Question, limits: Limits, switch: &StopSwitch) -> Result<Answer, QueryError> {
        with_deep_stack(switch, || {
            let query = self.parse(question)?;
            let sorted = is_ordered(&query);
            let results = self.prepared(query, limits, switch).execute();
            self.collected(results, sorted, limits, switch).map_err(|error| stopped(error, switch))
        })
    }

    /// Answers a question and tells how: the plan with the rows of each step and the time it took.
    ///
    /// # Errors
    /// As [`GraphStore::answer`].
    pub fn explain(&self, question: &Question, limits: Limits, switch: &StopSwitch) -> Result<Plan, QueryError> {
        with_deep_stack(switch, || {
            let query = self.parse(question)?;
            let resolved = query.to_string();
            let evaluator = self.prepared(query, limits, switch);
            let (results, explanation) = evaluator.compute_statistics().explain();
            let answer = self.collected(results, true, limits, switch);
            let answer = answer.map_err(|error| stopped(error, switch))?;
            Ok(Plan::new(resolved, &explanation, answer.len()))
        })
    }

    fn prepared(
        &self,
        mut query: Query,
        limits: Limits,
        switch: &StopSwitch,
    ) -> oxigraph::sparql::BoundPreparedSparqlQuery<'static> {
        let mut evaluator = SparqlEvaluator::new().with_cancellation_token(switch.token());
        if limits.bytes < usize::MAX {
            evaluator = texts::bounded(pattern_mut(&mut query), limits.bytes / 16, evaluator);
        }
        if limits.stoppable {
            let estimate = |pattern: &TriplePattern| self.estimate(pattern);
            evaluator = stoppable(pattern_mut(&mut query), switch, &estimate, evaluator);
        }
        evaluator.for_query(query).on_store(&self.store)
    }

    /// How many triples have the constants of a pattern, counted to an end.
    fn estimate(&self, pattern: &TriplePattern) -> usize {
        const ENOUGH: usize = 10_000;
        let subject = match &pattern.subject {
            TermPattern::NamedNode(node) => Some(NamedOrBlankNodeRef::NamedNode(node.as_ref())),
            TermPattern::BlankNode(_) | TermPattern::Literal(_) | TermPattern::Variable(_) => None,
        };
        let predicate = match &pattern.predicate {
            NamedNodePattern::NamedNode(node) => Some(node.as_ref()),
            NamedNodePattern::Variable(_) => None,
        };
        let object = match &pattern.object {
            TermPattern::NamedNode(node) => Some(TermRef::NamedNode(node.as_ref())),
            TermPattern::Literal(literal) => Some(TermRef::Literal(literal.as_ref())),
            TermPattern::BlankNode(_) | TermPattern::Variable(_) => None,
        };
        if subject.is_none() && predicate.is_none() && object.is_none() {
            return ENOUGH;
        }
        self.store.quads_for_pattern(subject, predicate, object, None).take(ENOUGH).count()
    }

    fn collected(
        &self,
        results: Result<QueryResults<'_>, QueryEvaluationError>,
        sorted: bool,
        limits: Limits,
        switch: &StopSwitch,
    ) -> Result<Answer, QueryError> {
        let mut bytes = 0;
        let mut room = |rows: usize, added: usize, graph: bool| {
            bytes += added;
            if switch.token().is_cancelled() {
                return Err(QueryError::Evaluation(QueryEvaluationError::Cancelled));
            }
            if rows >= limits.rows {
                return Err(QueryError::TooManyRows { limit: limits.rows, graph });
            }
            if bytes > limits.bytes { Err(QueryError::TooLarge { limit: limits.bytes }) } else { Ok(()) }
        };
        Ok(match results.map_err(QueryError::Evaluation)? {
            QueryResults::Boolean(answer) => Answer::Boolean(answer),
            QueryResults::Graph(results) => {
                let mut triples = Vec::new();
                for triple in results {
                    let triple = triple.map_err(QueryError::Evaluation)?;
                    let predicate = triple.predicate.as_str().len();
                    let subject = term_length(&triple.subject.clone().into());
                    room(triples.len(), subject + predicate + term_length(&triple.object), true)?;
                    triples.push(triple);
                }
                triples.sort_by_cached_key(ToString::to_string);
                triples.dedup();
                Answer::Graph { triples, prefixes: self.prefixes.clone() }
            }
            QueryResults::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                let mut rows = Vec::new();
                for solution in solutions {
                    let row = solution.map_err(QueryError::Evaluation)?.values().to_vec();
                    room(rows.len(), row.iter().flatten().map(term_length).sum::<usize>() + row.len(), false)?;
                    rows.push(row);
                }
                if !sorted {
                    rows.sort_by_cached_key(|row: &Vec<Option<Term>>| {
                        row.iter().map(|term| term.as_ref().map(ToString::to_string)).collect::<Vec<_>>()
                    });
                }
                Answer::Rows(Rows { variables, rows, prefixes: self.prefixes.clone() })
            }
        })
    }

    fn parse(&self, question: &Question) -> Result<Query, QueryError> {
        let sparql = question.sparql.as_str();
        complexity::check_text(sparql)?;
        let resolved = names::resolve(sparql, self.entity_space(), &|| self.names())?;
        let mut query = self.parser().parse_query(&resolved).map_err(|_| {
            if self.parser().parse_update(&resolved).is_ok_and(|update| !update.operations.is_empty()) {
                QueryError::Update
            } else {
                self.syntax_error(sparql).into()
            }
        })?;
        if names_service(pattern(&query)) {
            return Err(QueryError::Service);
        }
        complexity::check_pattern(pattern(&query))?;
        if let Some(chosen) = question.dataset() {
            *dataset_mut(&mut query) = Some(chosen);
        }
        Ok(query)
    }

    /// Where the IRIs of entities begin.
    fn entity_space(&self) -> &str {
        let found = self.prefixes.iter().find(|(prefix, _)| prefix == "ent");
        found.map_or("", |(_, namespace)| namespace.as_str())
    }

    /// Ids, labels and other names of all entities.
    fn names(&self) -> &NameIndex {
        self.names.get_or_init(|| {
            let mut index = NameIndex::default();
            for predicate in NAMING.map(NamedNodeRef::new_unchecked) {
                for quad in self.store.quads_for_pattern(None, Some(predicate), None, None).flatten() {
                    let oxigraph::model::NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
                    let (Some(id), Term::Literal(name)) =
                        (subject.as_str().strip_prefix(self.entity_space()), &quad.object)
                    else {
                        continue;
                    };
                    // The name first, because hints show what was written first.
                    index.add(id, name.value());
                    index.add(id, id);
                }
            }
            index
        })
    }

    /// The triples of one graph, the default one when no name is given; `None` when there is no graph of that name.
    ///
    /// # Errors
    /// As [`GraphStore::answer`].
    pub fn graph(
        &self,
        name: Option<&NamedNode>,
        limits: Limits,
        switch: &StopSwitch,
    ) -> Result<Option<Answer>, QueryError> {
        let everything = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }";
        if let Some(name) = name {
            let known = self.store.contains_named_graph(name);
            if !known.map_err(|error| QueryError::Evaluation(QueryEvaluationError::Dataset(Box::new(error))))? {
                return Ok(None);
            }
        }
        let question = Question { default_graphs: name.into_iter().cloned().collect(), ..Question::of(everything) };
        self.answer(&question, limits, switch).map(Some)
    }

    /// The names of the graphs beside the default one, in their order.
    pub fn graph_names(&self) -> Vec<String> {
        let names = self.store.named_graphs().flatten();
        let mut names: Vec<String> = names
            .filter_map(|name| match name {
                oxigraph::model::NamedOrBlankNode::NamedNode(name) => Some(name.into_string()),
                oxigraph::model::NamedOrBlankNode::BlankNode(_) => None,
            })
            .collect();
        names.sort_unstable();
        names
    }

    fn syntax_error(&self, sparql: &str) -> SyntaxError {
        SyntaxError::new(sparql, &self.prefixes, &|text| {
            // All names are known here; where the text is cut there is none in the last line.
            let Ok(text) = names::resolve(text, self.entity_space(), &|| self.names()) else { return Ok(()) };
            let Err(error) = self.parser().parse_query(&text) else { return Ok(()) };
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

/// Where the names of entities stand.
const NAMING: [&str; 3] = [
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2004/02/skos/core#altLabel",
];

/// Parser, planner and evaluation call themselves once or more for each level of the query.
///
/// A sort that is stopped in its middle has no order any more, for which the standard library panics: that is an end too.
fn with_deep_stack<T: Send>(
    switch: &StopSwitch,
    work: impl FnOnce() -> Result<T, QueryError> + Send,
) -> Result<T, QueryError> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("query".to_owned()).stack_size(complexity::STACK);
        let running = thread.spawn_scoped(scope, work).map_err(QueryError::NoThread)?;
        running.join().unwrap_or_else(|panic| match switch.reason() {
            Some(reason) => Err(QueryError::Stopped(reason)),
            None => std::panic::resume_unwind(panic),
        })
    })
}

/// Says why an evaluation ended that was cancelled.
fn stopped(error: QueryError, switch: &StopSwitch) -> QueryError {
    match (&error, switch.reason()) {
        (QueryError::Evaluation(QueryEvaluationError::Cancelled), Some(reason)) => QueryError::Stopped(reason),
        _ => error,
    }
}

fn term_length(term: &Term) -> usize {
    match term {
        Term::NamedNode(node) => node.as_str().len(),
        Term::BlankNode(node) => node.as_str().len(),
        Term::Literal(literal) => literal.value().len() + literal.language().map_or(0, str::len),
    }
}

fn dataset_mut(query: &mut Query) -> &mut Option<QueryDataset> {
    match query {
        Query::Select { dataset, .. }
        | Query::Construct { dataset, .. }
        | Query::Describe { dataset, .. }
        | Query::Ask { dataset, .. } => dataset,
    }
}

fn pattern_mut(query: &mut Query) -> &mut GraphPattern {
    match query {
        Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. } => pattern,
    }
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
