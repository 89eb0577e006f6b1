//! From linked mentions to statements: surface rules over the words of a sentence.
//!
//! A sentence becomes a string of symbols, one a word (`symbols`); the patterns of the rules, written in words
//! (`pattern`), become regular expressions over them. What a match is told as comes from its verb group (`modality`),
//! who is responsible for it from the sentence (`attribution`). A statement needs both ends to be of the types that the
//! schema allows.

mod amount;
mod anaphora;
mod apply;
mod attribution;
mod coverage;
mod frames;
mod lexicon;
mod modality;
mod pattern;
mod phrases;
mod prove;
mod read;
mod rule;
mod symbols;
mod time;
mod tokens;
mod turns;

use std::collections::{BTreeMap, HashMap};

use relata_grammar::Grammar;
use relata_model::{
    Diagnostic, Document, EntityId, EntityType, Evidence, LinkedMention, LoadError, MentionForm, Modality,
    RelationType, Schema, Sentence, Span, Statement,
};

pub use coverage::Finding;
pub use frames::GrammarSource;
pub use lexicon::Lexicon;
pub use prove::{Contrasted, Proof, Unproved};
pub use rule::{Example, Rule};

use anaphora::Antecedent;
use attribution::Attributions;
use frames::{Affiliations, Frames, Past};
use modality::Cues;
use phrases::Phrases;
use symbols::{MentionKind, Symbol};
use tokens::{Participant, Tokens};
use turns::{Told, Turns};

/// The relation rules of one language, ready to be applied.
#[derive(Debug)]
pub struct Rules {
    list: Vec<Rule>,
    frames: Frames,
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
    /// Reads the rule files of a language, each a name for messages and a text. `grammar` replaces the grammar that the program
    /// carries for it.
    ///
    /// # Errors
    /// Every fault of every file, each with its place.
    pub fn load(
        files: &[(&str, &str)],
        lexicon: Lexicon,
        schema: &Schema,
        grammar: Option<Grammar>,
    ) -> Result<Self, LoadError> {
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
            frames: Frames::new(&rules, phrases.lexicon(), grammar),
            list: rules,
            phrases,
            triggered,
            proper: schema
                .entity_types()
                .map(|(entity_type, _)| {
                    schema
                        .lineage(entity_type)
                        .last()
                        .is_some_and(|root| ["Person", "Organization", "Place"].contains(&root.as_str()))
                })
                .collect(),
            always,
        })
    }

    /// The rules, in the order of their files.
    pub fn rules(&self) -> &[Rule] {
        &self.list
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
        let mut found = self.collect(document, sentences, mentions, schema, type_of);
        keep_least_factual(&mut found);
        Self::statements_of(found)
    }

    /// Of everything that was read the statements.
    fn statements_of(found: BTreeMap<Key, Vec<Evidence>>) -> Vec<Statement> {
        let statements = found.into_iter().map(|(key, mut evidence)| {
            // Of several readings of one sentence the one that gives the words of a post is kept.
            let order = |one: &Evidence| (one.sentence, one.role.is_none(), one.quote, one.rule.clone());
            evidence.sort_by_cached_key(order);
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

    /// Every passage that any rule reads, by what it says; one sentence may say one thing in several ways.
    fn collect(
        &self,
        document: &Document,
        sentences: &[Sentence],
        mentions: &[LinkedMention],
        schema: &Schema,
        type_of: TypeOf<'_>,
    ) -> BTreeMap<Key, Vec<Evidence>> {
        let mut found: BTreeMap<Key, Vec<Evidence>> = BTreeMap::new();
        let nobody = Affiliations::new();
        let mut spoken = false;
        self.each_sentence(document, sentences, mentions, schema, type_of, &nobody, |context| {
            spoken |= self.frames.speaks(context.sentence.of(&document.text));
            self.read_sentence(context, schema, &mut found)
        });
        // Whom "we" means is known once all posts are.
        let affiliations = if spoken { affiliations(&found, type_of) } else { nobody };
        if !affiliations.is_empty() {
            self.each_sentence(document, sentences, mentions, schema, type_of, &affiliations, |context| {
                self.read_sentence(context, schema, &mut found)
            });
        }
        found
    }

    /// What the frames see of the sentences that overlap `place`, in words for whoever writes rules.
    pub fn trace(
        &self,
        document: &Document,
        sentences: &[Sentence],
        mentions: &[LinkedMention],
        schema: &Schema,
        type_of: TypeOf<'_>,
        place: Span,
    ) -> String {
        let mut out = String::new();
        let affiliations = affiliations(&self.collect(document, sentences, mentions, schema, type_of), type_of);
        self.each_sentence(document, sentences, mentions, schema, type_of, &affiliations, |context| {
            if context.sentence.overlaps(place) {
                out += &self.frames.trace(
                    &self.list,
                    &document.text,
                    context.sentence,
                    context.participants,
                    context.past,
                    &self.voices(context),
                );
                out.push('\n');
            }
            self.read_sentence(context, schema, &mut BTreeMap::new())
        });
        out
    }

    /// Hands every sentence that names two, with whom its pronouns mean, to `each`, which tells whom the words at its head that
    /// point back were found to mean.
    #[expect(clippy::too_many_arguments, reason = "a document is its text, sentences and mentions")]
    fn each_sentence(
        &self,
        document: &Document,
        sentences: &[Sentence],
        mentions: &[LinkedMention],
        schema: &Schema,
        type_of: TypeOf<'_>,
        affiliations: &Affiliations,
        mut each: impl FnMut(&Context<'_>) -> Vec<Antecedent>,
    ) {
        let text = &document.text;
        let ordinals: HashMap<&EntityType, usize> =
            schema.entity_types().enumerate().map(|(ordinal, (entity_type, _))| (entity_type, ordinal)).collect();
        let mut resolver = anaphora::Resolver::new(&self.phrases, &self.anaphors, schema);
        let mut turns = Turns::new(&self.phrases.lexicon().words.grammar.reference.speeches, schema);
        let country = main_country(mentions, schema, type_of);
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
                    Participant::new(mention.span, mention.entity.clone(), entity_type, kind, &ordinals, schema)
                })
                .collect();
            let told = turns.enter(text, sentence, &participants, schema);
            let tokens = resolver.read(text, sentence.span, &mut participants, &ordinals, schema);
            let before: usize = resolver.recent().iter().map(|one| one.named.len() + one.demonyms.len()).sum();
            let others = usize::from(country.is_some()) + before.min(2) + usize::from(told.is_some());
            let named = !participants.is_empty() || self.frames.points_back(sentence.span.of(text));
            let mut subjects = Vec::new();
            if participants.len() + others >= 2 && named {
                let context = Context {
                    document,
                    sentence: sentence.span,
                    participants: &participants,
                    tokens: &tokens,
                    country: country.as_ref(),
                    organization: resolver.organization(schema),
                    told: told.as_ref(),
                    past: Past {
                        recent: resolver.recent(),
                        counts: resolver.counts(),
                        new_paragraph: starts_paragraph(text, sentence.span),
                        affiliations,
                        ordinals: &ordinals,
                        schema,
                    },
                };
                subjects = each(&context);
            }
            resolver.remember(&tokens, &participants, subjects, schema);
        }
    }
}

