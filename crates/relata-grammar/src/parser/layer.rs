//! Products of sixteen-bit vectors and eight-bit matrices, sixteen numbers at a time.

use fearless_simd::{Simd, f32x8, i16x16, i32x8, prelude::*};

use crate::model::{ModelError, Reader};

/// How many outputs stand in one panel of weights.
const PANEL: usize = 8;
/// How many rows are multiplied at once, so that a weight is loaded once for all of them.
const ROWS: usize = 4;

/// The weights between a pair of inputs and the outputs of a panel.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Weights([i16; 2 * PANEL]);

/// A matrix with its bias, laid out for [`Layer::apply`].
#[derive(Debug, Default)]
pub(crate) struct Layer {
    /// Pairs of inputs, rounded up.
    pairs: usize,
    outputs: usize,
    /// For each panel and each pair of inputs, the sixteen weights between them; missing outputs have zeros.
    weights: Vec<Weights>,
    /// What one step of a weight is worth, for each output, over what 1 is in the rows.
    steps: Vec<[f32; PANEL]>,
    /// As long as a row of the product: missing outputs have zeros.
    bias: Vec<f32>,
}

/// Rows of sixteen-bit numbers, which the product takes two by two.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    data: Vec<i16>,
    /// How long a row is: an even number.
    width: usize,
    /// Four rows each, pair by pair.
    fours: Vec<[i32; ROWS]>,
}

impl Rows {
    /// Makes room for rows of `width` numbers, all zero.
    pub(crate) fn clear(&mut self, count: usize, width: usize) {
        self.width = width.next_multiple_of(2);
        self.data.clear();
        self.data.resize(count * self.width, 0);
    }

    /// The numbers of a row, one more when the width is odd.
    #[inline(always)]
    pub(crate) fn row_mut(&mut self, row: usize) -> &mut [i16] {
        &mut self.data[row * self.width..(row + 1) * self.width]
    }

    /// Makes the rows ready for [`Layer::apply`].
    #[inline(always)]
    pub(crate) fn interleave(&mut self) {
        self.fours.clear();
        for four in self.data.chunks_exact(ROWS * self.width) {
            let (ab, cd) = four.split_at(2 * self.width);
            let ((a, b), (c, d)) = (ab.split_at(self.width), cd.split_at(self.width));
            let rows = pairs(a).zip(pairs(b)).zip(pairs(c)).zip(pairs(d));
            self.fours.extend(rows.map(|(((a, b), c), d)| [a, b, c, d]));
        }
    }
}

/// The numbers two by two, as they lie in memory.
#[inline(always)]
fn pairs(row: &[i16]) -> impl Iterator<Item = i32> {
    row.as_chunks::<2>().0.iter().map(|&[a, b]| {
        let ([a, b], [c, d]) = (a.to_ne_bytes(), b.to_ne_bytes());
        i32::from_ne_bytes([a, b, c, d])
    })
}

impl Layer {
    /// How long a row of the product is: the outputs, rounded up.
    #[inline]
    pub(crate) fn width(&self) -> usize {
        self.bias.len()
    }

    /// How many outputs there are.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// The bias plus the product with every row, after [`Rows::interleave`].
    #[inline(always)]
    pub(crate) fn apply<S: Simd>(&self, simd: S, x: &Rows, y: &mut Vec<f32>) {
        let (pairs, width) = (self.pairs, self.width());
        let count = x.data.len() / x.width;
        y.clear();
        for _ in 0..count {
            y.extend_from_slice(&self.bias);
        }
        let fours = count / ROWS * ROWS;
        let (y, rest) = y.split_at_mut(fours * width);
        for (x, y) in x.fours.chunks_exact(pairs).zip(y.chunks_exact_mut(ROWS * width)) {
            for (panel, (weights, steps)) in self.weights.chunks_exact(pairs).zip(&self.steps).enumerate() {
                let sums = product_of_four(simd, x, weights);
                for (sums, y) in sums.into_iter().zip(y.chunks_exact_mut(width)) {
                    add(simd, sums, steps, panel, y);
                }
            }
        }
        for (x, y) in x.data[fours * x.width..].chunks_exact(x.width).zip(rest.chunks_exact_mut(width)) {
            self.add_one(simd, x, y);
        }
    }

