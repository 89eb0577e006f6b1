//! Frames as rules write them: a trigger word and the grammatical roles of its participants.

use relata_model::{Diagnostic, Modality};
use rustc_hash::FxHashSet;
use serde::Deserialize;
use toml::Spanned;

use super::super::lexicon::Lexicon;
use super::super::tokens::fold;
use crate::verbs::{Tense, first_persons};

/// One way to say something: a trigger word, and where the grammar puts who does it and to whom.
#[derive(Clone, Debug)]
pub(in crate::relate) struct Frame {
    /// What kind of word opens it.
    pub(super) trigger: Trigger,
    /// Its dictionary forms, folded.
    pub(super) lemmas: FxHashSet<String>,
    /// Every form of a verb, folded; empty for other words, which are known by lemma.
    pub(super) forms: FxHashSet<String>,
    /// Of these, the ones that tell what is to come and nothing else, and those that tell what is or was.
    pub(super) future: FxHashSet<String>,
    /// The other finite forms.
    pub(super) real: FxHashSet<String>,
    /// Where the subject of the statement stands; the first that has one counts.
    pub(super) subject: Vec<Role>,
    /// The same for the object.
    pub(super) object: Vec<Role>,
    /// The trigger must have one of these words right below it, or one below that.
    pub(super) with: FxHashSet<String>,
    /// … and none of these.
    pub(super) without: FxHashSet<String>,
    /// Whether several subjects without an object are related to each other: "X et Y coopèrent".
    pub(super) each_other: bool,
    /// Whether one end must be a word that points back: "son directeur", "le patron du groupe".
    pub(super) points_back: bool,
    /// What the grammar decides when it says nothing less factual.
    pub(super) modality: Modality,
}

/// The kind of a trigger word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trigger {
    Verb,
    Noun,
    Adjective,
}

/// Where a participant stands, seen from the trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Who does it: subject of an active verb, agent of a passive one, whoever controls an infinitive; of a noun its agent, its
    /// demonym, its possessor, or the subject of the light verb that it is the object of.
    Subject,
    /// To whom it is done: object of an active verb, subject of a passive one, noun of a participle; of a noun its "of".
    Object,
    /// To whom something is given: the indirect object, or the subject of a passive that has an object.
    Recipient,
    /// What a noun is said of: "X est membre", "X, membre de".
    Bearer,
    /// Whom a noun belongs to: "of", a genitive, "'s".
    Owner,
    /// The place whose adjective stands beside a noun: "l'invasion russe".
    Demonym,
    /// The subject of the verb whose object the noun is.
    Light,
    /// Whom the trigger's own noun phrase names.
    Itself,
    /// To whom belongs that to which it is done: "les drones de X ont été livrés à Y".
    Maker,
    /// What stands behind a preposition, or in a case.
    Complement {
        /// The preposition's words, folded, apart by one space; empty: none.
        words: String,
        /// `Gen`, `Dat`, `Acc`, `Ins` or `Loc`, where the language has cases and the rule asks for one.
        case: Option<&'static str>,
    },
}

/// A frame in a rule file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::relate) struct FrameSource {
    verb: Option<Spanned<String>>,
    noun: Option<Spanned<String>>,
    adjective: Option<Spanned<String>>,
    subject: Option<Spanned<String>>,
    object: Option<Spanned<String>>,
    with: Option<String>,
    without: Option<String>,
    #[serde(default)]
    each_other: bool,
    #[serde(default)]
    points_back: bool,
    modality: Option<Modality>,
}

const MACROS: [&str; 9] =
    ["{subject}", "{object}", "{recipient}", "{bearer}", "{owner}", "{demonym}", "{light}", "{maker}", "{self}"];
const CASES: [(&str, &str); 5] = [("gen", "Gen"), ("dat", "Dat"), ("acc", "Acc"), ("ins", "Ins"), ("loc", "Loc")];

impl Frame {
    /// Reads a frame of the rule file `file`; its faults are added to `faults`.
    pub(in crate::relate) fn read(
        source: &Spanned<FrameSource>,
        modality: Modality,
        lexicon: &Lexicon,
        (file, text): (&str, &str),
        faults: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let before = faults.len();
        let at = source.span().start;
        let source = source.get_ref();
        let mut fault = |at: usize, message: String| faults.push(Diagnostic::at(file, text, at, message));
        let triggers =
            [(&source.verb, Trigger::Verb), (&source.noun, Trigger::Noun), (&source.adjective, Trigger::Adjective)];
        let mut given = triggers.into_iter().filter_map(|(words, trigger)| Some((words.as_ref()?, trigger)));
        let (Some((words, trigger)), None) = (given.next(), given.next()) else {
            fault(at, "a frame has one trigger: verb, noun or adjective".to_owned());
            return None;
        };
        let lemmas: FxHashSet<String> = list(words.get_ref());
        let (mut forms, mut future, mut real) = (FxHashSet::default(), FxHashSet::default(), FxHashSet::default());
        if trigger == Trigger::Verb {
            for infinitive in words.get_ref().split('|').map(str::trim) {
                match lexicon.verbs.forms(infinitive) {
                    Ok(known) => {
                        let own = first_persons(lexicon.language, &known);
                        let known: Vec<_> = known.iter().cloned().chain(own).collect();
                        let of = |tense: Tense| {
                            known.iter().filter(move |form| form.tense == tense).map(|form| fold(&form.text))
                        };
                        forms.extend(known.iter().map(|form| fold(&form.text)));
                        future.extend(of(Tense::Future));
                        real.extend(of(Tense::Real));
                    }
                    Err(error) => fault(words.span().start, error.to_string()),
                }
            }
        }
        let spelling: Vec<(String, String)> =
            lexicon.words.grammar.spelling.iter().map(|(form, word)| (fold(form), fold(word))).collect();
        let mut roles = |written: &Option<Spanned<String>>, standard: Role| match written {
            None => vec![standard],
            Some(written) => {
                let roles = written.get_ref().split('|').map(|role| {
                    Role::read(role.trim(), &spelling).map_err(|message| fault(written.span().start, message)).ok()
                });
                roles.flatten().collect()
            }
        };
        future.retain(|form| !real.contains(form));
        let frame = Self {
            trigger,
            lemmas,
            forms,
            future,
            real,
            subject: roles(&source.subject, Role::Subject),
            object: roles(&source.object, Role::Object),
            with: source.with.as_deref().map(list).unwrap_or_default(),
            without: source.without.as_deref().map(list).unwrap_or_default(),
            each_other: source.each_other,
            points_back: source.points_back,
            modality: source.modality.unwrap_or(modality),
        };
        (faults.len() == before).then_some(frame)
    }

