//! Differences, contradictions and origins, on a few made records.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

use std::collections::BTreeSet;

use relata_graph::diff::DataChange;
use relata_graph::{Cause, Change, Conflict, Filter, KnowledgeGraph, diff};
use relata_model::{Entity, ExtractionRecord, Language, Schema};
use serde_json::{Value, json};

fn schema() -> Schema {
    Schema::from_toml("schema.toml", include_str!("../../../data/schema/schema.toml")).unwrap()
}

/// Ids tell the types.
fn entity(id: &str) -> Entity {
    let entity_type = match id {
        "anna" | "boris" => "Person",
        "novalis" | "orbita" => "Company",
        _ => "Country",
    };
    let entity_type = schema().entity_type(entity_type).unwrap();
    Entity {
        labels: [(Language::FRENCH, id.to_owned())].into_iter().collect(),
        ..Entity::new(id.parse().unwrap(), entity_type)
    }
}

/// A document that says "subject predicate object modality sentence", one passage each; the words of the ends are their ids,
/// and each is mentioned.
fn document(doc: &str, said: &[&str]) -> Value {
    let (mut statements, mut mentions) = (Vec::new(), Vec::new());
    for (place, words) in (0..).zip(said) {
        let words: Vec<&str> = words.splitn(5, ' ').collect();
        let sentence = words.get(4).copied().unwrap_or("une phrase");
        let start = place * 100;
        let passage = |at: u32, text: &str| json!({"start": start + at, "end": start + at + 5, "text": text});
        statements.push(json!({
            "subject": words[0], "predicate": words[1], "object": words[2], "modality": words[3],
            "evidence": [{"start": start, "end": start + 90, "text": sentence, "rule": "fr/test/verb",
                          "quote": {"start": start, "end": start + 90, "text": sentence},
                          "subject": passage(0, words[0]), "object": passage(10, words[2])}],
        }));
        for (at, id) in [(0, words[0]), (10, words[2])] {
            mentions
                .push(json!({"start": start + at, "end": start + at + 5, "text": id, "entity": id, "type": "Country",
                                 "form": "name", "sentence": place, "why": "only-candidate"}));
        }
    }
    json!({"doc": doc, "sha256": format!("text of {doc}"), "length": 1000, "lang": "fr", "date": "2025-01-10",
           "mentions": mentions, "statements": statements})
}

fn record(value: Value) -> ExtractionRecord {
    serde_json::from_value(value).unwrap()
}

fn graph(records: &[Value]) -> KnowledgeGraph {
    KnowledgeGraph::merge(records.iter().cloned().map(record), |id| Some(entity(id)), &schema()).unwrap()
}

const NAMES: DataChange = DataChange { names: true, rules: false, words: false, schema: false, program: false };
const RULES: DataChange = DataChange { names: false, rules: true, words: false, schema: false, program: false };

/// The marks and causes of all changes: of entities, of statements, of passages.
fn told(old: &[Value], new: &[Value], data: DataChange) -> [Vec<(Change, Vec<Cause>)>; 3] {
    let records = |values: &[Value]| values.iter().cloned().map(record).collect::<Vec<_>>();
    let found = diff(&records(old), &records(new), data);
    let causes = |causes: &BTreeSet<Cause>| causes.iter().copied().collect::<Vec<_>>();
    [
        found.entities.iter().map(|one| (one.change, causes(&one.causes))).collect(),
        found.statements.iter().map(|one| (one.change, causes(&one.causes))).collect(),
        found.evidence.iter().map(|one| (one.change, causes(&one.causes))).collect(),
    ]
}

