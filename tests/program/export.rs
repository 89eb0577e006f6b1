//! A part of a build in another format: what is cut is told, and what is written can be read.

use std::collections::BTreeSet;

use crate::place::Place;
use crate::seeds;

/// The statements of an N-Triples file, by their nodes.
fn statements(ntriples: &str) -> BTreeSet<&str> {
    let marker = " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/relata/ns#Statement> .";
    ntriples.lines().filter_map(|line| line.strip_suffix(marker)).collect()
}

/// What an export of the seeds keeps and what it says about the rest.
fn export(place: &Place, arguments: &str) -> (String, String) {
    let ran = place.relata(format!("export out -f ntriples {arguments}").trim_end());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    (ran.out, ran.err)
}

#[test]
fn each_choice_keeps_a_part_and_says_what_it_cut() {
    let place = seeds::place();
    let (whole, said) = export(&place, "");
    assert_eq!(said, "", "nothing is cut");
    let all = statements(&whole);
    for (arguments, reason) in [
        ("--focus sberbank", "too far from the focus"),
        ("--focus Sberbank --hops 2", "too far from the focus"),
        ("--top 5", "between entities below the top"),
        ("--type Company", "by type of entity"),
        ("--modality planned", "by modality"),
        ("--facts", "by modality"),
        ("--predicate suppliesTo", "by predicate"),
        ("--min-documents 2", "made by too few documents"),
        ("--since 2025-11", "outside the period"),
    ] {
        let (part, said) = export(&place, arguments);
        let kept = statements(&part);
        assert!(kept.is_subset(&all) && !kept.is_empty() && kept.len() < all.len(), "{arguments}: {} kept", kept.len());
        let start = format!("{} of {} statements and ", kept.len(), all.len());
        let end = format!(" entities kept ({} {reason})\n", all.len() - kept.len());
        assert!(said.starts_with(&start) && said.ends_with(&end), "{arguments}: {said}");
    }
    let one = statements(&export(&place, "--focus sberbank").0).len();
    let two = statements(&export(&place, "--focus sberbank --hops 2").0).len();
    assert!(one < two, "{one} statements one hop away, {two} two hops away");
}

#[test]
fn choices_are_told_one_by_one_where_several_cut() {
    let place = seeds::place();
    let (_, said) = export(&place, "--modality planned --type Company");
    let expected = " by modality, ";
    assert!(said.contains(expected) && said.ends_with(" by type of entity)\n"), "{said}");
    // Quiet is quiet.
    place.relata("export out -f dot --modality planned --quiet").says(0, "");
}

#[test]
fn a_modality_keeps_that_modality_alone() {
    let place = seeds::place();
    for modality in ["asserted", "ended", "planned", "hypothetical", "negated"] {
        let (part, _) = export(&place, &format!("--modality {modality}"));
        let told: BTreeSet<&str> = part
            .lines()
            .filter_map(|line| line.split_once("#modality> <https://w3id.org/relata/ns#"))
            .map(|(_, rest)| rest)
            .collect();
        assert_eq!(told, BTreeSet::from([format!("{modality}> .").as_str()]));
    }
}

/// What the store reads out of a Turtle file.
fn triples_read(turtle: &str) -> String {
    let place = seeds::place();
    place.write("out/graph.ttl", turtle);
    place.relata_with(&["query", "out", "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", "--format", "csv"], b"").output()
}

#[test]
fn turtle_and_n_triples_hold_the_same_triples() {
    let place = seeds::place();
    for arguments in ["", " --focus nvidia --modality planned", " --base-iri https://graph.example.org/x/ --labels ru"]
    {
        let ntriples = place.relata(&format!("export out -f ntriples{arguments}")).output();
        let turtle = place.relata(&format!("export out -f turtle{arguments}")).output();
        let lines: BTreeSet<&str> = ntriples.lines().collect();
        assert_eq!(lines.len(), ntriples.lines().count(), "a triple stands twice");
        assert_eq!(triples_read(&turtle), format!("n\r\n{}\r\n", lines.len()), "{arguments}");
        assert_eq!(triples_read(&ntriples), format!("n\r\n{}\r\n", lines.len()), "{arguments}");
    }
}

#[test]
fn graphml_is_well_formed_and_holds_every_entity_and_statement() {
    let place = seeds::place();
    let (ntriples, _) = export(&place, "");
    let graphml = place.relata("export out -f graphml").output();
    let mut reader = quick_xml::Reader::from_str(&graphml);
    reader.config_mut().check_end_names = true;
    let (mut nodes, mut edges) = (BTreeSet::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) => {
                let attribute = |name: &str| {
                    let value = tag.try_get_attribute(name).unwrap().unwrap_or_else(|| panic!("no {name}"));
                    value.value.into_owned()
                };
                match tag.name().as_ref() {
                    "node" => assert!(nodes.insert(attribute("id")), "a node stands twice"),
                    "edge" => edges.push((attribute("source"), attribute("target"))),
                    _ => {}
                }
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(edges.len(), statements(&ntriples).len());
    assert!(edges.iter().all(|(source, target)| nodes.contains(source) && nodes.contains(target)));
}

#[test]
fn a_diagram_holds_the_heaviest_statements_and_all_on_demand() {
    let place = seeds::place();
    let (ntriples, _) = export(&place, "");
    let edges =
        |dot: &str| dot.lines().filter(|line| line.contains("\" -> \"") && line.contains("#statement/")).count();
    let all = place.relata("export out -f dot --all").output();
    assert_eq!(edges(&all), statements(&ntriples).len());
    assert!(all.starts_with("digraph ") && all.ends_with("}\n"));
    let bare = place.relata("export out -f dot --no-legend").output();
    assert!(all.contains("\"_legend\"") && !bare.contains("\"_legend\""));
}
