//! A file seen as bytes without being read: the one place of the program that needs `unsafe`.

#![expect(unsafe_code, reason = "the operating system, not the compiler, promises that a mapped file stays as it is")]

use std::fs::File;
use std::io;
use std::ops::Deref;

use memmap2::Mmap;

/// The bytes of a file, which the system loads page by page as they are looked at.
#[derive(Debug)]
pub(super) struct Mapping(Mmap);

impl Mapping {
    /// Maps a whole file.
    ///
    /// # Errors
    /// When the system cannot map it.
    pub(super) fn of(file: &File) -> io::Result<Self> {
        // SAFETY: the mapping is read-only, and compiled gazetteers are written to another name and renamed, never changed in
        // place, so the bytes stay as they are while the old file is mapped. Should somebody else overwrite the file all the
        // same, readers see other bytes, which every access checks anew; should he cut it short, the system ends the program.
        unsafe { Mmap::map(file) }.map(Self)
    }
}

impl Deref for Mapping {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}
