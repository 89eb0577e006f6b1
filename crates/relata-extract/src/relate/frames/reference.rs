//! Who is meant where no name stands: pronouns, possessives and short descriptions, only where one antecedent clearly wins.

use std::collections::{BTreeMap, HashMap};

use relata_grammar::Upos;
use relata_model::{EntityId, EntityType, Schema};

use super::super::anaphora::Named;
use super::super::symbols::MentionKind;
use super::super::tokens::Participant;
use super::parsed::{DEPTH, Parsed};

/// What is known of the sentences before, and of types.
#[derive(Clone, Copy)]
pub(in crate::relate) struct Past<'a> {
    /// Whom the sentences right before name, newest last.
    pub(in crate::relate) recent: &'a [Vec<Named>],
    /// How often each was named so far.
    pub(in crate::relate) counts: &'a BTreeMap<EntityId, (EntityType, usize)>,
    pub(in crate::relate) ordinals: &'a HashMap<&'a EntityType, usize>,
    pub(in crate::relate) schema: &'a Schema,
}

/// Who may be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Anybody who acts: a person, an organization, a place.
    Agent,
    Person,
    /// An organization or a place.
    NoPerson,
    Organization,
    Place,
}

/// A word that points back.
struct Pointer {
    word: usize,
    kind: Kind,
    feminine: Option<bool>,
}

/// How often the one of its kind must have been named that a text is about, and how much more often than the next.
const TOPIC: (usize, usize) = (3, 2);

impl Past<'_> {
    /// The one of a kind that the text so far is about, if it is clearly about one.
    fn topic(&self, kind: Kind) -> Option<(EntityId, EntityType)> {
        let of_kind = self.counts.iter().filter(|(entity, (entity_type, _))| {
            kind.admits(&participant(((*entity).clone(), entity_type.clone()), *self))
        });
        let mut ranked: Vec<(usize, &EntityId, &EntityType)> =
            of_kind.map(|(entity, (entity_type, count))| (*count, entity, entity_type)).collect();
        ranked.sort_unstable_by(|a, b| b.cmp(a));
        let &(most, entity, entity_type) = ranked.first()?;
        let next = ranked.get(1).map_or(0, |next| next.0);
        (most >= TOPIC.0 && most >= TOPIC.1 * next).then(|| (entity.clone(), entity_type.clone()))
    }

    /// Everybody whom the sentences right before name.
    pub(in crate::relate) fn participants(&self) -> Vec<Participant> {
        self.recent.iter().flatten().map(|named| participant_of(named, *self)).collect()
    }
}

impl Kind {
    fn admits(self, participant: &Participant) -> bool {
        let place = !participant.is_person && !participant.is_organization && !participant.is_thing;
        match self {
            Self::Agent => !participant.is_thing,
            Self::Person => participant.is_person,
            Self::NoPerson => participant.is_organization || place,
            Self::Organization => participant.is_organization,
            Self::Place => place,
        }
    }
}

