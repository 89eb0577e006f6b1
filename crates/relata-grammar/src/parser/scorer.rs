//! The trained network in integers: what runs outside training.
//!
//! Weights have eight bits, activations sixteen, sums thirty-two: twice as fast as floating point without special
//! instructions. Where floating point remains, its operations stand in one fixed order, so that every machine finds
//! the same tree.

use fearless_simd::{Level, Simd, dispatch};

use super::{
    layer::{Layer, Rows},
    matrix::{Matrix, dot, quick_sigmoid, quick_tanh},
    network::{DISTANCES, INPUTS, Network, Shape, cell, distance, leaky},
};
use crate::model::{ModelError, Reader, Writer};

/// One unit of an embedding, of a hidden state, of a scorer's input.
const EMBEDDING_UNIT: f32 = 4096.0;
const HIDDEN_UNIT: f32 = 16384.0;
const SCORER_UNIT: f32 = 2048.0;

/// All weights, ready to run.
#[derive(Debug)]
pub(crate) struct Scorer {
    /// The instructions that this processor has. Whichever it has, the numbers are the same.
    pub(crate) level: Level,
    embedding: usize,
    hidden: usize,
    tables: Vec<Vec<i16>>,
    /// For each layer, forward and backward: input and recurrent weights.
    cells: Vec<[(Layer, Layer); 2]>,
    dependent: Layer,
    head: Layer,
    query: Layer,
    far: Matrix,
    label_dependent: Layer,
    label_head: Layer,
    label_far: Matrix,
    label: Layer,
}

/// The room for one sentence, and the scores of its arcs afterwards.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scores {
    /// For each word, the score of each head: row by dependent. The artificial root is word 0.
    pub(crate) arcs: Vec<f32>,
    x: Rows,
    y: Rows,
    gates: Vec<f32>,
    last: Vec<i16>,
    memory: Vec<f32>,
    dependent: Vec<f32>,
    head: Vec<f32>,
    query: Vec<f32>,
    label_dependent: Vec<f32>,
    label_head: Vec<f32>,
}

impl Scorer {
    /// Scores all arcs of a sentence.
    pub(crate) fn arcs(&self, ids: &[[u32; INPUTS]], scores: &mut Scores) {
        dispatch!(self.level, simd => self.arcs_with(simd, ids, scores));
    }

    #[inline(always)]
    fn arcs_with<S: Simd>(&self, simd: S, ids: &[[u32; INPUTS]], scores: &mut Scores) {
        let Scores { arcs, x, y, dependent, head, query, label_dependent, label_head, .. } = scores;
        let (gates, last, memory) = (&mut scores.gates, &mut scores.last, &mut scores.memory);
        self.embed(ids, x);
        x.interleave();
        for directions in &self.cells {
            y.clear(ids.len(), 2 * self.hidden);
            for (backward, (input, recurrent)) in [false, true].into_iter().zip(directions) {
                input.apply(simd, x, gates);
                self.run(simd, backward, recurrent, gates, (&mut *last, &mut *memory), y);
            }
            std::mem::swap(x, y);
            x.interleave();
        }
        self.dependent.apply(simd, x, dependent);
        self.head.apply(simd, x, head);
        self.label_dependent.apply(simd, x, label_dependent);
        self.label_head.apply(simd, x, label_head);
        for value in dependent.iter_mut().chain(&mut *head) {
            *value = leaky(*value);
        }
        let (width, stride) = (self.far.columns, self.query.width());
        y.clear(ids.len(), width);
        for (word, values) in dependent.chunks_exact(stride).enumerate() {
            quantise(values, SCORER_UNIT, y.row_mut(word));
        }
        y.interleave();
        self.query.apply(simd, y, query);
        arcs.clear();
        arcs.reserve(ids.len() * ids.len());
        for (word, (asked, own)) in query.chunks_exact(stride).zip(dependent.chunks_exact(stride)).enumerate() {
            let far: [f32; DISTANCES] = std::array::from_fn(|class| dot(&own[..width], self.far.row(class)));
            arcs.extend(
                head.chunks_exact(stride)
                    .enumerate()
                    .map(|(candidate, vector)| dot(&asked[..width], &vector[..width]) + far[distance(word, candidate)]),
            );
        }
    }

