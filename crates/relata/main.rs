//! The program: press documents to a knowledge graph in which every claim can be shown in its sentence.
//!
//! Data goes to standard output, everything else to standard error. Exit code 0: done; 1: done with faults reported; 2: could
//! not start.

mod args;
mod assembly;
mod build_folder;
mod commands;
mod configuration;
mod documents;
mod gazetteers;
mod interrupt;
mod journals;
mod judged;
mod questions;
mod record_file;
mod report;
mod score;
mod triples;
mod whole_file;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};
use crate::report::{Outcome, Report};

fn main() -> ExitCode {
    let args = Args::parse();
    let report = Report::new(args.quiet, args.verbose);
    if let Some(jobs) = args.jobs
        && let Err(error) = rayon::ThreadPoolBuilder::new().num_threads(jobs.get()).build_global()
    {
        report::error(&anyhow::Error::new(error));
        return ExitCode::from(2);
    }
    let done = match &args.command {
        Command::Build(args) => commands::build::run(args, report),
        Command::Merge(args) => commands::merge::run(args, report),
        Command::Extract(args) => commands::extract::run(args, report),
        Command::Query(args) => commands::query::run(args, report),
        Command::Load(args) => commands::load::run(args, report),
        Command::Serve(args) => commands::serve::run(args, report),
        Command::Export(args) => commands::export::run(args, report),
        Command::Why(args) => commands::why::run(args, report),
        Command::WhyNot(args) => commands::why_not::run(args, report),
        Command::Diff(args) => commands::diff::run(args, report),
        Command::Conflicts(args) => commands::conflicts::run(args, report),
        Command::Top(args) => commands::top::run(args, report),
        Command::Verify(args) => commands::verify::run(args, report),
        Command::Gazetteer(args) => commands::gazetteer::run(args, report),
        Command::Rules(args) => commands::rules::run(args, report),
        Command::Eval(args) => commands::eval::run(args, report),
        Command::Parse(args) => commands::parse::run(args, report),
        Command::Vocab(args) => commands::vocab::run(args),
        Command::Completions(args) => commands::completions::run(args),
    };
    match done {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Faults) => ExitCode::from(1),
        // Whoever reads the output has seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Files are named where they fail; what has no name is standard output.
            let unnamed = error.chain().len() == 1 && error.downcast_ref::<std::io::Error>().is_some();
            let error = if unnamed { error.context("cannot write to standard output") } else { error };
            report::error(&error);
            ExitCode::from(2)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
