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

#[test]
fn a_file_is_named_and_its_end_tells_the_format() {
    let place = seeds::place();
    place.relata("export out -o graph.nt").says(0, "");
    assert_eq!(place.read("graph.nt"), place.relata("export out -f ntriples").output());
    place.relata("export out -f turtle -o x.txt").says(0, "");
    assert!(place.read("x.txt").starts_with("@prefix"));
    place
        .relata("export out")
        .says(2, "error: no format: name one with -f, or a file with -o (relata export --help lists them)\n");
    place
        .relata("export out -o graph.xyz")
        .says(2, "error: the name graph.xyz tells no format: name one with -f (relata export --help lists them)\n");
    place.relata("export out -f turtle -o out").says(2, "error: out is a folder: name a file with -o\n");
    place
        .relata("export out -f turtle -o nowhere/graph.ttl")
        .says(2, "error: cannot write nowhere/graph.ttl: No such file or directory (os error 2)\n");
    place.relata("export out -f csv").says(2, "error: csv is a folder of files: name it with -o\n");
    place
        .relata("export out -f graphml --graphs document")
        .says(2, "error: graphml has no graphs: choose trig or nquads, or leave --graphs out\n");
}

#[test]
fn a_folder_is_new_or_an_earlier_export() {
    let place = seeds::place();
    place.relata("export out -f neo4j -o tables").says(
        0,
        "2 files in tables\nneo4j-admin database import full neo4j --nodes=\"tables/nodes.csv\" \
         --relationships=\"tables/relationships.csv\"\n",
    );
    // Another export takes the files of the first away, and nothing else.
    place.write("tables/mine.txt", "mine");
    place.relata("export out -f csv -o tables -q").says(0, "");
    let files: Vec<String> = place.files("tables").into_keys().collect();
    assert_eq!(files, [".relata-export", "edges.csv", "mine.txt", "nodes.csv"]);
    place.write("notes/mine.md", "mine");
    place.relata("export out -f obsidian -o notes").says(
        2,
        "error: cannot write into the folder notes: notes holds other files: name a new or empty folder, so that nothing of \
         yours is overwritten\n",
    );
}

#[test]
#[cfg(unix)]
fn without_graphviz_pages_are_whole_and_pictures_say_what_is_missing() {
    let place = seeds::place();
    let ran = place.shell("PATH= \"$RELATA\" export out -o graph.svg --focus sberbank -q");
    ran.says(
        2,
        "error: Graphviz is not there: install it (Debian: apt install graphviz; macOS: brew install graphviz; Windows: \
         winget install graphviz), or write -f dot and draw it elsewhere\n",
    );
    let ran = place.shell("PATH= \"$RELATA\" export out -f html -o pages --focus sberbank");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("Graphviz is not there: the folder has a table in place of the picture\n"), "{}", ran.err);
    let index = place.read("pages/index.html");
    assert!(!index.contains("<svg"));
    let page = place.read("pages/entities/sberbank.html");
    // Every passage of the table and of the entity's page stands on the page of its document.
    let mut passages = 0;
    for text in [&index, &page] {
        for link in text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            if let Some((file, anchor)) = link.split_once("#ev-") {
                let file = file.trim_start_matches("../");
                assert!(place.read(&format!("pages/{file}")).contains(&format!("id=\"ev-{anchor}\"")), "{link}");
                passages += 1;
            }
        }
    }
    assert!(passages > 4, "{passages}");
}
