//! Back-propagation through the network of the parser, by hand.

use super::perceptron::Shuffler;
use crate::parser::{
    matrix::{Matrix, add_product, add_scaled, affine, dot, exp, tanh},
    network::{DISTANCES, INPUTS, Network, cell, distance, leaky},
};

/// A sentence to learn from; word 0 is the artificial root.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub(crate) ids: Vec<[u32; INPUTS]>,
    pub(crate) heads: Vec<usize>,
    pub(crate) labels: Vec<usize>,
}

/// How much is left out of a network in training, so that it does not learn the text by heart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dropout {
    pub(crate) word: f32,
    pub(crate) input: f32,
    pub(crate) layer: f32,
    pub(crate) scorer: f32,
}

/// The gradient of some sentences, and the room to compute it.
#[derive(Debug)]
pub(crate) struct Gradient {
    pub(crate) network: Network,
    /// For each embedding table, the rows that are not zero.
    pub(crate) touched: Vec<Vec<u32>>,
    pub(crate) loss: f64,
    tapes: Vec<Tape>,
    query: Vec<f32>,
    label_dependent: Vec<f32>,
    label_head: Vec<f32>,
    logits: Vec<f32>,
}

/// What one layer did, for the way back.
#[derive(Clone, Debug, Default)]
struct Tape {
    x: Vec<f32>,
    y: Vec<f32>,
    gates: [Vec<f32>; 2],
    cells: [Vec<f32>; 2],
}

impl Gradient {
    pub(crate) fn new(network: &Network) -> Self {
        let mut zero = network.clone();
        for matrix in &mut zero.matrices {
            matrix.data.fill(0.0);
        }
        Self {
            network: zero,
            touched: vec![Vec::new(); INPUTS],
            loss: 0.0,
            tapes: vec![Tape::default(); network.layers],
            query: Vec::new(),
            label_dependent: Vec::new(),
            label_head: Vec::new(),
            logits: Vec::new(),
        }
    }

    /// Forgets the last batch.
    pub(crate) fn clear(&mut self) {
        self.loss = 0.0;
        for table in 0..INPUTS {
            for row in self.touched[table].drain(..) {
                self.network.matrices[table].row_mut(row as usize).fill(0.0);
            }
        }
        for matrix in &mut self.network.matrices[INPUTS..] {
            matrix.data.fill(0.0);
        }
    }

    /// Adds another shard's gradient.
    pub(crate) fn absorb(&mut self, other: &Self) {
        self.loss += other.loss;
        for table in 0..INPUTS {
            for &row in &other.touched[table] {
                self.touched[table].push(row);
                let from = other.network.matrices[table].row(row as usize);
                add_scaled(1.0, from, self.network.matrices[table].row_mut(row as usize));
            }
        }
        for (own, other) in self.network.matrices[INPUTS..].iter_mut().zip(&other.network.matrices[INPUTS..]) {
            add_scaled(1.0, &other.data, &mut own.data);
        }
    }

