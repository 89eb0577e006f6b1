//! Pronouns and short descriptions that point back to somebody named before, only where one antecedent clearly wins.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use relata_model::{EntityId, EntityType, Schema, Span};

use super::phrases::Phrases;
use super::symbols::{self, MentionKind};
use super::tokens::{Participant, SYMBOL_BYTES, Tokens};
use crate::expression::Expression;

/// Remembers who was named, sentence by sentence.
pub(super) struct Resolver<'r> {
    phrases: &'r Phrases,
    words: &'r Anaphors,
    person: Option<EntityType>,
    organization: Option<EntityType>,
    country: Option<EntityType>,
    /// Who was named in the last sentences that name anybody, newest last.
    recent: Vec<Recalled>,
    /// How often each was named so far.
    counts: BTreeMap<EntityId, (EntityType, usize)>,
    /// The last person whom a role word described, by that word's symbol.
    described: HashMap<char, Antecedent>,
    /// Every person that a role word described, with that word's symbol.
    described_as: Vec<(EntityId, char)>,
}

/// Whom a pronoun or a short description may mean.
pub(super) type Antecedent = (EntityId, EntityType);

/// Whom a sentence names.
#[derive(Clone, Debug, Default)]
pub(super) struct Recalled {
    /// By name, in the order of the text.
    pub(super) named: Vec<Named>,
    /// Places by their adjectives only.
    pub(super) demonyms: Vec<Antecedent>,
}

/// Somebody or something that a sentence names.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) who: Antecedent,
    /// Whether the words before the name are of feminine gender; `None` where they do not tell.
    pub(super) feminine: Option<bool>,
    /// Whether it stands behind a preposition, and so is no subject.
    pub(super) governed: bool,
    /// Whether it is joined to the name before it: "X et Y", "X, Y et Z".
    pub(super) joined: bool,
}

/// The words that point back, as expressions over symbols.
#[derive(Debug)]
pub(super) struct Anaphors {
    person: Expression,
    impersonal: Expression,
    organization: Expression,
    country: Expression,
    post: Expression,
    role: Expression,
    /// What stands between two names that are joined.
    joining: Expression,
    feminine: Expression,
    prepositions: String,
    comma: String,
    quote: String,
    auxiliaries: String,
    feminine_marks: String,
    masculine_marks: String,
}

/// How many sentences back an antecedent may stand.
const WINDOW: usize = 2;

impl Anaphors {
    /// Compiles the lists of the language that `phrases` is of.
    pub(super) fn new(phrases: &Phrases) -> Self {
        let lists = &phrases.lexicon().words;
        let alternatives = |list: &[String]| phrases.alternatives(list).expect("these lists name no verbs");
        let build = Expression::new;
        let anaphors = &lists.anaphors;
        Self {
            person: build(format!("^(?:{})", alternatives(&anaphors.person))),
            impersonal: build(format!("^(?:{})", alternatives(&anaphors.impersonal))),
            organization: build(alternatives(&anaphors.organization)),
            country: build(alternatives(&anaphors.country)),
            post: build(format!("(?:{})(?P<post>{})", alternatives(&anaphors.definite), phrases.role_regex())),
            role: build(phrases.role_regex().to_owned()),
            joining: build(format!(
                "^(?:{}){}*$",
                alternatives(&lists.joins),
                phrases.class(lists.determiners.iter().map(String::as_str))
            )),
            feminine: build(format!("^(?:{})", alternatives(&anaphors.feminine))),
            prepositions: symbols_of(phrases, &lists.prepositions),
            comma: symbols_of(phrases, &[",".to_owned()]),
            quote: symbols_of(phrases, &["\"".to_owned()]),
            auxiliaries: symbols_of(phrases, &lists.group.auxiliaries),
            feminine_marks: symbols_of(phrases, &anaphors.feminine_marks),
            masculine_marks: symbols_of(phrases, &anaphors.masculine_marks),
        }
    }
}

fn symbols_of(phrases: &Phrases, words: &[String]) -> String {
    words.iter().flat_map(|word| phrases.words.symbols(word)).collect()
}

impl<'r> Resolver<'r> {
    pub(super) fn new(phrases: &'r Phrases, words: &'r Anaphors, schema: &Schema) -> Self {
        let named = |name| schema.entity_type(name).ok();
        Self {
            phrases,
            words,
            person: named("Person"),
            organization: named("Organization"),
            country: named("Country"),
            recent: Vec::new(),
            counts: BTreeMap::new(),
            described: HashMap::new(),
            described_as: Vec::new(),
        }
    }

    /// Whom the last sentences name, newest last.
    pub(super) fn recent(&self) -> &[Recalled] {
        &self.recent
    }

    /// How often each was named so far, by entity.
    pub(super) fn counts(&self) -> &BTreeMap<EntityId, (EntityType, usize)> {
        &self.counts
    }

