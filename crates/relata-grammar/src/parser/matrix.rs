//! The little linear algebra that the network needs, in one fixed order of operations: the same bytes on every machine.

/// A matrix by rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Matrix {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) data: Vec<f32>,
}

impl Matrix {
    pub(crate) fn zeros(rows: usize, columns: usize) -> Self {
        Self { rows, columns, data: vec![0.0; rows * columns] }
    }

    #[inline]
    pub(crate) fn row(&self, row: usize) -> &[f32] {
        &self.data[row * self.columns..(row + 1) * self.columns]
    }

    #[inline]
    pub(crate) fn row_mut(&mut self, row: usize) -> &mut [f32] {
        &mut self.data[row * self.columns..(row + 1) * self.columns]
    }
}

/// `y += x W`, for one row `x`; `W` has at least as many rows as `x` has numbers.
#[inline]
pub(crate) fn add_product(x: &[f32], w: &Matrix, y: &mut [f32]) {
    let columns = w.columns;
    let y = &mut y[..columns];
    let whole = x.len() / 4 * 4;
    for (four, block) in x[..whole].chunks_exact(4).zip(w.data.chunks_exact(4 * columns)) {
        let (w0, rest) = block.split_at(columns);
        let (w1, rest) = rest.split_at(columns);
        let (w2, w3) = rest.split_at(columns);
        let (x0, x1, x2, x3) = (four[0], four[1], four[2], four[3]);
        for ((((y, w0), w1), w2), w3) in y.iter_mut().zip(w0).zip(w1).zip(w2).zip(w3) {
            *y += (x0 * w0 + x1 * w1) + (x2 * w2 + x3 * w3);
        }
    }
    for (index, &value) in x.iter().enumerate().skip(whole) {
        add_scaled(value, w.row(index), y);
    }
}

/// `y = x W + b` for every row of `x`; the last row of `W` is `b`.
pub(crate) fn affine(x: &[f32], w: &Matrix, y: &mut Vec<f32>) {
    let inputs = w.rows - 1;
    let count = x.len() / inputs;
    y.clear();
    y.reserve(count * w.columns);
    for row in x.chunks_exact(inputs) {
        let start = y.len();
        y.extend_from_slice(w.row(inputs));
        add_product(row, w, &mut y[start..]);
    }
}

/// `y += factor * x`.
#[inline]
pub(crate) fn add_scaled(factor: f32, x: &[f32], y: &mut [f32]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += factor * x;
    }
}

/// The inner product, in eight lanes.
#[inline(always)]
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 8];
    let ((whole_a, rest_a), (whole_b, rest_b)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let rest: f32 = rest_a.iter().zip(rest_b).map(|(a, b)| a * b).sum();
    for (a, b) in whole_a.iter().zip(whole_b) {
        for lane in 0..8 {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    let fours = [lanes[0] + lanes[4], lanes[1] + lanes[5], lanes[2] + lanes[6], lanes[3] + lanes[7]];
    ((fours[0] + fours[2]) + (fours[1] + fours[3])) + rest
}

/// The exponential, to about six digits; written out so that it is the same everywhere.
#[inline]
pub(crate) fn exp(x: f32) -> f32 {
    const LOG2_E: f32 = std::f32::consts::LOG2_E;
    let scaled = x.clamp(-80.0, 80.0) * LOG2_E;
    // Adding and taking away 1.5 * 2^23 rounds to the nearest whole number.
    let magic = 12_582_912.0_f32;
    let shifted = scaled + magic;
    let whole = shifted - magic;
    let part = (scaled - whole) * std::f32::consts::LN_2;
    let series =
        1.0 + part * (1.0 + part * (0.5 + part * (1.666_666_7e-1 + part * (4.166_666_6e-2 + part * 8.333_334e-3))));
    let exponent = (shifted.to_bits() << 23).wrapping_add(0x3f80_0000);
    series * f32::from_bits(exponent)
}

#[inline]
pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

#[inline]
pub(crate) fn tanh(x: f32) -> f32 {
    2.0 / (1.0 + exp(-2.0 * x)) - 1.0
}

/// [`tanh`] to four digits, at a third of its cost: for the trained network, which has but eight bits itself.
#[inline(always)]
pub(crate) fn quick_tanh(x: f32) -> f32 {
    let x = x.clamp(-4.9, 4.9);
    let square = x * x;
    let above = x * (135_135.0 + square * (17_325.0 + square * (378.0 + square)));
    let below = 135_135.0 + square * (62_370.0 + square * (3_150.0 + 28.0 * square));
    above / below
}

/// [`sigmoid`] to four digits.
#[inline(always)]
pub(crate) fn quick_sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * quick_tanh(0.5 * x)
}
