//! Whether a rule does what its examples say: `relata rules test`.

use std::collections::BTreeMap;

use relata_model::{
    Diagnostic, Digest, Document, EntityId, EntityType, LinkedMention, LoadError, MentionForm, Modality, RelationType,
    Schema, Span, WhyLinked,
};
use serde::Deserialize;
use toml::Spanned;

use super::{Rules, keep_least_factual};
use crate::segment::{SegmentRules, segment};

/// How many sentences of a rule set were tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// Rules.
    pub rules: usize,
    /// Examples that hold.
    pub examples: usize,
    /// Counterexamples that hold.
    pub counterexamples: usize,
}

/// A sentence in which a rule does not do what it says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{rule}: {what}\n    {sentence}")]
pub struct Unproved {
    /// The rule.
    pub rule: String,
    /// What went wrong.
    pub what: String,
    /// The sentence, with its mentions marked.
    pub sentence: String,
}

impl Rules {
    /// Tries every rule on its examples and counterexamples.
    pub fn prove(&self, sentences: &SegmentRules, schema: &Schema) -> (Proof, Vec<Unproved>) {
        let mut proof = Proof { rules: self.list.len(), ..Proof::default() };
        let mut unproved = Vec::new();
        for rule in &self.list {
            let mut fail = |what: String, sentence: &str| {
                unproved.push(Unproved { rule: rule.id.to_string(), what, sentence: sentence.to_owned() });
            };
            for example in &rule.examples {
                match self.try_example(rule, example, sentences, schema) {
                    Ok(()) => proof.examples += 1,
                    Err(what) => fail(what, &example.text),
                }
            }
            for sentence in &rule.counterexamples {
                match self.read_marked(sentence, sentences, schema) {
                    Err(what) => fail(what, sentence),
                    Ok(found) => match found.into_iter().find(|found| found.rule == rule.id.as_str()) {
                        None => proof.counterexamples += 1,
                        Some(found) => fail(format!("a counterexample is read as {found}"), sentence),
                    },
                }
            }
        }
        (proof, unproved)
    }

    fn try_example(
        &self,
        rule: &super::Rule,
        example: &super::Example,
        sentences: &SegmentRules,
        schema: &Schema,
    ) -> Result<(), String> {
        let found = self.read_marked(&example.text, sentences, schema)?;
        let by_rule: Vec<&Found> = found.iter().filter(|found| found.rule == rule.id.as_str()).collect();
        let symmetric = schema.relation_info(&rule.relation).symmetric;
        let ends = |found: &&&Found| {
            (found.subject == example.subject && found.object == example.object)
                || (symmetric && found.subject == example.object && found.object == example.subject)
        };
        let Some(found) = by_rule.iter().find(ends) else {
            let others: Vec<String> = by_rule.iter().map(ToString::to_string).collect();
            let others = if others.is_empty() { "nothing".to_owned() } else { others.join("; ") };
            return Err(format!("expected {} – {}, the rule finds {others}", example.subject, example.object));
        };
        if found.modality != example.modality {
            return Err(format!("expected \"{}\", the rule says \"{}\"", example.modality, found.modality));
        }
        if example.role.is_some() && found.role != example.role {
            return Err(format!("expected the role {:?}, the rule gives {:?}", example.role, found.role));
        }
        Ok(())
    }

    fn read_marked(&self, marked: &str, rules: &SegmentRules, schema: &Schema) -> Result<Vec<Found>, String> {
        let Marked { text, mentions, entities } = unmark(marked, schema)?;
        let document = Document::from_text("example", &text, rules.language());
        let sentences = segment(&document, rules);
        let known = |id: &EntityId| entities.get(id).expect("only marked entities are found");
        let types = |id: &EntityId| -> EntityType { known(id).entity_type.clone() };
        let mut collected = self.collect(&document, &sentences, &mentions, schema, &types);
        keep_least_factual(&mut collected);
        let found = collected.iter().flat_map(|(key, evidence)| {
            evidence.iter().map(|evidence| Found {
                rule: evidence.rule.to_string(),
                subject: known(&key.subject).name.clone(),
                object: known(&key.object).name.clone(),
                modality: key.modality,
                role: evidence.role.clone(),
                relation: key.relation.clone(),
                attributed: evidence.attribution.is_some(),
            })
        });
        Ok(found.collect())
    }
}

/// Sentences that differ in stance only, and what is to be read in them: `tests/corpus/*-contrast.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Contrast {
    subject: String,
    predicate: Spanned<String>,
    object: String,
    #[serde(default)]
    asserted: Sentences,
    #[serde(default)]
    negated: Sentences,
    #[serde(default)]
    ended: Sentences,
    #[serde(default)]
    planned: Sentences,
    #[serde(default)]
    hypothetical: Sentences,
    #[serde(default)]
    attributed: Sentences,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContrastFile {
    contrast: Vec<Contrast>,
}

/// One sentence or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Sentences {
    One(String),
    Many(Vec<String>),
}

impl Default for Sentences {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl Sentences {
    fn iter(&self) -> impl Iterator<Item = &str> {
        let all = match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        };
        all.iter().map(String::as_str)
    }
}

/// What became of contrasted sentences.
#[derive(Clone, Debug, Default)]
pub struct Contrasted {
    /// Groups of sentences.
    pub groups: usize,
    /// Sentences read with the right stance.
    pub right: usize,
    /// Sentences in which the statement was not found.
    pub missed: Vec<Unproved>,
    /// Sentences in which it was found with another stance.
    pub other: Vec<Unproved>,
    /// Of those, the ones that make a fact of what is none.
    pub facts: Vec<Unproved>,
}

