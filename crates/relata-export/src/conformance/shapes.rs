//! The SHACL Core shapes that the program carries, read from their file, so that program and validators check the same.
//!
//! Only what `shapes.ttl` uses is understood; anything else is refused when the file is read, so that no constraint is
//! passed over in silence.

use std::cell::RefCell;
use std::collections::BTreeMap;

use oxttl::TurtleParser;
use regex::Regex;

use super::Thing;
use super::about::{Predicate, Predicates};

const SH: &str = "http://www.w3.org/ns/shacl#";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// What all things of a class, or all that another shape names, must be like.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) target: Option<Thing>,
    pub(super) constraints: Vec<Constraint>,
    pub(super) properties: Vec<Property>,
    /// Exactly one of these must hold.
    pub(super) one_of: Vec<Vec<Property>>,
}

/// What the values of a predicate must be like.
#[derive(Debug)]
pub(super) struct Property {
    pub(super) path: Predicate,
    /// Whether the values are the things that have this one as their value.
    pub(super) inverse: bool,
    pub(super) constraints: Vec<Constraint>,
    pub(super) message: Option<String>,
}

/// One condition.
#[derive(Debug)]
pub(super) enum Constraint {
    MinCount(usize),
    MaxCount(usize),
    /// One of these datatypes, by their names without the namespace.
    Datatype(Vec<String>),
    /// An IRI.
    Iri,
    Pattern(Regex),
    Class(Thing),
    In(Vec<String>),
    MinLength(usize),
    MinInclusive(i64),
    UniqueLanguage,
    LessThan(Predicate),
    LessThanOrEquals(Predicate),
    Disjoint(Predicate),
    /// How many values are of a class, or match a pattern.
    Qualified {
        class: Option<Thing>,
        pattern: Option<Regex>,
        least: usize,
        most: Option<usize>,
    },
}

/// A shape that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("shapes.ttl: {0}")]
pub(super) struct ShapeError(String);

/// Subject to predicate to values, as N-Triples writes them, and how IRIs are taken apart.
struct Graph<'n> {
    about: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    name: &'n dyn Fn(&str) -> Option<Thing>,
    predicates: RefCell<Predicates>,
}

impl Graph<'_> {
    /// The name in one of the namespaces of the exports.
    fn thing(&self, written: &str) -> Result<Thing, ShapeError> {
        let unknown = || ShapeError(format!("{written} is in none of the namespaces of the exports"));
        (self.name)(&iri(written)).ok_or_else(unknown)
    }

    fn predicate(&self, written: &str) -> Result<Predicate, ShapeError> {
        let (space, local) = self.thing(written)?;
        Ok(self.predicates.borrow_mut().number(space, &local))
    }
}

/// Reads the shapes, and the predicates that they name; `name` takes an IRI apart.
pub(super) fn read(turtle: &str, name: &dyn Fn(&str) -> Option<Thing>) -> Result<(Vec<Shape>, Predicates), ShapeError> {
    let mut graph = Graph { about: BTreeMap::new(), name, predicates: RefCell::default() };
    for triple in TurtleParser::new().for_slice(turtle) {
        let triple = triple.map_err(|error| ShapeError(error.to_string()))?;
        let of_subject = graph.about.entry(triple.subject.to_string()).or_default();
        let object = match triple.object {
            oxrdf::Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        };
        of_subject.entry(triple.predicate.into_string()).or_default().push(object);
    }
    let is_shape = |about: &BTreeMap<String, Vec<String>>| {
        about.get(&format!("{RDF}type")).is_some_and(|types| types.contains(&format!("<{SH}NodeShape>")))
    };
    let shapes =
        graph.about.iter().filter(|(_, about)| is_shape(about) && about.contains_key(&format!("{SH}targetClass")));
    let shapes = shapes.map(|(name, _)| shape(&graph, name)).collect::<Result<_, _>>()?;
    Ok((shapes, graph.predicates.into_inner()))
}

fn shape(graph: &Graph<'_>, name: &str) -> Result<Shape, ShapeError> {
    let mut shape = Shape { target: None, constraints: Vec::new(), properties: Vec::new(), one_of: Vec::new() };
    for (predicate, values) in &graph.about[name] {
        for value in values {
            match predicate.strip_prefix(SH) {
                None if predicate.starts_with(RDF) => {}
                Some("targetClass") => shape.target = Some(graph.thing(value)?),
                Some("property") => shape.properties.push(property(graph, value)?),
                Some("node") => {
                    let of_other = self::shape(graph, value)?;
                    shape.constraints.extend(of_other.constraints);
                    shape.properties.extend(of_other.properties);
                    shape.one_of.extend(of_other.one_of);
                }
                Some("xone") => {
                    for alternative in list(graph, value) {
                        let of_one = graph.about[&alternative].get(&format!("{SH}property")).into_iter().flatten();
                        let of_one = of_one.map(|property| self::property(graph, property));
                        shape.one_of.push(of_one.collect::<Result<_, _>>()?);
                    }
                }
                _ => shape.constraints.extend(constraint(graph, predicate, value)?),
            }
        }
    }
    Ok(shape)
}

