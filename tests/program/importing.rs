//! `gazetteer import` as a user runs it: what it leaves of files that were there before.

use crate::place::Place;

const OLD: &str = "{\"id\": \"old\", \"type\": \"Company\", \"labels\": {\"fr\": \"Old\"}}\n";

fn place() -> Place {
    Place::with(&[("names.csv", "name,type\nNovalis,Company\n"), ("out.jsonl", OLD), ("empty.csv", "")])
}

#[test]
fn a_source_is_never_written_over() {
    let place = place();
    for source in ["names.csv", "./names.csv"] {
        place
            .relata(&format!("gazetteer import {source} -o names.csv"))
            .says(2, &format!("error: {source} is both the source and -o: name another file to write\n"));
    }
    assert_eq!(place.read("names.csv"), "name,type\nNovalis,Company\n");
}

#[test]
fn an_import_that_reads_nothing_leaves_the_older_file() {
    let place = place();
    place.relata("gazetteer import empty.csv -o out.jsonl").says(
        1,
        "fault: empty.csv:1: the table is empty: its first line must name the columns (name,type,aliases,…); nothing was written\n",
    );
    place
        .relata("gazetteer import gone.csv -o out.jsonl")
        .says(2, "error: cannot read gone.csv: No such file or directory (os error 2)\n");
    assert_eq!(place.read("out.jsonl"), OLD);
    place.relata("gazetteer import names.csv -o out.jsonl").says(0, "1 read, 1 kept, 0 dropped\nout.jsonl\n");
    assert!(place.read("out.jsonl").contains("novalis"));
    assert_eq!(
        place.files(".").keys().map(String::as_str).collect::<Vec<_>>(),
        ["empty.csv", "names.csv", "out.jsonl"]
    );
}

#[test]
fn a_guessed_encoding_is_told() {
    let place = place();
    let (bytes, _, _) =
        encoding_rs::WINDOWS_1251.encode("название;тип\nСбербанк России;компания\nРостелеком;компания\n");
    place.write("ru.csv", &bytes);
    place.relata("gazetteer import ru.csv -o ru.jsonl").says(
        0,
        "ru.csv: is not in UTF-8; read as windows-1251 (say with --encoding if it is another)\n2 read, 2 kept, 0 dropped\nru.jsonl\n",
    );
}
