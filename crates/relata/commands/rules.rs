//! `relata rules test`: whether every rule does what its examples say.

use anyhow::Result;

use crate::args::{RulesArgs, RulesCommand};
use crate::configuration;
use crate::report::{self, Outcome, Report, count};

/// Runs the command.
pub(crate) fn run(args: &RulesArgs, report: Report) -> Result<Outcome> {
    let RulesCommand::Test(args) = &args.command;
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
