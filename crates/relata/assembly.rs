//! Records to the files of a build: the one way in which `build` and `merge` write them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use rayon::prelude::*;
use relata_export::Format;
use relata_export::conformance::{self, Violation};
use relata_graph::{GraphDraft, KnowledgeGraph};
use relata_model::{Entity, ExtractionRecord, Modality, RunningDigest, Schema};

use crate::args::WritingArgs;
use crate::build_folder::{self, BuildInfo, StagedFile, Staging};
use crate::configuration::Identity;
use crate::report::{self, Outcome, Report, count};
use crate::{commands, interrupt};

/// A build to which records are added in the order of their documents.
pub(crate) struct Assembly<'a, E> {
    staging: Staging,
    records: StagedFile,
    digest: RunningDigest,
    documents: BTreeMap<String, String>,
    unlinked: usize,
    draft: GraphDraft<'a, E>,
}

/// What is known of a build besides its records.
pub(crate) struct Origin {
    /// The program and its data.
    pub(crate) identity: Identity,
    /// The text of the schema.
    pub(crate) schema_text: String,
    /// Where the documents are.
    pub(crate) sources: BTreeSet<String>,
    /// What was left out, and why.
    pub(crate) faults: BTreeMap<String, String>,
}

impl<'a, E: Fn(&str) -> Option<Entity>> Assembly<'a, E> {
    /// Begins to write into a folder that is ready for it; `entities` gives the entity of an id.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn begin(staging: Staging, schema: &'a Schema, entities: E) -> Result<Self> {
        Ok(Self {
            records: staging.create(build_folder::RECORDS)?,
            staging,
            digest: RunningDigest::default(),
            documents: BTreeMap::new(),
            unlinked: 0,
            draft: GraphDraft::new(schema, entities),
        })
    }

    /// Adds a record and its line.
    ///
    /// # Errors
    /// When it cannot be written, or contradicts another.
    pub(crate) fn add(&mut self, record: ExtractionRecord, line: &[u8]) -> Result<()> {
        self.records.add(line)?;
        self.digest.add(line);
        self.documents.insert(record.doc.clone(), record.sha256.clone());
        self.unlinked += record.unlinked.len();
        Ok(self.draft.add(record)?)
    }

    /// Writes everything else and makes it the build of the folder; what there is to say of it.
    ///
    /// # Errors
    /// When it cannot be written, or when the user interrupts.
    pub(crate) fn finish(self, origin: Origin, writing: &WritingArgs, report: Report) -> Result<(String, Outcome)> {
        let Self { staging, records, digest, documents, unlinked, draft } = self;
        let graph = draft.finish();
        let info = BuildInfo {
            identity: origin.identity,
            sources: origin.sources,
            records: digest.finish().to_string(),
            documents,
            faults: origin.faults,
        };
        let write_about = || -> Result<()> {
            staging.write(build_folder::ENTITIES, |out| {
                for node in graph.entities() {
                    writeln!(out, "{}", relata_gazetteer::write_line(&node.entity))?;
                }
                Ok(())
            })?;
            staging.write(build_folder::SCHEMA, |out| Ok(out.write_all(origin.schema_text.as_bytes())?))?;
            staging.write(build_folder::BUILD, |out| {
                serde_json::to_writer_pretty(&mut *out, &info)?;
                Ok(out.write_all(b"\n")?)
            })
        };
        let options = commands::export_options(writing, &info);
        let write = |format: Format| {
            interrupt::check()?;
            let name = format!("graph.{}", format.extension());
            staging.write(&name, |out| Ok(relata_export::write(&graph.all(), &options, format, out)?))
        };
        // Bringing the records to the disk takes as long as writing the graph, and as checking it.
        let formats = [Format::Turtle, Format::GraphMl, Format::Dot];
        let ((flushed, violations), (written, about)) = rayon::join(
            || rayon::join(|| records.finish(), || conformance::check(&graph.all(), &options)),
            || rayon::join(|| formats.into_par_iter().map(write).collect::<Vec<Result<()>>>(), write_about),
        );
        flushed?;
        about?;
        written.into_iter().collect::<Result<()>>()?;
        interrupt::check()?;
        staging.commit()?;
        tell(&violations);
        if writing.base_iri.is_none() {
            report.detail(&"the IRIs begin with https://relata.example/, nobody's site: name your own with --base-iri");
        }
        let outcome = Outcome::of(info.faults.len() + violations.len());
        Ok((summary(&graph, unlinked, info.faults.len()), outcome))
    }
}

/// What of the graph is not as the shapes want it: that is never the user's fault.
fn tell(violations: &[Violation]) {
    const MOST: usize = 10;
    for violation in violations.iter().take(MOST) {
        report::fault(&format!(
            "graph.ttl breaks its own shapes: {violation}; this is a fault of relata, please report it"
        ));
    }
    if violations.len() > MOST {
        report::fault(&format!("graph.ttl breaks its own shapes in {} more places", violations.len() - MOST));
    }
}

/// What a build holds, in words.
fn summary(graph: &KnowledgeGraph, unlinked: usize, faults: usize) -> String {
    let mut statements: BTreeMap<Modality, usize> = BTreeMap::new();
    for statement in graph.statements() {
        *statements.entry(statement.modality).or_default() += 1;
    }
    let by_modality: Vec<String> = statements.iter().map(|(modality, number)| format!("{number} {modality}")).collect();
    let by_modality = if by_modality.is_empty() { String::new() } else { format!(" ({})", by_modality.join(", ")) };
    let mut words = format!(
        "{}, {}, {}, {}{by_modality}",
        count(graph.documents().len(), "document", "documents"),
        count(graph.entities().map(|node| node.mentions).sum(), "mention", "mentions"),
        count(graph.entities().len(), "entity", "entities"),
        count(graph.statements().len(), "statement", "statements"),
    );
    if unlinked > 0 {
        let names = count(unlinked, "name", "names");
        words.extend(["; ", &names, " left out as ambiguous (see \"unlinked\" in extraction.jsonl)"]);
    }
    if faults > 0 {
        let documents = count(faults, "document", "documents");
        words.extend(["; ", &documents, " left out with a fault"]);
    }
    words
}
