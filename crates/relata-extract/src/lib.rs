//! A document to its mentions and statements: sentences, linking, relation rules.
