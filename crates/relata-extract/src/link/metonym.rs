//! Whether the name of a capital or seat means the place itself, or the state that has its seat there.

use relata_model::{Document, Sentence, Span};

use super::{LinkingWords, line_of, words_before};

/// Whether the words around `span` say where something is: "à Moscou", "in Moscow", "в Москве", a dateline.
pub(super) fn is_locative(document: &Document, span: Span, sentence: Option<&Sentence>, words: &LinkingWords) -> bool {
    is_dateline(document, span, words) || follows_locative(document, span, sentence, words)
}

fn follows_locative(document: &Document, span: Span, sentence: Option<&Sentence>, words: &LinkingWords) -> bool {
    let start = sentence.map_or(0, |sentence| sentence.span.start().min(span.start()));
    let before = &document.text[start..span.start()];
    let has = |list: &[String], word: &str| list.iter().any(|known| known == word);
    let mut preceding = words_before(before, before.len());
    let Some(last) = preceding.next().map(str::to_lowercase) else { return false };
    let before_last = preceding.next().map(str::to_lowercase).unwrap_or_default();
    if has(&words.of, &last) {
        return has(&words.city_nouns, &before_last);
    }
    let name = span.of(&document.text).to_lowercase();
    let direction = words.direction_endings.iter().any(|ending| name.ends_with(ending.as_str()));
    // "91 a Erevan": between a number and a name, an "a" without its accent may be the verb.
    let verb = last == "a" && before_last.ends_with(|c: char| c.is_ascii_digit());
    let addressed = || has(&words.address, &last) && is_addressed(&before_last, preceding, words);
    (has(&words.locative, &last) && !direction && !verb && !addressed())
        || has(&words.city_nouns, &last)
        || has(&words.visits, &last)
}

/// Whether one of the words before "à" gives, sells or forbids something to somebody: "interdit la vente de puces à Pékin".
fn is_addressed<'w>(nearest: &str, before: impl Iterator<Item = &'w str>, words: &LinkingWords) -> bool {
    const REACH: usize = 5;
    let gives = |word: &str| words.addressing.iter().any(|beginning| word.starts_with(beginning.as_str()));
    gives(nearest) || before.take(REACH).any(|word| gives(&word.to_lowercase()))
}

/// Whether the name stands in a dateline: "MOSCOU, 19 novembre 2025 –", "Paris / La Gazette", "Publié le … Moscou, Kremlin".
fn is_dateline(document: &Document, span: Span, words: &LinkingWords) -> bool {
    /// A dateline's head, from its place to its dash, and a line that is nothing else.
    const HEAD: usize = 60;
    const LINE: usize = 90;
    let line = line_of(&document.text, span.start());
    let text = line.of(&document.text).trim();
    let short = text.chars().count() <= LINE;
    let lower = text.to_lowercase();
    if short && words.published.iter().any(|word| lower.starts_with(word.as_str())) {
        return true;
    }
    let opens = document.text[line.start()..span.start()].chars().all(|c| !c.is_alphanumeric());
    if !opens {
        return false;
    }
    let after = document.text[span.end()..line.end()].trim_start();
    let dash =
        after.char_indices().find(|&(at, c)| matches!(c, '–' | '—' | '-') && after[..at].ends_with([' ', '\u{A0}']));
    let head = dash.map(|(at, _)| &after[..at]).filter(|head| head.chars().count() <= HEAD);
    let dated = |words: &str| words.bytes().any(|byte| byte.is_ascii_digit());
    match after.chars().next() {
        Some('/') => short,
        Some('–' | '—') => true,
        Some('(') => short || head.is_some(),
        Some(',' | '.') => head.is_some_and(|head| dated(head) || head.contains('(')) || (short && dated(after)),
        _ => false,
    }
}
