//! Files of extraction records, one JSON object a line, read without holding more than some records in memory.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rayon::prelude::*;
use relata_model::{Digest, ExtractionRecord, RunningDigest};
use serde::Deserialize;

/// How many bytes of lines are in memory at once; a longer line is alone.
const BATCH: usize = 16 << 20;

/// A file of records and where each of its lines is.
pub(crate) struct RecordFile {
    path: PathBuf,
    reader: BufReader<File>,
    /// In the order of the file.
    pub(crate) lines: Vec<Line>,
    /// SHA-256 of the file.
    pub(crate) digest: Digest,
}

/// A line of a file of records: where it is, and what identifies the record.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Name of the document.
    pub(crate) doc: String,
    /// SHA-256 of its text.
    pub(crate) sha256: String,
    /// What the record was made by, where it says.
    pub(crate) by: Option<String>,
    /// Counted from 1.
    number: usize,
    /// In bytes from the start of the file.
    start: u64,
    /// In bytes, with the line end.
    length: usize,
}

/// What is read of a line at first.
#[derive(Deserialize)]
struct Head {
    doc: String,
    sha256: String,
    by: Option<String>,
}

impl RecordFile {
    /// Opens a file and looks through its lines.
    ///
    /// # Errors
    /// When it cannot be read, or a line is no record.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let unreadable = || format!("cannot read {}", path.display());
        let mut reader = BufReader::with_capacity(1 << 20, File::open(path).with_context(unreadable)?);
        let (mut lines, mut digest) = (Vec::new(), RunningDigest::default());
        let (mut start, mut number, mut line) = (0, 0, Vec::new());
        loop {
            line.clear();
            let length = reader.read_until(b'\n', &mut line).with_context(unreadable)?;
            if length == 0 {
                break;
            }
            number += 1;
            digest.add(&line);
            if !line.trim_ascii().is_empty() {
                let head = head(&line).with_context(|| place(path, number))?;
                lines.push(Line { doc: head.doc, sha256: head.sha256, by: head.by, number, start, length });
            }
            start += length as u64;
        }
        Ok(Self { path: path.to_owned(), reader, lines, digest: digest.finish() })
    }

    /// The bytes of a line, with its line end.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn bytes(&mut self, line: &Line) -> Result<Vec<u8>> {
        let unreadable = || format!("cannot read {}", self.path.display());
        let mut bytes = vec![0; line.length];
        // Most lines are read one after the other: then this does not empty the buffer.
        let here = self.reader.stream_position().with_context(unreadable)?;
        if here == line.start {
            self.reader.read_exact(&mut bytes).with_context(unreadable)?;
        } else {
            self.reader.seek(SeekFrom::Start(line.start)).with_context(unreadable)?;
            self.reader.read_exact(&mut bytes).with_context(unreadable)?;
        }
        if bytes.last() != Some(&b'\n') {
            bytes.push(b'\n');
        }
        Ok(bytes)
    }

    /// The record of a line.
    ///
    /// # Errors
    /// When it is none.
    pub(crate) fn parse(&self, line: &Line, bytes: &[u8]) -> Result<ExtractionRecord> {
        serde_json::from_slice(bytes).with_context(|| place(&self.path, line.number))
    }
}

/// Hands every record and its line to `each`, by the names of their documents, whatever the order of files and lines. A record
/// that stands twice comes once.
///
/// # Errors
/// When a file cannot be read, a line is no record, or `each` fails.
pub(crate) fn each_record(
    mut files: Vec<RecordFile>,
    mut each: impl FnMut(ExtractionRecord, &[u8]) -> Result<()>,
) -> Result<()> {
    let mut lines: Vec<(usize, Line)> = Vec::new();
    for (file, lines_of_file) in files.iter_mut().map(|file| std::mem::take(&mut file.lines)).enumerate() {
        lines.extend(lines_of_file.into_iter().map(|line| (file, line)));
    }
    lines.sort_by(|(_, one), (_, other)| one.doc.cmp(&other.doc));
    let mut last: Option<(String, Vec<u8>)> = None;
    let mut rest = lines.as_slice();
    while !rest.is_empty() {
        let mut size = 0;
        let fits = |(_, line): &&(usize, Line)| {
            size += line.length;
            size <= BATCH
        };
        let (batch, after) = rest.split_at(rest.iter().take_while(fits).count().max(1));
        rest = after;
        let bytes = batch.iter().map(|(file, line)| files[*file].bytes(line)).collect::<Result<Vec<_>>>()?;
        let parse = |((file, line), bytes): (&(usize, Line), &Vec<u8>)| files[*file].parse(line, bytes);
        let records: Vec<Result<ExtractionRecord>> = batch.par_iter().zip(&bytes).map(parse).collect();
        for (place, (record, bytes)) in records.into_iter().zip(bytes).enumerate() {
            let record = record?;
            let (file, line) = &batch[place];
            if let Some((doc, other)) = &last
                && *doc == record.doc
                && (*other == bytes || files[*file].parse(line, other).is_ok_and(|other| other == record))
            {
                continue;
            }
            each(record, &bytes)?;
            last = Some((batch[place].1.doc.clone(), bytes));
        }
    }
    Ok(())
}

fn place(path: &Path, number: usize) -> String {
    format!("{}:{number}: this is no extraction record", path.display())
}

/// What identifies a record. The program writes it before the length: then the rest need not be looked at.
fn head(line: &[u8]) -> serde_json::Result<Head> {
    const AFTER: &[u8] = b",\"length\":";
    // In a text of JSON a quotation mark has a backslash before it, so this is no part of one.
    let start = &line[..line.len().min(4096)];
    if let Some(end) = start.windows(AFTER.len()).position(|window| window == AFTER)
        && let Ok(head) = serde_json::from_slice(&[&start[..end], b"}"].concat())
    {
        return Ok(head);
    }
    serde_json::from_slice(line)
}
