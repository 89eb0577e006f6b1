//! The data the program reads: schema, gazetteer, languages. Carried in the binary; a folder may replace it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use include_dir::{Dir, DirEntry, include_dir};
use relata_model::{Digest, Language};

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../data");

/// The files of a data folder, by their path below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data {
    /// How messages name the folder.
    name: String,
    is_shipped: bool,
    files: BTreeMap<String, String>,
    /// Models of grammar. Those that the binary carries are in `relata-grammar`.
    models: BTreeMap<String, Vec<u8>>,
}

/// A data folder that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the data folder {path}: {cause} (it needs schema/schema.toml and a folder for each language)")]
pub struct DataError {
    path: String,
    cause: std::io::Error,
}

impl Data {
    /// The data that the binary carries.
    pub fn shipped() -> Self {
        let mut files = BTreeMap::new();
        let mut folders = vec![&SHIPPED];
        while let Some(folder) = folders.pop() {
            for entry in folder.entries() {
                match entry {
                    DirEntry::Dir(inner) => folders.push(inner),
                    DirEntry::File(file) => {
                        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                            files.insert(path.replace('\\', "/"), text.to_owned());
                        }
                    }
                }
            }
        }
        Self { name: "data".to_owned(), is_shipped: true, files, models: BTreeMap::new() }
    }

    /// The data of a folder.
    ///
    /// # Errors
    /// When a file or folder of it cannot be read, or a file of words is no text.
    pub fn read(path: &Path) -> Result<Self, DataError> {
        let fail = |at: &Path| {
            let path = at.display().to_string();
            move |cause| DataError { path, cause }
        };
        let (mut files, mut models) = (BTreeMap::new(), BTreeMap::new());
        let mut folders = vec![path.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).map_err(fail(&folder))? {
                let at = entry.map_err(fail(&folder))?.path();
                let parts: Vec<_> =
                    at.strip_prefix(path).unwrap_or(&at).iter().map(|part| part.to_string_lossy()).collect();
                let below = parts.join("/");
                match at.extension().and_then(|extension| extension.to_str()) {
                    _ if at.is_dir() => folders.push(at),
                    Some("toml" | "txt" | "jsonl" | "ttl") => {
                        files.insert(below, std::fs::read_to_string(&at).map_err(fail(&at))?);
                    }
                    Some("model") => {
                        models.insert(below, std::fs::read(&at).map_err(fail(&at))?);
                    }
                    _ => {}
                }
            }
        }
        Ok(Self { name: path.display().to_string(), is_shipped: false, files, models })
    }

    /// Whether it is what the binary carries, which tests have read.
    pub(crate) fn is_shipped(&self) -> bool {
        self.is_shipped
    }

    /// How messages name the folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// SHA-256 of every file, by its path below the folder.
    pub fn digests(&self) -> BTreeMap<String, Digest> {
        let texts = self.files.iter().map(|(path, text)| (path.clone(), Digest::of(text.as_bytes())));
        texts.chain(self.models.iter().map(|(path, bytes)| (path.clone(), Digest::of(bytes)))).collect()
    }

    /// The same without relation rules: names are found, nothing is read from the sentences.
    #[must_use]
    pub fn without_rules(mut self) -> Self {
        self.files.retain(|path, _| path.split('/').nth(1) != Some("rules"));
        self
    }

    /// The text of a file and the name that messages give it.
    pub fn file(&self, path: &str) -> Option<(String, &str)> {
        self.files.get(path).map(|text| (format!("{}/{path}", self.name), text.as_str()))
    }

    /// The model of a language's grammar and the name that messages give it, when the folder has one of its own
    /// (`<lang>/grammar.model`).
    pub fn grammar_model(&self, language: &str) -> Option<(String, &[u8])> {
        let path = format!("{language}/grammar.model");
        self.models.get(&path).map(|bytes| (format!("{}/{path}", self.name), bytes.as_slice()))
    }

    /// The files directly or deeper below a folder, in the order of their paths, each with the name that messages give it.
    pub fn below(&self, folder: &str) -> Vec<(String, &str)> {
        let prefix = format!("{folder}/");
        let files = self.files.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
        files.map(|(path, text)| (format!("{}/{path}", self.name), text.as_str())).collect()
    }

    /// The languages that have a folder of rules or words.
    pub fn languages(&self) -> Vec<Language> {
        let folders: BTreeSet<&str> =
            self.files.keys().filter_map(|path| path.split_once('/')).map(|(folder, _)| folder).collect();
        let with_words = folders.into_iter().filter(|folder| self.files.contains_key(&format!("{folder}/words.toml")));
        with_words.filter_map(|folder| folder.parse().ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_binary_carries_its_data() {
        let data = Data::shipped();
        assert!(data.file("schema/schema.toml").is_some());
        assert!(data.languages().contains(&Language::FRENCH));
        assert!(data.below("gazetteer").iter().any(|(name, _)| name == "data/gazetteer/countries.jsonl"));
    }
}
