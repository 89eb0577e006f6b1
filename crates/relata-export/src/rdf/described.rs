//! Triples of all that statements speak of: the dataset and the run that made it, documents, types, entities.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use relata_graph::{EntityNode, SourceDocument};
use relata_model::{Digest, EntityId, EntityType, Language, NameKind, RelationType};
use rustc_hash::FxHashSet;

use super::mapping::Mapping;
use super::out::{LABEL, Out, entity_name, relata, relation_name, schema_org, type_name};
use super::term::{Datatype, Name, Object};
use crate::names::Space;

impl Mapping<'_, '_> {
    pub(super) fn dataset(&self, out: &mut Out<'_>) -> io::Result<()> {
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

    pub(super) fn document(&self, out: &mut Out<'_>, document: &Arc<SourceDocument>) -> io::Result<()> {
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
            if self.described.as_ref().is_none_or(|described| described.contains(id)) {
                out.name(me, schema_org("mentions"), entity_name(id))?;
            }
        }
        Ok(())
    }

    /// Types in use and their ancestors, then relation types in use, all in the order of the schema.
    pub(super) fn types(&self, out: &mut Out<'_>) -> io::Result<()> {
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
        let used: FxHashSet<&RelationType> = self.selection.statements().iter().map(|one| &one.relation).collect();
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

    pub(super) fn entity(
        &self,
        out: &mut Out<'_>,
        node: &EntityNode,
        facts: &[(&RelationType, &EntityId)],
    ) -> io::Result<()> {
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
}
