//! Trains tagger, morphology and lemmatiser on treebank sentences.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::perceptron::{Perceptron, Pruning, Shuffler};
use crate::{
    Features, Upos,
    annotator::Annotator,
    conllu::Sentence,
    lemmatizer::{EditRule, Lemmatizer, RuleNumbers, known_key, lemma_features, write_rules},
    lexeme::Lexeme,
    linear::{LinearModel, Row, write_rows},
    model::Writer,
    morphology::{Inventory, Morphology, NO_BUNDLE, morph_features},
    tagger::{CERTAIN, Lexicon, Tagger, Token, best, tag_features, write_lexicon},
};

/// A trained annotator, still as rows that can be written.
pub(crate) struct AnnotatorRows {
    lexicon: Lexicon,
    tagger: Vec<Row>,
    inventory: Inventory,
    morphology: Vec<Row>,
    known: FxHashMap<u32, u32>,
    rules: Vec<EditRule>,
    lemmatizer: Vec<Row>,
}

impl AnnotatorRows {
    pub(crate) fn write(&self, writer: &mut Writer) -> [usize; 3] {
        let start = writer.len();
        write_lexicon(&self.lexicon, writer);
        write_rows(Upos::ALL.len(), &self.tagger, writer);
        let tagger = writer.len();
        self.inventory.write(writer);
        write_rows(self.inventory.classes(), &self.morphology, writer);
        let morphology = writer.len();
        write_rules(&self.rules, &self.known, writer);
        write_rows(self.rules.len(), &self.lemmatizer, writer);
        [tagger - start, morphology - tagger, writer.len() - morphology]
    }

    pub(crate) fn into_annotator(self) -> Annotator {
        let morphology = LinearModel::new(self.inventory.classes(), &self.morphology);
        Annotator::new(
            Tagger { lexicon: self.lexicon, model: LinearModel::new(Upos::ALL.len(), &self.tagger) },
            Morphology { inventory: self.inventory, model: morphology },
            Lemmatizer {
                model: LinearModel::new(self.rules.len(), &self.lemmatizer),
                known: self.known,
                rules: self.rules,
            },
        )
    }
}

/// Trains all three.
pub(crate) fn train_annotator(sentences: &[&Sentence], epochs: usize, least_weight: i8) -> AnnotatorRows {
    let mut scratch = Vec::new();
    let pruning = Pruning { least_updates: 1, least_weight };
    let lexicon = lexicon(sentences);
    let tokens: Vec<Vec<Token>> = sentences
        .iter()
        .map(|sentence| sentence.tree.words.iter().map(|word| Token::new(&word.form, &lexicon, &mut scratch)).collect())
        .collect();
    let tagger = train_tagger(sentences, &tokens, epochs, pruning);
    let (inventory, numbers) = inventory(sentences);
    let morphology = train_morphology(sentences, &tokens, &inventory, &numbers, epochs, pruning);
    let (known, rules, lemmatizer) = train_lemmatizer(sentences, &tokens, &numbers, epochs, pruning);
    AnnotatorRows { lexicon, tagger, inventory, morphology, known, rules, lemmatizer }
}

fn lexicon(sentences: &[&Sentence]) -> Lexicon {
    let mut counts: FxHashMap<u32, [u32; 17]> = FxHashMap::default();
    let mut scratch = Vec::new();
    for word in sentences.iter().flat_map(|sentence| &sentence.tree.words) {
        let lexeme = Lexeme::new(&word.form, &mut scratch);
        counts.entry(lexeme.lower).or_default()[word.upos.index()] += 1;
    }
    let mut lexicon = Lexicon::default();
    let mut keys: Vec<u32> = counts.keys().copied().collect();
    keys.sort_unstable();
    for key in keys {
        let tags = counts[&key];
        let total: u32 = tags.iter().sum();
        // A word seen once in training would be unknown if it were met in a test: it must look so in training too.
        if total > 1 {
            let set: u32 = (0..17).filter(|&tag| tags[tag] * 50 >= total).map(|tag| 1 << tag).sum();
            let certain = total >= 25 && tags.contains(&total);
            lexicon.insert(key, if certain { set | CERTAIN } else { set });
        }
    }
    lexicon
}

fn shuffled(count: usize, epoch: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    Shuffler(epoch as u64 + 1).shuffle(&mut order);
    order
}

fn train_tagger(sentences: &[&Sentence], tokens: &[Vec<Token>], epochs: usize, pruning: Pruning) -> Vec<Row> {
    let mut perceptron = Perceptron::new(Upos::ALL.len());
    let (mut features, mut scores, mut tags) = (Vec::new(), Vec::new(), Vec::new());
    for epoch in 0..epochs {
        for sentence in shuffled(sentences.len(), epoch) {
            tags.clear();
            for (index, word) in sentences[sentence].tree.words.iter().enumerate() {
                if tokens[sentence][index].known & CERTAIN != 0 {
                    tags.push(word.upos);
                    continue;
                }
                tag_features(&tokens[sentence], &tags, index, &mut features);
                perceptron.score(&features, &mut scores);
                let guess = best(&scores);
                if guess != word.upos.index() {
                    perceptron.update(&features, word.upos.index(), 1.0);
                    perceptron.update(&features, guess, -1.0);
                }
                perceptron.tick();
                tags.push(Upos::ALL[guess]);
            }
        }
    }
    perceptron.rows(pruning)
}

