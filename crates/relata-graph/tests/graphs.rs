//! Merging, selecting and searching, on a few made records.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

use relata_graph::{CoOccurrence, CutBy, Filter, KnowledgeGraph, Selection};
use relata_model::{Entity, EntityId, ExtractionRecord, Language, Modality, Name, NameKind, Schema, Voice};
use serde_json::{Value, json};

fn schema() -> Schema {
    Schema::from_toml("schema.toml", include_str!("../../../data/schema/schema.toml")).unwrap()
}

fn entity(id: &str) -> Option<Entity> {
    let (entity_type, label, alias) = match id {
        "anna" => ("Person", "Anna Weiss", "Mme Weiss"),
        "novalis" => ("Company", "Novalis", "Novalis SA"),
        "orbita" => ("Company", "Орбита", "Groupe Énergie"),
        "bordavia" => ("Country", "Bordavie", "La République"),
        "kestria" => ("Country", "Kestrie", "La République"),
        _ => return None,
    };
    let entity_type = schema().entity_type(entity_type).unwrap();
    Some(Entity {
        labels: [(Language::FRENCH, label.to_owned())].into_iter().collect(),
        names: vec![Name::new(alias, Language::FRENCH, NameKind::Alias)],
        ..Entity::new(id.parse().unwrap(), entity_type)
    })
}

/// A document that says "subject predicate object modality", with one passage each.
fn record(doc: &str, date: &str, statements: &[&str]) -> ExtractionRecord {
    let statements: Vec<Value> = (0..)
        .zip(statements)
        .map(|(place, words)| {
            let words: Vec<&str> = words.split(' ').collect();
            json!({"subject": words[0], "predicate": words[1], "object": words[2], "modality": words[3],
                   "evidence": [evidence(place)]})
        })
        .collect();
    let record = json!({"doc": doc, "sha256": format!("{:064x}", doc.len()), "length": 100, "lang": "fr", "date": date,
                        "mentions": [], "statements": statements});
    serde_json::from_value(record).unwrap()
}

fn evidence(place: u32) -> Value {
    let (start, end) = (place * 10, place * 10 + 9);
    json!({"start": start, "end": end, "text": "une phrase", "rule": "fr/test/verb",
           "quote": {"start": start, "end": end, "text": "une phrase"}})
}

fn merge(records: &[ExtractionRecord]) -> KnowledgeGraph {
    KnowledgeGraph::merge(records.to_vec(), entity, &schema()).unwrap()
}

fn records() -> Vec<ExtractionRecord> {
    vec![
        record(
            "a.txt",
            "2025-01-10",
            &[
                "anna holdsPositionIn novalis asserted",
                "bordavia cooperatesWith kestria asserted",
                "novalis acquires orbita planned",
            ],
        ),
        record("b.txt", "2025-02", &["bordavia cooperatesWith kestria asserted", "novalis acquires orbita negated"]),
        record("c.txt", "2024", &["kestria sanctions orbita asserted"]),
    ]
}

fn texts(selection: &Selection<'_>) -> Vec<String> {
    let statements = selection.statements().iter();
    statements.map(|one| format!("{} {} {} {}", one.subject, one.relation, one.object, one.modality)).collect()
}

fn id(text: &str) -> EntityId {
    text.parse().unwrap()
}

/// Everything of a graph, in its order.
fn dump(graph: &KnowledgeGraph) -> String {
    let pairs: Vec<_> = graph.co_occurrences().collect();
    let nodes: Vec<_> = graph.entities().collect();
    let edges: Vec<_> = graph.statements().collect();
    format!("{:?} {nodes:?} {edges:?} {pairs:?}", graph.documents())
}

#[test]
fn order_grouping_and_repetition_do_not_matter() {
    let records = records();
    let expected = dump(&merge(&records));
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let mut turned: Vec<_> = order.iter().map(|&place: &usize| records[place].clone()).collect();
        turned.push(records[order[0]].clone());
        assert_eq!(dump(&merge(&turned)), expected, "{order:?}");
    }
}

#[test]
fn the_same_claim_in_two_documents_is_one_statement_with_two_passages() {
    let graph = merge(&records());
    assert_eq!(
        texts(&graph.all()),
        [
            "anna holdsPositionIn novalis asserted",
            "bordavia cooperatesWith kestria asserted",
            "kestria sanctions orbita asserted",
            "novalis acquires orbita planned",
            "novalis acquires orbita negated",
        ]
    );
    let both = &graph.statements_between(&id("kestria"), &id("bordavia"))[0];
    assert_eq!((both.documents, both.evidence.len()), (2, 2));
    assert_eq!(both.evidence[1].document.name.as_str(), "b.txt");
}

