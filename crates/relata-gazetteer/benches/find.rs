//! Finding names: the whole job (fold, words, longest whole-word match, verification, case policy) beside a raw
//! `daachorse` scan, leftmost-longest, of text that was folded beforehand. Ratios count, absolute figures do not.
//!
//! Names and text are made by a fixed generator: words as long as French ones, one in six with accents, a tenth of the
//! text Cyrillic, about six names in a kilobyte.

use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder, MatchKind};
use relata_gazetteer::{Compiled, Gazetteer, Source, folded, load};
use relata_model::{Entity, Language, Schema, Span};

const SCHEMA: &str = r#"
[[entity-type]]
name = "Person"
labels = {}

[[entity-type]]
name = "Company"
labels = {}

[[entity-type]]
name = "Place"
labels = {}
"#;
const TEXT_BYTES: usize = 8 << 20;

fn finding(criterion: &mut Criterion) {
    let schema = Schema::from_toml("schema.toml", SCHEMA).expect("the schema is well formed");
    let mut group = criterion.benchmark_group("find");
    group.sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    for count in [1_000, 100_000, 1_000_000] {
        let words = Words::new();
        let names = words.names(count);
        let text = words.text(&names, TEXT_BYTES);
        let start = Instant::now();
        let entities = entities(&names, &schema);
        let loaded = start.elapsed();

        let start = Instant::now();
        let compiled = Compiled::new(entities, &schema);
        let built = start.elapsed();
        let (gazetteer, opened) = reopened(&compiled, &schema);
        drop(compiled);
        let mut keys: Vec<String> = names.iter().map(|name| folded(name)).collect();
        keys.sort_unstable();
        keys.dedup();
        let start = Instant::now();
        let automaton: DoubleArrayAhoCorasick<u32> = DoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&keys)
            .expect("the names are not empty and not too many");
        let automaton_built = start.elapsed();
        let lower = folded(&text);

        let lines = sentences(&text);
        let (ours, raw) = in_turn(
            || gazetteer.find(&text, lines.iter().copied(), Some(Language::FRENCH)).len(),
            || automaton.leftmost_find_iter(&lower).count(),
        );
        let mentions = gazetteer.find(&text, lines.iter().copied(), Some(Language::FRENCH)).len();
        #[expect(clippy::cast_precision_loss, reason = "figures for people")]
        let (rate, per_kb) = (text.len() as f64 / 1e6, mentions as f64 / text.len() as f64 * 1e3);
        report(&format!(
            "{count} names: relata {:.0} MB/s, raw daachorse {:.0} MB/s, ratio {:.2}; {per_kb:.1} mentions a kB; \
             loaded in {loaded:.0?}, built in {built:.0?} against {automaton_built:.0?}, opened in {opened:.2?}; {:?}",
            rate / ours.as_secs_f64(),
            rate / raw.as_secs_f64(),
            raw.as_secs_f64() / ours.as_secs_f64(),
            gazetteer.counts(),
        ));

        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(BenchmarkId::new("relata", count), |bencher| {
            bencher.iter(|| gazetteer.find(black_box(&text), lines.iter().copied(), Some(Language::FRENCH)));
        });
        group.bench_function(BenchmarkId::new("raw daachorse", count), |bencher| {
            bencher.iter(|| automaton.leftmost_find_iter(black_box(&lower)).count());
        });
    }
    group.finish();
}

/// A compiled gazetteer written to a file and opened again, and how long opening took: what is searched is the mapped file.
fn reopened(compiled: &Compiled, schema: &Schema) -> (Gazetteer, Duration) {
    let path = std::env::temp_dir().join(format!("relata-bench-{}.rlg", std::process::id()));
    let mut file = BufWriter::new(File::create(&path).expect("the temporary folder can be written"));
    compiled.write(&mut file).and_then(|()| file.flush()).expect("the temporary folder has room");
    let start = Instant::now();
    let opened = Compiled::open(&path, schema).expect("it was just written");
    let time = start.elapsed();
    // The mapping outlives the name.
    std::fs::remove_file(&path).expect("it was just written");
    (Gazetteer::of_layers(vec![opened.into()]).expect("one layer has no conflicts"), time)
}

#[expect(clippy::print_stderr, reason = "a benchmark reports to people")]
fn report(line: &str) {
    eprintln!("{line}");
}

