//! Relations read from grammar: a frame waits for a word, the tree says who fills its roles.
//!
//! A sentence is parsed only when it has a trigger and names whom some frame of that trigger could relate. Then each
//! trigger word is looked at: `arguments` finds the words that fill the roles, `phrase` whom they name, `stance` as what
//! it is told.

mod antecedent;
mod arguments;
mod complement;
mod frame;
mod negation;
mod parsed;
mod phrase;
mod reference;
mod stance;
mod subject;
mod trace;
mod words;

use std::cell::RefCell;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};
use relata_grammar::{Grammar, Upos, Workspace};
use relata_model::{Language, Modality, Span};
use rustc_hash::FxHashMap;

pub(super) use antecedent::{Affiliations, Past, Voice};
pub(super) use frame::{Frame, FrameSource};
pub use words::GrammarSource;

use super::Rule;
use super::lexicon::Lexicon;
use super::symbols::MentionKind;
use super::tokens::{Participant, fold};
use frame::{Role, Trigger};
pub(super) use parsed::Parsed;
pub(super) use stance::Stance;
use words::GrammarWords;

thread_local! {
    /// Room for parsing, kept between sentences.
    static WORKSPACE: RefCell<Workspace> = RefCell::default();
}

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
    /// Makes the frames of `rules` ready. `grammar` replaces the model that the program carries.
    pub(super) fn new(rules: &[Rule], lexicon: &Lexicon, grammar: Option<Grammar>) -> Self {
        let mut numbers: FxHashMap<(String, bool), usize> = FxHashMap::default();
        let mut patterns: Vec<String> = Vec::new();
        let mut waiting: Vec<(bool, Vec<(usize, usize)>)> = Vec::new();
        for (number, rule) in rules.iter().enumerate() {
            for (place, frame) in rule.frames.iter().enumerate() {
                let mut triggers = frame.triggers();
                triggers.sort_unstable();
                for (trigger, whole) in triggers {
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
            grammar: grammar.map_or_else(OnceLock::new, |grammar| OnceLock::from(Some(grammar))),
            words: GrammarWords::new(lexicon),
            triggers: AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .build(patterns)
                .expect("some ten thousand words are fewer than the automaton holds"),
            waiting,
        }
    }

    /// What the frames read in a sentence. `may_hold` tells whether the sentence names whom a rule could relate; `tree` is parsed
    /// when it is first asked for.
    pub(super) fn read<'t>(
        &self,
        rules: &[Rule],
        words: &str,
        tree: impl FnOnce() -> Option<&'t Parsed<'t>>,
        may_hold: impl Fn(&Rule) -> bool,
    ) -> Vec<Reading> {
        let mut found = Vec::new();
        let mut triggered = self.triggered(&fold(words));
        triggered.retain(|&(rule, _)| may_hold(&rules[rule]));
        if triggered.is_empty() {
            return found;
        }
        let Some(parsed) = tree() else { return found };
        for (number, place) in triggered {
            let rule = &rules[number];
            let frame = &rule.frames[place];
            for word in (0..parsed.len()).filter(|&word| parsed.opens(frame, word)) {
                let mut pairs = parsed.pairs(frame, rule, word);
                if frame.points_back {
                    let points = |&number: &usize| parsed.participants[number].kind == MentionKind::Anaphor;
                    pairs.retain(|(subject, object)| points(subject) || points(object));
                }
                if pairs.is_empty() {
                    continue;
                }
                let mut stance = parsed.stance(word, Some(frame));
                if frame.modality > stance.modality {
                    stance = Stance { modality: frame.modality, cue: Some(parsed.span(word)) };
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

    /// Whether a sentence has a word that may stand for somebody named before it. Most have none, and need not be parsed for it.
    pub(super) fn points_back(&self, words: &str) -> bool {
        let folded = fold(words);
        folded.split(|c: char| !c.is_alphanumeric()).any(|word| self.words.lists.reference.points_back(word))
    }

    /// Whether a sentence has a word of the first person.
    pub(super) fn speaks(&self, words: &str) -> bool {
        let folded = fold(words);
        folded.split(|c: char| !c.is_alphanumeric()).any(|word| self.words.lists.reference.speaks(word))
    }

    /// A sentence's tree, with whom its names and pronouns mean.
    pub(super) fn tree(
        &self,
        text: &str,
        sentence: Span,
        participants: &[Participant],
        past: Past<'_>,
        voices: &[Voice],
    ) -> Option<Parsed<'_>> {
        let mut parsed = self.parse(text, sentence, participants)?;
        parsed.add_references(past, voices);
        Some(parsed)
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
        let units: Vec<_> = units
            .into_iter()
            .filter(|unit| unit.start >= start)
            .map(|unit| unit.start - start..unit.end - start)
            .collect();
        // Quotation marks around a name are no quotation, and parsers take what they enclose for a clause.
        let mut body = text[start..sentence.end()].to_owned();
        for unit in &units {
            unquote(&mut body, unit);
        }
        let mut tree = WORKSPACE.with_borrow_mut(|room| grammar.parse_with(&body, 0..body.len(), &units, room));
        for word in &mut tree.words {
            word.span = word.span.start + start..word.span.end + start;
        }
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

/// Puts spaces in place of the quotation marks around a name, as many bytes as there were.
fn unquote(text: &mut String, name: &std::ops::Range<usize>) {
    const MARKS: [char; 6] = ['«', '»', '“', '”', '„', '"'];
    let is_mark = |c: Option<char>| c.filter(|c| MARKS.contains(c));
    let (Some(open), Some(close)) =
        (is_mark(text[..name.start].chars().next_back()), is_mark(text[name.end..].chars().next()))
    else {
        return;
    };
    text.replace_range(name.end..name.end + close.len_utf8(), &" ".repeat(close.len_utf8()));
    text.replace_range(name.start - open.len_utf8()..name.start, &" ".repeat(open.len_utf8()));
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
    // "14 h 30 – …": a ticker.
    let time = head.starts_with(|c: char| c.is_ascii_digit())
        && head.chars().all(|c| c.is_ascii_digit() || matches!(c, 'h' | 'H' | ':' | '.' | ' ' | '\u{a0}' | '\u{202f}'));
    if time {
        return sentence.start() + at + length;
    }
    let short = head.split_whitespace().count() <= HEAD_WORDS && !head.contains(['«', '"', '“']);
    // What has a small word of its own is a sentence: "La Russie exporte – et importe – …".
    let names = head.split_whitespace().all(|word| !word.chars().next().is_some_and(char::is_lowercase));
    if short && names { sentence.start() + at + length } else { sentence.start() }
}

impl Parsed<'_> {
    /// As what the words of a surface pattern's match are told: the stance of the verb or noun at their top.
    pub(super) fn stance_of(&self, matched: Span) -> Option<Stance> {
        let inside: Vec<usize> = (0..self.len()).filter(|&word| matched.contains(self.span(word))).collect();
        let mut tops = inside.iter().copied().filter(|&word| {
            let above = self.head(word).is_some_and(|head| inside.contains(&head));
            !above && !self.is_named(word) && matches!(self.upos(word), Upos::Verb | Upos::Noun | Upos::Adj)
        });
        // With several tops the parser sees no one phrase, and says nothing of it.
        let top = tops.next()?;
        tops.next().is_none().then(|| self.stance(top, None))
    }
}

fn grammar_language(language: Language) -> Option<relata_grammar::Language> {
    relata_grammar::Language::from_code(&language.to_string())
}

impl Parsed<'_> {
    /// Whether a word is the trigger of a frame.
    fn opens(&self, frame: &Frame, word: usize) -> bool {
        // "puce" may be a notion with a name of its own, and yet what a rule waits for.
        let notion = |number: usize| self.participants[number].is_thing() && frame.trigger == Trigger::Noun;
        if self.is_named(word) && !self.participant(word).is_some_and(notion) {
            return false;
        }
        let (form, lemma, upos) = (self.form(word), self.lemma(word), self.upos(word));
        let is = match frame.trigger {
            Trigger::Verb => {
                let participle = matches!(upos, Upos::Adj | Upos::Noun) && self.below(word, &["cop"]).next().is_some();
                // "les puces conçues par X", taken for an adjective.
                let adjective = upos == Upos::Adj
                    && (self.has(word, "VerbForm", "Part")
                        || matches!(self.base(word), "root" | "acl")
                        || (self.base(word) == "amod" && frame.forms.contains(form)));
                // "buys", taken for a noun: right behind a name.
                let noun = upos == Upos::Noun
                    && !frame.lemmas.contains(form)
                    && frame.forms.contains(form)
                    && (self.relation(word) == "acl:relcl"
                        || word.checked_sub(1).is_some_and(|before| self.is_named(before)));
                // "a cessé de dépendre", with the infinitive taken for a noun.
                let infinitive = upos == Upos::Noun && frame.lemmas.contains(form) && self.base(word) == "xcomp";
                (matches!(upos, Upos::Verb | Upos::Aux) || adjective || participle || noun || infinitive)
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
        let mut subjects = subjects;
        if frame.each_other && frame.trigger == Trigger::Noun && subjects.len() == 1 {
            // "entre X et Y", with Y hung on the noun.
            let others = self.below(word, &["conj"]).filter_map(|other| self.participant(other));
            subjects.extend(others.filter(|&other| self.participants[other].is_of(&rule.subject)).collect::<Vec<_>>());
            subjects.dedup();
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
                    } else if *role == Role::Bearer && self.describes_one(word) {
                        self.alone(place)
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
