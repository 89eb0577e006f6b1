//! Reading and writing sources: what is wrong is told in full, and what is right comes back.

#![expect(clippy::unwrap_used, reason = "a test fails where its preparation does")]

mod common;

use common::schema;
use proptest::prelude::*;
use relata_gazetteer::{Gazetteer, Source, SourceFile, check, load, write_line};
use relata_model::NameKind;

fn faults(text: &str) -> String {
    load(&[Source::of_text("names.jsonl", text)], &schema()).unwrap_err().to_string()
}

macro_rules! fault {
    ($test:ident, $line:expr, $message:expr) => {
        #[test]
        fn $test() {
            assert_eq!(faults($line), $message);
        }
    };
}

fault!(
    broken_json,
    "\n# comment\n{\"id\": \"été\", \"type\" \"Place\"}",
    "names.jsonl:3:22: this line is no JSON object: expected \":\" (one entity a line: {\"id\": …, \"type\": …, \"labels\": …})"
);
fault!(
    no_object,
    "[1]",
    "names.jsonl:1:1: this line is no JSON object: invalid type: sequence, expected an object (one entity a line: {\"id\": …, \"type\": …, \"labels\": …})"
);
fault!(
    unknown_field,
    r#"{"id": "a", "type": "Place", "labels": {"fr": "é"}, "alias": {}}"#,
    "names.jsonl:1:53: unknown field \"alias\" (did you mean \"aliases\"?)"
);
fault!(
    field_twice,
    r#"{"id": "a", "type": "Place", "labels": {"fr": "A"}, "id": "b"}"#,
    "names.jsonl:1:53: \"id\" is given twice: put all its values into one"
);
fault!(
    unknown_type,
    r#"{"id": "a", "labels": {"fr": "ééé"}, "type": "Compagny"}"#,
    "names.jsonl:1:46: unknown entity type \"Compagny\" (did you mean \"Company\"?)"
);
fault!(
    bad_id,
    r#"{"id": "Été", "type": "Place", "labels": {"fr": "A"}}"#,
    "names.jsonl:1:8: \"Été\" is not an entity id (lower-case letters a-z, digits and hyphens, a letter or digit first: \"vladimir-putin\")"
);
fault!(
    missing_fields,
    r#"{"aliases": {"fr": ["A"]}}"#,
    "names.jsonl:1:1: \"id\" is missing\nnames.jsonl:1:1: \"type\" is missing\nnames.jsonl:1:1: \"labels\" is missing"
);
fault!(
    empty_labels,
    r#"{"id": "a", "type": "Place", "labels": {}}"#,
    "names.jsonl:1:40: \"labels\" is empty: give the usual name in one language at least"
);
fault!(
    bad_language,
    r#"{"id": "a", "type": "Place", "labels": {"français": "A", "fr": "A"}}"#,
    "names.jsonl:1:41: \"français\" is not a language tag (two or three letters such as \"fr\", \"en\", \"ru\", at most eight characters in all)"
);
fault!(
    language_twice,
    r#"{"id": "a", "type": "Place", "labels": {"fr": "A"}, "aliases": {"fr": ["B"], "FR": ["C"]}}"#,
    "names.jsonl:1:78: \"fr\" is given twice: put all its items into one list"
);
fault!(
    empty_name,
    r#"{"id": "a", "type": "Place", "labels": {"fr": " "}, "aliases": {"fr": ["«»"]}}"#,
    "names.jsonl:1:47: this is empty: expected a name, or {\"name\": …, \"case\": …}\n\
     names.jsonl:1:72: \"«»\" has no letter and no digit, so no text can hold it as a name"
);
fault!(
    name_object,
    r#"{"id": "a", "type": "Place", "labels": {"fr": "A"}, "aliases": {"fr": [{"nam": "B"}, {"name": "C", "case": "any"}]}}"#,
    "names.jsonl:1:72: \"name\" is missing\n\
     names.jsonl:1:73: unknown field \"nam\" (did you mean \"name\"?)\n\
     names.jsonl:1:108: expected \"exact\" or \"fold\""
);
fault!(
    no_list,
    r#"{"id": "a", "type": "Place", "labels": {"fr": "A"}, "aliases": {"fr": "B"}, "related": "b"}"#,
    "names.jsonl:1:71: expected a list in square brackets\nnames.jsonl:1:88: expected a list in square brackets"
);
fault!(
    bad_dates,
    r#"{"id": "a", "type": "Person", "labels": {"fr": "A"}, "roles": [{"post": "p", "in": "x", "from": "2025-13"}, {"post": "p", "in": "x", "from": "2025", "to": "2024-12"}, {"in": "x"}]}"#,
    "names.jsonl:1:97: \"2025-13\" is not a date (write 2025, 2025-01 or 2025-01-31)\n\
     names.jsonl:1:156: the role ends (2024-12) before it begins (2025)\n\
     names.jsonl:1:168: \"post\" is missing"
);
fault!(
    bad_wikidata,
    r#"{"id": "a", "type": "Place", "labels": {"fr": "A"}, "wikidata": "159"}"#,
    "names.jsonl:1:65: \"159\" is not a Wikidata item (write \"Q159\")"
);
fault!(
    wrong_kind_of_value,
    r#"{"id": 7, "type": "Place", "labels": ["A"]}"#,
    "names.jsonl:1:8: expected an id in quotation marks\n\
     names.jsonl:1:38: expected an object of languages, such as {\"fr\": \"Russie\", \"en\": \"Russia\"}"
);
fault!(
    id_twice_in_one_source,
    "{\"id\": \"a\", \"type\": \"Place\", \"labels\": {\"fr\": \"A\"}}\n{\"id\": \"a\", \"type\": \"Place\", \"labels\": {\"fr\": \"B\"}}",
    "names.jsonl:2:8: \"a\" stands already in names.jsonl:1: join the two lines"
);
fault!(
    deep_nesting,
    &format!("{{\"id\": {}", "[".repeat(100_000)),
    "names.jsonl:1:100007: this line is no JSON object: EOF while parsing a list (one entity a line: {\"id\": …, \"type\": …, \"labels\": …})"
);

