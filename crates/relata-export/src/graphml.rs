//! GraphML.
use crate::ExportOptions;
use relata_graph::Selection;
use std::io::{self, Write};
/// Writes.
///
/// # Errors
/// When `out` fails.
pub fn write(_selection: &Selection<'_>, _options: &ExportOptions, _out: &mut dyn Write) -> io::Result<()> {
    Ok(())
}
