//! What each rule finds, and which of its findings another rule's reading replaces: `relata rules coverage`.

use relata_model::{Document, EntityId, LinkedMention, RelationType, RuleId, Schema, Sentence};

use super::{Rules, TypeOf, keep_least_factual};

/// A passage that a rule reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding<Id = EntityId> {
    /// The rule.
    pub rule: RuleId,
    /// Who or what the statement is about.
    pub subject: Id,
    /// What is said.
    pub relation: RelationType,
    /// To whom or what it is related.
    pub object: Id,
    /// Whether it is evidence in the record. Of several readings of one sentence the least factual is, and of those one.
    pub kept: bool,
}

impl Rules {
    /// Every passage of `document` that a rule reads, in the order of statements.
    pub fn findings(
        &self,
        document: &Document,
        sentences: &[Sentence],
        mentions: &[LinkedMention],
        schema: &Schema,
        type_of: TypeOf<'_>,
    ) -> Vec<Finding> {
        let all = self.collect(document, sentences, mentions, schema, type_of);
        let mut kept = all.clone();
        keep_least_factual(&mut kept);
        let kept = Self::statements_of(kept);
        let mut findings = Vec::new();
        for (key, evidence) in all {
            let statement = kept.iter().find(|statement| {
                statement.modality == key.modality
                    && statement.relation == key.relation
                    && statement.subject == key.subject
                    && statement.object == key.object
            });
            findings.extend(evidence.into_iter().map(|one| Finding {
                kept: statement.is_some_and(|statement| statement.evidence.contains(&one)),
                rule: one.rule,
                subject: key.subject.clone(),
                relation: key.relation.clone(),
                object: key.object.clone(),
            }));
        }
        findings
    }
}
