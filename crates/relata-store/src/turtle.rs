//! Turtle for the triples of an answer: the prefixes in use, then a block a subject, always in the same order.

use std::collections::BTreeSet;
use std::io::{self, Write};

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{NamedNodeRef, Term, Triple};

use crate::table::prefixed;

/// Writes triples that are sorted by subject and predicate.
pub(crate) fn write(triples: &[Triple], prefixes: &[(String, String)], out: &mut dyn Write) -> io::Result<()> {
    let used: BTreeSet<&str> =
        triples.iter().flat_map(names).filter_map(|name| Some(prefixed(name.as_str(), prefixes)?.0)).collect();
    for (prefix, namespace) in prefixes.iter().filter(|(prefix, _)| used.contains(prefix.as_str())) {
        writeln!(out, "@prefix {prefix}: <{namespace}> .")?;
    }
    let mut last: Option<&Triple> = None;
    for triple in triples {
        let same_subject = last.is_some_and(|last| last.subject == triple.subject);
        if same_subject && last.is_some_and(|last| last.predicate == triple.predicate) {
            write!(out, ", ")?;
        } else {
            if same_subject {
                write!(out, " ;\n    ")?;
            } else {
                let end = if last.is_some() { " .\n" } else { "" };
                write!(out, "{end}\n{} ", term(&triple.subject.clone().into(), prefixes))?;
            }
            let predicate = triple.predicate.as_ref();
            write!(out, "{} ", if predicate == rdf::TYPE { "a".to_owned() } else { name(predicate, prefixes) })?;
        }
        write!(out, "{}", term(&triple.object, prefixes))?;
        last = Some(triple);
    }
    if last.is_some() { writeln!(out, " .") } else { Ok(()) }
}

/// The names of a triple as it is written, its datatype among them.
fn names(triple: &Triple) -> Vec<NamedNodeRef<'_>> {
    let mut names = Vec::with_capacity(3);
    if triple.predicate.as_ref() != rdf::TYPE {
        names.push(triple.predicate.as_ref());
    }
    if let oxigraph::model::NamedOrBlankNode::NamedNode(subject) = &triple.subject {
        names.push(subject.as_ref());
    }
    match &triple.object {
        Term::NamedNode(object) => names.push(object.as_ref()),
        Term::Literal(literal) if literal.language().is_none() && literal.datatype() != xsd::STRING => {
            names.push(literal.datatype());
        }
        Term::Literal(_) | Term::BlankNode(_) => {}
    }
    names
}

fn name(name: NamedNodeRef<'_>, prefixes: &[(String, String)]) -> String {
    prefixed(name.as_str(), prefixes).map_or_else(|| name.to_string(), |(prefix, local)| format!("{prefix}:{local}"))
}

fn term(term: &Term, prefixes: &[(String, String)]) -> String {
    match term {
        Term::NamedNode(node) => name(node.as_ref(), prefixes),
        Term::Literal(literal) if literal.language().is_none() && literal.datatype() != xsd::STRING => {
            let text = oxigraph::model::Literal::new_simple_literal(literal.value());
            format!("{text}^^{}", name(literal.datatype(), prefixes))
        }
        Term::Literal(literal) => literal.to_string(),
        Term::BlankNode(node) => node.to_string(),
    }
}
