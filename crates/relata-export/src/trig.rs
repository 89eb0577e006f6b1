//! `TriG`: Turtle with, if asked, a graph a document, so that a store can tell, replace or drop what one document says.

use std::io::{self, Write};

use relata_graph::Selection;

use crate::{ExportOptions, turtle};

/// Writes a selection as `TriG`, UTF-8, with the graphs that the options ask for.
///
/// # Errors
/// When `out` fails.
pub fn write(selection: &Selection<'_>, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    turtle::write_graphs(selection, options, options.graphs, out)
}
