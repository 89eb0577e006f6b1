//! `relata export`: a build, or a part of it, in another format on standard output.

use std::io::{BufWriter, Write};

use anyhow::Result;
use relata_export::Format;
use relata_graph::{Filter, KnowledgeGraph};

use crate::args::ExportArgs;
use crate::build_folder::Build;
use crate::report::{Outcome, Report};

/// Selects and writes; what was cut is told.
pub(crate) fn run(args: &ExportArgs, report: Report) -> Result<Outcome> {
    let build = Build::open(&args.out)?;
    let selection = build.graph.select(&filter(args, &build.graph)?);
    if selection.cut().is_part() {
        report.note(selection.cut());
    }
    let mut options = super::export_options(&args.writing, &build.info);
    options.legend = !args.no_legend;
    if args.all {
        options.picture_room = None;
    }
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    relata_export::write(&selection, &options, args.format, &mut out)?;
    out.flush()?;
    if let (Format::Dot, Some(room)) = (args.format, options.picture_room)
        && selection.statements().len() > relata_export::ExportOptions::PICTURE_LIMIT
    {
        report.note(&format!(
            "the {room} heaviest of {} statements are drawn; choose with --focus or --top, or draw --all",
            selection.statements().len()
        ));
    }
    Ok(Outcome::Clean)
}

fn filter(args: &ExportArgs, graph: &KnowledgeGraph) -> Result<Filter> {
    let schema = graph.schema();
    let focus = args.focus.iter().map(|typed| Ok(graph.find_entity(typed)?.entity.id.clone()));
    let types = args.types.iter().map(|name| Ok(schema.entity_type(name)?));
    let relations = args.predicate.iter().map(|name| Ok(schema.relation_type(name)?));
    Ok(Filter {
        focus: focus.collect::<Result<_>>()?,
        hops: args.hops,
        top: args.top,
        entity_types: types.collect::<Result<_>>()?,
        relations: relations.collect::<Result<_>>()?,
        modalities: args.modality.clone(),
        facts_only: args.facts,
        min_documents: args.min_documents,
        since: args.since,
        until: args.until,
    })
}
