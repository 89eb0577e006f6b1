//! The bytes of a compiled gazetteer, and where its sections lie in them.
//!
//! A header (magic, format version, length of the file, SHA-256 of all that follows the digest), a table of sections, the
//! sections. All numbers are little-endian and nothing needs to be aligned, so that the same file serves every machine, at
//! any place, in memory or mapped.

use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use relata_model::Digest;

use super::CompiledError;
use super::mapping::Mapping;

/// The first bytes of every compiled gazetteer: no text begins so.
const MAGIC: [u8; 8] = *b"\x89RLG\r\n\x1a\n";
/// What this program writes and reads.
pub(super) const VERSION: u32 = 2;
const DIGEST: Range<usize> = 24..88;
const TABLE: usize = DIGEST.end;
const HEADER: usize = TABLE + SECTIONS * 16;
const SECTIONS: usize = 14;

/// What the parts of a compiled gazetteer hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Entities, names listed and forms made, three numbers of eight bytes.
    Counts,
    /// The names of the entity types in use, one a line.
    Types,
    /// The language tags in use, one a line.
    Languages,
    /// What names have in common.
    Styles,
    /// Bit map of the word runs that begin a name.
    Begins,
    /// Bit map of the word runs that are one.
    IsName,
    /// Where the readings of each range of hashes begin.
    Ranges,
    /// The lower quarter of each reading's hash.
    Tags,
    /// What each name means.
    Readings,
    /// All spellings, end to end: listed names whole, forms by what they share with theirs.
    Spellings,
    /// Where every sixteenth entity's record begins.
    Starts,
    /// The entities, in the order of their ids.
    Entities,
    /// Hash table from ids to numbers of entities.
    Ids,
    /// Numbers of the entities that hold posts.
    WithRoles,
}

/// A compiled gazetteer as bytes.
#[derive(Debug)]
pub(super) struct Image {
    bytes: Bytes,
    sections: [Range<usize>; SECTIONS],
}

#[derive(Debug)]
enum Bytes {
    Owned(Vec<u8>),
    Mapped(Mapping),
}

impl Bytes {
    fn as_slice(&self) -> &[u8] {
        match self {
            Self::Owned(bytes) => bytes,
            Self::Mapped(mapping) => mapping,
        }
    }
}

impl Image {
    /// Puts sections, in the order of [`Section`], behind their header.
    pub(super) fn of_sections(sections: [Vec<u8>; SECTIONS]) -> Self {
        let total = HEADER + sections.iter().map(Vec::len).sum::<usize>();
        let mut bytes = Vec::with_capacity(total);
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(u32::try_from(SECTIONS).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend((total as u64).to_le_bytes());
        bytes.extend([0; DIGEST.end - DIGEST.start]);
        let mut at = HEADER;
        for section in &sections {
            bytes.extend((at as u64).to_le_bytes());
            bytes.extend((section.len() as u64).to_le_bytes());
            at += section.len();
        }
        for section in sections {
            bytes.extend(&section);
        }
        let sections = table(&bytes).expect("the table was just written");
        Self { bytes: Bytes::Owned(bytes), sections }
    }

    /// Maps a file and checks its header.
    pub(super) fn map(path: &Path) -> Result<Self, CompiledError> {
        let fail = |cause| CompiledError::Io { path: path.to_owned(), cause };
        let file = File::open(path).map_err(fail)?;
        let bytes = if file.metadata().map_err(fail)?.len() == 0 {
            Bytes::Owned(Vec::new())
        } else {
            Bytes::Mapped(Mapping::of(&file).map_err(fail)?)
        };
        Self::of_bytes(bytes, path)
    }

    /// Checks the header of bytes that came from somewhere.
    pub(super) fn of_vec(bytes: Vec<u8>, path: &Path) -> Result<Self, CompiledError> {
        Self::of_bytes(Bytes::Owned(bytes), path)
    }

    fn of_bytes(bytes: Bytes, path: &Path) -> Result<Self, CompiledError> {
        let path = || path.to_owned();
        let slice = bytes.as_slice();
        if !begins_like_one(slice) {
            return Err(CompiledError::Foreign { path: path() });
        }
        let number = |at: usize| slice.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes);
        let length = slice.get(16..24).and_then(|eight| eight.try_into().ok()).map(u64::from_le_bytes);
        match (number(8), length) {
            (Some(version), _) if version != VERSION => {
                return Err(CompiledError::OtherVersion { path: path(), version });
            }
            (Some(_), Some(length)) if length == slice.len() as u64 => {}
            (_, length) => {
                return Err(CompiledError::Truncated { path: path(), found: slice.len() as u64, length });
            }
        }
        let sections =
            table(slice).ok_or_else(|| CompiledError::Damaged { path: path(), what: "its table of sections" })?;
        Ok(Self { bytes, sections })
    }

    /// The bytes of a section.
    #[inline]
    pub(super) fn section(&self, section: Section) -> &[u8] {
        &self.bytes.as_slice()[self.sections[section as usize].clone()]
    }

    /// SHA-256 of all that follows the header's digest.
    pub(super) fn digest(&self) -> Digest {
        Digest::of(&self.bytes.as_slice()[DIGEST.end..])
    }

    /// The digest that the header claims; `None` where it holds none.
    pub(super) fn claimed_digest(&self) -> Option<Digest> {
        std::str::from_utf8(&self.bytes.as_slice()[DIGEST]).ok()?.parse().ok()
    }

    /// Length of the whole.
    pub(super) fn len(&self) -> usize {
        self.bytes.as_slice().len()
    }

    /// Writes the file that [`Image::map`] reads.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let bytes = self.bytes.as_slice();
        out.write_all(&bytes[..DIGEST.start])?;
        out.write_all(self.digest().to_string().as_bytes())?;
        out.write_all(&bytes[DIGEST.end..])
    }
}

/// Whether bytes begin like a compiled gazetteer, whole or not.
pub(super) fn begins_like_one(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// Where the sections lie; `None` unless all lie inside, in order and without gaps.
fn table(bytes: &[u8]) -> Option<[Range<usize>; SECTIONS]> {
    if u32::from_le_bytes(bytes.get(12..16)?.try_into().ok()?) as usize != SECTIONS {
        return None;
    }
    let number = |at: usize| -> Option<usize> {
        usize::try_from(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?)).ok()
    };
    let mut sections = std::array::from_fn(|_| 0..0);
    let mut expected = HEADER;
    for (i, section) in sections.iter_mut().enumerate() {
        let (start, length) = (number(TABLE + i * 16)?, number(TABLE + i * 16 + 8)?);
        let end = start.checked_add(length)?;
        if start != expected || end > bytes.len() {
            return None;
        }
        *section = start..end;
        expected = end;
    }
    (expected == bytes.len()).then_some(sections)
}
