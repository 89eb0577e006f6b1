//! Documents to builds and records.

use std::path::PathBuf;

use relata_model::Language;

use super::{DataArgs, WritingArgs};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata build articles -o out
  relata build articles -o out --gazetteer names.jsonl
  cat article.txt | relata build - -o out --lang ru
  relata build --from part-*.jsonl -o out

Writes extraction.jsonl, entities.jsonl, schema.toml, graph.ttl, graph.graphml, graph.dot and build.json.
A document that cannot be read is reported and left out, and the exit code is 1. A build that is stopped or
runs out of disk leaves the older build in OUT as it was. Documents that the build in OUT knows, whatever they were called,
are not read for names and relations again, unless the program or its data have changed: the result is the same.")]
pub(crate) struct BuildArgs {
    /// Files (.txt, .md) and folders, which are walked; - is standard input.
    #[arg(required_unless_present = "from", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The language of every document, instead of what front matter or detection say.
    #[arg(long, value_name = "LANG")]
    pub(crate) lang: Option<Language>,
    /// Build from what `relata extract` wrote, files or folders of them, instead of documents.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["paths", "lang", "full"])]
    pub(crate) from: Vec<PathBuf>,
    /// The folder to write; it is made when it is not there.
    #[arg(short, long, value_name = "OUT")]
    pub(crate) out: PathBuf,
    /// Read every document again, also those that the build in OUT knows.
    #[arg(long)]
    pub(crate) full: bool,
    #[command(flatten)]
    pub(crate) data: DataArgs,
    #[command(flatten)]
    pub(crate) writing: WritingArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata merge january february -o winter

The order of the builds does not matter, and one given twice counts once: the result is what a build of all their documents
gives. Builds of different programs, schemas, gazetteers or rules are refused, unless --data-of says whose to take.")]
pub(crate) struct MergeArgs {
    /// The build folders.
    #[arg(required = true, value_name = "BUILD")]
    pub(crate) builds: Vec<PathBuf>,
    /// The folder to write; it may be one of the builds.
    #[arg(short, long, value_name = "OUT")]
    pub(crate) out: PathBuf,
    /// Unite builds of different data all the same: take the schema of this one, and its word on what an entity is and is
    /// called. What was found in each document stays as it is.
    #[arg(long, value_name = "BUILD")]
    pub(crate) data_of: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) writing: WritingArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata extract article.txt | jq .statements
  relata extract articles --jobs 4 > extraction.jsonl
  relata extract --lines < documents.jsonl > extraction.jsonl")]
pub(crate) struct ExtractArgs {
    /// Files (.txt, .md) and folders, which are walked; - is standard input.
    #[arg(required_unless_present = "lines", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The language of every document, instead of what front matter or detection say.
    #[arg(long, value_name = "LANG")]
    pub(crate) lang: Option<Language>,
    /// Read documents from standard input as JSON, one a line: {"doc": "name", "text": "…"}, and where known "lang", "title",
    /// "date" and "url". Records come in the order of the lines.
    #[arg(long, conflicts_with = "paths")]
    pub(crate) lines: bool,
    /// Mentions to use instead of the gazetteer's: JSON as gold files have it, one object a document, or a folder of such files;
    /// may be given several times. A type that the schema lacks fits any end of a relation.
    #[arg(long, value_name = "FILE", conflicts_with = "lines")]
    pub(crate) mentions: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) data: DataArgs,
}
