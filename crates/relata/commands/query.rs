//! `relata query`: a question in SPARQL.

use std::io::{BufWriter, Read, Write};

use anyhow::{Context, Result, bail};
use include_dir::{Dir, include_dir};
use relata_store::GraphStore;

use crate::args::QueryArgs;
use crate::build_folder;
use crate::configuration::unreadable;
use crate::report::{Outcome, Report};

/// The ready questions, by the names of their files.
static QUESTIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/examples/questions");

/// Answers the question on standard output.
pub(crate) fn run(args: &QueryArgs, _report: Report) -> Result<Outcome> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    if args.list {
        for (name, text) in questions() {
            writeln!(out, "{name}\t{}", text.lines().next().unwrap_or_default().trim_start_matches(['#', ' ']))?;
        }
        out.flush()?;
        return Ok(Outcome::Clean);
    }
    let question = question(args)?;
    let store = GraphStore::from_turtle(build_folder::turtle(&args.out)?)
        .with_context(|| format!("{}: build again", args.out.join(build_folder::TURTLE).display()))?;
    store.query(&question)?.write(args.format, &mut out)?;
    out.flush()?;
    Ok(Outcome::Clean)
}

fn question(args: &QueryArgs) -> Result<String> {
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
    let name = args.name.as_deref().unwrap_or_default();
    let mut found =
        questions().into_iter().filter(|(known, _)| known == name || known.starts_with(&format!("{name}-")));
    if let (Some((_, text)), None) = (found.next(), found.next()) {
        return Ok(text.to_owned());
    }
    let known: Vec<String> = questions().into_iter().map(|(name, _)| name).collect();
    bail!("no ready question is called \"{name}\"; there are {}", known.join(", "))
}

fn questions() -> Vec<(String, &'static str)> {
    let mut all: Vec<(String, &'static str)> = QUESTIONS
        .files()
        .filter_map(|file| {
            let name = file.path().to_str()?.strip_suffix(".rq")?;
            Some((name.to_owned(), file.contents_utf8()?))
        })
        .collect();
    all.sort_unstable();
    all
}
