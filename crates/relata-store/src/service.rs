//! Finds calls to other endpoints in a query, because none is ever made.

use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

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
        Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => false,
        Expression::Or(left, right)
        | Expression::And(left, right)
        | Expression::Equal(left, right)
        | Expression::SameTerm(left, right)
        | Expression::Greater(left, right)
        | Expression::GreaterOrEqual(left, right)
        | Expression::Less(left, right)
        | Expression::LessOrEqual(left, right)
        | Expression::Add(left, right)
        | Expression::Subtract(left, right)
        | Expression::Multiply(left, right)
        | Expression::Divide(left, right) => in_expression(left) || in_expression(right),
        Expression::UnaryPlus(inner) | Expression::UnaryMinus(inner) | Expression::Not(inner) => in_expression(inner),
        Expression::In(left, list) => in_expression(left) || list.iter().any(in_expression),
        Expression::If(condition, yes, no) => in_expression(condition) || in_expression(yes) || in_expression(no),
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => list.iter().any(in_expression),
    }
}
