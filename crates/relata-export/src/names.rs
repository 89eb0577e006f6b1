//! The names things have in RDF: namespaces, and ids that depend on nothing but what they name.

use relata_graph::{SourcedEvidence, StatementEdge};
use relata_model::{Digest, EntityId, Modality, RelationType};

use crate::BaseIri;

/// A namespace that the exports use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Space {
    /// The vocabulary of relata.
    Relata,
    /// The relation types that relata ships.
    Rel,
    /// Entities.
    Entity,
    /// Documents.
    Document,
    /// Statements.
    Statement,
    /// Evidence.
    Evidence,
    /// Rules.
    Rule,
    /// Runs of the program.
    Run,
    /// Dublin Core terms.
    DcTerms,
    /// OWL.
    Owl,
    /// PROV-O.
    Prov,
    /// RDF.
    Rdf,
    /// RDF Schema.
    Rdfs,
    /// schema.org.
    Schema,
    /// SKOS.
    Skos,
    /// `VoID`.
    Void,
    /// XML Schema datatypes.
    Xsd,
    /// The base IRI itself.
    Base,
    /// Entity types that a user's schema adds.
    OwnType,
    /// Relation types that a user's schema adds.
    OwnRelation,
    /// Wikidata items and properties.
    Wikidata,
}

impl Space {
    /// Those with a prefix, in the order in which they are declared; then the others.
    pub const ALL: [Self; 21] = [
        Self::Relata,
        Self::Rel,
        Self::Entity,
        Self::Document,
        Self::Statement,
        Self::Evidence,
        Self::Rule,
        Self::Run,
        Self::DcTerms,
        Self::Owl,
        Self::Prov,
        Self::Rdf,
        Self::Rdfs,
        Self::Schema,
        Self::Skos,
        Self::Void,
        Self::Xsd,
        Self::Base,
        Self::OwnType,
        Self::OwnRelation,
        Self::Wikidata,
    ];

    /// The prefix that Turtle and SPARQL know it by.
    pub fn prefix(self) -> Option<&'static str> {
        match self {
            Self::Relata => Some("relata"),
            Self::Rel => Some("rel"),
            Self::Entity => Some("ent"),
            Self::Document => Some("doc"),
            Self::Statement => Some("st"),
            Self::Evidence => Some("ev"),
            Self::Rule => Some("rule"),
            Self::Run => Some("run"),
            Self::DcTerms => Some("dcterms"),
            Self::Owl => Some("owl"),
            Self::Prov => Some("prov"),
            Self::Rdf => Some("rdf"),
            Self::Rdfs => Some("rdfs"),
            Self::Schema => Some("schema"),
            Self::Skos => Some("skos"),
            Self::Void => Some("void"),
            Self::Xsd => Some("xsd"),
            Self::Base | Self::OwnType | Self::OwnRelation | Self::Wikidata => None,
        }
    }

    fn iri(self, base: &str) -> String {
        let fixed = match self {
            Self::Relata => "https://w3id.org/relata/ns#",
            Self::Rel => "https://w3id.org/relata/rel#",
            Self::DcTerms => "http://purl.org/dc/terms/",
            Self::Owl => "http://www.w3.org/2002/07/owl#",
            Self::Prov => "http://www.w3.org/ns/prov#",
            Self::Rdf => "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
            Self::Rdfs => "http://www.w3.org/2000/01/rdf-schema#",
            Self::Schema => "http://schema.org/",
            Self::Skos => "http://www.w3.org/2004/02/skos/core#",
            Self::Void => "http://rdfs.org/ns/void#",
            Self::Xsd => "http://www.w3.org/2001/XMLSchema#",
            Self::Wikidata => "http://www.wikidata.org/entity/",
            Self::Entity => return format!("{base}entity/"),
            Self::Document => return format!("{base}document/"),
            Self::Statement => return format!("{base}statement/"),
            Self::Evidence => return format!("{base}evidence/"),
            Self::Rule => return format!("{base}rule/"),
            Self::Run => return format!("{base}run/"),
            Self::Base => return base.to_owned(),
            Self::OwnType => return format!("{base}type/"),
            Self::OwnRelation => return format!("{base}relation/"),
        };
        fixed.to_owned()
    }
}

/// The IRIs of all namespaces under one base.
#[derive(Clone, Debug)]
pub struct Namespaces([String; Space::ALL.len()]);