    /// Adds the gradient of one sentence.
    #[allow(clippy::too_many_lines, reason = "one pass forth and back, read in order")]
    pub(crate) fn learn(&mut self, network: &Network, example: &Example, dropout: Dropout, random: &mut Shuffler) {
        let count = example.ids.len();
        let mut ids = example.ids.clone();
        for word in &mut ids[1..] {
            // The form, the lemma and the letters of one word are left out together now and then.
            if chance(random) < dropout.word {
                word[0] = 0;
                word[1] = 0;
            } else if chance(random) < dropout.word / 2.0 {
                word[0] = 0;
            }
        }
        // Forth.
        let embedding = network.embedding();
        let mut x = Vec::new();
        network.embed(&ids, &mut x);
        let input_mask = mask(embedding, dropout.input, random);
        apply_mask(&mut x, &input_mask);
        let mut layer_masks = Vec::new();
        for layer in 0..network.layers {
            let tape = &mut self.tapes[layer];
            tape.x.clone_from(&x);
            tape.y.clear();
            tape.y.resize(count * 2 * network.hidden, 0.0);
            for backward in [false, true] {
                let side = usize::from(backward);
                network.run(layer, backward, &tape.x, &mut tape.gates[side], &mut tape.cells[side], &mut tape.y);
            }
            x.clone_from(&tape.y);
            let layer_mask = mask(2 * network.hidden, dropout.layer, random);
            apply_mask(&mut x, &layer_mask);
            layer_masks.push(layer_mask);
        }
        let tail = network.tail();
        let m = &network.matrices[tail..];
        let width = m[3].columns;
        let (mut dependent, mut head) = (Vec::new(), Vec::new());
        affine(&x, &m[0], &mut dependent);
        affine(&x, &m[1], &mut head);
        let slope = |values: &mut Vec<f32>, mask: &[f32]| -> Vec<f32> {
            let mut slopes = Vec::with_capacity(values.len());
            for row in values.chunks_exact_mut(mask.len()) {
                for (value, &keep) in row.iter_mut().zip(mask) {
                    slopes.push(if *value > 0.0 { keep } else { 0.1 * keep });
                    *value = leaky(*value) * keep;
                }
            }
            slopes
        };
        let dependent_slope = slope(&mut dependent, &mask(width, dropout.scorer, random));
        let head_slope = slope(&mut head, &mask(width, dropout.scorer, random));
        affine(&dependent, &m[2], &mut self.query);
        affine(&x, &m[4], &mut self.label_dependent);
        affine(&x, &m[5], &mut self.label_head);

        let mut dx = vec![0.0f32; x.len()];
        let mut d_dependent = vec![0.0f32; dependent.len()];
        let mut d_head = vec![0.0f32; head.len()];
        let mut d_query = vec![0.0f32; self.query.len()];
        let g = &mut self.network.matrices[tail..];
        // Arcs.
        let mut scores = vec![0.0f32; count];
        for word in 1..count {
            let query = &self.query[word * width..(word + 1) * width];
            let own = &dependent[word * width..(word + 1) * width];
            let mut far = [0.0; DISTANCES];
            for (class, far) in far.iter_mut().enumerate() {
                *far = dot(own, m[3].row(class));
            }
            for (candidate, score) in scores.iter_mut().enumerate() {
                let vector = &head[candidate * width..(candidate + 1) * width];
                *score = dot(query, vector) + far[distance(word, candidate)];
            }
            scores[word] = -1e9;
            self.loss += softmax(&mut scores, example.heads[word]);
            let mut d_far = [0.0; DISTANCES];
            for (candidate, &slope) in scores.iter().enumerate() {
                if slope.abs() < 1e-6 {
                    continue;
                }
                let range = candidate * width..(candidate + 1) * width;
                add_scaled(slope, &head[range.clone()], &mut d_query[word * width..(word + 1) * width]);
                add_scaled(slope, query, &mut d_head[range]);
                d_far[distance(word, candidate)] += slope;
            }
            for (class, &slope) in d_far.iter().enumerate() {
                add_scaled(slope, m[3].row(class), &mut d_dependent[word * width..(word + 1) * width]);
                add_scaled(slope, own, g[3].row_mut(class));
            }
        }
        affine_back(&dependent, &d_query, &m[2], &mut d_dependent, &mut g[2]);
        for (slope, factor) in d_dependent.iter_mut().zip(&dependent_slope) {
            *slope *= factor;
        }
        for (slope, factor) in d_head.iter_mut().zip(&head_slope) {
            *slope *= factor;
        }
        affine_back(&x, &d_dependent, &m[0], &mut dx, &mut g[0]);
        affine_back(&x, &d_head, &m[1], &mut dx, &mut g[1]);
        // Relations.
        let width = m[6].columns;
        let mut d_label_dependent = vec![0.0f32; self.label_dependent.len()];
        let mut d_label_head = vec![0.0f32; self.label_head.len()];
        let label_mask = mask(width, dropout.scorer, random);
        for word in 1..count {
            let candidate = example.heads[word];
            let class = distance(word, candidate);
            let (own, other) = (word * width, candidate * width);
            let hidden: Vec<f32> = (0..width)
                .map(|index| {
                    tanh(self.label_dependent[own + index] + self.label_head[other + index] + m[6].row(class)[index])
                })
                .collect();
            let kept: Vec<f32> = hidden.iter().zip(&label_mask).map(|(value, keep)| value * keep).collect();
            affine(&kept, &m[7], &mut self.logits);
            self.loss += softmax(&mut self.logits, example.labels[word]);
            let mut d_hidden = vec![0.0f32; width];
            affine_back(&kept, &self.logits, &m[7], &mut d_hidden, &mut g[7]);
            for index in 0..width {
                let slope = d_hidden[index] * label_mask[index] * (1.0 - hidden[index] * hidden[index]);
                d_label_dependent[own + index] += slope;
                d_label_head[other + index] += slope;
                g[6].row_mut(class)[index] += slope;
            }
        }
        affine_back(&x, &d_label_dependent, &m[4], &mut dx, &mut g[4]);
        affine_back(&x, &d_label_head, &m[5], &mut dx, &mut g[5]);
        // Back through the layers.
        for layer in (0..network.layers).rev() {
            apply_mask(&mut dx, &layer_masks[layer]);
            let mut below = vec![0.0f32; self.tapes[layer].x.len()];
            for backward in [false, true] {
                self.back(network, layer, backward, &dx, &mut below);
            }
            dx = below;
        }
        apply_mask(&mut dx, &input_mask);
        for (word, dx) in ids.iter().zip(dx.chunks_exact(embedding)) {
            for (table, &id) in word.iter().enumerate() {
                add_scaled(1.0, dx, self.network.matrices[table].row_mut(id as usize));
                self.touched[table].push(id);
            }
        }
    }

