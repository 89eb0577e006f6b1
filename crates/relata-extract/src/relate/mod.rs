//! From linked mentions to statements: surface rules over the words of a sentence.
//!
//! A sentence becomes a string of symbols, one a word ([`symbols`]); the patterns of the rules, written in words
//! ([`pattern`]), become regular expressions over them. What a match is told as comes from its verb group ([`modality`]),
//! who is responsible for it from the sentence ([`attribution`]). A statement needs both ends to be of the types that the
//! schema allows.

mod amount;
mod anaphora;
mod attribution;
mod lexicon;
mod modality;
mod pattern;
mod prove;
mod rule;
mod symbols;
mod time;
mod tokens;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use relata_model::{
    Diagnostic, Document, EntityId, EntityType, Evidence, LinkedMention, LoadError, MentionForm, Modality,
    RelationType, Schema, Sentence, Span, Statement,
};

pub use lexicon::Lexicon;
pub use prove::{Proof, Unproved};
pub use rule::{Example, Rule};

use attribution::Attributions;
use modality::{Cues, VerbGroup};
use pattern::Phrases;
use rule::{Compiled, ObjectIs};
use symbols::{MentionKind, Symbol};
use tokens::{Participant, SYMBOL_BYTES, Tokens};

/// The relation rules of one language, ready to be applied.
#[derive(Debug)]
pub struct Rules {
    rules: Vec<Rule>,
    phrases: Phrases,
    cues: Cues,
    attributions: Attributions,
    anaphors: anaphora::Anaphors,
    amounts: amount::Amounts,
    times: time::Times,
    /// For each symbol that some pattern waits for, the rules and patterns that do.
    triggered: HashMap<Symbol, Vec<(usize, usize)>>,
    /// For each entity type, by its place in the schema, whether it is one of persons, organizations or places.
    proper: Vec<bool>,
    /// Patterns that wait for nothing: they have neither verbs nor words.
    always: Vec<(usize, usize)>,
}

/// What rules need to know of entities beside their ids.
pub type TypeOf<'a> = &'a dyn Fn(&EntityId) -> EntityType;

impl Rules {
    /// Reads the rule files of a language, each a name for messages and a text.
    ///
    /// # Errors
    /// Every fault of every file, each with its place.
    pub fn load(files: &[(&str, &str)], lexicon: Lexicon, schema: &Schema) -> Result<Self, LoadError> {
        let (rules, phrases) = rule::load(files, lexicon, schema)?;
        let language = phrases.lexicon().language;
        let unknown = |error: crate::verbs::UnknownVerb| {
            LoadError(vec![Diagnostic::of_file(&format!("data/{language}/words.toml"), error.to_string())])
        };
        let mut triggered: HashMap<Symbol, Vec<(usize, usize)>> = HashMap::new();
        let mut always = Vec::new();
        for (number, rule) in rules.iter().enumerate() {
            for (place, pattern) in rule.patterns.iter().enumerate() {
                if pattern.triggers.is_empty() {
                    always.push((number, place));
                }
                for &symbol in &pattern.triggers {
                    triggered.entry(symbol).or_default().push((number, place));
                }
            }
        }
        Ok(Self {
            cues: Cues::new(&phrases).map_err(unknown)?,
            attributions: Attributions::new(&phrases).map_err(unknown)?,
            anaphors: anaphora::Anaphors::new(&phrases),
            amounts: amount::Amounts::new(language),
            times: time::Times::new(language),
            rules,
            phrases,
            triggered,
            proper: schema
                .entity_types()
                .map(|(entity_type, _)| {
                    schema.lineage(entity_type).last().is_some_and(|root| ["Person", "Organization", "Place"].contains(&root.as_str()))
                })
                .collect(),
            always,
        })
    }

