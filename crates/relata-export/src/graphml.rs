//! GraphML in the dialect that NetworkX, igraph, graphology and Gephi all read, valid against its XML schema.
//!
//! Traps that others fell into and this writer avoids: keys called `d3` (Gephi takes them for labels), keys without `for`
//! or for `all`, `long` values, defaults, edges with a direction of their own, ids with a slash. Absent values are left out.

use std::io::{self, Write};

use relata_graph::{EntityNode, Selection, StatementEdge};

use crate::labels::Labels;
use crate::names::{Namespaces, Space, statement_id};
use crate::text::clean;
use crate::{DocumentIds, ExportOptions};

/// The attributes of nodes: name and type.
const NODE_KEYS: [(&str, &str); 7] = [
    ("label", "string"),
    ("type", "string"),
    ("iri", "string"),
    ("labels", "string"),
    ("degree", "int"),
    ("mentions", "int"),
    ("documents", "int"),
];

/// The attributes of edges: name and type.
const EDGE_KEYS: [(&str, &str); 19] = [
    ("label", "string"),
    ("interaction", "string"),
    ("statement", "string"),
    ("modality", "string"),
    ("voice", "string"),
    ("fact", "boolean"),
    ("symmetric", "boolean"),
    ("weight", "double"),
    ("documents", "int"),
    ("role", "string"),
    ("amount", "double"),
    ("unit", "string"),
    ("timeFrom", "string"),
    ("timeTo", "string"),
    ("document", "string"),
    ("quote", "string"),
    ("start", "int"),
    ("end", "int"),
    ("attribution", "string"),
];

/// Writes a selection as GraphML: the entities that have a statement, and one edge a statement.
///
/// # Errors
/// When `out` fails.
pub fn write(selection: &Selection<'_>, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    let graph = selection.graph();
    let writer = GraphMl {
        labels: Labels::new(graph, options.language_for(graph)),
        documents: DocumentIds::of_graph(graph),
        spaces: Namespaces::new(&options.base_iri),
    };
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
          <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
          xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
          xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
          http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
    )?;
    if selection.cut().is_part() {
        writeln!(out, "  <!-- A part of the graph: {}. -->", selection.cut())?;
    }
    for (domain, initial, keys) in [("node", 'n', &NODE_KEYS[..]), ("edge", 'e', &EDGE_KEYS[..])] {
        for (name, kind) in keys {
            writeln!(
                out,
                "  <key id=\"{initial}_{name}\" for=\"{domain}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
            )?;
        }
    }
    out.write_all(b"  <graph id=\"G\" edgedefault=\"directed\">\n")?;
    let degrees = selection.degrees();
    for node in selection.entities() {
        if let Some(degree) = degrees.get(&node.entity.id) {
            writer.node(out, node, *degree)?;
        }
    }
    for statement in selection.statements() {
        writer.edge(out, statement)?;
    }
    out.write_all(b"  </graph>\n</graphml>\n")
}

struct GraphMl<'g> {
    labels: Labels<'g>,
    documents: DocumentIds,
    spaces: Namespaces,
}

impl GraphMl<'_> {
    fn node(&self, out: &mut dyn Write, node: &EntityNode, degree: usize) -> io::Result<()> {
        let entity = &node.entity;
        write!(out, "    <node id=\"{}\">", entity.id)?;
        text(out, "n_label", self.labels.entity_of(&entity.id))?;
        text(out, "n_type", entity.entity_type.as_str())?;
        name(out, "n_iri", self.spaces.iri(Space::Entity), entity.id.as_str())?;
        // As Neo4j's importer takes labels: the widest first.
        let lineage: Vec<_> = self.labels.lineage(&entity.entity_type);
        out.write_all(b"<data key=\"n_labels\">:Entity")?;
        for ancestor in lineage.iter().rev() {
            write!(out, ":{ancestor}")?;
        }
        out.write_all(b"</data>")?;
        number(out, "n_degree", degree)?;
        number(out, "n_mentions", node.mentions)?;
        number(out, "n_documents", node.documents)?;
        out.write_all(b"</node>\n")
    }

    fn edge(&self, out: &mut dyn Write, statement: &StatementEdge) -> io::Result<()> {
        let id = statement_id(statement);
        let best = statement.best_evidence();
        let symmetric = self.labels.is_symmetric(&statement.relation);
        write!(out, "    <edge id=\"st-{id}\" source=\"{}\" target=\"{}\">", statement.subject, statement.object)?;
        text(out, "e_label", self.labels.relation(&statement.relation))?;
        text(out, "e_interaction", statement.relation.as_str())?;
        name(out, "e_statement", self.spaces.iri(Space::Statement), &id)?;
        text(out, "e_modality", statement.modality.as_str())?;
        text(out, "e_voice", statement.voice.as_str())?;
        text(out, "e_fact", if statement.is_fact() { "true" } else { "false" })?;
        text(out, "e_symmetric", if symmetric { "true" } else { "false" })?;
        write!(out, "<data key=\"e_weight\">{}.0</data>", statement.documents)?;
        number(out, "e_documents", statement.documents)?;
        if let Some(role) = &statement.role {
            text(out, "e_role", role)?;
        }
        if let Some(amount) = &statement.amount {
            text(out, "e_amount", &amount.value)?;
            text(out, "e_unit", &amount.unit)?;
        }
        if let Some(from) = statement.time.and_then(|time| time.from) {
            text(out, "e_timeFrom", &from.first_day())?;
        }
        if let Some(to) = statement.time.and_then(|time| time.to) {
            text(out, "e_timeTo", &to.last_day())?;
        }
        text(out, "e_document", self.documents.id(&best.document.name))?;
        text(out, "e_quote", &best.record.quote.text)?;
        write!(out, "<data key=\"e_start\">{}</data>", best.record.quote.start)?;
        write!(out, "<data key=\"e_end\">{}</data>", best.record.quote.end)?;
        if let Some(attribution) = &best.record.attributed_to {
            text(out, "e_attribution", &attribution.text)?;
        }
        out.write_all(b"</edge>\n")
    }
}

fn number(out: &mut dyn Write, key: &str, value: usize) -> io::Result<()> {
    write!(out, "<data key=\"{key}\">{value}</data>")
}

fn name(out: &mut dyn Write, key: &str, space: &str, local: &str) -> io::Result<()> {
    write!(out, "<data key=\"{key}\">")?;
    write_escaped(out, space)?;
    write!(out, "{local}</data>")
}

/// An empty text is an absent value: half of the readers give nothing for it and half an empty text.
fn text(out: &mut dyn Write, key: &str, value: &str) -> io::Result<()> {
    if value.is_empty() {
        return Ok(());
    }
    write!(out, "<data key=\"{key}\">")?;
    write_escaped(out, &clean(value))?;
    out.write_all(b"</data>")
}

/// Escapes text content. `>` too, because of `]]>`; everything else XML 1.0 carries once the text is cleaned.
fn write_escaped(out: &mut dyn Write, text: &str) -> io::Result<()> {
    let bytes = text.as_bytes();
    let mut written = 0;
    for (place, byte) in bytes.iter().enumerate() {
        let escape: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            _ => continue,
        };
        out.write_all(&bytes[written..place])?;
        out.write_all(escape)?;
        written = place + 1;
    }
    out.write_all(&bytes[written..])
}
