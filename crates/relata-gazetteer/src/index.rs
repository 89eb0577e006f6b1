//! Hashes of word runs to the names that may stand there.
//!
//! Two bit maps answer most questions without a look at the table: whether a run of words begins any name, and whether it
//! is one. The table holds the readings in the order of their hashes, with the first one of each range of hashes, and the
//! lower half of each hash. What it returns only has a like hash: the caller compares the letters.
//!
//! All of it is plain bytes, so that a mapped file serves as it is.

use crate::spelling::Demand;
use crate::words::{Word, extend};

/// One name as it is listed or was made, and what it means.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    /// Number of the entity.
    pub(crate) entity: u32,
    /// Where its spelling begins.
    pub(crate) spelling: u32,
    /// Length of its spelling in bytes.
    pub(crate) length: u16,
    /// Number of its language.
    pub(crate) language: u16,
    /// What it asks of capitals.
    pub(crate) demand: Demand,
    /// What else is to be known, bits of [`flags`].
    pub(crate) flags: u16,
}

/// Bits of a reading.
pub(crate) mod flags {
    /// The name alone proves nothing.
    pub(crate) const NEEDS_CONTEXT: u16 = 1;
    /// The listed name begins with a small letter.
    pub(crate) const LOWER_CASE: u16 = 1 << 1;
    /// Only in texts of its own language: demonyms and common nouns.
    pub(crate) const OWN_LANGUAGE: u16 = 1 << 2;
    /// Small letters will do where no other reading is right: long names of people and places.
    pub(crate) const SMALL_WILL_DO: u16 = 1 << 3;
    /// An accent that the name lacks does no harm: long names of people and places.
    pub(crate) const ANY_ACCENT: u16 = 1 << 4;
    /// Only before a hyphen: "российско-".
    pub(crate) const BEFORE_HYPHEN: u16 = 1 << 5;
    /// Made by code from a listed name.
    pub(crate) const MADE: u16 = 1 << 6;
    /// First of two bits that hold the kind of the name.
    pub(crate) const KIND: u16 = 8;
}

const READING: usize = 16;

impl Reading {
    fn write(self, out: &mut Vec<u8>) {
        out.extend(self.entity.to_le_bytes());
        out.extend(self.spelling.to_le_bytes());
        out.extend(self.length.to_le_bytes());
        out.extend(self.language.to_le_bytes());
        out.extend(self.flags.to_le_bytes());
        out.extend([self.demand as u8, 0]);
    }

    /// `None` for a demand that there is not, which only a damaged file has.
    #[inline]
    fn read(bytes: &[u8; READING]) -> Option<Self> {
        let four = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let two = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
        Some(Self {
            entity: four(0),
            spelling: four(4),
            length: two(8),
            language: two(10),
            flags: two(12),
            demand: Demand::of_code(bytes[14])?,
        })
    }
}

/// The index as the bytes that [`Index`] reads.
pub(crate) struct IndexBytes {
    pub(crate) begins: Vec<u8>,
    pub(crate) is_name: Vec<u8>,
    pub(crate) ranges: Vec<u8>,
    pub(crate) tags: Vec<u8>,
    pub(crate) readings: Vec<u8>,
}

impl IndexBytes {
    /// Builds the index of readings, each with the hash of its name, in the order of their entities; `prefixes` are the
    /// hashes of all shorter runs, none twice.
    pub(crate) fn new(keyed: &[(u64, Reading)], prefixes: &[u64]) -> Self {
        let mut begins = vec![[0; 8]; blocks(keyed.len() + prefixes.len())];
        let mut is_name = vec![[0; 8]; blocks(keyed.len())];
        let ranges = keyed.len() / 2 + 1;
        let mut starts = vec![0_u32; ranges + 1];
        for (hash, _) in keyed {
            insert(&mut begins, *hash);
            insert(&mut is_name, *hash);
            starts[scaled(*hash, ranges) + 1] += 1;
        }
        for hash in prefixes {
            insert(&mut begins, *hash);
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut order = vec![0_u32; keyed.len()];
        for (number, (hash, _)) in (0..).zip(keyed) {
            let place = &mut next[scaled(*hash, ranges)];
            order[*place as usize] = number;
            *place += 1;
        }
        drop(next);
        for pair in starts.windows(2) {
            order[pair[0] as usize..pair[1] as usize]
                .sort_unstable_by_key(|&number| (tag(keyed[number as usize].0), number));
        }
        let mut tags = Vec::with_capacity(keyed.len() * 4);
        let mut readings = Vec::with_capacity(keyed.len() * READING);
        for number in order {
            let (hash, reading) = keyed[number as usize];
            tags.extend(tag(hash).to_le_bytes());
            reading.write(&mut readings);
        }
        let ranges = starts.into_iter().map(u32::to_le_bytes).collect::<Vec<_>>().into_flattened();
        Self { begins: begins.into_flattened(), is_name: is_name.into_flattened(), ranges, tags, readings }
    }
}

/// Finds readings by the hash of their words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Index<'i> {
    begins: &'i [[u8; 8]],
    is_name: &'i [[u8; 8]],
    /// Where the readings of each range of hashes begin, and the end of all.
    ranges: &'i [[u8; 4]],
    /// The lower half of each reading's hash.
    tags: &'i [[u8; 4]],
    readings: &'i [[u8; READING]],
}