#[test]
fn ends_of_symmetric_relations_are_put_in_order() {
    let graph = merge(&[
        record("a.txt", "2025", &["kestria cooperatesWith bordavia asserted"]),
        record("bb.txt", "2025", &["bordavia cooperatesWith kestria asserted"]),
    ]);
    assert_eq!(texts(&graph.all()), ["bordavia cooperatesWith kestria asserted"]);
}

#[test]
fn values_are_lifted_only_from_passages_of_the_statements_voice_that_agree() {
    let lifted = |passages: &[Value]| {
        let mut record = record("a.txt", "2025", &["novalis acquires orbita asserted"]);
        let passages = (0..).zip(passages).map(|(place, extra)| {
            let mut passage = evidence(place);
            passage.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            serde_json::from_value(passage).unwrap()
        });
        record.statements[0].evidence = passages.collect();
        let graph = merge(&[record]);
        let statement = graph.statements().next().unwrap();
        let amount = statement.amount.clone().map(|amount| format!("{} {}", amount.value, amount.unit));
        (statement.voice, amount, statement.role.clone())
    };
    let claimed = json!({"start": 0, "end": 5, "text": "selon"});
    let sum = |value: f64| json!({"value": value, "unit": "EUR", "text": "somme"});
    assert_eq!(
        lifted(&[json!({"amount": sum(5.0)}), json!({"amount": {"value": 5, "unit": "EUR"}}), json!({})]).1,
        Some("5 EUR".to_owned())
    );
    assert_eq!(lifted(&[json!({"amount": sum(5.0)}), json!({"amount": sum(6.5)})]).1, None);
    let mixed = lifted(&[json!({"amount": sum(5.0), "attributedTo": claimed}), json!({"role": "PDG"})]);
    assert_eq!(mixed, (Voice::Own, None, Some("PDG".to_owned())));
    let only_claimed = lifted(&[json!({"amount": sum(0.25), "attributedTo": claimed})]);
    assert_eq!(only_claimed, (Voice::Attributed, Some("0.25 EUR".to_owned()), None));
}

#[test]
fn names_in_one_sentence_are_counted_apart_from_relations() {
    let mut record = record("a.txt", "2025", &[]);
    let mention = |entity: &str, sentence: u32| {
        let mention = json!({"start": 0, "end": 1, "text": "x", "entity": entity, "type": "", "form": "name",
                             "sentence": sentence, "why": "only-candidate"});
        serde_json::from_value(mention).unwrap()
    };
    record.mentions = vec![
        mention("novalis", 0),
        mention("anna", 0),
        mention("novalis", 0),
        mention("anna", 1),
        mention("novalis", 1),
    ];
    let graph = merge(&[record]);
    assert_eq!(graph.co_occurrence(&id("novalis"), &id("anna")), CoOccurrence { sentences: 2, documents: 1 });
    assert_eq!(graph.co_occurrences().count(), 1);
    assert_eq!(graph.statements().len(), 0);
    let novalis = graph.entity(&id("novalis")).unwrap();
    assert_eq!((novalis.mentions, novalis.documents, novalis.statements), (3, 1, 0));
}

#[test]
fn records_that_contradict_each_other_are_refused() {
    let fault =
        |records: Vec<ExtractionRecord>| KnowledgeGraph::merge(records, entity, &schema()).unwrap_err().to_string();
    let one = record("a.txt", "2025", &["anna holdsPositionIn novalis asserted"]);
    let mut other_text = one.clone();
    other_text.sha256 = "0".repeat(64);
    let message = format!(
        "two different documents are called \"a.txt\" (SHA-256 {} and {}): rename one, or rebuild the older build",
        "0".repeat(64),
        one.sha256
    );
    assert_eq!(fault(vec![one.clone(), other_text.clone()]), message);
    assert_eq!(fault(vec![other_text, one.clone()]), message);
    assert_eq!(
        fault(vec![record("a.txt", "2025", &[]), one]),
        "\"a.txt\" was extracted twice with different results (other rules, gazetteers or versions): rebuild the older build"
    );
    assert_eq!(
        fault(vec![record("a.txt", "2025", &["nobody meets anna asserted"])]),
        "\"a.txt\" names the entity \"nobody\", which no gazetteer has: give the gazetteer it was built with"
    );
    assert_eq!(
        fault(vec![record("a.txt", "2025", &["anna holdPositionIn novalis asserted"])]),
        "\"a.txt\": unknown predicate \"holdPositionIn\" (did you mean \"holdsPositionIn\"?)"
    );
    let mut unproved = record("a.txt", "2025", &["anna holdsPositionIn novalis asserted"]);
    unproved.statements[0].evidence.clear();
    assert_eq!(fault(vec![unproved]), "\"a.txt\" states \"anna holdsPositionIn novalis\" without evidence: rebuild it");
}

