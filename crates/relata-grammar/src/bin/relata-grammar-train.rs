//! Trains and measures models: `relata-grammar-train LANGUAGE --train FILE… --dev FILE… --test FILE… --out MODEL`.
//!
//! Without `--train`, the model at `--out` is measured; `--write` keeps what it makes of the raw text of the last `--test`. The same files and options give the same bytes.

#![expect(clippy::print_stderr, reason = "progress and results of a tool for developers")]

use std::{env, fs, process::ExitCode, time::Instant};

use relata_grammar::{
    Grammar, Language,
    conllu::{self, Sentence},
    evaluate::{accuracy, accuracy_with_names, raw_accuracy, raw_conllu, relations},
    train::{self, Options},
};

const USAGE: &str = "usage: relata-grammar-train LANGUAGE --out MODEL [--train FILE]… [--dev FILE]… [--test FILE]…
       [--relations] [--names] [--write CONLLU] [--epochs N] [--annotator-epochs N] [--least-weight N] [--embedding N] [--hidden N] [--layers N]
       [--dropout F] [--rate F] [--batch N]";

struct Arguments {
    language: Language,
    train: Vec<String>,
    dev: Vec<String>,
    test: Vec<String>,
    out: String,
    relations: bool,
    write: Option<String>,
    options: Options,
}

fn main() -> ExitCode {
    let arguments = match arguments(env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(problem) => {
            eprintln!("{problem}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn arguments(mut rest: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let code = rest.next().ok_or("no language given")?;
    let language = Language::from_code(&code).ok_or_else(|| format!("unknown language \"{code}\""))?;
    let mut arguments = Arguments {
        language,
        train: Vec::new(),
        dev: Vec::new(),
        test: Vec::new(),
        out: String::new(),
        relations: false,
        write: None,
        options: Options::default(),
    };
    while let Some(flag) = rest.next() {
        if flag == "--relations" {
            arguments.relations = true;
            continue;
        }
        if flag == "--names" {
            arguments.options.made_up_names = true;
            continue;
        }
        let value = rest.next().ok_or_else(|| format!("{flag} needs a value"))?;
        let options = &mut arguments.options;
        match flag.as_str() {
            "--train" => arguments.train.push(value),
            "--dev" => arguments.dev.push(value),
            "--test" => arguments.test.push(value),
            "--out" => arguments.out = value,
            "--write" => arguments.write = Some(value),
            "--epochs" => options.parser_epochs = number(&flag, &value)?,
            "--annotator-epochs" => options.annotator_epochs = number(&flag, &value)?,
            "--least-weight" => options.least_weight = number(&flag, &value)?,
            "--embedding" => options.embedding = number(&flag, &value)?,
            "--hidden" => options.hidden = number(&flag, &value)?,
            "--layers" => options.layers = number(&flag, &value)?,
            "--rate" => options.rate = number(&flag, &value)?,
            "--dropout" => options.dropout = number(&flag, &value)?,
            "--batch" => options.batch = number(&flag, &value)?,
            _ => return Err(format!("unknown option {flag}")),
        }
    }
    if arguments.out.is_empty() {
        return Err("--out is missing".to_owned());
    }
    Ok(arguments)
}

fn number<N: std::str::FromStr>(flag: &str, value: &str) -> Result<N, String> {
    value.parse().map_err(|_| format!("{flag}: \"{value}\" is not a number"))
}

fn read(files: &[String]) -> Result<Vec<Sentence>, String> {
    let mut sentences = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
        sentences.extend(conllu::read(&text).map_err(|error| format!("{file}: {error}"))?);
    }
    Ok(sentences)
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let start = Instant::now();
    let mut report = |line: &str| eprintln!("{:7.1}s {line}", start.elapsed().as_secs_f64());
    let out = &arguments.out;
    let bytes = if arguments.train.is_empty() {
        fs::read(out).map_err(|error| format!("{out}: {error}"))?
    } else {
        let (sentences, dev) = (read(&arguments.train)?, read(&arguments.dev)?);
        let bytes = train::train(arguments.language, &sentences, &dev, arguments.options, &mut report);
        fs::write(out, &bytes).map_err(|error| format!("{out}: {error}"))?;
        bytes
    };
    report(&format!("{out}: {} bytes", bytes.len()));
    let grammar = Grammar::from_bytes(arguments.language, &bytes).map_err(|error| format!("{out}: {error}"))?;
    for file in &arguments.test {
        let sentences = read(std::slice::from_ref(file))?;
        report(&format!("{file}: {}", accuracy(&grammar, &sentences)));
        report(&format!("{file}: with known names: {}", accuracy_with_names(&grammar, &sentences)));
        report(&format!("{file}: from raw text: {}", raw_accuracy(&grammar, &sentences)));
        if let Some(write) = &arguments.write {
            fs::write(write, raw_conllu(&grammar, &sentences)).map_err(|error| format!("{write}: {error}"))?;
        }
        if arguments.relations {
            for relation in relations(&grammar, &sentences) {
                eprintln!("{relation}");
            }
        }
    }
    Ok(())
}
