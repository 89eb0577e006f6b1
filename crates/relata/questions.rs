//! Questions with a name: those that the program carries, and a user's own.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use include_dir::{Dir, include_dir};
use relata_graph::search::{distance, fold};

use crate::configuration::unreadable;

/// The shipped questions, by the names of their files.
static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/examples/questions");

/// Name to SPARQL; a comment in the first line says what is asked.
pub(crate) struct Questions(BTreeMap<String, String>);

impl Questions {
    /// The shipped ones and the `.rq` files of a folder; of two with one name, the user's.
    ///
    /// # Errors
    /// When the folder cannot be read, or holds no question.
    pub(crate) fn with(folder: Option<&Path>) -> Result<Self> {
        let shipped = SHIPPED.files().filter_map(|file| {
            let name = file.path().to_str()?.strip_suffix(".rq")?;
            Some((name.to_owned(), file.contents_utf8()?.to_owned()))
        });
        let mut all: BTreeMap<String, String> = shipped.collect();
        let Some(folder) = folder else { return Ok(Self(all)) };
        let mut own = 0;
        for entry in std::fs::read_dir(folder).with_context(|| unreadable(folder))? {
            let path = entry.with_context(|| unreadable(folder))?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".rq")) else { continue };
            all.insert(name.to_owned(), std::fs::read_to_string(&path).with_context(|| unreadable(&path))?);
            own += 1;
        }
        if own == 0 {
            bail!("{} holds no question: write one into a file that ends in .rq", folder.display());
        }
        Ok(Self(all))
    }

    /// Names and what is asked, by name.
    pub(crate) fn list(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| {
            let first = text.lines().next().unwrap_or_default();
            (name.as_str(), first.strip_prefix('#').unwrap_or_default().trim())
        })
    }

    /// The question of that name, or whose name begins with it and a hyphen: `03` for `03-over-planned-denied`.
    ///
    /// # Errors
    /// When there is none, with the nearest name, or several.
    pub(crate) fn find(&self, typed: &str) -> Result<String> {
        if let Some(text) = self.0.get(typed) {
            return Ok(text.clone());
        }
        let beginning = format!("{typed}-");
        let found: Vec<&String> = self.0.keys().filter(|name| name.starts_with(&beginning)).collect();
        match *found.as_slice() {
            [name] => Ok(self.0[name].clone()),
            [] => {
                let wanted = fold(typed);
                let near = |name: &&String| {
                    let folded = fold(name);
                    // The number is no part of what somebody remembers.
                    let words = folded.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
                    distance(&wanted, &folded).into_iter().chain(distance(&wanted, words)).min()
                };
                let nearest = self.0.keys().filter_map(|name| Some((near(&name)?, name))).min();
                let hint = nearest.map_or_else(String::new, |(_, name)| format!(" (did you mean \"{name}\"?)"));
                let known: Vec<&str> = self.0.keys().map(String::as_str).collect();
                bail!("no question is called \"{typed}\"{hint}; there are {}", known.join(", "))
            }
            _ => {
                let names: Vec<&str> = found.into_iter().map(String::as_str).collect();
                bail!("several questions begin with \"{typed}\": {}", names.join(", "))
            }
        }
    }
}
