//! Which of several entities of one name is meant more often, where nothing in the text tells.
//!
//! What the gazetteer says (`prior`) counts by ratio. Where it says nothing, two signs of being well known do, with less weight:
//! far more names and facts, and a far older Wikidata item. Where these are alike too, nobody is ahead: the name is left out.

use relata_model::{Entity, EntityId, Reason};

/// Tenths by which the first must be ahead of the second, and the points that it gets.
const BY_PRIOR: [(u128, i32); 7] = [(500, 15), (100, 13), (50, 11), (30, 9), (20, 7), (15, 5), (12, 3)];
const BY_NAMES: [(u128, i32); 3] = [(80, 7), (60, 6), (40, 5)];
const BY_ITEM: [(u128, i32); 3] = [(1000, 8), (100, 6), (40, 3)];

/// What the one gets that is meant most often, as the gazetteer says.
pub(super) fn told<'e>(entities: &[&'e Entity]) -> Option<(&'e EntityId, Reason, i32)> {
    let prior = |entity: &Entity| entity.prior.map_or(0, relata_model::Prior::millionths);
    ahead(entities, prior, &BY_PRIOR).map(|(id, points)| (id, Reason::Prior, points))
}

/// What those get that seem better known than the others, where the gazetteer tells no prior.
pub(super) fn renown<'e>(entities: &[&'e Entity]) -> Vec<(&'e EntityId, Reason, i32)> {
    if entities.iter().any(|entity| entity.prior.is_some()) {
        return Vec::new();
    }
    let known = |entity: &Entity| (entity.names.len() + entity.related.len() + entity.roles.len()) as u64;
    let by_names = ahead(entities, known, &BY_NAMES).map(|(id, points)| (id, Reason::BetterKnown, points));
    // Numbers of items grow with time: what counts is their inverse.
    let all = entities.iter().all(|entity| item(entity).is_some());
    let age = |entity: &Entity| item(entity).map_or(0, |number| u64::MAX / number.max(1));
    let by_item = ahead(entities, age, &BY_ITEM).filter(|_| all).map(|(id, points)| (id, Reason::OlderItem, points));
    by_names.into_iter().chain(by_item).collect()
}

/// The number of an entity's Wikidata item, which many lists have as their id.
fn item(entity: &Entity) -> Option<u64> {
    let of_id = || entity.id.as_str().strip_prefix('q').and_then(|digits| digits.parse().ok());
    entity.wikidata.map(relata_model::WikidataId::number).or_else(of_id)
}

/// The entity of the greatest value, and what its lead over the next gives.
fn ahead<'e>(
    entities: &[&'e Entity],
    value: impl Fn(&Entity) -> u64,
    steps: &[(u128, i32)],
) -> Option<(&'e EntityId, i32)> {
    let mut values: Vec<(u64, &'e EntityId)> = entities.iter().map(|entity| (value(entity), &entity.id)).collect();
    values.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let [(first, id), (second, _), ..] = values[..] else { return None };
    let step = steps.iter().find(|(tenths, _)| first > 0 && u128::from(first) * 10 >= u128::from(second) * tenths);
    step.map(|&(_, points)| (id, points))
}
