//! Blocks: the lines of a text that belong together, without the marks that only lay them out.

use relata_model::{SentenceKind, Span};

use super::characters::{char_at, ends_in_stop, is_letter, is_picture_part, is_stop, skip_space, skip_space_back};
use super::marker::{Marker, marker};
use super::opaque::OpaqueCursor;

/// A heading has at most this many characters.
const LONGEST_HEADING: usize = 150;
/// A paragraph whose longest line has more characters than this is not wrapped by hand.
const WIDEST_WRAPPED_LINE: usize = 200;
/// A line of a wrapped paragraph has at least this many characters, when the next one starts with a capital.
const NARROWEST_WRAPPED_LINE: usize = 40;
/// A speaker's label has at most this many words.
const LONGEST_SPEAKER: usize = 6;

/// One or more lines that are one paragraph, heading, item or table row.
pub(super) struct Block {
    pub(super) span: Span,
    pub(super) kind: SentenceKind,
}

/// The blocks of one span of prose, in order.
pub(super) struct Blocks<'d> {
    text: &'d str,
    end: usize,
    /// Where the next line starts.
    at: usize,
    newline: u8,
    opaque: OpaqueCursor<'d>,
    /// The widest line of the paragraph that ends at the second number.
    width: (usize, usize),
}

/// A line: its content without white space at its ends, and where the next starts.
#[derive(Clone, Copy)]
struct Line {
    start: usize,
    end: usize,
    next: usize,
}

impl Line {
    fn is_blank(self) -> bool {
        self.start == self.end
    }
}

impl<'d> Blocks<'d> {
    pub(super) fn new(text: &'d str, prose: Span, opaque: &'d [Span]) -> Self {
        let bytes = &text.as_bytes()[prose.range()];
        // Only texts of the old Macintosh have a return alone at the end of their lines.
        let newline = if memchr::memchr(b'\n', bytes).is_none() && memchr::memchr(b'\r', bytes).is_some() {
            b'\r'
        } else {
            b'\n'
        };
        let opaque = OpaqueCursor::new(opaque);
        Self { text, end: prose.end(), at: prose.start(), newline, opaque, width: (0, 0) }
    }

    fn line(&self, at: usize) -> Option<Line> {
        if at >= self.end {
            return None;
        }
        let bytes = &self.text.as_bytes()[at..self.end];
        let (end, next) = match memchr::memchr(self.newline, bytes) {
            Some(newline) => (at + newline, at + newline + 1),
            None => (self.end, self.end),
        };
        let start = skip_space(self.text, at, end);
        Some(Line { start, end: skip_space_back(self.text, start, end), next })
    }

    /// Adds the lines that go on from `last`, and gives where the block ends.
    fn extend(&mut self, mut last: Line) -> (usize, bool) {
        let mut joined = false;
        while let Some(line) = self.line(self.at) {
            let plain = !line.is_blank() && marker(self.text, line.start, line.end) == Marker::None;
            if !plain || !self.goes_on(last, line) {
                break;
            }
            (last, self.at, joined) = (line, line.next, true);
        }
        (last.end, joined)
    }

    /// Whether `line` belongs to the same paragraph as `last`, which stands right above it.
    fn goes_on(&mut self, last: Line, line: Line) -> bool {
        let (above, below) = (&self.text[last.start..last.end], &self.text[line.start..line.end]);
        if self.opaque.end_of_span_at(line.start).is_some() {
            return false;
        }
        // A picture or a link on a line of its own is no wrapped prose.
        if link_words(above).is_some() {
            return false;
        }
        // Whether a stop ends a sentence is decided where all stops are: "M.\nPoutine" goes on.
        if ends_in_stop(above) {
            return true;
        }
        if above.ends_with(':') && is_speaker(above) {
            return true;
        }
        let first = below.chars().find(|&c| is_letter(c) || c.is_numeric());
        if first.is_some_and(char::is_lowercase) {
            return !is_in_capitals(above);
        }
        if above.ends_with(',') {
            return true;
        }
        is_in_capitals(above) == is_in_capitals(below) && self.is_wrapped(last, line)
    }

    /// Whether `last` ends only because the first word of `line` did not fit on it.
    fn is_wrapped(&mut self, last: Line, line: Line) -> bool {
        let length = |line: Line| self.text[line.start..line.end].chars().count();
        let long = |line: Line| line.end - line.start > WIDEST_WRAPPED_LINE * 4;
        if long(last) || length(last) < NARROWEST_WRAPPED_LINE {
            return false;
        }
        if line.start >= self.width.1 {
            let (mut width, mut at) = (length(last), line.start);
            while let Some(next) = self.line(at).filter(|next| !next.is_blank()) {
                width = width.max(if long(next) { usize::MAX } else { length(next) });
                at = next.next;
            }
            self.width = (width, at.max(line.next));
        }
        let width = self.width.0;
        let below = &self.text[line.start..line.end];
        let word = below.split(char::is_whitespace).next().map_or(0, |word| word.chars().count());
        // Wrapping by eye leaves a ragged edge: a sixth of the width is allowed for it.
        width <= WIDEST_WRAPPED_LINE && length(last) + 1 + word >= width - width / 6
    }