    /// The rules, in the order of their files.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What the sentences of `document` say of the entities that `mentions` link.
    pub fn relate(
        &self,
        document: &Document,
        sentences: &[Sentence],
        mentions: &[LinkedMention],
        schema: &Schema,
        type_of: TypeOf<'_>,
    ) -> Vec<Statement> {
        let found = self.collect(document, sentences, mentions, schema, type_of);
        let statements = found.into_iter().map(|(key, mut evidence)| {
            evidence.sort_by(|a, b| (a.sentence, a.quote, &a.rule).cmp(&(b.sentence, b.quote, &b.rule)));
            evidence.dedup_by(|b, a| a.sentence == b.sentence);
            Statement {
                subject: key.subject,
                relation: key.relation,
                object: key.object,
                modality: key.modality,
                evidence,
            }
        });
        // The keys' order is that of statements.
        statements.collect()
    }

    /// Every passage that any rule reads, by what it says.
    fn collect(
        &self,
        document: &Document,
        sentences: &[Sentence],
        mentions: &[LinkedMention],
        schema: &Schema,
        type_of: TypeOf<'_>,
    ) -> BTreeMap<Key, Vec<Evidence>> {
        let text = &document.text;
        let ordinals: HashMap<&EntityType, usize> =
            schema.entity_types().enumerate().map(|(ordinal, (entity_type, _))| (entity_type, ordinal)).collect();
        let mut resolver = anaphora::Resolver::new(&self.phrases, &self.anaphors, schema);
        let country = main_country(mentions, schema, type_of);
        let mut found: BTreeMap<Key, Vec<Evidence>> = BTreeMap::new();
        let mut rest = mentions;
        for sentence in sentences {
            let count = rest.partition_point(|mention| mention.span.end() <= sentence.span.end());
            let (inside, after) = rest.split_at(count);
            rest = after;
            let mut participants: Vec<Participant> = inside
                .iter()
                .filter(|mention| sentence.span.contains(mention.span))
                .map(|mention| {
                    let entity_type = type_of(&mention.entity);
                    let kind = match mention.form {
                        MentionForm::Demonym => MentionKind::Demonym,
                        MentionForm::Name | MentionForm::Nominal => MentionKind::Name,
                    };
                    let type_ordinal = ordinals[&entity_type];
                    Participant { span: mention.span, entity: mention.entity.clone(), entity_type, type_ordinal, kind }
                })
                .collect();
            resolver.add_anaphors(text, sentence.span, &mut participants, &ordinals, schema);
            if participants.len() + usize::from(country.is_some()) >= 2 && !participants.is_empty() {
                let context = Context {
                    document,
                    sentence: sentence.span,
                    participants: &participants,
                    country: country.as_ref(),
                    organization: resolver.organization(schema),
                };
                self.read_sentence(&context, schema, &mut found);
            }
            resolver.remember(text, sentence.span, &participants, schema);
        }
        found
    }

    fn read_sentence(&self, context: &Context<'_>, schema: &Schema, found: &mut BTreeMap<Key, Vec<Evidence>>) {
        let text = &context.document.text;
        let words = &self.phrases.words;
        let tokens = Tokens::new(text, context.sentence, context.participants, words, self.phrases.lexicon().language);
        let triggered = tokens.symbols.chars().filter_map(|symbol| self.triggered.get(&symbol)).flatten();
        let mut patterns: Vec<(usize, usize)> = triggered.chain(&self.always).copied().collect();
        patterns.sort_unstable();
        patterns.dedup();
        let attributed = std::cell::OnceCell::new();
        for (rule, place) in patterns {
            let rule = &self.rules[rule];
            for matched in self.matches(rule, &rule.patterns[place], text, &tokens, context) {
                let attributed =
                    attributed.get_or_init(|| self.attributions.find(context.sentence, &tokens, context.participants));
                for (key, mut evidence) in self.statements(rule, &matched, &tokens, context, schema) {
                    let claims = attributed.iter().filter(|claim| {
                        claim.scope.contains(evidence.quote) && !claim.by.span.overlaps(evidence.quote)
                    });
                    evidence.attribution = claims.min_by_key(|claim| claim.scope.len()).map(|claim| claim.by.clone());
                    if rule.amount {
                        evidence.amount = self.amounts.only_one(text, context.sentence);
                    }
                    if matched.verb.is_some() {
                        evidence.time = self.times.of_passage(text, context.sentence, evidence.quote);
                    }
                    found.entry(key).or_default().push(evidence);
                }
            }
        }
    }

