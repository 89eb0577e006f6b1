//! Parts of the prose that are no language: addresses, slugs, file names, hashes, code.
//!
//! One pass finds what may hold white space (code between fences or back-quotes, tags of HTML, targets of Markdown's links);
//! the rest is read token by token between white space. A name inside what is found here is no mention.

use relata_model::Span;

/// A tag is given up after so many bytes, code between back-quotes too: a lone `<` or back-quote hides nothing.
const LONGEST_TAG: usize = 2_000;
const LONGEST_CODE: usize = 200;

/// The opaque spans inside `prose`, in order and apart from each other.
pub(crate) fn find(text: &str, prose: &[Span]) -> Vec<Span> {
    let mut spans = Vec::new();
    for &span in prose {
        Finder { text: &text[..span.end()], at: span.start(), spans: &mut spans }.run(span.start());
    }
    spans
}

/// Bytes that end a token, or begin a character or a mark that may.
const MAY_MATTER: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = b" \n\r\t<`]\xC2\xE2";
    let mut i = 0;
    while i < bytes.len() {
        table[bytes[i] as usize] = true;
        i += 1;
    }
    table
};

struct Finder<'t> {
    /// Up to the end of the prose.
    text: &'t str,
    at: usize,
    spans: &'t mut Vec<Span>,
}

impl Finder<'_> {
    fn run(&mut self, start: usize) {
        // The token between white space that is being read.
        let mut token = start;
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            let begins_line = self.at == start || bytes[self.at - 1] == b'\n';
            if begins_line && let Some(end) = self.fence() {
                self.add(self.at, end);
                (self.at, token) = (end, end);
                continue;
            }
            match byte {
                b' ' | b'\n' | b'\r' | b'\t' => {
                    self.token(token, self.at);
                    self.at += 1;
                    token = self.at;
                }
                // No-break spaces and typographic quotation marks end a token too; they are two or three bytes.
                0xC2 if matches!(bytes.get(self.at + 1), Some(0xA0 | 0xAB | 0xBB)) => {
                    self.token(token, self.at);
                    self.at += 2;
                    token = self.at;
                }
                0xE2 if matches!(bytes.get(self.at + 1..self.at + 3), Some([0x80, 0x80..=0xAF])) => {
                    // U+2000 to U+202F: spaces, dashes, quotation marks; the apostrophe ends no more than a straight one.
                    if bytes[self.at + 2] != 0x99 {
                        self.token(token, self.at);
                        token = self.at + 3;
                    }
                    self.at += 3;
                }
                b'<' | b'`' | b']' => match self.mark(byte) {
                    Some(marked) => {
                        self.token(token, marked.start());
                        self.add(marked.start(), marked.end());
                        (self.at, token) = (marked.end(), marked.end());
                    }
                    None => self.at += 1,
                },
                _ => self.at += 1,
            }
            // Most bytes are inside words; a line's first may begin a fence.
            if byte != b'\n' {
                let rest = &bytes[self.at.min(bytes.len())..];
                self.at += rest.iter().position(|&byte| MAY_MATTER[usize::from(byte)]).unwrap_or(rest.len());
            }
        }
        self.token(token, self.at);
    }

    /// The end of a block of code between fences that starts here, at the start of a line.
    fn fence(&self) -> Option<usize> {
        let rest = &self.text[self.at..];
        let indent = rest.bytes().take_while(|&b| b == b' ').count();
        let fence = match rest.as_bytes().get(indent..indent + 3) {
            Some(b"```") => "```",
            Some(b"~~~") => "~~~",
            _ => return None,
        };
        let mut at = self.at + memchr::memchr(b'\n', rest.as_bytes())? + 1;
        while at < self.text.len() {
            let line_end = memchr::memchr(b'\n', &self.text.as_bytes()[at..]).map_or(self.text.len(), |end| at + end);
            if self.text[at..line_end].trim_start().starts_with(fence) {
                return Some(line_end);
            }
            at = line_end + 1;
        }
        // One that is never closed goes on to the end, as Markdown has it.
        Some(self.text.len())
    }

    /// The tag, code or link target whose first mark stands here.
    fn mark(&self, byte: u8) -> Option<Span> {
        match byte {
            b'<' => self.tag(),
            b'`' => self.code(),
            _ => self.target(),
        }
    }

    fn tag(&self) -> Option<Span> {
        let rest = &self.text.as_bytes()[self.at..];
        if !rest.get(1).is_some_and(|&b| b.is_ascii_alphabetic() || b == b'/' || b == b'!') {
            return None;
        }
        let bounded = &rest[1..rest.len().min(LONGEST_TAG)];
        let close = memchr::memchr2(b'>', b'<', bounded).filter(|&close| bounded[close] == b'>')?;
        Some(Span::new(self.at, self.at + close + 2))
    }

    fn code(&self) -> Option<Span> {
        let bytes = self.text.as_bytes();
        // "l`IA" has a back-quote for an apostrophe.
        let after_letter = self.at > 0 && (bytes[self.at - 1].is_ascii_alphanumeric() || bytes[self.at - 1] >= 0x80);
        let rest = &bytes[self.at + 1..];
        let bounded = &rest[..rest.len().min(LONGEST_CODE)];
        let close = memchr::memchr2(b'`', b'\n', bounded).filter(|&close| close > 0 && bounded[close] == b'`')?;
        let before_letter = rest.get(close + 1).is_some_and(|&b| b.is_ascii_alphanumeric() || b >= 0x80);
        (!after_letter && !before_letter).then(|| Span::new(self.at, self.at + close + 2))
    }

    /// `url "title"` of `[words](url "title")`; the words stay language.
    fn target(&self) -> Option<Span> {
        let rest = self.text[self.at..].strip_prefix("](")?;
        let start = self.at + 2;
        let mut depth = 0_usize;
        for (at, byte) in rest.bytes().enumerate().take(LONGEST_TAG) {
            match byte {
                b'(' => depth += 1,
                b')' if depth == 0 => {
                    let target = &rest[..at];
                    let address = target.split([' ', '"']).next().unwrap_or_default();
                    let is_address = address.contains(['/', '.', '#', ':', '?']);
                    return (is_address && at > 0).then(|| Span::new(start, start + at));
                }
                b')' => depth -= 1,
                b'\n' | b'[' | b']' => return None,
                _ => {}
            }
        }
        None
    }

    /// Adds what of a token between white space is no language.
    fn token(&mut self, start: usize, end: usize) {
        if end - start < 4 {
            return;
        }
        let token = &self.text[start..end];
        if let Some((from, to)) = address(token).or_else(|| whole(token)) {
            self.add(start + from, start + to);
        }
    }

    fn add(&mut self, start: usize, end: usize) {
        match self.spans.last_mut() {
            Some(last) if last.end() > start => *last = last.hull(Span::new(start, end)),
            _ if start < end => self.spans.push(Span::new(start, end)),
            _ => {}
        }
    }
}

