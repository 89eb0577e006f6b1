//! Hashes of word runs to the names that may stand there.
//!
//! Two bit maps answer most questions without a look at the table: whether a run of words begins any name, and whether it
//! is one. The table holds the readings in the order of their hashes, with the first one of each range of hashes, and the
//! lowest bits of each hash. What it returns only has a like hash: the caller compares the letters.
//!
//! All of it is plain bytes, so that a mapped file serves as it is.

use relata_model::MadeBy;

use crate::spelling::Demand;
use crate::words::{Word, extend};

/// One name as it is listed or was made, and what it means.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    /// Number of the entity.
    pub(crate) entity: u32,
    /// Where its spelling begins.
    pub(crate) spelling: u32,
    /// What else there is to say of it.
    pub(crate) style: Style,
}

/// What many names have in common. A gazetteer has few styles, so that a reading holds only the number of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Style {
    /// Number of its language.
    pub(crate) language: u16,
    /// What it asks of capitals.
    pub(crate) demand: Demand,
    /// What else is to be known, bits of [`flags`].
    pub(crate) flags: u16,
    /// What made the form; `None` for a listed name.
    pub(crate) made_by: Option<MadeBy>,
    /// How much its gazetteer prefers the entity for this name.
    pub(crate) priority: i8,
}

/// Bits of a style.
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
    /// No accent may be missing, save in capitals, and none be there that the name has not.
    pub(crate) const EXACT_ACCENTS: u16 = 1 << 6;
    /// Any accents or none.
    pub(crate) const FREE_ACCENTS: u16 = 1 << 7;
    /// First of three bits that hold the kind of the name.
    pub(crate) const KIND: u16 = 8;
}

const READING: usize = 11;
const STYLE: usize = 7;

impl Style {
    /// The bytes that [`Style::read`] reads.
    pub(crate) fn to_bytes(self) -> [u8; STYLE] {
        let [language, flags] = [self.language, self.flags].map(u16::to_le_bytes);
        let made = self.made_by.map_or(0, |made_by| made_by as u8 + 1);
        let [priority] = self.priority.to_le_bytes();
        [language[0], language[1], flags[0], flags[1], self.demand as u8, made, priority]
    }

    /// `None` for a demand or a maker that there is not, which only a damaged file has.
    #[inline]
    fn read(bytes: [u8; STYLE]) -> Option<Self> {
        let two = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
        let made_by = match bytes[5] {
            0 => None,
            code => Some(*MadeBy::ALL.get(usize::from(code) - 1)?),
        };
        let priority = i8::from_le_bytes([bytes[6]]);
        Some(Self { language: two(0), flags: two(2), demand: Demand::of_code(bytes[4])?, made_by, priority })
    }
}

/// A reading that is to be indexed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keyed {
    /// Of the words of its name.
    pub(crate) hash: u64,
    /// Number of its entity.
    pub(crate) entity: u32,
    /// Where its spelling begins: later for a later entity.
    pub(crate) spelling: u32,
    /// Number of its style.
    pub(crate) style: u32,
}

