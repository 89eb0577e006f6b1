//! The mistakes of a new user: each a message that says what to do, and an exit code that scripts can trust.

use crate::place::Place;
use crate::seeds;

const TEXT: &str = "La Sberbank a parlé hier à la rédaction.\n";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80";

#[test]
fn no_arguments_print_the_help_and_its_examples() {
    let ran = Place::new().relata_with(&[], b"");
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.starts_with("Turns a folder of press documents into a knowledge graph"), "{}", ran.err);
    assert!(
        ran.err.contains("\n  build        Read documents, find names and relations, write the graph"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.ends_with("Exit code 0: done; 1: done, with faults reported; 2: could not start.\n"),
        "{}",
        ran.err
    );
}

#[test]
fn every_command_has_help_and_the_main_ones_have_examples() {
    let place = Place::new();
    for command in ["build", "extract", "query", "export", "why", "eval"] {
        let help = place.relata(&format!("{command} --help")).output();
        assert!(help.contains(&format!("\nExamples:\n  relata {command} ")), "{help}");
    }
    for command in ["top", "verify", "gazetteer check", "rules test", "vocab", "completions"] {
        assert!(place.relata(&format!("{command} --help")).output().contains("\nUsage: relata "), "{command}");
    }
}

#[test]
fn arguments_that_are_wrong_are_told_with_the_nearest() {
    let place = Place::new();
    place.relata("biuld seeds").says(
        2,
        "error: unrecognized subcommand 'biuld'\n\n  tip: a similar subcommand exists: 'build'\n\n\
         Usage: relata [OPTIONS] <COMMAND>\n\nFor more information, try '--help'.\n",
    );
    place.relata("build seeds").says(
        2,
        "error: the following required arguments were not provided:\n  --out <OUT>\n\n\
         Usage: relata build --out <OUT> <PATH>...\n\nFor more information, try '--help'.\n",
    );
    place.relata("export out -f bmp").says(
        2,
        "error: invalid value 'bmp' for '--format <FORMAT>': unknown format \"bmp\" (turtle, ntriples, trig, nquads, rdfxml, \
         jsonld, annotations, graphml, yed, gexf, dot, mermaid, cytoscape, node-link, svg, png, pdf, csv, csv-excel, \
         neo4j, obsidian or html)\n\n\
         For more information, try '--help'.\n",
    );
    place.relata("export out -f dot --modality said").says(
        2,
        "error: invalid value 'said' for '--modality <MODALITY>': \"said\" is not a modality \
         (asserted, ended, planned, hypothetical or negated)\n\nFor more information, try '--help'.\n",
    );
}

#[test]
fn a_missing_folder_is_told_and_leaves_nothing_behind() {
    let place = Place::new();
    place
        .relata("build nowhere -o out")
        .says(2, "error: nowhere: no such file or folder; check the path, or give \"-\" to read standard input\n");
    assert!(!place.path("out").exists(), "a build that could not start leaves nothing");
}

#[test]
fn a_folder_without_documents_is_told() {
    let place = Place::new();
    std::fs::create_dir(place.path("empty")).unwrap();
    place.relata("build empty -o out").says(
        2,
        "error: empty: no .txt or .md file in this folder; \
         give the folder that holds the articles, or convert them to plain text first\n",
    );
    place.write("pictures/a.png", PNG);
    place.relata("build pictures -o out").says(
        2,
        "error: pictures: no .txt or .md file in this folder (1 other file was passed over); \
         give the folder that holds the articles, or convert them to plain text first\n",
    );
    place.write("pictures/b.pdf", "%PDF-1.4");
    let ran = place.relata("build pictures -o out");
    assert!(ran.err.contains(" (2 other files were passed over); "), "{}", ran.err);
}

#[test]
fn bad_documents_are_named_and_left_out_and_the_build_goes_on() {
    let place = Place::with(&[
        ("news/good.txt", TEXT),
        ("news/empty.txt", ""),
        ("news/blank.md", " \n\n"),
        ("news/ignored.pdf", "x"),
    ]);
    place.write("news/photo.txt", PNG);
    place.write("news/deep/archive.md", b"PK\x03\x04\x14\0\0\0\x08\0");
    let ran = place.relata("build news -o out");
    assert_eq!(ran.code, Some(1));
    let said = ran.err.strip_prefix("1 file left alone: not .txt or .md\n").unwrap();
    let (faults, summary) = said.split_at(said.find("1 document,").unwrap());
    assert_eq!(
        faults,
        "fault: blank.md: is empty; remove it, or fill it\n\
         fault: deep/archive.md: is a ZIP archive (or a Word, OpenDocument or EPUB document), not a text; convert it to plain text, or remove it from the folder\n\
         fault: empty.txt: is empty; remove it, or fill it\n\
         fault: photo.txt: is a PNG image, not a text; convert it to plain text, or remove it from the folder\n"
    );
    assert_eq!(summary, "1 document, 1 mention, 1 entity, 0 statements; 4 documents left out with a fault\nout\n");
    let info: serde_json::Value = serde_json::from_str(&place.read("out/build.json")).unwrap();
    let reasons: Vec<&str> = info["faults"].as_object().unwrap().values().map(|why| why.as_str().unwrap()).collect();
    let told: Vec<&str> = faults.lines().map(|line| line.strip_prefix("fault: ").unwrap()).collect();
    assert_eq!(reasons, told);
    // With --quiet the faults are still told, and nothing else.
    place.relata("build news -o out --quiet").says(1, faults);
}

