//! Journals of judgements as files: read whole, written a line at a time.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use anyhow::{Context, Result};
use relata_gazetteer::judgements::{Entry, Journal, Torn};
use relata_model::Digest;

use crate::configuration::unreadable;

/// Reads a journal, with what identifies it.
///
/// # Errors
/// When it cannot be read, is no text, or has lines that say nothing: all of them, with their places.
pub(crate) fn read(path: &Path) -> Result<(Journal, Digest)> {
    let text = std::fs::read(path).with_context(|| unreadable(path))?;
    Ok((parse(path, &text)?, Digest::of(&text)))
}

/// Adds a line at the end of a journal, which is made when it is not there, and brings it to the disk. `check` sees the journal as
/// it is then and gives the line to write. Whoever else adds a line waits. A line that somebody did not finish is taken away first:
/// it says nothing, and what follows would be joined to it.
///
/// # Errors
/// When `check` fails, or the file cannot be read or written.
pub(crate) fn append(path: &Path, check: impl FnOnce(&Journal) -> Result<Entry>) -> Result<(Entry, Option<Torn>)> {
    let cannot = || format!("cannot write {}", path.display());
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path).with_context(cannot)?;
    file.lock().with_context(cannot)?;
    let journal = parse(path, &content(&mut file).with_context(cannot)?)?;
    let entry = check(&journal)?;
    if let Some(torn) = &journal.torn {
        file.set_len(torn.start as u64).with_context(cannot)?;
    }
    let ended = content(&mut file).with_context(cannot)?.last().is_none_or(|&byte| byte == b'\n');
    let line = format!("{}{}\n", if ended { "" } else { "\n" }, entry.to_line());
    // One call, so that a line is there whole or is the torn one at the end.
    file.write_all(line.as_bytes()).and_then(|()| file.sync_all()).with_context(cannot)?;
    Ok((entry, journal.torn))
}

fn content(file: &mut File) -> std::io::Result<Vec<u8>> {
    let mut content = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut content)?;
    Ok(content)
}

fn parse(path: &Path, bytes: &[u8]) -> Result<Journal> {
    let name = path.display().to_string();
    // A torn line may end inside a character.
    let text = match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_some() => {
            let line = bytes[..error.valid_up_to()].split(|&byte| byte == b'\n').count();
            anyhow::bail!("{name}:{line}: this is not UTF-8: save the journal in UTF-8")
        }
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).expect("valid up to here"),
        Ok(text) => text,
    };
    Ok(Journal::read(&name, text)?)
}
