//! The extraction record: what the program writes of a document, one JSON object a line. Offsets count code points.
//!
//! Everything else a build writes derives from these records, so each carries the words it speaks of and can be checked
//! against the document without any other file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Agency, CodePointIndex, Date, Document, Evidence, Extraction, Language, MadeBy, MentionForm, Modality, Period,
    Ranked, Reason, Sketch, Span, WhyLinked,
};

/// What was found in one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtractionRecord {
    /// Path below the folder that was read.
    pub doc: String,
    /// SHA-256 of the document's text in UTF-8, 64 hexadecimal digits.
    pub sha256: String,
    /// What it was read by: the same 16 hexadecimal digits where program, data and the language that the user set are the
    /// same, so that the record of an unchanged text need not be made again. `None` where nobody says.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<String>,
    /// Length of the text in code points.
    pub length: u32,
    /// Language of the text, where known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lang: Option<Language>,
    /// Headline.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// Date of publication.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub date: Option<Date>,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
    /// The agency that the text names as its source.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub agency: Option<Agency>,
    /// By which near-copies are found; `None` where nobody made one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sketch: Option<Sketch>,
    /// In the order of the text.
    pub mentions: Vec<MentionRecord>,
    /// Names for which no entity was clearly ahead, in the order of the text.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub unlinked: Vec<UnlinkedRecord>,
    /// By subject, predicate, object, modality.
    pub statements: Vec<StatementRecord>,
}

/// One mention of an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionRecord {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub text: String,
    /// Id of the entity.
    pub entity: String,
    /// Its type.
    #[serde(rename = "type")]
    pub entity_type: String,
    /// What kind of words they are.
    pub form: MentionForm,
    /// Number of the sentence in the document, from 0: mentions of one number stand in one sentence.
    pub sentence: u32,
    /// What decided for this entity.
    pub why: WhyLinked,
    /// What made the form that the text has; left out for a listed name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub made: Option<MadeBy>,
    /// What spoke for each entity that the name may mean, the best first, where there was a choice.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub ranked: Vec<RankedRecord>,
}

/// An entity that a name may mean, and what speaks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankedRecord {
    /// Its id.
    pub entity: String,
    /// The sum of its points.
    pub score: i32,
    /// What each reason gives.
    pub points: BTreeMap<Reason, i32>,
}

impl RankedRecord {
    /// The entities that come first. What is behind them decides nothing.
    fn first(ranked: &[Ranked]) -> Vec<Self> {
        const MOST: usize = 8;
        let record =
            |one: &Ranked| Self { entity: one.entity.to_string(), score: one.score(), points: one.points.clone() };
        ranked.iter().take(MOST).map(record).collect()
    }
}

/// A name that was left out because it may mean several entities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnlinkedRecord {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub text: String,
    /// Ids of the entities that have the name, in their order, without repeats.
    pub candidates: Vec<String>,
    /// What spoke for each of the first, the best first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub ranked: Vec<RankedRecord>,
}

/// One statement, with the passages of this document that say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementRecord {
    /// Id of the subject.
    pub subject: String,
    /// Name of the relation type.
    pub predicate: String,
    /// Id of the object.
    pub object: String,
    /// As what it is told.
    pub modality: Modality,
    /// The words of the post, where the passages agree.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub role: Option<String>,
    /// The sum, where the passages agree.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub amount: Option<AmountRecord>,
    /// The period, where the passages agree.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub time: Option<Period>,
    /// Never empty.
    pub evidence: Vec<EvidenceRecord>,
}

/// One passage that says a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceRecord {
    /// First code point of the sentence or sentences.
    pub start: u32,
    /// One past their last code point.
    pub end: u32,
    /// The sentence or sentences.
    pub text: String,
    /// The run inside them that says it.
    pub quote: Passage,
    /// Id of the rule.
    pub rule: String,
    /// The words for the subject.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<Passage>,
    /// The words for the object.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub object: Option<Passage>,
    /// The words that decide a modality other than asserted.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cue: Option<Passage>,
    /// Whom the text makes responsible.
    #[serde(rename = "attributedTo", skip_serializing_if = "Option::is_none", default)]
    pub attributed_to: Option<AttributionRecord>,
    /// The words of a post.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub role: Option<String>,
    /// A sum, with its words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub amount: Option<AmountRecord>,
    /// When it holds.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub time: Option<Period>,
    /// The words that say when.
    #[serde(rename = "timeText", skip_serializing_if = "Option::is_none", default)]
    pub time_text: Option<Passage>,
}

/// Whom the text makes responsible for a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributionRecord {
    /// Id of the source, where it is an entity.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub entity: Option<String>,
    /// First code point of the words that do so.
    pub start: u32,
    /// One past their last code point.
    pub end: u32,
    /// The words.
    pub text: String,
}

/// A place in the document and its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub text: String,
}

