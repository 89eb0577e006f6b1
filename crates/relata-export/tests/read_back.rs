//! What is written is read back, and every string comes back equal.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod fixtures;

use std::collections::{BTreeMap, BTreeSet};

use oxjsonld::JsonLdParser;
use oxrdf::{GraphName, Quad};
use oxrdf::{NamedNode, Term, Triple};
use oxrdfxml::RdfXmlParser;
use oxttl::{NQuadsParser, NTriplesParser, TriGParser, TurtleParser};
use quick_xml::events::Event;
use relata_export::names::Namespaces;
use relata_export::rdf::{self, Item};
use relata_export::{ExportOptions, Format, Graphs, RdfVersion};
use relata_graph::KnowledgeGraph;
use relata_model::Voice;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const RELATA: &str = "https://w3id.org/relata/ns#";

fn written(graph: &KnowledgeGraph, format: Format) -> Vec<u8> {
    let options = ExportOptions { picture_room: None, ..ExportOptions::default() };
    let mut out = Vec::new();
    relata_export::write(&graph.all(), &options, format, &mut out).unwrap();
    out
}

fn mapped(graph: &KnowledgeGraph) -> Vec<Triple> {
    let options = ExportOptions::default();
    let spaces = Namespaces::new(&options.base_iri);
    let mut triples = Vec::new();
    rdf::triples(&graph.all(), &options, &mut |item| {
        if let Item::Triple(triple) = item {
            triples.push(triple.to_oxrdf(&spaces));
        }
        Ok(())
    })
    .unwrap();
    triples
}

/// As every writer has to replace it; written here again, so that a fault of the writer shows.
fn cleaned(text: &str) -> String {
    let replace = |c: char| match c as u32 {
        9 | 10 => c,
        13 => ' ',
        0..32 | 0xFFFE | 0xFFFF => '\u{FFFD}',
        _ => c,
    };
    text.chars().map(replace).collect()
}

fn graphs() -> Vec<KnowledgeGraph> {
    vec![fixtures::small::small(), fixtures::torture::torture().0, fixtures::press::press(40, 200)]
}

#[test]
fn turtle_and_n_triples_give_back_the_triples_of_the_mapping() {
    for graph in graphs() {
        let mapped = mapped(&graph);
        let turtle: Vec<Triple> =
            TurtleParser::new().for_slice(&written(&graph, Format::Turtle)).map(Result::unwrap).collect();
        assert_eq!(turtle, mapped);
        let lines: Vec<Triple> =
            NTriplesParser::new().for_slice(&written(&graph, Format::NTriples)).map(Result::unwrap).collect();
        assert_eq!(lines, mapped);
        let distinct: BTreeSet<String> = mapped.iter().map(ToString::to_string).collect();
        assert_eq!(distinct.len(), mapped.len(), "no triple is written twice");
        assert!(!mapped.iter().any(|triple| triple.to_string().contains("_:")), "no blank node");
    }
}

#[test]
fn older_and_newer_syntaxes_give_back_the_same_triples() {
    for graph in graphs() {
        let mapped: BTreeSet<String> = mapped(&graph).iter().map(ToString::to_string).collect();
        let xml = written(&graph, Format::RdfXml);
        let xml =
            RdfXmlParser::new().for_slice(std::str::from_utf8(&xml).unwrap()).map(|triple| triple.unwrap().to_string());
        assert_eq!(xml.collect::<BTreeSet<String>>(), mapped);
        let json = written(&graph, Format::JsonLd);
        let quads: Vec<Quad> = JsonLdParser::new().for_slice(&json).map(Result::unwrap).collect();
        assert!(quads.iter().all(|quad| quad.graph_name == GraphName::DefaultGraph));
        assert_eq!(quads.len(), mapped.len());
        assert_eq!(quads.into_iter().map(|quad| Triple::from(quad).to_string()).collect::<BTreeSet<String>>(), mapped);
    }
}

