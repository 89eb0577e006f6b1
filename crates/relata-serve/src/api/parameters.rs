//! What an address says behind its question mark.

use std::collections::BTreeSet;
use std::str::FromStr;

use relata_model::{Date, Language, Modality};

use crate::percent::pairs;
use crate::problem::Problem;

/// The parameters of all addresses below `/api`; each address uses some of them.
#[derive(Debug, Default)]
pub(crate) struct Parameters {
    /// What is searched for.
    pub(crate) q: Option<String>,
    /// The language of labels.
    pub(crate) lang: Option<Language>,
    /// At most so many of each list.
    pub(crate) limit: Option<usize>,
    /// How many statements away.
    pub(crate) hops: Option<usize>,
    /// Only facts.
    pub(crate) facts: bool,
    /// Only statements of so many documents.
    pub(crate) documents: Option<usize>,
    /// Only statements of so many origins.
    pub(crate) origins: Option<usize>,
    /// Only these.
    pub(crate) types: Vec<String>,
    /// Only these.
    pub(crate) predicates: Vec<String>,
    /// Only these.
    pub(crate) modalities: Vec<Modality>,
    /// Only what documents of this day or later say.
    pub(crate) since: Option<Date>,
    /// Only what documents of this day or earlier say.
    pub(crate) until: Option<Date>,
}

impl Parameters {
    /// # Errors
    /// 400 for an unknown parameter, or a value that is none.
    pub(crate) fn of(query: &str) -> Result<Self, Problem> {
        let mut all = Self::default();
        let mut once = BTreeSet::new();
        for (name, value) in pairs(query)? {
            let several = matches!(name.as_str(), "type" | "predicate" | "modality");
            if !several && !once.insert(name.clone()) {
                return Err(Problem::bad(format!("the parameter \"{name}\" is given twice")));
            }
            match name.as_str() {
                "q" => all.q = Some(value),
                "lang" => all.lang = Some(parsed(&name, &value)?),
                "limit" => all.limit = Some(number(&name, &value, 1, 1000)?),
                "hops" => all.hops = Some(number(&name, &value, 1, 3)?),
                "documents" => all.documents = Some(number(&name, &value, 1, 1_000_000)?),
                "origins" => all.origins = Some(number(&name, &value, 1, 1_000_000)?),
                "facts" => all.facts = parsed(&name, &value)?,
                "type" => all.types.push(value),
                "predicate" => all.predicates.push(value),
                "modality" => all.modalities.push(parsed(&name, &value)?),
                "since" => all.since = Some(parsed(&name, &value)?),
                "until" => all.until = Some(parsed(&name, &value)?),
                _ => return Err(Problem::bad(format!("unknown parameter \"{name}\"; /api/openapi.json lists them"))),
            }
        }
        Ok(all)
    }
}

fn parsed<T: FromStr<Err: std::fmt::Display>>(name: &str, value: &str) -> Result<T, Problem> {
    value.parse().map_err(|error| Problem::bad(format!("the parameter \"{name}\": {error}")))
}

fn number(name: &str, value: &str, least: usize, most: usize) -> Result<usize, Problem> {
    let number = value.parse().ok().filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| Problem::bad(format!("the parameter \"{name}\" is a number from {least} to {most}")))
}
