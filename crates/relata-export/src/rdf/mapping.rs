//! Graph to triples, in the order in which people read them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::sync::Arc;

use relata_graph::{EntityNode, Selection, SourceDocument, SourcedEvidence, StatementEdge, canonical_decimal};
use relata_model::{
    Digest, DocumentName, EntityId, EntityType, Language, NameKind, Passage, Period, RelationType, Voice,
};

use super::out::{Item, LABEL, Out, Reifies, Section, Sink, entity_name, relata, relation_name, schema_org, type_name};
use super::term::{Datatype, Name, Object};
use crate::labels::Labels;
use crate::names::{Space, evidence_id, rule_name, statement_id};
use crate::options::{Graphs, RdfVersion};
use crate::{DocumentIds, ExportOptions};

/// Gives every triple of a selection to `sink`: RDF 1.1, no blank node, no triple twice, all of a subject's together.
///
/// A direct triple between two entities is given only for what a document asserts in its own voice, both ways when the
/// relation is symmetric; everything else is told of a statement.
///
/// # Errors
/// The first error of `sink`.
pub fn triples(selection: &Selection<'_>, options: &ExportOptions, sink: Sink<'_>) -> io::Result<()> {
    items(selection, options, RdfVersion::V1_1, Graphs::One, sink)
}

/// Gives the same as [`triples`], in a version of RDF and, if asked, sorted into a graph a document.
///
/// With a graph a document, the graph of a document holds its description, its passages and what the statements say that
/// they support; what derives from several documents (label, voice, lifted values) and all else stands in the default
/// graph. The triples of all graphs together are those of one graph.
///
/// # Errors
/// The first error of `sink`.
pub fn items(
    selection: &Selection<'_>,
    options: &ExportOptions,
    version: RdfVersion,
    graphs: Graphs,
    sink: Sink<'_>,
) -> io::Result<()> {
    let graph = selection.graph();
    let mapping = Mapping {
        selection,
        options,
        version,
        labels: Labels::new(graph, options.language_for(graph)),
        documents: DocumentIds::of_graph(graph),
        entities: described(selection),
    };
    let mut out = Out { sink };
    out.section(Section::Dataset)?;
    mapping.dataset(&mut out)?;
    if graphs == Graphs::One {
        out.section(Section::Documents)?;
        for document in selection.documents() {
            mapping.document(&mut out, document)?;
        }
    }
    out.section(Section::Types)?;
    mapping.types(&mut out)?;
    out.section(Section::Entities)?;
    let facts = direct_triples(selection);
    for node in &mapping.entities {
        let mut of_one = facts.get(&node.entity.id).cloned().unwrap_or_default();
        of_one.sort_unstable();
        of_one.dedup();
        mapping.entity(&mut out, node, &of_one)?;
    }
    out.section(Section::Statements)?;
    let part = if graphs == Graphs::One { Part::Whole } else { Part::Summary };
    for statement in selection.statements() {
        mapping.statement(&mut out, statement, part)?;
    }
    out.section(Section::Rules)?;
    mapping.rules(&mut out)?;
    if graphs == Graphs::PerDocument {
        let of_documents = by_document(selection);
        for document in selection.documents() {
            out.graph(Some(Name::new(Space::Document, mapping.documents.id(&document.name))))?;
            mapping.document(&mut out, document)?;
            for statement in of_documents.get(&document.name).into_iter().flatten() {
                mapping.statement(&mut out, statement, Part::Of(document))?;
            }
        }
        out.graph(None)?;
    }
    Ok(())
}

/// What of a statement is told.
#[derive(Clone, Copy)]
enum Part<'p> {
    /// Everything.
    Whole,
    /// What derives from all its passages.
    Summary,
    /// What it says, and the passages of one document.
    Of(&'p SourceDocument),
}

