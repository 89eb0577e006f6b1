//! Builds compared: with each other, with their documents, with gold annotations.

use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata diff before after
  relata diff before after -f dot | dot -Tsvg > changes.svg
  relata diff before after -f rdf-patch

Each change has its cause: the document, or the names, rules, words, schema or program that the builds were made with. Exit code 0:
they say the same; 1: they differ; 2: they could not be compared.")]
pub(crate) struct DiffArgs {
    /// The older build folder.
    pub(crate) old: PathBuf,
    /// The newer build folder.
    pub(crate) new: PathBuf,
    /// text, json, dot (green came, red went, orange is told otherwise) or rdf-patch.
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: DiffFormat,
}

/// How a difference is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For Graphviz.
    Dot,
    /// For triple stores.
    RdfPatch,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata conflicts out
  relata conflicts out --json | jq '.[] | select(.kind == \"two-holders\")'

Listed are statements that are asserted and elsewhere negated or ended, two holders of one post at one time, and predicates that
exclude each other. Posts and predicates are those of the schema (single_roles, excludes).")]
pub(crate) struct ConflictsArgs {
    /// The build folder.
    pub(crate) out: PathBuf,
    /// One JSON array instead of text.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "The documents are looked for where they were when the build was made, or in the places given.")]
pub(crate) struct VerifyArgs {
    /// The build folder.
    pub(crate) out: PathBuf,
    /// Where the documents are now.
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata eval gold out
  relata eval gold extraction.jsonl --errors")]
pub(crate) struct EvalArgs {
    /// A folder of gold files, one JSON object a document.
    pub(crate) gold: PathBuf,
    /// A build folder, or an extraction (JSON Lines).
    pub(crate) predicted: PathBuf,
    /// List what was missed and what was wrong.
    #[arg(long)]
    pub(crate) errors: bool,
    /// Add a row for each predicate.
    #[arg(long)]
    pub(crate) by_predicate: bool,
    /// One JSON object instead of tables.
    #[arg(long)]
    pub(crate) json: bool,
}
