use std::fmt::Write as _;

use relata_model::{Document, Language, Sentence, Span};

use super::{rules, sentences_of};
use crate::segment::stops::LONGEST_SENTENCE;
use crate::segment::{segment, words};

fn assert_sound(text: &str, sentences: &[Sentence]) {
    let mut last = 0;
    for sentence in sentences {
        let span = sentence.span;
        assert!(span.start() >= last && span.end() <= text.len(), "in order and apart: {text:?}");
        let words_of = span.of(text);
        assert_eq!(words_of, words_of.trim(), "trimmed");
        assert!(!words_of.is_empty() && words_of.len() <= LONGEST_SENTENCE);
        let mut last_word = span.start();
        for word in words(text, span) {
            assert!(word.span.start() >= last_word && word.span.end() <= span.end() && !word.span.is_empty());
            last_word = word.span.end();
        }
        last = span.end();
    }
}

#[test]
fn a_line_of_a_megabyte_is_cut_at_white_space() {
    let text = "слово и дело ".repeat(50_000);
    let sentences = sentences_of(&text, Language::RUSSIAN);
    assert!(sentences.len() > text.len() / LONGEST_SENTENCE);
    assert_sound(&text, &sentences);
    assert!(sentences.iter().all(|sentence| sentence.span.of(&text).starts_with(['с', 'и', 'д'])), "at white space");
}

#[test]
fn a_megabyte_without_white_space_is_cut_on_characters() {
    let text = "ж".repeat(500_000);
    assert_sound(&text, &sentences_of(&text, Language::RUSSIAN));
}

#[test]
fn hostile_texts_take_linear_time() {
    for pattern in [
        "г.г.", "A. ", "1. ", "« ", "...\n", "(.) ", "a.\n", "— ", "> ", "| |\n", "*", "[1]", "M. ", "a\n", "A:\n", "'",
    ] {
        let text = pattern.repeat(400_000 / pattern.len());
        assert_sound(&text, &sentences_of(&text, Language::FRENCH));
    }
}

/// A fixed sequence, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }
}

#[test]
fn any_text_gives_sound_sentences() {
    const PIECES: [&str; 48] = [
        ".", "!", "?", "…", "...", " ", "\u{A0}", "\u{202F}", "\n", "\n\n", "\r\n", "M.", "etc.", "г.", "Il", "il",
        "Он", "2025", "5", "«", "»", "“", "”", "\"", "'", "’", "(", ")", "[", "]", "[1]", "—", "-", "*", "**", "#",
        ">", "|", "•", "1.", "a)", "👉", "é", "e\u{301}", "\u{FEFF}", "\u{200B}", "É.", ":",
    ];
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for _ in 0..4_000 {
        let mut text = String::new();
        for _ in 0..dice.roll(40) {
            write!(text, "{}", PIECES[dice.roll(PIECES.len())]).unwrap();
        }
        let mut document = Document::from_text("a.txt", &text, Language::FRENCH);
        let borders: Vec<usize> = (0..=text.len()).filter(|&i| text.is_char_boundary(i)).collect();
        if borders.len() > 8 {
            let (a, b) = (borders[borders.len() / 4], borders[borders.len() / 2]);
            document.prose = vec![Span::new(0, b), Span::new(b, text.len())];
            document.opaque = vec![Span::new(a, b)];
        }
        assert_sound(&text, &segment(&document, &rules(Language::FRENCH)));
    }
}
