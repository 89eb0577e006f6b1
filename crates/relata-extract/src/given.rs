//! Mentions that somebody else found, in place of the gazetteer's, so that the rules can be judged alone.

use std::collections::{BTreeMap, HashMap};

use relata_model::{Digest, Document, EntityId, EntityType, LinkedMention, MentionForm, Schema, Span, WhyLinked};
use serde::Deserialize;

/// The mentions of many documents, by the documents' names.
#[derive(Clone, Debug, Default)]
pub struct GivenMentions {
    documents: BTreeMap<String, Given>,
}

/// The mentions of one document.
#[derive(Clone, Debug, Deserialize)]
struct Given {
    doc: String,
    #[serde(default)]
    entities: Vec<GivenEntity>,
    mentions: Vec<GivenMention>,
}

#[derive(Clone, Debug, Deserialize)]
struct GivenEntity {
    id: String,
    #[serde(rename = "type")]
    entity_type: String,
}

/// Offsets are code points of the document's text.
#[derive(Clone, Debug, Deserialize)]
struct GivenMention {
    start: usize,
    end: usize,
    text: Option<String>,
    entity: String,
    #[serde(rename = "type")]
    entity_type: Option<String>,
    form: Option<MentionForm>,
}

/// Mentions that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GivenError {
    /// The file is no JSON, or not of the form of gold files.
    #[error(
        "{file}:{line}:{column}: {message} (one object a document: doc, entities, mentions, as gold files have them)"
    )]
    Json {
        /// How messages name the file.
        file: String,
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// Two objects for one document.
    #[error("{file}: the document \"{doc}\" has mentions twice")]
    Twice {
        /// How messages name the file.
        file: String,
        /// The document.
        doc: String,
    },
}

/// A document's mentions as the rules take them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Placed {
    pub(crate) mentions: Vec<LinkedMention>,
    pub(crate) types: HashMap<EntityId, EntityType>,
    /// Ids as they were given, where they are no slugs.
    pub(crate) original: HashMap<EntityId, String>,
}

/// A mention that its document does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the mention {start}–{end} of \"{entity}\" {why}: it was left out")]
pub struct Misplaced {
    start: usize,
    end: usize,
    entity: String,
    why: String,
}

impl GivenMentions {
    /// Adds the documents of one file: one JSON object a document, apart by white space or in one list.
    ///
    /// # Errors
    /// With the place, when the file is of another form or names a document again.
    pub fn add(&mut self, file: &str, source: &str) -> Result<(), GivenError> {
        let fault = |error: serde_json::Error| GivenError::Json {
            file: file.to_owned(),
            line: error.line(),
            column: error.column(),
            message: error.to_string().split(" at line").next().unwrap_or_default().to_owned(),
        };
        let all: Vec<Given> = if source.trim_start().starts_with('[') {
            serde_json::from_str(source).map_err(fault)?
        } else {
            serde_json::Deserializer::from_str(source).into_iter().collect::<Result<_, _>>().map_err(fault)?
        };
        for given in all {
            let doc = given.doc.clone();
            if self.documents.insert(doc.clone(), given).is_some() {
                return Err(GivenError::Twice { file: file.to_owned(), doc });
            }
        }
        Ok(())
    }

    /// The names of the documents that have mentions, in order.
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        self.documents.keys().map(String::as_str)
    }

    /// The mentions of a document, in the order of the text, those that overlap an earlier one left out; and those that
    /// its text does not have. `None` when none were given for it.
    pub(crate) fn place(&self, document: &Document, schema: &Schema) -> Option<(Placed, Vec<Misplaced>)> {
        let name = document.name.as_str();
        let file = name.rsplit('/').next().unwrap_or(name);
        let given = self.documents.get(name).or_else(|| self.documents.get(file))?;
        let borders: Vec<usize> =
            document.text.char_indices().map(|(byte, _)| byte).chain([document.text.len()]).collect();
        let listed: HashMap<&str, &str> =
            given.entities.iter().map(|entity| (entity.id.as_str(), entity.entity_type.as_str())).collect();
        let mut placed = Placed::default();
        let mut misplaced = Vec::new();
        for mention in &given.mentions {
            let mut miss = |why: String| {
                let (start, end, entity) = (mention.start, mention.end, mention.entity.clone());
                misplaced.push(Misplaced { start, end, entity, why });
            };
            let (Some(&start), Some(&end)) = (borders.get(mention.start), borders.get(mention.end)) else {
                miss("ends outside the document".to_owned());
                continue;
            };
            if start >= end {
                miss("is empty".to_owned());
                continue;
            }
            let span = Span::new(start, end);
            let found = span.of(&document.text);
            if mention.text.as_deref().is_some_and(|text| text != found) {
                miss(format!("reads \"{found}\" in the document"));
                continue;
            }
            let entity = slug(&mention.entity);
            let type_name = mention.entity_type.as_deref().or_else(|| listed.get(mention.entity.as_str()).copied());
            let entity_type = schema.entity_type_or_thing(type_name.unwrap_or("Thing"));
            placed.types.entry(entity.clone()).or_insert(entity_type);
            if entity.as_str() != mention.entity {
                placed.original.insert(entity.clone(), mention.entity.clone());
            }
            let form = mention.form.unwrap_or(MentionForm::Name);
            placed.mentions.push(LinkedMention::new(span, entity, form, WhyLinked::Given));
        }
        placed.mentions.sort_by_key(|mention| (mention.span.start(), std::cmp::Reverse(mention.span.end())));
        let mut end = 0;
        placed.mentions.retain(|mention| {
            let apart = mention.span.start() >= end;
            if apart {
                end = mention.span.end();
            }
            apart
        });
        Some((placed, misplaced))
    }
}

/// The id itself where it is a slug, else a digest of it.
fn slug(id: &str) -> EntityId {
    id.parse().unwrap_or_else(|_| Digest::of(id.as_bytes()).to_string().parse().expect("hexadecimal digits are a slug"))
}
