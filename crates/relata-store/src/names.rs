//! Entity names in a query: `@"Vladimir Poutine"` stands for the IRI of the entity that is called so.
//!
//! No text in SPARQL may have an `@` before its quotation mark, so a query with such a name is never read as another
//! query, and what takes the name's place is always the IRI of one known entity.

use std::borrow::Cow;
use std::collections::BTreeMap;

use relata_graph::search::{distance, fold};

use crate::place::tokens;
use crate::query_error::SyntaxError;

/// The names of all entities of a store.
#[derive(Debug, Default)]
pub(crate) struct NameIndex {
    /// Folded name to the local parts of the entities called so, and the name as it is written.
    names: BTreeMap<String, (Vec<String>, String)>,
}

impl NameIndex {
    /// Takes the local part of an entity's IRI and a name of it.
    pub(crate) fn add(&mut self, id: &str, name: &str) {
        let (ids, _) = self.names.entry(fold(name)).or_insert_with(|| (Vec::new(), name.to_owned()));
        if let Err(place) = ids.binary_search_by(|known| known.as_str().cmp(id)) {
            ids.insert(place, id.to_owned());
        }
    }

    /// The local part of the one entity with that id or called so; else a sentence for the user.
    pub(crate) fn find(&self, typed: &str) -> Result<&str, String> {
        let wanted = fold(typed);
        match self.names.get(&wanted).map(|(ids, _)| ids.as_slice()) {
            Some([id]) => Ok(id),
            Some(ids) => {
                // An id wins over the same words as a name of something else.
                if let Some(id) = ids.iter().find(|id| *id == typed) {
                    return Ok(id);
                }
                let ids: Vec<String> = ids.iter().map(|id| format!("ent:{id}")).collect();
                Err(format!("\"{typed}\" names {} entities: write {}", ids.len(), ids.join(" or ")))
            }
            None => {
                let mut nearest: Vec<(u32, &str, &str)> = self
                    .names
                    .iter()
                    .filter_map(|(name, (ids, written))| {
                        Some((distance(&wanted, name)?, ids.first()?.as_str(), written.as_str()))
                    })
                    .collect();
                nearest.sort_unstable();
                let mut hints: Vec<String> = Vec::new();
                for (_, id, written) in nearest {
                    if hints.len() < 3 && !hints.iter().any(|hint| hint.starts_with(&format!("ent:{id} "))) {
                        hints.push(format!("ent:{id} ({written})"));
                    }
                }
                let hint =
                    if hints.is_empty() { String::new() } else { format!("; did you mean {}?", hints.join(", ")) };
                Err(format!("no entity of this graph is called \"{typed}\"{hint}"))
            }
        }
    }
}

/// The query with each name replaced by its IRI.
///
/// # Errors
/// At the first name that no entity has, or several.
pub(crate) fn resolve<'q>(
    sparql: &'q str,
    entity_space: &str,
    index: &dyn Fn() -> &'q NameIndex,
) -> Result<Cow<'q, str>, SyntaxError> {
    if !sparql.contains("@\"") && !sparql.contains("@'") {
        return Ok(Cow::Borrowed(sparql));
    }
    let mut resolved = String::with_capacity(sparql.len() + 64);
    let mut copied = 0;
    for (start, end) in tokens(sparql) {
        let Some(name) = name_of(&sparql[start..end]) else { continue };
        let id = index().find(&name).map_err(|message| SyntaxError::at(sparql, start, message))?;
        resolved.push_str(&sparql[copied..start]);
        resolved.push('<');
        resolved.push_str(entity_space);
        resolved.push_str(id);
        resolved.push('>');
        copied = end;
    }
    resolved.push_str(&sparql[copied..]);
    Ok(Cow::Owned(resolved))
}

/// The name in `@"…"` or `@'…'`; a backslash keeps the sign behind it.
fn name_of(token: &str) -> Option<String> {
    let text = token.strip_prefix('@')?;
    let mark = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = text.strip_prefix(mark)?.strip_suffix(mark)?;
    let mut name = String::with_capacity(inner.len());
    let mut signs = inner.chars();
    while let Some(sign) = signs.next() {
        name.push(if sign == '\\' { signs.next().unwrap_or(sign) } else { sign });
    }
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::{NameIndex, resolve};

    fn index() -> NameIndex {
        let mut index = NameIndex::default();
        for (id, name) in [
            ("vladimir-putin", "Vladimir Poutine"),
            ("vladimir-putin", "Владимир Путин"),
            ("georgia", "Géorgie"),
            ("georgia-us", "Géorgie"),
            ("say-it", "Say \"it\""),
        ] {
            index.add(id, id);
            index.add(id, name);
        }
        index
    }

    #[test]
    fn names_are_replaced_where_a_name_stands_and_nowhere_else() {
        let index = index();
        let query = "SELECT ?x { @\"vladimir POUTINE\" ?p @'Владимир Путин' . # @\"nobody\"\n ?x <http://a/@'b'> \"@'nobody'\"@fr, 'a' . @\"Say \\\"it\\\"\" ?p ?x }";
        assert_eq!(
            resolve(query, "http://e/", &|| &index).unwrap_or_else(|error| panic!("{error}")),
            "SELECT ?x { <http://e/vladimir-putin> ?p <http://e/vladimir-putin> . # @\"nobody\"\n ?x <http://a/@'b'> \"@'nobody'\"@fr, 'a' . <http://e/say-it> ?p ?x }"
        );
    }

    #[test]
    fn a_name_that_is_not_known_or_not_clear_is_told_with_its_place() {
        let index = index();
        for (query, told) in [
            (
                "ASK { @\"Vladimir Poutin\" ?p ?o }",
                "query, line 1, column 7: no entity of this graph is called \"Vladimir Poutin\"; did you mean \
                 ent:vladimir-putin (Vladimir Poutine)?\n  1 | ASK { @\"Vladimir Poutin\" ?p ?o }\n    |       ^",
            ),
            (
                "ASK {\n @\"Géorgie\" ?p ?o }",
                "query, line 2, column 2: \"Géorgie\" names 2 entities: write ent:georgia or ent:georgia-us\n  \
                 2 |  @\"Géorgie\" ?p ?o }\n    |  ^",
            ),
            (
                "ASK { @\"\" ?p ?o }",
                "query, line 1, column 7: no entity of this graph is called \"\"\n  1 | ASK { @\"\" ?p ?o }\n    |       ^",
            ),
        ] {
            let Err(error) = resolve(query, "http://e/", &|| &index) else { panic!("{query} is answered") };
            assert_eq!(error.to_string(), told);
        }
        // An id is a name too, and its own entity's first.
        assert_eq!(index.find("georgia-us"), Ok("georgia-us"));
    }
}
