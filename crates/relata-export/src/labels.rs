//! What things are called in the language of an export.

use indexmap::IndexMap;
use relata_graph::{KnowledgeGraph, StatementEdge};
use relata_model::{Entity, EntityId, EntityType, Language, Modality, RelationType, Voice};
use rustc_hash::FxHashMap;

use crate::words::Words;

/// Names of entities, types and statements in one language, else in English, else in whatever there is.
pub(crate) struct Labels<'g> {
    graph: &'g KnowledgeGraph,
    /// What each entity is called: asked for at each end of each statement, where a search would take longer than the writing.
    entities: FxHashMap<&'g EntityId, &'g str>,
    /// The language asked for.
    pub(crate) language: Language,
    /// The fixed words of that language.
    pub(crate) words: &'static Words,
}

impl<'g> Labels<'g> {
    pub(crate) fn new(graph: &'g KnowledgeGraph, language: Language) -> Self {
        let mut labels = Self { graph, entities: FxHashMap::default(), language, words: Words::of(language) };
        labels.entities = graph
            .entities()
            .map(|node| {
                let label = labels.entity(&node.entity).0;
                (&node.entity.id, if label.trim().is_empty() { node.entity.id.as_str() } else { label })
            })
            .collect();
        labels
    }

    /// An entity's name and the language it is in; its id when it has none.
    pub(crate) fn entity<'e>(&self, entity: &'e Entity) -> (&'e str, Option<Language>) {
        self.choose(&entity.labels).unwrap_or((entity.id.as_str(), None))
    }

    /// The name of the entity with that id; the id when it has none or an empty one.
    pub(crate) fn entity_of<'i>(&self, id: &'i EntityId) -> &'i str
    where
        'g: 'i,
    {
        self.entities.get(id).copied().unwrap_or(id.as_str())
    }

    /// What a relation is called.
    pub(crate) fn relation<'r>(&self, relation: &'r RelationType) -> &'r str
    where
        'g: 'r,
    {
        let info = self.graph.schema().relation_info(relation);
        self.choose(&info.labels).map_or(relation.as_str(), |(label, _)| label)
    }

    /// Whether a relation holds both ways.
    pub(crate) fn is_symmetric(&self, relation: &RelationType) -> bool {
        self.graph.schema().relation_info(relation).symmetric
    }

    /// A type and its ancestors, nearest first.
    pub(crate) fn lineage(&self, entity_type: &EntityType) -> Vec<EntityType> {
        self.graph.schema().lineage(entity_type).collect()
    }

    /// What a type of entity is called.
    pub(crate) fn entity_type<'t>(&self, entity_type: &'t EntityType) -> &'t str
    where
        'g: 't,
    {
        let info = self.graph.schema().info(entity_type);
        self.choose(&info.labels).map_or(entity_type.as_str(), |(label, _)| label)
    }

    /// A statement on one line: "German Gref – occupe un poste dans – Sberbank (PDG)".
    pub(crate) fn statement(&self, statement: &StatementEdge) -> String {
        let remarks = [
            statement.role.as_deref(),
            (statement.modality != Modality::Asserted).then(|| self.words.modality(statement.modality)),
            (statement.voice == Voice::Attributed).then_some(self.words.attributed),
        ];
        let subject = self.entity_of(&statement.subject);
        let mut label = String::with_capacity(128);
        label.extend([subject, " – ", self.relation(&statement.relation), " – ", self.entity_of(&statement.object)]);
        let mut opening = " (";
        for remark in remarks.into_iter().flatten() {
            label.extend([opening, remark]);
            opening = ", ";
        }
        if opening == ", " {
            label.push(')');
        }
        label
    }

    /// The label in the language, and which language it is.
    pub(crate) fn choose<'l>(&self, labels: &'l IndexMap<Language, String>) -> Option<(&'l str, Option<Language>)> {
        let known = [self.language, Language::ENGLISH].into_iter().find_map(|language| labels.get_key_value(&language));
        known.or_else(|| labels.first()).map(|(language, label)| (label.as_str(), Some(*language)))
    }
}
