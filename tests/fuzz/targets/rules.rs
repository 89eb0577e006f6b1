//! Any rule file beside a small set of data: rules that can be tried, or faults with their places.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use relata_extract::{Data, Extractor, Gazetteers};
use relata_gazetteer::Source;
use relata_model::Schema;

static DATA: LazyLock<Data> = LazyLock::new(|| Data::shipped().without_rules());
static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    Schema::from_toml("schema.toml", include_str!("../../../data/schema/schema.toml"))
        .expect("the shipped schema loads")
});

fuzz_target!(|text: &str| {
    // A file is read for the language of its ids.
    if !text.contains("\"fr/") {
        return;
    }
    let own = Source::of_text("a.jsonl", r#"{"id": "novalis", "type": "Company", "labels": {"fr": "Novalis"}}"#);
    let gazetteers = Gazetteers { sources: vec![own], without_shipped: true, ..Gazetteers::default() };
    let rules = [("rules.toml".to_owned(), text.to_owned())];
    match Extractor::new(&DATA, SCHEMA.clone(), &gazetteers, &rules) {
        Err(error) => assert!(error.to_string().starts_with("rules.toml:"), "{error}"),
        Ok(extractor) => drop(extractor.prove_rules()),
    }
});
