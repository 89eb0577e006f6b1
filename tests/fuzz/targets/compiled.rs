//! Any file as a compiled gazetteer: it is refused, or names are found with it and every entity that it promises is there.
#![no_main]

use std::path::Path;
use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use relata_gazetteer::{Compiled, Gazetteer};
use relata_model::{Language, Schema, Span};

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    Schema::from_toml("schema.toml", include_str!("../../../data/schema/schema.toml"))
        .expect("the shipped schema loads")
});

/// Names of the seed, whole, cut, in other letters and beside each other.
const TEXT: &str = "Ana Roy et M. Roy, de Novalis (l'ex-NOVALIS SA), ont vu Vladimir Poutine à Moscou ; les Russes, non. \
                    Путин и «Новалис» в Москве, В. Путин. Roy, novalis, Xi.";

fuzz_target!(|bytes: &[u8]| {
    let Ok(compiled) = Compiled::of_bytes(bytes.to_vec(), Path::new("a.rlg"), &SCHEMA) else { return };
    let mut written = Vec::new();
    compiled.write(&mut written).expect("memory takes all bytes");
    assert!(compiled.entities().count() <= compiled.len());
    let gazetteer = Gazetteer::of_layers(vec![Arc::new(compiled)]).expect("one layer contradicts no other");
    for language in [None, Some(Language::FRENCH), Some(Language::RUSSIAN)] {
        let mut last = 0;
        for mention in gazetteer.find(TEXT, [Span::new(0, TEXT.len())], language) {
            assert!(last <= mention.span.start() && !mention.span.of(TEXT).is_empty());
            last = mention.span.end();
            for candidate in &mention.candidates {
                assert!(gazetteer.entity(&candidate.entity).is_some(), "a candidate that nobody knows");
            }
        }
    }
    for name in ["Roy", "novalis", "Путин", "Moscou"] {
        assert!(gazetteer.lookup(name).iter().all(|candidate| gazetteer.entity(&candidate.entity).is_some()));
    }
    let _ = (gazetteer.with_roles().count(), gazetteer.counts());
});
