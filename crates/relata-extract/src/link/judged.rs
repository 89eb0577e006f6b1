//! What people have judged narrows down whom a name may mean.

use std::collections::BTreeMap;

use relata_gazetteer::Gazetteer;
use relata_model::{EntityId, Mention};

use super::score::Anchor;

/// Leaves out of the candidates whoever was judged not to be another of them that the document names beyond doubt, and is not
/// named so itself: what speaks for the one must not carry the other. Whether anybody was left out.
pub(super) fn narrow(mention: &mut Mention, anchors: &BTreeMap<EntityId, Anchor>, gazetteer: &Gazetteer) -> bool {
    if mention.candidates.len() < 2 {
        return false;
    }
    let named: Vec<EntityId> = mention
        .candidates
        .iter()
        .filter(|candidate| anchors.contains_key(&candidate.entity))
        .map(|candidate| candidate.entity.clone())
        .collect();
    let before = mention.candidates.len();
    mention.candidates.retain(|candidate| {
        named.contains(&candidate.entity)
            || !named.iter().any(|other| gazetteer.are_judged_different(other, &candidate.entity))
    });
    mention.candidates.len() < before
}
