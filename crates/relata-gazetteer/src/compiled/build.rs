//! From entities to the bytes of a compiled gazetteer.

use std::collections::BTreeMap;

use relata_model::{CasePolicy, Entity, EntityType, Language, Name, NameKind, Schema, Span};

use super::image::Image;
use super::record::RecordWriter;
use crate::fold;
use crate::forms::{self, Form};
use crate::index::{self, IndexBytes, Reading, flags};
use crate::spelling::{Demand, Family};
use crate::words::{self, Word};

/// Letters from which on a name of a person or place is known in small letters too: "novorossia", but not "florence".
const LONG: usize = 9;

/// Which types of a schema ask for special care with capitals, and the number of each.
struct Families(BTreeMap<EntityType, (usize, Family)>);

impl Families {
    fn new(schema: &Schema) -> Self {
        let is_a = |entity_type: &EntityType, names: &[&str]| {
            schema.lineage(entity_type).any(|ancestor| names.contains(&ancestor.as_str()))
        };
        let family = |entity_type: &EntityType| {
            if is_a(entity_type, &["Person"]) {
                Family::Person
            } else if is_a(entity_type, &["Place"]) {
                Family::Place
            } else if is_a(entity_type, &["Company", "MediaOutlet", "Product"]) {
                Family::Brand
            } else if is_a(entity_type, &["GovernmentBody"]) {
                Family::PublicBody
            } else {
                Family::Other
            }
        };
        let types = schema.entity_types().enumerate();
        Self(types.map(|(number, (entity_type, _))| (entity_type.clone(), (number, family(entity_type)))).collect())
    }

    fn of(&self, entity: &Entity) -> (usize, Family) {
        self.0.get(&entity.entity_type).copied().unwrap_or((usize::MAX, Family::Other))
    }
}

/// Makes the bytes of a compiled gazetteer, and says which types and languages its numbers mean.
pub(super) fn build(mut entities: Vec<Entity>, schema: &Schema, mask: u64) -> (Image, Vec<EntityType>, Vec<Language>) {
    entities.sort_by(|a, b| a.id.cmp(&b.id));
    entities.dedup_by(|later, first| later.id == first.id);
    let families = Families::new(schema);
    let types: Vec<EntityType> = schema.entity_types().map(|(entity_type, _)| entity_type.clone()).collect();
    let mut builder = Builder { mask, ..Builder::default() };
    builder.spellings.reserve(entities.len() * 16);
    builder.keyed.reserve(entities.len());
    let mut records = RecordWriter::default();
    let mut starts = Vec::with_capacity(entities.len() * 4 + 4);
    let mut with_roles = Vec::new();
    let (mut listed, mut places) = (0, Vec::new());
    for (number, entity) in (0_u32..).zip(&entities) {
        let (entity_type, family) = families.of(entity);
        places.clear();
        for name in &entity.names {
            places.push(builder.spellings.len());
            builder.add(number, name, &name.text, None, family);
            for form in forms::forms(name, family.named()) {
                if !entity.names.iter().any(|other| other.text == form.text && other.language == name.language) {
                    builder.add(number, name, &form.text, Some(&form), family);
                }
            }
        }
        listed += entity.names.len();
        starts.extend(offset(records.bytes.len()).to_le_bytes());
        records.entity(entity, entity_type, &places, |language| builder.language(language));
        if !entity.roles.is_empty() {
            with_roles.extend(number.to_le_bytes());
        }
    }
    starts.extend(offset(records.bytes.len()).to_le_bytes());
    let Builder { languages, spellings, keyed, mut prefixes, .. } = builder;
    prefixes.sort_unstable();
    prefixes.dedup();
    let made = keyed.iter().filter(|(_, reading)| reading.flags & flags::MADE != 0).count();
    let index = IndexBytes::new(&keyed, &prefixes);
    drop((keyed, prefixes));
    let image = Image::of_sections([
        [listed as u64, made as u64].iter().flat_map(|count| count.to_le_bytes()).collect(),
        lines(types.iter().map(EntityType::as_str)),
        lines(languages.iter().map(Language::as_str)),
        index.begins,
        index.is_name,
        index.ranges,
        index.tags,
        index.readings,
        spellings.into_bytes(),
        starts,
        records.bytes,
        id_table(&entities),
        with_roles,
    ]);
    (image, types, languages)
}

/// Four bytes hold every offset: what is beyond belongs to a second gazetteer.
fn offset(length: usize) -> u32 {
    u32::try_from(length).expect("the names of one gazetteer fit into four gigabytes")
}

fn lines<'s>(words: impl Iterator<Item = &'s str>) -> Vec<u8> {
    words.flat_map(|word| [word, "\n"]).collect::<String>().into_bytes()
}