/// The least times of seven runs of each, in turn, so that a busy machine slows both.
fn in_turn(mut first: impl FnMut() -> usize, mut second: impl FnMut() -> usize) -> (Duration, Duration) {
    let time = |run: &mut dyn FnMut() -> usize| {
        let start = Instant::now();
        black_box(run());
        start.elapsed()
    };
    (0..7).fold((Duration::MAX, Duration::MAX), |least, _| {
        (least.0.min(time(&mut first)), least.1.min(time(&mut second)))
    })
}

fn entities(names: &[String], schema: &Schema) -> Vec<Entity> {
    let line = |(i, name): (usize, &String)| {
        let entity_type = ["Person", "Company", "Place"][i % 3];
        format!("{{\"id\": \"e{i}\", \"type\": \"{entity_type}\", \"labels\": {{\"fr\": \"{name}\"}}}}\n")
    };
    let source: String = names.iter().enumerate().map(line).collect();
    load(&[Source::of_text("names.jsonl", &source)], schema).expect("the names are well formed").entities
}

/// Spans of about 120 bytes, as sentences are.
fn sentences(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(". ") {
        spans.push(Span::new(start, at + 1));
        start = at + 2;
    }
    spans.push(Span::new(start, text.len()));
    spans
}

/// A vocabulary whose words come up as often as words of a language do.
struct Words {
    common: Vec<String>,
}

/// A generator of the xorshift kind.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 16) % limit as u64).unwrap_or(0)
    }

    /// Small numbers far more often than great ones.
    fn skewed(&mut self, limit: usize) -> usize {
        let ceiling = 1 + self.below(limit);
        let ceiling = 1 + self.below(ceiling);
        self.below(ceiling)
    }
}

impl Words {
    fn new() -> Self {
        let mut numbers = Numbers(0x5EED);
        let common = (0..30_000).map(|i| word(&mut numbers, 2 + usize::from(i > 60) * 2, i % 10 == 9)).collect();
        Self { common }
    }

    /// Names of one to four words, some beginning with a common word.
    fn names(&self, count: usize) -> Vec<String> {
        let mut numbers = Numbers(0x0BAD_5EED);
        (0..count)
            .map(|i| {
                let cyrillic = i % 10 == 9;
                let mut name = capitalised(&word(&mut numbers, 7, cyrillic));
                for _ in 0..numbers.below(3) {
                    name.push(' ');
                    if numbers.below(3) == 0 {
                        let at = numbers.skewed(self.common.len());
                        name.push_str(&self.common[at]);
                        name.push(' ');
                    }
                    name.push_str(&capitalised(&word(&mut numbers, 5, cyrillic)));
                }
                if numbers.below(12) == 0 {
                    let at = numbers.skewed(300);
                    name = format!("{} {name}", capitalised(&self.common[at]));
                }
                name
            })
            .collect()
    }

    fn text(&self, names: &[String], bytes: usize) -> String {
        let mut numbers = Numbers(0x7E47);
        let mut text = String::with_capacity(bytes + 256);
        let mut in_sentence = 0;
        while text.len() < bytes {
            if numbers.below(20) == 0 {
                let at = numbers.skewed(names.len());
                text.push_str(&names[at]);
            } else {
                let at = numbers.skewed(self.common.len());
                let elided = numbers.below(25) == 0;
                text.push_str(if elided { "l’" } else { "" });
                text.push_str(&self.common[at]);
            }
            in_sentence += 1;
            if in_sentence > 14 + numbers.below(12) {
                text.push_str(". ");
                in_sentence = 0;
            } else {
                text.push_str(if numbers.below(12) == 0 { ", " } else { " " });
            }
        }
        text
    }
}

fn word(numbers: &mut Numbers, shortest: usize, cyrillic: bool) -> String {
    const CONSONANTS: [&str; 16] = ["b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "ch", "tr", "st"];
    const VOWELS: [&str; 12] = ["a", "e", "i", "o", "u", "é", "ai", "ou", "e", "a", "e", "i"];
    const RUSSIAN: [&str; 16] =
        ["ра", "ни", "то", "ка", "ве", "ле", "со", "ми", "до", "пра", "ст", "ий", "го", "ва", "ён", "ш"];
    let length = shortest + numbers.below(6);
    let mut word = String::new();
    while word.chars().count() < length {
        if cyrillic {
            word.push_str(RUSSIAN[numbers.below(16)]);
        } else {
            word.push_str(CONSONANTS[numbers.below(16)]);
            word.push_str(VOWELS[numbers.below(12)]);
        }
    }
    word
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

criterion_group!(benches, finding);
criterion_main!(benches);
