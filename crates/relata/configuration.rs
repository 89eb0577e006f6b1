//! From the command line's data options to an extractor.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use relata_extract::{Data, Extractor, Gazetteers, Spelling};
use relata_gazetteer::Compiled;
use relata_gazetteer::forms::Transliterations;
use relata_gazetteer::judgements::{Judgements, Verdict};
use relata_grammar::Grammar;
use relata_model::{Digest, EntityId, Language, Schema};
use serde::{Deserialize, Serialize};

use crate::args::DataArgs;
use crate::gazetteers::{self, Opened};
use crate::journals;

/// The data of a run, compiled, with what identifies it.
pub(crate) struct Configuration {
    /// What reads documents.
    pub(crate) extractor: Extractor,
    /// The schema's text, which a build keeps.
    pub(crate) schema_text: String,
    /// What identifies it.
    pub(crate) identity: Identity,
    /// What the user may want to know of the data.
    pub(crate) notes: Vec<String>,
}

/// What identifies the program and the data of a run: two runs of one identity find the same in the same text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Identity {
    /// Version of the program.
    pub(crate) relata: String,
    /// SHA-256 of the source code that extraction runs through, so that two builds of one version are told apart.
    pub(crate) program: String,
    /// SHA-256 of all that follows and the two above.
    pub(crate) configuration: String,
    /// SHA-256 of each file of the data: `data/...` for what the program carries or a data folder replaces it by, else the
    /// path as the user gave it.
    pub(crate) data: BTreeMap<String, String>,
    /// Options that change what is found.
    #[serde(skip_serializing_if = "BTreeSet::is_empty", default)]
    pub(crate) options: BTreeSet<String>,
    /// The judgements that held, as lines of a journal.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(crate) judgements: Vec<serde_json::Value>,
}

impl Identity {
    /// What the records are marked with that this program makes with these data when the user sets this language.
    pub(crate) fn key(&self, language: Option<Language>) -> String {
        let language = language.map(|language| language.to_string()).unwrap_or_default();
        Digest::of_parts(&[&self.configuration, &language]).short()
    }

    /// The same where title, date or address were given beside the text: such a record is not that of a file with that text.
    pub(crate) fn key_with_metadata(&self, language: Option<Language>) -> String {
        Digest::of_parts(&[&self.key(language), "metadata"]).short()
    }
}

/// The data of a run, read but not compiled.
pub(crate) struct Sources {
    data: Data,
    schema: Schema,
    schema_text: String,
    gazetteers: Gazetteers,
    /// Compiled files, whose digests are only claimed so far.
    mapped: Vec<(PathBuf, Arc<Compiled>)>,
    rules: Vec<(String, String)>,
    notes: Vec<String>,
    /// What identifies them.
    pub(crate) identity: Identity,
}

/// Reads and compiles what the options name.
///
/// # Errors
/// When a file cannot be read, or has faults: all of them, with their places.
pub(crate) fn load(args: &DataArgs) -> Result<Configuration> {
    read(args)?.compile()
}

/// Reads what the options name.
///
/// # Errors
/// When a file cannot be read, or the schema has faults.
pub(crate) fn read(args: &DataArgs) -> Result<Sources> {
    let mut data = data(args.data.as_deref())?;
    if args.no_relations {
        data = data.without_rules();
    }
    let (schema_name, schema_text) = schema_text(&data, args.schema.as_deref())?;
    let schema = Schema::from_toml(&schema_name, &schema_text)?;
    let shipped = data.digests();
    let mut parts: BTreeMap<String, String> =
        shipped.iter().map(|(path, digest)| (format!("data/{path}"), digest.to_string())).collect();
    // The order of gazetteers and rules given decides whose label wins, so their digests count in that order.
    let mut given = vec![Digest::of(schema_text.as_bytes()).to_string()];
    let mut part = |path: String, digest: Digest| {
        let digest = digest.to_string();
        given.push(digest.clone());
        parts.insert(path, digest);
    };
    if let Some(path) = &args.schema {
        part(path.display().to_string(), Digest::of(schema_text.as_bytes()));
    }
    let (mut sources, mut compiled, mut mapped) = (Vec::new(), Vec::new(), Vec::new());
    for path in &args.gazetteer {
        let (opened, digest) =
            gazetteers::open(path, &schema, &schema_text, transliterations(args.names.transliterate))?;
        part(path.display().to_string(), digest);
        match opened {
            Opened::Source(source) => sources.push(source),
            Opened::Compiled(layer) => compiled.push(layer),
            Opened::Mapped(layer) => {
                mapped.push((path.clone(), Arc::clone(&layer)));
                compiled.push(layer);
            }
        }
    }
    let (mut read, mut notes) = (Vec::new(), Vec::new());
    for path in &args.judgements {
        let (journal, digest) = journals::read(path)?;
        part(path.display().to_string(), digest);
        notes.extend(journal.torn.iter().map(ToString::to_string));
        read.push(journal);
    }
    let judgements = Judgements::of(&read)?;
    notes.extend(unsure(&judgements));
    if args.no_default_gazetteer && args.gazetteer.is_empty() {
        bail!("--no-default-gazetteer leaves no names to look for: give a gazetteer with --gazetteer FILE");
    }
    let mut rules = Vec::new();
    for folder in &args.rules {
        for path in rule_files(folder)? {
            let text = std::fs::read_to_string(&path).with_context(|| unreadable(&path))?;
            part(path.display().to_string(), Digest::of(text.as_bytes()));
            rules.push((path.display().to_string(), text));
        }
    }
    let held = judgements.lines().iter().map(|line| serde_json::from_str(&line.entry.to_line()));
    let held = held.collect::<Result<Vec<serde_json::Value>, _>>()?;
    let transliterations = transliterations(args.names.transliterate);
    let without_shipped = args.no_default_gazetteer;
    let spelling = if args.names.spelling { Spelling::OneSlip } else { Spelling::Right };
    let gazetteers = Gazetteers { sources, compiled, judgements, without_shipped, transliterations, spelling };
    let options: BTreeSet<String> = [
        ("no-default-gazetteer", args.no_default_gazetteer),
        ("no-relations", args.no_relations),
        ("spelling", args.names.spelling),
        ("transliterate", args.names.transliterate),
    ]
    .into_iter()
    .filter(|(_, given)| *given)
    .map(|(name, _)| name.to_owned())
    .collect();
    let (relata, program) = (env!("CARGO_PKG_VERSION"), env!("RELATA_PROGRAM"));
    let shipped = shipped.into_iter().flat_map(|(path, digest)| [path, digest.to_string()]);
    let words: Vec<String> = [relata.to_owned(), program.to_owned()]
        .into_iter()
        .chain(options.iter().cloned())
        .chain(shipped)
        .chain(given)
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let identity = Identity {
        relata: relata.to_owned(),
        program: program.to_owned(),
        configuration: Digest::of_parts(&words).to_string(),
        data: parts,
        options,
        judgements: held,
    };
    Ok(Sources { data, schema, schema_text, gazetteers, mapped, rules, notes, identity })
}