impl Rules {
    /// Reads the sentences of a contrast file.
    ///
    /// # Errors
    /// When the file is not of that form, names an unknown predicate or has a sentence that is not marked well.
    pub fn contrast(
        &self,
        (file, source): (&str, &str),
        rules: &SegmentRules,
        schema: &Schema,
    ) -> Result<Contrasted, LoadError> {
        let parsed: ContrastFile =
            toml::from_str(source).map_err(|error| LoadError(vec![Diagnostic::from_toml(file, source, &error)]))?;
        let mut result = Contrasted { groups: parsed.contrast.len(), ..Contrasted::default() };
        let mut faults = Vec::new();
        for group in &parsed.contrast {
            let at = group.predicate.span().start;
            let relation = match schema.relation_type(group.predicate.get_ref()) {
                Ok(relation) => relation,
                Err(error) => {
                    faults.push(Diagnostic::at(file, source, at, error.to_string()));
                    continue;
                }
            };
            let stances = [
                (&group.asserted, Modality::Asserted, false),
                (&group.negated, Modality::Negated, false),
                (&group.ended, Modality::Ended, false),
                (&group.planned, Modality::Planned, false),
                (&group.hypothetical, Modality::Hypothetical, false),
                (&group.attributed, Modality::Asserted, true),
            ];
            let sentences = stances.into_iter().flat_map(|(sentences, modality, attributed)| {
                sentences.iter().map(move |sentence| (sentence, modality, attributed))
            });
            for (sentence, modality, attributed) in sentences {
                match self.read_marked(sentence, rules, schema) {
                    Ok(found) => result.count(group, &relation, schema, &found, (sentence, modality, attributed)),
                    Err(message) => faults.push(Diagnostic::at(file, source, at, format!("{message}: {sentence}"))),
                }
            }
        }
        if faults.is_empty() { Ok(result) } else { Err(LoadError(faults)) }
    }
}

impl Contrasted {
    fn count(
        &mut self,
        group: &Contrast,
        relation: &RelationType,
        schema: &Schema,
        found: &[Found],
        (sentence, modality, attributed): (&str, Modality, bool),
    ) {
        let symmetric = schema.relation_info(relation).symmetric;
        let is_meant = |found: &&Found| {
            let straight = found.subject == group.subject && found.object == group.object;
            let turned = symmetric && found.subject == group.object && found.object == group.subject;
            found.relation == *relation && (straight || turned)
        };
        let expected = if attributed { "attributed" } else { modality.as_str() };
        let told = |what: &str| Unproved {
            rule: format!("{} {} {}", group.subject, relation, group.object),
            what: format!("expected {expected}, {what}"),
            sentence: sentence.to_owned(),
        };
        let found: Vec<&Found> = found.iter().filter(is_meant).collect();
        let fact = found.iter().find(|found| found.modality == Modality::Asserted && !found.attributed);
        if let Some(fact) = fact.filter(|_| modality != Modality::Asserted || attributed) {
            self.facts.push(told(&format!("read as a fact by {}", fact.rule)));
        } else if found.is_empty() {
            self.missed.push(told("nothing was found"));
        } else if found.iter().all(|found| found.modality == modality && (!attributed || found.attributed)) {
            self.right += 1;
        } else {
            let stances: Vec<&str> = found.iter().map(|found| found.modality.as_str()).collect();
            self.other.push(told(&format!("read as {}", stances.join(", "))));
        }
    }
}

/// A statement found in an example, in the words of the example.
struct Found {
    rule: String,
    subject: String,
    object: String,
    modality: Modality,
    role: Option<String>,
    relation: RelationType,
    attributed: bool,
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} – {} ({})", self.subject, self.object, self.modality)
    }
}

/// A sentence whose marks were taken out.
struct Marked {
    text: String,
    mentions: Vec<LinkedMention>,
    entities: BTreeMap<EntityId, MarkedEntity>,
}

struct MarkedEntity {
    name: String,
    entity_type: EntityType,
}

/// Takes the marks out of `[words|Type]`, `[words|Type|demonym]` and `[words|Type|=Name]`, where the words are another form of
/// the name. Whatever has the same name is the same entity.
fn unmark(marked: &str, schema: &Schema) -> Result<Marked, String> {
    let mut text = String::new();
    let mut mentions = Vec::new();
    let mut entities = BTreeMap::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        text += before;
        let (inside, after) = after.split_once(']').ok_or("a mention's bracket is not closed")?;
        let mut parts = inside.split('|');
        let words = parts.next().unwrap_or_default();
        let type_name = parts.next().ok_or_else(|| format!("mark the type: [{words}|Company]"))?;
        let entity_type = schema.entity_type(type_name).map_err(|error| error.to_string())?;
        let (mut form, mut name) = (MentionForm::Name, words);
        for part in parts {
            match part.strip_prefix('=') {
                Some(given) => name = given,
                None if part == "demonym" => form = MentionForm::Demonym,
                None => return Err(format!("\"{part}\": after the type a mark has \"demonym\" or \"=Name\"")),
            }
        }
        let entity = Digest::of(name.as_bytes()).to_string().parse::<EntityId>().map_err(|error| error.to_string())?;
        let span = Span::new(text.len(), text.len() + words.len());
        text += words;
        entities.entry(entity.clone()).or_insert_with(|| MarkedEntity { name: name.to_owned(), entity_type });
        mentions.push(LinkedMention::new(span, entity, form, WhyLinked::OnlyCandidate));
        rest = after;
    }
    text += rest;
    Ok(Marked { text, mentions, entities })
}
