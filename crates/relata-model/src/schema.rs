//! What may be said: entity types and relation types, read from data.

use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use crate::{Diagnostic, Language, LoadError, closest};

/// A type of entity that the schema declares. Only a [`Schema`] makes one. Orders by name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityType(Arc<str>);

/// A type of relation, a predicate, that the schema declares. Only a [`Schema`] makes one. Orders by name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationType(Arc<str>);

impl EntityType {
    /// Its name, an NCName in ASCII: `GovernmentBody`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl RelationType {
    /// Its name, an NCName in ASCII: `holdsPositionIn`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for EntityType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RelationType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for EntityType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for RelationType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the schema says of an entity type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityTypeInfo {
    /// The wider type, whose subtype it is.
    pub parent: Option<EntityType>,
    /// The class of schema.org nearest to it, without the namespace; inherited from the parent when not given.
    pub schema_org: Option<String>,
    /// What it is called, by language.
    pub labels: IndexMap<Language, String>,
}

/// What the schema says of a relation type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationTypeInfo {
    /// Types that a subject may have, subtypes included; empty: any.
    pub domain: Vec<EntityType>,
    /// Types that an object may have, subtypes included; empty: any.
    pub range: Vec<EntityType>,
    /// Whether it holds both ways, and so is stored once, the ends in code-point order of their ids.
    pub symmetric: bool,
    /// Whether both ends must be of one family: their widest types alike.
    pub same_family: bool,
    /// Relations that cannot hold between the same two at the same time; said once for both.
    pub excludes: Vec<RelationType>,
    /// Posts that one alone holds at a time, each as the words that name it, in small letters.
    pub single_roles: Vec<Vec<String>>,
    /// Wikidata properties near to it: `P39`. The direction may differ.
    pub wikidata: Vec<String>,
    /// What it is called, by language.
    pub labels: IndexMap<Language, String>,
    /// What it means, in English.
    pub comment: String,
}

