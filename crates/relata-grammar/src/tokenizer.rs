//! Words and sentences of raw text.
//!
//! Between two characters a word may end when one of them is not a letter, when letters meet digits, or where the
//! treebank has split the same letters (`can|not`). A perceptron decides on each such place, so the conventions of a
//! treebank need no rules of their own. Another decides whether `des` is `de` + `les`, a third where sentences end.

pub(crate) mod features;

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::{
    lexeme::fold,
    linear::LinearModel,
    model::{ModelError, Reader, Writer},
};
use features::{border_features, end_features, expansion_features};

/// Finds words and sentences.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    pub(crate) contractions: Contractions,
    pub(crate) splits: Splits,
    pub(crate) borders: LinearModel,
    pub(crate) expansions: LinearModel,
    pub(crate) ends: LinearModel,
}

/// The multiword tokens whose words are not spelled in them: `du` is `de` and `le`. By lower-case form.
pub(crate) type Contractions = FxHashMap<String, Vec<String>>;

/// Forms that are two words without a sign between them (`cannot`): the byte where the second begins.
pub(crate) type Splits = FxHashMap<String, u8>;

/// Words that a treebank of web text splits where somebody wrote them for "it's", "we're", "we'll": in the press they are words.
const WHOLE_WORDS: [&str; 8] = ["hell", "id", "ill", "its", "shell", "wed", "well", "were"];

/// A word found in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) span: Range<usize>,
    /// Its form when the text does not show it.
    pub(crate) form: Option<String>,
    pub(crate) multiword: Option<u32>,
}

/// Room for the work on one sentence, kept between sentences.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    places: Vec<Border>,
    spans: Vec<Range<usize>>,
    features: Vec<u32>,
    scores: Vec<i32>,
    lower: String,
}

/// A place where a word may end, with what is known about its surroundings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Border {
    /// The byte before which it lies.
    pub(crate) at: usize,
    /// Whether the word must end: there is white space, and not that of a number.
    forced: bool,
}

impl Border {
    pub(crate) fn is_forced(&self) -> bool {
        self.forced
    }
}

/// The kind of a character, as far as words are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Space,
    Letter,
    Digit,
    Sign,
}

fn kind(character: char) -> Kind {
    if character.is_whitespace() {
        Kind::Space
    } else if character.is_alphabetic() || is_combining(character) {
        Kind::Letter
    } else if character.is_numeric() {
        Kind::Digit
    } else {
        Kind::Sign
    }
}

/// Accents and joiners that belong to the character before them.
fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// All places of a stretch of text where a word may end, in order; the first and the last byte are not among them.
pub(crate) fn borders(text: &str, range: Range<usize>, splits: &Splits, out: &mut Vec<Border>) {
    out.clear();
    let mut last = Kind::Space;
    let mut run = range.start;
    let mut scratch = String::new();
    for (offset, character) in text[range.clone()].char_indices() {
        let at = range.start + offset;
        let now = kind(character);
        if last == Kind::Letter && now != Kind::Letter {
            inner_split(text, run..at, splits, &mut scratch, out);
        }
        let border = match (last, now) {
            (Kind::Space, Kind::Space) | (Kind::Letter, Kind::Letter) | (Kind::Digit, Kind::Digit) => None,
            (Kind::Space, _) | (_, Kind::Space) => Some(true),
            _ => Some(false),
        };
        if let Some(forced) = border
            && at > range.start
        {
            out.push(Border { at, forced });
        }
        if last != Kind::Letter {
            run = at;
        }
        last = now;
    }
    if last == Kind::Letter {
        inner_split(text, run..range.end, splits, &mut scratch, out);
    }
    out.sort_by_key(|border| border.at);
    // A single space between digits may belong to a number: 10 000.
    for index in 0..out.len() {
        let at = out[index].at;
        let space = out.get(index + 1).is_some_and(|next| {
            let gap = &text[at..next.at];
            matches!(gap, " " | "\u{a0}" | "\u{202f}" | "\u{2009}")
                && text[next.at..].chars().take(3).filter(char::is_ascii_digit).count() == 3
        });
        if space && text[..at].chars().next_back().is_some_and(|before| before.is_ascii_digit()) {
            out[index].forced = false;
            out[index + 1].forced = false;
        }
    }
}

