//! The matcher against a slow one that knows neither hashes nor bit maps.

#![expect(clippy::unwrap_used, reason = "a test fails where its preparation does")]

mod common;

use common::{Listed, find, gazetteer, name};
use proptest::prelude::*;
use relata_model::Span;
use unicode_normalization::UnicodeNormalization as _;

const WORDS: [&str; 14] = [
    "Paris",
    "Match",
    "de",
    "la",
    "été",
    "PARIS",
    "ia",
    "Москва",
    "нефть",
    "e\u{301}te\u{301}",
    "internationalement",
    "4",
    "x",
    "Край",
];
const SIGNS: [&str; 12] = [" ", " ", " ", "-", "\u{a0}", ", ", ". ", "\n", "\n\n", "’", " – ", "🤖"];

/// A word without case and accents, letter by letter.
fn plain(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars() {
        for lower in c.to_lowercase() {
            if lower == 'й' {
                out.push('й');
            } else {
                out.extend(std::iter::once(lower).nfd().filter(|part| part.is_alphanumeric()));
            }
        }
    }
    out
}

/// Whether a letter of `text` has an accent where `listed` has none.
fn adds_accent(text: &str, listed: &str) -> bool {
    let accents = |word: &str| {
        let mut out: Vec<bool> = Vec::new();
        for c in word.nfd() {
            if ('\u{300}'..='\u{36f}').contains(&c) { *out.last_mut().unwrap() = true } else { out.push(false) }
        }
        out
    };
    accents(text).iter().zip(accents(listed)).any(|(text, listed)| *text && !listed)
}

/// Words of a text with their byte offsets.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mark = |c: char| ('\u{300}'..='\u{36f}').contains(&c);
    text.split(|c: char| !c.is_alphanumeric() && !mark(c))
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .filter(|(_, word)| !word.is_empty())
        .collect()
}

/// Leftmost, longest, whole words: every name is tried at every word.
fn slow(names: &[String], text: &str) -> Vec<(u32, u32, u32)> {
    let words = words(text);
    let code_point = |byte: usize| u32::try_from(text[..byte].chars().count()).unwrap();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let fits = |name: &String| {
            let parts: Vec<&str> = name.split(' ').collect();
            let run = words.get(at..at + parts.len())?;
            let same =
                run.iter().zip(&parts).all(|((_, word), part)| plain(word) == plain(part) && !adds_accent(word, part));
            let joined = run.windows(2).all(|pair| {
                let gap = &text[pair[0].0 + pair[0].1.len()..pair[1].0];
                ["-", "\u{a0}", " ", "\n"].contains(&gap)
            });
            (same && joined).then_some(parts.len())
        };
        let Some(longest) = names.iter().filter_map(fits).max() else {
            at += 1;
            continue;
        };
        let (last, word) = words[at + longest - 1];
        for (number, name) in names.iter().enumerate() {
            if fits(name) == Some(longest) {
                let number = u32::try_from(number).unwrap();
                found.push((number, code_point(words[at].0), code_point(last + word.len())));
            }
        }
        at += longest;
    }
    found
}

fn name_of_words() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 1..4).prop_map(|words| words.join(" "))
}

fn text_of_words() -> impl Strategy<Value = String> {
    let piece = (prop::sample::select(&WORDS[..]), prop::sample::select(&SIGNS[..]));
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.into_iter().flat_map(|(a, b)| [a, b]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn finds_what_the_slow_matcher_finds(names in prop::collection::vec(name_of_words(), 0..12), text in text_of_words()) {
        let listed: Vec<Listed> = names.iter().map(|text| name(text).fold()).collect();
        let found = find(&gazetteer(&listed), &text, &[Span::new(0, text.len())], None);
        prop_assert_eq!(found, slow(&names, &text));
    }

    #[test]
    fn any_text_is_read_to_its_end(text in ".{0,200}") {
        let gazetteer = gazetteer(&[name("Paris").fold(), name("a").fold(), name("я").fold()]);
        let whole = gazetteer.find(&text, [Span::new(0, text.len())], None);
        prop_assert!(whole.iter().all(|mention| text.get(mention.span.range()).is_some()));
        prop_assert!(whole.windows(2).all(|pair| pair[0].span.end() <= pair[1].span.start()));
    }
}
