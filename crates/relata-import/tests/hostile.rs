//! Files that are cut off, wrongly encoded, or not what they say: nothing panics, what stands before the fault is kept, and what is
//! dropped is told with its line.

#![expect(clippy::unwrap_used, reason = "a test fails where its preparation does")]

use std::io::Write;

use relata_import::{Format, Options, Report, import};
use relata_model::Schema;

fn run(bytes: &[u8], format: Format) -> (Vec<String>, Report) {
    let schema = Schema::from_toml("schema.toml", include_str!("../../../data/schema/schema.toml")).unwrap();
    let mut out = Vec::new();
    let report = import(bytes, format, &Options::default(), &schema, &mut out, &mut |_| ()).unwrap();
    assert_eq!(report.read, report.kept + report.dropped(), "{report:?}");
    (String::from_utf8(out).unwrap().lines().map(str::to_owned).collect(), report)
}

/// What was dropped, as "line: why".
fn dropped(report: &Report) -> Vec<String> {
    let mut all: Vec<&(usize, _)> = report.dropped.values().flat_map(|dropped| &dropped.first).collect();
    all.sort_by_key(|(line, _)| *line);
    all.iter().map(|(line, reason)| format!("{line}: {reason}")).collect()
}

const NO_TYPE: &str = "unknown type \"Nope\" (data/import/types.toml has the known ones)";

/// Lines count as an editor counts them, whatever ends them and however many a cell has.
#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    for end in ["\n", "\r\n"] {
        let table =
            ["name,type", "A,Company", "\"two\nlines\",Company", "", "B,Nope", "C,Company", "D,Nope", ""].join(end);
        let (lines, report) = run(table.as_bytes(), Format::Csv);
        assert_eq!(lines.len(), 3, "{end:?}");
        assert_eq!(dropped(&report), [format!("6: {NO_TYPE}"), format!("8: {NO_TYPE}")], "{end:?}");
    }
    assert_eq!(run(b"name,type\rA,Company\rB,Company\r", Format::Csv).0.len(), 2);
}

#[test]
fn an_unclosed_quotation_mark_is_told_with_what_it_swallows() {
    for end in ["\n", "\r\n"] {
        let table = ["name;type;note", "A;Company;", "\"B;Company;x", "C;Company;", "D;Company;", ""].join(end);
        let (lines, report) = run(table.as_bytes(), Format::Csv);
        assert_eq!(lines.len(), 1);
        assert_eq!(
            dropped(&report),
            [
                "3: a quotation mark opens a cell here that swallows all lines down to 5: close it, or write \"\" for a mark inside"
            ]
        );
    }
}

/// However large the file, no more of it is held than the longest row may be.
#[test]
fn a_row_that_never_ends_is_not_held() {
    let start: &[u8] = b"name,type\nA,Company\n\"B,Company\n";
    let endless = std::io::Read::chain(start, std::io::repeat(b'x'));
    let schema = Schema::from_toml("schema.toml", include_str!("../../../data/schema/schema.toml")).unwrap();
    let mut out = Vec::new();
    let report = import(endless, Format::Csv, &Options::default(), &schema, &mut out, &mut |_| ()).unwrap();
    let why = "a row of more than 32 MB: is a quotation mark in it not closed?";
    assert_eq!((report.kept, report.broken_off), (1, Some((3, why.to_owned()))));
}