    fn matches(
        &self,
        rule: &Rule,
        pattern: &Compiled,
        text: &str,
        tokens: &Tokens,
        context: &Context<'_>,
    ) -> Vec<Match> {
        let mut all = Vec::new();
        let mut at = 0;
        // Where a match was refused, the next one may begin inside it.
        let mut refused = None;
        while let Some(captures) = pattern.regex().captures_at(&tokens.symbols, at) {
            let range = |name: &str| {
                captures.name(name).map(|group| group.start() / SYMBOL_BYTES..group.end() / SYMBOL_BYTES)
            };
            let whole = captures.get(0).expect("group 0 always takes part");
            let whole = whole.start() / SYMBOL_BYTES..whole.end() / SYMBOL_BYTES;
            at = (whole.start + 1) * SYMBOL_BYTES;
            if pattern.begins_with_subject && !rule.anywhere {
                let inside_list = refused.as_ref().is_some_and(|list: &Range<usize>| list.contains(&whole.start));
                let list = range("s").or_else(|| range("o")).unwrap_or_default();
                if self.is_governed(tokens, whole.start) {
                    // Of a refused match the first phrase is refused: others of its list may be subjects of their own.
                    refused = Some(list);
                    continue;
                }
                // "Selon l'indice de X, Y coopère": Y begins anew. "Les rivaux de X et Y coopèrent": it does not.
                if inside_list && !self.begins_anew(tokens, whole.start, &list) {
                    continue;
                }
            }
            if rule.direct && range("o").is_some_and(|object| self.is_governed(tokens, object.start)) {
                continue;
            }
            let mut modality = rule.modality;
            let mut cue = None;
            if let (Some(verb), Some(form)) = (range("v"), range("form")) {
                let group = VerbGroup {
                    whole: verb,
                    auxiliary: range("aux"),
                    modals: range("mod").unwrap_or_default(),
                    passive: range("be").filter(|be| !be.is_empty()),
                    form,
                };
                let bare = captures.name("be").is_some() && group.passive.is_none();
                let read = if bare {
                    Some((Modality::Asserted, None))
                } else {
                    self.cues.read(text, tokens, &group, &pattern.forms)
                };
                let Some((found, words)) = read else { continue };
                if found > modality {
                    (modality, cue) = (found, words);
                }
            } else if let (Some(subject), Some(object)) = (range("s"), range("o"))
                && let Some((found, words)) = self.cues.governing(tokens, subject.end..object.start.max(subject.end))
                && found > modality
            {
                (modality, cue) = (found, Some(words));
            }
            let around = whole.start.saturating_sub(MARGIN)..(whole.end + MARGIN).min(tokens.spans.len());
            if rule.unless.iter().any(|unless| unless.regex().is_match(tokens.slice(around.clone()))) {
                continue;
            }
            if let Some(denial) = self.cues.denial(tokens, whole.start) {
                (modality, cue) = (Modality::Negated, Some(denial));
            }
            if Modality::Hypothetical > modality {
                let asks = context.sentence.of(text).trim_end().ends_with('?');
                if let Some(doubt) = self.cues.doubt(tokens, whole.end) {
                    (modality, cue) = (Modality::Hypothetical, Some(doubt));
                } else if asks {
                    let mark = context.sentence.end() - 1;
                    (modality, cue) = (Modality::Hypothetical, Some(Span::new(mark, mark + 1)));
                }
            }
            let subject = range("s").unwrap_or(whole.start..whole.start);
            at = whole.end.max(whole.start + 1) * SYMBOL_BYTES;
            all.push(Match {
                subject,
                object: range("o"),
                verb: range("v"),
                role: range("role"),
                pairs: pattern.pairs,
                modality,
                cue,
            });
        }
        all
    }

    /// Whether the noun phrase that begins at token `start` stands after a preposition, and so is no subject.
    fn is_governed(&self, tokens: &Tokens, start: usize) -> bool {
        let lists = &self.phrases.lexicon().words;
        let symbols: Vec<char> = tokens.slice(0..start).chars().collect();
        let is =
            |list: &[String], symbol: char| list.iter().any(|word| self.phrases.words.symbols(word).contains(&symbol));
        let mut before = symbols.iter().rev().copied().skip_while(|&symbol| {
            let article = is(&lists.determiners, symbol) && !is(&lists.prepositions, symbol);
            let title = is(&lists.heads, symbol) || self.phrases.role_beginnings().contains(&symbol);
            article || (title && !is(&lists.prepositions, symbol))
        });
        before.next().is_some_and(|symbol| is(&lists.prepositions, symbol))
    }

