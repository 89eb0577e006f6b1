//! Results to an answer: complete, in one order, within the limits.

use oxigraph::model::Term;
use oxigraph::sparql::{QueryEvaluationError, QueryResults};

use crate::answer::{Answer, Rows};
use crate::limits::{Limits, StopSwitch};
use crate::query_error::QueryError;

/// Takes all results, within `limits`; sorts them unless they are.
pub(crate) fn collected(
    results: Result<QueryResults<'_>, QueryEvaluationError>,
    sorted: bool,
    prefixes: &[(String, String)],
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
            Answer::Graph { triples, prefixes: prefixes.to_vec() }
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
            Answer::Rows(Rows { variables, rows, prefixes: prefixes.to_vec() })
        }
    })
}

fn term_length(term: &Term) -> usize {
    match term {
        Term::NamedNode(node) => node.as_str().len(),
        Term::BlankNode(node) => node.as_str().len(),
        Term::Literal(literal) => literal.value().len() + literal.language().map_or(0, str::len),
    }
}
