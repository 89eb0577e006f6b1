//! As what a match is told: from its verb group, and from words of doubt in its sentence.

use relata_model::{Modality, Span};

use super::phrases::Phrases;
use super::tokens::{SYMBOL_BYTES, Tokens, fold};
use crate::expression::Expression;
use crate::verbs::{Form, Tense, UnknownVerb};

/// The cues of a language, as expressions over symbols.
#[derive(Debug)]
pub(super) struct Cues {
    negation: Expression,
    particle: Expression,
    no_negation: Expression,
    no_longer: Expression,
    hypothetical_auxiliary: Expression,
    /// What each kind of phrase before an infinitive makes of it, the least factual first.
    modals: [(Expression, Modality); 4],
    doubt: Expression,
    denial: Expression,
    undone: Expression,
    passive: Vec<Form>,
}

/// Where the parts of a verb group stand, in tokens.
#[derive(Clone, Debug, Default)]
pub(super) struct VerbGroup {
    /// All of it.
    pub(super) whole: std::ops::Range<usize>,
    /// The auxiliary of a past tense.
    pub(super) auxiliary: Option<std::ops::Range<usize>>,
    /// Phrases before an infinitive.
    pub(super) modals: std::ops::Range<usize>,
    /// The verb of a passive.
    pub(super) passive: Option<std::ops::Range<usize>>,
    /// The verb itself.
    pub(super) form: std::ops::Range<usize>,
}

/// What a verb group says: its modality and the words that decide it. `None`: it is no verb group after all (a bare
/// participle, an infinitive that nothing governs).
pub(super) type Reading = Option<(Modality, Option<Span>)>;

impl Cues {
    /// Compiles the cues of the language that `phrases` is of.
    ///
    /// # Errors
    /// When a list names a verb that cannot be conjugated.
    pub(super) fn new(phrases: &Phrases) -> Result<Self, UnknownVerb> {
        let group = &phrases.lexicon().words.group;
        let regex = |list: &[String]| phrases.alternatives(list).map(Expression::new);
        Ok(Self {
            negation: regex(&group.negation)?,
            particle: regex(&group.negation_particles)?,
            no_negation: regex(&group.no_negation)?,
            no_longer: regex(&group.no_longer)?,
            hypothetical_auxiliary: regex(&group.hypothetical_auxiliaries)?,
            modals: [
                (regex(&group.negated)?, Modality::Negated),
                (regex(&group.hypothetical)?, Modality::Hypothetical),
                (regex(&group.planned)?, Modality::Planned),
                (regex(&group.ended)?, Modality::Ended),
            ],
            doubt: regex(&group.doubt)?,
            undone: regex(&group.undone)?,
            denial: Expression::new(format!(
                "(?:{}){}{{0,6}}?{}?(?:{})",
                phrases.alternatives(&group.negated_that)?,
                phrases.plain_word(),
                phrases.class([","]),
                phrases.alternatives(&phrases.lexicon().words.attribution.that)?
            )),
            passive: match &group.passive {
                Some(passive) => phrases.lexicon().verbs.forms(passive)?.to_vec(),
                None => Vec::new(),
            },
        })
    }

