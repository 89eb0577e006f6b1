//! The network that scores arcs and relations: two bidirectional recurrent layers, then a biaffine scorer.
//!
//! The recurrent cell is a long short-term memory with coupled input and forget gates (Greff et al. 2017), which costs
//! a quarter less than the full one; the scorer is that of Dozat and Manning (2017), the relation's a hidden layer as in
//! Kiperwasser and Goldberg (2016).

use super::matrix::{Matrix, add_product, affine, sigmoid, tanh};

/// How many numbers describe a word to the network, one for each embedding table.
pub(crate) const INPUTS: usize = 7;

/// The widths of the layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// How many rows each embedding table has.
    pub(crate) tables: [usize; INPUTS],
    pub(crate) embedding: usize,
    pub(crate) hidden: usize,
    pub(crate) layers: usize,
    pub(crate) arc: usize,
    pub(crate) label: usize,
    pub(crate) relations: usize,
}

/// How many classes of distance between head and dependent there are.
pub(crate) const DISTANCES: usize = 16;

/// All weights; gradients have the same form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Network {
    pub(crate) matrices: Vec<Matrix>,
    pub(crate) hidden: usize,
    pub(crate) layers: usize,
}

/// Where the matrices of one direction of a layer stand.
pub(crate) fn cell(layer: usize, backward: bool) -> (usize, usize) {
    let first = INPUTS + layer * 4 + usize::from(backward) * 2;
    (first, first + 1)
}

impl Network {
    /// The form of every matrix, in order.
    pub(crate) fn forms(shape: &Shape) -> Vec<(usize, usize)> {
        let mut forms: Vec<(usize, usize)> = shape.tables.iter().map(|&rows| (rows, shape.embedding)).collect();
        for layer in 0..shape.layers {
            let input = if layer == 0 { shape.embedding } else { 2 * shape.hidden };
            for _ in 0..2 {
                forms.push((input + 1, 3 * shape.hidden));
                forms.push((shape.hidden, 3 * shape.hidden));
            }
        }
        let context = 2 * shape.hidden;
        forms.push((context + 1, shape.arc)); // dependent
        forms.push((context + 1, shape.arc)); // head
        forms.push((shape.arc + 1, shape.arc)); // between them
        forms.push((DISTANCES, shape.arc));
        forms.push((context + 1, shape.label)); // dependent
        forms.push((context + 1, shape.label)); // head
        forms.push((DISTANCES, shape.label));
        forms.push((shape.label + 1, shape.relations));
        forms
    }

    pub(crate) fn zeros(shape: &Shape) -> Self {
        let matrices = Self::forms(shape).into_iter().map(|(rows, columns)| Matrix::zeros(rows, columns)).collect();
        Self { matrices, hidden: shape.hidden, layers: shape.layers }
    }

    /// The place of the first matrix after the recurrent layers.
    pub(crate) fn tail(&self) -> usize {
        INPUTS + self.layers * 4
    }

    pub(crate) fn embedding(&self) -> usize {
        self.matrices[0].columns
    }

    /// Sums the embeddings of every word into `x`.
    pub(crate) fn embed(&self, ids: &[[u32; INPUTS]], x: &mut Vec<f32>) {
        x.clear();
        for word in ids {
            let start = x.len();
            x.resize(start + self.embedding(), 0.0);
            for (table, &id) in word.iter().enumerate() {
                let row = self.matrices[table].row(id as usize);
                for (x, e) in x[start..].iter_mut().zip(row) {
                    *x += e;
                }
            }
        }
    }

    /// Runs one direction of one layer. `gates` holds the activated gates (input, output, new) of every word, `cells`
    /// the cell states and `out` the hidden states, at `offset` of rows of `stride`.
    #[allow(clippy::too_many_arguments, reason = "the places of one tape")]
    pub(crate) fn run(
        &self,
        layer: usize,
        backward: bool,
        x: &[f32],
        gates: &mut Vec<f32>,
        cells: &mut Vec<f32>,
        out: &mut [f32],
    ) {
        let hidden = self.hidden;
        let (input, recurrent) = cell(layer, backward);
        affine(x, &self.matrices[input], gates);
        let count = gates.len() / (3 * hidden);
        cells.clear();
        cells.resize(count * hidden, 0.0);
        let offset = if backward { hidden } else { 0 };
        let mut last = vec![0.0f32; hidden];
        let mut memory = vec![0.0f32; hidden];
        for step in 0..count {
            let word = if backward { count - 1 - step } else { step };
            let gate = &mut gates[word * 3 * hidden..(word + 1) * 3 * hidden];
            if step > 0 {
                add_product(&last, &self.matrices[recurrent], gate);
            }
            let (input, rest) = gate.split_at_mut(hidden);
            let (output, new) = rest.split_at_mut(hidden);
            for index in 0..hidden {
                input[index] = sigmoid(input[index]);
                output[index] = sigmoid(output[index]);
                new[index] = tanh(new[index]);
            }
            for index in 0..hidden {
                memory[index] += input[index] * (new[index] - memory[index]);
                last[index] = output[index] * tanh(memory[index]);
            }
            cells[word * hidden..(word + 1) * hidden].copy_from_slice(&memory);
            let place = word * 2 * hidden + offset;
            out[place..place + hidden].copy_from_slice(&last);
        }
    }
}

/// The class of the distance from dependent to head.
#[inline(always)]
pub(crate) fn distance(dependent: usize, head: usize) -> usize {
    /// The class of every distance from 0 on; those that follow are of the last.
    const CLASSES: [u8; 27] = [0, 0, 1, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7];
    let class = usize::from(CLASSES[dependent.abs_diff(head).min(CLASSES.len() - 1)]);
    if head < dependent { class } else { class + 8 }
}

/// `max(x, 0.1 x)`.
#[inline(always)]
pub(crate) fn leaky(x: f32) -> f32 {
    if x > 0.0 { x } else { 0.1 * x }
}
