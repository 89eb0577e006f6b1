//! What a line begins with: the bullet, number or sign that tells what kind of line it is.

use super::characters::{char_at, is_picture, skip_space, skip_space_back};
use super::lines::skip_pictures;

/// The mark at the start of a line, and where what it marks starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// `• `, `- `, `* `, `– `
    Bullet { start: usize },
    /// `— `: a turn of a dialogue, or an item, which its end tells.
    Dialogue { start: usize },
    /// `1. `, `2) `, `a) `
    Number { start: usize },
    /// `👉 `
    Picture { start: usize },
    /// Markdown's `## `, with `##` perhaps at its end too.
    Heading { start: usize, end: usize },
    /// Markdown's `> `
    Quote { start: usize },
    /// A row of a table, between its outer bars.
    Row { start: usize, end: usize },
    /// `---`, `===`, `***`, `|---|---|`: nothing to read.
    Rule,
    /// The line begins with its first word.
    None,
}

/// The marker of the line from `start` to `end`, which has no white space at its ends and is not empty.
pub(super) fn marker(text: &str, start: usize, end: usize) -> Marker {
    let line = &text[start..end];
    let Some(first) = line.chars().next() else { return Marker::None };
    if first.is_alphabetic() && char_at(line, first.len_utf8()) != Some(')') {
        return Marker::None;
    }
    if is_rule(line) {
        return Marker::Rule;
    }
    let behind = |length: usize| skip_space(text, start + length, end);
    let space_follows = |length: usize| char_at(line, length).is_some_and(char::is_whitespace);
    match first {
        '#' => heading(text, start, end).unwrap_or(Marker::None),
        '>' => {
            let marks = line.find(|c: char| c != '>' && c != ' ').unwrap_or(line.len());
            Marker::Quote { start: start + marks }
        }
        '|' if line.len() > 1 && line.ends_with('|') => {
            let start = skip_space(text, start + 1, end);
            Marker::Row { start, end: skip_space_back(text, start.min(end - 1), end - 1).max(start.min(end - 1)) }
        }
        '—' | '―' => Marker::Dialogue { start: behind(first.len_utf8()) },
        '-' | '–' | '*' | '+' | '−' | 'o' if space_follows(first.len_utf8()) => {
            Marker::Bullet { start: behind(first.len_utf8()) }
        }
        '•' | '◦' | '‣' | '⁃' | '·' | '∙' | '●' | '○' | '■' | '□' | '▪' | '▫' | '\u{F0B7}' => {
            Marker::Bullet { start: behind(first.len_utf8()) }
        }
        '(' | '0'..='9' | 'a'..='z' | 'A'..='Z' | 'а'..='я' => number(text, start, end),
        _ if is_picture(first) => Marker::Picture { start: skip_pictures(text, start, end) },
        _ => Marker::None,
    }
}

fn heading(text: &str, start: usize, end: usize) -> Option<Marker> {
    let level = text[start..end].bytes().take_while(|&b| b == b'#').count();
    let content = skip_space(text, start + level, end);
    if level > 6 || content == start + level {
        return None;
    }
    let mut close = end;
    while close > content && text.as_bytes()[close - 1] == b'#' {
        close -= 1;
    }
    // "## C#" ends in its own sign.
    let closed = close < end && text[content..close].ends_with(' ');
    let end = if closed { skip_space_back(text, content, close) } else { end };
    Some(Marker::Heading { start: content, end })
}

/// `12. `, `2.1. `, `3) `, `(4) `, `a) `, and `1️⃣`.
fn number(text: &str, start: usize, end: usize) -> Marker {
    let bytes = &text.as_bytes()[start..end];
    let open = usize::from(bytes[0] == b'(');
    let digits = bytes[open..].iter().take_while(|b| b.is_ascii_digit() || **b == b'.').count();
    let numeral = &bytes[open..open + digits];
    if let Some(rest) = text[start + open + digits..end].strip_prefix('\u{FE0F}')
        && rest.starts_with('\u{20E3}')
    {
        return Marker::Picture { start: skip_pictures(text, start + open + digits, end) };
    }
    let many = numeral.split(|&b| b == b'.').any(|part| part.len() > 3);
    let after = match (digits, bytes.get(open + digits)) {
        (0, _) => {
            let Some(letter) = char_at(text, start + open).filter(|c| c.is_lowercase()) else { return Marker::None };
            let close = open + letter.len_utf8();
            if bytes.get(close) != Some(&b')') {
                return Marker::None;
            }
            close + 1
        }
        (_, Some(b')')) if !many => open + digits + 1,
        _ if open == 0 && !many && numeral.ends_with(b".") && numeral[0] != b'.' => digits,
        _ => return Marker::None,
    };
    match char_at(text, start + after) {
        Some(c) if c.is_whitespace() && start + after < end => {
            Marker::Number { start: skip_space(text, start + after, end) }
        }
        _ => Marker::None,
    }
}

/// Whether the line is drawn rather than written.
fn is_rule(line: &str) -> bool {
    let mut length = 0;
    for c in line.chars() {
        if !matches!(c, '-' | '=' | '*' | '_' | '|' | ':' | ' ' | '—' | '–' | '~' | '+' | '.' | '•' | '─' | '━')
        {
            return false;
        }
        length += usize::from(c != ' ');
    }
    length >= 3
}