#[test]
fn what_documents_bring_and_take_is_told_with_the_document_as_its_cause() {
    let a = document("a.txt", &["novalis acquires orbita asserted"]);
    let b = document("b.txt", &["bordavia supports novalis asserted"]);
    let same = [a.clone(), b.clone()];
    assert_eq!(told(&same, &same, DataChange::default()), [vec![], vec![], vec![]]);
    let added = (Change::Added, vec![Cause::DocumentAdded]);
    let one = std::slice::from_ref(&a);
    assert_eq!(told(one, &same, DataChange::default()), [vec![added.clone()], vec![added.clone()], vec![added]]);
    let removed = (Change::Removed, vec![Cause::DocumentRemoved]);
    assert_eq!(told(&same, one, RULES), [vec![removed.clone()], vec![removed.clone()], vec![removed]]);
    let mut other = document("a.txt", &["novalis acquires orbita planned"]);
    other["sha256"] = json!("another text");
    let changed = (Change::OtherModality, vec![Cause::DocumentChanged]);
    assert_eq!(told(one, &[other], NAMES), [vec![], vec![changed.clone()], vec![changed]]);
}

#[test]
fn what_data_change_is_told_with_the_part_that_can_have_done_it() {
    let one = |said: &str| [document("a.txt", &[said])];
    let old = one("novalis acquires orbita asserted");
    let rules = vec![Cause::RulesChanged];
    let modality = (Change::OtherModality, rules.clone());
    assert_eq!(
        told(&old, &one("novalis acquires orbita negated"), RULES)[1..],
        [vec![modality.clone()], vec![modality]]
    );
    let [_, statements, passages] = told(&old, &one("novalis uses orbita asserted"), RULES);
    assert_eq!(statements, [(Change::Removed, rules.clone()), (Change::Added, rules.clone())]);
    assert_eq!(passages, [(Change::OtherType, rules.clone())]);
    // The same words mean another entity.
    let mut linked = document("a.txt", &["novalis acquires kestria asserted"]);
    linked["statements"][0]["evidence"][0]["object"]["text"] = json!("orbita");
    let names = vec![Cause::NamesChanged];
    let [entities, statements, passages] = told(&old, &[linked], NAMES);
    assert_eq!(passages, [(Change::OtherLink, names.clone())]);
    assert_eq!(statements, [(Change::Added, names.clone()), (Change::Removed, names.clone())]);
    assert_eq!(entities, [(Change::Added, names.clone()), (Change::Removed, names.clone())]);
    // Both names are found as before, so a rule was lost; or one is found no more, so a name was.
    let mut silent = old[0].clone();
    silent["statements"] = json!([]);
    let both = DataChange { names: true, ..RULES };
    assert_eq!(told(&old, std::slice::from_ref(&silent), both)[2], [(Change::Removed, rules)]);
    silent["mentions"].as_array_mut().unwrap().pop();
    assert_eq!(told(&old, &[silent], both)[2], [(Change::Removed, names)]);
    // Another type of an entity.
    let mut retyped = old[0].clone();
    retyped["mentions"][0]["type"] = json!("Company");
    assert_eq!(told(&old, &[retyped], NAMES)[0], [(Change::OtherType, vec![Cause::NamesChanged])]);
}

fn kinds(records: &[Value]) -> Vec<(&'static str, String)> {
    let graph = graph(records);
    let ends =
        |one: &Conflict<'_>| format!("{} / {}", one.one.evidence.document.name, one.other.evidence.document.name);
    graph.conflicts().iter().map(|one| (one.kind.as_str(), ends(one))).collect()
}

#[test]
fn denials_ends_and_predicates_that_exclude_each_other_are_conflicts() {
    let said = document("a.txt", &["novalis acquires orbita asserted", "bordavia cooperatesWith kestria asserted"]);
    let denied = document("b.txt", &["novalis acquires orbita negated", "kestria inConflictWith bordavia asserted"]);
    let over = document("c.txt", &["novalis acquires orbita ended", "orbita acquires novalis negated"]);
    let all = [said, denied, over];
    let both = |kind, ends: &str| (kind, ends.to_owned());
    assert_eq!(
        kinds(&all),
        [both("exclusive", "a.txt / b.txt"), both("ended", "a.txt / c.txt"), both("denied", "a.txt / b.txt")]
    );
    let planned = document("d.txt", &["bordavia opposes novalis planned", "bordavia supports novalis asserted"]);
    assert_eq!(kinds(&[planned]), []);
}

