//! The pipeline from a document to its extraction, and the data it runs on.

use std::sync::Arc;

use indexmap::IndexMap;
use relata_gazetteer::forms::Transliterations;
use relata_gazetteer::judgements::Judgements;
use relata_gazetteer::{Compiled, Gazetteer, Source, SourceFile};
use relata_grammar::Grammar;
use relata_model::{
    Diagnostic, Document, Entity, EntityId, EntityType, Extraction, ExtractionRecord, Language, LoadError, Mention,
    Name, NameKind, Schema, Sentence, Span,
};

use crate::data::Data;
use crate::given::{GivenMentions, Misplaced};
use crate::held_posts;
use crate::link::{self, Descriptions, Holders, LinkingWords, Own};
use crate::relate::{Contrasted, Finding, Lexicon, Proof, Rule, Rules, Unproved};
use crate::segment::{SegmentRules, segment};

/// Reads documents for the names of a gazetteer and what their sentences say of them.
#[derive(Debug)]
pub struct Extractor {
    schema: Schema,
    gazetteer: Gazetteer,
    /// The entities of the user's own gazetteers.
    own: Own,
    holders: Holders,
    spelling: Spelling,
    languages: IndexMap<Language, LanguagePack>,
}

/// What is known of one language.
#[derive(Debug)]
struct LanguagePack {
    segment: SegmentRules,
    lexicon: Lexicon,
    descriptions: Descriptions,
    /// Nothing where there are no rules to apply.
    rules: Option<Rules>,
}

/// Which gazetteers to use.
#[derive(Clone, Debug, Default)]
pub struct Gazetteers {
    /// Beside or instead of the shipped ones; the first that has an id decides its type.
    pub sources: Vec<Source>,
    /// Compiled ones, which come before all sources.
    pub compiled: Vec<Arc<Compiled>>,
    /// Which entities are one and which are two, whatever the gazetteers say.
    pub judgements: Judgements,
    /// Leaves the shipped entities out. What a language calls the people and the seat of a listed country still comes from
    /// the shipped data, because that is knowledge of the language and not of the user's world.
    pub without_shipped: bool,
    /// Whether names are looked for in the letters of other languages too; compiled ones have the forms they were compiled with.
    pub transliterations: Transliterations,
    /// Whether long names are found with one wrong letter.
    pub spelling: Spelling,
}

/// How names must be spelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spelling {
    /// As listed, or as code makes their forms.
    #[default]
    Right,
    /// One letter of a long name may be wrong; such a mention says so.
    OneSlip,
}

impl Extractor {
    /// Compiles the data. `rules` are further rule files, each a name for messages and a text; a file's language is told by
    /// its rules' ids ("fr/…").
    ///
    /// # Errors
    /// Every fault of every file, each with its place.
    pub fn new(
        data: &Data,
        schema: Schema,
        gazetteers: &Gazetteers,
        rules: &[(String, String)],
    ) -> Result<Self, LoadError> {
        let mut faults = Vec::new();
        let names = data.languages();
        let (gazetteer, packs) = std::thread::scope(|scope| {
            let load = |&language: &Language| {
                let schema = &schema;
                (language, scope.spawn(move || LanguagePack::load(data, language, schema, rules)))
            };
            let packs: Vec<_> = names.iter().map(load).collect();
            let gazetteer = load_gazetteer(data, &schema, gazetteers);
            let joined =
                packs.into_iter().map(|(language, pack)| (language, pack.join().expect("loading does not panic")));
            (gazetteer, joined.collect::<Vec<_>>())
        });
        let gazetteer = gazetteer.map_err(|error| faults.extend(error.0)).ok();
        let mut languages = IndexMap::new();
        for (language, pack) in packs {
            match pack {
                Ok(pack) => {
                    languages.insert(language, pack);
                }
                Err(error) => faults.extend(error.0),
            }
        }
        match gazetteer {
            Some((gazetteer, own)) if faults.is_empty() => {
                let (holders, spelling) = (Holders::new(&gazetteer), gazetteers.spelling);
                Ok(Self { schema, gazetteer, own, holders, spelling, languages })
            }
            _ => Err(LoadError(faults)),
        }
    }

