//! The one mapping from graph to RDF; files and the SPARQL store both come from it.

mod mapping;

mod described;
mod out;
mod statements;
pub mod term;

pub use mapping::{items, triples};
pub use out::{Item, Reifies, Section};
pub use term::{Datatype, Name, Object, Triple};
