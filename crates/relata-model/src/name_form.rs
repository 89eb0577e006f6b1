//! Forms of names that code makes, and what makes them.

use serde::{Deserialize, Serialize};

/// What makes a form of a name that no gazetteer lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MadeBy {
    /// Feminine or plural of a French demonym.
    FrenchDemonym,
    /// Plural of a French common noun.
    FrenchPlural,
    /// Plural of an English demonym.
    EnglishDemonym,
    /// Plural of an English common noun.
    EnglishPlural,
    /// A small s after an acronym: "GPUs".
    AcronymPlural,
    /// Case of a Russian name.
    RussianCase,
    /// Plural of a Russian common noun, in any case.
    RussianPlural,
    /// Case, gender or number of a Russian demonym.
    RussianDemonym,
    /// First half of a Russian double adjective: "российско-".
    RussianCompound,
    /// Initials for the first names: "V. Poutine".
    Initials,
    /// First name and patronymic without the surname, or first name and surname without the patronymic.
    Patronymic,
    /// Initials or patronymic in a Russian case.
    RussianPersonCase,
    /// Without the legal form: "Sberbank" for "Sberbank PJSC".
    LegalForm,
    /// First names before the surname where the gazetteer has them behind it: "Путин, Владимир".
    NameOrder,
    /// A Russian name in the letters of another language, or a foreign one in Russian letters, in any case.
    Transliteration,
    /// No form: the text differs in one letter.
    OneEdit,
}

impl MadeBy {
    /// All of them; the place of each is its code in compiled gazetteers.
    pub const ALL: [Self; 16] = [
        Self::FrenchDemonym,
        Self::FrenchPlural,
        Self::EnglishDemonym,
        Self::EnglishPlural,
        Self::AcronymPlural,
        Self::RussianCase,
        Self::RussianPlural,
        Self::RussianDemonym,
        Self::RussianCompound,
        Self::Initials,
        Self::Patronymic,
        Self::RussianPersonCase,
        Self::LegalForm,
        Self::NameOrder,
        Self::Transliteration,
        Self::OneEdit,
    ];

    /// In words, for reports.
    pub fn explain(self) -> &'static str {
        match self {
            Self::FrenchDemonym => "feminine or plural of a French demonym",
            Self::FrenchPlural => "plural of a French common noun",
            Self::EnglishDemonym => "plural of an English demonym",
            Self::EnglishPlural => "plural of an English common noun",
            Self::AcronymPlural => "plural of an acronym",
            Self::RussianCase => "case of a Russian name",
            Self::RussianPlural => "plural of a Russian common noun",
            Self::RussianDemonym => "case, gender or number of a Russian demonym",
            Self::RussianCompound => "first half of a Russian double adjective",
            Self::Initials => "initials of a person",
            Self::Patronymic => "a Russian name without its surname or patronymic",
            Self::RussianPersonCase => "case of a Russian name with initials or patronymic",
            Self::LegalForm => "a name without its legal form",
            Self::NameOrder => "first names put before the surname",
            Self::Transliteration => "a name in the letters of another language",
            Self::OneEdit => "one letter differs from the name",
        }
    }

    /// Whether the form stands only before a hyphen.
    pub fn before_hyphen(self) -> bool {
        self == Self::RussianCompound
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_each_is_its_place() {
        for (place, made_by) in MadeBy::ALL.into_iter().enumerate() {
            assert_eq!(made_by as usize, place);
        }
    }
}