/// Adds the place inside a run of letters where the treebank knows two words, or before a negation (`do|n't`).
fn inner_split(text: &str, run: Range<usize>, splits: &Splits, lower: &mut String, out: &mut Vec<Border>) {
    if run.len() > 24 {
        return;
    }
    lower.clear();
    lower.extend(text[run.clone()].chars().map(fold));
    if let Some(&at) = splits.get(lower.as_str()) {
        let at = run.start + usize::from(at);
        if at < run.end && text.is_char_boundary(at) {
            out.push(Border { at, forced: false });
        }
    }
    let negation = run.len() > 1 && lower.ends_with('n') && text[run.end..].chars().map(fold).take(2).eq(['\'', 't']);
    if negation && text.is_char_boundary(run.end - 1) {
        out.push(Border { at: run.end - 1, forced: false });
    }
}

impl Tokenizer {
    /// The words of a stretch of text. `cuts` are places where a word certainly ends, in rising order, and nowhere
    /// inside a mention is there another decision than the model's.
    pub(crate) fn words(&self, text: &str, range: Range<usize>, cuts: &[usize], scratch: &mut Scratch) -> Vec<Piece> {
        let Scratch { places, spans, features, scores, .. } = scratch;
        borders(text, range.clone(), &self.splits, places);
        spans.clear();
        let mut start = range.start;
        let mut cut = cuts.iter().copied().peekable();
        let mut history = 0;
        for index in 0..=places.len() {
            let place = places.get(index).map_or(range.end, |place| place.at);
            while let Some(at) = cut.next_if(|&at| at <= place) {
                if at > start && at < place && text.is_char_boundary(at) {
                    push_span(text, start..at, spans);
                    start = at;
                }
                if at == place && at < range.end {
                    history |= 1 << 31;
                }
            }
            let Some(border) = places.get(index) else { break };
            let ends = border.forced || history >> 31 == 1 || {
                border_features(text, &range, places, index, start, history, features);
                self.borders.score(features, scores);
                scores.len() > 1 && scores[1] > scores[0]
            };
            history = ((history << 1) | u32::from(ends)) & 3;
            if ends {
                push_span(text, start..border.at, spans);
                start = border.at;
            }
        }
        push_span(text, start..range.end, spans);
        self.expand(text, scratch)
    }

    /// Splits contractions and marks multiword tokens.
    fn expand(&self, text: &str, scratch: &mut Scratch) -> Vec<Piece> {
        let Scratch { spans, features, scores, lower, .. } = scratch;
        let mut pieces: Vec<Piece> = Vec::with_capacity(spans.len());
        let mut groups = 0;
        for (index, span) in spans.iter().enumerate() {
            let form = &text[span.clone()];
            lower.clear();
            if form.len() <= 24 {
                lower.extend(form.chars().map(fold));
            }
            if let Some(parts) = self.contractions.get(lower.as_str()) {
                expansion_features(text, spans, index, features);
                self.expansions.score(features, scores);
                if scores.len() > 1 && scores[1] > scores[0] {
                    let title = form.chars().next().is_some_and(char::is_uppercase);
                    for (number, part) in parts.iter().enumerate() {
                        let form = if title && number == 0 { capitalised(part) } else { part.clone() };
                        pieces.push(Piece { span: span.clone(), form: Some(form), multiword: Some(groups) });
                    }
                    groups += 1;
                    continue;
                }
            }
            let multiword = is_clitic(text, span).then(|| {
                let before = pieces.last_mut().filter(|before| before.span.end == span.start)?;
                if !text[before.span.clone()].chars().any(char::is_alphanumeric) {
                    return None;
                }
                Some(*before.multiword.get_or_insert_with(|| {
                    groups += 1;
                    groups - 1
                }))
            });
            pieces.push(Piece { span: span.clone(), form: None, multiword: multiword.flatten() });
        }
        pieces
    }