/// The types of entities and relations that may be used, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    entity_types: IndexMap<EntityType, EntityTypeInfo>,
    relation_types: IndexMap<RelationType, RelationTypeInfo>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "entity-type")]
    entity_types: Vec<EntityTypeSource>,
    #[serde(default, rename = "relation-type")]
    relation_types: Vec<RelationTypeSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntityTypeSource {
    name: Spanned<String>,
    parent: Option<Spanned<String>>,
    schema_org: Option<String>,
    labels: IndexMap<Language, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelationTypeSource {
    name: Spanned<String>,
    #[serde(default)]
    domain: Vec<Spanned<String>>,
    #[serde(default)]
    range: Vec<Spanned<String>>,
    #[serde(default)]
    symmetric: bool,
    #[serde(default)]
    same_family: bool,
    #[serde(default)]
    excludes: Vec<Spanned<String>>,
    #[serde(default)]
    single_roles: Vec<Vec<String>>,
    #[serde(default)]
    wikidata: Vec<String>,
    labels: IndexMap<Language, String>,
    comment: String,
}

impl Schema {
    /// Reads a schema; `file` names it in messages.
    ///
    /// # Errors
    /// Every fault of the file, with its place.
    pub fn from_toml(file: &str, source: &str) -> Result<Self, LoadError> {
        let parsed: File =
            toml::from_str(source).map_err(|error| LoadError(vec![Diagnostic::from_toml(file, source, &error)]))?;
        let mut faults = Vec::new();
        let mut fault = |at: &Spanned<String>, message: String| {
            faults.push(Diagnostic::at(file, source, at.span().start, message));
        };
        let mut schema = Self { entity_types: IndexMap::new(), relation_types: IndexMap::new() };
        for entry in &parsed.entity_types {
            check_name(&entry.name, &mut fault);
            let key = EntityType(entry.name.get_ref().as_str().into());
            let info =
                EntityTypeInfo { parent: None, schema_org: entry.schema_org.clone(), labels: entry.labels.clone() };
            if schema.entity_types.insert(key, info).is_some() {
                fault(&entry.name, format!("entity type \"{}\" is declared twice", entry.name.get_ref()));
            }
        }
        for entry in &parsed.entity_types {
            let Some(parent) = &entry.parent else { continue };
            match schema.entity_type(parent.get_ref()) {
                Ok(parent) => {
                    let key = EntityType(entry.name.get_ref().as_str().into());
                    schema.entity_types[&key].parent = Some(parent);
                }
                Err(unknown) => fault(parent, unknown.to_string()),
            }
        }
        for entry in &parsed.entity_types {
            let Ok(entity_type) = schema.entity_type(entry.name.get_ref()) else { continue };
            if schema.lineage(&entity_type).nth(schema.entity_types.len()).is_some() {
                fault(&entry.name, format!("entity type \"{}\" is its own ancestor", entry.name.get_ref()));
            }
        }
        for entry in &parsed.relation_types {
            check_name(&entry.name, &mut fault);
            let mut types = |names: &[Spanned<String>]| -> Vec<EntityType> {
                let known = names.iter().filter_map(|name| match schema.entity_type(name.get_ref()) {
                    Ok(known) => Some(known),
                    Err(unknown) => {
                        fault(name, unknown.to_string());
                        None
                    }
                });
                known.collect()
            };
            let info = RelationTypeInfo {
                domain: types(&entry.domain),
                range: types(&entry.range),
                symmetric: entry.symmetric,
                same_family: entry.same_family,
                excludes: Vec::new(),
                single_roles: entry.single_roles.clone(),
                wikidata: entry.wikidata.clone(),
                labels: entry.labels.clone(),
                comment: entry.comment.clone(),
            };
            let key = RelationType(entry.name.get_ref().as_str().into());
            if schema.relation_types.insert(key, info).is_some() {
                fault(&entry.name, format!("relation type \"{}\" is declared twice", entry.name.get_ref()));
            }
        }
        for entry in &parsed.relation_types {
            for name in &entry.excludes {
                match schema.relation_type(name.get_ref()) {
                    Ok(excluded) => {
                        let key = RelationType(entry.name.get_ref().as_str().into());
                        schema.relation_types[&key].excludes.push(excluded);
                    }
                    Err(unknown) => faults.push(Diagnostic::at(file, source, name.span().start, unknown.to_string())),
                }
            }
        }
        if faults.is_empty() { Ok(schema) } else { Err(LoadError(faults)) }
    }

    /// The entity type of that name.
    ///
    /// # Errors
    /// When the schema has none; the message names the nearest.
    pub fn entity_type(&self, name: &str) -> Result<EntityType, UnknownType> {
        let found = self.entity_types.keys().find(|known| known.as_str() == name);
        found
            .cloned()
            .ok_or_else(|| UnknownType::new("entity type", name, self.entity_types.keys().map(EntityType::as_str)))
    }

    /// The relation type of that name.
    ///
    /// # Errors
    /// When the schema has none; the message names the nearest.
    pub fn relation_type(&self, name: &str) -> Result<RelationType, UnknownType> {
        let found = self.relation_types.keys().find(|known| known.as_str() == name);
        found
            .cloned()
            .ok_or_else(|| UnknownType::new("predicate", name, self.relation_types.keys().map(RelationType::as_str)))
    }

    /// The entity type of that name; of any other name, the type of which nothing is known, called "Thing", that fits any end of
    /// any relation. For mentions that others made, with types of their own.
    pub fn entity_type_or_thing(&self, name: &str) -> EntityType {
        self.entity_type(name).unwrap_or_else(|_| EntityType("Thing".into()))
    }

    /// Whether the schema says something of a type: not of the "Thing" that it lacks.
    pub fn knows(&self, entity_type: &EntityType) -> bool {
        self.entity_types.contains_key(entity_type)
    }

    /// What is said of an entity type.
    ///
    /// # Panics
    /// When the type was made by a schema that has others.
    pub fn info(&self, entity_type: &EntityType) -> &EntityTypeInfo {
        self.entity_types.get(entity_type).expect("the type was made by this schema")
    }

    /// What is said of a relation type.
    ///
    /// # Panics
    /// When the type was made by a schema that has others.
    pub fn relation_info(&self, relation: &RelationType) -> &RelationTypeInfo {
        self.relation_types.get(relation).expect("the type was made by this schema")
    }

    /// All entity types, in the order of the file.
    pub fn entity_types(&self) -> impl Iterator<Item = (&EntityType, &EntityTypeInfo)> {
        self.entity_types.iter()
    }

    /// All relation types, in the order of the file.
    pub fn relation_types(&self) -> impl Iterator<Item = (&RelationType, &RelationTypeInfo)> {
        self.relation_types.iter()
    }

    /// The type and its ancestors, nearest first.
    pub fn lineage(&self, entity_type: &EntityType) -> impl Iterator<Item = EntityType> {
        std::iter::successors(Some(entity_type.clone()), |narrower| {
            self.entity_types.get(narrower).and_then(|info| info.parent.clone())
        })
    }

    /// Whether `entity_type` is `wider` or one of its subtypes.
    pub fn is_a(&self, entity_type: &EntityType, wider: &EntityType) -> bool {
        self.lineage(entity_type).any(|ancestor| ancestor == *wider)
    }

    /// Whether a relation may hold between entities of these types; a type that the schema lacks fits everywhere.
    pub fn admits(&self, subject: &EntityType, relation: &RelationType, object: &EntityType) -> bool {
        let info = self.relation_info(relation);
        let fits = |entity_type, allowed: &[EntityType]| {
            allowed.is_empty() || !self.knows(entity_type) || allowed.iter().any(|wider| self.is_a(entity_type, wider))
        };
        let family = |entity_type| self.lineage(entity_type).last();
        let related = || !self.knows(subject) || !self.knows(object) || family(subject) == family(object);
        fits(subject, &info.domain) && fits(object, &info.range) && (!info.same_family || related())
    }
}

fn check_name(name: &Spanned<String>, fault: &mut impl FnMut(&Spanned<String>, String)) {
    let text = name.get_ref();
    let ok = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !ok {
        fault(name, format!("\"{text}\" cannot name a type: use ASCII letters, digits, - and _, a letter first"));
    }
}

/// A name that the schema does not declare.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what} \"{name}\"{hint}")]
pub struct UnknownType {
    what: &'static str,
    name: String,
    hint: String,
}

impl UnknownType {
    fn new<'k>(what: &'static str, name: &str, known: impl IntoIterator<Item = &'k str>) -> Self {
        Self { what, name: name.to_owned(), hint: closest(name, known) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
[[entity-type]]
name = "Organization"
labels = { en = "Organization" }

[[entity-type]]
name = "Company"
parent = "Organization"
labels = { en = "Company" }

[[entity-type]]
name = "Person"
labels = { en = "Person" }

[[relation-type]]
name = "partOf"
same_family = true
labels = { en = "is part of" }
comment = "Is a part."

[[relation-type]]
name = "ownedBy"
domain = ["Organization"]
labels = { en = "is owned by" }
excludes = ["partOf"]
comment = "Is owned."
"#;

    #[test]
    fn excluded_relations_must_be_declared() {
        let schema = Schema::from_toml("schema.toml", SMALL).unwrap();
        let [owned, part] = ["ownedBy", "partOf"].map(|name| schema.relation_type(name).unwrap());
        assert_eq!(schema.relation_info(&owned).excludes, [part]);
        let error = Schema::from_toml("schema.toml", &SMALL.replace("[\"partOf\"]", "[\"partsOf\"]")).unwrap_err();
        assert_eq!(error.to_string(), "schema.toml:25:13: unknown predicate \"partsOf\" (did you mean \"partOf\"?)");
    }

    #[test]
    fn domains_take_subtypes_and_families_must_agree() {
        let schema = Schema::from_toml("schema.toml", SMALL).unwrap();
        let [company, person] = ["Company", "Person"].map(|name| schema.entity_type(name).unwrap());
        let [owned, part] = ["ownedBy", "partOf"].map(|name| schema.relation_type(name).unwrap());
        assert!(schema.admits(&company, &owned, &person));
        assert!(!schema.admits(&person, &owned, &company));
        assert!(!schema.admits(&person, &part, &company));
    }

    #[test]
    fn every_fault_is_told_with_its_place() {
        let source =
            SMALL.replace("parent = \"Organization\"", "parent = \"Organisation\"").replace("partOf", "part of");
        let error = Schema::from_toml("schema.toml", &source).unwrap_err();
        assert_eq!(
            error.to_string(),
            "schema.toml:8:10: unknown entity type \"Organisation\" (did you mean \"Organization\"?)\n\
             schema.toml:16:8: \"part of\" cannot name a type: use ASCII letters, digits, - and _, a letter first"
        );
    }
}
