//! The triples of an export, ready for questions.

use std::sync::{Arc, OnceLock};

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef};
use oxigraph::sparql::{QueryEvaluationError, SparqlEvaluator};
use oxigraph::store::{StorageError, Store};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use spargebra::{Query, SparqlParser};

use crate::answer::Answer;
use crate::collected::collected;
use crate::complexity;
use crate::limits::{Limits, StopSwitch};
use crate::names::{self, NameIndex};
use crate::plan::Plan;
use crate::query_error::{QueryError, SyntaxError};
use crate::query_parts::{dataset_mut, is_ordered, pattern, pattern_mut};
use crate::question::Question;
use crate::service::names_service;
use crate::stoppable::stoppable;
use crate::texts;

/// A graph that answers SPARQL, in memory or on disk. Clones are the same graph.
#[derive(Clone)]
pub struct GraphStore {
    store: Store,
    /// Prefix and namespace, in the order in which the exports declare them.
    prefixes: Vec<(String, String)>,
    /// Made when a query first has a name in it.
    names: Arc<OnceLock<NameIndex>>,
}

impl GraphStore {
    pub(crate) fn new(store: Store, prefixes: Vec<(String, String)>) -> Self {
        Self { store, prefixes, names: Arc::default() }
    }

    /// How many triples there are.
    ///
    /// # Errors
    /// When the store fails.
    pub fn len(&self) -> Result<usize, StorageError> {
        self.store.len()
    }

    /// Whether there is no triple.
    ///
    /// # Errors
    /// When the store fails.
    pub fn is_empty(&self) -> Result<bool, StorageError> {
        self.store.is_empty()
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
            collected(results, sorted, &self.prefixes, limits, switch).map_err(|error| stopped(error, switch))
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
            let answer = collected(results, true, &self.prefixes, limits, switch);
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
