//! GEXF 1.3 for Gephi and Gephi Lite, with colours, sizes and time.
//!
//! Time is when something was said: an edge begins on the day of the first dated document that says it, a node with its
//! first edge, and neither ends. So Gephi's timeline shows what was known by then. When a relation itself began and ended
//! stands in the attributes `timeFrom` and `timeTo`. `kind` keeps two statements between the same ends apart.

use std::collections::BTreeMap;
use std::io::{self, Write};

use relata_graph::{Selection, StatementEdge};
use relata_model::{EntityId, Modality};

use crate::ExportOptions;
use crate::attributes::{Attributes, EDGE, Kind, NODE, Value};
use crate::look::{Family, color, pen_width};
use crate::names::statement_id;
use crate::xml::{write_attribute, write_content};

/// Writes a selection as GEXF: the entities that have a statement, and one edge a statement.
///
/// # Errors
/// When `out` fails.
pub fn write(selection: &Selection<'_>, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    let attributes = Attributes::new(selection.graph(), options);
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
          <gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n  <meta>\n",
    )?;
    writeln!(out, "    <creator>relata {}</creator>", options.software_version)?;
    out.write_all(b"    <description>")?;
    let title = options.title.as_deref().unwrap_or_default();
    write_content(out, title)?;
    if selection.cut().is_part() {
        write!(out, "{}A part of the graph: {}.", if title.is_empty() { "" } else { " – " }, selection.cut())?;
    }
    out.write_all(
        b"</description>\n  </meta>\n  \
          <graph defaultedgetype=\"directed\" idtype=\"string\" mode=\"dynamic\" timeformat=\"date\">\n",
    )?;
    for (class, keys) in [("node", &NODE[..]), ("edge", &EDGE[..])] {
        writeln!(out, "    <attributes class=\"{class}\">")?;
        for (name, kind) in keys.iter().filter(|(name, _)| !standard(name)) {
            let kind = match kind {
                Kind::Text => "string",
                Kind::Integer => "integer",
                Kind::Real => "double",
                Kind::Flag => "boolean",
            };
            let name = attribute_name(name);
            writeln!(out, "      <attribute id=\"{name}\" title=\"{name}\" type=\"{kind}\"/>")?;
        }
        out.write_all(b"    </attributes>\n")?;
    }
    let degrees = selection.degrees();
    let begins = beginnings(selection);
    writeln!(out, "    <nodes count=\"{}\">", degrees.len())?;
    for node in selection.entities() {
        let Some(&degree) = degrees.get(&node.entity.id) else { continue };
        write!(out, "      <node id=\"{}\" label=\"", node.entity.id)?;
        write_attribute(out, attributes.labels.entity_of(&node.entity.id))?;
        start(out, begins.get(&node.entity.id).and_then(Option::as_deref))?;
        out.write_all(b"<attvalues>")?;
        attributes.node(node, degree, &mut |place, value| attribute(out, NODE[place].0, value))?;
        let family = Family::of(&attributes.labels, &node.entity.entity_type);
        out.write_all(b"</attvalues>")?;
        viz_color(out, family.strong())?;
        // The area grows with the number of statements.
        let size = (100 * (degree as u64 + 3)).isqrt();
        writeln!(out, "<viz:size value=\"{}.{}\"/></node>", size / 5, size % 5 * 2)?;
    }
    out.write_all(b"    </nodes>\n")?;
    writeln!(out, "    <edges count=\"{}\">", selection.statements().len())?;
    for statement in selection.statements() {
        let id = statement_id(statement);
        write!(
            out,
            "      <edge id=\"st-{id}\" source=\"{}\" target=\"{}\" type=\"directed\" kind=\"{}/{}\" weight=\"{}.0\" label=\"",
            statement.subject, statement.object, statement.relation, statement.modality, statement.origins
        )?;
        write_attribute(out, attributes.labels.relation(&statement.relation))?;
        start(out, first_said(statement).as_deref())?;
        out.write_all(b"<attvalues>")?;
        attributes.edge_with_id(statement, &id, &mut |place, value| attribute(out, EDGE[place].0, value))?;
        out.write_all(b"</attvalues>")?;
        viz_color(out, color(statement.modality))?;
        writeln!(
            out,
            "<viz:thickness value=\"{}\"/><viz:shape value=\"{}\"/></edge>",
            pen_width(statement.modality, statement.origins),
            line(statement.modality)
        )?;
    }
    out.write_all(b"    </edges>\n  </graph>\n</gexf>\n")
}

/// `start` and `end` mean time in GEXF, and readers mix them up.
pub(crate) fn attribute_name(name: &str) -> &str {
    match name {
        "start" => "quoteStart",
        "end" => "quoteEnd",
        other => other,
    }
}

/// What GEXF has attributes of its own for.
fn standard(name: &str) -> bool {
    matches!(name, "label" | "weight")
}

fn attribute(out: &mut dyn Write, name: &str, value: Value<'_>) -> io::Result<()> {
    if standard(name) {
        return Ok(());
    }
    write!(out, "<attvalue for=\"{}\" value=\"", attribute_name(name))?;
    match value {
        Value::Text(text) => write_attribute(out, text)?,
        Value::Name(space, local) => {
            write_attribute(out, space)?;
            out.write_all(local.as_bytes())?;
        }
        Value::Integer(number) => write!(out, "{number}")?,
        Value::Real(number) => out.write_all(number.as_bytes())?,
        Value::Flag(flag) => write!(out, "{flag}")?,
    }
    out.write_all(b"\"/>")
}

/// Ends the tag of a node or an edge.
fn start(out: &mut dyn Write, day: Option<&str>) -> io::Result<()> {
    match day {
        Some(day) => write!(out, "\" start=\"{day}\">"),
        None => out.write_all(b"\">"),
    }
}

/// `#0072B2` as GEXF has it; without alpha, which Gephi Lite cannot read.
fn viz_color(out: &mut dyn Write, color: &str) -> io::Result<()> {
    let part = |place: usize| u8::from_str_radix(&color[place..place + 2], 16).expect("colours are written as #RRGGBB");
    write!(out, "<viz:color r=\"{}\" g=\"{}\" b=\"{}\"/>", part(1), part(3), part(5))
}

fn line(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted | Modality::Ended => "solid",
        Modality::Planned => "dashed",
        Modality::Hypothetical | Modality::Negated => "dotted",
    }
}

/// The first day of the first dated document that says it.
fn first_said(statement: &StatementEdge) -> Option<String> {
    statement.evidence.iter().filter_map(|one| one.document.date).map(relata_model::Date::first_day).min()
}

/// When each entity appears: with its first edge; `None` when one of its edges has no date, because it was there always.
fn beginnings<'g>(selection: &Selection<'g>) -> BTreeMap<&'g EntityId, Option<String>> {
    let mut begins: BTreeMap<&EntityId, Option<String>> = BTreeMap::new();
    for &statement in selection.statements() {
        let said = first_said(statement);
        for end in [&statement.subject, &statement.object] {
            match begins.get_mut(end) {
                None => {
                    begins.insert(end, said.clone());
                }
                Some(known) => {
                    if said < *known {
                        known.clone_from(&said);
                    }
                }
            }
        }
    }
    begins
}
