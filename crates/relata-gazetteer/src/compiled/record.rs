//! One entity as bytes, and back.
//!
//! Numbers take seven bits a byte. Names are not repeated: a record says where they lie among the spellings.

use indexmap::IndexMap;
use relata_model::{
    AccentPolicy, CasePolicy, DatedRole, Entity, EntityType, Language, Name, NameKind, Period, PostId, Prior,
};

use super::spelling_bytes;

/// Writes records, each behind its length.
#[derive(Debug, Default)]
pub(super) struct RecordWriter {
    pub(super) all: Vec<u8>,
    /// The record that is being written.
    bytes: Vec<u8>,
}

/// Which parts a record has beside its names; most have none.
mod parts {
    pub(super) const WIKIDATA: u8 = 1;
    pub(super) const COUNTRY: u8 = 1 << 1;
    pub(super) const RELATED: u8 = 1 << 2;
    pub(super) const CONTEXT: u8 = 1 << 3;
    pub(super) const ROLES: u8 = 1 << 4;
    pub(super) const PRIOR: u8 = 1 << 5;
    pub(super) const PERIOD: u8 = 1 << 6;
}

/// Appends a number, seven bits a byte.
pub(super) fn number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

/// Takes a number from the head of `bytes`; `None` where there is none.
#[inline]
pub(super) fn read_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7F) << shift;
        if *byte < 0x80 {
            return Some(number);
        }
    }
    None
}

impl RecordWriter {
    fn number(&mut self, value: u64) {
        number(value, &mut self.bytes);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend(text.as_bytes());
    }

    fn period(&mut self, period: Period) {
        for end in [period.from, period.to] {
            self.text(&end.map_or_else(String::new, |date| date.to_string()));
        }
    }

    /// Appends an entity. `places` are the bytes of the spellings at which its names begin, and end.
    pub(super) fn entity(
        &mut self,
        entity: &Entity,
        entity_type: usize,
        places: &[(usize, usize)],
        mut language: impl FnMut(Language) -> u16,
    ) {
        self.bytes.clear();
        self.text(entity.id.as_str());
        self.number(entity_type as u64);
        let parts = [
            (parts::WIKIDATA, entity.wikidata.is_some()),
            (parts::COUNTRY, entity.country.is_some()),
            (parts::RELATED, !entity.related.is_empty()),
            (parts::CONTEXT, !entity.context.is_empty()),
            (parts::ROLES, !entity.roles.is_empty()),
            (parts::PRIOR, entity.prior.is_some()),
            (parts::PERIOD, entity.period.is_some()),
        ];
        self.bytes.push(parts.into_iter().filter(|(_, has)| *has).fold(0, |all, (part, _)| all | part));
        self.number(entity.names.len() as u64);
        let mut cursor = 0;
        for (name, &(start, end)) in entity.names.iter().zip(places) {
            // Forms lie between the names they were made of.
            self.number((start - cursor) as u64);
            cursor = end;
            self.number(language(name.language).into());
            self.number(name_bits(name));
        }
        if let Some(item) = entity.wikidata {
            self.number(item.number());
        }
        if let Some(country) = &entity.country {
            self.text(country.as_str());
        }
        if !entity.related.is_empty() {
            self.number(entity.related.len() as u64);
            for id in &entity.related {
                self.text(id.as_str());
            }
        }
        if !entity.context.is_empty() {
            self.number(entity.context.len() as u64);
            for (of, word) in &entity.context {
                self.number(language(*of).into());
                self.text(word);
            }
        }
        if !entity.roles.is_empty() {
            self.number(entity.roles.len() as u64);
            for role in &entity.roles {
                self.text(role.post.as_str());
                self.text(role.organization.as_str());
                self.bytes.push(u8::from(role.period.is_some()));
                if let Some(period) = role.period {
                    self.period(period);
                }
            }
        }
        if let Some(prior) = entity.prior {
            self.number(prior.millionths());
        }
        if let Some(period) = entity.period {
            self.period(period);
        }
        number(self.bytes.len() as u64, &mut self.all);
        self.all.extend(&self.bytes);
    }
}

/// The record so many records behind the head of `records`; `None` where there is none.
#[inline]
pub(super) fn record(mut records: &[u8], skipped: usize) -> Option<&[u8]> {
    for _ in 0..skipped {
        let length = usize::try_from(read_number(&mut records)?).ok()?;
        records = records.get(length..)?;
    }
    let length = usize::try_from(read_number(&mut records)?).ok()?;
    records.get(..length)
}

const KINDS: [NameKind; 6] =
    [NameKind::Label, NameKind::Alias, NameKind::Acronym, NameKind::Role, NameKind::Demonym, NameKind::Metonym];

/// The code of a kind of name.
pub(super) fn kind_code(kind: NameKind) -> u16 {
    match kind {
        NameKind::Label => 0,
        NameKind::Alias => 1,
        NameKind::Acronym => 2,
        NameKind::Role => 3,
        NameKind::Demonym => 4,
        NameKind::Metonym => 5,
    }
}

