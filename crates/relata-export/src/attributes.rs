//! What every graph format says of a node and of an edge: one list, so that a column of a table, an attribute in Gephi and a
//! key in JSON have the same name and the same value.

use std::io;

use relata_graph::{EntityNode, KnowledgeGraph, StatementEdge};

use crate::labels::Labels;
use crate::names::{Namespaces, Space, statement_id};
use crate::{DocumentIds, ExportOptions};

/// What the values of an attribute are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Integer,
    Real,
    Flag,
}

/// A value on its way out; an attribute that has none is not given.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    /// Words, not cleaned yet; never empty.
    Text(&'a str),
    /// An IRI: the namespace and the local part.
    Name(&'a str, &'a str),
    Integer(usize),
    /// A number as it is written.
    Real(&'a str),
    Flag(bool),
}

/// The attributes of nodes.
pub(crate) const NODE: [(&str, Kind); 7] = [
    ("label", Kind::Text),
    ("type", Kind::Text),
    ("iri", Kind::Text),
    ("labels", Kind::Text),
    ("degree", Kind::Integer),
    ("mentions", Kind::Integer),
    ("documents", Kind::Integer),
];

/// The attributes of edges.
pub(crate) const EDGE: [(&str, Kind); 20] = [
    ("label", Kind::Text),
    ("interaction", Kind::Text),
    ("statement", Kind::Text),
    ("modality", Kind::Text),
    ("voice", Kind::Text),
    ("fact", Kind::Flag),
    ("symmetric", Kind::Flag),
    ("weight", Kind::Real),
    ("documents", Kind::Integer),
    ("origins", Kind::Integer),
    ("role", Kind::Text),
    ("amount", Kind::Real),
    ("unit", Kind::Text),
    ("timeFrom", Kind::Text),
    ("timeTo", Kind::Text),
    ("document", Kind::Text),
    ("quote", Kind::Text),
    ("start", Kind::Integer),
    ("end", Kind::Integer),
    ("attribution", Kind::Text),
];

/// Where values go: the place of the attribute in its list, and the value.
pub(crate) type Give<'a> = &'a mut dyn FnMut(usize, Value<'_>) -> io::Result<()>;

/// What is needed to name things.
pub(crate) struct Attributes<'g> {
    pub(crate) labels: Labels<'g>,
    pub(crate) documents: DocumentIds,
    spaces: Namespaces,
}

impl<'g> Attributes<'g> {
    pub(crate) fn new(graph: &'g KnowledgeGraph, options: &ExportOptions) -> Self {
        Self {
            labels: Labels::new(graph, options.language_for(graph)),
            documents: DocumentIds::of_graph(graph),
            spaces: Namespaces::new(&options.base_iri),
        }
    }

    /// Gives the attributes of a node, in the order of [`NODE`].
    pub(crate) fn node(&self, node: &EntityNode, degree: usize, give: Give<'_>) -> io::Result<()> {
        let entity = &node.entity;
        give(0, Value::Text(self.labels.entity_of(&entity.id)))?;
        give(1, Value::Text(entity.entity_type.as_str()))?;
        give(2, Value::Name(self.spaces.iri(Space::Entity), entity.id.as_str()))?;
        // As Neo4j's importer takes labels: the widest first.
        let mut types = ":Entity".to_owned();
        for ancestor in self.labels.lineage(&entity.entity_type).iter().rev() {
            types.extend([":", ancestor.as_str()]);
        }
        give(3, Value::Text(&types))?;
        give(4, Value::Integer(degree))?;
        give(5, Value::Integer(node.mentions))?;
        give(6, Value::Integer(node.documents))
    }

    /// Gives the attributes of an edge, in the order of [`EDGE`].
    pub(crate) fn edge(&self, statement: &StatementEdge, give: Give<'_>) -> io::Result<()> {
        self.edge_with_id(statement, &statement_id(statement), give)
    }

    /// The same where the statement's id is known already.
    pub(crate) fn edge_with_id(&self, statement: &StatementEdge, id: &str, give: Give<'_>) -> io::Result<()> {
        let best = statement.best_evidence();
        give(0, Value::Text(self.labels.relation(&statement.relation)))?;
        give(1, Value::Text(statement.relation.as_str()))?;
        give(2, Value::Name(self.spaces.iri(Space::Statement), id))?;
        give(3, Value::Text(statement.modality.as_str()))?;
        give(4, Value::Text(statement.voice.as_str()))?;
        give(5, Value::Flag(statement.is_fact()))?;
        give(6, Value::Flag(self.labels.is_symmetric(&statement.relation)))?;
        give(7, Value::Real(&format!("{}.0", statement.origins)))?;
        give(8, Value::Integer(statement.documents))?;
        give(9, Value::Integer(statement.origins))?;
        if let Some(role) = statement.role.as_deref().filter(|role| !role.is_empty()) {
            give(10, Value::Text(role))?;
        }
        if let Some(amount) = &statement.amount {
            give(11, Value::Real(&amount.value))?;
            if !amount.unit.is_empty() {
                give(12, Value::Text(&amount.unit))?;
            }
        }
        if let Some(from) = statement.time.and_then(|time| time.from) {
            give(13, Value::Text(&from.first_day()))?;
        }
        if let Some(to) = statement.time.and_then(|time| time.to) {
            give(14, Value::Text(&to.last_day()))?;
        }
        give(15, Value::Text(self.documents.id(&best.document.name)))?;
        if !best.record.quote.text.is_empty() {
            give(16, Value::Text(&best.record.quote.text))?;
        }
        give(17, Value::Integer(best.record.quote.start as usize))?;
        give(18, Value::Integer(best.record.quote.end as usize))?;
        match &best.record.attributed_to {
            Some(attribution) if !attribution.text.is_empty() => give(19, Value::Text(&attribution.text)),
            _ => Ok(()),
        }
    }
}
