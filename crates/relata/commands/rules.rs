//! `relata rules`: whether every rule does what its examples say, and what the rules see of a sentence.

use std::io::Write as _;

use anyhow::{Context, Result, bail};
use relata_model::Span;
use relata_read::{Options, collect, read};

use crate::args::{RulesArgs, RulesCommand, RulesTestArgs, RulesTraceArgs};
use crate::commands::extract::given_mentions;
use crate::configuration;
use crate::report::{self, Outcome, Report, count};

/// Runs the command.
pub(crate) fn run(args: &RulesArgs, report: Report) -> Result<Outcome> {
    match &args.command {
        RulesCommand::Test(args) => test(args, report),
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
    Ok(Outcome::of(faults))
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
