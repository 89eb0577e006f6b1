//! Which files are documents, and what they are called.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use relata_model::DocumentName;

use crate::error::{CollectError, ReadError};

/// The documents of the paths that were given, and what was seen beside them.
#[derive(Debug, Default)]
pub struct Collection {
    /// By name, in the order of code points; no name stands twice.
    pub inputs: Vec<Input>,
    /// Files below the folders that are neither `.txt` nor `.md`.
    pub ignored: usize,
    /// Folders below the ones given that cannot be opened, and files whose name cannot be written.
    pub faults: Vec<ReadError>,
}

/// A document still to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its name in the results.
    pub name: DocumentName,
    /// Where its bytes are.
    pub source: Source,
}

/// Where the bytes of a document are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// In a file.
    File(PathBuf),
    /// On standard input.
    StandardInput,
}

impl Source {
    fn to_text(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::StandardInput => "standard input".to_owned(),
        }
    }
}

/// Lists the documents of files, folders and `-` (standard input, named `stdin`).
///
/// Folders are walked with all below them: `.txt` and `.md` files in either case are documents, named by their path below
/// the folder with `/` between its parts; hidden files and folders are skipped; links are followed, but no folder is entered
/// inside itself. A file that is given by name is a document whatever its ending, and is named by its file name.
///
/// # Errors
/// When a path is missing or cannot be opened, a folder holds no document, or two documents would have one name. What goes
/// wrong further down is among the collection's faults.
pub fn collect(paths: &[PathBuf]) -> Result<Collection, CollectError> {
    if paths.is_empty() {
        return Err(CollectError::NoInput);
    }
    let mut collection = Collection::default();
    for path in paths {
        if path.as_os_str() == "-" {
            collection.inputs.push(Input { name: DocumentName::new("stdin"), source: Source::StandardInput });
            continue;
        }
        let metadata = fs::metadata(path).map_err(|cause| match cause.kind() {
            io::ErrorKind::NotFound => CollectError::Missing(path.clone()),
            _ => CollectError::Unreadable { path: path.clone(), cause },
        })?;
        if metadata.is_dir() {
            collect_folder(path, &mut collection)?;
        } else {
            let name = path.file_name().and_then(|name| name.to_str());
            let name = name.ok_or_else(|| CollectError::NameNotUnicode(path.clone()))?;
            collection.inputs.push(Input { name: DocumentName::new(name), source: Source::File(path.clone()) });
        }
    }
    collection.inputs.sort_by(|a, b| a.name.cmp(&b.name));
    collection.faults.sort_by(|a, b| a.name().cmp(b.name()));
    for pair in collection.inputs.windows(2) {
        if pair[0].name == pair[1].name {
            return Err(CollectError::SameName {
                name: pair[0].name.clone(),
                first: pair[0].source.to_text(),
                second: pair[1].source.to_text(),
            });
        }
    }
    Ok(collection)
}

fn collect_folder(root: &Path, collection: &mut Collection) -> Result<(), CollectError> {
    let unreadable = |cause| CollectError::Unreadable { path: root.to_owned(), cause };
    let (before, ignored_before) = (collection.inputs.len() + collection.faults.len(), collection.ignored);
    let entries = fs::read_dir(root).map_err(unreadable)?;
    let mut walk = Walk { collection, above: BTreeSet::from([fs::canonicalize(root).map_err(unreadable)?]) };
    walk.folder(entries, "");
    if collection.inputs.len() + collection.faults.len() == before {
        return Err(CollectError::NoDocuments { path: root.to_owned(), ignored: collection.ignored - ignored_before });
    }
    Ok(())
}

struct Walk<'c> {
    collection: &'c mut Collection,
    /// The folders that hold the one being walked, and it itself: a link to one of them would never end.
    above: BTreeSet<PathBuf>,
}

impl Walk<'_> {
    fn folder(&mut self, entries: fs::ReadDir, prefix: &str) {
        for entry in entries {
            match entry {
                Ok(entry) => self.entry(&entry, prefix),
                Err(cause) => self.fault(prefix.trim_end_matches('/'), cause),
            }
        }
    }

    fn entry(&mut self, entry: &fs::DirEntry, prefix: &str) {
        let file_name = entry.file_name();
        let lossy = file_name.to_string_lossy();
        if lossy.starts_with('.') {
            return;
        }
        let path = entry.path();
        let name = format!("{prefix}{lossy}");
        // Follows links; one that leads nowhere is a fault only if it is named as a document is.
        let metadata = match fs::metadata(&path) {
            Ok(metadata) => metadata,
            Err(cause) if is_document(&path) => return self.fault(&name, cause),
            Err(_) => {
                self.collection.ignored += 1;
                return;
            }
        };
        if metadata.is_dir() {
            self.enter(&path, &name);
        } else if !metadata.is_file() || !is_document(&path) {
            self.collection.ignored += 1;
        } else if file_name.to_str().is_none() {
            self.collection.faults.push(ReadError::NameNotUnicode { name: DocumentName::new(&name) });
        } else {
            self.collection.inputs.push(Input { name: DocumentName::new(&name), source: Source::File(path) });
        }
    }

    fn enter(&mut self, path: &Path, name: &str) {
        let opened = fs::canonicalize(path).and_then(|real| Ok((real, fs::read_dir(path)?)));
        let (real, entries) = match opened {
            Ok(opened) => opened,
            Err(cause) => return self.fault(name, cause),
        };
        if self.above.insert(real.clone()) {
            self.folder(entries, &format!("{name}/"));
            self.above.remove(&real);
        }
    }

    fn fault(&mut self, name: &str, cause: io::Error) {
        self.collection.faults.push(ReadError::Unreadable { name: DocumentName::new(name), cause });
    }
}

/// Whether the file's ending is that of a document.
fn is_document(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("txt") || ending.eq_ignore_ascii_case("md"))
}
