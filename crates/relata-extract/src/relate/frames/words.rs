//! Word lists that frames build on: the table `[grammar]` of `data/<lang>/words.toml`, and what `[group]` says of verbs.

use std::collections::BTreeMap;

use relata_model::Modality;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::super::lexicon::Lexicon;
use super::super::tokens::fold;

/// Words of a list, folded. In a file: a list of texts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct WordSet(FxHashSet<String>);

impl From<Vec<String>> for WordSet {
    fn from(words: Vec<String>) -> Self {
        Self::new(&words)
    }
}

impl WordSet {
    /// The words, folded.
    pub fn new<'w>(words: impl IntoIterator<Item = &'w String>) -> Self {
        Self(words.into_iter().map(|word| fold(word)).collect())
    }

    /// Whether a folded word is one of them.
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &String> {
        self.0.iter()
    }
}

/// `[grammar]` of `words.toml`. Words are dictionary forms unless said otherwise.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct GrammarSource {
    /// Forms of prepositions and what they count as: "du" as "de".
    pub spelling: BTreeMap<String, String>,
    /// Prepositions before whom a noun belongs to: "de".
    pub of: Vec<String>,
    /// Prepositions before who does what a passive or a noun tells: "par".
    pub by: WordSet,
    /// Prepositions before two that are related to each other: "entre".
    /// What opens what somebody is or is taken for: "comme", "en tant que".
    pub role: WordSet,
    /// Relative pronouns, where features do not tell them.
    pub relative: WordSet,
    /// Those that mean "of which": "dont".
    pub of_relative: WordSet,
    /// Prepositions that may stand before a direct object: "acheter des puces".
    pub partitive: WordSet,
    /// Verbs that lend their subject to the noun that is their object: "conclure" un accord.
    pub light: WordSet,
    /// Verbs of being and becoming, beside the copula: "devenir".
    pub becoming: WordSet,
    /// Verbs of having a name: "s'appeler".
    pub naming: WordSet,
    /// Words that, below a verb in the past, say that it has ended: "jadis".
    pub formerly: WordSet,
    /// Prepositions that, before a time and below a verb in the past, say the same: "jusque".
    pub until: WordSet,
    /// Verbs whose past is made with "être" and that have no passive: "entrer".
    pub active: WordSet,
    /// Prepositions between a noun and what it is about, which let a light verb's subject through: "о", "по".
    pub about: WordSet,
    /// Verbs whose infinitive is never done by their subject: "interdire".
    pub object_control: WordSet,
    /// Verbs whose infinitive is done by their own subject even where they have an object: "promettre".
    pub subject_control: WordSet,
    /// Nouns that let through whatever stands behind their "of": "dizaine", "lot".
    pub quantities: WordSet,
    /// Words for one of several: "un" in "l'une des fondatrices".
    pub members: WordSet,
    /// Nouns of phrases that mean no more than an adverb, so that what hangs below them hangs above: "à la fois de X".
    pub transparent: WordSet,
    /// Nouns that let things through, products and notions: "technologie", "modèle".
    pub kinds: WordSet,
    /// Auxiliaries of a plan and of a mere possibility: "will", "might".
    pub planned_auxiliaries: WordSet,
    /// … of a mere possibility.
    pub hypothetical_auxiliaries: WordSet,
    /// What opens a condition: "si".
    pub conditions: WordSet,
    /// What opens a purpose: "pour", "чтобы".
    pub purposes: WordSet,
    /// What opens what was not done: "sans", "au lieu de".
    pub without: WordSet,
    /// Words that negate when they stand below a verb or noun: "pas", "aucun", "not".
    pub negation: WordSet,
    /// Words that, beside a negation, say that something has stopped: "plus", "longer".
    pub no_longer: WordSet,
    /// Nouns, adjectives and verbs that govern what they are said of and leave it real: "réussir".
    pub real: WordSet,
    /// … make it a plan: "projet", "prêt", "ordonner".
    pub planned: WordSet,
    /// … make it possible only: "risque", "éventuel", "accuser".
    pub hypothetical: WordSet,
    /// … end it: "fin", "ancien", "rompre".
    pub ended: WordSet,
    /// … deny it: "absence", "refus".
    pub negated: WordSet,
    /// Words that point back.
    pub reference: ReferenceSource,
}