/// A sum of money or a number of things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmountRecord {
    /// A JSON number: `12000000000`, `0.92`.
    pub value: serde_json::Number,
    /// ISO 4217 code for money, else the unit's symbol or the counted word.
    pub unit: String,
    /// The words; left out on the statement.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
}

impl AmountRecord {
    /// The same sum without its words, as it is compared and lifted.
    #[must_use]
    pub fn without_text(&self) -> Self {
        Self { text: None, ..self.clone() }
    }
}

impl ExtractionRecord {
    /// The record of what was found in `document`; `entity_type` names the type of an entity.
    pub fn new<'e>(
        document: &Document,
        extraction: &Extraction,
        entity_type: impl Fn(&crate::EntityId) -> &'e str,
    ) -> Self {
        let index = CodePointIndex::new(&document.text);
        let mentions = extraction.mentions.iter().map(|mention| {
            let place = index.code_points(mention.span);
            let sentence = extraction.sentence_of(mention.span).unwrap_or_default();
            MentionRecord {
                start: place.start,
                end: place.end,
                text: mention.span.of(&document.text).to_owned(),
                entity: mention.entity.to_string(),
                entity_type: entity_type(&mention.entity).to_owned(),
                form: mention.form,
                sentence: u32::try_from(sentence).expect("fewer sentences than bytes"),
                why: mention.why,
                made: mention.made_by,
                ranked: RankedRecord::first(&mention.ranked),
            }
        });
        let unlinked = extraction.unlinked.iter().map(|mention| {
            let place = index.code_points(mention.span);
            let mut candidates: Vec<String> = mention.ranked.iter().map(|ranked| ranked.entity.to_string()).collect();
            candidates.sort_unstable();
            candidates.dedup();
            UnlinkedRecord {
                start: place.start,
                end: place.end,
                text: mention.span.of(&document.text).to_owned(),
                candidates,
                ranked: RankedRecord::first(&mention.ranked),
            }
        });
        let statements = extraction.statements.iter().map(|statement| {
            let evidence: Vec<EvidenceRecord> =
                statement.evidence.iter().map(|evidence| EvidenceRecord::new(document, &index, evidence)).collect();
            StatementRecord {
                subject: statement.subject.to_string(),
                predicate: statement.relation.to_string(),
                object: statement.object.to_string(),
                modality: statement.modality,
                role: agreed(&evidence, |one| one.role.clone()),
                amount: agreed(&evidence, |one| one.amount.as_ref().map(AmountRecord::without_text)),
                time: agreed(&evidence, |one| one.time),
                evidence,
            }
        });
        Self {
            doc: document.name.to_string(),
            sha256: document.digest.to_string(),
            by: None,
            length: index.code_point(document.text.len()),
            lang: document.metadata.language,
            title: document.metadata.title.clone(),
            date: document.metadata.date,
            url: document.metadata.url.clone(),
            agency: None,
            sketch: None,
            mentions: mentions.collect(),
            unlinked: unlinked.collect(),
            statements: statements.collect(),
        }
    }
}

impl EvidenceRecord {
    fn new(document: &Document, index: &CodePointIndex<'_>, evidence: &Evidence) -> Self {
        let passage = |span: Span| {
            let place = index.code_points(span);
            Passage { start: place.start, end: place.end, text: span.of(&document.text).to_owned() }
        };
        let sentence = passage(evidence.sentence);
        Self {
            start: sentence.start,
            end: sentence.end,
            text: sentence.text,
            quote: passage(evidence.quote),
            rule: evidence.rule.as_str().to_owned(),
            subject: evidence.subject.map(passage),
            object: evidence.object.map(passage),
            cue: evidence.cue.map(passage),
            attributed_to: evidence.attribution.as_ref().map(|attribution| {
                let Passage { start, end, text } = passage(attribution.span);
                AttributionRecord { entity: attribution.entity.as_ref().map(ToString::to_string), start, end, text }
            }),
            role: evidence.role.clone(),
            amount: evidence.amount.as_ref().map(|amount| AmountRecord {
                value: amount.value.parse().expect("amounts are decimals in canonical form"),
                unit: amount.unit.clone(),
                text: Some(amount.span.of(&document.text).to_owned()),
            }),
            time: evidence.time.map(|(period, _)| period),
            time_text: evidence.time.map(|(_, span)| passage(span)),
        }
    }
}

/// What is lifted from passages to their statement: of the passages whose voice is the statement's (own as soon as one
/// is), those that give a value must all give the same one; else nothing is lifted, so that no claim's sum hangs on a fact.
pub fn agreed<'e, T: PartialEq>(
    evidence: impl IntoIterator<Item = &'e EvidenceRecord> + Clone,
    value: impl Fn(&EvidenceRecord) -> Option<T>,
) -> Option<T> {
    let own = evidence.clone().into_iter().any(|one| one.attributed_to.is_none());
    let mut values = evidence.into_iter().filter(|one| one.attributed_to.is_none() == own).filter_map(value);
    let first = values.next()?;
    values.all(|other| other == first).then_some(first)
}
