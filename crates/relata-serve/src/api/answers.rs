//! What each address answers.

use relata_graph::{EntityNode, Filter, StatementEdge};
use relata_model::{EntityId, Modality};

use crate::api::View;
use crate::api::shapes::{
    DocumentAnswer, DocumentPassage, EgoAnswer, EntityAnswer, Group, SearchAnswer, StatementAnswer,
};
use crate::problem::Problem;

/// Of a search, of each group of statements, of an ego network's entities, when nothing is said.
const LIMIT: usize = 50;

/// Entities by a part of a name; those that most documents name first.
pub(crate) fn search(view: &View<'_>) -> Result<SearchAnswer, Problem> {
    let query = view.parameters.q.clone();
    let query = query.ok_or_else(|| Problem::bad("say what to search for: /api/search?q=…"))?;
    let mut found = view.records.graph.search(&query);
    // Who is called exactly so comes first.
    if let Ok(exact) = view.records.graph.find_entity(&query)
        && let Some(place) = found.iter().position(|node| node.entity.id == exact.entity.id)
    {
        found[..=place].rotate_right(1);
    }
    let shown = found.iter().take(view.parameters.limit.unwrap_or(LIMIT));
    Ok(SearchAnswer { query, found: found.len(), results: shown.map(|node| view.name(node)).collect() })
}

/// An entity and what is said of it, facts apart from the rest.
pub(crate) fn entity(view: &View<'_>) -> Result<EntityAnswer, Problem> {
    let node = found(view)?;
    let statements = view.records.graph.statements_of(&node.entity.id);
    let group = |admits: &dyn Fn(&StatementEdge) -> bool| {
        let of_kind: Vec<&StatementEdge> = statements.iter().copied().filter(|one| admits(one)).collect();
        let shown = of_kind.iter().take(view.parameters.limit.unwrap_or(LIMIT));
        Group { found: of_kind.len(), statements: shown.map(|one| view.said(one)).collect() }
    };
    let entity = &node.entity;
    let mut names: Vec<String> = entity.names.iter().map(|name| name.text.clone()).collect();
    names.sort_unstable();
    names.dedup();
    Ok(EntityAnswer {
        name: view.name(node),
        labels: entity.labels.iter().map(|(language, label)| (language.to_string(), label.clone())).collect(),
        names,
        wikidata: entity.wikidata.as_ref().map(ToString::to_string),
        mentions: node.mentions,
        facts: group(&StatementEdge::is_fact),
        claimed: group(&|one| one.modality == Modality::Asserted && !one.is_fact()),
        planned: group(&|one| one.modality == Modality::Planned),
        hypothetical: group(&|one| one.modality == Modality::Hypothetical),
        ended: group(&|one| one.modality == Modality::Ended),
        negated: group(&|one| one.modality == Modality::Negated),
    })
}

/// What lies around an entity: the heaviest entities and everything between them.
pub(crate) fn ego(view: &View<'_>) -> Result<EgoAnswer, Problem> {
    let node = found(view)?;
    let parameters = view.parameters;
    let schema = view.records.graph.schema();
    let types = parameters.types.iter().map(|name| schema.entity_type(name));
    let relations = parameters.predicates.iter().map(|name| schema.relation_type(name));
    let filter = Filter {
        focus: vec![node.entity.id.clone()],
        hops: parameters.hops.unwrap_or(1),
        top: Some(parameters.limit.unwrap_or(LIMIT)),
        entity_types: types.collect::<Result<_, _>>().map_err(|error| Problem::bad(error.to_string()))?,
        relations: relations.collect::<Result<_, _>>().map_err(|error| Problem::bad(error.to_string()))?,
        modalities: parameters.modalities.clone(),
        facts_only: parameters.facts,
        min_documents: parameters.documents.unwrap_or(1),
        min_origins: parameters.origins.unwrap_or(1),
        since: parameters.since,
        until: parameters.until,
    };
    let selection = view.records.graph.select(&filter);
    Ok(EgoAnswer {
        center: node.entity.id.to_string(),
        entities: selection.entities().iter().map(|node| view.name(node)).collect(),
        statements: selection.statements().iter().map(|one| view.said(one)).collect(),
        cut: selection.cut().is_part().then(|| selection.cut().to_string()),
    })
}

/// A statement with every passage that says it.
pub(crate) fn statement(view: &View<'_>) -> Result<StatementAnswer, Problem> {
    let statement = view.records.statement(view.id);
    let statement = statement.ok_or_else(|| Problem::not_found(format!("there is no statement \"{}\"", view.id)))?;
    let evidence = statement.evidence.iter().map(|one| view.passage(one)).collect();
    Ok(StatementAnswer { said: view.said(statement), evidence })
}

/// A document and what it says, in the order of its text.
pub(crate) fn document(view: &View<'_>) -> Result<DocumentAnswer, Problem> {
    let document = view.records.document(view.id);
    let document = document.ok_or_else(|| Problem::not_found(format!("there is no document \"{}\"", view.id)))?;
    let graph = &view.records.graph;
    let mut passages = Vec::new();
    for statement in graph.statements() {
        for evidence in statement.evidence.iter().filter(|one| one.document.name == document.name) {
            passages.push(DocumentPassage { statement: view.said(statement), passage: view.passage(evidence) });
        }
    }
    passages.sort_by_key(|one| (one.passage.start, one.passage.end));
    let entities = document.entities.iter().filter_map(|id| graph.entity(id));
    Ok(DocumentAnswer {
        name: view.document(document),
        digest: document.digest.clone(),
        length: document.length,
        entities: entities.map(|node| view.name(node)).collect(),
        passages,
    })
}

fn found<'v>(view: &View<'v>) -> Result<&'v EntityNode, Problem> {
    let id = view.id.parse::<EntityId>().ok();
    let node = id.and_then(|id| view.records.graph.entity(&id));
    node.ok_or_else(|| {
        Problem::not_found(format!("there is no entity \"{}\": /api/search?q= finds entities by their names", view.id))
    })
}