/// An address with its scheme, from the scheme on, whatever stands before it: `source:https://x.ru`, `(www.x.ru)`.
fn address(token: &str) -> Option<(usize, usize)> {
    let start = if let Some(colon) = memchr::memmem::find(token.as_bytes(), b"://") {
        let scheme = token[..colon].bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || *b == b'+').count();
        (scheme >= 2).then(|| colon - scheme)?
    } else {
        let www = token.find(|c: char| c.is_alphanumeric())?;
        token.get(www..).filter(|rest| rest.starts_with("www.") && rest.len() > 6)?;
        www
    };
    Some((start, start + trimmed(&token[start..])))
}

/// The length of an address without the punctuation of the sentence around it; a bracket that it opens itself stays.
fn trimmed(address: &str) -> usize {
    let mut end = address.len();
    let opens = address.contains('(');
    while let Some(c) = address[..end].chars().next_back() {
        let closes = match c {
            '.' | ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '*' | ']' | '}' | '>' | '’' | '…' => true,
            ')' => !opens,
            _ => false,
        };
        if !closes {
            break;
        }
        end -= c.len_utf8();
    }
    end
}

/// A token that is an address without a scheme, a path, a file, a slug or a hash once its punctuation is taken off.
fn whole(token: &str) -> Option<(usize, usize)> {
    // Nearly all tokens are words: what is sought has one of these, or is long with digits in it.
    let bytes = token.as_bytes();
    let marked = bytes.iter().any(|b| matches!(b, b'.' | b'@' | b'/' | b'-' | b'_' | b'\\'));
    if !marked && (bytes.len() < SHORTEST_HASH || !bytes.iter().any(u8::is_ascii_digit)) {
        return None;
    }
    let opening = |c: char| matches!(c, '(' | '[' | '{' | '"' | '\'' | '<' | '*' | ',' | ';' | ':');
    let start = token.len() - token.trim_start_matches(opening).len();
    let end = start + trimmed(&token[start..]);
    let inner = &token[start..end];
    let found =
        is_mail(inner) || is_site(inner) || is_path(inner) || is_file(inner) || is_slug(inner) || is_hash(inner);
    found.then_some((start, end))
}

