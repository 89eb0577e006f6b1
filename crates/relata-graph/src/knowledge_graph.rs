//! The graph: entities, what is said between them, and the documents that say it.

use std::collections::BTreeMap;
use std::sync::Arc;

use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use relata_model::{
    Agency, Date, DocumentName, Entity, EntityId, EvidenceRecord, Language, Modality, Period, RelationType, Schema,
    Voice,
};

/// Entities and the statements between them, with every passage that says one.
///
/// Everything comes in a fixed order: entities by id, statements by subject, relation, object and modality, evidence by
/// document and place. Made by [`KnowledgeGraph::merge`].
#[derive(Clone, Debug)]
pub struct KnowledgeGraph {
    pub(crate) schema: Schema,
    pub(crate) documents: Vec<Arc<SourceDocument>>,
    /// Nodes were added by id and edges by statement, so petgraph's own order is the order of every export.
    pub(crate) graph: DiGraph<EntityNode, StatementEdge>,
    /// By the nodes of both, the smaller first.
    pub(crate) co_occurrences: Vec<((NodeIndex, NodeIndex), CoOccurrence)>,
}

/// An entity and how often it is named.
#[derive(Clone, Debug)]
pub struct EntityNode {
    /// The entity with its names.
    pub entity: Entity,
    /// How many times it is mentioned.
    pub mentions: usize,
    /// How many documents mention it, speak of it or make it responsible for a claim.
    pub documents: usize,
    /// How many statements it is an end of.
    pub statements: usize,
}

/// One subject, relation, object and modality, as one or more documents say it.
#[derive(Clone, Debug)]
pub struct StatementEdge {
    /// Who or what it is about.
    pub subject: EntityId,
    /// How the two are related.
    pub relation: RelationType,
    /// The other end; after the subject in code-point order when the relation is symmetric.
    pub object: EntityId,
    /// As what it is told.
    pub modality: Modality,
    /// The document's own as soon as one passage is.
    pub voice: Voice,
    /// The words of the post, where the passages of this voice agree.
    pub role: Option<String>,
    /// The sum, where the passages of this voice agree.
    pub amount: Option<LiftedAmount>,
    /// The period, where the passages of this voice agree.
    pub time: Option<Period>,
    /// How many documents say it.
    pub documents: usize,
    /// How many of them say it independently: near-copies, copies of one agency and those who write the very same sentence
    /// count once.
    pub origins: usize,
    /// Never empty; by document, place and rule, no two alike.
    pub evidence: Vec<SourcedEvidence>,
}

impl StatementEdge {
    /// Whether a document asserts it in its own voice: the only statements that become direct triples.
    pub fn is_fact(&self) -> bool {
        self.modality == Modality::Asserted && self.voice == Voice::Own
    }

    /// The passage to show when there is room for one: the first of the statement's own voice.
    pub fn best_evidence(&self) -> &SourcedEvidence {
        let of_its_voice = self.evidence.iter().find(|evidence| evidence.voice() == self.voice);
        of_its_voice.expect("the statement has the voice of one of its passages")
    }
}

/// A sum as it stands on a statement: equal sums are equal texts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LiftedAmount {
    /// Canonical decimal: `12000000000`, `0.92`.
    pub value: String,
    /// ISO 4217 code for money, else the unit's symbol or the counted word.
    pub unit: String,
}

/// A passage and the document it stands in.
#[derive(Clone, Debug)]
pub struct SourcedEvidence {
    /// Where it stands.
    pub document: Arc<SourceDocument>,
    /// What it says, as the extraction record gives it.
    pub record: EvidenceRecord,
}

impl SourcedEvidence {
    /// Who speaks in this passage.
    pub fn voice(&self) -> Voice {
        if self.record.attributed_to.is_none() { Voice::Own } else { Voice::Attributed }
    }
}

/// What is known of a document once its text is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceDocument {
    /// Path below the folder that was read.
    pub name: DocumentName,
    /// SHA-256 of the text, 64 hexadecimal digits.
    pub digest: String,
    /// Length of the text in code points.
    pub length: u32,
    /// Language of the text, where known.
    pub language: Option<Language>,
    /// Headline.
    pub title: Option<String>,
    /// Date of publication, to the precision known.
    pub date: Option<Date>,
    /// Where it was published.
    pub url: Option<String>,
    /// The agency that the text names as its source.
    pub agency: Option<Agency>,
    /// The first document by name that is nearly the same text, where that is another.
    pub copy_of: Option<DocumentName>,
    /// Which entities it names, by id.
    pub entities: Vec<EntityId>,
}

