//! Which documents are near-copies of each other, and how many origins a statement has.

use std::collections::BTreeMap;
use std::sync::Arc;

use relata_model::{DocumentName, Sketch};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{SourceDocument, SourcedEvidence};

/// From which share of common runs of words on two texts are one. A dispatch cut by a third still has two thirds of its runs.
const NEAR: f64 = 0.5;
/// With how many documents that share a hash each is compared at most, so that a phrase that all have costs no more than
/// another. Copies chain: each needs only one other.
const COMPARED: usize = 8;
/// How many words a sentence needs so that two who write it did not do so by chance.
const SENTENCE_WORDS: usize = 8;

/// The first by name of the near-copies of each document, where that is another document.
pub(crate) fn near_copies(sketches: &BTreeMap<DocumentName, Sketch>) -> BTreeMap<DocumentName, DocumentName> {
    let documents: Vec<(&DocumentName, &Sketch)> = sketches.iter().collect();
    let mut groups = Groups::new(documents.len());
    let mut latest: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    let mut compared = FxHashSet::default();
    for (place, (_, sketch)) in documents.iter().enumerate() {
        compared.clear();
        for hash in sketch.hashes() {
            let with_it = latest.entry(*hash).or_default();
            for &other in with_it.iter() {
                if compared.insert(other) && sketch.resemblance(documents[other].1) >= NEAR {
                    groups.join(place, other);
                }
            }
            if with_it.len() == COMPARED {
                with_it.remove(0);
            }
            with_it.push(place);
        }
    }
    let firsts = (0..documents.len()).map(|place| (place, groups.first(place))).filter(|(place, first)| place != first);
    firsts.map(|(place, first)| (documents[place].0.clone(), documents[first].0.clone())).collect()
}

/// How many origins the passages of a statement have: near-copies, copies of one agency and those who write the very same
/// sentence count once.
pub(crate) fn count_origins(evidence: &[SourcedEvidence]) -> usize {
    if evidence.iter().all(|one| one.document.name == evidence[0].document.name) {
        return 1;
    }
    let mut documents: Vec<&Arc<SourceDocument>> = Vec::new();
    let mut marks: BTreeMap<String, usize> = BTreeMap::new();
    let mut links: Vec<(usize, usize)> = Vec::new();
    for one in evidence {
        // Passages come by document.
        if documents.last().is_none_or(|last| last.name != one.document.name) {
            documents.push(&one.document);
            let document = &one.document;
            let place = documents.len() - 1;
            let origin = document.copy_of.as_ref().unwrap_or(&document.name);
            let agency = document.agency.map(|agency| format!("agency {agency:?}"));
            for mark in [Some(format!("text {origin}")), agency].into_iter().flatten() {
                links.push((place, *marks.entry(mark).or_insert(place)));
            }
        }
        let place = documents.len() - 1;
        let words: Vec<String> = one.record.text.split_whitespace().map(str::to_lowercase).collect();
        if words.len() >= SENTENCE_WORDS {
            links.push((place, *marks.entry(format!("sentence {}", words.join(" "))).or_insert(place)));
        }
    }
    let mut groups = Groups::new(documents.len());
    for (one, other) in links {
        groups.join(one, other);
    }
    (0..documents.len()).filter(|&place| groups.first(place) == place).count()
}

/// Places in groups; each group is named by its smallest place.
struct Groups(Vec<usize>);

impl Groups {
    fn new(size: usize) -> Self {
        Self((0..size).collect())
    }

    fn first(&mut self, mut place: usize) -> usize {
        while self.0[place] != place {
            self.0[place] = self.0[self.0[place]];
            place = self.0[place];
        }
        place
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first(one), self.first(other));
        self.0[one.max(other)] = one.min(other);
    }
}
