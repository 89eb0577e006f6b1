//! Regular expressions that are compiled when they are first used.

use std::ops::Deref;
use std::sync::OnceLock;

use regex::Regex;

/// A regular expression of the program's own making. A run reads documents of one language or two, and most of the time that
/// loading takes would go into the expressions of the others.
#[derive(Debug)]
pub(crate) struct Expression {
    source: String,
    compiled: OnceLock<Regex>,
}

impl Expression {
    /// Keeps the source, which must be a valid expression: of fixed text, escaped words, or classes of symbols.
    pub(crate) fn new(source: String) -> Self {
        Self { source, compiled: OnceLock::new() }
    }
}

impl Deref for Expression {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        let build = || Regex::new(&self.source).expect("what the program makes its expressions of is valid");
        self.compiled.get_or_init(build)
    }
}
