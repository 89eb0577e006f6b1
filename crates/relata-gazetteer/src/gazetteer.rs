//! The names of all entities, ready to be found in texts.

mod build;
mod search;

use relata_model::{Candidate, Entity, EntityId, Language, Mention, Name, NameKind, Schema, Span};

use crate::forms;
use crate::index::{Index, Reading, flags};
use crate::spelling::{Scratch, compare};
use crate::words;
use build::{Builder, Families};
use search::Finder;

/// Entities and every form of their names, found by whole words.
///
/// Finding is linear in the text and nearly independent of the number of names; the same input gives the same mentions.
///
/// ```
/// use relata_gazetteer::{Gazetteer, Source, load};
/// use relata_model::{Language, Schema, Span};
/// let schema = Schema::from_toml("s", "[[entity-type]]\nname = \"Country\"\nlabels = {}").unwrap();
/// let line = r#"{"id": "armenia", "type": "Country", "labels": {"fr": "Arménie"}, "demonyms": {"fr": ["arménien"]}}"#;
/// let gazetteer = Gazetteer::new(load(&[Source::of_text("a.jsonl", line)], &schema).unwrap().entities, &schema);
/// let text = "L’ARMENIE et la diplomatie arménienne.";
/// let mentions = gazetteer.find(text, [Span::new(0, text.len())], Some(Language::FRENCH));
/// let found: Vec<_> = mentions.iter().map(|mention| mention.span.of(text)).collect();
/// assert_eq!(found, ["ARMENIE", "arménienne"]);
/// ```
#[derive(Debug, Default)]
pub struct Gazetteer {
    entities: Vec<Entity>,
    /// Of the entities, side by side: a mention needs nothing else of them.
    ids: Vec<EntityId>,
    languages: Vec<Language>,
    spellings: String,
    index: Index,
}

/// How much a gazetteer holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Entities.
    pub entities: usize,
    /// Names as listed, in all languages.
    pub listed: usize,
    /// Forms that code made of them.
    pub made: usize,
    /// Bytes on the heap of what finds names, without the entities themselves.
    pub bytes: usize,
}

impl Gazetteer {
    /// Makes the forms of all names and their index. Entities need not be sorted; of two with one id the first counts.
    pub fn new(entities: Vec<Entity>, schema: &Schema) -> Self {
        Self::with_mask(entities, schema, u64::MAX)
    }

    /// As [`Gazetteer::new`], but only the bits of `mask` count in hashes: tests make names collide with it.
    pub(crate) fn with_mask(mut entities: Vec<Entity>, schema: &Schema, mask: u64) -> Self {
        entities.sort_by(|a, b| a.id.cmp(&b.id));
        entities.dedup_by(|later, first| later.id == first.id);
        let families = Families::new(schema);
        let mut builder = Builder::new(mask);
        for (number, entity) in (0..).zip(&entities) {
            let family = families.of(entity);
            for name in &entity.names {
                builder.add(number, name, &name.text, None, family);
                for form in forms::forms(name, family.named()) {
                    let listed = |other: &Name| other.text == form.text && other.language == name.language;
                    if !entity.names.iter().any(listed) {
                        builder.add(number, name, &form.text, Some(&form), family);
                    }
                }
            }
        }
        let Builder { languages, mut spellings, keyed, mut prefixes, .. } = builder;
        prefixes.sort_unstable();
        prefixes.dedup();
        spellings.shrink_to_fit();
        let ids = entities.iter().map(|entity| entity.id.clone()).collect();
        Self { entities, ids, languages, spellings, index: Index::new(keyed, &prefixes, mask) }
    }

    /// Finds names in the parts of a text, longest first; overlapping shorter names are dropped, because "Paris" inside
    /// "Paris Match" is not the city. No name reaches over the end of a part.
    ///
    /// `spans` must be in order and apart from each other, on character borders, and so are the mentions returned.
    /// Without a language the common nouns and demonyms of every language count.
    pub fn find(&self, text: &str, spans: impl IntoIterator<Item = Span>, language: Option<Language>) -> Vec<Mention> {
        let mut finder = Finder::new(self, text, language);
        for span in spans {
            finder.find_in(span);
        }
        finder.into_mentions()
    }

    /// The entity with this id.
    pub fn entity(&self, id: &EntityId) -> Option<&Entity> {
        self.entities.binary_search_by(|entity| entity.id.cmp(id)).ok().map(|at| &self.entities[at])
    }