/// The statements that each document makes, in their order.
fn by_document<'g>(selection: &Selection<'g>) -> BTreeMap<&'g DocumentName, Vec<&'g StatementEdge>> {
    let mut found: BTreeMap<&DocumentName, Vec<&StatementEdge>> = BTreeMap::new();
    for &statement in selection.statements() {
        let mut last = None;
        for evidence in &statement.evidence {
            let name = &evidence.document.name;
            if last != Some(name) {
                found.entry(name).or_default().push(statement);
            }
            last = Some(name);
        }
    }
    found
}

/// The entities that the export must describe: those selected and the sources of claims.
fn described<'g>(selection: &Selection<'g>) -> Vec<&'g EntityNode> {
    let mut entities: BTreeMap<&EntityId, &EntityNode> =
        selection.entities().iter().map(|node| (&node.entity.id, *node)).collect();
    for evidence in selection.statements().iter().flat_map(|statement| &statement.evidence) {
        let source = evidence.record.attributed_to.as_ref().and_then(|attribution| attribution.entity.as_deref());
        if let Some(node) = source.and_then(|id| selection.graph().entity(&id.parse().ok()?)) {
            entities.insert(&node.entity.id, node);
        }
    }
    entities.into_values().collect()
}

type Facts<'g> = HashMap<&'g EntityId, Vec<(&'g RelationType, &'g EntityId)>>;

/// What each entity is directly tied to.
fn direct_triples<'g>(selection: &Selection<'g>) -> Facts<'g> {
    let mut facts = Facts::new();
    for statement in selection.statements().iter().filter(|statement| statement.is_fact()) {
        facts.entry(&statement.subject).or_default().push((&statement.relation, &statement.object));
        if selection.graph().schema().relation_info(&statement.relation).symmetric {
            facts.entry(&statement.object).or_default().push((&statement.relation, &statement.subject));
        }
    }
    facts
}

struct Mapping<'m, 'g> {
    selection: &'m Selection<'g>,
    options: &'m ExportOptions,
    version: RdfVersion,
    labels: Labels<'g>,
    documents: DocumentIds,
    entities: Vec<&'g EntityNode>,
}

impl Mapping<'_, '_> {
    fn dataset(&self, out: &mut Out<'_>) -> io::Result<()> {
        let dataset = Name::new(Space::Base, "dataset");
        let graph = self.selection.graph();
        let digest = self.options.config_digest.as_deref();
        let mut parts = vec![self.options.software_version.as_str(), digest.unwrap_or_default()];
        parts.extend(graph.documents().iter().map(|document| document.digest.as_str()));
        let run = Digest::of_parts(&parts).short();
        let run = Name::new(Space::Run, &run);

        out.a(dataset, Name::new(Space::Void, "Dataset"))?;
        if let Some(title) = &self.options.title {
            out.text(dataset, Name::new(Space::DcTerms, "title"), title, Some(self.labels.language))?;
        }
        if self.selection.cut().is_part() {
            let told = format!("A part of the graph: {}.", self.selection.cut());
            out.text(dataset, Name::new(Space::DcTerms, "description"), &told, Some(Language::ENGLISH))?;
        }
        if let Some(licence) = &self.options.licence {
            out.iri_or_text(dataset, Name::new(Space::DcTerms, "license"), licence)?;
        }
        out.text(dataset, Name::new(Space::Void, "uriSpace"), self.options.base_iri.as_str(), None)?;
        out.say(dataset, Name::new(Space::Void, "entities"), Object::Integer(self.entities.len() as u64))?;
        out.name(dataset, Name::new(Space::Prov, "wasGeneratedBy"), run)?;

        out.a(run, Name::new(Space::Prov, "Activity"))?;
        out.text(run, LABEL, "relata build", Some(Language::ENGLISH))?;
        out.text(run, relata("softwareVersion"), &self.options.software_version, None)?;
        if let Some(digest) = digest {
            out.text(run, relata("configDigest"), &format!("sha256:{digest}"), None)?;
        }
        let moment = self.options.source_date_epoch.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
        if let Some(moment) = moment {
            let moment = moment.to_string();
            out.say(run, Name::new(Space::Prov, "endedAtTime"), Object::Typed(&moment, Datatype::DateTime))?;
        }
        for document in self.selection.documents() {
            let id = Name::new(Space::Document, self.documents.id(&document.name));
            out.name(run, Name::new(Space::Prov, "used"), id)?;
        }
        Ok(())
    }

