//! Everything that an export says of one thing, in memory that is used again for the next.

use std::fmt::Write as _;
use std::ops::Range;

use relata_model::Language;

use super::Thing;
use crate::names::Space;
use crate::rdf::{Name, Object, Triple};

/// A value as the checks look at it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Name(Space, &'a str),
    Iri(&'a str),
    Literal { text: &'a str, datatype: &'static str, language: Option<Language> },
}

impl<'a> Value<'a> {
    /// The words, or the local name.
    pub(super) fn text(self) -> &'a str {
        match self {
            Self::Name(_, text) | Self::Iri(text) | Self::Literal { text, .. } => text,
        }
    }
}

/// The number of a predicate among the [`Predicates`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Predicate(usize);

/// The predicates that were seen, each with a number, so that a value need not keep its name.
#[derive(Debug, Default)]
pub(super) struct Predicates {
    names: Vec<Thing>,
    /// The numbers of those in each namespace, in the order of [`Space::ALL`].
    by_space: [Vec<usize>; Space::ALL.len()],
}

impl Predicates {
    /// The number of a predicate, if it was seen.
    fn known(&self, space: Space, local: &str) -> Option<Predicate> {
        let numbers = self.by_space[space as usize].iter();
        numbers.copied().find(|&number| self.names[number].1 == local).map(Predicate)
    }

    /// The number of a predicate.
    pub(super) fn number(&mut self, space: Space, local: &str) -> Predicate {
        self.known(space, local).unwrap_or_else(|| {
            self.names.push((space, local.to_owned()));
            let number = self.names.len() - 1;
            self.by_space[space as usize].push(number);
            Predicate(number)
        })
    }

    /// Its local name.
    pub(super) fn local(&self, predicate: Predicate) -> &str {
        &self.names[predicate.0].1
    }
}

/// Everything that is said of one thing.
#[derive(Debug)]
pub(super) struct About {
    subject: Thing,
    pub(super) predicates: Predicates,
    values: Vec<(Predicate, Kept)>,
    /// The texts of the values, one behind the other.
    texts: String,
}

/// What kind of value has its text where.
#[derive(Clone, Debug)]
struct Kept {
    kind: Kind,
    text: Range<usize>,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Name(Space),
    Iri,
    Literal(&'static str, Option<Language>),
}

impl About {
    /// Nothing said of anything yet.
    pub(super) fn new(predicates: Predicates) -> Self {
        Self { subject: (Space::Base, String::new()), predicates, values: Vec::new(), texts: String::new() }
    }

    /// Forgets what was said, to begin with another thing.
    pub(super) fn begin(&mut self, subject: Name<'_>) {
        self.subject.0 = subject.space;
        self.subject.1.clear();
        self.subject.1.push_str(subject.local);
        self.values.clear();
        self.texts.clear();
    }

    /// Takes what a triple says of the thing.
    pub(super) fn add(&mut self, triple: &Triple<'_>) {
        let predicate = self.predicates.number(triple.predicate.space, triple.predicate.local);
        let start = self.texts.len();
        let (kind, text) = match triple.object {
            Object::Name(name) => (Kind::Name(name.space), name.local),
            Object::Iri(iri) => (Kind::Iri, iri),
            Object::Text(text, None) => (Kind::Literal("string", None), text),
            Object::Text(text, language) => (Kind::Literal("langString", language), text),
            Object::Typed(text, datatype) => (Kind::Literal(datatype.as_str(), None), text),
            Object::Integer(number) => {
                write!(self.texts, "{number}").expect("writing to a string");
                (Kind::Literal("integer", None), "")
            }
        };
        self.texts.push_str(text);
        self.values.push((predicate, Kept { kind, text: start..self.texts.len() }));
    }

    /// Whether nothing was said.
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// What it is about.
    pub(super) fn subject(&self) -> (Space, &str) {
        (self.subject.0, &self.subject.1)
    }

    /// The predicates and values in their order.
    pub(super) fn values(&self) -> impl Iterator<Item = (&Thing, Value<'_>)> {
        self.values.iter().map(|(predicate, kept)| (&self.predicates.names[predicate.0], self.value(kept)))
    }

    /// The values of a predicate.
    pub(super) fn with(&self, predicate: Predicate) -> impl Iterator<Item = Value<'_>> + Clone {
        self.values.iter().filter(move |(other, _)| *other == predicate).map(|(_, kept)| self.value(kept))
    }

    /// The values of a predicate by its name.
    pub(super) fn of(&self, space: Space, local: &str) -> impl Iterator<Item = Value<'_>> + Clone {
        self.predicates.known(space, local).into_iter().flat_map(|predicate| self.with(predicate))
    }

    /// The first value of a predicate of the vocabulary.
    pub(super) fn relata(&self, local: &str) -> Option<Value<'_>> {
        self.of(Space::Relata, local).next()
    }

    /// Whether it is of a class.
    pub(super) fn is_a(&self, (space, local): &Thing) -> bool {
        self.of(Space::Rdf, "type").any(|value| value == Value::Name(*space, local))
    }

    fn value(&self, kept: &Kept) -> Value<'_> {
        let text = &self.texts[kept.text.clone()];
        match kept.kind {
            Kind::Name(space) => Value::Name(space, text),
            Kind::Iri => Value::Iri(text),
            Kind::Literal(datatype, language) => Value::Literal { text, datatype, language },
        }
    }
}
