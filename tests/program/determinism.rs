//! Same input, same bytes; and what is found in a document depends on that document alone.

use crate::place::{Files, Place};
use crate::seeds::{self, BUILD, SEEDS, string};

/// The seeds and as many short dispatches, in folders, as make more than one batch of documents.
fn corpus() -> Vec<(String, Vec<u8>)> {
    let sentences = [
        ("a.txt", "Герман Греф возглавляет Сбербанк.\n"),
        ("B.TXT", "Nvidia plans to supply Firebird.\n"),
        ("é.md", "Washington envisage de sanctionner DeepSeek.\n"),
        ("a b.txt", "La Russie et la Chine coopèrent.\n"),
    ];
    let mut files: Vec<(String, Vec<u8>)> = SEEDS.iter().map(|(name, text)| (name.clone(), text.clone())).collect();
    for number in 0..70 {
        for (name, text) in sentences {
            let folder = ["", "z/", "a/", "a-/", "é/à/"][number % 5];
            files.push((format!("{folder}{number}-{name}"), text.as_bytes().to_owned()));
        }
    }
    files
}

/// The same for every run: no random number in a test either.
fn shuffled(mut files: Vec<(String, Vec<u8>)>, seed: usize) -> Vec<(String, Vec<u8>)> {
    let mut state = seed * 2_654_435_761 + 1;
    for at in (1..files.len()).rev() {
        state = (state * 1_103_515_245 + 12_345) % (1 << 31);
        files.swap(at, state % (at + 1));
    }
    files
}

fn build(files: &[(String, Vec<u8>)], environment: &[(&str, &str)], options: &[&str]) -> Files {
    let place = Place::new();
    place.write_all("corpus", files.iter().map(|(name, content)| (name, content)));
    let mut command = place.command(crate::place::RELATA);
    command.args(["build", "corpus", "-o", "out"]).args(options).envs(environment.iter().copied());
    let ran = crate::place::run(command, b"");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    place.files("out")
}

#[test]
fn files_in_any_order_on_any_number_of_threads_give_the_same_bytes() {
    let files = corpus();
    assert!(files.len() > 256, "one batch only");
    let first = build(&files, &[], &["--jobs", "1"]);
    let names: Vec<&str> = first.keys().map(String::as_str).filter(|name| !name.starts_with('.')).collect();
    assert_eq!(
        names,
        ["build.json", "entities.jsonl", "extraction.jsonl", "graph.dot", "graph.graphml", "graph.ttl", "schema.toml"]
    );
    let elsewhere = [("TZ", "Asia/Tokyo"), ("LC_ALL", "ru_RU.UTF-8"), ("HOME", "/nowhere"), ("COLUMNS", "20")];
    for (seed, jobs, environment) in [(1, "2", &[][..]), (2, "8", &elsewhere[..])] {
        let other = build(&shuffled(files.clone(), seed), environment, &["--jobs", jobs]);
        assert_same(&first, &other, &format!("--jobs {jobs}, files shuffled by {seed}"));
    }
}

#[track_caller]
fn assert_same(one: &Files, other: &Files, how: &str) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{how}");
    for (name, bytes) in one {
        let differs = bytes.iter().zip(&other[name]).position(|(a, b)| a != b);
        assert!(bytes == &other[name], "{how}: {name} differs from byte {differs:?}");
    }
}

#[test]
fn a_second_build_into_the_same_folder_changes_no_byte() {
    let place = seeds::place();
    place.relata("build seeds -o out").says(0, &BUILD.said);
    assert_same(&BUILD.files, &place.files("out"), "built again");
}

#[test]
fn records_stand_in_the_order_of_their_names() {
    let place = Place::new();
    let files = corpus();
    place.write_all("corpus", shuffled(files.clone(), 3).iter().map(|(name, content)| (name, content)));
    let out = place.relata("extract corpus --jobs 8").output();
    let docs: Vec<String> =
        out.lines().map(|line| string(&serde_json::from_str(line).unwrap(), "doc").to_owned()).collect();
    let mut names: Vec<String> = files.into_iter().map(|(name, _)| name).collect();
    // UTF-8 keeps the order of code points.
    names.sort_unstable();
    assert_eq!(docs, names);
}

#[test]
fn a_document_alone_gives_the_record_that_it_gives_among_others() {
    let place = seeds::place();
    let together = place.read("out/extraction.jsonl");
    for (name, line) in SEEDS.keys().zip(together.lines()) {
        let alone = place.relata_with(&["extract", &format!("seeds/{name}")], b"").output();
        assert_eq!(alone, format!("{line}\n"), "{name}");
    }
    assert_eq!(place.relata("extract seeds").output(), together);
}

#[test]
fn every_export_of_a_build_is_what_the_build_wrote() {
    let place = seeds::place();
    for (format, file) in [("turtle", "graph.ttl"), ("graphml", "graph.graphml"), ("dot", "graph.dot")] {
        let out = place.relata(&format!("export out -f {format}")).output();
        assert!(out.as_bytes() == BUILD.files[file], "{format} differs from {file}");
    }
}

/// The clock is read nowhere: a moment stands in the graph only where the user gives it.
#[test]
fn a_moment_stands_in_the_graph_only_where_source_date_epoch_gives_it() {
    let files = [("a.txt".to_owned(), "La Sberbank a parlé à la rédaction.\n".as_bytes().to_owned())];
    let text = |files: &Files| String::from_utf8(files["graph.ttl"].clone()).unwrap();
    let dated = text(&build(&files, &[("SOURCE_DATE_EPOCH", "1700000000")], &[]));
    assert!(dated.contains("prov:endedAtTime \"2023-11-14T22:13:20Z\"^^xsd:dateTime"), "{dated}");
    let plain = text(&build(&files, &[], &[]));
    assert!(!plain.contains("endedAtTime") && !plain.contains("xsd:dateTime"), "{plain}");
}
