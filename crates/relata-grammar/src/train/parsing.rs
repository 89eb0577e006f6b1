//! Trains the parser's network.

use std::thread;

use rustc_hash::FxHashMap;

use super::{
    adam::Adam,
    gradient::{Dropout, Example, Gradient},
    perceptron::Shuffler,
};
use crate::{
    model::Writer,
    parser::{
        self, Keys, Relations, Vocabulary,
        network::{INPUTS, Network, Shape},
    },
};

/// How the network is built and trained.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) epochs: usize,
    pub(crate) embedding: usize,
    pub(crate) hidden: usize,
    pub(crate) layers: usize,
    pub(crate) arc: usize,
    pub(crate) label: usize,
    pub(crate) rate: f32,
    pub(crate) batch: usize,
    pub(crate) dropout: Dropout,
}

/// Two shards a batch: a fixed number, because the order of additions is part of the result.
const SHARDS: usize = 2;

/// How often a key must occur to be known: rarer ones teach what to do with unknown words.
const LEAST: [u32; INPUTS] = [2, 2, 3, 3, 1, 2, 3];

pub(crate) fn vocabulary<'a>(words: impl Iterator<Item = &'a Keys>) -> Vocabulary {
    let mut counts: Vec<FxHashMap<u32, u32>> = vec![FxHashMap::default(); INPUTS];
    for keys in words {
        for (table, &key) in keys.iter().enumerate() {
            *counts[table].entry(key).or_default() += 1;
        }
    }
    let tables = counts
        .iter()
        .zip(LEAST)
        .map(|(counts, least)| {
            let mut keys: Vec<u32> = counts.iter().filter(|&(_, &count)| count >= least).map(|(&key, _)| key).collect();
            keys.sort_unstable();
            keys.into_iter().zip(2..).collect()
        })
        .collect();
    Vocabulary { tables }
}

/// A parser in training.
pub(crate) struct Learner {
    relations: Relations,
    vocabulary: Vocabulary,
    shape: Shape,
    network: Network,
}

impl Learner {
    pub(crate) fn write(&self, writer: &mut Writer) {
        parser::write(&self.relations, &self.vocabulary, &self.shape, &self.network, writer);
    }
}

/// Trains on all examples; after every epoch `watch` gets the number of the epoch, the loss and the parser so far.
pub(crate) fn train_parser(
    examples: &[Example],
    relations: Relations,
    vocabulary: Vocabulary,
    plan: Plan,
    watch: &mut dyn FnMut(usize, f64, &Learner),
) -> Learner {
    let shape = Shape {
        tables: vocabulary.sizes(),
        embedding: plan.embedding,
        hidden: plan.hidden,
        layers: plan.layers,
        arc: plan.arc,
        label: plan.label,
        relations: relations.names.len(),
    };
    let mut parser = Learner { network: initial(&shape), shape, relations, vocabulary };
    let mut adam = Adam::new(&parser.network);
    let mut gradients: Vec<Gradient> = (0..SHARDS).map(|_| Gradient::new(&parser.network)).collect();
    let words: usize = examples.iter().map(|example| example.ids.len() - 1).sum();
    let steps = (plan.epochs * words) as f32;
    let mut done = 0;
    for epoch in 1..=plan.epochs {
        let mut order: Vec<usize> = (0..examples.len()).collect();
        Shuffler(epoch as u64).shuffle(&mut order);
        let (mut loss, mut first) = (0.0, 0);
        while first < order.len() {
            let (mut last, mut size) = (first, 0);
            while last < order.len() && size < plan.batch {
                size += examples[order[last]].ids.len() - 1;
                last += 1;
            }
            let batch = &order[first..last];
            let network = &parser.network;
            thread::scope(|scope| {
                for (shard, gradient) in gradients.iter_mut().enumerate() {
                    scope.spawn(move || {
                        gradient.clear();
                        for &number in batch.iter().skip(shard).step_by(SHARDS) {
                            let mut random = Shuffler((epoch as u64) << 32 | number as u64);
                            gradient.learn(network, &examples[number], plan.dropout, &mut random);
                        }
                    });
                }
            });
            let (one, others) = gradients.split_at_mut(1);
            for other in others {
                one[0].absorb(other);
            }
            loss += one[0].loss;
            // The rate rises over the first steps and then falls to nothing.
            let progress = done as f32 / steps;
            let rate = plan.rate * (done as f32 / 20_000.0).clamp(0.05, 1.0) * (1.0 - progress).max(0.01);
            adam.apply(&mut parser.network, &mut one[0], size, rate);
            done += size;
            first = last;
        }
        watch(epoch, loss / words as f64, &parser);
    }
    parser
}

fn initial(shape: &Shape) -> Network {
    let mut network = Network::zeros(shape);
    let mut random = Shuffler(7);
    let tail = network.tail();
    for (index, matrix) in network.matrices.iter_mut().enumerate() {
        let width = if index < INPUTS {
            (3.0 / matrix.columns as f32).sqrt() * 0.7
        } else {
            (6.0 / (matrix.rows + matrix.columns) as f32).sqrt()
        };
        for value in &mut matrix.data {
            *value = ((random.next() >> 40) as f32 / (1u32 << 23) as f32 - 1.0) * width;
        }
        // The last row is the bias, where there is one.
        let recurrent = index >= INPUTS && index < tail && (index - INPUTS) % 2 == 1;
        let far = index == tail + 3 || index == tail + 6;
        if index >= INPUTS && !recurrent {
            let rows = matrix.rows;
            if far {
                matrix.data.fill(0.0);
            } else {
                matrix.row_mut(rows - 1).fill(0.0);
            }
        }
        if index >= INPUTS && index < tail && !recurrent {
            // A closed input gate at first: the cell remembers.
            let (rows, hidden) = (matrix.rows, shape.hidden);
            matrix.row_mut(rows - 1)[..hidden].fill(-1.0);
        }
    }
    network
}
