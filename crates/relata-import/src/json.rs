//! JSON, a record a line or a list of bindings: the native form, FollowTheMoney, Wikidata, SPARQL results.

use std::collections::BTreeMap;
use std::fmt;
use std::io::BufRead;

use relata_model::{Language, NameKind};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::draft::Draft;
use crate::input::{self, Line};
use crate::{Reason, Sink, Stop, table};

/// The program's own form: lines that load are kept as they mean.
pub(crate) fn native(source: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), Stop> {
    each_line(source, |number, line| {
        let text = match line {
            Ok(text) if text.trim().is_empty() || text.trim_start().starts_with('#') => return Ok(()),
            Ok(text) => text,
            Err(reason) => return sink.take(number, Err(reason)),
        };
        match relata_gazetteer::load(&[relata_gazetteer::Source::of_text("", text)], sink.schema) {
            Ok(loaded) => loaded.entities.into_iter().try_for_each(|entity| sink.take_entity(number, Ok(entity))),
            Err(error) => {
                let fault = error
                    .0
                    .first()
                    .map_or_else(String::new, |fault| format!("column {}: {}", fault.column, fault.message));
                sink.take(number, Err(Reason::Malformed(fault)))
            }
        }
    })
}

/// `entities.ftm.json`.
pub(crate) fn follow_the_money(source: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), Stop> {
    #[derive(Deserialize)]
    struct Record {
        id: String,
        schema: String,
        #[serde(default)]
        properties: BTreeMap<String, Vec<Value>>,
    }
    each_line(source, |number, line| {
        if line.as_ref().is_ok_and(|line| line.trim().is_empty()) {
            return Ok(());
        }
        let draft = line.and_then(|line| {
            let record: Record = serde_json::from_str(line).map_err(|error| malformed(&error))?;
            let known = sink.types.followthemoney.get(&record.schema);
            let entity_type = known.cloned().ok_or(Reason::UnknownType(record.schema))?;
            let mut draft = Draft { id: record.id, entity_type, ..Draft::default() };
            let texts =
                |property: &str| record.properties.get(property).into_iter().flatten().filter_map(Value::as_str);
            for (property, kind) in [
                ("name", NameKind::Label),
                ("alias", NameKind::Alias),
                ("abbreviation", NameKind::Alias),
                ("previousName", NameKind::Alias),
            ] {
                texts(property).for_each(|name| draft.name(None, kind, name));
            }
            texts("wikidataId").next().unwrap_or_default().clone_into(&mut draft.wikidata);
            Ok(draft)
        });
        sink.take(number, draft)
    })
}

/// A dump of Wikidata: `[`, then an item a line with a comma behind it, then `]`.
pub(crate) fn wikidata(source: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), Stop> {
    each_line(source, |number, line| {
        let draft = match line.as_ref().map(|line| line.trim().trim_end_matches(',')) {
            Ok("" | "[" | "]") => return Ok(()),
            Ok(text) => serde_json::from_str(text)
                .map_err(|error| malformed(&error))
                .and_then(|item| wikidata_item(&item, sink)),
            Err(reason) => Err(reason.clone()),
        };
        sink.take(number, draft)
    })
}

