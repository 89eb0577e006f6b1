//! How fast bytes become documents: decoding, control characters, front matter, the head, opaque parts, the language, the
//! digest. Files are not opened; MB/s are of the bytes as they come.
//!
//! `cargo bench -p relata-read`. The documents are made by a fixed generator: 500 of some 4 kB with front matter, in French, as
//! UTF-8 (where accented letters take two bytes) and as Windows-1252 (which must be recognised first).

use std::fmt::Write;
use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use encoding_rs::WINDOWS_1252;
use relata_model::DocumentName;
use relata_read::{Options, read_bytes};

const DOCUMENTS: usize = 500;

fn reading(criterion: &mut Criterion) {
    let texts: Vec<String> = (0..DOCUMENTS).map(article).collect();
    let utf_8: Vec<Vec<u8>> = texts.iter().map(|text| text.clone().into_bytes()).collect();
    let windows_1252: Vec<Vec<u8>> = texts.iter().map(|text| WINDOWS_1252.encode(text).0.into_owned()).collect();
    let mut group = criterion.benchmark_group("read");
    group.sample_size(20);
    for (name, documents) in [("UTF-8 with front matter", utf_8), ("Windows-1252 with front matter", windows_1252)] {
        group.throughput(Throughput::Bytes(documents.iter().map(|bytes| bytes.len() as u64).sum()));
        group.bench_function(name, |bencher| {
            bencher.iter_batched(
                || documents.clone(),
                |documents| {
                    for (number, bytes) in documents.into_iter().enumerate() {
                        let name = DocumentName::new(&format!("{number}.md"));
                        black_box(read_bytes(&name, bytes, &Options::default()).expect("the documents are texts"));
                    }
                },
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

/// An article with front matter, headings, a list, a link and some 30 sentences.
fn article(number: usize) -> String {
    const SUBJECTS: [&str; 5] =
        ["Le président", "La société d’État", "Une élue de l’opposition", "L’agence", "Son ministère"];
    const VERBS: [&str; 5] = ["a annoncé", "étudie déjà", "prévoit", "n’a pas confirmé", "défend"];
    const OBJECTS: [&str; 5] = [
        "un réseau de données",
        "la création d’une école",
        "« un plan très coûteux »",
        "l’accès à 3,5 % du marché",
        "des mesures à l’étranger",
    ];
    let mut text = format!(
        "---\ntitle: \"Numéro {number} : l’énergie à l’épreuve\"\ndate: 2025-{:02}-{:02}\nlang: fr\nurl: https://example.org/a/{number}\n---\n\n",
        number % 12 + 1,
        number % 28 + 1
    );
    let mut pick = number;
    for paragraph in 0..6 {
        let _ = write!(text, "## Chapitre {paragraph}\n\n");
        for _ in 0..5 {
            pick = pick * 7 + 13;
            let (subject, verb, object) = (SUBJECTS[pick % 5], VERBS[pick / 5 % 5], OBJECTS[pick / 25 % 5]);
            let _ =
                write!(text, "{subject} {verb} {object} en {}, selon les premières estimations. ", 2000 + pick % 26);
            pick %= 1 << 20;
        }
        let _ = write!(text, "\n\n- voir https://example.org/détail/{pick}\n- à suivre\n\n");
    }
    text
}

criterion_group!(benches, reading);
criterion_main!(benches);