    /// Scores all relations of the arc from each word to its head, after [`Scorer::arcs`]: row by word, each as long as
    /// [`Scorer::relation_width`]. The row of the artificial root, whose head is itself, means nothing.
    pub(crate) fn relations(&self, heads: &[usize], scores: &mut Scores, out: &mut Vec<f32>) {
        dispatch!(self.level, simd => self.relations_with(simd, heads, scores, out));
    }

    #[inline(always)]
    fn relations_with<S: Simd>(&self, simd: S, heads: &[usize], scores: &mut Scores, out: &mut Vec<f32>) {
        let Scores { label_dependent, label_head, x, .. } = scores;
        let (width, stride) = (self.label_far.columns, self.label_dependent.width());
        x.clear(heads.len(), width);
        for (word, (&head, dependent)) in heads.iter().zip(label_dependent.chunks_exact_mut(stride)).enumerate() {
            let far = self.label_far.row(distance(word, head));
            let vector = &label_head[head * stride..(head + 1) * stride];
            for ((value, head), far) in dependent.iter_mut().zip(vector).zip(far) {
                *value = quick_tanh(*value + head + far);
            }
            quantise(dependent, HIDDEN_UNIT, x.row_mut(word));
        }
        x.interleave();
        self.label.apply(simd, x, out);
    }

    /// How long a row of [`Scorer::relations`] is, and how many relations it has.
    pub(crate) fn relation_width(&self) -> (usize, usize) {
        (self.label.width(), self.label.outputs())
    }

    #[inline(always)]
    fn embed(&self, ids: &[[u32; INPUTS]], x: &mut Rows) {
        let width = self.embedding;
        x.clear(ids.len(), width);
        for (word, ids) in ids.iter().enumerate() {
            let x = x.row_mut(word);
            for (table, &id) in self.tables.iter().zip(ids) {
                let row = &table[id as usize * width..(id as usize + 1) * width];
                for (x, e) in x.iter_mut().zip(row) {
                    *x = x.saturating_add(*e);
                }
            }
        }
    }

    /// Runs one direction of one layer over the inputs to its gates; see [`Network::run`].
    #[inline(always)]
    fn run<S: Simd>(
        &self,
        simd: S,
        backward: bool,
        recurrent: &Layer,
        gates: &mut [f32],
        (last, memory): (&mut Vec<i16>, &mut Vec<f32>),
        out: &mut Rows,
    ) {
        let hidden = self.hidden;
        last.clear();
        last.resize(hidden.next_multiple_of(2), 0);
        memory.clear();
        memory.resize(hidden, 0.0);
        let count = gates.len() / recurrent.width();
        for step in 0..count {
            let word = if backward { count - 1 - step } else { step };
            let gate = &mut gates[word * recurrent.width()..(word + 1) * recurrent.width()];
            if step > 0 {
                recurrent.add_one(simd, last, gate);
            }
            let (input, rest) = gate.split_at(hidden);
            let (output, rest) = rest.split_at(hidden);
            advance(input, output, &rest[..hidden], memory, &mut last[..hidden]);
            let place = if backward { hidden } else { 0 };
            out.row_mut(word)[place..place + hidden].copy_from_slice(&last[..hidden]);
        }
    }

    pub(crate) fn write(network: &Network, writer: &mut Writer) {
        for table in &network.matrices[..INPUTS] {
            for row in table.data.chunks_exact(table.columns) {
                write_row(row.iter().copied(), writer);
            }
        }
        let tail = network.tail();
        for (index, matrix) in network.matrices.iter().enumerate().skip(INPUTS) {
            if index == tail + 3 || index == tail + 6 {
                for row in matrix.data.chunks_exact(matrix.columns) {
                    write_row(row.iter().copied(), writer);
                }
                continue;
            }
            let biased = index >= tail || (index - INPUTS).is_multiple_of(2);
            let inputs = matrix.rows - usize::from(biased);
            for output in 0..matrix.columns {
                write_row((0..inputs).map(|input| matrix.row(input)[output]), writer);
            }
            if biased {
                for value in matrix.row(inputs) {
                    writer.float(*value);
                }
            }
        }
    }

