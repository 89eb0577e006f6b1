//! Finds calls to other endpoints in a query, because none is ever made.

use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

use crate::operands::operands;

/// Whether a pattern calls another endpoint anywhere, in its filters too.
pub(crate) fn names_service(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Service { .. } => true,
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => false,
        GraphPattern::Join { left, right }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => names_service(left) || names_service(right),
        GraphPattern::LeftJoin { left, right, expression } => {
            names_service(left) || names_service(right) || expression.as_ref().is_some_and(in_expression)
        }
        GraphPattern::Filter { expr, inner } => in_expression(expr) || names_service(inner),
        GraphPattern::Extend { inner, expression, .. } => in_expression(expression) || names_service(inner),
        GraphPattern::OrderBy { inner, expression } => {
            names_service(inner)
                || expression.iter().any(|(OrderExpression::Asc(key) | OrderExpression::Desc(key))| in_expression(key))
        }
        GraphPattern::Group { inner, aggregates, .. } => {
            names_service(inner) || aggregates.iter().any(|(_, aggregate)| in_aggregate(aggregate))
        }
        GraphPattern::Graph { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => names_service(inner),
    }
}

fn in_aggregate(aggregate: &AggregateExpression) -> bool {
    match aggregate {
        AggregateExpression::CountSolutions { .. } => false,
        AggregateExpression::FunctionCall { expr, .. } => in_expression(expr),
    }
}

fn in_expression(expression: &Expression) -> bool {
    match expression {
        Expression::Exists(pattern) => names_service(pattern),
        other => operands(other).into_iter().any(in_expression),
    }
}
