//! The knowledge graph to bytes: Turtle, GraphML, DOT.
