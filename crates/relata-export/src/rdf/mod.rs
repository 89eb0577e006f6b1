//! The one mapping from graph to RDF; files and the SPARQL store both come from it.

mod mapping;
pub mod term;

pub use mapping::{Item, Section, triples};
pub use term::{Datatype, Name, Object, Triple};
