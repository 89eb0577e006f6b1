//! Which of several entities a name means, and what speaks for each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::EntityId;

/// An entity that a name may mean, with all that speaks for it and against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// The entity.
    pub entity: EntityId,
    /// What each reason gives; none gives nothing.
    pub points: BTreeMap<Reason, i32>,
}

impl Ranked {
    /// The sum of all points.
    pub fn score(&self) -> i32 {
        self.points.values().sum()
    }
}

/// Why an entity is likelier, or less likely, to be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A usual name rather than a rare one.
    Kind,
    /// The name is one of the text's language.
    Language,
    /// The gazetteer prefers this entity for the name.
    Priority,
    /// The entity is meant more often than the others, as the gazetteer says.
    Prior,
    /// No prior is given, but the gazetteer has far more names and facts of it than of the others.
    BetterKnown,
    /// No prior is given, but its Wikidata item is far older, and well-known things came first.
    OlderItem,
    /// The words around the name ask for this type of entity, or for another.
    Type,
    /// Context words stand near.
    WordsNear,
    /// Context words stand elsewhere in the document.
    WordsInDocument,
    /// Entities that the gazetteer relates to it are named in the document.
    Related,
    /// Its country is named in the document, or others of that country are.
    Country,
    /// A full name of it stands in the document.
    FullName,
    /// The same name means it elsewhere in the document.
    OneSense,
    /// It held a post at the document's date; or it was not there yet, or no more.
    Dates,
    /// Only this one is in the user's own gazetteer.
    OwnGazetteer,
}

impl Reason {
    /// In words, for `relata why`.
    pub fn explain(self) -> &'static str {
        match self {
            Self::Kind => "kind of name",
            Self::Language => "name in the language of the text",
            Self::Priority => "priority of the name",
            Self::Prior => "meant more often",
            Self::BetterKnown => "more names and facts",
            Self::OlderItem => "older Wikidata item",
            Self::Type => "type that the words around it ask for",
            Self::WordsNear => "context words near",
            Self::WordsInDocument => "context words in the document",
            Self::Related => "related entities in the document",
            Self::Country => "its country in the document",
            Self::FullName => "full name in the document",
            Self::OneSense => "the same name elsewhere in the document",
            Self::Dates => "dates",
            Self::OwnGazetteer => "your own gazetteer",
        }
    }
}
