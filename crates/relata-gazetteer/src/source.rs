//! Gazetteer sources: JSON Lines, one entity a line.

mod line;
mod raw;
mod write;

pub use write::write_line;
pub(crate) use write::write_object;

use std::sync::Arc;

use indexmap::IndexMap;
use relata_model::{Diagnostic, Entity, EntityId, Language, LoadError, Name, NameKind, Schema};
use rustc_hash::{FxBuildHasher, FxHashMap};

/// By id, in the order of insertion; ids come from files of the user's own, so that no other hash is needed.
type ById<T> = IndexMap<EntityId, T, FxBuildHasher>;

/// Files that belong together: in one source an id stands once, while the same id in two sources is one entity.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The files, in the order in which their faults are to be told.
    pub files: Vec<SourceFile>,
}

impl Source {
    /// A source of one file whose text is at hand.
    pub fn of_text(name: &str, text: &str) -> Self {
        Self { files: vec![SourceFile { name: name.to_owned(), text: text.to_owned() }] }
    }
}

/// A file of a source.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// As the user named it, for messages.
    pub name: String,
    /// What it holds; a byte order mark, CRLF, blank lines and lines that begin with `#` do no harm.
    pub text: String,
}

/// What sources hold.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// In the order of their ids; no id twice.
    pub entities: Vec<Entity>,
    /// Where each entity stands first, in the order of `entities`.
    pub places: Vec<Place>,
    /// References to ids that no source has: they do no harm, but help nobody.
    pub warnings: Vec<Diagnostic>,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file, as the user named it.
    pub file: Arc<str>,
    /// Counted from 1.
    pub line: usize,
}

/// Reads sources and unites them: the type of an entity is that of its first source, its labels too; a different label of
/// a later source becomes an alias.
///
/// ```
/// use relata_gazetteer::{Source, load};
/// # let schema = relata_model::Schema::from_toml("s", "[[entity-type]]\nname = \"City\"\nlabels = {}").unwrap();
/// let source = Source::of_text("mine.jsonl", r#"{"id": "paris", "type": "Town", "labels": {"fr": "Paris"}}"#);
/// let error = load(&[source], &schema).unwrap_err();
/// assert_eq!(error.to_string(), r#"mine.jsonl:1:25: unknown entity type "Town""#);
/// ```
///
/// # Errors
/// Every fault of every file, with its place.
pub fn load(sources: &[Source], schema: &Schema) -> Result<Loaded, LoadError> {
    let mut faults = Vec::new();
    let mut merged: ById<(Entity, Place, &str)> = ById::default();
    for source in sources {
        let mut own: FxHashMap<EntityId, Place> = FxHashMap::default();
        for file in &source.files {
            let file_name: Arc<str> = file.name.as_str().into();
            for (number, line) in lines(&file.text) {
                let before = faults.len();
                let read = line::read(&file.name, number, line, schema, &mut faults);
                faults[before..].sort_by_key(|fault| fault.column);
                let Some(entity) = read else { continue };
                let place = Place { file: Arc::clone(&file_name), line: number };
                if let Some(first) = own.get(&entity.id) {
                    let at = line.find(entity.id.as_str()).unwrap_or(1) - 1;
                    let message = format!(
                        "\"{}\" stands already in {}:{}: join the two lines",
                        entity.id, first.file, first.line
                    );
                    faults.push(line::diagnostic(&file.name, number, line, at, message));
                    continue;
                }
                own.insert(entity.id.clone(), place.clone());
                match merged.get_mut(&entity.id) {
                    None => {
                        merged.insert(entity.id.clone(), (entity, place, line));
                    }
                    // Told where the first stands: the user's own files come before the shipped ones.
                    Some((known, first, line)) if known.entity_type != entity.entity_type => {
                        let at = line.find(&format!("\"{}\"", known.entity_type)).unwrap_or(0);
                        let message = format!(
                            "\"{}\" is a {} here and a {} in {}:{}: give one of them another id or type",
                            entity.id, known.entity_type, entity.entity_type, place.file, place.line
                        );
                        faults.push(line::diagnostic(&first.file, first.line, line, at, message));
                    }
                    Some((known, ..)) => unite(known, entity),
                }
            }
        }
    }
    if !faults.is_empty() {
        return Err(LoadError(faults));
    }
    merged.sort_unstable_keys();
    let warnings = unknown_references(&merged);
    let (entities, places) = merged.into_values().map(|(entity, place, _)| (entity, place)).unzip();
    Ok(Loaded { entities, places, warnings })
}

/// The lines that hold an entity, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    (1..).zip(text.lines()).filter(|(_, line)| {
        let line = line.trim_start();
        !line.is_empty() && !line.starts_with('#')
    })
}

/// Adds what another source says of the same entity.
pub(crate) fn unite(known: &mut Entity, other: Entity) {
    for mut name in other.names {
        if name.kind == NameKind::Label {
            match known.labels.get(&name.language) {
                Some(label) if *label == name.text => continue,
                Some(_) => name.kind = NameKind::Alias,
                None => {
                    known.labels.insert(name.language, name.text.clone());
                }
            }
        }
        let same = |own: &Name| own.text == name.text && own.language == name.language && own.kind == name.kind;
        if !known.names.iter().any(same) {
            known.names.push(name);
        }
    }
    // As the writer groups them, so that a written entity reads back as itself.
    let order = |name: &Name, languages: &mut Vec<(NameKind, Language)>| {
        let key = (name.kind, name.language);
        let at = languages.iter().position(|known| *known == key).unwrap_or_else(|| {
            languages.push(key);
            languages.len() - 1
        });
        (name.kind, at)
    };
    let mut languages = Vec::new();
    let mut keyed: Vec<_> = known.names.drain(..).map(|name| (order(&name, &mut languages), name)).collect();
    keyed.sort_by_key(|(key, _)| *key);
    known.names.extend(keyed.into_iter().map(|(_, name)| name));
    known.country = known.country.take().or(other.country);
    known.wikidata = known.wikidata.or(other.wikidata);
    known.prior = known.prior.or(other.prior);
    known.period = known.period.or(other.period);
    extend_new(&mut known.related, other.related);
    extend_new(&mut known.roles, other.roles);
    extend_new(&mut known.context, other.context);
    let mut languages = Vec::new();
    for (language, _) in &known.context {
        if !languages.contains(language) {
            languages.push(*language);
        }
    }
    known.context.sort_by_key(|(language, _)| languages.iter().position(|known| known == language));
}

fn extend_new<T: PartialEq>(known: &mut Vec<T>, others: Vec<T>) {
    for other in others {
        if !known.contains(&other) {
            known.push(other);
        }
    }
}

fn unknown_references(merged: &ById<(Entity, Place, &str)>) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for (entity, place, _) in merged.values() {
        let country = entity.country.iter().map(|id| ("country", id));
        let related = entity.related.iter().map(|id| ("related", id));
        let roles = entity.roles.iter().map(|role| ("roles", &role.organization));
        for (field, id) in country.chain(related).chain(roles) {
            if !merged.contains_key(id) {
                let message = format!("\"{field}\" of \"{}\" names \"{id}\", which no source has", entity.id);
                warnings.push(Diagnostic { file: place.file.to_string(), line: place.line, column: 1, message });
            }
        }
    }
    warnings
}