/// The kind of name that a code means; `None` where there is none, which only a damaged file has.
pub(super) fn kind_of_code(code: u16) -> Option<NameKind> {
    KINDS.get(usize::from(code)).copied()
}

fn name_bits(name: &Name) -> u64 {
    let case = match name.case {
        None => 0,
        Some(CasePolicy::Exact) => 1,
        Some(CasePolicy::Fold) => 2,
    };
    let accents = match name.accents {
        None => 0,
        Some(AccentPolicy::Exact) => 1,
        Some(AccentPolicy::Fold) => 2,
    };
    let [priority] = name.priority.to_le_bytes();
    u64::from(kind_code(name.kind))
        | case << 3
        | u64::from(name.needs_context) << 5
        | accents << 6
        | u64::from(priority) << 8
}

/// The id that a record begins with.
pub(super) fn id_of(record: &[u8]) -> Option<&str> {
    RecordReader { rest: record, spellings: &[] }.text()
}

/// Reads a record; `None` where it holds no entity, which only a damaged file does.
pub(super) fn read(record: &[u8], spellings: &[u8], types: &[EntityType], languages: &[Language]) -> Option<Entity> {
    let mut reader = RecordReader { rest: record, spellings };
    let mut entity = Entity::new(reader.text()?.parse().ok()?, types.get(reader.index()?)?.clone());
    let parts = reader.byte()?;
    let has = |part: u8| parts & part != 0;
    let count = reader.count()?;
    let mut cursor = 0;
    let mut labels = IndexMap::new();
    for _ in 0..count {
        let name = reader.name(&mut cursor, languages)?;
        if name.kind == NameKind::Label {
            labels.insert(name.language, name.text.clone());
        }
        entity.names.push(name);
    }
    entity.labels = labels;
    if has(parts::WIKIDATA) {
        entity.wikidata = Some(format!("Q{}", reader.number()?).parse().ok()?);
    }
    if has(parts::COUNTRY) {
        entity.country = Some(reader.text()?.parse().ok()?);
    }
    if has(parts::RELATED) {
        entity.related = reader.list(|reader| reader.text()?.parse().ok())?;
    }
    if has(parts::CONTEXT) {
        entity.context = reader.list(|reader| Some((*languages.get(reader.index()?)?, reader.text()?.to_owned())))?;
    }
    if has(parts::ROLES) {
        entity.roles = reader.list(RecordReader::role)?;
    }
    if has(parts::PRIOR) {
        entity.prior = Some(Prior::of_millionths(reader.number()?)?);
    }
    if has(parts::PERIOD) {
        entity.period = Some(reader.period()?);
    }
    Some(entity)
}

struct RecordReader<'r> {
    rest: &'r [u8],
    spellings: &'r [u8],
}

impl<'r> RecordReader<'r> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u64> {
        read_number(&mut self.rest)
    }

    fn index(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    /// A number of things that each take a byte at least: what is left bounds it.
    fn count(&mut self) -> Option<usize> {
        self.index().filter(|count| *count <= self.rest.len())
    }

    fn text(&mut self) -> Option<&'r str> {
        let length = self.count()?;
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        std::str::from_utf8(text).ok()
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        (0..count).map(|_| item(self)).collect()
    }

    fn name(&mut self, cursor: &mut usize, languages: &[Language]) -> Option<Name> {
        let start = cursor.checked_add(self.index()?)?;
        let (text, end) = spelling_bytes::listed(self.spellings, start)?;
        *cursor = end;
        let language = *languages.get(self.index()?)?;
        let bits = self.number()?;
        let kind = kind_of_code(u16::try_from(bits & 7).ok()?)?;
        let case = match bits >> 3 & 3 {
            0 => None,
            1 => Some(CasePolicy::Exact),
            2 => Some(CasePolicy::Fold),
            _ => return None,
        };
        let accents = match bits >> 6 & 3 {
            0 => None,
            1 => Some(AccentPolicy::Exact),
            2 => Some(AccentPolicy::Fold),
            _ => return None,
        };
        let priority = i8::from_le_bytes([u8::try_from(bits >> 8).ok()?]);
        let needs_context = bits & 32 != 0;
        Some(Name { text: text.to_owned(), language, kind, case, accents, needs_context, priority })
    }

    fn role(&mut self) -> Option<DatedRole> {
        let post = PostId::new(self.text()?);
        let organization = self.text()?.parse().ok()?;
        let period = if self.byte()? == 0 { None } else { Some(self.period()?) };
        Some(DatedRole { post, organization, period })
    }

    fn period(&mut self) -> Option<Period> {
        let mut end = || match self.text()? {
            "" => Some(None),
            date => date.parse().ok().map(Some),
        };
        Some(Period { from: end()?, to: end()? })
    }
}
