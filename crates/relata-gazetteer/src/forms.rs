//! Name forms made by code: what a text may write where a gazetteer lists one form.
//!
//! Forms are made generously: one that no text holds costs a few bytes, one that is missing costs a mention. They are made
//! by endings alone, without a dictionary; what is irregular must be listed.

mod english;
mod french;
mod person;
mod russian;

use relata_model::{Language, Name, NameKind};

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
}

impl MadeBy {
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
        }
    }

    /// Whether the form stands only before a hyphen.
    pub(crate) fn before_hyphen(self) -> bool {
        self == Self::RussianCompound
    }
}

/// What kind of thing a name names, as far as its forms depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A person: first names and a surname.
    Person,
    /// A place or a public body: a proper name that has no plural.
    Unique,
    /// A company, a product, a media outlet: a mark, whose words need not agree.
    Brand,
    /// Anything else; names in small letters may stand in the plural.
    Thing,
}

/// The forms of a name other than the listed one, sorted, no two alike in spelling.
///
/// ```
/// use relata_gazetteer::forms::{Named, forms};
/// use relata_model::{Language, Name, NameKind};
/// let name = Name {
///     text: "chinois".to_owned(),
///     language: Language::FRENCH,
///     kind: NameKind::Demonym,
///     case: None,
///     needs_context: false,
/// };
/// let texts: Vec<_> = forms(&name, Named::Unique).into_iter().map(|form| form.text).collect();
/// assert_eq!(texts, ["chinoise", "chinoises"]);
/// ```
pub fn forms(name: &Name, named: Named) -> Vec<Form> {
    let text = name.text.as_str();
    let mut out = Vec::new();
    let mut add = |made_by, texts: Vec<String>| out.extend(texts.into_iter().map(|text| Form { text, made_by }));
    let plural = matches!(named, Named::Thing | Named::Brand) && is_common(text);
    match (name.language, name.kind) {
        (Language::FRENCH, NameKind::Demonym) => add(MadeBy::FrenchDemonym, french::demonym(text)),
        (Language::ENGLISH, NameKind::Demonym) => add(MadeBy::EnglishDemonym, english::demonym(text)),
        (Language::RUSSIAN, NameKind::Demonym) => {
            add(MadeBy::RussianDemonym, russian::demonym(text));
            add(MadeBy::RussianCompound, russian::compound(text));
        }
        (Language::FRENCH, _) if plural => add(MadeBy::FrenchPlural, french::plural(text)),
        (Language::ENGLISH, _) if plural => add(MadeBy::EnglishPlural, english::plural(text)),
        (Language::RUSSIAN, _) if named == Named::Person => {
            let woman = russian::is_woman(text);
            add(MadeBy::RussianCase, russian::person(text, woman));
            let initials = person::initials(text);
            let short = person::without_a_part(text);
            for other in initials.iter().chain(&short) {
                add(MadeBy::RussianPersonCase, russian::person(other, woman));
            }
            add(MadeBy::Initials, initials);
            add(MadeBy::Patronymic, short);
        }
        (Language::RUSSIAN, _) => {
            add(MadeBy::RussianCase, russian::name(text, named == Named::Brand));
            if plural {
                add(MadeBy::RussianPlural, russian::plural(text));
            }
        }
        (_, NameKind::Label | NameKind::Alias) if named == Named::Person => {
            add(MadeBy::Initials, person::initials(text));
            add(MadeBy::Patronymic, person::without_a_part(text));
        }
        _ => {}
    }
    if named == Named::Thing && name.kind != NameKind::Demonym && is_acronym(text) {
        add(MadeBy::AcronymPlural, vec![format!("{text}s")]);
    }
    out.retain(|form| form.text != text);
    out.sort_unstable();
    out.sort_by(|a, b| a.text.cmp(&b.text));
    out.dedup_by(|later, first| later.text == first.text);
    out
}

/// Whether a name is written in small letters only, as common nouns are.
fn is_common(text: &str) -> bool {
    text.chars().any(char::is_lowercase) && !text.chars().any(char::is_uppercase)
}

/// Whether a name is two to five Latin capitals.
fn is_acronym(text: &str) -> bool {
    (2..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// `stem` with each of the endings, which `/` separates.
fn with_endings(stem: &str, endings: &str) -> Vec<String> {
    endings.split('/').map(|ending| format!("{stem}{ending}")).collect()
}
