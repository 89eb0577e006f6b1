//! `gazetteer check`: doubts about names, alone and in the light of a corpus.

use serde_json::{Value, json};

use crate::place::Place;

const NAMES: &str = r#"{"id": "banque", "type": "Company", "labels": {"fr": "Banque"}}
{"id": "kestrel", "type": "Software", "labels": {"en": "Kestrel"}, "aliases": {"en": ["Kestrel Suite", "Kestrelware"]}}
{"id": "nobody", "type": "Person", "labels": {"fr": "Élie Tok"}}
{"id": "orange", "type": "Company", "labels": {"fr": "Orange"}}
{"id": "orange-fruit", "type": "Product", "labels": {"fr": "ORANGE"}}
{"id": "visa", "type": "Company", "labels": {"fr": {"name": "Visa", "case": "exact"}}}
"#;

fn place() -> Place {
    Place::with(&[
        ("names.jsonl", NAMES),
        ("a/a.txt", "Une orange et une orange. Orange se tait. Le groupe Orange et Visa donnent un visa.\n"),
        ("a/b.txt", "Le Kestrel Suite plaît, dit la banque. Une banque, puis deux.\n"),
    ])
}

#[test]
fn common_words_are_told_from_the_lists_and_from_a_corpus() {
    let place = place();
    let alone = place.relata("gazetteer check names.jsonl");
    let lines: Vec<&str> = alone.out.lines().filter(|line| line.contains("common word")).collect();
    assert_eq!(
        lines,
        [
            "names.jsonl:1: \"banque\": the name \"Banque\" is a common word of \"fr\": write {\"name\": \"Banque\", \"needs_context\": true}, or \
          see with --text how often it stands as such"
        ]
    );
    let with = place.relata("gazetteer check names.jsonl --text a");
    let lines: Vec<&str> = with
        .out
        .lines()
        .filter(|line| line.contains("common word") || line.contains("stands in 2 documents"))
        .collect();
    let out = "write {\"name\": \"Banque\", \"needs_context\": true}, or give the longer names only";
    assert_eq!(
        lines,
        [
            format!(
                "names.jsonl:1: \"banque\": the name \"Banque\" is a common word: it stands 2 times in small letters, 0 times at the start of a \
                 sentence, 0 times with a capital elsewhere: {out}"
            ),
            "names.jsonl:1: \"banque\": none of its names stands in 2 documents".to_owned(),
            "names.jsonl:2: \"kestrel\": the name \"Kestrel\" never stands in 2 documents; others of its names do"
                .to_owned(),
            "names.jsonl:2: \"kestrel\": the name \"Kestrelware\" never stands in 2 documents; others of its names do"
                .to_owned(),
            "names.jsonl:3: \"nobody\": none of its names stands in 2 documents".to_owned(),
            format!(
                "names.jsonl:4: \"orange\": the name \"Orange\" is a common word: it stands 2 times in small letters, 1 time at the start of a \
                 sentence, 1 time with a capital elsewhere: {}",
                out.replace("Banque", "Orange")
            ),
        ]
    );
    assert_eq!(
        with.err,
        "6 entities, 9 doubts, against 2 documents (2 common word, 2 entity never named, 1 missing label, 2 name never used, 2 shared name)\n"
    );
    assert_eq!((alone.code, with.code), (Some(0), Some(0)));
}

#[test]
fn what_was_judged_is_no_doubt() {
    let place = place();
    let shared = |arguments: &str| {
        let listed = place.relata(&format!("gazetteer check names.jsonl{arguments}"));
        listed.out.lines().filter(|line| line.contains("is also one of")).count()
    };
    assert_eq!(shared(""), 2);
    let signed = "--gazetteer names.jsonl --by Ana --why homographs --at 2026-11-20T10:00:00Z";
    place.relata(&format!("gazetteer judge orange different orange-fruit {signed}")).output();
    assert_eq!(shared(" --judgements judgements.jsonl"), 0);
}

#[test]
fn doubts_and_faults_are_data_too() {
    let place = place();
    let all: Vec<Value> =
        serde_json::from_str(&place.relata("gazetteer check names.jsonl --text a --json").output()).unwrap();
    let orange = all.iter().find(|one| one["kind"] == "common word" && one["entity"] == "orange").unwrap();
    assert_eq!(
        (&orange["file"], &orange["line"], &orange["name"], &orange["small"], &orange["first"], &orange["inside"]),
        (&json!("names.jsonl"), &json!(4), &json!("Orange"), &json!(2), &json!(1), &json!(1))
    );
    let shared = all.iter().find(|one| one["kind"] == "shared name").unwrap();
    assert_eq!(shared["others"], json!(["orange-fruit"]));
    place.write("broken.jsonl", "{\"id\": \"a\"\n");
    let ran = place.relata("gazetteer check broken.jsonl --json");
    let faults: Vec<Value> = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&faults[0]["kind"], &faults[0]["line"], ran.code), (&json!("fault"), &json!(1), Some(1)));
    place.write("rows.csv", "name,type\nNovalis,Company\nB,Nope\n");
    place
        .relata("gazetteer check rows.csv")
        .says(1, "fault: rows.csv:3:1: unknown type \"Nope\" (data/import/types.toml has the known ones)\n1 fault\n");
}
