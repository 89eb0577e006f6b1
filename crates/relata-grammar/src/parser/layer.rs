//! Products of sixteen-bit vectors and eight-bit matrices, eight numbers at a time.

use wide::{f32x4, i16x8, i32x4};

use crate::model::{ModelError, Reader};

/// How many rows are multiplied at once, so that a weight is loaded once for all of them.
const ROWS: usize = 4;
/// How many times four outputs are computed at once, so that a number of a row is loaded once for all of them.
const BLOCKS: usize = 2;

/// A matrix with its bias, laid out for [`Layer::apply`].
#[derive(Debug, Default)]
pub(crate) struct Layer {
    /// Pairs of inputs, rounded up.
    pairs: usize,
    inputs: usize,
    outputs: usize,
    /// For each eight outputs and each pair of inputs, the sixteen weights between them; missing outputs have zeros.
    weights: Vec<[i16x8; BLOCKS]>,
    /// What one step of a weight is worth, for each output, over what 1 is in the rows.
    steps: Vec<f32x4>,
    bias: Vec<f32>,
}

/// Rows of numbers, each pair of neighbours repeated four times, as the product wants them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spread {
    /// Four rows, pair by pair.
    fours: Vec<[i16x8; ROWS]>,
    /// The rows that are left over, pair by pair.
    ones: Vec<[i16x8; 1]>,
    rows: usize,
}

impl Spread {
    /// Spreads rows of `width` numbers.
    pub(crate) fn set(&mut self, values: &[i16], width: usize) {
        let spread = |row: &[i16], pair: usize| {
            let (a, b) = (row[2 * pair], row.get(2 * pair + 1).copied().unwrap_or(0));
            i16x8::new([a, b, a, b, a, b, a, b])
        };
        let pairs = width.div_ceil(2);
        self.rows = values.len() / width;
        self.fours.clear();
        let groups = values.chunks_exact(ROWS * width);
        self.ones.clear();
        for row in groups.remainder().chunks_exact(width) {
            self.ones.extend((0..pairs).map(|pair| [spread(row, pair)]));
        }
        for group in groups {
            self.fours.extend(
                (0..pairs).map(|pair| std::array::from_fn(|row| spread(&group[row * width..(row + 1) * width], pair))),
            );
        }
    }
}

impl Layer {
    /// The bias plus the product with every row.
    pub(crate) fn apply(&self, x: &Spread, y: &mut Vec<f32>) {
        y.clear();
        for _ in 0..x.rows {
            y.extend_from_slice(&self.bias);
        }
        let (fours, ones) = y.split_at_mut(x.rows / ROWS * ROWS * self.outputs);
        for (x, y) in x.fours.chunks_exact(self.pairs).zip(fours.chunks_exact_mut(ROWS * self.outputs)) {
            self.add(x, y);
        }
        for (x, y) in x.ones.chunks_exact(self.pairs).zip(ones.chunks_exact_mut(self.outputs)) {
            self.add(x, y);
        }
    }

    /// Adds the product with one row, without the bias.
    pub(crate) fn add_one(&self, x: &Spread, y: &mut [f32]) {
        self.add(&x.ones, y);
    }

    /// Adds the product with `N` rows; all sums of a step stay in registers.
    #[inline]
    fn add<const N: usize>(&self, x: &[[i16x8; N]], y: &mut [f32]) {
        let blocks = self.weights.chunks_exact(self.pairs).zip(self.steps.chunks_exact(BLOCKS));
        for (number, (weights, steps)) in blocks.enumerate() {
            let mut sums = [[i32x4::ZERO; BLOCKS]; N];
            for (x, weight) in x.iter().zip(weights) {
                for row in 0..N {
                    for block in 0..BLOCKS {
                        sums[row][block] += x[row].dot(weight[block]);
                    }
                }
            }
            for (row, sums) in sums.iter().enumerate() {
                let y = &mut y[row * self.outputs..(row + 1) * self.outputs];
                for (block, (sum, step)) in sums.iter().zip(steps).enumerate() {
                    let first = (number * BLOCKS + block) * 4;
                    let product = (f32x4::from_i32x4(*sum) * *step).to_array();
                    for (y, product) in y.iter_mut().skip(first).zip(product) {
                        *y += product;
                    }
                }
            }
        }
    }

    /// How many numbers a row has.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Reads a matrix of `rows` inputs, the bias among them if there is one; `unit` is what 1 is in the rows that it
    /// will be multiplied with.
    pub(crate) fn read(
        (rows, outputs): (usize, usize),
        biased: bool,
        unit: f32,
        reader: &mut Reader<'_>,
    ) -> Result<Self, ModelError> {
        let inputs = rows - usize::from(biased);
        let mut layer = Self { pairs: inputs.div_ceil(2), inputs, outputs, ..Self::default() };
        let (mut rows, mut steps) = (Vec::new(), Vec::new());
        for _ in 0..outputs {
            steps.push(reader.float()? / unit);
            rows.push(reader.bytes(inputs)?);
        }
        let weight = |output: usize, input: usize| {
            rows.get(output).and_then(|row| row.get(input)).map_or(0, |&byte| i16::from(byte as i8))
        };
        for first in (0..outputs).step_by(4 * BLOCKS) {
            for pair in 0..layer.pairs {
                layer.weights.push(std::array::from_fn(|block| {
                    i16x8::new(std::array::from_fn(|place| weight(first + block * 4 + place / 2, pair * 2 + place % 2)))
                }));
            }
            for block in 0..BLOCKS {
                let step = |place: usize| steps.get(first + block * 4 + place).copied().unwrap_or(0.0);
                layer.steps.push(f32x4::new(std::array::from_fn(step)));
            }
        }
        layer.bias = vec![0.0; outputs];
        if biased {
            for bias in &mut layer.bias {
                *bias = reader.float()?;
            }
        }
        Ok(layer)
    }
}
