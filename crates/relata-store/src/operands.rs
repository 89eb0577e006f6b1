//! What the expressions of a query are made of: every walk over a query looks at the same parts.

use spargebra::algebra::Expression;

/// The expressions right below an expression.
pub(crate) fn operands(expression: &Expression) -> Vec<&Expression> {
    match expression {
        // The pattern of an EXISTS is no expression: who walks looks at it first.
        Expression::Exists(_)
        | Expression::NamedNode(_)
        | Expression::Literal(_)
        | Expression::Variable(_)
        | Expression::Bound(_) => Vec::new(),
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
        | Expression::Divide(left, right) => vec![left, right],
        Expression::UnaryPlus(inner) | Expression::UnaryMinus(inner) | Expression::Not(inner) => vec![inner],
        Expression::In(left, list) => {
            let left: &Expression = left;
            std::iter::once(left).chain(list).collect()
        }
        Expression::If(condition, yes, no) => vec![condition, yes, no],
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => list.iter().collect(),
    }
}

/// The same, to be rewritten.
pub(crate) fn operands_mut(expression: &mut Expression) -> Vec<&mut Expression> {
    match expression {
        // The pattern of an EXISTS is no expression: who walks looks at it first.
        Expression::Exists(_)
        | Expression::NamedNode(_)
        | Expression::Literal(_)
        | Expression::Variable(_)
        | Expression::Bound(_) => Vec::new(),
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
        | Expression::Divide(left, right) => vec![left, right],
        Expression::UnaryPlus(inner) | Expression::UnaryMinus(inner) | Expression::Not(inner) => vec![inner],
        Expression::In(left, list) => {
            let left: &mut Expression = left;
            std::iter::once(left).chain(list).collect()
        }
        Expression::If(condition, yes, no) => vec![condition, yes, no],
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => list.iter_mut().collect(),
    }
}