impl Parsed<'_> {
    /// Gives the words that point back to somebody a participant: pronouns first, because possessives may point to them.
    pub(super) fn add_references(&mut self, past: Past<'_>) {
        for word in 0..self.len() {
            if self.is_named(word) {
                continue;
            }
            let meant = if let Some(pointer) = self.pronoun(word) {
                self.antecedent_of_pronoun(&pointer, past)
            } else if let Some(pointer) = self.description(word) {
                self.antecedent_of_description(&pointer, past)
            } else {
                None
            };
            self.add_reference(word, meant, past);
        }
        for word in 0..self.len() {
            if !self.is_named(word)
                && let Some(pointer) = self.possessive(word)
            {
                let meant = self.antecedent_of_possessive(&pointer, past);
                self.add_reference(word, meant, past);
            }
        }
    }

    fn add_reference(&mut self, word: usize, meant: Option<(EntityId, EntityType)>, past: Past<'_>) {
        let Some((entity, entity_type)) = meant else { return };
        let span = self.span(word);
        let participant = Participant::new(span, entity, entity_type, MentionKind::Anaphor, past.ordinals, past.schema);
        self.put(word, participant);
    }

    /// A personal pronoun of the third person singular.
    fn pronoun(&self, word: usize) -> Option<Pointer> {
        let is = self.upos(word) == Upos::Pron
            && self.has(word, "Person", "3")
            && !self.has(word, "Number", "Plur")
            && !self.has(word, "Reflex", "Yes")
            && !self.has(word, "Poss", "Yes")
            && matches!(self.base(word), "nsubj" | "obj" | "iobj" | "obl")
            && self.relation(word) != "nmod:poss";
        let form = self.form(word);
        let words = &self.words.lists.reference;
        (is && !words.no_pronouns.contains(form)).then(|| self.pointer(word))
    }

    fn pointer(&self, word: usize) -> Pointer {
        let form = self.form(word);
        let words = &self.words.lists.reference;
        let kind = if words.persons.contains(form) {
            Kind::Person
        } else if words.no_persons.contains(form) {
            Kind::NoPerson
        } else {
            Kind::Agent
        };
        let feminine = match (words.feminine.contains(form), words.masculine.contains(form)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        };
        Pointer { word, kind, feminine }
    }

    /// "son", "its", "его": one owner in the third person.
    fn possessive(&self, word: usize) -> Option<Pointer> {
        self.words.lists.reference.possessives.contains(self.form(word)).then(|| self.pointer(word))
    }

    /// Whether a word is a possessive that stands for somebody.
    pub(super) fn is_possessive(&self, word: usize) -> bool {
        self.words.lists.reference.possessives.contains(self.form(word)) && self.participant(word).is_some()
    }

    /// "le groupe", "cette entreprise", "the country": a noun with an article that says it is known, and no name of its own.
    fn description(&self, word: usize) -> Option<Pointer> {
        let words = &self.words.lists.reference;
        let lemma = self.lemma(word);
        let kind = if words.organizations.contains(lemma) {
            Kind::Organization
        } else if words.places.contains(lemma) {
            Kind::Place
        } else {
            return None;
        };
        let known = self.below(word, &["det"]).any(|article| words.definite.contains(self.form(article)));
        let bare = words.definite.is_empty() && self.base(word) == "nsubj";
        let alone = self.children(word).iter().all(|&child| {
            let names = self.is_named(child) && !self.is_adjective_of_place(child);
            let capital = self.upos(child) == Upos::Propn;
            let owned = matches!(self.base(child), "nmod" | "appos" | "compound" | "flat");
            !(names || capital || owned && self.words.of.contains(&self.preposition(child)))
        });
        let one = self.upos(word) == Upos::Noun && !self.has(word, "Number", "Plur");
        (one && alone && (known || bare) && self.resolve(word).is_empty()).then_some(Pointer {
            word,
            kind,
            feminine: None,
        })
    }

    fn is_adjective_of_place(&self, word: usize) -> bool {
        self.participant(word).is_some_and(|number| self.participants[number].is_demonym())
    }

    /// The verb or predicate whose phrase a word belongs to.
    fn clause(&self, word: usize) -> Option<usize> {
        let mut at = word;
        for _ in 0..DEPTH {
            let head = self.head(at)?;
            if matches!(self.base(at), "nsubj" | "obj" | "iobj" | "obl" | "xcomp" | "ccomp" | "advcl" | "conj" | "acl")
                && !self.is_nominal(head)
            {
                return Some(head);
            }
            at = head;
        }
        None
    }

    /// The word at the top of the noun phrase that a word belongs to.
    fn top(&self, word: usize) -> usize {
        let mut at = word;
        for _ in 0..DEPTH {
            match self.head(at) {
                Some(head) if matches!(self.base(at), "appos" | "flat" | "nmod" | "det" | "compound" | "amod") => {
                    at = head;
                }
                _ => break,
            }
        }
        at
    }

    /// Subjects named before a word in its sentence that are no argument of the same verb.
    fn subjects_before(&self, pointer: &Pointer) -> Vec<usize> {
        let own = self.clause(pointer.word);
        let subjects = (0..pointer.word).filter(|&word| {
            let top = self.top_without_preposition(word);
            self.is_name(word)
                && self.base(top) == "nsubj"
                && self.clause(top) != own
                && self.participant(word).is_some_and(|number| pointer.kind.admits(&self.participants[number]))
        });
        let mut numbers: Vec<usize> = subjects.filter_map(|word| self.participant(word)).collect();
        numbers.dedup_by(|a, b| self.participants[*a].entity == self.participants[*b].entity);
        numbers
    }

    /// The top of a name's own phrase: "le groupe X" goes up, "le patron de X" does not.
    fn top_without_preposition(&self, word: usize) -> usize {
        let mut at = word;
        for _ in 0..DEPTH {
            match self.head(at) {
                Some(head)
                    if matches!(self.base(at), "appos" | "flat" | "nmod" | "compound" | "amod")
                        && self.preposition(at).is_empty()
                        && !self.has(at, "Case", "Gen") =>
                {
                    at = head;
                }
                _ => break,
            }
        }
        at
    }

    fn antecedent_of_pronoun(&self, pointer: &Pointer, past: Past<'_>) -> Option<(EntityId, EntityType)> {
        match self.subjects_before(pointer)[..] {
            [one] => return Some(self.who(one)),
            [] => {}
            _ => return None,
        }
        if let Some(topic) = self.set_apart(pointer) {
            return Some(self.who(topic));
        }
        let coarguments = self.coarguments(pointer.word);
        subject_before(pointer, past, &coarguments)
    }

    /// "Quant à X, elle …".
    fn set_apart(&self, pointer: &Pointer) -> Option<usize> {
        let verb = self.head(pointer.word).filter(|_| self.base(pointer.word) == "nsubj")?;
        let mut apart = self.below(verb, &["obl", "dislocated", "nmod", "advmod"]).filter(|&word| {
            word < pointer.word
                && (self.base(word) == "dislocated"
                    || self.words.lists.reference.topics.contains(&self.preposition(word)))
        });
        let number = apart.find_map(|word| self.participant(word))?;
        pointer.kind.admits(&self.participants[number]).then_some(number)
    }

    fn antecedent_of_description(&self, pointer: &Pointer, past: Past<'_>) -> Option<(EntityId, EntityType)> {
        let coarguments = self.coarguments(pointer.word);
        let before: Vec<&Participant> = self
            .participants
            .iter()
            .filter(|participant| {
                participant.span.end() <= self.span(pointer.word).start()
                    && participant.kind == MentionKind::Name
                    && pointer.kind.admits(participant)
                    && !coarguments.contains(&participant.entity)
            })
            .collect();
        if let Some(first) = before.first() {
            if before.iter().all(|other| other.entity == first.entity) {
                return Some((first.entity.clone(), first.entity_type.clone()));
            }
            return past.topic(pointer.kind).filter(|(entity, _)| !coarguments.contains(entity));
        }
        for sentence in past.recent.iter().rev() {
            let mut of_kind = sentence.iter().filter(|named| {
                pointer.kind.admits(&participant_of(named, past)) && !coarguments.contains(&named.who.0)
            });
            if let Some(first) = of_kind.next() {
                if of_kind.all(|other| other.who.0 == first.who.0) {
                    return Some(first.who.clone());
                }
                break;
            }
        }
        past.topic(pointer.kind).filter(|(entity, _)| !coarguments.contains(entity))
    }

    fn antecedent_of_possessive(&self, pointer: &Pointer, past: Past<'_>) -> Option<(EntityId, EntityType)> {
        let noun = self.head(pointer.word)?;
        let top = self.top(noun);
        let verb = self.clause(top);
        let inside_subject = self.base(top) == "nsubj" || verb.is_none();
        if !inside_subject && let Some(verb) = verb {
            let subjects: Vec<usize> =
                self.surface_subject(verb, 0).into_iter().flat_map(|subject| self.resolve(subject)).collect();
            return match subjects[..] {
                [one] if pointer.kind.admits(&self.participants[one]) => Some(self.who(one)),
                _ => None,
            };
        }
        if self.words.lists.reference.reflexive_possessives.contains(self.lemma(pointer.word)) {
            return None;
        }
        match self.subjects_before(pointer)[..] {
            [one] => return Some(self.who(one)),
            [] => {}
            _ => return None,
        }
        // The gender of "son" is the noun's, not the owner's.
        let free = Pointer { feminine: None, ..*pointer };
        subject_before(&free, past, &[]).or_else(|| past.topic(Kind::Person).filter(|_| pointer.kind != Kind::NoPerson))
    }

    fn who(&self, number: usize) -> (EntityId, EntityType) {
        let participant = &self.participants[number];
        (participant.entity.clone(), participant.entity_type.clone())
    }

    /// Whom the other arguments of a word's verb name: none of them is meant by it.
    fn coarguments(&self, word: usize) -> Vec<EntityId> {
        let Some(verb) = self.clause(word) else { return Vec::new() };
        let others = self.below(verb, &["nsubj", "obj", "iobj", "obl"]).filter(|&other| other != self.top(word));
        let numbers: Vec<usize> = others.flat_map(|other| self.resolve(other)).collect();
        numbers.into_iter().map(|number| self.participants[number].entity.clone()).collect()
    }
}

