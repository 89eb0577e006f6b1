//! A graph loaded directly and one read back from its Turtle answer alike.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

#[path = "../../relata-export/tests/fixtures/mod.rs"]
mod fixtures;

use relata_export::{BaseIri, ExportOptions, Format};
use relata_graph::{Filter, KnowledgeGraph};
use relata_store::{AnswerFormat, GraphStore};

fn answer(store: &GraphStore, query: &str) -> String {
    let mut out = Vec::new();
    store.query(query).unwrap().write(AnswerFormat::Table, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn both(graph: &KnowledgeGraph, options: &ExportOptions) -> [GraphStore; 2] {
    let mut turtle = Vec::new();
    relata_export::write(&graph.all(), options, Format::Turtle, &mut turtle).unwrap();
    [GraphStore::load(&graph.all(), options).unwrap(), GraphStore::from_turtle(turtle.as_slice()).unwrap()]
}

#[test]
fn the_graph_and_its_turtle_answer_alike() {
    let base_iri = BaseIri::parse("https://graph.example.org/").unwrap();
    let options = ExportOptions { base_iri, ..ExportOptions::default() };
    for graph in [fixtures::small::small(), fixtures::torture::torture().0, fixtures::press::press(40, 200)] {
        let [loaded, read] = both(&graph, &options);
        assert_eq!(loaded.len().unwrap(), read.len().unwrap());
        let everything = "SELECT * { ?s ?p ?o }";
        assert_eq!(loaded.query(everything).unwrap(), read.query(everything).unwrap());
    }
}

#[test]
fn plans_denials_and_claims_are_no_facts() {
    let [store, _] = both(&fixtures::small::small(), &ExportOptions::default());
    assert_eq!(
        answer(&store, "SELECT ?s ?p ?o { ?p a relata:RelationType . ?s ?p ?o }"),
        "s               p                    o\n\
         ──────────────  ───────────────────  ────────────\n\
         ent:anna-weiss  rel:holdsPositionIn  ent:novalis\n\
         ent:bordavia    rel:cooperatesWith   ent:kestria\n\
         ent:kestria     rel:cooperatesWith   ent:bordavia\n\
         (3 rows)\n"
    );
    let rest = "SELECT ?label ?unit ?value { ?st relata:modality ?m ; relata:voice ?v ; rdfs:label ?label \
                FILTER(?m != relata:asserted || ?v != relata:own) \
                OPTIONAL { ?st relata:amountUnit ?unit ; relata:amountValue ?value } } ORDER BY ?label";
    assert_eq!(
        answer(&store, rest),
        "label                                      unit  value\n\
         ─────────────────────────────────────────  ────  ──────────\n\
         Kestria – acquires – Novalis (attributed)  EUR   2500000000\n\
         Novalis – uses – Lynx (negated)\n\
         (2 rows)\n"
    );
}

#[test]
fn a_part_answers_for_itself() {
    let graph = fixtures::small::small();
    let filter = Filter { facts_only: true, ..Filter::default() };
    let store = GraphStore::load(&graph.select(&filter), &ExportOptions::default()).unwrap();
    assert_eq!(answer(&store, "SELECT (COUNT(?st) AS ?n) { ?st a relata:Statement }"), "n\n─\n2\n(1 row)\n");
    assert_eq!(
        answer(&store, "SELECT ?told { ?d a void:Dataset ; dcterms:description ?told }"),
        "told\n\
         ────────────────────────────────────────────────────────────────────────────────\n\
         A part of the graph: 2 of 4 statements and 4 of 6 entities kept (2 by modality).\n\
         (1 row)\n"
    );
}
