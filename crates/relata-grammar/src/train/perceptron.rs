//! The averaged perceptron (Collins 2002) that trains every linear model of this crate.

use rustc_hash::FxHashMap;

use crate::linear::Row;

/// Weights being learnt; the final ones are averages over all steps.
#[derive(Debug)]
pub(crate) struct Perceptron {
    classes: usize,
    index: FxHashMap<u32, u32>,
    rows: Vec<Vec<Weight>>,
    step: u32,
}

#[derive(Clone, Copy, Debug)]
struct Weight {
    class: u16,
    updates: u16,
    stamp: u32,
    value: f32,
    total: f64,
}

/// What is cut from a model to make it small.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pruning {
    /// A class of a feature changed less often than this is left out.
    pub(crate) least_updates: u16,
    /// A quantised weight nearer to zero than this is left out.
    pub(crate) least_weight: i8,
}

impl Perceptron {
    pub(crate) fn new(classes: usize) -> Self {
        Self { classes, index: FxHashMap::default(), rows: Vec::new(), step: 1 }
    }

    /// Scores all classes with the weights of this moment.
    pub(crate) fn score(&self, features: &[u32], scores: &mut Vec<f32>) {
        scores.clear();
        scores.resize(self.classes, 0.0);
        for key in features {
            if let Some(&row) = self.index.get(key) {
                for weight in &self.rows[row as usize] {
                    scores[usize::from(weight.class)] += weight.value;
                }
            }
        }
    }

    /// Counts a step, for the average.
    pub(crate) fn tick(&mut self) {
        self.step += 1;
    }

    /// Changes the weight of a class for all these features.
    pub(crate) fn update(&mut self, features: &[u32], class: usize, delta: f32) {
        for &key in features {
            let row = *self.index.entry(key).or_insert_with(|| {
                self.rows.push(Vec::new());
                self.rows.len() as u32 - 1
            });
            let row = &mut self.rows[row as usize];
            let class = class as u16;
            let place = row.iter().position(|weight| weight.class == class).unwrap_or_else(|| {
                row.push(Weight { class, updates: 0, stamp: self.step, value: 0.0, total: 0.0 });
                row.len() - 1
            });
            let weight = &mut row[place];
            weight.total += f64::from(weight.value) * f64::from(self.step - weight.stamp);
            weight.stamp = self.step;
            weight.value += delta;
            weight.updates = weight.updates.saturating_add(1);
        }
    }

    /// The averaged weights in eight bits, sorted by feature.
    pub(crate) fn rows(&self, pruning: Pruning) -> Vec<Row> {
        let average = |weight: &Weight| {
            (weight.total + f64::from(weight.value) * f64::from(self.step - weight.stamp)) / f64::from(self.step)
        };
        let mut sizes: Vec<f64> = self.rows.iter().flatten().map(|weight| average(weight).abs()).collect();
        if sizes.is_empty() {
            return Vec::new();
        }
        // One weight in two thousand is clipped: a few outliers would cost all the others their precision.
        let clip = sizes.len() - 1 - sizes.len() / 2000;
        let (_, &mut largest, _) = sizes.select_nth_unstable_by(clip, f64::total_cmp);
        let scale = 127.0 / largest.max(1e-9);
        let mut keys: Vec<(u32, u32)> = self.index.iter().map(|(&key, &row)| (key, row)).collect();
        keys.sort_unstable();
        let mut rows = Vec::new();
        for (key, row) in keys {
            let mut weights: Vec<(u16, i8)> = self.rows[row as usize]
                .iter()
                .filter(|weight| weight.updates >= pruning.least_updates)
                .map(|weight| (weight.class, (average(weight) * scale).round().clamp(-127.0, 127.0) as i8))
                .filter(|&(_, weight)| weight.unsigned_abs() >= pruning.least_weight.unsigned_abs().max(1))
                .collect();
            weights.sort_unstable();
            if !weights.is_empty() {
                rows.push((key, weights));
            }
        }
        rows
    }
}

/// A generator of repeatable "random" numbers (splitmix64), to shuffle sentences with.
#[derive(Debug)]
pub(crate) struct Shuffler(pub(crate) u64);

impl Shuffler {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = (self.next() % (last as u64 + 1)) as usize;
            items.swap(last, other);
        }
    }
}