fn wikidata_item(item: &Value, sink: &Sink<'_>) -> Result<Draft, Reason> {
    let id = item["id"].as_str().filter(|id| id.starts_with('Q')).ok_or(Reason::NotAnItem)?;
    // "Best rank": preferred values where there are any, never deprecated ones.
    let values = |property: &str| {
        let claims = item["claims"][property].as_array().into_iter().flatten();
        let mut claims: Vec<&Value> = claims.filter(|claim| claim["rank"] != "deprecated").collect();
        if claims.iter().any(|claim| claim["rank"] == "preferred") {
            claims.retain(|claim| claim["rank"] == "preferred");
        }
        claims.into_iter().map(|claim| &claim["mainsnak"]["datavalue"]["value"]).collect::<Vec<_>>()
    };
    let items = |property: &str| -> Vec<String> {
        values(property).into_iter().filter_map(|value| value["id"].as_str()).map(str::to_owned).collect()
    };
    let classes = items("P31");
    let known = classes.iter().find_map(|class| sink.types.wikidata.get(class));
    let entity_type = known.cloned().ok_or_else(|| Reason::UnknownType(classes.join(" ")))?;
    let mut draft = Draft { id: id.to_owned(), entity_type, wikidata: id.to_owned(), ..Draft::default() };
    for (field, kind) in [("labels", NameKind::Label), ("aliases", NameKind::Alias)] {
        for (tag, value) in item[field].as_object().into_iter().flatten() {
            let Ok(language) = tag.parse::<Language>() else { continue };
            let list = value.as_array().map_or_else(|| vec![value], |list| list.iter().collect());
            list.iter()
                .filter_map(|name| name["value"].as_str())
                .for_each(|name| draft.name(Some(language), kind, name));
        }
    }
    for value in values("P1549") {
        if let (Some(text), Some(Ok(language))) = (value["text"].as_str(), value["language"].as_str().map(str::parse)) {
            draft.name(Some(language), NameKind::Demonym, text);
        }
    }
    draft.country = items("P17").into_iter().chain(items("P27")).next().unwrap_or_default();
    let times = |properties: &[&str]| -> String {
        let found = properties.iter().flat_map(|property| values(property));
        let mut found = found.filter_map(|value| value["time"].as_str());
        found.next().unwrap_or_default().to_owned()
    };
    (draft.from, draft.to) = (times(&["P569", "P571"]), times(&["P570", "P576"]));
    // In how many Wikipedias it has an article: the best sign of being well known that a dump has.
    draft.prior = item["sitelinks"].as_object().map_or_else(String::new, |links| links.len().to_string());
    // Owners, parents and employers make it likelier where they stand near.
    draft.related = ["P127", "P749", "P108", "P355"].into_iter().flat_map(items).collect();
    Ok(draft)
}

/// SPARQL results in JSON. Rows of one item that follow each other are one record; its line is its number among the rows.
pub(crate) fn sparql(source: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut rows = table::Rows::default();
    let mut stop = None;
    let mut reader = serde_json::Deserializer::from_reader(source);
    let mut number = 0;
    let read = Document {
        row: &mut |row| {
            number += 1;
            let cell = |(name, value): (&String, &Value)| {
                let text = value["value"].as_str()?.to_owned();
                Some((name.clone(), text, value["xml:lang"].as_str().and_then(|tag| tag.parse().ok())))
            };
            let cells: Vec<_> = row.as_object().into_iter().flatten().filter_map(cell).collect();
            match rows.add(number, &cells, sink) {
                Ok(()) => true,
                Err(fault) => {
                    stop = Some(fault);
                    false
                }
            }
        },
    }
    .deserialize(&mut reader);
    if let Some(stop) = stop {
        return Err(stop);
    }
    rows.finish(sink)?;
    read.map_err(|error| Stop::Source { line: error.line(), error: error.to_string() })
}

/// The place of `results.bindings` in the document, whose rows are given away one by one.
struct Document<'f> {
    row: &'f mut dyn FnMut(&Value) -> bool,
}

impl<'de> DeserializeSeed<'de> for Document<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SPARQL results with \"results\" and \"bindings\"")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "results" || key == "bindings" {
                map.next_value_seed(Document { row: &mut *self.row })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(row) = list.next_element::<Value>()? {
            if !(self.row)(&row) {
                return Err(serde::de::Error::custom("nobody takes what is written"));
            }
        }
        Ok(())
    }
}

fn malformed(error: &serde_json::Error) -> Reason {
    let text = error.to_string();
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    Reason::Malformed(format!("column {}: {message}", error.column()))
}

fn each_line(
    source: &mut dyn BufRead,
    mut take: impl FnMut(usize, Result<&str, Reason>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let mut buffer = Vec::new();
    for number in 1.. {
        let line = input::line(source, &mut buffer);
        match line.map_err(|error| Stop::Source { line: number, error: input::explain(&error) })? {
            None => break,
            Some(Line::NotText) => take(number, Err(Reason::NotText))?,
            Some(Line::TooLong) => take(number, Err(Reason::TooLong))?,
            Some(Line::Text(text)) => take(number, Ok(text))?,
        }
    }
    Ok(())
}
