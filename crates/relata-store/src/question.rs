//! What is asked.

use oxigraph::model::NamedNode;
use spargebra::algebra::QueryDataset;

/// A query and, where whoever asks chooses it outside the query, its dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The query; `@"Name"` in it stands for the IRI of the entity that is called so.
    pub sparql: String,
    /// The graphs that make up the default graph. With these or [`Question::named_graphs`], the dataset is what they name
    /// and nothing else, whatever FROM says; without both, what FROM says, or the whole store.
    pub default_graphs: Vec<NamedNode>,
    /// The graphs that GRAPH may name.
    pub named_graphs: Vec<NamedNode>,
}

impl Question {
    /// A query to the whole store.
    pub fn of(sparql: &str) -> Self {
        Self { sparql: sparql.to_owned(), ..Self::default() }
    }

    pub(crate) fn dataset(&self) -> Option<QueryDataset> {
        let chosen = !self.default_graphs.is_empty() || !self.named_graphs.is_empty();
        chosen.then(|| QueryDataset { default: self.default_graphs.clone(), named: Some(self.named_graphs.clone()) })
    }
}
