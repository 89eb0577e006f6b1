//! Whether an export is what every export must be: the SHACL shapes, checked by the program itself in one pass.
//!
//! The Core shapes are read from `shapes.ttl`, the file that validators read too. Those in SPARQL are written again in
//! `across`, because a query engine would take minutes where this takes seconds; a test breaks graphs in the ways that the
//! queries forbid and compares.

mod across;
mod shapes;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;

use relata_graph::Selection;

use crate::names::{Namespaces, Space};
use crate::rdf::{Item, Name, Object, Triple, triples};
use crate::{ExportOptions, vocabulary};
use across::Across;
use shapes::{Constraint, Property, Shape};

/// Something in an export that should not be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// The thing, as Turtle names it.
    pub subject: String,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.message)
    }
}

/// Checks what [`triples`] gives, without writing it.
pub fn check(selection: &Selection<'_>, options: &ExportOptions) -> Vec<Violation> {
    let mut checker = Checker::new(options);
    let given = triples(selection, options, &mut |item| {
        if let Item::Triple(triple) = item {
            checker.triple(&triple);
        }
        Ok::<(), io::Error>(())
    });
    given.expect("the checker does not fail");
    checker.finish()
}

/// The name of a thing, kept.
pub(crate) type Thing = (Space, String);

/// A value as the checks look at it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Name(Space, String),
    Iri(String),
    Literal { text: String, datatype: &'static str, language: String },
}

impl Value {
    fn of(object: Object<'_>) -> Self {
        let literal =
            |text: &str, datatype, language: String| Self::Literal { text: text.to_owned(), datatype, language };
        match object {
            Object::Name(name) => Self::Name(name.space, name.local.to_owned()),
            Object::Iri(iri) => Self::Iri(iri.to_owned()),
            Object::Text(text, None) => literal(text, "string", String::new()),
            Object::Text(text, Some(language)) => literal(text, "langString", language.to_string()),
            Object::Typed(text, datatype) => literal(text, datatype.as_str(), String::new()),
            Object::Integer(number) => literal(&number.to_string(), "integer", String::new()),
        }
    }

    /// The words, or the local name.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Name(_, text) | Self::Iri(text) | Self::Literal { text, .. } => text,
        }
    }
}

/// Everything that is said of one thing.
pub(crate) struct About {
    pub(crate) subject: Thing,
    pub(crate) values: Vec<(Thing, Value)>,
}

impl About {
    /// The values of a predicate.
    pub(crate) fn of<'a>(&'a self, space: Space, local: &'a str) -> impl Iterator<Item = &'a Value> {
        self.values.iter().filter(move |((s, l), _)| *s == space && l == local).map(|(_, value)| value)
    }

    /// The first value of a predicate of the vocabulary.
    pub(crate) fn relata(&self, local: &str) -> Option<&Value> {
        self.values.iter().find(|((s, l), _)| *s == Space::Relata && l == local).map(|(_, value)| value)
    }

    fn is_a(&self, class: (Space, &str)) -> bool {
        self.of(Space::Rdf, "type").any(|value| matches!(value, Value::Name(s, l) if (*s, l.as_str()) == class))
    }
}

/// Takes triples in the order of the mapping, all of a subject's together, and checks each thing when the next begins.
///
/// Memory grows with the number of entities, documents, statements and facts, not with that of passages or triples.
pub struct Checker {
    shapes: Vec<(Thing, Shape)>,
    iris: Vec<Thing>,
    about: Option<About>,
    /// What is of which class.
    members: BTreeMap<Thing, BTreeSet<Thing>>,
    /// What must turn out to be of a class, and who says so.
    wanted: BTreeMap<(Thing, Thing), String>,
    /// How many statements name each passage that has not come yet.
    named: BTreeMap<String, usize>,
    across: Across,
    violations: Vec<Violation>,
}

impl Checker {
    /// A checker of data under the options' base IRI.
    pub fn new(options: &ExportOptions) -> Self {
        let spaces = Namespaces::new(&options.base_iri);
        let iris: Vec<Thing> = Space::ALL.map(|space| (space, spaces.iri(space).to_owned())).to_vec();
        let shapes = shapes::read(vocabulary::SHAPES, &|iri| name_of(&iris, iri));
        let shapes = shapes.expect("a test reads the shapes that the program carries").into_iter();
        let shapes = shapes.filter_map(|mut shape| Some((shape.target.take()?, shape)));
        Self {
            shapes: shapes.collect(),
            iris,
            about: None,
            members: BTreeMap::new(),
            wanted: BTreeMap::new(),
            named: BTreeMap::new(),
            across: Across::default(),
            violations: Vec::new(),
        }
    }