    /// What is in a document.
    pub fn extract(&self, document: &Document) -> Extraction {
        let (pack, sentences) = self.sentences(document);
        let found = self.find(document, &readable(&sentences, &document.opaque));
        let linked = self.linked(document, &sentences, found, pack);
        let type_of = |id: &EntityId| self.type_of(id).clone();
        let rules = pack.and_then(|pack| pack.rules.as_ref());
        let mut statements = rules.map_or_else(Vec::new, |rules| {
            rules.relate(document, &sentences, &linked.mentions, &self.schema, &type_of)
        });
        if pack.is_some() {
            held_posts::add(document, &sentences, &linked, &self.schema, &type_of, &mut statements);
        }
        Extraction { sentences, mentions: linked.mentions, unlinked: linked.unlinked, statements }
    }

    /// The names in the parts of a document that are language.
    fn find(&self, document: &Document, parts: &[Span]) -> Vec<Mention> {
        let (text, language) = (&document.text, document.metadata.language);
        let mut found = self.gazetteer.find(text, parts.iter().copied(), language);
        if self.spelling == Spelling::OneSlip {
            found.extend(self.gazetteer.find_slips(text, parts.iter().copied(), language, &found));
            found.sort_by_key(|mention| mention.span.start());
        }
        found
    }

    /// The sentences of a document, and what is known of its language.
    fn sentences(&self, document: &Document) -> (Option<&LanguagePack>, Vec<Sentence>) {
        let pack = document.metadata.language.and_then(|language| self.languages.get(&language));
        let sentences = match pack.or_else(|| self.languages.values().next()) {
            Some(pack) => segment(document, &pack.segment),
            None => {
                document.prose.iter().map(|&span| Sentence { span, kind: relata_model::SentenceKind::Prose }).collect()
            }
        };
        (pack, sentences)
    }

    /// The sentences of a document, and where names stand that the gazetteer has, whether or not it is clear whose they are; in order.
    pub(crate) fn known_names(&self, document: &Document) -> (Vec<Sentence>, Vec<Span>) {
        let (pack, sentences) = self.sentences(document);
        let found = self.find(document, &readable(&sentences, &document.opaque));
        let mut spans: Vec<Span> = found.iter().map(|mention| mention.span).collect();
        let linked = self.linked(document, &sentences, found, pack);
        spans.extend(linked.mentions.iter().map(|mention| mention.span));
        spans.sort_unstable_by_key(|span| (span.start(), std::cmp::Reverse(span.end())));
        spans.dedup_by(|later, first| later.overlaps(*first));
        (sentences, spans)
    }

    /// The sentences of a document, and the names of the gazetteer in them with all that they may mean.
    pub(crate) fn found_names(&self, document: &Document) -> (Vec<Sentence>, Vec<Mention>) {
        let (_, sentences) = self.sentences(document);
        let found = self.find(document, &readable(&sentences, &document.opaque));
        (sentences, found)
    }

    /// What the names of a document mean.
    fn linked(
        &self,
        document: &Document,
        sentences: &[Sentence],
        found: Vec<Mention>,
        pack: Option<&LanguagePack>,
    ) -> link::Linked {
        let language = pack.map(|pack| link::Language {
            lexicon: &pack.lexicon,
            descriptions: &pack.descriptions,
            holders: &self.holders,
        });
        let knowledge = link::Knowledge { gazetteer: &self.gazetteer, schema: &self.schema, own: &self.own };
        link::link(document, sentences, found, &knowledge, language.as_ref())
    }

    /// What is in a document, as it is written to files.
    pub fn record(&self, document: &Document) -> ExtractionRecord {
        ExtractionRecord::new(document, &self.extract(document), |id| self.type_of(id).as_str())
    }

