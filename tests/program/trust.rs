//! What differs between two builds, what contradicts itself, what moved, and why something is not there.

use std::collections::BTreeSet;

use crate::place::Place;
use crate::seeds::{self, BUILD, SEEDS};

const NAMES: &str = r#"{"id": "novalis", "type": "Company", "labels": {"fr": "Novalis"}}
{"id": "ardent", "type": "Company", "labels": {"fr": "Ardent"}}
{"id": "kestria", "type": "Country", "labels": {"fr": "Kestrie"}}
"#;
const OPTIONS: &str = "--no-default-gazetteer --gazetteer names.jsonl --lang fr";

fn build(place: &Place, documents: &str, out: &str, options: &str) {
    let ran = place.relata(format!("build {documents} -o {out} {OPTIONS} {options}").trim_end());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

/// A document changed, one came; before and after.
fn two_builds() -> Place {
    let place = Place::with(&[
        ("names.jsonl", NAMES),
        ("before/a.txt", "Novalis a acquis Ardent.\n"),
        ("after/a.txt", "Novalis n'a pas acquis Ardent.\n"),
        ("after/b.txt", "La Kestrie soutient Novalis.\n"),
    ]);
    build(&place, "before", "old", "");
    build(&place, "after", "new", "");
    place
}

/// Three newspapers, of which two print one dispatch.
#[test]
fn copies_of_one_dispatch_are_one_origin_in_filters_and_exports() {
    let place = Place::with(&[
        ("names.jsonl", NAMES),
        ("news/a.txt", "PARIS, 3 mars (AFP) - Novalis a acquis Ardent.\n"),
        ("news/b.txt", "PARIS, 3 mars (AFP) - Novalis a acquis Ardent mardi.\n"),
        ("news/c.txt", "La Kestrie soutient Novalis.\n"),
        ("news/d.txt", "Hier, la Kestrie soutient Ardent.\n"),
        ("news/e.txt", "La Kestrie soutient aussi Ardent.\n"),
    ]);
    build(&place, "news", "out", "");
    let edges = |options: &str| {
        let json = place.relata(format!("export out -f cytoscape {options}").trim_end()).output();
        let network: serde_json::Value = serde_json::from_str(&json).unwrap();
        let edges = network["elements"]["edges"].as_array().unwrap().iter();
        edges
            .map(|edge| {
                let data = &edge["data"];
                let [source, target] = ["source", "target"].map(|end| data[end].as_str().unwrap());
                format!("{source} {target} {} {} {}", data["documents"], data["origins"], data["weight"])
            })
            .collect::<Vec<_>>()
    };
    let all = ["kestria ardent 2 2 2.0", "kestria novalis 1 1 1.0", "novalis ardent 2 1 1.0"];
    assert_eq!(edges(""), all);
    assert_eq!(edges("--min-documents 2"), [all[0], all[2]]);
    assert_eq!(edges("--min-origins 2"), [all[0]]);
    assert!(place.read("out/graph.ttl").contains("relata:origins 2"));
}

#[test]
fn a_difference_is_told_with_its_cause() {
    let place = two_builds();
    let ran = place.relata("diff old new");
    ran.says(1, "1 entity, 2 statements, 3 passages differ\n");
    assert_eq!(
        ran.out,
        "Entities\n\
         + kestria (Country): the document was added\n\
         Statements\n\
         + kestria – supports – novalis [asserted]: the document was added\n\
         ~ novalis – acquires – ardent [asserted, now negated]: the document has another text\n\
         Passages\n\
         - a.txt, characters 0–23: the document has another text\n\
         \u{20}   - novalis – acquires – ardent [asserted] (rule fr/acquire/takeover): Novalis a acquis Ardent\n\
         + a.txt, characters 0–29: the document has another text\n\
         \u{20}   + novalis – acquires – ardent [negated] (rule fr/acquire/takeover): Novalis n'a pas acquis Ardent\n\
         + b.txt, characters 3–27: the document was added\n\
         \u{20}   + kestria – supports – novalis [asserted] (rule fr/grammar/supports): Kestrie soutient Novalis\n"
    );
    place.relata("diff new new").says(0, "0 entities, 0 statements, 0 passages differ\n");
    let json: serde_json::Value = serde_json::from_str(&place.relata("diff old new -f json").out).unwrap();
    assert_eq!(json["statements"][1]["causes"][0], "document-changed");
    let dot = place.relata("diff old new -f dot").out;
    assert!(dot.contains("\"kestria\" -> \"novalis\" [label=\"supports\", color=\"#1b7837\""), "{dot}");
    assert!(dot.contains("label=\"acquires\\nasserted → negated\", color=\"#e08214\""), "{dot}");
}

#[test]
fn other_rules_and_names_are_told_as_causes() {
    let place = two_builds();
    build(&place, "after", "mute", "--no-relations");
    let ran = place.relata("diff new mute");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.starts_with("the builds were made with other data: --no-relations, data/"), "{}", ran.err);
    assert!(
        ran.out
            .contains("\n- kestria – supports – novalis [asserted]: names of the gazetteer changed or rules changed\n")
            || ran.out.contains("\n- kestria – supports – novalis [asserted]: rules changed\n"),
        "{}",
        ran.out
    );
    place.write("names.jsonl", NAMES.lines().filter(|line| !line.contains("kestria")).collect::<Vec<_>>().join("\n"));
    build(&place, "after", "nameless", "");
    let ran = place.relata("diff new nameless");
    assert!(ran.err.starts_with("the builds were made with other data: names.jsonl\n"), "{}", ran.err);
    assert!(ran.out.contains("\n- kestria (Country): names of the gazetteer changed\n"), "{}", ran.out);
    assert!(
        ran.out.contains("\n- kestria – supports – novalis [asserted]: names of the gazetteer changed\n"),
        "{}",
        ran.out
    );
}