    /// The words of a sentence, and among its participants those that its pronouns and short descriptions mean.
    pub(super) fn read(
        &self,
        text: &str,
        sentence: Span,
        participants: &mut Vec<Participant>,
        ordinals: &HashMap<&EntityType, usize>,
        schema: &Schema,
    ) -> Tokens {
        let tokens = self.tokens(text, sentence, participants);
        if self.recent.is_empty() {
            return tokens;
        }
        let mut added: Vec<Participant> = Vec::new();
        for (place, (entity, entity_type)) in self.resolve(&tokens, schema) {
            let span = tokens.span(place.start / SYMBOL_BYTES..place.end / SYMBOL_BYTES);
            if added.iter().all(|other| !other.span.overlaps(span)) {
                let (entity, entity_type) = (entity.clone(), entity_type.clone());
                added.push(Participant::new(span, entity, entity_type, MentionKind::Anaphor, ordinals, schema));
            }
        }
        if added.is_empty() {
            return tokens;
        }
        participants.append(&mut added);
        participants.sort_by_key(|participant| participant.span);
        self.tokens(text, sentence, participants)
    }

    /// The words of a sentence that point back, as bytes of its symbols, and whom they mean.
    fn resolve(&self, tokens: &Tokens, schema: &Schema) -> Vec<(Range<usize>, &Antecedent)> {
        let symbols = &tokens.symbols;
        let mut found = Vec::new();
        if let Some(pronoun) = self.words.person.find(symbols)
            && !self.words.impersonal.is_match(&symbols[pronoun.end()..])
        {
            let feminine = self.words.feminine.is_match(symbols);
            found.extend(self.subject_before(feminine, schema).map(|who| (pronoun.range(), who)));
        }
        for captures in self.words.post.captures_iter(symbols) {
            let whole = captures.get(0).expect("group 0 always takes part");
            let head = captures.name("post").and_then(|post| post.as_str().chars().next());
            if self.is_complete(&symbols[whole.end()..], true)
                && let Some(who) = head.and_then(|head| self.described.get(&head))
            {
                found.push((whole.range(), who));
            }
        }
        let descriptions = [(&self.words.organization, &self.organization), (&self.words.country, &self.country)];
        for (regex, wider) in descriptions {
            for place in regex.find_iter(symbols) {
                if self.is_complete(&symbols[place.end()..], false)
                    && let Some(who) = self.only_one(wider.as_ref(), schema)
                {
                    found.push((place.range(), who));
                }
            }
        }
        found
    }

    /// Whether a description ends where `after` begins: no name, demonym or complement belongs to it.
    fn is_complete(&self, after: &str, with_apposition: bool) -> bool {
        let mut after = after.chars();
        let Some(next) = after.next() else { return true };
        let apposition = with_apposition && self.words.comma.contains(next) && after.take(3).any(symbols::is_mention);
        !apposition
            && !self.words.quote.contains(next)
            && !self.words.prepositions.contains(next)
            && !symbols::is_mention(next)
            && next != symbols::CAPITALISED
    }

    /// The only organization that the newest sentence with any names.
    pub(super) fn organization(&self, schema: &Schema) -> Option<&Antecedent> {
        self.only_one(self.organization.as_ref(), schema)
    }

    /// Takes note of who was named in a sentence, and as what. `subjects` are those whom its subject means without a name, or to
    /// whom it belongs: the text goes on about them.
    pub(super) fn remember(
        &mut self,
        tokens: &Tokens,
        participants: &[Participant],
        mut subjects: Vec<Antecedent>,
        schema: &Schema,
    ) {
        if subjects.is_empty() && participants.iter().all(|participant| participant.kind == MentionKind::Demonym) {
            return;
        }
        subjects.retain(|(entity, _)| participants.iter().all(|participant| participant.entity != *entity));
        for (entity, entity_type) in &subjects {
            self.counts.entry(entity.clone()).or_insert_with(|| (entity_type.clone(), 0)).1 += 1;
        }
        for participant in participants.iter().filter(|participant| participant.kind != MentionKind::Demonym) {
            let count = self.counts.entry(participant.entity.clone());
            count.or_insert_with(|| (participant.entity_type.clone(), 0)).1 += 1;
        }
        let mut named: Vec<Named> =
            subjects.into_iter().map(|who| Named { who, feminine: None, governed: false, joined: false }).collect();
        let mut demonyms = Vec::new();
        let mut previous_end = None;
        for (at, number) in tokens.participants.iter().enumerate() {
            let Some(participant) = number.map(|number| &participants[number]) else { continue };
            let who = (participant.entity.clone(), participant.entity_type.clone());
            if participant.kind == MentionKind::Demonym {
                demonyms.push(who);
                continue;
            }
            let joined = previous_end.is_some_and(|end| self.words.joining.is_match(tokens.slice(end..at)));
            previous_end = Some(at + 1);
            let before: Vec<char> = tokens.slice(at.saturating_sub(3)..at).chars().collect();
            let marked = |marks: &str| before.iter().any(|symbol| marks.contains(*symbol));
            let feminine = match (marked(&self.words.feminine_marks), marked(&self.words.masculine_marks)) {
                (true, false) => Some(true),
                (false, true) => Some(false),
                _ => None,
            };
            let governed = before.iter().rev().take(2).any(|symbol| self.words.prepositions.contains(*symbol));
            named.push(Named { who, feminine, governed, joined });
        }
        if let Some(person) = self.person.clone()
            && named.iter().any(|named| schema.is_a(&named.who.1, &person))
        {
            self.describe(tokens, participants, schema, &person);
        }
        self.recent.push(Recalled { named, demonyms });
        if self.recent.len() > WINDOW {
            self.recent.remove(0);
        }
    }

