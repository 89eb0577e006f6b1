//! From listed names and their forms to readings.

use std::collections::BTreeMap;

use relata_model::{CasePolicy, Entity, EntityType, Language, Name, NameKind, Schema, Span};

use crate::fold;
use crate::forms::Form;
use crate::index::{Reading, flags};
use crate::spelling::{Demand, Family};
use crate::words::{self, Word};

/// Letters from which on a name of a person or place is known in small letters too: "novorossia", but not "florence".
const LONG: usize = 9;

/// Which types of a schema ask for special care with capitals.
pub(super) struct Families(BTreeMap<EntityType, Family>);

impl Families {
    pub(super) fn new(schema: &Schema) -> Self {
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
        Self(schema.entity_types().map(|(entity_type, _)| (entity_type.clone(), family(entity_type))).collect())
    }

    pub(super) fn of(&self, entity: &Entity) -> Family {
        self.0.get(&entity.entity_type).copied().unwrap_or_default()
    }
}

/// Gathers readings and their hashes.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) languages: Vec<Language>,
    pub(super) spellings: String,
    pub(super) keyed: Vec<(u64, Reading)>,
    pub(super) prefixes: Vec<u64>,
    words: Vec<Word>,
    mask: u64,
}

impl Builder {
    /// Only the bits of `mask` count in hashes.
    pub(super) fn new(mask: u64) -> Self {
        Self { mask, ..Self::default() }
    }

    pub(super) fn add(&mut self, entity: u32, name: &Name, spelling: &str, form: Option<&Form>, family: Family) {
        // A name of 64 kB is no name; spellings of 4 GiB do not fit the memory that this is made for.
        let (Ok(length), Ok(start)) = (u16::try_from(spelling.len()), u32::try_from(self.spellings.len())) else {
            return;
        };
        self.words.clear();
        words::scan(spelling, Span::new(0, spelling.len()), &mut self.words);
        let mut hash = None;
        for (i, word) in self.words.iter().enumerate() {
            let next = hash.map_or(word.hash, |prefix| words::extend(prefix, word.hash)) & self.mask;
            hash = Some(next);
            if i + 1 < self.words.len() {
                self.prefixes.push(next);
            }
        }
        let Some(hash) = hash else { return };
        self.spellings.push_str(spelling);
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
        u16::try_from(at).unwrap_or(u16::MAX)
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
