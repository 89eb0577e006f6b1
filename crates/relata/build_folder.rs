//! The folder of a build: written whole or not at all.
//!
//! A build is written into a folder inside it whose name begins with a dot. When every file of it is on the disk, one
//! rename makes it the pending build: from then on it is the build, and what moves its files to their places can be done by
//! whoever opens the folder next. So a build that is killed, or that runs out of disk, leaves the older one whole.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use relata_gazetteer::Source;
use relata_graph::KnowledgeGraph;
use relata_model::{Digest, Entity, ExtractionRecord, Schema};
use serde::{Deserialize, Serialize};

/// The records, one JSON object a line: what everything else derives from.
pub(crate) const RECORDS: &str = "extraction.jsonl";
/// The entities that the records name, as a gazetteer.
pub(crate) const ENTITIES: &str = "entities.jsonl";
/// The schema that the build was made with.
pub(crate) const SCHEMA: &str = "schema.toml";
/// The graph in RDF.
pub(crate) const TURTLE: &str = "graph.ttl";
/// What the build was made from.
pub(crate) const BUILD: &str = "build.json";

const PENDING: &str = ".pending";
const STAGING: &str = ".staging";
const LOCK: &str = ".lock";

/// What a build was made from, and with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BuildInfo {
    /// Version of the program.
    pub(crate) relata: String,
    /// SHA-256 of the data and the version.
    pub(crate) configuration: String,
    /// SHA-256 of each part of the data.
    pub(crate) data: BTreeMap<String, String>,
    /// Where the documents were, as the user wrote it.
    pub(crate) sources: Vec<String>,
    /// SHA-256 of each document's text.
    pub(crate) documents: BTreeMap<String, String>,
    /// Documents that could not be read.
    pub(crate) faults: usize,
}

/// A build being written.
pub(crate) struct Staging {
    out: PathBuf,
    folder: PathBuf,
    /// Held until the build is in place, so that two builds into one folder do not mix.
    _lock: File,
}

impl Staging {
    /// Makes the output folder ready for a new build.
    ///
    /// # Errors
    /// When it cannot be written, or another build is being written into it.
    pub(crate) fn begin(out: &Path) -> Result<Self> {
        let cannot = || format!("cannot write into the output folder {}", out.display());
        if out.exists() && !out.is_dir() {
            bail!("{} is a file: name a folder with -o", out.display());
        }
        fs::create_dir_all(out).with_context(cannot)?;
        let lock = File::create(out.join(LOCK)).with_context(cannot)?;
        if lock.try_lock().is_err() {
            bail!("another build is being written into {}: wait for it, or name another folder", out.display());
        }
        settle(out)?;
        let folder = out.join(STAGING);
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(cannot)?;
        }
        fs::create_dir(&folder).with_context(cannot)?;
        Ok(Self { out: out.to_owned(), folder, _lock: lock })
    }

    /// Writes one file of the build.
    ///
    /// # Errors
    /// When the disk is full or fails.
    pub(crate) fn write(&self, name: &str, content: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
        let cannot = || {
            format!("cannot write {}: the older build, if there was one, is as it was", self.out.join(name).display())
        };
        let file = File::create(self.folder.join(name)).with_context(cannot)?;
        let mut out = BufWriter::with_capacity(1 << 16, file);
        content(&mut out).with_context(cannot)?;
        let file = out.into_inner().map_err(std::io::IntoInnerError::into_error).with_context(cannot)?;
        file.sync_all().with_context(cannot)
    }

    /// Makes what was written the build.
    ///
    /// # Errors
    /// When the folder cannot be changed.
    pub(crate) fn commit(self) -> Result<()> {
        fs::rename(&self.folder, self.out.join(PENDING))
            .with_context(|| format!("cannot finish the build in {}", self.out.display()))?;
        settle(&self.out)
    }
}

