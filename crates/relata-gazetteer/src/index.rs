//! Hashes of word runs to the names that may stand there.
//!
//! Two bit maps answer most questions without a look at the table: whether a run of words begins any name, and whether it
//! is one. The table holds the readings in the order of their hashes, with the first one of each range of hashes. What it
//! returns only has an equal hash: the caller compares the letters.

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
    /// First of four bits that hold the kind of the name.
    pub(crate) const KIND: u16 = 8;
}

/// Finds readings by the hash of their words.
#[derive(Debug, Default)]
pub(crate) struct Index {
    begins: BitMap,
    is_name: BitMap,
    /// Where the readings of each range of hashes begin, and the end of all.
    ranges: Vec<u32>,
    shift: u32,
    hashes: Vec<u64>,
    readings: Vec<Reading>,
    /// Which bits of a hash count; all of them but in tests of collisions.
    pub(crate) mask: u64,
}

impl Index {
    /// Builds the index of readings, each with the hash of its name; `prefixes` are the hashes of all shorter runs.
    pub(crate) fn new(mut keyed: Vec<(u64, Reading)>, prefixes: &[u64], mask: u64) -> Self {
        keyed.sort_by_key(|(hash, reading)| (*hash, reading.entity));
        let bits = usize::BITS - keyed.len().leading_zeros();
        let shift = 64 - bits.clamp(1, 30);
        let mut begins = BitMap::new(keyed.len() + prefixes.len());
        let mut is_name = BitMap::new(keyed.len());
        let mut ranges = vec![0; (1_usize << (64 - shift)) + 1];
        for (hash, _) in &keyed {
            begins.insert(*hash);
            is_name.insert(*hash);
            ranges[range_of(*hash, shift) + 1] += 1;
        }
        for hash in prefixes {
            begins.insert(*hash);
        }
        for i in 1..ranges.len() {
            ranges[i] += ranges[i - 1];
        }
        let (hashes, readings) = keyed.into_iter().unzip();
        Self { begins, is_name, ranges, shift, hashes, readings, mask }
    }

    /// The hash of a run of words from that of the run without its last word.
    #[inline]
    pub(crate) fn key(&self, prefix: Option<u64>, word: Word) -> u64 {
        prefix.map_or(word.hash, |prefix| extend(prefix, word.hash)) & self.mask
    }

    /// Whether a name may begin with these words.
    #[inline]
    pub(crate) fn begins(&self, hash: u64) -> bool {
        self.begins.contains(hash)
    }

    /// Whether these words may be a name.
    #[inline]
    pub(crate) fn is_name(&self, hash: u64) -> bool {
        self.is_name.contains(hash)
    }

    /// The readings whose name has this hash, in the order of their entities.
    pub(crate) fn readings(&self, hash: u64) -> &[Reading] {
        if self.readings.is_empty() {
            return &[];
        }
        let range = range_of(hash, self.shift);
        let (from, to) = (self.ranges[range] as usize, self.ranges[range + 1] as usize);
        let start = from + self.hashes[from..to].partition_point(|other| *other < hash);
        let end = start + self.hashes[start..to].partition_point(|other| *other == hash);
        &self.readings[start..end]
    }

    /// All readings.
    pub(crate) fn all(&self) -> &[Reading] {
        &self.readings
    }

    /// Runs of readings whose names have one hash.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &[Reading]> {
        let mut at = 0;
        self.hashes.chunk_by(|a, b| a == b).map(move |group| {
            let start = at;
            at += group.len();
            &self.readings[start..at]
        })
    }

    /// Bytes on the heap.
    pub(crate) fn heap(&self) -> usize {
        (self.begins.blocks.len() + self.is_name.blocks.len() + self.hashes.len()) * 8
            + self.ranges.len() * 4
            + self.readings.len() * size_of::<Reading>()
    }
}

fn range_of(hash: u64, shift: u32) -> usize {
    usize::try_from(hash >> shift).expect("at most 30 bits are left")
}

/// A set of hashes that may say yes to one that is not in it, about once in a hundred times.
#[derive(Debug)]
struct BitMap {
    blocks: Vec<u64>,
    shift: u32,
}

impl Default for BitMap {
    fn default() -> Self {
        Self::new(0)
    }
}

impl BitMap {
    /// Room for so many hashes, sixteen bits or more for each.
    fn new(count: usize) -> Self {
        let blocks = (count / 4).next_power_of_two().max(2);
        Self { blocks: vec![0; blocks], shift: 64 - blocks.trailing_zeros() }
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        #[expect(clippy::cast_possible_truncation, reason = "the shift leaves the bits that number the blocks")]
        let block = (hash >> self.shift) as usize;
        (block, (1 << (hash & 63)) | (1 << ((hash >> 6) & 63)))
    }

    fn insert(&mut self, hash: u64) {
        let (block, bits) = self.place(hash);
        self.blocks[block] |= bits;
    }

    #[inline]
    fn contains(&self, hash: u64) -> bool {
        let (block, bits) = self.place(hash);
        self.blocks[block] & bits == bits
    }
}
