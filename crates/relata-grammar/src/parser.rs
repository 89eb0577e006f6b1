//! From annotated words to a tree: a small recurrent network scores arcs, the best tree wins.

#![allow(
    clippy::inline_always,
    reason = "only what is inlined into the part that was compiled for a processor's instructions uses them"
)]

pub(crate) mod layer;
pub(crate) mod matrix;
pub(crate) mod network;
pub(crate) mod scorer;
pub(crate) mod spanning;

use std::{ops::Range, sync::Arc};

use rustc_hash::FxHashMap;

use crate::model::{ModelError, Reader, Writer};
use network::{INPUTS, Network, Shape};
use scorer::{Scorer, Scores};
use spanning::best_tree_of_units;

/// Finds heads and relations.
#[derive(Debug)]
pub(crate) struct Parser {
    pub(crate) relations: Relations,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) scorer: Scorer,
}

/// The relations of a treebank, sorted by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Relations {
    pub(crate) names: Vec<Arc<str>>,
    /// The number of `root`.
    pub(crate) root: usize,
    /// The number of `parataxis`, which joins the stretches of an overlong sentence.
    parataxis: usize,
}

/// What the network is told about a word, as hashes: form, lemma, last three and two letters, tag, tag with features,
/// shape.
pub(crate) type Keys = [u32; INPUTS];

/// Numbers the hashes that the network knows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    pub(crate) tables: Vec<FxHashMap<u32, u32>>,
}

/// The number of every key that the network does not know.
pub(crate) const UNKNOWN: u32 = 0;
/// The number of the artificial root.
pub(crate) const ROOT: u32 = 1;

/// Room for the work on one sentence, kept between sentences.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    ids: Vec<[u32; INPUTS]>,
    scores: Scores,
    relations: Vec<f32>,
}

impl Relations {
    pub(crate) fn new(mut names: Vec<Arc<str>>) -> Self {
        names.sort_unstable();
        names.dedup();
        let number = |wanted: &str| names.iter().position(|name| &**name == wanted).unwrap_or(0);
        let (root, parataxis) = (number("root"), number("parataxis"));
        Self { names, root, parataxis }
    }

    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.names.binary_search_by(|known| (**known).cmp(name)).ok()
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        writer.number(self.names.len() as u32);
        for name in &self.names {
            writer.text(name);
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let count = reader.number()? as usize;
        if count == 0 || count > reader.remaining() {
            return Err(ModelError::Damaged);
        }
        let mut names = Vec::with_capacity(count);
        for _ in 0..count {
            names.push(Arc::from(reader.text()?));
        }
        Ok(Self::new(names))
    }
}

impl Vocabulary {
    pub(crate) fn ids(&self, keys: &Keys) -> [u32; INPUTS] {
        std::array::from_fn(|table| self.tables[table].get(&keys[table]).copied().unwrap_or(UNKNOWN))
    }

