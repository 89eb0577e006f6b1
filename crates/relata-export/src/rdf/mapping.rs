//! Graph to triples, in the order in which people read them.

use std::collections::BTreeMap;
use std::io;

use relata_graph::{EntityNode, Selection, SourceDocument, StatementEdge};
use relata_model::{DocumentName, EntityId, RelationType};
use rustc_hash::{FxHashMap, FxHashSet};

use super::out::{Out, Section, Sink};
use super::term::Name;
use crate::labels::Labels;
use crate::names::Space;
use crate::options::{Graphs, RdfVersion};
use crate::{DocumentIds, ExportOptions};

/// Gives every triple of a selection to `sink`: RDF 1.1, no blank node, no triple twice, all of a subject's together.
///
/// A direct triple between two entities is given only for what a document asserts in its own voice, both ways when the
/// relation is symmetric; everything else is told of a statement.
///
/// # Errors
/// The first error of `sink`.
pub fn triples(selection: &Selection<'_>, options: &ExportOptions, sink: Sink<'_>) -> io::Result<()> {
    items(selection, options, RdfVersion::V1_1, Graphs::One, sink)
}

/// Gives the same as [`triples`], in a version of RDF and, if asked, sorted into a graph a document.
///
/// With a graph a document, the graph of a document holds its description, its passages and what the statements say that
/// they support; what derives from several documents (label, voice, lifted values) and all else stands in the default
/// graph. The triples of all graphs together are those of one graph.
///
/// # Errors
/// The first error of `sink`.
pub fn items(
    selection: &Selection<'_>,
    options: &ExportOptions,
    version: RdfVersion,
    graphs: Graphs,
    sink: Sink<'_>,
) -> io::Result<()> {
    let graph = selection.graph();
    let entities = described(selection);
    let is_part = entities.len() < graph.entities().len();
    let mapping = Mapping {
        selection,
        options,
        version,
        labels: Labels::new(graph, options.language_for(graph)),
        documents: DocumentIds::of_graph(graph),
        described: is_part.then(|| entities.iter().map(|node| &node.entity.id).collect()),
        entities,
    };
    let mut out = Out { sink };
    out.section(Section::Dataset)?;
    mapping.dataset(&mut out)?;
    if graphs == Graphs::One {
        out.section(Section::Documents)?;
        for document in selection.documents() {
            mapping.document(&mut out, document)?;
        }
    }
    out.section(Section::Types)?;
    mapping.types(&mut out)?;
    out.section(Section::Entities)?;
    let mut facts = Facts::new(selection);
    for node in &mapping.entities {
        mapping.entity(&mut out, node, &facts.of(&node.entity.id))?;
    }
    out.section(Section::Statements)?;
    let part = if graphs == Graphs::One { Part::Whole } else { Part::Summary };
    for statement in selection.statements() {
        mapping.statement(&mut out, statement, part)?;
    }
    out.section(Section::Rules)?;
    mapping.rules(&mut out)?;
    if graphs == Graphs::PerDocument {
        let of_documents = by_document(selection);
        for document in selection.documents() {
            out.graph(Some(Name::new(Space::Document, mapping.documents.id(&document.name))))?;
            mapping.document(&mut out, document)?;
            for statement in of_documents.get(&document.name).into_iter().flatten() {
                mapping.statement(&mut out, statement, Part::Of(document))?;
            }
        }
        out.graph(None)?;
    }
    Ok(())
}

/// What the triples are made from.
pub(super) struct Mapping<'m, 'g> {
    pub(super) selection: &'m Selection<'g>,
    pub(super) options: &'m ExportOptions,
    pub(super) version: RdfVersion,
    pub(super) labels: Labels<'g>,
    pub(super) documents: DocumentIds,
    /// The entities to describe, by id.
    pub(super) entities: Vec<&'g EntityNode>,
    /// Their ids, where they are not all that there are.
    pub(super) described: Option<FxHashSet<&'g EntityId>>,
}

/// What of a statement is told.
#[derive(Clone, Copy)]
pub(super) enum Part<'p> {
    /// Everything.
    Whole,
    /// What derives from all its passages.
    Summary,
    /// What it says, and the passages of one document.
    Of(&'p SourceDocument),
}

/// The statements that each document makes, in their order.
fn by_document<'g>(selection: &Selection<'g>) -> BTreeMap<&'g DocumentName, Vec<&'g StatementEdge>> {
    let mut found: BTreeMap<&DocumentName, Vec<&StatementEdge>> = BTreeMap::new();
    for &statement in selection.statements() {
        let mut last = None;
        for evidence in &statement.evidence {
            let name = &evidence.document.name;
            if last != Some(name) {
                found.entry(name).or_default().push(statement);
            }
            last = Some(name);
        }
    }
    found
}

/// The entities that the export must describe, by id: those selected and the sources of claims.
fn described<'g>(selection: &Selection<'g>) -> Vec<&'g EntityNode> {
    if !selection.cut().is_part() {
        return selection.entities().to_vec();
    }
    let mut entities: BTreeMap<&EntityId, &EntityNode> =
        selection.entities().iter().map(|node| (&node.entity.id, *node)).collect();
    for evidence in selection.statements().iter().flat_map(|statement| &statement.evidence) {
        let source = evidence.record.attributed_to.as_ref().and_then(|attribution| attribution.entity.as_deref());
        if let Some(node) = source.and_then(|id| selection.graph().entity(&id.parse().ok()?)) {
            entities.insert(&node.entity.id, node);
        }
    }
    entities.into_values().collect()
}

/// What each entity is directly tied to, asked for in the order of ids.
struct Facts<'s, 'g> {
    /// The statements not passed yet; those of one subject stand together.
    rest: &'s [&'g StatementEdge],
    /// What symmetric relations say of the other end.
    backwards: FxHashMap<&'g EntityId, Vec<Fact<'g>>>,
}

type Fact<'g> = (&'g RelationType, &'g EntityId);

impl<'s, 'g> Facts<'s, 'g> {
    fn new(selection: &'s Selection<'g>) -> Self {
        let schema = selection.graph().schema();
        let mut backwards: FxHashMap<_, Vec<Fact<'g>>> = FxHashMap::default();
        for statement in selection.statements().iter().filter(|statement| statement.is_fact()) {
            if schema.relation_info(&statement.relation).symmetric {
                backwards.entry(&statement.object).or_default().push((&statement.relation, &statement.subject));
            }
        }
        Self { rest: selection.statements(), backwards }
    }

    /// What the entity is tied to, sorted, none twice.
    fn of(&mut self, id: &'g EntityId) -> Vec<Fact<'g>> {
        let mut facts = self.backwards.remove(id).unwrap_or_default();
        while let [first, rest @ ..] = self.rest
            && first.subject <= *id
        {
            if first.subject == *id && first.is_fact() {
                facts.push((&first.relation, &first.object));
            }
            self.rest = rest;
        }
        facts.sort_unstable();
        facts.dedup();
        facts
    }
}
