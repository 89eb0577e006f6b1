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
fn a_triple_format_cannot_hold_rows_and_triples_come_in_every_form() {
    let place = seeds::place();
    place
        .relata("query out -n 01 --format ttl")
        .says(2, "error: ttl cannot hold the rows of SELECT and ASK; ask for table, json, csv, tsv or xml\n");
    let triples = place.relata("query out -n 09 --format ntriples").output().lines().count();
    let table = place.relata("query out -n 09 --format tsv").output();
    assert_eq!(table.lines().count(), triples + 1);
    let json: Value = serde_json::from_str(&place.relata("query out -n 09 --format json").output()).unwrap();
    assert!(json.as_array().is_some_and(|nodes| nodes.iter().all(|node| node["@id"].is_string())), "{json}");
    assert!(place.relata("query out -n 09 --format xml").output().contains("<rdf:RDF"));
    assert!(
        place
            .relata_with(&["query", "out", "DESCRIBE ent:gigachat", "--format", "ttl"], b"")
            .output()
            .contains("ent:gigachat a ")
    );
}

#[test]
fn entities_may_be_called_by_any_of_their_names() {
    let place = seeds::place();
    let by_id = place.relata_with(&["query", "out", "SELECT ?what { ent:sberbank rel:develops ?what }"], b"").output();
    assert!(by_id.contains("ent:gigachat"), "{by_id}");
    for name in ["@\"Sberbank\"", "@'Сбербанк'", "@\"sberbank\""] {
        let question = format!("SELECT ?what {{ {name} rel:develops ?what }}");
        assert_eq!(place.relata_with(&["query", "out", &question], b"").output(), by_id, "{name}");
    }
    place.relata_with(&["query", "out", "ASK { @\"Sberbanck\" ?p ?o }"], b"").says(
        2,
        "error: query, line 1, column 7: no entity of this graph is called \"Sberbanck\"; did you mean ent:sberbank (Sberbank)?\n  \
         1 | ASK { @\"Sberbanck\" ?p ?o }\n    |       ^\n",
    );
}

#[test]
fn a_folder_of_ones_own_questions_stands_beside_the_shipped_ones() {
    let place = seeds::place();
    place.write("mine/sanctions.rq", "# Who sanctions whom?\nASK { ?x rel:sanctions ?y }");
    place.write("mine/09-draw-the-facts.rq", "# Mine.\nASK {}");
    place.write("mine/notes.txt", "no question");
    assert_eq!(place.relata("query out --questions mine -n sanctions").output(), "true\n");
    assert_eq!(place.relata("query out --questions mine -n 09").output(), "true\n");
    let list = place.relata("query out --questions mine --list").output();
    assert!(
        list.ends_with("\nsanctions\tWho sanctions whom?\n") && list.contains("\n09-draw-the-facts\tMine.\n"),
        "{list}"
    );
    assert_eq!(list.lines().count(), 11);
    let told = place.relata("query out --questions mine -n sanction");
    assert!(
        told.err.starts_with("error: no question is called \"sanction\" (did you mean \"sanctions\"?); there are 01-"),
        "{}",
        told.err
    );
    let told = place.relata("query out -n over-planed-denied");
    assert!(told.err.contains("(did you mean \"03-over-planned-denied\"?)"), "{}", told.err);
    place.write("empty/notes.txt", "");
    place
        .relata("query out --questions empty --list")
        .says(2, "error: empty holds no question: write one into a file that ends in .rq\n");
    place
        .relata("query out --questions nowhere -n 01")
        .says(2, "error: cannot read nowhere: No such file or directory (os error 2)\n");
}

#[test]
fn a_question_that_takes_too_long_is_stopped() {
    let place = seeds::place();
    let everything = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";
    place
        .relata_with(&["query", "out", everything, "--timeout", "1"], b"")
        .says(2, "error: the query took more than 1 s and was stopped: ask for less, or give it more with --timeout\n");
    let in_time = place.relata_with(&["query", "out", "ASK {}", "--timeout", "600"], b"");
    assert_eq!(in_time.output(), "true\n");
}

#[test]
fn a_plan_is_told_with_the_query_as_any_store_reads_it() {
    let place = seeds::place();
    let question = "SELECT ?what { @\"Sberbank\" rel:develops ?what }";
    let plan = place.relata_with(&["query", "out", question, "--explain"], b"").output();
    let first = plan.lines().next().unwrap();
    assert!(first.contains("<https://relata.example/entity/sberbank>"), "{plan}");
    let again = place.relata_with(&["query", "out", first, "--format", "csv"], b"").output();
    assert_eq!(again, place.relata_with(&["query", "out", question, "--format", "csv"], b"").output());
    assert!(plan.contains("QuadPattern("), "{plan}");
}

#[test]
fn a_file_of_triples_is_asked_as_a_build_is() {
    let place = seeds::place();
    place.write("one.trig", "<http://e.example/g> { <http://e.example/a> <http://e.example/p> \"é\" }");
    let answer =
        place.relata_with(&["query", "one.trig", "SELECT ?o { GRAPH ?g { ?s ?p ?o } }", "--format", "csv"], b"");
    assert_eq!(answer.output(), "o\r\né\r\n");
    assert_eq!(
        place.relata("query out/graph.ttl -n 01 --format csv").output(),
        place.relata("query out -n 01 --format csv").output()
    );
    place.write("one.docx", "");
    place
        .relata_with(&["query", "one.docx", "ASK {}"], b"")
        .says(2, "error: one.docx is neither a build folder nor an RDF file (.ttl, .nt, .nq, .trig, .rdf, .jsonld)\n");
    place.write("broken.ttl", "<http://e.example/a> \n .");
    let told = place.relata_with(&["query", "broken.ttl", "ASK {}"], b"");
    assert!(told.code == Some(2) && told.err.starts_with("error: broken.ttl: this is not Turtle: "), "{}", told.err);
}
