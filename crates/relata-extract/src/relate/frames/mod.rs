//! Relations read from grammar: a frame waits for a word, the tree says who fills its roles.
//!
//! A sentence is parsed only when it has a trigger and names whom some frame of that trigger could relate. Then each
//! trigger word is looked at: `arguments` finds the words that fill the roles, `phrase` whom they name, `stance` as what
//! it is told.

mod arguments;
mod frame;
mod parsed;
mod phrase;
mod reference;
mod stance;
mod trace;
mod words;

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};
use relata_grammar::{Grammar, Upos};
use relata_model::{Language, Modality, Span};
use rustc_hash::FxHashMap;

pub(super) use frame::{Frame, FrameSource};
pub(super) use reference::Past;
pub use words::GrammarSource;

use super::Rule;
use super::lexicon::Lexicon;
use super::symbols::MentionKind;
use super::tokens::{Participant, fold};
use frame::{Role, Trigger};
use parsed::Parsed;
use words::GrammarWords;

/// The frames of a language's rules, ready to be looked for.
#[derive(Debug)]
pub(super) struct Frames {
    language: Option<relata_grammar::Language>,
    /// Loaded when a sentence first needs it.
    grammar: OnceLock<Option<Grammar>>,
    words: GrammarWords,
    triggers: AhoCorasick,
    /// For each trigger, whether it is a whole word, and the rules and frames that wait for it.
    waiting: Vec<(bool, Vec<(usize, usize)>)>,
}

/// What a frame says of two participants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// The rule, by its place in the list.
    pub(super) rule: usize,
    pub(super) subject: Participant,
    pub(super) object: Participant,
    /// The word that opened the frame.
    pub(super) trigger: Span,
    pub(super) modality: Modality,
    pub(super) cue: Option<Span>,
}

impl Frames {
    pub(super) fn new(rules: &[Rule], lexicon: &Lexicon) -> Self {
        let mut numbers: FxHashMap<(String, bool), usize> = FxHashMap::default();
        let mut patterns: Vec<String> = Vec::new();
        let mut waiting: Vec<(bool, Vec<(usize, usize)>)> = Vec::new();
        for (number, rule) in rules.iter().enumerate() {
            for (place, frame) in rule.frames.iter().enumerate() {
                let whole = frame.trigger == Trigger::Verb;
                let mut triggers = frame.triggers();
                triggers.sort_unstable();
                for trigger in triggers {
                    let at = *numbers.entry((trigger.clone(), whole)).or_insert_with(|| {
                        patterns.push(trigger);
                        waiting.push((whole, Vec::new()));
                        waiting.len() - 1
                    });
                    waiting[at].1.push((number, place));
                }
            }
        }
        Self {
            language: grammar_language(lexicon.language),
            grammar: OnceLock::new(),
            words: GrammarWords::new(lexicon),
            triggers: AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .build(patterns)
                .expect("some ten thousand words are fewer than the automaton holds"),
            waiting,
        }
    }

    /// What the frames read in a sentence. `may_hold` tells whether the sentence names whom a rule could relate.
    pub(super) fn read(
        &self,
        rules: &[Rule],
        text: &str,
        sentence: Span,
        participants: &[Participant],
        past: Past<'_>,
        may_hold: impl Fn(&Rule) -> bool,
    ) -> Vec<Reading> {
        let mut found = Vec::new();
        let mut triggered = self.triggered(&fold(sentence.of(text)));
        triggered.retain(|&(rule, _)| may_hold(&rules[rule]));
        if triggered.is_empty() {
            return found;
        }
        let Some(mut parsed) = self.parse(text, sentence, participants) else { return found };
        parsed.add_references(past);
        for (number, place) in triggered {
            let rule = &rules[number];
            let frame = &rule.frames[place];
            for word in (0..parsed.len()).filter(|&word| parsed.opens(frame, word)) {
                let pairs = parsed.pairs(frame, rule, word);
                if pairs.is_empty() {
                    continue;
                }
                let mut stance = parsed.stance(word);
                if frame.modality > stance.modality {
                    stance = stance::Stance { modality: frame.modality, cue: Some(parsed.span(word)) };
                }
                found.extend(pairs.into_iter().map(|(subject, object)| Reading {
                    rule: number,
                    subject: parsed.participants[subject].clone(),
                    object: parsed.participants[object].clone(),
                    trigger: parsed.span(word),
                    modality: stance.modality,
                    cue: stance.cue,
                }));
            }
        }
        found
    }

