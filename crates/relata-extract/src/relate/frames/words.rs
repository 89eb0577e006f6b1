//! Word lists that frames build on: the table `[grammar]` of `data/<lang>/words.toml`, and what `[group]` says of verbs.

use std::collections::BTreeMap;

use relata_model::Modality;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::super::lexicon::Lexicon;
use super::super::tokens::fold;

/// `[grammar]` of `words.toml`. Words are dictionary forms unless said otherwise.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct GrammarSource {
    /// Forms of prepositions and what they count as: "du" as "de".
    pub spelling: BTreeMap<String, String>,
    /// Prepositions before whom a noun belongs to: "de".
    pub of: Vec<String>,
    /// Prepositions before who does what a passive or a noun tells: "par".
    pub by: Vec<String>,
    /// Prepositions before two that are related to each other: "entre".
    /// What opens what somebody is or is taken for: "comme", "en tant que".
    pub role: Vec<String>,
    /// Relative pronouns, where features do not tell them.
    pub relative: Vec<String>,
    /// Those that mean "of which": "dont".
    pub of_relative: Vec<String>,
    /// Prepositions that may stand before a direct object: "acheter des puces".
    pub partitive: Vec<String>,
    /// Verbs that lend their subject to the noun that is their object: "conclure" un accord.
    pub light: Vec<String>,
    /// Verbs of being and becoming, beside the copula: "devenir".
    pub becoming: Vec<String>,
    /// Verbs whose past is made with "être" and that have no passive: "entrer".
    pub active: Vec<String>,
    /// Prepositions between a noun and what it is about, which let a light verb's subject through: "о", "по".
    pub about: Vec<String>,
    /// Verbs whose infinitive is never done by their subject: "interdire".
    pub object_control: Vec<String>,
    /// Verbs whose infinitive is done by their own subject even where they have an object: "promettre".
    pub subject_control: Vec<String>,
    /// Nouns that let through whatever stands behind their "of": "dizaine", "lot".
    pub quantities: Vec<String>,
    /// Nouns of phrases that mean no more than an adverb, so that what hangs below them hangs above: "à la fois de X".
    pub transparent: Vec<String>,
    /// Nouns that let things through, products and notions: "technologie", "modèle".
    pub kinds: Vec<String>,
    /// Auxiliaries of a plan and of a mere possibility: "will", "might".
    pub planned_auxiliaries: Vec<String>,
    /// … of a mere possibility.
    pub hypothetical_auxiliaries: Vec<String>,
    /// What opens a condition: "si".
    pub conditions: Vec<String>,
    /// What opens a purpose: "pour", "чтобы".
    pub purposes: Vec<String>,
    /// What opens what was not done: "sans", "au lieu de".
    pub without: Vec<String>,
    /// Words that negate when they stand below a verb or noun: "pas", "aucun", "not".
    pub negation: Vec<String>,
    /// Words that, beside a negation, say that something has stopped: "plus", "longer".
    pub no_longer: Vec<String>,
    /// Nouns, adjectives and verbs that govern what they are said of and leave it real: "réussir".
    pub real: Vec<String>,
    /// … make it a plan: "projet", "prêt", "ordonner".
    pub planned: Vec<String>,
    /// … make it possible only: "risque", "éventuel", "accuser".
    pub hypothetical: Vec<String>,
    /// … end it: "fin", "ancien", "rompre".
    pub ended: Vec<String>,
    /// … deny it: "absence", "refus".
    pub negated: Vec<String>,
    /// Words that point back.
    pub reference: ReferenceSource,
}

/// `[grammar.reference]`: words that point back to somebody named before. Forms, not dictionary forms, unless said otherwise.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ReferenceSource {
    /// Pronouns and possessives for persons only: "he", "his".
    pub persons: Vec<String>,
    /// … for anything but persons: "it", "its".
    pub no_persons: Vec<String>,
    /// … for what is feminine, and what is masculine.
    pub feminine: Vec<String>,
    /// … for what is masculine.
    pub masculine: Vec<String>,
    /// Words that are tagged as pronouns of the third person and mean nobody: "on", "ça".
    pub no_pronouns: Vec<String>,
    /// Possessives with one owner: "son", "its".
    pub possessives: Vec<String>,
    /// Dictionary forms of those whose owner is the subject of their clause: "свой".
    pub reflexive_possessives: Vec<String>,
    /// Prepositions that set apart whom a sentence is about: "quant à".
    pub topics: Vec<String>,
    /// Articles and demonstratives that make a noun a description of something known; none in a language without articles.
    pub definite: Vec<String>,
    /// Dictionary forms of nouns for any organization: "groupe".
    pub organizations: Vec<String>,
    /// … for any place: "pays".
    pub places: Vec<String>,
}

/// The same, ready to be asked.
#[derive(Clone, Debug, Default)]
pub(super) struct GrammarWords {
    spelling: FxHashMap<String, String>,
    pub(super) of: Vec<String>,
    pub(super) by: FxHashSet<String>,
    pub(super) role: FxHashSet<String>,
    pub(super) relative: FxHashSet<String>,
    pub(super) of_relative: FxHashSet<String>,
    pub(super) partitive: FxHashSet<String>,
    pub(super) light: FxHashSet<String>,
    pub(super) becoming: FxHashSet<String>,
    pub(super) active: FxHashSet<String>,
    pub(super) about: FxHashSet<String>,
    pub(super) object_control: FxHashSet<String>,
    /// Whether the language has cases, and no articles.
    pub(super) cases: bool,
    pub(super) subject_control: FxHashSet<String>,
    pub(super) quantities: FxHashSet<String>,
    pub(super) transparent: FxHashSet<String>,
    pub(super) kinds: FxHashSet<String>,
    pub(super) groups: FxHashSet<String>,
    pub(super) examples: FxHashSet<String>,
    pub(super) planned_auxiliaries: FxHashSet<String>,
    pub(super) hypothetical_auxiliaries: FxHashSet<String>,
    pub(super) conditions: FxHashSet<String>,
    pub(super) purposes: FxHashSet<String>,
    pub(super) without: FxHashSet<String>,
    pub(super) negation: FxHashSet<String>,
    pub(super) particles: FxHashSet<String>,
    pub(super) no_negation: FxHashSet<String>,
    pub(super) no_longer: FxHashSet<String>,
    pub(super) doubt: FxHashSet<String>,
    pub(super) undone: FxHashSet<String>,
    pub(super) denying: FxHashSet<String>,
    pub(super) saying: FxHashSet<String>,
    pub(super) reference: ReferenceWords,
    governors: FxHashMap<String, Vec<(String, Modality)>>,
}