    /// Ties role words to the person they describe: "le ministre de l'Économie, Ana Roy", "Ana Roy, ministre".
    fn describe(&mut self, tokens: &Tokens, participants: &[Participant], schema: &Schema, person: &EntityType) {
        const NEAR: usize = 9;
        let is_person = |number: usize| schema.is_a(&participants[number].entity_type, person);
        let heads = self.words.role.find_iter(&tokens.symbols);
        let heads: Vec<(usize, char)> =
            heads.filter_map(|place| Some((place.start() / SYMBOL_BYTES, place.as_str().chars().next()?))).collect();
        for (at, head) in heads {
            // Behind an auxiliary another clause begins: "le ministre a reçu Ana Roy".
            let auxiliary = |symbol: char| self.words.auxiliaries.contains(symbol);
            let clause = tokens.slice(at..tokens.spans.len()).chars().take_while(|&symbol| !auxiliary(symbol)).count();
            let after =
                tokens.participants[at..].iter().take(NEAR.min(clause)).flatten().find(|&&number| is_person(number));
            let before = tokens.participants[..at].iter().rev().take(3).flatten().find(|&&number| is_person(number));
            if let Some(&number) = before.or(after) {
                let known = (participants[number].entity.clone(), head);
                if !self.described_as.contains(&known) {
                    self.described_as.push(known);
                }
            }
        }
        // The last one named is the one described, whether the role stands beside the name again or not.
        for participant in participants {
            for (_, head) in self.described_as.iter().filter(|(entity, _)| *entity == participant.entity) {
                self.described.insert(*head, (participant.entity.clone(), participant.entity_type.clone()));
            }
        }
    }

    fn tokens(&self, text: &str, sentence: Span, participants: &[Participant]) -> Tokens {
        Tokens::new(text, sentence, participants, &self.phrases.words, self.phrases.lexicon().language)
    }

    /// Whom a pronoun at the head of a sentence means: the subject of the sentence before, where its type and gender
    /// agree; else its only person.
    fn subject_before(&self, feminine: bool, schema: &Schema) -> Option<&Antecedent> {
        let is = |named: &Named, wider: &Option<EntityType>| {
            wider.as_ref().is_some_and(|wider| schema.is_a(&named.who.1, wider))
        };
        let newest = &self.recent.iter().rev().find(|sentence| !sentence.named.is_empty())?.named;
        let has_gender = !self.words.feminine_marks.is_empty();
        let agrees = |named: &&Named| {
            if is(named, &self.person) {
                if feminine { named.feminine == Some(true) } else { named.feminine != Some(true) }
            } else if is(named, &self.country) {
                named.feminine == Some(feminine)
            } else {
                is(named, &self.organization) && named.feminine.is_none_or(|known| known == feminine)
            }
        };
        let subject = newest.first().filter(|named| has_gender && !named.governed).filter(agrees);
        if let Some(subject) = subject {
            return Some(&subject.who);
        }
        if has_gender && feminine {
            return None;
        }
        let mut people = self
            .recent
            .iter()
            .rev()
            .find_map(|sentence| {
                let people: Vec<&Named> = sentence.named.iter().filter(|named| is(named, &self.person)).collect();
                (!people.is_empty()).then_some(people)
            })?
            .into_iter();
        let first = people.next()?;
        (!has_gender || people.all(|other| other.who == first.who)).then_some(&first.who)
    }

    /// The only one of its type in the newest sentence that names any.
    fn only_one(&self, wider: Option<&EntityType>, schema: &Schema) -> Option<&Antecedent> {
        let wider = wider?;
        for sentence in self.recent.iter().rev() {
            let mut of_type = sentence.named.iter().filter(|named| schema.is_a(&named.who.1, wider));
            if let Some(first) = of_type.next() {
                return of_type.all(|other| other.who.0 == first.who.0).then_some(&first.who);
            }
        }
        None
    }
}
