//! A record on its way to an entity.

use indexmap::IndexMap;
use relata_model::{
    AccentPolicy, CasePolicy, Date, Digest, Entity, EntityId, Language, Name, NameKind, Period, Prior, Schema,
    WikidataId,
};

use crate::{Options, Reason};

/// What a record says, as it says it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    /// An id as the source has it; made of the first name when empty.
    pub(crate) id: String,
    /// What stands before the source's id, so that the ids of two sources differ.
    pub(crate) prefix: &'static str,
    /// Type in our words, or what the source says where it knows none of ours.
    pub(crate) entity_type: String,
    /// The usual name first; `None` where the source does not tell the language.
    pub(crate) names: Vec<(Option<Language>, NameKind, String)>,
    pub(crate) country: String,
    pub(crate) related: Vec<String>,
    pub(crate) context: Vec<(Language, String)>,
    pub(crate) wikidata: String,
    pub(crate) exact: bool,
    pub(crate) accents: Option<AccentPolicy>,
    /// Which of several entities of these names is meant rather.
    pub(crate) priority: i8,
    /// How often it is meant, as a number.
    pub(crate) prior: String,
    /// When it began or was born, and when it ended; whatever is no date is passed over.
    pub(crate) from: String,
    pub(crate) to: String,
}

/// Longer ones are descriptions.
const LONGEST_NAME: usize = 200;

impl Draft {
    pub(crate) fn name(&mut self, language: Option<Language>, kind: NameKind, text: &str) {
        let text = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        let text = text.collect::<Vec<_>>().join(" ");
        if text.chars().any(char::is_alphanumeric) && text.len() <= LONGEST_NAME {
            self.names.push((language, kind, text));
        }
    }

    pub(crate) fn names_of<'n>(
        &mut self,
        language: Option<Language>,
        kind: NameKind,
        names: impl Iterator<Item = &'n str>,
    ) {
        names.for_each(|name| self.name(language, kind, name));
    }

    pub(crate) fn into_entity(self, schema: &Schema, options: &Options) -> Result<Entity, Reason> {
        let mut names: Vec<Name> = Vec::new();
        let mut labels = IndexMap::new();
        for (language, kind, text) in &self.names {
            let wanted =
                language.is_none_or(|language| options.languages.is_empty() || options.languages.contains(&language));
            let language = language.unwrap_or_else(|| language_of_script(text));
            let kind = match kind {
                NameKind::Label if labels.contains_key(&language) => NameKind::Alias,
                kind => *kind,
            };
            if !wanted || names.iter().any(|name| name.text == *text && name.language == language) {
                continue;
            }
            if kind == NameKind::Label {
                labels.insert(language, text.clone());
            }
            let case = self.exact.then_some(CasePolicy::Exact);
            let (accents, priority) = (self.accents, self.priority);
            names.push(Name { case, accents, priority, ..Name::new(text.clone(), language, kind) });
        }
        if labels.is_empty() {
            // A source that lists other names only has no better one than the first.
            let first = names.iter_mut().find(|name| name.kind == NameKind::Alias).ok_or(Reason::NoName)?;
            first.kind = NameKind::Label;
            labels.insert(first.language, first.text.clone());
        }
        names.sort_by_key(|name| name.kind);
        let entity_type = match (schema.entity_type(&self.entity_type), &options.default_type) {
            (Ok(entity_type), _) => entity_type,
            (Err(_), Some(default)) => default.clone(),
            (Err(_), None) => return Err(Reason::UnknownType(self.entity_type)),
        };
        let source = if self.id.is_empty() { &names[0].text } else { &self.id };
        let id = id(self.prefix, source).ok_or_else(|| Reason::NoId(source.clone()))?;
        let wikidata: Option<WikidataId> = self.wikidata.rsplit('/').next().and_then(|item| item.trim().parse().ok());
        let related = self.related.iter().filter_map(|other| self::id("", other)).collect();
        let country = self::id("", &self.country);
        let (from, to) = (date(&self.from), date(&self.to));
        // A source whose dates contradict each other tells nothing by them.
        let in_order = from.zip(to).is_none_or(|(from, to)| from.first_day() <= to.last_day());
        let period = (in_order && (from.is_some() || to.is_some())).then_some(Period { from, to });
        Ok(Entity {
            labels,
            names,
            country,
            related,
            context: self.context,
            wikidata,
            prior: self.prior.trim().parse::<Prior>().ok(),
            period,
            ..Entity::new(id, entity_type)
        })
    }
}

/// A date as lists write it: "1952-10-07", "+1952-10-07T00:00:00Z", "1952-00-00", "1952".
fn date(text: &str) -> Option<Date> {
    let text = text.trim().trim_start_matches('+');
    let day = text.split('T').next().unwrap_or(text);
    day.trim_end_matches("-00").parse().ok()
}

/// The slug of an id or a name. Where other ids could have the same, digits of the digest of what it was made of follow.
pub(crate) fn id(prefix: &str, source: &str) -> Option<EntityId> {
    let mut slug = String::from(prefix);
    let mut exact = true;
    for c in relata_gazetteer::folded(source).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if let Some(latin) = latin(c) {
            slug.push_str(latin);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
            exact &= c == '-' || c == ' ';
        } else {
            exact &= c == '-' || c == ' ';
        }
    }
    let slug = slug.trim_end_matches('-');
    // Ids that are told apart by capitals, as those of OpenSanctions are: no human writes "NK-aB3".
    let coded = source.contains(|c: char| c.is_ascii_digit())
        && source.contains(|c: char| c.is_ascii_lowercase())
        && source.chars().skip(1).any(|c| c.is_ascii_uppercase())
        && !source.contains(' ');
    if slug.is_empty() && source.chars().any(char::is_alphanumeric) {
        return format!("x-{}", Digest::of(source.as_bytes()).short()).parse().ok();
    }
    if slug.len() > 100 || coded || !exact && slug.len() < 3 {
        let end = slug.len().min(80);
        let digest = Digest::of(source.as_bytes()).short();
        return format!("{}-{}", slug[..end].trim_end_matches('-'), &digest[..8]).parse().ok();
    }
    slug.parse().ok()
}

/// A folded Cyrillic letter in Latin ones.
fn latin(c: char) -> Option<&'static str> {
    const LETTERS: [&str; 32] = [
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh",
        "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya",
    ];
    let at = u32::from(c).checked_sub(u32::from('а'))?;
    LETTERS.get(at as usize).copied()
}

/// The language whose forms suit a name of unknown language: Russian for Cyrillic, English for Latin letters.
fn language_of_script(text: &str) -> Language {
    let cyrillic = text.chars().any(|c| ('\u{400}'..='\u{4FF}').contains(&c));
    if cyrillic { Language::RUSSIAN } else { Language::ENGLISH }
}