    /// Adds the product with one row, without the bias.
    #[inline(always)]
    pub(crate) fn add_one<S: Simd>(&self, simd: S, x: &[i16], y: &mut [f32]) {
        // Three panels at a time, so that the numbers of the row are loaded once for all of them.
        let threes = self.weights.chunks_exact(3 * self.pairs);
        let rest = threes.remainder();
        let mut panel = 0;
        for three in threes {
            for (sums, steps) in product_with_three(simd, x, three).into_iter().zip(&self.steps[panel..]) {
                add(simd, sums, steps, panel, y);
                panel += 1;
            }
        }
        for (weights, steps) in rest.chunks_exact(self.pairs).zip(&self.steps[panel..]) {
            let mut sums = i32x8::splat(simd, 0);
            for (x, weights) in pairs(x).zip(weights) {
                sums += product(simd, x, weights);
            }
            add(simd, sums, steps, panel, y);
            panel += 1;
        }
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
        let mut layer = Self { pairs: inputs.div_ceil(2), outputs, ..Self::default() };
        let (mut rows, mut steps) = (Vec::new(), Vec::new());
        for _ in 0..outputs {
            steps.push(reader.float()? / unit);
            rows.push(reader.bytes(inputs)?);
        }
        let weight = |output: usize, input: usize| {
            rows.get(output).and_then(|row| row.get(input)).map_or(0, |&byte| i16::from(byte as i8))
        };
        for first in (0..outputs).step_by(PANEL) {
            for pair in 0..layer.pairs {
                let place = |place: usize| weight(first + place / 2, pair * 2 + place % 2);
                layer.weights.push(Weights(std::array::from_fn(place)));
            }
            layer.steps.push(std::array::from_fn(|place| steps.get(first + place).copied().unwrap_or(0.0)));
        }
        layer.bias = vec![0.0; outputs.next_multiple_of(PANEL)];
        if biased {
            for bias in &mut layer.bias[..outputs] {
                *bias = reader.float()?;
            }
        }
        Ok(layer)
    }
}

/// The product of four rows with a panel; all sums stay in registers.
#[inline(always)]
fn product_of_four<S: Simd>(simd: S, x: &[[i32; ROWS]], weights: &[Weights]) -> [i32x8<S>; ROWS] {
    let mut sums = [i32x8::splat(simd, 0); ROWS];
    for (x, weights) in x.iter().zip(weights) {
        sums[0] += product(simd, x[0], weights);
        sums[1] += product(simd, x[1], weights);
        sums[2] += product(simd, x[2], weights);
        sums[3] += product(simd, x[3], weights);
    }
    sums
}

/// The product of a row with three panels.
#[inline(always)]
fn product_with_three<S: Simd>(simd: S, x: &[i16], weights: &[Weights]) -> [i32x8<S>; 3] {
    let (first, rest) = weights.split_at(weights.len() / 3);
    let (second, third) = rest.split_at(first.len());
    let mut sums = [i32x8::splat(simd, 0); 3];
    for (((x, first), second), third) in pairs(x).zip(first).zip(second).zip(third) {
        sums[0] += product(simd, x, first);
        sums[1] += product(simd, x, second);
        sums[2] += product(simd, x, third);
    }
    sums
}

/// The product of one pair.
#[inline(always)]
fn product<S: Simd>(simd: S, x: i32, weights: &Weights) -> i32x8<S> {
    let x: i16x16<S> = i32x8::splat(simd, x).bitcast();
    x.pairwise_dot_product(i16x16::from_slice(simd, &weights.0))
}

/// Adds what the sums of a panel are worth.
#[inline(always)]
fn add<S: Simd>(simd: S, sums: i32x8<S>, steps: &[f32; PANEL], panel: usize, y: &mut [f32]) {
    let y = &mut y[panel * PANEL..(panel + 1) * PANEL];
    let worth = simd.cvt_f32_i32x8(sums) * f32x8::from_slice(simd, steps);
    (f32x8::from_slice(simd, y) + worth).store_slice(y);
}
