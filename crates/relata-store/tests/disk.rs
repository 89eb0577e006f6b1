//! Stores on disk: they answer as memory does, are made whole or not at all, and are missing with a clear word.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

#[path = "../../relata-export/tests/fixtures/mod.rs"]
mod fixtures;

use relata_export::{BaseIri, ExportOptions, Format};
use relata_graph::KnowledgeGraph;
use relata_store::{GraphStore, RdfFormat, is_store};

fn turtle(graph: &KnowledgeGraph) -> Vec<u8> {
    let base_iri = BaseIri::parse("https://graph.example.org/").unwrap();
    let options = ExportOptions { base_iri, ..ExportOptions::default() };
    let mut turtle = Vec::new();
    relata_export::write(&graph.all(), &options, Format::Turtle, &mut turtle).unwrap();
    turtle
}

#[cfg(not(feature = "rocksdb"))]
#[test]
fn without_the_feature_the_way_out_is_told() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("store");
    let told = "this relata was built without stores on disk: build it with `cargo build --release --features rocksdb`, \
                which needs a C++ compiler and libclang (Debian: apt install g++ libclang-dev) and takes minutes longer";
    let made = GraphStore::create(&folder, turtle(&fixtures::small::small()).as_slice(), RdfFormat::Turtle);
    assert_eq!(made.err().unwrap().to_string(), told);
    assert!(!folder.exists());
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join(relata_store::DESCRIPTION), "{}").unwrap();
    assert!(is_store(&folder));
    assert_eq!(GraphStore::open(&folder).err().unwrap().to_string(), told);
}

#[cfg(feature = "rocksdb")]
mod with_rocksdb {
    use std::path::Path;
    use std::time::Duration;

    use relata_store::{Limits, QueryError, Question, StopReason, StopSwitch, StoreError};

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn disk_and_memory_answer_alike() {
        let place = tempfile::tempdir().unwrap();
        let graphs = [fixtures::small::small(), fixtures::torture::torture().0, fixtures::press::press(40, 400)];
        for (number, graph) in graphs.iter().enumerate() {
            let turtle = turtle(graph);
            let folder = place.path().join(format!("store-{number}"));
            let memory = GraphStore::from_turtle(turtle.as_slice()).unwrap();
            let made = GraphStore::create(&folder, turtle.as_slice(), RdfFormat::Turtle).unwrap();
            assert!(is_store(&folder));
            // Another program may read it at the same time.
            for disk in [made, GraphStore::open(&folder).unwrap()] {
                assert_eq!(disk.len().unwrap(), memory.len().unwrap());
                assert_eq!(disk.prefixes(), memory.prefixes());
                for query in [
                    "SELECT * { ?s ?p ?o }",
                    "SELECT ?s (COUNT(*) AS ?n) { ?s relata:evidence ?e } GROUP BY ?s ORDER BY DESC(?n) ?s",
                    "DESCRIBE ?s { ?s a relata:Statement ; relata:modality relata:negated }",
                    "ASK { ?s rel:acquires ?o }",
                ] {
                    assert_eq!(disk.query(query).unwrap(), memory.query(query).unwrap(), "{query}");
                }
            }
        }
        assert_eq!(names(place.path()), ["store-0", "store-1", "store-2"]);
        assert_eq!(names(&place.path().join("store-0")), [relata_store::DESCRIPTION, "triples"]);
    }

    #[test]
    fn names_and_named_graphs_work_on_disk() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("store");
        let trig = "@prefix ent: <https://relata.example/entity/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
                    @prefix doc: <https://relata.example/document/> .\n\
                    ent:russia rdfs:label \"Russie\"@fr . doc:one { ent:russia rdfs:comment \"a text\" }";
        let store = GraphStore::create(&folder, trig.as_bytes(), RdfFormat::TriG).unwrap();
        assert_eq!(store.graph_names(), ["https://relata.example/document/one"]);
        let answer = store.query("SELECT ?text { GRAPH doc:one { @\"Russie\" rdfs:comment ?text } }").unwrap();
        assert_eq!(answer.len(), 1);
    }

    #[test]
    fn a_question_to_a_store_on_disk_can_be_stopped() {
        let place = tempfile::tempdir().unwrap();
        let turtle = turtle(&fixtures::press::press(40, 400));
        let store = GraphStore::create(&place.path().join("store"), turtle.as_slice(), RdfFormat::Turtle).unwrap();
        let switch = StopSwitch::default();
        let everything = Question::of("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }");
        let limits = Limits { stoppable: true, ..Limits::NONE };
        let answer = switch.within(Some(Duration::from_millis(200)), || store.answer(&everything, limits, &switch));
        assert!(matches!(answer, Err(QueryError::Stopped(StopReason::Time))), "{answer:?}");
    }

    #[test]
    fn what_cannot_be_loaded_leaves_no_store() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("store");
        let broken = b"<http://a> <http://b> <http://c> .\n<http://a> .\n";
        let error = GraphStore::create(&folder, broken.as_slice(), RdfFormat::Turtle).err().unwrap();
        assert!(matches!(error, StoreError::Rdf { .. }), "{error}");
        assert!(error.to_string().contains("line 2"), "{error}");
        assert_eq!(names(place.path()), [""; 0]);
    }

    #[test]
    fn a_store_is_never_changed() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("store");
        let text = b"<http://a> <http://b> <http://c> .".as_slice();
        GraphStore::create(&folder, text, RdfFormat::NTriples).unwrap();
        let error = GraphStore::create(&folder, text, RdfFormat::NTriples).err().unwrap();
        assert_eq!(
            error.to_string(),
            format!(
                "{} is there already: a store is not changed, so name another folder or remove this one",
                folder.display()
            )
        );
        assert_eq!(GraphStore::open(&folder).unwrap().len().unwrap(), 1);
    }
}