    pub(crate) fn sizes(&self) -> [usize; INPUTS] {
        std::array::from_fn(|table| self.tables[table].len() + 2)
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        for table in &self.tables {
            let mut entries: Vec<(u32, u32)> = table.iter().map(|(&key, &id)| (key, id)).collect();
            entries.sort_unstable();
            writer.number(entries.len() as u32);
            let mut last = 0;
            // Ids rise with keys, so they need not be written.
            for (key, _) in entries {
                writer.number(key - last);
                last = key;
            }
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let mut tables = Vec::new();
        for _ in 0..INPUTS {
            let count = reader.number()?;
            if count as usize > reader.remaining() {
                return Err(ModelError::Damaged);
            }
            let mut table = FxHashMap::default();
            table.reserve(count as usize);
            let mut key = 0u32;
            for id in 0..count {
                key = key.wrapping_add(reader.number()?);
                table.insert(key, id + 2);
            }
            if table.len() != count as usize {
                return Err(ModelError::Damaged);
            }
            tables.push(table);
        }
        Ok(Self { tables })
    }
}

/// The longest stretch that is parsed at once. The cost of a stretch grows with the square of its length, so that of a
/// longer sentence grows only with its length.
const LONGEST: usize = 160;

impl Parser {
    /// The head (0 for the root, else counted from 1) and the relation of every word. `units` are words, by index, that
    /// form one name each, in rising order: only one word of a unit has its head outside, and only that one has
    /// dependents outside.
    pub(crate) fn parse(
        &self,
        words: &[Keys],
        units: &[Range<usize>],
        out: &mut Vec<(usize, usize)>,
        scratch: &mut Scratch,
    ) {
        out.clear();
        let mut top = None;
        let mut start = 0;
        while start < words.len() {
            let end = stretch_end(start, words.len(), units);
            self.parse_stretch(&words[start..end], start, units, out, scratch);
            for (head, relation) in &mut out[start..end] {
                if *head > 0 {
                    *head += start;
                } else if let Some(top) = top {
                    (*head, *relation) = (top, self.relations.parataxis);
                }
            }
            if top.is_none() {
                top = out.iter().position(|(head, _)| *head == 0).map(|root| root + 1);
            }
            start = end;
        }
    }

    fn parse_stretch(
        &self,
        words: &[Keys],
        start: usize,
        units: &[Range<usize>],
        out: &mut Vec<(usize, usize)>,
        scratch: &mut Scratch,
    ) {
        let Scratch { ids, scores, relations } = scratch;
        ids.clear();
        ids.push([ROOT; INPUTS]);
        ids.extend(words.iter().map(|keys| self.vocabulary.ids(keys)));
        self.scorer.arcs(ids, scores);
        let inside = units
            .iter()
            .filter(|unit| unit.len() > 1 && unit.start >= start && unit.end <= start + words.len())
            .map(|unit| unit.start - start + 1..unit.end - start + 1);
        let heads = best_tree_of_units(&scores.arcs, ids.len(), inside);
        self.scorer.relations(&heads, scores, relations);
        let (width, count) = self.scorer.relation_width();
        for (&head, relations) in heads.iter().zip(relations.chunks_exact_mut(width)).skip(1) {
            let relation = if head == 0 {
                self.relations.root
            } else {
                // Only the one word below the artificial root is "root".
                relations[self.relations.root] = f32::NEG_INFINITY;
                crate::tagger::best(&relations[..count])
            };
            out.push((head, relation));
        }
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let relations = Relations::read(reader)?;
        let vocabulary = Vocabulary::read(reader)?;
        let mut width = || -> Result<usize, ModelError> {
            let width = reader.number()? as usize;
            if (1..=1024).contains(&width) { Ok(width) } else { Err(ModelError::Damaged) }
        };
        let shape = Shape {
            tables: vocabulary.sizes(),
            embedding: width()?,
            hidden: width()?,
            layers: width()?,
            arc: width()?,
            label: width()?,
            relations: relations.names.len(),
        };
        let scorer = Scorer::read(&shape, reader)?;
        Ok(Self { relations, vocabulary, scorer })
    }
}

/// Where a stretch that begins at `start` ends: not inside a unit, unless that is overlong itself.
fn stretch_end(start: usize, count: usize, units: &[Range<usize>]) -> usize {
    let end = start + LONGEST;
    if end >= count {
        return count;
    }
    let first = units.partition_point(|unit| unit.end <= end);
    match units.get(first) {
        Some(unit) if unit.start < end && unit.start > start => unit.start,
        _ => end,
    }
}

/// Writes a parser in the form that [`Parser::read`] reads.
pub(crate) fn write(
    relations: &Relations,
    vocabulary: &Vocabulary,
    shape: &Shape,
    network: &Network,
    writer: &mut Writer,
) {
    relations.write(writer);
    vocabulary.write(writer);
    for width in [shape.embedding, shape.hidden, shape.layers, shape.arc, shape.label] {
        writer.number(width as u32);
    }
    Scorer::write(network, writer);
}