    /// Whether nothing but a blank line or the end follows.
    fn stands_before_a_gap(&self) -> bool {
        self.line(self.at).is_none_or(Line::is_blank)
    }
}

impl Iterator for Blocks<'_> {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        loop {
            let line = self.line(self.at)?;
            self.at = line.next;
            if line.is_blank() {
                continue;
            }
            // A line of code, or an address alone, is not read; nor is the slug before a caption.
            let mut line = line;
            if let Some(end) = self.opaque.end_of_span_at(line.start) {
                if end >= line.end {
                    continue;
                }
                let after = skip_space(self.text, end, line.end);
                if char_at(self.text, after).is_some_and(char::is_uppercase) {
                    line.start = after;
                }
            }
            if is_reference(self.text, line.start, line.end) {
                continue;
            }
            if let Some((from, to)) = link_words(&self.text[line.start..line.end]) {
                (line.start, line.end) = (line.start + from, line.start + to);
                if line.is_blank() {
                    continue;
                }
                return Some(Block { span: Span::new(line.start, line.end), kind: SentenceKind::Heading });
            }
            let (start, end, kind) = match marker(self.text, line.start, line.end) {
                Marker::Rule => continue,
                Marker::Heading { start, end } => (start, end, SentenceKind::Heading),
                Marker::Row { start, end } => (start, end, SentenceKind::Item),
                Marker::Bullet { start } => (start, self.extend(line).0, SentenceKind::Item),
                Marker::Dialogue { start } => {
                    let end = self.extend(line).0;
                    let spoken = ends_in_stop(&self.text[start..end]);
                    (start, end, if spoken { SentenceKind::Prose } else { SentenceKind::Item })
                }
                Marker::Number { start } | Marker::Picture { start } => {
                    let (end, joined) = self.extend(line);
                    let heading = !joined && self.stands_before_a_gap() && is_title_like(&self.text[start..end]);
                    (start, end, if heading { SentenceKind::Heading } else { SentenceKind::Item })
                }
                Marker::Quote { start } => (start, self.extend(line).0, SentenceKind::Prose),
                Marker::None => {
                    let (end, joined) = self.extend(line);
                    let heading = !joined && is_title_like(&self.text[line.start..end]);
                    (line.start, end, if heading { SentenceKind::Heading } else { SentenceKind::Prose })
                }
            };
            if start < end {
                return Some(Block { span: Span::new(start, end), kind });
            }
        }
    }
}

/// Whether a line that stands alone reads as a title: short, and without a mark at its end that ends or announces a sentence.
fn is_title_like(line: &str) -> bool {
    if line.len() > LONGEST_HEADING * 4 || line.chars().count() > LONGEST_HEADING {
        return false;
    }
    match line.trim_end_matches(['*', '_', '"', '»', '”', ' ', '\u{A0}', '\u{202F}']).chars().next_back() {
        Some('!' | '?') => is_in_capitals(line),
        Some(c) => !is_stop(c) && !matches!(c, ':' | ';' | ','),
        None => false,
    }
}

/// Whether the line is written in capitals: it has four letters or more, and none is small.
fn is_in_capitals(line: &str) -> bool {
    let mut capitals = 0;
    for c in line.chars() {
        if c.is_lowercase() {
            return false;
        }
        capitals += usize::from(c.is_uppercase());
    }
    capitals >= 4
}

/// Whether a line that ends in a colon names who speaks: "V. Poutine :", "Le président russe :", "ПУТИН:".
fn is_speaker(line: &str) -> bool {
    if line.len() > 160 {
        return false;
    }
    let mut words = 0;
    let mut capitals = 0;
    for word in line.split_whitespace().filter(|word| word.contains(is_letter)) {
        words += 1;
        capitals += usize::from(word.chars().find(|&c| is_letter(c)).is_some_and(char::is_uppercase));
    }
    let starts_with_capital = line.chars().find(|&c| is_letter(c)).is_some_and(char::is_uppercase);
    words <= LONGEST_SPEAKER && starts_with_capital && capitals * 2 >= words
}

/// Where the words of a line stand that is nothing but one link or picture of Markdown: `[words](target)`, `![words](target)`.
fn link_words(line: &str) -> Option<(usize, usize)> {
    let start = if line.starts_with("![") { 2 } else { 1 };
    let inner = line.get(start..)?.strip_suffix(')').filter(|_| line[..start].ends_with('['))?;
    let close = inner.find("](")?;
    (!inner[close + 2..].contains(['(', ')', '['])).then_some((start, start + close))
}

/// Whether the line tells the target of a link: `[1]: https://…`.
fn is_reference(text: &str, start: usize, end: usize) -> bool {
    let line = &text[start..end];
    line.starts_with('[')
        && line.find("]: ").is_some_and(|close| {
            close <= 100
                && !line[..close].contains(' ')
                && line[close + 3..].split(' ').next().is_some_and(|t| t.contains("://"))
        })
}

/// Where the pictures and the white space that begin the line end.
pub(super) fn skip_pictures(text: &str, mut at: usize, end: usize) -> usize {
    while let Some(c) = char_at(text, at).filter(|&c| at < end && (is_picture_part(c) || c.is_whitespace())) {
        at += c.len_utf8();
    }
    at
}
