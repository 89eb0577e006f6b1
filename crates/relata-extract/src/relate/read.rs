//! One sentence read: patterns and frames side by side, each finding with who says it, sums and times.

use std::collections::BTreeMap;

use relata_model::{Evidence, Modality, Schema, Span};

use super::anaphora::Antecedent;
use super::attribution::Attributed;
use super::frames::{Parsed, Reading, Stance, Voice};
use super::tokens::Participant;
use super::{Context, Key, Rule, Rules};

impl Rules {
    /// Adds what a sentence says to `found`; tells whom the words at its head that point back mean.
    pub(super) fn read_sentence(
        &self,
        context: &Context<'_>,
        schema: &Schema,
        found: &mut BTreeMap<Key, Vec<Evidence>>,
    ) -> Vec<Antecedent> {
        let text = &context.document.text;
        let tokens = context.tokens;
        let triggered = tokens.symbols.chars().filter_map(|symbol| self.triggered.get(&symbol)).flatten();
        let mut patterns: Vec<(usize, usize)> = triggered.chain(&self.always).copied().collect();
        patterns.sort_unstable();
        patterns.dedup();
        let attributed = std::cell::OnceCell::new();
        let attributed =
            || attributed.get_or_init(|| self.attributions.find(context.sentence, tokens, context.participants));
        let attribute =
            |key: Key, mut evidence: Evidence, rule: &Rule, verbal: bool, found: &mut BTreeMap<Key, Vec<Evidence>>| {
                let claims = attributed().iter().filter(|claim| claim.covers(&evidence));
                let told = context.told.filter(|told| told.voice.scope.contains(evidence.quote));
                let by = claims.min_by_key(|claim| claim.scope.len()).map(|claim| &claim.by);
                evidence.attribution = by.or(told.map(|told| &told.by)).cloned();
                if rule.amount {
                    evidence.amount = self.amounts.only_one(text, context.sentence);
                }
                if verbal {
                    evidence.time = self.times.of_passage(text, context.sentence, evidence.quote);
                }
                found.entry(key).or_default().push(evidence);
            };
        let parsed = std::cell::OnceCell::new();
        let tree = || {
            let parse = || {
                let voices = if self.frames.speaks(context.sentence.of(text)) {
                    voices(context, attributed())
                } else {
                    Vec::new()
                };
                self.frames.tree(text, context.sentence, context.participants, context.past, &voices)
            };
            parsed.get_or_init(parse).as_ref()
        };
        for (rule, place) in patterns {
            let rule = &self.list[rule];
            if !may_hold(rule, context.participants) {
                continue;
            }
            for mut matched in self.matches(rule, &rule.patterns[place], text, tokens, context) {
                let spans = matched.verb.clone().unwrap_or_else(|| {
                    let object = matched.object.clone().unwrap_or_else(|| matched.subject.clone());
                    matched.subject.start.min(object.start)..matched.subject.end.max(object.end)
                });
                // The row of words says one thing, the tree may know better: a denial far from the verb, a condition.
                let stance = (!spans.is_empty())
                    .then(|| tree().and_then(|tree| tree.stance_of(tokens.span(spans))))
                    .flatten()
                    .filter(|stance| {
                        let ended = stance.modality == Modality::Ended && matched.modality == Modality::Asserted;
                        (stance.modality >= Modality::Hypothetical && stance.modality > matched.modality) || ended
                    });
                if let Some(Stance { modality, cue }) = stance {
                    (matched.modality, matched.cue) = (modality, cue);
                }
                for (key, evidence) in self.statements(rule, &matched, tokens, context, schema) {
                    attribute(key, evidence, rule, matched.verb.is_some(), found);
                }
            }
        }
        // A pronoun may stand for one end.
        let points_back = !context.past.recent.is_empty() && self.frames.points_back(context.sentence.of(text));
        let mut before = if points_back { context.past.participants() } else { Vec::new() };
        if self.frames.speaks(context.sentence.of(text)) {
            let voices = voices(context, attributed());
            for speaker in voices.iter().map(|voice| &voice.speaker) {
                let spoken_for = context.past.affiliations.get(&speaker.0).into_iter().flatten();
                before.extend(std::iter::once(speaker).chain(spoken_for).map(|who| context.past.participant(who)));
            }
        }
        let all: Vec<&Participant> = context.participants.iter().chain(&before).collect();
        let any_of = |types: &[usize]| all.iter().any(|participant| participant.is_of(types));
        let holds = |rule: &Rule| rule.object_is.is_none() && any_of(&rule.subject) && any_of(&rule.object);
        for reading in self.frames.read(&self.list, context.sentence.of(text), tree, holds) {
            let rule = &self.list[reading.rule];
            if let Some((key, evidence)) = Self::statement_of(&reading, rule, context, schema) {
                attribute(key, evidence, rule, true, found);
            }
        }
        parsed.get().and_then(Option::as_ref).map(Parsed::referred_subjects).unwrap_or_default()
    }

