//! Builds of parts united are the build of the whole, in whatever order and grouping.

use crate::place::{Files, Place};
use crate::seeds::{self, BUILD, SEEDS};

/// The seeds in three folders, each built into a folder of its own, and all of them together.
fn parts() -> Place {
    let place = Place::new();
    for (number, (name, text)) in SEEDS.iter().enumerate() {
        place.write(&format!("{}/{name}", ["one", "two", "three"][number % 3]), text);
    }
    for part in ["one", "two", "three"] {
        let ran = place.relata(&format!("build {part} -o built-{part}"));
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    }
    place
}

#[track_caller]
fn assert_same(one: &Files, other: &Files, how: &str) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{how}");
    for (name, bytes) in one {
        assert!(bytes == &other[name], "{how}: {name} differs");
    }
}

fn merged(place: &Place, builds: &str, out: &str) -> Files {
    let ran = place.relata(&format!("merge {builds} -o {out}"));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    place.files(out)
}

#[test]
fn a_merge_is_the_build_of_all_documents_in_any_order_and_grouping() {
    let place = parts();
    let ran = place.relata("build one two three -o whole");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let whole = place.files("whole");
    assert_same(&merged(&place, "built-one built-two built-three", "a"), &whole, "in order");
    assert_same(&merged(&place, "built-three built-one built-two", "b"), &whole, "in another order");
    merged(&place, "built-two built-three", "right");
    assert_same(&merged(&place, "built-one right", "c"), &whole, "in groups");
    assert_same(&merged(&place, "built-one right whole built-one", "d"), &whole, "with repeats");
    assert_same(&merged(&place, "whole whole", "e"), &whole, "with itself");
    assert_same(&merged(&place, "built-one right", "right"), &whole, "into one of the builds");
    let ran = place.relata("build one two three -o a -v");
    assert!(ran.err.contains("\n10 documents as in the build before\n"), "{}", ran.err);
}

#[test]
fn builds_of_other_data_are_united_only_when_told_whose_to_take() {
    let place = Place::with(&[
        ("names.jsonl", "{\"id\": \"ardent\", \"type\": \"Company\", \"labels\": {\"fr\": \"Ardent\"}}\n"),
        (
            "others.jsonl",
            "{\"id\": \"ardent\", \"type\": \"Company\", \"labels\": {\"fr\": \"Ardent SA\"}, \"aliases\": {\"fr\": [\"Ardent\"]}}\n",
        ),
        ("a/a.txt", "Ardent se tait à Paris.\n"),
        ("b/b.txt", "Ardent parle à la presse.\n"),
    ]);
    for (part, names) in [("a", "names"), ("b", "others")] {
        let ran = place
            .relata(&format!("build {part} -o {part}.out --no-default-gazetteer --gazetteer {names}.jsonl --lang fr"));
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    }
    let refused = place.relata("merge a.out b.out -o c");
    assert_eq!(refused.code, Some(2));
    assert!(
        refused
            .err
            .contains(" were not made with the same data (names.jsonl, others.jsonl): build one of them again, "),
        "{}",
        refused.err
    );
    assert!(!place.path("c").exists());
    for (chosen, label) in [("a.out", "\"Ardent\""), ("b.out", "\"Ardent SA\"")] {
        let one = merged(&place, &format!("a.out b.out --data-of {chosen}"), "c");
        let other = merged(&place, &format!("b.out a.out --data-of {chosen}"), "d");
        assert_same(&one, &other, chosen);
        let graph = String::from_utf8(one["graph.ttl"].clone()).unwrap();
        assert!(graph.contains(&format!("rdfs:label {label}@fr")), "{graph}");
        assert!(graph.contains("doc:a ") && graph.contains("doc:b "), "{graph}");
    }
    place
        .relata("merge a.out b.out -o c --data-of x")
        .says(2, "error: --data-of x: name one of the builds that are merged\n");
}

#[test]
fn two_texts_of_one_name_are_not_united() {
    let place = Place::with(&[("a/x.txt", "Un texte.\n"), ("b/x.txt", "Un autre texte.\n")]);
    for part in ["a", "b"] {
        place.relata(&format!("build {part} -o {part}.out --lang fr"));
    }
    let ran = place.relata("merge a.out b.out -o c");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.starts_with("error: two different documents are called \"x.txt\" (SHA-256 "), "{}", ran.err);
    assert!(!place.path("c/build.json").exists());
}

/// The seeds as lines of JSON.
fn lines() -> Vec<String> {
    let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).unwrap();
    SEEDS.iter().map(|(name, bytes)| serde_json::json!({ "doc": name, "text": text(bytes) }).to_string()).collect()
}

#[test]
fn lines_of_documents_mapped_in_parts_and_reduced_give_the_build() {
    let place = seeds::place();
    let lines = lines();
    for (number, part) in lines.chunks(4).enumerate() {
        let reversed: Vec<&str> = part.iter().rev().map(String::as_str).collect();
        let out = place.relata_with(&["extract", "--lines"], reversed.join("\n").as_bytes()).output();
        assert_eq!(out.lines().count(), part.len());
        place.write(&format!("parts/part-{number:05}"), out);
    }
    place.write("parts/_SUCCESS", "");
    let all = place.relata_with(&["extract", "--lines"], lines.join("\n").as_bytes()).output();
    assert_eq!(all, place.read("out/extraction.jsonl"));
    place.relata("build --from parts -o reduced").says(0, &BUILD.said.replace("\nout\n", "\nreduced\n"));
    let mut reduced = place.files("reduced");
    // Nobody knows where the documents are.
    let info = String::from_utf8(reduced["build.json"].clone()).unwrap();
    let info = info.replace("\"sources\": []", "\"sources\": [\n    \"seeds\"\n  ]");
    reduced.insert("build.json".to_owned(), info.into_bytes());
    assert_same(&reduced, &BUILD.files, "reduced");
    place.relata("build --from parts parts/part-00000 -o twice").says(0, &BUILD.said.replace("\nout\n", "\ntwice\n"));
}

#[test]
fn records_of_other_options_are_not_reduced() {
    let place = Place::new();
    let out = place
        .relata_with(&["extract", "--lines"], b"{\"doc\": \"a\", \"text\": \"La Russie.\", \"lang\": \"fr\"}\n")
        .output();
    place.write("a.jsonl", out);
    place.relata("build --from a.jsonl -o out --no-relations").says(
        2,
        "error: the record of \"a\" was made by another program or with other data: extract it again with the options of this build\n",
    );
    assert!(!place.path("out/build.json").exists());
    place.relata("build --from a.jsonl -o out").says(0, "1 document, 1 mention, 1 entity, 0 statements\nout\n");
}

#[test]
fn a_broken_line_is_told_by_its_number_and_the_others_are_read() {
    let input = "{\"doc\": \"a\", \"text\": \"La Russie.\", \"lang\": \"fr\", \"date\": \"2025-01\"}\n\nnonsense\n{\"doc\": \"b\", \"text\": \"\"}\n";
    let ran = Place::new().relata_with(&["extract", "--lines"], input.as_bytes());
    assert_eq!(ran.code, Some(1));
    assert_eq!(
        ran.err,
        "fault: standard input:3: this is no document {\"doc\": …, \"text\": …}: expected ident at line 1 column 2\n\
         fault: standard input:4: b: is empty; remove it, or fill it\n"
    );
    assert_eq!(ran.out.lines().count(), 1);
    assert!(ran.out.contains("\"date\":\"2025-01\""), "{}", ran.out);
}
