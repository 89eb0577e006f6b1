//! The command line.

mod asking;
mod building;
mod comparing;
mod gazetteers;
mod judging;
mod rules;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use relata_export::{BaseIri, Form, Graphs, RdfVersion};
use relata_model::{Date, Language, Modality};

pub(crate) use asking::{LoadArgs, QueryArgs, ServeArgs, TopArgs, WhyArgs, WhyNotArgs};
pub(crate) use building::{BuildArgs, ExtractArgs, MergeArgs};
pub(crate) use comparing::{ConflictsArgs, DiffArgs, DiffFormat, EvalArgs, VerifyArgs};
pub(crate) use gazetteers::{
    GazetteerArgs, GazetteerCheckArgs, GazetteerCommand, GazetteerCompileArgs, GazetteerImportArgs,
    GazetteerSuggestArgs,
};
pub(crate) use judging::{JudgeArgs, JudgementsArgs, SignatureArgs, UndoArgs};
pub(crate) use rules::{ParseArgs, RulesArgs, RulesCommand, RulesCoverageArgs, RulesTestArgs, RulesTraceArgs};

/// Turns a folder of press documents into a knowledge graph in which every claim can be shown in its sentence.
///
/// Everything happens on this machine: no network, no model download, no key. The same input gives the same bytes.
#[derive(Debug, Parser)]
#[command(
    name = "relata",
    version,
    max_term_width = 100,
    after_help = "Examples:
  relata build articles -o out                    read a folder, write the graph
  relata why out Sberbank                         the sentences behind an entity
  relata query out -n 01                          a ready question in SPARQL
  relata export out -o nvidia.svg --focus Nvidia  a picture, with Graphviz

Exit code 0: done; 1: done, with faults reported; 2: could not start."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Say nothing but faults and errors.
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// Say more.
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
    /// How many threads to use; all cores when not given. The output does not depend on it.
    #[arg(long, global = true, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read documents, find names and relations, write the graph as Turtle, GraphML and DOT.
    Build(BuildArgs),
    /// Unite builds into one.
    Merge(MergeArgs),
    /// Write what was found in each document, one JSON object a line, on standard output.
    Extract(ExtractArgs),
    /// Ask a build in SPARQL.
    Query(QueryArgs),
    /// Keep a graph on disk, for questions to graphs that are larger than memory.
    Load(LoadArgs),
    /// Answer SPARQL and small JSON questions over HTTP, with an explorer for the browser.
    Serve(ServeArgs),
    /// Write a build, or a part of it, in another format.
    Export(ExportArgs),
    /// Show the sentences behind an entity, or behind what links two.
    Why(WhyArgs),
    /// Tell why a document does not make a statement: which name or rule is missing.
    WhyNot(WhyNotArgs),
    /// Tell what differs between two builds, and why.
    Diff(DiffArgs),
    /// List what documents say that cannot all be so, both sides with their passages.
    Conflicts(ConflictsArgs),
    /// List the entities that most documents name.
    Top(TopArgs),
    /// Reopen the documents of a build and check every quotation.
    Verify(VerifyArgs),
    /// Import, check and compile gazetteers; judge who is who.
    Gazetteer(GazetteerArgs),
    /// Check relation rules.
    Rules(RulesArgs),
    /// Score a build or an extraction against gold annotations.
    Eval(EvalArgs),
    /// Print the grammar of sentences as CoNLL-U, or drawn as trees.
    Parse(ParseArgs),
    /// Print the RDF vocabulary, or the SHACL shapes that every export conforms to.
    Vocab(VocabArgs),
    /// Print completions for a shell.
    Completions(CompletionsArgs),
}

/// Which data to run on.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Data")]
pub(crate) struct DataArgs {
    /// A gazetteer (JSON Lines, a table in CSV, or compiled) whose names are added to the shipped ones; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) gazetteer: Vec<PathBuf>,
    /// Leave the shipped entities out.
    #[arg(long)]
    pub(crate) no_default_gazetteer: bool,
    /// A journal of judgements (`relata gazetteer judge`): which entities are one, and which are two; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) judgements: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) names: NameFormArgs,
    /// A folder of rule files (*.toml) to add to the shipped ones; may be given several times.
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Vec<PathBuf>,
    /// Find names only: the shipped rules are left out, and nothing is read from the sentences.
    #[arg(long)]
    pub(crate) no_relations: bool,
    /// A schema (TOML) to use instead of the shipped one.
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,
    /// A folder to use instead of all the data that the program carries.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
}