/// [`ReferenceSource`], ready to be asked.
#[derive(Clone, Debug, Default)]
pub(super) struct ReferenceWords {
    pub(super) persons: FxHashSet<String>,
    pub(super) no_persons: FxHashSet<String>,
    pub(super) feminine: FxHashSet<String>,
    pub(super) masculine: FxHashSet<String>,
    pub(super) no_pronouns: FxHashSet<String>,
    pub(super) possessives: FxHashSet<String>,
    pub(super) reflexive_possessives: FxHashSet<String>,
    pub(super) topics: FxHashSet<String>,
    pub(super) definite: FxHashSet<String>,
    pub(super) organizations: FxHashSet<String>,
    pub(super) places: FxHashSet<String>,
}

impl ReferenceWords {
    /// Whether a word may be a pronoun, a possessive or the noun of a description; an article alone is none.
    pub(super) fn points_back(&self, word: &str) -> bool {
        let pronouns = [&self.persons, &self.no_persons, &self.feminine, &self.masculine, &self.possessives];
        let listed = |lists: &[&FxHashSet<String>]| lists.iter().any(|list| list.contains(word));
        let inflected = || {
            let nouns = self.organizations.iter().chain(&self.places).chain(&self.reflexive_possessives);
            // Russian nouns have cases; the last letters are not looked at.
            nouns.into_iter().any(|noun| {
                let kept = noun.char_indices().nth_back(1).map_or(noun.len(), |(at, _)| at);
                word.starts_with(&noun[..kept]) && word.len() <= noun.len() + 6
            })
        };
        (listed(&pronouns) && !self.definite.contains(word)) || inflected()
    }
}

impl GrammarWords {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let source = &lexicon.words.grammar;
        let group = &lexicon.words.group;
        let spelling: FxHashMap<String, String> =
            source.spelling.iter().map(|(form, word)| (fold(form), fold(word))).collect();
        let set = |list: &[String]| -> FxHashSet<String> { list.iter().map(|word| fold(word)).collect() };
        let mut governors: FxHashMap<String, Vec<(String, Modality)>> = FxHashMap::default();
        let by_modality = [
            (&group.real, &source.real, Modality::Asserted),
            (&group.planned, &source.planned, Modality::Planned),
            (&group.hypothetical, &source.hypothetical, Modality::Hypothetical),
            (&group.ended, &source.ended, Modality::Ended),
            (&group.negated, &source.negated, Modality::Negated),
        ];
        for (phrases, words, modality) in by_modality {
            for word in words {
                governors.entry(fold(word)).or_default().push((String::new(), modality));
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
        let verbs_of = |list: &[String]| -> FxHashSet<String> {
            list.iter()
                .filter_map(|phrase| Some(fold(phrase.split(' ').next()?.strip_prefix('{')?.strip_suffix('}')?)))
                .collect()
        };
        let conditions = set(&source.conditions);
        Self {
            of: source.of.iter().map(|word| fold(word)).collect(),
            by: set(&source.by),
            role: set(&source.role),
            relative: set(&source.relative),
            of_relative: set(&source.of_relative),
            partitive: set(&source.partitive),
            light: set(&source.light),
            becoming: set(&source.becoming),
            active: set(&source.active),
            about: set(&source.about),
            object_control: set(&source.object_control),
            cases: lexicon.language == relata_model::Language::RUSSIAN,
            subject_control: set(&source.subject_control),
            quantities: set(&source.quantities),
            transparent: set(&source.transparent),
            kinds: set(&source.kinds),
            groups: set(&lexicon.words.groups),
            examples: set(&lexicon.words.examples),
            planned_auxiliaries: set(&source.planned_auxiliaries),
            hypothetical_auxiliaries: set(&source.hypothetical_auxiliaries),
            purposes: set(&source.purposes),
            without: set(&source.without),
            negation: set(&source.negation),
            particles: set(&group.negation_particles),
            no_negation: set(&group.no_negation),
            no_longer: set(&source.no_longer),
            doubt: set(&group.doubt).into_iter().filter(|word| !conditions.contains(word)).collect(),
            undone: set(&group.undone),
            denying: verbs_of(&group.negated_that),
            saying: set(&lexicon.words.attribution.say),
            reference: ReferenceWords {
                persons: set(&source.reference.persons),
                no_persons: set(&source.reference.no_persons),
                feminine: set(&source.reference.feminine),
                masculine: set(&source.reference.masculine),
                no_pronouns: set(&source.reference.no_pronouns),
                possessives: set(&source.reference.possessives),
                reflexive_possessives: set(&source.reference.reflexive_possessives),
                topics: set(&source.reference.topics),
                definite: set(&source.reference.definite),
                organizations: set(&source.reference.organizations),
                places: set(&source.reference.places),
            },
            conditions,
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
