//! What became of a source.

use std::collections::BTreeMap;
use std::fmt;

/// What was read, kept and dropped.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Records, dropped ones included.
    pub read: u64,
    /// Entities written.
    pub kept: u64,
    /// What was dropped, by kind of reason.
    pub dropped: BTreeMap<&'static str, Dropped>,
    /// The encoding that was guessed, because the text is not in UTF-8 and does not say what it is in.
    pub guessed: Option<&'static str>,
    /// Where and why reading ended before the source did: line (0: before the first) and what went wrong.
    pub broken_off: Option<(usize, String)>,
}

/// What was dropped for one kind of reason.
#[derive(Clone, Debug, Default)]
pub struct Dropped {
    /// How many records.
    pub count: u64,
    /// The first of them, at most [`Dropped::SHOWN`], with their lines.
    pub first: Vec<(usize, Reason)>,
}

impl Dropped {
    /// How many are kept to be shown.
    pub const SHOWN: usize = 20;
}

/// Why a record is no entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its bytes are no text of the encoding.
    NotText,
    /// Longer than any record is.
    TooLong,
    /// It is not of the form of its format.
    Malformed(String),
    /// No name that has a letter or digit, in the languages wanted.
    NoName,
    /// No type, or one that the tables do not have.
    UnknownType(String),
    /// Its id came before.
    Duplicate(String),
    /// No id can be made of what should give one.
    NoId(String),
    /// Fewer people than asked for.
    Small,
    /// The line is none of an item.
    NotAnItem,
}

impl Reason {
    /// The kind of reason, in words for a report.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NotText => "wrongly encoded",
            Self::TooLong => "too long",
            Self::Malformed(_) => "malformed",
            Self::NoName => "without a name",
            Self::UnknownType(_) => "of no known type",
            Self::Duplicate(_) => "an id that came before",
            Self::NoId(_) => "without an id",
            Self::Small => "too few people",
            Self::NotAnItem => "no item",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotText => f.write_str("these bytes are not UTF-8 (give --encoding)"),
            Self::TooLong => f.write_str("longer than 32 MB"),
            Self::Malformed(what) => f.write_str(what),
            Self::NoName => f.write_str("no name"),
            Self::UnknownType(word) if word.is_empty() => f.write_str("no type (give --type for those that have none)"),
            Self::UnknownType(word) => write!(f, "unknown type \"{word}\" (data/import/types.toml has the known ones)"),
            Self::Duplicate(id) => {
                write!(f, "\"{id}\" came before and is kept; what is another needs an id of its own")
            }
            Self::NoId(of) => write!(f, "no id can be made of \"{of}\": give one in a column \"id\""),
            Self::Small => f.write_str("fewer people than asked for"),
            Self::NotAnItem => f.write_str("not an item"),
        }
    }
}

impl Report {
    pub(crate) fn drop(&mut self, line: usize, reason: Reason) {
        let dropped = self.dropped.entry(reason.kind()).or_default();
        dropped.count += 1;
        if dropped.first.len() < Dropped::SHOWN {
            dropped.first.push((line, reason));
        }
    }

    /// How many records were dropped.
    pub fn dropped(&self) -> u64 {
        self.dropped.values().map(|dropped| dropped.count).sum()
    }
}
