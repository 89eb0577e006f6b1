//! The vocabulary says of the schema's types what the exports say, and knows every property that they use.

mod fixtures;

use std::collections::BTreeSet;

use oxrdf::{NamedOrBlankNode, Triple};
use oxttl::TurtleParser;
use relata_export::vocabulary::{SHAPES, SPARQL_SHAPES, VOCABULARY};
use relata_export::{ExportOptions, Format};

fn read(turtle: &str) -> Vec<Triple> {
    TurtleParser::new().for_slice(turtle).map(Result::unwrap).collect()
}

/// The names of relata's own namespaces.
fn own(name: &str) -> bool {
    name.starts_with("https://w3id.org/relata/ns#") || name.starts_with("https://w3id.org/relata/rel#")
}

#[test]
fn every_name_of_an_export_is_defined() {
    let defined: BTreeSet<String> = read(VOCABULARY)
        .into_iter()
        .filter_map(|triple| match triple.subject {
            NamedOrBlankNode::NamedNode(node) => Some(node.into_string()),
            NamedOrBlankNode::BlankNode(_) => None,
        })
        .collect();
    for graph in [fixtures::small::small(), fixtures::torture::torture().0, fixtures::press::press(40, 200)] {
        let mut turtle = Vec::new();
        relata_export::write(&graph.all(), &ExportOptions::default(), Format::Turtle, &mut turtle).unwrap();
        for triple in read(&String::from_utf8(turtle).unwrap()) {
            let object = match &triple.object {
                oxrdf::Term::NamedNode(node) => node.as_str(),
                _ => "",
            };
            for name in [triple.predicate.as_str(), object] {
                assert!(!own(name) || defined.contains(name), "{name} is not defined in vocab.ttl");
            }
        }
    }
}

#[test]
fn the_vocabulary_has_the_types_of_the_schema() {
    let mut vocabulary: BTreeSet<String> = read(VOCABULARY).iter().map(ToString::to_string).collect();
    let about = |name: &str| format!("<https://w3id.org/relata/{name}> ");
    let mut expected = BTreeSet::new();
    let schema = fixtures::schema();
    for (entity_type, info) in schema.entity_types() {
        let me = about(&format!("ns#{entity_type}"));
        for (language, label) in &info.labels {
            expected.insert(format!("{me}<http://www.w3.org/2000/01/rdf-schema#label> \"{label}\"@{language}"));
        }
        let parent = info.parent.as_ref().map_or("Entity", |parent| parent.as_str());
        let wider = about(&format!("ns#{parent}"));
        expected.insert(format!("{me}<http://www.w3.org/2000/01/rdf-schema#subClassOf> {}", wider.trim()));
    }
    for (relation, info) in schema.relation_types() {
        let me = about(&format!("rel#{relation}"));
        for (language, label) in &info.labels {
            expected.insert(format!("{me}<http://www.w3.org/2000/01/rdf-schema#label> \"{label}\"@{language}"));
        }
        expected.insert(format!("{me}<http://www.w3.org/2000/01/rdf-schema#comment> \"{}\"@en", info.comment));
        for (property, types) in [("domainIncludes", &info.domain), ("rangeIncludes", &info.range)] {
            for one in types {
                let one = about(&format!("ns#{one}"));
                expected.insert(format!("{me}<http://schema.org/{property}> {}", one.trim()));
            }
        }
    }
    for triple in &expected {
        assert!(vocabulary.remove(triple), "vocab.ttl lacks {triple}");
    }
    let more: Vec<&String> = vocabulary.iter().filter(|triple| triple.starts_with(&about("rel#")[..25])).collect();
    let more = more.iter().filter(|triple| triple.contains("Includes>") || triple.contains("#label>"));
    assert_eq!(more.filter(|triple| triple.contains("/rel#")).count(), 0, "vocab.ttl says more than the schema");
}

#[test]
fn the_shapes_can_be_read() {
    assert!(read(SHAPES).len() > 200);
    assert!(read(SPARQL_SHAPES).len() > 50);
}
