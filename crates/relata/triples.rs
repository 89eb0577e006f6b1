//! The triples of whatever a user names: a build folder, an RDF file, or a store on disk.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use relata_store::{GraphStore, RdfFormat, is_store};

use crate::build_folder;
use crate::configuration::unreadable;

/// Where triples are.
#[derive(Clone, Debug)]
pub(crate) enum Triples {
    /// In a build folder, whether there is a build or not.
    Build(PathBuf),
    /// In an RDF file.
    File(PathBuf),
    /// In a folder that `relata load` made.
    Store(PathBuf),
}

impl Triples {
    /// Tells which of them `path` is.
    pub(crate) fn at(path: &Path) -> Self {
        if path.is_file() {
            Self::File(path.to_owned())
        } else if is_store(path) {
            Self::Store(path.to_owned())
        } else {
            Self::Build(path.to_owned())
        }
    }

    /// Opens them for questions.
    ///
    /// # Errors
    /// When there are none, or the file is broken.
    pub(crate) fn open(&self) -> Result<GraphStore> {
        if let Self::Store(folder) = self {
            return Ok(GraphStore::open(folder)?);
        }
        let (file, format) = self.read()?;
        GraphStore::from_rdf(file, format).with_context(|| self.broken())
    }

    /// Writes them into a store on disk.
    ///
    /// # Errors
    /// When there are none, the file is broken, or the store cannot be made.
    pub(crate) fn load(&self, store: &Path) -> Result<GraphStore> {
        if let Self::Store(folder) = self {
            bail!("{} is a store already: load the build or the file that it was made from", folder.display());
        }
        let (file, format) = self.read()?;
        GraphStore::create(store, file, format).map_err(|error| match error {
            relata_store::StoreError::Rdf { .. } => anyhow::Error::new(error).context(self.broken()),
            error => error.into(),
        })
    }

    /// Tells versions of them apart without reading them; `None` while they are being changed.
    pub(crate) fn state(&self) -> Option<String> {
        match self {
            Self::Build(folder) => build_folder::state(folder),
            Self::File(file) => build_folder::file_state(file),
            Self::Store(folder) => build_folder::file_state(&folder.join(relata_store::DESCRIPTION)),
        }
    }

    fn read(&self) -> Result<(Box<dyn Read>, RdfFormat)> {
        let (Self::File(path) | Self::Build(path) | Self::Store(path)) = self;
        if !matches!(self, Self::File(_)) {
            return Ok((Box::new(build_folder::turtle(path)?), RdfFormat::Turtle));
        }
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let Some(format) = RdfFormat::from_extension(extension) else {
            bail!(
                "{} is neither a build folder nor an RDF file (.ttl, .nt, .nq, .trig, .rdf, .jsonld)",
                path.display()
            );
        };
        let file = File::open(path).with_context(|| unreadable(path))?;
        Ok((Box::new(BufReader::new(file)), format))
    }

    /// What to say of a file that is not of its format.
    fn broken(&self) -> String {
        match self {
            Self::Build(folder) | Self::Store(folder) => {
                format!("{}: build again", folder.join(build_folder::TURTLE).display())
            }
            Self::File(file) => file.display().to_string(),
        }
    }
}