impl Drop for Staging {
    /// Takes away what was not committed; a folder that is gone already is what is wanted.
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Moves the files of a pending build to their places.
fn settle(out: &Path) -> Result<()> {
    let pending = out.join(PENDING);
    if !pending.is_dir() {
        return Ok(());
    }
    let cannot = || format!("cannot finish the build in {}", out.display());
    for entry in fs::read_dir(&pending).with_context(cannot)? {
        let entry = entry.with_context(cannot)?;
        fs::rename(entry.path(), out.join(entry.file_name())).with_context(cannot)?;
    }
    fs::remove_dir(&pending).with_context(cannot)
}

/// A build that is there.
pub(crate) struct Build {
    /// What it was made from.
    pub(crate) info: BuildInfo,
    /// What its records say.
    pub(crate) graph: KnowledgeGraph,
}

impl Build {
    /// Opens a build folder.
    ///
    /// # Errors
    /// When there is no build, or a file of it is missing or broken.
    pub(crate) fn open(out: &Path) -> Result<Self> {
        let info = info(out)?;
        let schema = text(out, SCHEMA)?;
        let schema = Schema::from_toml(&out.join(SCHEMA).display().to_string(), &schema)?;
        let entities = text(out, ENTITIES)?;
        let source = Source::of_text(&out.join(ENTITIES).display().to_string(), &entities);
        let entities: BTreeMap<String, Entity> = relata_gazetteer::load(&[source], &schema)?
            .entities
            .into_iter()
            .map(|entity| (entity.id.to_string(), entity))
            .collect();
        let graph = KnowledgeGraph::merge(records(out)?, |id| entities.get(id).cloned(), &schema)?;
        Ok(Self { info, graph })
    }
}

/// What a build folder was made from.
///
/// # Errors
/// When the folder holds no build.
pub(crate) fn info(out: &Path) -> Result<BuildInfo> {
    if !out.exists() {
        bail!("there is no folder {}: make a build with `relata build PATH -o {}`", out.display(), out.display());
    }
    settle(out)?;
    if !out.join(BUILD).is_file() {
        bail!("{} holds no build: make one with `relata build PATH -o {}`", out.display(), out.display());
    }
    let info = text(out, BUILD)?;
    serde_json::from_str(&info).with_context(|| format!("{} is broken: build again", out.join(BUILD).display()))
}

/// The records of a build folder.
///
/// # Errors
/// When the file is missing or broken.
pub(crate) fn records(out: &Path) -> Result<Vec<ExtractionRecord>> {
    read_records(&out.join(RECORDS))
}

/// The records of a JSON Lines file.
///
/// # Errors
/// When it cannot be read or a line is no record.
pub(crate) fn read_records(path: &Path) -> Result<Vec<ExtractionRecord>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines = std::io::BufRead::lines(BufReader::new(file)).enumerate();
    let mut records = Vec::new();
    for (number, line) in lines {
        let line = line.with_context(|| format!("cannot read {}", path.display()))?;
        if !line.trim().is_empty() {
            let place = || format!("{}:{}: this is no extraction record", path.display(), number + 1);
            records.push(serde_json::from_str(&line).with_context(place)?);
        }
    }
    Ok(records)
}

/// The RDF of a build folder.
///
/// # Errors
/// When the folder holds no build.
pub(crate) fn turtle(out: &Path) -> Result<BufReader<File>> {
    info(out)?;
    let path = out.join(TURTLE);
    Ok(BufReader::new(File::open(&path).with_context(|| format!("cannot read {}", path.display()))?))
}

fn text(out: &Path, name: &str) -> Result<String> {
    let path = out.join(name);
    fs::read_to_string(&path).with_context(|| format!("cannot read {}: build again", path.display()))
}

impl BuildInfo {
    /// Notes of a digest, as it is written.
    pub(crate) fn part((name, digest): &(String, Digest)) -> (String, String) {
        (name.clone(), digest.to_string())
    }
}
