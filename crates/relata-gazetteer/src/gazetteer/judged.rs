//! What judgements change: entities that are one, and pairs that are two.
//!
//! The layers stay as they are, compiled files among them: ids are exchanged where a name is found and where an entity refers to
//! another, and entities that are the same are united like those that several layers have.

use std::collections::{BTreeMap, BTreeSet};

use relata_model::{Diagnostic, Entity, EntityId, LoadError, Schema};

use super::Gazetteer;
use crate::judgements::{Judgements, PlacedEntry, Verdict};
use crate::source::unite;

/// Judgements as a gazetteer needs them.
#[derive(Clone, Debug, Default)]
pub(super) struct Judged {
    /// Entities that are part of another.
    renamed: BTreeMap<EntityId, EntityId>,
    /// Pairs that are two, each in order and by the ids that stand for them.
    different: BTreeSet<(EntityId, EntityId)>,
    /// Ids that judgements name and no gazetteer has.
    unknown: BTreeSet<EntityId>,
}

impl Judged {
    /// The entity that stands for `id`.
    pub(super) fn standing_for<'i>(&'i self, id: &'i EntityId) -> &'i EntityId {
        if self.renamed.is_empty() { id } else { self.renamed.get(id).unwrap_or(id) }
    }

    /// Whether another entity stands for it.
    pub(super) fn is_renamed(&self, id: &EntityId) -> bool {
        self.renamed.contains_key(id)
    }

    /// The entities that it stands for, itself not among them.
    pub(super) fn parts<'i>(&'i self, id: &'i EntityId) -> impl Iterator<Item = &'i EntityId> {
        self.renamed.iter().filter(move |(_, standing)| *standing == id).map(|(part, _)| part)
    }
}

impl Gazetteer {
    /// The same gazetteer with the entities united that are judged the same.
    ///
    /// Of the ids that a gazetteer has, the first in code-point order stands for all, those without a digit before those with one,
    /// because importers make ids of numbers. Its labels stay the labels, its type is the narrowest of all; every name of every one
    /// is a name of it. Judgements of entities that no gazetteer has change nothing, see [`Gazetteer::unknown_to_judgements`].
    ///
    /// # Errors
    /// When entities are judged the same whose types exclude each other.
    pub fn with_judgements(mut self, judgements: &Judgements, schema: &Schema) -> Result<Self, LoadError> {
        let named = judgements.judgements().flat_map(|(judgement, _)| [&judgement.one, &judgement.other]);
        let unknown: BTreeSet<EntityId> = named.filter(|id| self.entity(id).is_none()).cloned().collect();
        let mut judged = Judged { unknown, ..Judged::default() };
        let mut faults = Vec::new();
        for class in judgements.classes() {
            let mut known: Vec<&EntityId> = class.into_iter().filter(|id| !judged.unknown.contains(*id)).collect();
            known.sort_by_key(|id| (id.as_str().contains(|c: char| c.is_ascii_digit()), *id));
            let Some((standing, parts)) = known.split_first() else { continue };
            let mut whole = self.entity(standing).expect("only known ids are left").clone();
            for part in parts {
                let other = self.entity(part).expect("only known ids are left").clone();
                if schema.is_a(&other.entity_type, &whole.entity_type) {
                    whole.entity_type = other.entity_type.clone();
                } else if !schema.is_a(&whole.entity_type, &other.entity_type) {
                    faults.push(types_differ(judgements, &whole, &other));
                }
                unite(&mut whole, other);
                judged.renamed.insert((*part).clone(), (*standing).clone());
            }
            self.united.insert((*standing).clone(), whole);
        }
        if !faults.is_empty() {
            return Err(LoadError(faults));
        }
        for (one, other) in judgements.pairs(Verdict::Different).into_keys() {
            let [one, other] = [one, other].map(|id| judged.standing_for(id).clone());
            judged.different.insert(if one <= other { (one, other) } else { (other, one) });
        }
        for entity in self.united.values_mut() {
            let own = entity.id.clone();
            let exchange = |id: &mut EntityId| *id = judged.standing_for(id).clone();
            entity.country.iter_mut().for_each(exchange);
            entity.related.iter_mut().for_each(exchange);
            entity.roles.iter_mut().for_each(|role| exchange(&mut role.organization));
            let mut seen = BTreeSet::new();
            entity.related.retain(|id| *id != own && seen.insert(id.clone()));
        }
        self.judged = judged;
        Ok(self)
    }

    /// The entity that stands for `id` since it was judged the same; `id` itself for all others.
    pub fn standing_for<'i>(&'i self, id: &'i EntityId) -> &'i EntityId {
        self.judged.standing_for(id)
    }

    /// Whether two entities were judged to be two.
    pub fn are_judged_different(&self, one: &EntityId, other: &EntityId) -> bool {
        let pairs = &self.judged.different;
        let (one, other) = (self.standing_for(one).clone(), self.standing_for(other).clone());
        !pairs.is_empty() && pairs.contains(&if one <= other { (one, other) } else { (other, one) })
    }

    /// Ids that judgements name and no layer has, in order.
    pub fn unknown_to_judgements(&self) -> impl Iterator<Item = &EntityId> {
        self.judged.unknown.iter()
    }
}

/// Told at a line that unites either of them.
fn types_differ(judgements: &Judgements, one: &Entity, other: &Entity) -> Diagnostic {
    let of = |judgement: &crate::judgements::Judgement, id: &EntityId| judgement.one == *id || judgement.other == *id;
    let same = || judgements.judgements().filter(|(judgement, _)| judgement.verdict == Verdict::Same);
    let both = same().find(|(judgement, _)| of(judgement, &one.id) && of(judgement, &other.id));
    let line: &PlacedEntry = both
        .or_else(|| same().find(|(judgement, _)| of(judgement, &other.id)))
        .map(|(_, line)| line)
        .expect("an entity of a class is in one of its judgements");
    Diagnostic {
        file: line.place.file.to_string(),
        line: line.place.line,
        column: 1,
        message: format!(
            "\"{}\" is a {} and \"{}\" a {}, so they cannot be the same: undo the judgement (relata gazetteer undo {}), or give one of \
             them another type",
            one.id, one.entity_type, other.id, other.entity_type, line.id
        ),
    }
}
