//! The names of all entities, ready to be found in texts.

mod judged;
mod search;
mod slips;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use relata_model::{Candidate, Entity, EntityId, Language, MadeBy, Mention, NameKind, Schema, Span};

use crate::compiled::{Compiled, kind_of};
use crate::forms::Transliterations;
use crate::index::{self, Reading, flags};
use crate::source::unite;
use crate::spelling::{Scratch, compare};
use crate::words;
use judged::Judged;
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
#[derive(Debug)]
pub struct Gazetteer {
    layers: Vec<Arc<Compiled>>,
    /// Entities that several layers have, or that were judged the same, their names united.
    united: BTreeMap<EntityId, Entity>,
    judged: Judged,
    /// Which bits of a hash count; all of them but in tests of collisions.
    mask: u64,
}

impl Default for Gazetteer {
    fn default() -> Self {
        Self { layers: Vec::new(), united: BTreeMap::new(), judged: Judged::default(), mask: u64::MAX }
    }
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
    /// Bytes of it all, in memory or mapped; without the entities that were asked for.
    pub bytes: usize,
}

/// The same id with two types in two gazetteers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{id}\" is a {first} in one gazetteer and a {second} in another: give one of them another id or type")]
pub struct TypeConflict {
    /// The id.
    pub id: EntityId,
    /// Its type in the earlier one.
    pub first: String,
    /// Its type in the later one.
    pub second: String,
}

impl Gazetteer {
    /// Makes the forms of all names and their index. Entities need not be sorted; of two with one id the first counts.
    pub fn new(entities: Vec<Entity>, schema: &Schema) -> Self {
        Self::with_mask(entities, schema, u64::MAX)
    }

    /// As [`Gazetteer::new`], but only the bits of `mask` count in hashes: tests make names collide with it.
    pub(crate) fn with_mask(entities: Vec<Entity>, schema: &Schema, mask: u64) -> Self {
        let layers = vec![Arc::new(Compiled::with_mask(entities, schema, Transliterations::None, mask))];
        Self { layers, mask, ..Self::default() }
    }