/// A document of a date in which somebody holds a post.
fn holder(doc: &str, date: &str, who: &str, role: &str, time: Option<Value>) -> Value {
    let mut record = document(doc, &[&format!("{who} holdsPositionIn bordavia asserted")]);
    record["date"] = json!(date);
    record["statements"][0]["evidence"][0]["role"] = json!(role);
    if let Some(time) = time {
        record["statements"][0]["evidence"][0]["time"] = time;
    }
    record
}

#[test]
fn two_holders_of_one_post_conflict_only_at_one_time() {
    let anna = |doc: &str, date: &str| holder(doc, date, "anna", "présidente", None);
    let boris = |date: &str, role: &str| holder("z.txt", date, "boris", role, None);
    assert_eq!(kinds(&[anna("a.txt", "2020"), boris("2024", "president")]), []);
    let both = vec![("two-holders", "b.txt / z.txt".to_owned())];
    assert_eq!(kinds(&[anna("a.txt", "2020"), anna("b.txt", "2025"), boris("2025-02", "President")]), both);
    assert_eq!(kinds(&[anna("a.txt", "2024-05-01"), boris("2024-05-01", "vice-président")]), []);
    let before = holder("z.txt", "2024-05-01", "boris", "президент", Some(json!({"from": null, "to": "2019"})));
    assert_eq!(kinds(&[anna("a.txt", "2024-05-01"), before]), []);
}

/// A document whose text has these runs of words.
fn sketched(doc: &str, sentence: &str, hashes: std::ops::Range<u32>) -> Value {
    let mut record = document(doc, &[&format!("novalis acquires orbita asserted {sentence}")]);
    let sketch: Vec<String> = hashes.map(|hash| format!("{hash:08x}")).collect();
    record["sketch"] = json!(sketch.concat());
    record
}

#[test]
fn near_copies_agencies_and_equal_sentences_are_one_origin() {
    let origins = |records: &[Value]| {
        let graph = graph(records);
        let statement = graph.statements().next().unwrap().clone();
        (statement.documents, statement.origins)
    };
    let [a, b, c] = ["a", "b", "c"].map(|doc| sketched(doc, doc, 0..32));
    assert_eq!(origins(&[a.clone(), b.clone(), c.clone()]), (3, 1), "copies");
    let far = sketched("d", "d", 100..132);
    assert_eq!(origins(&[a.clone(), far.clone()]), (2, 2), "two texts");
    // What is like a copy in part is one with it through the other.
    let half = sketched("e", "e", 12..44);
    assert_eq!(origins(&[a.clone(), half.clone(), sketched("f", "f", 24..56)]), (3, 1), "a chain");
    assert_eq!(graph(&[a.clone(), half]).documents()[1].copy_of.as_ref().unwrap().as_str(), "a");
    let [mut first, mut second] = [a, far];
    first["agency"] = json!("afp");
    second["agency"] = json!("afp");
    assert_eq!(origins(&[first.clone(), second.clone()]), (2, 1), "one agency");
    second["agency"] = json!("tass");
    assert_eq!(origins(&[first, second]), (2, 2), "two agencies");
    let long = "Novalis a racheté Orbita pour douze milliards de couronnes.";
    let [one, other] = [sketched("a", long, 0..32), sketched("b", &long.to_uppercase(), 100..132)];
    let copied = graph(&[one.clone(), other.clone()]);
    let kept = |filter: Filter| copied.select(&filter).statements().len();
    assert_eq!(kept(Filter { min_documents: 2, ..Filter::default() }), 1);
    assert_eq!(kept(Filter { min_origins: 2, ..Filter::default() }), 0, "two documents, one origin");
    assert_eq!(origins(&[one, other]), (2, 1), "one sentence");
    let short = "Novalis rachète Orbita.";
    let [one, other] = [sketched("a", short, 0..32), sketched("b", short, 100..132)];
    assert_eq!(origins(&[one, other]), (2, 2), "so short a sentence is written twice by chance");
}
