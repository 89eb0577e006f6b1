//! A rebuild reads again only what has changed, and gives the bytes of a build from nothing.

use std::collections::BTreeMap;

use crate::place::{Files, Place, Ran};

/// Few names and short texts: what is tested is which documents are read, not what is found in them.
const NAMES: &str = r#"{"id": "novalis", "type": "Company", "labels": {"fr": "Novalis"}}
{"id": "ardent", "type": "Company", "labels": {"fr": "Ardent"}}
{"id": "kestria", "type": "Country", "labels": {"fr": "Kestrie"}}
"#;
const SENTENCES: [&str; 6] = [
    "Novalis a acquis Ardent en 2024.",
    "La Kestrie soutient Novalis.",
    "Ardent n'a pas acquis Novalis, dit la rédaction.",
    "Ardent fournit la Kestrie.",
    "Il pleut sur la côte depuis hier.",
    "Novalis développe ses usines à l'été, près de la Kestrie.",
];
const OPTIONS: &str = "--no-default-gazetteer --gazetteer names.jsonl --lang fr";

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn text(&mut self) -> Vec<u8> {
        let sentences: Vec<&str> = (0..=self.below(4)).map(|_| SENTENCES[self.below(SENTENCES.len())]).collect();
        let text = format!("{}\n", sentences.join("\n\n"));
        match self.below(8) {
            0 => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
            1 => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            2 => format!("---\ntitle: Numéro {}\n---\n{text}", self.below(9)).into_bytes(),
            _ => text.into_bytes(),
        }
    }

    fn name(&mut self) -> String {
        format!("{}{}.{}", ["", "a/", "b/"][self.below(3)], self.below(40), ["txt", "md"][self.below(2)])
    }
}

/// One change of the folder.
fn edit(corpus: &mut BTreeMap<String, Vec<u8>>, numbers: &mut Numbers) {
    let chosen = corpus.keys().nth(numbers.below(corpus.len().max(1))).cloned();
    match (numbers.below(6), chosen) {
        (0 | 1, _) | (_, None) => {
            corpus.insert(numbers.name(), numbers.text());
        }
        (2, Some(name)) => {
            corpus.insert(name, numbers.text());
        }
        (3, Some(name)) => {
            let text = corpus.remove(&name).unwrap();
            corpus.insert(numbers.name(), text);
        }
        (4, Some(name)) if corpus.len() > 3 => {
            corpus.remove(&name);
        }
        (_, Some(name)) => {
            let broken: [&[u8]; 3] = [b"", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"  \n"];
            corpus.insert(name, broken[numbers.below(3)].to_owned());
        }
    }
}

fn lay_out(place: &Place, corpus: &BTreeMap<String, Vec<u8>>) {
    let _ = std::fs::remove_dir_all(place.path("corpus"));
    place.write_all("corpus", corpus);
}

fn build(place: &Place, out: &str, options: &str) -> Ran {
    let ran = place.relata(&format!("build corpus -o {out} -v {OPTIONS} {options}").trim_end().replace("  ", " "));
    assert!(matches!(ran.code, Some(0 | 1)), "{}", ran.err);
    ran
}

#[track_caller]
fn assert_same(one: &Files, other: &Files, how: &str) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{how}");
    for (name, bytes) in one {
        assert!(bytes == &other[name], "{how}: {name} differs");
    }
}

/// How many documents a build says it did not read again.
fn reused(ran: &Ran) -> usize {
    let line = ran.err.lines().find(|line| line.ends_with(" as in the build before"));
    line.map_or(0, |line| line.split(' ').next().unwrap().parse().unwrap())
}

#[test]
fn after_any_edits_a_rebuild_gives_the_bytes_of_a_full_build() {
    let place = Place::with(&[("names.jsonl", NAMES)]);
    let mut numbers = Numbers(7);
    let mut corpus = BTreeMap::new();
    (0..12).for_each(|_| edit(&mut corpus, &mut numbers));
    corpus.insert("always.txt".to_owned(), SENTENCES[0].as_bytes().to_owned());
    lay_out(&place, &corpus);
    build(&place, "out", "");
    let mut read_again = 0;
    for step in 0..10 {
        let before = corpus.clone();
        (0..=numbers.below(4)).for_each(|_| edit(&mut corpus, &mut numbers));
        lay_out(&place, &corpus);
        let ran = build(&place, "out", "");
        let full = build(&place, &format!("full{step}"), "");
        assert_eq!((ran.code, reused(&full)), (full.code, 0));
        assert_same(&place.files("out"), &place.files(&format!("full{step}")), &format!("step {step}"));
        // Bytes that stood in the folder before, under whatever name, are not read again, unless they are no text.
        let known = corpus.values().filter(|text| text.len() > 20 && before.values().any(|old| old == *text)).count();
        assert!(reused(&ran) >= known, "step {step}: {known} documents are as before, {} were reused", reused(&ran));
        read_again += corpus.len() - reused(&ran);
    }
    assert!(read_again > 10, "nothing was ever read again: {read_again}");
}

