//! Name forms made by code: what a text may write where a gazetteer lists one form.
//!
//! Forms are made generously: one that no text holds costs a few bytes, one that is missing costs a mention. They are made
//! by endings alone, without a dictionary; what is irregular must be listed.

mod english;
mod french;
mod legal;
mod person;
mod russian;
mod transliteration;

use relata_model::{Language, MadeBy, Name, NameKind};

/// A form of a name, and what made it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Form {
    /// As a text may write it.
    pub text: String,
    /// Which habit of a language it follows.
    pub made_by: MadeBy,
}

/// Whether names are looked for in the letters of other languages too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Transliterations {
    /// Only names that are listed, and forms in the same letters.
    #[default]
    None,
    /// "Poutine", "Putin" and "Путин" wherever one of them is listed.
    Russian,
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
/// use relata_gazetteer::forms::{Named, Transliterations, forms};
/// use relata_model::{Language, Name, NameKind};
/// let name = Name::new("chinois", Language::FRENCH, NameKind::Demonym);
/// let texts: Vec<_> =
///     forms(&name, Named::Unique, Transliterations::None).into_iter().map(|form| form.text).collect();
/// assert_eq!(texts, ["chinoise", "chinoises"]);
/// ```
pub fn forms(name: &Name, named: Named, transliterations: Transliterations) -> Vec<Form> {
    let mut out = Forms(Vec::new());
    let proper = matches!(name.kind, NameKind::Label | NameKind::Alias);
    out.of_spelling(&name.text, name, named);
    if proper && named == Named::Person {
        if let Some(other) = person::in_order(&name.text) {
            out.of_spelling(&other, name, named);
            out.add(MadeBy::NameOrder, vec![other]);
        }
    } else if proper && let Some(short) = legal::without(&name.text) {
        out.of_spelling(&short, name, named);
        out.add(MadeBy::LegalForm, vec![short]);
    }
    if proper && transliterations == Transliterations::Russian {
        for (language, other) in transliteration::variants(&name.text, name.language, named) {
            let mut own = Forms(Vec::new());
            own.of_spelling(&other, &Name { language, ..name.clone() }, named);
            out.add(MadeBy::Transliteration, own.0.into_iter().map(|form| form.text).collect());
            out.add(MadeBy::Transliteration, vec![other]);
        }
    }
    let Forms(mut out) = out;
    out.retain(|form| form.text != name.text);
    out.sort_unstable();
    out.dedup_by(|later, first| later.text == first.text);
    out
}

struct Forms(Vec<Form>);

impl Forms {
    fn add(&mut self, made_by: MadeBy, texts: Vec<String>) {
        self.0.extend(texts.into_iter().map(|text| Form { text, made_by }));
    }

    /// Adds the forms of one way to write a name.
    fn of_spelling(&mut self, text: &str, name: &Name, named: Named) {
        let plural = matches!(named, Named::Thing | Named::Brand) && is_common(text);
        match (name.language, name.kind) {
            (_, NameKind::Acronym) => match noun_case(text, name.language) {
                Some(cases) => self.add(MadeBy::RussianCase, cases),
                None if text.is_ascii() => self.add(MadeBy::AcronymPlural, vec![format!("{text}s")]),
                None => {}
            },
            (Language::FRENCH, NameKind::Demonym) => self.add(MadeBy::FrenchDemonym, french::demonym(text)),
            (Language::ENGLISH, NameKind::Demonym) => self.add(MadeBy::EnglishDemonym, english::demonym(text)),
            (Language::RUSSIAN, NameKind::Demonym) => {
                self.add(MadeBy::RussianDemonym, russian::demonym(text));
                self.add(MadeBy::RussianCompound, russian::compound(text));
            }
            (Language::RUSSIAN, NameKind::Role) => self.add(MadeBy::RussianCase, russian::name(text, false)),
            (_, NameKind::Role) => {}
            (Language::FRENCH, _) if plural => self.add(MadeBy::FrenchPlural, french::plural(text)),
            (Language::ENGLISH, _) if plural => self.add(MadeBy::EnglishPlural, english::plural(text)),
            (Language::RUSSIAN, _) if named == Named::Person => {
                let woman = russian::is_woman(text);
                self.add(MadeBy::RussianCase, russian::person(text, woman));
                let initials = person::initials(text);
                let short = person::without_a_part(text);
                for other in initials.iter().chain(&short) {
                    self.add(MadeBy::RussianPersonCase, russian::person(other, woman));
                }
                self.add(MadeBy::Initials, person::initials_behind(text));
                self.add(MadeBy::Initials, initials);
                self.add(MadeBy::Patronymic, short);
            }
            (Language::RUSSIAN, _) => {
                self.add(MadeBy::RussianCase, russian::name(text, named == Named::Brand));
                if plural {
                    self.add(MadeBy::RussianPlural, russian::plural(text));
                }
            }
            (_, NameKind::Label | NameKind::Alias) if named == Named::Person => {
                self.add(MadeBy::Initials, person::initials(text));
                self.add(MadeBy::Patronymic, person::without_a_part(text));
            }
            _ => {}
        }
        if named == Named::Thing && matches!(name.kind, NameKind::Label | NameKind::Alias) && is_acronym(text) {
            self.add(MadeBy::AcronymPlural, vec![format!("{text}s")]);
        }
    }
}

/// The cases of a Russian acronym that is read as a word; `None` in other languages.
fn noun_case(text: &str, language: Language) -> Option<Vec<String>> {
    (language == Language::RUSSIAN).then(|| russian::name(text, false))
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
