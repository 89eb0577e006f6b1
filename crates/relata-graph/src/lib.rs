//! Extractions to one knowledge graph: merge, focus, ranking.
