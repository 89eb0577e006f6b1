//! Words of a text and hashes of their folded letters, in one pass.
//!
//! Words of plain ASCII are read eight bytes at a step; a word with any other letter is read again letter by letter, and
//! both ways give the same hash for the same folded letters.

use relata_model::Span;

use crate::fold::{self, CODE_I, FoldTable, MARK, OTHER, SEPARATOR};

/// A run of letters, digits and combining marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Of its folded letters.
    pub(crate) hash: u64,
    /// First byte.
    pub(crate) start: u32,
    /// One past the last byte.
    pub(crate) end: u32,
}

impl Word {
    /// The word itself.
    pub(crate) fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }

    fn new(hash: u64, start: usize, end: usize) -> Self {
        let span = Span::new(start, end);
        // Spans hold 32-bit offsets and have checked them.
        #[expect(clippy::cast_possible_truncation, reason = "checked by Span::new")]
        Self { hash, start: span.start() as u32, end: span.end() as u32 }
    }
}

const SEED: u64 = 0x243F_6A88_85A3_08D3;
const HIGH: u64 = 0x8080_8080_8080_8080;
const LOW: u64 = 0x7F7F_7F7F_7F7F_7F7F;

/// Adds eight bytes of folded letters to a hash.
#[inline]
fn mix(hash: u64, chunk: u64) -> u64 {
    let product = (hash ^ chunk).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    product ^ (product >> 32)
}

/// The hash of a run of words and one more.
#[inline]
pub(crate) fn extend(prefix: u64, word: u64) -> u64 {
    mix(prefix.rotate_left(25), word)
}

/// A hash of bytes as they are.
pub(crate) fn hash_of(bytes: &[u8]) -> u64 {
    let (chunks, rest) = bytes.as_chunks::<8>();
    let hash = chunks.iter().fold(SEED, |hash, chunk| mix(hash, u64::from_le_bytes(*chunk)));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mix(mix(hash, u64::from_le_bytes(last)), bytes.len() as u64)
}

/// Appends the words of `text` that lie in `span`.
pub(crate) fn scan(text: &str, span: Span, out: &mut Vec<Word>) {
    let table = FoldTable::get();
    let bytes = text.as_bytes();
    let end = span.end();
    let mut at = span.start();
    while at < end {
        let byte = bytes[at];
        if byte < 0x80 {
            if !byte.is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
        } else {
            let (c, code) = decode(text, bytes, at, table);
            let starts = match code {
                SEPARATOR | MARK => false,
                OTHER => fold::is_word_char(c) && !fold::is_joiner(c) && !is_mark(c),
                _ => true,
            };
            if !starts {
                at += c.len_utf8();
                continue;
            }
        }
        let word = ascii_word(bytes, at, end)
            .filter(|word| {
                let after = word.end as usize;
                after == end || bytes[after] < 0x80 || !continues(text, bytes, after, end, table)
            })
            .unwrap_or_else(|| any_word(text, bytes, at, end, table));
        at = word.end as usize;
        out.push(word);
    }
}

/// The ASCII letters and digits from `at` on; `None` where fewer than eight bytes are left to read at once, or none is.
#[inline]
fn ascii_word(bytes: &[u8], start: usize, end: usize) -> Option<Word> {
    let mut hash = SEED;
    let mut at = start;
    loop {
        let chunk = u64::from_le_bytes(*bytes.get(at..)?.first_chunk::<8>()?);
        let lower = chunk | 0x2020_2020_2020_2020;
        let above = |value: u64, floor: u8| (value & LOW) + u64::from_ne_bytes([0x80 - floor; 8]);
        let letters = above(lower, b'a') & !above(lower, b'z' + 1);
        let digits = above(chunk, b'0') & !above(chunk, b'9' + 1);
        let other = !((letters | digits) & !chunk) & HIGH;
        let length = (other.trailing_zeros() / 8) as usize;
        let length = length.min(end - at);
        if length == 8 {
            hash = mix(hash, lower);
            at += 8;
            continue;
        }
        if length > 0 {
            hash = mix(hash, lower & !(u64::MAX << (8 * length)));
            at += length;
        }
        return (at > start).then(|| Word::new(hash, start, at));
    }
}

/// A word with any letters.
fn any_word(text: &str, bytes: &[u8], start: usize, end: usize, table: &FoldTable) -> Word {
    let mut letters = LetterHash { hash: SEED, chunk: 0, filled: 0 };
    let mut at = start;
    while at < end {
        // Letters of one and two bytes, by far the most frequent, need no more than the table.
        let byte = bytes[at];
        let (code_point, length) = match byte {
            0..0x80 => (u32::from(byte), 1),
            0x80..0xE0 => (two_bytes(byte, bytes[at + 1]), 2),
            0xE0.. => (u32::MAX, 0),
        };
        let code = table.of(code_point);
        if let (1.., Ok(code)) = (code, u8::try_from(code)) {
            letters.push(code);
            at += length;
            continue;
        }
        let (c, code) = decode(text, bytes, at, table);
        match code {
            SEPARATOR => break,
            MARK if c == fold::BREVE => letters.breve(),
            MARK => {}
            OTHER if fold::is_joiner(c) => {
                if !continues(text, bytes, at, end, table) {
                    break;
                }
            }
            OTHER if !fold::is_word_char(c) => break,
            OTHER => fold::fold(c, |folded| letters.push_char(folded)),
            code => letters.push(u8::try_from(code).unwrap_or(u8::MAX)),
        }
        at += c.len_utf8();
    }
    Word::new(letters.finish(), start, at)
}

