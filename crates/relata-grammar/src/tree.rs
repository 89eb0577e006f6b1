//! The analysis of one sentence: words and the tree that joins them.

use std::{ops::Range, sync::Arc};

use crate::Upos;

/// The words of a sentence with their grammar.
///
/// Guarantees, when it comes from [`Grammar::parse`](crate::Grammar::parse): spans rise, lie inside the sentence and on
/// character borders; exactly one word is the root unless there is no word; heads form a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// The words in the order of the text.
    pub words: Vec<Word>,
}

/// One syntactic word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in the text, in bytes. The words of one multiword token (`du` = `de` + `le`) share its span
    /// unless they can be told apart in it (`do` + `n't`).
    pub span: Range<usize>,
    /// The word itself; differs from the text only inside a multiword token.
    pub form: String,
    /// Its dictionary form.
    pub lemma: String,
    /// Its part of speech.
    pub upos: Upos,
    /// Its morphological features.
    pub feats: Features,
    /// The number of the word it depends on, counted from 1; 0 for the root.
    pub head: usize,
    /// Its relation to that word, with subtype (`obl:agent`).
    pub deprel: Arc<str>,
    /// The multiword token it belongs to, numbered from 0 in the sentence; its neighbours of the same number belong too.
    pub multiword: Option<u32>,
}

impl Tree {
    /// The words that depend directly on the word at this index (from 0), left to right.
    pub fn children(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().filter(move |(_, word)| word.head == index + 1).map(|(child, _)| child)
    }

    /// The index of the root word, or `None` when there are no words.
    #[must_use]
    pub fn root(&self) -> Option<usize> {
        self.words.iter().position(|word| word.head == 0)
    }
}

/// Morphological features, as `Case=Nom|Number=Sing`, sorted by name; empty when there are none.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Features(Arc<str>);

impl Features {
    /// Takes features as CoNLL-U writes them; `_` and the empty text are no features.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Arc::from(if text == "_" { "" } else { text }))
    }

    /// The value of a feature: `get("Mood")` is `Some("Ind")`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(found, _)| *found == name).map(|(_, value)| value)
    }

    /// Every feature with its value, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.split('|').filter_map(|pair| pair.split_once('='))
    }

    /// All features in one text, empty when there are none.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Features {
    fn default() -> Self {
        Self::new("")
    }
}
