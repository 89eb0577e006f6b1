//! Which judgements hold, and where they speak against each other.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use relata_model::{Diagnostic, EntityId, LoadError};

use super::{Entry, Journal, Judgement, PlacedEntry, Verdict};

/// The judgements in force, free of contradiction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgements {
    /// By id, no two alike.
    lines: Vec<PlacedEntry>,
}

impl Judgements {
    /// What holds of journals taken together, whatever their order and that of their lines: a line holds unless one that holds
    /// undoes it. The same line twice counts once.
    ///
    /// # Errors
    /// An undoing of a line that is not there; a contradiction, with all the lines that make it.
    pub fn of(journals: &[Journal]) -> Result<Self, LoadError> {
        let mut by_id: BTreeMap<&str, &PlacedEntry> = BTreeMap::new();
        for line in journals.iter().flat_map(|journal| &journal.lines) {
            by_id.entry(&line.id).or_insert(line);
        }
        let mut faults = Vec::new();
        for line in by_id.values() {
            if let Entry::Undone { line: undone, .. } = &line.entry
                && !by_id.contains_key(undone.as_str())
            {
                faults.push(fault(line, format!("\"{undone}\" is the id of no line: there is nothing to undo")));
            }
        }
        let undone = undone(&by_id);
        let holds = |line: &&PlacedEntry| matches!(line.entry, Entry::Judged(_)) && !undone.contains(line.id.as_str());
        let lines: Vec<PlacedEntry> = by_id.values().copied().filter(holds).cloned().collect();
        let judgements = Self { lines };
        judgements.contradictions(&mut faults);
        faults.sort();
        if faults.is_empty() { Ok(judgements) } else { Err(LoadError(faults)) }
    }

    /// The lines that hold, by id; all of them are judgements.
    pub fn lines(&self) -> &[PlacedEntry] {
        &self.lines
    }

    /// The judgements that hold, with their lines, by id.
    pub fn judgements(&self) -> impl Iterator<Item = (&Judgement, &PlacedEntry)> {
        self.lines.iter().filter_map(|line| match &line.entry {
            Entry::Judged(judgement) => Some((judgement, line)),
            Entry::Undone { .. } => None,
        })
    }

    /// Pairs of one verdict with the lines that say so, by entity.
    pub fn pairs(&self, verdict: Verdict) -> BTreeMap<(&EntityId, &EntityId), Vec<&PlacedEntry>> {
        let mut pairs: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (judgement, line) in self.judgements().filter(|(judgement, _)| judgement.verdict == verdict) {
            let (one, other) = (&judgement.one, &judgement.other);
            pairs.entry((one.min(other), one.max(other))).or_default().push(line);
        }
        pairs
    }

    /// Entities that are the same, at least two together, by the first of them.
    pub fn classes(&self) -> Vec<BTreeSet<&EntityId>> {
        let neighbours = self.neighbours();
        let mut seen: BTreeSet<&EntityId> = BTreeSet::new();
        let mut classes = Vec::new();
        for first in neighbours.keys() {
            if seen.contains(first) {
                continue;
            }
            let mut class = BTreeSet::from([*first]);
            let mut open = vec![*first];
            while let Some(one) = open.pop() {
                open.extend(neighbours[one].keys().copied().filter(|other| class.insert(other)));
            }
            seen.extend(&class);
            classes.push(class);
        }
        classes
    }

    /// For each entity, those judged the same as it directly, and by which lines.
    fn neighbours(&self) -> BTreeMap<&EntityId, BTreeMap<&EntityId, Vec<&PlacedEntry>>> {
        let mut neighbours: BTreeMap<_, BTreeMap<_, Vec<_>>> = BTreeMap::new();
        for ((one, other), lines) in self.pairs(Verdict::Same) {
            neighbours.entry(one).or_default().insert(other, lines.clone());
            neighbours.entry(other).or_default().insert(one, lines);
        }
        neighbours
    }

