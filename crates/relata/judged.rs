//! The judgements that a build was made with, for whoever asks about an entity.

use std::collections::BTreeSet;

use anyhow::Result;
use relata_gazetteer::judgements::{Journal, Judgement, Judgements, Verdict};
use relata_graph::KnowledgeGraph;
use relata_model::EntityId;

use crate::configuration::Identity;

/// What held when a build was made.
pub(crate) struct Judged(Judgements);

impl Judged {
    /// Reads them from what a build keeps.
    ///
    /// # Errors
    /// When somebody changed them there.
    pub(crate) fn of(identity: &Identity) -> Result<Self> {
        let lines: Vec<String> = identity.judgements.iter().map(ToString::to_string).collect();
        Ok(Self(Judgements::of(&[Journal::read("build.json, judgements", &lines.join("\n"))?])?))
    }

    /// The id in the graph of an entity that goes by another one since it was judged the same; all else as it is.
    pub(crate) fn standing_for<'w>(&'w self, word: &'w str, graph: &KnowledgeGraph) -> &'w str {
        let Ok(id) = word.parse::<EntityId>() else { return word };
        if graph.entity(&id).is_some() {
            return word;
        }
        let class = self.0.classes().into_iter().find(|class| class.contains(&id)).unwrap_or_default();
        class.into_iter().find(|other| graph.entity(other).is_some()).map_or(word, EntityId::as_str)
    }

    /// The judgements of an entity and of those that are the same, in words.
    pub(crate) fn lines_of(&self, id: &EntityId) -> Vec<String> {
        let class = self.0.classes().into_iter().find(|class| class.contains(id));
        let class = class.unwrap_or_else(|| BTreeSet::from([id]));
        let of = |judgement: &Judgement| class.contains(&judgement.one) || class.contains(&judgement.other);
        let mut judgements: Vec<_> = self.0.judgements().filter(|(judgement, _)| of(judgement)).collect();
        judgements.sort_by_key(|(judgement, line)| (judgement.verdict, &judgement.one, &judgement.other, &line.id));
        let told = judgements.into_iter().map(|(judgement, line)| {
            let Judgement { one, verdict, other, signature } = judgement;
            let verdict = match verdict {
                Verdict::Same => "the same as",
                Verdict::Different => "not",
                Verdict::Unsure => "perhaps",
            };
            let (by, at, why) = (&signature.by, &signature.at, &signature.why);
            format!("judged: {one} is {verdict} {other} ({by}, {at}: {why}; {})", line.id)
        });
        told.collect()
    }
}
