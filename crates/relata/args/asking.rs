//! Questions to a build.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use relata_store::AnswerFormat;

use super::DataArgs;

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
    /// The build folder, an RDF file (.ttl, .nt, .nq, .trig, .rdf, .jsonld), or a store made by `relata load`.
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
  relata load out -o store
  relata query store 'SELECT ?who WHERE { ?who rel:holdsPositionIn ent:sberbank }'
  relata serve store

Only where the program was built with `cargo build --release --features rocksdb`. A store is made once: load into another
folder, and rename it, to replace one.")]
pub(crate) struct LoadArgs {
    /// The build folder, or an RDF file (.ttl, .nt, .nq, .trig, .rdf, .jsonld).
    pub(crate) out: PathBuf,
    /// The folder to make the store in; there must be none yet.
    #[arg(short, long = "output", value_name = "DIR")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  relata serve out                                    explorer, /query, /store and /api at http://127.0.0.1:7979/
  relata serve out --port 0 > address                 a free port; the address is the only line of standard output
  relata serve out --bind 0.0.0.0 --allowed-host graph.example.org

Everything is only read. A changed build is taken over without a pause. Ctrl-C or SIGTERM ends the server.
The access log goes to standard error.")]
pub(crate) struct ServeArgs {
    /// The build folder; or, without /api, an RDF file (.ttl, .nt, .nq, .trig, .rdf, .jsonld) or a store made by `relata load`.
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
pub(crate) struct TopArgs {
    /// The build folder.
    pub(crate) out: PathBuf,
    /// How many.
    #[arg(short = 'n', long, default_value_t = 20)]
    pub(crate) number: usize,
}
