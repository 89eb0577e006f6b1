//! Training: from CoNLL-U sentences to the bytes of a model.

mod adam;
pub(crate) mod annotating;
mod gradient;
mod naming;
pub(crate) mod parsing;
pub(crate) mod perceptron;
mod tokenizing;

use std::{fmt::Write as _, sync::Arc};

use crate::{
    Language,
    annotator::{Annotations, Annotator, Scratch},
    conllu::Sentence,
    evaluate::{Accuracy, accuracy},
    grammar::Grammar,
    model::Writer,
    parser::{Keys, ROOT, Relations, network::INPUTS},
};
use annotating::train_annotator;
use gradient::{Dropout, Example};
use parsing::{Plan, train_parser, vocabulary};
use tokenizing::train_tokenizer;

/// How a model is trained.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How often the parser goes through the text.
    pub parser_epochs: usize,
    /// How often tagger, morphology and lemmatiser do.
    pub annotator_epochs: usize,
    /// Weights of tagger, morphology and lemmatiser smaller than this (of 127) are left out.
    pub least_weight: i8,
    /// The width of the embeddings.
    pub embedding: usize,
    /// The width of one direction of a recurrent layer.
    pub hidden: usize,
    /// How many recurrent layers there are.
    pub layers: usize,
    /// The learning rate at its highest.
    pub rate: f32,
    /// How much is left out at random.
    pub dropout: f32,
    /// How many words make a step.
    pub batch: usize,
    /// Whether relative clauses are repeated with made-up names before them.
    pub made_up_names: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            parser_epochs: 20,
            annotator_epochs: 8,
            least_weight: 2,
            embedding: 64,
            hidden: 56,
            layers: 2,
            rate: 0.004,
            dropout: 0.25,
            batch: 250,
            made_up_names: false,
        }
    }
}

/// Trains a model on the sentences; `dev` is only measured, epoch after epoch, and told to `report`.
pub fn train(
    language: Language,
    sentences: &[Sentence],
    dev: &[Sentence],
    options: Options,
    report: &mut dyn FnMut(&str),
) -> Vec<u8> {
    let relations = Relations::new(
        sentences.iter().flat_map(|sentence| &sentence.tree.words).map(|word| Arc::clone(&word.deprel)).collect(),
    );
    let plain = sentences;
    let named = if options.made_up_names { naming::with_names(language, plain) } else { plain.to_vec() };
    let sentences = &named[..];
    report(&format!("{} sentences, {} of them with a made-up name", sentences.len(), sentences.len() - plain.len()));
    let keys = folded_keys(language, sentences, options, report);
    let vocabulary = vocabulary(keys.iter().flatten());
    let examples: Vec<Example> = sentences
        .iter()
        .zip(&keys)
        .map(|(sentence, keys)| Example {
            ids: std::iter::once([ROOT; INPUTS]).chain(keys.iter().map(|keys| vocabulary.ids(keys))).collect(),
            heads: std::iter::once(0).chain(sentence.tree.words.iter().map(|word| word.head)).collect(),
            labels: std::iter::once(0)
                .chain(sentence.tree.words.iter().map(|word| relations.number(&word.deprel).unwrap_or(0)))
                .collect(),
        })
        .collect();
    let all: Vec<&Sentence> = sentences.iter().collect();
    let annotator_rows = train_annotator(&all, options.annotator_epochs, options.least_weight);
    let mut writer = Writer::new(language);
    train_tokenizer(plain, options.annotator_epochs).write(&mut writer);
    report(&format!("bytes of the tokeniser: {}", writer.len()));
    let sizes = annotator_rows.write(&mut writer);
    report(&format!("bytes of tagger, morphology, lemmatiser: {sizes:?}"));
    let plan = Plan {
        epochs: options.parser_epochs,
        embedding: options.embedding,
        hidden: options.hidden,
        layers: options.layers,
        arc: 48,
        label: 48,
        rate: options.rate,
        batch: options.batch,
        dropout: Dropout { word: 0.2, input: options.dropout, layer: options.dropout, scorer: options.dropout },
    };
    let parser = train_parser(&examples, relations, vocabulary, plan, &mut |epoch, loss, parser| {
        let mut line = format!("epoch {epoch}: loss {loss:.4}");
        if epoch % 3 == 0 || epoch + 2 > options.parser_epochs {
            let mut so_far = writer.clone();
            parser.write(&mut so_far);
            if let Ok(grammar) = Grammar::from_bytes(language, &so_far.finish()) {
                let _ = write!(line, "  {}", accuracy(&grammar, dev));
            }
        }
        report(&line);
    });
    let before = writer.len();
    parser.write(&mut writer);
    report(&format!("bytes of the parser: {}", writer.len() - before));
    writer.finish()
}

/// Annotates every fifth of the text by a model of the other four, so that the parser learns from the mistakes that
/// tagger and lemmatiser make on new text. The fifths are whole stretches of text: sentences of one document share
/// words, and so would hide those mistakes.
fn folded_keys(
    language: Language,
    sentences: &[Sentence],
    options: Options,
    report: &mut dyn FnMut(&str),
) -> Vec<Vec<Keys>> {
    const FOLDS: usize = 5;
    let mut all = Vec::with_capacity(sentences.len());
    let (mut words, mut scratch) = (Annotations::default(), Scratch::default());
    let mut total = Accuracy::default();
    for fold in 0..FOLDS {
        let range = fold * sentences.len() / FOLDS..(fold + 1) * sentences.len() / FOLDS;
        let others: Vec<&Sentence> = sentences[..range.start].iter().chain(&sentences[range.end..]).collect();
        let annotator = train_annotator(&others, options.annotator_epochs, options.least_weight).into_annotator();
        for sentence in &sentences[range] {
            let forms = sentence.tree.words.iter().map(|word| word.form.as_str());
            annotator.annotate(forms, language, &[], &mut words, &mut scratch);
            total.add_annotations(&annotator, &words, &sentence.tree);
            let mut keys = Vec::new();
            Annotator::all_keys(&words, &mut keys);
            all.push(keys);
        }
    }
    report(&format!("five-fold annotation: {total}"));
    all
}