#[test]
fn marks_comments_and_blank_lines_do_no_harm() {
    let text =
        "\u{FEFF}# names\r\n\r\n{\"id\": \"a\", \"type\": \"Place\", \"labels\": {\"fr\": \"A\"}}\r\n   \n  # end";
    let loaded = load(&[Source::of_text("names.jsonl", text)], &schema()).unwrap();
    assert_eq!(loaded.entities.len(), 1);
    assert_eq!(loaded.places[0].line, 3);
    assert!(load(&[Source::of_text("empty.jsonl", "")], &schema()).unwrap().entities.is_empty());
}

#[test]
fn the_same_id_in_two_sources_is_one_entity() {
    let first =
        r#"{"id": "russia", "type": "Place", "labels": {"fr": "Russie"}, "aliases": {"fr": ["Fédération de Russie"]}}"#;
    let second = r#"{"id": "russia", "type": "Place", "labels": {"fr": "La Russie", "ru": "Россия"}, "aliases": {"fr": ["Fédération de Russie", "RF"]}, "wikidata": "Q159"}"#;
    let sources = [Source::of_text("a.jsonl", first), Source::of_text("b.jsonl", second)];
    let loaded = load(&sources, &schema()).unwrap();
    assert_eq!(
        write_line(&loaded.entities[0]),
        r#"{"id": "russia", "type": "Place", "labels": {"fr": "Russie", "ru": "Россия"}, "aliases": {"fr": ["Fédération de Russie", "La Russie", "RF"]}, "wikidata": "Q159"}"#
    );
}

#[test]
fn a_conflict_of_types_names_both_places() {
    let first = r#"{"id": "meta", "type": "Company", "labels": {"fr": "Meta"}}"#;
    let second = r#"{"id": "meta", "type": "Place", "labels": {"fr": "Meta"}}"#;
    let error = load(&[Source::of_text("a.jsonl", first), Source::of_text("b.jsonl", second)], &schema()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a.jsonl:1:24: \"meta\" is a Company here and a Place in b.jsonl:1: give one of them another id or type"
    );
}

#[test]
fn an_id_may_stand_once_in_all_files_of_a_source() {
    let line = r#"{"id": "meta", "type": "Company", "labels": {"fr": "Meta"}}"#;
    let file = |name: &str| SourceFile { name: name.to_owned(), text: line.to_owned() };
    let source = Source { files: vec![file("a.jsonl"), file("b.jsonl")] };
    let error = load(&[source], &schema()).unwrap_err();
    assert_eq!(error.to_string(), "b.jsonl:1:8: \"meta\" stands already in a.jsonl:1: join the two lines");
}

#[test]
fn unknown_references_are_warnings() {
    let line = r#"{"id": "a", "type": "Person", "labels": {"fr": "A"}, "country": "b", "related": ["a", "c"], "roles": [{"post": "p", "in": "d"}]}"#;
    let loaded = load(&[Source::of_text("names.jsonl", line)], &schema()).unwrap();
    let warnings: Vec<String> = loaded.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "names.jsonl:1:1: \"country\" of \"a\" names \"b\", which no source has",
            "names.jsonl:1:1: \"related\" of \"a\" names \"c\", which no source has",
            "names.jsonl:1:1: \"roles\" of \"a\" names \"d\", which no source has",
        ]
    );
}

#[test]
fn everything_comes_back() {
    let line = r#"{"id": "a", "type": "Person", "labels": {"fr": {"name": "A \"b\" 🤖", "case": "exact"}, "en": "A"}, "aliases": {"fr": ["B", {"name": "C", "case": "fold", "accents": "exact", "needs_context": true, "priority": -3}], "ru": ["Я"]}, "acronyms": {"fr": ["ABC"]}, "role_names": {"fr": [{"name": "maître", "accents": "fold"}]}, "demonyms": {"fr": ["d"]}, "metonyms": {"en": ["E"]}, "country": "a", "related": ["a"], "context": {"fr": ["mot"]}, "roles": [{"post": "p", "in": "a", "from": "2012-05", "to": "2024-12-31"}, {"post": "q", "in": "a"}], "wikidata": "Q42", "from": "1952-10-07", "to": "2001", "prior": 0.25}"#;
    let loaded = load(&[Source::of_text("names.jsonl", line)], &schema()).unwrap();
    assert_eq!(write_line(&loaded.entities[0]), line);
}

