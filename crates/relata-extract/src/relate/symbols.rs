//! One character for each word: what lets the `regex` crate match words instead of letters.
//!
//! A sentence becomes a string with one private-use character a token, so that "any form of exporter" is a one-character
//! class and a pattern over words runs as fast as one over a few dozen characters. Words that no rule names share a
//! symbol; a mention has a symbol that tells its kind and type.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rustc_hash::FxHashMap;

/// A token's symbol: a character that takes three bytes in UTF-8. What it means in a text does not matter, since no text is
/// mixed with symbols; three bytes and not four, because expressions over them are compiled byte by byte.
pub(super) type Symbol = char;

/// A lower-case word that no rule names.
pub(super) const OTHER: Symbol = '\u{E000}';
/// A capitalised word that no rule names and that is no mention.
pub(super) const CAPITALISED: Symbol = '\u{E001}';
/// A number written in digits, a currency's sign, a per cent sign.
pub(super) const NUMBER: Symbol = '\u{E002}';
/// Punctuation that no rule names.
pub(super) const PUNCTUATION: Symbol = '\u{E003}';

const FIRST_WORD: u32 = 0x1000;
/// Surrogates begin here, which are no characters.
const WORDS_END: u32 = 0xD800;
const FIRST_MENTION: u32 = 0xE100;
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
    char::from_u32(FIRST_MENTION + kind as u32 * TYPES + ordinal).expect("in the private use area")
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
    words: BTreeMap<String, Symbol>,
    /// Without the `*`.
    beginnings: BTreeMap<String, Symbol>,
    /// Both again, for single words, which are asked for at every word of a text.
    exact: FxHashMap<String, Symbol>,
    exact_beginnings: FxHashMap<String, Symbol>,
}

impl Vocabulary {
    /// Adds a word in lower case, with or without a final `*`.
    pub(super) fn add(&mut self, word: &str) {
        let number = u32::try_from(self.words.len() + self.beginnings.len()).expect("fewer words than symbols");
        let symbol = char::from_u32(FIRST_WORD + number)
            .filter(|_| FIRST_WORD + number < WORDS_END)
            .expect("fewer than 51,200 words in rules");
        let (list, exact, word) = match beginning(word) {
            Some(beginning) => (&mut self.beginnings, &mut self.exact_beginnings, beginning),
            None => (&mut self.words, &mut self.exact, word),
        };
        if !list.contains_key(word) {
            list.insert(word.to_owned(), symbol);
            exact.insert(word.to_owned(), symbol);
        }
    }

    /// Gives words that stand in the same of these lists neighbouring symbols. A class of symbols is compiled range by range, in
    /// every place where it stands: the words of one list are then a few ranges and not hundreds. What stands in no list keeps its
    /// order, in which the forms of one verb are neighbours already.
    pub(super) fn arrange(&mut self, lists: &[Vec<String>]) {
        let mut in_lists: FxHashMap<Symbol, u128> = FxHashMap::default();
        for (place, list) in lists.iter().enumerate() {
            // Lists beyond the 128th are rare enough to share a bit.
            let bit = 1_u128 << place.min(127);
            for symbol in list.iter().flat_map(|word| self.symbols(word)) {
                *in_lists.entry(symbol).or_default() |= bit;
            }
        }
        let all = self.words.values().chain(self.beginnings.values());
        let mut ranked: Vec<(u128, Symbol)> =
            all.map(|symbol| (in_lists.get(symbol).copied().unwrap_or_default(), *symbol)).collect();
        ranked.sort_unstable();
        let new: FxHashMap<Symbol, Symbol> = (FIRST_WORD..)
            .zip(ranked)
            .map(|(number, (_, old))| (old, char::from_u32(number).expect("as many as there were before")))
            .collect();
        let maps = [&mut self.words, &mut self.beginnings];
        maps.into_iter().flat_map(BTreeMap::values_mut).for_each(|symbol| *symbol = new[symbol]);
        self.exact = self.words.iter().map(|(word, &symbol)| (word.clone(), symbol)).collect();
        self.exact_beginnings = self.beginnings.iter().map(|(word, &symbol)| (word.clone(), symbol)).collect();
    }

    /// The symbol of a word in lower case, if any rule names it or a beginning of it; the longest counts.
    pub(super) fn symbol(&self, word: &str) -> Option<Symbol> {
        let by_beginning = || {
            if self.exact_beginnings.is_empty() {
                return None;
            }
            let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
            ends.map(|end| &word[..end]).find_map(|beginning| self.exact_beginnings.get(beginning))
        };
        self.exact.get(word).or_else(by_beginning).copied()
    }

    /// All symbols that `word` (with or without `*`) stands for. Empty when it was never added.
    pub(super) fn symbols(&self, word: &str) -> Vec<Symbol> {
        let Some(beginning) = beginning(word) else { return self.words.get(word).copied().into_iter().collect() };
        let lists = [&self.words, &self.beginnings].into_iter();
        let begin_so = lists
            .flat_map(|list| list.range(beginning.to_owned()..).take_while(|(known, _)| known.starts_with(beginning)));
        begin_so.map(|(_, &symbol)| symbol).collect()
    }
}

/// The beginning that a word with a final `*` asks for.
fn beginning(word: &str) -> Option<&str> {
    word.strip_suffix('*').filter(|beginning| !beginning.is_empty())
}

/// A class of the regex syntax for any symbol but those of `items`. Without its bounds it would take every character there
/// is, in all their lengths.
pub(super) fn except(items: &str) -> String {
    format!("[\\x{{{FIRST_WORD:X}}}-\\x{{{:X}}}&&[^{items}]]", FIRST_MENTION + 3 * TYPES)
}

/// What matches nothing, as an empty list does.
pub(super) const NOTHING: &str = "[^\\x{0}-\\x{10FFFF}]";

/// A character class of the regex syntax that holds these symbols, without the brackets. Runs of neighbours become ranges.
pub(super) fn class_items(symbols: &[Symbol]) -> String {
    let mut numbers: Vec<u32> = symbols.iter().map(|&symbol| u32::from(symbol)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut class = String::new();
    for run in numbers.chunk_by(|a, b| a + 1 == *b) {
        match run {
            [only] => write!(class, "\\x{{{only:X}}}"),
            _ => write!(class, "\\x{{{:X}}}-\\x{{{:X}}}", run[0], run[run.len() - 1]),
        }
        .expect("writing to a string");
    }
    class
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
