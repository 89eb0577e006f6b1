//! How fast documents are read, where there are some:
//!
//! `RELATA_DOCUMENTS=DOCUMENTS cargo test --release -p relata-read measure -- --ignored --nocapture`

use std::time::Instant;

use crate::{Options, collect, read};

#[test]
#[ignore = "measures time: RELATA_DOCUMENTS"]
fn speed() {
    let collection = collect(&[std::env::var("RELATA_DOCUMENTS").unwrap().into()]).unwrap();
    let start = Instant::now();
    let mut bytes = 0;
    let rounds = 200;
    for _ in 0..rounds {
        for input in &collection.inputs {
            bytes += read(input, &Options::default()).map_or(0, |reading| reading.document.text.len());
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "counts of bytes and documents")]
    let (megabytes, documents) = (bytes as f64 / 1e6, (rounds * collection.inputs.len()) as f64);
    println!("{:.0} MB/s, {:.0} documents/s", megabytes / seconds, documents / seconds);
}
