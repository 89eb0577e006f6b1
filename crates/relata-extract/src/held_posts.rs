//! Statements that a description makes by itself: who holds the post that it names.

use std::collections::HashSet;

use relata_model::{Document, EntityId, Evidence, MentionForm, Modality, RuleId, Schema, Sentence, Statement};

use crate::link::Linked;
use crate::relate::TypeOf;

/// "Le président russe" of a text that names Vladimir Putin elsewhere says that he holds that post.
pub(crate) fn add(
    document: &Document,
    sentences: &[Sentence],
    linked: &Linked,
    schema: &Schema,
    type_of: TypeOf<'_>,
    statements: &mut Vec<Statement>,
) {
    let Ok(relation) = schema.relation_type("holdsPositionIn") else { return };
    let language = document.metadata.language.map(|language| language.to_string()).unwrap_or_default();
    let Ok(rule) = format!("{language}/posts/described").parse::<RuleId>() else { return };
    let by_name = linked.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
    let named: HashSet<&EntityId> = by_name.map(|mention| &mention.entity).collect();
    for held in &linked.held {
        let types = (type_of(&held.holder), type_of(&held.organization));
        let at = sentences.partition_point(|sentence| sentence.span.end() < held.span.end());
        let sentence = sentences.get(at).filter(|sentence| sentence.span.contains(held.span));
        let Some(sentence) = sentence.filter(|_| named.contains(&held.holder)) else { continue };
        if !schema.admits(&types.0, &relation, &types.1) {
            continue;
        }
        let evidence = Evidence {
            sentence: sentence.span,
            quote: held.span,
            rule: rule.clone(),
            subject: Some(held.span),
            object: Some(held.named),
            cue: None,
            attribution: None,
            role: Some(held.role.of(&document.text).to_owned()),
            amount: None,
            time: None,
        };
        let key = (&held.holder, &relation, &held.organization, Modality::Asserted);
        let place = statements
            .binary_search_by(|other| (&other.subject, &other.relation, &other.object, other.modality).cmp(&key));
        match place {
            Ok(at) => {
                let known = &mut statements[at].evidence;
                if let Err(place) = known.binary_search_by_key(&sentence.span, |one| one.sentence) {
                    known.insert(place, evidence);
                }
            }
            Err(at) => statements.insert(
                at,
                Statement {
                    subject: held.holder.clone(),
                    relation: relation.clone(),
                    object: held.organization.clone(),
                    modality: Modality::Asserted,
                    evidence: vec![evidence],
                },
            ),
        }
    }
}
