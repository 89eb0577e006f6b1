//! The folder of a build: written whole or not at all.
//!
//! A build is written into a folder inside it whose name begins with a dot. When every file of it is on the disk, one
//! rename makes it the pending build: from then on it is the build, and what moves its files to their places can be done by
//! whoever opens the folder next. So a build that is killed, or that runs out of disk, leaves the older one whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use relata_gazetteer::Source;
use relata_graph::{GraphDraft, KnowledgeGraph};
use relata_model::{Entity, ExtractionRecord, Schema};
use serde::{Deserialize, Serialize};

use crate::configuration::Identity;
use crate::record_file::{RecordFile, each_record};

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
    /// The program and its data.
    #[serde(flatten)]
    pub(crate) identity: Identity,
    /// Where the documents were, as the user wrote it; in order, none twice.
    pub(crate) sources: BTreeSet<String>,
    /// SHA-256 of the file of records.
    pub(crate) records: String,
    /// SHA-256 of each document's text.
    pub(crate) documents: BTreeMap<String, String>,
    /// Documents that were left out, each with the reason.
    pub(crate) faults: BTreeMap<String, String>,
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
        let mut file = self.create(name)?;
        content(&mut file.out).with_context(|| file.cannot())?;
        file.finish()
    }

    /// Begins one file of the build, for content that comes in pieces.
    ///
    /// # Errors
    /// When the disk is full or fails.
    pub(crate) fn create(&self, name: &str) -> Result<StagedFile> {
        let shown = self.out.join(name);
        let file = File::create(self.folder.join(name)).with_context(|| cannot_write(&shown))?;
        Ok(StagedFile { shown, out: BufWriter::with_capacity(1 << 16, file) })
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

/// A file of a build being written.
pub(crate) struct StagedFile {
    /// Where it will be.
    shown: PathBuf,
    out: BufWriter<File>,
}

impl StagedFile {
    /// Writes the next piece.
    ///
    /// # Errors
    /// When the disk is full or fails.
    pub(crate) fn add(&mut self, piece: &[u8]) -> Result<()> {
        self.out.write_all(piece).with_context(|| self.cannot())
    }

    /// Brings everything to the disk.
    ///
    /// # Errors
    /// When the disk is full or fails.
    pub(crate) fn finish(self) -> Result<()> {
        let Self { shown, out } = self;
        let file = out.into_inner().map_err(std::io::IntoInnerError::into_error);
        file.and_then(|file| file.sync_all()).with_context(|| cannot_write(&shown))
    }

    fn cannot(&self) -> String {
        cannot_write(&self.shown)
    }
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write {}: the older build, if there was one, is as it was", path.display())
}

impl Drop for Staging {
    /// Takes away what was not committed; a folder that is gone already is what is wanted.
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Moves the files of a pending build to their places. Somebody else may be doing the same: what is gone is in its place.
fn settle(out: &Path) -> Result<()> {
    let pending = out.join(PENDING);
    if !pending.is_dir() {
        return Ok(());
    }
    let cannot = || format!("cannot finish the build in {}", out.display());
    let unless_gone = |done: std::io::Result<()>| match done {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other.with_context(cannot),
    };
    let entries = match fs::read_dir(&pending) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        other => other.with_context(cannot)?,
    };
    for entry in entries {
        let entry = entry.with_context(cannot)?;
        unless_gone(fs::rename(entry.path(), out.join(entry.file_name())))?;
    }
    unless_gone(fs::remove_dir(&pending))
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
        at_one_moment(&[out], || {
            let info = info(out)?;
            let schema = schema(out)?.0;
            let entities = entities(out, &schema)?;
            let mut draft = GraphDraft::new(&schema, |id| entities.get(id).cloned());
            each_record(vec![RecordFile::open(&out.join(RECORDS))?], |record, _| Ok(draft.add(record)?))?;
            Ok(Self { info, graph: draft.finish() })
        })
    }
}

/// The schema of a build folder and its text.
///
/// # Errors
/// When the file is missing or broken.
pub(crate) fn schema(out: &Path) -> Result<(Schema, String)> {
    let source = text(out, SCHEMA)?;
    Ok((Schema::from_toml(&out.join(SCHEMA).display().to_string(), &source)?, source))
}

/// The entities that the records of a build folder name, by their ids.
///
/// # Errors
/// When the file is missing or broken.
pub(crate) fn entities(out: &Path, schema: &Schema) -> Result<BTreeMap<String, Entity>> {
    let source = Source::of_text(&out.join(ENTITIES).display().to_string(), &text(out, ENTITIES)?);
    let entities = relata_gazetteer::load(&[source], schema)?.entities.into_iter();
    Ok(entities.map(|entity| (entity.id.to_string(), entity)).collect())
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

/// Tells builds in one folder apart without reading them; `None` while one is being put in its place, or where none is.
pub(crate) fn state(out: &Path) -> Option<String> {
    if out.join(PENDING).exists() {
        return None;
    }
    let mut state = String::new();
    for name in [RECORDS, ENTITIES, SCHEMA, TURTLE, BUILD] {
        state.push_str(&file_state(&out.join(name))?);
    }
    Some(state)
}

/// Reads several files of build folders, all of one build: when another is put in its place meanwhile, `read` is asked again.
///
/// # Errors
/// What `read` says of folders that nobody writes into; or that builds come faster than they can be read.
pub(crate) fn at_one_moment<T>(folders: &[&Path], read: impl Fn() -> Result<T>) -> Result<T> {
    const TRIES: usize = 20;
    let files = |out: &&Path| [RECORDS, ENTITIES, SCHEMA, TURTLE, BUILD].map(|name| file_state(&out.join(name)));
    let states = || folders.iter().map(files).collect::<Vec<_>>();
    for _ in 0..TRIES {
        // What is pending is the build: it is moved to its place before anything is looked at.
        folders.iter().try_for_each(|out| settle(out))?;
        let before = states();
        let done = read();
        let settled = folders.iter().all(|out| !out.join(PENDING).exists());
        if settled && states() == before {
            return done;
        }
    }
    bail!("{} is written again and again: try when the builds have ended", folders[0].display())
}

/// Tells versions of a file apart without reading it.
pub(crate) fn file_state(path: &Path) -> Option<String> {
    let metadata = fs::metadata(path).ok()?;
    Some(format!("{} {:?};", metadata.len(), metadata.modified().ok()?))
}

/// The records of a build folder.
///
/// # Errors
/// When the file is missing or broken.
pub(crate) fn records(out: &Path) -> Result<Vec<ExtractionRecord>> {
    let mut records = Vec::new();
    each_record(vec![RecordFile::open(&out.join(RECORDS))?], |record, _| {
        records.push(record);
        Ok(())
    })?;
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
