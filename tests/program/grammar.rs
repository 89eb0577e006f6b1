//! `relata parse`, and the models it reads.

use crate::place::{Place, files_below, repository};

const FRENCH: &str =
    "---\nlang: fr\n---\nL'Union européenne n'a pas sanctionné Gazprom. 🎉\n\n新华社北京电。 12 13 14\n";

/// A place with one document and the shipped data in a folder of its own, without models.
fn place() -> Place {
    let place = Place::with(&[("a.txt", FRENCH)]);
    place.write_all("data", &files_below(&repository("data")));
    place
}

#[test]
fn every_word_has_its_row_and_its_place_in_code_points() {
    let place = place();
    let out = place.relata("parse a.txt").output();
    let text: Vec<char> = FRENCH.chars().collect();
    let mut rows = 0;
    for row in out.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let columns: Vec<&str> = row.split('\t').collect();
        assert_eq!(columns.len(), 10, "{row}");
        let span = columns[9].split('|').find_map(|item| item.strip_prefix("Span=")).unwrap();
        let (start, end) = span.split_once(':').unwrap();
        let seen: String = text[start.parse().unwrap()..end.parse().unwrap()].iter().collect();
        assert_eq!(seen, columns[1], "{row}");
        rows += 1;
    }
    assert!(rows > 10, "{out}");
    assert!(out.starts_with("# newdoc id = a.txt\n# sent_id = a.txt-1\n# text = "), "{out}");
    let tree = place.relata("parse --tree a.txt").output();
    assert!(tree.lines().any(|line| line.contains("sanctionné") && line.contains("root")), "{tree}");
}

#[test]
fn a_data_folder_replaces_the_models_that_it_has() {
    let place = place();
    let shipped = place.relata("parse a.txt").output();
    assert_eq!(place.relata("parse --data data a.txt").output(), shipped);
    let models = repository("crates/relata-grammar/models");
    let (french, english) = (models.join("fr.model"), models.join("en.model"));
    place.write("data/fr/grammar.model", std::fs::read(french).unwrap());
    assert_eq!(place.relata("parse --data data a.txt").output(), shipped);
    place.write("data/fr/grammar.model", std::fs::read(english).unwrap());
    place
        .relata("parse --data data a.txt")
        .says(2, "error: data/fr/grammar.model: the grammar model is for \"en\", not for \"fr\"\n");
}
