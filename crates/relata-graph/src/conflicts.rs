//! What documents say that cannot all be so: both sides with their passages, no judgement.

use std::collections::BTreeMap;

use relata_model::{Date, EntityId, Modality, Schema};

use crate::{KnowledgeGraph, SourcedEvidence, StatementEdge};

/// Two statements that speak against each other.
#[derive(Clone, Debug)]
pub struct Conflict<'g> {
    /// In which way.
    pub kind: ConflictKind,
    /// The one that comes first in the graph.
    pub one: Side<'g>,
    /// The other.
    pub other: Side<'g>,
}

/// One of two statements, and the passage to show.
#[derive(Clone, Debug)]
pub struct Side<'g> {
    /// The statement.
    pub statement: &'g StatementEdge,
    /// The passage that makes the conflict.
    pub evidence: &'g SourcedEvidence,
}

/// In which way two statements speak against each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConflictKind {
    /// One says that it is so, the other that it is not.
    Denied,
    /// One says that it is so, the other that it is over. That need not be a contradiction: look at the dates.
    Ended,
    /// Two hold a post at one time that has one holder; the words of the post.
    TwoHolders(String),
    /// Two predicates that exclude each other, by the schema.
    Exclusive,
}

impl ConflictKind {
    /// The word for it in JSON.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Ended => "ended",
            Self::TwoHolders(_) => "two-holders",
            Self::Exclusive => "exclusive",
        }
    }
}

/// The first and the last day, as ISO 8601.
type Days = (String, String);

impl KnowledgeGraph {
    /// Everything that speaks against something else, in the order of the statements.
    ///
    /// A document's own words and those that it reports count alike: whoever reads the two passages sees who says what.
    pub fn conflicts(&self) -> Vec<Conflict<'_>> {
        let statements: Vec<&StatementEdge> = self.statements().collect();
        let mut places: BTreeMap<(&EntityId, &EntityId), Vec<usize>> = BTreeMap::new();
        for (place, one) in statements.iter().enumerate() {
            let ends =
                if one.subject <= one.object { (&one.subject, &one.object) } else { (&one.object, &one.subject) };
            places.entry(ends).or_default().push(place);
        }
        let mut found: Vec<(usize, usize, Conflict<'_>)> = Vec::new();
        for between in places.values() {
            for (number, &first) in between.iter().enumerate() {
                for &second in &between[number + 1..] {
                    let (one, other) = (statements[first], statements[second]);
                    if let Some(kind) = contradiction(one, other, self.schema()) {
                        found.push((first, second, conflict(kind, one, other)));
                    }
                }
            }
        }
        found.extend(two_holders(&statements, self.schema()));
        found.sort_by_key(|(one, other, _)| (*one, *other));
        found.into_iter().map(|(.., conflict)| conflict).collect()
    }
}

fn conflict<'g>(kind: ConflictKind, one: &'g StatementEdge, other: &'g StatementEdge) -> Conflict<'g> {
    let side = |statement: &'g StatementEdge| Side { statement, evidence: statement.best_evidence() };
    Conflict { kind, one: side(one), other: side(other) }
}

/// How two statements between the same two entities speak against each other.
fn contradiction(one: &StatementEdge, other: &StatementEdge, schema: &Schema) -> Option<ConflictKind> {
    let same_way = (&one.subject, &one.object) == (&other.subject, &other.object);
    if one.relation == other.relation {
        return match (same_way, one.modality, other.modality) {
            (true, Modality::Asserted, Modality::Negated) | (true, Modality::Negated, Modality::Asserted) => {
                Some(ConflictKind::Denied)
            }
            (true, Modality::Asserted, Modality::Ended) | (true, Modality::Ended, Modality::Asserted) => {
                Some(ConflictKind::Ended)
            }
            _ => None,
        };
    }
    let infos = [&one.relation, &other.relation].map(|relation| schema.relation_info(relation));
    let exclude = infos[0].excludes.contains(&other.relation) || infos[1].excludes.contains(&one.relation);
    let same_way = same_way || infos.iter().any(|info| info.symmetric);
    let both_asserted = one.modality == Modality::Asserted && other.modality == Modality::Asserted;
    (exclude && same_way && both_asserted).then_some(ConflictKind::Exclusive)
}

