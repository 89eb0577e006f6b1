//! The knowledge graph in memory or on disk, answering SPARQL.
//!
//! [`GraphStore`] holds the triples of an export; [`GraphStore::query`] answers SELECT, ASK, CONSTRUCT and DESCRIBE with
//! the usual prefixes declared. Nothing leaves the machine: no HTTP client is compiled in, `SERVICE` and updates are refused.
//! [`GraphStore::create`] and [`GraphStore::open`] keep a graph that is larger than memory on disk, where the feature `rocksdb` is built in.
//!
//! ```
//! use relata_store::{AnswerFormat, GraphStore};
//!
//! let turtle = "@prefix ent: <https://relata.example/entity/> . ent:russia <http://www.w3.org/2000/01/rdf-schema#label> \"Russie\"@fr .";
//! let store = GraphStore::from_turtle(turtle.as_bytes())?;
//! let answer = store.query("SELECT ?entity WHERE { ?entity rdfs:label \"Russie\"@fr }")?;
//! let mut table = Vec::new();
//! answer.write(AnswerFormat::Table, &mut table)?;
//! assert!(String::from_utf8(table)?.contains("ent:russia"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod question;

mod disk;
mod graph_store;
mod loading;

mod collected;
mod complexity;
mod limits;
mod names;
mod operands;
mod place;
mod query_error;
mod query_parts;
mod service;
mod stoppable;
mod texts;

mod answer;
mod plan;
mod table;
mod turtle;

pub use answer::{Answer, AnswerError, AnswerFormat, Rows, UnknownAnswerFormat};
pub use disk::{DESCRIPTION, is_store};
pub use graph_store::GraphStore;
pub use limits::{Limits, StopReason, StopSwitch};
pub use loading::StoreError;
pub use oxigraph::io::RdfFormat;
pub use oxigraph::model::NamedNode;
pub use plan::Plan;
pub use query_error::{QueryError, SyntaxError};
pub use question::Question;
