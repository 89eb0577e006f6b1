//! Texts as every format can carry them.

use std::borrow::Cow;

/// The text with every character that some format cannot carry replaced, one code point for one, so that lengths and
/// offsets stay true: a carriage return by a space; other control characters below U+0020 but tab and line feed, U+FFFE and
/// U+FFFF by U+FFFD.
///
/// XML 1.0 cannot carry them even as references, its readers turn CR LF into LF, and some Turtle readers stop at them.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if is_clean(text.as_bytes()) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(|c| replacement(c).unwrap_or(c)).collect())
    }
}

/// Whether nothing needs to be replaced; by bytes, because every text of every export passes here.
fn is_clean(bytes: &[u8]) -> bool {
    all_bytes(bytes, |byte| byte >= 0x20 && byte != 0xEF)
        || bytes.iter().enumerate().all(|(place, byte)| match byte {
            b'\t' | b'\n' => true,
            0..=0x1F => false,
            // U+FFFE and U+FFFF.
            0xEF => !matches!(bytes[place + 1..], [0xBF, 0xBE | 0xBF, ..]),
            _ => true,
        })
}

/// Whether all bytes are so: many at a time, without a branch between them, because nearly every text of an export is.
pub(crate) fn all_bytes(bytes: &[u8], are_so: impl Fn(u8) -> bool) -> bool {
    bytes.chunks(64).all(|chunk| chunk.iter().fold(true, |all, &byte| all & are_so(byte)))
}

fn replacement(c: char) -> Option<char> {
    match c {
        '\t' | '\n' => None,
        '\r' => Some(' '),
        '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => Some('\u{FFFD}'),
        _ => None,
    }
}

/// The cleaned text on one line, at most `limit` characters long; what is cut shows as "…".
pub(crate) fn shorten(text: &str, limit: usize) -> String {
    let mut shown = String::new();
    let mut length = 0;
    for word in clean(text).split_whitespace() {
        let space = usize::from(length > 0);
        let count = word.chars().count();
        if length + space + count > limit {
            if length == 0 {
                shown.extend(word.chars().take(limit.saturating_sub(1)));
            }
            shown.push('…');
            return shown;
        }
        shown.push_str(if space == 1 { " " } else { "" });
        shown.push_str(word);
        length += space + count;
    }
    shown
}

/// The text broken into lines of about `width` characters, between words; a longer word stays whole.
pub(crate) fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let count = word.chars().count();
        if length > 0 {
            let breaks = length + 1 + count > width;
            wrapped.push(if breaks { '\n' } else { ' ' });
            length = if breaks { 0 } else { length + 1 };
        }
        wrapped.push_str(word);
        length += count;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaning_keeps_the_number_of_code_points() {
        let text = "a\r\nb\u{0}\u{C}\t\u{FFFE}\u{FFFF}é😀";
        assert_eq!(clean(text), "a \nb\u{FFFD}\u{FFFD}\t\u{FFFD}\u{FFFD}é😀");
        assert_eq!(clean(text).chars().count(), text.chars().count());
        assert!(matches!(clean("déjà\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn long_texts_are_shortened_and_wrapped_between_words() {
        assert_eq!(shorten("un deux trois", 8), "un deux…");
        assert_eq!(shorten("anticonstitutionnellement", 5), "anti…");
        assert_eq!(shorten("un\n deux", 8), "un deux");
        assert_eq!(wrap("un deux trois quatre", 8), "un deux\ntrois\nquatre");
    }
}
