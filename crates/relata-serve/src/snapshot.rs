//! What is served at a moment, and where the next comes from.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use relata_export::{DocumentIds, statement_id};
use relata_graph::{KnowledgeGraph, StatementEdge};
use relata_store::GraphStore;

/// A graph, ready to be asked. Requests that have begun keep theirs when another takes its place.
pub struct Snapshot {
    /// Answers SPARQL.
    pub store: GraphStore,
    /// Records with their sentences, where what is served is a build folder.
    pub(crate) records: Option<Records>,
}

/// The graph behind the JSON interface, with the ids that its addresses use.
pub(crate) struct Records {
    pub(crate) graph: KnowledgeGraph,
    pub(crate) document_ids: DocumentIds,
    /// Statement id to the place among all statements.
    statements: BTreeMap<String, usize>,
    /// Document id to the place among all documents.
    documents: BTreeMap<String, usize>,
}

impl Snapshot {
    /// Serves triples, and with `graph` the sentences behind them.
    pub fn new(store: GraphStore, graph: Option<KnowledgeGraph>) -> Self {
        Self { store, records: graph.map(Records::new) }
    }

    /// The whole IRI of something with a prefix.
    pub(crate) fn iri(&self, prefix: &str, local: &str) -> String {
        let known = self.store.prefixes().iter().find(|(known, _)| known == prefix);
        format!("{}{local}", known.map_or("", |(_, namespace)| namespace.as_str()))
    }
}

impl Records {
    fn new(graph: KnowledgeGraph) -> Self {
        let document_ids = DocumentIds::of_graph(&graph);
        let statements = graph.statements().enumerate().map(|(place, one)| (statement_id(one), place)).collect();
        let names = graph.documents().iter().enumerate();
        let documents = names.map(|(place, one)| (document_ids.id(&one.name).to_owned(), place)).collect();
        Self { graph, document_ids, statements, documents }
    }

    pub(crate) fn statement(&self, id: &str) -> Option<&StatementEdge> {
        self.statements.get(id).and_then(|place| self.graph.statements().nth(*place))
    }

    pub(crate) fn document(&self, id: &str) -> Option<&Arc<relata_graph::SourceDocument>> {
        self.documents.get(id).and_then(|place| self.graph.documents().get(*place))
    }
}

/// Where snapshots come from.
pub trait Source: Send + Sync + 'static {
    /// Tells states of the source apart; `None` while it is being changed.
    fn state(&self) -> Option<String>;

    /// Loads what is there now.
    ///
    /// # Errors
    /// With a sentence for whoever runs the server.
    fn load(&self) -> Result<Snapshot, String>;
}

/// The snapshot that new requests get.
pub(crate) struct Current(RwLock<Arc<Snapshot>>);

impl Current {
    pub(crate) fn new(snapshot: Snapshot) -> Self {
        Self(RwLock::new(Arc::new(snapshot)))
    }

    pub(crate) fn get(&self) -> Arc<Snapshot> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The next takes its place in one step.
    pub(crate) fn replace(&self, snapshot: Snapshot) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
    }
}