/// In which forms names are looked for.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Data")]
pub(crate) struct NameFormArgs {
    /// Look for Russian names in French, English and Russian letters, whichever of them a gazetteer has.
    #[arg(long)]
    pub(crate) transliterate: bool,
    /// Find long names in which one letter is wrong, too; they are marked as such.
    #[arg(long)]
    pub(crate) spelling: bool,
}

/// Which documents to read.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct InputArgs {
    /// Files (.txt, .md) and folders, which are walked; - is standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The language of every document, instead of what front matter or detection say.
    #[arg(long, value_name = "LANG")]
    pub(crate) lang: Option<Language>,
}

/// How graphs are written.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Writing")]
pub(crate) struct WritingArgs {
    /// Where the IRIs of the data begin.
    #[arg(long, value_name = "IRI", value_parser = |text: &str| BaseIri::parse(text))]
    pub(crate) base_iri: Option<BaseIri>,
    /// The language of labels: fr, en or ru; by default the one most documents are in.
    #[arg(long, value_name = "LANG")]
    pub(crate) labels: Option<Language>,
    /// What the dataset is called.
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// The IRI of the licence under which the graph is given away.
    #[arg(long, value_name = "IRI")]
    pub(crate) licence: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata export out -o sberbank.svg --focus Sberbank --hops 2
  relata export out -f html -o evidence --focus Sberbank      pages to mail: every claim in its sentence
  relata export out -f graphml --type Company --modality asserted > companies.graphml
  relata export out -f turtle --since 2025-01 > 2025.ttl
  relata export out -f neo4j -o tables                        and the command that imports them

RDF       turtle, ntriples, trig, nquads, rdfxml, jsonld, annotations (Web Annotation)
Graphs    graphml (NetworkX, igraph, Gephi), yed, gexf (Gephi, with time), cytoscape, node-link (D3)
Pictures  svg, png, pdf (with Graphviz), dot, mermaid
Folders   html, obsidian, csv (Gephi), csv-excel, neo4j; they need -o")]
pub(crate) struct ExportArgs {
    /// The build folder.
    pub(crate) out: PathBuf,
    /// The format, one of those below; by default what the end of the file's name says.
    #[arg(short, long)]
    pub(crate) format: Option<Form>,
    /// The file or folder to write; by default standard output.
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
    /// Only what is near this entity (id or name); may be given several times.
    #[arg(long, value_name = "ENTITY")]
    pub(crate) focus: Vec<String>,
    /// How many statements away from the focus.
    #[arg(long, value_name = "N", default_value_t = 1, requires = "focus", value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    pub(crate) hops: usize,
    /// Only the N entities that most documents name.
    #[arg(long, value_name = "N")]
    pub(crate) top: Option<usize>,
    /// Only entities of this type and its subtypes; may be given several times.
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) types: Vec<String>,
    /// Only this predicate; may be given several times.
    #[arg(long, value_name = "PREDICATE")]
    pub(crate) predicate: Vec<String>,
    /// Only this modality (asserted, ended, planned, hypothetical, negated); may be given several times.
    #[arg(long, value_name = "MODALITY")]
    pub(crate) modality: Vec<Modality>,
    /// Only what a document asserts in its own voice.
    #[arg(long)]
    pub(crate) facts: bool,
    /// Only statements that at least N documents make.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) min_documents: usize,
    /// Only statements that have at least N origins: near-copies and copies of one agency count once.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) min_origins: usize,
    /// Only statements of documents of this date or later.
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<Date>,
    /// Only statements of documents of this date or earlier.
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Date>,
    /// Draw every statement, however many there are.
    #[arg(long)]
    pub(crate) all: bool,
    /// Draw no legend.
    #[arg(long)]
    pub(crate) no_legend: bool,
    /// The version of RDF: 1.1, or 1.2, which is a draft, with triple terms.
    #[arg(long, value_name = "VERSION")]
    pub(crate) rdf: Option<RdfVersion>,
    /// How trig and nquads sort triples: one graph, or a graph a document (one, document).
    #[arg(long, value_name = "HOW")]
    pub(crate) graphs: Option<Graphs>,
    /// Where the documents are now, for html; by default where the build read them.
    #[arg(long, value_name = "PATH")]
    pub(crate) texts: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) writing: WritingArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct VocabArgs {
    /// Print the SHACL shapes instead.
    #[arg(long)]
    pub(crate) shapes: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// The shell.
    pub(crate) shell: clap_complete::Shell,
}
