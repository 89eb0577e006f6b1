//! The ten questions of `examples/questions/`, answered from the build of the seeds.
//!
//! `NN-*.expected.tsv` holds what a careful reader of the seeds answers on the statements that the gold requires. Three builds
//! are asked: what was found; that without statements the gold does not have; and that without the optional ones as well. So
//! an optional statement is neutral, while a wrong statement, modality or source shows as a row.
//! What is still wrong stands in `tests/program/known-misses.tsv`, exactly: a row that is mended must be taken out there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::Value;

use crate::place::{Place, files_below, repository};
use crate::seeds::{self, BUILD, list, string};

/// Whether the gold has a statement of a document only as optional; by document, then by statement.
type Gold = BTreeMap<String, BTreeMap<String, bool>>;

const SYMMETRIC: [&str; 5] = ["competesWith", "cooperatesWith", "inConflictWith", "meets", "relativeOf"];

fn key(statement: &Value) -> String {
    let predicate = string(statement, "predicate");
    let mut ends = [string(statement, "subject"), string(statement, "object")];
    if SYMMETRIC.contains(&predicate) {
        ends.sort_unstable();
    }
    format!("{} {predicate} {} {}", ends[0], ends[1], string(statement, "modality"))
}

fn gold() -> Gold {
    let mut gold = Gold::new();
    for file in files_below(&repository("tests/gold/seeds")).values() {
        let file: Value = serde_json::from_slice(file).unwrap();
        let statements = gold.entry(string(&file, "doc").to_owned()).or_default();
        for statement in list(&file, "statements") {
            let optional = statement["optional"] == true;
            statements.entry(key(statement)).and_modify(|known| *known &= optional).or_insert(optional);
        }
    }
    gold
}

/// The build without the statements that are not to be kept.
fn part(keep: impl Fn(&str, &str) -> bool) -> Place {
    let place = Place::new();
    place.write_all("out", &BUILD.files);
    let mut lines = String::new();
    for record in &BUILD.records {
        let mut record = record.clone();
        let doc = string(&record, "doc").to_owned();
        record["statements"].as_array_mut().unwrap().retain(|statement| keep(&doc, &key(statement)));
        writeln!(lines, "{record}").unwrap();
    }
    place.write("out/extraction.jsonl", lines);
    let turtle = place.relata("export out -f turtle").output();
    place.write("out/graph.ttl", turtle);
    place
}

/// The rows of an answer, without the names of the columns.
fn rows(place: &Place, name: &str) -> BTreeSet<String> {
    if constructs(name) {
        let triples = place.relata(&format!("query out -n {name} --format ntriples")).output();
        return triples.lines().map(|line| line.trim_end_matches(" .").replace("> <", ">\t<")).collect();
    }
    let number = &name[..2];
    let table = place.relata(&format!("query out -n {number} --format tsv")).output();
    table.lines().skip(1).map(str::to_owned).collect()
}

fn constructs(name: &str) -> bool {
    let question = std::fs::read_to_string(repository("examples/questions").join(format!("{name}.rq"))).unwrap();
    question.contains("\nCONSTRUCT ")
}

fn names() -> Vec<String> {
    let files = files_below(&repository("examples/questions"));
    files.keys().filter_map(|file| Some(file.strip_suffix(".rq")?.to_owned())).collect()
}

#[test]
fn the_ten_questions_give_what_a_reader_of_the_seeds_would_answer() {
    let gold = gold();
    let found = part(|_, _| true);
    let in_gold = part(|doc, key| gold[doc].contains_key(key));
    let required = part(|doc, key| gold[doc].get(key) == Some(&false));
    let mut told = BTreeSet::new();
    let names = names();
    assert_eq!(names.len(), 10);
    for name in &names {
        let expected = repository("examples/questions").join(format!("{name}.expected.tsv"));
        let expected: BTreeSet<String> =
            std::fs::read_to_string(expected).unwrap().lines().skip(1).map(str::to_owned).collect();
        assert!(!expected.is_empty(), "{name}");
        let (found, in_gold, required) = (rows(&found, name), rows(&in_gold, name), rows(&required, name));
        let missing = expected.difference(&required).map(|row| format!("{name}\tmissing\t{row}"));
        told.extend(missing);
        let wrong = required.difference(&expected).chain(found.difference(&in_gold));
        told.extend(wrong.map(|row| format!("{name}\twrong\t{row}")));
    }
    let path = repository("tests/program/known-misses.tsv");
    let known = std::fs::read_to_string(&path).unwrap();
    let (comments, rest): (Vec<&str>, Vec<&str>) = known.lines().partition(|line| line.starts_with('#'));
    let known: BTreeSet<String> = rest.into_iter().map(str::to_owned).collect();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let lines: Vec<&str> = comments.into_iter().chain(told.iter().map(String::as_str)).collect();
        std::fs::write(path, lines.join("\n") + "\n").unwrap();
        return;
    }
    let (new, mended): (Vec<_>, Vec<_>) = (told.difference(&known).collect(), known.difference(&told).collect());
    assert!(new.is_empty() && mended.is_empty(), "new: {new:#?}\nmended, to be taken out of the list: {mended:#?}");
}

#[test]
fn the_questions_are_listed_with_what_they_ask() {
    let list = Place::new().relata("query out --list").output();
    let listed: Vec<&str> = list.lines().filter_map(|line| line.split('\t').next()).collect();
    assert_eq!(listed, names());
    assert!(list.starts_with(
        "01-who-leads-what\tWho leads which company, news outlet or association, and which sentence says so?\n"
    ));
}

#[test]
fn an_answer_comes_as_a_table_csv_json_and_xml_too() {
    let place = seeds::place();
    let question = "SELECT ?who WHERE { ?who rel:relativeOf ent:david-liberman }";
    let iri = "https://relata.example/entity/daniel-liberman";
    for (format, expected) in [
        ("table", "who\n───────────────────\nent:daniel-liberman\n(1 row)\n".to_owned()),
        ("csv", format!("who\r\n{iri}\r\n")),
        ("tsv", format!("?who\n<{iri}>\n")),
        (
            "json",
            format!(
                "{{\"head\":{{\"vars\":[\"who\"]}},\"results\":{{\"bindings\":[{{\"who\":{{\"type\":\"uri\",\"value\":\"{iri}\"}}}}]}}}}\n"
            ),
        ),
    ] {
        assert_eq!(
            place.relata_with(&["query", "out", question, "--format", format], b"").output(),
            expected,
            "{format}"
        );
    }
    let xml = place.relata_with(&["query", "out", question, "--format", "xml"], b"").output();
    assert!(xml.contains(&format!("<binding name=\"who\"><uri>{iri}</uri></binding>")), "{xml}");
    let from_input = place.relata_with(&["query", "out", "-f", "-", "--format", "csv"], question.as_bytes());
    assert_eq!(from_input.output(), format!("who\r\n{iri}\r\n"));
}

#[test]
fn a_triple_format_cannot_hold_rows_and_the_other_way_round() {
    let place = seeds::place();
    place
        .relata("query out -n 09 --format tsv")
        .says(2, "error: tsv cannot hold the triples of CONSTRUCT and DESCRIBE; ask for table, ttl or ntriples\n");
}
