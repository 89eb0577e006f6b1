//! One entity as bytes, and back.
//!
//! Numbers take seven bits a byte. Names are not repeated: a record says where they lie among the spellings.

use indexmap::IndexMap;
use relata_model::{CasePolicy, DatedRole, Entity, EntityId, EntityType, Language, Name, NameKind, Period, PostId};

/// Writes records.
#[derive(Debug, Default)]
pub(super) struct RecordWriter {
    pub(super) bytes: Vec<u8>,
}

impl RecordWriter {
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        self.bytes.push(number.to_le_bytes()[0]);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend(text.as_bytes());
    }

    /// Appends an entity. `places` are the bytes of the spellings at which its names begin.
    pub(super) fn entity(
        &mut self,
        entity: &Entity,
        entity_type: usize,
        places: &[usize],
        mut language: impl FnMut(Language) -> u16,
    ) {
        self.text(entity.id.as_str());
        self.number(entity_type as u64);
        self.number(entity.wikidata.map_or(0, |item| item.to_string()[1..].parse().unwrap_or(0)));
        self.number(entity.names.len() as u64);
        let mut cursor = places.first().copied().unwrap_or(0);
        self.number(cursor as u64);
        for (name, &place) in entity.names.iter().zip(places) {
            // Forms lie between the names they were made of.
            self.number((place - cursor) as u64);
            cursor = place + name.text.len();
            self.number(name.text.len() as u64);
            self.number(language(name.language).into());
            self.bytes.push(name_bits(name));
        }
        self.text(entity.country.as_ref().map_or("", EntityId::as_str));
        self.number(entity.related.len() as u64);
        for id in &entity.related {
            self.text(id.as_str());
        }
        self.number(entity.context.len() as u64);
        for (of, word) in &entity.context {
            self.number(language(*of).into());
            self.text(word);
        }
        self.number(entity.roles.len() as u64);
        for role in &entity.roles {
            self.text(role.post.as_str());
            self.text(role.organization.as_str());
            self.bytes.push(u8::from(role.period.is_some()));
            if let Some(period) = role.period {
                for end in [period.from, period.to] {
                    self.text(&end.map_or_else(String::new, |date| date.to_string()));
                }
            }
        }
    }
}

fn name_bits(name: &Name) -> u8 {
    let kind = match name.kind {
        NameKind::Label => 0,
        NameKind::Alias => 1,
        NameKind::Demonym => 2,
        NameKind::Metonym => 3,
    };
    let case = match name.case {
        None => 0,
        Some(CasePolicy::Exact) => 1,
        Some(CasePolicy::Fold) => 2,
    };
    kind | case << 2 | u8::from(name.needs_context) << 4
}

/// The id that a record begins with.
pub(super) fn id_of(record: &[u8]) -> Option<&str> {
    RecordReader { rest: record, spellings: &[] }.text()
}

/// Reads a record; `None` where it holds no entity, which only a damaged file does.
pub(super) fn read(record: &[u8], spellings: &[u8], types: &[EntityType], languages: &[Language]) -> Option<Entity> {
    let mut reader = RecordReader { rest: record, spellings };
    let id = reader.text()?.parse().ok()?;
    let entity_type = types.get(reader.index()?)?.clone();
    let wikidata = match reader.number()? {
        0 => None,
        number => Some(format!("Q{number}").parse().ok()?),
    };
    let count = reader.count()?;
    let mut cursor = reader.index()?;
    let mut names = Vec::with_capacity(count);
    let mut labels = IndexMap::new();
    for _ in 0..count {
        let name = reader.name(&mut cursor, languages)?;
        if name.kind == NameKind::Label {
            labels.insert(name.language, name.text.clone());
        }
        names.push(name);
    }
    let country = match reader.text()? {
        "" => None,
        id => Some(id.parse().ok()?),
    };
    let related = reader.list(|reader| reader.text()?.parse().ok())?;
    let context = reader.list(|reader| Some((*languages.get(reader.index()?)?, reader.text()?.to_owned())))?;
    let roles = reader.list(RecordReader::role)?;
    Some(Entity { id, entity_type, labels, names, country, related, context, roles, wikidata })
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
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
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
        let end = start.checked_add(self.index()?)?;
        *cursor = end;
        let text = std::str::from_utf8(self.spellings.get(start..end)?).ok()?.to_owned();
        let language = *languages.get(self.index()?)?;
        let bits = self.byte()?;
        let kind = [NameKind::Label, NameKind::Alias, NameKind::Demonym, NameKind::Metonym][usize::from(bits & 3)];
        let case = match bits >> 2 & 3 {
            0 => None,
            1 => Some(CasePolicy::Exact),
            2 => Some(CasePolicy::Fold),
            _ => return None,
        };
        Some(Name { text, language, kind, case, needs_context: bits & 16 != 0 })
    }

    fn role(&mut self) -> Option<DatedRole> {
        let post = PostId::new(self.text()?);
        let organization = self.text()?.parse().ok()?;
        let period = if self.byte()? == 0 {
            None
        } else {
            let mut end = || match self.text()? {
                "" => Some(None),
                date => date.parse().ok().map(Some),
            };
            Some(Period { from: end()?, to: end()? })
        };
        Some(DatedRole { post, organization, period })
    }
}
