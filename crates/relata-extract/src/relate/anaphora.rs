//! Pronouns and short descriptions that point back to somebody named before, only where one antecedent clearly wins.

use std::collections::HashMap;

use regex::Regex;
use relata_model::{EntityId, EntityType, Schema, Span};

use super::pattern::Phrases;
use super::symbols::{self, MentionKind};
use super::tokens::{Participant, SYMBOL_BYTES, Tokens};

/// Remembers who was named, sentence by sentence.
pub(super) struct Resolver<'r> {
    phrases: &'r Phrases,
    person: Option<EntityType>,
    organization: Option<EntityType>,
    country: Option<EntityType>,
    /// The participants of the last sentences, newest last, names only.
    recent: Vec<Vec<(EntityId, EntityType)>>,
    /// The last person whom a role word described, by that word's symbol.
    described: HashMap<char, (EntityId, EntityType)>,
    /// Every person that a role word described, with that word's symbol.
    described_as: Vec<(EntityId, char)>,
    regexes: &'r Anaphors,
}

/// The words that point back, as expressions over symbols.
#[derive(Debug)]
pub(super) struct Anaphors {
    person: Regex,
    impersonal: Regex,
    organization: Regex,
    country: Regex,
    post: Regex,
    role: Regex,
    prepositions: String,
}

/// How many sentences back an antecedent may stand.
const WINDOW: usize = 2;

impl Anaphors {
    /// Compiles the lists of the language that `phrases` is of.
    pub(super) fn new(phrases: &Phrases) -> Self {
        let lists = &phrases.lexicon().words;
        let alternatives = |list: &[String]| phrases.alternatives(list).expect("these lists name no verbs");
        let build = |source: String| Regex::new(&source).expect("alternatives of classes are a valid expression");
        let anaphors = &lists.anaphors;
        Self {
            person: build(format!("^(?:{})", alternatives(&anaphors.person))),
            impersonal: build(format!("^(?:{})", alternatives(&anaphors.impersonal))),
            organization: build(alternatives(&anaphors.organization)),
            country: build(alternatives(&anaphors.country)),
            post: build(format!("(?:{})(?P<post>{})", alternatives(&anaphors.definite), phrases.role_regex())),
            role: build(phrases.role_regex().to_owned()),
            prepositions: lists.prepositions.iter().flat_map(|word| phrases.words.symbols(word)).collect(),
        }
    }
}

impl<'r> Resolver<'r> {
    pub(super) fn new(phrases: &'r Phrases, regexes: &'r Anaphors, schema: &Schema) -> Self {
        let named = |name| schema.entity_type(name).ok();
        Self {
            phrases,
            person: named("Person"),
            organization: named("Organization"),
            country: named("Country"),
            recent: Vec::new(),
            described: HashMap::new(),
            described_as: Vec::new(),
            regexes,
        }
    }

    /// Adds to the participants of a sentence those that its pronouns and short descriptions mean.
    pub(super) fn add_anaphors(
        &self,
        text: &str,
        sentence: Span,
        participants: &mut Vec<Participant>,
        ordinals: &HashMap<&EntityType, usize>,
        schema: &Schema,
    ) {
        if self.recent.is_empty() {
            return;
        }
        let tokens = self.tokens(text, sentence, participants);
        let mut added: Vec<Participant> = Vec::new();
        let mut add = |place: std::ops::Range<usize>, antecedent: Option<&(EntityId, EntityType)>| {
            if let Some((entity, entity_type)) = antecedent {
                let span = tokens.span(place.start / SYMBOL_BYTES..place.end / SYMBOL_BYTES);
                if added.iter().all(|other| !other.span.overlaps(span)) {
                    added.push(Participant {
                        span,
                        entity: entity.clone(),
                        entity_type: entity_type.clone(),
                        type_ordinal: ordinals[entity_type],
                        kind: MentionKind::Anaphor,
                    });
                }
            }
        };
        if let Some(found) = self.regexes.person.find(&tokens.symbols)
            && !self.regexes.impersonal.is_match(&tokens.symbols[found.end()..])
        {
            add(found.range(), self.last_subject(self.person.as_ref(), schema));
        }
        for captures in self.regexes.post.captures_iter(&tokens.symbols) {
            let whole = captures.get(0).expect("group 0 always takes part");
            let next = tokens.symbols[whole.end()..].chars().next();
            let complete = next.is_none_or(|next| {
                !self.regexes.prepositions.contains(next) && !symbols::is_mention(next) && next != symbols::CAPITALISED
            });
            let head = captures.name("post").and_then(|post| post.as_str().chars().next());
            if complete && let Some(head) = head {
                add(whole.range(), self.described.get(&head));
            }
        }
        for found in self.regexes.organization.find_iter(&tokens.symbols) {
            add(found.range(), self.only_one(self.organization.as_ref(), schema));
        }
        for found in self.regexes.country.find_iter(&tokens.symbols) {
            add(found.range(), self.only_one(self.country.as_ref(), schema));
        }
        if !added.is_empty() {
            participants.append(&mut added);
            participants.sort_by_key(|participant| participant.span);
        }
    }

