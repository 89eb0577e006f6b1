//! What a document says of two entities, and where.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::{EntityId, Period, RelationType, Span};

/// One subject, relation, object and modality, with the passages of one document that say it.
///
/// The ends of a symmetric relation stand in code-point order of their ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Who or what it is about.
    pub subject: EntityId,
    /// How the two are related.
    pub relation: RelationType,
    /// The other end.
    pub object: EntityId,
    /// As what it is told.
    pub modality: Modality,
    /// Never empty; in the order of the text.
    pub evidence: Vec<Evidence>,
}

/// As what a statement is told. In the order in which one modality is preferred when a triple has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// Told as a fact, past or present.
    Asserted,
    /// Was, and is told to have stopped.
    Ended,
    /// Wish, intention, order given, future.
    Planned,
    /// May, could, conditional of rumour.
    Hypothetical,
    /// Told not to be.
    Negated,
}

impl Modality {
    /// All five, in their order.
    pub const ALL: [Self; 5] = [Self::Asserted, Self::Ended, Self::Planned, Self::Hypothetical, Self::Negated];

    /// The word for it in records, files and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Ended => "ended",
            Self::Planned => "planned",
            Self::Hypothetical => "hypothetical",
            Self::Negated => "negated",
        }
    }

    /// The less factual of two cues that meet in one passage: negated > hypothetical > planned > ended > asserted.
    #[must_use]
    pub fn least_factual(self, other: Self) -> Self {
        self.max(other)
    }
}

impl fmt::Display for Modality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is no modality.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a modality (asserted, ended, planned, hypothetical or negated)")]
pub struct NotAModality(pub String);

impl FromStr for Modality {
    type Err = NotAModality;

    fn from_str(text: &str) -> Result<Self, NotAModality> {
        Self::ALL.into_iter().find(|modality| modality.as_str() == text).ok_or_else(|| NotAModality(text.to_owned()))
    }
}

/// Who speaks: the document itself, or somebody it makes responsible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// The document says it itself.
    Own,
    /// The document makes somebody else responsible for it.
    Attributed,
}

impl Voice {
    /// The word for it in records and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Attributed => "attributed",
        }
    }
}

/// One passage that says a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The sentence or sentences.
    pub sentence: Span,
    /// A run inside the sentence with the words of both ends and what links them.
    pub quote: Span,
    /// The rule that read it.
    pub rule: RuleId,
    /// The words for the subject, where the passage has any.
    pub subject: Option<Span>,
    /// The words for the object, where the passage has any.
    pub object: Option<Span>,
    /// The words that decide a modality other than asserted.
    pub cue: Option<Span>,
    /// Whom the text makes responsible.
    pub attribution: Option<Attribution>,
    /// The words of a post.
    pub role: Option<String>,
    /// A sum or a number of things.
    pub amount: Option<Amount>,
    /// When it holds.
    pub time: Option<(Period, Span)>,
}

/// Whom a text makes responsible for a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The words that do so: "Selon l'agence Méridien".
    pub span: Span,
    /// The source, where it is an entity.
    pub entity: Option<EntityId>,
}

/// A sum of money or a number of things, as the text gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Decimal in canonical form, without a final `.0`: `12000000000`, `0.92`.
    pub value: String,
    /// ISO 4217 code for money, else the unit's symbol or the counted word in lower case.
    pub unit: String,
    /// The words.
    pub span: Span,
}

/// The id of a relation rule: `fr/posts/appointed`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(Arc<str>);

impl RuleId {
    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Text that cannot be a rule id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a rule id (parts of a-z, 0-9 and hyphens between slashes: \"fr/posts/appointed\")")]
pub struct NotARuleId(pub String);

impl FromStr for RuleId {
    type Err = NotARuleId;

    fn from_str(text: &str) -> Result<Self, NotARuleId> {
        let part = |part: &str| {
            !part.is_empty()
                && !part.starts_with('-')
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if text.split('/').all(part) { Ok(Self(text.into())) } else { Err(NotARuleId(text.to_owned())) }
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}
