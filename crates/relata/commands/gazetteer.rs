//! `relata gazetteer check`: what is wrong or doubtful in gazetteers.

use std::io::{BufWriter, Write};

use anyhow::Result;
use relata_extract::shipped_gazetteer;
use relata_gazetteer::Gazetteer;
use relata_model::Schema;

use crate::args::{GazetteerArgs, GazetteerCheckArgs, GazetteerCommand};
use crate::configuration;
use crate::report::{self, Outcome, Report, count};

/// Runs the command.
pub(crate) fn run(args: &GazetteerArgs, report: Report) -> Result<Outcome> {
    match &args.command {
        GazetteerCommand::Check(args) => check(args, report),
    }
}

/// Loading faults end the check with all of them; doubts are listed and do no harm.
fn check(args: &GazetteerCheckArgs, report: Report) -> Result<Outcome> {
    let data = configuration::data(None)?;
    let (name, text) = configuration::schema_text(&data, args.schema.as_deref())?;
    let schema = Schema::from_toml(&name, &text)?;
    let sources = if args.files.is_empty() {
        vec![shipped_gazetteer(&data)]
    } else {
        args.files.iter().map(|path| configuration::gazetteer_source(path)).collect::<Result<Vec<_>>>()?
    };
    let loaded = match relata_gazetteer::load(&sources, &schema) {
        Ok(loaded) => loaded,
        Err(error) => {
            error.0.iter().for_each(report::fault);
            report.note(&count(error.0.len(), "fault", "faults"));
            return Ok(Outcome::Faults);
        }
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let findings = relata_gazetteer::check(&loaded, &Gazetteer::new(loaded.entities.clone(), &schema));
    for warning in &loaded.warnings {
        writeln!(out, "{warning}")?;
    }
    for finding in &findings {
        writeln!(out, "{finding}")?;
    }
    out.flush()?;
    report.note(&format!(
        "{}, {}",
        count(loaded.entities.len(), "entity", "entities"),
        count(findings.len() + loaded.warnings.len(), "doubt", "doubts")
    ));
    Ok(Outcome::Clean)
}
