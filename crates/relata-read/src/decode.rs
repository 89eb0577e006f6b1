//! Bytes to text: which encoding, and without what no text should hold.

use std::borrow::Cow;
use std::fmt;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use relata_model::Language;

use crate::Note;

/// An encoding of text, by its name in the WHATWG Encoding Standard.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// Its name, such as `windows-1252`.
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Encoding({self})")
    }
}

/// Decodes bytes that are a text: by their byte order mark, as UTF-16 without one, as UTF-8 if they are valid or nearly so,
/// else as the encoding that the letters make likely. Control characters but tab, line feed and return are left out, so
/// that every offset counts what a reader sees.
pub(crate) fn decode(bytes: Vec<u8>, language: Option<Language>, notes: &mut Vec<Note>) -> String {
    let mut text = decode_as_is(bytes, language, notes);
    let controls = text.bytes().filter(|&byte| is_ascii_control(byte)).count() + count_c1(text.as_bytes());
    if controls > 0 {
        text.retain(|c| !is_control(c));
        notes.push(Note::ControlCharacters(controls));
    }
    // Files glued together have several marks, and one behind a control character is at the start only now.
    let marks = text.len() - text.trim_start_matches('\u{FEFF}').len();
    if marks > 0 {
        text.drain(..marks);
    }
    text
}

fn decode_as_is(bytes: Vec<u8>, language: Option<Language>, notes: &mut Vec<Note>) -> String {
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(&bytes)
        && encoding != encoding_rs::UTF_8
    {
        return encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned();
    }
    if let Some(encoding) = is_utf16(&bytes) {
        notes.push(Note::GuessedEncoding(Encoding(encoding)));
        return encoding.decode_without_bom_handling(&bytes).0.into_owned();
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return text,
        Err(error) => error.into_bytes(),
    };
    if let Some((text, broken)) = decode_damaged_utf8(&bytes) {
        notes.push(Note::BrokenBytes(broken));
        return text;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes, true);
    // The detector knows countries; the languages read here have one each that tells their encodings apart.
    let country: Option<&[u8]> = match language {
        Some(Language::FRENCH) => Some(b"fr"),
        Some(Language::RUSSIAN) => Some(b"ru"),
        Some(_) | None => None,
    };
    let encoding = detector.guess(country, Utf8Detection::Deny);
    notes.push(Note::GuessedEncoding(Encoding(encoding)));
    match encoding.decode_without_bom_handling(&bytes).0 {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(text) => text,
    }
}

/// A file in UTF-8 of which a few bytes were lost or spoilt: at least ten letters of several bytes for each broken place.
fn decode_damaged_utf8(bytes: &[u8]) -> Option<(String, usize)> {
    let (mut broken, mut sound) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (sound >= broken * 10).then(|| (String::from_utf8_lossy(bytes).into_owned(), broken))
}

/// UTF-16 without a byte order mark: spaces, digits and Latin letters have a NUL as their one byte and never as the other.
pub(crate) fn is_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    if bytes.starts_with(b"\xFF\xFE") {
        return Some(encoding_rs::UTF_16LE);
    }
    if bytes.starts_with(b"\xFE\xFF") {
        return Some(encoding_rs::UTF_16BE);
    }
    let sample = &bytes[..bytes.len().min(1 << 14) & !1];
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let (mut first, mut second) = (0, 0);
    for pair in sample.as_chunks::<2>().0 {
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    let pairs = sample.len() / 2;
    let many = |count: usize| count * 20 >= pairs;
    let few = |count: usize| count * 200 <= pairs;
    let encoding = match () {
        () if many(second) && few(first) => encoding_rs::UTF_16LE,
        () if many(first) && few(second) => encoding_rs::UTF_16BE,
        () => return None,
    };
    // What is UTF-16 decodes into text: letters and few control characters or strangers.
    let text = encoding.decode_without_bom_handling(sample).0;
    let readable =
        text.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace() || c.is_ascii_punctuation()).count();
    (readable * 10 >= text.chars().count() * 8).then_some(encoding)
}

fn is_ascii_control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0x0B | 0x0C | 0x0E..=0x1F | 0x7F)
}

/// U+0080 to U+009F are C2 80 to C2 9F.
fn count_c1(bytes: &[u8]) -> usize {
    memchr::memchr_iter(0xC2, bytes).filter(|&at| matches!(bytes.get(at + 1), Some(0x80..=0x9F))).count()
}

fn is_control(c: char) -> bool {
    match u8::try_from(c) {
        Ok(byte) => is_ascii_control(byte) || (0x80..=0x9F).contains(&byte),
        Err(_) => false,
    }
}
