//! Bounds the texts that a query makes by itself: forty times `BIND(CONCAT(?a, ?a) AS ?b)` is a terabyte.
//!
//! Nothing stops an evaluation in the middle of an expression, so CONCAT, REPLACE and `GROUP_CONCAT` are replaced by the same
//! functions with an end: beyond it their value is an error, which SPARQL leaves unbound.

use oxigraph::model::{Literal, NamedNode, Term, vocab::xsd};
use oxigraph::sparql::{AggregateFunctionAccumulator, SparqlEvaluator};
use spargebra::algebra::{AggregateExpression, AggregateFunction, Expression, Function, GraphPattern, OrderExpression};

use crate::operands::operands_mut;

/// What replaces a part of a text may have so many bytes.
const REPLACEMENT: usize = 256;

/// Makes every text of the query end at `limit` bytes, and tells the evaluator how.
pub(crate) fn bounded(pattern: &mut GraphPattern, limit: usize, evaluator: SparqlEvaluator) -> SparqlEvaluator {
    let mut bounds = Bounds { separators: Vec::new() };
    bounds.in_pattern(pattern);
    let evaluator = evaluator
        .with_custom_function(name("concat"), move |terms| concat(terms, limit))
        // Matches do not overlap, so the result has at most the bytes of the text times those of the replacement.
        .with_custom_function(name("replaceable"), move |terms| within(terms, limit / REPLACEMENT))
        .with_custom_function(name("replacement"), move |terms| within(terms, REPLACEMENT));
    bounds.separators.into_iter().enumerate().fold(evaluator, |evaluator, (number, separator)| {
        evaluator.with_custom_aggregate_function(name(&format!("group-concat-{number}")), move || {
            Box::new(GroupConcat { joined: Some(Joined::default()), separator: separator.clone(), limit })
        })
    })
}

fn name(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("urn:relata:bounded:{local}"))
}

struct Bounds {
    /// Of each `GROUP_CONCAT`.
    separators: Vec<String>,
}

impl Bounds {
    fn in_pattern(&mut self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => {}
            GraphPattern::Join { left, right }
            | GraphPattern::Lateral { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right } => {
                self.in_pattern(left);
                self.in_pattern(right);
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.in_pattern(left);
                self.in_pattern(right);
                if let Some(expression) = expression {
                    self.in_expression(expression);
                }
            }
            GraphPattern::Filter { expr: expression, inner } | GraphPattern::Extend { inner, expression, .. } => {
                self.in_expression(expression);
                self.in_pattern(inner);
            }
            GraphPattern::OrderBy { inner, expression } => {
                self.in_pattern(inner);
                for OrderExpression::Asc(key) | OrderExpression::Desc(key) in expression {
                    self.in_expression(key);
                }
            }
            GraphPattern::Group { inner, aggregates, .. } => {
                self.in_pattern(inner);
                for (_, aggregate) in aggregates {
                    let AggregateExpression::FunctionCall { name: function, expr, .. } = aggregate else { continue };
                    self.in_expression(expr);
                    if let AggregateFunction::GroupConcat { separator } = function {
                        let bounded = name(&format!("group-concat-{}", self.separators.len()));
                        self.separators.push(separator.clone().unwrap_or_else(|| " ".to_owned()));
                        *function = AggregateFunction::Custom(bounded);
                    }
                }
            }
            GraphPattern::Graph { inner, .. }
            | GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. }
            | GraphPattern::Service { inner, .. } => self.in_pattern(inner),
        }
    }

    fn in_expression(&mut self, expression: &mut Expression) {
        if let Expression::Exists(pattern) = expression {
            return self.in_pattern(pattern);
        }
        for operand in operands_mut(expression) {
            self.in_expression(operand);
        }
        match expression {
            Expression::FunctionCall(function @ Function::Concat, _) => *function = Function::Custom(name("concat")),
            Expression::FunctionCall(Function::Replace, list) => {
                if let [text, _, replacement, ..] = list.as_mut_slice() {
                    wrap(text, "replaceable");
                    wrap(replacement, "replacement");
                }
            }
            _ => {}
        }
    }
}

fn wrap(expression: &mut Expression, function: &str) {
    // What is taken is put back at once, inside the call.
    let inner = std::mem::replace(expression, Expression::Coalesce(Vec::new()));
    *expression = Expression::FunctionCall(Function::Custom(name(function)), vec![inner]);
}

/// Texts put together: in a language as long as all are in the same.
#[derive(Debug, Default)]
struct Joined {
    text: String,
    /// Of all so far.
    language: Option<String>,
    /// Whether there was one already.
    begun: bool,
}

impl Joined {
    /// `None` when the term is no text, or all together are too long.
    fn add(&mut self, term: &Term, separator: &str, limit: usize) -> Option<()> {
        let Term::Literal(literal) = term else { return None };
        let language = literal.language().map(str::to_owned);
        if language.is_none() && literal.datatype() != xsd::STRING {
            return None;
        }
        if !self.begun {
            self.language = language;
        } else if self.language != language {
            self.language = None;
        }
        self.text.push_str(if self.begun { separator } else { "" });
        self.begun = true;
        self.text.push_str(literal.value());
        (self.text.len() <= limit).then_some(())
    }

    fn finish(self) -> Term {
        match self.language {
            Some(language) => Literal::new_language_tagged_literal_unchecked(self.text, language).into(),
            None => Literal::new_simple_literal(self.text).into(),
        }
    }
}

fn concat(terms: &[Term], limit: usize) -> Option<Term> {
    let mut joined = Joined::default();
    terms.iter().try_for_each(|term| joined.add(term, "", limit))?;
    Some(joined.finish())
}

/// The text, unless it is longer than `limit` bytes.
fn within(terms: &[Term], limit: usize) -> Option<Term> {
    let [Term::Literal(text)] = terms else { return None };
    (text.value().len() <= limit).then(|| text.clone().into())
}

struct GroupConcat {
    /// `None` once something was no text, or all together were too long.
    joined: Option<Joined>,
    separator: String,
    limit: usize,
}

impl AggregateFunctionAccumulator for GroupConcat {
    fn accumulate(&mut self, element: Term) {
        if let Some(joined) = &mut self.joined
            && joined.add(&element, &self.separator, self.limit).is_none()
        {
            self.joined = None;
        }
    }

    fn finish(&mut self) -> Option<Term> {
        self.joined.take().map(Joined::finish)
    }
}
