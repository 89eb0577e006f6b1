//! One character for each word: what lets the `regex` crate match words instead of letters.
//!
//! A sentence becomes a string with one private-use character a token, so that "any form of exporter" is a one-character
//! class and a pattern over words runs as fast as one over a few dozen characters. Words that no rule names share a
//! symbol; a mention has a symbol that tells its kind and type.

use std::collections::HashMap;
use std::fmt::Write as _;

/// A token's symbol: a character of the Unicode planes 15 and 16, which no text uses.
pub(super) type Symbol = char;

/// A lower-case word that no rule names.
pub(super) const OTHER: Symbol = '\u{100000}';
/// A capitalised word that no rule names and that is no mention.
pub(super) const CAPITALISED: Symbol = '\u{100001}';
/// A number written in digits, a currency's sign, a per cent sign.
pub(super) const NUMBER: Symbol = '\u{100002}';
/// Punctuation that no rule names.
pub(super) const PUNCTUATION: Symbol = '\u{100003}';

const FIRST_WORD: u32 = 0xF_0000;
const FIRST_MENTION: u32 = 0x10_1000;
const TYPES: u32 = 0x100;

/// What a mention token is, as patterns tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MentionKind {
    /// A name or a description.
    Name = 0,
    /// An adjective or inhabitant noun of a place.
    Demonym = 1,
    /// A pronoun or a short description that was resolved: no mention of its own.
    Anaphor = 2,
}

/// The symbol of a mention of the entity type with that ordinal in the schema.
pub(super) fn mention(kind: MentionKind, entity_type: usize) -> Symbol {
    let ordinal = u32::try_from(entity_type).unwrap_or(u32::MAX).min(TYPES - 1);
    char::from_u32(FIRST_MENTION + kind as u32 * TYPES + ordinal).expect("in plane 16")
}

/// Whether the symbol is one of a mention.
pub(super) fn is_mention(symbol: Symbol) -> bool {
    (FIRST_MENTION..FIRST_MENTION + 3 * TYPES).contains(&u32::from(symbol))
}

/// Every symbol of mentions, for "any token but a mention".
pub(super) fn all_mentions() -> String {
    let last = FIRST_MENTION + 3 * TYPES - 1;
    format!("\\x{{{FIRST_MENTION:X}}}-\\x{{{last:X}}}")
}

/// The words that rules name, each with its symbol. A word may end in `*`: any word that begins so.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    words: HashMap<String, Symbol>,
    /// Without the `*`; longest first once complete.
    prefixes: Vec<(String, Symbol)>,
}

impl Vocabulary {
    /// Adds a word in lower case, with or without a final `*`.
    pub(super) fn add(&mut self, word: &str) {
        let number = u32::try_from(self.words.len() + self.prefixes.len()).expect("fewer words than symbols");
        let symbol =
            char::from_u32(FIRST_WORD + number).filter(|&c| c < OTHER).expect("fewer than 65,536 words in rules");
        match word.strip_suffix('*') {
            Some(prefix) if !prefix.is_empty() => {
                if self.prefixes.iter().all(|(known, _)| known != prefix) {
                    self.prefixes.push((prefix.to_owned(), symbol));
                    self.prefixes.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
                }
            }
            _ => {
                self.words.entry(word.to_owned()).or_insert(symbol);
            }
        }
    }

    /// The symbol of a word in lower case, if any rule names it or a beginning of it.
    pub(super) fn symbol(&self, word: &str) -> Option<Symbol> {
        let by_prefix = || self.prefixes.iter().find(|(prefix, _)| word.starts_with(prefix.as_str()));
        self.words.get(word).copied().or_else(|| by_prefix().map(|&(_, symbol)| symbol))
    }

    /// All symbols that `word` (with or without `*`) stands for, sorted. Empty when it was never added.
    pub(super) fn symbols(&self, word: &str) -> Vec<Symbol> {
        let mut symbols: Vec<Symbol> = match word.strip_suffix('*') {
            Some(prefix) if !prefix.is_empty() => {
                let longer =
                    self.prefixes.iter().filter(|(known, _)| known.starts_with(prefix)).map(|&(_, symbol)| symbol);
                #[expect(clippy::iter_over_hash_type, reason = "sorted below")]
                let words = self.words.iter().filter(|(known, _)| known.starts_with(prefix)).map(|(_, &symbol)| symbol);
                longer.chain(words).collect()
            }
            _ => self.words.get(word).copied().into_iter().collect(),
        };
        symbols.sort_unstable();
        symbols
    }
}

/// A character class of the regex syntax that holds these symbols, without the brackets.
pub(super) fn class_items(symbols: &[Symbol]) -> String {
    symbols.iter().fold(String::new(), |mut class, &symbol| {
        write!(class, "\\x{{{:X}}}", u32::from(symbol)).expect("writing to a string");
        class
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_stands_for_the_words_that_have_it() {
        let mut vocabulary = Vocabulary::default();
        for word in ["санкци*", "санкции", "санкт"] {
            vocabulary.add(word);
        }
        assert_eq!(vocabulary.symbols("санкци*").len(), 2, "the beginning itself and the listed word");
        assert_ne!(vocabulary.symbol("санкциями"), vocabulary.symbol("санкции"));
        assert_eq!(vocabulary.symbol("санитар"), None);
        assert_eq!(vocabulary.symbols("nothing"), []);
    }
}
