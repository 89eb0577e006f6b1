//! Places in a text: byte ranges inside the program, Unicode code points at its borders.

use std::ops::Range;

/// A non-empty or empty half-open byte range of one document's text, on character borders.
///
/// Spans order by start, then end. They say nothing about which document they belong to: whatever holds a span also
/// holds, or is held by, its document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span from byte `start` up to, not including, byte `end`.
    ///
    /// # Panics
    /// When `start > end`, or when `end` lies past 4 GiB; the reader refuses such documents.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span ends before it starts: {start} > {end}");
        let to_u32 = |offset| u32::try_from(offset).expect("documents over 4 GiB are refused when read");
        Self { start: to_u32(start), end: to_u32(end) }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The words themselves.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// Converts between byte offsets and code-point offsets of one text in constant time.
///
/// Keeps the code points before every 128th byte, so it costs a thirty-second of the text's size; texts of pure ASCII cost
/// nothing.
#[derive(Clone, Debug)]
pub struct CodePointIndex<'t> {
    text: &'t str,
    /// `before[i]` counts the code points that start before byte `i * STEP`; empty when the text is ASCII.
    before: Vec<u32>,
}

impl<'t> CodePointIndex<'t> {
    const STEP: usize = 128;

    /// Reads the text once.
    pub fn new(text: &'t str) -> Self {
        if text.is_ascii() {
            return Self { text, before: Vec::new() };
        }
        let mut before = Vec::with_capacity(text.len() / Self::STEP + 1);
        let mut count = 0;
        for block in text.as_bytes().chunks(Self::STEP) {
            before.push(count);
            count += starts(block);
        }
        before.push(count);
        Self { text, before }
    }

    /// How many code points stand before byte `offset`, which must be on a character border or the text's end.
    pub fn code_point(&self, offset: usize) -> u32 {
        if self.before.is_empty() {
            return u32::try_from(offset).expect("documents over 4 GiB are refused when read");
        }
        let block = offset / Self::STEP;
        self.before[block] + starts(&self.text.as_bytes()[block * Self::STEP..offset])
    }

    /// The byte at which code point number `code_point` starts; `None` past the text's end.
    pub fn byte(&self, code_point: u32) -> Option<usize> {
        if self.before.is_empty() {
            return (code_point as usize <= self.text.len()).then_some(code_point as usize);
        }
        let block = self.before.partition_point(|&count| count <= code_point) - 1;
        let mut left = code_point - self.before[block];
        let start = (block * Self::STEP).min(self.text.len());
        for (i, byte) in self.text.as_bytes()[start..].iter().enumerate() {
            if is_start(*byte) {
                if left == 0 {
                    return Some(start + i);
                }
                left -= 1;
            }
        }
        (left == 0).then_some(self.text.len())
    }

    /// The span as code points.
    pub fn code_points(&self, span: Span) -> Range<u32> {
        self.code_point(span.start())..self.code_point(span.end())
    }
}

fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn starts(bytes: &[u8]) -> u32 {
    let count = bytes.iter().filter(|&&byte| is_start(byte)).count();
    u32::try_from(count).expect("documents over 4 GiB are refused when read")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_and_bytes_agree_with_char_indices() {
        let text = "Poutine 🤖 e\u{301}té « Путин » — ".repeat(40);
        let index = CodePointIndex::new(&text);
        let ends = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
        for (count, byte) in ends.enumerate() {
            let count = u32::try_from(count).unwrap();
            assert_eq!(index.code_point(byte), count, "byte {byte}");
            assert_eq!(index.byte(count), Some(byte), "code point {count}");
        }
        assert_eq!(index.byte(u32::try_from(text.chars().count()).unwrap() + 1), None);
    }

    #[test]
    fn ascii_texts_need_no_table() {
        let index = CodePointIndex::new("Sberbank");
        assert_eq!(index.code_points(Span::new(1, 8)), 1..8);
        assert_eq!(index.byte(9), None);
    }

    #[test]
    fn spans_relate_as_intervals() {
        let (a, b) = (Span::new(0, 5), Span::new(5, 9));
        assert!(!a.overlaps(b), "touching spans do not overlap");
        assert_eq!(a.hull(b), Span::new(0, 9));
        assert!(a.hull(b).contains(b));
    }
}
