//! Whether an export is what every export must be: the SHACL shapes, checked by the program itself in one pass.
//!
//! The Core shapes are read from `shapes.ttl`, the file that validators read too. Those in SPARQL are written again in
//! `across`, because a query engine would take minutes where this takes seconds; a test breaks graphs in the ways that the
//! queries forbid and compares.

mod about;
mod across;
mod members;
mod shapes;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::io;

use relata_graph::Selection;

use crate::names::{Namespaces, Space};
use crate::rdf::{Item, Triple, triples};
use crate::{ExportOptions, vocabulary};
use about::{About, Predicate, Value};
use across::Across;
use members::Members;
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
type Thing = (Space, String);

/// Takes triples in the order of the mapping, all of a subject's together, and checks each thing when the next begins.
///
/// Memory grows with the number of entities, documents, statements and facts, not with that of passages or triples.
pub struct Checker {
    shapes: Vec<(Thing, Shape)>,
    iris: Vec<Thing>,
    about: About,
    members: Members,
    /// How many statements name each passage that has not come yet.
    named: HashMap<String, usize>,
    across: Across,
    violations: Vec<Violation>,
}

impl Checker {
    /// A checker of data under the options' base IRI.
    pub fn new(options: &ExportOptions) -> Self {
        let spaces = Namespaces::new(&options.base_iri);
        let iris: Vec<Thing> = Space::ALL.map(|space| (space, spaces.iri(space).to_owned())).to_vec();
        let read = shapes::read(vocabulary::SHAPES, &|iri| name_of(&iris, iri));
        let (shapes, predicates) = read.expect("a test reads the shapes that the program carries");
        let shapes = shapes.into_iter().filter_map(|mut shape| Some((shape.target.take()?, shape)));
        let shapes: Vec<(Thing, Shape)> = shapes.collect();
        Self {
            members: Members::of_classes_in(&shapes),
            shapes,
            iris,
            about: About::new(predicates),
            named: HashMap::new(),
            across: Across::default(),
            violations: Vec::new(),
        }
    }

    /// Takes the next triple.
    pub fn triple(&mut self, triple: &Triple<'_>) {
        if self.about.subject() != (triple.subject.space, triple.subject.local) {
            self.check();
            self.about.begin(triple.subject);
        }
        self.about.add(triple);
    }

    /// What is wrong, in a fixed order, nothing twice.
    pub fn finish(mut self) -> Vec<Violation> {
        self.check();
        self.violations.extend(self.members.missing());
        let unnamed = std::mem::take(&mut self.named).into_keys().map(|evidence| {
            let message = "a statement names it, and it is not there".to_owned();
            Violation { subject: format!("ev:{evidence}"), message }
        });
        self.violations.extend(unnamed);
        self.violations.extend(self.across.finish());
        self.violations.sort_unstable();
        self.violations.dedup();
        self.violations
    }

    /// Checks the thing that is complete now.
    fn check(&mut self) {
        if self.about.is_empty() {
            return;
        }
        let about = &self.about;
        let (space, local) = about.subject();
        self.members.add(about);
        let mut found = Vec::new();
        for (_, shape) in self.shapes.iter().filter(|(target, _)| about.is_a(target)) {
            found.extend(self.faults(about, shape));
        }
        for value in about.of(Space::Relata, "evidence") {
            *self.named.entry(value.text().to_owned()).or_default() += 1;
        }
        if space == Space::Evidence {
            let named = self.named.remove(local).unwrap_or_default();
            if named != 1 {
                found.push(format!("{named} statements name it: a passage belongs to exactly one statement"));
            }
        }
        for (_, shape) in self.shapes.iter().filter(|(target, _)| about.is_a(target)) {
            self.members.want(about, shape);
        }
        found.extend(self.across.see(about));
        if !found.is_empty() {
            let me = turtle(space, local);
            self.violations.extend(found.into_iter().map(|message| Violation { subject: me.clone(), message }));
        }
    }

    /// What of a shape does not hold.
    fn faults(&self, about: &About, shape: &Shape) -> Vec<String> {
        let mut faults = Vec::new();
        let (space, local) = about.subject();
        let me = std::iter::once(Value::Name(space, local));
        for constraint in &shape.constraints {
            faults.extend(self.broken(about, me.clone(), constraint).map(|fault| format!("it {fault}")));
        }
        for property in &shape.properties {
            faults.extend(self.of_property(about, property));
        }
        let holding = shape.one_of.iter().filter(|all| all.iter().all(|one| self.of_property(about, one).is_none()));
        if let (Some(first), true) = (shape.one_of.first(), holding.count() != 1) {
            let names: Vec<&str> = first.iter().map(|one| about.predicates.local(one.path)).collect();
            faults.push(format!("{} go together", names.join(" and ")));
        }
        faults
    }