    fn parse(&self, text: &str, sentence: Span, participants: &[Participant]) -> Option<Parsed<'_>> {
        let load = || self.language.and_then(|language| Grammar::load(language).ok());
        let grammar = self.grammar.get_or_init(load).as_ref()?;
        let units: Vec<std::ops::Range<usize>> = participants
            .iter()
            .filter(|participant| participant.kind != MentionKind::Anaphor)
            .map(|participant| participant.span.start()..participant.span.end())
            .collect();
        let start = body_start(text, sentence);
        let units: Vec<_> = units.into_iter().filter(|unit| unit.start >= start).collect();
        let tree = grammar.parse(text, start..sentence.end(), &units);
        Some(Parsed::new(tree, participants, &self.words))
    }

    /// The frames whose trigger a text has, folded.
    fn triggered(&self, folded: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for place in self.triggers.find_overlapping_iter(folded) {
            let (whole, frames) = &self.waiting[place.pattern().as_usize()];
            let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let starts = !inside(folded[..place.start()].chars().next_back());
            let ends = !whole || !inside(folded[place.end()..].chars().next());
            if starts && ends {
                found.extend(frames);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// How many words a dateline or a speaker may have.
const HEAD_WORDS: usize = 5;

/// Where a sentence begins behind a dateline ("MOSCOU, 3 mars (AFP) – …") or a speaker ("V. Poutine : …"), which would be
/// taken for its subject.
fn body_start(text: &str, sentence: Span) -> usize {
    let words = sentence.of(text);
    let mark = [" – ", " — ", " : ", ": "].iter().filter_map(|mark| Some((words.find(mark)?, mark.len()))).min();
    let Some((at, length)) = mark else { return sentence.start() };
    let head = &words[..at];
    let short = head.split_whitespace().count() <= HEAD_WORDS && !head.contains(['«', '"', '“']);
    // What has a small word of its own is a sentence: "La Russie exporte – et importe – …".
    let names = head.split_whitespace().all(|word| !word.chars().next().is_some_and(char::is_lowercase));
    if short && names { sentence.start() + at + length } else { sentence.start() }
}

fn grammar_language(language: Language) -> Option<relata_grammar::Language> {
    relata_grammar::Language::from_code(&language.to_string())
}

impl Parsed<'_> {
    /// Whether a word is the trigger of a frame.
    fn opens(&self, frame: &Frame, word: usize) -> bool {
        if self.is_named(word) {
            return false;
        }
        let (form, lemma, upos) = (self.form(word), self.lemma(word), self.upos(word));
        let is = match frame.trigger {
            Trigger::Verb => {
                let participle = matches!(upos, Upos::Adj | Upos::Noun) && self.below(word, &["cop"]).next().is_some();
                let adjective = upos == Upos::Adj
                    && (self.has(word, "VerbForm", "Part") || matches!(self.base(word), "root" | "acl"));
                (matches!(upos, Upos::Verb | Upos::Aux) || adjective || participle)
                    && !matches!(self.base(word), "aux" | "cop")
                    && (frame.forms.contains(form) || frame.lemmas.contains(lemma))
            }
            Trigger::Noun => {
                matches!(upos, Upos::Noun | Upos::Propn)
                    && (frame.lemmas.contains(lemma) || frame.lemmas.contains(form))
            }
            Trigger::Adjective => {
                matches!(upos, Upos::Adj | Upos::Verb) && (frame.lemmas.contains(lemma) || frame.lemmas.contains(form))
            }
        };
        is && (frame.with.is_empty() || self.has_below(word, &frame.with))
            && (frame.without.is_empty() || !self.has_below(word, &frame.without))
    }

    /// Whether one of these words stands right below `word`, or one below that.
    fn has_below(&self, word: usize, words: &rustc_hash::FxHashSet<String>) -> bool {
        let is = |word: usize| words.contains(self.lemma(word)) || words.contains(self.form(word));
        self.children(word).iter().any(|&child| is(child) || self.children(child).iter().any(|&below| is(below)))
    }

    /// Whom the frame relates at a trigger: pairs of participants.
    fn pairs(&self, frame: &Frame, rule: &Rule, word: usize) -> Vec<(usize, usize)> {
        let subjects = self.filled(frame, &frame.subject, word, &rule.subject, &[]);
        if subjects.is_empty() {
            return Vec::new();
        }
        let mut objects = self.filled(frame, &frame.object, word, &rule.object, &subjects);
        objects.retain(|object| !subjects.contains(object));
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for &subject in &subjects {
            pairs.extend(objects.iter().map(|&object| (subject, object)));
        }
        if frame.each_other && objects.is_empty() {
            for (place, &subject) in subjects.iter().enumerate() {
                pairs.extend(subjects[place + 1..].iter().map(|&other| (subject, other)));
            }
        }
        pairs
    }

    /// The participants of the first role that has any of the types; those of `taken` fill none.
    fn filled(&self, frame: &Frame, roles: &[Role], word: usize, types: &[usize], taken: &[usize]) -> Vec<usize> {
        for role in roles {
            let mut found: Vec<usize> = self
                .fill(frame, role, word)
                .into_iter()
                .flat_map(|place| {
                    if *role == Role::Demonym {
                        self.participant(place).into_iter().collect()
                    } else {
                        self.named(place)
                    }
                })
                .collect();
            found.retain(|number| self.participants[*number].is_of(types) && !taken.contains(number));
            found.sort_unstable();
            found.dedup();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// Whom a word names; an adjective of a place names the place.
    fn named(&self, word: usize) -> Vec<usize> {
        let found = self.resolve(word);
        if found.is_empty() { self.participant(word).into_iter().collect() } else { found }
    }
}
