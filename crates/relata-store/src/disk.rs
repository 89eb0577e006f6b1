//! Graphs on disk, for those that are larger than memory.
//!
//! A store is a folder with the triples as `RocksDB` keeps them and a small file that describes them. It is made at once and
//! never changed, so that many programs may read it. Without the feature `rocksdb` none can be made or opened.

use std::io::Read;
use std::path::Path;

use oxigraph::io::RdfFormat;

use crate::{GraphStore, StoreError};

/// The file that makes a folder a store; it is replaced when the store is.
pub const DESCRIPTION: &str = "store.json";

/// Whether a folder is a store, as [`GraphStore::create`] makes them.
pub fn is_store(folder: &Path) -> bool {
    folder.join(DESCRIPTION).is_file()
}

impl GraphStore {
    /// Makes a store out of a file in any of the formats, in a folder that must not be there yet, and opens it. The triples
    /// are never held all at once; what is interrupted leaves no store.
    ///
    /// # Errors
    /// When the file cannot be read or is not of that format, with line and column; when the folder is there already or
    /// cannot be written; when stores on disk are not built in.
    pub fn create(folder: &Path, mut file: impl Read, format: RdfFormat) -> Result<Self, StoreError> {
        rocks::create(folder, &mut file, format)?;
        Self::open(folder)
    }

    /// Opens a store for reading.
    ///
    /// # Errors
    /// When there is none or it is broken; when stores on disk are not built in.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        rocks::open(folder)
    }
}

#[cfg(not(feature = "rocksdb"))]
mod rocks {
    use super::{GraphStore, Path, RdfFormat, Read, StoreError};

    pub(super) fn create(_: &Path, _: &mut dyn Read, _: RdfFormat) -> Result<(), StoreError> {
        Err(StoreError::NotBuiltIn)
    }

    pub(super) fn open(_: &Path) -> Result<GraphStore, StoreError> {
        Err(StoreError::NotBuiltIn)
    }
}

#[cfg(feature = "rocksdb")]
mod rocks {
    use std::fs::{self, File};
    use std::io;

    use oxigraph::store::Store;
    use serde::{Deserialize, Serialize};

    use super::{DESCRIPTION, GraphStore, Path, RdfFormat, Read, StoreError};
    use crate::loading::QuadFile;

    /// The folder of the triples.
    const TRIPLES: &str = "triples";
    /// The megabytes that sorting may take while a store is made.
    const ROOM: usize = 512;

    /// What [`DESCRIPTION`] says.
    #[derive(Serialize, Deserialize)]
    struct Description {
        /// Prefix and namespace, in the order in which the exports declare them.
        prefixes: Vec<(String, String)>,
    }

    pub(super) fn create(folder: &Path, file: &mut dyn Read, format: RdfFormat) -> Result<(), StoreError> {
        if folder.exists() {
            return Err(StoreError::Exists(folder.to_owned()));
        }
        // Everything is made beside its place, and one rename makes it the store.
        let Some(name) = folder.file_name() else { return Err(StoreError::Exists(folder.to_owned())) };
        let staging = folder.with_file_name(format!(".{}.loading", name.display()));
        fs::create_dir_all(&staging).map_err(at(&staging))?;
        let lock = staging.join("lock");
        let locked = File::create(&lock).map_err(at(&lock))?;
        if locked.try_lock().is_err() {
            return Err(StoreError::Busy(folder.to_owned()));
        }
        let made = fill(&staging, file, format).and_then(|()| fs::rename(&staging, folder).map_err(at(folder)));
        if made.is_err() {
            // What cannot be removed either is overwritten by the next one.
            let _ = fs::remove_dir_all(&staging);
        } else {
            let _ = fs::remove_file(folder.join("lock"));
        }
        made
    }

    fn fill(staging: &Path, file: &mut dyn Read, format: RdfFormat) -> Result<(), StoreError> {
        let triples = staging.join(TRIPLES);
        if triples.exists() {
            fs::remove_dir_all(&triples).map_err(at(&triples))?;
        }
        let store = Store::open(&triples)?;
        let mut quads = QuadFile::new(file, format);
        let mut loader = store.bulk_loader().with_max_memory_size_in_megabytes(ROOM);
        loader.load_ok_quads::<StoreError, StoreError>(quads.by_ref())?;
        loader.commit()?;
        store.flush()?;
        let description = Description { prefixes: quads.prefixes() };
        let mut text = serde_json::to_string_pretty(&description).expect("texts are JSON");
        text.push('\n');
        let path = staging.join(DESCRIPTION);
        fs::write(&path, text).map_err(at(&path))
    }

    pub(super) fn open(folder: &Path) -> Result<GraphStore, StoreError> {
        let path = folder.join(DESCRIPTION);
        let text = fs::read_to_string(&path).map_err(at(&path))?;
        let description: Description = serde_json::from_str(&text).map_err(|error| at(&path)(error.into()))?;
        Ok(GraphStore::new(Store::open_read_only(folder.join(TRIPLES))?, description.prefixes))
    }

    fn at(path: &Path) -> impl Fn(io::Error) -> StoreError {
        let path = path.to_owned();
        move |error| StoreError::Folder { path: path.clone(), error }
    }
}
