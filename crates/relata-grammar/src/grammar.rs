//! The whole analysis: words, tags, features, lemmas, tree.

use std::{ops::Range, sync::Arc};

use crate::{
    Features, Language, Tree, Upos, Word,
    annotator::{Annotations, Annotator, Scratch},
    model::{ModelError, Reader},
    parser::{Parser, Scratch as ParserScratch},
    tokenizer::Tokenizer,
};

/// A loaded model of one language.
#[derive(Debug)]
pub struct Grammar {
    language: Language,
    tokenizer: Tokenizer,
    annotator: Annotator,
    parser: Parser,
    no_relation: Arc<str>,
}

impl Grammar {
    /// Loads the model that the program carries.
    ///
    /// # Errors
    /// Never with the models of a release: a test loads them all.
    pub fn load(language: Language) -> Result<Self, ModelError> {
        Self::from_bytes(language, embedded(language))
    }

    /// Reads a model from bytes.
    ///
    /// # Errors
    /// When the bytes are not a whole model of this language and version.
    pub fn from_bytes(language: Language, bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader::new(bytes, language)?;
        let tokenizer = Tokenizer::read(&mut reader)?;
        let annotator = Annotator::read(&mut reader)?;
        let parser = Parser::read(&mut reader)?;
        Ok(Self { language, tokenizer, annotator, parser, no_relation: Arc::from("") })
    }

    /// Its language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The sentences of a text, as the treebank would divide it.
    #[must_use]
    pub fn sentences(&self, text: &str) -> Vec<Range<usize>> {
        self.tokenizer.sentences(text)
    }

    /// Analyses one sentence of a text. `sentence` and `mentions` are bytes of `text`.
    ///
    /// A mention is a name that is known already: words end where it ends, one of its words only has its head outside,
    /// and outside words depend on no other word of it. A mention that overlaps an earlier one is not respected.
    #[must_use]
    pub fn parse(&self, text: &str, sentence: Range<usize>, mentions: &[Range<usize>]) -> Tree {
        let end = floor_border(text, sentence.end);
        let sentence = floor_border(text, sentence.start.min(end))..end;
        let mut mentions = mentions.to_vec();
        mentions.sort_unstable_by_key(|mention| (mention.start, std::cmp::Reverse(mention.end)));
        let mut cuts: Vec<usize> = mentions.iter().flat_map(|mention| [mention.start, mention.end]).collect();
        cuts.sort_unstable();
        let pieces = self.tokenizer.words(text, sentence, &cuts);
        let mut units: Vec<Range<usize>> = Vec::new();
        for mention in mentions {
            let first = pieces.partition_point(|piece| piece.span.end <= mention.start);
            let last = pieces.partition_point(|piece| piece.span.start < mention.end);
            if first < last && units.last().is_none_or(|unit| unit.end <= first) {
                units.push(first..last);
            }
        }
        let words = pieces
            .into_iter()
            .map(|piece| Word {
                form: piece.form.unwrap_or_else(|| text[piece.span.clone()].to_owned()),
                span: piece.span,
                lemma: String::new(),
                upos: Upos::X,
                feats: Features::default(),
                head: 0,
                deprel: Arc::clone(&self.no_relation),
                multiword: piece.multiword,
            })
            .collect();
        let mut tree = Tree { words };
        self.analyse(&mut tree, &units);
        tree
    }

    /// Analyses given words: only spans, forms and multiword groups are read from `words`.
    #[must_use]
    pub fn parse_words(&self, words: &Tree) -> Tree {
        let mut tree = words.clone();
        self.analyse(&mut tree, &[]);
        tree
    }

    fn analyse(&self, tree: &mut Tree, units: &[Range<usize>]) {
        let (mut annotations, mut scratch) = (Annotations::default(), Scratch::default());
        let (mut keys, mut arcs, mut parser) = (Vec::new(), Vec::new(), ParserScratch::default());
        let forms = tree.words.iter().map(|word| word.form.as_str());
        self.annotator.annotate(forms, &mut annotations, &mut scratch);
        Annotator::all_keys(&annotations, &mut keys);
        self.parser.parse(&keys, units, &mut arcs, &mut parser);
        let lemmas = std::mem::take(&mut annotations.lemmas);
        for (index, (word, lemma)) in tree.words.iter_mut().zip(lemmas).enumerate() {
            let (head, relation) = arcs[index];
            word.lemma = lemma;
            word.upos = annotations.tags[index];
            word.feats = self.annotator.morphology.bundle(annotations.bundles[index]);
            word.head = head;
            word.deprel = Arc::clone(&self.parser.relations.names[relation]);
        }
    }
}

#[allow(clippy::match_same_arms, reason = "the files differ")]
fn embedded(language: Language) -> &'static [u8] {
    match language {
        Language::French => include_bytes!("../models/fr.model"),
        Language::English => include_bytes!("../models/en.model"),
        Language::Russian => include_bytes!("../models/ru.model"),
    }
}

/// The nearest character border at or before the byte.
fn floor_border(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}
