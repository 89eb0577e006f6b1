//! What is of which class, and what must turn out to be.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::about::{About, Value};
use super::shapes::{Constraint, Property, Shape};
use super::{Thing, Violation, turtle};
use crate::names::Space;

/// Things by class, kept as digests: there are as many as entities, documents and statements.
#[derive(Default)]
pub(super) struct Members {
    /// Only what is of one of these is ever asked for.
    classes: BTreeSet<Thing>,
    known: HashSet<u64>,
    /// What must turn out to be of a class.
    wanted: HashMap<u64, Wanted>,
}

/// A thing that must be of a class.
struct Wanted {
    who: Thing,
    class: Thing,
    /// Who says so.
    by: Arc<str>,
}

impl Members {
    /// No members yet of the classes that these shapes ask for.
    pub(super) fn of_classes_in(shapes: &[(Thing, Shape)]) -> Self {
        let properties = |shape: &Shape| -> Vec<Thing> {
            let alternatives = shape.one_of.iter().flatten();
            shape.properties.iter().chain(alternatives).flat_map(classes_of).cloned().collect()
        };
        Self { classes: shapes.iter().flat_map(|(_, shape)| properties(shape)).collect(), ..Self::default() }
    }

    /// Takes note of what a thing is. Passages and statements are counted by name instead: there may be millions.
    pub(super) fn add(&mut self, about: &About) {
        let (space, local) = about.subject();
        if matches!(space, Space::Evidence | Space::Statement) {
            return;
        }
        for value in about.of(Space::Rdf, "type") {
            if let Value::Name(of, class) = value
                && self.classes.iter().any(|known| known.0 == of && known.1 == class)
            {
                let key = digest((space, local), (of, class));
                self.known.insert(key);
                self.wanted.remove(&key);
            }
        }
    }

    /// Whether a value is of a class, as far as is known.
    pub(super) fn has(&self, value: Value<'_>, class: &Thing) -> bool {
        let Value::Name(space, local) = value else { return false };
        self.known.contains(&digest((space, local), (class.0, &class.1)))
    }

    /// Takes note of the things that a shape wants to be of a class. Passages are counted by name instead.
    pub(super) fn want(&mut self, about: &About, shape: &Shape) {
        let mut me: Option<Arc<str>> = None;
        for property in shape.properties.iter().filter(|property| !property.inverse) {
            for constraint in &property.constraints {
                let Constraint::Class(class) = constraint else { continue };
                for value in about.with(property.path) {
                    let (space, local) = match value {
                        Value::Name(Space::Evidence, _) => continue,
                        Value::Name(space, local) => (space, local),
                        other => (Space::Base, other.text()),
                    };
                    let key = digest((space, local), (class.0, &class.1));
                    if self.known.contains(&key) || self.wanted.contains_key(&key) {
                        continue;
                    }
                    let by = me.get_or_insert_with(|| {
                        let (space, local) = about.subject();
                        turtle(space, local).into()
                    });
                    let who = (space, local.to_owned());
                    self.wanted.insert(key, Wanted { who, class: class.clone(), by: Arc::clone(by) });
                }
            }
        }
    }

    /// What is still wanted; in no particular order.
    pub(super) fn missing(&mut self) -> Vec<Violation> {
        let wanted = std::mem::take(&mut self.wanted).into_values();
        let told = wanted.map(|Wanted { who, class, by }| Violation {
            subject: by.to_string(),
            message: format!("{} is no {}", turtle(who.0, &who.1), class.1),
        });
        told.collect()
    }
}

/// The classes that a property shape asks its values for.
fn classes_of(property: &Property) -> impl Iterator<Item = &Thing> {
    property.constraints.iter().filter_map(|constraint| {
        if let Constraint::Class(class) | Constraint::Qualified { class: Some(class), .. } = constraint {
            Some(class)
        } else {
            None
        }
    })
}

fn digest(who: (Space, &str), class: (Space, &str)) -> u64 {
    let mut hasher = DefaultHasher::new();
    (who.0 as usize, who.1, class.0 as usize, class.1).hash(&mut hasher);
    hasher.finish()
}
