//! `relata gazetteer judge`, `undo` and `judgements`: who is who, and who said so.

use std::collections::BTreeSet;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Result, bail};
use relata_extract::shipped_gazetteer;
use relata_gazetteer::Gazetteer;
use relata_gazetteer::judgements::{Entry, Journal, Judgement, Judgements, PlacedEntry, Signature, Verdict};
use relata_model::{EntityId, LoadError, Schema, closest};

use crate::args::{JudgeArgs, JudgementsArgs, SignatureArgs, UndoArgs};
use crate::gazetteers::{self, Opened};
use crate::report::{self, Outcome, Report, count};
use crate::{configuration, journals};

/// Adds a judgement.
pub(crate) fn judge(args: &JudgeArgs, report: Report) -> Result<Outcome> {
    let gazetteer = gazetteer(args)?;
    let (one, other) = (entity(&gazetteer, &args.one)?, entity(&gazetteer, &args.other)?);
    if one == other {
        bail!("\"{}\" and \"{}\" are both {one}: name two entities", args.one, args.other);
    }
    let signature = signature(&args.signature)?;
    let judgement = Judgement { one, verdict: args.verdict, other, signature };
    add(&args.signature, report, |_| Ok(Entry::Judged(judgement)))
}

/// Adds an undoing.
pub(crate) fn undo(args: &UndoArgs, report: Report) -> Result<Outcome> {
    let signature = signature(&args.signature)?;
    if !args.signature.journal.exists() {
        bail!("there is no journal {}: name it with --journal", args.signature.journal.display());
    }
    add(&args.signature, report, |journal| {
        let ids: BTreeSet<&str> = journal.lines.iter().map(|line| line.id.as_str()).collect();
        if !ids.contains(args.line.as_str()) {
            bail!(
                "no line of {} has the id {}{}: `relata gazetteer judgements {0}` lists them",
                args.signature.journal.display(),
                args.line,
                closest(&args.line, ids)
            );
        }
        Ok(Entry::Undone { line: args.line.clone(), signature })
    })
}

/// Writes the line and tells what it changes: the id on standard output, contradictions as faults.
fn add(args: &SignatureArgs, report: Report, entry: impl FnOnce(&Journal) -> Result<Entry>) -> Result<Outcome> {
    let (entry, torn) = journals::append(&args.journal, entry)?;
    if let Some(torn) = torn {
        report.note(&format!("{torn}\n  it was taken away"));
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", entry.id())?;
    out.flush()?;
    match Judgements::of(&[journals::read(&args.journal)?.0]) {
        Ok(_) => Ok(Outcome::Clean),
        Err(contradictions) => Ok(faults(&contradictions)),
    }
}

fn faults(error: &LoadError) -> Outcome {
    error.0.iter().for_each(report::fault);
    Outcome::Faults
}

fn signature(args: &SignatureArgs) -> Result<Signature> {
    for (option, text) in [("--by", &args.by), ("--why", &args.why)] {
        if text.trim().is_empty() {
            bail!("{option} is empty: who and why belong to every judgement");
        }
    }
    // Where a build must not read the clock, a judgement must: it is the moment at which somebody judged.
    let at = match &args.at {
        Some(at) => match at.parse::<jiff::Timestamp>() {
            Ok(time) => time,
            Err(_) => bail!("--at {at}: this is no time (write it as 2026-11-20T10:00:00Z)"),
        },
        None => jiff::Timestamp::from_second(jiff::Timestamp::now().as_second())?,
    };
    Ok(Signature { by: args.by.clone(), at: at.to_string(), why: args.why.clone() })
}

/// The names by which entities may be called.
fn gazetteer(args: &JudgeArgs) -> Result<Gazetteer> {
    let data = configuration::data(None)?;
    let (name, schema_text) = configuration::schema_text(&data, args.schema.as_deref())?;
    let schema = Schema::from_toml(&name, &schema_text)?;
    let (mut sources, mut layers) = (Vec::new(), Vec::new());
    for path in &args.gazetteer {
        match gazetteers::open(path, &schema, &schema_text, configuration::transliterations(false))?.0 {
            Opened::Source(source) => sources.push(source),
            Opened::Compiled(layer) | Opened::Mapped(layer) => layers.push(layer),
        }
    }
    sources.push(shipped_gazetteer(&data));
    let entities = relata_gazetteer::load(&sources, &schema)?.entities;
    layers.push(relata_gazetteer::Compiled::new(entities, &schema).into());
    Ok(Gazetteer::of_layers(layers)?)
}

/// The entity of an id or a name.
fn entity(gazetteer: &Gazetteer, called: &str) -> Result<EntityId> {
    if let Ok(id) = called.parse::<EntityId>()
        && gazetteer.entity(&id).is_some()
    {
        return Ok(id);
    }
    let found: BTreeSet<EntityId> = gazetteer.lookup(called).into_iter().map(|candidate| candidate.entity).collect();
    let mut ids = found.iter();
    match (ids.next(), ids.next()) {
        (Some(only), None) => Ok(only.clone()),
        (None, _) => bail!(
            "no entity is called \"{called}\": a journal names entities of a gazetteer; give the one that has it with --gazetteer FILE"
        ),
        (Some(_), Some(_)) => {
            let ids: Vec<&str> = found.iter().map(EntityId::as_str).collect();
            bail!("\"{called}\" may be {}: name it by its id", ids.join(" or "))
        }
    }
}

/// Lists what holds.
pub(crate) fn list(args: &JudgementsArgs, report: Report) -> Result<Outcome> {
    let journals = read_all(&args.journals, |torn| report.note(&torn))?;
    let judgements = match Judgements::of(&journals) {
        Ok(judgements) => judgements,
        Err(contradictions) => return Ok(faults(&contradictions)),
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut lines: Vec<(&Judgement, &PlacedEntry)> = judgements.judgements().collect();
    lines.sort_by_key(|(judgement, line)| (judgement.verdict, &judgement.one, &judgement.other, &line.id));
    if args.json {
        let lines: Vec<serde_json::Value> = lines.iter().map(|(_, line)| to_json(line)).collect();
        serde_json::to_writer_pretty(&mut out, &lines).map_err(std::io::Error::from)?;
        out.write_all(b"\n")?;
    } else {
        lines.iter().try_for_each(|(_, line)| writeln!(out, "{line}"))?;
    }
    out.flush()?;
    let of = |verdict| lines.iter().filter(|(judgement, _)| judgement.verdict == verdict).count();
    report.note(&format!(
        "{} in force: {} same, {} different, {} unsure",
        count(lines.len(), "judgement", "judgements"),
        of(Verdict::Same),
        of(Verdict::Different),
        of(Verdict::Unsure)
    ));
    Ok(Outcome::Clean)
}

/// Reads journals; `told` hears of lines that were not finished.
fn read_all(paths: &[PathBuf], mut told: impl FnMut(&str)) -> Result<Vec<Journal>> {
    let read = |path: &PathBuf| -> Result<Journal> {
        let (journal, _) = journals::read(path)?;
        if let Some(torn) = &journal.torn {
            told(&torn.to_string());
        }
        Ok(journal)
    };
    paths.iter().map(read).collect()
}

/// A line of a journal as JSON.
fn to_json(line: &PlacedEntry) -> serde_json::Value {
    serde_json::from_str(&line.entry.to_line()).expect("it was written as JSON")
}
