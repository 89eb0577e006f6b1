//! A part of a graph, and what was cut from the whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use relata_model::EntityId;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{EntityNode, Filter, KnowledgeGraph, SourceDocument, StatementEdge};

/// The entities and statements that a [`Filter`] keeps, in the order of the graph, with what it cut.
#[derive(Clone, Debug)]
pub struct Selection<'g> {
    graph: &'g KnowledgeGraph,
    entities: Vec<&'g EntityNode>,
    statements: Vec<&'g StatementEdge>,
    documents: Vec<Arc<SourceDocument>>,
    cut: Cut,
}

/// What a selection leaves out, so that no reader takes a part for the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// Entities kept.
    pub entities: usize,
    /// Entities of the whole graph.
    pub entities_of: usize,
    /// Statements kept.
    pub statements: usize,
    /// Statements of the whole graph.
    pub statements_of: usize,
    /// How many statements each condition took away, in the order in which they were applied; none took none.
    pub reasons: Vec<(CutBy, usize)>,
}

/// The condition that took a statement away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CutBy {
    /// Its predicate.
    Relation,
    /// Its modality or voice.
    Modality,
    /// The number of documents that make it.
    Documents,
    /// The number of its origins.
    Origins,
    /// The dates of the documents that make it.
    Period,
    /// The type of one of its ends.
    EntityType,
    /// Its distance from the focus.
    Focus,
    /// The rank of one of its ends.
    Top,
    /// Its own rank, where a picture has room for so many.
    Room,
}

impl CutBy {
    /// In English words that end "812 statements cut ...".
    pub fn explain(self) -> &'static str {
        match self {
            Self::Relation => "by predicate",
            Self::Modality => "by modality",
            Self::Documents => "made by too few documents",
            Self::Origins => "of too few origins",
            Self::Period => "outside the period",
            Self::EntityType => "by type of entity",
            Self::Focus => "too far from the focus",
            Self::Top => "between entities below the top",
            Self::Room => "for want of room",
        }
    }
}

impl Cut {
    /// Whether something was left out.
    pub fn is_part(&self) -> bool {
        self.entities < self.entities_of || self.statements < self.statements_of
    }
}

impl fmt::Display for Cut {
    /// `40 of 812 statements and 31 of 512 entities kept (700 too far from the focus, 72 by modality)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} of {} statements and {} of {} entities kept",
            self.statements, self.statements_of, self.entities, self.entities_of
        )?;
        for (place, (by, count)) in self.reasons.iter().enumerate() {
            write!(f, "{}{count} {}", if place == 0 { " (" } else { ", " }, by.explain())?;
        }
        if self.reasons.is_empty() { Ok(()) } else { f.write_str(")") }
    }
}

impl KnowledgeGraph {
    /// The whole graph.
    pub fn all(&self) -> Selection<'_> {
        Selection::new(self, self.entities().collect(), self.statements().collect(), Vec::new(), true)
    }

    /// What `filter` keeps: first statement by statement, then by the types of the ends, by distance from the focus and by
    /// rank. Entities without a statement stay only while nothing but types and rank is asked.
    pub fn select(&self, filter: &Filter) -> Selection<'_> {
        let mut steps = Steps { statements: self.statements().collect(), reasons: Vec::new() };
        steps.retain(CutBy::Relation, |one| filter.admits_relation(one));
        steps.retain(CutBy::Modality, |one| filter.admits_modality(one));
        steps.retain(CutBy::Documents, |one| one.documents >= filter.min_documents);
        steps.retain(CutBy::Origins, |one| one.origins >= filter.min_origins);
        steps.retain(CutBy::Period, |one| filter.admits_period(one));

        let mut kept: FxHashSet<&EntityId> = self
            .entities()
            .filter(|node| filter.admits_entity(self, &node.entity.id, &node.entity.entity_type))
            .map(|node| &node.entity.id)
            .collect();
        if kept.len() < self.graph.node_count() {
            steps.retain(CutBy::EntityType, |one| kept.contains(&one.subject) && kept.contains(&one.object));
        }

        let focus: BTreeSet<&EntityId> = kept.iter().copied().filter(|&id| filter.focus.contains(id)).collect();
        if !filter.focus.is_empty() {
            let near = steps.near(&focus, filter.hops.max(1));
            steps.retain(CutBy::Focus, |one| near.contains(&one.subject) && near.contains(&one.object));
        }
        let by_statement = Filter { entity_types: Vec::new(), top: None, ..filter.clone() };
        if !by_statement.keeps_all() {
            kept = steps.ends();
            kept.extend(&focus);
        }
        if let Some(top) = filter.top {
            kept = steps.top(self, &kept, &focus, top);
            steps.retain(CutBy::Top, |one| kept.contains(&one.subject) && kept.contains(&one.object));
        }
        let entities: Vec<&EntityNode> = self.entities().filter(|node| kept.contains(&node.entity.id)).collect();
        Selection::new(self, entities, steps.statements, steps.reasons, filter.keeps_all())
    }
}

impl<'g> Selection<'g> {
    fn new(
        graph: &'g KnowledgeGraph,
        entities: Vec<&'g EntityNode>,
        statements: Vec<&'g StatementEdge>,
        reasons: Vec<(CutBy, usize)>,
        all_documents: bool,
    ) -> Self {
        let documents = if all_documents {
            graph.documents.clone()
        } else {
            let used = statements.iter().flat_map(|one| &one.evidence).map(|one| (&one.document.name, &one.document));
            used.collect::<BTreeMap<_, _>>().into_values().cloned().collect()
        };
        let cut = Cut {
            entities: entities.len(),
            entities_of: graph.graph.node_count(),
            statements: statements.len(),
            statements_of: graph.graph.edge_count(),
            reasons,
        };
        Self { graph, entities, statements, documents, cut }
    }

