//! Word lists of a language that the rules build on: `data/<lang>/words.toml` and `data/<lang>/posts.toml`.

use indexmap::IndexMap;
use relata_model::{Diagnostic, Language, LoadError, PostId};
use serde::Deserialize;

use super::frames::GrammarSource;
use crate::verbs::Verbs;

/// The lists of one language. Every item is a word or a phrase in lower case, its words apart by one space, with straight
/// apostrophes; an item of more than one word may begin with an infinitive in braces, which stands for all its forms:
/// `{prévoir} de`.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// Which language.
    pub language: Language,
    /// Its verbs.
    pub verbs: Verbs,
    /// Its noun phrases and verb groups.
    pub words: Words,
    /// Its words for posts.
    pub posts: Posts,
}

/// `words.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Words {
    /// Articles, possessives, demonstratives.
    pub determiners: Vec<String>,
    /// Words that, right before a noun phrase, keep it from being a subject.
    pub prepositions: Vec<String>,
    /// Nouns and adjectives that may stand between an article and a name: "société", "agence", "nouveau".
    pub heads: Vec<String>,
    /// Nouns for people or firms of a country that its demonym names: "géants", "autorités".
    pub groups: Vec<String>,
    /// What joins the items of a list: ",", "et", "ainsi que".
    pub joins: Vec<String>,
    /// What opens a list of examples: "tels que", "comme".
    pub examples: Vec<String>,
    /// The verb group.
    pub group: VerbGroup,
    /// Pronouns and short descriptions that may stand for somebody named before.
    #[serde(default)]
    pub anaphors: Anaphors,
    /// How a text says who is responsible for a claim.
    pub attribution: AttributionWords,
    /// Words that frames build on.
    #[serde(default)]
    pub grammar: GrammarSource,
}

/// What stands between a subject and its verb, and what it says of reality.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct VerbGroup {
    /// Words that say nothing here: adverbs, clitic pronouns.
    pub fillers: Vec<String>,
    /// Auxiliaries of past tenses.
    pub auxiliaries: Vec<String>,
    /// Auxiliaries of past tenses that make the whole a rumour: French "aurait".
    #[serde(default)]
    pub hypothetical_auxiliaries: Vec<String>,
    /// The verb of the passive, an infinitive.
    pub passive: Option<String>,
    /// Words of a negation before the verb, and after it.
    pub negation: Vec<String>,
    /// Particles of a negation whose other half may stand before the subject: "Jamais la France n'a vendu".
    #[serde(default)]
    pub negation_particles: Vec<String>,
    /// What looks like a negation and is none: "не только".
    #[serde(default)]
    pub no_negation: Vec<String>,
    /// Words of a negation that say that something has stopped: "plus" after "ne", "no longer".
    #[serde(default)]
    pub no_longer: Vec<String>,
    /// Verbs and phrases before an infinitive that leave it real: "{commencer} à".
    pub real: Vec<String>,
    /// … that make it a plan: "{vouloir}", "{prévoir} de".
    pub planned: Vec<String>,
    /// … that make it possible only: "{pouvoir}".
    pub hypothetical: Vec<String>,
    /// … that end it: "{cesser} de".
    pub ended: Vec<String>,
    /// … that deny it: "{refuser} de".
    pub negated: Vec<String>,
    /// Verbs and phrases before "that" which deny the clause behind it: "{deny}", "rule out".
    #[serde(default)]
    pub negated_that: Vec<String>,
    /// Words behind a noun that undo what it tells: "La visite … a été annulée".
    #[serde(default)]
    pub undone: Vec<String>,
    /// Words anywhere in a sentence that leave all of it possible only: "peut-être", "якобы".
    #[serde(default)]
    pub doubt: Vec<String>,
}

/// Words that point back.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Anaphors {
    /// Pronouns for one person, as subject.
    #[serde(default)]
    pub person: Vec<String>,
    /// Those of them that mean a woman, or anything of feminine gender.
    #[serde(default)]
    pub feminine: Vec<String>,
    /// Words before a name that tell its gender; where a language has these, its pronouns may mean organizations and countries too.
    #[serde(default)]
    pub feminine_marks: Vec<String>,
    /// The same for the masculine.
    #[serde(default)]
    pub masculine_marks: Vec<String>,
    /// Words after such a pronoun that show that it means nobody: "il faut", "it is".
    #[serde(default)]
    pub impersonal: Vec<String>,
    /// Articles before a role word that make it a description of the person described so before: "le ministre".
    #[serde(default)]
    pub definite: Vec<String>,
    /// Descriptions of one organization: "le groupe", "cette entreprise".
    #[serde(default)]
    pub organization: Vec<String>,
    /// Descriptions of one country: "le pays".
    #[serde(default)]
    pub country: Vec<String>,
}

/// Words that make somebody responsible.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AttributionWords {
    /// Before the source: "selon", "d'après".
    pub according_to: Vec<String>,
    /// Verbs of saying, infinitives.
    pub say: Vec<String>,
    /// What opens the clause that was said: "que", "that".
    pub that: Vec<String>,
    /// Whether that word may be missing: "Ana Roy said the company would invest".
    #[serde(default)]
    pub that_optional: bool,
}

/// `posts.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Posts {
    /// Post id -> phrases that name its holder, most specific first.
    #[serde(rename = "posts")]
    holders: IndexMap<String, Vec<String>>,
    /// Words before a name that name no post.
    #[serde(default)]
    titles: WordList,
    /// Further words for roles.
    #[serde(default)]
    roles: WordList,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordList {
    words: Vec<String>,
}

impl Posts {
    /// Every phrase that names a role, with its post where it has one.
    pub fn phrases(&self) -> impl Iterator<Item = (&str, Option<PostId>)> {
        let posts = self
            .holders
            .iter()
            .flat_map(|(post, phrases)| phrases.iter().map(move |phrase| (phrase.as_str(), Some(PostId::new(post)))));
        posts.chain(self.roles.words.iter().map(|phrase| (phrase.as_str(), None)))
    }

    /// Words before a name that are no part of it: "monsieur", "lord".
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        self.titles.words.iter().map(String::as_str)
    }
}

impl Lexicon {
    /// Reads the three files of a language; each comes with the name that messages give it.
    ///
    /// # Errors
    /// Every fault of all three.
    pub fn from_toml(
        language: Language,
        verbs: (&str, &str),
        words: (&str, &str),
        posts: (&str, &str),
    ) -> Result<Self, LoadError> {
        let mut faults = Vec::new();
        let verbs = Verbs::from_toml(language, verbs.0, verbs.1).map_err(|error| faults.extend(error.0)).ok();
        let words = read::<Words>(words).map_err(|fault| faults.push(fault)).ok();
        let posts = read::<Posts>(posts).map_err(|fault| faults.push(fault)).ok();
        match (verbs, words, posts) {
            (Some(verbs), Some(words), Some(posts)) => Ok(Self { language, verbs, words, posts }),
            _ => Err(LoadError(faults)),
        }
    }
}

fn read<T: serde::de::DeserializeOwned>((file, source): (&str, &str)) -> Result<T, Diagnostic> {
    toml::from_str(source).map_err(|error| Diagnostic::from_toml(file, source, &error))
}
