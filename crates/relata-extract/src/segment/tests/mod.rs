//! Every case is a text and what it is cut into.

mod english;
mod files;
mod french;
mod layout;
mod limits;
mod russian;
mod words;

use relata_model::{Document, Language, Sentence, SentenceKind};

use super::{SegmentRules, segment};

pub(super) const FRENCH: &str = include_str!("../../../../../data/fr/abbreviations.txt");
pub(super) const ENGLISH: &str = include_str!("../../../../../data/en/abbreviations.txt");
pub(super) const RUSSIAN: &str = include_str!("../../../../../data/ru/abbreviations.txt");

pub(super) fn rules(language: Language) -> SegmentRules {
    let source = match language.as_str() {
        "fr" => FRENCH,
        "en" => ENGLISH,
        _ => RUSSIAN,
    };
    SegmentRules::new(language, source)
}

fn sentences_of(text: &str, language: Language) -> Vec<Sentence> {
    segment(&Document::from_text("case.txt", text, language), &rules(language))
}

fn check(language: Language, text: &str, expected: &[&str]) {
    let found = sentences_of(text, language);
    let found: Vec<&str> = found.iter().map(|sentence| sentence.span.of(text)).collect();
    assert_eq!(found, expected, "{text:?}");
}

fn kinds(language: Language, text: &str) -> Vec<SentenceKind> {
    sentences_of(text, language).into_iter().map(|sentence| sentence.kind).collect()
}

/// `case!(name, "text", ["sentence", …])` in the language that the file's `LANGUAGE` names.
macro_rules! case {
    ($name:ident, $text:expr, [$($expected:expr),* $(,)?]) => {
        #[test]
        fn $name() {
            super::check(LANGUAGE, $text, &[$($expected),*]);
        }
    };
}
use case;
