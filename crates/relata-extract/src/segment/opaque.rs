//! Where the addresses, slugs and code of a document stand, asked in the order of the text.

use relata_model::Span;

/// Walks the opaque spans of a document along with its sentences.
pub(super) struct OpaqueCursor<'d> {
    spans: &'d [Span],
    /// The first span that ends after the last place asked for.
    next: usize,
}

impl<'d> OpaqueCursor<'d> {
    pub(super) fn new(spans: &'d [Span]) -> Self {
        Self { spans, next: 0 }
    }

    /// The end of the span that holds byte `at`. Places must be asked for in ascending order.
    pub(super) fn end_of_span_at(&mut self, at: usize) -> Option<usize> {
        while self.spans.get(self.next).is_some_and(|span| span.end() <= at) {
            self.next += 1;
        }
        self.spans.get(self.next).filter(|span| span.start() <= at).map(|span| span.end())
    }

    /// Whether one span covers all from `start` to `end`.
    pub(super) fn covers(&self, start: usize, end: usize) -> bool {
        // The sentence ends near the cursor, but may have begun before it.
        let after = self.spans.partition_point(|span| span.start() <= start);
        after > 0 && self.spans[after - 1].end() >= end
    }
}