    fn back(&mut self, network: &Network, layer: usize, backward: bool, dy: &[f32], dx: &mut [f32]) {
        let hidden = network.hidden;
        let side = usize::from(backward);
        let tape = &self.tapes[layer];
        let (gates, cells) = (&tape.gates[side], &tape.cells[side]);
        let count = cells.len() / hidden;
        let (input, recurrent) = cell(layer, backward);
        let mut d_gates = vec![0.0f32; gates.len()];
        let mut d_out = vec![0.0f32; hidden];
        let mut d_memory = vec![0.0f32; hidden];
        let offset = if backward { hidden } else { 0 };
        for step in (0..count).rev() {
            let word = if backward { count - 1 - step } else { step };
            let before = (step > 0).then(|| if backward { word + 1 } else { word - 1 });
            let gate = &gates[word * 3 * hidden..(word + 1) * 3 * hidden];
            let d_gate = &mut d_gates[word * 3 * hidden..(word + 1) * 3 * hidden];
            for index in 0..hidden {
                let (i, o, n) = (gate[index], gate[hidden + index], gate[2 * hidden + index]);
                let squashed = tanh(cells[word * hidden + index]);
                let old = before.map_or(0.0, |before| cells[before * hidden + index]);
                let slope = dy[word * 2 * hidden + offset + index] + d_out[index];
                let d_cell = slope * o * (1.0 - squashed * squashed) + d_memory[index];
                d_gate[index] = d_cell * (n - old) * i * (1.0 - i);
                d_gate[hidden + index] = slope * squashed * o * (1.0 - o);
                d_gate[2 * hidden + index] = d_cell * i * (1.0 - n * n);
                d_memory[index] = d_cell * (1.0 - i);
            }
            if let Some(before) = before {
                let place = before * 2 * hidden + offset;
                let w = &network.matrices[recurrent];
                let dw = &mut self.network.matrices[recurrent];
                for (index, d_out) in d_out.iter_mut().enumerate() {
                    *d_out = dot(w.row(index), d_gate);
                    add_scaled(tape.y[place + index], d_gate, dw.row_mut(index));
                }
            }
        }
        affine_back(&tape.x, &d_gates, &network.matrices[input], dx, &mut self.network.matrices[input]);
    }
}

fn chance(random: &mut Shuffler) -> f32 {
    (random.next() >> 40) as f32 / (1u32 << 24) as f32
}

fn mask(width: usize, dropout: f32, random: &mut Shuffler) -> Vec<f32> {
    (0..width).map(|_| if chance(random) < dropout { 0.0 } else { 1.0 / (1.0 - dropout) }).collect()
}

fn apply_mask(values: &mut [f32], mask: &[f32]) {
    for row in values.chunks_exact_mut(mask.len()) {
        for (value, keep) in row.iter_mut().zip(mask) {
            *value *= keep;
        }
    }
}

/// Turns scores into the slope of the loss; the loss is returned.
fn softmax(scores: &mut [f32], right: usize) -> f64 {
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for score in &mut *scores {
        *score = if *score < highest - 60.0 { 0.0 } else { exp(*score - highest) };
        sum += *score;
    }
    for score in &mut *scores {
        *score /= sum;
    }
    let loss = -f64::from(scores[right].max(1e-20)).ln();
    scores[right] -= 1.0;
    loss
}

/// The way back through [`affine`]: adds to the slopes of `x` and of the weights.
fn affine_back(x: &[f32], dy: &[f32], w: &Matrix, dx: &mut [f32], dw: &mut Matrix) {
    let inputs = w.rows - 1;
    let columns = w.columns;
    let whole = x.len() / inputs / 4 * 4;
    for first in (0..whole).step_by(4) {
        let block = &dy[first * columns..(first + 4) * columns];
        let (y0, rest) = block.split_at(columns);
        let (y1, rest) = rest.split_at(columns);
        let (y2, y3) = rest.split_at(columns);
        for index in 0..=inputs {
            let value = |word: usize| if index == inputs { 1.0 } else { x[(first + word) * inputs + index] };
            let (x0, x1, x2, x3) = (value(0), value(1), value(2), value(3));
            let row = dw.row_mut(index);
            for ((((row, y0), y1), y2), y3) in row.iter_mut().zip(y0).zip(y1).zip(y2).zip(y3) {
                *row += (x0 * y0 + x1 * y1) + (x2 * y2 + x3 * y3);
            }
        }
    }
    for (x, dy) in x.chunks_exact(inputs).zip(dy.chunks_exact(columns)).skip(whole) {
        for (index, &value) in x.iter().enumerate() {
            add_scaled(value, dy, dw.row_mut(index));
        }
        add_scaled(1.0, dy, dw.row_mut(inputs));
    }
    for (dx, dy) in dx.chunks_exact_mut(inputs).zip(dy.chunks_exact(columns)) {
        for (index, dx) in dx.iter_mut().enumerate() {
            *dx += dot(w.row(index), dy);
        }
    }
    let _ = add_product;
}
