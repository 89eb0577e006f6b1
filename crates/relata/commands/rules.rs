//! `relata rules`: whether every rule does what its examples say, and what the rules see of a sentence.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result, bail};
use relata_extract::Extractor;
use relata_model::{Language, Span};
use relata_read::{Options, collect, read};

use crate::args::{RulesArgs, RulesCommand, RulesTestArgs, RulesTraceArgs};
use crate::commands::coverage;
use crate::commands::extract::given_mentions;
use crate::configuration;
use crate::report::{self, Outcome, Report, count};

/// Runs the command.
pub(crate) fn run(args: &RulesArgs, report: Report) -> Result<Outcome> {
    match &args.command {
        RulesCommand::Test(args) => test(args, report),
        RulesCommand::Coverage(args) => coverage::run(args, report),
        RulesCommand::Trace(args) => trace(args),
    }
}

fn test(args: &RulesTestArgs, report: Report) -> Result<Outcome> {
    let configuration = configuration::load(&args.data)?;
    let mut faults = 0;
    for (language, proof, unproved) in configuration.extractor.prove_rules() {
        faults += unproved.len();
        for one in &unproved {
            report::fault(one);
        }
        report.note(&format!(
            "{language}: {}, {} and {} hold, {} do not",
            count(proof.rules, "rule", "rules"),
            count(proof.examples, "example", "examples"),
            count(proof.counterexamples, "counterexample", "counterexamples"),
            unproved.len()
        ));
    }
    for path in &args.contrast {
        faults += contrast(path, &configuration.extractor, report)?;
    }
    Ok(Outcome::of(faults))
}

/// Reads a contrast file and tells how many sentences make a fact of what is none.
fn contrast(path: &Path, extractor: &Extractor, report: Report) -> Result<usize> {
    let name = path.display().to_string();
    let source = std::fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
    let file_name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let language = file_name.split(['-', '.']).next().and_then(|code| code.parse::<Language>().ok());
    let language =
        language.with_context(|| format!("{name}: the file's name must begin with its language: fr-contrast.toml"))?;
    let Some(result) = extractor.contrast((&name, &source), language) else {
        bail!("{name}: there are no rules for \"{language}\"");
    };
    let result = result?;
    for one in &result.facts {
        report::fault(one);
    }
    for one in result.other.iter().chain(&result.missed) {
        report.detail(one);
    }
    report.note(&format!(
        "{name}: {}, {} read rightly, {} with another stance, {} missed, {} made a fact of what is none",
        count(result.groups, "group", "groups"),
        count(result.right, "sentence", "sentences"),
        result.other.len(),
        result.missed.len(),
        result.facts.len()
    ));
    Ok(result.facts.len())
}

/// Prints what the rules see of a line of a document.
fn trace(args: &RulesTraceArgs) -> Result<Outcome> {
    let (path, line) = match args.place.rsplit_once(':') {
        Some((path, line)) => {
            let number = line.parse::<usize>().ok().filter(|&number| number > 0);
            (path, Some(number.with_context(|| format!("\"{line}\" is no line: write FILE:LINE, counted from 1"))?))
        }
        None => (args.place.as_str(), None),
    };
    let configuration = configuration::load(&args.data)?;
    let collection = collect(&[path.into()])?;
    let Some(input) = collection.inputs.first() else { bail!("{path} is no document") };
    let document = read(input, &Options { language: args.lang })?.document;
    let place = match line {
        None => Span::new(0, document.text.len()),
        Some(line) => {
            let mut start = 0;
            let mut lines = document.text.split_inclusive('\n');
            for passed in lines.by_ref().take(line - 1) {
                start += passed.len();
            }
            let Some(text) = lines.next() else { bail!("{path} has no line {line}") };
            Span::new(start, start + text.trim_end().len().max(1))
        }
    };
    let given = if args.mentions.is_empty() { None } else { Some(given_mentions(&args.mentions)?) };
    let seen = configuration.extractor.trace(&document, given.as_ref(), place);
    let seen = if seen.is_empty() { "no sentence here names two that a rule could relate\n".to_owned() } else { seen };
    std::io::stdout().lock().write_all(seen.as_bytes())?;
    Ok(Outcome::of(0))
}
