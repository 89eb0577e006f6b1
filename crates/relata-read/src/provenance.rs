//! Where a text comes from, as far as it shows: the agency that it names as its source, and a sketch by which near-copies are
//! found without the texts.
//!
//! The sketch holds the smallest hashes of all runs of five words (bottom-k sketch of shingles: A. Z. Broder, "On the
//! resemblance and containment of documents", 1997). What two sketches share estimates what the texts share.

use std::collections::BTreeSet;

use relata_model::{Agency, Document, Sketch};

/// How many words a run has.
const SHINGLE: usize = 5;
/// Where an agency is named as the source of a whole text: near its beginning or its end, in code points.
const HEAD: usize = 700;
const TAIL: usize = 300;

/// The names by which agencies are marked. Those of one agency follow each other.
const AGENCIES: &[(&str, Agency)] = &[
    ("AFP", Agency::Afp),
    ("Agence France-Presse", Agency::Afp),
    ("АФП", Agency::Afp),
    ("Reuters", Agency::Reuters),
    ("REUTERS", Agency::Reuters),
    ("Рейтер", Agency::Reuters),
    ("AP", Agency::Ap),
    ("Associated Press", Agency::Ap),
    ("TASS", Agency::Tass),
    ("ТАСС", Agency::Tass),
    ("Interfax", Agency::Interfax),
    ("INTERFAX", Agency::Interfax),
    ("Интерфакс", Agency::Interfax),
    ("ИНТЕРФАКС", Agency::Interfax),
    ("RIA Novosti", Agency::Ria),
    ("РИА Новости", Agency::Ria),
    ("Xinhua", Agency::Xinhua),
    ("Chine nouvelle", Agency::Xinhua),
    ("Синьхуа", Agency::Xinhua),
];

/// What stands right before and right behind the name of an agency whose copy a text is.
const MARKS: &[(&str, &str)] = &[
    ("(", ")"),
    ("/", "/"),
    ("[", "]"),
    ("© ", ""),
    ("(c) ", ""),
    ("(с) ", ""),
    ("Source : ", ""),
    ("Source: ", ""),
    ("Источник: ", ""),
    ("(avec ", ")"),
    ("Avec ", "\n"),
    ("(with ", ")"),
    (". ", ". —"),
    ("\n", " - "),
    ("\n", " — "),
    ("\n", " – "),
];

/// The agency that a text marks as its source; of several, the first in the text.
pub fn agency(document: &Document) -> Option<Agency> {
    let text = &document.text;
    let body = document.prose.last().map_or(0, |span| span.start());
    let head_end = text[body..].char_indices().nth(HEAD).map_or(text.len(), |(at, _)| body + at);
    let tail_start = text.char_indices().nth_back(TAIL).map_or(0, |(at, _)| at).max(body);
    // The first line of a text begins a line too.
    let head = format!("\n{}", &text[body..head_end]);
    let tail = format!("\n{}\n", text[tail_start..].trim_end());
    [head, tail].iter().find_map(|part| marked(part))
}

fn marked(part: &str) -> Option<Agency> {
    let mut first: Option<(usize, Agency)> = None;
    for (name, agency) in AGENCIES {
        for (at, _) in part.match_indices(name) {
            let (before, behind) = (&part[..at], &part[at + name.len()..]);
            let is_mark = MARKS.iter().any(|(open, close)| {
                before.ends_with(open) && behind.starts_with(close) && !behind.starts_with(char::is_alphanumeric)
            });
            if is_mark && first.is_none_or(|(known, _)| at < known) {
                first = Some((at, *agency));
            }
        }
    }
    first.map(|(_, agency)| agency)
}

/// The sketch of what a document says; without the parts that are no language, such as addresses.
pub fn sketch(document: &Document) -> Sketch {
    let mut smallest = BTreeSet::new();
    // Of the many hashes of a long text nearly all are greater than those that are kept.
    let mut greatest = u32::MAX;
    let mut words: Vec<u64> = Vec::new();
    for span in &document.prose {
        words.clear();
        hash_words(span.of(&document.text), &mut words);
        for run in words.windows(SHINGLE) {
            let run = run.iter().fold(0_u64, |sum, word| (sum.rotate_left(7) ^ word).wrapping_mul(PRIME));
            let hash = u32::try_from(run >> 32).expect("32 bits are left");
            if hash > greatest || !smallest.insert(hash) {
                continue;
            }
            if smallest.len() > Sketch::SIZE {
                smallest.pop_last();
            }
            if smallest.len() == Sketch::SIZE {
                greatest = *smallest.last().expect("it is not empty");
            }
        }
    }
    Sketch::new(smallest)
}

/// The multiplier of the 64-bit FNV hash (G. Fowler, L. C. Noll, K.-P. Vo).
const PRIME: u64 = 0x0000_0100_0000_01B3;

/// FNV-1a of each word in small letters, so that a copy with other capitals is a copy; mixed, because its low bits change
/// more than its high ones.
fn hash_words(text: &str, words: &mut Vec<u64>) {
    const BASIS: u64 = 0xCBF2_9CE4_8422_2325;
    let with = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(PRIME);
    let mut hash = None;
    let mut buffer = [0; 4];
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            hash = Some(with(hash.unwrap_or(BASIS), letter.to_ascii_lowercase() as u8));
        } else if letter.is_alphanumeric() {
            for small in letter.to_lowercase() {
                hash = Some(small.encode_utf8(&mut buffer).bytes().fold(hash.unwrap_or(BASIS), with));
            }
        } else {
            words.extend(hash.take().map(mixed));
        }
    }
    words.extend(hash.map(mixed));
}

fn mixed(hash: u64) -> u64 {
    (hash ^ (hash >> 29)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use relata_model::Language;

    fn document(text: &str) -> Document {
        Document::from_text("a.txt", text, Language::FRENCH)
    }

    #[test]
    fn agencies_are_known_by_their_marks() {
        for (text, agency_of) in [
            ("PARIS, 3 mars (AFP) - Le marché a ouvert.", Some(Agency::Afp)),
            ("MOSCOW, March 3 (Reuters) - The market opened.", Some(Agency::Reuters)),
            ("МОСКВА, 3 марта. /ТАСС/. Рынок открылся.", Some(Agency::Tass)),
            ("Москва. 3 марта. ИНТЕРФАКС - Рынок открылся.", None),
            ("ИНТЕРФАКС - Рынок открылся.", Some(Agency::Interfax)),
            ("Le marché a ouvert.\n\n© AFP\n", Some(Agency::Afp)),
            ("Le marché a ouvert, selon l'AFP.", None),
            ("Reuters a été racheté (APL).", None),
            ("Le marché a ouvert.", None),
        ] {
            assert_eq!(agency(&document(text)), agency_of, "{text}");
        }
    }

    #[test]
    fn sketches_of_copies_are_alike_and_those_of_others_are_not() {
        let words = |from: usize, to: usize| (from..to).map(|n| format!("mot{n}")).collect::<Vec<_>>().join(" ");
        let whole = sketch(&document(&words(0, 400)));
        assert!(whole.resemblance(&sketch(&document(&words(0, 400).to_uppercase()))) > 0.99);
        let cut = whole.resemblance(&sketch(&document(&words(0, 320))));
        assert!((0.6..1.0).contains(&cut), "{cut}");
        assert!(whole.resemblance(&sketch(&document(&words(500, 900)))) < 0.1);
        let empty = sketch(&document("Trois mots seulement."));
        assert!(empty.resemblance(&empty) < 0.1, "texts too short to tell are no copies");
    }
}
