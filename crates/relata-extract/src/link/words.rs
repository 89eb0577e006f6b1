//! The words of a language that linking looks at: `data/<lang>/linking.toml`.

use relata_model::{Diagnostic, LoadError};
use serde::Deserialize;

/// Every list is in lower case with straight apostrophes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LinkingWords {
    /// Right before a capital, these say where something is: "à", "in", "в".
    pub locative: Vec<String>,
    /// Endings of a name that make of "where" a "where to", which may be the state as well: Russian "в Москву".
    #[serde(default)]
    pub direction_endings: Vec<String>,
    /// Verbs and phrases right before a capital that make it a place one goes to: "посетил", "visited".
    #[serde(default)]
    pub visits: Vec<String>,
    /// Beginnings of words that give, sell, forbid or ask something "à" somebody: behind them, "à Pékin" is to the state.
    #[serde(default)]
    pub addressing: Vec<String>,
    /// Of the locative words those that may open whom something is addressed to: "à".
    #[serde(default)]
    pub address: Vec<String>,
    /// Right before a demonym, these make it a language: "en russe".
    #[serde(default)]
    pub language_before: Vec<String>,
    /// How a word right after a demonym begins that makes it a language: "язык".
    #[serde(default)]
    pub language_after: Vec<String>,
    /// Last words of firms' names that the press leaves out: "Mistral AI", "Mistral".
    #[serde(default)]
    pub company_suffixes: Vec<String>,
    /// What ties a noun to a capital: "de", "of".
    pub of: Vec<String>,
    /// Nouns that belong to a city and not to a state: "maire", "aéroport".
    pub city_nouns: Vec<String>,
    /// Nouns of places, which stand before their names: "ville", "région".
    pub place_nouns: Vec<String>,
    /// Words right behind a name that say that somebody speaks: "déclare".
    pub says: Vec<String>,
    /// How a line begins that tells when and where a text was published: "publié le".
    pub published: Vec<String>,
    /// Nouns right before a name that make it an organization: "société".
    pub organization_nouns: Vec<String>,
    /// Nouns right before a name that make it a product: "modèle".
    pub product_nouns: Vec<String>,
    /// Nouns before a plural surname that names several people: "frères".
    pub family_nouns: Vec<String>,
    /// Usual first names: before a surname they make another person of it. Where there are none, a word that opens a sentence is
    /// taken for one unless the text has it in small letters too.
    #[serde(default)]
    pub first_names: Vec<String>,
    /// What joins a first name to a full name that shares the surname: "et".
    pub and: Vec<String>,
    /// Definite articles, with which a description means one holder: "le", "the".
    pub definite: Vec<String>,
    /// What ties a post to its organization or country, articles and contractions included: "de la", "du", "of the".
    pub of_the: Vec<String>,
    /// Words that make a former holder of a post: "ancien".
    pub former: Vec<String>,
    /// How a superlative begins, after the article: "plus", "première". An apposition so made describes the name before it.
    pub superlative: Vec<String>,
}

impl LinkingWords {
    /// Reads the file; `file` names it in messages.
    ///
    /// # Errors
    /// When it is not of that form.
    pub fn from_toml(file: &str, source: &str) -> Result<Self, LoadError> {
        toml::from_str(source).map_err(|error| LoadError(vec![Diagnostic::from_toml(file, source, &error)]))
    }
}
