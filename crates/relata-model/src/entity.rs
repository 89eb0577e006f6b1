//! Entities and their names, as a gazetteer gives them.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::{EntityType, Language, Period};

/// A short English slug that names an entity: `russia`, `vladimir-putin`.
///
/// ASCII lower-case letters, digits and hyphens, beginning with a letter or digit, so that it can stand in an IRI, a file
/// name and a GraphML id without escaping. Orders by code points.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(Arc<str>);

impl EntityId {
    /// The slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Text that cannot be an entity id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is not an entity id (lower-case letters a-z, digits and hyphens, a letter or digit first: \"vladimir-putin\")"
)]
pub struct NotAnEntityId(pub String);

impl FromStr for EntityId {
    type Err = NotAnEntityId;

    fn from_str(text: &str) -> Result<Self, NotAnEntityId> {
        let ok = !text.is_empty()
            && !text.starts_with('-')
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if ok { Ok(Self(text.into())) } else { Err(NotAnEntityId(text.to_owned())) }
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

/// One thing that the press may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its slug, unique in a gazetteer.
    pub id: EntityId,
    /// What it is.
    pub entity_type: EntityType,
    /// Its usual name in each language; never empty.
    pub labels: IndexMap<Language, String>,
    /// Every name that may stand for it in a text, the labels among them, in the order of the source.
    pub names: Vec<Name>,
    /// The country it is of: weighs in linking, never becomes a statement.
    pub country: Option<EntityId>,
    /// Entities that make this one likelier when they stand near.
    pub related: Vec<EntityId>,
    /// Words that make this one likelier when they stand near.
    pub context: Vec<(Language, String)>,
    /// Posts held, with their dates.
    pub roles: Vec<DatedRole>,
    /// Its Wikidata item, where it was checked.
    pub wikidata: Option<WikidataId>,
    /// How often it is meant, beside others of the same name, where the source says.
    pub prior: Option<Prior>,
    /// From when to when it lived or was there, as far as known; `None` when neither end is.
    pub period: Option<Period>,
}

impl Entity {
    /// An entity of which nothing else is known yet, not even a name.
    pub fn new(id: EntityId, entity_type: EntityType) -> Self {
        Self {
            id,
            entity_type,
            labels: IndexMap::new(),
            names: Vec::new(),
            country: None,
            related: Vec::new(),
            context: Vec::new(),
            roles: Vec::new(),
            wikidata: None,
            prior: None,
            period: None,
        }
    }

    /// The usual name in `language`, else in English, else the first.
    pub fn label(&self, language: Language) -> &str {
        self.labels
            .get(&language)
            .or_else(|| self.labels.get(&Language::ENGLISH))
            .or_else(|| self.labels.values().next())
            .map_or(self.id.as_str(), String::as_str)
    }
}

/// One name of an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As the press writes it.
    pub text: String,
    /// The language that uses it. Acronyms and foreign names are found in texts of any language all the same.
    pub language: Language,
    /// How it stands for its entity.
    pub kind: NameKind,
    /// How its capitals must be matched; `None` lets the gazetteer decide by the name's shape.
    pub case: Option<CasePolicy>,
    /// How its accents must be matched; `None` lets the gazetteer decide.
    pub accents: Option<AccentPolicy>,
    /// Whether the name alone proves nothing ("Claude"): it needs a context word or a related entity near it.
    pub needs_context: bool,
    /// Which of several entities with this name is meant rather: the higher, by -9 to 9.
    pub priority: i8,
}

impl Name {
    /// A name of which the gazetteer says nothing else.
    pub fn new(text: impl Into<String>, language: Language, kind: NameKind) -> Self {
        Self { text: text.into(), language, kind, case: None, accents: None, needs_context: false, priority: 0 }
    }
}

/// How a name stands for its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// The usual name in a language.
    Label,
    /// Any other name.
    Alias,
    /// Letters that stand for the words of its name, however many: "UNESCO".
    Acronym,
    /// A post or description that is used as a name of its holder: "le Roi-Soleil".
    Role,
    /// An adjective or inhabitant noun of a place: "russe".
    Demonym,
    /// A capital or seat used for its state or body: "Moscou" for Russia.
    Metonym,
}

/// How the capitals of a name must be matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CasePolicy {
    /// Only as written, or all in capitals when the name has lower-case letters: "IA", "Orange", "Meta".
    Exact,
    /// Any case: "intelligence artificielle".
    Fold,
}

