//! `relata completions`: completions for a shell on standard output.

use std::io::Write;

use anyhow::Result;
use clap::CommandFactory;

use crate::args::{Args, CompletionsArgs};
use crate::report::Outcome;

/// Prints them.
pub(crate) fn run(args: &CompletionsArgs) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "relata", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Outcome::Clean)
}
