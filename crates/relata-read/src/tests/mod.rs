//! Every case is a file's bytes and what is read in it.

mod collect;
mod decode;
mod front_matter;
mod hostile;
mod language;
mod measure;
mod metadata;
mod opaque;

use relata_model::DocumentName;

use crate::{Options, ReadError, Reading, read_bytes};

fn try_read(bytes: &[u8]) -> Result<Reading, ReadError> {
    read_bytes(&DocumentName::new("a.txt"), bytes.to_vec(), &Options::default())
}

fn read(text: impl AsRef<[u8]>) -> Reading {
    try_read(text.as_ref()).unwrap()
}

fn notes(reading: &Reading) -> Vec<String> {
    reading.notes.iter().map(ToString::to_string).collect()
}