#[test]
fn an_item_without_a_label_has_no_name() {
    let table = "item,itemLabel,type\nhttp://www.wikidata.org/entity/Q2,Q2,company\nhttp://www.wikidata.org/entity/Q3,Q4,company\n";
    let (lines, report) = run(table.as_bytes(), Format::Csv);
    assert_eq!(lines, [r#"{"id": "q3", "type": "Company", "labels": {"en": "Q4"}, "wikidata": "Q3"}"#]);
    assert_eq!(dropped(&report), ["2: no name"]);
}

#[test]
fn excel_says_what_separates_columns_in_a_line_of_its_own() {
    let (lines, report) = run(b"sep=;\r\nname;type\r\nA, B;Company\r\nC;Nope\r\n", Format::Csv);
    assert_eq!(lines, [r#"{"id": "a-b", "type": "Company", "labels": {"en": "A, B"}}"#]);
    assert_eq!(dropped(&report), [format!("4: {NO_TYPE}")]);
}

#[test]
fn the_encoding_of_a_table_is_guessed_and_told() {
    let table = "название;тип\nСбербанк России;компания\nАвиакомпания «Сибирь»;компания\nРостелеком;компания\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(table);
    let (lines, report) = run(&bytes, Format::Csv);
    assert_eq!((lines.len(), report.guessed), (3, Some("windows-1251")), "{lines:?}");
    let table = "nom;type\nSociété générale;société\nCrédit agricole;société\nL’Oréal;société\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(table);
    let (lines, report) = run(&bytes, Format::Csv);
    assert_eq!((lines.len(), report.guessed), (3, Some("windows-1252")), "{lines:?}");
    assert!(lines[0].contains("Société générale"), "{lines:?}");
    assert_eq!(run(table.as_bytes(), Format::Csv).1.guessed, None);
}

#[test]
fn a_compressed_file_that_is_cut_off_keeps_what_stands_before() {
    let line = |number: u32| {
        let claim = r#"{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q5"}}}}]}"#;
        format!(
            "{{\"type\":\"item\",\"id\":\"Q{number}\",\"labels\":{{\"en\":{{\"value\":\"N{}\"}}}},\"claims\":{claim}}},\n",
            number * 7919
        )
    };
    let text: String = (1..40_000).map(line).collect();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    let mut bzip = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    bzip.write_all(text.as_bytes()).unwrap();
    for bytes in [gzip.finish().unwrap(), bzip.finish().unwrap()] {
        assert_eq!(run(&bytes, Format::Wikidata).1.kept, 39_999);
        let (lines, report) = run(&bytes[..bytes.len() / 2], Format::Wikidata);
        assert!(lines.len() > 1_000, "{}", lines.len());
        let (line, error) = report.broken_off.unwrap();
        assert!(error.starts_with("the compressed file ends too early: get it again ("), "{error}");
        assert!(line > lines.len(), "{line}");
        let mut damaged = bytes.clone();
        let middle = damaged.len() / 2;
        damaged[middle..middle + 64].fill(0x55);
        assert!(run(&damaged, Format::Wikidata).1.broken_off.is_some());
        let (_, report) = run(&bytes[..8], Format::Wikidata);
        assert!(report.broken_off.is_some());
    }
}

/// Whatever it is, and wherever it is cut: nothing panics, and every record is kept or told.
#[test]
fn nothing_that_is_cut_or_of_another_kind_does_harm() {
    let formats = [
        Format::JsonLines,
        Format::Csv,
        Format::GeoNames,
        Format::Wikidata,
        Format::FollowTheMoney,
        Format::SparqlJson,
        Format::Turtle,
        Format::NTriples,
        Format::RdfXml,
    ];
    let samples = [
        "{\"id\": \"a\", \"type\": \"Company\", \"labels\": {\"fr\": \"Été\"}}\n",
        "sep=;\r\nname;type\r\n\"Été\n\";Company\r\n",
        "1\tParis\tParis\tParigi,Париж\t48\t2\tP\tPPLC\tFR\t\t\t\t\t\t2000000\t\t\tEurope/Paris\t2020\n",
        "[\n{\"type\":\"item\",\"id\":\"Q1\",\"labels\":{\"en\":{\"value\":\"Été\"}},\"claims\":{\"P31\":[{\"mainsnak\":{\"datavalue\":{\"value\":{\"id\":\"Q5\"}}}}]}},\n]\n",
        "{\"id\":\"NK-aB3\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Иван\"]}}\n",
        "{\"head\":{\"vars\":[\"item\"]},\"results\":{\"bindings\":[{\"item\":{\"type\":\"uri\",\"value\":\"http://x/Q1\"}}]}}",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<http://x/1> a skos:Concept ; skos:prefLabel \"Été\"@fr .\n",
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"http://x/1\"/></rdf:RDF>",
        "\0\0\0\0",
        "\u{FEFF}",
    ];
    let deep = ["[".repeat(100_000), "{\"id\":".repeat(50_000), "<a>".repeat(50_000), "\"".repeat(100_000)];
    for format in formats {
        for sample in &samples {
            for end in 0..=sample.len() {
                run(&sample.as_bytes()[..end], format);
            }
        }
        for sample in &deep {
            run(sample.as_bytes(), format);
        }
    }
}