    /// The sentences of a text.
    pub(crate) fn sentences(&self, text: &str) -> Vec<Range<usize>> {
        let mut sentences = Vec::new();
        let (mut features, mut scores) = (Vec::new(), Vec::new());
        let chunks = chunks(text);
        let mut start = None;
        for index in 0..chunks.len() {
            let begin = *start.get_or_insert(index);
            let last = index + 1 == chunks.len();
            let ends = last || paragraph_between(text, &chunks, index) || {
                end_features(text, &chunks, begin, index, &mut features);
                self.ends.score(&features, &mut scores);
                scores.len() > 1 && scores[1] > scores[0]
            };
            if ends {
                sentences.push(chunks[begin].start..chunks[index].end);
                start = None;
            }
        }
        sentences
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let mut contractions = Contractions::default();
        for _ in 0..reader.number()? {
            let form = reader.text()?.to_owned();
            let mut parts = Vec::new();
            for _ in 0..reader.number()? {
                parts.push(reader.text()?.to_owned());
            }
            contractions.insert(form, parts);
        }
        let mut splits = Splits::default();
        for _ in 0..reader.number()? {
            let form = reader.text()?.to_owned();
            let at = reader.byte()?;
            if !WHOLE_WORDS.contains(&form.as_str()) {
                splits.insert(form, at);
            }
        }
        Ok(Self {
            contractions,
            splits,
            borders: LinearModel::read(reader)?,
            expansions: LinearModel::read(reader)?,
            ends: LinearModel::read(reader)?,
        })
    }
}

pub(crate) fn write_lists(contractions: &Contractions, splits: &Splits, writer: &mut Writer) {
    let mut list: Vec<_> = contractions.iter().collect();
    list.sort_unstable();
    writer.number(list.len() as u32);
    for (form, parts) in list {
        writer.text(form);
        writer.number(parts.len() as u32);
        for part in parts {
            writer.text(part);
        }
    }
    let mut list: Vec<_> = splits.iter().collect();
    list.sort_unstable();
    writer.number(list.len() as u32);
    for (form, &at) in list {
        writer.text(form);
        writer.byte(at);
    }
}

fn push_span(text: &str, span: Range<usize>, spans: &mut Vec<Range<usize>>) {
    let form = &text[span.clone()];
    let start = span.start + (form.len() - form.trim_start().len());
    let end = start + form.trim().len();
    if start < end {
        spans.push(start..end);
    }
}

fn capitalised(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// Whether the word leans on the one before it: `'s`, `n't`, `not` in `cannot`.
fn is_clitic(text: &str, span: &Range<usize>) -> bool {
    let form = &text[span.clone()];
    if form.len() > 6 || !text[..span.start].chars().next_back().is_some_and(char::is_alphanumeric) {
        return false;
    }
    let lower: String = form.chars().map(fold).map(|c| if c == '`' { '\'' } else { c }).collect();
    matches!(
        lower.as_str(),
        "'s" | "n't" | "'m" | "s" | "'ll" | "'ve" | "'re" | "nt" | "'d" | "not" | "m" | "r" | "na" | "ve" | "re" | "ta"
    )
}

/// The stretches between white space.
pub(crate) fn chunks(text: &str) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices() {
        if character.is_whitespace() {
            if let Some(start) = start.take() {
                chunks.push(start..at);
            }
        } else {
            start.get_or_insert(at);
        }
    }
    if let Some(start) = start {
        chunks.push(start..text.len());
    }
    chunks
}

/// Whether an empty line follows the chunk.
pub(crate) fn paragraph_between(text: &str, chunks: &[Range<usize>], index: usize) -> bool {
    chunks
        .get(index + 1)
        .is_some_and(|next| text[chunks[index].end..next.start].bytes().filter(|&byte| byte == b'\n').count() > 1)
}
