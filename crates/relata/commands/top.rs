//! `relata top`: the entities that most documents name.

use std::io::{BufWriter, Write};

use anyhow::Result;
use relata_model::Language;

use crate::args::TopArgs;
use crate::build_folder::Build;
use crate::report::{Outcome, Report};

/// Prints one entity a line.
pub(crate) fn run(args: &TopArgs, _report: Report) -> Result<Outcome> {
    let build = Build::open(&args.out)?;
    let language = build.graph.main_language().unwrap_or(Language::ENGLISH);
    let mut out = BufWriter::new(std::io::stdout().lock());
    writeln!(out, "documents\tmentions\tstatements\ttype\tid\tname")?;
    for node in build.graph.ranking().into_iter().take(args.number) {
        let entity = &node.entity;
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}",
            node.documents,
            node.mentions,
            node.statements,
            entity.entity_type,
            entity.id,
            entity.label(language)
        )?;
    }
    out.flush()?;
    Ok(Outcome::Clean)
}
