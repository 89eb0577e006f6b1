//! `relata query`: a question in SPARQL.

use std::io::{BufWriter, Read, Write};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use relata_store::{Limits, QueryError, Question, StopReason, StopSwitch};

use crate::args::QueryArgs;
use crate::configuration::unreadable;
use crate::questions::Questions;
use crate::report::{Outcome, Report};
use crate::triples::Triples;

/// Answers the question on standard output.
pub(crate) fn run(args: &QueryArgs, _report: Report) -> Result<Outcome> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    if args.list {
        for (name, about) in Questions::with(args.questions.as_deref())?.list() {
            writeln!(out, "{name}\t{about}")?;
        }
        out.flush()?;
        return Ok(Outcome::Clean);
    }
    let question = Question::of(&text(args)?);
    let store = Triples::at(&args.out).open()?;
    let switch = StopSwitch::default();
    let limits = Limits { stoppable: args.timeout.is_some(), ..Limits::NONE };
    switch.within(args.timeout.map(Duration::from_secs), || {
        if args.explain {
            write!(out, "{}", store.explain(&question, limits, &switch).map_err(|error| told(error, args))?)?;
        } else {
            let answer = store.answer(&question, limits, &switch).map_err(|error| told(error, args))?;
            answer.write(args.format, &mut out)?;
        }
        anyhow::Ok(())
    })?;
    out.flush()?;
    Ok(Outcome::Clean)
}

/// Who set a limit is told how to set another.
fn told(error: QueryError, args: &QueryArgs) -> anyhow::Error {
    match (&error, args.timeout) {
        (QueryError::Stopped(StopReason::Time), Some(seconds)) => {
            anyhow::anyhow!(
                "the query took more than {seconds} s and was stopped: ask for less, or give it more with --timeout"
            )
        }
        _ => error.into(),
    }
}

fn text(args: &QueryArgs) -> Result<String> {
    if let Some(sparql) = &args.sparql {
        return Ok(sparql.clone());
    }
    if let Some(file) = &args.file {
        let mut text = String::new();
        if file.as_os_str() == "-" {
            std::io::stdin().lock().read_to_string(&mut text).context("cannot read standard input")?;
        } else {
            text = std::fs::read_to_string(file).with_context(|| unreadable(file))?;
        }
        return Ok(text);
    }
    let Some(name) = &args.name else { bail!("ask something: SPARQL, --file or --name") };
    Questions::with(args.questions.as_deref())?.find(name)
}