    /// Whether a noun phrase inside a refused list stands behind a comma and joins nothing after it.
    fn begins_anew(&self, tokens: &Tokens, start: usize, list: &Range<usize>) -> bool {
        let lists = &self.phrases.lexicon().words;
        let symbols_of = |words: &[&str]| -> Vec<char> { words.iter().flat_map(|word| self.phrases.words.symbols(word)).collect() };
        let comma = symbols_of(&[","]);
        let joins: Vec<&str> = lists.joins.iter().map(String::as_str).filter(|join| *join != "," && !join.contains(' ')).collect();
        let joins = symbols_of(&joins);
        // Only what opens a sentence is set apart so: "loin derrière la Chine, les États-Unis …" goes on.
        let opens = list.start <= OPENING && !tokens.slice(0..list.start).chars().any(|symbol| comma.contains(&symbol));
        let before = tokens.slice(0..start).chars().next_back();
        opens
            && before.is_some_and(|symbol| comma.contains(&symbol))
            && !tokens.slice(start..list.end.max(start)).chars().any(|symbol| joins.contains(&symbol))
    }

    fn statements(
        &self,
        rule: &Rule,
        matched: &Match,
        tokens: &Tokens,
        context: &Context<'_>,
        schema: &Schema,
    ) -> Vec<(Key, Evidence)> {
        let text = &context.document.text;
        let subjects = self.participants_in(tokens, &matched.subject, context);
        let objects = matched.object.as_ref().map(|range| self.participants_in(tokens, range, context));
        let role = matched.role.as_ref().map(|range| tokens.span(range.clone()));
        let mut statements = Vec::new();
        let mut add = |subject: &Participant,
                       object: Option<&Participant>,
                       object_entity: &EntityId,
                       object_type: &EntityType| {
            if subject.entity == *object_entity || !schema.admits(&subject.entity_type, &rule.relation, object_type) {
                return;
            }
            let spans =
                [object.map(|object| object.span), matched.verb.as_ref().map(|range| tokens.span(range.clone())), role];
            let quote = spans.into_iter().flatten().fold(subject.span, Span::hull);
            let swap = schema.relation_info(&rule.relation).symmetric && *object_entity < subject.entity;
            let mut ends = [
                (subject.entity.clone(), Some(subject.span)),
                (object_entity.clone(), object.map(|object| object.span)),
            ];
            if swap {
                ends.swap(0, 1);
            }
            let [(subject, subject_span), (object, object_span)] = ends;
            let evidence = Evidence {
                sentence: context.sentence,
                quote,
                rule: rule.id.clone(),
                subject: subject_span,
                object: object_span,
                cue: matched.cue.filter(|_| matched.modality != Modality::Asserted),
                attribution: None,
                role: role.map(|span| span.of(text).to_owned()),
                amount: None,
                time: None,
            };
            statements
                .push((Key { subject, relation: rule.relation.clone(), object, modality: matched.modality }, evidence));
        };
        for (number, subject) in subjects.iter().enumerate() {
            if matched.pairs {
                subjects[number + 1..]
                    .iter()
                    .for_each(|other| add(subject, Some(other), &other.entity, &other.entity_type));
            }
            match (&objects, context.country) {
                (Some(objects), _) => {
                    objects.iter().for_each(|object| add(subject, Some(object), &object.entity, &object.entity_type))
                }
                (None, country) => {
                    let known = match rule.object_is {
                        Some(ObjectIs::CountryOfDocument) => country,
                        Some(ObjectIs::OrganizationBefore) => context.organization,
                        None => None,
                    };
                    if let Some((entity, entity_type)) = known {
                        add(subject, None, entity, entity_type);
                    }
                }
            }
        }
        statements
    }

