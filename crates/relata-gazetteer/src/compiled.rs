//! Compiled gazetteers: entities, every form of their names and the index of them, as bytes that need no further work.

mod build;
mod image;
mod mapping;
mod record;
mod spelling_bytes;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use relata_model::{Digest, Entity, EntityId, EntityType, Language, NameKind, Schema};

use crate::forms::Transliterations;
use crate::index::{Index, Reading, Sections};
use image::{Image, Section};

/// A gazetteer ready for use: made of entities, or opened from the file that [`Compiled::write`] made.
///
/// A file is mapped, not read: opening takes the same time whatever its size, and only what is looked at comes into memory.
/// Every access is checked, so that a damaged file loses names and never does harm; [`Compiled::verify`] tells.
///
/// ```
/// use relata_gazetteer::{Compiled, Source, load};
/// # let schema = relata_model::Schema::from_toml("s", "[[entity-type]]\nname = \"City\"\nlabels = {}").unwrap();
/// let source = Source::of_text("a.jsonl", r#"{"id": "paris", "type": "City", "labels": {"fr": "Paris"}}"#);
/// let compiled = Compiled::new(load(&[source], &schema).unwrap().entities, &schema);
/// let mut bytes = Vec::new();
/// compiled.write(&mut bytes).unwrap();
/// let opened = Compiled::of_bytes(bytes, "names.rlg".as_ref(), &schema).unwrap();
/// assert!(opened.entity(&"paris".parse().unwrap()).is_some());
/// ```
#[derive(Debug)]
pub struct Compiled {
    image: Image,
    types: Vec<EntityType>,
    languages: Vec<Language>,
    decoded: Decoded,
}

/// Entities that were asked for, in groups, so that a million of which nobody asks cost next to nothing.
type Decoded = Vec<OnceLock<Box<[OnceLock<Option<Box<Entity>>>]>>>;

const GROUP: usize = 64;

/// Of so many records, one after the other, it is known where the first begins.
const STRIDE: usize = 16;

/// Why a file cannot serve as a compiled gazetteer.
#[derive(Debug, thiserror::Error)]
pub enum CompiledError {
    /// The system says no.
    #[error("cannot read {}: {cause}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// It begins otherwise.
    #[error("{}: this is no compiled gazetteer (make one with \"relata gazetteer compile\")", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// Another version of the format.
    #[error(
        "{}: compiled in format {version}, while this program reads format {}: compile it again with this program",
        path.display(),
        image::VERSION
    )]
    OtherVersion {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: u32,
    },
    /// Shorter or longer than it says.
    #[error(
        "{}: the file has {found} bytes{}: copy or compile it again",
        path.display(),
        length.map_or_else(String::new, |length| format!(" instead of {length}"))
    )]
    Truncated {
        /// The file.
        path: PathBuf,
        /// How long it is.
        found: u64,
        /// How long it says it is.
        length: Option<u64>,
    },
    /// Its parts contradict each other.
    #[error("{}: the file is damaged ({what}): copy or compile it again", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Which part is wrong.
        what: &'static str,
    },
    /// A type of entity that the schema does not have.
    #[error("{}: compiled with the entity type \"{name}\", which the schema does not have: compile it again with this schema", path.display())]
    UnknownType {
        /// The file.
        path: PathBuf,
        /// The type.
        name: String,
    },
}

impl Compiled {
    /// Makes the forms of all names and their index. Entities need not be sorted; of two with one id the first counts.
    pub fn new(entities: Vec<Entity>, schema: &Schema) -> Self {
        Self::with_forms(entities, schema, Transliterations::None)
    }

    /// As [`Compiled::new`], with more forms of the names.
    pub fn with_forms(entities: Vec<Entity>, schema: &Schema, transliterations: Transliterations) -> Self {
        Self::with_mask(entities, schema, transliterations, u64::MAX)
    }

