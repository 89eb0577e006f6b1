//! `relata diff`: what differs between two builds, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;
use relata_export::{ExportOptions, Format};
use relata_graph::diff::{EvidenceChange, Said, Triple};
use relata_graph::{Cause, Change, DataChange, GraphDiff, diff};
use relata_model::{ExtractionRecord, Modality};

use crate::args::{DiffArgs, DiffFormat};
use crate::build_folder::{self, Build, BuildInfo};
use crate::commands::merge::differences;
use crate::report::{Outcome, Report, count};

/// Compares and prints. Builds that differ are told by exit code 1.
pub(crate) fn run(args: &DiffArgs, report: Report) -> Result<Outcome> {
    let both = [args.old.as_path(), args.new.as_path()];
    let (old, new, schemas, records): (_, _, _, [Vec<ExtractionRecord>; 2]) =
        build_folder::at_one_moment(&both, || {
            let [old, new] = both;
            let schemas = [build_folder::schema(old)?.1, build_folder::schema(new)?.1];
            let records = [build_folder::records(old)?, build_folder::records(new)?];
            Ok((build_folder::info(old)?, build_folder::info(new)?, schemas, records))
        })?;
    let data = data_change(&old, &new, schemas[0] != schemas[1]);
    let found = diff(&records[0], &records[1], data);
    let what = differences(&old.identity, &new.identity);
    if !what.is_empty() {
        report.note(&format!("the builds were made with other data: {}", what.join(", ")));
    }
    report.note(&format!(
        "{}, {}, {} differ",
        count(found.entities.len(), "entity", "entities"),
        count(found.statements.len(), "statement", "statements"),
        count(found.evidence.len(), "passage", "passages")
    ));
    let mut out = BufWriter::new(std::io::stdout().lock());
    match args.format {
        DiffFormat::Text => write_text(&found, &mut out)?,
        DiffFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &found).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
        }
        DiffFormat::Dot => write_dot(&found, &mut out)?,
        DiffFormat::RdfPatch => {
            drop(records);
            write_patch(args, &mut out)?;
        }
    }
    out.flush()?;
    Ok(if found.is_empty() { Outcome::Clean } else { Outcome::Faults })
}

/// Which parts of program and data differ. Files are compared by what they hold, wherever they were.
fn data_change(old: &BuildInfo, new: &BuildInfo, schema: bool) -> DataChange {
    let (old, new) = (&old.identity, &new.identity);
    let part = |belongs: &dyn Fn(&str) -> bool| {
        let digests = |data: &BTreeMap<String, String>| -> BTreeSet<String> {
            data.iter().filter(|(path, _)| belongs(path)).map(|(_, digest)| digest.clone()).collect()
        };
        digests(&old.data) != digests(&new.data)
    };
    let ends = |path: &str, ending: &str| Path::new(path).extension().is_some_and(|found| found == ending);
    let is_names = |path: &str| path.starts_with("data/gazetteer/") || ends(path, "jsonl");
    let is_schema = |path: &str| path.starts_with("data/schema/");
    let is_rules = |path: &str| path.contains("/rules/") || (!path.starts_with("data/") && ends(path, "toml"));
    DataChange {
        names: part(&is_names) || old.options != new.options,
        rules: part(&is_rules) || old.options != new.options,
        words: part(&|path| path.starts_with("data/") && !is_names(path) && !is_schema(path) && !is_rules(path)),
        schema,
        program: (&old.relata, &old.program) != (&new.relata, &new.program),
    }
}

fn because(causes: &BTreeSet<Cause>) -> String {
    causes.iter().map(|cause| cause.explain()).collect::<Vec<_>>().join(" or ")
}