/// `[grammar.reference]`: words that point back to somebody named before. Forms, not dictionary forms, unless said otherwise.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ReferenceSource {
    /// Pronouns and possessives for persons only: "he", "his".
    pub persons: WordSet,
    /// … for anything but persons: "it", "its".
    pub no_persons: WordSet,
    /// … for what is feminine, and what is masculine.
    pub feminine: WordSet,
    /// … for what is masculine.
    pub masculine: WordSet,
    /// Words that are tagged as pronouns of the third person and mean nobody: "on", "ça".
    pub no_pronouns: WordSet,
    /// Possessives with one owner: "son", "its".
    pub possessives: WordSet,
    /// Pronouns and possessives for more than one: "leur", "their".
    pub several: WordSet,
    /// The speaker: "je", "moi".
    pub me: WordSet,
    /// Those for whom somebody speaks: "nous".
    pub we: WordSet,
    /// What is theirs: "notre", "nos".
    pub ours: WordSet,
    /// Every possessive of the first person: "mon", "notre".
    pub own: WordSet,
    /// Pronouns that may stand before a verb as its object: "nous", "l'".
    pub clitics: WordSet,
    /// What means the last one named: "dernier" in "ce dernier", "celui-ci".
    pub latter: WordSet,
    /// Numerals that, with an article, make a description of two: "deux" in "les deux pays".
    pub two: WordSet,
    /// … without one: "both", "обе".
    pub both: WordSet,
    /// Dictionary forms of those whose owner is the subject of their clause: "свой".
    pub reflexive_possessives: WordSet,
    /// Prepositions that set apart whom a sentence is about: "quant à".
    pub topics: WordSet,
    /// Articles and demonstratives that make a noun a description of something known; none in a language without articles.
    pub definite: WordSet,
    /// Dictionary forms of nouns for any organization: "groupe".
    pub organizations: WordSet,
    /// … for any place: "pays".
    pub places: WordSet,
    /// … for any product, event or programme, where a demonstrative stands before it: "puce" in "cette puce".
    pub products: WordSet,
    /// Forms of demonstratives: "ce", "this", "этот".
    pub demonstratives: WordSet,
    /// Words of headings over somebody's own words, in small letters: "discours", "interview".
    pub speeches: Vec<String>,
    /// … for any person, of whom two may be meant: "dirigeant" in "les deux dirigeants".
    pub people: WordSet,
}

/// The same, ready to be asked, with what other lists say.
#[derive(Clone, Debug, Default)]
pub(super) struct GrammarWords {
    pub(super) lists: GrammarSource,
    spelling: FxHashMap<String, String>,
    /// Prepositions before whom a noun belongs to, folded.
    pub(super) of: Vec<String>,
    /// Whether the language has cases, and no articles.
    pub(super) cases: bool,
    pub(super) groups: WordSet,
    pub(super) examples: WordSet,
    pub(super) particles: WordSet,
    pub(super) no_negation: WordSet,
    pub(super) doubt: WordSet,
    pub(super) undone: WordSet,
    pub(super) denying: WordSet,
    pub(super) saying: WordSet,
    /// What a governing word makes of what it governs, by the preposition between them; an empty one fits all others.
    governors: FxHashMap<String, Vec<(String, Modality)>>,
}

impl ReferenceSource {
    /// Whether a word may be a pronoun, a possessive or the noun of a description; an article alone is none.
    pub(super) fn points_back(&self, word: &str) -> bool {
        let pronouns = [
            &self.persons,
            &self.no_persons,
            &self.feminine,
            &self.masculine,
            &self.possessives,
            &self.several,
            &self.latter,
        ];
        let listed = |lists: &[&WordSet]| lists.iter().any(|list| list.contains(word));
        let inflected = || {
            let lists = [&self.organizations, &self.places, &self.people, &self.products, &self.reflexive_possessives];
            let mut nouns = lists.into_iter().flat_map(WordSet::iter);
            // Russian nouns have cases; the last letters are not looked at.
            nouns.any(|noun| {
                let kept = noun.char_indices().nth_back(1).map_or(noun.len(), |(at, _)| at);
                word.starts_with(&noun[..kept]) && word.len() <= noun.len() + 6
            })
        };
        (listed(&pronouns) && !self.definite.contains(word)) || inflected()
    }

