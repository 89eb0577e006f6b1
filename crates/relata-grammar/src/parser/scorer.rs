//! The trained network in integers: what runs outside training.
//!
//! Weights have eight bits, activations sixteen, sums thirty-two: twice as fast as floating point without special
//! instructions. Where floating point remains, its operations stand in one fixed order, so that every machine finds
//! the same tree.

use super::{
    layer::{Layer, Spread},
    matrix::{Matrix, dot as dot_float, quick_sigmoid, quick_tanh},
    network::{DISTANCES, INPUTS, Network, Shape, cell, distance, leaky},
};
use crate::model::{ModelError, Reader, Writer};

/// One unit of an embedding, of a hidden state, of a scorer's input.
const EMBEDDING_UNIT: f32 = 4096.0;
const HIDDEN_UNIT: f32 = 16384.0;
const SCORER_UNIT: f32 = 2048.0;

/// All weights, ready to run.
#[derive(Debug, Default)]
pub(crate) struct Scorer {
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
    count: usize,
    /// For each word, the score of each head: row by dependent. The artificial root is word 0.
    pub(crate) arcs: Vec<f32>,
    x: Vec<i16>,
    y: Vec<i16>,
    gates: Vec<f32>,
    last: Vec<i16>,
    spread: Spread,
    memory: Vec<f32>,
    dependent: Vec<f32>,
    head: Vec<f32>,
    query: Vec<f32>,
    label_dependent: Vec<f32>,
    label_head: Vec<f32>,
    hidden: Vec<f32>,
}

impl Scorer {
    /// Scores all arcs of a sentence.
    pub(crate) fn arcs(&self, ids: &[[u32; INPUTS]], scores: &mut Scores) {
        let Scores { arcs, x, y, gates, last, spread, memory, dependent, head, query, .. } = scores;
        scores.count = ids.len();
        self.embed(ids, x);
        for directions in &self.cells {
            y.clear();
            y.resize(ids.len() * 2 * self.hidden, 0);
            for (backward, (input, recurrent)) in [false, true].into_iter().zip(directions) {
                spread.set(x, input.inputs());
                input.apply(spread, gates);
                self.run(backward, recurrent, gates, (&mut *last, &mut *memory, &mut *spread), y);
            }
            std::mem::swap(x, y);
        }
        spread.set(x, self.dependent.inputs());
        self.dependent.apply(spread, dependent);
        self.head.apply(spread, head);
        self.label_dependent.apply(spread, &mut scores.label_dependent);
        self.label_head.apply(spread, &mut scores.label_head);
        for value in dependent.iter_mut().chain(&mut *head) {
            *value = leaky(*value);
        }
        quantise(dependent, SCORER_UNIT, y);
        spread.set(y, self.query.inputs());
        self.query.apply(spread, query);
        let width = self.far.columns;
        arcs.clear();
        for word in 0..ids.len() {
            let asked = &query[word * width..(word + 1) * width];
            let own = &dependent[word * width..(word + 1) * width];
            let far: [f32; DISTANCES] = std::array::from_fn(|class| dot_float(own, self.far.row(class)));
            arcs.extend(
                head.chunks_exact(width)
                    .enumerate()
                    .map(|(candidate, vector)| dot_float(asked, vector) + far[distance(word, candidate)]),
            );
        }
    }

    /// Scores all relations of an arc, after [`Scorer::arcs`].
    pub(crate) fn relations(&self, dependent: usize, head: usize, scores: &mut Scores, out: &mut Vec<f32>) {
        let width = self.label_far.columns;
        let far = self.label_far.row(distance(dependent, head));
        let Scores { label_dependent, label_head, hidden, spread, y, .. } = scores;
        hidden.clear();
        hidden.extend(
            label_dependent[dependent * width..(dependent + 1) * width]
                .iter()
                .zip(&label_head[head * width..(head + 1) * width])
                .zip(far)
                .map(|((dependent, head), far)| quick_tanh(dependent + head + far)),
        );
        quantise(hidden, HIDDEN_UNIT, y);
        spread.set(y, self.label.inputs());
        self.label.apply(spread, out);
    }

    fn embed(&self, ids: &[[u32; INPUTS]], x: &mut Vec<i16>) {
        let width = self.embedding;
        x.clear();
        for word in ids {
            let start = x.len();
            x.resize(start + width, 0);
            for (table, &id) in self.tables.iter().zip(word) {
                let row = &table[id as usize * width..(id as usize + 1) * width];
                for (x, e) in x[start..].iter_mut().zip(row) {
                    *x = x.saturating_add(*e);
                }
            }
        }
    }

    /// Runs one direction of one layer over the inputs to its gates; see [`Network::run`].
    fn run(
        &self,
        backward: bool,
        recurrent: &Layer,
        gates: &mut [f32],
        (last, memory, spread): (&mut Vec<i16>, &mut Vec<f32>, &mut Spread),
        out: &mut [i16],
    ) {
        let hidden = self.hidden;
        let count = gates.len() / (3 * hidden);
        let offset = if backward { hidden } else { 0 };
        last.clear();
        last.resize(hidden, 0);
        memory.clear();
        memory.resize(hidden, 0.0);
        for step in 0..count {
            let word = if backward { count - 1 - step } else { step };
            let gate = &mut gates[word * 3 * hidden..(word + 1) * 3 * hidden];
            if step > 0 {
                spread.set(last, hidden);
                recurrent.add_one(spread, gate);
            }
            let (input, rest) = gate.split_at_mut(hidden);
            let (output, new) = rest.split_at_mut(hidden);
            let place = word * 2 * hidden + offset;
            for ((((input, output), new), memory), last) in
                input.iter().zip(&*output).zip(&*new).zip(memory.iter_mut()).zip(last.iter_mut())
            {
                *memory += quick_sigmoid(*input) * (quick_tanh(*new) - *memory);
                *last = round(quick_sigmoid(*output) * quick_tanh(*memory) * HIDDEN_UNIT);
            }
            out[place..place + hidden].copy_from_slice(last);
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
        let mut scorer = Self { embedding: shape.embedding, hidden: shape.hidden, ..Self::default() };
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

/// The nearest whole number, within what sixteen bits hold.
#[inline]
fn round(value: f32) -> i16 {
    let magic = 12_582_912.0_f32;
    ((value.clamp(-32_767.0, 32_767.0) + magic).to_bits() as i32 - magic.to_bits() as i32) as i16
}

fn quantise(values: &[f32], unit: f32, out: &mut Vec<i16>) {
    out.clear();
    out.extend(values.iter().map(|value| round(value * unit)));
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