/// How the accents of a name must be matched. When nothing is said, a text may leave accents out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccentPolicy {
    /// Only as written, or missing where all is in capitals: "Pâris", not "Paris".
    Exact,
    /// Any accents, or none.
    Fold,
}

/// How often an entity is meant, on any scale that its gazetteer likes: a share, visits of a page, inhabitants. Only ratios
/// between entities of one name count.
///
/// Held in millionths, so that it compares exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prior(u64);

/// A number that is no prior.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a number from 0 to 1000000000000, such as 0.25 or 1200")]
pub struct NotAPrior;

impl Prior {
    /// The number in millionths.
    pub fn millionths(self) -> u64 {
        self.0
    }

    /// The prior of so many millionths; `None` for more than there may be.
    pub fn of_millionths(millionths: u64) -> Option<Self> {
        (millionths <= MOST_MILLIONTHS).then_some(Self(millionths))
    }
}

const MOST_MILLIONTHS: u64 = 1_000_000_000_000 * MILLION;
const MILLION: u64 = 1_000_000;

impl FromStr for Prior {
    type Err = NotAPrior;

    fn from_str(text: &str) -> Result<Self, NotAPrior> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(fraction) || whole.len() > 13 {
            return Err(NotAPrior);
        }
        let six: String = fraction.chars().chain(std::iter::repeat('0')).take(6).collect();
        let whole: u64 = whole.parse().map_err(|_| NotAPrior)?;
        let fraction: u64 = six.parse().map_err(|_| NotAPrior)?;
        Self::of_millionths(whole * MILLION + fraction).ok_or(NotAPrior)
    }
}

impl fmt::Display for Prior {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fraction = format!("{:06}", self.0 % MILLION);
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{}", self.0 / MILLION),
            fraction => write!(f, "{}.{fraction}", self.0 / MILLION),
        }
    }
}

/// A post somebody holds or held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedRole {
    /// Which post.
    pub post: PostId,
    /// Of which country or organization.
    pub organization: EntityId,
    /// From when to when, as far as known; `None` when neither end is.
    pub period: Option<Period>,
}

/// The id of a post whose words `data/<lang>/posts.toml` gives: `president`, `chief-executive`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostId(Arc<str>);

impl PostId {
    /// Takes the id as it is; the loader of posts reports the unknown ones.
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PostId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The number of a Wikidata item, without the `Q`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WikidataId(u64);

/// Text that is no Wikidata item.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a Wikidata item (write \"Q159\")")]
pub struct NotAWikidataId(pub String);

impl WikidataId {
    /// The number behind the `Q`.
    pub fn number(self) -> u64 {
        self.0
    }
}

impl FromStr for WikidataId {
    type Err = NotAWikidataId;

    fn from_str(text: &str) -> Result<Self, NotAWikidataId> {
        text.strip_prefix('Q')
            .filter(|digits| !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|digits| digits.parse().ok())
            .map(Self)
            .ok_or_else(|| NotAWikidataId(text.to_owned()))
    }
}

impl fmt::Display for WikidataId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Q{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_slugs() {
        assert!("vladimir-putin".parse::<EntityId>().is_ok());
        assert!("5g".parse::<EntityId>().is_ok());
        for wrong in ["", "-x", "Sber", "a b", "a.b", "é"] {
            assert_eq!(wrong.parse::<EntityId>(), Err(NotAnEntityId(wrong.to_owned())));
        }
    }

    #[test]
    fn priors_are_decimals() {
        for (text, millionths, written) in
            [("0.25", 250_000, "0.25"), ("1200", 1_200_000_000, "1200"), ("0", 0, "0"), ("3.1400", 3_140_000, "3.14")]
        {
            let prior: Prior = text.parse().unwrap();
            assert_eq!((prior.millionths(), prior.to_string().as_str()), (millionths, written));
        }
        for wrong in ["", "-1", ".5", "1.", "1e3", "NaN", "1000000000001", "99999999999999"] {
            assert!(wrong.parse::<Prior>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn wikidata_items_have_a_q_and_a_number() {
        assert_eq!("Q159".parse::<WikidataId>().unwrap().to_string(), "Q159");
        for wrong in ["159", "Q", "Q0159", "q159", "P39", "Q1 "] {
            assert!(wrong.parse::<WikidataId>().is_err(), "{wrong}");
        }
    }
}