#[test]
fn a_focus_keeps_what_is_near_it() {
    let graph = merge(&records());
    let near = |hops| graph.select(&Filter { focus: vec![id("anna")], hops, ..Filter::default() });
    assert_eq!(texts(&near(1)), ["anna holdsPositionIn novalis asserted"]);
    assert_eq!(near(2).entities().len(), 3);
    let two = near(2);
    assert_eq!(two.statements().len(), 3);
    assert_eq!(two.cut().to_string(), "3 of 5 statements and 3 of 5 entities kept (2 too far from the focus)");
    assert_eq!(near(4).statements().len(), 5);
}

#[test]
fn filters_keep_whole_statements_and_count_what_they_cut() {
    let graph = merge(&records());
    let schema = schema();
    let types = |names: &[&str]| names.iter().map(|name| schema.entity_type(name).unwrap()).collect::<Vec<_>>();
    let kept = |filter: &Filter| texts(&graph.select(filter));
    let companies = Filter { entity_types: types(&["Organization"]), ..Filter::default() };
    assert_eq!(kept(&companies), ["novalis acquires orbita planned", "novalis acquires orbita negated"]);
    let around = Filter { focus: vec![id("kestria")], ..companies.clone() };
    assert_eq!(kept(&around), ["kestria sanctions orbita asserted"]);
    let facts = Filter { modalities: vec![Modality::Asserted], min_documents: 2, ..Filter::default() };
    assert_eq!(kept(&facts), ["bordavia cooperatesWith kestria asserted"]);
    assert_eq!(graph.select(&facts).cut().reasons, [(CutBy::Modality, 2), (CutBy::Documents, 2)]);
    assert_eq!(graph.select(&facts).documents().len(), 2);
    let winter = Filter { since: "2025-02".parse().ok(), ..Filter::default() };
    assert_eq!(kept(&winter), ["bordavia cooperatesWith kestria asserted", "novalis acquires orbita negated"]);
    let before = Filter { until: "2024-06-30".parse().ok(), ..Filter::default() };
    assert_eq!(kept(&before), ["kestria sanctions orbita asserted"]);
    let relation = Filter { relations: vec![schema.relation_type("acquires").unwrap()], ..Filter::default() };
    assert_eq!(kept(&relation).len(), 2);
    let all = graph.all();
    assert!(!all.cut().is_part());
    assert_eq!((all.entities().len(), all.documents().len()), (5, 3));
}

#[test]
fn the_top_is_ranked_by_documents_then_statements() {
    let graph = merge(&records());
    let ranked: Vec<&str> = graph.ranking().iter().map(|node| node.entity.id.as_str()).collect();
    assert_eq!(ranked, ["orbita", "kestria", "novalis", "bordavia", "anna"]);
    let top = graph.select(&Filter { top: Some(3), ..Filter::default() });
    assert_eq!(
        texts(&top),
        ["kestria sanctions orbita asserted", "novalis acquires orbita planned", "novalis acquires orbita negated",]
    );
    let heaviest = graph.all().heaviest(2);
    assert_eq!(texts(&heaviest), ["bordavia cooperatesWith kestria asserted", "kestria sanctions orbita asserted"]);
    assert_eq!(heaviest.cut().reasons, [(CutBy::Room, 3)]);
}

#[test]
fn entities_are_found_by_id_name_and_alias() {
    let graph = merge(&records());
    for (typed, expected) in [
        ("novalis", "novalis"),
        ("NOVALIS", "novalis"),
        ("novalis sa", "novalis"),
        ("mme  Weiss", "anna"),
        ("орбита", "orbita"),
        ("Orbita", "orbita"),
        ("groupe energie", "orbita"),
    ] {
        assert_eq!(graph.find_entity(typed).unwrap().entity.id.as_str(), expected, "{typed}");
    }
    for (typed, message) in [
        ("weiss", "no entity of this graph is called \"weiss\"; did you mean anna (Anna Weiss)?"),
        ("Bordavi", "no entity of this graph is called \"Bordavi\"; did you mean bordavia (Bordavie)?"),
        (
            "xyz",
            "no entity of this graph is called \"xyz\"; `relata top OUT` lists the entities that most documents name",
        ),
        ("la republique", "\"la republique\" names 2 entities: write bordavia or kestria"),
    ] {
        assert_eq!(graph.find_entity(typed).unwrap_err().to_string(), message);
    }
    let found: Vec<&str> = graph.search("bor").iter().map(|node| node.entity.id.as_str()).collect();
    assert_eq!(found, ["bordavia"]);
}
