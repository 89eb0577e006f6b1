//! The words of a language that suggesting looks at: `data/<lang>/suggest.toml`.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use relata_model::{Diagnostic, EntityType, LoadError, Schema};
use serde::Deserialize;

use crate::relate::Lexicon;

/// Every list is in lower case with straight apostrophes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SuggestFile {
    /// Capitalised words that are no name by themselves: months, "President".
    never: HashSet<String>,
    /// Words that begin sentences and are no part of a name that follows: "Selon", "However".
    starters: HashSet<String>,
    /// Small words inside names: "de", "of", "van".
    particles: HashSet<String>,
    /// Given names of people.
    first_names: HashSet<String>,
    /// For a type, words right before a name that tell it.
    before: IndexMap<String, Vec<String>>,
    /// For a type, first words of a name that tell it.
    first: IndexMap<String, Vec<String>>,
    /// For a type, last words of a name that tell it.
    last: IndexMap<String, Vec<String>>,
}

/// The same, ready to be asked, with the posts and titles of the language.
#[derive(Clone, Debug, Default)]
pub(super) struct SuggestWords {
    pub(super) never: HashSet<String>,
    pub(super) starters: HashSet<String>,
    pub(super) particles: HashSet<String>,
    pub(super) first_names: HashSet<String>,
    pub(super) before: HashMap<String, EntityType>,
    pub(super) first: HashMap<String, EntityType>,
    pub(super) last: HashMap<String, EntityType>,
    /// Posts, roles and titles, as they stand before a name.
    pub(super) posts: HashSet<String>,
}

/// The longest phrase that is looked for before a name, in words.
pub(super) const LONGEST_PHRASE: usize = 4;

impl SuggestWords {
    /// Reads the file; `file` names it in messages.
    ///
    /// # Errors
    /// When it is not of that form.
    pub(super) fn new(file: &str, source: &str, lexicon: &Lexicon, schema: &Schema) -> Result<Self, LoadError> {
        let read: SuggestFile =
            toml::from_str(source).map_err(|error| LoadError(vec![Diagnostic::from_toml(file, source, &error)]))?;
        let by_word = |table: &IndexMap<String, Vec<String>>| {
            let mut words = HashMap::new();
            for (name, list) in table {
                // A schema of the user's own need not have all types: what it has not is not guessed.
                let Ok(entity_type) = schema.entity_type(name) else { continue };
                for word in list {
                    words.entry(word.clone()).or_insert_with(|| entity_type.clone());
                }
            }
            words
        };
        let (before, first, last) = (by_word(&read.before), by_word(&read.first), by_word(&read.last));
        // Hours and saints are no posts here.
        let posts = lexicon.posts.phrases().map(|(phrase, _)| phrase).chain(lexicon.posts.titles());
        let posts = posts.filter(|phrase| !["pm", "st.", "late"].contains(phrase));
        Ok(Self {
            never: read.never,
            starters: read.starters,
            particles: read.particles,
            first_names: read.first_names,
            before,
            first,
            last,
            posts: posts.map(str::to_owned).collect(),
        })
    }
}