/// Who else holds a post that has one holder, at a time at which both are said to hold it.
fn two_holders<'g>(statements: &[&'g StatementEdge], schema: &Schema) -> Vec<(usize, usize, Conflict<'g>)> {
    // By post and where it is held: for each holder, the statement and when it is said to hold.
    type Holders<'g> = BTreeMap<usize, Vec<(Days, &'g SourcedEvidence)>>;
    let mut posts: BTreeMap<(usize, &EntityId), (String, Holders<'g>)> = BTreeMap::new();
    for (place, one) in statements.iter().enumerate() {
        let single = &schema.relation_info(&one.relation).single_roles;
        if single.is_empty() || one.modality != Modality::Asserted {
            continue;
        }
        for evidence in &one.evidence {
            let Some(role) = evidence.record.role.as_deref().map(str::to_lowercase) else { continue };
            let post = single.iter().position(|words| words.contains(&role));
            if let (Some(post), Some(days)) = (post, days(evidence)) {
                let (_, holders) = posts.entry((post, &one.object)).or_insert_with(|| (role, Holders::new()));
                holders.entry(place).or_default().push((days, evidence));
            }
        }
    }
    let mut found = Vec::new();
    for (role, holders) in posts.into_values() {
        let holders: Vec<(usize, Vec<(Days, &SourcedEvidence)>)> = holders.into_iter().collect();
        for (number, (first, of_first)) in holders.iter().enumerate() {
            for (second, of_second) in &holders[number + 1..] {
                let (one, other) = (statements[*first], statements[*second]);
                if one.subject == other.subject {
                    continue;
                }
                if let Some((mine, theirs)) = at_one_time(of_first, of_second) {
                    let kind = ConflictKind::TwoHolders(role.clone());
                    let one = Side { statement: one, evidence: mine };
                    let other = Side { statement: other, evidence: theirs };
                    found.push((*first, *second, Conflict { kind, one, other }));
                }
            }
        }
    }
    found
}

/// When a passage says that it holds: its period, else the date of its document; `None` when nobody says.
fn days(evidence: &SourcedEvidence) -> Option<Days> {
    if let Some(period) = evidence.record.time {
        let from = period.from.map_or_else(|| "0000".to_owned(), Date::first_day);
        let to = period.to.map_or_else(|| "9999".to_owned(), Date::last_day);
        return Some((from, to));
    }
    evidence.document.date.map(|date| (date.first_day(), date.last_day()))
}

/// Two passages that show that the spans of time, from the first saying to the last, overlap.
fn at_one_time<'g>(
    one: &[(Days, &'g SourcedEvidence)],
    other: &[(Days, &'g SourcedEvidence)],
) -> Option<(&'g SourcedEvidence, &'g SourcedEvidence)> {
    let span = |passages: &[(Days, &'g SourcedEvidence)]| {
        let first = passages.iter().map(|((from, _), _)| from.clone()).min()?;
        let last = passages.iter().map(|((_, to), _)| to.clone()).max()?;
        Some((first, last))
    };
    let (mine, theirs) = (span(one)?, span(other)?);
    let overlap = mine.0 <= theirs.1 && theirs.0 <= mine.1;
    let within = |passages: &[(Days, &'g SourcedEvidence)], days: &Days| {
        let inside = passages.iter().find(|((from, to), _)| *from <= days.1 && days.0 <= *to);
        inside.or(passages.first()).map(|(_, evidence)| *evidence)
    };
    overlap.then(|| Some((within(one, &theirs)?, within(other, &mine)?))).flatten()
}
