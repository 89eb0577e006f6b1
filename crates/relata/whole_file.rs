//! Files that are written whole or not at all: beside their place, and moved there when they are finished.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A file being written. Dropped before it is finished, it leaves what was there before.
pub(crate) struct WholeFile {
    path: PathBuf,
    /// Where it is until it is finished; nothing where it is no file but a device or a pipe.
    part: Option<PathBuf>,
    out: BufWriter<File>,
}

impl WholeFile {
    /// Begins to write.
    ///
    /// # Errors
    /// When the folder does not take it.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let special = fs::metadata(path).is_ok_and(|metadata| !metadata.is_file());
        let part = (!special).then(|| {
            let mut name = path.file_name().unwrap_or_default().to_owned();
            name.push(format!(".{}.part", std::process::id()));
            path.with_file_name(name)
        });
        let file = File::create(part.as_deref().unwrap_or(path)).with_context(|| cannot_write(path))?;
        Ok(Self { path: path.to_owned(), part, out: BufWriter::with_capacity(1 << 16, file) })
    }

    /// Brings everything to the disk and to its place.
    ///
    /// # Errors
    /// When the disk is full or fails.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.out.flush().with_context(|| cannot_write(&self.path))?;
        if let Some(part) = &self.part {
            let done = self.out.get_ref().sync_all().and_then(|()| fs::rename(part, &self.path));
            done.with_context(|| cannot_write(&self.path))?;
            self.part = None;
        }
        Ok(())
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        if let Some(part) = &self.part {
            let _ = fs::remove_file(part);
        }
    }
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write {}", path.display())
}
