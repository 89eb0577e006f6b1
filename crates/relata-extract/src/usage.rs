//! How a corpus uses the names of a gazetteer: which of them are common words, and which nobody ever writes.

use std::collections::{BTreeMap, BTreeSet};

use relata_gazetteer::folded;
use relata_gazetteer::forms::{Named, Transliterations, forms};
use relata_model::{CasePolicy, Document, Entity, EntityId, Language, Name, NameKind};
use rustc_hash::FxHashMap;

use crate::segment::{WordKind, words};
use crate::{Data, Extractor};

/// How often the words of a name stand in a corpus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// In small letters, where they are no name.
    pub small: u32,
    /// With a capital at the start of a sentence, where nobody can tell.
    pub first: u32,
    /// With a capital elsewhere.
    pub inside: u32,
}

/// How the documents of a corpus use the names of a gazetteer.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    /// How many documents were read.
    pub documents: usize,
    words: FxHashMap<String, Uses>,
    /// For each entity, the folded words that were found as its names.
    fired: BTreeMap<EntityId, BTreeSet<String>>,
}

/// Names whose words are counted: folded, none longer than this.
const LONGEST: usize = 4;

/// Which runs of words are to be counted.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// Folded, with one space between words.
    names: BTreeSet<String>,
}

impl Counted {
    /// The names of entities that may be taken for common words: those with a capital that any text may have.
    pub fn of<'e>(entities: impl Iterator<Item = &'e Entity>) -> Self {
        let names = entities.flat_map(|entity| entity.names.iter().filter(|name| may_be_common(name)));
        Self { names: names.map(|name| plain(&name.text)).collect() }
    }
}

/// Whether a name begins with a capital and says nothing about how it must be written or what must stand near.
pub fn may_be_common(name: &Name) -> bool {
    let small = name.text.chars().any(char::is_lowercase);
    let capital = name.text.chars().next().is_some_and(char::is_uppercase);
    small
        && capital
        && !name.needs_context
        && name.case != Some(CasePolicy::Exact)
        && matches!(name.kind, NameKind::Label | NameKind::Alias)
}

impl Usage {
    /// What one document shows.
    pub fn of(extractor: &Extractor, counted: &Counted, document: &Document) -> Self {
        let mut usage = Self { documents: 1, ..Self::default() };
        let text = document.text.as_str();
        let (sentences, mentions) = extractor.found_names(document);
        for mention in mentions {
            let found = plain(mention.span.of(text));
            for candidate in mention.candidates {
                usage.fired.entry(candidate.entity).or_default().insert(found.clone());
            }
        }
        let mut run = Vec::new();
        for sentence in &sentences {
            run.clear();
            let found = words(text, sentence.span).filter(|word| word.kind == WordKind::Word);
            run.extend(found.map(|word| word.span.of(text)));
            for from in 0..run.len() {
                let mut name = String::new();
                for to in from..run.len().min(from + LONGEST) {
                    if to > from {
                        name.push(' ');
                    }
                    name += &plain(run[to]);
                    if !counted.names.contains(&name) {
                        continue;
                    }
                    let uses = usage.words.entry(name.clone()).or_default();
                    let capital = run[from].chars().next().is_some_and(char::is_uppercase);
                    match (capital, from) {
                        (false, _) => uses.small += 1,
                        (true, 0) => uses.first += 1,
                        (true, _) => uses.inside += 1,
                    }
                }
            }
        }
        usage
    }

    /// Adds what other documents show.
    pub fn add(&mut self, other: Self) {
        self.documents += other.documents;
        let words: BTreeMap<String, Uses> = other.words.into_iter().collect();
        for (name, uses) in words {
            let known = self.words.entry(name).or_default();
            known.small += uses.small;
            known.first += uses.first;
            known.inside += uses.inside;
        }
        for (entity, found) in other.fired {
            self.fired.entry(entity).or_default().extend(found);
        }
    }

    /// How often the words of a name stand in the corpus.
    pub fn uses(&self, name: &str) -> Uses {
        self.words.get(&plain(name)).copied().unwrap_or_default()
    }

    /// Whether a name of the entity was found.
    pub fn names(&self, entity: &EntityId) -> bool {
        self.fired.contains_key(entity)
    }

    /// Whether a name was found for its entity, in itself or in a form that code makes of it.
    pub fn has(&self, entity: &EntityId, name: &Name) -> bool {
        let Some(found) = self.fired.get(entity) else { return false };
        let kinds = [Named::Person, Named::Unique, Named::Brand, Named::Thing];
        found.contains(&plain(&name.text))
            || kinds
                .iter()
                .flat_map(|named| forms(name, *named, Transliterations::None))
                .any(|form| found.contains(&plain(&form.text)))
    }
}

/// Folded words with one space between them.
fn plain(name: &str) -> String {
    let folded = folded(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The words in small letters that the lists of a language have: articles, nouns before names, posts, verbs.
pub fn common_words(data: &Data, language: Language) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for file in ["words.toml", "linking.toml", "posts.toml", "suggest.toml", "verbs.toml"] {
        let Some((_, text)) = data.file(&format!("{language}/{file}")) else { continue };
        // The extractor has read these files before: a fault was told there.
        if let Ok(table) = text.parse::<toml::Table>() {
            gather(&toml::Value::Table(table), &mut all);
        }
    }
    all
}

fn gather(value: &toml::Value, out: &mut BTreeSet<String>) {
    match value {
        toml::Value::String(text) => {
            let words = text.split(|c: char| !c.is_alphabetic() && c != '-');
            out.extend(
                words.filter(|word| word.chars().count() > 1 && !word.contains(char::is_uppercase)).map(str::to_owned),
            );
        }
        toml::Value::Array(items) => items.iter().for_each(|item| gather(item, out)),
        // Given names are names.
        toml::Value::Table(table) => {
            table.iter().filter(|(key, _)| *key != "first-names").for_each(|(_, value)| gather(value, out));
        }
        _ => {}
    }
}