#[test]
fn the_policy_of_an_entity_is_that_of_its_names() {
    let line = r#"{"id": "a", "type": "Place", "labels": {"fr": "Visa"}, "case": "exact", "aliases": {"fr": [{"name": "Carte", "case": "fold"}]}}"#;
    let loaded = load(&[Source::of_text("names.jsonl", line)], &schema()).unwrap();
    assert_eq!(
        write_line(&loaded.entities[0]),
        r#"{"id": "a", "type": "Place", "labels": {"fr": {"name": "Visa", "case": "exact"}}, "aliases": {"fr": [{"name": "Carte", "case": "fold"}]}}"#
    );
}

#[test]
fn ten_thousand_lines_load_in_order() {
    let line = |i: usize| {
        format!(
            "{{\"id\": \"e{i}\", \"type\": \"Place\", \"labels\": {{\"fr\": \"Nom {i}\"}}, \"aliases\": {{\"en\": [\"Name {i}\"]}}}}\n"
        )
    };
    let text: String = (0..10_000).map(line).collect();
    let loaded = load(&[Source::of_text("names.jsonl", &text)], &schema()).unwrap();
    assert_eq!(loaded.entities.len(), 10_000);
    assert!(loaded.entities.is_sorted_by(|a, b| a.id < b.id));
}

#[test]
fn check_tells_what_to_look_at() {
    let text = [
        r#"{"id": "a", "type": "Place", "labels": {"fr": "Orange", "en": "Orange"}, "aliases": {"fr": ["Or", "Or"]}}"#,
        r#"{"id": "b", "type": "Company", "labels": {"fr": "Orange"}, "aliases": {"fr": ["chinoise", "VK"]}}"#,
        r#"{"id": "c", "type": "Place", "labels": {"fr": "Chine", "en": "China"}, "demonyms": {"fr": ["chinois"]}, "metonyms": {"fr": ["Orange"]}}"#,
    ]
    .join("\n");
    let loaded = load(&[Source::of_text("names.jsonl", &text)], &schema()).unwrap();
    let gazetteer = Gazetteer::new(loaded.entities.clone(), &schema());
    let mut found: Vec<String> = check(&loaded, &gazetteer).iter().map(ToString::to_string).collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "names.jsonl:1: \"a\": the name \"Or\" is short: write {\"name\": \"Or\", \"case\": \"exact\"}",
            "names.jsonl:1: \"a\": the name \"Or\" is short: write {\"name\": \"Or\", \"case\": \"exact\"}",
            "names.jsonl:1: \"a\": the name \"Or\" stands twice for \"fr\": drop one",
            "names.jsonl:1: \"a\": the name \"Orange\" is also one of \"b\": give context words, or drop it",
            "names.jsonl:2: \"b\": no label for \"en\", which most entities have",
            "names.jsonl:2: \"b\": the name \"Orange\" is also one of \"a\": give context words, or drop it",
            "names.jsonl:3: \"c\": the form \"chinoise\" (feminine or plural of a French demonym) is also a name of \"b\"",
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn broken_lines_are_told_and_never_crash(line in "[\\[\\]{}\":,a-zé0-9 \\\\]{0,60}") {
        if let Err(error) = load(&[Source::of_text("x", &line)], &schema()) {
            prop_assert!(!error.0.is_empty());
        }
    }

    #[test]
    fn cut_and_changed_lines_never_crash(cut in 0_usize..400, put in ".{0,3}") {
        let line = r#"{"id": "a", "type": "Person", "labels": {"fr": "É"}, "aliases": {"fr": ["B", {"name": "C", "case": "fold"}]}, "roles": [{"post": "p", "in": "a", "from": "2012-05"}], "context": {"fr": ["mot"]}}"#;
        let at = line.floor_char_boundary(cut.min(line.len()));
        let changed = format!("{}{put}{}", &line[..at], &line[at..]);
        let _ = load(&[Source::of_text("x", &changed)], &schema());
        let _ = load(&[Source::of_text("x", &line[..at])], &schema());
    }

    #[test]
    fn names_come_back(texts in prop::collection::vec("\\PC{0,12}[a-zя中]", 1..6)) {
        let aliases = serde_json::json!({ "fr": texts });
        let line = format!(r#"{{"id": "a", "type": "Person", "labels": {{"fr": "A"}}, "aliases": {aliases}}}"#);
        let loaded = load(&[Source::of_text("x", &line)], &schema()).unwrap();
        let again = load(&[Source::of_text("x", &write_line(&loaded.entities[0]))], &schema()).unwrap();
        prop_assert_eq!(&loaded.entities, &again.entities);
        prop_assert_eq!(loaded.entities[0].names.iter().filter(|name| name.kind == NameKind::Alias).count(), texts.len());
    }
}