#[test]
fn a_graph_a_document_holds_what_that_document_says() {
    for graph in graphs() {
        let options = ExportOptions { graphs: Graphs::PerDocument, ..ExportOptions::default() };
        let write = |format| {
            let mut out = Vec::new();
            relata_export::write(&graph.all(), &options, format, &mut out).unwrap();
            out
        };
        let trig: Vec<Quad> = TriGParser::new().for_slice(&write(Format::TriG)).map(Result::unwrap).collect();
        let lines: Vec<Quad> = NQuadsParser::new().for_slice(&write(Format::NQuads)).map(Result::unwrap).collect();
        assert_eq!(trig, lines);
        let together: BTreeSet<String> = trig.iter().map(|quad| Triple::from(quad.clone()).to_string()).collect();
        assert_eq!(together, mapped(&graph).iter().map(ToString::to_string).collect());
        let names: BTreeSet<String> = trig
            .iter()
            .filter(|quad| quad.graph_name != GraphName::DefaultGraph)
            .map(|quad| quad.graph_name.to_string())
            .collect();
        assert_eq!(names.len(), graph.documents().len());
        // A passage stands in the graph of its document, with what its statement says.
        for quad in trig.iter().filter(|quad| quad.predicate.as_str() == format!("{RELATA}document")) {
            assert_eq!(quad.object.to_string(), quad.graph_name.to_string());
        }
        let modalities = trig.iter().filter(|quad| quad.predicate.as_str() == format!("{RELATA}modality"));
        let expected: usize = graph.statements().map(|statement| statement.documents).sum();
        assert_eq!(modalities.count(), expected);
    }
}

#[test]
fn rdf_1_2_says_the_same_with_a_triple_term() {
    let graph = fixtures::small::small();
    let options = ExportOptions { rdf: RdfVersion::V1_2, ..ExportOptions::default() };
    let mut lines = Vec::new();
    relata_export::write(&graph.all(), &options, Format::NTriples, &mut lines).unwrap();
    let lines = String::from_utf8(lines).unwrap();
    let old = format!("<{RDF}Statement>");
    let mut lines: Vec<&str> = lines.lines().collect();
    assert_eq!(lines.remove(0), "VERSION \"1.2\"");
    let (reified, others): (Vec<&str>, Vec<&str>) = lines.into_iter().partition(|line| line.contains("<<("));
    let mut expected: BTreeSet<String> = mapped(&graph).iter().map(|triple| format!("{triple} .")).collect();
    for line in reified {
        let (statement, rest) = line.split_once(&format!(" <{RDF}reifies> <<( ")).unwrap();
        let parts: Vec<&str> = rest.trim_end_matches(" )>> .").split(' ').collect();
        for (part, value) in ["subject", "predicate", "object"].into_iter().zip(parts) {
            assert!(expected.remove(&format!("{statement} <{RDF}{part}> {value} .")), "{line}");
        }
        assert!(expected.remove(&format!("{statement} <{RDF}type> {old} .")));
    }
    assert_eq!(others.into_iter().map(str::to_owned).collect::<BTreeSet<String>>(), expected);
}

#[test]
fn what_a_format_cannot_hold_is_refused() {
    let graph = fixtures::small::small();
    let refused = |options: &ExportOptions, format| {
        let mut out = Vec::new();
        let error = relata_export::write(&graph.all(), options, format, &mut out).unwrap_err();
        assert!(out.is_empty());
        error.to_string()
    };
    let graphs = ExportOptions { graphs: Graphs::PerDocument, ..ExportOptions::default() };
    let expected = "turtle has no graphs: choose trig or nquads, or leave --graphs out";
    assert_eq!(refused(&graphs, Format::Turtle), expected);
    let new = ExportOptions { rdf: RdfVersion::V1_2, ..ExportOptions::default() };
    let expected = "rdfxml cannot be written as RDF 1.2: choose turtle, ntriples, trig or nquads, or leave --rdf out";
    assert_eq!(refused(&new, Format::RdfXml), expected);
    let large = fixtures::press::press(60, 600);
    let mut out = Vec::new();
    let error = relata_export::write(&large.all(), &ExportOptions::default(), Format::Mermaid, &mut out).unwrap_err();
    let all = large.statements().len();
    let expected =
        format!("{all} statements are too many for Mermaid, whose viewers stop at 500: choose with --focus or --top");
    assert_eq!((error.to_string(), out.len()), (expected, 0));
}

