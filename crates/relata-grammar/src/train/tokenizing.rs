//! Trains the tokeniser on the spans of a treebank.

use std::{collections::BTreeMap, ops::Range};

use super::perceptron::{Perceptron, Pruning, Shuffler};
use crate::{
    Tree,
    conllu::{Sentence, group_end},
    evaluate::raw_text,
    lexeme::fold,
    linear::{Row, write_rows},
    model::Writer,
    tagger::best,
    tokenizer::{
        Contractions, Splits, borders, chunks,
        features::{border_features, end_features, expansion_features},
        paragraph_between, write_lists,
    },
};

const PRUNING: Pruning = Pruning { least_updates: 1, least_weight: 1 };

/// A trained tokeniser, as it is written.
pub(crate) struct TokenizerRows {
    contractions: Contractions,
    splits: Splits,
    borders: Vec<Row>,
    expansions: Vec<Row>,
    ends: Vec<Row>,
}

impl TokenizerRows {
    pub(crate) fn write(&self, writer: &mut Writer) {
        write_lists(&self.contractions, &self.splits, writer);
        for rows in [&self.borders, &self.expansions, &self.ends] {
            write_rows(2, rows, writer);
        }
    }
}

pub(crate) fn train_tokenizer(sentences: &[Sentence], epochs: usize) -> TokenizerRows {
    let contractions = contractions(sentences);
    let splits = splits(sentences);
    TokenizerRows {
        borders: learn(&border_examples(sentences, &splits), epochs),
        expansions: learn(&expansion_examples(sentences, &contractions), epochs),
        ends: learn(&end_examples(sentences), epochs),
        contractions,
        splits,
    }
}

type Example = (Vec<u32>, bool);

fn learn(examples: &[Example], epochs: usize) -> Vec<Row> {
    let mut perceptron = Perceptron::new(2);
    let mut scores = Vec::new();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for epoch in 0..epochs {
        Shuffler(epoch as u64).shuffle(&mut order);
        for &number in &order {
            let (features, right) = &examples[number];
            perceptron.score(features, &mut scores);
            let guess = best(&scores);
            if guess != usize::from(*right) {
                perceptron.update(features, usize::from(*right), 1.0);
                perceptron.update(features, guess, -1.0);
            }
            perceptron.tick();
        }
    }
    perceptron.rows(PRUNING)
}

/// The tokens as they stand in the text, with the words of each.
fn tokens(tree: &Tree) -> Vec<(Range<usize>, Range<usize>)> {
    let mut tokens = Vec::new();
    let mut first = 0;
    while first < tree.words.len() {
        let last = group_end(&tree.words, first);
        if tree.words[first].span == tree.words[last].span {
            tokens.push((tree.words[first].span.clone(), first..last + 1));
        } else {
            tokens.extend((first..=last).map(|word| (tree.words[word].span.clone(), word..word + 1)));
        }
        first = last + 1;
    }
    tokens
}

fn lower(text: &str) -> String {
    text.chars().map(fold).collect()
}

fn contractions(sentences: &[Sentence]) -> Contractions {
    let mut counts: BTreeMap<(String, Vec<String>), usize> = BTreeMap::new();
    for sentence in sentences {
        for (span, words) in tokens(&sentence.tree).into_iter().filter(|(_, words)| words.len() > 1) {
            let parts = sentence.tree.words[words].iter().map(|word| word.form.to_lowercase()).collect();
            *counts.entry((lower(&sentence.text[span]), parts)).or_default() += 1;
        }
    }
    let mut best: BTreeMap<String, (usize, Vec<String>)> = BTreeMap::new();
    for ((form, parts), count) in counts {
        let known = best.entry(form).or_default();
        if count > known.0 {
            *known = (count, parts);
        }
    }
    best.into_iter().map(|(form, (_, parts))| (form, parts)).collect()
}

fn splits(sentences: &[Sentence]) -> Splits {
    let mut splits = Splits::default();
    for sentence in sentences {
        for pair in sentence.tree.words.windows(2) {
            let (left, right) = (&pair[0].span, &pair[1].span);
            let alphabetic =
                |span: &Range<usize>| !span.is_empty() && sentence.text[span.clone()].chars().all(char::is_alphabetic);
            if left.end == right.start && alphabetic(left) && alphabetic(right) && right.end - left.start <= 24 {
                let form = lower(&sentence.text[left.start..right.end]);
                splits.insert(form, (left.end - left.start) as u8);
            }
        }
    }
    splits
}

fn border_examples(sentences: &[Sentence], splits: &Splits) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut places = Vec::new();
    for sentence in sentences {
        let range = 0..sentence.text.len();
        borders(&sentence.text, range.clone(), splits, &mut places);
        let tokens = tokens(&sentence.tree);
        let (mut start, mut history) = (0, 0);
        for index in 0..places.len() {
            let at = places[index].at;
            let ends = tokens.iter().any(|(span, _)| span.start == at || span.end == at);
            if !places[index].is_forced() {
                let mut features = Vec::new();
                border_features(&sentence.text, &range, &places, index, start, history, &mut features);
                examples.push((features, ends));
            }
            history = ((history << 1) | u32::from(ends)) & 3;
            if ends {
                start = at;
            }
        }
    }
    examples
}

fn expansion_examples(sentences: &[Sentence], contractions: &Contractions) -> Vec<Example> {
    let mut examples = Vec::new();
    for sentence in sentences {
        let tokens = tokens(&sentence.tree);
        let spans: Vec<Range<usize>> = tokens.iter().map(|(span, _)| span.clone()).collect();
        for (index, (span, words)) in tokens.iter().enumerate() {
            if contractions.contains_key(&lower(&sentence.text[span.clone()])) {
                let mut features = Vec::new();
                expansion_features(&sentence.text, &spans, index, &mut features);
                examples.push((features, words.len() > 1));
            }
        }
    }
    examples
}

fn end_examples(sentences: &[Sentence]) -> Vec<Example> {
    let (text, starts) = raw_text(sentences);
    let chunks = chunks(&text);
    let mut examples = Vec::new();
    let (mut sentence, mut begin) = (0, 0);
    for index in 0..chunks.len().saturating_sub(1) {
        let next = starts.get(sentence + 1).copied().unwrap_or(text.len());
        let ends = chunks[index + 1].start >= next;
        if !paragraph_between(&text, &chunks, index) {
            let mut features = Vec::new();
            end_features(&text, &chunks, begin, index, &mut features);
            examples.push((features, ends));
        }
        if ends {
            sentence += 1;
            begin = index + 1;
        }
    }
    examples
}
