//! Names that stand in a corpus and that no entity has.
//!
//! [`Suggester::look`] collects the capitalised runs of one document (`runs`), with what stands around them (`look`); it is a
//! function of the document alone. [`Tally`] adds up what all documents show, so that memory grows with the names and not with the
//! text. [`Tally::finish`] decides: a first word of a sentence is a name only where the rest of the corpus says so, and its grammar (`settle`, `proper`),
//! Russian cases are brought under one form (`cases`), the type is that for which most speaks, and the gazetteer is searched for the
//! entity that comes nearest (`near`). The same documents in the same order give the same suggestions.

mod cases;
mod look;
mod near;
mod proper;
mod runs;
mod settle;
mod tally;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use relata_model::{Diagnostic, Document, EntityId, EntityType, Language, LoadError, NameKind};

use crate::usage::common_words;
use crate::{Data, Extractor};
use words::SuggestWords;

pub use look::Look;
pub use tally::{Passage, Tally};

/// Looks for names that the gazetteer of an extractor has not.
#[derive(Debug)]
pub struct Suggester<'e> {
    extractor: &'e Extractor,
    lists: BTreeMap<Language, SuggestWords>,
    /// For documents in other languages.
    none: SuggestWords,
    /// Given names in small letters: of the lists, of the people that the gazetteer has, and of both the Russian cases.
    first_names: HashSet<String>,
    /// The same without the cases.
    nominatives: HashSet<String>,
    /// Words in small letters of all languages, from their lists.
    common: BTreeSet<String>,
}

/// A name that no entity has, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// In Russian in the nominative, as far as the forms seen tell it.
    pub name: String,
    /// Other spellings that finding the name would miss.
    pub aliases: Vec<String>,
    /// The language of most documents that have it.
    pub language: Option<Language>,
    /// The guessed type.
    pub entity_type: EntityType,
    /// What tells the type.
    pub because: String,
    /// How often it stands in the corpus.
    pub seen: u32,
    /// In how many documents.
    pub documents: u32,
    /// The first places in which it stands, of different documents where there are.
    pub passages: Vec<Passage>,
    /// The entity that comes nearest, and why.
    pub near: Option<Near>,
}

/// An entity that may be meant, or is akin.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Near {
    /// How near, the nearest first.
    pub nearness: Nearness,
    /// The entity.
    pub entity: EntityId,
    /// Its name that comes near.
    pub name: String,
}

/// Why an entity comes near a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nearness {
    /// The same sounds in other letters: Tchoubaïs, Чубайс.
    Transliteration,
    /// One letter more, less, other or exchanged.
    OneEdit,
    /// The same surname.
    Surname,
    /// A name of the entity is part of the name.
    Contains,
    /// The name is part of a name of the entity.
    Contained,
    /// One of them is the initials of the other.
    Initials,
}

impl Nearness {
    /// In words.
    pub fn explain(self) -> &'static str {
        match self {
            Self::Transliteration => "the same in other letters",
            Self::OneEdit => "one letter differs",
            Self::Surname => "the same surname",
            Self::Contains => "its name is part of this one",
            Self::Contained => "this is part of its name",
            Self::Initials => "initials",
        }
    }
}

impl<'e> Suggester<'e> {
    /// Reads the word lists of all languages.
    ///
    /// # Errors
    /// Every fault of every list, with its place.
    pub fn new(data: &Data, extractor: &'e Extractor) -> Result<Self, LoadError> {
        let (mut lists, mut faults) = (BTreeMap::new(), Vec::new());
        for language in data.languages() {
            let Some(lexicon) = extractor.lexicon(language) else { continue };
            let path = format!("{language}/suggest.toml");
            let read = match data.file(&path) {
                Some((name, text)) => SuggestWords::new(&name, text, lexicon, extractor.schema()),
                None => Err(LoadError(vec![Diagnostic::of_file(&format!("data/{path}"), "the file is missing")])),
            };
            match read {
                Ok(read) => {
                    lists.insert(language, read);
                }
                Err(error) => faults.extend(error.0),
            }
        }
        if !faults.is_empty() {
            return Err(LoadError(faults));
        }
        let common = data.languages().into_iter().flat_map(|language| common_words(data, language)).collect();
        let none = SuggestWords::default();
        let mut suggester =
            Self { extractor, lists, none, first_names: HashSet::new(), nominatives: HashSet::new(), common };
        if let Some(person) = suggester.person() {
            let people = extractor.gazetteer().entities().filter(|entity| entity.entity_type == person);
            let names = people.flat_map(|entity| &entity.names);
            let full = names.filter(|name| matches!(name.kind, NameKind::Label | NameKind::Alias));
            let first = full.filter_map(|name| name.text.split_once(' ')).map(|(first, _)| first.to_lowercase());
            suggester.first_names = first.filter(|first| first.chars().count() > 2).collect();
            for lists in suggester.lists.values() {
                suggester.first_names.retain(|first| {
                    !lists.first.contains_key(first) && !lists.starters.contains(first) && !lists.posts.contains(first)
                });
            }
        }
        let listed = suggester.lists.values().flat_map(|lists| lists.first_names.iter().cloned());
        suggester.first_names.extend(listed);
        suggester.nominatives = suggester.first_names.clone();
        let cases: BTreeSet<String> =
            suggester.nominatives.iter().flat_map(|first| cases::of_given_name(first)).collect();
        suggester.first_names.extend(cases);
        Ok(suggester)
    }

    /// What one document shows.
    pub fn look(&self, document: &Document) -> Look {
        look::look(self, document)
    }

    fn lists(&self, language: Option<Language>) -> &SuggestWords {
        language.and_then(|language| self.lists.get(&language)).unwrap_or(&self.none)
    }

    /// Whether a word in small letters is a given name, in Russian in the nominative.
    fn is_first_name(&self, word: &str) -> bool {
        self.nominatives.contains(word)
    }

    /// Whether a word stands in small letters in a list of some language.
    fn is_common(&self, word: &str) -> bool {
        self.common.contains(&word.to_lowercase())
    }

    /// Whether a word is a given name, in Russian in any case.
    fn is_given(&self, word: &str) -> bool {
        self.first_names.contains(&word.to_lowercase())
    }

    fn named(&self, entity_type: &str) -> Option<EntityType> {
        self.extractor.schema().entity_type(entity_type).ok()
    }

    fn person(&self) -> Option<EntityType> {
        self.named("Person")
    }
}