    /// The graph it is a part of.
    pub fn graph(&self) -> &'g KnowledgeGraph {
        self.graph
    }

    /// The entities kept, by id.
    pub fn entities(&self) -> &[&'g EntityNode] {
        &self.entities
    }

    /// The statements kept, by subject, relation, object and modality.
    pub fn statements(&self) -> &[&'g StatementEdge] {
        &self.statements
    }

    /// The documents that make the statements kept, by name; all of them when nothing was asked.
    pub fn documents(&self) -> &[Arc<SourceDocument>] {
        &self.documents
    }

    /// What was left out.
    pub fn cut(&self) -> &Cut {
        &self.cut
    }

    /// How many of the kept statements each entity is an end of.
    pub fn degrees(&self) -> FxHashMap<&'g EntityId, usize> {
        degrees(&self.statements)
    }

    /// The part that a picture has room for: the `room` heaviest statements and their ends.
    ///
    /// What has more origins comes first, then facts, then what lies between entities with more statements, because such
    /// a picture hangs together.
    #[must_use]
    pub fn heaviest(&self, room: usize) -> Self {
        if self.statements.len() <= room {
            return self.clone();
        }
        let degrees = self.degrees();
        let mut ranked: Vec<(usize, &'g StatementEdge)> = self.statements.iter().copied().enumerate().collect();
        ranked.sort_by_cached_key(|(place, one)| {
            let ends = degrees[&one.subject].min(degrees[&one.object]);
            (std::cmp::Reverse((one.origins, one.is_fact(), ends, one.evidence.len())), *place)
        });
        ranked.truncate(room);
        ranked.sort_unstable_by_key(|(place, _)| *place);
        let statements: Vec<&StatementEdge> = ranked.into_iter().map(|(_, one)| one).collect();
        let ends: FxHashSet<&EntityId> = statements.iter().flat_map(|one| [&one.subject, &one.object]).collect();
        let entities = self.entities.iter().copied().filter(|node| ends.contains(&node.entity.id)).collect();
        let mut reasons = self.cut.reasons.clone();
        reasons.push((CutBy::Room, self.statements.len() - statements.len()));
        Self::new(self.graph, entities, statements, reasons, false)
    }
}

/// The statements left after each step.
struct Steps<'g> {
    statements: Vec<&'g StatementEdge>,
    reasons: Vec<(CutBy, usize)>,
}

impl<'g> Steps<'g> {
    fn retain(&mut self, by: CutBy, keep: impl Fn(&StatementEdge) -> bool) {
        let before = self.statements.len();
        self.statements.retain(|one| keep(one));
        if self.statements.len() < before {
            self.reasons.push((by, before - self.statements.len()));
        }
    }

    fn ends(&self) -> FxHashSet<&'g EntityId> {
        self.statements.iter().flat_map(|one| [&one.subject, &one.object]).collect()
    }

    /// The entities at most `hops` of the statements left away from the focus.
    fn near(&self, focus: &BTreeSet<&'g EntityId>, hops: usize) -> FxHashSet<&'g EntityId> {
        let mut neighbours: FxHashMap<&EntityId, Vec<&'g EntityId>> = FxHashMap::default();
        for one in &self.statements {
            neighbours.entry(&one.subject).or_default().push(&one.object);
            neighbours.entry(&one.object).or_default().push(&one.subject);
        }
        let mut near: FxHashSet<&EntityId> = focus.iter().copied().collect();
        let mut edge: Vec<&EntityId> = focus.iter().copied().collect();
        for _ in 0..hops {
            let next = edge.iter().filter_map(|id| neighbours.get(*id)).flatten().copied();
            let next: Vec<&EntityId> = next.filter(|id| near.insert(id)).collect();
            if next.is_empty() {
                break;
            }
            edge = next;
        }
        near
    }

    /// The heaviest of the entities left, the focus always among them: by documents, then by statements left, then by id.
    fn top(
        &self,
        graph: &'g KnowledgeGraph,
        kept: &FxHashSet<&'g EntityId>,
        focus: &BTreeSet<&'g EntityId>,
        top: usize,
    ) -> FxHashSet<&'g EntityId> {
        let degrees = degrees(&self.statements);
        let mut ranked: Vec<&EntityNode> = graph.entities().filter(|node| kept.contains(&node.entity.id)).collect();
        ranked.sort_by_key(|node| {
            let id = &node.entity.id;
            let degree = degrees.get(id).copied().unwrap_or_default();
            (!focus.contains(id), std::cmp::Reverse((node.documents, degree, node.mentions)), id)
        });
        ranked.into_iter().take(top.max(focus.len())).map(|node| &node.entity.id).collect()
    }
}

fn degrees<'g>(statements: &[&'g StatementEdge]) -> FxHashMap<&'g EntityId, usize> {
    let mut degrees: FxHashMap<&EntityId, usize> = FxHashMap::default();
    for one in statements {
        *degrees.entry(&one.subject).or_default() += 1;
        if one.subject != one.object {
            *degrees.entry(&one.object).or_default() += 1;
        }
    }
    degrees
}