impl Sources {
    /// Compiles names and rules.
    ///
    /// # Errors
    /// Every fault of every file, with its place; a compiled gazetteer whose digest is not the one it claims.
    pub(crate) fn compile(self) -> Result<Configuration> {
        // Records are reused by digest, so a digest must be true. Computing that of a large file takes as long as the rules do.
        let verify = || self.mapped.iter().try_for_each(|(path, compiled)| compiled.verify(path));
        let (verified, extractor) = std::thread::scope(|scope| {
            let verified = scope.spawn(verify);
            let extractor = Extractor::new(&self.data, self.schema, &self.gazetteers, &self.rules);
            (verified.join().expect("computing a digest does not panic"), extractor)
        });
        verified?;
        let extractor = extractor?;
        let mut notes = self.notes;
        let unknown: Vec<&str> = extractor.gazetteer().unknown_to_judgements().map(EntityId::as_str).collect();
        if !unknown.is_empty() {
            notes.push(format!("judgements name entities that no gazetteer here has: {}", unknown.join(", ")));
        }
        Ok(Configuration { extractor, schema_text: self.schema_text, identity: self.identity, notes })
    }
}

/// What nobody could tell.
fn unsure(judgements: &Judgements) -> Option<String> {
    const MOST: usize = 5;
    let pairs = judgements.pairs(Verdict::Unsure);
    let mut words: Vec<String> = pairs.keys().take(MOST).map(|(one, other)| format!("{one} and {other}")).collect();
    if pairs.len() > MOST {
        words.push(format!("{} more (relata gazetteer judgements lists them)", pairs.len() - MOST));
    }
    (!pairs.is_empty()).then(|| format!("judged unsure, and left apart: {}", words.join(", ")))
}

/// What the option of that name asks for.
pub(crate) fn transliterations(given: bool) -> Transliterations {
    if given { Transliterations::Russian } else { Transliterations::None }
}

/// The data of a folder, or what the program carries.
pub(crate) fn data(folder: Option<&Path>) -> Result<Data> {
    Ok(match folder {
        Some(folder) => Data::read(folder)?,
        None => Data::shipped(),
    })
}

/// The grammar of a language: that of the data folder when it has one, otherwise that which the program carries.
///
/// # Errors
/// When the folder's model is none, or of another language or version.
pub(crate) fn grammar(data: &Data, language: relata_grammar::Language) -> Result<Grammar> {
    match data.grammar_model(language.code()) {
        Some((name, bytes)) => Grammar::from_bytes(language, bytes).context(name),
        None => Grammar::load(language).context("a model that the program carries is broken"),
    }
}

/// The name and text of the schema.
pub(crate) fn schema_text(data: &Data, file: Option<&Path>) -> Result<(String, String)> {
    match file {
        Some(path) => {
            Ok((path.display().to_string(), std::fs::read_to_string(path).with_context(|| unreadable(path))?))
        }
        None => match data.file("schema/schema.toml") {
            Some((name, text)) => Ok((name, text.to_owned())),
            None => bail!("the data folder {} has no schema/schema.toml", data.name()),
        },
    }
}

fn rule_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| unreadable(folder))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    if files.is_empty() {
        bail!("{} has no rule files (*.toml)", folder.display());
    }
    Ok(files)
}

pub(crate) fn unreadable(path: &Path) -> String {
    format!("cannot read {}", path.display())
}
