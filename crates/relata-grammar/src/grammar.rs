//! The whole analysis: words, tags, features, lemmas, tree.

use std::{ops::Range, sync::Arc};

use crate::{
    Language, Tree, Upos, Word,
    annotator::{Annotations, Annotator, Scratch},
    model::{ModelError, Reader},
    morphology::NO_BUNDLE,
    parser::{Keys, Parser, Scratch as ParserScratch},
    tokenizer::{Scratch as TokenizerScratch, Tokenizer},
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

/// Room for the work on one sentence, kept from sentence to sentence: whoever parses many saves the allocations of each.
///
/// It carries nothing from one sentence to the next, and serves all languages.
#[derive(Debug, Default)]
pub struct Workspace {
    tokenizer: TokenizerScratch,
    annotations: Annotations,
    annotator: Scratch,
    keys: Vec<Keys>,
    arcs: Vec<(usize, usize)>,
    parser: ParserScratch,
    units: Vec<Range<usize>>,
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
    /// and outside words depend on no other word of it. Capitalised words of it are nouns (or, where a demonym would have
    /// a capital too, adjectives). A mention that overlaps an earlier one is not respected.
    #[must_use]
    pub fn parse(&self, text: &str, sentence: Range<usize>, mentions: &[Range<usize>]) -> Tree {
        self.parse_with(text, sentence, mentions, &mut Workspace::default())
    }

    /// As [`Grammar::parse`], in room that is kept for the next sentence.
    #[must_use]
    pub fn parse_with(
        &self,
        text: &str,
        sentence: Range<usize>,
        mentions: &[Range<usize>],
        workspace: &mut Workspace,
    ) -> Tree {
        let end = floor_border(text, sentence.end);
        let sentence = floor_border(text, sentence.start.min(end))..end;
        let mut mentions = mentions.to_vec();
        mentions.sort_unstable_by_key(|mention| (mention.start, std::cmp::Reverse(mention.end)));
        let mut cuts: Vec<usize> = mentions.iter().flat_map(|mention| [mention.start, mention.end]).collect();
        cuts.sort_unstable();
        let pieces = self.tokenizer.words(text, sentence, &cuts, &mut workspace.tokenizer);
        let units = &mut workspace.units;
        units.clear();
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
                feats: self.annotator.morphology.bundle(NO_BUNDLE),
                head: 0,
                deprel: Arc::clone(&self.no_relation),
                multiword: piece.multiword,
            })
            .collect();
        let mut tree = Tree { words };
        self.analyse(&mut tree, workspace);
        tree
    }

    /// Analyses given words: only spans, forms and multiword groups are read from `words`.
    #[must_use]
    pub fn parse_words(&self, words: &Tree) -> Tree {
        self.parse_words_with_names(words, Vec::new())
    }

    /// The same with known names, each a range of words, in rising order.
    pub(crate) fn parse_words_with_names(&self, words: &Tree, names: Vec<Range<usize>>) -> Tree {
        let mut tree = words.clone();
        self.analyse(&mut tree, &mut Workspace { units: names, ..Workspace::default() });
        tree
    }

    fn analyse(&self, tree: &mut Tree, workspace: &mut Workspace) {
        let Workspace { annotations, annotator: scratch, keys, arcs, parser, units, .. } = workspace;
        let forms = tree.words.iter().map(|word| word.form.as_str());
        self.annotator.annotate(forms, self.language, units, annotations, scratch);
        Annotator::all_keys(annotations, keys);
        self.parser.parse(keys, units, arcs, parser);
        for (index, (word, lemma)) in tree.words.iter_mut().zip(annotations.lemmas.drain(..)).enumerate() {
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

#[cfg(test)]
mod tests {
    use fearless_simd::Level;

    use super::*;

    /// One after the other, in one workspace.
    fn parse_all(grammar: &Grammar, texts: &[&str]) -> Vec<Tree> {
        let mut workspace = Workspace::default();
        texts.iter().map(|text| grammar.parse_with(text, 0..text.len(), &[], &mut workspace)).collect()
    }

    #[test]
    fn trees_do_not_depend_on_the_processor_or_on_what_was_parsed_before() {
        let texts = [
            "La société Novalis, que le ministère des Finances avait sanctionnée en 2022, a ordonné à sa filiale de \
             Lyon de suspendre ses livraisons.",
            "Non.",
            "Le 3 mars, l'accord a été signé à Genève par les deux présidents, qui s'étaient rencontrés à Rome.",
        ];
        let mut grammar = Grammar::load(Language::French).expect("an embedded model");
        let best = parse_all(&grammar, &texts);
        grammar.parser.scorer.level = Level::baseline();
        assert_eq!(best, parse_all(&grammar, &texts));
        for (text, tree) in texts.iter().zip(&best) {
            assert_eq!(*tree, grammar.parse(text, 0..text.len(), &[]));
        }
    }
}
