//! Whether a rule does what its examples say: `relata rules test`.

use relata_model::{
    Digest, Document, EntityId, EntityType, Language, LinkedMention, MentionForm, Modality, Schema, Sentence,
    SentenceKind, Span, WhyLinked,
};

use super::Rules;

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
    pub fn prove(&self, language: Language, schema: &Schema) -> (Proof, Vec<Unproved>) {
        let mut proof = Proof { rules: self.list.len(), ..Proof::default() };
        let mut unproved = Vec::new();
        for rule in &self.list {
            let mut fail = |what: String, sentence: &str| {
                unproved.push(Unproved { rule: rule.id.to_string(), what, sentence: sentence.to_owned() });
            };
            for example in &rule.examples {
                match self.try_example(rule, example, language, schema) {
                    Ok(()) => proof.examples += 1,
                    Err(what) => fail(what, &example.text),
                }
            }
            for sentence in &rule.counterexamples {
                match self.read_marked(sentence, language, schema) {
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
        language: Language,
        schema: &Schema,
    ) -> Result<(), String> {
        let found = self.read_marked(&example.text, language, schema)?;
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

    fn read_marked(&self, marked: &str, language: Language, schema: &Schema) -> Result<Vec<Found>, String> {
        let (text, mentions) = unmark(marked, schema)?;
        let document = Document::from_text("example", &text, language);
        let sentence = Sentence { span: Span::new(0, text.len()), kind: SentenceKind::Prose };
        let types = |id: &EntityId| -> EntityType {
            mentions.iter().find(|(linked, _)| linked.entity == *id).expect("only marked entities are found").1.clone()
        };
        let words = |id: &EntityId| -> String {
            mentions
                .iter()
                .find(|(linked, _)| linked.entity == *id)
                .expect("only marked entities are found")
                .0
                .span
                .of(&text)
                .to_owned()
        };
        let linked: Vec<LinkedMention> = mentions.iter().map(|(linked, _)| linked.clone()).collect();
        let collected = self.collect(&document, &[sentence], &linked, schema, &types);
        let found = collected.iter().flat_map(|(key, evidence)| {
            evidence.iter().map(|evidence| Found {
                rule: evidence.rule.to_string(),
                subject: words(&key.subject),
                object: words(&key.object),
                modality: key.modality,
                role: evidence.role.clone(),
            })
        });
        Ok(found.collect())
    }
}

/// A statement found in an example, in the words of the example.
struct Found {
    rule: String,
    subject: String,
    object: String,
    modality: Modality,
    role: Option<String>,
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} – {} ({})", self.subject, self.object, self.modality)
    }
}

/// Takes the marks out of `[words|Type]` and `[words|Type|demonym]`.
fn unmark(marked: &str, schema: &Schema) -> Result<(String, Vec<(LinkedMention, EntityType)>), String> {
    let mut text = String::new();
    let mut mentions = Vec::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        text += before;
        let (inside, after) = after.split_once(']').ok_or("a mention's bracket is not closed")?;
        let mut parts = inside.split('|');
        let words = parts.next().unwrap_or_default();
        let type_name = parts.next().ok_or_else(|| format!("mark the type: [{words}|Company]"))?;
        let entity_type = schema.entity_type(type_name).map_err(|error| error.to_string())?;
        let form = match parts.next() {
            None => MentionForm::Name,
            Some("demonym") => MentionForm::Demonym,
            Some(other) => return Err(format!("\"{other}\": a mark's third part can only be \"demonym\"")),
        };
        // The words name the entity: the same words are the same entity.
        let hex = Digest::of(words.as_bytes()).to_string();
        let span = Span::new(text.len(), text.len() + words.len());
        text += words;
        let entity = hex.parse::<EntityId>().map_err(|error| error.to_string())?;
        mentions
            .push((LinkedMention { span, entity, form, metonym: false, why: WhyLinked::OnlyCandidate }, entity_type));
        rest = after;
    }
    text += rest;
    Ok((text, mentions))
}
