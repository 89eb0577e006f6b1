//! GraphML in the dialect that NetworkX, igraph, graphology and Gephi all read, valid against its XML schema.
//!
//! Traps that others fell into and this writer avoids: keys called `d3` (Gephi takes them for labels), keys without `for`
//! or for `all`, `long` values, defaults, edges with a direction of their own, ids with a slash. Absent values are left out:
//! half of the readers give nothing for an empty one and half an empty text.

use std::io::{self, Write};

use relata_graph::Selection;

use crate::ExportOptions;
use crate::attributes::{Attributes, EDGE, Kind, NODE, Value};
use crate::buffer::{FULL, flush_when};
use crate::names::statement_id;
use crate::xml::write_content;

/// Writes a selection as GraphML: the entities that have a statement, and one edge a statement.
///
/// # Errors
/// When `out` fails.
pub fn write(selection: &Selection<'_>, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    let attributes = Attributes::new(selection.graph(), options);
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
    write_keys(out)?;
    out.write_all(b"  <graph id=\"G\" edgedefault=\"directed\">\n")?;
    let degrees = selection.degrees();
    // Elements are put together here: many small writes through a pointer take longer than the copying.
    let mut buffer: Vec<u8> = Vec::with_capacity(2 * FULL);
    for node in selection.entities() {
        if let Some(degree) = degrees.get(&node.entity.id) {
            write!(buffer, "    <node id=\"{}\">", node.entity.id)?;
            attributes.node(node, *degree, &mut |place, value| data(&mut buffer, "n_", NODE[place].0, value))?;
            buffer.extend_from_slice(b"</node>\n");
            flush_when(FULL, &mut buffer, out)?;
        }
    }
    for statement in selection.statements() {
        let id = statement_id(statement);
        for part in ["    <edge id=\"st-", &id, "\" source=\"", statement.subject.as_str(), "\" target=\""] {
            buffer.extend_from_slice(part.as_bytes());
        }
        buffer.extend_from_slice(statement.object.as_str().as_bytes());
        buffer.extend_from_slice(b"\">");
        attributes.edge_with_id(statement, &id, &mut |place, value| data(&mut buffer, "e_", EDGE[place].0, value))?;
        buffer.extend_from_slice(b"</edge>\n");
        flush_when(FULL, &mut buffer, out)?;
    }
    flush_when(1, &mut buffer, out)?;
    out.write_all(b"  </graph>\n</graphml>\n")
}

/// Declares the attributes of nodes and edges.
pub(crate) fn write_keys(out: &mut dyn Write) -> io::Result<()> {
    for (domain, initial, keys) in [("node", 'n', &NODE[..]), ("edge", 'e', &EDGE[..])] {
        for (name, kind) in keys {
            let kind = match kind {
                Kind::Text => "string",
                Kind::Integer => "int",
                Kind::Real => "double",
                Kind::Flag => "boolean",
            };
            writeln!(
                out,
                "  <key id=\"{initial}_{name}\" for=\"{domain}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
            )?;
        }
    }
    Ok(())
}

/// Writes one value.
pub(crate) fn data(out: &mut (impl Write + ?Sized), initial: &str, key: &str, value: Value<'_>) -> io::Result<()> {
    for part in ["<data key=\"", initial, key, "\">"] {
        out.write_all(part.as_bytes())?;
    }
    match value {
        Value::Text(text) => write_content(out, text)?,
        Value::Name(space, local) => {
            write_content(out, space)?;
            out.write_all(local.as_bytes())?;
        }
        Value::Integer(number) => write!(out, "{number}")?,
        Value::Real(number) => out.write_all(number.as_bytes())?,
        Value::Flag(flag) => out.write_all(if flag { b"true" } else { b"false" })?,
    }
    out.write_all(b"</data>")
}