/// Numbers of entities, counted from 1, at the place of their ids or at the next free one.
fn id_table(entities: &[Entity]) -> Vec<u8> {
    let mut slots = vec![0_u32; entities.len() + entities.len() / 3 + 1];
    for (number, entity) in (1..).zip(entities) {
        let mut slot = slot_of(entity.id.as_str(), slots.len());
        while slots[slot] != 0 {
            slot = (slot + 1) % slots.len();
        }
        slots[slot] = number;
    }
    slots.into_iter().map(u32::to_le_bytes).collect::<Vec<_>>().into_flattened()
}

/// Where the search for an id begins.
pub(super) fn slot_of(id: &str, slots: usize) -> usize {
    index::scaled(words::hash_of(id.as_bytes()), slots)
}

/// Gathers readings and their hashes.
#[derive(Default)]
struct Builder {
    languages: Vec<Language>,
    spellings: String,
    keyed: Vec<(u64, Reading)>,
    prefixes: Vec<u64>,
    words: Vec<Word>,
    /// Only these bits count in hashes.
    mask: u64,
}

impl Builder {
    fn add(&mut self, entity: u32, name: &Name, spelling: &str, form: Option<&Form>, family: Family) {
        let start = offset(self.spellings.len());
        if form.is_none() {
            self.spellings.push_str(spelling);
        }
        // A name of 64 kB is no name.
        let Ok(length) = u16::try_from(spelling.len()) else { return };
        self.words.clear();
        words::scan(spelling, Span::new(0, spelling.len()), &mut self.words);
        let mut hash = None;
        for (i, word) in self.words.iter().enumerate() {
            let next = index::key(hash, *word, self.mask);
            hash = Some(next);
            if i + 1 < self.words.len() {
                self.prefixes.push(next);
            }
        }
        let Some(hash) = hash else { return };
        if form.is_some() {
            self.spellings.push_str(spelling);
        }
        let language = self.language(name.language);
        let reading = Reading {
            entity,
            spelling: start,
            length,
            language,
            demand: demand(name, spelling, form, family),
            flags: flags_of(name, spelling, form, family),
        };
        self.keyed.push((hash, reading));
    }

    fn language(&mut self, language: Language) -> u16 {
        let at = self.languages.iter().position(|known| *known == language).unwrap_or_else(|| {
            self.languages.push(language);
            self.languages.len() - 1
        });
        u16::try_from(at).expect("there are not so many languages")
    }
}

fn demand(name: &Name, spelling: &str, form: Option<&Form>, family: Family) -> Demand {
    let small_demonyms = [Language::FRENCH, Language::RUSSIAN].contains(&name.language);
    let listed = Demand::of(&name.text, name.case, family, name.kind == NameKind::Demonym && small_demonyms);
    match (listed, form) {
        // The plural of an acronym ends in a small letter.
        (Demand::Acronym, Some(_)) => Demand::AsListed,
        // Initials make a name of several words out of any.
        (Demand::Capital | Demand::SomeCapital, Some(_)) => Demand::of(spelling, name.case, family, false),
        (demand, _) => demand,
    }
}

fn flags_of(name: &Name, spelling: &str, form: Option<&Form>, family: Family) -> u16 {
    let first = name.text.chars().find(|c| c.is_alphanumeric());
    let lower_case = first.is_some_and(char::is_lowercase);
    let common = !spelling.chars().any(char::is_uppercase) && spelling.chars().any(char::is_lowercase);
    let length = spelling.chars().filter(|c| fold::is_word_char(*c)).count();
    let one_word = !spelling.chars().any(|c| !fold::is_word_char(c));
    let proper = matches!(family, Family::Person | Family::Place) && !lower_case && name.kind != NameKind::Demonym;
    let kind = match name.kind {
        NameKind::Label => 0,
        NameKind::Alias => 1,
        NameKind::Demonym => 2,
        NameKind::Metonym => 3,
    };
    let bits = [
        (flags::NEEDS_CONTEXT, name.needs_context),
        (flags::LOWER_CASE, lower_case),
        (flags::OWN_LANGUAGE, common || name.kind == NameKind::Demonym),
        (flags::SMALL_WILL_DO, proper && one_word && length >= LONG && name.case != Some(CasePolicy::Exact)),
        (flags::ANY_ACCENT, proper && length >= 6 && name.case != Some(CasePolicy::Exact)),
        (flags::BEFORE_HYPHEN, form.is_some_and(|form| form.made_by.before_hyphen())),
        (flags::MADE, form.is_some()),
    ];
    bits.into_iter().filter(|(_, set)| *set).fold(kind << flags::KIND, |all, (bit, _)| all | bit)
}
