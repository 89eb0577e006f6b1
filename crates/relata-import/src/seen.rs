//! Which ids came before, in little memory.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A set of ids. Those that end in a number take a bit each, which keeps ten million places in two megabytes; others eight bytes.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// For each stem before the number, a bit for each number.
    numbered: Vec<(String, Vec<u64>)>,
    others: HashSet<u64>,
}

/// Numbers up to here get a bit: 64 MB at the most.
const LARGEST: usize = 1 << 29;
const STEMS: usize = 4;

impl Seen {
    /// Whether the id is new.
    pub(crate) fn insert(&mut self, id: &str) -> bool {
        let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = &id[stem.len()..];
        let number = digits.parse::<usize>().ok().filter(|number| *number < LARGEST && !digits.starts_with('0'));
        if let Some(number) = number
            && let Some(bits) = self.bits(stem)
        {
            if bits.len() <= number / 64 {
                bits.resize(number / 64 + 1, 0);
            }
            let bit = 1 << (number % 64);
            let new = bits[number / 64] & bit == 0;
            bits[number / 64] |= bit;
            return new;
        }
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        self.others.insert(hasher.finish())
    }

    fn bits(&mut self, stem: &str) -> Option<&mut Vec<u64>> {
        let at = self.numbered.iter().position(|(known, _)| known == stem);
        let at = at.or_else(|| {
            (self.numbered.len() < STEMS && ["q", "geonames-"].contains(&stem)).then(|| {
                self.numbered.push((stem.to_owned(), Vec::new()));
                self.numbered.len() - 1
            })
        })?;
        Some(&mut self.numbered[at].1)
    }
}
