//! What may be wrong with a gazetteer that loads: names that are listed twice, that several entities share, that are too
//! short to be safe, and the like.

use std::collections::BTreeMap;
use std::fmt;

use relata_model::{CasePolicy, EntityId, Language, MadeBy, NameKind};

use crate::fold::folded;
use crate::gazetteer::{Gazetteer, Spelled};
use crate::source::{Loaded, Place};

/// Something a maintainer should look at. Prints with its place: `people.jsonl:7: …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where the entity stands.
    pub place: Place,
    /// The entity.
    pub entity: EntityId,
    /// What was found.
    pub problem: Problem,
}

/// What may be wrong with a name or an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A name that stands twice in one language.
    DuplicateName {
        /// The name.
        name: String,
        /// Its language.
        language: Language,
    },
    /// A name that other entities have too: the linker must choose.
    SharedName {
        /// The name.
        name: String,
        /// The others, in order.
        others: Vec<EntityId>,
    },
    /// A name of one or two letters that is not matched exactly as written.
    ShortName {
        /// The name.
        name: String,
    },
    /// A form made of a name that is a name of other entities.
    FormCollision {
        /// The form.
        form: String,
        /// What made it.
        made_by: MadeBy,
        /// The entities that have it, in order.
        others: Vec<EntityId>,
    },
    /// No label in a language in which most entities have one.
    MissingLabel {
        /// The language.
        language: Language,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: \"{}\": {}", self.place.file, self.place.line, self.entity, self.problem)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |ids: &[EntityId]| ids.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(", ");
        match self {
            Self::DuplicateName { name, language } => {
                write!(f, "the name \"{name}\" stands twice for \"{language}\": drop one")
            }
            Self::SharedName { name, others } => {
                write!(f, "the name \"{name}\" is also one of {}: give context words, or drop it", list(others))
            }
            Self::ShortName { name } => {
                write!(f, "the name \"{name}\" is short: write {{\"name\": \"{name}\", \"case\": \"exact\"}}")
            }
            Self::FormCollision { form, made_by, others } => {
                write!(f, "the form \"{form}\" ({}) is also a name of {}", made_by.explain(), list(others))
            }
            Self::MissingLabel { language } => write!(f, "no label for \"{language}\", which most entities have"),
        }
    }
}

/// Looks through entities and the names that `gazetteer` made of them. By entity; what is certain comes before what may be
/// meant so.
pub fn check(loaded: &Loaded, gazetteer: &Gazetteer) -> Vec<Finding> {
    let mut problems: BTreeMap<&EntityId, Vec<Problem>> = BTreeMap::new();
    let usual = usual_languages(loaded);
    for entity in &loaded.entities {
        let own = problems.entry(&entity.id).or_default();
        for (i, name) in entity.names.iter().enumerate() {
            let same = |other: &relata_model::Name| {
                other.text == name.text && other.language == name.language && other.kind == name.kind
            };
            if entity.names[..i].iter().any(same) {
                own.push(Problem::DuplicateName { name: name.text.clone(), language: name.language });
            }
            let exact = name.case == Some(CasePolicy::Exact) || !name.text.chars().any(char::is_lowercase);
            let short = name.text.chars().filter(|c| c.is_alphanumeric()).count() < 3;
            if short && !exact && name.text.is_ascii() {
                own.push(Problem::ShortName { name: name.text.clone() });
            }
        }
        let missing = usual.iter().filter(|language| !entity.labels.contains_key(*language));
        own.extend(missing.map(|language| Problem::MissingLabel { language: *language }));
    }
    for group in gazetteer.groups() {
        shared(&group, &mut problems);
    }
    let places = loaded.entities.iter().map(|entity| &entity.id).zip(&loaded.places);
    let places: BTreeMap<&EntityId, &Place> = places.collect();
    let finding = |entity: &EntityId, problem| {
        let place = places.get(entity).map_or_else(|| Place { file: "".into(), line: 0 }, |place| (*place).clone());
        Finding { place, entity: entity.clone(), problem }
    };
    problems
        .into_iter()
        .flat_map(|(entity, problems)| problems.into_iter().map(move |problem| (entity, problem)))
        .map(|(entity, problem)| finding(entity, problem))
        .collect()
}

/// Languages in which more than half of the entities have a label.
fn usual_languages(loaded: &Loaded) -> Vec<Language> {
    let mut counts: BTreeMap<Language, usize> = BTreeMap::new();
    for language in loaded.entities.iter().flat_map(|entity| entity.labels.keys()) {
        *counts.entry(*language).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| count * 2 > loaded.entities.len()).map(|(language, _)| language).collect()
}

/// Names that several entities share. A capital listed as a metonym of its state is meant to be shared.
fn shared<'g>(group: &[Spelled<'g>], problems: &mut BTreeMap<&'g EntityId, Vec<Problem>>) {
    let mut by_letters: BTreeMap<String, Vec<&Spelled<'g>>> = BTreeMap::new();
    for spelled in group.iter().filter(|spelled| spelled.kind != NameKind::Metonym) {
        by_letters.entry(folded(&spelled.text)).or_default().push(spelled);
    }
    for alike in by_letters.values() {
        let mut seen = Vec::new();
        for spelled in alike {
            let id = &spelled.entity.id;
            if seen.contains(&(id, spelled.made_by.is_some())) {
                continue;
            }
            seen.push((id, spelled.made_by.is_some()));
            // A made form collides with listed names; a listed name is shared with listed names.
            let mut others: Vec<EntityId> = alike
                .iter()
                .filter(|other| other.made_by.is_none() && other.entity.id != *id)
                .map(|other| other.entity.id.clone())
                .collect();
            others.dedup();
            let listed_too = alike.iter().any(|other| other.made_by.is_none() && other.entity.id == *id);
            if others.is_empty() || (spelled.made_by.is_some() && listed_too) {
                continue;
            }
            let text = spelled.text.clone();
            let problem = match spelled.made_by {
                Some(made_by) => Problem::FormCollision { form: text, made_by, others },
                None => Problem::SharedName { name: text, others },
            };
            problems.entry(id).or_default().push(problem);
        }
    }
}
