//! Gazetteers: imported, compiled, checked, judged.

use std::path::PathBuf;

use clap::Subcommand;
use relata_model::Language;

use super::{InputArgs, JudgeArgs, JudgementsArgs, UndoArgs};

#[derive(Debug, clap::Args)]
pub(crate) struct GazetteerArgs {
    #[command(subcommand)]
    pub(crate) command: GazetteerCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum GazetteerCommand {
    /// Report broken lines, names shared by several entities, names that are short or common words, forms that collide.
    Check(GazetteerCheckArgs),
    /// Make a gazetteer of a spreadsheet, a register or a knowledge base.
    Import(GazetteerImportArgs),
    /// Make one file of gazetteers that opens at once, however large it is.
    Compile(GazetteerCompileArgs),
    /// List names of a corpus that no entity has, as the table that `import` reads.
    Suggest(GazetteerSuggestArgs),
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
  relata gazetteer import cities500.txt --alternate-names alternateNamesV2.txt --languages fr,en,ru -o cities.jsonl
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
    /// Of GeoNames, the file of names by language (alternateNames.txt, alternateNamesV2.txt); those in the languages wanted are
    /// held in memory.
    #[arg(long, value_name = "FILE")]
    pub(crate) alternate_names: Option<PathBuf>,
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
    /// Add Russian names in French, English and Russian letters, whichever of them a source has.
    #[arg(long)]
    pub(crate) transliterate: bool,
    /// A schema (TOML) to use instead of the shipped one.
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata gazetteer check names.jsonl
  relata gazetteer check names.jsonl --text articles        with how often names stand as common words, and those that never stand
  relata gazetteer check names.jsonl --json | jq '.[] | select(.kind == \"common word\")'

Without FILE, checks the shipped gazetteer. Faults (broken lines, an id twice) end the check with exit code 1; doubts do no harm.")]
pub(crate) struct GazetteerCheckArgs {
    /// Gazetteers in JSON Lines or CSV, or one that is compiled.
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Documents in which names are counted: as common words in small letters, at the start of sentences, or not at all; may be
    /// given several times.
    #[arg(long, value_name = "PATH")]
    pub(crate) text: Vec<PathBuf>,
    /// A journal of judgements: names that entities share which were judged different are no doubts; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) judgements: Vec<PathBuf>,
    /// Write JSON, an object a fault or doubt.
    #[arg(long)]
    pub(crate) json: bool,
    /// A schema (TOML) to use instead of the shipped one.
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata gazetteer suggest articles -o new.csv
  … delete the lines of what you do not want, mend names and types …
  relata gazetteer import new.csv -o names.jsonl
  relata build articles -o out --gazetteer names.jsonl

A line has a name, its guessed type and why, its language, how often and in how many documents it stands, up to three passages, and
the entity that comes nearest, if any. What most speaks for comes first. The columns after the fourth are for you: an import passes them
over. README.md tells how many of the first lines are names, and how many names are among them.")]
pub(crate) struct GazetteerSuggestArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// The file to write; by default standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Write no more than N lines.
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(crate) top: usize,
    /// Only names that stand at least N times in the corpus.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) least: u32,
    /// Write the table as Excel opens it: with semicolons and a mark of its encoding.
    #[arg(long)]
    pub(crate) excel: bool,
    /// A gazetteer whose names are known, beside the shipped ones; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) gazetteer: Vec<PathBuf>,
    /// Take the shipped entities for unknown.
    #[arg(long)]
    pub(crate) no_default_gazetteer: bool,
    /// A journal of judgements; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) judgements: Vec<PathBuf>,
    /// A schema (TOML) to use instead of the shipped one.
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,
    /// A folder to use instead of all the data that the program carries.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
}