    /// Takes the next triple.
    pub fn triple(&mut self, triple: &Triple<'_>) {
        let subject: Name<'_> = triple.subject;
        let same = self
            .about
            .as_ref()
            .is_some_and(|about| about.subject.0 == subject.space && about.subject.1 == subject.local);
        if !same {
            self.check();
            self.about = Some(About { subject: (subject.space, subject.local.to_owned()), values: Vec::new() });
        }
        if let Some(about) = &mut self.about {
            let predicate = (triple.predicate.space, triple.predicate.local.to_owned());
            about.values.push((predicate, Value::of(triple.object)));
        }
    }

    /// What is wrong, in a fixed order, nothing twice.
    pub fn finish(mut self) -> Vec<Violation> {
        self.check();
        for ((who, class), by) in std::mem::take(&mut self.wanted) {
            if !self.members.get(&class).is_some_and(|members| members.contains(&who)) {
                self.violations.push(Violation { subject: by, message: format!("{} is no {}", turtle(&who), class.1) });
            }
        }
        for evidence in std::mem::take(&mut self.named).into_keys() {
            let message = "a statement names it, and it is not there".to_owned();
            self.violations.push(Violation { subject: format!("ev:{evidence}"), message });
        }
        self.violations.extend(self.across.finish());
        self.violations.sort_unstable();
        self.violations.dedup();
        self.violations
    }

    /// Checks the thing that is complete now.
    fn check(&mut self) {
        let Some(about) = self.about.take() else { return };
        // Of passages only those are kept that a statement has named and that have not come: there may be millions.
        if about.subject.0 != Space::Evidence && about.subject.0 != Space::Statement {
            for value in about.of(Space::Rdf, "type") {
                if let Value::Name(space, local) = value {
                    self.members.entry((*space, local.clone())).or_default().insert(about.subject.clone());
                }
            }
        }
        let mut found = Vec::new();
        for (target, shape) in &self.shapes {
            if about.is_a((target.0, &target.1)) {
                found.extend(self.faults(&about, shape));
            }
        }
        for value in about.of(Space::Relata, "evidence") {
            *self.named.entry(value.text().to_owned()).or_default() += 1;
        }
        if about.subject.0 == Space::Evidence {
            let named = self.named.remove(&about.subject.1).unwrap_or_default();
            if named != 1 {
                found.push(format!("{named} statements name it: a passage belongs to exactly one statement"));
            }
        }
        let mut wanted = Vec::new();
        for (target, shape) in &self.shapes {
            if about.is_a((target.0, &target.1)) {
                wanted.extend(classes(&about, shape));
            }
        }
        let me = turtle(&about.subject);
        for (who, class) in wanted {
            if !self.members.get(&class).is_some_and(|members| members.contains(&who)) {
                self.wanted.entry((who, class)).or_insert_with(|| me.clone());
            }
        }
        found.extend(self.across.see(&about));
        self.violations.extend(found.into_iter().map(|message| Violation { subject: me.clone(), message }));
    }

    /// What of a shape does not hold.
    fn faults(&self, about: &About, shape: &Shape) -> Vec<String> {
        let mut faults = Vec::new();
        let me = Value::Name(about.subject.0, about.subject.1.clone());
        for constraint in &shape.constraints {
            faults.extend(self.broken(about, &[&me], constraint).map(|fault| format!("it {fault}")));
        }
        for property in &shape.properties {
            faults.extend(self.of_property(about, property));
        }
        let holding = shape.one_of.iter().filter(|all| all.iter().all(|one| self.of_property(about, one).is_none()));
        if let (Some(first), true) = (shape.one_of.first(), holding.count() != 1) {
            let names: Vec<&str> = first.iter().map(|one| one.path.1.as_str()).collect();
            faults.push(format!("{} go together", names.join(" and ")));
        }
        faults
    }

    fn of_property(&self, about: &About, property: &Property) -> Option<String> {
        if property.inverse {
            return None;
        }
        let values: Vec<&Value> = about.of(property.path.0, &property.path.1).collect();
        let broken = property.constraints.iter().find_map(|constraint| self.broken(about, &values, constraint))?;
        Some(match &property.message {
            Some(message) => message.clone(),
            None => format!("{} {broken}", property.path.1),
        })
    }

