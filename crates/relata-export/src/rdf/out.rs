//! Triples on their way out: sections, the usual ways of saying things, the names everything has.

use std::io;

use relata_model::{EntityId, EntityType, Language, RelationType};

use super::term::{Name, Object, Triple};
use crate::names::{SHIPPED_ENTITY_TYPES, SHIPPED_RELATION_TYPES, Space};
use crate::text::clean;

/// The parts of an export, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The dataset and the run that made it.
    Dataset,
    /// The documents, without their texts.
    Documents,
    /// Entity types and relation types in use.
    Types,
    /// The entities, each with its direct triples.
    Entities,
    /// The statements, each followed by its evidence.
    Statements,
    /// The rules that read them.
    Rules,
}

/// What the mapping gives: triples, grouped by subject, in sections.
#[derive(Clone, Copy, Debug)]
pub enum Item<'a> {
    /// What follows belongs to this part; given also for an empty part.
    Section(Section),
    /// What follows belongs to the graph of this name, up to the next graph; `None`: to the default graph. Given only
    /// where a graph a document is asked for.
    Graph(Option<Name<'a>>),
    /// A triple.
    Triple(Triple<'a>),
    /// What a statement says, as RDF 1.2 has it; instead of `rdf:subject`, `rdf:predicate` and `rdf:object`.
    Reifies(Reifies<'a>),
}

/// A statement and the triple it speaks of, which it does not assert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reifies<'a> {
    /// The statement.
    pub statement: Name<'a>,
    /// Subject of the triple it speaks of.
    pub subject: Name<'a>,
    /// Predicate of that triple.
    pub predicate: Name<'a>,
    /// Object of that triple.
    pub object: Name<'a>,
}

/// Where the mapping's items go.
pub(super) type Sink<'s> = &'s mut dyn FnMut(Item<'_>) -> io::Result<()>;

/// Where the triples go, with the usual ways of saying them.
pub(super) struct Out<'s> {
    pub(super) sink: Sink<'s>,
}

impl Out<'_> {
    pub(super) fn section(&mut self, section: Section) -> io::Result<()> {
        (self.sink)(Item::Section(section))
    }

    pub(super) fn graph(&mut self, name: Option<Name<'_>>) -> io::Result<()> {
        (self.sink)(Item::Graph(name))
    }

    pub(super) fn say(&mut self, subject: Name<'_>, predicate: Name<'_>, object: Object<'_>) -> io::Result<()> {
        (self.sink)(Item::Triple(Triple { subject, predicate, object }))
    }

    pub(super) fn name(&mut self, subject: Name<'_>, predicate: Name<'_>, object: Name<'_>) -> io::Result<()> {
        self.say(subject, predicate, Object::Name(object))
    }

    pub(super) fn a(&mut self, subject: Name<'_>, class: Name<'_>) -> io::Result<()> {
        self.name(subject, Name::new(Space::Rdf, "type"), class)
    }

    pub(super) fn text(
        &mut self,
        subject: Name<'_>,
        predicate: Name<'_>,
        text: &str,
        language: Option<Language>,
    ) -> io::Result<()> {
        self.say(subject, predicate, Object::Text(&clean(text), language))
    }

    /// An IRI where the text is a valid one, else the text.
    pub(super) fn iri_or_text(&mut self, subject: Name<'_>, predicate: Name<'_>, text: &str) -> io::Result<()> {
        match oxiri::Iri::parse(text) {
            Ok(iri) => self.say(subject, predicate, Object::Iri(iri.as_str())),
            Err(_) => self.text(subject, predicate, text, None),
        }
    }
}

pub(super) fn relata(local: &str) -> Name<'_> {
    Name::new(Space::Relata, local)
}

pub(super) fn schema_org(local: &str) -> Name<'_> {
    Name::new(Space::Schema, local)
}

pub(super) const LABEL: Name<'_> = Name { space: Space::Rdfs, local: "label" };

pub(super) fn type_name(entity_type: &EntityType) -> Name<'_> {
    let shipped = SHIPPED_ENTITY_TYPES.contains(&entity_type.as_str());
    Name::new(if shipped { Space::Relata } else { Space::OwnType }, entity_type.as_str())
}

pub(super) fn relation_name(relation: &RelationType) -> Name<'_> {
    let shipped = SHIPPED_RELATION_TYPES.contains(&relation.as_str());
    Name::new(if shipped { Space::Rel } else { Space::OwnRelation }, relation.as_str())
}

pub(super) fn entity_name(id: &EntityId) -> Name<'_> {
    Name::new(Space::Entity, id.as_str())
}