impl Keyed {
    fn write(self, out: &mut Vec<u8>) {
        out.extend(self.entity.to_le_bytes());
        out.extend(self.spelling.to_le_bytes());
        out.extend(&self.style.to_le_bytes()[..3]);
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
    /// Builds the index; `prefixes` are the hashes of all shorter runs, in order.
    pub(crate) fn new(mut keyed: Vec<Keyed>, prefixes: &[u64]) -> Self {
        // Where hashes are in order, all that follows is written from front to back.
        keyed.sort_unstable_by_key(|keyed| (keyed.hash, keyed.spelling));
        let mut begins = vec![[0; 8]; blocks(keyed.len() + prefixes.len())];
        let mut is_name = vec![[0; 8]; blocks(keyed.len())];
        let count = keyed.len() / 3 + 1;
        let mut ranges = Vec::with_capacity(count * 4 + 4);
        let mut tags = Vec::with_capacity(keyed.len() * 2);
        let mut readings = Vec::with_capacity(keyed.len() * READING);
        let mut range = 0;
        for (number, keyed) in (0_u32..).zip(&keyed) {
            insert(&mut begins, keyed.hash);
            insert(&mut is_name, keyed.hash);
            while range <= scaled(keyed.hash, count) {
                ranges.extend(number.to_le_bytes());
                range += 1;
            }
            tags.extend(tag(keyed.hash));
            keyed.write(&mut readings);
        }
        let end =
            u32::try_from(keyed.len()).expect("spellings have offsets of four bytes, and each has one of its own");
        for _ in range..=count {
            ranges.extend(end.to_le_bytes());
        }
        for hash in prefixes {
            insert(&mut begins, *hash);
        }
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
    /// The lower quarter of each reading's hash.
    tags: &'i [[u8; 2]],
    readings: &'i [[u8; READING]],
    styles: &'i [[u8; STYLE]],
}

/// The sections of a file that are an index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sections<'i> {
    pub(crate) begins: &'i [u8],
    pub(crate) is_name: &'i [u8],
    pub(crate) ranges: &'i [u8],
    pub(crate) tags: &'i [u8],
    pub(crate) readings: &'i [u8],
    pub(crate) styles: &'i [u8],
}

impl<'i> Index<'i> {
    /// Views the bytes of an index; `None` where they are none: too few, or with ranges out of order.
    pub(crate) fn checked(sections: Sections<'i>) -> Option<Self> {
        let index = Self::of(sections);
        let Sections { begins, is_name, ranges, tags, readings, styles } = sections;
        let whole = [
            begins.len() % 8,
            is_name.len() % 8,
            ranges.len() % 4,
            tags.len() % 2,
            readings.len() % READING,
            styles.len() % STYLE,
        ];
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
        (fits && whole == [0; 6]).then_some(index)
    }

    /// Views bytes that were checked before.
    pub(crate) fn of(sections: Sections<'i>) -> Self {
        let Sections { begins, is_name, ranges, tags, readings, styles } = sections;
        Self {
            begins: begins.as_chunks().0,
            is_name: is_name.as_chunks().0,
            ranges: ranges.as_chunks().0,
            tags: tags.as_chunks().0,
            readings: readings.as_chunks().0,
            styles: styles.as_chunks().0,
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
    pub(crate) fn readings(self, hash: u64) -> impl Iterator<Item = Reading> + use<'i> {
        let range = scaled(hash, self.ranges.len() - 1);
        let [from, to] = [range, range + 1].map(|at| u32::from_le_bytes(self.ranges[at]) as usize);
        let tag = tag(hash);
        let like = self.tags[from..to].iter().zip(&self.readings[from..to]).filter(move |(own, _)| **own == tag);
        like.filter_map(move |(_, reading)| self.reading(reading))
    }

    /// Runs of readings among which are all whose names have one hash.
    pub(crate) fn groups(self) -> impl Iterator<Item = Vec<Reading>> + use<'i> {
        self.ranges.windows(2).flat_map(move |pair| {
            let [from, to] = [pair[0], pair[1]].map(|at| u32::from_le_bytes(at) as usize);
            let mut at = from;
            self.tags[from..to].chunk_by(|a, b| a == b).map(move |run| {
                let start = at;
                at += run.len();
                self.readings[start..at].iter().filter_map(|reading| self.reading(reading)).collect()
            })
        })
    }

    /// `None` for a style that there is not, which only a damaged file has.
    #[inline]
    fn reading(self, bytes: &[u8; READING]) -> Option<Reading> {
        let four = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let style = u32::from_le_bytes([bytes[8], bytes[9], bytes[10], 0]) as usize;
        Some(Reading { entity: four(0), spelling: four(4), style: Style::read(*self.styles.get(style)?)? })
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

fn tag(hash: u64) -> [u8; 2] {
    let bytes = hash.to_le_bytes();
    [bytes[0], bytes[1]]
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
