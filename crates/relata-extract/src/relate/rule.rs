//! Relation rules as people write them: `data/<lang>/rules/*.toml`.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use regex::Regex;
use relata_model::{Diagnostic, EntityType, LoadError, Modality, RelationType, RuleId, Schema};
use serde::Deserialize;
use toml::Spanned;

use super::frames::{Frame, FrameSource};
use super::lexicon::Lexicon;
use super::pattern::{Pattern, type_places};
use super::phrases::{MARKS, Phrases};
use super::symbols::{Symbol, Vocabulary};
use crate::verbs::Form;

/// One rule: what it reads, and how it matches.
#[derive(Debug)]
pub struct Rule {
    /// Its id, unique in a language.
    pub id: RuleId,
    /// The relation it reads.
    pub relation: RelationType,
    /// What the verb group decides when it says nothing less factual.
    pub(super) modality: Modality,
    /// The types that a subject may have, by their places in the schema; empty: any.
    pub(super) subject: Vec<usize>,
    /// The same for an object.
    pub(super) object: Vec<usize>,
    /// What the object is where the sentence does not name it.
    pub(super) object_is: Option<ObjectIs>,
    /// Whether the object must not stand behind a preposition.
    pub(super) direct: bool,
    /// Whether a subject may stand after a preposition.
    pub(super) anywhere: bool,
    /// Whether a sum of money in the sentence belongs to it.
    pub(super) amount: bool,
    /// What must not match in or right around the tokens that matched.
    pub(super) unless: Vec<Compiled>,
    /// How its words stand in a tree.
    pub(super) frames: Vec<Frame>,
    /// How its words stand in a row.
    pub(super) patterns: Vec<Compiled>,
    /// Sentences in which it must find what they say.
    pub examples: Vec<Example>,
    /// Sentences in which it must find nothing.
    pub counterexamples: Vec<String>,
}

/// A pattern, with its regular expression, which is written out and compiled when a sentence first has one of its triggers.
#[derive(Debug)]
pub(super) struct Compiled {
    pattern: Pattern,
    /// The types of both ends, by their places in the schema.
    ends: [Arc<[usize]>; 2],
    regex: OnceLock<Regex>,
    forms: OnceLock<Vec<Form>>,
    /// Whether the subject comes first, so that what stands before it must be looked at.
    pub(super) begins_with_subject: bool,
    /// Whether one list is paired with itself.
    pub(super) pairs: bool,
    /// A sentence needs one of these for the pattern to be tried.
    pub(super) triggers: Vec<Symbol>,
}

impl Compiled {
    /// The regular expression over symbols.
    pub(super) fn regex(&self, phrases: &Phrases) -> &Regex {
        self.regex.get_or_init(|| {
            let source = self.pattern.regex(phrases, &self.ends[0], &self.ends[1]);
            let built = regex::RegexBuilder::new(&source).size_limit(1 << 26).dfa_size_limit(1 << 18).build();
            built.expect("patterns expand to valid expressions of bounded size")
        })
    }

    /// The forms of the verb group's verbs.
    pub(super) fn forms(&self, phrases: &Phrases) -> &[Form] {
        self.forms.get_or_init(|| self.pattern.forms(phrases))
    }
}

/// A sentence that a rule must read. Mentions are marked `[words|Type]`, or `[words|Type|demonym]`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence, with its mentions marked.
    pub text: String,
    /// The words of the subject.
    pub subject: String,
    /// The words of the object.
    pub object: String,
    /// As what it must be read; asserted when left out.
    #[serde(default = "asserted")]
    pub modality: Modality,
    /// The words of the post it must give.
    pub role: Option<String>,
}

