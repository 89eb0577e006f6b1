use relata_model::Span;

use crate::segment::WordKind::{Number, Punctuation, Word};
use crate::segment::words;

macro_rules! case {
    ($name:ident, $text:expr, [$($expected:expr),* $(,)?]) => {
        #[test]
        fn $name() {
            let text = $text;
            let found: Vec<&str> = words(text, Span::new(0, text.len())).map(|word| word.span.of(text)).collect();
            let expected: &[&str] = &[$($expected),*];
            assert_eq!(found, expected);
        }
    };
}

case!(elision, "l'Arménie d’OpenAI qu'il jusqu’à", ["l'", "Arménie", "d’", "OpenAI", "qu'", "il", "jusqu’", "à"]);
case!(elision_before_quotes, "l'« État »", ["l'", "«", "État", "»"]);
case!(no_elision, "aujourd'hui quelqu’un O'Brien don't", ["aujourd'hui", "quelqu’un", "O'Brien", "don't"]);
case!(possessive, "Putin's plan, the U.S.’s", ["Putin", "'s", "plan", ",", "the", "U.S.", "’s"]);
case!(
    hyphens,
    "start-up Kassym-Jomart GPT-4 19-летний IA-native",
    ["start-up", "Kassym-Jomart", "GPT-4", "19-летний", "IA-native"]
);
case!(hyphen_between_numbers, "2024-2025 –5", ["2024", "-", "2025", "–", "5"]);
case!(inversion, "explique-t-il", ["explique-t-il"]);
case!(numbers, "10,8 % 1.370 5.3, 2025.", ["10,8", "%", "1.370", "5.3", ",", "2025", "."]);
case!(thousands, "15 000 sanctions 15\u{202F}000\u{A0}000 de", ["15 000", "sanctions", "15\u{202F}000\u{A0}000", "de"]);
case!(year_and_number, "en 2018 500 voix", ["en", "2018", "500", "voix"]);
case!(letters_and_digits, "3M 5G H20 21ème XXIᵉ", ["3M", "5G", "H20", "21ème", "XXIᵉ"]);
case!(dotted, "U.S. S.A. В.В. V. Poutine", ["U.S.", "S.A.", "В.В.", "V", ".", "Poutine"]);
case!(ampersand, "R&D AT&T", ["R&D", "AT&T"]);
case!(ellipsis, "non... VK…", ["non", "...", "VK", "…"]);
case!(accents_apart, "e\u{301}te\u{301} за\u{301}мок", ["e\u{301}te\u{301}", "за\u{301}мок"]);
case!(nothing, " \u{A0}\n", []);

#[test]
fn kinds() {
    let text = "Le 5 mai, 3M";
    let found: Vec<_> = words(text, Span::new(0, text.len())).map(|word| word.kind).collect();
    assert_eq!(found, [Word, Number, Word, Punctuation, Word]);
}

#[test]
fn a_span_bounds_its_words() {
    let text = "La Sberbank avance";
    let found: Vec<&str> = words(text, Span::new(3, 11)).map(|word| word.span.of(text)).collect();
    assert_eq!(found, ["Sberbank"]);
}