    /// What the sentences of a document say of mentions that somebody else found, and those of them that it does not have.
    /// A document for which none were given has none. The record has the ids as they were given.
    pub fn record_given(&self, document: &Document, given: &GivenMentions) -> (ExtractionRecord, Vec<Misplaced>) {
        let (pack, sentences) = self.sentences(document);
        let (placed, misplaced) = given.place(document, &self.schema).unwrap_or_default();
        let type_of = |id: &EntityId| placed.types[id].clone();
        let rules = pack.and_then(|pack| pack.rules.as_ref());
        let statements = rules.map_or_else(Vec::new, |rules| {
            rules.relate(document, &sentences, &placed.mentions, &self.schema, &type_of)
        });
        let extraction = Extraction { sentences, mentions: placed.mentions, unlinked: Vec::new(), statements };
        let mut record = ExtractionRecord::new(document, &extraction, |id| placed.types[id].as_str());
        let given_id = |id: &mut String| {
            if let Some(original) = id.parse::<EntityId>().ok().and_then(|id| placed.original.get(&id)) {
                id.clone_from(original);
            }
        };
        record.mentions.iter_mut().for_each(|mention| given_id(&mut mention.entity));
        for statement in &mut record.statements {
            given_id(&mut statement.subject);
            given_id(&mut statement.object);
            let symmetric = self
                .schema
                .relation_type(&statement.predicate)
                .is_ok_and(|relation| self.schema.relation_info(&relation).symmetric);
            let swap = symmetric && statement.object < statement.subject;
            for evidence in &mut statement.evidence {
                if swap {
                    std::mem::swap(&mut evidence.subject, &mut evidence.object);
                }
                if let Some(source) = &mut evidence.attributed_to {
                    source.entity.iter_mut().for_each(given_id);
                }
            }
            if swap {
                std::mem::swap(&mut statement.subject, &mut statement.object);
            }
        }
        (record, misplaced)
    }

    /// What the rules see of the sentences that overlap `place`, in words for whoever writes rules; the mentions are those given,
    /// or else the gazetteer's.
    pub fn trace(&self, document: &Document, given: Option<&GivenMentions>, place: Span) -> String {
        let (pack, sentences) = self.sentences(document);
        let Some(rules) = pack.and_then(|pack| pack.rules.as_ref()) else {
            return "no rules for the language of this document\n".to_owned();
        };
        if let Some(given) = given {
            let (placed, _) = given.place(document, &self.schema).unwrap_or_default();
            let type_of = |id: &EntityId| placed.types[id].clone();
            return rules.trace(document, &sentences, &placed.mentions, &self.schema, &type_of, place);
        }
        let found = self.extract(document);
        let type_of = |id: &EntityId| self.type_of(id).clone();
        rules.trace(document, &sentences, &found.mentions, &self.schema, &type_of, place)
    }

    /// Every passage that a rule reads in a document, with the ids of the mentions given or else the gazetteer's.
    pub fn findings(&self, document: &Document, given: Option<&GivenMentions>) -> Vec<Finding<String>> {
        let (pack, sentences) = self.sentences(document);
        let Some(rules) = pack.and_then(|pack| pack.rules.as_ref()) else { return Vec::new() };
        let (findings, original) = if let Some(given) = given {
            let (placed, _) = given.place(document, &self.schema).unwrap_or_default();
            let type_of = |id: &EntityId| placed.types[id].clone();
            (rules.findings(document, &sentences, &placed.mentions, &self.schema, &type_of), placed.original)
        } else {
            let mentions = self.extract(document).mentions;
            let type_of = |id: &EntityId| self.type_of(id).clone();
            (rules.findings(document, &sentences, &mentions, &self.schema, &type_of), std::collections::HashMap::new())
        };
        let id = |id: EntityId| original.get(&id).cloned().unwrap_or_else(|| id.to_string());
        let named = findings.into_iter().map(|finding| Finding {
            rule: finding.rule,
            subject: id(finding.subject),
            relation: finding.relation,
            object: id(finding.object),
            kept: finding.kept,
        });
        named.collect()
    }

    /// The rules of every language, in the order of their files.
    pub fn rules(&self) -> impl Iterator<Item = (Language, &Rule)> {
        let packs = self.languages.iter();
        packs.flat_map(|(language, pack)| pack.rules.iter().flat_map(Rules::rules).map(move |rule| (*language, rule)))
    }

