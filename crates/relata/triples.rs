//! The triples of whatever a user names: a build folder, or an RDF file.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use anyhow::{Context, Result, bail};
use relata_store::{GraphStore, RdfFormat};

use crate::build_folder;
use crate::configuration::unreadable;

/// Opens a build folder, or an RDF file of any format.
///
/// # Errors
/// When there is neither, or the file is broken.
pub(crate) fn open(out: &Path) -> Result<GraphStore> {
    if !out.is_file() {
        let file = build_folder::turtle(out)?;
        let again = || format!("{}: build again", out.join(build_folder::TURTLE).display());
        return GraphStore::from_turtle(file).with_context(again);
    }
    let extension = out.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let Some(format) = RdfFormat::from_extension(extension) else {
        bail!("{} is neither a build folder nor an RDF file (.ttl, .nt, .nq, .trig, .rdf, .jsonld)", out.display());
    };
    let file = File::open(out).with_context(|| unreadable(out))?;
    GraphStore::from_rdf(BufReader::new(file), format).with_context(|| out.display().to_string())
}
