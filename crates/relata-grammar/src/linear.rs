//! A linear model over hashed features: each feature has small weights for some classes.

use crate::model::{ModelError, Reader, Writer};

/// Quantised weights, looked up by the hash of a feature.
///
/// Open addressing; a key is stored whole, so an unknown feature almost never reads another one's weights.
#[derive(Clone, Debug, Default)]
pub(crate) struct LinearModel {
    /// A bit for each feature that has weights, by other bits of its hash than those that choose its slot. Most features
    /// of a text have none; this answers for them from a hundredth of the memory.
    present: Vec<u64>,
    slots: Vec<Slot>,
    mask: u32,
    cells: Vec<Cell>,
    classes: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u32,
    start: u32,
}

/// A weight; `more` says that the next cell belongs to the same feature.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    class: u16,
    weight: i8,
    more: bool,
}

/// A feature and its weights, as trained: `(class, weight)` sorted by class.
pub(crate) type Row = (u32, Vec<(u16, i8)>);

impl LinearModel {
    /// Builds the table. `rows` are sorted by key, keys differ, no row is empty.
    pub(crate) fn new(classes: usize, rows: &[Row]) -> Self {
        let mut model = Self::with_capacity(classes, rows.len(), rows.len());
        for (key, weights) in rows {
            let start = model.cells.len() as u32;
            for (index, &(class, weight)) in weights.iter().enumerate() {
                model.cells.push(Cell { class, weight, more: index + 1 < weights.len() });
            }
            model.insert(*key, start);
        }
        model
    }

    /// An empty table with room for so many features and weights.
    fn with_capacity(classes: usize, features: usize, weights: usize) -> Self {
        let capacity = (features + features / 2).next_power_of_two().max(16);
        let mut cells = Vec::with_capacity(weights + 1);
        // The first cell of all says nothing and stands for features that are not there.
        cells.push(Cell::default());
        Self {
            present: vec![0; capacity / 8],
            slots: vec![Slot::default(); capacity],
            mask: capacity as u32 - 1,
            cells,
            classes,
        }
    }

    /// The word of [`LinearModel::present`] and the bit in it that tell of this feature.
    #[inline]
    fn present_bit(&self, key: u32) -> (usize, u32) {
        let place = key.rotate_left(16);
        ((place >> 6) as usize & (self.present.len() - 1), place & 63)
    }

    fn insert(&mut self, key: u32, start: u32) {
        let (word, bit) = self.present_bit(key);
        self.present[word] |= 1 << bit;
        let mut place = key & self.mask;
        while self.slots[place as usize].start != 0 {
            place = (place + 1) & self.mask;
        }
        self.slots[place as usize] = Slot { key, start };
    }

    /// How many classes there are.
    pub(crate) fn classes(&self) -> usize {
        self.classes
    }

    /// Scores all classes for the features, in `scores`.
    pub(crate) fn score(&self, features: &[u32], scores: &mut Vec<i32>) {
        scores.clear();
        scores.resize(self.classes, 0);
        let mut kept = [0u32; 64];
        for block in features.chunks(kept.len()) {
            let mut count = 0;
            for &key in block {
                let (word, bit) = self.present_bit(key);
                kept[count] = key;
                count += (self.present[word] >> bit & 1) as usize;
            }
            for keys in kept[..count].chunks(16) {
                self.add(keys, scores);
            }
        }
    }

    /// Adds the weights of at most sixteen features.
    #[inline]
    fn add(&self, keys: &[u32], scores: &mut [i32]) {
        // Loads that do not depend on one another come together, so that the processor waits for them once.
        let mut slots = [Slot::default(); 16];
        for (slot, &key) in slots.iter_mut().zip(keys) {
            *slot = self.slots[(key & self.mask) as usize];
        }
        let mut cells = [Cell::default(); 16];
        for ((slot, cell), &key) in slots.iter_mut().zip(&mut cells).zip(keys) {
            if slot.key != key || slot.start == 0 {
                slot.start = if slot.start == 0 { 0 } else { self.find(key) };
            }
            *cell = self.cells[slot.start as usize];
        }
        for (slot, cell) in slots.iter().zip(&cells).take(keys.len()) {
            if let Some(score) = scores.get_mut(usize::from(cell.class)) {
                *score += i32::from(cell.weight);
            }
            if cell.more {
                self.add_cells(slot.start + 1, scores);
            }
        }
    }

    /// Where the weights of a feature begin; 0 when it has none.
    fn find(&self, key: u32) -> u32 {
        let mut place = key & self.mask;
        loop {
            let slot = self.slots[place as usize];
            if slot.start == 0 || slot.key == key {
                return slot.start;
            }
            place = (place + 1) & self.mask;
        }
    }

    #[inline]
    fn add_cells(&self, start: u32, scores: &mut [i32]) {
        for cell in &self.cells[start as usize..] {
            if let Some(score) = scores.get_mut(usize::from(cell.class)) {
                *score += i32::from(cell.weight);
            }
            if !cell.more {
                return;
            }
        }
    }

    /// Reads rows as [`write_rows`] wrote them.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let classes = reader.number()? as usize;
        let count = reader.number()? as usize;
        let cells = reader.number()? as usize;
        if count > reader.remaining() || cells > reader.remaining() || classes > usize::from(u16::MAX) {
            return Err(ModelError::Damaged);
        }
        let mut model = Self::with_capacity(classes, count, cells);
        let mut key = 0u32;
        for _ in 0..count {
            key = key.wrapping_add(reader.number()?);
            let length = reader.number()?;
            if length == 0 {
                return Err(ModelError::Damaged);
            }
            let start = model.cells.len() as u32;
            for index in 0..length {
                let class = reader.number()? as u16;
                let weight = reader.byte()? as i8;
                model.cells.push(Cell { class, weight, more: index + 1 < length });
            }
            model.insert(key, start);
        }
        Ok(model)
    }
}

/// Writes rows so that they take little room: keys as differences, classes and counts in as few bytes as they need.
pub(crate) fn write_rows(classes: usize, rows: &[Row], writer: &mut Writer) {
    writer.number(classes as u32);
    writer.number(rows.len() as u32);
    writer.number(rows.iter().map(|(_, weights)| weights.len() as u32).sum());
    let mut last = 0;
    for (key, weights) in rows {
        writer.number(key - last);
        last = *key;
        writer.number(weights.len() as u32);
        for &(class, weight) in weights {
            writer.number(u32::from(class));
            writer.byte(weight as u8);
        }
    }
}
