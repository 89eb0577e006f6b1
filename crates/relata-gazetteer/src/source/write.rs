//! An entity as one line of a source.

use indexmap::IndexMap;
use relata_model::{AccentPolicy, CasePolicy, Entity, Language, Name, NameKind};
use serde_json::{Map, Value, json};

/// The entity as the line of JSON that reads back as the same entity, without a line end.
///
/// Names stand by kind, then language, as the reader leaves them; a free note and the key of the source are not part of
/// an entity and are not written.
///
/// ```
/// # let schema = relata_model::Schema::from_toml("s", "[[entity-type]]\nname = \"Place\"\nlabels = {}").unwrap();
/// let line = r#"{"id": "paris", "type": "Place", "labels": {"fr": "Paris"}, "demonyms": {"fr": ["parisien"]}}"#;
/// let loaded = relata_gazetteer::load(&[relata_gazetteer::Source::of_text("a.jsonl", line)], &schema).unwrap();
/// assert_eq!(relata_gazetteer::write_line(&loaded.entities[0]), line);
/// ```
pub fn write_line(entity: &Entity) -> String {
    let mut fields: Vec<(&str, Value)> =
        vec![("id", json!(entity.id.as_str())), ("type", json!(entity.entity_type.as_str()))];
    let labels = entity.names.iter().filter(|name| name.kind == NameKind::Label);
    let labels: Map<String, Value> = labels.map(|name| (name.language.to_string(), name_value(name))).collect();
    fields.push(("labels", Value::Object(labels)));
    for (field, kind) in [
        ("aliases", NameKind::Alias),
        ("acronyms", NameKind::Acronym),
        ("role_names", NameKind::Role),
        ("demonyms", NameKind::Demonym),
        ("metonyms", NameKind::Metonym),
    ] {
        let names = entity.names.iter().filter(|name| name.kind == kind);
        push_lists(&mut fields, field, names.map(|name| (name.language, name_value(name))));
    }
    if let Some(country) = &entity.country {
        fields.push(("country", json!(country.as_str())));
    }
    if !entity.related.is_empty() {
        fields.push(("related", entity.related.iter().map(|id| json!(id.as_str())).collect()));
    }
    push_lists(&mut fields, "context", entity.context.iter().map(|(language, word)| (*language, json!(word))));
    if !entity.roles.is_empty() {
        let role = |role: &relata_model::DatedRole| {
            let mut object = Map::new();
            object.insert("post".to_owned(), json!(role.post.as_str()));
            object.insert("in".to_owned(), json!(role.organization.as_str()));
            let ends = [("from", role.period.and_then(|period| period.from)), ("to", role.period.and_then(|p| p.to))];
            for (field, date) in ends {
                if let Some(date) = date {
                    object.insert(field.to_owned(), json!(date.to_string()));
                }
            }
            Value::Object(object)
        };
        fields.push(("roles", entity.roles.iter().map(role).collect()));
    }
    if let Some(item) = entity.wikidata {
        fields.push(("wikidata", json!(item.to_string())));
    }
    let ends = [("from", entity.period.and_then(|period| period.from)), ("to", entity.period.and_then(|one| one.to))];
    for (field, date) in ends {
        if let Some(date) = date {
            fields.push((field, json!(date.to_string())));
        }
    }
    let mut line = String::new();
    write_object(fields.iter().map(|(key, value)| (*key, value)), &mut line);
    if let Some(prior) = entity.prior {
        // Written by itself: no number of JSON libraries keeps all its digits.
        line.pop();
        line.extend([", \"prior\": ", &prior.to_string(), "}"]);
    }
    line
}

fn name_value(name: &Name) -> Value {
    if name.case.is_none() && name.accents.is_none() && !name.needs_context && name.priority == 0 {
        return json!(name.text);
    }
    let mut object = Map::new();
    object.insert("name".to_owned(), json!(name.text));
    if let Some(case) = name.case {
        let word = match case {
            CasePolicy::Exact => "exact",
            CasePolicy::Fold => "fold",
        };
        object.insert("case".to_owned(), json!(word));
    }
    if let Some(accents) = name.accents {
        let word = match accents {
            AccentPolicy::Exact => "exact",
            AccentPolicy::Fold => "fold",
        };
        object.insert("accents".to_owned(), json!(word));
    }
    if name.needs_context {
        object.insert("needs_context".to_owned(), json!(true));
    }
    if name.priority != 0 {
        object.insert("priority".to_owned(), json!(name.priority));
    }
    Value::Object(object)
}

fn push_lists(fields: &mut Vec<(&str, Value)>, field: &'static str, items: impl Iterator<Item = (Language, Value)>) {
    let mut lists: IndexMap<Language, Vec<Value>> = IndexMap::new();
    for (language, item) in items {
        lists.entry(language).or_default().push(item);
    }
    if !lists.is_empty() {
        let lists: Map<String, Value> =
            lists.into_iter().map(|(language, items)| (language.to_string(), Value::Array(items))).collect();
        fields.push((field, Value::Object(lists)));
    }
}

/// Writes a value with a space after `:` and `,`, as the shipped files stand.
fn write_value(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => write_object(members.iter().map(|(key, value)| (key.as_str(), value)), out),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                out.push_str(if i == 0 { "" } else { ", " });
                write_value(item, out);
            }
            out.push(']');
        }
        Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => out.push_str(&value.to_string()),
    }
}

pub(crate) fn write_object<'v>(members: impl Iterator<Item = (&'v str, &'v Value)>, out: &mut String) {
    out.push('{');
    for (i, (key, value)) in members.enumerate() {
        out.push_str(if i == 0 { "" } else { ", " });
        out.push_str(&Value::from(key).to_string());
        out.push_str(": ");
        write_value(value, out);
    }
    out.push('}');
}
