//! What differs between two graphs, and why, down to the passage.
//!
//! Passages are compared document by document, because a record is a function of one document and the data: so every
//! difference has a cause in its document or in the data that both were read with.

use std::collections::{BTreeMap, BTreeSet};

use relata_model::{EvidenceRecord, ExtractionRecord, MentionRecord, Modality};

/// Which parts of the program and its data differ between two graphs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each part differs or does not")]
pub struct DataChange {
    /// Gazetteers.
    pub names: bool,
    /// Relation rules.
    pub rules: bool,
    /// Verbs, posts and other words of a language.
    pub words: bool,
    /// Types of entities and relations.
    pub schema: bool,
    /// The program or its options.
    pub program: bool,
}

/// Why something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Only the newer graph has the document.
    DocumentAdded,
    /// Only the older graph has the document.
    DocumentRemoved,
    /// The document has another text.
    DocumentChanged,
    /// The document was read in another language, or has another date or title.
    MetadataChanged,
    /// The names in the gazetteers.
    NamesChanged,
    /// The relation rules.
    RulesChanged,
    /// The words of a language.
    WordsChanged,
    /// The schema.
    SchemaChanged,
    /// The program or its options.
    ProgramChanged,
}

impl Cause {
    /// In English words that end "because".
    pub fn explain(self) -> &'static str {
        match self {
            Self::DocumentAdded => "the document was added",
            Self::DocumentRemoved => "the document was removed",
            Self::DocumentChanged => "the document has another text",
            Self::MetadataChanged => "the document has another language, date or title",
            Self::NamesChanged => "names of the gazetteer changed",
            Self::RulesChanged => "rules changed",
            Self::WordsChanged => "words of a language changed",
            Self::SchemaChanged => "the schema changed",
            Self::ProgramChanged => "the program or its options changed",
        }
    }
}

/// What happened to an entity, a statement or a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Only the newer graph has it.
    Added,
    /// Only the older graph has it.
    Removed,
    /// Both have it, with another modality.
    OtherModality,
    /// Both have it, with another type or predicate.
    OtherType,
    /// Both have it, about another entity.
    OtherLink,
    /// Both have it, read by another rule, or with another role, sum, time or source.
    OtherDetails,
}

impl Change {
    /// The mark before a line: `+`, `-` or `~`.
    pub fn mark(self) -> char {
        match self {
            Self::Added => '+',
            Self::Removed => '-',
            Self::OtherModality | Self::OtherType | Self::OtherLink | Self::OtherDetails => '~',
        }
    }
}

/// An entity that came, went or has another type.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct EntityChange {
    /// What happened.
    pub change: Change,
    /// Its id.
    pub entity: String,
    /// Its type before, where it was there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_type: Option<String>,
    /// Its type now, where it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_type: Option<String>,
    /// Why; never empty.
    pub causes: BTreeSet<Cause>,
}

/// A statement that came, went or is told otherwise.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct StatementChange {
    /// What happened.
    pub change: Change,
    /// Subject, predicate and object.
    #[serde(flatten)]
    pub triple: Triple,
    /// As what it was told.
    pub old_modalities: BTreeSet<Modality>,
    /// As what it is told.
    pub new_modalities: BTreeSet<Modality>,
    /// Why; never empty.
    pub causes: BTreeSet<Cause>,
}

/// Subject, predicate and object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Triple {
    /// Id of the subject.
    pub subject: String,
    /// Name of the relation type.
    pub predicate: String,
    /// Id of the object.
    pub object: String,
}

/// A passage and the statement that it says.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Said {
    /// The statement.
    #[serde(flatten)]
    pub triple: Triple,
    /// As what it is told.
    pub modality: Modality,
    /// The passage.
    pub evidence: EvidenceRecord,
}

/// A passage that came, went or says something else.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct EvidenceChange {
    /// What happened.
    pub change: Change,
    /// The document.
    pub document: String,
    /// What it said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Said>,
    /// What it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<Said>,
    /// Why; never empty.
    pub causes: BTreeSet<Cause>,
}

/// Everything that differs between two graphs.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct GraphDiff {
    /// By id.
    pub entities: Vec<EntityChange>,
    /// By subject, predicate, object.
    pub statements: Vec<StatementChange>,
    /// By document, in the order of the text.
    pub evidence: Vec<EvidenceChange>,
}

impl GraphDiff {
    /// Whether the graphs say the same.
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty() && self.statements.is_empty() && self.evidence.is_empty()
    }
}