/// Whom a pronoun means that no name before it in its sentence explains: the subject of the sentence before, where type and
/// gender agree; else, of persons, the only one that it names.
fn subject_before(pointer: &Pointer, past: Past<'_>, coarguments: &[EntityId]) -> Option<(EntityId, EntityType)> {
    let newest = past.recent.iter().rev().find(|sentence| !sentence.is_empty())?;
    let agrees = |named: &Named| {
        let participant = participant_of(named, past);
        let gender = match (pointer.feminine, named.feminine) {
            (Some(pronoun), Some(name)) => pronoun == name,
            (Some(_), None) => participant.is_person || participant.is_organization,
            (None, _) => true,
        };
        gender && pointer.kind.admits(&participant) && !coarguments.contains(&named.who.0)
    };
    if let Some(subject) = newest.first().filter(|named| !named.governed && agrees(named)) {
        return Some(subject.who.clone());
    }
    if pointer.kind == Kind::Agent || pointer.kind == Kind::Person {
        let mut people = newest.iter().filter(|named| participant_of(named, past).is_person && agrees(named));
        let first = people.next()?;
        return people.all(|other| other.who.0 == first.who.0).then(|| first.who.clone());
    }
    None
}

fn participant_of(named: &Named, past: Past<'_>) -> Participant {
    participant(named.who.clone(), past)
}

fn participant((entity, entity_type): (EntityId, EntityType), past: Past<'_>) -> Participant {
    Participant::new(relata_model::Span::new(0, 0), entity, entity_type, MentionKind::Name, past.ordinals, past.schema)
}