fn asserted() -> Modality {
    Modality::Asserted
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Source>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Source {
    id: Spanned<String>,
    predicate: Spanned<String>,
    #[serde(default)]
    frames: Vec<Spanned<FrameSource>>,
    #[serde(default)]
    patterns: Vec<Spanned<String>>,
    #[serde(default)]
    unless: Vec<Spanned<String>>,
    #[serde(default)]
    subject: Vec<Spanned<String>>,
    #[serde(default)]
    object: Vec<Spanned<String>>,
    modality: Option<Modality>,
    #[serde(default)]
    object_is: Option<ObjectIs>,
    #[serde(default)]
    anywhere: bool,
    #[serde(default)]
    amount: bool,
    #[serde(default)]
    direct: bool,
    #[serde(default)]
    object_not: Vec<Spanned<String>>,
    #[serde(default)]
    examples: Vec<Example>,
    #[serde(default)]
    counterexamples: Vec<String>,
}

/// What the object is where the sentence does not name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ObjectIs {
    /// The country that the document speaks of most.
    CountryOfDocument,
    /// The only organization that the sentences right before name: "Son patron, Ana Roy, …".
    OrganizationBefore,
}

/// A rule whose words are known but whose expressions are not built yet: the vocabulary must first have every rule's words.
struct Draft<'s> {
    file: &'s str,
    text: &'s str,
    source: Source,
    id: RuleId,
    relation: RelationType,
    subject: Vec<EntityType>,
    object: Vec<EntityType>,
    object_not: Vec<EntityType>,
    frames: Vec<Frame>,
    patterns: Vec<Pattern>,
    unless: Vec<Pattern>,
}

/// Reads the rule files of one language, each a name for messages and a text.
///
/// # Errors
/// Every fault of every file, each with its place.
pub(super) fn load(
    files: &[(&str, &str)],
    lexicon: Lexicon,
    schema: &Schema,
) -> Result<(Vec<Rule>, Phrases), LoadError> {
    let mut faults = Vec::new();
    let mut drafts = Vec::new();
    let mut words = Vocabulary::default();
    for mark in MARKS {
        words.add(mark);
    }
    for &(file, text) in files {
        let before = faults.len();
        match toml::from_str::<File>(text) {
            Ok(parsed) => {
                let rules = parsed.rule.into_iter();
                drafts.extend(
                    rules.filter_map(|source| draft(file, text, source, &lexicon, schema, &mut words, &mut faults)),
                );
            }
            Err(error) => faults.push(Diagnostic::from_toml(file, text, &error)),
        }
        faults[before..].sort();
    }
    let mut ids = HashSet::new();
    for draft in &drafts {
        if !ids.insert(draft.id.clone()) {
            let at = draft.source.id.span().start;
            faults.push(Diagnostic::at(draft.file, draft.text, at, format!("rule \"{}\" is defined twice", draft.id)));
        }
    }
    let language = lexicon.language;
    let phrases = Phrases::new(words, lexicon).map_err(|error| {
        LoadError(vec![Diagnostic::of_file(&format!("data/{language}/words.toml"), error.to_string())])
    });
    let phrases = match phrases {
        Ok(phrases) if faults.is_empty() => phrases,
        Ok(_) => return Err(LoadError(faults)),
        Err(error) => {
            faults.extend(error.0);
            return Err(LoadError(faults));
        }
    };
    let rules = drafts.into_iter().map(|draft| draft.finish(&phrases, schema)).collect();
    Ok((rules, phrases))
}

