//! Whether a single word that was seen at the start of sentences only is a proper noun, as the grammar of its sentence has it.

use std::collections::BTreeMap;

use relata_grammar::{Grammar, Upos};
use relata_model::Language;

use super::tally::{Passage, Seen};

/// Grammars, loaded when a language first needs one.
#[derive(Debug, Default)]
pub(super) struct Proper {
    grammars: BTreeMap<Language, Option<Grammar>>,
}

impl Proper {
    /// Whether nothing speaks against it: names that were seen elsewhere, and those in languages without a grammar, pass.
    pub(super) fn admits(&mut self, name: &str, seen: &Seen) -> bool {
        if seen.inside + seen.quoted > 0 || name.contains(' ') {
            return true;
        }
        let language = seen.languages.iter().max_by_key(|(language, times)| (*times, std::cmp::Reverse(*language)));
        let Some(language) = language.and_then(|(language, _)| *language) else { return true };
        let load = || {
            let language = relata_grammar::Language::from_code(&language.to_string())?;
            Grammar::load(language).ok()
        };
        let Some(grammar) = self.grammars.entry(language).or_insert_with(load) else { return true };
        seen.passages.iter().any(|Passage { text, .. }| {
            let text = text.trim_start_matches("… ");
            let tree = grammar.parse(text, 0..text.len(), &[]);
            let Some(at) = text.find(name) else { return true };
            tree.words.iter().find(|word| word.span.start >= at).is_some_and(|word| word.upos == Upos::Propn)
        })
    }
}
