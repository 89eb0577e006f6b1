//! Extraction records to one graph.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;
use petgraph::graph::{DiGraph, NodeIndex};
use relata_model::record::agreed;
use relata_model::schema::UnknownType;
use relata_model::{
    DocumentName, Entity, EntityId, EvidenceRecord, ExtractionRecord, Modality, RelationType, Schema, Sketch,
    StatementRecord, Voice,
};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::copies::{count_origins, near_copies};
use crate::knowledge_graph::{CoOccurrence, SourceDocument};
use crate::{EntityNode, KnowledgeGraph, LiftedAmount, SourcedEvidence, StatementEdge, canonical_decimal};

/// Records that cannot stand in one graph.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// Two texts under one name.
    #[error(
        "two different documents are called \"{document}\" (SHA-256 {first} and {second}): rename one, or rebuild the older build"
    )]
    TwoTexts {
        /// The name.
        document: String,
        /// The smaller of the two digests.
        first: String,
        /// The greater.
        second: String,
    },
    /// One text read in two ways: by other versions, rules or gazetteers.
    #[error(
        "\"{document}\" was extracted twice with different results (other rules, gazetteers or versions): rebuild the older build"
    )]
    TwoReadings {
        /// The document.
        document: String,
    },
    /// A record names an entity that no gazetteer gives.
    #[error(
        "\"{document}\" names the entity \"{entity}\", which no gazetteer has: give the gazetteer it was built with"
    )]
    UnknownEntity {
        /// The document.
        document: String,
        /// The id it gives.
        entity: String,
    },
    /// A record holds a relation that the schema does not declare.
    #[error("\"{document}\": {unknown}")]
    UnknownRelation {
        /// The document.
        document: String,
        /// What is not declared.
        unknown: UnknownType,
    },
    /// A record claims something without a passage that says it.
    #[error("\"{document}\" states \"{subject} {predicate} {object}\" without evidence: rebuild it")]
    NoEvidence {
        /// The document.
        document: String,
        /// Its subject.
        subject: String,
        /// Its predicate.
        predicate: String,
        /// Its object.
        object: String,
    },
}

impl KnowledgeGraph {
    /// One graph out of the records of many documents.
    ///
    /// The order of the records does not matter, and a record given twice counts once, so builds can be merged in any
    /// order and grouping. `entities` gives the entity of an id.
    ///
    /// # Errors
    /// When two records contradict each other or use what neither `entities` nor `schema` knows; the first such fault in the
    /// order of document names.
    pub fn merge(
        records: impl IntoIterator<Item = ExtractionRecord>,
        entities: impl Fn(&str) -> Option<Entity>,
        schema: &Schema,
    ) -> Result<Self, MergeError> {
        let mut draft = GraphDraft::new(schema, entities);
        for record in unite(records)?.into_values() {
            draft.add(record)?;
        }
        Ok(draft.finish())
    }
}

/// The records by document name, each once.
fn unite(
    records: impl IntoIterator<Item = ExtractionRecord>,
) -> Result<BTreeMap<String, ExtractionRecord>, MergeError> {
    let mut united: BTreeMap<String, ExtractionRecord> = BTreeMap::new();
    let mut faults: BTreeMap<String, MergeError> = BTreeMap::new();
    for record in records {
        let Some(other) = united.get(&record.doc) else {
            united.insert(record.doc.clone(), record);
            continue;
        };
        if *other == record {
            continue;
        }
        let fault = twice(record.doc.clone(), &other.sha256, &record.sha256);
        faults.entry(record.doc).or_insert(fault);
    }
    match faults.into_values().next() {
        Some(fault) => Err(fault),
        None => Ok(united),
    }
}

/// What is wrong with two records of one name that are not the same.
fn twice(document: String, one: &str, other: &str) -> MergeError {
    if one == other {
        return MergeError::TwoReadings { document };
    }
    MergeError::TwoTexts { document, first: one.min(other).to_owned(), second: one.max(other).to_owned() }
}

/// A graph to which documents are added one at a time, in any order, so that only one record is in memory beside it.
///
/// What it holds grows with the passages and not with the texts or the mentions.
#[derive(Debug)]
pub struct GraphDraft<'s, E> {
    schema: &'s Schema,
    entities: E,
    documents: BTreeMap<DocumentName, Arc<SourceDocument>>,
    sketches: BTreeMap<DocumentName, Sketch>,
    nodes: IndexMap<String, EntityNode, FxBuildHasher>,
    /// Numbers are places in `nodes`.
    edges: IndexMap<(usize, RelationType, usize, Modality), Vec<SourcedEvidence>, FxBuildHasher>,
    pairs: FxHashMap<(usize, usize), CoOccurrence>,
}

