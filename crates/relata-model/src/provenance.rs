//! What tells copies of one text: the agency it names as its source, and a sketch.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// A news agency whose copy others reprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agency {
    /// Agence France-Presse.
    Afp,
    /// The Associated Press.
    Ap,
    /// Interfax.
    Interfax,
    /// Reuters.
    Reuters,
    /// RIA Novosti.
    Ria,
    /// TASS.
    Tass,
    /// Xinhua.
    Xinhua,
}

/// The smallest hashes of the runs of words of a text, in order. Two texts that share much have sketches that share much.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch(Vec<u32>);

impl Sketch {
    /// How many hashes are kept.
    pub const SIZE: usize = 32;
    /// Fewer hashes come from a text that is too short to tell.
    const LEAST: usize = 16;

    /// The sketch with the smallest of these hashes.
    pub fn new(hashes: BTreeSet<u32>) -> Self {
        Self(hashes.into_iter().take(Self::SIZE).collect())
    }

    /// The hashes, in order.
    pub fn hashes(&self) -> &[u32] {
        &self.0
    }

    /// An estimate of the share of runs of words that two texts have in common, from 0 to 1; 0 for texts that are too short.
    pub fn resemblance(&self, other: &Self) -> f64 {
        if self.0.len() < Self::LEAST || other.0.len() < Self::LEAST {
            return 0.0;
        }
        // Of the smallest hashes of both texts together, as many as one sketch has, how many are of both.
        let size = self.0.len().min(other.0.len());
        let (mut mine, mut theirs) = (self.0.as_slice(), other.0.as_slice());
        let mut shared = 0;
        for _ in 0..size {
            let ([one, rest_of_mine @ ..], [two, rest_of_theirs @ ..]) = (mine, theirs) else { break };
            if one == two {
                shared += 1;
            }
            if one <= two {
                mine = rest_of_mine;
            }
            if two <= one {
                theirs = rest_of_theirs;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "it is at most 32")]
        let share = f64::from(shared) / size as f64;
        share
    }
}

impl fmt::Display for Sketch {
    /// Eight hexadecimal digits a hash.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|hash| write!(f, "{hash:08x}"))
    }
}

/// Text that is no sketch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no sketch (eight hexadecimal digits a hash, the hashes in order)")]
pub struct NotASketch(pub String);

impl FromStr for Sketch {
    type Err = NotASketch;

    fn from_str(text: &str) -> Result<Self, NotASketch> {
        let wrong = || NotASketch(text.to_owned());
        let mut hashes = Vec::with_capacity(text.len() / 8);
        for digits in text.as_bytes().chunks(8) {
            let digits = std::str::from_utf8(digits).map_err(|_| wrong())?;
            if digits.len() != 8 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                return Err(wrong());
            }
            hashes.push(u32::from_str_radix(digits, 16).map_err(|_| wrong())?);
        }
        if hashes.is_sorted_by(|one, other| one < other) { Ok(Self(hashes)) } else { Err(wrong()) }
    }
}

impl serde::Serialize for Sketch {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Sketch {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sketches_are_written_and_read_back() {
        let sketch = Sketch::new(BTreeSet::from([0xFFFF_FFFF, 1, 0xABCD]));
        assert_eq!(sketch.to_string(), "000000010000abcdffffffff");
        assert_eq!(sketch.to_string().parse(), Ok(sketch));
        for wrong in ["1", "0000000g", "0000000200000001", "0000000100000001", "0000001é"] {
            assert_eq!(wrong.parse::<Sketch>(), Err(NotASketch(wrong.to_owned())));
        }
    }
}
