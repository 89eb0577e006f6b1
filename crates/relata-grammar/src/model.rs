//! The binary form of a trained model: numbers in as few bytes as they need, a header that names version and language.

use thiserror::Error;

use crate::Language;

/// Why a model cannot be loaded.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ModelError {
    /// The bytes do not begin as a model does.
    #[error("this is not a grammar model: it does not begin with \"relata-grammar\"")]
    Foreign,
    /// The model was written by another version.
    #[error(
        "the grammar model has version {found}, this program reads version {expected}: train it again with relata-grammar-train"
    )]
    Version {
        /// The version in the file.
        found: u32,
        /// The version that this program reads.
        expected: u32,
    },
    /// The model is of another language.
    #[error("the grammar model is for \"{found}\", not for \"{expected}\"")]
    Language {
        /// The language in the file.
        found: String,
        /// The language asked for.
        expected: &'static str,
    },
    /// The check sum differs, or the file ends too early.
    #[error("the grammar model is cut short or damaged: get the file again ({length} bytes)")]
    Broken {
        /// The length of the file.
        length: usize,
    },
    /// The contents contradict themselves.
    #[error("the grammar model is damaged: get the file again or train it again with relata-grammar-train")]
    Damaged,
}

const MAGIC: &[u8] = b"relata-grammar\n";
const VERSION: u32 = 1;

/// Writes a model.
#[derive(Clone, Debug, Default)]
pub(crate) struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Begins a model of this language.
    pub(crate) fn new(language: Language) -> Self {
        let mut writer = Self { bytes: MAGIC.to_vec() };
        writer.number(VERSION);
        writer.text(language.code());
        writer
    }

    pub(crate) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Writes seven bits a byte, lowest first.
    pub(crate) fn number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    pub(crate) fn float(&mut self, number: f32) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.number(text.len() as u32);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// How long the model is so far.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The whole model, with its check sum.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        let sum = checksum(&self.bytes);
        self.bytes.extend_from_slice(&sum.to_le_bytes());
        self.bytes
    }
}

/// Reads a model.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    place: usize,
}

impl<'a> Reader<'a> {
    /// Begins to read a model of this language.
    pub(crate) fn new(bytes: &'a [u8], language: Language) -> Result<Self, ModelError> {
        if !bytes.starts_with(MAGIC) {
            return Err(ModelError::Foreign);
        }
        let mut reader = Self { bytes, place: MAGIC.len() };
        let found = reader.number()?;
        if found != VERSION {
            return Err(ModelError::Version { found, expected: VERSION });
        }
        let code = reader.text()?;
        if code != language.code() {
            return Err(ModelError::Language { found: code.to_owned(), expected: language.code() });
        }
        let broken = ModelError::Broken { length: bytes.len() };
        let Some((contents, sum)) = bytes.split_last_chunk::<4>() else { return Err(broken) };
        if checksum(contents) != u32::from_le_bytes(*sum) {
            return Err(broken);
        }
        reader.bytes = contents;
        Ok(reader)
    }

    pub(crate) fn byte(&mut self) -> Result<u8, ModelError> {
        let byte = *self.bytes.get(self.place).ok_or(ModelError::Broken { length: self.bytes.len() })?;
        self.place += 1;
        Ok(byte)
    }

    #[inline]
    pub(crate) fn number(&mut self) -> Result<u32, ModelError> {
        let mut number = 0u32;
        let mut shift = 0;
        loop {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7f).checked_shl(shift).ok_or(ModelError::Damaged)?;
            if byte < 0x80 {
                return Ok(number);
            }
            shift += 7;
        }
    }

    pub(crate) fn text(&mut self) -> Result<&'a str, ModelError> {
        let length = self.number()? as usize;
        std::str::from_utf8(self.bytes(length)?).map_err(|_| ModelError::Damaged)
    }

    pub(crate) fn float(&mut self) -> Result<f32, ModelError> {
        let bytes = self.bytes(4)?;
        let number = f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        if number.is_finite() { Ok(number) } else { Err(ModelError::Damaged) }
    }

    /// The next bytes, so many.
    pub(crate) fn bytes(&mut self, length: usize) -> Result<&'a [u8], ModelError> {
        let end = self.place.checked_add(length).ok_or(ModelError::Damaged)?;
        let bytes = self.bytes.get(self.place..end).ok_or(ModelError::Broken { length: self.bytes.len() })?;
        self.place = end;
        Ok(bytes)
    }

    /// How many bytes are left: no count in a sound model is larger.
    pub(crate) fn remaining(&self) -> usize {
        self.bytes.len() - self.place
    }
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(29);
    }
    (hash ^ (hash >> 32)) as u32
}
