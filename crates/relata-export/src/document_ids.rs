//! Short names for documents, out of their paths.

use std::collections::BTreeMap;

use relata_graph::KnowledgeGraph;
use relata_model::{Digest, DocumentName};
use rustc_hash::FxHashMap;

/// The longest id that is not cut: file systems and people both have limits.
const LONGEST: usize = 100;

/// The id of every document: a slug of its path, and some digits of the path's digest where two slugs are alike.
///
/// Ids hold `[A-Za-z0-9_-]` only, begin with a letter or digit and depend on nothing but the set of names.
///
/// ```
/// use relata_export::DocumentIds;
/// use relata_model::DocumentName;
///
/// let [french, russian] = ["2025/Économie & gaz.txt", "статьи/газ.md"].map(DocumentName::new);
/// let ids = DocumentIds::of([&french, &russian]);
/// assert_eq!(ids.id(&french), "2025_Economie-gaz");
/// assert_eq!(ids.id(&russian), "stat-i_gaz");
/// ```
#[derive(Clone, Debug, Default)]
pub struct DocumentIds(FxHashMap<DocumentName, String>);

impl DocumentIds {
    /// The ids of a graph's documents.
    pub fn of_graph(graph: &KnowledgeGraph) -> Self {
        Self::of(graph.documents().iter().map(|document| &document.name))
    }

    /// The ids of documents with these names.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n DocumentName>) -> Self {
        let mut ids: BTreeMap<DocumentName, String> =
            names.into_iter().map(|name| (name.clone(), slug(name.as_str()))).collect();
        for digits in [8, 16, 64] {
            let mut uses: BTreeMap<String, usize> = BTreeMap::new();
            for id in ids.values() {
                *uses.entry(id.clone()).or_default() += 1;
            }
            for (name, id) in &mut ids {
                if uses[id] > 1 {
                    *id = format!(
                        "{}-{}",
                        slug(name.as_str()),
                        &Digest::of(name.as_str().as_bytes()).to_string()[..digits]
                    );
                }
            }
        }
        // Each passage asks for one of them, so that with many documents the tree would be the slowest part of a writer.
        Self(ids.into_iter().collect())
    }

    /// The id of a document.
    ///
    /// # Panics
    /// When the document is not one of those the ids were made for.
    pub fn id(&self, name: &DocumentName) -> &str {
        self.0.get(name).expect("the ids were made for all documents of the graph")
    }
}

/// The path without its extension, in ASCII; folders end in `_`, other characters become hyphens.
fn slug(path: &str) -> String {
    let file = path.rfind('/').map_or(0, |slash| slash + 1);
    let end = path[file..].rfind('.').filter(|&dot| dot > 0).map_or(path.len(), |dot| file + dot);
    let mut slug = String::new();
    for c in deunicode::deunicode(&path[..end]).chars() {
        match c {
            _ if c.is_ascii_alphanumeric() => slug.push(c),
            '/' | '_' => slug.push('_'),
            _ if slug.ends_with(['-', '_']) => {}
            _ => slug.push('-'),
        }
    }
    let slug = slug.trim_matches(['-', '_']);
    match slug.len() {
        0 => "document".to_owned(),
        length if length > LONGEST => {
            format!("{}-{}", &slug[..LONGEST - 9], &Digest::of(path.as_bytes()).to_string()[..8])
        }
        _ => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(names: &[&str]) -> Vec<String> {
        let names: Vec<DocumentName> = names.iter().map(|name| DocumentName::new(name)).collect();
        let ids = DocumentIds::of(&names);
        names.iter().map(|name| ids.id(name).to_owned()).collect()
    }

    #[test]
    fn equal_slugs_get_digits_of_their_paths() {
        assert_eq!(ids(&["a b.txt", "a-b.txt", "c.md"]), ["a-b-cd6c4a05", "a-b-427978a4", "c"]);
    }

    #[test]
    fn strange_names_give_usable_ids() {
        assert_eq!(ids(&["../.hidden", "-x-.txt", "日本.txt", "a.b.c.txt"]), ["hidden", "x", "Ri-Ben", "a-b-c"]);
        assert_eq!(ids(&["«».txt"])[0].len(), "document".len());
        assert!(ids(&["é".repeat(300).as_str()])[0].len() <= LONGEST);
    }
}