impl Namespaces {
    /// The namespaces of data under `base`.
    pub fn new(base: &BaseIri) -> Self {
        Self(Space::ALL.map(|space| space.iri(base.as_str())))
    }

    /// Where the names of a namespace begin.
    pub fn iri(&self, space: Space) -> &str {
        &self.0[space as usize]
    }

    /// The prefixes and what they stand for, in the order in which they are declared.
    pub fn prefixes(&self) -> impl Iterator<Item = (&'static str, &str)> {
        Space::ALL.into_iter().filter_map(|space| Some((space.prefix()?, self.iri(space))))
    }
}

/// The id of a statement: 16 hexadecimal digits that depend on what it says and nothing else.
pub fn statement_id(statement: &StatementEdge) -> String {
    statement_id_of(&statement.subject, &statement.relation, &statement.object, statement.modality)
}

fn statement_id_of(subject: &EntityId, relation: &RelationType, object: &EntityId, modality: Modality) -> String {
    Digest::of_parts(&[subject.as_str(), relation.as_str(), object.as_str(), modality.as_str()]).short()
}

/// The id of an evidence: 16 hexadecimal digits over its statement, its document, its quote's place and its rule.
pub fn evidence_id(statement_id: &str, document_id: &str, evidence: &SourcedEvidence) -> String {
    let quote = &evidence.record.quote;
    let (start, end) = (quote.start.to_string(), quote.end.to_string());
    Digest::of_parts(&[statement_id, document_id, &start, &end, &rule_name(&evidence.record.rule)]).short()
}

/// A rule's id as the local part of a name: `fr/posts/appointed` is `fr_posts_appointed`.
pub(crate) fn rule_name(rule: &str) -> String {
    rule.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

/// Entity types that the shipped schema declares and the vocabulary defines; others belong to the user.
pub(crate) const SHIPPED_ENTITY_TYPES: [&str; 19] = [
    "Person",
    "Organization",
    "Company",
    "GovernmentBody",
    "Bloc",
    "University",
    "MediaOutlet",
    "Place",
    "Country",
    "City",
    "Region",
    "Product",
    "AIModel",
    "Chip",
    "Software",
    "Supercomputer",
    "Event",
    "Programme",
    "Concept",
];

/// Relation types that the shipped schema declares and the vocabulary defines; others belong to the user.
pub(crate) const SHIPPED_RELATION_TYPES: [&str; 27] = [
    "holdsPositionIn",
    "memberOf",
    "partOf",
    "locatedIn",
    "country",
    "ownedBy",
    "foundedBy",
    "develops",
    "manufactures",
    "acquires",
    "suppliesTo",
    "investsIn",
    "uses",
    "dependsOn",
    "cooperatesWith",
    "competesWith",
    "inConflictWith",
    "sanctions",
    "supports",
    "opposes",
    "instructs",
    "meets",
    "visits",
    "participatesIn",
    "organizes",
    "announces",
    "relativeOf",
];

#[cfg(test)]
mod tests {
    use relata_model::Schema;

    use super::*;

    #[test]
    fn the_shipped_types_are_those_of_the_schema() {
        let schema = include_str!("../../../data/schema/schema.toml");
        let schema = Schema::from_toml("schema.toml", schema).unwrap();
        let entity_types: Vec<&str> = schema.entity_types().map(|(name, _)| name.as_str()).collect();
        let relation_types: Vec<&str> = schema.relation_types().map(|(name, _)| name.as_str()).collect();
        assert_eq!(entity_types, SHIPPED_ENTITY_TYPES);
        assert_eq!(relation_types, SHIPPED_RELATION_TYPES);
    }

    #[test]
    fn ids_are_those_of_the_worked_example() {
        let id = Digest::of_parts(&["nvidia", "suppliesTo", "russia", "ended"]).short();
        assert_eq!(id, "5c55efd41a118ccd");
        let rule = rule_name("fr/supply/verb");
        let evidence = Digest::of_parts(&[&id, "2025-03-10-moscou", "136", "173", &rule]).short();
        assert_eq!(evidence, "240068b655b2838a");
    }

    #[test]
    fn every_namespace_stands_at_its_own_place() {
        let spaces = Namespaces::new(&BaseIri::default());
        for space in Space::ALL {
            assert_eq!(spaces.iri(space), space.iri(BaseIri::DEFAULT));
        }
    }
}
