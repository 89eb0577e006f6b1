//! What can go wrong before a document is read, and while it is.

use std::io;
use std::path::PathBuf;

use relata_model::DocumentName;

/// Why the inputs cannot be listed; nothing is read then.
#[derive(Debug, thiserror::Error)]
pub enum CollectError {
    /// A path that was given does not exist.
    #[error("{path}: no such file or folder; check the path, or give \"-\" to read standard input", path = .0.display())]
    Missing(PathBuf),
    /// A path that was given, or a folder that was given, cannot be opened.
    #[error("{path}: {cause}; check that you may read it", path = .path.display())]
    Unreadable {
        /// As it was given.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// A folder that was given holds no document.
    #[error(
        "{path}: no .txt or .md file in this folder{}; \
         give the folder that holds the articles, or convert them to plain text first",
        passed_over(*.ignored),
        path = .path.display()
    )]
    NoDocuments {
        /// As it was given.
        path: PathBuf,
        /// Files with other endings.
        ignored: usize,
    },
    /// Two inputs would be one document.
    #[error(
        "{first} and {second} would both be named \"{name}\" in the results; give the folder above both, or rename one",
        first = .first, second = .second
    )]
    SameName {
        /// The name.
        name: DocumentName,
        /// Where the first is.
        first: String,
        /// Where the second is.
        second: String,
    },
    /// A file has a name that is not Unicode, so that it could not be written into the results.
    #[error("{path}: the name of this file is not valid Unicode; rename it", path = .0.display())]
    NameNotUnicode(PathBuf),
    /// No path was given.
    #[error("no input: give a folder, a file, or \"-\" for standard input")]
    NoInput,
}

/// Why one document is left out; the others are read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file or a folder below the one that was given cannot be opened or read.
    #[error("{name}: {cause}; check that you may read it")]
    Unreadable {
        /// The document, or the folder.
        name: DocumentName,
        /// What the system says.
        cause: io::Error,
    },
    /// A file below a folder has a name that is not Unicode.
    #[error("{name}: the name of this file is not valid Unicode; rename it")]
    NameNotUnicode {
        /// The name with what is not Unicode replaced.
        name: DocumentName,
    },
    /// The file is no text.
    #[error("{name}: is {kind}, not a text; convert it to plain text, or remove it from the folder")]
    Binary {
        /// The document.
        name: DocumentName,
        /// What it seems to be, with its article: "a PNG image".
        kind: &'static str,
    },
    /// There is nothing in it, or only white space.
    #[error("{name}: is empty; remove it, or fill it")]
    Empty {
        /// The document.
        name: DocumentName,
    },
    /// Offsets would not fit.
    #[error("{name}: has {size} bytes; split it into documents of less than 4 GiB")]
    TooLarge {
        /// The document.
        name: DocumentName,
        /// In bytes.
        size: u64,
    },
}

impl ReadError {
    /// The document that is left out.
    pub fn name(&self) -> &DocumentName {
        match self {
            Self::Unreadable { name, .. }
            | Self::NameNotUnicode { name }
            | Self::Binary { name, .. }
            | Self::Empty { name }
            | Self::TooLarge { name, .. } => name,
        }
    }
}

fn passed_over(files: usize) -> String {
    match files {
        0 => String::new(),
        1 => " (1 other file was passed over)".to_owned(),
        many => format!(" ({many} other files were passed over)"),
    }
}
