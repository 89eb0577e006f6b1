//! Any text as a question in SPARQL: an answer that can be written, or an error that says something, in bounded time.
#![no_main]

use std::sync::LazyLock;
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use relata_store::{AnswerFormat, GraphStore, Limits, Question, StopSwitch};

static STORE: LazyLock<GraphStore> = LazyLock::new(|| {
    let turtle: &[u8] = include_bytes!("../../../crates/relata-export/tests/golden/small.ttl");
    GraphStore::from_turtle(turtle).expect("the expected file of a test is Turtle")
});

const LIMITS: Limits = Limits { rows: 1_000, bytes: 1 << 20, stoppable: true };

fuzz_target!(|text: &str| {
    let switch = StopSwitch::default();
    switch.within(Some(Duration::from_secs(2)), || {
        let question = Question::of(text);
        match STORE.answer(&question, LIMITS, &switch) {
            Ok(answer) => {
                let mut written = Vec::new();
                // An answer that is a graph has no table, and the other way round: that is an error, too.
                if let Err(error) = answer.write(AnswerFormat::Json, &mut written) {
                    assert!(!error.to_string().is_empty());
                }
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    });
});
