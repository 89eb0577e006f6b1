//! What all documents show, added up.

use std::sync::Arc;

use indexmap::IndexMap;
use relata_model::Language;
use rustc_hash::FxHashMap;

use super::look::{Cue, Look, Sighting, add_counts};
use super::{Suggester, Suggestion, settle};

/// Adds up what documents show, in their order.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub(super) names: IndexMap<String, Seen>,
    pub(super) small: FxHashMap<u64, u32>,
    documents: u32,
}

/// A place where a name stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The document.
    pub document: Arc<str>,
    /// Counted from 1.
    pub line: usize,
    /// The words around it, in one line.
    pub text: String,
}

/// What is known of a name so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// Where its capitals are its own.
    pub(super) inside: u32,
    /// At the start of a sentence.
    pub(super) first: u32,
    /// Between quotation marks of its own.
    pub(super) quoted: u32,
    pub(super) documents: u32,
    /// The number of the last document, counted from 1.
    last: u32,
    pub(super) languages: Vec<(Option<Language>, u32)>,
    /// Each with how often it was seen.
    pub(super) cues: Vec<(Cue, u32)>,
    pub(super) passages: Vec<Passage>,
    pub(super) acronym: Option<String>,
    /// Spellings that were brought together under the name, it itself not among them.
    pub(super) spellings: Vec<String>,
}

/// How many passages are kept.
const PASSAGES: usize = 3;

impl Tally {
    /// Adds a document.
    pub fn add(&mut self, look: Look) {
        self.documents += 1;
        let document: Arc<str> = look.document.into();
        for sighting in look.sightings {
            let Sighting { name, first, quoted, line, passage, cues, acronym } = sighting;
            let seen = self.names.entry(name).or_default();
            let kind = if quoted {
                &mut seen.quoted
            } else if first {
                &mut seen.first
            } else {
                &mut seen.inside
            };
            *kind += 1;
            let new = seen.last != self.documents;
            seen.documents += u32::from(new);
            seen.last = self.documents;
            if seen.passages.len() < PASSAGES && (new || seen.passages.is_empty()) {
                seen.passages.push(Passage { document: Arc::clone(&document), line, text: passage });
            }
            count(&mut seen.languages, look.language, 1);
            for cue in cues {
                count(&mut seen.cues, cue, 1);
            }
            seen.acronym = seen.acronym.take().or(acronym);
        }
        add_counts(&mut self.small, look.small);
    }

    /// The names that are worth a look, those for which most speaks first: at most `most`, each seen at least `least` times.
    pub fn finish(self, suggester: &Suggester<'_>, most: usize, least: u32) -> Vec<Suggestion> {
        settle::settle(self, suggester, most, least)
    }

    /// How often a word stands in small letters.
    pub(super) fn in_small_letters(&self, word: &str) -> u32 {
        self.small.get(&super::look::key(word)).copied().unwrap_or_default()
    }
}

impl Seen {
    pub(super) fn total(&self) -> u32 {
        self.inside + self.first + self.quoted
    }

    /// Adds what is known of another spelling of the same name. Documents that have both count twice: what is added was mostly
    /// seen elsewhere, and nobody keeps the list.
    pub(super) fn take_over(&mut self, other: Self) {
        self.inside += other.inside;
        self.first += other.first;
        self.quoted += other.quoted;
        self.documents = self.documents.max(other.documents).max(u32::try_from(self.distinct(&other)).unwrap_or(0));
        other.languages.into_iter().for_each(|(language, times)| count(&mut self.languages, language, times));
        other.cues.into_iter().for_each(|(cue, times)| count(&mut self.cues, cue, times));
        for passage in other.passages {
            let shown = self.passages.iter().any(|known| known.document == passage.document);
            if self.passages.len() < PASSAGES && !shown {
                self.passages.push(passage);
            }
        }
        self.acronym = self.acronym.take().or(other.acronym);
        self.spellings.extend(other.spellings);
    }

    /// How many documents the passages of both are of.
    fn distinct(&self, other: &Self) -> usize {
        let mut documents: Vec<&str> =
            self.passages.iter().chain(&other.passages).map(|passage| &*passage.document).collect();
        documents.sort_unstable();
        documents.dedup();
        documents.len()
    }
}

fn count<T: PartialEq>(counts: &mut Vec<(T, u32)>, what: T, times: u32) {
    match counts.iter_mut().find(|(known, _)| *known == what) {
        Some((_, count)) => *count += times,
        None => counts.push((what, times)),
    }
}
