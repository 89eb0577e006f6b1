//! Exports of several files, in a folder of their own.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// The list of what an export wrote, so that the next one can take away what is stale and touches nothing else.
const LIST: &str = ".relata-export";

/// The folder an export is written into: a new or empty one, or one that holds an earlier export, which is replaced.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// What an earlier export wrote.
    before: BTreeSet<String>,
    written: BTreeSet<String>,
}

/// A folder with files that no export wrote.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} holds other files: name a new or empty folder, so that nothing of yours is overwritten", .0.display())]
pub struct NotEmpty(pub PathBuf);

impl Folder {
    /// Makes the folder where it is not there.
    ///
    /// # Errors
    /// When it cannot be made; a [`NotEmpty`] of the kind [`io::ErrorKind::AlreadyExists`] when it holds other files.
    pub fn create(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        let before = match fs::read_to_string(path.join(LIST)) {
            Ok(list) => list.lines().map(str::to_owned).collect(),
            Err(_) if fs::read_dir(path)?.next().is_none() => BTreeSet::new(),
            Err(_) => return Err(io::Error::new(io::ErrorKind::AlreadyExists, NotEmpty(path.to_owned()))),
        };
        Ok(Self { path: path.to_owned(), before, written: BTreeSet::new() })
    }

    /// Ends the export: takes away what an earlier one wrote and this one did not. Gives the number of files.
    ///
    /// # Errors
    /// When the folder cannot be changed.
    pub fn finish(self) -> io::Result<usize> {
        for stale in self.before.difference(&self.written) {
            // A list that somebody wrote himself must not reach outside.
            if Path::new(stale).components().all(|part| matches!(part, std::path::Component::Normal(_))) {
                match fs::remove_file(self.path(stale)) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
        }
        let list: Vec<&str> = self.written.iter().map(String::as_str).collect();
        fs::write(self.path(LIST), list.join("\n") + "\n")?;
        Ok(self.written.len())
    }

    /// Where a file of it is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Writes a file; `name` may have folders before it.
    pub(crate) fn write(
        &mut self,
        name: &str,
        content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let path = self.path(name);
        if self.written.is_empty() {
            // A folder half written belongs to an export too.
            let mut list = File::options().create(true).append(true).open(self.path(LIST))?;
            writeln!(list, "{name}")?;
        }
        if let Some(above) = path.parent() {
            fs::create_dir_all(above)?;
        }
        let mut out = BufWriter::with_capacity(1 << 16, File::create(path)?);
        content(&mut out)?;
        out.flush()?;
        self.written.insert(name.to_owned());
        Ok(())
    }
}

/// The name of a file for an id, without its extension: safe on Windows, where `con` and `nul` are no files, and never too
/// long for a disk. Ids hold ASCII letters, digits, `-` and `_` only, so nothing else can be unsafe.
pub(crate) fn file_name(id: &str) -> String {
    let reserved = matches!(id.to_ascii_lowercase().as_str(), "con" | "prn" | "aux" | "nul")
        || (id.len() == 4
            && ["com", "lpt"].iter().any(|port| id.to_ascii_lowercase().starts_with(port))
            && id.ends_with(|c: char| c.is_ascii_digit()));
    if reserved {
        format!("{id}_")
    } else if id.len() > 120 {
        format!("{}-{}", &id[..100], relata_model::Digest::of(id.as_bytes()).short())
    } else {
        id.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn names_are_safe_on_every_disk() {
        assert_eq!(["con", "lpt1", "lpt10", "nvidia"].map(file_name), ["con_", "lpt1_", "lpt10", "nvidia"]);
        assert_eq!(file_name(&"a".repeat(300)).len(), 117);
    }
}
