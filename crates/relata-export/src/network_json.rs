//! The graph as JSON: for Cytoscape and Cytoscape.js, and as nodes and links for D3, NetworkX and most others.

use std::io::{self, Write};

use relata_graph::{EntityNode, Selection, StatementEdge};

use crate::ExportOptions;
use crate::attributes::{Attributes, EDGE, NODE, Value};
use crate::json::write_text;
use crate::names::statement_id;

/// Writes a selection as Cytoscape.js has it: `elements` with `nodes` and `edges`, each with its `data`.
///
/// Ids are strings; those of edges begin with `st-` and a digit or letter follows, so that none is also that of a node.
///
/// # Errors
/// When `out` fails.
pub fn write_cytoscape(selection: &Selection<'_>, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    let attributes = Attributes::new(selection.graph(), options);
    out.write_all(b"{\n  \"data\": { ")?;
    about(selection, options, out)?;
    out.write_all(b" },\n  \"elements\": {\n    \"nodes\": [")?;
    let mut first = true;
    nodes(selection, &mut |node, degree| {
        open(out, &mut first, "      { \"data\": { \"id\": ")?;
        write!(out, "\"{}\"", node.entity.id)?;
        attributes.node(node, degree, &mut |place, value| member(out, NODE[place].0, value))?;
        out.write_all(b" } }")
    })?;
    out.write_all(b"\n    ],\n    \"edges\": [")?;
    first = true;
    for statement in selection.statements() {
        open(out, &mut first, "      { \"data\": { \"id\": ")?;
        let id = statement_id(statement);
        write!(out, "\"st-{id}\"")?;
        edge(&attributes, statement, &id, out)?;
        out.write_all(b" } }")?;
    }
    out.write_all(b"\n    ]\n  }\n}\n")
}

/// Writes a selection as `nodes` and `links`: D3 takes it as it is, NetworkX by `node_link_graph(data, edges="links")`.
///
/// # Errors
/// When `out` fails.
pub fn write_node_link(selection: &Selection<'_>, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    let attributes = Attributes::new(selection.graph(), options);
    out.write_all(b"{\n  \"directed\": true,\n  \"multigraph\": true,\n  \"graph\": { ")?;
    about(selection, options, out)?;
    out.write_all(b" },\n  \"nodes\": [")?;
    let mut first = true;
    nodes(selection, &mut |node, degree| {
        open(out, &mut first, "    { \"id\": ")?;
        write!(out, "\"{}\"", node.entity.id)?;
        attributes.node(node, degree, &mut |place, value| member(out, NODE[place].0, value))?;
        out.write_all(b" }")
    })?;
    out.write_all(b"\n  ],\n  \"links\": [")?;
    first = true;
    for statement in selection.statements() {
        open(out, &mut first, "    { \"key\": ")?;
        let id = statement_id(statement);
        write!(out, "\"st-{id}\"")?;
        edge(&attributes, statement, &id, out)?;
        out.write_all(b" }")?;
    }
    out.write_all(b"\n  ]\n}\n")
}

/// What the graph is called and what was cut.
fn about(selection: &Selection<'_>, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"\"name\": ")?;
    write_text(out, options.title.as_deref().unwrap_or("relata"))?;
    if selection.cut().is_part() {
        out.write_all(b", \"cut\": ")?;
        write_text(out, &format!("A part of the graph: {}.", selection.cut()))?;
    }
    Ok(())
}

/// The entities that have a statement.
fn nodes(selection: &Selection<'_>, take: &mut dyn FnMut(&EntityNode, usize) -> io::Result<()>) -> io::Result<()> {
    let degrees = selection.degrees();
    let shown = selection.entities().iter().filter_map(|node| Some((*node, *degrees.get(&node.entity.id)?)));
    for (node, degree) in shown {
        take(node, degree)?;
    }
    Ok(())
}

fn open(out: &mut dyn Write, first: &mut bool, start: &str) -> io::Result<()> {
    out.write_all(if *first { b"\n" } else { b",\n" })?;
    *first = false;
    out.write_all(start.as_bytes())
}

fn edge(attributes: &Attributes<'_>, statement: &StatementEdge, id: &str, out: &mut dyn Write) -> io::Result<()> {
    write!(out, ", \"source\": \"{}\", \"target\": \"{}\"", statement.subject, statement.object)?;
    attributes.edge_with_id(statement, id, &mut |place, value| member(out, EDGE[place].0, value))
}

fn member(out: &mut dyn Write, name: &str, value: Value<'_>) -> io::Result<()> {
    write!(out, ", \"{name}\": ")?;
    match value {
        Value::Text(text) => write_text(out, text),
        Value::Name(space, local) => write_text(out, &format!("{space}{local}")),
        Value::Integer(number) => write!(out, "{number}"),
        Value::Real(number) => out.write_all(number.as_bytes()),
        Value::Flag(flag) => write!(out, "{flag}"),
    }
}
