//! RDF: SKOS concepts and whatever else has labels. Triples come in any order, so the named things are held in memory.

use std::io::BufRead;

use indexmap::IndexMap;
use oxrdf::Term;
use oxrdfio::{RdfFormat, RdfParseError, RdfParser};
use relata_model::NameKind;

use crate::draft::Draft;
use crate::{Format, Sink, Stop};

const LABELS: [(&str, NameKind); 8] = [
    ("http://www.w3.org/2004/02/skos/core#prefLabel", NameKind::Label),
    ("http://www.w3.org/2000/01/rdf-schema#label", NameKind::Label),
    ("http://schema.org/name", NameKind::Label),
    ("https://schema.org/name", NameKind::Label),
    ("http://xmlns.com/foaf/0.1/name", NameKind::Label),
    ("http://www.w3.org/2004/02/skos/core#altLabel", NameKind::Alias),
    ("http://www.w3.org/2004/02/skos/core#hiddenLabel", NameKind::Alias),
    ("http://schema.org/alternateName", NameKind::Alias),
];
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const SAME: [&str; 2] = ["http://www.w3.org/2002/07/owl#sameAs", "http://www.w3.org/2004/02/skos/core#exactMatch"];
const WIKIDATA: &str = "http://www.wikidata.org/entity/";

pub(crate) fn read(source: &mut dyn BufRead, format: Format, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let format = match format {
        Format::RdfXml => RdfFormat::RdfXml,
        Format::NTriples => RdfFormat::NTriples,
        _ => RdfFormat::Turtle,
    };
    // Relative addresses stay harmless: nothing is looked up.
    let parser = RdfParser::from_format(format)
        .with_base_iri("urn:relata:import/")
        .unwrap_or_else(|_| RdfParser::from_format(format));
    let mut things: IndexMap<String, (usize, Draft)> = IndexMap::new();
    let mut stopped = None;
    for (number, quad) in (1..).zip(parser.for_reader(source)) {
        let quad = match quad {
            Ok(quad) => quad,
            Err(RdfParseError::Syntax(error)) => {
                let line = error.location().map_or(0, |place| usize::try_from(place.start.line).unwrap_or(0) + 1);
                stopped = Some(Stop::Source { line, error: error.to_string() });
                break;
            }
            Err(error @ RdfParseError::Io(_)) => {
                stopped = Some(Stop::Source { line: number, error: error.to_string() });
                break;
            }
        };
        let (subject, predicate) = (quad.subject.to_string(), quad.predicate.as_str());
        let kind = LABELS.iter().find(|(iri, _)| *iri == predicate).map(|(_, kind)| *kind);
        if kind.is_none() && predicate != TYPE && !SAME.contains(&predicate) {
            continue;
        }
        let (_, draft) = things.entry(subject).or_insert_with(|| (number, Draft::default()));
        match (&quad.object, kind) {
            (Term::Literal(literal), Some(kind)) => {
                draft.name(literal.language().and_then(|tag| tag.parse().ok()), kind, literal.value());
            }
            (Term::NamedNode(class), None) if predicate == TYPE => {
                let iri = class.as_str().replacen("https://schema.org/", "http://schema.org/", 1);
                let item = iri.strip_prefix(WIKIDATA).unwrap_or_default();
                if let Some(known) = sink.types.rdf.get(&iri).or_else(|| sink.types.wikidata.get(item)) {
                    draft.entity_type.clone_from(known);
                } else if draft.entity_type.is_empty() {
                    draft.entity_type = iri;
                }
            }
            (Term::NamedNode(same), None) => {
                if let Some(item) = same.as_str().strip_prefix(WIKIDATA) {
                    item.clone_into(&mut draft.wikidata);
                }
            }
            _ => {}
        }
    }
    for (subject, (number, mut draft)) in things {
        let iri = subject.trim_matches(['<', '>']);
        let last = iri.rsplit(['/', '#', ':']).next().unwrap_or_default();
        if subject.starts_with('<') {
            last.clone_into(&mut draft.id);
        }
        if let Some(item) = iri.strip_prefix(WIKIDATA) {
            item.clone_into(&mut draft.wikidata);
        }
        sink.take(number, Ok(draft))?;
    }
    stopped.map_or(Ok(()), Err)
}