fn is_mail(token: &str) -> bool {
    let Some((user, site)) = token.split_once('@') else { return false };
    let user_is_plain = !user.is_empty() && user.bytes().all(|b| b.is_ascii_alphanumeric() || b"._%+-:".contains(&b));
    user_is_plain
        && site.contains('.')
        && site.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
        && site.rsplit('.').next().is_some_and(|end| end.len() >= 2 && end.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// `kremlin.ru`, `lenta.ru/articles/1`, `ria.ru:443`. One with a capital and without a path is a name: `Mail.ru`, `Booking.com`.
fn is_site(token: &str) -> bool {
    let (host, path) = token.find(['/', '?', '#']).map_or((token, ""), |at| token.split_at(at));
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let Some((labels, top)) = host.rsplit_once('.') else { return false };
    let known = TOP_LEVEL.binary_search(&top).is_ok();
    let plain = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || ('а'..='я').contains(&c))
    };
    let name = path.is_empty() && labels.chars().next().is_some_and(char::is_uppercase);
    known && !name && labels.split('.').all(plain) && labels.chars().any(char::is_alphabetic)
}

/// `/usr/share/x`, `C:\x`, `~/x`; `/ТАСС/` and `et/ou` are words.
fn is_path(token: &str) -> bool {
    let windows = token.len() > 3 && token.as_bytes()[0].is_ascii_alphabetic() && token[1..].starts_with(":\\");
    let rest = token.strip_prefix('~').or_else(|| token.strip_prefix('.')).unwrap_or(token);
    let parts = rest.strip_prefix('/').map(|rest| rest.trim_end_matches('/').split('/'));
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-%".contains(&b))
    };
    windows || parts.is_some_and(|mut parts| parts.clone().count() >= 2 && parts.all(plain))
}

fn is_file(token: &str) -> bool {
    let Some((name, ending)) = token.rsplit_once('.') else { return false };
    !name.is_empty() && ending.len() <= 5 && FILE_ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
}

/// Four words or more of small ASCII letters and digits between hyphens, of 18 bytes or more: `state-of-the-art` is English.
fn is_slug(token: &str) -> bool {
    let (mut hyphens, mut last) = (0, b'-');
    for &byte in token.as_bytes() {
        match byte {
            b'-' if last == b'-' => return false,
            b'-' => hyphens += 1,
            b'a'..=b'z' | b'0'..=b'9' | b'_' => {}
            _ => return false,
        }
        last = byte;
    }
    hyphens >= 3 && last != b'-' && token.len() >= 18 && token.bytes().any(|b| b.is_ascii_lowercase())
}

const SHORTEST_HASH: usize = 16;

/// Letters and digits mixed as no word mixes them: `cmibt5j50000002jlhgk4gedx`, a digest, a UUID.
fn is_hash(token: &str) -> bool {
    let (mut digits, mut letters, mut changes) = (0, 0, 0);
    let mut last_digit = None;
    for byte in token.bytes() {
        let digit = match byte {
            b'0'..=b'9' => true,
            b'a'..=b'z' | b'A'..=b'Z' => false,
            b'-' | b'_' => continue,
            _ => return false,
        };
        if digit {
            digits += 1;
        } else {
            letters += 1;
        }
        changes += usize::from(last_digit.is_some_and(|last| last != digit));
        last_digit = Some(digit);
    }
    token.len() >= SHORTEST_HASH && digits >= 4 && letters >= 3 && changes >= 4
}

/// Sorted.
const TOP_LEVEL: [&str; 60] = [
    "ae", "ai", "am", "app", "at", "az", "be", "biz", "br", "by", "ca", "cc", "ch", "cn", "co", "com", "cz", "de",
    "dev", "edu", "ee", "es", "eu", "fi", "fr", "gov", "il", "in", "info", "int", "io", "ir", "it", "jp", "kg", "kr",
    "kz", "lt", "lv", "me", "mil", "net", "news", "nl", "org", "pl", "press", "pro", "rs", "ru", "se", "su", "tech",
    "tr", "tv", "ua", "uk", "us", "uz", "рф",
];

const FILE_ENDINGS: [&str; 36] = [
    "avi", "bmp", "csv", "doc", "docx", "epub", "exe", "gif", "gz", "htm", "html", "jpeg", "jpg", "json", "jsonl",
    "md", "mov", "mp3", "mp4", "odt", "pdf", "php", "png", "ppt", "pptx", "rar", "rtf", "svg", "tar", "txt", "wav",
    "webp", "xls", "xlsx", "xml", "zip",
];
