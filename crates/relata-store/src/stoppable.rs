//! Rewrites a query so that its evaluation can be stopped at any row.
//!
//! The evaluator looks whether it was stopped whenever it takes a triple from the store, but not while it multiplies rows that
//! it has taken before: a product of four patterns goes on for hours. So triple patterns are asked one for each row of those
//! before them, the most selective first, and every other join looks at each of its rows whether to go on. Sorting cannot be
//! stopped either, so only so many rows are sorted.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use oxigraph::model::{Literal, NamedNode};
use oxigraph::sparql::SparqlEvaluator;
use spargebra::algebra::{AggregateExpression, Expression, Function, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern, Variable};

use crate::operands::operands_mut;

use crate::limits::{StopReason, StopSwitch};

/// How many triples have the constants of a pattern, about.
pub(crate) type Estimate<'e> = &'e dyn Fn(&TriplePattern) -> usize;

/// Rows that one query may sort: so many take seconds.
pub(crate) const SORTED: usize = 100_000;

/// Makes the evaluation of a pattern end soon after `switch` says stop.
pub(crate) fn stoppable(
    pattern: &mut GraphPattern,
    switch: &StopSwitch,
    estimate: Estimate<'_>,
    evaluator: SparqlEvaluator,
) -> SparqlEvaluator {
    let mut rewriting = Rewriting { estimate, checks: 0 };
    rewriting.pattern(pattern, &Bound::new());
    let (going_on, sorting) = (switch.clone(), switch.clone());
    let sorted = AtomicUsize::new(0);
    evaluator
        .with_custom_function(name("going-on"), move |_| {
            going_on.reason().is_none().then(|| Literal::from(true).into())
        })
        .with_custom_function(name("sorted"), move |_| {
            if sorted.fetch_add(1, Ordering::Relaxed) >= SORTED {
                sorting.stop(StopReason::Sorting);
            }
            sorting.reason().is_none().then(|| Literal::from(true).into())
        })
}

fn name(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("urn:relata:bounded:{local}"))
}

/// Variables, and blank nodes of the query, that have a value.
type Bound = BTreeSet<String>;

struct Rewriting<'e> {
    estimate: Estimate<'e>,
    checks: usize,
}

