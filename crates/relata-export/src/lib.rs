//! The knowledge graph to bytes: RDF for stores, `GraphML` and its like for graph programs, DOT for pictures, notes and tables.
//!
//! A format is one module and one variant of [`Format`] (one file, by [`write()`]) or [`FolderFormat`] (several). There is
//! one mapping from graph to RDF, [`rdf::items`]: files and the SPARQL store both come from it. There is one list of what
//! graph formats say of a node and an edge, so that they all say the same.
//!
//! ```
//! use relata_export::{ExportOptions, Format};
//! use relata_graph::KnowledgeGraph;
//! use relata_model::Schema;
//!
//! let schema = Schema::from_toml("schema.toml", "").expect("an empty schema has no fault");
//! let graph = KnowledgeGraph::merge([], |_| None, &schema).expect("nothing contradicts nothing");
//! let mut turtle = Vec::new();
//! relata_export::write(&graph.all(), &ExportOptions::default(), Format::Turtle, &mut turtle)?;
//! assert!(turtle.starts_with(b"@prefix relata:"));
//! # Ok::<(), std::io::Error>(())
//! ```

use std::io::{self, Write};

use relata_graph::Selection;

pub mod annotations;
mod attributes;
mod buffer;
mod captions;
mod chapters;
pub mod conformance;
pub mod csv;
mod document_ids;
pub mod dot;
pub mod folder;
pub mod format;
pub mod gexf;
pub mod graphml;
pub mod graphviz;
pub mod html;
mod json;
pub mod json_ld;
mod labels;
mod links;
mod look;
pub mod mermaid;
pub mod names;
pub mod network_json;
pub mod ntriples;
pub mod obsidian;
pub mod options;
pub mod rdf;
pub mod rdf_xml;
mod text;
pub mod trig;
pub mod turtle;
pub mod vocabulary;
mod words;
mod xml;
pub mod yed;

pub use document_ids::DocumentIds;
pub use folder::{Folder, NotEmpty};
pub use format::{FolderFormat, Form, Format, Picture, UnknownFormat, Unsuitable};
pub use names::{evidence_id, statement_id};
pub use options::{BaseIri, ExportOptions, Graphs, Links, NotABaseIri, RdfVersion};

/// Writes a graph, or a part of it, in one format. The same selection and options give the same bytes.
///
/// Give a buffered `out`: the writers make many small writes.
///
/// # Errors
/// When `out` fails; before anything is written, when the format cannot hold what is asked: an [`Unsuitable`] or a
/// [`mermaid::TooLarge`] inside an error of the kind [`io::ErrorKind::InvalidInput`].
pub fn write(
    selection: &Selection<'_>,
    options: &ExportOptions,
    format: Format,
    out: &mut dyn Write,
) -> io::Result<()> {
    format.suits(options).map_err(|unsuitable| io::Error::new(io::ErrorKind::InvalidInput, unsuitable))?;
    match format {
        Format::Turtle => turtle::write(selection, options, out),
        Format::NTriples => ntriples::write(selection, options, out),
        Format::TriG => trig::write(selection, options, out),
        Format::NQuads => ntriples::write_quads(selection, options, out),
        Format::RdfXml => rdf_xml::write(selection, options, out),
        Format::JsonLd => json_ld::write(selection, options, out),
        Format::Annotations => annotations::write(selection, options, out),
        Format::GraphMl => graphml::write(selection, options, out),
        Format::Yed => yed::write(selection, options, out),
        Format::Gexf => gexf::write(selection, options, out),
        Format::Dot => dot::write(selection, options, out),
        Format::Mermaid => mermaid::write(selection, options, out),
        Format::Cytoscape => network_json::write_cytoscape(selection, options, out),
        Format::NodeLink => network_json::write_node_link(selection, options, out),
    }
}