    /// Lays compiled gazetteers over each other: the same id is one entity, its names united, its labels those of the first.
    ///
    /// # Errors
    /// When an id has different types.
    pub fn of_layers(layers: Vec<Arc<Compiled>>) -> Result<Self, TypeConflict> {
        let mut united: BTreeMap<EntityId, Entity> = BTreeMap::new();
        for (i, layer) in layers.iter().enumerate() {
            for earlier in &layers[..i] {
                let (small, large) = if layer.len() < earlier.len() { (layer, earlier) } else { (earlier, layer) };
                for id in small.ids().filter(|id| large.has(id)) {
                    let (Some(first), Some(second)) = (earlier.entity(&id), layer.entity(&id)) else { continue };
                    if first.entity_type != second.entity_type {
                        let [first, second] = [first, second].map(|entity| entity.entity_type.as_str().to_owned());
                        return Err(TypeConflict { id, first, second });
                    }
                    unite(united.entry(id).or_insert_with(|| first.clone()), second.clone());
                }
            }
        }
        Ok(Self { layers, united, ..Self::default() })
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

    /// The entity with this id, or the one that was judged the same and stands for it.
    pub fn entity(&self, id: &EntityId) -> Option<&Entity> {
        let id = self.judged.standing_for(id);
        if let Some(entity) = self.united.get(id) {
            return Some(entity);
        }
        self.layers.iter().find_map(|layer| layer.entity(id))
    }

    /// All entities, those that several layers have or that were judged the same once; layer by layer, by id. Entities of a mapped
    /// file are read into memory.
    pub fn entities(&self) -> impl Iterator<Item = &Entity> {
        let own = self.layers.iter().flat_map(|layer| layer.entities());
        let own = own.filter(|entity| !self.united.contains_key(&entity.id) && !self.judged.is_renamed(&entity.id));
        self.united.values().chain(own)
    }

    /// Whether a layer before the last has this id.
    pub fn is_in_upper_layer(&self, id: &EntityId) -> bool {
        let in_upper = |id| self.layers.split_last().is_some_and(|(_, upper)| upper.iter().any(|layer| layer.has(id)));
        in_upper(id) || self.judged.parts(id).any(in_upper)
    }

    /// The entities that hold or held a post, in the order of their ids, layer by layer.
    pub fn with_roles(&self) -> impl Iterator<Item = &Entity> {
        let own = self
            .layers
            .iter()
            .flat_map(|layer| layer.with_roles())
            .filter(|entity| !self.united.contains_key(&entity.id) && !self.judged.is_renamed(&entity.id));
        self.united.values().filter(|entity| !entity.roles.is_empty()).chain(own)
    }

    /// What a name may mean, whatever its capitals and accents and the language it is of; made forms count too.
    pub fn lookup(&self, name: &str) -> Vec<Candidate> {
        let mut words = Vec::new();
        words::scan(name, Span::new(0, name.len()), &mut words);
        let Some(hash) = words.iter().fold(None, |prefix, word| Some(index::key(prefix, *word, self.mask))) else {
            return Vec::new();
        };
        let (mut scratch, mut room) = (Scratch::default(), String::new());
        let mut alike = Vec::new();
        for layer in &self.layers {
            for reading in layer.index().readings(hash) {
                let same = layer
                    .spelling(&reading, &mut room)
                    .is_some_and(|listed| compare(name, &words, name.len(), listed, &mut scratch).is_some());
                if same {
                    alike.extend(self.candidate(layer, &reading, None));
                }
            }
        }
        unique(alike)
    }

    /// What a reading means in a text of `language`; nothing where the file is damaged.
    fn candidate(&self, layer: &Compiled, reading: &Reading, language: Option<u16>) -> Option<Candidate> {
        Some(Candidate {
            entity: self.judged.standing_for(&layer.numbered(reading.entity)?.id).clone(),
            kind: kind_of(reading),
            needs_context: reading.style.flags & flags::NEEDS_CONTEXT != 0,
            lower_case: reading.style.flags & flags::LOWER_CASE != 0,
            own_language: language == Some(reading.style.language),
            priority: reading.style.priority,
            made_by: reading.style.made_by,
        })
    }

    /// How much it holds.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { entities: 0, ..Counts::default() };
        for layer in &self.layers {
            let (listed, made, bytes) = layer.counts();
            counts.entities += layer.len();
            counts.listed += listed;
            counts.made += made;
            counts.bytes += bytes;
        }
        counts
    }

    /// Names whose words have one hash, in the order of their entities, layer by layer.
    pub(crate) fn groups(&self) -> impl Iterator<Item = Vec<Spelled<'_>>> {
        self.layers.iter().flat_map(|layer| {
            let spelled = move |reading: &Reading| {
                Some(Spelled {
                    entity: layer.numbered(reading.entity)?,
                    text: layer.spelling(reading, &mut String::new())?.to_owned(),
                    made_by: reading.style.made_by,
                    kind: kind_of(reading),
                })
            };
            layer.index().groups().map(move |group| group.iter().filter_map(spelled).collect())
        })
    }
}

/// A name as the index holds it.
pub(crate) struct Spelled<'g> {
    pub(crate) entity: &'g Entity,
    pub(crate) text: String,
    /// What made it; `None` for a listed name.
    pub(crate) made_by: Option<MadeBy>,
    pub(crate) kind: NameKind,
}

/// One candidate for each entity and kind, in order; one that needs no context is kept before one that does, then one in the
/// language of the text, the one preferred, one that is listed.
fn unique(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by(|a, b| {
        let key = |one: &Candidate| {
            (one.kind, one.needs_context, one.lower_case, !one.own_language, Reverse(one.priority), one.made_by)
        };
        a.entity.cmp(&b.entity).then_with(|| key(a).cmp(&key(b)))
    });
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