/// How often two entities stand in one sentence: a hint where to look, never a relation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CoOccurrence {
    /// In how many sentences.
    pub sentences: usize,
    /// In how many documents.
    pub documents: usize,
}

impl KnowledgeGraph {
    /// The types of entities and relations of this graph.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The documents, by name.
    pub fn documents(&self) -> &[Arc<SourceDocument>] {
        &self.documents
    }

    /// The entities, by id.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = &EntityNode> {
        let nodes = self.graph.raw_nodes().iter();
        nodes.map(|node| &node.weight)
    }

    /// The statements, by subject, relation, object and modality.
    pub fn statements(&self) -> impl ExactSizeIterator<Item = &StatementEdge> {
        let edges = self.graph.raw_edges().iter();
        edges.map(|edge| &edge.weight)
    }

    /// The entity of that id, when a document names it.
    pub fn entity(&self, id: &EntityId) -> Option<&EntityNode> {
        self.node_index(id).map(|index| &self.graph[index])
    }

    /// The statements with `id` at one end, in the order of all statements.
    pub fn statements_of(&self, id: &EntityId) -> Vec<&StatementEdge> {
        let Some(index) = self.node_index(id) else { return Vec::new() };
        let mut edges: Vec<_> = self
            .graph
            .edges_directed(index, petgraph::Outgoing)
            .chain(self.graph.edges_directed(index, petgraph::Incoming))
            .map(|edge| edge.id())
            .collect();
        edges.sort_unstable();
        edges.dedup();
        edges.into_iter().map(|edge| &self.graph[edge]).collect()
    }

    /// The statements between two entities, whichever is the subject, in the order of all statements.
    pub fn statements_between(&self, one: &EntityId, other: &EntityId) -> Vec<&StatementEdge> {
        let mut statements = self.statements_of(one);
        statements.retain(|statement| statement.subject == *other || statement.object == *other);
        statements
    }

    /// Entities by weight: number of documents, then of statements, then of mentions, then by id.
    pub fn ranking(&self) -> Vec<&EntityNode> {
        let mut ranked: Vec<&EntityNode> = self.entities().collect();
        ranked.sort_by(|a, b| {
            (b.documents, b.statements, b.mentions)
                .cmp(&(a.documents, a.statements, a.mentions))
                .then_with(|| a.entity.id.cmp(&b.entity.id))
        });
        ranked
    }

    /// How often two entities stand in one sentence.
    pub fn co_occurrence(&self, one: &EntityId, other: &EntityId) -> CoOccurrence {
        let (Some(one), Some(other)) = (self.node_index(one), self.node_index(other)) else {
            return CoOccurrence::default();
        };
        let key = (one.min(other), one.max(other));
        let place = self.co_occurrences.binary_search_by_key(&key, |(pair, _)| *pair);
        place.map_or_else(|_| CoOccurrence::default(), |place| self.co_occurrences[place].1)
    }

    /// Every pair of entities that stands in one sentence, each pair once, its ends and the pairs in code-point order.
    pub fn co_occurrences(&self) -> impl Iterator<Item = (&EntityId, &EntityId, CoOccurrence)> {
        let id = |index: NodeIndex| &self.graph[index].entity.id;
        self.co_occurrences.iter().map(move |((one, other), count)| (id(*one), id(*other), *count))
    }

    /// The language most documents are in; of two as frequent, the first in code-point order of their tags.
    pub fn main_language(&self) -> Option<Language> {
        let mut counts: BTreeMap<Language, usize> = BTreeMap::new();
        for language in self.documents.iter().filter_map(|document| document.language) {
            *counts.entry(language).or_default() += 1;
        }
        counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0))).map(|(language, _)| language)
    }

    pub(crate) fn node_index(&self, id: &EntityId) -> Option<NodeIndex> {
        let nodes = self.graph.raw_nodes();
        let place = nodes.binary_search_by(|node| node.weight.entity.id.cmp(id)).ok()?;
        Some(NodeIndex::new(place))
    }
}