#[test]
fn other_names_rules_schema_or_language_make_every_document_be_read_again() {
    let place = Place::with(&[
        ("names.jsonl", NAMES),
        ("more.jsonl", "{\"id\": \"coast\", \"type\": \"Region\", \"labels\": {\"fr\": \"côte\"}}\n"),
        ("schema.toml", &std::fs::read_to_string(crate::place::repository("data/schema/schema.toml")).unwrap()),
    ]);
    let corpus: BTreeMap<String, Vec<u8>> = SENTENCES
        .iter()
        .enumerate()
        .map(|(number, text)| (format!("{number}.txt"), text.as_bytes().to_owned()))
        .collect();
    lay_out(&place, &corpus);
    build(&place, "out", "");
    assert_eq!(reused(&build(&place, "out", "")), 6);
    assert_eq!(reused(&build(&place, "out", "--full")), 0);
    let schema = place.read("schema.toml");
    for options in ["--gazetteer more.jsonl", "--no-relations", "--schema schema.toml"] {
        place.write("schema.toml", format!("{schema}# another comment\n"));
        let ran = build(&place, "out", options);
        assert_eq!(reused(&ran), 0, "{options}");
        assert!(
            ran.err
                .contains("the build before was made by other data or another program: every document is read again\n"),
            "{}",
            ran.err
        );
        build(&place, "full", &format!("--full {options}"));
        assert_same(&place.files("out"), &place.files("full"), options);
        assert_eq!(reused(&build(&place, "out", options)), 6, "{options}");
    }
    assert!(place.read("out/extraction.jsonl").contains("novalis"));
    // The language is no part of the data: what was read in another language is read again, and nothing is said.
    let english = place
        .relata("build corpus -o out -v --no-default-gazetteer --gazetteer names.jsonl --schema schema.toml --lang en");
    assert_eq!((english.code, reused(&english)), (Some(0), 0), "{}", english.err);
}

#[test]
fn records_that_somebody_edited_are_not_trusted() {
    let place = Place::with(&[("names.jsonl", NAMES)]);
    lay_out(&place, &BTreeMap::from([("a.txt".to_owned(), SENTENCES[0].as_bytes().to_owned())]));
    build(&place, "out", "");
    let whole = place.files("out");
    place.write("out/extraction.jsonl", place.read("out/extraction.jsonl").replace("ardent", "kestria"));
    let ran = build(&place, "out", "");
    assert!(
        ran.err.contains("out/extraction.jsonl is not as it was written: every document is read again\n"),
        "{}",
        ran.err
    );
    assert_same(&whole, &place.files("out"), "mended");
}

#[test]
fn a_document_that_was_taken_back_leaves_no_trace() {
    let place = Place::with(&[("names.jsonl", NAMES)]);
    let kept = ("kept.txt".to_owned(), b"La Kestrie soutient Ardent.\n".to_vec());
    let retracted = ("retracted.txt".to_owned(), b"Novalis est un scandale.\n\nNovalis a acquis Ardent.\n".to_vec());
    lay_out(&place, &BTreeMap::from([kept.clone(), retracted]));
    build(&place, "out", "");
    let holds = |word: &str| {
        let files = place.files("out");
        files.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(word)).count()
    };
    assert!(["retracted", "novalis", "scandale", "acquires"].iter().all(|word| holds(word) > 0));
    lay_out(&place, &BTreeMap::from([kept]));
    build(&place, "out", "");
    for word in ["retracted", "novalis", "Novalis", "scandale"] {
        assert_eq!(holds(word), 0, "{word} is still there");
    }
    assert!(!String::from_utf8_lossy(&place.files("out")["graph.ttl"]).contains("rel:acquires"));
}