fn property(graph: &Graph<'_>, node: &str) -> Result<Property, ShapeError> {
    let about = &graph.about[node];
    let one = |name: &str| about.get(&format!("{SH}{name}")).and_then(|values| values.first());
    let path = one("path").ok_or_else(|| ShapeError("a property shape without a path".to_owned()))?;
    let inverse = graph.about.get(path).and_then(|about| about.get(&format!("{SH}inversePath"))?.first());
    let mut property = Property {
        path: graph.predicate(inverse.unwrap_or(path))?,
        inverse: inverse.is_some(),
        constraints: Vec::new(),
        message: one("message").cloned(),
    };
    let count = |name: &str| one(name).map(|text| number(text)).transpose();
    if let Some(qualified) = one("qualifiedValueShape") {
        let wanted = &graph.about[qualified];
        let pattern = wanted.get(&format!("{SH}pattern")).map(|patterns| pattern(&patterns[0])).transpose()?;
        let class = wanted.get(&format!("{SH}class")).map(|classes| graph.thing(&classes[0])).transpose()?;
        let least = count("qualifiedMinCount")?.unwrap_or_default();
        property.constraints.push(Constraint::Qualified { class, pattern, least, most: count("qualifiedMaxCount")? });
    }
    for (predicate, values) in about {
        let known = ["path", "message", "qualifiedValueShape", "qualifiedMinCount", "qualifiedMaxCount"]
            .map(|n| format!("{SH}{n}"));
        if known.contains(predicate) {
            continue;
        }
        for value in values {
            property.constraints.extend(constraint(graph, predicate, value)?);
        }
    }
    Ok(property)
}

fn constraint(graph: &Graph<'_>, predicate: &str, value: &str) -> Result<Option<Constraint>, ShapeError> {
    let unknown = || ShapeError(format!("{predicate} is not understood"));
    Ok(Some(match predicate.strip_prefix(SH).ok_or_else(unknown)? {
        "minCount" => Constraint::MinCount(number(value)?),
        "maxCount" => Constraint::MaxCount(number(value)?),
        "datatype" => Constraint::Datatype(vec![local(value)]),
        "or" => {
            let datatypes = list(graph, value).into_iter().map(|one| {
                let datatype = graph.about[&one].get(&format!("{SH}datatype")).and_then(|values| values.first());
                datatype.map(|datatype| local(datatype)).ok_or_else(unknown)
            });
            Constraint::Datatype(datatypes.collect::<Result<_, _>>()?)
        }
        "nodeKind" if iri(value) == format!("{SH}IRI") => Constraint::Iri,
        "pattern" => Constraint::Pattern(pattern(value)?),
        "class" => Constraint::Class(graph.thing(value)?),
        "in" => Constraint::In(list(graph, value).iter().map(|one| iri(one)).collect()),
        "minLength" => Constraint::MinLength(number(value)?),
        "minInclusive" => Constraint::MinInclusive(number(value)?),
        "uniqueLang" => return Ok((value == "true").then_some(Constraint::UniqueLanguage)),
        "lessThan" => Constraint::LessThan(graph.predicate(value)?),
        "lessThanOrEquals" => Constraint::LessThanOrEquals(graph.predicate(value)?),
        "disjoint" => Constraint::Disjoint(graph.predicate(value)?),
        _ => return Err(unknown()),
    }))
}

/// The members of an RDF list.
fn list(graph: &Graph<'_>, head: &str) -> Vec<String> {
    let mut members = Vec::new();
    let mut node = head.to_owned();
    while let Some(about) = graph.about.get(&node) {
        members.extend(about.get(&format!("{RDF}first")).into_iter().flatten().cloned());
        node = about.get(&format!("{RDF}rest")).and_then(|rest| rest.first()).cloned().unwrap_or_default();
    }
    members
}

fn iri(written: &str) -> String {
    written.trim_start_matches('<').trim_end_matches('>').to_owned()
}

/// What stands behind the namespace of an IRI.
fn local(written: &str) -> String {
    let iri = iri(written);
    iri.rsplit(['#', '/']).next().unwrap_or(&iri).to_owned()
}

fn pattern(text: &str) -> Result<Regex, ShapeError> {
    Regex::new(text).map_err(|error| ShapeError(error.to_string()))
}

fn number<N: std::str::FromStr>(text: &str) -> Result<N, ShapeError> {
    text.parse().map_err(|_| ShapeError(format!("{text} is no number")))
}