/// Compares the records of two graphs, each by document names; `data` is what else differs between them.
pub fn diff(old: &[ExtractionRecord], new: &[ExtractionRecord], data: DataChange) -> GraphDiff {
    let mut pairs: BTreeMap<&str, [Option<&ExtractionRecord>; 2]> = BTreeMap::new();
    for (side, records) in [old, new].into_iter().enumerate() {
        for record in records {
            pairs.entry(&record.doc).or_default()[side] = Some(record);
        }
    }
    let mut evidence = Vec::new();
    let mut named: BTreeMap<&str, BTreeSet<Cause>> = BTreeMap::new();
    for (document, pair) in &pairs {
        if pair[0] == pair[1] {
            continue;
        }
        let causes = Causes::of(*pair, data);
        let [before, after] = pair.map(|record| record.map_or_else(BTreeSet::new, entities_of));
        for id in before.symmetric_difference(&after) {
            named.entry(id).or_default().extend(causes.of_names());
        }
        evidence.extend(compare_passages(document, *pair, &causes));
    }
    GraphDiff {
        entities: compare_entities([old, new], &named, data),
        statements: compare_statements([old, new], &evidence),
        evidence,
    }
}

/// Why two records of one document may differ.
struct Causes {
    /// What lies in the document itself; nothing when its text and metadata are the same.
    document: Option<Cause>,
    data: DataChange,
}

impl Causes {
    fn of(pair: [Option<&ExtractionRecord>; 2], data: DataChange) -> Self {
        let document = match pair {
            [None, _] => Some(Cause::DocumentAdded),
            [_, None] => Some(Cause::DocumentRemoved),
            [Some(old), Some(new)] if old.sha256 != new.sha256 => Some(Cause::DocumentChanged),
            [Some(old), Some(new)] if (old.lang, old.date, &old.title) != (new.lang, new.date, &new.title) => {
                Some(Cause::MetadataChanged)
            }
            _ => None,
        };
        Self { document, data }
    }

    /// What may have changed which names are found and whom they mean.
    fn of_names(&self) -> BTreeSet<Cause> {
        let DataChange { names, words, schema, program, .. } = self.data;
        self.first(&[
            (names, Cause::NamesChanged),
            (words, Cause::WordsChanged),
            (schema, Cause::SchemaChanged),
            (program, Cause::ProgramChanged),
        ])
    }

    /// What may have changed what is read between names that are found as before.
    fn of_rules(&self) -> BTreeSet<Cause> {
        let DataChange { names, rules, words, schema, program } = self.data;
        self.first(&[
            (rules, Cause::RulesChanged),
            (words, Cause::WordsChanged),
            (schema, Cause::SchemaChanged),
            (program, Cause::ProgramChanged),
            // A name elsewhere in the sentence, or another type of an entity.
            (names && !rules && !words && !schema && !program, Cause::NamesChanged),
        ])
    }

    fn first(&self, parts: &[(bool, Cause)]) -> BTreeSet<Cause> {
        if let Some(document) = self.document {
            return BTreeSet::from([document]);
        }
        let changed: BTreeSet<Cause> = parts.iter().filter(|(changed, _)| *changed).map(|(_, cause)| *cause).collect();
        // The options that a build does not keep are those of the program.
        if changed.is_empty() { BTreeSet::from([Cause::ProgramChanged]) } else { changed }
    }
}

fn entities_of(record: &ExtractionRecord) -> BTreeSet<&str> {
    let ends = record.statements.iter().flat_map(|one| [one.subject.as_str(), one.object.as_str()]);
    record.mentions.iter().map(|mention| mention.entity.as_str()).chain(ends).collect()
}

fn passages(record: Option<&ExtractionRecord>) -> Vec<Said> {
    let statements = record.into_iter().flat_map(|record| &record.statements);
    let mut all: Vec<Said> = statements
        .flat_map(|one| {
            one.evidence.iter().map(|evidence| Said {
                triple: Triple {
                    subject: one.subject.clone(),
                    predicate: one.predicate.clone(),
                    object: one.object.clone(),
                },
                modality: one.modality,
                evidence: evidence.clone(),
            })
        })
        .collect();
    all.sort_by(|a, b| (a.evidence.quote.start, &a.triple).cmp(&(b.evidence.quote.start, &b.triple)));
    all
}

fn compare_passages(document: &str, pair: [Option<&ExtractionRecord>; 2], causes: &Causes) -> Vec<EvidenceChange> {
    let [mut old, mut new] = pair.map(passages);
    old.retain(|said| {
        let same = new.iter().position(|other| other == said);
        same.map(|place| new.remove(place)).is_none()
    });
    let mut changes = Vec::new();
    let kinds = [Change::OtherDetails, Change::OtherModality, Change::OtherType, Change::OtherLink];
    for kind in kinds {
        old.retain(|said| {
            let Some(place) = new.iter().position(|other| kind_of(said, other) == Some(kind)) else { return true };
            let causes = if kind == Change::OtherLink { causes.of_names() } else { causes.of_rules() };
            let (old, new) = (Some(said.clone()), Some(new.remove(place)));
            changes.push(EvidenceChange { change: kind, document: document.to_owned(), old, new, causes });
            false
        });
    }
    let other_side = |said: &Said, record: Option<&ExtractionRecord>| {
        let found = record.is_some_and(|record| both_ends_found(said, &record.mentions));
        if found { causes.of_rules() } else { causes.of_names() }
    };
    for said in old {
        let causes = other_side(&said, pair[1]);
        let change = Change::Removed;
        changes.push(EvidenceChange { change, document: document.to_owned(), old: Some(said), new: None, causes });
    }
    for said in new {
        let causes = other_side(&said, pair[0]);
        let change = Change::Added;
        changes.push(EvidenceChange { change, document: document.to_owned(), old: None, new: Some(said), causes });
    }
    let start = |change: &EvidenceChange| {
        let said = change.new.as_ref().or(change.old.as_ref());
        said.map(|said| said.evidence.quote.start)
    };
    changes.sort_by_key(start);
    changes
}

