//! Who is who: judgements and their journal.

use std::path::PathBuf;

use relata_gazetteer::judgements::Verdict;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata gazetteer judge sber same sberbank --by \"Ana Roy\" --why \"rebranded in 2020\"
  relata gazetteer judge \"Orange\" different \"Orange (fruit)\" --gazetteer names.jsonl --by Ana --why \"homographs\"
  relata build articles -o out --judgements judgements.jsonl

same: a build unites the two, with all their names, under the id that comes first in code-point order, ids without digits before
those with. different: they are never united, and where a document names one of them beyond doubt, a name that both have is not
the other. unsure: changes nothing and is listed. A line is added at the end of the journal, never changed; `undo` adds another.
A judgement that speaks against others is written too, told with all the lines involved, and builds refuse the journal until one of
them is undone.")]
pub(crate) struct JudgeArgs {
    /// The one entity: its id, or a name that only it has.
    pub(crate) one: String,
    /// same, different or unsure.
    #[arg(value_name = "VERDICT", value_parser = |word: &str| word.parse::<Verdict>())]
    pub(crate) verdict: Verdict,
    /// The other entity.
    pub(crate) other: String,
    /// A gazetteer that has them, beside the shipped one; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) gazetteer: Vec<PathBuf>,
    /// A schema (TOML) to use instead of the shipped one.
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) signature: SignatureArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata gazetteer judgements                    lists the lines with their ids
  relata gazetteer undo 9f86d081884c7d65 --by Ana --why \"the magazine, not the bank\"

An undoing can be undone in its turn.")]
pub(crate) struct UndoArgs {
    /// The id of the line.
    #[arg(value_name = "ID")]
    pub(crate) line: String,
    #[command(flatten)]
    pub(crate) signature: SignatureArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct SignatureArgs {
    /// The journal; it is made when it is not there.
    #[arg(long, value_name = "FILE", default_value = "judgements.jsonl")]
    pub(crate) journal: PathBuf,
    /// Who says so.
    #[arg(long, value_name = "NAME")]
    pub(crate) by: String,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: String,
    /// When, such as 2026-11-20T10:00:00Z; by default what the clock says now.
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "What holds is listed by entity, each line with its id; exit code 1 when lines speak against each other."
)]
pub(crate) struct JudgementsArgs {
    /// The journals; several are read as one.
    #[arg(value_name = "FILE", default_value = "judgements.jsonl")]
    pub(crate) journals: Vec<PathBuf>,
    /// Write JSON, a line of the journal an item.
    #[arg(long)]
    pub(crate) json: bool,
}
