//! What was found in one document.

use crate::{LinkedMention, Span, Statement, UnlinkedMention};

/// Sentences, mentions and statements of one document, in the order of its text. Spans are bytes of the document's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extraction {
    /// In order, apart from each other.
    pub sentences: Vec<Sentence>,
    /// In order, apart from each other, each inside one sentence.
    pub mentions: Vec<LinkedMention>,
    /// Names for which no entity was clearly ahead, in order: left out, never guessed.
    pub unlinked: Vec<UnlinkedMention>,
    /// By subject, relation, object, modality.
    pub statements: Vec<Statement>,
}

impl Extraction {
    /// The number of the sentence that holds `span`, counted from 0.
    pub fn sentence_of(&self, span: Span) -> Option<usize> {
        let after = self.sentences.partition_point(|sentence| sentence.span.start() <= span.start());
        let number = after.checked_sub(1)?;
        (span.start() < self.sentences[number].span.end()).then_some(number)
    }
}

/// A sentence, a heading or a bullet line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last character, without the white space around it, the bullet or the heading's marks.
    pub span: Span,
    /// Whether it is a heading, a title, or a list item; such a line need not be a full sentence.
    pub kind: SentenceKind,
}

/// What kind of line a sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SentenceKind {
    /// Running text.
    Prose,
    /// A title or a heading.
    Heading,
    /// An item of a list.
    Item,
}
