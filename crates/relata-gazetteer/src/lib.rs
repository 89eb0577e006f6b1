//! Names to entities: gazetteer sources, name forms and the word-wise matcher.
//!
//! [`load`] reads sources into entities, [`Gazetteer::new`] makes the [`forms`] of their names and an index of them, and
//! [`Gazetteer::find`] returns the names that stand in a text. Which entity a name means is not decided here: a mention
//! has all candidates.

pub mod check;
pub mod compiled;
pub mod forms;
pub mod gazetteer;
pub mod judgements;
pub mod source;

mod fold;
mod gap;
mod index;
mod spelling;
mod words;

pub use check::{Finding, Problem, check};
pub use compiled::{Compiled, CompiledError, is_compiled};
pub use fold::folded;
pub use gazetteer::{Counts, Gazetteer, TypeConflict};
pub use source::{Loaded, Place, Source, SourceFile, load, write_line};
