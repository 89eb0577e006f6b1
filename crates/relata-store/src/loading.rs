//! Triples on their way into a store: those of an export, or of a file.

use std::io::{self, Read};
use std::path::PathBuf;

use oxigraph::io::{RdfFormat, RdfParseError, RdfParser};
use oxigraph::model::{GraphName, Quad, Triple};
use oxigraph::store::{StorageError, Store};
use relata_export::names::Namespaces;
use relata_export::rdf::{self, Item};
use relata_export::{BaseIri, ExportOptions};
use relata_graph::Selection;

use crate::GraphStore;

/// How many triples are handed to the store at once.
const BATCH: usize = 100_000;

/// Triples that cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is not of its format.
    #[error("this is not {}: {error}", .format.name())]
    Rdf {
        /// What it should be.
        format: RdfFormat,
        /// What is wrong, with line and column.
        error: RdfParseError,
    },
    /// The file cannot be read.
    #[error("cannot be read: {0}")]
    Read(#[from] io::Error),
    /// A folder that is none, or is there already, or cannot be changed.
    #[error("{}: {error}", .path.display())]
    Folder {
        /// The folder or a file of it.
        path: PathBuf,
        /// What is wrong.
        error: io::Error,
    },
    /// There is something where the store should be made.
    #[error("{} is there already: a store is not changed, so name another folder or remove this one", .0.display())]
    Exists(PathBuf),
    /// Somebody else makes the same store.
    #[error("another program is loading {}: wait for it, or name another folder", .0.display())]
    Busy(PathBuf),
    /// The program was built without the part that keeps stores on disk.
    #[error(
        "this relata was built without stores on disk: build it with `cargo build --release --features rocksdb`, \
         which needs a C++ compiler and libclang (Debian: apt install g++ libclang-dev) and takes minutes longer"
    )]
    NotBuiltIn,
    /// The store fails.
    #[error("the store failed: {0}")]
    Storage(#[from] StorageError),
}

impl GraphStore {
    /// Holds the triples that the export of `selection` would hold.
    ///
    /// # Errors
    /// When the store fails.
    pub fn load(selection: &Selection<'_>, options: &ExportOptions) -> Result<Self, StoreError> {
        let spaces = Namespaces::new(&options.base_iri);
        let store = Store::new()?;
        let mut batch = Vec::with_capacity(BATCH.min(selection.statements().len() * 32));
        rdf::triples(selection, options, &mut |item| {
            if let Item::Triple(triple) = item {
                batch.push(in_default_graph(triple.to_oxrdf(&spaces)));
                if batch.len() == BATCH {
                    store.extend(batch.drain(..)).map_err(io::Error::other)?;
                }
            }
            Ok(())
        })?;
        store.extend(batch)?;
        Ok(Self::new(store, prefixes(&options.base_iri)))
    }

    /// Holds the triples of a Turtle file, `graph.ttl` of a build for one; its prefixes replace the usual ones of the same
    /// name, so that a build made with another base IRI is asked in its own terms.
    ///
    /// # Errors
    /// When the file cannot be read or is no Turtle; the message has line and column.
    pub fn from_turtle(file: impl Read) -> Result<Self, StoreError> {
        Self::from_rdf(file, RdfFormat::Turtle)
    }

    /// Holds the triples of a file in any of the formats, graphs with a name included.
    ///
    /// # Errors
    /// When the file cannot be read or is not of that format; the message has line and column.
    pub fn from_rdf(mut file: impl Read, format: RdfFormat) -> Result<Self, StoreError> {
        Self::read(&mut file, format)
    }

    /// Not generic, so that no caller compiles the parsers again.
    fn read(file: &mut dyn Read, format: RdfFormat) -> Result<Self, StoreError> {
        let store = Store::new()?;
        let mut file = QuadFile::new(file, format);
        let mut batch = Vec::new();
        for quad in file.by_ref() {
            batch.push(quad?);
            if batch.len() == BATCH {
                store.extend(batch.drain(..))?;
            }
        }
        store.extend(batch)?;
        Ok(Self::new(store, file.prefixes()))
    }
}

/// The triples of a file, one by one.
pub(crate) struct QuadFile<'f> {
    parser: oxigraph::io::ReaderQuadParser<&'f mut dyn Read>,
    format: RdfFormat,
}

impl<'f> QuadFile<'f> {
    pub(crate) fn new(file: &'f mut dyn Read, format: RdfFormat) -> Self {
        Self { parser: RdfParser::from_format(format).for_reader(file), format }
    }

    /// The usual prefixes, those that the file has read so far declares instead of those of the same name.
    pub(crate) fn prefixes(&self) -> Vec<(String, String)> {
        let mut prefixes = prefixes(&BaseIri::default());
        for (prefix, iri) in self.parser.prefixes() {
            match prefixes.iter_mut().find(|(known, _)| known == prefix) {
                Some((_, known)) => iri.clone_into(known),
                None => prefixes.push((prefix.to_owned(), iri.to_owned())),
            }
        }
        prefixes
    }
}

impl Iterator for QuadFile<'_> {
    type Item = Result<Quad, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let format = self.format;
        let quad = self.parser.next()?;
        Some(quad.map_err(|error| match error {
            RdfParseError::Io(error) => StoreError::Read(error),
            error @ RdfParseError::Syntax(_) => StoreError::Rdf { format, error },
        }))
    }
}

fn prefixes(base: &BaseIri) -> Vec<(String, String)> {
    Namespaces::new(base).prefixes().map(|(prefix, iri)| (prefix.to_owned(), iri.to_owned())).collect()
}

fn in_default_graph(triple: Triple) -> Quad {
    triple.in_graph(GraphName::DefaultGraph)
}
