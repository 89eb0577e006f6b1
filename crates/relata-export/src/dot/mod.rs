//! DOT for Graphviz: a diagram that can be printed, and as SVG clicked through.
//!
//! What a statement is shows first by line and arrowhead, then by colour, then by a word, so that it survives a
//! photocopier and colour-blind eyes. Node ids are slugs between quotation marks; `"_legend"` is a name no slug can have.

mod label;
mod legend;
mod style;

use std::io::{self, Write};

use relata_graph::{CutBy, EntityNode, Selection, StatementEdge};

use crate::captions::{edge_label, edge_tooltip, node_label};
use crate::labels::Labels;
use crate::look::{Family, color, pen_width, text_color};
use crate::names::statement_id;
use crate::{DocumentIds, ExportOptions, Links, links};
use label::{Detail, escape};
use style::{arrows, line};

const FONT: &str = "Helvetica,Arial,sans-serif";

/// Writes a selection as DOT. What has more statements than [`ExportOptions::PICTURE_LIMIT`] is cut to the heaviest
/// [`ExportOptions::picture_room`], and the title says so.
///
/// # Errors
/// When `out` fails.
pub fn write(selection: &Selection<'_>, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    let shown = match options.picture_room {
        Some(room) if selection.statements().len() > ExportOptions::PICTURE_LIMIT.max(room) => selection.heaviest(room),
        _ => selection.clone(),
    };
    let graph = shown.graph();
    let picture = Picture {
        detail: Detail::for_statements(shown.statements().len()),
        labels: Labels::new(graph, options.language_for(graph)),
        selection: &shown,
        documents: DocumentIds::of_graph(graph),
        links: options.links,
    };
    picture.write(options, out)
}

struct Picture<'p, 'g> {
    selection: &'p Selection<'g>,
    labels: Labels<'g>,
    detail: Detail,
    documents: DocumentIds,
    links: Links,
}

/// The attribute for a link, where there is one.
fn url(link: Option<String>) -> String {
    link.map_or_else(String::new, |link| format!(", URL=\"{}\"", escape(&link)))
}

impl Picture<'_, '_> {
    fn write(&self, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "digraph relata {{")?;
        // The empty line keeps the first edges off the title.
        let title = escape(&format!("{}\n ", self.title(options)));
        let layout = self.detail.layout();
        writeln!(
            out,
            "  graph [charset=\"UTF-8\", {layout}, fontname=\"{FONT}\", fontsize={}, label=\"{title}\", labelloc=t, \
             tooltip=\" \", pad=0.3];",
            self.detail.letters() * 3 / 2
        )?;
        writeln!(
            out,
            "  node [shape=box, style=\"rounded,filled\", color=\"#555555\", fontname=\"{FONT}\", fontsize=14, \
             margin=\"0.12,0.06\", height=0.35];"
        )?;
        writeln!(out, "  edge [fontname=\"{FONT}\", fontsize=12, arrowsize=0.8];")?;
        let degrees = self.selection.degrees();
        let shown = self.selection.entities().iter().filter_map(|node| Some((*node, *degrees.get(&node.entity.id)?)));
        let shown: Vec<(&EntityNode, usize)> = shown.collect();
        for (node, degree) in &shown {
            self.node(out, node, *degree)?;
        }
        for statement in self.selection.statements() {
            self.edge(out, statement)?;
        }
        if options.legend && !shown.is_empty() {
            let families = shown.iter().map(|(node, _)| Family::of(&self.labels, &node.entity.entity_type));
            let letters = self.detail.letters();
            legend::write(out, self.labels.words, self.selection.statements(), families.collect(), letters)?;
        }
        writeln!(out, "}}")
    }

    /// The title and how much of the graph is shown.
    fn title(&self, options: &ExportOptions) -> String {
        let words = self.labels.words;
        let cut = self.selection.cut();
        let documents = words.documents(self.selection.documents().len());
        // Who chose a part needs no advice; who sees less than was asked for does.
        let crowded = self.detail == Detail::NoLabels || cut.reasons.iter().any(|(by, _)| *by == CutBy::Room);
        let hint = if crowded { format!(" ({})", words.hint) } else { String::new() };
        let shown = if cut.statements < cut.statements_of {
            words.part(cut.statements, cut.statements_of)
        } else {
            words.statements(cut.statements)
        };
        let counts = format!("{shown}, {documents}{hint}");
        options.title.as_ref().map_or(counts.clone(), |title| format!("{title} – {counts}"))
    }

    fn node(&self, out: &mut dyn Write, node: &EntityNode, degree: usize) -> io::Result<()> {
        let entity = &node.entity;
        let id = &entity.id;
        let words = self.labels.words;
        let label = self.labels.entity_of(id);
        let tooltip = format!(
            "{label} – {} – {}, {}",
            self.labels.entity_type(&entity.entity_type),
            words.statements(degree),
            words.documents(node.documents)
        );
        let family = Family::of(&self.labels, &entity.entity_type);
        writeln!(
            out,
            "  \"{id}\" [id=\"n-{id}\", label=\"{}\", {}, tooltip=\"{}\"{}{}];",
            escape(&node_label(label)),
            style::node_style(&family),
            escape(&tooltip),
            url(links::of_entity(self.links, id)),
            style::emphasis(degree)
        )
    }

    fn edge(&self, out: &mut dyn Write, statement: &StatementEdge) -> io::Result<()> {
        let id = statement_id(statement);
        let symmetric = self.labels.is_symmetric(&statement.relation);
        let label = edge_label(&self.labels, statement);
        let tooltip = escape(&edge_tooltip(&self.labels, statement));
        write!(
            out,
            "  \"{}\" -> \"{}\" [id=\"st-{id}\", class=\"{} {}\"",
            statement.subject,
            statement.object,
            statement.modality,
            statement.voice.as_str()
        )?;
        if let Some(attribute) = self.detail.label_attribute() {
            write!(out, ", {attribute}=\"{}\"", escape(&label))?;
        }
        let color = color(statement.modality);
        writeln!(
            out,
            ", color=\"{color}{}\", fontcolor=\"{}\", style={}, {}, penwidth={}, tooltip=\"{tooltip}\", \
             labeltooltip=\"{tooltip}\"{}];",
            self.detail.transparency(),
            text_color(statement.modality),
            line(statement.modality),
            arrows(statement.modality, statement.voice, symmetric),
            pen_width(statement.modality, statement.origins),
            url(links::of_statement(self.links, &self.documents, statement))
        )
    }
}
