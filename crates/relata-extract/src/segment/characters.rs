//! Characters around a place in a text, and the classes that borders turn on.

/// The character that starts at byte `at`.
#[inline]
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(&byte) if byte.is_ascii() => Some(char::from(byte)),
        Some(_) => text[at..].chars().next(),
        None => None,
    }
}

/// The character that ends before byte `at`.
#[inline]
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    match at.checked_sub(1).map(|last| text.as_bytes()[last]) {
        Some(byte) if byte.is_ascii() => Some(char::from(byte)),
        Some(_) => text[..at].chars().next_back(),
        None => None,
    }
}

/// Letters, by a quick answer for Latin and Cyrillic.
#[inline]
pub(super) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphabetic(),
        '×' | '÷' | '\u{2000}'..='\u{206F}' => false,
        '\u{C0}'..='\u{24F}' | '\u{400}'..='\u{481}' | '\u{48A}'..='\u{52F}' => true,
        _ => c.is_alphabetic(),
    }
}

/// Accents and stress marks that belong to the letter before them, and joiners inside words.
#[inline]
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200C}' | '\u{200D}')
}

/// Marks that end a sentence.
#[inline]
pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉')
}

/// Quotation marks and brackets that may close after a stop.
#[inline]
pub(super) fn is_closer(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '"' | '\'' | '»' | '”' | '’' | '“' | '›')
}

/// Quotation marks, brackets and dashes that may open before a sentence's first letter.
#[inline]
pub(super) fn is_opening(c: char) -> bool {
    matches!(
        c,
        '«' | '“'
            | '„'
            | '”'
            | '"'
            | '\''
            | '‘'
            | '‹'
            | '('
            | '['
            | '{'
            | '¿'
            | '¡'
            | '-'
            | '–'
            | '—'
            | '―'
            | '*'
            | '_'
            | '>'
            | '#'
    )
}

/// Markdown's emphasis.
#[inline]
pub(super) fn is_emphasis(c: char) -> bool {
    matches!(c, '*' | '_' | '~')
}

/// Pictures, arrows and ticks that stand before an item as a bullet does.
pub(super) fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{2190}'..='\u{21FF}' | '\u{2300}'..='\u{23FF}' | '\u{2500}'..='\u{27BF}' | '\u{2900}'..='\u{297F}'
        | '\u{2B00}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

/// What may follow a picture as a part of it: variation selectors, joiners, keycaps, skin tones are pictures themselves.
pub(super) fn is_picture_part(c: char) -> bool {
    is_picture(c) || matches!(c, '\u{FE0E}' | '\u{FE0F}' | '\u{200D}' | '\u{20E3}')
}

/// The first place from `at` on, before `end`, that is no white space.
#[inline]
pub(super) fn skip_space(text: &str, mut at: usize, end: usize) -> usize {
    while at < end {
        match char_at(text, at) {
            Some(c) if c.is_whitespace() || c == '\u{FEFF}' || c == '\u{200B}' => at += c.len_utf8(),
            _ => break,
        }
    }
    at.min(end)
}

/// The last place from `at` back, after `start`, behind which stands no white space.
#[inline]
pub(super) fn skip_space_back(text: &str, start: usize, mut at: usize) -> usize {
    while at > start {
        match char_before(text, at) {
            Some(c) if c.is_whitespace() || c == '\u{FEFF}' || c == '\u{200B}' => at -= c.len_utf8(),
            _ => break,
        }
    }
    at
}

/// Whether the line ends in a stop, behind whatever closes after it.
pub(super) fn ends_in_stop(line: &str) -> bool {
    let closing = |c: char| is_closer(c) || is_emphasis(c) || c.is_whitespace();
    line.trim_end_matches(closing).chars().next_back().is_some_and(is_stop)
}
