//! What the writers write, line by line. `UPDATE_GOLDEN=1 cargo test` rewrites the files; read the diff.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod fixtures;

use std::fs;
use std::path::Path;

use relata_export::{BaseIri, ExportOptions, Format};
use relata_graph::{Filter, Selection};

fn compare(name: &str, selection: &Selection<'_>, options: &ExportOptions, format: Format) {
    let mut written = Vec::new();
    relata_export::write(selection, options, format, &mut written).unwrap();
    let written = String::from_utf8(written).unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, &written).unwrap();
    }
    assert_eq!(written, fs::read_to_string(&file).unwrap(), "{name}");
}

#[test]
fn each_format_writes_the_small_graph_as_before() {
    let graph = fixtures::small::small();
    let options = ExportOptions {
        title: Some("Deux articles".to_owned()),
        licence: Some("https://creativecommons.org/licenses/by/4.0/".to_owned()),
        config_digest: Some("0".repeat(64)),
        source_date_epoch: Some(1_741_600_000),
        software_version: "0.0.0".to_owned(),
        language: "fr".parse().ok(),
        ..ExportOptions::default()
    };
    for format in Format::ALL {
        compare(&format!("small.{}", format.extension()), &graph.all(), &options, format);
    }
}

#[test]
fn a_part_tells_what_was_cut() {
    let graph = fixtures::small::small();
    let filter = Filter { focus: vec!["novalis".parse().unwrap()], ..Filter::default() };
    let options = ExportOptions {
        base_iri: BaseIri::parse("http://graph.example.org/data").unwrap(),
        language: "ru".parse().ok(),
        software_version: "0.0.0".to_owned(),
        ..ExportOptions::default()
    };
    for format in [Format::Turtle, Format::GraphMl, Format::Dot] {
        compare(&format!("part.{}", format.extension()), &graph.select(&filter), &options, format);
    }
}
