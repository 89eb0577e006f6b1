//! Finding names in one text.

use std::ops::Range;
use std::sync::Arc;

use relata_model::{Language, Mention, NameKind, Span};

use super::{Gazetteer, unique};
use crate::compiled::{Compiled, kind_of};
use crate::gap;
use crate::index::{self, Index, Reading, flags};
use crate::spelling::{Comparison, Scratch, compare};
use crate::words::{self, Word};

/// A layer of the gazetteer, ready for many questions.
#[derive(Clone, Copy)]
struct Layer<'g> {
    compiled: &'g Compiled,
    index: Index<'g>,
    /// The number of the text's language, where any name is of it.
    language: Option<u16>,
}

/// A name that stands at a place: where it ends, whose it is.
type Standing<'g> = (usize, Layer<'g>, Reading);

/// One search through one text.
pub(super) struct Finder<'g, 't> {
    gazetteer: &'g Gazetteer,
    layers: Vec<Layer<'g>>,
    mask: u64,
    text: &'t str,
    /// `None`: any language.
    language: Option<Language>,
    words: Vec<Word>,
    /// Numbers of the words that may begin a name, then leftovers.
    starts: Vec<u32>,
    /// Numbers of words after which a name may end, with its hash.
    lengths: Vec<(usize, u64)>,
    scratch: Scratch,
    /// The spelling of a form.
    room: String,
    /// The names that stand at a place.
    passed: Vec<Standing<'g>>,
    /// The same of those that are written in small letters, and count only when no other does.
    small: Vec<Standing<'g>>,
    mentions: Vec<Mention>,
}

/// How well a passage fits a name.
enum Fit {
    /// As the name asks.
    Right,
    /// But for its small letters, which will do where nothing else stands.
    Small,
}

