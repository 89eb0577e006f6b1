//! Name forms made by code: what a text may write where a gazetteer lists one form.

use relata_model::Name;

/// A form of a name, and what made it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Form {
    /// As a text may write it.
    pub text: String,
    /// Which habit of a language it follows.
    pub made_by: MadeBy,
}

/// What makes a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MadeBy {
    /// Plural of a French common noun.
    FrenchPlural,
}

impl MadeBy {
    /// Whether the form stands only before a hyphen.
    pub(crate) fn before_hyphen(self) -> bool {
        false
    }
}

/// The forms of a name other than the listed one.
pub fn forms(_name: &Name, _person: bool) -> Vec<Form> {
    Vec::new()
}
