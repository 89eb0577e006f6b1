//! The optimiser: Adam (Kingma and Ba 2015), lazy for embedding rows.

use super::gradient::Gradient;
use crate::parser::network::{INPUTS, Network};

/// Running means of slopes and of their squares.
#[derive(Debug)]
pub(crate) struct Adam {
    mean: Network,
    square: Network,
    step: i32,
}

const DECAY: f32 = 0.9;
const SQUARE_DECAY: f32 = 0.98;

impl Adam {
    pub(crate) fn new(network: &Network) -> Self {
        let mut zero = network.clone();
        for matrix in &mut zero.matrices {
            matrix.data.fill(0.0);
        }
        Self { mean: zero.clone(), square: zero, step: 0 }
    }

    /// Changes the network by one batch of `words` words.
    pub(crate) fn apply(&mut self, network: &mut Network, gradient: &mut Gradient, words: usize, rate: f32) {
        self.step += 1;
        let mut norm = 0.0;
        for table in 0..INPUTS {
            gradient.touched[table].sort_unstable();
            gradient.touched[table].dedup();
            for &row in &gradient.touched[table] {
                norm += gradient.network.matrices[table].row(row as usize).iter().map(|x| x * x).sum::<f32>();
            }
        }
        for matrix in &gradient.network.matrices[INPUTS..] {
            norm += matrix.data.iter().map(|x| x * x).sum::<f32>();
        }
        let norm = norm.sqrt() / words as f32;
        let factor = (1.0 / words as f32) * if norm > 2.0 { 2.0 / norm } else { 1.0 };
        let rate = rate * (1.0 - SQUARE_DECAY.powi(self.step)).sqrt() / (1.0 - DECAY.powi(self.step));
        let change = |value: &mut [f32], slope: &[f32], mean: &mut [f32], square: &mut [f32]| {
            for (((value, slope), mean), square) in value.iter_mut().zip(slope).zip(mean).zip(square) {
                let slope = slope * factor;
                *mean = DECAY * *mean + (1.0 - DECAY) * slope;
                *square = SQUARE_DECAY * *square + (1.0 - SQUARE_DECAY) * slope * slope;
                *value -= rate * *mean / (square.sqrt() + 1e-8);
            }
        };
        for (index, matrix) in network.matrices.iter_mut().enumerate() {
            let slopes = &gradient.network.matrices[index];
            let (mean, square) = (&mut self.mean.matrices[index], &mut self.square.matrices[index]);
            if index < INPUTS {
                for &row in &gradient.touched[index] {
                    let row = row as usize;
                    change(matrix.row_mut(row), slopes.row(row), mean.row_mut(row), square.row_mut(row));
                }
            } else {
                change(&mut matrix.data, &slopes.data, &mut mean.data, &mut square.data);
            }
        }
    }
}
