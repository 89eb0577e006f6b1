//! A document to its mentions and statements.
//!
//! [`Extractor::extract`] is the one pipeline: sentences ([`segment`]), names (the gazetteer), entities ([`link`]),
//! statements ([`relate`]). It is a function of one document and the compiled data, and cannot fail; loading the data
//! reports every fault at once.

pub mod data;
mod expression;
pub mod extractor;
pub mod given;
mod held_posts;
pub mod link;
pub mod relate;
pub mod segment;
pub mod suggest;
pub mod usage;
pub mod verbs;

pub use data::{Data, DataError};
pub use extractor::{Extractor, Gazetteers, Spelling, shipped_gazetteer};
pub use given::{GivenError, GivenMentions, Misplaced};
pub use relate::Finding;
pub use suggest::{Suggester, Suggestion, Tally};
