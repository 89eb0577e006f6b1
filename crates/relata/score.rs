//! Scores of an extraction against gold annotations.
//!
//! Mentions are compared as sets of (start, end, entity), statements as sets of (subject, predicate, object), the ends of
//! symmetric predicates in code-point order. An optional gold statement counts neither for nor against. A gold document
//! without a prediction counts as an empty one.

use std::collections::{BTreeMap, BTreeSet};

use relata_model::{MentionForm, Modality, Schema};
use serde::{Deserialize, Serialize};

/// A gold file.
#[derive(Debug, Deserialize)]
pub(crate) struct Gold {
    pub(crate) doc: String,
    mentions: Vec<GoldMention>,
    statements: Vec<GoldStatement>,
}

#[derive(Debug, Deserialize)]
struct GoldMention {
    start: u32,
    end: u32,
    entity: String,
    form: Option<MentionForm>,
}

#[derive(Debug, Deserialize)]
struct GoldStatement {
    subject: String,
    predicate: String,
    object: String,
    modality: Modality,
    #[serde(default)]
    optional: bool,
}

impl Gold {
    /// Whether a statement is right, in whatever stance; `None` where it is optional.
    pub(crate) fn judge(&self, subject: &str, predicate: &str, object: &str, symmetric: bool) -> Option<bool> {
        let same = |one: &&GoldStatement| {
            let straight = one.subject == subject && one.object == object;
            let turned = symmetric && one.subject == object && one.object == subject;
            one.predicate == predicate && (straight || turned)
        };
        match self.statements.iter().find(same) {
            Some(found) if found.optional => None,
            found => Some(found.is_some()),
        }
    }
}

/// What a program found in a document; only the fields that are scored.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Predicted {
    pub(crate) doc: String,
    #[serde(default)]
    mentions: Vec<PredictedMention>,
    #[serde(default)]
    statements: Vec<PredictedStatement>,
}

#[derive(Debug, Deserialize)]
struct PredictedMention {
    start: u32,
    end: u32,
    entity: String,
    form: Option<MentionForm>,
}

#[derive(Debug, Deserialize)]
struct PredictedStatement {
    subject: String,
    predicate: String,
    object: String,
    modality: Option<Modality>,
}

/// Sizes of two sets and of what they share. For one form of mention the shared parts differ by side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Count {
    /// In the gold.
    pub(crate) gold: usize,
    /// Found.
    pub(crate) predicted: usize,
    /// Of the gold, found.
    pub(crate) gold_hits: usize,
    /// Of what was found, right.
    pub(crate) predicted_hits: usize,
}

impl Count {
    fn of<T: Ord>(gold: &BTreeSet<T>, predicted: &BTreeSet<T>) -> Self {
        let hits = gold.intersection(predicted).count();
        Self { gold: gold.len(), predicted: predicted.len(), gold_hits: hits, predicted_hits: hits }
    }

    fn add(&mut self, other: Self) {
        self.gold += other.gold;
        self.predicted += other.predicted;
        self.gold_hits += other.gold_hits;
        self.predicted_hits += other.predicted_hits;
    }

    /// Share of what was found that is right; `None` where nothing was found.
    pub(crate) fn precision(self) -> Option<f64> {
        ratio(self.predicted_hits, self.predicted)
    }

    /// Share of the gold that was found; `None` where there is none.
    pub(crate) fn recall(self) -> Option<f64> {
        ratio(self.gold_hits, self.gold)
    }

    /// Harmonic mean of the two.
    pub(crate) fn f1(self) -> Option<f64> {
        let (precision, recall) = (self.precision()?, self.recall()?);
        Some(if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 })
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The scores of one document, or of all.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Scores {
    /// Span and entity right.
    pub(crate) mentions: Count,
    /// The same for each form of mention.
    pub(crate) forms: BTreeMap<&'static str, Count>,
    /// Span right, whatever the entity.
    pub(crate) spans: Count,
    /// Subject, predicate and object right.
    pub(crate) statements: Count,
    /// The two ends right, whatever the predicate.
    pub(crate) pairs: Count,
    /// Of the matched statements, those with the gold modality.
    pub(crate) modality_right: usize,
    /// The matched statements that are not optional.
    pub(crate) modality_of: usize,
    /// Statements by predicate.
    pub(crate) predicates: BTreeMap<String, Count>,
}

impl Scores {
    /// Adds the scores of another document.
    pub(crate) fn add(&mut self, other: &Self) {
        self.mentions.add(other.mentions);
        self.spans.add(other.spans);
        self.statements.add(other.statements);
        self.pairs.add(other.pairs);
        self.modality_right += other.modality_right;
        self.modality_of += other.modality_of;
        other.forms.iter().for_each(|(form, count)| self.forms.entry(form).or_default().add(*count));
        other.predicates.iter().for_each(|(name, count)| self.predicates.entry(name.clone()).or_default().add(*count));
    }

    /// Share of the matched statements with the gold modality.
    pub(crate) fn modality(&self) -> Option<f64> {
        ratio(self.modality_right, self.modality_of)
    }
}

/// One thing that was missed or is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Mistake {
    /// Which kind.
    pub(crate) kind: &'static str,
    /// What, in the words of the files.
    pub(crate) what: String,
}

type Triple = (String, String, String);

