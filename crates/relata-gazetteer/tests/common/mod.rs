//! Small gazetteers for tests.

#![expect(clippy::unwrap_used, reason = "a test fails where its preparation does")]
#![allow(dead_code, reason = "each test program uses its part")]

use relata_gazetteer::{Gazetteer, Source, load};
use relata_model::{CodePointIndex, Language, Schema, Span};

/// The shipped entity types, as far as names of different types are treated differently.
pub(crate) const SCHEMA: &str = r#"
[[entity-type]]
name = "Person"
labels = {}

[[entity-type]]
name = "Organization"
labels = {}

[[entity-type]]
name = "Company"
parent = "Organization"
labels = {}

[[entity-type]]
name = "GovernmentBody"
parent = "Organization"
labels = {}

[[entity-type]]
name = "Place"
labels = {}

[[entity-type]]
name = "Concept"
labels = {}
"#;

/// The schema of the tests.
pub(crate) fn schema() -> Schema {
    Schema::from_toml("schema.toml", SCHEMA).unwrap()
}

/// One name of an entity of its own.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    text: String,
    language: &'static str,
    entity_type: &'static str,
    field: &'static str,
    case: Option<&'static str>,
}

impl From<&str> for Listed {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), language: "fr", entity_type: "Organization", field: "aliases", case: None }
    }
}

impl From<Listed> for Row {
    fn from(listed: Listed) -> Self {
        Row(listed)
    }
}

/// A row of a table, made of a text or of a [`Listed`].
pub(crate) struct Row(pub(crate) Listed);

impl From<&str> for Row {
    fn from(text: &str) -> Self {
        Row(text.into())
    }
}

/// A French name of an organization; the methods change that.
pub(crate) fn name(text: &str) -> Listed {
    text.into()
}

impl Listed {
    pub(crate) fn ru(self) -> Self {
        Self { language: "ru", ..self }
    }

    pub(crate) fn en(self) -> Self {
        Self { language: "en", ..self }
    }

    pub(crate) fn person(self) -> Self {
        Self { entity_type: "Person", ..self }
    }

    pub(crate) fn place(self) -> Self {
        Self { entity_type: "Place", ..self }
    }

    pub(crate) fn company(self) -> Self {
        Self { entity_type: "Company", ..self }
    }

    pub(crate) fn body(self) -> Self {
        Self { entity_type: "GovernmentBody", ..self }
    }

    pub(crate) fn concept(self) -> Self {
        Self { entity_type: "Concept", ..self }
    }

    pub(crate) fn demonym(self) -> Self {
        Self { field: "demonyms", entity_type: "Place", ..self }
    }

    pub(crate) fn exact(self) -> Self {
        Self { case: Some("exact"), ..self }
    }

    pub(crate) fn fold(self) -> Self {
        Self { case: Some("fold"), ..self }
    }
}

/// A gazetteer in which name number i is the only name of entity `e<i>`, but for a label that no text has.
pub(crate) fn gazetteer(names: &[Listed]) -> Gazetteer {
    let lines: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(i, name)| {
            let mut item = serde_json::json!({ "name": name.text });
            if let Some(case) = name.case {
                item["case"] = case.into();
            }
            let mut line = serde_json::json!({
                "id": format!("e{i:04}"),
                "type": name.entity_type,
                "labels": { "zz": format!("Label{i:04}") },
            });
            line[name.field] = serde_json::json!({ name.language: [item] });
            line.to_string()
        })
        .collect();
    let loaded = load(&[Source::of_text("names.jsonl", &lines.join("\n"))], &schema()).unwrap();
    Gazetteer::new(loaded.entities, &schema())
}

/// Number of the name, start and end in code points of every reading found in a text.
pub(crate) fn find(
    gazetteer: &Gazetteer,
    text: &str,
    spans: &[Span],
    language: Option<Language>,
) -> Vec<(u32, u32, u32)> {
    let index = CodePointIndex::new(text);
    let mut found = Vec::new();
    for mention in gazetteer.find(text, spans.iter().copied(), language) {
        let place = index.code_points(mention.span);
        let mut numbers: Vec<u32> =
            mention.candidates.iter().map(|one| one.entity.as_str()[1..].parse().unwrap()).collect();
        numbers.dedup();
        found.extend(numbers.into_iter().map(|number| (number, place.start, place.end)));
    }
    found
}

/// Defines a test: names, a text, and the names found as (number, start, end) in code points. The text is French unless
/// the language is given.
#[macro_export]
macro_rules! case {
    ($test:ident, [$($name:expr),* $(,)?], $text:expr, [$($hit:expr),* $(,)?]) => {
        $crate::case!($test, "fr", [$($name),*], $text, [$($hit),*]);
    };
    ($test:ident, $language:literal, [$($name:expr),* $(,)?], $text:expr, [$($hit:expr),* $(,)?]) => {
        #[test]
        fn $test() {
            let names: Vec<$crate::common::Listed> = vec![$($crate::common::Row::from($name).0),*];
            let text: &str = $text;
            let expected: Vec<(u32, u32, u32)> = vec![$($hit),*];
            let whole = [relata_model::Span::new(0, text.len())];
            let gazetteer = $crate::common::gazetteer(&names);
            let found = $crate::common::find(&gazetteer, text, &whole, $language.parse().ok());
            assert_eq!(found, expected, "{text}");
        }
    };
}
