//! Figures of the module's documentation, measured where the treebanks are:
//!
//! `RELATA_TREEBANKS=TREEBANKS cargo test --release -p relata-extract measure -- --ignored --nocapture`

use std::fs;
use std::path::Path;
use std::time::Instant;

use relata_model::{Document, Language};

use super::tests::rules;
use super::{segment, words};

/// A document of a treebank: its sentences joined by spaces, and where they end.
struct Sample {
    text: String,
    ends: Vec<usize>,
}

fn samples(path: &Path) -> Vec<Sample> {
    let mut samples: Vec<Sample> = Vec::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        if line.starts_with("# newdoc") || samples.is_empty() {
            samples.push(Sample { text: String::new(), ends: Vec::new() });
        }
        if let Some(text) = line.strip_prefix("# text = ") {
            let sample = samples.last_mut().unwrap();
            if !sample.text.is_empty() {
                sample.text.push(' ');
            }
            sample.text.push_str(text.trim());
            sample.ends.push(sample.text.len());
        }
    }
    samples
}

/// Borders inside the documents: found and right, found, wanted, and wanted after a stop.
#[derive(Default)]
struct Score {
    right: usize,
    found: usize,
    wanted: usize,
    wanted_after_stop: usize,
    right_after_stop: usize,
}

#[test]
#[ignore = "needs the treebanks: RELATA_TREEBANKS"]
fn borders_of_the_treebanks() {
    let folder = std::env::var("RELATA_TREEBANKS").unwrap();
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for path in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "conllu")) {
        let name = path.file_name().unwrap().to_str().unwrap();
        let language: Language = name[..2].parse().unwrap();
        let rules = rules(language);
        let mut score = Score::default();
        for sample in samples(path) {
            let document = Document::from_text(name, &sample.text, language);
            let last = sample.text.len();
            let found: Vec<usize> = segment(&document, &rules).iter().map(|sentence| sentence.span.end()).collect();
            let inner = |ends: &[usize]| ends.iter().copied().filter(|&end| end < last).collect::<Vec<_>>();
            let (found, wanted) = (inner(&found), inner(&sample.ends));
            let is_right = |end: &usize| wanted.binary_search(end).is_ok();
            let after_stop = |end: &&usize| super::characters::ends_in_stop(&sample.text[..**end]);
            score.right += found.iter().filter(|end| is_right(end)).count();
            score.found += found.len();
            score.wanted += wanted.len();
            score.wanted_after_stop += wanted.iter().filter(after_stop).count();
            score.right_after_stop += found.iter().filter(|end| is_right(end)).filter(after_stop).count();
            if std::env::var("RELATA_SHOW").is_ok_and(|shown| name.contains(&shown)) {
                show(&sample.text, &found, &wanted);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of a treebank")]
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        println!(
            "{name}: {} borders, precision {:.2}, recall {:.2}, recall after a stop {:.2}",
            score.wanted,
            share(score.right, score.found),
            share(score.right, score.wanted),
            share(score.right_after_stop, score.wanted_after_stop)
        );
    }
}

fn show(text: &str, found: &[usize], wanted: &[usize]) {
    let around = |end: usize| {
        let (from, to) =
            (text.floor_char_boundary(end.saturating_sub(50)), text.ceil_char_boundary((end + 40).min(text.len())));
        format!("{}⏹{}", &text[from..end], &text[end..to])
    };
    for end in found.iter().filter(|end| wanted.binary_search(end).is_err()) {
        println!("  too many: {}", around(*end));
    }
    for end in wanted.iter().filter(|end| found.binary_search(end).is_err()) {
        if super::characters::ends_in_stop(&text[..*end]) {
            println!("  missing: {}", around(*end));
        }
    }
}

#[test]
#[ignore = "measures time"]
fn speed() {
    let folder = std::env::var("RELATA_TREEBANKS").unwrap();
    for (file, language) in [
        ("fr_gsd-ud-dev", Language::FRENCH),
        ("en_ewt-ud-train", Language::ENGLISH),
        ("ru_pud-ud-test", Language::RUSSIAN),
    ] {
        let samples = samples(&Path::new(&folder).join(format!("{file}.conllu")));
        let paragraphs: Vec<&str> = samples.iter().map(|sample| sample.text.as_str()).collect();
        let one = paragraphs.join("\n\n");
        let text = one.repeat(20_000_000 / one.len() + 1);
        let document = Document::from_text(file, &text, language);
        let rules = rules(language);
        #[expect(clippy::cast_precision_loss, reason = "bytes of a text")]
        let rate = |start: Instant| text.len() as f64 / 1e6 / start.elapsed().as_secs_f64();
        let start = Instant::now();
        let sentences = segment(&document, &rules);
        let sentences_rate = rate(start);
        let start = Instant::now();
        let count: usize = sentences.iter().map(|sentence| words(&text, sentence.span).count()).sum();
        println!(
            "{file}: segment {sentences_rate:.0} MB/s ({} sentences), words {:.0} MB/s ({count} words)",
            sentences.len(),
            rate(start)
        );
    }
}