    /// Reads a verb group. `forms` are all forms of the verbs that the pattern allows.
    pub(super) fn read(&self, text: &str, tokens: &Tokens, group: &VerbGroup, forms: &[Form]) -> Reading {
        let word = |range: &std::ops::Range<usize>| fold(tokens.span(range.clone()).of(text));
        let tenses = |range: &std::ops::Range<usize>, forms: &[Form]| -> Vec<Tense> {
            let word = word(range);
            forms.iter().filter(|form| fold(&form.text) == word).map(|form| form.tense).collect()
        };
        let modal = !group.modals.is_empty();
        let form = tenses(&group.form, forms);
        let mut modality = Modality::Asserted;
        let mut cue = None;
        let mut decide = |found: Modality, span: Span| {
            if found > modality {
                modality = found;
                cue = Some(span);
            }
        };
        if let Some(passive) = &group.passive {
            for token in passive.clone() {
                let be = tenses(&(token..token + 1), &self.passive);
                if be.contains(&Tense::Future) {
                    decide(Modality::Planned, tokens.span(group.whole.clone()));
                } else if be.contains(&Tense::Conditional) {
                    decide(Modality::Hypothetical, tokens.span(group.whole.clone()));
                }
            }
        } else {
            let has = |tense| form.contains(&tense);
            let finite = has(Tense::Real) || has(Tense::Future) || has(Tense::Conditional);
            let governed = modal || (group.auxiliary.is_some() && has(Tense::Participle));
            if !finite && !governed {
                return None;
            }
            if !modal && group.auxiliary.is_none() && !has(Tense::Real) {
                let found = if has(Tense::Conditional) { Modality::Hypothetical } else { Modality::Planned };
                decide(found, tokens.span(group.form.clone()));
            }
        }
        if let Some(auxiliary) = &group.auxiliary
            && self.hypothetical_auxiliary.is_match(tokens.slice(auxiliary.clone()))
        {
            decide(Modality::Hypothetical, tokens.span(group.whole.clone()));
        }
        if modal {
            for (regex, found) in &self.modals {
                if let Some(place) = regex.find(tokens.slice(group.modals.clone())) {
                    let first = group.modals.start + place.start() / SYMBOL_BYTES;
                    decide(*found, tokens.span(first..group.modals.start + place.end() / SYMBOL_BYTES));
                }
            }
        }
        let whole = tokens.slice(group.whole.clone());
        if self.no_longer.is_match(whole) {
            decide(Modality::Ended, tokens.span(group.whole.clone()));
        } else if self.denies(tokens, group) {
            decide(Modality::Negated, tokens.span(group.whole.clone()));
        }
        Some((modality, cue))
    }

    /// Whether a verb group has a negation, or its particle with the other half somewhere before the subject.
    fn denies(&self, tokens: &Tokens, group: &VerbGroup) -> bool {
        let whole = tokens.slice(group.whole.clone());
        // "не только" reaches one word over the group's end.
        let wider = tokens.slice(group.whole.start..(group.whole.end + 1).min(tokens.spans.len()));
        if self.no_negation.is_match(wider) {
            return false;
        }
        let before = tokens.slice(0..group.whole.start);
        self.negation.is_match(whole) || (self.particle.is_match(whole) && self.negation.is_match(before))
    }

    /// What a governing phrase between a subject and what stands for its verb says: "prévoit de … reposant sur".
    pub(super) fn governing(&self, tokens: &Tokens, between: std::ops::Range<usize>) -> Option<(Modality, Span)> {
        let slice = tokens.slice(between.clone());
        self.modals.iter().find_map(|(regex, modality)| {
            let place = regex.find(slice)?;
            let first = between.start + place.start() / SYMBOL_BYTES;
            Some((*modality, tokens.span(first..between.start + place.end() / SYMBOL_BYTES)))
        })
    }

    /// A word from token `end` on that undoes what a noun tells.
    pub(super) fn undone(&self, tokens: &Tokens, end: usize) -> Option<Span> {
        let place = self.undone.find(tokens.slice(end..tokens.spans.len()))?;
        Some(tokens.span(end + place.start() / SYMBOL_BYTES..end + place.end() / SYMBOL_BYTES))
    }

    /// A phrase before token `start` that denies the clause behind it: "denied that".
    pub(super) fn denial(&self, tokens: &Tokens, start: usize) -> Option<Span> {
        let place = self.denial.find(tokens.slice(0..start))?;
        Some(tokens.span(place.start() / SYMBOL_BYTES..place.end() / SYMBOL_BYTES))
    }

    /// A word before token `end` that leaves the whole sentence possible only.
    pub(super) fn doubt(&self, tokens: &Tokens, end: usize) -> Option<Span> {
        let place = self.doubt.find(tokens.slice(0..end))?;
        Some(tokens.span(place.start() / SYMBOL_BYTES..place.end() / SYMBOL_BYTES))
    }
}
