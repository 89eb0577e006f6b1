//! Build script: a digest of the source code that extraction runs through.
//!
//! A build folder reuses records only of the very same program. The version does not tell two states of one version apart,
//! which is what developers run; the digest of the executable would differ from machine to machine. So the digest is that of
//! the sources: the crates between a file and its record, the models they carry, and Cargo.lock for the crates that others
//! wrote.

#![expect(clippy::print_stdout, reason = "so cargo is told what it needs")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

use sha2::{Digest, Sha256};

/// What a record depends on, below the root of the workspace. The data folder has digests of its own.
const PARTS: [&str; 8] = [
    "Cargo.lock",
    "crates/relata-extract/src",
    "crates/relata-gazetteer/src",
    "crates/relata-grammar/models",
    "crates/relata-grammar/src",
    "crates/relata-import/src",
    "crates/relata-model/src",
    "crates/relata-read/src",
];

fn main() -> io::Result<()> {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut files = Vec::new();
    for part in PARTS {
        println!("cargo:rerun-if-changed={part}");
        list(&root, Path::new(part), &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in &files {
        let content = fs::read(root.join(file))?;
        hash.update(format!("{}\n{}\n", file.display(), content.len()).replace('\\', "/"));
        hash.update(content);
    }
    let mut digest = String::new();
    hash.finalize().iter().for_each(|byte| write!(digest, "{byte:02x}").expect("a text takes all"));
    println!("cargo:rustc-env=RELATA_PROGRAM={digest}");
    Ok(())
}

fn list(root: &Path, path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if root.join(path).is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(root.join(path))? {
        list(root, &path.join(entry?.file_name()), files)?;
    }
    Ok(())
}
