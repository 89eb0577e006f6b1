//! Bytes to documents: encodings, front matter, dates, language.
//!
//! [`collect()`] finds the files to read; [`read`] turns each into a [`Document`] with its notes. Reading fails per document:
//! a [`ReadError`] names the file, the cause and the way out, and the caller goes on with the next.
//!
//! ```no_run
//! use relata_read::{Options, collect, read};
//!
//! let collection = collect(&["seeds".into()])?;
//! for input in &collection.inputs {
//!     match read(input, &Options::default()) {
//!         Ok(reading) => println!("{}: {} bytes", reading.document.name, reading.document.text.len()),
//!         Err(fault) => eprintln!("{fault}"),
//!     }
//! }
//! # Ok::<(), relata_read::CollectError>(())
//! ```
//!
//! What holds for every document read: its text is the file as decoded, without a byte order mark and control characters;
//! its prose and its opaque spans are in order, apart from each other and on character borders; the same bytes give the same
//! document on every machine; the time is linear in the size of the file.

mod binary;
mod collect;
pub mod date;
mod decode;
mod error;
mod front_matter;
mod head;
mod language;
mod opaque;
pub mod provenance;

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::Read;

use relata_model::{Digest, Document, DocumentName, Language, Metadata, Span};

pub use self::collect::{Collection, Input, Source, collect};
pub use self::decode::Encoding;
pub use self::error::{CollectError, ReadError};

/// The largest file that is read; offsets are 32 bits wide.
pub const LARGEST_DOCUMENT: u64 = u32::MAX as u64;

/// What the user has set for all documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The language of every document, whatever the front matter says.
    pub language: Option<Language>,
}

/// A document, and what the user may want to know about how it was read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// In the order in which they came up; usually none.
    pub notes: Vec<Note>,
}

/// Something about a document that is no fault, but was guessed or mended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Note {
    /// The file is not in UTF-8, and says not what it is in.
    #[error("is not in UTF-8; read as {0}")]
    GuessedEncoding(Encoding),
    /// The file is in UTF-8 but for some bytes.
    #[error("is damaged: {0} places are no UTF-8; each was read as \u{FFFD}")]
    BrokenBytes(usize),
    /// NUL or other control characters were in the text; offsets count without them.
    #[error("has {0} control characters; they were left out")]
    ControlCharacters(usize),
    /// The front matter is no YAML.
    #[error("front matter, line {line}: {message}; it was read line by line")]
    MalformedFrontMatter {
        /// Counted from 1, in the file.
        line: usize,
        /// What the YAML reader says.
        message: String,
    },
    /// The front matter's language is no language tag.
    #[error("front matter: {0}; the language was detected")]
    UnknownLanguage(relata_model::language::NotALanguage),
    /// The front matter's date is no date that is understood.
    #[error("front matter: \"{0}\" is not a date that is understood; write it as 2025-11-23")]
    UnknownDate(String),
}

/// A document decoded, but not looked at yet: enough to know whether it is one that was read before.
#[derive(Clone, Debug)]
pub struct Opened {
    name: DocumentName,
    text: String,
    digest: Digest,
    notes: Vec<Note>,
}

impl Opened {
    /// SHA-256 of the text, which the document will have.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The text, which the document will have.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Looks for metadata, language and what is to be read; `options` are those it was opened with.
    pub fn into_reading(self, options: &Options) -> Reading {
        let Self { name, text, digest, mut notes } = self;
        Reading { document: document(name, text, digest, options, &mut notes), notes }
    }
}

/// Reads one input.
///
/// # Errors
/// When it cannot be opened, is too large, is binary or is empty; see [`ReadError`].
pub fn read(input: &Input, options: &Options) -> Result<Reading, ReadError> {
    Ok(open(input, options)?.into_reading(options))
}

/// Opens one input and decodes it.
///
/// # Errors
/// Those of [`read`].
pub fn open(input: &Input, options: &Options) -> Result<Opened, ReadError> {
    let unreadable = |cause| ReadError::Unreadable { name: input.name.clone(), cause };
    let too_large = |size| ReadError::TooLarge { name: input.name.clone(), size };
    let mut bytes = Vec::new();
    match &input.source {
        Source::StandardInput => {
            std::io::stdin().lock().take(LARGEST_DOCUMENT + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        }
        Source::File(path) => {
            let file = File::open(path).map_err(unreadable)?;
            let size = file.metadata().map_err(unreadable)?.len();
            if size > LARGEST_DOCUMENT {
                return Err(too_large(size));
            }
            bytes.reserve_exact(usize::try_from(size).unwrap_or(0) + 1);
            file.take(LARGEST_DOCUMENT + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        }
    }
    if bytes.len() as u64 > LARGEST_DOCUMENT {
        return Err(too_large(bytes.len() as u64));
    }
    open_bytes(&input.name, bytes, options)
}

/// Reads a document from its bytes, as a caller has them that got them elsewhere.
///
/// ```
/// use relata_model::{DocumentName, Language};
/// use relata_read::{Options, read_bytes};
///
/// let bytes = "# Poutine à Pékin\n\nPublié le 13 mars 2024\n\nLe président russe est à Pékin.".into();
/// let reading = read_bytes(&DocumentName::new("a.md"), bytes, &Options::default())?;
/// let metadata = reading.document.metadata;
/// assert_eq!(metadata.title.as_deref(), Some("Poutine à Pékin"));
/// assert_eq!(metadata.date.unwrap().to_string(), "2024-03-13");
/// assert_eq!(metadata.language, Some(Language::FRENCH));
/// # Ok::<(), relata_read::ReadError>(())
/// ```
///
/// # Errors
/// When they are too many, binary or empty; see [`ReadError`].
pub fn read_bytes(name: &DocumentName, bytes: Vec<u8>, options: &Options) -> Result<Reading, ReadError> {
    Ok(open_bytes(name, bytes, options)?.into_reading(options))
}

fn open_bytes(name: &DocumentName, bytes: Vec<u8>, options: &Options) -> Result<Opened, ReadError> {
    let mut notes = Vec::new();
    if bytes.is_empty() {
        return Err(ReadError::Empty { name: name.clone() });
    }
    if let Some(kind) = binary::kind(&bytes) {
        return Err(ReadError::Binary { name: name.clone(), kind });
    }
    let text = decode::decode(bytes, options.language, &mut notes);
    if text.trim().is_empty() {
        return Err(ReadError::Empty { name: name.clone() });
    }
    // UTF-16 and Windows-1252 grow when decoded.
    if text.len() as u64 > LARGEST_DOCUMENT {
        return Err(ReadError::TooLarge { name: name.clone(), size: text.len() as u64 });
    }
    Ok(Opened { name: name.clone(), digest: Digest::of(text.as_bytes()), text, notes })
}

fn document(name: DocumentName, text: String, digest: Digest, options: &Options, notes: &mut Vec<Note>) -> Document {
    let front = front_matter::read(&text, notes);
    let body = Span::new(front.end, text.len());
    let mut prose = front.prose;
    if !body.of(&text).trim().is_empty() {
        prose.push(body);
    }
    let opaque = opaque::find(&text, &prose);
    let language = options.language.or(front.language).or_else(|| language::detect(&text, &prose, &opaque));
    let head = head::read(&text, body, &opaque, language);
    let metadata =
        Metadata { title: front.title.or(head.title), date: front.date.or(head.date), language, url: front.url };
    Document { name, digest, metadata, prose, opaque, text }
}
