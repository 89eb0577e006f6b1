//! Dictionary forms: an edit rule is chosen for each word by its letters, its tag and its features.

use rustc_hash::FxHashMap;

use crate::{
    Upos,
    lexeme::{Lexeme, mix},
    linear::LinearModel,
    model::{ModelError, Reader, Writer},
    sink::Sink,
};

/// Finds the lemma of tagged words.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    /// The rules of forms that are known with their tag and features; the model decides on the others.
    pub(crate) known: FxHashMap<u32, u32>,
    pub(crate) rules: Vec<EditRule>,
    pub(crate) model: LinearModel,
}

/// How a form becomes a lemma.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct EditRule {
    casing: Casing,
    /// What the form must end with and loses.
    removed: Box<str>,
    /// What it gets instead.
    added: Box<str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Casing {
    Keep,
    Lower,
    Title,
}

impl Casing {
    const ALL: [Self; 3] = [Self::Keep, Self::Lower, Self::Title];

    fn apply(self, form: &str) -> String {
        match self {
            Self::Keep => form.to_owned(),
            Self::Lower => form.to_lowercase(),
            Self::Title => {
                let mut rest = form.chars();
                rest.next().map_or_else(String::new, |first| {
                    first.to_uppercase().chain(rest.flat_map(char::to_lowercase)).collect()
                })
            }
        }
    }
}

impl EditRule {
    /// The rule that changes least and makes this lemma of this form.
    pub(crate) fn between(form: &str, lemma: &str) -> Self {
        let mut best: Option<(usize, Self)> = None;
        for casing in [Casing::Keep, Casing::Lower, Casing::Title] {
            let cased = casing.apply(form);
            let common: usize =
                cased.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
            let cost = cased.len() - common + lemma.len() - common;
            if best.as_ref().is_none_or(|(lowest, _)| cost < *lowest) {
                best = Some((cost, Self { casing, removed: cased[common..].into(), added: lemma[common..].into() }));
            }
        }
        best.map_or(Self { casing: Casing::Keep, removed: "".into(), added: "".into() }, |(_, rule)| rule)
    }

    /// The lemma, when the form ends as the rule wants it.
    pub(crate) fn apply(&self, form: &str) -> Option<String> {
        if self.removed.is_empty() && self.added.is_empty() {
            return Some(self.casing.apply(form));
        }
        let mut cased = self.casing.apply(form);
        let kept = cased.strip_suffix(&*self.removed)?.len();
        cased.truncate(kept);
        cased.push_str(&self.added);
        (!cased.is_empty()).then_some(cased)
    }
}

impl Lemmatizer {
    pub(crate) fn lemma(
        &self,
        form: &str,
        lexeme: &Lexeme,
        tag: Upos,
        bundle: u32,
        features: &mut Vec<u32>,
        scores: &mut Vec<i32>,
    ) -> String {
        if let Some(&rule) = self.known.get(&known_key(lexeme, tag, bundle))
            && let Some(lemma) = self.rules.get(rule as usize).and_then(|rule| rule.apply(form))
        {
            return lemma;
        }
        lemma_features(lexeme, tag, bundle, features);
        self.model.score(features, scores);
        // The best rule that fits; a rule that fits no form would have no lemma to give.
        for _ in 0..4 {
            let best = crate::tagger::best(scores);
            if let Some(lemma) = self.rules.get(best).and_then(|rule| rule.apply(form)) {
                return lemma;
            }
            if let Some(score) = scores.get_mut(best) {
                *score = i32::MIN;
            }
        }
        form.to_owned()
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let count = reader.number()? as usize;
        if count > reader.remaining() {
            return Err(ModelError::Damaged);
        }
        let mut rules = Vec::with_capacity(count);
        for _ in 0..count {
            let casing = *Casing::ALL.get(usize::from(reader.byte()?)).ok_or(ModelError::Damaged)?;
            rules.push(EditRule { casing, removed: reader.text()?.into(), added: reader.text()?.into() });
        }
        let mut known = FxHashMap::default();
        let mut key = 0u32;
        for _ in 0..reader.number()? {
            key = key.wrapping_add(reader.number()?);
            known.insert(key, reader.number()?);
        }
        let model = LinearModel::read(reader)?;
        if model.classes() != count {
            return Err(ModelError::Damaged);
        }
        Ok(Self { known, rules, model })
    }
}

/// What a known form is found by.
pub(crate) fn known_key(lexeme: &Lexeme, tag: Upos, bundle: u32) -> u32 {
    mix(mix(lexeme.lower, tag as u32), mix(bundle, u32::from(lexeme.flags)))
}

pub(crate) fn write_rules(rules: &[EditRule], known: &FxHashMap<u32, u32>, writer: &mut Writer) {
    writer.number(rules.len() as u32);
    for rule in rules {
        writer.byte(rule.casing as u8);
        writer.text(&rule.removed);
        writer.text(&rule.added);
    }
    let mut entries: Vec<(u32, u32)> = known.iter().map(|(&key, &rule)| (key, rule)).collect();
    entries.sort_unstable();
    writer.number(entries.len() as u32);
    let mut last = 0;
    for (key, rule) in entries {
        writer.number(key - last);
        writer.number(rule);
        last = key;
    }
}

/// Numbers rules as they are met.
#[derive(Debug, Default)]
pub(crate) struct RuleNumbers {
    pub(crate) rules: Vec<EditRule>,
    numbers: FxHashMap<EditRule, usize>,
}

impl RuleNumbers {
    pub(crate) fn number(&mut self, rule: EditRule) -> usize {
        *self.numbers.entry(rule).or_insert_with_key(|rule| {
            self.rules.push(rule.clone());
            self.rules.len() - 1
        })
    }
}

/// The features of a word's edit rule.
pub(crate) fn lemma_features(lexeme: &Lexeme, tag: Upos, bundle: u32, out: &mut Vec<u32>) {
    let tag = tag as u32;
    let full = mix(tag, bundle);
    let flags = u32::from(lexeme.flags);
    let mut sink = Sink::new(out);
    sink.one(tag);
    sink.one(full);
    sink.one(lexeme.lower);
    sink.two(lexeme.lower, tag);
    sink.two(lexeme.lower, full);
    sink.three(lexeme.lower, tag, flags);
    for suffix in lexeme.suffix {
        sink.two(suffix, tag);
        sink.two(suffix, full);
    }
    sink.two(flags, tag);
    sink.two(lexeme.shape, tag);
    sink.three(lexeme.prefix[3], lexeme.suffix[2], full);
    sink.three(lexeme.prefix[2], lexeme.suffix[1], full);
    sink.three(u32::from(lexeme.length), lexeme.suffix[2], tag);
}
