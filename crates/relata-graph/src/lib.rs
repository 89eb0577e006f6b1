//! One knowledge graph out of what was found in each document.
//!
//! [`KnowledgeGraph::merge`] takes extraction records in any order and keeps every passage: the same claim in three
//! documents is one edge with three evidences. [`KnowledgeGraph::select`] takes the part of it that a [`Filter`] asks for
//! and tells what it cut; [`KnowledgeGraph::find_entity`] finds an entity by what somebody typed.
//!
//! ```
//! use relata_graph::{Filter, KnowledgeGraph};
//! use relata_model::Schema;
//!
//! let schema = Schema::from_toml("schema.toml", "").expect("an empty schema has no fault");
//! let graph = KnowledgeGraph::merge([], |_| None, &schema).expect("nothing contradicts nothing");
//! assert_eq!(graph.select(&Filter::default()).statements().len(), 0);
//! ```

pub mod conflicts;
mod copies;
pub mod decimal;
pub mod diff;
pub mod filter;
pub mod knowledge_graph;
pub mod merge;
pub mod search;
pub mod selection;

pub use conflicts::{Conflict, ConflictKind};
pub use decimal::canonical_decimal;
pub use diff::{Cause, Change, DataChange, GraphDiff, diff};
pub use filter::Filter;
pub use knowledge_graph::{
    CoOccurrence, EntityNode, KnowledgeGraph, LiftedAmount, SourceDocument, SourcedEvidence, StatementEdge,
};
pub use merge::{GraphDraft, MergeError};
pub use search::FindError;
pub use selection::{Cut, CutBy, Selection};