#[cfg(unix)]
#[test]
fn an_unreadable_document_is_named_and_left_out() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = Place::with(&[("news/good.txt", TEXT), ("news/secret.txt", TEXT)]);
    // A link that leads nowhere cannot be read even by root.
    symlink("nowhere.txt", place.path("news/gone.txt")).unwrap();
    let ran = place.relata("extract news");
    assert_eq!(ran.err, "fault: gone.txt: No such file or directory (os error 2); check that you may read it\n");
    assert_eq!((ran.code, ran.out.lines().count()), (Some(1), 2));
    std::fs::remove_file(place.path("news/gone.txt")).unwrap();
    std::fs::set_permissions(place.path("news/secret.txt"), PermissionsExt::from_mode(0o000)).unwrap();
    if std::fs::read(place.path("news/secret.txt")).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    let ran = place.relata("extract news");
    assert_eq!(ran.err, "fault: secret.txt: Permission denied (os error 13); check that you may read it\n");
    assert_eq!((ran.code, ran.out.lines().count()), (Some(1), 1));
}

#[test]
fn two_documents_of_one_name_are_told() {
    let place = Place::with(&[("a/news.txt", TEXT), ("b/news.txt", TEXT)]);
    place.relata("extract a b").says(
        2,
        "error: a/news.txt and b/news.txt would both be named \"news.txt\" in the results; \
         give the folder above both, or rename one\n",
    );
}

#[test]
fn an_output_that_cannot_be_written_is_told_before_the_work() {
    let place = Place::with(&[("a.txt", TEXT), ("file", "mine")]);
    place.relata("build a.txt -o file").says(2, "error: file is a file: name a folder with -o\n");
    place
        .relata("build a.txt -o file/out")
        .says(2, "error: cannot write into the output folder file/out: Not a directory (os error 20)\n");
    assert_eq!(place.read("file"), "mine");
    if std::path::Path::new("/proc/self").exists() {
        place
            .relata("build a.txt -o /proc/out")
            .says(2, "error: cannot write into the output folder /proc/out: No such file or directory (os error 2)\n");
    }
}

#[test]
fn a_folder_without_a_build_is_told() {
    let place = Place::with(&[("news/a.txt", TEXT)]);
    for command in ["query news -n 01", "verify news", "why news Sberbank", "export news -f dot", "top news"] {
        place.relata(command).says(2, "error: news holds no build: make one with `relata build PATH -o news`\n");
    }
    place
        .relata("query out -n 01")
        .says(2, "error: there is no folder out: make a build with `relata build PATH -o out`\n");
    assert_eq!(place.files("news").len(), 1, "looking for a build writes nothing");
}

#[test]
fn a_broken_build_says_to_build_again() {
    let place = seeds::place();
    place.write("out/build.json", "{");
    place
        .relata("verify out")
        .says(2, "error: out/build.json is broken: build again: EOF while parsing an object at line 1 column 1\n");
    let place = seeds::place();
    std::fs::remove_file(place.path("out/entities.jsonl")).unwrap();
    place
        .relata("top out")
        .says(2, "error: cannot read out/entities.jsonl: build again: No such file or directory (os error 2)\n");
}

#[test]
fn an_error_in_sparql_is_shown_where_it_stands() {
    let place = seeds::place();
    place.relata_with(&["query", "out", "SELECT ?x WHRE { ?x ?y ?z }"], b"").says(
        2,
        "error: query, line 1, column 11: \"WHRE\" is unexpected here; expected one of \"$\" \"(\" \"?\" \"{\"\n  \
         1 | SELECT ?x WHRE { ?x ?y ?z }\n    |           ^\n",
    );
    place.relata_with(&["query", "out", "SELECT ?x\nWHERE { ?x foo:bar ?z }"], b"").says(
        2,
        "error: query, line 2, column 12: the prefix \"foo:\" is not declared; without declaring: \
         relata, rel, ent, doc, st, ev, rule, run, dcterms, owl, prov, rdf, rdfs, schema, skos, void, xsd\n  \
         2 | WHERE { ?x foo:bar ?z }\n    |            ^\n",
    );
    place
        .relata_with(&["query", "out", "DELETE WHERE { ?x ?y ?z }"], b"")
        .says(2, "error: this is an update, and the graph is only read: ask with SELECT, ASK, CONSTRUCT or DESCRIBE\n");
    place
        .relata_with(&["query", "out", "SELECT * { SERVICE <http://example.org/> { ?x ?y ?z } }"], b"")
        .says(2, "error: SERVICE is refused: relata asks no other endpoint, and nothing leaves this machine\n");
    let ran = place.relata("query out -n 99");
    assert!(
        ran.err.starts_with("error: no question is called \"99\"; there are 01-who-leads-what, 02-"),
        "{}",
        ran.err
    );
    assert_eq!(ran.code, Some(2));
}