    /// Whether there are rules for a language; in any other, only names are found.
    pub fn reads(&self, language: Language) -> bool {
        self.languages.contains_key(&language)
    }

    /// The words of a language.
    pub(crate) fn lexicon(&self, language: Language) -> Option<&Lexicon> {
        self.languages.get(&language).map(|pack| &pack.lexicon)
    }

    /// The types in use.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The names in use.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Tries every rule of every language on its examples.
    pub fn prove_rules(&self) -> Vec<(Language, Proof, Vec<Unproved>)> {
        let prove = |(language, pack): (&Language, &LanguagePack)| {
            let (proof, unproved) = pack.rules.as_ref()?.prove(&pack.segment, &self.schema);
            Some((*language, proof, unproved))
        };
        self.languages.iter().filter_map(prove).collect()
    }

    /// Reads a file of sentences that differ in stance only, with the rules of a language; `None` where it has none.
    ///
    /// # Errors
    /// When the file is not of that form.
    pub fn contrast(&self, file: (&str, &str), language: Language) -> Option<Result<Contrasted, LoadError>> {
        let pack = self.languages.get(&language)?;
        Some(pack.rules.as_ref()?.contrast(file, &pack.segment, &self.schema))
    }

    fn type_of(&self, id: &EntityId) -> &EntityType {
        let entity = self.gazetteer.entity(id).expect("only entities of the gazetteer are linked");
        &entity.entity_type
    }
}

impl LanguagePack {
    fn load(
        data: &Data,
        language: Language,
        schema: &Schema,
        more_rules: &[(String, String)],
    ) -> Result<Self, LoadError> {
        let file = |name: &str| {
            let path = format!("{language}/{name}");
            data.file(&path)
                .ok_or_else(|| LoadError(vec![Diagnostic::of_file(&format!("data/{path}"), "the file is missing")]))
        };
        let (verbs, words, posts) = (file("verbs.toml")?, file("words.toml")?, file("posts.toml")?);
        let lexicon = Lexicon::from_toml(language, (&verbs.0, verbs.1), (&words.0, words.1), (&posts.0, posts.1))?;
        let linking = file("linking.toml")?;
        let linking = LinkingWords::from_toml(&linking.0, linking.1)?;
        let own = data.below(&format!("{language}/rules"));
        let own = own.iter().map(|(name, text)| (name.as_str(), *text));
        let marker = format!("\"{language}/");
        let more = more_rules
            .iter()
            .filter(|(_, text)| text.contains(&marker))
            .map(|(name, text)| (name.as_str(), text.as_str()));
        let files: Vec<(&str, &str)> = own.chain(more).collect();
        Ok(Self {
            segment: SegmentRules::new(
                language,
                data.file(&format!("{language}/abbreviations.txt")).map_or("", |(_, text)| text),
            ),
            descriptions: Descriptions::new(&lexicon, linking),
            rules: match &files[..] {
                [] => None,
                files => Some(Rules::load(files, lexicon.clone(), schema, own_grammar(data, language)?)?),
            },
            lexicon,
        })
    }
}

/// The grammar of a data folder that brings its own.
fn own_grammar(data: &Data, language: Language) -> Result<Option<Grammar>, LoadError> {
    let code = language.to_string();
    let known = relata_grammar::Language::from_code(&code);
    let (Some((name, bytes)), Some(known)) = (data.grammar_model(&code), known) else { return Ok(None) };
    let grammar = Grammar::from_bytes(known, bytes);
    grammar.map(Some).map_err(|error| LoadError(vec![Diagnostic::of_file(&name, error.to_string())]))
}

