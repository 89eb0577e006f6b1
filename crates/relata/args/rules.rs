//! Rules and grammar, for who writes rules.

use std::path::PathBuf;

use clap::Subcommand;
use relata_model::Language;

use super::{DataArgs, InputArgs};

#[derive(Debug, clap::Args)]
pub(crate) struct RulesArgs {
    #[command(subcommand)]
    pub(crate) command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Try every rule on its examples and counterexamples.
    Test(RulesTestArgs),
    /// Tell what every rule finds in documents: how often, how often another rule's reading was kept instead and, with gold
    /// annotations, how often it is right.
    Coverage(RulesCoverageArgs),
    /// Show what the rules see of a sentence: its grammar, whose frames have their trigger, whom they found.
    Trace(RulesTraceArgs),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata rules coverage articles/
  relata rules coverage articles/ --gold annotated/ --mentions annotated/

A table of tab-separated columns: rule, findings, kept, right, wrong, precision, note. A finding is right when the gold has its
subject, predicate and object, in whatever stance; optional gold statements count neither way. Rules of languages that no
document is in are left out.")]
pub(crate) struct RulesCoverageArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// A folder of gold files (*.json) for the documents, as `relata eval` takes it.
    #[arg(long, value_name = "DIR")]
    pub(crate) gold: Option<PathBuf>,
    /// Mentions to use instead of the gazetteer's, as `relata extract --mentions` takes them.
    #[arg(long, value_name = "FILE")]
    pub(crate) mentions: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) data: DataArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata rules trace articles/a.txt:12
  echo 'Sberbank a racheté Yandex.' | relata rules trace - --lang fr")]
pub(crate) struct RulesTraceArgs {
    /// A document, and after a colon the line (from 1) whose sentences are looked at; without a line, all of them; - is standard
    /// input.
    #[arg(value_name = "FILE[:LINE]")]
    pub(crate) place: String,
    /// The language of the document, instead of what front matter or detection say.
    #[arg(long, value_name = "LANG")]
    pub(crate) lang: Option<Language>,
    /// Mentions to use instead of the gazetteer's, as `relata extract --mentions` takes them.
    #[arg(long, value_name = "FILE")]
    pub(crate) mentions: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) data: DataArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct RulesTestArgs {
    /// Also read files of sentences that differ in stance only (fr-contrast.toml); a sentence that makes a fact of a denial, a plan
    /// or a rumour is a fault. May be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) contrast: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) data: DataArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata parse article.txt > article.conllu
  echo 'Sberbank a présenté GigaChat.' | relata parse - --lang fr --tree

Words, lemmas, parts of speech, features and relations of Universal Dependencies, for French, English and Russian.
A name of the gazetteer is one unit. MISC has the place of each word, in characters of the document.")]
pub(crate) struct ParseArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Draw each sentence as a tree instead.
    #[arg(long)]
    pub(crate) tree: bool,
    #[command(flatten)]
    pub(crate) data: DataArgs,
}