    /// Takes note of who was named in a sentence, and as what.
    pub(super) fn remember(&mut self, text: &str, sentence: Span, participants: &[Participant], schema: &Schema) {
        let known = participants.iter().filter(|participant| participant.kind != MentionKind::Demonym);
        let named: Vec<_> = known.map(|one| (one.entity.clone(), one.entity_type.clone())).collect();
        if named.is_empty() {
            return;
        }
        if let Some(person) = &self.person
            && named.iter().any(|(_, entity_type)| schema.is_a(entity_type, person))
        {
            let tokens = self.tokens(text, sentence, participants);
            self.describe(&tokens, participants, schema, person.clone());
        }
        self.recent.push(named);
        if self.recent.len() > WINDOW {
            self.recent.remove(0);
        }
    }

    /// Ties role words to the person they describe: "le ministre de l'Économie, Ana Roy", "Ana Roy, ministre".
    fn describe(&mut self, tokens: &Tokens, participants: &[Participant], schema: &Schema, person: EntityType) {
        const NEAR: usize = 9;
        let is_person = |number: usize| schema.is_a(&participants[number].entity_type, &person);
        let roles: Vec<(usize, char)> = self
            .regexes
            .role
            .find_iter(&tokens.symbols)
            .filter_map(|place| Some((place.start() / SYMBOL_BYTES, place.as_str().chars().next()?)))
            .collect();
        for (at, head) in roles {
            let after = tokens.participants[at..].iter().take(NEAR).flatten().find(|&&number| is_person(number));
            let before = tokens.participants[..at].iter().rev().take(3).flatten().find(|&&number| is_person(number));
            if let Some(&number) = before.or(after) {
                let described = &participants[number];
                self.described.insert(head, (described.entity.clone(), described.entity_type.clone()));
                let known = (described.entity.clone(), head);
                if !self.described_as.contains(&known) {
                    self.described_as.push(known);
                }
            }
        }
        // A described person named again without the role is the last one described all the same.
        for participant in participants {
            let heads: Vec<char> = self
                .described_as
                .iter()
                .filter(|(entity, _)| *entity == participant.entity)
                .map(|&(_, head)| head)
                .collect();
            for head in heads {
                self.described.insert(head, (participant.entity.clone(), participant.entity_type.clone()));
            }
        }
    }

    fn tokens(&self, text: &str, sentence: Span, participants: &[Participant]) -> Tokens {
        Tokens::new(text, sentence, participants, &self.phrases.words, self.phrases.lexicon().language)
    }

    /// The first of its type in the newest sentence that names one: its likely subject.
    fn last_subject(&self, wider: Option<&EntityType>, schema: &Schema) -> Option<&(EntityId, EntityType)> {
        let wider = wider?;
        self.recent
            .iter()
            .rev()
            .find_map(|sentence| sentence.iter().find(|(_, entity_type)| schema.is_a(entity_type, wider)))
    }

    /// The only one of its type in the newest sentence that names any.
    fn only_one(&self, wider: Option<&EntityType>, schema: &Schema) -> Option<&(EntityId, EntityType)> {
        let wider = wider?;
        for sentence in self.recent.iter().rev() {
            let mut of_type = sentence.iter().filter(|(_, entity_type)| schema.is_a(entity_type, wider));
            if let Some(first) = of_type.next() {
                return of_type.all(|other| other.0 == first.0).then_some(first);
            }
        }
        None
    }
}
