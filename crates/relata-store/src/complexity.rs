//! Refuses queries that would take the parser, the planner or the stack beyond what any honest question needs.
//!
//! Parser, planner and evaluation call themselves for each level of a query, and the planner takes time with the cube of the
//! number of patterns. Both cannot be stopped in the middle, so they are bounded before they begin: the words of the query
//! before it is parsed, what it asks for before it is planned. What is within these bounds needs a fraction of
//! [`STACK`], whichever way it is nested.

use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

use crate::operands::operands;
use crate::place::tokens;
use crate::query_error::{QueryError, SyntaxError};

/// The stack on which a query is parsed, planned and evaluated, in bytes; only what is used of it takes memory.
pub(crate) const STACK: usize = 128 << 20;
/// Brackets inside each other.
const NESTING: usize = 100;
/// Operators and keywords that make a query deeper, however flat it looks: `1 + 1 + 1 …`.
const OPERATORS: usize = 1_000;
/// Triple patterns, and joins between groups.
const PATTERNS: u64 = 200;
/// Rows that VALUES and UNION make by themselves, all multiplied: no look at the graph, hence no stop.
const OWN_ROWS: u64 = 1_000_000;

/// Fails for queries whose text is nested too deeply or has too many operators.
pub(crate) fn check_text(sparql: &str) -> Result<(), SyntaxError> {
    let (mut depth, mut prefixes, mut operators) = (0_usize, 0_usize, 0_usize);
    for (start, end) in tokens(sparql) {
        let token = &sparql[start..end];
        match token {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        prefixes = if matches!(token, "!" | "-" | "+" | "^") { prefixes + 1 } else { 0 };
        operators += usize::from(deepens(token));
        if depth + prefixes > NESTING {
            return Err(SyntaxError::at(sparql, start, format!("the query is nested more than {NESTING} levels deep")));
        }
        if operators > OPERATORS {
            let told =
                format!("the query has more than {OPERATORS} operators, groups and filters: ask in several queries");
            return Err(SyntaxError::at(sparql, start, told));
        }
    }
    Ok(())
}

fn deepens(token: &str) -> bool {
    matches!(token, "{" | "|" | "&" | "/" | "*" | "+" | "-" | "=" | "!" | "<" | ">" | "^")
        || ["BIND", "FILTER", "UNION", "OPTIONAL", "MINUS", "GRAPH", "AS", "LATERAL", "IN"]
            .iter()
            .any(|keyword| token.eq_ignore_ascii_case(keyword))
}

/// Fails for queries that the planner would think about for too long, or that make too many rows out of nothing.
pub(crate) fn check_pattern(pattern: &GraphPattern) -> Result<(), QueryError> {
    let measure = Measure::of(pattern);
    if measure.patterns > PATTERNS {
        return Err(QueryError::TooManyPatterns { patterns: measure.patterns, limit: PATTERNS });
    }
    if measure.own_rows > OWN_ROWS {
        return Err(QueryError::TooManyOwnRows { limit: OWN_ROWS });
    }
    Ok(())
}

/// What is known of a pattern without a look at the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Measure {
    /// Triple patterns and joins.
    patterns: u64,
    /// Rows made for each row of the graph.
    own_rows: u64,
}

impl Measure {
    const ONE: Self = Self { patterns: 0, own_rows: 1 };

    fn of(pattern: &GraphPattern) -> Self {
        match pattern {
            GraphPattern::Bgp { patterns } => Self { patterns: patterns.len() as u64, own_rows: 1 },
            GraphPattern::Path { .. } => Self { patterns: 1, own_rows: 1 },
            GraphPattern::Values { bindings, .. } => Self { patterns: 0, own_rows: bindings.len() as u64 },
            GraphPattern::Join { left, right }
            | GraphPattern::Lateral { left, right }
            | GraphPattern::Minus { left, right } => Self::of(left).joined(Self::of(right)),
            GraphPattern::LeftJoin { left, right, expression } => {
                let filter = expression.as_ref().map_or(Self::ONE, Self::of_expression);
                Self::of(left).joined(Self::of(right)).with(filter)
            }
            GraphPattern::Union { left, right } => {
                let (left, right) = (Self::of(left), Self::of(right));
                Self {
                    patterns: left.patterns.saturating_add(right.patterns),
                    own_rows: left.own_rows.saturating_add(right.own_rows),
                }
            }
            GraphPattern::Filter { expr: expression, inner } | GraphPattern::Extend { inner, expression, .. } => {
                Self::of(inner).with(Self::of_expression(expression))
            }
            GraphPattern::OrderBy { inner, expression } => {
                let keys = expression.iter().map(|(OrderExpression::Asc(key) | OrderExpression::Desc(key))| key);
                keys.fold(Self::of(inner), |sum, key| sum.with(Self::of_expression(key)))
            }
            GraphPattern::Group { inner, aggregates, .. } => {
                aggregates.iter().fold(Self::of(inner), |sum, (_, aggregate)| match aggregate {
                    AggregateExpression::CountSolutions { .. } => sum,
                    AggregateExpression::FunctionCall { expr, .. } => sum.with(Self::of_expression(expr)),
                })
            }
            GraphPattern::Graph { inner, .. }
            | GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. }
            | GraphPattern::Service { inner, .. } => Self::of(inner),
        }
    }

    /// The pattern of each EXISTS is asked again for each row.
    fn of_expression(expression: &Expression) -> Self {
        match expression {
            Expression::Exists(pattern) => Self::of(pattern),
            other => operands(other).into_iter().fold(Self::ONE, |sum, one| sum.with(Self::of_expression(one))),
        }
    }

    fn joined(self, other: Self) -> Self {
        let both = self.with(other);
        Self { patterns: both.patterns.saturating_add(1), ..both }
    }

    fn with(self, other: Self) -> Self {
        Self {
            patterns: self.patterns.saturating_add(other.patterns),
            own_rows: self.own_rows.saturating_mul(other.own_rows.max(1)),
        }
    }
}
