//! A document to its mentions and statements.
pub mod relate;
pub mod segment;
pub mod verbs;