    /// As [`Compiled::with_forms`], but only the bits of `mask` count in hashes: tests make names collide with it.
    pub(crate) fn with_mask(
        entities: Vec<Entity>,
        schema: &Schema,
        transliterations: Transliterations,
        mask: u64,
    ) -> Self {
        let (image, types, languages) = build::build(entities, schema, transliterations, mask);
        let decoded = groups(count(&image, 0));
        Self { image, types, languages, decoded }
    }

    /// Maps a file.
    ///
    /// # Errors
    /// When it is none of this format and version, or not whole, or has entities of types that the schema does not know.
    pub fn open(path: &Path, schema: &Schema) -> Result<Self, CompiledError> {
        Self::of_image(Image::map(path)?, path, schema)
    }

    /// Takes the bytes of a file; `path` names it in messages.
    ///
    /// # Errors
    /// As [`Compiled::open`].
    pub fn of_bytes(bytes: Vec<u8>, path: &Path, schema: &Schema) -> Result<Self, CompiledError> {
        Self::of_image(Image::of_vec(bytes, path)?, path, schema)
    }

    fn of_image(image: Image, path: &Path, schema: &Schema) -> Result<Self, CompiledError> {
        let damaged = |what| CompiledError::Damaged { path: path.to_owned(), what };
        let words = |section, what| {
            let text = std::str::from_utf8(image.section(section)).map_err(|_| damaged(what))?;
            Ok(text.lines())
        };
        let types = words(Section::Types, "its entity types")?
            .map(|name| {
                let unknown = |_| CompiledError::UnknownType { path: path.to_owned(), name: name.to_owned() };
                schema.entity_type(name).map_err(unknown)
            })
            .collect::<Result<_, _>>()?;
        let languages = words(Section::Languages, "its languages")?
            .map(|tag| tag.parse().map_err(|_| damaged("its languages")))
            .collect::<Result<_, _>>()?;
        Index::checked(index_sections(&image)).ok_or_else(|| damaged("its index"))?;
        let counts = image.section(Section::Counts);
        let entities = count(&image, 0);
        // An entity takes a byte at least, so that no file makes room for more than it can hold.
        if counts.len() != 24 || entities > image.section(Section::Entities).len() {
            return Err(damaged("its counts"));
        }
        let starts = image.section(Section::Starts);
        if starts.len() != entities.div_ceil(STRIDE) * 4 {
            return Err(damaged("its entities"));
        }
        let decoded = groups(entities);
        Ok(Self { image, types, languages, decoded })
    }