/// Hashes folded letters as [`ascii_word`] does, eight at a time.
struct LetterHash {
    hash: u64,
    chunk: u64,
    filled: u32,
}

impl LetterHash {
    #[inline]
    fn push(&mut self, code: u8) {
        if self.filled == 8 {
            self.hash = mix(self.hash, self.chunk);
            (self.chunk, self.filled) = (0, 0);
        }
        self.chunk |= u64::from(code) << (8 * self.filled);
        self.filled += 1;
    }

    fn push_char(&mut self, folded: char) {
        if let Some(code) = fold::code_of(folded) {
            return self.push(code);
        }
        self.push(0xFF);
        u32::from(folded).to_le_bytes()[..3].iter().for_each(|&byte| self.push(byte));
    }

    /// Turns a last и into й.
    fn breve(&mut self) {
        let Some(last) = self.filled.checked_sub(1) else { return };
        if (self.chunk >> (8 * last)) & 0xFF == u64::from(CODE_I) {
            self.chunk += 1 << (8 * last);
        }
    }

    fn finish(self) -> u64 {
        if self.filled == 0 { self.hash } else { mix(self.hash, self.chunk) }
    }
}

/// Whether the character at `at`, no ASCII, goes on with the word before it: a letter, a mark, or invisible characters
/// before a letter.
fn continues(text: &str, bytes: &[u8], mut at: usize, end: usize, table: &FoldTable) -> bool {
    while at < end {
        let (c, code) = decode(text, bytes, at, table);
        match code {
            SEPARATOR => return false,
            OTHER if fold::is_joiner(c) => at += c.len_utf8(),
            OTHER => return fold::is_word_char(c),
            _ => return true,
        }
    }
    false
}

/// The character at `at` and its entry in the table.
#[inline]
fn decode(text: &str, bytes: &[u8], at: usize, table: &FoldTable) -> (char, u16) {
    let first = bytes[at];
    let c = if first < 0x80 {
        char::from(first)
    } else if first < 0xE0 {
        char::from_u32(two_bytes(first, bytes[at + 1])).unwrap_or(char::REPLACEMENT_CHARACTER)
    } else if first < 0xF0 {
        let [second, third] = [bytes[at + 1], bytes[at + 2]].map(|byte| u32::from(byte & 0x3F));
        let code_point = (u32::from(first & 0x0F) << 12) | (second << 6) | third;
        char::from_u32(code_point).unwrap_or(char::REPLACEMENT_CHARACTER)
    } else {
        text[at..].chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
    };
    let code = match u32::from(c) {
        // General punctuation: by far the most frequent characters beyond the table.
        code_point @ 0x2010..=0x205F if code_point != 0x2060 => SEPARATOR,
        code_point => table.of(code_point),
    };
    (c, code)
}

#[inline]
fn two_bytes(first: u8, second: u8) -> u32 {
    (u32::from(first & 0x1F) << 6) | u32::from(second & 0x3F)
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        scan(text, Span::new(0, text.len()), &mut out);
        out.iter().map(|word| word.of(text)).collect()
    }

    fn hash(text: &str) -> u64 {
        let mut out = Vec::new();
        scan(text, Span::new(0, text.len()), &mut out);
        assert_eq!(out.len(), 1, "{text}");
        out[0].hash
    }

    #[test]
    fn words_are_runs_of_letters_digits_and_marks() {
        let cases: [(&str, &[&str]); 9] = [
            ("l’Arménie, d'OpenAI…", &["l", "Arménie", "d", "OpenAI"]),
            ("GPT-4.1 / AT&T", &["GPT", "4", "1", "AT", "T"]),
            ("e\u{301}te\u{301}!", &["e\u{301}te\u{301}"]),
            ("🤖IA🤖", &["IA"]),
            ("a\u{200D}🤖", &["a"]),
            ("Rus\u{AD}sie\u{AD} x", &["Rus\u{AD}sie", "x"]),
            ("note² Xi", &["note", "Xi"]),
            ("«Газпром нефть»", &["Газпром", "нефть"]),
            ("中文 \u{301}a", &["中文", "a"]),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn both_ways_of_reading_give_one_hash() {
        let cases = [
            ("Etats", "États"),
            ("ETATS", "e\u{301}tats"),
            ("internationalement", "ïnternationalement"),
            ("abcdefgh", "ABCDÉFGH"),
            ("край", "КРАИ\u{306}"),
            ("oeuvre", "Œuvre"),
            ("Киселев", "киселёв"),
        ];
        for (plain, other) in cases {
            assert_eq!(hash(plain), hash(other), "{plain} {other}");
            let padded = format!("{plain}          ");
            assert_eq!(hash(&padded), hash(other), "{plain} before more text");
        }
        assert_ne!(hash("край"), hash("краи"));
    }

    #[test]
    fn words_end_with_their_span() {
        let text = "Moscou Pékin internationale";
        let mut out = Vec::new();
        scan(text, Span::new(0, 3), &mut out);
        scan(text, Span::new(7, 10), &mut out);
        scan(text, Span::new(14, 24), &mut out);
        let found: Vec<_> = out.iter().map(|word| word.of(text)).collect();
        assert_eq!(found, ["Mos", "Pé", "internatio"]);
        assert_eq!(out[2].hash, hash("internatio"));
    }
}
