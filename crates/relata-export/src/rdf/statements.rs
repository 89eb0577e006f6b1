//! Triples of statements, their evidence and the rules that read them.

use std::collections::BTreeSet;
use std::io;

use relata_graph::{SourcedEvidence, StatementEdge, canonical_decimal};
use relata_model::{Language, Passage, Period, Voice};
use rustc_hash::FxHashSet;

use super::mapping::{Mapping, Part};
use super::out::{Item, LABEL, Out, Reifies, entity_name, relata, relation_name};
use super::term::{Datatype, Name, Object};
use crate::names::{Space, evidence_id, rule_name, statement_id};
use crate::options::RdfVersion;

impl Mapping<'_, '_> {
    pub(super) fn statement(&self, out: &mut Out<'_>, statement: &StatementEdge, part: Part<'_>) -> io::Result<()> {
        let id = statement_id(statement);
        let me = Name::new(Space::Statement, &id);
        let (says, derives) = (!matches!(part, Part::Summary), !matches!(part, Part::Of(_)));
        if says {
            out.a(me, relata("Statement"))?;
            if self.version == RdfVersion::V1_1 {
                out.a(me, Name::new(Space::Rdf, "Statement"))?;
            }
        }
        if derives {
            out.text(me, LABEL, &self.labels.statement(statement), Some(self.labels.language))?;
        }
        if says {
            let (subject, object) = (entity_name(&statement.subject), entity_name(&statement.object));
            let predicate = relation_name(&statement.relation);
            match self.version {
                RdfVersion::V1_1 => {
                    out.name(me, Name::new(Space::Rdf, "subject"), subject)?;
                    out.name(me, Name::new(Space::Rdf, "predicate"), predicate)?;
                    out.name(me, Name::new(Space::Rdf, "object"), object)?;
                }
                RdfVersion::V1_2 => {
                    (out.sink)(Item::Reifies(Reifies { statement: me, subject, predicate, object }))?;
                }
            }
            out.name(me, relata("modality"), relata(statement.modality.as_str()))?;
        }
        if derives {
            Self::derived(out, me, statement)?;
        }
        let evidence: Vec<(String, &str, &SourcedEvidence)> = statement
            .evidence
            .iter()
            .filter(|one| match part {
                Part::Whole => true,
                Part::Summary => false,
                Part::Of(document) => one.document.name == document.name,
            })
            .map(|one| {
                let document = self.documents.id(&one.document.name);
                (evidence_id(&id, document, one), document, one)
            })
            .collect();
        for (id, ..) in &evidence {
            out.name(me, relata("evidence"), Name::new(Space::Evidence, id))?;
        }
        evidence.iter().try_for_each(|(id, document, one)| Self::evidence(out, id, document, one))
    }

    /// What all passages of a statement together say.
    pub(super) fn derived(out: &mut Out<'_>, me: Name<'_>, statement: &StatementEdge) -> io::Result<()> {
        out.name(me, relata("voice"), relata(statement.voice.as_str()))?;
        out.say(me, relata("origins"), Object::Integer(statement.origins as u64))?;
        if let Some(role) = &statement.role {
            out.text(me, relata("role"), role, language_of(statement))?;
        }
        if let Some(amount) = &statement.amount {
            out.say(me, relata("amountValue"), Object::Typed(&amount.value, Datatype::Decimal))?;
            out.text(me, relata("amountUnit"), &amount.unit, None)?;
        }
        statement.time.map_or(Ok(()), |period| time(out, me, period))
    }

    pub(super) fn evidence(out: &mut Out<'_>, id: &str, document: &str, evidence: &SourcedEvidence) -> io::Result<()> {
        let me = Name::new(Space::Evidence, id);
        let record = &evidence.record;
        let language = evidence.document.language;
        let offset = |value: u32| Object::Integer(value.into());
        out.a(me, relata("Evidence"))?;
        out.name(me, relata("document"), Name::new(Space::Document, document))?;
        out.text(me, relata("quote"), &record.quote.text, language)?;
        out.say(me, relata("start"), offset(record.quote.start))?;
        out.say(me, relata("end"), offset(record.quote.end))?;
        out.text(me, relata("sentence"), &record.text, language)?;
        out.say(me, relata("sentenceStart"), offset(record.start))?;
        out.say(me, relata("sentenceEnd"), offset(record.end))?;
        // The words of an end count only where they stand in the quote; elsewhere in the sentence they prove nothing.
        let in_quote = |words: &&Passage| record.quote.start <= words.start && words.end <= record.quote.end;
        for (predicate, words) in [("subjectText", &record.subject), ("objectText", &record.object)] {
            if let Some(words) = words.as_ref().filter(in_quote) {
                out.text(me, relata(predicate), &words.text, language)?;
            }
        }
        if let Some(cue) = &record.cue {
            out.text(me, relata("cue"), &cue.text, language)?;
        }
        if let Some(role) = record.role.as_ref().filter(|role| !role.is_empty()) {
            out.text(me, relata("role"), role, language)?;
        }
        if let Some(amount) = &record.amount {
            let value = canonical_decimal(&amount.value.to_string());
            out.say(me, relata("amountValue"), Object::Typed(&value, Datatype::Decimal))?;
            out.text(me, relata("amountUnit"), &amount.unit, None)?;
            if let Some(words) = &amount.text {
                out.text(me, relata("amountText"), words, language)?;
            }
        }
        if let Some(period) = record.time {
            time(out, me, period)?;
            if let Some(words) = &record.time_text {
                out.text(me, relata("timeText"), &words.text, language)?;
            }
        }
        out.name(me, relata("voice"), relata(evidence.voice().as_str()))?;
        if let Some(attribution) = &record.attributed_to {
            if let Some(source) = &attribution.entity {
                out.name(me, relata("attributedTo"), Name::new(Space::Entity, source))?;
            }
            out.text(me, relata("attributionText"), &attribution.text, language)?;
        }
        out.name(me, relata("rule"), Name::new(Space::Rule, &rule_name(&record.rule)))
    }

    pub(super) fn rules(&self, out: &mut Out<'_>) -> io::Result<()> {
        let evidence = self.selection.statements().iter().flat_map(|statement| &statement.evidence);
        // Many passages, few rules: a hash is made of each, and only what is left is sorted.
        let rules: FxHashSet<&str> = evidence.map(|one| one.record.rule.as_str()).collect();
        for rule in BTreeSet::from_iter(rules) {
            let local = rule_name(rule);
            let me = Name::new(Space::Rule, &local);
            out.a(me, relata("Rule"))?;
            out.text(me, LABEL, rule, None)?;
        }
        Ok(())
    }
}

/// The language of the words lifted to a statement: that of its passages, where they agree.
fn language_of(statement: &StatementEdge) -> Option<Language> {
    let own = statement.voice == Voice::Own;
    let mut languages = statement
        .evidence
        .iter()
        .filter(|one| (one.voice() == Voice::Own) == own && one.record.role.is_some())
        .map(|one| one.document.language);
    let first = languages.next()?;
    languages.all(|language| language == first).then_some(first)?
}

fn time(out: &mut Out<'_>, me: Name<'_>, period: Period) -> io::Result<()> {
    out.text(me, relata("time"), &period.to_string(), None)?;
    if let Some(from) = period.from {
        out.say(me, relata("timeFrom"), Object::Typed(&from.first_day(), Datatype::Date))?;
    }
    if let Some(to) = period.to {
        out.say(me, relata("timeTo"), Object::Typed(&to.last_day(), Datatype::Date))?;
    }
    Ok(())
}
