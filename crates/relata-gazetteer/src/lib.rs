//! Names to entities: gazetteer sources, name forms and the word-wise matcher.
