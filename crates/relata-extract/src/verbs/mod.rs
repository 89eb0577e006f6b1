//! The forms of a verb, made from its infinitive, with what each form says of time and reality.
//!
//! Regular verbs are conjugated by code; the others are listed in `data/<lang>/verbs.toml` with the stems that differ. Only
//! third persons, infinitives and participles are made; [`first_persons`] adds those of quoted speech. A word may be several forms.

mod english;
mod french;
mod russian;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use indexmap::IndexMap;
use relata_model::{Diagnostic, Language, LoadError};
use serde::Deserialize;

/// What a verb form says of time and reality, as far as its ending tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tense {
    /// Present or past, told as real.
    Real,
    /// Future; in Russian also the present forms of perfective verbs.
    Future,
    /// French conditional.
    Conditional,
    /// The bare infinitive: what stands before it decides.
    Infinitive,
    /// Past participle: alone or after an auxiliary.
    Participle,
    /// French and English present participle, Russian adverbial participle.
    Gerund,
}

/// One form of a verb, in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Form {
    /// The word.
    pub text: String,
    /// What its ending says.
    pub tense: Tense,
}

/// Irregular stems and forms of one verb, as `verbs.toml` lists them; what is left out is made as for a regular verb.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Irregular {
    /// Third-person forms of the present.
    #[serde(default)]
    pub present: Vec<String>,
    /// Other forms told as real: simple past and imperfect.
    #[serde(default)]
    pub past: Vec<String>,
    /// French: the stem of future and conditional ("tiendr"). Russian: future forms.
    #[serde(default)]
    pub future: Vec<String>,
    /// Past participle, masculine singular; Russian: short passive participle stem ("подписан").
    #[serde(default)]
    pub participle: Vec<String>,
    /// Present participle.
    #[serde(default)]
    pub gerund: Vec<String>,
    /// Russian: whether the present forms mean the future.
    #[serde(default)]
    pub perfective: bool,
}

/// The verbs of one language.
#[derive(Clone, Debug)]
pub struct Verbs {
    language: Language,
    irregular: IndexMap<String, Irregular>,
    /// What was conjugated already: rules name the same verbs many times.
    made: Arc<Mutex<HashMap<String, Arc<[Form]>>>>,
}

impl Verbs {
    /// Reads `verbs.toml`: a table a verb, named by its infinitive.
    ///
    /// # Errors
    /// When the file is not of that form.
    pub fn from_toml(language: Language, file: &str, source: &str) -> Result<Self, LoadError> {
        let irregular =
            toml::from_str(source).map_err(|error| LoadError(vec![Diagnostic::from_toml(file, source, &error)]))?;
        Ok(Self { language, irregular, made: Arc::default() })
    }

    /// Every form of the verb `infinitive`, sorted, without repeats.
    ///
    /// # Errors
    /// When neither the language's rules nor its list of irregular verbs can conjugate it.
    pub fn forms(&self, infinitive: &str) -> Result<Arc<[Form]>, UnknownVerb> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(forms) = made.get(infinitive) {
            return Ok(Arc::clone(forms));
        }
        let forms: Arc<[Form]> = self.conjugate(infinitive)?.into();
        made.insert(infinitive.to_owned(), Arc::clone(&forms));
        Ok(forms)
    }

    fn conjugate(&self, infinitive: &str) -> Result<Vec<Form>, UnknownVerb> {
        let irregular = self.irregular.get(infinitive);
        let forms = if self.language == Language::FRENCH {
            french::forms(infinitive, irregular)
        } else if self.language == Language::ENGLISH {
            Some(english::forms(infinitive, irregular))
        } else if self.language == Language::RUSSIAN {
            russian::forms(infinitive, irregular)
        } else {
            None
        };
        let mut forms =
            forms.ok_or_else(|| UnknownVerb { infinitive: infinitive.to_owned(), language: self.language })?;
        forms.sort_unstable();
        forms.dedup();
        Ok(forms)
    }
}

/// A verb that cannot be conjugated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot conjugate \"{infinitive}\": give its forms in data/{language}/verbs.toml")]
pub struct UnknownVerb {
    infinitive: String,
    language: Language,
}

/// The first persons of a verb, made from its other forms: who is quoted speaks of himself. English ones are like the plural.
pub fn first_persons(language: Language, forms: &[Form]) -> Vec<Form> {
    if language == Language::FRENCH {
        french::first_persons(forms)
    } else if language == Language::RUSSIAN {
        russian::first_persons(forms)
    } else {
        Vec::new()
    }
}

/// Adds `stem` + each ending as forms of `tense`.
fn add(forms: &mut Vec<Form>, tense: Tense, stem: &str, endings: &[&str]) {
    forms.extend(endings.iter().map(|ending| Form { text: format!("{stem}{ending}"), tense }));
}