    /// Pairs judged different that a chain of "same" makes one.
    fn contradictions(&self, faults: &mut Vec<Diagnostic>) {
        let neighbours = self.neighbours();
        for ((one, other), against) in self.pairs(Verdict::Different) {
            let Some(chain) = chain(&neighbours, one, other) else { continue };
            let chain: Vec<&PlacedEntry> = chain.into_iter().flatten().copied().collect();
            let told = |lines: &[&PlacedEntry]| {
                let lines: Vec<String> = lines.iter().map(|line| format!("\n    {}", Told(line))).collect();
                lines.concat()
            };
            let message = format!(
                "\"{one}\" and \"{other}\" are judged different{}\n  and yet the same{}\n  undo one of these lines: relata gazetteer undo ID",
                told(&against),
                told(&chain)
            );
            faults.push(fault(against[0], message));
        }
    }
}

/// A line as a message shows it.
pub(crate) struct Told<'l>(pub(crate) &'l PlacedEntry);

impl std::fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let PlacedEntry { entry, id, place } = self.0;
        let signature = match entry {
            Entry::Judged(Judgement { one, verdict, other, signature }) => {
                write!(f, "{}:{}: {id} {one} {verdict} {other}", place.file, place.line)?;
                signature
            }
            Entry::Undone { line, signature } => {
                write!(f, "{}:{}: {id} undo {line}", place.file, place.line)?;
                signature
            }
        };
        write!(f, " ({}, {}: {})", signature.by, signature.at, signature.why)
    }
}

impl std::fmt::Display for PlacedEntry {
    /// `judgements.jsonl:3: 9f86d081884c7d65 sber same sberbank (Ana, 2026-11-20T10:00:00Z: rebranded)`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Told(self).fmt(f)
    }
}

pub(crate) fn fault(line: &PlacedEntry, message: String) -> Diagnostic {
    Diagnostic { file: line.place.file.to_string(), line: line.place.line, column: 1, message }
}

/// The ids of lines that an undoing in force undoes.
///
/// An undoing names a digest, so none can undo itself, however many stand between; a chain may be as long as the journal, so it
/// is followed without recursion.
fn undone<'l>(by_id: &BTreeMap<&'l str, &'l PlacedEntry>) -> BTreeSet<&'l str> {
    let mut undoings: BTreeMap<&str, Vec<&'l str>> = BTreeMap::new();
    for line in by_id.values() {
        if let Entry::Undone { line: undone, .. } = &line.entry {
            undoings.entry(undone).or_default().push(&line.id);
        }
    }
    let mut settled: BTreeMap<&'l str, bool> = BTreeMap::new();
    for &first in by_id.keys() {
        let mut open = vec![first];
        while let Some(&id) = open.last() {
            let of = undoings.get(id).map_or(&[][..], Vec::as_slice);
            match of.iter().find(|undoing| !settled.contains_key(**undoing)) {
                Some(undoing) if !settled.contains_key(id) => open.push(undoing),
                _ => {
                    let is_undone = of.iter().any(|undoing| !settled[undoing]);
                    settled.insert(id, is_undone);
                    open.pop();
                }
            }
        }
    }
    settled.into_iter().filter(|(_, is_undone)| *is_undone).map(|(id, _)| id).collect()
}

/// The shortest chain from one entity to another, each link with the lines that make it.
fn chain<'a, 'l>(
    neighbours: &'a BTreeMap<&'l EntityId, BTreeMap<&'l EntityId, Vec<&'l PlacedEntry>>>,
    from: &'l EntityId,
    to: &'l EntityId,
) -> Option<Vec<&'a Vec<&'l PlacedEntry>>> {
    let mut came_from: BTreeMap<&EntityId, &EntityId> = BTreeMap::new();
    let mut open = VecDeque::from([from]);
    while let Some(one) = open.pop_front() {
        if one == to {
            let mut links = Vec::new();
            let mut at = to;
            while at != from {
                let before = came_from[at];
                links.push(&neighbours[before][at]);
                at = before;
            }
            links.reverse();
            return Some(links);
        }
        for other in neighbours.get(one).into_iter().flat_map(BTreeMap::keys) {
            if *other != from && !came_from.contains_key(other) {
                came_from.insert(other, one);
                open.push_back(other);
            }
        }
    }
    None
}
