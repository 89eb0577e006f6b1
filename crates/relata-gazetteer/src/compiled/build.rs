//! From entities to the bytes of a compiled gazetteer.

use std::collections::{BTreeMap, HashMap};

use relata_model::{AccentPolicy, CasePolicy, Entity, EntityType, Language, MadeBy, Name, NameKind, Schema, Span};

use super::STRIDE;
use super::image::Image;
use super::record::{RecordWriter, kind_code};
use super::spelling_bytes::SpellingWriter;
use crate::fold;
use crate::forms::{self, Transliterations};
use crate::index::{self, IndexBytes, Keyed, Style, flags};
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
pub(super) fn build(
    mut entities: Vec<Entity>,
    schema: &Schema,
    transliterations: Transliterations,
    mask: u64,
) -> (Image, Vec<EntityType>, Vec<Language>) {
    entities.sort_by(|a, b| a.id.cmp(&b.id));
    entities.dedup_by(|later, first| later.id == first.id);
    let families = Families::new(schema);
    let types: Vec<EntityType> = schema.entity_types().map(|(entity_type, _)| entity_type.clone()).collect();
    let mut builder = Builder { mask, ..Builder::default() };
    builder.spellings.bytes.reserve(entities.len() * 20);
    builder.keyed.reserve(entities.len());
    let mut records = RecordWriter::default();
    records.all.reserve(entities.len() * 20);
    let mut starts = Vec::with_capacity(entities.len() / STRIDE * 4 + 8);
    let mut with_roles = Vec::new();
    let (mut listed, mut made, mut places) = (0, 0, Vec::new());
    for (number, entity) in (0_u32..).zip(&entities) {
        let (entity_type, family) = families.of(entity);
        places.clear();
        for name in &entity.names {
            let start = builder.spellings.listed(&name.text);
            places.push((start, builder.spellings.bytes.len()));
            builder.add(number, name, &name.text, start, None, family);
            for form in forms::forms(name, family.named(), transliterations) {
                if !entity.names.iter().any(|other| other.text == form.text && other.language == name.language) {
                    let start = builder.spellings.made(&form.text);
                    builder.add(number, name, &form.text, start, Some(form.made_by), family);
                    made += 1;
                }
            }
        }
        listed += entity.names.len();
        if (number as usize).is_multiple_of(STRIDE) {
            starts.extend(offset(records.all.len()).to_le_bytes());
        }
        records.entity(entity, entity_type, &places, |language| builder.language(language));
        if !entity.roles.is_empty() {
            with_roles.extend(number.to_le_bytes());
        }
    }
    let Builder { languages, spellings, keyed, mut prefixes, styles, .. } = builder;
    prefixes.sort_unstable();
    prefixes.dedup();
    let index = IndexBytes::new(keyed, &prefixes);
    drop(prefixes);
    let image = Image::of_sections([
        [entities.len() as u64, listed as u64, made].iter().flat_map(|count| count.to_le_bytes()).collect(),
        lines(types.iter().map(EntityType::as_str)),
        lines(languages.iter().map(Language::as_str)),
        styles.into_iter().flat_map(Style::to_bytes).collect(),
        index.begins,
        index.is_name,
        index.ranges,
        index.tags,
        index.readings,
        spellings.bytes,
        starts,
        records.all,
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
    let mut slots = vec![0_u32; entities.len() + entities.len() / 6 + 1];
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
    spellings: SpellingWriter,
    keyed: Vec<Keyed>,
    prefixes: Vec<u64>,
    words: Vec<Word>,
    styles: Vec<Style>,
    numbers: HashMap<Style, u32>,
    /// The style of the last name, which is most often that of the next.
    last: Option<(Style, u32)>,
    /// Only these bits count in hashes.
    mask: u64,
}

impl Builder {
    fn add(&mut self, entity: u32, name: &Name, spelling: &str, start: usize, made_by: Option<MadeBy>, family: Family) {
        // A name of 64 kB is no name.
        if spelling.len() > usize::from(u16::MAX) {
            return;
        }
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
        let style = Style {
            language: self.language(name.language),
            demand: demand(name, spelling, made_by, family),
            flags: flags_of(name, spelling, made_by, family),
            made_by,
            priority: name.priority,
        };
        let style = self.style(style);
        self.keyed.push(Keyed { hash, entity, spelling: offset(start), style });
    }

    fn style(&mut self, style: Style) -> u32 {
        if let Some((last, number)) = self.last
            && last == style
        {
            return number;
        }
        let number = *self.numbers.entry(style).or_insert_with(|| {
            self.styles.push(style);
            offset(self.styles.len() - 1)
        });
        self.last = Some((style, number));
        number
    }

    fn language(&mut self, language: Language) -> u16 {
        let at = self.languages.iter().position(|known| *known == language).unwrap_or_else(|| {
            self.languages.push(language);
            self.languages.len() - 1
        });
        u16::try_from(at).expect("there are not so many languages")
    }
}

fn demand(name: &Name, spelling: &str, made_by: Option<MadeBy>, family: Family) -> Demand {
    let small_demonyms = [Language::FRENCH, Language::RUSSIAN].contains(&name.language);
    let small = name.kind == NameKind::Role || (name.kind == NameKind::Demonym && small_demonyms);
    let listed = match (name.kind, name.case) {
        (NameKind::Acronym, None) => Demand::Acronym,
        _ => Demand::of(&name.text, name.case, family, small),
    };
    match (listed, made_by) {
        // The plural of an acronym ends in a small letter.
        (Demand::Acronym, Some(MadeBy::AcronymPlural | MadeBy::RussianCase)) => Demand::AsListed,
        // Other forms may have more words than the name, or fewer.
        (Demand::AsListed | Demand::AnyCase, _) | (_, None) => listed,
        (_, Some(_)) => Demand::of(spelling, name.case, family, false),
    }
}

fn flags_of(name: &Name, spelling: &str, made_by: Option<MadeBy>, family: Family) -> u16 {
    let first = name.text.chars().find(|c| c.is_alphanumeric());
    let lower_case = first.is_some_and(char::is_lowercase);
    let common = !spelling.chars().any(char::is_uppercase) && spelling.chars().any(char::is_lowercase);
    let length = spelling.chars().filter(|c| fold::is_word_char(*c)).count();
    let one_word = !spelling.chars().any(|c| !fold::is_word_char(c));
    let plain = matches!(name.kind, NameKind::Label | NameKind::Alias | NameKind::Metonym);
    let proper = matches!(family, Family::Person | Family::Place) && !lower_case && plain;
    let free_case = name.case != Some(CasePolicy::Exact);
    let bits = [
        (flags::NEEDS_CONTEXT, name.needs_context),
        (flags::LOWER_CASE, lower_case),
        (flags::OWN_LANGUAGE, common || name.kind == NameKind::Demonym),
        (flags::SMALL_WILL_DO, proper && one_word && length >= LONG && free_case),
        (flags::ANY_ACCENT, proper && length >= 6 && free_case),
        (flags::BEFORE_HYPHEN, made_by.is_some_and(MadeBy::before_hyphen)),
        (flags::EXACT_ACCENTS, name.accents == Some(AccentPolicy::Exact)),
        (flags::FREE_ACCENTS, name.accents == Some(AccentPolicy::Fold)),
    ];
    let kind = kind_code(name.kind) << flags::KIND;
    bits.into_iter().filter(|(_, set)| *set).fold(kind, |all, (bit, _)| all | bit)
}
