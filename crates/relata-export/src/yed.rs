//! GraphML for yEd, with names, shapes and colours: plain GraphML opens there as empty boxes on one heap.
//!
//! Nodes stand on a grid until yEd lays them out (Layout, Hierarchical or Organic). Strict readers of GraphML refuse the
//! extension, so this is a dialect of its own.

use std::io::{self, Write};

use relata_graph::{Selection, StatementEdge};
use relata_model::{Modality, Voice};

use crate::ExportOptions;
use crate::attributes::{Attributes, EDGE, NODE};
use crate::captions::{edge_label, edge_tooltip, node_label};
use crate::graphml;
use crate::look::{Family, Shape, color, pen_width};
use crate::names::statement_id;
use crate::xml::write_content;

/// Writes a selection as GraphML with yEd's drawing: the entities that have a statement, and one edge a statement.
///
/// # Errors
/// When `out` fails.
pub fn write(selection: &Selection<'_>, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    let attributes = Attributes::new(selection.graph(), options);
    let labels = &attributes.labels;
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
          <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:y=\"http://www.yworks.com/xml/graphml\">\n",
    )?;
    if selection.cut().is_part() {
        writeln!(out, "  <!-- A part of the graph: {}. -->", selection.cut())?;
    }
    graphml::write_keys(out)?;
    for key in [
        "id=\"n_description\" for=\"node\" attr.name=\"description\" attr.type=\"string\"",
        "id=\"e_description\" for=\"edge\" attr.name=\"description\" attr.type=\"string\"",
        "id=\"n_graphics\" for=\"node\" yfiles.type=\"nodegraphics\"",
        "id=\"e_graphics\" for=\"edge\" yfiles.type=\"edgegraphics\"",
    ] {
        writeln!(out, "  <key {key}/>")?;
    }
    out.write_all(b"  <graph id=\"G\" edgedefault=\"directed\">\n")?;
    let degrees = selection.degrees();
    let columns = degrees.len().isqrt() + 1;
    let shown = selection.entities().iter().filter_map(|node| Some((node, *degrees.get(&node.entity.id)?)));
    for (place, (node, degree)) in shown.enumerate() {
        let label = node_label(labels.entity_of(&node.entity.id));
        let family = Family::of(labels, &node.entity.entity_type);
        write!(out, "    <node id=\"{}\">", node.entity.id)?;
        attributes.node(node, degree, &mut |key, value| graphml::data(out, "n_", NODE[key].0, value))?;
        out.write_all(b"<data key=\"n_description\">")?;
        write_content(out, labels.entity_type(&node.entity.entity_type))?;
        let lines = label.lines().count().max(1);
        let width = label.lines().map(|line| line.chars().count()).max().unwrap_or_default() * 8 + 24;
        write!(
            out,
            "</data><data key=\"n_graphics\"><y:ShapeNode><y:Geometry x=\"{}.0\" y=\"{}.0\" width=\"{width}.0\" height=\"{}.0\"/>\
             <y:Fill color=\"{}\" transparent=\"false\"/><y:BorderStyle color=\"#555555\" type=\"line\" width=\"1.0\"/>\
             <y:NodeLabel fontFamily=\"Dialog\" fontSize=\"13\" textColor=\"#000000\">",
            place % columns * 260,
            place / columns * 120,
            lines * 18 + 14,
            family.fill(),
        )?;
        write_content(out, &label)?;
        writeln!(out, "</y:NodeLabel><y:Shape type=\"{}\"/></y:ShapeNode></data></node>", shape(family.shape()))?;
    }
    for statement in selection.statements() {
        let id = statement_id(statement);
        write!(out, "    <edge id=\"st-{id}\" source=\"{}\" target=\"{}\">", statement.subject, statement.object)?;
        attributes.edge_with_id(statement, &id, &mut |key, value| graphml::data(out, "e_", EDGE[key].0, value))?;
        out.write_all(b"<data key=\"e_description\">")?;
        write_content(out, &edge_tooltip(labels, statement))?;
        let symmetric = labels.is_symmetric(&statement.relation);
        write!(
            out,
            "</data><data key=\"e_graphics\"><y:PolyLineEdge>\
             <y:LineStyle color=\"{}\" type=\"{}\" width=\"{}\"/><y:Arrows source=\"{}\" target=\"{}\"/>\
             <y:EdgeLabel fontFamily=\"Dialog\" fontSize=\"11\" textColor=\"#000000\" backgroundColor=\"#FFFFFF\">",
            color(statement.modality),
            line(statement.modality),
            pen_width(statement.modality, statement.origins),
            tail(statement, symmetric),
            head(statement.modality),
        )?;
        write_content(out, &edge_label(labels, statement))?;
        out.write_all(b"</y:EdgeLabel><y:BendStyle smoothed=\"false\"/></y:PolyLineEdge></data></edge>\n")?;
    }
    out.write_all(b"  </graph>\n</graphml>\n")
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Ellipse => "ellipse",
        Shape::RoundedBox => "roundrectangle",
        Shape::Box => "rectangle",
        Shape::House => "trapezoid",
        Shape::Hexagon => "hexagon",
        Shape::Octagon => "octagon",
        Shape::Folder => "parallelogram",
        Shape::Note => "fatarrow",
    }
}

fn line(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted | Modality::Ended => "line",
        Modality::Planned => "dashed",
        Modality::Hypothetical | Modality::Negated => "dotted",
    }
}

fn head(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "standard",
        Modality::Planned | Modality::Hypothetical => "white_delta",
        Modality::Ended | Modality::Negated => "t_shape",
    }
}

/// A circle says that somebody else is made responsible, even where the relation holds both ways.
fn tail(statement: &StatementEdge, symmetric: bool) -> &'static str {
    match (statement.voice, symmetric) {
        (Voice::Attributed, _) => "transparent_circle",
        (Voice::Own, true) => head(statement.modality),
        (Voice::Own, false) => "none",
    }
}