    fn document(&self, out: &mut Out<'_>, document: &Arc<SourceDocument>) -> io::Result<()> {
        let me = Name::new(Space::Document, self.documents.id(&document.name));
        out.a(me, relata("Document"))?;
        out.a(me, schema_org("NewsArticle"))?;
        if let Some(title) = &document.title {
            out.text(me, schema_org("headline"), title, document.language)?;
        }
        if let Some(date) = document.date {
            let text = date.to_string();
            // A month or a year is no day: as an xsd:date it would claim one.
            match text.len() {
                4 => out.say(me, Name::new(Space::DcTerms, "issued"), Object::Typed(&text, Datatype::GYear))?,
                7 => out.say(me, Name::new(Space::DcTerms, "issued"), Object::Typed(&text, Datatype::GYearMonth))?,
                _ => out.say(me, schema_org("datePublished"), Object::Typed(&text, Datatype::Date))?,
            }
        }
        if let Some(language) = document.language {
            out.text(me, schema_org("inLanguage"), language.as_str(), None)?;
        }
        if let Some(url) = &document.url {
            out.iri_or_text(me, schema_org("url"), url)?;
        }
        out.text(me, relata("sourceFile"), document.name.as_str(), None)?;
        out.say(me, relata("textLength"), Object::Integer(document.length.into()))?;
        out.text(me, relata("textDigest"), &format!("sha256:{}", document.digest), None)?;
        for id in &document.entities {
            if self.entities.binary_search_by(|node| node.entity.id.cmp(id)).is_ok() {
                out.name(me, schema_org("mentions"), entity_name(id))?;
            }
        }
        Ok(())
    }

    /// Types in use and their ancestors, then relation types in use, all in the order of the schema.
    fn types(&self, out: &mut Out<'_>) -> io::Result<()> {
        let schema = self.selection.graph().schema();
        let own: BTreeSet<&EntityType> = self.entities.iter().map(|node| &node.entity.entity_type).collect();
        let used: BTreeSet<EntityType> = own.into_iter().flat_map(|narrow| schema.lineage(narrow)).collect();
        for (entity_type, info) in schema.entity_types().filter(|(name, _)| used.contains(name)) {
            let me = type_name(entity_type);
            out.a(me, relata("EntityType"))?;
            for (language, label) in &info.labels {
                out.text(me, LABEL, label, Some(*language))?;
            }
            let wider = info.parent.as_ref().map_or(relata("Entity"), type_name);
            out.name(me, Name::new(Space::Rdfs, "subClassOf"), wider)?;
            if let Some(class) = &info.schema_org {
                out.name(me, Name::new(Space::Rdfs, "subClassOf"), schema_org(class))?;
            }
        }
        let used: BTreeSet<&RelationType> = self.selection.statements().iter().map(|one| &one.relation).collect();
        for (relation, info) in schema.relation_types().filter(|(name, _)| used.contains(name)) {
            let me = relation_name(relation);
            out.a(me, relata("RelationType"))?;
            if info.symmetric {
                out.a(me, Name::new(Space::Owl, "SymmetricProperty"))?;
            }
            for (language, label) in &info.labels {
                out.text(me, LABEL, label, Some(*language))?;
            }
            for property in &info.wikidata {
                out.name(me, Name::new(Space::Rdfs, "seeAlso"), Name::new(Space::Wikidata, property))?;
            }
        }
        Ok(())
    }