    pub(crate) fn read(shape: &Shape, reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let mut scorer = Self {
            level: Level::new(),
            embedding: shape.embedding,
            hidden: shape.hidden,
            tables: Vec::new(),
            cells: Vec::new(),
            dependent: Layer::default(),
            head: Layer::default(),
            query: Layer::default(),
            far: Matrix::default(),
            label_dependent: Layer::default(),
            label_head: Layer::default(),
            label_far: Matrix::default(),
            label: Layer::default(),
        };
        for rows in shape.tables {
            let values = rows.saturating_mul(shape.embedding);
            if values > reader.remaining() {
                return Err(ModelError::Damaged);
            }
            let mut table = Vec::with_capacity(values);
            for _ in 0..rows {
                let step = reader.float()? * EMBEDDING_UNIT;
                table.extend(reader.bytes(shape.embedding)?.iter().map(|&byte| round(f32::from(byte as i8) * step)));
            }
            scorer.tables.push(table);
        }
        let forms = Network::forms(shape);
        for layer in 0..shape.layers {
            let unit = if layer == 0 { EMBEDDING_UNIT } else { HIDDEN_UNIT };
            let mut direction = |backward| -> Result<(Layer, Layer), ModelError> {
                let (input, recurrent) = cell(layer, backward);
                Ok((
                    Layer::read(forms[input], true, unit, reader)?,
                    Layer::read(forms[recurrent], false, HIDDEN_UNIT, reader)?,
                ))
            };
            scorer.cells.push([direction(false)?, direction(true)?]);
        }
        let tail = INPUTS + shape.layers * 4;
        scorer.dependent = Layer::read(forms[tail], true, HIDDEN_UNIT, reader)?;
        scorer.head = Layer::read(forms[tail + 1], true, HIDDEN_UNIT, reader)?;
        scorer.query = Layer::read(forms[tail + 2], true, SCORER_UNIT, reader)?;
        scorer.far = read_matrix(forms[tail + 3], reader)?;
        scorer.label_dependent = Layer::read(forms[tail + 4], true, HIDDEN_UNIT, reader)?;
        scorer.label_head = Layer::read(forms[tail + 5], true, HIDDEN_UNIT, reader)?;
        scorer.label_far = read_matrix(forms[tail + 6], reader)?;
        scorer.label = Layer::read(forms[tail + 7], true, HIDDEN_UNIT, reader)?;
        Ok(scorer)
    }
}

/// One step of a cell: from the inputs to its gates and its memory to the new memory and state.
#[inline(always)]
fn advance(input: &[f32], output: &[f32], new: &[f32], memory: &mut [f32], state: &mut [i16]) {
    let count = state.len();
    let (input, output, new, memory) = (&input[..count], &output[..count], &new[..count], &mut memory[..count]);
    for place in 0..count {
        memory[place] += quick_sigmoid(input[place]) * (quick_tanh(new[place]) - memory[place]);
        state[place] = round(quick_sigmoid(output[place]) * quick_tanh(memory[place]) * HIDDEN_UNIT);
    }
}

/// The nearest whole number, within what sixteen bits hold.
#[inline(always)]
fn round(value: f32) -> i16 {
    let magic = 12_582_912.0_f32;
    ((value.clamp(-32_767.0, 32_767.0) + magic).to_bits() as i32 - magic.to_bits() as i32) as i16
}

#[inline(always)]
fn quantise(values: &[f32], unit: f32, out: &mut [i16]) {
    for (out, value) in out.iter_mut().zip(values) {
        *out = round(value * unit);
    }
}

/// Writes what one step is worth, and the values in steps.
fn write_row(values: impl Iterator<Item = f32> + Clone, writer: &mut Writer) {
    let largest = values.clone().fold(1e-9_f32, |largest, value| largest.max(value.abs()));
    let step = largest / 127.0;
    writer.float(step);
    for value in values {
        writer.byte(round(value / step) as i8 as u8);
    }
}

fn read_matrix((rows, columns): (usize, usize), reader: &mut Reader<'_>) -> Result<Matrix, ModelError> {
    let mut matrix = Matrix { rows, columns, data: Vec::new() };
    for _ in 0..rows {
        let step = reader.float()?;
        matrix.data.extend(reader.bytes(columns)?.iter().map(|&byte| f32::from(byte as i8) * step));
    }
    Ok(matrix)
}
