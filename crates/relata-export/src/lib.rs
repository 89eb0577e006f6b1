//! The knowledge graph to bytes: RDF for stores, GraphML for graph programs, DOT for pictures.
//!
//! A format is one module and one variant of [`Format`]; [`write()`] writes a [`Selection`] in one of them. There is one
//! mapping from graph to RDF, [`rdf::triples`]: files and the SPARQL store both come from it.
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

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use relata_graph::Selection;

mod document_ids;
pub mod dot;
pub mod graphml;
mod labels;
pub mod names;
pub mod ntriples;
pub mod options;
pub mod rdf;
mod text;
pub mod turtle;
pub mod vocabulary;
mod words;

pub use document_ids::DocumentIds;
pub use names::{evidence_id, statement_id};
pub use options::{BaseIri, ExportOptions, NotABaseIri};

/// The files that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// RDF for people and triple stores, with prefixes and sections.
    Turtle,
    /// RDF a line a triple, for pipelines.
    NTriples,
    /// Graphs for NetworkX, igraph, Gephi, Cytoscape.
    GraphMl,
    /// Diagrams for Graphviz.
    Dot,
}

impl Format {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Turtle, Self::NTriples, Self::GraphMl, Self::Dot];

    /// The word for it on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Turtle => "turtle",
            Self::NTriples => "ntriples",
            Self::GraphMl => "graphml",
            Self::Dot => "dot",
        }
    }

    /// The usual end of such a file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Turtle => "ttl",
            Self::NTriples => "nt",
            Self::GraphMl => "graphml",
            Self::Dot => "dot",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown format \"{0}\" (turtle, ntriples, graphml or dot)")]
pub struct UnknownFormat(pub String);

impl FromStr for Format {
    type Err = UnknownFormat;

    /// Takes the word or the end of a file's name.
    fn from_str(word: &str) -> Result<Self, UnknownFormat> {
        let lower = word.to_ascii_lowercase();
        let known = Self::ALL.into_iter().find(|format| format.as_str() == lower || format.extension() == lower);
        known.ok_or_else(|| UnknownFormat(word.to_owned()))
    }
}

/// Writes a graph, or a part of it, in one format. The same selection and options give the same bytes.
///
/// Give a buffered `out`: the writers make many small writes.
///
/// # Errors
/// When `out` fails.
pub fn write(
    selection: &Selection<'_>,
    options: &ExportOptions,
    format: Format,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Turtle => turtle::write(selection, options, out),
        Format::NTriples => ntriples::write(selection, options, out),
        Format::GraphMl => graphml::write(selection, options, out),
        Format::Dot => dot::write(selection, options, out),
    }
}