impl<'s, E: Fn(&str) -> Option<Entity>> GraphDraft<'s, E> {
    /// An empty graph; `entities` gives the entity of an id.
    pub fn new(schema: &'s Schema, entities: E) -> Self {
        Self {
            schema,
            entities,
            documents: BTreeMap::new(),
            sketches: BTreeMap::new(),
            nodes: IndexMap::default(),
            edges: IndexMap::default(),
            pairs: FxHashMap::default(),
        }
    }

    /// Adds what was found in one document.
    ///
    /// # Errors
    /// When a document of that name was added already, be it the same, or the record uses what neither the entities nor the
    /// schema know.
    pub fn add(&mut self, record: ExtractionRecord) -> Result<(), MergeError> {
        let name = DocumentName::new(&record.doc);
        if let Some(other) = self.documents.get(&name) {
            return Err(twice(record.doc, &other.digest, &record.sha256));
        }
        let mut named = BTreeSet::new();
        let mut sentences: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
        for mention in &record.mentions {
            let node = self.node(&record.doc, &mention.entity)?;
            self.nodes[node].mentions += 1;
            named.insert(node);
            sentences.entry(mention.sentence).or_default().insert(node);
        }
        let mut spoken_of = named.clone();
        for statement in &record.statements {
            let sources = statement.evidence.iter().filter_map(|one| one.attributed_to.as_ref()?.entity.as_deref());
            for id in [statement.subject.as_str(), statement.object.as_str()].into_iter().chain(sources) {
                spoken_of.insert(self.node(&record.doc, id)?);
            }
        }
        for node in spoken_of {
            self.nodes[node].documents += 1;
        }
        count_pairs(&sentences, &mut self.pairs);
        let mut entities: Vec<EntityId> = named.iter().map(|&node| self.nodes[node].entity.id.clone()).collect();
        entities.sort_unstable();
        let document = Arc::new(SourceDocument {
            name: name.clone(),
            digest: record.sha256,
            length: record.length,
            language: record.lang,
            title: record.title,
            date: record.date,
            url: record.url,
            agency: record.agency,
            copy_of: None,
            entities,
        });
        self.sketches.extend(record.sketch.map(|sketch| (name.clone(), sketch)));
        for statement in record.statements {
            self.add_statement(&document, statement)?;
        }
        self.documents.insert(name, document);
        Ok(())
    }

    fn node(&mut self, document: &str, id: &str) -> Result<usize, MergeError> {
        if let Some(place) = self.nodes.get_index_of(id) {
            return Ok(place);
        }
        let entity = (self.entities)(id)
            .ok_or_else(|| MergeError::UnknownEntity { document: document.to_owned(), entity: id.to_owned() })?;
        let node = EntityNode { entity, mentions: 0, documents: 0, statements: 0 };
        Ok(self.nodes.insert_full(id.to_owned(), node).0)
    }

    fn add_statement(&mut self, document: &Arc<SourceDocument>, record: StatementRecord) -> Result<(), MergeError> {
        let name = || document.name.to_string();
        let relation = self
            .schema
            .relation_type(&record.predicate)
            .map_err(|unknown| MergeError::UnknownRelation { document: name(), unknown })?;
        if record.evidence.is_empty() {
            let StatementRecord { subject, predicate, object, .. } = record;
            return Err(MergeError::NoEvidence { document: name(), subject, predicate, object });
        }
        let mut ends = [self.node(document.name.as_str(), &record.subject)?, 0];
        ends[1] = self.node(document.name.as_str(), &record.object)?;
        let swap = self.schema.relation_info(&relation).symmetric && record.subject > record.object;
        if swap {
            ends.swap(0, 1);
        }
        let evidence = self.edges.entry((ends[0], relation, ends[1], record.modality)).or_default();
        evidence.extend(record.evidence.into_iter().map(|mut record| {
            if swap {
                std::mem::swap(&mut record.subject, &mut record.object);
            }
            SourcedEvidence { document: Arc::clone(document), record }
        }));
        Ok(())
    }