/// Scores one document.
pub(crate) fn score(gold: &Gold, predicted: &Predicted, schema: &Schema) -> (Scores, Vec<Mistake>) {
    let mut scores = Scores::default();
    let mut mistakes = Vec::new();
    let gold_mentions: BTreeMap<_, _> =
        gold.mentions.iter().map(|one| ((one.start, one.end, &one.entity), one.form)).collect();
    let found_mentions: BTreeMap<_, _> =
        predicted.mentions.iter().rev().map(|one| ((one.start, one.end, &one.entity), one.form)).collect();
    let keys = |mentions: &BTreeMap<(u32, u32, &String), Option<MentionForm>>| -> BTreeSet<(u32, u32, String)> {
        mentions.keys().map(|(start, end, entity)| (*start, *end, (*entity).clone())).collect()
    };
    let (in_gold, in_found) = (keys(&gold_mentions), keys(&found_mentions));
    scores.mentions = Count::of(&in_gold, &in_found);
    for form in [MentionForm::Name, MentionForm::Demonym, MentionForm::Nominal] {
        let of_form = |mentions: &BTreeMap<(u32, u32, &String), Option<MentionForm>>| {
            keys(
                &mentions
                    .iter()
                    .filter(|(_, known)| **known == Some(form))
                    .map(|(key, known)| (*key, *known))
                    .collect(),
            )
        };
        let (gold, found) = (of_form(&gold_mentions), of_form(&found_mentions));
        let count = Count {
            gold: gold.len(),
            predicted: found.len(),
            gold_hits: gold.intersection(&in_found).count(),
            predicted_hits: found.intersection(&in_gold).count(),
        };
        scores.forms.insert(form.as_str(), count);
    }
    let spans = |mentions: &BTreeSet<(u32, u32, String)>| {
        mentions.iter().map(|&(start, end, _)| (start, end)).collect::<BTreeSet<_>>()
    };
    scores.spans = Count::of(&spans(&in_gold), &spans(&in_found));
    let place = |(start, end, entity): &(u32, u32, String)| format!("{start}-{end} {entity}");
    mistakes.extend(in_gold.difference(&in_found).map(|one| Mistake { kind: "mention missed", what: place(one) }));
    mistakes.extend(in_found.difference(&in_gold).map(|one| Mistake { kind: "mention wrong", what: place(one) }));

    let mut required: BTreeMap<Triple, Modality> = BTreeMap::new();
    let mut optional: BTreeMap<Triple, Modality> = BTreeMap::new();
    for one in &gold.statements {
        let key = triple(&one.subject, &one.predicate, &one.object, schema);
        let set = if one.optional { &mut optional } else { &mut required };
        set.insert(key, one.modality);
    }
    optional.retain(|key, _| !required.contains_key(key));
    let mut found: BTreeMap<Triple, Modality> = BTreeMap::new();
    for one in &predicted.statements {
        let key = triple(&one.subject, &one.predicate, &one.object, schema);
        found.entry(key).or_insert(one.modality.unwrap_or(Modality::Asserted));
    }
    let need: BTreeSet<&Triple> = required.keys().collect();
    let got: BTreeSet<&Triple> = found.keys().filter(|key| !optional.contains_key(*key)).collect();
    scores.statements = Count::of(&need, &got);
    for name in need.iter().chain(&got).map(|(_, predicate, _)| predicate.clone()).collect::<BTreeSet<_>>() {
        let count = Count::of(&of_predicate(&need, &name), &of_predicate(&got, &name));
        scores.predicates.insert(name, count);
    }
    let pair = |(subject, _, object): &Triple| {
        if subject <= object { (subject.clone(), object.clone()) } else { (object.clone(), subject.clone()) }
    };
    let needed: BTreeSet<_> = required.keys().map(pair).collect();
    let allowed: BTreeSet<_> = optional.keys().map(pair).filter(|one| !needed.contains(one)).collect();
    let found_pairs: BTreeSet<_> = found.keys().map(pair).filter(|one| !allowed.contains(one)).collect();
    scores.pairs = Count::of(&needed, &found_pairs);
    let words = |(subject, predicate, object): &Triple| format!("{subject} {predicate} {object}");
    for (key, modality) in &required {
        match found.get(key) {
            None => mistakes.push(Mistake { kind: "statement missed", what: words(key) }),
            Some(other) => {
                scores.modality_of += 1;
                if other == modality {
                    scores.modality_right += 1;
                } else {
                    mistakes.push(Mistake {
                        kind: "modality wrong",
                        what: format!("{}: {other}, not {modality}", words(key)),
                    });
                }
            }
        }
    }
    mistakes.extend(got.difference(&need).map(|key| Mistake { kind: "statement wrong", what: words(key) }));
    (scores, mistakes)
}

fn of_predicate<'t>(triples: &BTreeSet<&'t Triple>, name: &str) -> BTreeSet<&'t Triple> {
    triples.iter().filter(|(_, predicate, _)| predicate == name).copied().collect()
}

fn triple(subject: &str, predicate: &str, object: &str, schema: &Schema) -> Triple {
    let symmetric = schema.relation_type(predicate).is_ok_and(|relation| schema.relation_info(&relation).symmetric);
    let (subject, object) = if symmetric && object < subject { (object, subject) } else { (subject, object) };
    (subject.to_owned(), predicate.to_owned(), object.to_owned())
}
