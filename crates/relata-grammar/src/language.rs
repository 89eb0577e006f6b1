//! The languages there is a model for.

/// A language of the press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// French.
    French,
    /// English.
    English,
    /// Russian.
    Russian,
}

impl Language {
    /// Every language, in the order of the documentation.
    pub const ALL: [Self; 3] = [Self::French, Self::English, Self::Russian];

    /// Its two-letter code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
            Self::Russian => "ru",
        }
    }

    /// The language of a two-letter code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}