    /// The graph of all that was added; it does not depend on the order.
    pub fn finish(mut self) -> KnowledgeGraph {
        for &(subject, _, object, _) in self.edges.keys() {
            self.nodes[subject].statements += 1;
            self.nodes[object].statements += usize::from(subject != object);
        }
        self.mark_copies();
        let mut graph = DiGraph::with_capacity(self.nodes.len(), self.edges.len());
        let mut nodes: Vec<(usize, EntityNode)> = self.nodes.into_values().enumerate().collect();
        nodes.sort_unstable_by(|(_, one), (_, other)| one.entity.id.cmp(&other.entity.id));
        // From the places that entities had to those that they have by id: an order of numbers is an order of ids.
        let mut index_of = vec![NodeIndex::default(); nodes.len()];
        for (place, node) in nodes {
            index_of[place] = graph.add_node(node);
        }
        let mut statements: Vec<_> = self
            .edges
            .into_iter()
            .map(|((subject, relation, object, modality), evidence)| {
                ((index_of[subject], relation, index_of[object], modality), evidence)
            })
            .collect();
        statements.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        for ((subject, relation, object, modality), evidence) in statements {
            let [from, to] = [subject, object].map(|index| graph[index].entity.id.clone());
            graph.add_edge(subject, object, edge(from, relation, to, modality, evidence));
        }
        let documents = self.documents.into_values().collect();
        let mut co_occurrences: Vec<_> = self
            .pairs
            .into_iter()
            .map(|((one, other), count)| {
                let (one, other) = (index_of[one], index_of[other]);
                ((one.min(other), one.max(other)), count)
            })
            .collect();
        co_occurrences.sort_unstable_by_key(|(pair, _)| *pair);
        KnowledgeGraph { schema: self.schema.clone(), documents, graph, co_occurrences }
    }
}

impl<E> GraphDraft<'_, E> {
    /// Notes which documents are near-copies, now that all are there.
    fn mark_copies(&mut self) {
        let copies = near_copies(&std::mem::take(&mut self.sketches));
        let mut marked: BTreeMap<&DocumentName, Arc<SourceDocument>> = BTreeMap::new();
        for (name, first) in &copies {
            let document = self.documents.get_mut(name).expect("only documents have sketches");
            let with_mark = SourceDocument { copy_of: Some(first.clone()), ..SourceDocument::clone(document) };
            *document = Arc::new(with_mark);
            marked.insert(name, Arc::clone(document));
        }
        for evidence in self.edges.values_mut().flatten() {
            if let Some(document) = marked.get(&evidence.document.name) {
                evidence.document = Arc::clone(document);
            }
        }
    }
}

/// Counts the pairs of entities that stand in the sentences of one document.
fn count_pairs(sentences: &BTreeMap<u32, BTreeSet<usize>>, pairs: &mut FxHashMap<(usize, usize), CoOccurrence>) {
    let mut here = BTreeSet::new();
    for nodes in sentences.values() {
        for (place, &one) in nodes.iter().enumerate() {
            for &other in nodes.iter().skip(place + 1) {
                pairs.entry((one, other)).or_default().sentences += 1;
                here.insert((one, other));
            }
        }
    }
    for pair in here {
        pairs.entry(pair).or_default().documents += 1;
    }
}

fn edge(
    subject: EntityId,
    relation: RelationType,
    object: EntityId,
    modality: Modality,
    mut evidence: Vec<SourcedEvidence>,
) -> StatementEdge {
    fn place(one: &SourcedEvidence) -> (&DocumentName, u32, u32, &str) {
        (&one.document.name, one.record.quote.start, one.record.quote.end, &one.record.rule)
    }
    // The place and the rule are what identifies an evidence, so a second one there would be the same node told twice.
    evidence.sort_by(|a, b| place(a).cmp(&place(b)));
    evidence.dedup_by(|a, b| place(a) == place(b));
    let records = evidence.iter().map(|one| &one.record);
    let own = evidence.iter().any(|one| one.voice() == Voice::Own);
    let mut documents: Vec<&DocumentName> = evidence.iter().map(|one| &one.document.name).collect();
    documents.dedup();
    StatementEdge {
        subject,
        relation,
        object,
        modality,
        voice: if own { Voice::Own } else { Voice::Attributed },
        role: agreed(records.clone(), |one| one.role.clone().filter(|role| !role.is_empty())),
        amount: agreed(records.clone(), lifted_amount),
        time: agreed(records, |one| one.time),
        documents: documents.len(),
        origins: count_origins(&evidence),
        evidence,
    }
}

/// The sum of a passage as it is compared: by value and unit, not by its words.
fn lifted_amount(evidence: &EvidenceRecord) -> Option<LiftedAmount> {
    let amount = evidence.amount.as_ref()?;
    Some(LiftedAmount { value: canonical_decimal(&amount.value.to_string()), unit: amount.unit.clone() })
}