fn told(modalities: &BTreeSet<Modality>) -> String {
    modalities.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn words(triple: &Triple) -> String {
    format!("{} – {} – {}", triple.subject, triple.predicate, triple.object)
}

fn write_text(found: &GraphDiff, out: &mut dyn Write) -> Result<()> {
    if !found.entities.is_empty() {
        writeln!(out, "Entities")?;
    }
    for one in &found.entities {
        let types = match (&one.old_type, &one.new_type) {
            (Some(old), Some(new)) if old != new => format!(" ({old}, now {new})"),
            (Some(one), _) | (None, Some(one)) => format!(" ({one})"),
            (None, None) => String::new(),
        };
        writeln!(out, "{} {}{types}: {}", one.change.mark(), one.entity, because(&one.causes))?;
    }
    if !found.statements.is_empty() {
        writeln!(out, "Statements")?;
    }
    for one in &found.statements {
        let modalities = match one.change {
            Change::Added => told(&one.new_modalities),
            Change::Removed => told(&one.old_modalities),
            _ => format!("{}, now {}", told(&one.old_modalities), told(&one.new_modalities)),
        };
        writeln!(out, "{} {} [{modalities}]: {}", one.change.mark(), words(&one.triple), because(&one.causes))?;
    }
    if !found.evidence.is_empty() {
        writeln!(out, "Passages")?;
    }
    for one in &found.evidence {
        write_passage(one, out)?;
    }
    Ok(())
}

fn write_passage(one: &EvidenceChange, out: &mut dyn Write) -> Result<()> {
    let line = |said: &Said| {
        let quote = said.evidence.quote.text.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{} [{}] (rule {}): {quote}", words(&said.triple), said.modality, said.evidence.rule)
    };
    let shown = one.new.as_ref().or(one.old.as_ref());
    let place = shown.map_or_else(String::new, |said| {
        format!("characters {}–{}", said.evidence.quote.start, said.evidence.quote.end)
    });
    writeln!(out, "{} {}, {place}: {}", one.change.mark(), one.document, because(&one.causes))?;
    for (mark, said) in [("-", &one.old), ("+", &one.new)] {
        if let Some(said) = said {
            writeln!(out, "    {mark} {}", line(said))?;
        }
    }
    Ok(())
}

/// Green came, red went, orange is told otherwise.
fn write_dot(found: &GraphDiff, out: &mut dyn Write) -> Result<()> {
    let color = |change: Change| match change {
        Change::Added => "#1b7837",
        Change::Removed => "#b2182b",
        Change::OtherModality | Change::OtherType | Change::OtherLink | Change::OtherDetails => "#e08214",
    };
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    writeln!(
        out,
        "digraph diff {{\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\"];"
    )?;
    for one in &found.entities {
        let tooltip = quoted(&because(&one.causes));
        writeln!(out, "  {} [color=\"{}\", tooltip={tooltip}];", quoted(&one.entity), color(one.change))?;
    }
    for one in &found.statements {
        let label = match one.change {
            Change::Added | Change::Removed => one.triple.predicate.clone(),
            _ => format!("{}\\n{} → {}", one.triple.predicate, told(&one.old_modalities), told(&one.new_modalities)),
        };
        let style = if one.change == Change::Removed { ", style=dashed" } else { "" };
        writeln!(
            out,
            "  {} -> {} [label=\"{label}\", color=\"{color}\", fontcolor=\"{color}\"{style}, tooltip={}];",
            quoted(&one.triple.subject),
            quoted(&one.triple.object),
            quoted(&because(&one.causes)),
            color = color(one.change),
        )?;
    }
    Ok(writeln!(out, "}}")?)
}

/// What to delete from the RDF of the older build, and add to it, to have that of the newer one: in the format RDF Patch.
fn write_patch(args: &DiffArgs, out: &mut dyn Write) -> Result<()> {
    let triples = |folder| -> Result<BTreeSet<String>> {
        let build = Build::open(folder)?;
        let options = ExportOptions {
            software_version: build.info.identity.relata.clone(),
            config_digest: Some(build.info.identity.configuration.clone()),
            ..ExportOptions::default()
        };
        let mut text = Vec::new();
        relata_export::write(&build.graph.all(), &options, Format::NTriples, &mut text)?;
        let text = String::from_utf8(text)?;
        Ok(text.lines().map(str::to_owned).collect())
    };
    let (old, new) = (triples(&args.old)?, triples(&args.new)?);
    writeln!(out, "TX .")?;
    for line in old.difference(&new) {
        writeln!(out, "D {line}")?;
    }
    for line in new.difference(&old) {
        writeln!(out, "A {line}")?;
    }
    Ok(writeln!(out, "TC .")?)
}
