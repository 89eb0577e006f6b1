//! The knowledge graph in oxigraph: SPARQL.
