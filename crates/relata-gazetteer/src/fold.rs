//! Folding: letters without case and accents.
//!
//! Cyrillic й stays apart from и, while ё is е; œ is oe, ß is ss; combining marks count as accents. Letters up to the
//! end of the Cyrillic block are folded by a table; Unicode's own tables serve for the rest.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// No part of a word.
pub(crate) const SEPARATOR: u16 = 0;
/// A combining mark: part of a word, of no weight.
pub(crate) const MARK: u16 = 0x100;
/// Must be asked of Unicode's tables.
pub(crate) const OTHER: u16 = 0x101;
/// The code of и, which a combining breve turns into й.
pub(crate) const CODE_I: u8 = 0x80 + (0x38 - 0x30);
/// The combining breve of й.
pub(crate) const BREVE: char = '\u{306}';

const LENGTH: usize = 0x530;

/// What each character below U+0530 is to a word: [`SEPARATOR`], [`MARK`], [`OTHER`], or the byte of its folded letter.
pub(crate) struct FoldTable([u16; LENGTH]);

static TABLE: LazyLock<FoldTable> = LazyLock::new(|| {
    let mut codes = [SEPARATOR; LENGTH];
    for (c, code) in ('\0'..).zip(&mut codes) {
        *code = if is_combining_mark(c) {
            MARK
        } else if is_word_char_of_unicode(c) {
            let mut folded = Vec::new();
            fold(c, |letter| folded.push(letter));
            match folded[..] {
                [letter] => code_of(letter).map_or(OTHER, u16::from),
                _ => OTHER,
            }
        } else if is_joiner(c) {
            OTHER
        } else {
            SEPARATOR
        };
    }
    FoldTable(codes)
});

impl FoldTable {
    /// The one table.
    pub(crate) fn get() -> &'static Self {
        &TABLE
    }

    /// The entry of a code point; [`OTHER`] beyond the table.
    #[inline]
    pub(crate) fn of(&self, code_point: u32) -> u16 {
        self.0.get(code_point as usize).copied().unwrap_or(OTHER)
    }
}

/// The byte that stands for a folded letter in hashes: ASCII as it is, Russian letters above it.
pub(crate) fn code_of(folded: char) -> Option<u8> {
    match folded {
        'a'..='z' | '0'..='9' => u8::try_from(folded).ok(),
        'а'..='џ' => u8::try_from(u32::from(folded) - 0x430 + 0x80).ok(),
        _ => None,
    }
}

/// Whether a character belongs to words. Superscript digits do not: they mark notes. Modifier letters serve as
/// apostrophes.
pub(crate) fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    match FoldTable::get().of(u32::from(c)) {
        SEPARATOR => false,
        OTHER => is_word_char_of_unicode(c),
        _ => true,
    }
}

fn is_word_char_of_unicode(c: char) -> bool {
    let outside =
        matches!(c, '²' | '³' | '¹' | '\u{2B0}'..='\u{2FF}' | '\u{2070}'..='\u{209F}' | '\u{2460}'..='\u{24FF}');
    !outside && (c.is_alphanumeric() || is_combining_mark(c))
}

/// Whether a character is invisible inside a word: soft hyphen, zero-width space and joiners.
pub(crate) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}')
}

/// The folded letters of a character: none for a mark, several for a ligature.
pub(crate) fn fold(c: char, mut take: impl FnMut(char)) {
    if let Some((folded, _)) = plain_letter(c) {
        take(folded);
        return;
    }
    for lower in c.to_lowercase() {
        match lower {
            'й' => take('й'),
            'œ' | 'æ' => {
                take(if lower == 'œ' { 'o' } else { 'a' });
                take('e');
            }
            'ß' => {
                take('s');
                take('s');
            }
            'þ' => {
                take('t');
                take('h');
            }
            'ø' => take('o'),
            'đ' | 'ð' => take('d'),
            'ł' => take('l'),
            'ı' => take('i'),
            'ħ' => take('h'),
            'ŧ' => take('t'),
            'ŋ' => take('n'),
            'ə' => take('e'),
            _ => {
                for part in std::iter::once(lower).nfkd().filter(|part| !is_combining_mark(*part)) {
                    part.to_lowercase().for_each(&mut take);
                }
            }
        }
    }
}

