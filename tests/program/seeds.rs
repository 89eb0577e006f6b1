//! The repository's own documents and one build of them, which many tests look at.

use std::sync::LazyLock;

use serde_json::Value;

use crate::place::{Files, Place, files_below, repository};

/// The ten documents.
pub(crate) static SEEDS: LazyLock<Files> = LazyLock::new(|| files_below(&repository("seeds")));

/// What `relata build seeds -o out` wrote, and what it said.
pub(crate) static BUILD: LazyLock<Build> = LazyLock::new(|| {
    let place = Place::new();
    place.write_all("seeds", &*SEEDS);
    let ran = place.relata("build seeds -o out");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(ran.out, "", "a build writes nothing on standard output");
    let records = place.read("out/extraction.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    Build { files: place.files("out"), records, said: ran.err }
});

/// A build of the seeds.
pub(crate) struct Build {
    pub(crate) files: Files,
    pub(crate) records: Vec<Value>,
    pub(crate) said: String,
}

/// A place with the documents in `seeds` and their build in `out`.
pub(crate) fn place() -> Place {
    let place = Place::new();
    place.write_all("seeds", &*SEEDS);
    place.write_all("out", &BUILD.files);
    place
}

/// A seed's text.
pub(crate) fn text(name: &str) -> &'static str {
    std::str::from_utf8(&SEEDS[name]).unwrap()
}

/// A list in a JSON object; empty when it is not there.
pub(crate) fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// A text in a JSON object.
pub(crate) fn string<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("no text \"{key}\" in {value}"))
}

/// A number in a JSON object.
pub(crate) fn number(value: &Value, key: &str) -> usize {
    value[key]
        .as_u64()
        .and_then(|number| number.try_into().ok())
        .unwrap_or_else(|| panic!("no number \"{key}\" in {value}"))
}