#[test]
fn an_entity_that_is_not_there_is_told_with_the_nearest() {
    let place = seeds::place();
    let nearest = "error: no entity of this graph is called \"Sberbanck\"; did you mean sberbank (Sberbank)?\n";
    place.relata("why out Sberbanck").says(2, nearest);
    place.relata("why out Nvidia Sberbanck").says(2, nearest);
    place.relata("export out -f dot --focus Sberbanck").says(2, nearest);
    let ran = place.relata("why out Qwertzuiop");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.starts_with("error: no entity of this graph is called \"Qwertzuiop\""), "{}", ran.err);
    place
        .relata("export out -f dot --type Compani")
        .says(2, "error: unknown entity type \"Compani\" (did you mean \"Company\"?)\n");
    place
        .relata("export out -f dot --predicate suppliesTwo")
        .says(2, "error: unknown predicate \"suppliesTwo\" (did you mean \"suppliesTo\"?)\n");
}

#[test]
fn an_entity_is_found_by_id_and_by_name_however_it_is_written() {
    let place = seeds::place();
    let by_id = place.relata("why out german-gref").output();
    assert!(by_id.contains("German Gref – "), "{by_id}");
    for typed in ["German Gref", "GERMAN GREF", "german  gref", "Герман Греф"] {
        assert_eq!(place.relata_with(&["why", "out", typed], b"").output(), by_id, "{typed}");
    }
    let between = place.relata("why out german-gref sberbank").output();
    assert!(between.contains(">>German Gref, le PDG de Sberbank<<"), "{between}");
}

#[test]
fn no_names_to_look_for_is_told() {
    let place = Place::with(&[("a.txt", TEXT)]);
    place
        .relata("extract a.txt --no-default-gazetteer")
        .says(2, "error: --no-default-gazetteer leaves no names to look for: give a gazetteer with --gazetteer FILE\n");
}

#[test]
fn every_fault_of_all_data_is_told_at_once() {
    let place = Place::with(&[
        ("a.txt", TEXT),
        ("names.jsonl", "{\"id\": \"novalis\", \"type\": \"Compani\", \"lables\": {\"fr\": \"Novalis\"}}\n"),
        (
            "rules/mine.toml",
            "[[rule]]\nid = \"fr/mine/one\"\npredicate = \"holdPositionIn\"\npatterns = [\"{S} {V:diriger} {OO}\"]\n\
             examples = [{ text = \"[Ana Roy|Person] dirige [Novalis|Company].\", subject = \"Ana Roy\", object = \"Novalis\" }]\n",
        ),
    ]);
    place.relata("build a.txt -o out --gazetteer names.jsonl --rules rules").says(
        2,
        "error: names.jsonl:1:1: \"labels\" is missing\n\
         names.jsonl:1:27: unknown entity type \"Compani\" (did you mean \"Company\"?)\n\
         names.jsonl:1:38: unknown field \"lables\" (did you mean \"labels\"?)\n\
         rules/mine.toml:2:6: the rule has no counterexample: a rule carries its proof\n\
         rules/mine.toml:3:13: unknown predicate \"holdPositionIn\" (did you mean \"holdsPositionIn\"?)\n\
         rules/mine.toml:4:30: unknown macro \"{OO}\" (did you mean \"O\"?)\n",
    );
    assert!(!place.path("out").exists(), "a build that could not start leaves nothing");
}

#[test]
fn a_schema_or_a_data_folder_that_is_wrong_is_told() {
    let place = Place::with(&[
        ("a.txt", TEXT),
        ("schema.toml", "[[entity-type]]\nname = \"Person\"\nlabels = {}\ncolour = \"red\"\n"),
        ("data/read.me", ""),
    ]);
    place.relata("extract a.txt --schema schema.toml").says(
        2,
        "error: schema.toml:4:1: unknown field \"colour\", expected one of \"name\", \"parent\", \"schema_org\", \"labels\"\n",
    );
    place.relata("extract a.txt --data data").says(2, "error: the data folder data has no schema/schema.toml\n");
    place.relata("extract a.txt --data nowhere").says(
        2,
        "error: cannot read the data folder nowhere: No such file or directory (os error 2) \
         (it needs schema/schema.toml and a folder for each language)\n",
    );
}