impl<'i> Index<'i> {
    /// Views the bytes of an index; `None` where they are none: too few, or with ranges out of order.
    pub(crate) fn checked(
        begins: &'i [u8],
        is_name: &'i [u8],
        ranges: &'i [u8],
        tags: &'i [u8],
        readings: &'i [u8],
    ) -> Option<Self> {
        let index = Self::of(begins, is_name, ranges, tags, readings);
        let whole = [begins.len() % 8, is_name.len() % 8, ranges.len() % 4, tags.len() % 4, readings.len() % READING];
        let mut last = 0;
        let in_order = index.ranges.iter().all(|start| {
            let start = u32::from_le_bytes(*start);
            let ok = last <= start;
            last = start;
            ok
        });
        let fits = in_order
            && last as usize == index.readings.len()
            && index.tags.len() == index.readings.len()
            && index.ranges.len() >= 2
            && !index.begins.is_empty()
            && !index.is_name.is_empty();
        (fits && whole == [0; 5]).then_some(index)
    }

    /// Views bytes that were checked before.
    pub(crate) fn of(
        begins: &'i [u8],
        is_name: &'i [u8],
        ranges: &'i [u8],
        tags: &'i [u8],
        readings: &'i [u8],
    ) -> Self {
        Self {
            begins: begins.as_chunks().0,
            is_name: is_name.as_chunks().0,
            ranges: ranges.as_chunks().0,
            tags: tags.as_chunks().0,
            readings: readings.as_chunks().0,
        }
    }

    /// Whether a name may begin with these words.
    #[inline]
    pub(crate) fn begins(&self, hash: u64) -> bool {
        contains(self.begins, hash)
    }

    /// Whether these words may be a name.
    #[inline]
    pub(crate) fn is_name(&self, hash: u64) -> bool {
        contains(self.is_name, hash)
    }

    /// The readings whose name may have this hash, in the order of their entities.
    pub(crate) fn readings(&self, hash: u64) -> impl Iterator<Item = Reading> + use<'i> {
        let range = scaled(hash, self.ranges.len() - 1);
        let [from, to] = [range, range + 1].map(|at| u32::from_le_bytes(self.ranges[at]) as usize);
        let tag = tag(hash).to_le_bytes();
        let like = self.tags[from..to].iter().zip(&self.readings[from..to]).filter(move |(own, _)| **own == tag);
        like.filter_map(|(_, reading)| Reading::read(reading))
    }

    /// Runs of readings whose names have one hash.
    pub(crate) fn groups(&self) -> impl Iterator<Item = Vec<Reading>> + use<'i> {
        let (tags, readings) = (self.tags, self.readings);
        self.ranges.windows(2).flat_map(move |pair| {
            let [from, to] = [pair[0], pair[1]].map(|at| u32::from_le_bytes(at) as usize);
            let mut at = from;
            tags[from..to].chunk_by(|a, b| a == b).map(move |run| {
                let start = at;
                at += run.len();
                readings[start..at].iter().filter_map(Reading::read).collect()
            })
        })
    }
}

/// The hash of a run of words from that of the run without its last word. Only the bits of `mask` count: all but in tests of
/// collisions.
#[inline]
pub(crate) fn key(prefix: Option<u64>, word: Word, mask: u64) -> u64 {
    prefix.map_or(word.hash, |prefix| extend(prefix, word.hash)) & mask
}

/// The upper half of a hash, brought down to `0..count` in order.
#[inline]
pub(crate) fn scaled(hash: u64, count: usize) -> usize {
    (((hash >> 32) * count as u64) >> 32) as usize
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is what is wanted")]
fn tag(hash: u64) -> u32 {
    hash as u32
}

// A bit map is a set of hashes that may say yes to one that is not in it, about once in a hundred times.

/// How many blocks of a bit map give each hash sixteen bits.
fn blocks(hashes: usize) -> usize {
    hashes / 4 + 1
}

fn bits(hash: u64) -> u64 {
    (1 << (hash & 63)) | (1 << ((hash >> 6) & 63))
}

fn insert(blocks: &mut [[u8; 8]], hash: u64) {
    let place = scaled(hash, blocks.len());
    blocks[place] = (u64::from_le_bytes(blocks[place]) | bits(hash)).to_le_bytes();
}

#[inline]
fn contains(blocks: &[[u8; 8]], hash: u64) -> bool {
    let bits = bits(hash);
    u64::from_le_bytes(blocks[scaled(hash, blocks.len())]) & bits == bits
}
