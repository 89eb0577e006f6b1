//! `relata load`: a graph on disk, for questions.

use anyhow::Result;

use crate::args::LoadArgs;
use crate::report::{Outcome, Report, count};
use crate::triples::Triples;

/// Makes the store and says how many triples it holds.
pub(crate) fn run(args: &LoadArgs, report: Report) -> Result<Outcome> {
    let store = Triples::at(&args.out).load(&args.output)?;
    report.note(&format!("{} in {}", count(store.len()?, "triple", "triples"), args.output.display()));
    Ok(Outcome::Clean)
}