#[test]
fn labels_come_back_from_turtle() {
    let (graph, _) = fixtures::torture::torture();
    let preferred = NamedNode::new_unchecked("http://www.w3.org/2004/02/skos/core#prefLabel");
    let mut labels: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for triple in mapped(&graph).into_iter().filter(|triple| triple.predicate == preferred) {
        let Term::Literal(label) = triple.object else { panic!("a label is a text") };
        labels.entry(triple.subject.to_string()).or_default().insert(label.value().to_owned());
    }
    for (id, string) in fixtures::torture::strings() {
        let entity = format!("<https://relata.example/entity/{id}>");
        assert_eq!(labels[&entity], BTreeSet::from([cleaned(&string)]), "{id}");
    }
}

#[test]
fn only_facts_have_direct_triples() {
    for graph in graphs() {
        let triples: BTreeSet<String> = mapped(&graph).iter().map(ToString::to_string).collect();
        let direct = |subject, relation, object| {
            let [subject, object] = [subject, object].map(|id| format!("<https://relata.example/entity/{id}>"));
            triples.contains(&format!("{subject} <https://w3id.org/relata/rel#{relation}> {object}"))
        };
        let mut expected = BTreeSet::new();
        for statement in graph.statements().filter(|statement| statement.is_fact()) {
            expected.insert((&statement.subject, &statement.relation, &statement.object));
            if graph.schema().relation_info(&statement.relation).symmetric {
                expected.insert((&statement.object, &statement.relation, &statement.subject));
            }
        }
        for (subject, relation, object) in &expected {
            assert!(direct(subject, relation, object), "{subject} {relation} {object}");
        }
        let count = triples.iter().filter(|triple| {
            triple.contains("> <https://w3id.org/relata/rel#") && !triple.contains(&format!("<{RDF}predicate>"))
        });
        assert_eq!(count.count(), expected.len());
        let voiced = triples.iter().filter(|triple| triple.contains(&format!("<{RELATA}voice>"))).count();
        let evidence: usize = graph.statements().map(|statement| statement.evidence.len()).sum();
        assert_eq!(voiced, graph.statements().len() + evidence);
    }
}

#[test]
fn evidence_says_in_whose_voice_it_is() {
    let graph = fixtures::small::small();
    let voices: Vec<Voice> = graph.statements().map(|statement| statement.voice).collect();
    assert_eq!(voices, [Voice::Own, Voice::Own, Voice::Attributed, Voice::Own]);
}

/// Node and edge ids with their data.
fn read_graphml(xml: &[u8]) -> BTreeMap<String, BTreeMap<String, String>> {
    let text = std::str::from_utf8(xml).unwrap();
    let mut reader = quick_xml::Reader::from_str(text);
    let attribute = |start: &quick_xml::events::BytesStart<'_>, name: &str| {
        let attribute = start.try_get_attribute(name).unwrap();
        attribute.map(|found| found.value.to_string())
    };
    let (mut found, mut element, mut key) = (BTreeMap::new(), String::new(), None);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) if matches!(start.name().as_ref(), "node" | "edge") => {
                element = attribute(&start, "id").unwrap();
                assert!(found.insert(element.clone(), BTreeMap::new()).is_none(), "{element} is written once");
            }
            Event::Start(start) if start.name().as_ref() == "data" => {
                key = attribute(&start, "key");
                let data: &mut BTreeMap<String, String> = found.get_mut(&element).unwrap();
                data.insert(key.clone().unwrap(), String::new());
            }
            Event::End(end) if end.name().as_ref() == "data" => key = None,
            Event::Text(text) => {
                if let Some(key) = &key {
                    *found.get_mut(&element).unwrap().get_mut(key).unwrap() += &text;
                }
            }
            Event::GeneralRef(reference) => {
                let name = reference.to_string();
                let character = match &*name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "#133" => "\u{85}",
                    "#8232" => "\u{2028}",
                    other => panic!("&{other}; is none of the references written"),
                };
                *found.get_mut(&element).unwrap().get_mut(key.as_ref().unwrap()).unwrap() += character;
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn graphml_gives_back_every_name_and_quote() {
    let (graph, _) = fixtures::torture::torture();
    let read = read_graphml(&written(&graph, Format::GraphMl));
    assert_eq!(read.len(), graph.entities().len() + graph.statements().len());
    for (id, string) in fixtures::torture::strings() {
        let shown = if string.trim().is_empty() { id.to_owned() } else { cleaned(&string) };
        assert_eq!(read[id]["n_label"], shown, "{id}");
    }
    for statement in graph.statements() {
        let edge = &read[&format!("st-{}", relata_export::statement_id(statement))];
        assert_eq!(edge["e_quote"], cleaned(&statement.best_evidence().record.quote.text));
        assert_eq!(edge["e_fact"], statement.is_fact().to_string());
    }
}

