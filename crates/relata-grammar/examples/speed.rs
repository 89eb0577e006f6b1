//! Words a second on one core, by the time on the processor, which other work on the machine does not change much.
//!
//! `cargo run --release --example speed -- fr MODEL FILE.conllu`

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the result")]
#![allow(clippy::cast_precision_loss, reason = "a rate")]

use std::{env, fs, process::ExitCode};

use relata_grammar::{Grammar, Language, Workspace, conllu, evaluate::accuracy};

/// Nanoseconds that this program has run.
fn processor_time() -> f64 {
    let text = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or(f64::NAN)
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [language, model, file] = arguments.as_slice() else {
        eprintln!("usage: speed LANGUAGE MODEL FILE.conllu");
        return ExitCode::from(2);
    };
    let language = Language::from_code(language).expect("fr, en or ru");
    let bytes = fs::read(model).expect("the model");
    let best_of = |count: usize, work: &mut dyn FnMut()| {
        (0..count)
            .map(|_| {
                let begin = processor_time();
                work();
                processor_time() - begin
            })
            .fold(f64::INFINITY, f64::min)
    };
    let loading = best_of(10, &mut || drop(Grammar::from_bytes(language, &bytes)));
    let grammar = Grammar::from_bytes(language, &bytes).expect("a sound model");
    let sentences = conllu::read(&fs::read_to_string(file).expect("the text")).expect("CoNLL-U");
    let words: usize = sentences.iter().map(|sentence| sentence.tree.words.len()).sum();
    let given = best_of(10, &mut || {
        for sentence in &sentences {
            std::hint::black_box(grammar.parse_words(&sentence.tree));
        }
    });
    let mut workspace = Workspace::default();
    let found = best_of(10, &mut || {
        for sentence in &sentences {
            std::hint::black_box(grammar.parse_with(&sentence.text, 0..sentence.text.len(), &[], &mut workspace));
        }
    });
    println!(
        "{file}: {}, {:.0} words/s; from text {:.0} words/s; loaded in {:.1} ms",
        accuracy(&grammar, &sentences),
        words as f64 / given * 1e9,
        words as f64 / found * 1e9,
        loading / 1e6,
    );
    ExitCode::SUCCESS
}