    /// Whose words a sentence or parts of it are.
    pub(super) fn voices(&self, context: &Context<'_>) -> Vec<Voice> {
        voices(context, &self.attributions.find(context.sentence, context.tokens, context.participants))
    }

    /// What a frame reads, as a statement; `None` where the schema does not allow it.
    fn statement_of(reading: &Reading, rule: &Rule, context: &Context<'_>, schema: &Schema) -> Option<(Key, Evidence)> {
        let text = &context.document.text;
        let (subject, object) = (&reading.subject, &reading.object);
        if subject.entity == object.entity || !schema.admits(&subject.entity_type, &rule.relation, &object.entity_type)
        {
            return None;
        }
        let quote = subject.span.hull(object.span).hull(reading.trigger);
        let (mut modality, mut cue) = (reading.modality, reading.cue);
        if modality < Modality::Hypothetical && context.sentence.of(text).trim_end().ends_with('?') {
            let mark = context.sentence.end() - 1;
            (modality, cue) = (Modality::Hypothetical, Some(Span::new(mark, mark + 1)));
        }
        let swap = schema.relation_info(&rule.relation).symmetric && object.entity < subject.entity;
        let (first, second) = if swap { (object, subject) } else { (subject, object) };
        let key = Key {
            subject: first.entity.clone(),
            relation: rule.relation.clone(),
            object: second.entity.clone(),
            modality,
        };
        let evidence = Evidence {
            sentence: context.sentence,
            quote,
            rule: rule.id.clone(),
            subject: Some(first.span),
            object: Some(second.span),
            cue: cue.filter(|_| modality != Modality::Asserted),
            attribution: None,
            role: None,
            amount: None,
            time: None,
        };
        Some((key, evidence))
    }
}

/// Whether a sentence names both ends that a rule asks for: most do not, and need not be searched.
fn may_hold(rule: &Rule, participants: &[Participant]) -> bool {
    let any_of = |types: &[usize]| participants.iter().any(|participant| participant.is_of(types));
    any_of(&rule.subject) && (rule.object_is.is_some() || (participants.len() >= 2 && any_of(&rule.object)))
}

/// Whose words a sentence or parts of it are: those of its turn, and of whoever is made responsible for a claim.
fn voices(context: &Context<'_>, claims: &[Attributed]) -> Vec<Voice> {
    let turn = context.told.map(|told| told.voice.clone());
    let quoted = claims.iter().filter_map(|claim| {
        let by = claim.by.entity.as_ref()?;
        let speaker =
            context.participants.iter().find(|participant| participant.entity == *by && participant.is_person())?;
        let speaker = (speaker.entity.clone(), speaker.entity_type.clone());
        Some(Voice { scope: claim.scope, speaker })
    });
    turn.into_iter().chain(quoted).collect()
}
