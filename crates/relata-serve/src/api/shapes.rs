//! The JSON of answers.

use std::collections::BTreeMap;

use relata_export::statement_id;
use relata_graph::{EntityNode, SourceDocument, SourcedEvidence, StatementEdge};
use relata_model::{AmountRecord, Date, EntityId, Language, Modality, Period};
use serde::Serialize;

use crate::api::View;

/// An entity where it is named.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EntityName {
    pub(crate) id: String,
    pub(crate) iri: String,
    pub(crate) label: String,
    #[serde(rename = "type")]
    pub(crate) entity_type: String,
    pub(crate) documents: usize,
    pub(crate) statements: usize,
}

/// A document where it is named.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DocumentName {
    pub(crate) id: String,
    pub(crate) iri: String,
    /// Path below the folder that was read.
    pub(crate) name: String,
    pub(crate) title: Option<String>,
    pub(crate) date: Option<Date>,
    pub(crate) language: Option<Language>,
    pub(crate) url: Option<String>,
}

/// A statement without its passages.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Said {
    pub(crate) id: String,
    pub(crate) iri: String,
    pub(crate) subject: EntityName,
    pub(crate) predicate: String,
    /// The predicate in the language of the answer.
    pub(crate) predicate_label: String,
    pub(crate) object: EntityName,
    pub(crate) modality: Modality,
    pub(crate) voice: &'static str,
    /// Asserted in a document's own voice.
    pub(crate) fact: bool,
    pub(crate) symmetric: bool,
    pub(crate) role: Option<String>,
    pub(crate) amount: Option<Amount>,
    pub(crate) time: Option<Period>,
    pub(crate) documents: usize,
    pub(crate) origins: usize,
    pub(crate) passages: usize,
    /// The passage to show where there is room for one.
    pub(crate) passage: Passage,
}

#[derive(Serialize)]
pub(crate) struct Amount {
    pub(crate) value: String,
    pub(crate) unit: String,
}

/// A sentence with its quotation, and who is responsible for it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Passage {
    pub(crate) document: DocumentName,
    /// The sentence, in three parts.
    pub(crate) before: String,
    pub(crate) quote: String,
    pub(crate) after: String,
    /// Of the quotation.
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) voice: &'static str,
    pub(crate) attributed_to: Option<EntityName>,
    pub(crate) attribution_text: Option<String>,
    pub(crate) cue: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) amount: Option<AmountRecord>,
    pub(crate) time: Option<Period>,
    pub(crate) time_text: Option<String>,
    pub(crate) rule: String,
}

#[derive(Serialize)]
pub(crate) struct SearchAnswer {
    pub(crate) query: String,
    /// How many there are in all.
    pub(crate) found: usize,
    pub(crate) results: Vec<EntityName>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EntityAnswer {
    #[serde(flatten)]
    pub(crate) name: EntityName,
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) names: Vec<String>,
    pub(crate) wikidata: Option<String>,
    pub(crate) mentions: usize,
    pub(crate) facts: Group,
    /// Asserted, but only by somebody whom a document makes responsible.
    pub(crate) claimed: Group,
    pub(crate) planned: Group,
    pub(crate) hypothetical: Group,
    pub(crate) ended: Group,
    pub(crate) negated: Group,
}

/// Statements of one kind.
#[derive(Default, Serialize)]
pub(crate) struct Group {
    /// How many there are in all.
    pub(crate) found: usize,
    pub(crate) statements: Vec<Said>,
}

#[derive(Serialize)]
pub(crate) struct EgoAnswer {
    pub(crate) center: String,
    pub(crate) entities: Vec<EntityName>,
    pub(crate) statements: Vec<Said>,
    /// What is not shown, in words; `None` when everything is.
    pub(crate) cut: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct StatementAnswer {
    #[serde(flatten)]
    pub(crate) said: Said,
    pub(crate) evidence: Vec<Passage>,
}

#[derive(Serialize)]
pub(crate) struct DocumentAnswer {
    #[serde(flatten)]
    pub(crate) name: DocumentName,
    pub(crate) digest: String,
    /// In code points.
    pub(crate) length: u32,
    pub(crate) entities: Vec<EntityName>,
    /// In the order of the text.
    pub(crate) passages: Vec<DocumentPassage>,
}

/// What a document says in one place.
#[derive(Serialize)]
pub(crate) struct DocumentPassage {
    pub(crate) statement: Said,
    #[serde(flatten)]
    pub(crate) passage: Passage,
}

impl View<'_> {
    pub(crate) fn language(&self) -> Language {
        let of_graph = || self.records.graph.main_language();
        self.parameters.lang.or_else(of_graph).unwrap_or(Language::ENGLISH)
    }