    /// Writes the file that [`Compiled::open`] maps. The same entities give the same bytes.
    ///
    /// # Errors
    /// When `out` does not take them.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        self.image.write(out)
    }

    /// SHA-256 of what it holds: its name in a build's list of data. A file tells it in its header.
    pub fn digest(&self) -> Digest {
        self.image.claimed_digest().unwrap_or_else(|| self.image.digest())
    }

    /// Reads all of a file and compares it with the digest in its header.
    ///
    /// # Errors
    /// When they differ.
    pub fn verify(&self, path: &Path) -> Result<(), CompiledError> {
        let same = self.image.claimed_digest() == Some(self.image.digest());
        if same {
            Ok(())
        } else {
            Err(CompiledError::Damaged { path: path.to_owned(), what: "its digest does not fit" })
        }
    }

    /// How many entities it has.
    pub fn len(&self) -> usize {
        count(&self.image, 0)
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entity with this id.
    pub fn entity(&self, id: &EntityId) -> Option<&Entity> {
        self.numbered(self.number_of(id)?)
    }

    /// Whether it has an entity with this id.
    pub fn has(&self, id: &EntityId) -> bool {
        self.number_of(id).is_some()
    }

    /// All entities, in the order of their ids. Each is read when it comes, and stays in memory.
    pub fn entities(&self) -> impl Iterator<Item = &Entity> {
        (0..self.len()).filter_map(|number| self.numbered(u32::try_from(number).ok()?))
    }

    /// The ids of all entities, in order.
    pub(crate) fn ids(&self) -> impl Iterator<Item = EntityId> {
        (0..self.len()).filter_map(|number| record::id_of(self.record(number)?)?.parse().ok())
    }

    /// The entities that hold or held a post, in the order of their ids.
    pub(crate) fn with_roles(&self) -> impl Iterator<Item = &Entity> {
        let numbers = self.image.section(Section::WithRoles).as_chunks::<4>().0;
        numbers.iter().filter_map(|number| self.numbered(u32::from_le_bytes(*number)))
    }

    /// Names as listed, forms made, and bytes of all.
    pub(crate) fn counts(&self) -> (usize, usize, usize) {
        (count(&self.image, 1), count(&self.image, 2), self.image.len())
    }

    pub(crate) fn languages(&self) -> &[Language] {
        &self.languages
    }

    pub(crate) fn index(&self) -> Index<'_> {
        Index::of(index_sections(&self.image))
    }

    /// How the name of a reading is spelled; a form is put together in `room`. `None` where the file is damaged.
    #[inline]
    pub(crate) fn spelling<'s>(&'s self, reading: &Reading, room: &'s mut String) -> Option<&'s str> {
        let (bytes, start) = (self.image.section(Section::Spellings), reading.spelling as usize);
        let text = match reading.style.made_by {
            None => spelling_bytes::listed(bytes, start)?.0,
            Some(_) => spelling_bytes::made(bytes, start, room)?,
        };
        Some(text).filter(|text| !text.is_empty())
    }

    /// The entity with this number; `None` where there is none, or the file is damaged.
    pub(crate) fn numbered(&self, number: u32) -> Option<&Entity> {
        let number = number as usize;
        let group = self.decoded.get(number / GROUP)?;
        let group = group.get_or_init(|| (0..GROUP).map(|_| OnceLock::new()).collect());
        group[number % GROUP].get_or_init(|| self.read(number).map(Box::new)).as_deref()
    }

    /// Only an entity that its id leads to: so whoever has the id of one can always ask for it.
    fn read(&self, number: usize) -> Option<Entity> {
        let spellings = self.image.section(Section::Spellings);
        let entity = record::read(self.record(number)?, spellings, &self.types, &self.languages)?;
        (self.number_of(&entity.id)? as usize == number).then_some(entity)
    }

    fn record(&self, number: usize) -> Option<&[u8]> {
        let starts = self.image.section(Section::Starts).as_chunks::<4>().0;
        let start = u32::from_le_bytes(*starts.get(number / STRIDE)?) as usize;
        record::record(self.image.section(Section::Entities).get(start..)?, number % STRIDE)
    }

    fn number_of(&self, id: &EntityId) -> Option<u32> {
        let slots = self.image.section(Section::Ids).as_chunks::<4>().0;
        let first = build::slot_of(id.as_str(), slots.len());
        for slot in slots.get(first..)?.iter().chain(&slots[..first]) {
            // Slots hold numbers from 1; 0 is free.
            let number = u32::from_le_bytes(*slot).checked_sub(1)?;
            if record::id_of(self.record(number as usize)?)? == id.as_str() {
                return Some(number);
            }
        }
        None
    }
}

fn index_sections(image: &Image) -> Sections<'_> {
    Sections {
        begins: image.section(Section::Begins),
        is_name: image.section(Section::IsName),
        ranges: image.section(Section::Ranges),
        tags: image.section(Section::Tags),
        readings: image.section(Section::Readings),
        styles: image.section(Section::Styles),
    }
}

/// A number of the section of counts; 0 where there is none.
fn count(image: &Image, at: usize) -> usize {
    let counts = image.section(Section::Counts).as_chunks::<8>().0;
    counts.get(at).map_or(0, |count| usize::try_from(u64::from_le_bytes(*count)).unwrap_or(0))
}

/// Whether bytes begin like a compiled gazetteer, whole or not.
pub fn is_compiled(bytes: &[u8]) -> bool {
    image::begins_like_one(bytes)
}

fn groups(entities: usize) -> Decoded {
    (0..entities.div_ceil(GROUP)).map(|_| OnceLock::new()).collect()
}

pub(crate) fn kind_of(reading: &Reading) -> NameKind {
    record::kind_of_code(reading.style.flags >> crate::index::flags::KIND & 7).unwrap_or(NameKind::Alias)
}