/// The small letter, and whether it was a capital, of the letters that have nothing else to fold: quicker than Unicode's
/// tables.
#[inline]
fn plain_letter(c: char) -> Option<(char, bool)> {
    match c {
        'a'..='z' | '0'..='9' | 'а'..='я' => Some((c, false)),
        'A'..='Z' => Some((c.to_ascii_lowercase(), true)),
        'А'..='Я' => char::from_u32(u32::from(c) + 0x20).map(|small| (small, true)),
        _ => None,
    }
}

/// A folded letter and what folding took away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    /// Without case and accents.
    pub(crate) folded: char,
    /// Whether it was a capital.
    pub(crate) upper: bool,
    /// Whether it was a small letter.
    pub(crate) lower: bool,
    /// Whether it had an accent; the ligatures, ё and й have none.
    pub(crate) accented: bool,
}

/// Appends the letters of one word.
pub(crate) fn letters(word: &str, out: &mut Vec<Letter>) {
    let first = out.len();
    for c in word.chars() {
        if let Some((folded, upper)) = plain_letter(c) {
            out.push(Letter { folded, upper, lower: !upper && !c.is_ascii_digit(), accented: false });
        } else if is_combining_mark(c) {
            if let Some(letter) = out[first..].last_mut() {
                match (letter.folded, c) {
                    ('и', BREVE) => letter.folded = 'й',
                    ('е', '\u{308}') => {}
                    _ => letter.accented = true,
                }
            }
        } else if !is_joiner(c) {
            let (upper, lower) = (c.is_uppercase(), c.is_lowercase());
            let plain = c.to_lowercase().next().unwrap_or(c);
            let whole =
                matches!(plain, 'й' | 'ё' | 'œ' | 'æ' | 'ß' | '\u{FB00}'..='\u{FB06}' | '\u{FF00}'..='\u{FFEF}');
            fold(c, |folded| out.push(Letter { folded, upper, lower, accented: !whole && folded != plain }));
        }
    }
}

/// The folded letters of a text, its separators as they are.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == BREVE && out.ends_with('и') {
            out.pop();
            out.push('й');
        } else if is_word_char(c) {
            fold(c, |letter| out.push(letter));
        } else if !is_joiner(c) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_go_and_letters_stay_apart() {
        let cases = [
            ("Azerbaïdjan", "azerbaidjan"),
            ("ÉTATS-UNIS", "etats-unis"),
            ("Cœur", "coeur"),
            ("Straße", "strasse"),
            ("Киселёв", "киселев"),
            ("Край", "край"),
            ("Краи\u{306}", "край"),
            ("Erdoğan", "erdogan"),
            ("İstanbul", "istanbul"),
            ("Wałęsa", "walesa"),
            ("e\u{301}te\u{301}", "ete"),
            ("Rus\u{AD}sie", "russie"),
            ("Ａｉ", "ai"),
            ("Ελλάδα", "ελλαδα"),
        ];
        for (text, expected) in cases {
            assert_eq!(folded(text), expected, "{text}");
        }
    }

    #[test]
    fn letters_know_their_accents() {
        let accents = |word: &str| {
            let mut out = Vec::new();
            letters(word, &mut out);
            out.iter().map(|letter| letter.accented).collect::<Vec<_>>()
        };
        assert_eq!(accents("Été"), [true, false, true]);
        assert_eq!(accents("e\u{301}t"), [true, false]);
        assert_eq!(accents("ёй"), [false, false]);
        assert_eq!(accents("œ"), [false, false]);
        assert_eq!(accents("É"), [true]);
    }
}