    fn entity(&self, out: &mut Out<'_>, node: &EntityNode, facts: &[(&RelationType, &EntityId)]) -> io::Result<()> {
        let entity = &node.entity;
        let schema = self.selection.graph().schema();
        let me = entity_name(&entity.id);
        out.a(me, relata("Entity"))?;
        let lineage: Vec<EntityType> = schema.lineage(&entity.entity_type).collect();
        for ancestor in &lineage {
            out.a(me, type_name(ancestor))?;
        }
        let class = lineage.iter().find_map(|ancestor| schema.info(ancestor).schema_org.as_deref());
        out.a(me, schema_org(class.unwrap_or("Thing")))?;
        let (label, language) = self.labels.entity(entity);
        out.text(me, LABEL, label, language)?;
        for (language, label) in &entity.labels {
            out.text(me, Name::new(Space::Skos, "prefLabel"), label, Some(*language))?;
        }
        let variants: BTreeSet<(Language, &str)> = entity
            .names
            .iter()
            .filter(|name| name.kind == NameKind::Alias && entity.labels.get(&name.language) != Some(&name.text))
            .map(|name| (name.language, name.text.as_str()))
            .collect();
        for (language, text) in variants {
            out.text(me, Name::new(Space::Skos, "altLabel"), text, Some(language))?;
        }
        if let Some(item) = entity.wikidata {
            let item = item.to_string();
            out.name(me, schema_org("sameAs"), Name::new(Space::Wikidata, &item))?;
        }
        for (relation, object) in facts {
            out.name(me, relation_name(relation), entity_name(object))?;
        }
        Ok(())
    }

    fn statement(&self, out: &mut Out<'_>, statement: &StatementEdge, part: Part<'_>) -> io::Result<()> {
        let id = statement_id(statement);
        let me = Name::new(Space::Statement, &id);
        let (says, derives) = (!matches!(part, Part::Summary), !matches!(part, Part::Of(_)));
        if says {
            out.a(me, relata("Statement"))?;
            if self.version == RdfVersion::V1_1 {
                out.a(me, Name::new(Space::Rdf, "Statement"))?;
            }
        }
        if derives {
            out.text(me, LABEL, &self.labels.statement(statement), Some(self.labels.language))?;
        }
        if says {
            let (subject, object) = (entity_name(&statement.subject), entity_name(&statement.object));
            let predicate = relation_name(&statement.relation);
            match self.version {
                RdfVersion::V1_1 => {
                    out.name(me, Name::new(Space::Rdf, "subject"), subject)?;
                    out.name(me, Name::new(Space::Rdf, "predicate"), predicate)?;
                    out.name(me, Name::new(Space::Rdf, "object"), object)?;
                }
                RdfVersion::V1_2 => {
                    (out.sink)(Item::Reifies(Reifies { statement: me, subject, predicate, object }))?;
                }
            }
            out.name(me, relata("modality"), relata(statement.modality.as_str()))?;
        }
        if derives {
            Self::derived(out, me, statement)?;
        }
        let evidence: Vec<(String, &SourcedEvidence)> = statement
            .evidence
            .iter()
            .filter(|one| match part {
                Part::Whole => true,
                Part::Summary => false,
                Part::Of(document) => one.document.name == document.name,
            })
            .map(|one| (evidence_id(&id, self.documents.id(&one.document.name), one), one))
            .collect();
        for (id, _) in &evidence {
            out.name(me, relata("evidence"), Name::new(Space::Evidence, id))?;
        }
        evidence.iter().try_for_each(|(id, one)| self.evidence(out, id, one))
    }

    /// What all passages of a statement together say.
    fn derived(out: &mut Out<'_>, me: Name<'_>, statement: &StatementEdge) -> io::Result<()> {
        out.name(me, relata("voice"), relata(statement.voice.as_str()))?;
        if let Some(role) = &statement.role {
            out.text(me, relata("role"), role, language_of(statement))?;
        }
        if let Some(amount) = &statement.amount {
            out.say(me, relata("amountValue"), Object::Typed(&amount.value, Datatype::Decimal))?;
            out.text(me, relata("amountUnit"), &amount.unit, None)?;
        }
        statement.time.map_or(Ok(()), |period| time(out, me, period))
    }

