//! The command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use relata_export::{BaseIri, Form, Graphs, RdfVersion};
use relata_model::{Date, Language, Modality};
use relata_store::AnswerFormat;

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
    /// Import, check and compile gazetteers.
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

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata query out 'SELECT ?who WHERE { ?who rel:holdsPositionIn ent:sberbank }'
  relata query out 'SELECT ?what WHERE { @\"Владимир Путин\" ?relation ?what }'
  relata query out -n 03 --format csv
  relata query out -n sanctions --questions my-questions
  relata query out -f question.rq --timeout 10

The prefixes relata: rel: ent: doc: st: ev: rule: run: dcterms: owl: prov: rdf: rdfs: schema: skos: void: xsd: are declared.
@\"Name\" stands for the entity of that name or id; --explain prints the query without such names, for other stores.
A direct triple (rel:…) stands only for what a document asserts in its own voice.")]
pub(crate) struct QueryArgs {
    /// The build folder, or an RDF file (.ttl, .nt, .nq, .trig, .rdf, .jsonld).
    pub(crate) out: PathBuf,
    /// The question in SPARQL.
    #[arg(required_unless_present_any = ["file", "name", "list"], conflicts_with_all = ["file", "name", "list"])]
    pub(crate) sparql: Option<String>,
    /// Read the question from a file; - is standard input.
    #[arg(short, long, value_name = "FILE", conflicts_with_all = ["name", "list"])]
    pub(crate) file: Option<PathBuf>,
    /// A question by its name, or by the number it begins with.
    #[arg(short, long, value_name = "NAME", conflicts_with = "list")]
    pub(crate) name: Option<String>,
    /// A folder of questions of your own (*.rq), beside the shipped ones.
    #[arg(long, value_name = "DIR")]
    pub(crate) questions: Option<PathBuf>,
    /// List the questions that have a name.
    #[arg(long)]
    pub(crate) list: bool,
    /// How to write the answer: table, json, csv, tsv, xml; ttl or ntriples for CONSTRUCT and DESCRIBE.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: AnswerFormat,
    /// Stop after so many seconds; without, the query takes as long as it takes.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) timeout: Option<u64>,
    /// Say how the query is answered: its plan, the rows of each step and the time it took.
    #[arg(long)]
    pub(crate) explain: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata serve out                                    explorer, /query, /store and /api at http://127.0.0.1:7979/
  relata serve out --port 0 > address                 a free port; the address is the only line of standard output
  relata serve out --bind 0.0.0.0 --allowed-host graph.example.org

Everything is only read. A changed build is taken over without a pause. Ctrl-C or SIGTERM ends the server.
The access log goes to standard error.")]
pub(crate) struct ServeArgs {
    /// The build folder, or an RDF file (.ttl, .nt, .nq, .trig, .rdf, .jsonld) (without /api).
    pub(crate) out: PathBuf,
    /// The port; 0 takes a free one.
    #[arg(long, value_name = "PORT", default_value_t = 7979)]
    pub(crate) port: u16,
    /// The address to listen on. Beyond this machine there is no password and no encryption.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) bind: std::net::IpAddr,
    /// A name by which requests may call the server, beside those of this machine; may be given several times.
    #[arg(long, value_name = "NAME")]
    pub(crate) allowed_host: Vec<String>,
    /// An origin (scheme and host) whose pages may read answers; may be given several times.
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) cors: Vec<String>,
    /// Seconds that a question may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) timeout: u64,
    /// Rows or triples that an answer may have.
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub(crate) max_rows: usize,
    /// Megabytes that an answer may have.
    #[arg(long, value_name = "MB", default_value_t = 64, value_parser = clap::value_parser!(u64).range(1..=4096))]
    pub(crate) max_size: u64,
    /// Megabytes of memory that all questions together may take beside the graph.
    #[arg(long, value_name = "MB", default_value_t = 1024, value_parser = clap::value_parser!(u64).range(64..=1_048_576))]
    pub(crate) memory: u64,
    /// Questions that are evaluated at once; as many as there are cores when not given.
    #[arg(long, value_name = "N")]
    pub(crate) concurrent: Option<NonZeroUsize>,
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
#[command(after_help = "Examples:
  relata why out Sberbank
  relata why out Sberbank China
  relata why out Sberbank --names        where the name stands, and why it means Sberbank")]
pub(crate) struct WhyArgs {
    /// The build folder.
    pub(crate) out: PathBuf,
    /// An entity, by id or name.
    pub(crate) entity: String,
    /// Another one: only what links the two.
    pub(crate) other: Option<String>,
    /// List the mentions of the entity and what decided that they mean it.
    #[arg(long)]
    pub(crate) names: bool,
    /// One JSON array instead of text.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata why-not out Nvidia acquires ByteDance 2025-11-20-nvidia-china.md")]
pub(crate) struct WhyNotArgs {
    /// The build folder.
    pub(crate) out: PathBuf,
    /// The subject, by id or name.
    pub(crate) subject: String,
    /// The predicate.
    pub(crate) predicate: String,
    /// The object, by id or name.
    pub(crate) object: String,
    /// The document, as the build names it.
    pub(crate) document: String,
    /// One JSON object instead of text.
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) data: DataArgs,
}

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
pub(crate) struct TopArgs {
    /// The build folder.
    pub(crate) out: PathBuf,
    /// How many.
    #[arg(short = 'n', long, default_value_t = 20)]
    pub(crate) number: usize,
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

#[derive(Debug, clap::Args)]
pub(crate) struct RulesArgs {
    #[command(subcommand)]
    pub(crate) command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Try every rule on its examples and counterexamples.
    Test(RulesTestArgs),
    /// Show what the rules see of a sentence: its grammar, whose frames have their trigger, whom they found.
    Trace(RulesTraceArgs),
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