    /// Whether a word may be the speaker's, or those for whom they speak.
    pub(super) fn speaks(&self, word: &str) -> bool {
        [&self.me, &self.we, &self.own].iter().any(|list| list.contains(word))
    }
}

impl GrammarWords {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let source = &lexicon.words.grammar;
        let group = &lexicon.words.group;
        let spelling: FxHashMap<String, String> =
            source.spelling.iter().map(|(form, word)| (fold(form), fold(word))).collect();
        let mut governors: FxHashMap<String, Vec<(String, Modality)>> = FxHashMap::default();
        let by_modality = [
            (&group.real, &source.real, Modality::Asserted),
            (&group.planned, &source.planned, Modality::Planned),
            (&group.hypothetical, &source.hypothetical, Modality::Hypothetical),
            (&group.ended, &source.ended, Modality::Ended),
            (&group.negated, &source.negated, Modality::Negated),
        ];
        for (phrases, words, modality) in by_modality {
            for word in words.iter() {
                governors.entry(word.clone()).or_default().push((String::new(), modality));
            }
            for phrase in phrases {
                // "{prévoir} de": a verb and at most a preposition; longer phrases are seen word by word in the tree.
                let mut words = phrase.split(' ');
                let verb = words.next().and_then(|word| word.strip_prefix('{')?.strip_suffix('}'));
                let (Some(verb), preposition, None) = (verb, words.next(), words.next()) else { continue };
                let preposition = fold(preposition.unwrap_or_default());
                let preposition = spelling.get(&preposition).cloned().unwrap_or(preposition);
                let known = governors.entry(fold(verb)).or_default();
                if known.iter().all(|(before, _)| *before != preposition) {
                    known.push((preposition, modality));
                }
            }
        }
        let verb = |phrase: &String| Some(phrase.split(' ').next()?.strip_prefix('{')?.strip_suffix('}')?.to_owned());
        Self {
            of: source.of.iter().map(|word| fold(word)).collect(),
            cases: lexicon.language == relata_model::Language::RUSSIAN,
            groups: WordSet::new(&lexicon.words.groups),
            examples: WordSet::new(&lexicon.words.examples),
            particles: WordSet::new(&group.negation_particles),
            no_negation: WordSet::new(&group.no_negation),
            doubt: WordSet::new(group.doubt.iter().filter(|word| !source.conditions.contains(&fold(word)))),
            undone: WordSet::new(&group.undone),
            denying: WordSet::new(&group.negated_that.iter().filter_map(verb).collect::<Vec<_>>()),
            saying: WordSet::new(&lexicon.words.attribution.say),
            lists: source.clone(),
            spelling,
            governors,
        }
    }

    /// A form in its one spelling.
    pub(super) fn spelling(&self, form: &str) -> String {
        self.spelling.get(form).cloned().unwrap_or_else(|| form.to_owned())
    }

    /// What a governing word makes of what stands behind it and `preposition`.
    pub(super) fn governor(&self, lemma: &str, preposition: &str) -> Option<Modality> {
        let known = self.governors.get(lemma)?;
        let exact = known.iter().find(|(before, _)| before == preposition);
        let any = || known.iter().find(|(before, _)| before.is_empty());
        // "prévoit un accord" is as planned as "prévoit de"; but "se garder de" denies, and "garder" keeps.
        let only = || {
            let first = known.first().filter(|(_, modality)| known.iter().all(|(_, other)| other == modality));
            first.filter(|(_, modality)| !preposition.is_empty() || *modality != Modality::Negated)
        };
        exact.or_else(any).or_else(only).map(|(_, modality)| *modality)
    }
}