    fn evidence(&self, out: &mut Out<'_>, id: &str, evidence: &SourcedEvidence) -> io::Result<()> {
        let me = Name::new(Space::Evidence, id);
        let record = &evidence.record;
        let language = evidence.document.language;
        let offset = |value: u32| Object::Integer(value.into());
        out.a(me, relata("Evidence"))?;
        let document = self.documents.id(&evidence.document.name);
        out.name(me, relata("document"), Name::new(Space::Document, document))?;
        out.text(me, relata("quote"), &record.quote.text, language)?;
        out.say(me, relata("start"), offset(record.quote.start))?;
        out.say(me, relata("end"), offset(record.quote.end))?;
        out.text(me, relata("sentence"), &record.text, language)?;
        out.say(me, relata("sentenceStart"), offset(record.start))?;
        out.say(me, relata("sentenceEnd"), offset(record.end))?;
        // The words of an end count only where they stand in the quote; elsewhere in the sentence they prove nothing.
        let in_quote = |words: &&Passage| record.quote.start <= words.start && words.end <= record.quote.end;
        for (predicate, words) in [("subjectText", &record.subject), ("objectText", &record.object)] {
            if let Some(words) = words.as_ref().filter(in_quote) {
                out.text(me, relata(predicate), &words.text, language)?;
            }
        }
        if let Some(cue) = &record.cue {
            out.text(me, relata("cue"), &cue.text, language)?;
        }
        if let Some(role) = record.role.as_ref().filter(|role| !role.is_empty()) {
            out.text(me, relata("role"), role, language)?;
        }
        if let Some(amount) = &record.amount {
            let value = canonical_decimal(&amount.value.to_string());
            out.say(me, relata("amountValue"), Object::Typed(&value, Datatype::Decimal))?;
            out.text(me, relata("amountUnit"), &amount.unit, None)?;
            if let Some(words) = &amount.text {
                out.text(me, relata("amountText"), words, language)?;
            }
        }
        if let Some(period) = record.time {
            time(out, me, period)?;
            if let Some(words) = &record.time_text {
                out.text(me, relata("timeText"), &words.text, language)?;
            }
        }
        out.name(me, relata("voice"), relata(evidence.voice().as_str()))?;
        if let Some(attribution) = &record.attributed_to {
            if let Some(source) = &attribution.entity {
                out.name(me, relata("attributedTo"), Name::new(Space::Entity, source))?;
            }
            out.text(me, relata("attributionText"), &attribution.text, language)?;
        }
        out.name(me, relata("rule"), Name::new(Space::Rule, &rule_name(&record.rule)))
    }

    fn rules(&self, out: &mut Out<'_>) -> io::Result<()> {
        let evidence = self.selection.statements().iter().flat_map(|statement| &statement.evidence);
        let rules: BTreeSet<&str> = evidence.map(|one| one.record.rule.as_str()).collect();
        for rule in rules {
            let local = rule_name(rule);
            let me = Name::new(Space::Rule, &local);
            out.a(me, relata("Rule"))?;
            out.text(me, LABEL, rule, None)?;
        }
        Ok(())
    }
}

/// The language of the words lifted to a statement: that of its passages, where they agree.
fn language_of(statement: &StatementEdge) -> Option<Language> {
    let own = statement.voice == Voice::Own;
    let mut languages = statement
        .evidence
        .iter()
        .filter(|one| (one.voice() == Voice::Own) == own && one.record.role.is_some())
        .map(|one| one.document.language);
    let first = languages.next()?;
    languages.all(|language| language == first).then_some(first)?
}

fn time(out: &mut Out<'_>, me: Name<'_>, period: Period) -> io::Result<()> {
    out.text(me, relata("time"), &period.to_string(), None)?;
    if let Some(from) = period.from {
        out.say(me, relata("timeFrom"), Object::Typed(&from.first_day(), Datatype::Date))?;
    }
    if let Some(to) = period.to {
        out.say(me, relata("timeTo"), Object::Typed(&to.last_day(), Datatype::Date))?;
    }
    Ok(())
}
