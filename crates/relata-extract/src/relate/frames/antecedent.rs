//! Who is meant by a word that points back, only where one antecedent clearly wins.

use std::collections::{BTreeMap, HashMap};

use relata_model::{EntityId, EntityType, Schema, Span};

use super::super::anaphora::{Antecedent, Named, Recalled};
use super::super::symbols::MentionKind;
use super::super::tokens::Participant;
use super::parsed::Parsed;
use super::reference::{Kind, Pointer};

/// What is known of the sentences before, of speakers and of types.
#[derive(Clone, Copy)]
pub(in crate::relate) struct Past<'a> {
    /// Whom the sentences right before name, newest last.
    pub(in crate::relate) recent: &'a [Recalled],
    /// How often each was named so far.
    pub(in crate::relate) counts: &'a BTreeMap<EntityId, (EntityType, usize)>,
    /// Whether a paragraph begins here.
    pub(in crate::relate) new_paragraph: bool,
    /// For whom speakers speak.
    pub(in crate::relate) affiliations: &'a Affiliations,
    pub(in crate::relate) ordinals: &'a HashMap<&'a EntityType, usize>,
    pub(in crate::relate) schema: &'a Schema,
}

/// For whom each person speaks, as the document tells: the organizations and countries in which they hold a post.
pub(in crate::relate) type Affiliations = BTreeMap<EntityId, Vec<Antecedent>>;

/// Somebody's own words: a turn of a dialogue, a quotation.
#[derive(Clone, Debug)]
pub(in crate::relate) struct Voice {
    pub(in crate::relate) scope: Span,
    pub(in crate::relate) speaker: Antecedent,
}

/// How often the one of its kind must have been named that a text is about, and how much more often than the next.
const TOPIC: (usize, usize) = (3, 2);

impl Past<'_> {
    /// The one of a kind that the text so far is about, if it is clearly about one.
    fn topic(&self, kind: Kind) -> Option<Antecedent> {
        let of_kind = self.counts.iter().filter(|(entity, (entity_type, _))| {
            kind.admits(&self.participant(&((*entity).clone(), entity_type.clone())))
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
        let named = self
            .recent
            .iter()
            .flat_map(|sentence| sentence.named.iter().map(|named| &named.who).chain(&sentence.demonyms));
        named.map(|who| self.participant(who)).collect()
    }

    /// Somebody named before, as if named here.
    pub(in crate::relate) fn participant(&self, (entity, entity_type): &Antecedent) -> Participant {
        let nowhere = Span::new(0, 0);
        Participant::new(nowhere, entity.clone(), entity_type.clone(), MentionKind::Name, self.ordinals, self.schema)
    }

    fn newest(&self) -> Option<&[Named]> {
        self.recent.iter().rev().map(|sentence| &sentence.named[..]).find(|named| !named.is_empty())
    }

    /// Of a person who speaks: the only one of the kind in which the document says that they hold a post.
    pub(super) fn spoken_for(&self, person: &EntityId, kind: Kind) -> Option<Antecedent> {
        let affiliations = self.affiliations.get(person)?.iter();
        only_one(affiliations.filter(|affiliation| kind.admits(&self.participant(affiliation))))
    }

    /// Whom a pronoun means that no name before it in its sentence explains: the subject of the sentence before, where type and
    /// gender agree; else, of persons and products, the only one that it names.
    fn subject_before(&self, pointer: &Pointer, coarguments: &[EntityId]) -> Option<Antecedent> {
        let newest = self.newest()?;
        let agrees = |named: &Named| {
            let participant = self.participant(&named.who);
            let gender = match (pointer.feminine, named.feminine) {
                (Some(pronoun), Some(name)) => pronoun == name,
                (None, _) | (_, None) => true,
            };
            gender && pointer.kind.admits(&participant) && !coarguments.contains(&named.who.0)
        };
        if let Some(subject) = newest.first().filter(|named| !named.governed && agrees(named)) {
            return Some(subject.who.clone());
        }
        let alone = match pointer.kind {
            Kind::Agent | Kind::Person => Kind::Person,
            Kind::NamedThing => Kind::NamedThing,
            Kind::NoPerson | Kind::Organization | Kind::Place => return None,
        };
        only_one(
            newest
                .iter()
                .filter(|named| alone.admits(&self.participant(&named.who)) && agrees(named))
                .map(|named| &named.who),
        )
    }

    /// A paragraph that begins with a pronoun goes on about the one whom the text is about.
    fn of_paragraph(&self, pointer: &Pointer) -> Option<Antecedent> {
        let feminine = pointer.feminine == Some(true);
        self.topic(pointer.kind).filter(|who| self.new_paragraph && !(feminine && self.participant(who).is_person()))
    }

    /// Those whom the sentence before joins at its head, where all are of the kind: "X et Y ont …".
    fn joined_before(&self, kind: Kind) -> Vec<Antecedent> {
        let Some([first, others @ ..]) = self.newest() else { return Vec::new() };
        if first.governed {
            return Vec::new();
        }
        let joined: Vec<Antecedent> = std::iter::once(first)
            .chain(others.iter().take_while(|named| named.joined))
            .map(|named| named.who.clone())
            .collect();
        let all = joined.iter().all(|who| kind.admits(&self.participant(who)));
        if all && joined.len() > 1 { joined } else { Vec::new() }
    }
}

/// The one that all are, if there is one.
fn only_one<'w>(mut those: impl Iterator<Item = &'w Antecedent>) -> Option<Antecedent> {
    let first = those.next()?;
    those.all(|other| other.0 == first.0).then(|| first.clone())
}