    /// The words to look for in a text before anything is parsed, each with whether it is a whole word or a beginning: stems of
    /// verbs and the forms that have another stem, beginnings of other words.
    pub(super) fn triggers(&self) -> Vec<(String, bool)> {
        if self.trigger != Trigger::Verb {
            return self.lemmas.iter().map(|lemma| (beginning(lemma), false)).collect();
        }
        let stems: Vec<String> = self.lemmas.iter().filter_map(|infinitive| stem(infinitive)).collect();
        let irregular = self.forms.iter().filter(|form| !stems.iter().any(|stem| form.starts_with(stem.as_str())));
        let mut triggers: Vec<(String, bool)> = irregular.map(|form| (form.clone(), true)).collect();
        triggers.extend(stems.into_iter().map(|stem| (stem, false)));
        triggers
    }
}

/// What is left of an infinitive without its ending, where that is long enough to mean something: "разработа", "export".
fn stem(infinitive: &str) -> Option<String> {
    const SHORTEST: usize = 4;
    let bare = infinitive.trim_end_matches("ся").trim_end_matches("сь");
    let endings = ["овать", "евать", "ать", "ять", "ить", "еть", "уть", "ти", "ть", "чь", "oir", "er", "ir", "re", "e"];
    let ending = endings.into_iter().find(|ending| bare.ends_with(ending)).unwrap_or_default();
    let stem = &bare[..bare.len() - ending.len()];
    (stem.chars().count() >= SHORTEST).then(|| stem.to_owned())
}

/// The part of a noun or adjective that all its forms share, as nearly as a few letters tell: "company", "companies".
fn beginning(lemma: &str) -> String {
    let letters = lemma.chars().count();
    let cyrillic = lemma.chars().any(|c| ('а'..='я').contains(&c));
    let cut = match lemma.chars().next_back() {
        Some('ь' | 'й' | 'а' | 'я' | 'о' | 'е' | 'ы' | 'и') if cyrillic && letters > 3 => {
            1 + usize::from(["ый", "ий", "ой", "ия", "ие"].iter().any(|ending| lemma.ends_with(ending)))
        }
        Some('y' | 'l' | 'x' | 'f') if letters > 4 => 1,
        _ => 0,
    };
    lemma.chars().take(letters - cut).collect()
}

fn list(words: &str) -> FxHashSet<String> {
    words.split('|').map(|word| fold(word.trim())).filter(|word| !word.is_empty()).collect()
}

impl Role {
    fn read(written: &str, spelling: &[(String, String)]) -> Result<Self, String> {
        Ok(match written {
            "{subject}" => Self::Subject,
            "{object}" => Self::Object,
            "{bearer}" => Self::Bearer,
            "{owner}" => Self::Owner,
            "{demonym}" => Self::Demonym,
            "{light}" => Self::Light,
            "{maker}" => Self::Maker,
            "{self}" => Self::Itself,
            "{recipient}" => Self::Recipient,
            other if other.starts_with('{') => {
                return Err(format!("\"{other}\" is no role; there are {} and prepositions", MACROS.join(", ")));
            }
            "" => return Err("an empty role; write a role in braces or a preposition".to_owned()),
            preposition => {
                let (words, case) = match preposition.split_once('+') {
                    None => (preposition, None),
                    Some((words, case)) => {
                        let known = CASES.iter().find(|(name, _)| *name == case);
                        let names: Vec<&str> = CASES.iter().map(|(name, _)| *name).collect();
                        let found =
                            known.ok_or_else(|| format!("\"{case}\" is no case; there are {}", names.join(", ")))?;
                        (words, Some(found.1))
                    }
                };
                // As the words of the tree are spelt: "aux côtés de" is "à côtés de".
                let folded = fold(words.trim());
                let spelt = folded.split(' ').map(|word| {
                    spelling.iter().find(|(form, _)| form == word).map_or(word, |(_, spelt)| spelt.as_str())
                });
                Self::Complement { words: spelt.collect::<Vec<_>>().join(" "), case }
            }
        })
    }
}
