//! Any gazetteer source: entities that are written and read back the same and can be looked for, or faults with their places.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use relata_gazetteer::{Gazetteer, Source, load, write_line};
use relata_model::{Schema, Span};

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    Schema::from_toml("schema.toml", include_str!("../../../data/schema/schema.toml"))
        .expect("the shipped schema loads")
});

fuzz_target!(|text: &str| {
    match load(&[Source::of_text("a.jsonl", text)], &SCHEMA) {
        Err(error) => assert!(error.to_string().starts_with("a.jsonl:")),
        Ok(loaded) => {
            let lines: Vec<String> = loaded.entities.iter().map(write_line).collect();
            let again =
                load(&[Source::of_text("b.jsonl", &lines.join("\n"))], &SCHEMA).expect("what is written is read");
            assert_eq!(again.entities, loaded.entities);
            let gazetteer = Gazetteer::new(loaded.entities, &SCHEMA);
            let mut last = 0;
            for mention in gazetteer.find(text, [Span::new(0, text.len())], None) {
                assert!(last <= mention.span.start() && mention.span.end() <= text.len());
                assert!(!mention.span.of(text).is_empty() && !mention.candidates.is_empty());
                last = mention.span.end();
            }
        }
    }
});
