//! Gazetteers: imported, compiled, checked, judged.

use std::path::PathBuf;

use clap::Subcommand;
use relata_model::Language;

use super::{JudgeArgs, JudgementsArgs, UndoArgs};

#[derive(Debug, clap::Args)]
pub(crate) struct GazetteerArgs {
    #[command(subcommand)]
    pub(crate) command: GazetteerCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum GazetteerCommand {
    /// Report broken lines, names shared by several entities, names that are too short, forms that collide.
    Check(GazetteerCheckArgs),
    /// Make a gazetteer of a spreadsheet, a register or a knowledge base.
    Import(GazetteerImportArgs),
    /// Make one file of gazetteers that opens at once, however large it is.
    Compile(GazetteerCompileArgs),
    /// Write into a journal that two entities are the same, are not, or that nobody can tell.
    Judge(JudgeArgs),
    /// Write into a journal that one of its lines holds no longer.
    Undo(UndoArgs),
    /// List what holds of journals of judgements, and where they speak against themselves.
    Judgements(JudgementsArgs),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata gazetteer import names.csv -o names.jsonl
  relata gazetteer import allCountries.txt --min-population 1000 -o places.jsonl
  relata gazetteer import latest-all.json.bz2 -f wikidata --languages fr,en,ru -o world.jsonl

Formats: jsonl; csv (also with tabs or semicolons; a header such as name,type,aliases,language,wikidata); geonames; wikidata (dump
lines); ftm (entities.ftm.json); sparql-json; turtle, ntriples, rdfxml. Files may be compressed by gzip or bzip2.
What is dropped is told with its lines, and the exit code is 1.")]
pub(crate) struct GazetteerImportArgs {
    /// The file to read; - is standard input.
    #[arg(value_name = "SOURCE")]
    pub(crate) source: PathBuf,
    /// Its format; by default what its name tells.
    #[arg(short, long)]
    pub(crate) format: Option<relata_import::Format>,
    /// The gazetteer to write.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Keep only names in these languages.
    #[arg(long, value_name = "LANG", value_delimiter = ',')]
    pub(crate) languages: Vec<Language>,
    /// The type of what has none that is known.
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) default_type: Option<String>,
    /// Of GeoNames, only places of at least so many people.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) min_population: u64,
    /// The encoding of the text, such as windows-1251; by default UTF-8, or what a table shows.
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
    /// A schema (TOML) to use instead of the shipped one.
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata gazetteer compile register.jsonl -o register.rlg
  relata build articles -o out --gazetteer register.rlg

The file may be moved and shared; it holds for programs that read the same format. The same names give the same bytes.")]
pub(crate) struct GazetteerCompileArgs {
    /// Gazetteers in JSON Lines or CSV; the same id in two of them is one entity.
    #[arg(required = true, value_name = "SOURCE")]
    pub(crate) sources: Vec<PathBuf>,
    /// The file to write; in a folder, it is named for its digest.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// A schema (TOML) to use instead of the shipped one.
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Without FILE, checks the shipped gazetteer.")]
pub(crate) struct GazetteerCheckArgs {
    /// Gazetteers in JSON Lines, or compiled.
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// A schema (TOML) to use instead of the shipped one.
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,
}