impl<'g, 't> Finder<'g, 't> {
    pub(super) fn new(gazetteer: &'g Gazetteer, text: &'t str, language: Option<Language>) -> Self {
        let layer = |compiled: &'g Arc<Compiled>| {
            let number = compiled.languages().iter().position(|known| Some(*known) == language);
            let language = number.and_then(|number| u16::try_from(number).ok());
            Layer { compiled, index: compiled.index(), language }
        };
        Self {
            gazetteer,
            layers: gazetteer.layers.iter().map(layer).collect(),
            mask: gazetteer.mask,
            text,
            language,
            words: Vec::new(),
            starts: Vec::new(),
            lengths: Vec::new(),
            scratch: Scratch::default(),
            room: String::new(),
            passed: Vec::new(),
            small: Vec::new(),
            mentions: Vec::new(),
        }
    }

    pub(super) fn into_mentions(self) -> Vec<Mention> {
        self.mentions
    }

    pub(super) fn find_in(&mut self, span: Span) {
        self.words.clear();
        words::scan(self.text, span, &mut self.words);
        let starts = self.starts();
        let mut next = 0;
        for at in 0..starts {
            let at = self.starts[at] as usize;
            if at < next {
                continue;
            }
            let hash = index::key(None, self.words[at], self.mask);
            self.candidate_lengths(at, hash);
            while let Some((last, hash)) = self.lengths.pop() {
                if self.verify(at, last, hash, span) {
                    next = last + 1;
                    break;
                }
            }
        }
    }

    /// Collects the numbers of the words that may begin a name, and returns how many there are.
    ///
    /// All words are asked before any is looked at closely, and without a branch: so the processor waits for many places of
    /// the bit map at once.
    fn starts(&mut self) -> usize {
        if self.starts.len() < self.words.len() {
            self.starts.resize(self.words.len(), 0);
        }
        let mut count = 0;
        if let [only] = &self.layers[..] {
            for (number, word) in (0..).zip(&self.words) {
                self.starts[count] = number;
                count += usize::from(only.index.begins(index::key(None, *word, self.mask)));
            }
        } else {
            for (number, word) in (0..).zip(&self.words) {
                let hash = index::key(None, *word, self.mask);
                self.starts[count] = number;
                count += usize::from(self.layers.iter().fold(false, |any, layer| any | layer.index.begins(hash)));
            }
        }
        count
    }

    /// Collects how far names may reach that begin with a word, shortest first.
    fn candidate_lengths(&mut self, first: usize, mut hash: u64) {
        const LONGEST_GAP: usize = 12;
        self.lengths.clear();
        let mut last = first;
        loop {
            if self.layers.iter().any(|layer| layer.index.is_name(hash)) {
                self.lengths.push((last, hash));
            }
            let Some(next) = self.words.get(last + 1) else { return };
            if (next.start - self.words[last].end) as usize > LONGEST_GAP {
                return;
            }
            hash = index::key(Some(hash), *next, self.mask);
            if !self.layers.iter().any(|layer| layer.index.begins(hash)) {
                return;
            }
            last += 1;
        }
    }

    /// Adds a mention of the words from `first` to `last` if they are a name.
    fn verify(&mut self, first: usize, last: usize, hash: u64, span: Span) -> bool {
        let start = self.words[first].start as usize;
        let first_byte = self.text.as_bytes()[start];
        self.passed.clear();
        self.small.clear();
        let mut room = std::mem::take(&mut self.room);
        for number in 0..self.layers.len() {
            let layer = self.layers[number];
            let Layer { compiled, index, language } = layer;
            for reading in index.readings(hash) {
                let Some(listed) = compiled.spelling(&reading, &mut room) else { continue };
                let style = reading.style;
                // The usual reason for rejection, before anything costly: a common word where the name has a capital.
                if first_byte.is_ascii_lowercase()
                    && listed.as_bytes()[0].is_ascii_uppercase()
                    && style.demand.needs_first_capital()
                    && style.flags & flags::SMALL_WILL_DO == 0
                {
                    continue;
                }
                let foreign = style.flags & flags::OWN_LANGUAGE != 0
                    && self.language.is_some()
                    && language != Some(style.language);
                if foreign && (first == last || kind_of(&reading) == NameKind::Demonym) {
                    continue;
                }
                match self.judge(&reading, listed, foreign, first..last + 1, span) {
                    Some((end, Fit::Right)) => self.passed.push((end, layer, reading)),
                    Some((end, Fit::Small)) => self.small.push((end, layer, reading)),
                    None => {}
                }
            }
        }
        self.room = room;
        let fitting = if self.passed.is_empty() { &self.small } else { &self.passed };
        let Some(end) = fitting.iter().map(|(end, ..)| *end).max() else { return false };
        let longest = fitting.iter().filter(|(own, ..)| *own == end);
        let mut candidates: Vec<_> = longest
            .filter_map(|(_, layer, reading)| self.gazetteer.candidate(layer.compiled, reading, layer.language))
            .collect();
        if candidates.is_empty() {
            return false;
        }
        if candidates.len() > 1 {
            candidates = unique(candidates);
        }
        self.mentions.push(Mention { span: Span::new(start, end), candidates });
        true
    }

    /// Whether a run of words is the name of a reading, and where it ends.
    fn judge(
        &mut self,
        reading: &Reading,
        listed: &str,
        foreign: bool,
        run: Range<usize>,
        span: Span,
    ) -> Option<(usize, Fit)> {
        let found = &self.words[run.clone()];
        let start = found[0].start as usize;
        if !foreign && self.stands_as_listed(listed, run.clone(), span) {
            let end = start + listed.len();
            return self.stands_free(reading, start..end, span).then_some((end, Fit::Right));
        }
        let compared = compare(self.text, found, span.end(), listed, &mut self.scratch)?;
        // A foreign term of several words may stand like a name: "Large Language Models".
        if (foreign && !compared.each_word_capital)
            || !accents_fit(reading, &compared)
            || !self.stands_free(reading, start..compared.end, span)
        {
            return None;
        }
        if reading.style.demand.admits(&compared) {
            let right = !is_numeral(listed, &compared) || self.in_capitals(run);
            return right.then_some((compared.end, Fit::Right));
        }
        (reading.style.flags & flags::SMALL_WILL_DO != 0).then_some((compared.end, Fit::Small))
    }

    /// Whether the text has the very bytes of a listed name at a run of words, and no word more.
    fn stands_as_listed(&self, listed: &str, run: Range<usize>, span: Span) -> bool {
        let start = self.words[run.start].start as usize;
        let end = start + listed.len();
        let next = self.words.get(run.end).map_or(span.end(), |word| word.start as usize);
        (self.words[run.end - 1].end as usize..=next.min(span.end())).contains(&end)
            && &self.text.as_bytes()[start..end] == listed.as_bytes()
    }

    /// Whether the signs around a passage let a name stand there.
    fn stands_free(&self, reading: &Reading, passage: Range<usize>, span: Span) -> bool {
        let before = &self.text[span.start()..passage.start];
        let after = &self.text[passage.end..span.end()];
        if reading.style.flags & flags::BEFORE_HYPHEN != 0 {
            let mut rest = after.chars();
            if !(rest.next().is_some_and(gap::is_hyphen) && rest.next().is_some_and(char::is_alphanumeric)) {
                return false;
            }
        }
        let elided = self.language.is_none_or(|language| language == Language::FRENCH) && after_verb_elision(before);
        !elided && !cuts_number(&self.text[passage], before, after)
    }

    /// Whether a word beside the passage is written in capitals.
    fn in_capitals(&self, run: Range<usize>) -> bool {
        let beside = [run.start.checked_sub(1), Some(run.end)];
        beside.into_iter().flatten().filter_map(|at| self.words.get(at)).any(|word| {
            let word = word.of(self.text);
            let numeral = word.bytes().all(|byte| b"IVXLCDM".contains(&byte));
            !numeral && word.chars().filter(|c| c.is_uppercase()).count() > 1 && !word.contains(char::is_lowercase)
        })
    }
}

fn accents_fit(reading: &Reading, compared: &Comparison) -> bool {
    let has = |flag| reading.style.flags & flag != 0;
    if has(flags::EXACT_ACCENTS) {
        return !compared.extra_accent && (!compared.missing_accent || compared.all_capitals);
    }
    has(flags::FREE_ACCENTS) || !compared.extra_accent || (has(flags::ANY_ACCENT) && compared.first_capital)
}

/// Whether a short name in capitals may be a Roman number or an acronym: "XI" is Xi only among other capitals.
fn is_numeral(listed: &str, compared: &Comparison) -> bool {
    compared.all_capitals && !compared.same_case && compared.letters <= 3 && listed.chars().any(char::is_lowercase)
}

/// Whether a passage is a part of a number: "GPT-4" of "GPT-4.1".
fn cuts_number(passage: &str, before: &str, after: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let point = |c: Option<char>| matches!(c, Some('.' | ','));
    let mut next = after.chars();
    let mut previous = before.chars().rev();
    (digit(passage.chars().next_back()) && point(next.next()) && digit(next.next()))
        || (digit(passage.chars().next()) && point(previous.next()) && digit(previous.next()))
}

/// Whether the text before a word ends in an elision that only verbs and pronouns follow: "j'", "n'", "c'".
fn after_verb_elision(before: &str) -> bool {
    let mut chars = before.chars().rev();
    chars.next().is_some_and(gap::is_apostrophe)
        && chars.next().is_some_and(|c| "jmtnscJMTNSC".contains(c))
        && !chars.next().is_some_and(char::is_alphanumeric)
}
