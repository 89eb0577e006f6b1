//! `relata build`: documents to a build folder.

use std::collections::BTreeMap;

use anyhow::Result;
use relata_export::Format;
use relata_graph::KnowledgeGraph;
use relata_model::{EntityId, ExtractionRecord, Modality};
use relata_read::collect;

use crate::args::BuildArgs;
use crate::build_folder::{self, BuildInfo, Staging};
use crate::report::{Outcome, Report, count};
use crate::{configuration, documents, interrupt};

/// Reads, extracts, merges and writes.
pub(crate) fn run(args: &BuildArgs, report: Report) -> Result<Outcome> {
    let configuration = configuration::load(&args.data)?;
    let collection = collect(&args.input.paths)?;
    let staging = Staging::begin(&args.out)?;
    interrupt::watch();
    let mut records = Vec::new();
    let tally = documents::extract_all(&collection, args.input.lang, &configuration.extractor, report, |record| {
        records.push(record);
        Ok(())
    })?;
    let info = BuildInfo {
        relata: env!("CARGO_PKG_VERSION").to_owned(),
        configuration: configuration.digest.to_string(),
        data: configuration.parts.iter().map(BuildInfo::part).collect(),
        sources: args.input.paths.iter().map(|path| path.display().to_string()).collect(),
        documents: records.iter().map(|record| (record.doc.clone(), record.sha256.clone())).collect(),
        faults: tally.faults,
    };
    let summary = Summary::of(&records);
    staging.write(build_folder::RECORDS, |out| {
        for record in &records {
            serde_json::to_writer(&mut *out, record)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    })?;
    let gazetteer = configuration.extractor.gazetteer();
    let entity = |id: &str| id.parse::<EntityId>().ok().and_then(|id| gazetteer.entity(&id)).cloned();
    let graph = KnowledgeGraph::merge(records, entity, configuration.extractor.schema())?;
    staging.write(build_folder::ENTITIES, |out| {
        for node in graph.entities() {
            writeln!(out, "{}", relata_gazetteer::write_line(&node.entity))?;
        }
        Ok(())
    })?;
    staging.write(build_folder::SCHEMA, |out| Ok(out.write_all(configuration.schema_text.as_bytes())?))?;
    let options = super::export_options(&args.writing, &info);
    for format in [Format::Turtle, Format::GraphMl, Format::Dot] {
        interrupt::check()?;
        let name = format!("graph.{}", format.extension());
        staging.write(&name, |out| Ok(relata_export::write(&graph.all(), &options, format, out)?))?;
    }
    staging.write(build_folder::BUILD, |out| {
        serde_json::to_writer_pretty(&mut *out, &info)?;
        Ok(out.write_all(b"\n")?)
    })?;
    interrupt::check()?;
    staging.commit()?;
    report.note(&format!("{}\n{}", summary.in_words(tally.faults, graph.entities().len()), args.out.display()));
    if args.writing.base_iri.is_none() {
        report.detail(&"the IRIs begin with https://relata.example/, nobody's site: name your own with --base-iri");
    }
    Ok(Outcome::of(tally.faults))
}

/// What a build holds, for its last words.
#[derive(Default)]
struct Summary {
    documents: usize,
    mentions: usize,
    unlinked: usize,
    statements: BTreeMap<Modality, usize>,
}

impl Summary {
    fn of(records: &[ExtractionRecord]) -> Self {
        let mut summary = Self { documents: records.len(), ..Self::default() };
        let mut distinct = std::collections::BTreeSet::new();
        for record in records {
            summary.mentions += record.mentions.len();
            summary.unlinked += record.unlinked.len();
            for statement in &record.statements {
                distinct.insert((&statement.subject, &statement.predicate, &statement.object, statement.modality));
            }
        }
        for (.., modality) in distinct {
            *summary.statements.entry(modality).or_default() += 1;
        }
        summary
    }

    fn in_words(&self, faults: usize, entities: usize) -> String {
        let by_modality: Vec<String> =
            self.statements.iter().map(|(modality, number)| format!("{number} {modality}")).collect();
        let statements = count(self.statements.values().sum(), "statement", "statements");
        let by_modality = if by_modality.is_empty() { String::new() } else { format!(" ({})", by_modality.join(", ")) };
        let mut words = format!(
            "{}, {}, {}, {statements}{by_modality}",
            count(self.documents, "document", "documents"),
            count(self.mentions, "mention", "mentions"),
            count(entities, "entity", "entities"),
        );
        if self.unlinked > 0 {
            let names = count(self.unlinked, "name", "names");
            words.extend(["; ", &names, " left out as ambiguous (see \"unlinked\" in extraction.jsonl)"]);
        }
        if faults > 0 {
            let documents = count(faults, "document", "documents");
            words.extend(["; ", &documents, " left out with a fault"]);
        }
        words
    }
}