    /// Whether a participant is a person, an organization or a place, and no thing or notion that a name may be added to.
    fn is_proper(&self, participant: &Participant) -> bool {
        self.proper.get(participant.type_ordinal).copied().unwrap_or_default()
    }

    /// The participants of a list of noun phrases: its names; where a phrase has none ("les géants chinois"), its demonym.
    fn participants_in<'c>(
        &self,
        tokens: &Tokens,
        range: &Range<usize>,
        context: &Context<'c>,
    ) -> Vec<&'c Participant> {
        let lists = &self.phrases.lexicon().words;
        let joins: Vec<char> = lists
            .joins
            .iter()
            .chain(&lists.examples)
            .flat_map(|phrase| phrase.split(' '))
            .flat_map(|word| self.phrases.words.symbols(word))
            .collect();
        let brackets = |mark: &str| self.phrases.words.symbols(mark);
        let (open, close) = (brackets("("), brackets(")"));
        let mut all: Vec<&Participant> = Vec::new();
        let (mut names, mut demonyms) = (Vec::new(), Vec::new());
        let mut depth = 0_usize;
        let symbols: Vec<char> = tokens.slice(range.clone()).chars().collect();
        let mut last: Option<(usize, bool)> = None;
        for (place, (symbol, number)) in symbols.into_iter().zip(&tokens.participants[range.clone()]).enumerate() {
            if open.contains(&symbol) {
                depth += 1;
            } else if close.contains(&symbol) {
                depth = depth.saturating_sub(1);
            } else if depth == 0 {
                match number.map(|number| &context.participants[number]) {
                    Some(participant) if participant.kind == MentionKind::Demonym => demonyms.push(participant),
                    Some(participant) => {
                        // "президент [России] [Владимир Путин]": of two names side by side the second is meant, but for
                        // "[GPU] [H20]", which are both.
                        let beside = last.is_some_and(|(at, root)| at + 1 == place && root);
                        if beside {
                            names.pop();
                        }
                        names.push(participant);
                        last = Some((place, self.is_proper(participant)));
                    }
                    None if joins.contains(&symbol) => {
                        all.append(if names.is_empty() { &mut demonyms } else { &mut names });
                        names.clear();
                        demonyms.clear();
                    }
                    None => {}
                }
            }
        }
        all.append(if names.is_empty() { &mut demonyms } else { &mut names });
        all
    }
}

/// How many tokens may stand before the list that an opening phrase ends with: "Selon l'indice mondial de X, Y …".
const OPENING: usize = 14;

/// How many tokens before and after a match `unless` patterns may reach.
const MARGIN: usize = 2;

/// What identifies a statement within a document. Orders as statements do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    subject: EntityId,
    relation: RelationType,
    object: EntityId,
    modality: Modality,
}

/// A sentence and what is known around it.
struct Context<'c> {
    document: &'c Document,
    sentence: Span,
    participants: &'c [Participant],
    country: Option<&'c (EntityId, EntityType)>,
    /// The only organization that the sentences right before name.
    organization: Option<&'c (EntityId, EntityType)>,
}

/// Where a pattern matched, in tokens.
struct Match {
    subject: Range<usize>,
    object: Option<Range<usize>>,
    verb: Option<Range<usize>>,
    role: Option<Range<usize>>,
    pairs: bool,
    modality: Modality,
    cue: Option<Span>,
}

/// The country that a document speaks of: the one mentioned at least twice as often as any other, and at least twice.
fn main_country(mentions: &[LinkedMention], schema: &Schema, type_of: TypeOf<'_>) -> Option<(EntityId, EntityType)> {
    let country = schema.entity_type("Country").ok()?;
    let mut counts: BTreeMap<&EntityId, usize> = BTreeMap::new();
    for mention in mentions {
        if schema.is_a(&type_of(&mention.entity), &country) {
            *counts.entry(&mention.entity).or_default() += 1;
        }
    }
    let mut ranked: Vec<(usize, &EntityId)> = counts.into_iter().map(|(entity, count)| (count, entity)).collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    let &(most, entity) = ranked.first()?;
    let second = ranked.get(1).map_or(0, |&(count, _)| count);
    (most >= 2 && most >= 2 * second).then(|| (entity.clone(), type_of(entity)))
}
