//! No statement without evidence, and every quoted slice stands where it is said to stand.

use serde_json::Value;

use crate::place::Place;
use crate::seeds::{self, BUILD, SEEDS, list, number, string};

/// What every passage of a record quotes: where, and which words.
fn passages(record: &Value) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    let mut objects = vec![record];
    while let Some(value) = objects.pop() {
        match value {
            Value::Array(items) => objects.extend(items),
            Value::Object(fields) => {
                if fields.contains_key("start") && fields.contains_key("text") {
                    found.push((number(value, "start"), number(value, "end"), string(value, "text").to_owned()));
                }
                objects.extend(fields.values());
            }
            _ => {}
        }
    }
    found
}

#[test]
fn every_passage_is_the_slice_of_its_document_that_its_offsets_name() {
    let mut compared = 0;
    for record in &BUILD.records {
        let doc = string(record, "doc");
        let characters: Vec<char> = seeds::text(doc).chars().collect();
        assert_eq!(number(record, "length"), characters.len(), "{doc}");
        for (start, end, text) in passages(record) {
            assert!(start < end, "{doc}: {start}-{end} is empty");
            assert_eq!(characters[start..end].iter().collect::<String>(), text, "{doc}: {start}-{end}");
            compared += 1;
        }
    }
    assert!(compared > 500, "only {compared} passages: are there no statements?");
}

#[test]
fn every_statement_has_evidence_with_its_rule_and_the_words_inside_its_sentence() {
    for record in &BUILD.records {
        for statement in list(record, "statements") {
            let evidence = list(statement, "evidence");
            assert!(!evidence.is_empty(), "{statement}");
            for one in evidence {
                let language = string(record, "lang");
                assert!(string(one, "rule").starts_with(&format!("{language}/")), "{one}");
                let (start, end) = (number(one, "start"), number(one, "end"));
                for part in ["quote", "subject", "object", "cue", "timeText"].iter().filter_map(|name| one.get(*name)) {
                    assert!(start <= number(part, "start") && number(part, "end") <= end, "{part} is outside {one}");
                }
            }
        }
    }
}

#[test]
fn mentions_follow_each_other_and_never_overlap() {
    for record in &BUILD.records {
        for pair in list(record, "mentions").windows(2) {
            assert!(number(&pair[0], "end") <= number(&pair[1], "start"), "{} {}", pair[0], pair[1]);
        }
    }
}

#[test]
fn verify_finds_every_passage_again() {
    let ran = seeds::place().relata("verify out");
    let passages: usize = BUILD.records.iter().map(checked).sum();
    let grouped =
        if passages < 1000 { passages.to_string() } else { format!("{}\u{A0}{:03}", passages / 1000, passages % 1000) };
    ran.says(0, &format!("{grouped} passages in 10 documents: all stand where the build says\n"));
}

/// The passages that `verify` compares: of names that were left out, and the words of sums, it says nothing.
fn checked(record: &Value) -> usize {
    let sums = list(record, "statements").iter().flat_map(|statement| list(statement, "evidence"));
    let sums = sums.filter(|one| one["amount"].get("start").is_some()).count();
    passages(record).len() - list(record, "unlinked").len() - sums
}

#[test]
fn verify_names_the_document_in_which_one_letter_was_changed() {
    let place = seeds::place();
    let name = "2025-11-20-nvidia-china.md";
    place.write(&format!("seeds/{name}"), seeds::text(name).replace("Huang runs Nvidia.", "Huang runs Nvidja."));
    let ran = place.relata("verify out");
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert_eq!(ran.out, "");
    let faults: Vec<&str> = ran.err.lines().filter(|line| line.starts_with("fault: ")).collect();
    assert_eq!(faults[0], format!("fault: {name}: the document was changed since the build (its SHA-256 differs)"));
    let at = seeds::text(name).find("Nvidia.\u{20}The United States").unwrap();
    let at = seeds::text(name)[..at].chars().count();
    let word = format!("fault: {name}: characters {at}–{} are no longer \"Nvidia\"", at + 6);
    assert!(faults.contains(&word.as_str()), "{}", ran.err);
    assert!(faults.iter().all(|fault| fault.starts_with(&format!("fault: {name}: "))), "{}", ran.err);
    let last = ran.err.lines().last().unwrap();
    assert!(last.ends_with(&format!(" passages in 10 documents: {} faults", faults.len())), "{last}");
}

#[test]
fn verify_names_the_document_that_is_gone() {
    let place = seeds::place();
    let name = "2025-04-26-pekin-xi-autonomie.txt";
    std::fs::remove_file(place.path(&format!("seeds/{name}"))).unwrap();
    let ran = place.relata("verify out");
    assert_eq!(ran.err.lines().next(), Some(format!("fault: {name}: the document is gone").as_str()));
    assert!(ran.err.ends_with(" passages in 10 documents: 1 fault\n"), "{}", ran.err);
    assert_eq!(ran.code, Some(1));
}

#[test]
fn verify_looks_where_the_documents_are_now() {
    let place = seeds::place();
    std::fs::rename(place.path("seeds"), place.path("elsewhere")).unwrap();
    place
        .relata("verify out")
        .says(2, "error: seeds: no such file or folder; check the path, or give \"-\" to read standard input\n");
    assert_eq!(place.relata("verify out elsewhere").code, Some(0));
}

#[test]
fn a_build_of_standard_input_is_verified_against_standard_input() {
    let place = Place::new();
    let name = "2025-11-20-nvidia-china.md";
    let built = place.relata_with(&["build", "-", "-o", "out"], &SEEDS[name]);
    assert_eq!(built.code, Some(0), "{}", built.err);
    let same = place.relata_with(&["verify", "out"], &SEEDS[name]);
    assert!(same.err.ends_with(" passages in 1 document: all stand where the build says\n"), "{}", same.err);
    assert_eq!(same.code, Some(0));
    let other = place.relata_with(&["verify", "out"], &SEEDS["2025-12-19-astana-digital.txt"]);
    assert_eq!(other.code, Some(1), "{}", other.err);
}