#[test]
fn a_patch_makes_the_older_graph_the_newer() {
    let place = two_builds();
    let triples = |out: &str| -> BTreeSet<String> {
        place.relata(&format!("export {out} -f ntriples")).output().lines().map(str::to_owned).collect()
    };
    let (mut old, new) = (triples("old"), triples("new"));
    assert_ne!(old, new);
    let patch = place.relata("diff old new -f rdf-patch").out;
    let lines: Vec<&str> = patch.lines().collect();
    assert_eq!((lines[0], lines[lines.len() - 1]), ("TX .", "TC ."));
    for line in &lines[1..lines.len() - 1] {
        let done = match line.split_at(2) {
            ("D ", triple) => old.remove(triple),
            ("A ", triple) => old.insert(triple.to_owned()),
            _ => false,
        };
        assert!(done, "{line}");
    }
    assert_eq!(old, new);
}

#[test]
fn contradictions_are_listed_with_both_quotes_and_dates() {
    let place = Place::with(&[
        ("names.jsonl", NAMES),
        ("news/a.txt", "---\ndate: 2024-03-01\n---\nNovalis a acquis Ardent.\n"),
        ("news/b.txt", "---\ndate: 2024-05-01\n---\nNovalis n'a pas acquis Ardent.\n"),
    ]);
    build(&place, "news", "out", "");
    let ran = place.relata("conflicts out");
    ran.says(0, "1 conflict\n");
    assert_eq!(
        ran.out,
        "said and denied\n\
         \u{20}   novalis – acquires – ardent [asserted, 1 origin]\n\
         \u{20}     a.txt, 2024-03-01: \"Novalis a acquis Ardent\"\n\
         \u{20}   novalis – acquires – ardent [negated, 1 origin]\n\
         \u{20}     b.txt, 2024-05-01: \"Novalis n'a pas acquis Ardent\"\n\n"
    );
    let json: serde_json::Value = serde_json::from_str(&place.relata("conflicts out --json").output()).unwrap();
    assert_eq!((&json[0]["kind"], &json[0]["other"]["date"]), (&"denied".into(), &"2024-05-01".into()));
}