    fn of_property(&self, about: &About, property: &Property) -> Option<String> {
        if property.inverse {
            return None;
        }
        let values = about.with(property.path);
        let broken =
            property.constraints.iter().find_map(|constraint| self.broken(about, values.clone(), constraint))?;
        Some(match &property.message {
            Some(message) => message.clone(),
            None => format!("{} {broken}", about.predicates.local(property.path)),
        })
    }

    /// How a condition is broken, in words that follow the name of the predicate.
    fn broken<'a>(
        &self,
        about: &'a About,
        values: impl Iterator<Item = Value<'a>> + Clone,
        constraint: &Constraint,
    ) -> Option<String> {
        let all = |holds: &dyn Fn(Value<'a>) -> bool, words: &str| {
            let wrong = values.clone().find(|value| !holds(*value))?;
            Some(format!("{words}: {:?}", wrong.text()))
        };
        let iri = |value: Value<'a>| match value {
            Value::Name(space, local) => Cow::Owned(format!("{}{local}", self.iris[space as usize].1)),
            other => Cow::Borrowed(other.text()),
        };
        let others = |path: Predicate| about.with(path);
        let count = || values.clone().count();
        match constraint {
            Constraint::MinCount(least) => {
                (count() < *least).then(|| format!("stands {} times, at least {least} are wanted", count()))
            }
            Constraint::MaxCount(most) => {
                (count() > *most).then(|| format!("stands {} times, at most {most} are allowed", count()))
            }
            Constraint::Datatype(datatypes) => all(
                &|value| matches!(value, Value::Literal { datatype, .. } if datatypes.iter().any(|one| one == datatype)),
                "has a value of another datatype",
            ),
            Constraint::Iri => all(&|value| !matches!(value, Value::Literal { .. }), "must be an IRI"),
            Constraint::Pattern(pattern) => all(&|value| pattern.is_match(&iri(value)), "has another form"),
            Constraint::In(allowed) => {
                all(&|value| allowed.iter().any(|one| *one == iri(value)), "has a value that is not allowed")
            }
            Constraint::MinLength(least) => all(&|value| value.text().chars().count() >= *least, "is too short"),
            Constraint::MinInclusive(least) => {
                all(&|value| value.text().parse::<i64>().is_ok_and(|number| number >= *least), "is too small")
            }
            Constraint::UniqueLanguage => {
                let in_it = |tag| {
                    let is_in_it = |one: &Value<'_>| matches!(one, Value::Literal { language, .. } if *language == tag);
                    values.clone().filter(is_in_it).count()
                };
                let once = |value: Value<'a>| match value {
                    Value::Literal { language, .. } => language.is_none() || in_it(language) == 1,
                    Value::Name(..) | Value::Iri(_) => true,
                };
                all(&once, "stands twice in one language")
            }
            Constraint::LessThan(path) => all(
                &|value| others(*path).all(|other| compare(value, other).is_lt()),
                &format!("is not less than {}", about.predicates.local(*path)),
            ),
            Constraint::LessThanOrEquals(path) => all(
                &|value| others(*path).all(|other| compare(value, other).is_le()),
                &format!("is more than {}", about.predicates.local(*path)),
            ),
            Constraint::Disjoint(path) => {
                let words = format!("is the same as {}", about.predicates.local(*path));
                all(&|value| others(*path).all(|other| other != value), &words)
            }
            // References are checked when everything is known.
            Constraint::Class(_) => None,
            Constraint::Qualified { class, pattern, least, most } => {
                let fits = |value: &Value<'a>| {
                    pattern.as_ref().is_none_or(|pattern| pattern.is_match(&iri(*value)))
                        && class.as_ref().is_none_or(|class| self.members.has(*value, class))
                };
                let count = values.filter(fits).count();
                (count < *least || most.is_some_and(|most| count > most)).then(|| format!("has {count} such values"))
            }
        }
    }
}

/// Numbers by value, all else as text; dates in ISO 8601 are in order as texts.
fn compare(one: Value<'_>, other: Value<'_>) -> std::cmp::Ordering {
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

fn turtle(space: Space, local: &str) -> String {
    space.prefix().map_or_else(|| local.to_owned(), |prefix| format!("{prefix}:{local}"))
}