/// The statements of a DOT file: before the brackets, and the attributes. Panics where Graphviz would.
fn read_dot(dot: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut found = Vec::new();
    // HTML labels span lines; only the legend has one.
    let end = dot.find("  subgraph cluster_legend").unwrap_or(dot.len());
    for line in dot[..end].lines().filter(|line| line.starts_with("  \"")) {
        let (head, attributes) = line.split_once(" [").unwrap();
        let mut rest = attributes.strip_suffix("];").unwrap();
        let mut read = BTreeMap::new();
        while !rest.is_empty() {
            let (name, value) = rest.split_once('=').unwrap();
            let (value, after) = if let Some(quoted) = value.strip_prefix('"') {
                let bytes = quoted.as_bytes();
                let mut end = 0;
                while bytes[end] != b'"' {
                    end += if bytes[end] == b'\\' { 2 } else { 1 };
                }
                (&quoted[..end], &quoted[end + 1..])
            } else {
                value.split_at(value.find(',').unwrap_or(value.len()))
            };
            read.insert(name.to_owned(), value.to_owned());
            rest = after.strip_prefix(", ").unwrap_or(after);
        }
        found.push((head.trim().to_owned(), read));
    }
    found
}

#[test]
fn dot_can_be_cut_into_tokens_and_gives_back_short_names() {
    let (graph, _) = fixtures::torture::torture();
    let dot = String::from_utf8(written(&graph, Format::Dot)).unwrap();
    let read = read_dot(&dot);
    let (edges, nodes): (Vec<_>, Vec<_>) = read.into_iter().partition(|(head, _)| head.contains(" -> "));
    assert_eq!(nodes.len(), graph.entities().len());
    assert_eq!(edges.len(), graph.statements().len());
    let nodes: BTreeMap<String, BTreeMap<String, String>> = nodes.into_iter().collect();
    for (id, string) in fixtures::torture::strings() {
        let shown =
            nodes[&format!("\"{id}\"")]["label"].replace("\\n", " ").replace("\\\"", "\"").replace("\\\\", "\\");
        let shown = shown.replace("&amp;", "&");
        let expected: String = cleaned(&string).chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
        let expected = expected.split_whitespace().collect::<Vec<_>>().join(" ");
        if expected.chars().count() <= 80 && !expected.is_empty() && !expected.contains("\\n") {
            assert_eq!(shown, expected, "{id}");
        }
    }
}

#[test]
fn the_order_of_records_changes_no_byte() {
    let (schema, entities) = (fixtures::schema(), fixtures::small::entities());
    let mut records = fixtures::small::records();
    records.reverse();
    records.push(records[0].clone());
    let turned = fixtures::merged(&schema, &entities, records);
    for format in Format::ALL {
        assert_eq!(written(&turned, format), written(&fixtures::small::small(), format), "{format}");
    }
}

#[test]
fn large_pictures_are_cut_and_say_so() {
    let graph = fixtures::press::press(60, 400);
    let mut dot = Vec::new();
    relata_export::write(&graph.all(), &ExportOptions::default(), Format::Dot, &mut dot).unwrap();
    let dot = String::from_utf8(dot).unwrap();
    let edges = read_dot(&dot).iter().filter(|(head, _)| head.contains(" -> ")).count();
    assert_eq!(edges, 60);
    let all = graph.statements().len();
    assert!(dot.contains(&format!("60 énoncés montrés sur {all}")), "{}", &dot[..400]);
}
