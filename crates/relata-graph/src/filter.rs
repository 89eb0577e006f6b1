//! What part of a graph is asked for.

use relata_model::{Date, EntityId, EntityType, Modality, RelationType};

use crate::{KnowledgeGraph, SourceDocument, StatementEdge};

/// Which entities and statements to keep; an empty part keeps all.
///
/// Statements are kept or cut whole: a period, for one, asks for statements that some document of that time makes, and
/// keeps their other passages too, so that voice, role, amount and time stay what they are in the whole graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only what is near one of these entities, which are always kept.
    pub focus: Vec<EntityId>,
    /// How many statements away from the focus; 0 counts as 1.
    pub hops: usize,
    /// Only the heaviest entities.
    pub top: Option<usize>,
    /// Only entities of these types and their subtypes, at both ends.
    pub entity_types: Vec<EntityType>,
    /// Only these predicates.
    pub relations: Vec<RelationType>,
    /// Only these modalities.
    pub modalities: Vec<Modality>,
    /// Only what a document asserts in its own voice.
    pub facts_only: bool,
    /// Only statements that at least so many documents make.
    pub min_documents: usize,
    /// Only statements that have at least so many origins.
    pub min_origins: usize,
    /// Only statements that a document of this day or later makes; documents without a date do not count.
    pub since: Option<Date>,
    /// Only statements that a document of this day or earlier makes; documents without a date do not count.
    pub until: Option<Date>,
}

impl Filter {
    /// Whether nothing is asked, so that everything stays.
    pub fn keeps_all(&self) -> bool {
        let Self { hops, min_documents, min_origins, .. } = *self;
        min_documents <= 1 && min_origins <= 1 && *self == Self { hops, min_documents, min_origins, ..Self::default() }
    }

    pub(crate) fn admits_relation(&self, statement: &StatementEdge) -> bool {
        self.relations.is_empty() || self.relations.contains(&statement.relation)
    }

    pub(crate) fn admits_modality(&self, statement: &StatementEdge) -> bool {
        (self.modalities.is_empty() || self.modalities.contains(&statement.modality))
            && (!self.facts_only || statement.is_fact())
    }

    pub(crate) fn admits_period(&self, statement: &StatementEdge) -> bool {
        (self.since.is_none() && self.until.is_none())
            || statement.evidence.iter().any(|evidence| self.in_period(&evidence.document))
    }

    /// Dates known to the month or year count as soon as one of their days does.
    fn in_period(&self, document: &SourceDocument) -> bool {
        document.date.is_some_and(|date| {
            self.since.is_none_or(|since| date.last_day() >= since.first_day())
                && self.until.is_none_or(|until| date.first_day() <= until.last_day())
        })
    }

    pub(crate) fn admits_entity(&self, graph: &KnowledgeGraph, id: &EntityId, entity_type: &EntityType) -> bool {
        self.entity_types.is_empty()
            || self.focus.contains(id)
            || self.entity_types.iter().any(|wider| graph.schema.is_a(entity_type, wider))
    }
}