impl Parsed<'_> {
    pub(super) fn antecedents_of_pronoun(&self, pointer: &Pointer, past: Past<'_>) -> Vec<Antecedent> {
        if pointer.several {
            return self.several_before(pointer, past);
        }
        // "il" may be the firm or its product: what a rule's types admit decides.
        let product = Pointer { kind: Kind::NamedThing, ..*pointer };
        let product = (!matches!(pointer.kind, Kind::Person)).then(|| self.one_before(&product, past)).flatten();
        self.one_before(pointer, past).into_iter().chain(product).collect()
    }

    fn one_before(&self, pointer: &Pointer, past: Past<'_>) -> Option<Antecedent> {
        match self.subjects_before(pointer)[..] {
            [one] => return Some(self.who(one)),
            [] => {}
            _ => return None,
        }
        if let Some(topic) = self.set_apart(pointer) {
            return Some(self.who(topic));
        }
        let coarguments = self.coarguments(pointer.word);
        if self.may_mean_another(pointer, &coarguments) {
            return None;
        }
        past.of_paragraph(pointer).or_else(|| past.subject_before(pointer, &coarguments))
    }

    /// Whether the sentence names somebody else before a pointer whom it might mean as well as whoever was named before.
    fn may_mean_another(&self, pointer: &Pointer, coarguments: &[EntityId]) -> bool {
        let own = self.top(pointer.word);
        (0..pointer.word).any(|word| {
            // "X, son directeur": not his own.
            word != own
                && self.is_name(word)
                && self.preposition(word).is_empty()
                && !self.has(word, "Case", "Gen")
                && self.participant(word).is_some_and(|number| {
                    let participant = &self.participants[number];
                    participant.kind == MentionKind::Name
                        && pointer.kind.admits(participant)
                        && !coarguments.contains(&participant.entity)
                })
        })
    }

    /// Whom a plural means: the joined subject of a clause before it, or of the sentence before.
    fn several_before(&self, pointer: &Pointer, past: Past<'_>) -> Vec<Antecedent> {
        let subjects = self.subjects_before(pointer);
        if subjects.len() > 1 {
            return subjects.into_iter().map(|number| self.who(number)).collect();
        }
        if !subjects.is_empty() {
            return Vec::new();
        }
        let coarguments = self.coarguments(pointer.word);
        let mut joined = past.joined_before(pointer.kind);
        if joined.iter().any(|(entity, _)| coarguments.contains(entity)) {
            joined.clear();
        }
        joined
    }

    /// "les deux pays": the only two of the kind that the sentence has named so far, or else the sentence before.
    pub(super) fn the_two(&self, pointer: &Pointer, past: Past<'_>) -> Vec<Antecedent> {
        let before = self.participants.iter().filter(|participant| {
            participant.span.end() <= self.span(pointer.word).start()
                && participant.kind != MentionKind::Anaphor
                && pointer.kind.admits(participant)
        });
        let mut here: Vec<Antecedent> =
            before.map(|participant| (participant.entity.clone(), participant.entity_type.clone())).collect();
        if here.is_empty() {
            for sentence in past.recent.iter().rev() {
                let all = sentence.named.iter().map(|named| &named.who).chain(&sentence.demonyms);
                here = all.filter(|who| pointer.kind.admits(&past.participant(who))).cloned().collect();
                if !here.is_empty() {
                    break;
                }
            }
        }
        here.sort_unstable();
        here.dedup();
        if here.len() == 2 { here } else { Vec::new() }
    }

    /// "ce dernier": the last one named before it, in its sentence or the one before.
    pub(super) fn the_latter(&self, pointer: &Pointer, past: Past<'_>) -> Option<Antecedent> {
        let last = self.participants.iter().rfind(|participant| {
            participant.span.end() <= self.span(pointer.word).start()
                && participant.kind == MentionKind::Name
                && pointer.kind.admits(participant)
        });
        if let Some(last) = last {
            return Some((last.entity.clone(), last.entity_type.clone()));
        }
        let mut newest = past.newest()?.iter().rev();
        newest.find(|named| pointer.kind.admits(&past.participant(&named.who))).map(|named| named.who.clone())
    }

    pub(super) fn antecedent_of_description(&self, pointer: &Pointer, past: Past<'_>) -> Option<Antecedent> {
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
        let topic = || past.topic(pointer.kind).filter(|(entity, _)| !coarguments.contains(entity));
        if let Some(first) = before.first() {
            if before.iter().all(|other| other.entity == first.entity) {
                return Some((first.entity.clone(), first.entity_type.clone()));
            }
            return None;
        }
        for sentence in past.recent.iter().rev() {
            let of_kind = |named: &&Named| {
                pointer.kind.admits(&past.participant(&named.who)) && !coarguments.contains(&named.who.0)
            };
            let mut named = sentence.named.iter().filter(of_kind).peekable();
            if let Some(&first) = named.peek() {
                match only_one(named.map(|named| &named.who)) {
                    // Somebody mentioned in passing loses against the one whom the text is about.
                    Some(one) if first.governed => return topic().or(Some(one)),
                    Some(one) => return Some(one),
                    None => break,
                }
            }
        }
        topic()
    }

    pub(super) fn antecedents_of_possessive(&self, pointer: &Pointer, past: Past<'_>) -> Vec<Antecedent> {
        if pointer.several {
            return self.owners_meant(pointer).unwrap_or_else(|| self.several_before(pointer, past));
        }
        let product = Pointer { kind: Kind::NamedThing, ..*pointer };
        let product = (!matches!(pointer.kind, Kind::Person)).then(|| self.one_owner(&product, past)).flatten();
        self.one_owner(pointer, past).into_iter().chain(product).collect()
    }

    /// The subject of the clause in which a possessive stands outside the subject, if it names those that may be meant.
    fn owners_meant(&self, pointer: &Pointer) -> Option<Vec<Antecedent>> {
        let top = self.top(self.head(pointer.word)?);
        // "X et son partenaire Y"
        let joined = self.head(top).filter(|&head| self.base(top) == "conj" && self.is_name(head));
        if let Some(number) = joined.and_then(|head| self.participant(head)) {
            let admitted = !pointer.several && pointer.kind.admits(&self.participants[number]);
            return Some(if admitted { vec![self.who(number)] } else { Vec::new() });
        }
        let verb = self.clause(top).filter(|_| self.base(top) != "nsubj")?;
        let subjects = self.surface_subject(verb, 0).into_iter().flat_map(|subject| self.resolve(subject));
        let meant: Vec<usize> = subjects.filter(|&subject| pointer.kind.admits(&self.participants[subject])).collect();
        let enough = if pointer.several { meant.len() > 1 } else { meant.len() == 1 };
        Some(if enough { meant.into_iter().map(|number| self.who(number)).collect() } else { Vec::new() })
    }

    fn one_owner(&self, pointer: &Pointer, past: Past<'_>) -> Option<Antecedent> {
        if let Some(subjects) = self.owners_meant(pointer) {
            return subjects.into_iter().next();
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
        let person = || past.topic(Kind::Person).filter(|_| matches!(pointer.kind, Kind::Agent | Kind::Person));
        if self.may_mean_another(pointer, &self.coarguments(pointer.word)) {
            return None;
        }
        past.of_paragraph(&free).or_else(|| past.subject_before(&free, &[])).or_else(person)
    }

    /// Whom the subject of the sentence means without a name, or to whom it belongs: "Il …", "Ses drones …", "Le groupe …".
    pub(in crate::relate) fn referred_subjects(&self) -> Vec<Antecedent> {
        let Some(root) = (0..self.len()).find(|&word| self.head(word).is_none()) else { return Vec::new() };
        let subjects = self.below(root, &["nsubj"]);
        let words = subjects.flat_map(|subject| std::iter::once(subject).chain(self.below(subject, &["det", "nmod"])));
        let meant = words.filter(|&word| {
            self.participant(word).is_some_and(|number| self.participants[number].kind == MentionKind::Anaphor)
        });
        let mut found: Vec<Antecedent> =
            meant.flat_map(|word| self.meant(word)).map(|number| self.who(number)).collect();
        let mut seen = Vec::new();
        found.retain(|(entity, _)| {
            !seen.contains(entity) && {
                seen.push(entity.clone());
                true
            }
        });
        found
    }

    fn who(&self, number: usize) -> Antecedent {
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
