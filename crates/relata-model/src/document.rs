//! A press document as it was read.

use std::fmt;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::{Date, Language, Span};

/// A document's text and what is known of it. The text never changes: every span of the program points into it.
#[derive(Clone, Debug)]
pub struct Document {
    /// Path below the folder that was read, with `/` between its parts on every system.
    pub name: DocumentName,
    /// The whole file as decoded, without a byte order mark and control characters; line ends and front matter stay.
    pub text: String,
    /// SHA-256 of `text` in UTF-8.
    pub digest: Digest,
    /// What the front matter or the head of the text says.
    pub metadata: Metadata,
    /// The parts that are to be read, in order and apart from each other: the body, and the values of titles and
    /// descriptions in the front matter.
    pub prose: Vec<Span>,
    /// Parts of the prose that are no language, in order and apart from each other: addresses, slugs, link targets.
    pub opaque: Vec<Span>,
}

impl Document {
    /// A document whose whole text is prose, as tests and callers with ready text need it.
    pub fn from_text(name: &str, text: &str, language: Language) -> Self {
        Self {
            name: DocumentName::new(name),
            digest: Digest::of(text.as_bytes()),
            metadata: Metadata { language: Some(language), ..Metadata::default() },
            prose: vec![Span::new(0, text.len())],
            opaque: Vec::new(),
            text: text.to_owned(),
        }
    }
}

/// What is known of a document besides its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Headline.
    pub title: Option<String>,
    /// Date of publication.
    pub date: Option<Date>,
    /// Language of the text: set by the user, said by the front matter, or detected, in this order.
    pub language: Option<Language>,
    /// Where it was published.
    pub url: Option<String>,
}

/// The path of a document below the folder that was read. Orders by code points.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentName(Arc<str>);

impl DocumentName {
    /// Takes the path as it is; `/` must stand between its parts.
    pub fn new(path: &str) -> Self {
        Self(path.into())
    }

    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocumentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for DocumentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

/// A SHA-256 digest; prints as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Digests `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Digests `parts` joined by U+001F, so that no two lists of parts give the same input.
    pub fn of_parts(parts: &[&str]) -> Self {
        let mut digest = RunningDigest::default();
        for (place, part) in parts.iter().enumerate() {
            if place > 0 {
                digest.add(b"\x1F");
            }
            digest.add(part.as_bytes());
        }
        digest.finish()
    }

    /// The first 16 hexadecimal digits: enough to name a statement.
    pub fn short(&self) -> String {
        // Digit by digit: each statement and each passage of an export is named so.
        let digits = self.0[..8].iter().flat_map(|byte| [byte >> 4, byte & 15]);
        digits.map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)])).collect()
    }
}

/// The digest of something that comes in pieces.
#[derive(Clone, Debug, Default)]
pub struct RunningDigest(Sha256);

impl RunningDigest {
    /// Takes the next piece.
    pub fn add(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The digest of all pieces.
    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

/// Text that is no SHA-256 digest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no SHA-256 digest (64 hexadecimal digits in small letters)")]
pub struct NotADigest;

impl std::str::FromStr for Digest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, NotADigest> {
        let mut bytes = [0; 32];
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != bytes.len() || !rest.is_empty() {
            return Err(NotADigest);
        }
        for (byte, pair) in bytes.iter_mut().zip(pairs) {
            let digit = |digit: u8| match digit {
                b'0'..=b'9' => Ok(digit - b'0'),
                b'a'..=b'f' => Ok(digit - b'a' + 10),
                _ => Err(NotADigest),
            };
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}