impl Rewriting<'_> {
    /// `bound` has values before the pattern is asked.
    fn pattern(&mut self, pattern: &mut GraphPattern, bound: &Bound) {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                let patterns = std::mem::take(patterns);
                *pattern = self.chain(None, patterns, bound);
            }
            GraphPattern::Path { .. } | GraphPattern::Values { .. } => {}
            GraphPattern::Join { left, right } => {
                let (left, right) = (take(left), take(right));
                *pattern = self.join(left, right, bound);
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left, bound);
                let with_left = bound.union(&variables(left)).cloned().collect();
                self.pattern(right, &with_left);
                if let Some(expression) = expression {
                    let all = with_left.union(&variables(right)).cloned().collect();
                    self.expression(expression, &all);
                }
                self.check(pattern, "going-on");
            }
            GraphPattern::Lateral { left, right } => {
                self.pattern(left, bound);
                let with_left = bound.union(&variables(left)).cloned().collect();
                self.pattern(right, &with_left);
                self.check(pattern, "going-on");
            }
            GraphPattern::Union { left, right } => {
                self.pattern(left, bound);
                self.pattern(right, bound);
            }
            GraphPattern::Minus { left, right } => {
                self.pattern(left, bound);
                self.pattern(right, &Bound::new());
            }
            GraphPattern::Filter { expr: expression, inner } | GraphPattern::Extend { inner, expression, .. } => {
                self.pattern(inner, bound);
                self.expression(expression, &bound.union(&variables(inner)).cloned().collect());
            }
            GraphPattern::OrderBy { inner, expression } => {
                self.pattern(inner, bound);
                self.check(inner, "sorted");
                let all = variables(inner);
                for OrderExpression::Asc(key) | OrderExpression::Desc(key) in expression {
                    self.expression(key, &all);
                }
            }
            GraphPattern::Group { inner, aggregates, .. } => {
                self.pattern(inner, bound);
                let all = variables(inner);
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr, &all);
                    }
                }
            }
            // What a subquery does not project has no value in it either.
            GraphPattern::Project { inner, .. } => self.pattern(inner, &Bound::new()),
            GraphPattern::Graph { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. }
            | GraphPattern::Service { inner, .. } => self.pattern(inner, bound),
        }
    }

    /// Triple patterns after whatever else is joined; two other sides by a join that looks at each row.
    fn join(&mut self, left: GraphPattern, right: GraphPattern, bound: &Bound) -> GraphPattern {
        match (left, right) {
            (GraphPattern::Bgp { patterns: mut left }, GraphPattern::Bgp { patterns: right }) => {
                left.extend(right);
                self.chain(None, left, bound)
            }
            (GraphPattern::Bgp { patterns }, mut other) | (mut other, GraphPattern::Bgp { patterns }) => {
                // A path is cheap when its ends are known, and walks through everything when they are not.
                if matches!(other, GraphPattern::Path { .. }) {
                    let chain = self.chain(None, patterns, bound);
                    return lateral(chain, other);
                }
                self.pattern(&mut other, bound);
                self.chain(Some(other), patterns, bound)
            }
            (mut other, path @ GraphPattern::Path { .. }) | (path @ GraphPattern::Path { .. }, mut other) => {
                self.pattern(&mut other, bound);
                lateral(other, path)
            }
            (mut left, mut right) => {
                self.pattern(&mut left, bound);
                self.pattern(&mut right, bound);
                let mut joined = GraphPattern::Join { left: Box::new(left), right: Box::new(right) };
                self.check(&mut joined, "going-on");
                joined
            }
        }
    }

    /// Each pattern is asked for each row of those before it: first those that share a variable with what is known, and of
    /// these the one that has fewest triples.
    fn chain(&self, first: Option<GraphPattern>, patterns: Vec<TriplePattern>, bound: &Bound) -> GraphPattern {
        let mut known: Bound = bound.clone();
        known.extend(first.as_ref().map(variables).unwrap_or_default());
        let mut waiting: Vec<(usize, TriplePattern)> =
            patterns.into_iter().map(|pattern| ((self.estimate)(&pattern), pattern)).collect();
        let mut chain = first;
        while !waiting.is_empty() {
            let cost = |(triples, pattern): &(usize, TriplePattern)| {
                let names = names(pattern);
                let apart = !known.is_empty() && !names.is_empty() && names.iter().all(|name| !known.contains(name));
                let has = |term: &TermPattern| name_of(term).is_some_and(|name| known.contains(&name));
                // Few triples have the same subject; more have the same object.
                let fewer = if has(&pattern.subject) {
                    1000
                } else if has(&pattern.object) {
                    30
                } else {
                    1
                };
                (apart, *triples / fewer)
            };
            let next = (0..waiting.len()).min_by_key(|place| (cost(&waiting[*place]), *place));
            let (_, pattern) = waiting.remove(next.expect("there is one at least"));
            known.extend(names(&pattern));
            let leaf = GraphPattern::Bgp { patterns: vec![pattern] };
            chain = Some(match chain {
                Some(before) => lateral(before, leaf),
                None => leaf,
            });
        }
        chain.unwrap_or(GraphPattern::Bgp { patterns: Vec::new() })
    }

    fn expression(&mut self, expression: &mut Expression, bound: &Bound) {
        match expression {
            Expression::Exists(pattern) => self.pattern(pattern, bound),
            other => {
                for operand in operands_mut(other) {
                    self.expression(operand, bound);
                }
            }
        }
    }

    /// Keeps the rows of a pattern while the evaluation goes on, and none after. The planner cannot ask the filter before the
    /// join, because its variable has no value there.
    fn check(&mut self, pattern: &mut GraphPattern, function: &str) {
        self.checks += 1;
        let variable = Variable::new_unchecked(format!("relata_going_on_{}", self.checks));
        let expression = Expression::FunctionCall(Function::Custom(name(function)), Vec::new());
        let inner = Box::new(take(pattern));
        let extended = GraphPattern::Extend { inner, variable: variable.clone(), expression };
        *pattern = GraphPattern::Filter { expr: Expression::Variable(variable), inner: Box::new(extended) };
    }
}

fn lateral(left: GraphPattern, right: GraphPattern) -> GraphPattern {
    GraphPattern::Lateral { left: Box::new(left), right: Box::new(right) }
}

fn take(pattern: &mut GraphPattern) -> GraphPattern {
    std::mem::replace(pattern, GraphPattern::Bgp { patterns: Vec::new() })
}

/// What a row of the pattern may have values for.
fn variables(pattern: &GraphPattern) -> Bound {
    let mut bound = Bound::new();
    pattern.on_in_scope_variable(|variable| {
        bound.insert(variable.as_str().to_owned());
    });
    bound
}

fn names(pattern: &TriplePattern) -> Vec<String> {
    let mut names: Vec<String> = [&pattern.subject, &pattern.object].into_iter().filter_map(name_of).collect();
    if let NamedNodePattern::Variable(variable) = &pattern.predicate {
        names.push(variable.as_str().to_owned());
    }
    names
}

fn name_of(term: &TermPattern) -> Option<String> {
    match term {
        TermPattern::Variable(variable) => Some(variable.as_str().to_owned()),
        // No variable begins so.
        TermPattern::BlankNode(node) => Some(format!("_:{}", node.as_str())),
        TermPattern::NamedNode(_) | TermPattern::Literal(_) => None,
    }
}