    /// All entities, in the order of their ids.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// What a name may mean, whatever its capitals and accents and the language it is of; made forms count too.
    pub fn lookup(&self, name: &str) -> Vec<Candidate> {
        let mut words = Vec::new();
        words::scan(name, Span::new(0, name.len()), &mut words);
        let Some(hash) = words.iter().fold(None, |prefix, word| Some(self.index.key(prefix, *word))) else {
            return Vec::new();
        };
        let mut scratch = Scratch::default();
        let readings = self.index.readings(hash).iter();
        let alike = readings
            .filter(|reading| compare(name, &words, name.len(), self.spelling(reading), &mut scratch).is_some())
            .map(|reading| self.candidate(reading))
            .collect();
        unique(alike)
    }

    /// How much it holds.
    pub fn counts(&self) -> Counts {
        let made = self.index.all().iter().filter(|reading| reading.flags & flags::MADE != 0).count();
        Counts {
            entities: self.entities.len(),
            listed: self.entities.iter().map(|entity| entity.names.len()).sum(),
            made,
            bytes: self.spellings.len() + self.index.heap(),
        }
    }

    /// Names whose words have one hash, in the order of their entities.
    pub(crate) fn groups(&self) -> impl Iterator<Item = Vec<Spelled<'_>>> {
        let spelled = |reading: &Reading| Spelled {
            entity: &self.entities[reading.entity as usize],
            text: self.spelling(reading),
            made: reading.flags & flags::MADE != 0,
            kind: kind_of(reading),
        };
        self.index.groups().map(move |group| group.iter().map(spelled).collect())
    }

    fn spelling(&self, reading: &Reading) -> &str {
        let start = reading.spelling as usize;
        &self.spellings[start..start + usize::from(reading.length)]
    }

    fn candidate(&self, reading: &Reading) -> Candidate {
        Candidate {
            entity: self.ids[reading.entity as usize].clone(),
            kind: kind_of(reading),
            needs_context: reading.flags & flags::NEEDS_CONTEXT != 0,
            lower_case: reading.flags & flags::LOWER_CASE != 0,
        }
    }
}

/// A name as the index holds it.
pub(crate) struct Spelled<'g> {
    pub(crate) entity: &'g Entity,
    pub(crate) text: &'g str,
    /// Whether code made it.
    pub(crate) made: bool,
    pub(crate) kind: NameKind,
}

fn kind_of(reading: &Reading) -> NameKind {
    match reading.flags >> flags::KIND {
        0 => NameKind::Label,
        1 => NameKind::Alias,
        2 => NameKind::Demonym,
        _ => NameKind::Metonym,
    }
}

/// One candidate for each entity and kind, in order; one that needs no context is kept before one that does.
fn unique(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_unstable();
    candidates.dedup_by(|later, first| later.entity == first.entity && later.kind == first.kind);
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, load};

    /// Every hash alike, or nearly: what is found must not change, because each hit is verified.
    #[test]
    fn colliding_hashes_change_nothing() {
        let schema = Schema::from_toml("s", "[[entity-type]]\nname = \"Place\"\nlabels = {}").unwrap();
        let names = ["Paris", "Paris Match", "Hong Kong", "Match", "Viêt Nam", "Москва", "Nijni Novgorod", "AT&T"];
        let lines: Vec<String> = names
            .iter()
            .enumerate()
            .map(|(i, name)| format!(r#"{{"id": "e{i}", "type": "Place", "labels": {{"fr": "{name}"}}}}"#))
            .collect();
        let entities = load(&[Source::of_text("a", &lines.join("\n"))], &schema).unwrap().entities;
        let text = "Paris, Paris Match, Match Paris; Viêt-Nam Hong Kong Kong МОСКВА Nijni Match AT&T Nam";
        let find = |mask| {
            let gazetteer = Gazetteer::with_mask(entities.clone(), &schema, mask);
            gazetteer.find(text, [Span::new(0, text.len())], Some(Language::FRENCH))
        };
        let expected = find(u64::MAX);
        assert_eq!(expected.len(), 9);
        for mask in [0, 1, 1 << 63, 3 << 62, 0xFF] {
            assert_eq!(find(mask), expected, "mask {mask:x}");
        }
    }
}