    /// How a condition is broken, in words that follow the name of the predicate.
    fn broken(&self, about: &About, values: &[&Value], constraint: &Constraint) -> Option<String> {
        let all = |holds: &dyn Fn(&Value) -> bool, words: &str| {
            let wrong = values.iter().find(|value| !holds(value))?;
            Some(format!("{words}: {:?}", wrong.text()))
        };
        let iri = |value: &Value| match value {
            Value::Name(space, local) => {
                let base = self.iris.iter().find(|(known, _)| known == space).map_or("", |(_, iri)| iri.as_str());
                format!("{base}{local}")
            }
            other => other.text().to_owned(),
        };
        let others = |path: &Thing| -> Vec<&Value> {
            about.values.iter().filter(|(predicate, _)| predicate == path).map(|(_, value)| value).collect()
        };
        match constraint {
            Constraint::MinCount(least) => {
                (values.len() < *least).then(|| format!("stands {} times, at least {least} are wanted", values.len()))
            }
            Constraint::MaxCount(most) => {
                (values.len() > *most).then(|| format!("stands {} times, at most {most} are allowed", values.len()))
            }
            Constraint::Datatype(datatypes) => all(
                &|value| matches!(value, Value::Literal { datatype, .. } if datatypes.iter().any(|one| local(one) == *datatype)),
                "has a value of another datatype",
            ),
            Constraint::Iri => all(&|value| !matches!(value, Value::Literal { .. }), "must be an IRI"),
            Constraint::Pattern(pattern) => all(&|value| pattern.is_match(&iri(value)), "has another form"),
            Constraint::In(allowed) => all(&|value| allowed.contains(&iri(value)), "has a value that is not allowed"),
            Constraint::MinLength(least) => all(&|value| value.text().chars().count() >= *least, "is too short"),
            Constraint::MinInclusive(least) => {
                all(&|value| value.text().parse::<i64>().is_ok_and(|number| number >= *least), "is too small")
            }
            Constraint::UniqueLanguage => {
                let in_it = |tag: &str| {
                    let of_it =
                        values.iter().filter(|one| matches!(one, Value::Literal { language, .. } if language == tag));
                    of_it.count()
                };
                let once = |value: &Value| match value {
                    Value::Literal { language, .. } => language.is_empty() || in_it(language) == 1,
                    Value::Name(..) | Value::Iri(_) => true,
                };
                all(&once, "stands twice in one language")
            }
            Constraint::LessThan(path) => all(
                &|value| others(path).iter().all(|other| compare(value, other).is_lt()),
                &format!("is not less than {}", path.1),
            ),
            Constraint::LessThanOrEquals(path) => all(
                &|value| others(path).iter().all(|other| compare(value, other).is_le()),
                &format!("is more than {}", path.1),
            ),
            Constraint::Disjoint(path) => {
                all(&|value| !others(path).contains(&value), &format!("is the same as {}", path.1))
            }
            // References are checked when everything is known.
            Constraint::Class(_) => None,
            Constraint::Qualified { class, pattern, least, most } => {
                let fits = |value: &&&Value| {
                    pattern.as_ref().is_none_or(|pattern| pattern.is_match(&iri(value)))
                        && class.as_ref().is_none_or(|class| self.is_member(value, class))
                };
                let count = values.iter().filter(fits).count();
                (count < *least || most.is_some_and(|most| count > most)).then(|| format!("has {count} such values"))
            }
        }
    }

    fn is_member(&self, value: &Value, class: &Thing) -> bool {
        let Value::Name(space, local) = value else { return false };
        self.members.get(class).is_some_and(|members| members.contains(&(*space, local.clone())))
    }
}

/// The things that a shape wants to be of a class. Passages are counted by name instead.
fn classes(about: &About, shape: &Shape) -> Vec<(Thing, Thing)> {
    let mut wanted = Vec::new();
    for property in shape.properties.iter().filter(|property| !property.inverse) {
        for constraint in &property.constraints {
            let Constraint::Class(class) = constraint else { continue };
            for value in about.of(property.path.0, &property.path.1) {
                match value {
                    Value::Name(Space::Evidence, _) => {}
                    Value::Name(space, local) => wanted.push(((*space, local.clone()), class.clone())),
                    other => wanted.push(((Space::Base, other.text().to_owned()), class.clone())),
                }
            }
        }
    }
    wanted
}

/// Numbers by value, all else as text; dates in ISO 8601 are in order as texts.
fn compare(one: &Value, other: &Value) -> std::cmp::Ordering {
    match (one.text().parse::<i64>(), other.text().parse::<i64>()) {
        (Ok(one), Ok(other)) => one.cmp(&other),
        _ => one.text().cmp(other.text()),
    }
}

fn name_of(iris: &[Thing], iri: &str) -> Option<Thing> {
    let longest =
        iris.iter().filter(|(_, space)| iri.starts_with(space.as_str())).max_by_key(|(_, space)| space.len())?;
    Some((longest.0, iri[longest.1.len()..].to_owned()))
}

fn local(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

fn turtle((space, local): &Thing) -> String {
    space.prefix().map_or_else(|| local.clone(), |prefix| format!("{prefix}:{local}"))
}