/// Adds the listed words as forms of `tense`.
fn add_listed(forms: &mut Vec<Form>, tense: Tense, words: &[String]) {
    forms.extend(words.iter().map(|word| Form { text: word.clone(), tense }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(language: Language, list: &str, infinitive: &str, tense: Tense) -> Vec<String> {
        let verbs = Verbs::from_toml(language, "verbs.toml", list).unwrap();
        let forms = verbs.forms(infinitive).unwrap();
        forms.iter().filter(|form| form.tense == tense).map(|form| form.text.clone()).collect()
    }

    #[test]
    fn french_regular_verbs() {
        let of = |verb, tense| made(Language::FRENCH, "", verb, tense);
        assert_eq!(
            of("exporter", Tense::Real),
            ["exporta", "exportaient", "exportait", "exporte", "exportent", "exportèrent"]
        );
        assert_eq!(of("exporter", Tense::Conditional), ["exporterai".to_owned() + "ent", "exporterait".to_owned()]);
        assert_eq!(of("lancer", Tense::Real), ["lance", "lancent", "lancèrent", "lança", "lançaient", "lançait"]);
        assert_eq!(of("diriger", Tense::Gerund), ["dirigeant"]);
        assert_eq!(of("employer", Tense::Future), ["emploiera", "emploieront"]);
        assert_eq!(of("acheter", Tense::Real)[4..], ["achète", "achètent"]);
        assert_eq!(of("céder", Tense::Real), ["cède", "cèdent", "céda", "cédaient", "cédait", "cédèrent"]);
        assert_eq!(
            of("investir", Tense::Real),
            ["investirent", "investissaient", "investissait", "investissent", "investit"]
        );
        assert_eq!(of("vendre", Tense::Participle), ["vendu", "vendue", "vendues", "vendus"]);
    }

    #[test]
    fn first_persons_come_from_the_other_forms() {
        let of = |language, verb| {
            let verbs = Verbs::from_toml(language, "verbs.toml", "").unwrap();
            let made = first_persons(language, &verbs.forms(verb).unwrap());
            made.into_iter().map(|form| form.text).collect::<Vec<_>>()
        };
        let french = of(Language::FRENCH, "dépendre");
        for form in ["dépendons", "dépends", "dépendions", "dépendais", "dépendrons", "dépendrai", "dépendrions"]
        {
            assert!(french.contains(&form.to_owned()), "{form} of {french:?}");
        }
        assert!(of(Language::FRENCH, "acheter").contains(&"achetons".to_owned()));
        let russian = of(Language::RUSSIAN, "поддерживать");
        assert!(russian.contains(&"поддерживаем".to_owned()) && russian.contains(&"поддерживаю".to_owned()));
    }

    #[test]
    fn french_irregular_verbs_take_what_is_listed() {
        let list = r#"soutenir = { present = ["soutient", "soutiennent"], past = ["soutint", "soutenait"], future = ["soutiendr"], participle = ["soutenu"], gerund = ["soutenant"] }"#;
        let of = |tense| made(Language::FRENCH, list, "soutenir", tense);
        assert_eq!(of(Tense::Future), ["soutiendra", "soutiendront"]);
        assert_eq!(of(Tense::Real), ["soutenait", "soutiennent", "soutient", "soutint"]);
        assert_eq!(of(Tense::Participle), ["soutenu", "soutenue", "soutenues", "soutenus"]);
    }

    #[test]
    fn english_verbs() {
        let of = |verb, tense| made(Language::ENGLISH, r#"buy = { past = ["bought"] }"#, verb, tense);
        assert_eq!(of("supply", Tense::Real), ["supplied", "supplies", "supply"]);
        assert_eq!(of("ban", Tense::Gerund), ["banning"]);
        assert_eq!(of("use", Tense::Real), ["use", "used", "uses"]);
        assert_eq!(of("buy", Tense::Participle), ["bought"]);
        assert_eq!(of("launch", Tense::Real), ["launch", "launched", "launches"]);
        assert_eq!(of("develop", Tense::Participle), ["developed"], "the last syllable is not stressed");
    }

    #[test]
    fn russian_verbs() {
        let list = "\"заключить\" = { perfective = true }\n\"подписать\" = { present = [\"подпишет\", \"подпишут\"], perfective = true }";
        let of = |verb, tense| made(Language::RUSSIAN, list, verb, tense);
        assert!(of("инвестировать", Tense::Real).contains(&"инвестирует".to_owned()));
        assert!(of("инвестировать", Tense::Real).contains(&"инвестировала".to_owned()));
        assert_eq!(of("заключить", Tense::Future), ["заключат", "заключит"]);
        assert_eq!(of("подписать", Tense::Future), ["подпишет", "подпишут"]);
        assert!(of("встречаться", Tense::Real).contains(&"встречался".to_owned()));
        assert!(of("встречаться", Tense::Real).contains(&"встречается".to_owned()));
    }

    #[test]
    fn a_verb_of_no_known_kind_is_an_error() {
        let verbs = Verbs::from_toml(Language::FRENCH, "verbs.toml", "").unwrap();
        assert_eq!(
            verbs.forms("xyz").unwrap_err().to_string(),
            "cannot conjugate \"xyz\": give its forms in data/fr/verbs.toml"
        );
    }
}