    pub(crate) fn name(&self, node: &EntityNode) -> EntityName {
        let entity = &node.entity;
        EntityName {
            id: entity.id.to_string(),
            iri: self.snapshot.iri("ent", entity.id.as_str()),
            label: entity.label(self.language()).to_owned(),
            entity_type: entity.entity_type.to_string(),
            documents: node.documents,
            statements: node.statements,
        }
    }

    /// An end of a statement; the graph has every entity that it speaks of.
    fn end(&self, id: &EntityId) -> EntityName {
        self.records.graph.entity(id).map_or_else(
            || EntityName {
                id: id.to_string(),
                iri: self.snapshot.iri("ent", id.as_str()),
                label: id.to_string(),
                entity_type: String::new(),
                documents: 0,
                statements: 0,
            },
            |node| self.name(node),
        )
    }

    pub(crate) fn said(&self, statement: &StatementEdge) -> Said {
        let id = statement_id(statement);
        let info = self.records.graph.schema().relation_info(&statement.relation);
        let label = info.labels.get(&self.language()).or_else(|| info.labels.get(&Language::ENGLISH));
        Said {
            iri: self.snapshot.iri("st", &id),
            id,
            subject: self.end(&statement.subject),
            predicate: statement.relation.to_string(),
            predicate_label: label.map_or_else(|| statement.relation.to_string(), Clone::clone),
            object: self.end(&statement.object),
            modality: statement.modality,
            voice: statement.voice.as_str(),
            fact: statement.is_fact(),
            symmetric: info.symmetric,
            role: statement.role.clone(),
            amount: statement
                .amount
                .as_ref()
                .map(|amount| Amount { value: amount.value.clone(), unit: amount.unit.clone() }),
            time: statement.time,
            documents: statement.documents,
            origins: statement.origins,
            passages: statement.evidence.len(),
            passage: self.passage(statement.best_evidence()),
        }
    }

    pub(crate) fn passage(&self, evidence: &SourcedEvidence) -> Passage {
        let record = &evidence.record;
        let sentence = |from: u32, to: u32| -> String {
            let (skip, take) = (from.saturating_sub(record.start), to.saturating_sub(from));
            record.text.chars().skip(skip as usize).take(take as usize).collect()
        };
        let attribution = record.attributed_to.as_ref();
        let source = attribution.and_then(|one| one.entity.as_ref()?.parse::<EntityId>().ok());
        Passage {
            document: self.document(&evidence.document),
            before: sentence(record.start, record.quote.start),
            quote: record.quote.text.clone(),
            after: sentence(record.quote.end, record.end),
            start: record.quote.start,
            end: record.quote.end,
            voice: evidence.voice().as_str(),
            attributed_to: source.map(|id| self.end(&id)),
            attribution_text: attribution.map(|one| one.text.clone()),
            cue: record.cue.as_ref().map(|cue| cue.text.clone()),
            role: record.role.clone(),
            amount: record.amount.clone(),
            time: record.time,
            time_text: record.time_text.as_ref().map(|words| words.text.clone()),
            rule: record.rule.clone(),
        }
    }

    pub(crate) fn document(&self, document: &SourceDocument) -> DocumentName {
        let id = self.records.document_ids.id(&document.name).to_owned();
        DocumentName {
            iri: self.snapshot.iri("doc", &id),
            id,
            name: document.name.to_string(),
            title: document.title.clone(),
            date: document.date,
            language: document.language,
            url: document.url.clone(),
        }
    }
}
