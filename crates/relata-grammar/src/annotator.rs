//! Everything about a word but its place in the tree: tag, features and lemma.

use std::ops::Range;

use crate::{
    Language, Upos,
    lemmatizer::Lemmatizer,
    lexeme::{hash_text, mix},
    model::{ModelError, Reader},
    morphology::{Morphology, NO_BUNDLE},
    parser::Keys,
    tagger::{Tagger, Token, mark_name},
};

/// Annotates the words of a sentence before they are parsed.
#[derive(Debug)]
pub(crate) struct Annotator {
    pub(crate) tagger: Tagger,
    pub(crate) morphology: Morphology,
    pub(crate) lemmatizer: Lemmatizer,
}

/// A sentence's words, annotated.
#[derive(Clone, Debug, Default)]
pub(crate) struct Annotations {
    pub(crate) tokens: Vec<Token>,
    pub(crate) tags: Vec<Upos>,
    pub(crate) bundles: Vec<u16>,
    pub(crate) lemmas: Vec<String>,
}

/// Room for the work on one sentence, kept between sentences.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) characters: Vec<char>,
    pub(crate) features: Vec<u32>,
    pub(crate) scores: Vec<i32>,
}

impl Annotator {
    pub(crate) fn new(tagger: Tagger, morphology: Morphology, lemmatizer: Lemmatizer) -> Self {
        Self { tagger, morphology, lemmatizer }
    }

    /// Annotates words; `names` are those of them, by index, that form a known name.
    pub(crate) fn annotate<'a>(
        &self,
        forms: impl Iterator<Item = &'a str> + Clone,
        language: Language,
        names: &[Range<usize>],
        out: &mut Annotations,
        scratch: &mut Scratch,
    ) {
        let Annotations { tokens, tags, bundles, lemmas } = out;
        tokens.clear();
        tokens.extend(forms.clone().map(|form| Token::new(form, &self.tagger.lexicon, &mut scratch.characters)));
        for name in names {
            mark_name(language, tokens, name.clone());
        }
        self.tagger.tag(tokens, tags, &mut scratch.features, &mut scratch.scores);
        self.morphology.analyse(tokens, tags, bundles, &mut scratch.features, &mut scratch.scores);
        lemmas.clear();
        for (index, form) in forms.enumerate() {
            lemmas.push(self.lemmatizer.lemma(
                form,
                &tokens[index].lexeme,
                tags[index],
                u32::from(bundles[index]),
                &mut scratch.features,
                &mut scratch.scores,
            ));
        }
    }

    /// The word as the parser sees it.
    fn keys(words: &Annotations, index: usize) -> Keys {
        let tag = words.tags[index];
        let bundle = words.bundles[index];
        let lexeme = &words.tokens[index].lexeme;
        let morph = mix(tag as u32, if bundle == NO_BUNDLE { 0 } else { u32::from(bundle) + 1 });
        [
            lexeme.lower,
            hash_text(&words.lemmas[index]),
            lexeme.suffix[2],
            lexeme.suffix[1],
            tag as u32,
            morph,
            mix(lexeme.shape, u32::from(lexeme.flags)),
        ]
    }

    /// All words as the parser sees them.
    pub(crate) fn all_keys(words: &Annotations, out: &mut Vec<Keys>) {
        out.clear();
        out.extend((0..words.tags.len()).map(|index| Self::keys(words, index)));
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        Ok(Self::new(Tagger::read(reader)?, Morphology::read(reader)?, Lemmatizer::read(reader)?))
    }
}