fn draft<'s>(
    file: &'s str,
    text: &'s str,
    source: Source,
    lexicon: &Lexicon,
    schema: &Schema,
    words: &mut Vocabulary,
    faults: &mut Vec<Diagnostic>,
) -> Option<Draft<'s>> {
    let before = faults.len();
    let mut fault = |at: usize, message: String| faults.push(Diagnostic::at(file, text, at, message));
    let id =
        source.id.get_ref().parse::<RuleId>().map_err(|error| fault(source.id.span().start, error.to_string())).ok();
    let relation = schema.relation_type(source.predicate.get_ref());
    let relation = relation.map_err(|error| fault(source.predicate.span().start, error.to_string())).ok();
    let mut types = |names: &[Spanned<String>]| -> Vec<EntityType> {
        let found = names.iter().filter_map(|name| {
            schema.entity_type(name.get_ref()).map_err(|error| fault(name.span().start, error.to_string())).ok()
        });
        found.collect()
    };
    let (subject, object, object_not) = (types(&source.subject), types(&source.object), types(&source.object_not));
    let mut read = |sources: &[Spanned<String>]| -> Vec<Pattern> {
        let parsed = sources.iter().filter_map(|pattern| {
            let parsed =
                Pattern::parse(pattern.get_ref()).and_then(|parsed| parsed.add_words(lexicon, words).map(|()| parsed));
            // The pattern's text begins after its quotation mark; in a plain string, offsets in it are offsets in the file.
            parsed.map_err(|error| fault(pattern.span().start + 1 + error.at, error.message)).ok()
        });
        parsed.collect()
    };
    let (patterns, unless) = (read(&source.patterns), read(&source.unless));
    // Where one could not be read, its fault is enough, and the others would be taken for their neighbours.
    let all_read = patterns.len() == source.patterns.len();
    for (pattern, written) in patterns.iter().zip(&source.patterns).filter(|_| all_read) {
        let object = pattern.has(&["O", "O1", "Od", "P"]) || source.object_is.is_some();
        if !pattern.has(&["S", "S1", "Sd", "P"]) || !object {
            fault(written.span().start, "a pattern needs a subject {S} and an object {O}, or a list {P}".to_owned());
        }
    }
    if source.patterns.is_empty() && source.frames.is_empty() {
        fault(source.id.span().start, "the rule has neither frames nor patterns".to_owned());
    }
    if source.examples.is_empty() || source.counterexamples.is_empty() {
        let missing = if source.examples.is_empty() { "example" } else { "counterexample" };
        fault(source.id.span().start, format!("the rule has no {missing}: a rule carries its proof"));
    }
    let standard = source.modality.unwrap_or(Modality::Asserted);
    let frames: Vec<Frame> =
        source.frames.iter().filter_map(|frame| Frame::read(frame, standard, lexicon, (file, text), faults)).collect();
    let (Some(id), Some(relation)) = (id, relation) else { return None };
    (faults.len() == before).then_some(Draft {
        file,
        text,
        source,
        id,
        relation,
        subject,
        object,
        object_not,
        frames,
        patterns,
        unless,
    })
}

impl Draft<'_> {
    fn finish(self, phrases: &Phrases, schema: &Schema) -> Rule {
        let info = schema.relation_info(&self.relation);
        let narrower = |given: &[EntityType], allowed: &[EntityType]| {
            let wide = type_places(schema, allowed);
            let narrow = type_places(schema, given);
            match (narrow.is_empty(), wide.is_empty()) {
                (true, _) => wide,
                (false, true) => narrow,
                (false, false) => narrow.into_iter().filter(|place| wide.contains(place)).collect(),
            }
        };
        let (subject, object) = (narrower(&self.subject, &info.domain), narrower(&self.object, &info.range));
        let not = type_places(schema, &self.object_not);
        let all = || (0..schema.entity_types().count()).collect();
        let mut object: Vec<usize> = if object.is_empty() && !not.is_empty() { all() } else { object };
        object.retain(|place| !not.contains(place));
        let ends: [Arc<[usize]>; 2] = [subject.as_slice().into(), object.as_slice().into()];
        let compile = |pattern: Pattern| Compiled {
            ends: ends.clone(),
            regex: OnceLock::new(),
            forms: OnceLock::new(),
            begins_with_subject: pattern.begins_with_subject(),
            pairs: pattern.has(&["P"]),
            triggers: pattern.triggers(phrases),
            pattern,
        };
        Rule {
            patterns: self.patterns.into_iter().map(compile).collect(),
            unless: self.unless.into_iter().map(compile).collect(),
            frames: self.frames,
            id: self.id,
            subject,
            object,
            relation: self.relation,
            modality: self.source.modality.unwrap_or(Modality::Asserted),
            object_is: self.source.object_is,
            direct: self.source.direct,
            anywhere: self.source.anywhere,
            amount: self.source.amount,
            examples: self.source.examples,
            counterexamples: self.source.counterexamples,
        }
    }
}
