//! The vocabulary and the shapes, as the program carries them.

/// What classes, properties and values of an export mean, in Turtle.
pub const VOCABULARY: &str = include_str!("../../../data/schema/vocab.ttl");

/// What every export must look like, in SHACL Core.
pub const SHAPES: &str = include_str!("../../../data/schema/shapes.ttl");

/// The same where a query is needed, in SHACL-SPARQL; apart, because some engines cannot read it.
pub const SPARQL_SHAPES: &str = include_str!("../../../data/schema/shapes-sparql.ttl");
