//! The SHACL Core shapes that the program carries, read from their file, so that program and validators check the same.
//!
//! Only what `shapes.ttl` uses is understood; anything else is refused when the file is read, so that no constraint is
//! passed over in silence.

use std::collections::BTreeMap;

use oxttl::TurtleParser;
use regex::Regex;

const SH: &str = "http://www.w3.org/ns/shacl#";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// What all things of a class, or all that another shape names, must be like.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) target: Option<String>,
    pub(super) constraints: Vec<Constraint>,
    pub(super) properties: Vec<Property>,
    /// Exactly one of these must hold.
    pub(super) one_of: Vec<Vec<Property>>,
}

/// What the values of a predicate must be like.
#[derive(Debug)]
pub(super) struct Property {
    pub(super) path: String,
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
    /// One of these datatypes.
    Datatype(Vec<String>),
    /// An IRI.
    Iri,
    Pattern(Regex),
    Class(String),
    In(Vec<String>),
    MinLength(usize),
    MinInclusive(i64),
    UniqueLanguage,
    LessThan(String),
    LessThanOrEquals(String),
    Disjoint(String),
    /// How many values are of a class, or match a pattern.
    Qualified {
        class: Option<String>,
        pattern: Option<Regex>,
        least: usize,
        most: Option<usize>,
    },
}

/// A shape that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("shapes.ttl: {0}")]
pub(super) struct ShapeError(String);

/// Subject to predicate to values, as N-Triples writes them.
type Graph = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// Reads the shapes.
pub(super) fn read(turtle: &str) -> Result<Vec<Shape>, ShapeError> {
    let mut graph = Graph::new();
    for triple in TurtleParser::new().for_slice(turtle) {
        let triple = triple.map_err(|error| ShapeError(error.to_string()))?;
        let of_subject = graph.entry(triple.subject.to_string()).or_default();
        let object = match triple.object {
            oxrdf::Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        };
        of_subject.entry(triple.predicate.into_string()).or_default().push(object);
    }
    let is_shape = |about: &BTreeMap<String, Vec<String>>| {
        about.get(&format!("{RDF}type")).is_some_and(|types| types.contains(&format!("<{SH}NodeShape>")))
    };
    let shapes = graph.iter().filter(|(_, about)| is_shape(about) && about.contains_key(&format!("{SH}targetClass")));
    shapes.map(|(name, _)| shape(&graph, name)).collect()
}

fn shape(graph: &Graph, name: &str) -> Result<Shape, ShapeError> {
    let mut shape = Shape { target: None, constraints: Vec::new(), properties: Vec::new(), one_of: Vec::new() };
    for (predicate, values) in &graph[name] {
        for value in values {
            match predicate.strip_prefix(SH) {
                None if predicate.starts_with(RDF) => {}
                Some("targetClass") => shape.target = Some(iri(value)),
                Some("property") => shape.properties.push(property(graph, value)?),
                Some("node") => {
                    let of_other = self::shape(graph, value)?;
                    shape.constraints.extend(of_other.constraints);
                    shape.properties.extend(of_other.properties);
                    shape.one_of.extend(of_other.one_of);
                }
                Some("xone") => {
                    for alternative in list(graph, value) {
                        let of_one = graph[&alternative].get(&format!("{SH}property")).into_iter().flatten();
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

fn property(graph: &Graph, node: &str) -> Result<Property, ShapeError> {
    let about = &graph[node];
    let one = |name: &str| about.get(&format!("{SH}{name}")).and_then(|values| values.first());
    let path = one("path").ok_or_else(|| ShapeError("a property shape without a path".to_owned()))?;
    let inverse = graph.get(path).and_then(|about| about.get(&format!("{SH}inversePath"))?.first());
    let mut property = Property {
        path: iri(inverse.unwrap_or(path)),
        inverse: inverse.is_some(),
        constraints: Vec::new(),
        message: one("message").cloned(),
    };
    let count = |name: &str| one(name).map(|text| number(text)).transpose();
    if let Some(qualified) = one("qualifiedValueShape") {
        let wanted = &graph[qualified];
        let pattern = wanted.get(&format!("{SH}pattern")).map(|patterns| pattern(&patterns[0])).transpose()?;
        let class = wanted.get(&format!("{SH}class")).map(|classes| iri(&classes[0]));
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

fn constraint(graph: &Graph, predicate: &str, value: &str) -> Result<Option<Constraint>, ShapeError> {
    let unknown = || ShapeError(format!("{predicate} is not understood"));
    Ok(Some(match predicate.strip_prefix(SH).ok_or_else(unknown)? {
        "minCount" => Constraint::MinCount(number(value)?),
        "maxCount" => Constraint::MaxCount(number(value)?),
        "datatype" => Constraint::Datatype(vec![iri(value)]),
        "or" => {
            let datatypes = list(graph, value).into_iter().map(|one| {
                let datatype = graph[&one].get(&format!("{SH}datatype")).and_then(|values| values.first());
                datatype.map(|datatype| iri(datatype)).ok_or_else(unknown)
            });
            Constraint::Datatype(datatypes.collect::<Result<_, _>>()?)
        }
        "nodeKind" if iri(value) == format!("{SH}IRI") => Constraint::Iri,
        "pattern" => Constraint::Pattern(pattern(value)?),
        "class" => Constraint::Class(iri(value)),
        "in" => Constraint::In(list(graph, value).iter().map(|one| iri(one)).collect()),
        "minLength" => Constraint::MinLength(number(value)?),
        "minInclusive" => Constraint::MinInclusive(number(value)?),
        "uniqueLang" => return Ok((value == "true").then_some(Constraint::UniqueLanguage)),
        "lessThan" => Constraint::LessThan(iri(value)),
        "lessThanOrEquals" => Constraint::LessThanOrEquals(iri(value)),
        "disjoint" => Constraint::Disjoint(iri(value)),
        _ => return Err(unknown()),
    }))
}

/// The members of an RDF list.
fn list(graph: &Graph, head: &str) -> Vec<String> {
    let mut members = Vec::new();
    let mut node = head.to_owned();
    while let Some(about) = graph.get(&node) {
        members.extend(about.get(&format!("{RDF}first")).into_iter().flatten().cloned());
        node = about.get(&format!("{RDF}rest")).and_then(|rest| rest.first()).cloned().unwrap_or_default();
    }
    members
}

fn iri(written: &str) -> String {
    written.trim_start_matches('<').trim_end_matches('>').to_owned()
}

fn pattern(text: &str) -> Result<Regex, ShapeError> {
    Regex::new(text).map_err(|error| ShapeError(error.to_string()))
}

fn number<N: std::str::FromStr>(text: &str) -> Result<N, ShapeError> {
    text.parse().map_err(|_| ShapeError(format!("{text} is no number")))
}
