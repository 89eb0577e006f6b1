//! Entities by what somebody types.

use std::collections::BTreeSet;

use crate::{EntityNode, KnowledgeGraph};

/// What was typed names no entity, or several.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FindError {
    /// Nothing is called so.
    #[error("no entity of this graph is called \"{typed}\"{}", hint(.nearest))]
    Unknown {
        /// What was typed.
        typed: String,
        /// Ids and labels of the nearest, at most three.
        nearest: Vec<(String, String)>,
    },
    /// Several entities are called so.
    #[error("\"{typed}\" names {} entities: write {}", .ids.len(), .ids.join(" or "))]
    Ambiguous {
        /// What was typed.
        typed: String,
        /// Their ids.
        ids: Vec<String>,
    },
}

fn hint(nearest: &[(String, String)]) -> String {
    if nearest.is_empty() {
        return "; `relata top OUT` lists the entities that most documents name".to_owned();
    }
    let names: Vec<String> = nearest.iter().map(|(id, label)| format!("{id} ({label})")).collect();
    format!("; did you mean {}?", names.join(", "))
}

impl KnowledgeGraph {
    /// The entity with that id, else the one with that name; case, accents and punctuation do not count, and a name in
    /// another script may be written in Latin letters.
    ///
    /// # Errors
    /// When there is none, with the nearest names, or when several are called so.
    pub fn find_entity(&self, typed: &str) -> Result<&EntityNode, FindError> {
        if let Some(node) = typed.parse().ok().and_then(|id| self.entity(&id)) {
            return Ok(node);
        }
        let wanted = fold(typed);
        let found: Vec<&EntityNode> =
            self.entities().filter(|node| names(node).any(|name| fold(name) == wanted)).collect();
        match *found.as_slice() {
            [node] => Ok(node),
            [] => Err(FindError::Unknown { typed: typed.to_owned(), nearest: self.nearest(&wanted) }),
            _ => Err(FindError::Ambiguous {
                typed: typed.to_owned(),
                ids: found.iter().map(|node| node.entity.id.to_string()).collect(),
            }),
        }
    }

    /// The entities whose id or a name holds what was typed, the heaviest first.
    pub fn search(&self, typed: &str) -> Vec<&EntityNode> {
        let wanted = fold(typed);
        let mut found = self.ranking();
        found.retain(|node| names(node).any(|name| fold(name).contains(&wanted)));
        found
    }

    /// At most three entities with a name like `wanted`: first those whose name holds it as whole words.
    fn nearest(&self, wanted: &str) -> Vec<(String, String)> {
        let ranked: BTreeSet<(u32, usize, &str)> = self
            .ranking()
            .into_iter()
            .enumerate()
            .filter_map(|(rank, node)| {
                let distance = names(node).filter_map(|name| distance(wanted, &fold(name))).min()?;
                Some((distance, rank, node.entity.id.as_str()))
            })
            .collect();
        let nearest = ranked.into_iter().take(3);
        nearest
            .filter_map(|(_, _, id)| {
                let entity = &self.entity(&id.parse().ok()?)?.entity;
                let label = self.main_language().map_or_else(
                    || entity.labels.values().next().map_or(id, String::as_str),
                    |language| entity.label(language),
                );
                Some((id.to_owned(), label.to_owned()))
            })
            .collect()
    }
}

/// How far a name is from what was typed, both folded; `None` when nobody would mean it.
pub fn distance(wanted: &str, name: &str) -> Option<u32> {
    if !wanted.is_empty() && format!(" {name} ").contains(&format!(" {wanted} ")) {
        return Some(0);
    }
    let distance = strsim::damerau_levenshtein(wanted, name);
    u32::try_from(distance).ok().filter(|_| distance <= 1 + wanted.chars().count() / 4)
}

fn names(node: &EntityNode) -> impl Iterator<Item = &str> {
    let entity = &node.entity;
    std::iter::once(entity.id.as_str())
        .chain(entity.labels.values().map(String::as_str))
        .chain(entity.names.iter().map(|name| name.text.as_str()))
}

/// Lower-case ASCII words with one space between them: two names that fold alike are the same name.
pub fn fold(name: &str) -> String {
    let plain = deunicode::deunicode(name).to_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