fn inventory(sentences: &[&Sentence]) -> (Inventory, FxHashMap<Features, u16>) {
    let mut counts: FxHashMap<&Features, [u32; 17]> = FxHashMap::default();
    for word in sentences.iter().flat_map(|sentence| &sentence.tree.words) {
        counts.entry(&word.feats).or_default()[word.upos.index()] += 1;
    }
    let mut bundles: Vec<Features> = counts.keys().map(|&bundle| bundle.clone()).collect();
    bundles.sort_unstable();
    let numbers: FxHashMap<Features, u16> =
        bundles.iter().enumerate().map(|(number, bundle)| (bundle.clone(), number as u16)).collect();
    let by_tag = (0..17)
        .map(|tag| {
            let mut list: Vec<u16> =
                (0..bundles.len() as u16).filter(|&number| counts[&bundles[usize::from(number)]][tag] > 0).collect();
            list.sort_by_key(|&number| std::cmp::Reverse(counts[&bundles[usize::from(number)]][tag]));
            list
        })
        .collect();
    (Inventory::new(bundles, by_tag), numbers)
}

fn train_morphology(
    sentences: &[&Sentence],
    tokens: &[Vec<Token>],
    inventory: &Inventory,
    numbers: &FxHashMap<Features, u16>,
    epochs: usize,
    pruning: Pruning,
) -> Vec<Row> {
    let mut perceptron = Perceptron::new(inventory.classes());
    let (mut features, mut scores, mut bundles) = (Vec::new(), Vec::new(), Vec::new());
    for epoch in 0..epochs {
        for sentence in shuffled(sentences.len(), epoch) {
            let words = &sentences[sentence].tree.words;
            let tags: Vec<Upos> = words.iter().map(|word| word.upos).collect();
            bundles.clear();
            for (index, word) in words.iter().enumerate() {
                let gold = numbers[&word.feats];
                if inventory.by_tag[word.upos.index()].len() < 2 {
                    bundles.push(gold);
                    continue;
                }
                morph_features(&tokens[sentence], &tags, &bundles, index, &mut features);
                perceptron.score(&features, &mut scores);
                let guess = inventory.best(word.upos, &scores).unwrap_or(NO_BUNDLE);
                if guess != gold {
                    let (right, wrong) = (inventory.parts(gold), inventory.parts(guess));
                    for &part in right.iter().filter(|part| !wrong.contains(part)) {
                        perceptron.update(&features, usize::from(part), 1.0);
                    }
                    for &part in wrong.iter().filter(|part| !right.contains(part)) {
                        perceptron.update(&features, usize::from(part), -1.0);
                    }
                }
                perceptron.tick();
                bundles.push(guess);
            }
        }
    }
    perceptron.rows(pruning)
}

fn train_lemmatizer(
    sentences: &[&Sentence],
    tokens: &[Vec<Token>],
    bundles: &FxHashMap<Features, u16>,
    epochs: usize,
    pruning: Pruning,
) -> (FxHashMap<u32, u32>, Vec<EditRule>, Vec<Row>) {
    let mut numbers = RuleNumbers::default();
    let mut examples = Vec::new();
    for (sentence, tokens) in sentences.iter().zip(tokens) {
        for (word, token) in sentence.tree.words.iter().zip(tokens) {
            let rule = numbers.number(EditRule::between(&word.form, &word.lemma));
            examples.push((token.lexeme, word.upos, bundles[&word.feats], rule));
        }
    }
    let mut perceptron = Perceptron::new(numbers.rules.len());
    let (mut features, mut scores) = (Vec::new(), Vec::new());
    for epoch in 0..epochs {
        for example in shuffled(examples.len(), epoch) {
            let (lexeme, tag, bundle, rule) = examples[example];
            lemma_features(&lexeme, tag, u32::from(bundle), &mut features);
            perceptron.score(&features, &mut scores);
            let guess = best(&scores);
            if guess != rule {
                perceptron.update(&features, rule, 1.0);
                perceptron.update(&features, guess, -1.0);
            }
            perceptron.tick();
        }
    }
    (known_rules(&examples), numbers.rules, perceptron.rows(pruning))
}

/// The most frequent rule of every form, tag and features that the treebank has.
fn known_rules(examples: &[(Lexeme, Upos, u16, usize)]) -> FxHashMap<u32, u32> {
    let mut counts: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for (lexeme, tag, bundle, rule) in examples {
        *counts.entry((known_key(lexeme, *tag, u32::from(*bundle)), *rule as u32)).or_default() += 1;
    }
    let mut best: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
    for ((key, rule), count) in counts {
        let entry = best.entry(key).or_insert((0, rule));
        if count > entry.0 {
            *entry = (count, rule);
        }
    }
    best.into_iter().map(|(key, (_, rule))| (key, rule)).collect()
}
