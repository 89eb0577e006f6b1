//! `relata conflicts`: what documents say that cannot all be so.

use std::io::{BufWriter, Write};

use anyhow::Result;
use relata_graph::conflicts::Side;
use relata_graph::{Conflict, ConflictKind};

use crate::args::ConflictsArgs;
use crate::build_folder::Build;
use crate::report::{Outcome, Report, count};

/// Prints both sides of each conflict with their passages.
pub(crate) fn run(args: &ConflictsArgs, report: Report) -> Result<Outcome> {
    let build = Build::open(&args.out)?;
    let conflicts = build.graph.conflicts();
    report.note(&count(conflicts.len(), "conflict", "conflicts"));
    let mut out = BufWriter::new(std::io::stdout().lock());
    if args.json {
        let all: Vec<serde_json::Value> = conflicts.iter().map(json).collect();
        serde_json::to_writer_pretty(&mut out, &all).map_err(std::io::Error::from)?;
        out.write_all(b"\n")?;
    } else {
        for conflict in &conflicts {
            write_text(conflict, &mut out)?;
        }
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

fn write_text(conflict: &Conflict<'_>, out: &mut dyn Write) -> Result<()> {
    let why = match &conflict.kind {
        ConflictKind::Denied => "said and denied".to_owned(),
        ConflictKind::Ended => "said, and said to be over".to_owned(),
        ConflictKind::TwoHolders(role) => format!("two hold one post at one time: {role}"),
        ConflictKind::Exclusive => "the one excludes the other".to_owned(),
    };
    writeln!(out, "{why}")?;
    for side in [&conflict.one, &conflict.other] {
        let Side { statement, evidence } = side;
        writeln!(
            out,
            "    {} – {} – {} [{}, {}]",
            statement.subject,
            statement.relation,
            statement.object,
            statement.modality,
            count(statement.origins, "origin", "origins")
        )?;
        let document = &evidence.document;
        let date = document.date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
        let time = evidence.record.time.map_or_else(String::new, |time| format!(", time: {time}"));
        let quote = evidence.record.quote.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let source = evidence.record.attributed_to.as_ref().map_or_else(String::new, |source| {
            format!(" (says who: {})", source.text.split_whitespace().collect::<Vec<_>>().join(" "))
        });
        writeln!(out, "      {}, {date}{time}: \"{quote}\"{source}", document.name)?;
    }
    Ok(writeln!(out)?)
}

fn json(conflict: &Conflict<'_>) -> serde_json::Value {
    let side = |side: &Side<'_>| {
        serde_json::json!({
            "subject": side.statement.subject.as_str(),
            "predicate": side.statement.relation.as_str(),
            "object": side.statement.object.as_str(),
            "modality": side.statement.modality,
            "documents": side.statement.documents,
            "origins": side.statement.origins,
            "document": side.evidence.document.name.as_str(),
            "date": side.evidence.document.date,
            "evidence": side.evidence.record,
        })
    };
    let role = match &conflict.kind {
        ConflictKind::TwoHolders(role) => Some(role),
        ConflictKind::Denied | ConflictKind::Ended | ConflictKind::Exclusive => None,
    };
    serde_json::json!({
        "kind": conflict.kind.as_str(),
        "role": role,
        "one": side(&conflict.one),
        "other": side(&conflict.other),
    })
}
