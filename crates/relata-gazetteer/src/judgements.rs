//! What people have judged: that two entities are the same, are not, or that nobody can tell.
//!
//! A journal is a file of JSON Lines to which lines are only ever added: a judgement, or the undoing of one. Every line has an id,
//! the digest of what it says, and an undoing names the id of what it undoes. So what is in force does not depend on the order of
//! the lines: two journals are united by putting one after the other, as version control does with files that only grow.
//!
//! ```json
//! {"id": "…", "one": "sber", "verdict": "same", "other": "sberbank", "by": "Ana Roy", "at": "2026-11-20T10:00:00Z", "why": "rebranded in 2020"}
//! {"id": "…", "undo": "…", "by": "Ana Roy", "at": "2026-11-21T09:30:00Z", "why": "the magazine, not the bank"}
//! ```

mod in_force;
mod line;

use std::fmt;
use std::str::FromStr;

use relata_model::{Digest, EntityId};

pub use in_force::Judgements;

use crate::source::Place;

/// What was judged of two entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// They are one: a build unites them.
    Same,
    /// They are two, whatever their names.
    Different,
    /// Whoever looked could not tell: it changes nothing and is listed.
    Unsure,
}

impl Verdict {
    /// The word for it in a journal.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::Unsure => "unsure",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is no verdict.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no verdict (same, different or unsure)")]
pub struct NotAVerdict(pub String);

impl FromStr for Verdict {
    type Err = NotAVerdict;

    fn from_str(word: &str) -> Result<Self, NotAVerdict> {
        let all = [Self::Same, Self::Different, Self::Unsure];
        all.into_iter().find(|verdict| verdict.as_str() == word).ok_or_else(|| NotAVerdict(word.to_owned()))
    }
}

/// Who said something, when and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signature {
    /// Who; never empty.
    pub by: String,
    /// When, as the clock of whoever said it told; it decides nothing.
    pub at: String,
    /// Why; never empty.
    pub why: String,
}

/// A judgement of two entities that are not the same id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Judgement {
    /// The one entity.
    pub one: EntityId,
    /// What was judged.
    pub verdict: Verdict,
    /// The other entity.
    pub other: EntityId,
    /// Whose word it is.
    pub signature: Signature,
}

/// What a line of a journal says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// A judgement.
    Judged(Judgement),
    /// That another line holds no longer; it may itself be an undoing.
    Undone {
        /// The id of that line.
        line: String,
        /// Whose word it is.
        signature: Signature,
    },
}

impl Entry {
    /// Sixteen hexadecimal digits that name what the line says.
    pub fn id(&self) -> String {
        let signed = |first: [&str; 3], signature: &Signature| {
            let Signature { by, at, why } = signature;
            Digest::of_parts(&[first[0], first[1], first[2], by, at, why]).short()
        };
        match self {
            Self::Judged(Judgement { one, verdict, other, signature }) => {
                signed([one.as_str(), verdict.as_str(), other.as_str()], signature)
            }
            Self::Undone { line, signature } => signed(["", "undo", line], signature),
        }
    }

    /// The line of JSON, without a line end, that reads back as the same.
    pub fn to_line(&self) -> String {
        line::write(self)
    }
}

/// A line of a journal and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedEntry {
    /// What it says.
    pub entry: Entry,
    /// [`Entry::id`].
    pub id: String,
    /// Where it stands.
    pub place: Place,
}

/// A journal as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// Its lines in their order.
    pub lines: Vec<PlacedEntry>,
    /// A last line that was never finished, because whoever wrote it was stopped: it says nothing.
    pub torn: Option<Torn>,
}

/// The beginning of a line that was not finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Torn {
    /// Where it stands.
    pub place: Place,
    /// The byte of the journal at which it begins.
    pub start: usize,
    /// What there is of it.
    pub text: String,
}

impl fmt::Display for Torn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, text, .. } = self;
        write!(f, "{}:{}: the last line was not finished and says nothing: {text}", place.file, place.line)
    }
}

impl Journal {
    /// Reads a journal; `file` names it in messages.
    ///
    /// ```
    /// use relata_gazetteer::judgements::{Journal, Judgements};
    /// let line = r#"{"one": "sber", "verdict": "same", "other": "sberbank", "by": "Ana", "at": "2026", "why": "rebranded"}"#;
    /// let judgements = Judgements::of(&[Journal::read("judgements.jsonl", line).unwrap()]).unwrap();
    /// assert_eq!(judgements.lines()[0].entry.to_line().len(), line.len() + r#""id": "0123456789abcdef", "#.len());
    /// ```
    ///
    /// # Errors
    /// Every line that is none of a journal, with its place.
    pub fn read(file: &str, text: &str) -> Result<Self, relata_model::LoadError> {
        line::read_all(file, text)
    }
}