/// Where several rules read one sentence, the least factual reading of a claim is the one that counts: a denial that one rule
/// sees is never a fact because another does not see it.
fn keep_least_factual(found: &mut BTreeMap<Key, Vec<Evidence>>) {
    let claim = |key: &Key| (key.subject.clone(), key.relation.clone(), key.object.clone());
    let mut least: HashMap<_, Modality> = HashMap::new();
    for (key, evidence) in found.iter() {
        for one in evidence {
            let known = least.entry((claim(key), one.sentence)).or_insert(key.modality);
            *known = known.least_factual(key.modality);
        }
    }
    found.retain(|key, evidence| {
        evidence.retain(|one| least[&(claim(key), one.sentence)] == key.modality);
        !evidence.is_empty()
    });
}

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
    tokens: &'c Tokens,
    country: Option<&'c (EntityId, EntityType)>,
    past: Past<'c>,
    /// Whose words the sentence is, if it is somebody's.
    told: Option<&'c Told>,
    /// The only organization that the sentences right before name.
    organization: Option<&'c (EntityId, EntityType)>,
}

/// Whether an empty line stands before a sentence.
fn starts_paragraph(text: &str, sentence: Span) -> bool {
    let before = &text[..sentence.start()];
    let gap = &before[before.trim_end().len()..];
    gap.matches('\n').count() > 1
}

/// For whom each person speaks: those in whom they hold a post now.
fn affiliations(found: &BTreeMap<Key, Vec<Evidence>>, type_of: TypeOf<'_>) -> Affiliations {
    let mut all = Affiliations::new();
    let held =
        found.keys().filter(|key| key.relation.as_str() == "holdsPositionIn" && key.modality == Modality::Asserted);
    for key in held {
        all.entry(key.subject.clone()).or_default().push((key.object.clone(), type_of(&key.object)));
    }
    all
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