/// The names to look for, and the entities that the user's own gazetteers list.
fn load_gazetteer(data: &Data, schema: &Schema, gazetteers: &Gazetteers) -> Result<(Gazetteer, Own), LoadError> {
    let Gazetteers { sources, compiled, judgements, without_shipped, transliterations, spelling: _ } = gazetteers;
    let shipped = shipped_gazetteer(data);
    let (entities, own) = if *without_shipped {
        let mut entities = relata_gazetteer::load(sources, schema)?.entities;
        let shipped = if data.is_shipped() { lending_lines(shipped) } else { shipped };
        let shipped = relata_gazetteer::load(&[shipped], schema)?.entities;
        for entity in &mut entities {
            if let Ok(at) = shipped.binary_search_by(|known| known.id.cmp(&entity.id)) {
                lend_names(entity, &shipped[at]);
            }
        }
        let listed = |entity: &Entity| entities.binary_search_by(|known| known.id.cmp(&entity.id)).is_ok();
        let lent: Vec<Entity> = shipped.into_iter().filter(|entity| !listed(entity)).collect();
        let lent = lent.into_iter().filter_map(|entity| lent_to(compiled, entity));
        entities.extend(lent.collect::<Vec<_>>());
        (entities, Own::default())
    } else {
        let all: Vec<Source> = sources.iter().cloned().chain([shipped]).collect();
        let all = relata_gazetteer::load(&all, schema)?.entities;
        let own = relata_gazetteer::load(sources, schema)?.entities;
        (all, Own { ids: own.into_iter().map(|entity| entity.id).collect(), compiled: true })
    };
    let last = Arc::new(Compiled::with_forms(entities, schema, *transliterations));
    let gazetteer = Gazetteer::of_layers(compiled.iter().cloned().chain([last]).collect())
        .map_err(|conflict| LoadError(vec![Diagnostic::of_file("--gazetteer", conflict.to_string())]))?
        .with_judgements(judgements, schema)?;
    let ids = own.ids.into_iter().map(|id| gazetteer.standing_for(&id).clone()).collect();
    let own = Own { ids, ..own };
    Ok((gazetteer, own))
}

/// A source without the lines that have nothing to lend: most of the time that loading takes would go into them.
fn lending_lines(mut source: Source) -> Source {
    let lends = |line: &&str| line.contains("\"demonyms\"") || line.contains("\"metonyms\"");
    for file in &mut source.files {
        file.text = file.text.lines().filter(lends).collect::<Vec<_>>().join("\n");
    }
    source
}

/// What of a shipped entity is lent to the compiled one with its id and type; nothing when there is none.
fn lent_to(compiled: &[Arc<Compiled>], shipped: Entity) -> Option<Entity> {
    let own = compiled.iter().find_map(|layer| layer.entity(&shipped.id))?;
    let lent = shipped.names.into_iter().filter(|name| matches!(name.kind, NameKind::Demonym | NameKind::Metonym));
    let names: Vec<Name> = lent.collect();
    let same = own.entity_type == shipped.entity_type && !names.is_empty();
    same.then(|| Entity { names, ..own.clone() })
}

/// The gazetteer files of a data folder, as the one source that they are.
pub fn shipped_gazetteer(data: &Data) -> Source {
    let files = data.below("gazetteer").into_iter().map(|(name, text)| SourceFile { name, text: text.to_owned() });
    Source { files: files.collect() }
}

/// Gives a listed country, bloc or region what languages call its people and its seat.
fn lend_names(entity: &mut Entity, shipped: &Entity) {
    if entity.entity_type != shipped.entity_type {
        return;
    }
    let lent = shipped.names.iter().filter(|name| matches!(name.kind, NameKind::Demonym | NameKind::Metonym));
    let new: Vec<Name> =
        lent.filter(|name| !entity.names.iter().any(|known| known.text == name.text)).cloned().collect();
    entity.names.extend(new);
}

/// The parts of the sentences that are language.
fn readable(sentences: &[Sentence], opaque: &[Span]) -> Vec<Span> {
    let mut parts = Vec::with_capacity(sentences.len());
    let mut rest = opaque;
    for sentence in sentences {
        let mut start = sentence.span.start();
        let end = sentence.span.end();
        rest = &rest[rest.partition_point(|span| span.end() <= start)..];
        for span in rest.iter().take_while(|span| span.start() < end) {
            if span.start() > start {
                parts.push(Span::new(start, span.start()));
            }
            start = start.max(span.end());
        }
        if start < end {
            parts.push(Span::new(start, end));
        }
    }
    parts
}