#[test]
fn reprints_of_an_agency_are_one_origin() {
    let copy = "Novalis a acquis Ardent, a annoncé la société.\n";
    let place = Place::with(&[
        ("names.jsonl", NAMES),
        ("news/a.txt", &format!("PARIS, 3 mars (AFP) - {copy}")),
        ("news/b.txt", &format!("Économie, le 3 mars.\n\nL'annonce est tombée hier. {copy}\n© AFP\n")),
        ("news/c.txt", "Le mois dernier, Novalis a acquis Ardent.\n"),
    ]);
    build(&place, "news", "out", "");
    let why = place.relata("why out novalis ardent").output();
    assert!(why.starts_with("Novalis – acquires – Ardent\n    3 documents, but 2 origins\n"), "{why}");
    let json: serde_json::Value =
        serde_json::from_str(&place.relata("why out novalis ardent --json").output()).unwrap();
    assert_eq!((&json[0]["documents"], &json[0]["origins"]), (&3.into(), &2.into()));
    assert_eq!(json[0]["evidence"][0]["agency"], "afp");
}

#[test]
fn verify_says_what_moved_and_what_was_tampered_with() {
    let place = seeds::place();
    let name = "2025-11-20-nvidia-china.md";
    std::fs::rename(place.path(&format!("seeds/{name}")), place.path("seeds/renamed.md")).unwrap();
    let ran = place.relata("verify out");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(
        ran.err.lines().next(),
        Some(format!("{name}: has moved: the same text is now called renamed.md").as_str())
    );
    let place = seeds::place();
    place.write(&format!("seeds/{name}"), [b"An editor added a line.\n\n".as_slice(), &SEEDS[name]].concat());
    let ran = place.relata("verify out");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains(": the sentence has moved to characters "), "{}", ran.err);
    let place = seeds::place();
    place.write("out/extraction.jsonl", place.read("out/extraction.jsonl").replace("\"asserted\"", "\"planned\""));
    let ran = place.relata("verify out");
    assert_eq!(ran.code, Some(1));
    assert_eq!(
        ran.err.lines().next(),
        Some("fault: out/extraction.jsonl: is not as it was written (its SHA-256 differs): build again")
    );
}

#[test]
fn why_not_says_how_far_a_document_got() {
    let place =
        Place::with(&[("names.jsonl", NAMES), ("news/a.txt", "Novalis regarde Ardent.\n\nLa Kestrie se tait.\n")]);
    build(&place, "news", "out", "");
    let last = |question: &str| {
        let answer =
            place.relata(&format!("why-not out {question} a.txt {OPTIONS}").replace(" --lang fr", "")).output();
        let reasons: Vec<&str> = answer.lines().filter_map(|line| line.strip_prefix("→ ")).collect();
        reasons.join("; ")
    };
    assert!(last("Novalis acquires Ardent").starts_with("both were found in one sentence, and there are rules"));
    assert_eq!(
        last("Kestrie supports Novalis"),
        "the two stand in no sentence together, and rules read one sentence at a time"
    );
    assert_eq!(
        last("Novalis holdsPositionIn Kestrie"),
        "the schema does not let holdsPositionIn hold from Company to Country; the two stand in no sentence together, and rules read one sentence at a time"
    );
    place.write("more.jsonl", "{\"id\": \"orbita\", \"type\": \"Company\", \"labels\": {\"fr\": \"Orbita\"}}\n");
    let ran =
        place.relata("why-not out Novalis acquires orbita a.txt --no-default-gazetteer --gazetteer more.jsonl --json");
    let answer: serde_json::Value = serde_json::from_str(&ran.output()).unwrap();
    assert_eq!(
        answer["reasons"][0],
        "no name of orbita was found: add the words of the text to its aliases in a gazetteer"
    );
    assert_eq!(answer["subject"]["mentions"][0]["sentence"], 0);
    let rules = answer["rules"].as_array().unwrap();
    assert!(rules.iter().any(|rule| rule == "fr/acquire/takeover"), "{rules:?}");
    let ran = place.relata("why-not out Novalis acquires Ardent b.txt");
    ran.says(2, "error: the build has no document \"b.txt\"; documents are named by their path below the folder\n");
}

#[test]
fn why_tells_of_mentions_as_json() {
    let place = seeds::place();
    let json: serde_json::Value =
        serde_json::from_str(&place.relata("why out Sberbank --names --json").output()).unwrap();
    let all = json.as_array().unwrap();
    let found = BUILD.records.iter().flat_map(|record| seeds::list(record, "mentions"));
    assert_eq!(all.len(), found.filter(|mention| mention["entity"] == "sberbank").count());
    assert!(all.iter().all(|one| one["explained"].is_string() && one["document"].is_string()));
}