/// How two passages of one sentence differ; `None` when they have nothing to do with each other.
fn kind_of(old: &Said, new: &Said) -> Option<Change> {
    if old.evidence.text != new.evidence.text {
        return None;
    }
    let ends = |said: &Said| (said.triple.subject.clone(), said.triple.object.clone());
    if ends(old) == ends(new) {
        return Some(match (old.triple.predicate == new.triple.predicate, old.modality == new.modality) {
            (true, true) => Change::OtherDetails,
            (true, false) => Change::OtherModality,
            (false, _) => Change::OtherType,
        });
    }
    let words = |said: &Said| {
        let text = |passage: &Option<relata_model::Passage>| passage.as_ref().map(|passage| passage.text.clone());
        (text(&said.evidence.subject), text(&said.evidence.object))
    };
    (old.triple.predicate == new.triple.predicate && words(old) == words(new)).then_some(Change::OtherLink)
}

/// Whether the words of both ends mean the same entities among these mentions.
fn both_ends_found(said: &Said, mentions: &[MentionRecord]) -> bool {
    let found = |words: &Option<relata_model::Passage>, entity: &str| {
        words.as_ref().is_none_or(|words| {
            mentions
                .iter()
                .any(|mention| mention.entity == entity && mention.start < words.end && words.start < mention.end)
        })
    };
    found(&said.evidence.subject, &said.triple.subject) && found(&said.evidence.object, &said.triple.object)
}

fn compare_entities(
    sides: [&[ExtractionRecord]; 2],
    named: &BTreeMap<&str, BTreeSet<Cause>>,
    data: DataChange,
) -> Vec<EntityChange> {
    let types = |records: &[ExtractionRecord]| -> BTreeMap<String, Option<String>> {
        let mut types = BTreeMap::new();
        for record in records {
            for id in entities_of(record) {
                types.entry(id.to_owned()).or_insert(None);
            }
            for mention in &record.mentions {
                types.insert(mention.entity.clone(), Some(mention.entity_type.clone()));
            }
        }
        types
    };
    let [old, new] = sides.map(types);
    let ids: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut changes = Vec::new();
    for id in ids {
        let change = match (old.get(id), new.get(id)) {
            (None, _) => Change::Added,
            (_, None) => Change::Removed,
            (Some(Some(before)), Some(Some(after))) if before != after => Change::OtherType,
            _ => continue,
        };
        let unknown = || Causes { document: None, data }.of_names();
        changes.push(EntityChange {
            change,
            entity: id.clone(),
            old_type: old.get(id).cloned().flatten(),
            new_type: new.get(id).cloned().flatten(),
            causes: named.get(id.as_str()).cloned().unwrap_or_else(unknown),
        });
    }
    changes
}

fn compare_statements(sides: [&[ExtractionRecord]; 2], evidence: &[EvidenceChange]) -> Vec<StatementChange> {
    let mut causes: BTreeMap<&Triple, BTreeSet<Cause>> = BTreeMap::new();
    for change in evidence {
        for said in change.old.iter().chain(&change.new) {
            causes.entry(&said.triple).or_default().extend(&change.causes);
        }
    }
    // Only what some changed passage says can have changed.
    let mut modalities: BTreeMap<Triple, [BTreeSet<Modality>; 2]> = BTreeMap::new();
    for (side, records) in sides.into_iter().enumerate() {
        for one in records.iter().flat_map(|record| &record.statements) {
            let triple =
                Triple { subject: one.subject.clone(), predicate: one.predicate.clone(), object: one.object.clone() };
            if causes.contains_key(&triple) {
                modalities.entry(triple).or_default()[side].insert(one.modality);
            }
        }
    }
    let mut changes = Vec::new();
    for (triple, [old, new]) in modalities {
        let change = match (old.is_empty(), new.is_empty()) {
            (true, _) => Change::Added,
            (_, true) => Change::Removed,
            _ if old != new => Change::OtherModality,
            _ => continue,
        };
        let causes = causes[&triple].clone();
        changes.push(StatementChange { change, triple, old_modalities: old, new_modalities: new, causes });
    }
    changes
}
