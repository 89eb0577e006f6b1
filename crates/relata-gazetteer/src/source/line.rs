//! One line of a source, read into an entity.

use indexmap::IndexMap;
use relata_model::{
    AccentPolicy, CasePolicy, Date, DatedRole, Diagnostic, Entity, EntityId, EntityType, Language, Name, NameKind,
    Period, PostId, Prior, Schema, WikidataId, closest,
};
use serde_json::value::RawValue;

use super::raw::{items, key_offset, members, offset, string};

const FIELDS: [&str; 20] = [
    "id",
    "type",
    "labels",
    "aliases",
    "acronyms",
    "role_names",
    "demonyms",
    "metonyms",
    "case",
    "accents",
    "country",
    "related",
    "context",
    "roles",
    "wikidata",
    "prior",
    "from",
    "to",
    "source",
    "note",
];
const ROLE_FIELDS: [&str; 4] = ["post", "in", "from", "to"];
const NAME_FIELDS: [&str; 5] = ["name", "case", "accents", "needs_context", "priority"];

/// What an entity says of all its names.
#[derive(Clone, Copy, Default)]
struct Policies {
    case: Option<CasePolicy>,
    accents: Option<AccentPolicy>,
}

/// Reads one entity. What is wrong with the line goes to `faults`; then there may be no entity.
pub(super) fn read(
    file: &str,
    number: usize,
    line: &str,
    schema: &Schema,
    faults: &mut Vec<Diagnostic>,
) -> Option<Entity> {
    let before = faults.len();
    let mut reader = LineReader { file, number, line, faults };
    let entity = reader.entity(schema);
    if faults.len() == before { entity } else { None }
}

/// A fault in a line, at a byte of it.
pub(super) fn diagnostic(file: &str, number: usize, line: &str, at: usize, message: impl Into<String>) -> Diagnostic {
    let column = line[..line.floor_char_boundary(at)].chars().count() + 1;
    Diagnostic { file: file.to_owned(), line: number, column, message: message.into() }
}

/// The values of a line, in the order of [`FIELDS`].
#[derive(Default)]
struct Fields<'l>([Option<&'l RawValue>; FIELDS.len()]);

impl<'l> Fields<'l> {
    fn get(&self, field: &str) -> Option<&'l RawValue> {
        FIELDS.iter().zip(self.0).find_map(|(known, value)| value.filter(|_| *known == field))
    }
}

struct LineReader<'l, 'f> {
    file: &'l str,
    number: usize,
    line: &'l str,
    faults: &'f mut Vec<Diagnostic>,
}

impl<'l> LineReader<'l, '_> {
    fn entity(&mut self, schema: &Schema) -> Option<Entity> {
        let line: &'l str = self.line;
        let members = match serde_json::from_str::<super::raw::Members<'_>>(line) {
            Ok(members) => members.0,
            Err(error) => {
                let text = error.to_string();
                let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
                let message = message.replace('`', "\"");
                self.fault_at(
                    error.column().saturating_sub(1),
                    format!("this line is no JSON object: {message} (one entity a line: {{\"id\": …, \"type\": …, \"labels\": …}})"),
                );
                return None;
            }
        };
        let mut fields = Fields::default();
        for (key, value) in &members {
            let Some(place) = FIELDS.iter().position(|field| field == key) else {
                self.key_fault(value, format!("unknown field \"{key}\"{}", closest(key, FIELDS)));
                continue;
            };
            if fields.0[place].replace(value).is_some() {
                self.key_fault(value, format!("\"{key}\" is given twice: put all its values into one"));
            }
        }
        let id = self.required(&fields, "id").and_then(|raw| self.parsed::<EntityId>(raw, "an id"));
        let entity_type = self.required(&fields, "type").and_then(|raw| self.entity_type(raw, schema));
        let case = fields.get("case").and_then(|raw| self.case(raw));
        let accents = fields.get("accents").and_then(|raw| self.accents(raw));
        let policies = Policies { case, accents };
        let mut names = Vec::new();
        let mut labels = IndexMap::new();
        if let Some(raw) = self.required(&fields, "labels") {
            self.labels(raw, policies, &mut labels, &mut names);
        }
        for (field, kind) in [
            ("aliases", NameKind::Alias),
            ("acronyms", NameKind::Acronym),
            ("role_names", NameKind::Role),
            ("demonyms", NameKind::Demonym),
            ("metonyms", NameKind::Metonym),
        ] {
            let Some(raw) = fields.get(field) else { continue };
            self.by_language(raw, |reader, language, item| names.extend(reader.name(item, language, kind, policies)));
        }
        let mut context = Vec::new();
        if let Some(raw) = fields.get("context") {
            self.by_language(raw, |reader, language, item| {
                context.extend(reader.text(item, "a word").map(|word| (language, word)));
            });
        }
        let country = fields.get("country").and_then(|raw| self.parsed(raw, "an id"));
        let related = fields.get("related").map_or_else(Vec::new, |raw| {
            let ids = self.list(raw);
            ids.into_iter().filter_map(|item| self.parsed(item, "an id")).collect()
        });
        let roles = fields.get("roles").map_or_else(Vec::new, |raw| {
            let roles = self.list(raw);
            roles.into_iter().filter_map(|item| self.role(item)).collect()
        });
        let wikidata = fields.get("wikidata").and_then(|raw| self.parsed::<WikidataId>(raw, "a Wikidata item"));
        let prior = fields.get("prior").and_then(|raw| match raw.get().parse::<Prior>() {
            Ok(prior) => Some(prior),
            Err(wrong) => {
                self.fault(raw, wrong.to_string());
                None
            }
        });
        let period = self.period(&fields);
        for field in ["source", "note"] {
            if let Some(raw) = fields.get(field) {
                self.text(raw, "text");
            }
        }
        Some(Entity {
            labels,
            names,
            country,
            related,
            context,
            roles,
            wikidata,
            prior,
            period,
            ..Entity::new(id?, entity_type?)
        })
    }

    /// From when to when it lived or was there.
    fn period(&mut self, fields: &Fields<'l>) -> Option<Period> {
        let mut end = |field| fields.get(field).and_then(|raw| self.parsed::<Date>(raw, "a date"));
        let (from, to) = (end("from"), end("to"));
        if let (Some(first), Some(last), Some(raw)) = (from, to, fields.get("to"))
            && first.first_day() > last.last_day()
        {
            self.fault(raw, format!("it ends ({last}) before it begins ({first})"));
        }
        (from.is_some() || to.is_some()).then_some(Period { from, to })
    }

    fn required(&mut self, fields: &Fields<'l>, field: &str) -> Option<&'l RawValue> {
        let found = fields.get(field);
        if found.is_none() {
            self.fault_at(0, format!("\"{field}\" is missing"));
        }
        found
    }

    fn entity_type(&mut self, raw: &'l RawValue, schema: &Schema) -> Option<EntityType> {
        let name = self.text(raw, "the name of an entity type")?;
        match schema.entity_type(&name) {
            Ok(entity_type) => Some(entity_type),
            Err(unknown) => {
                self.fault(raw, unknown.to_string());
                None
            }
        }
    }

    fn labels(
        &mut self,
        raw: &'l RawValue,
        policies: Policies,
        labels: &mut IndexMap<Language, String>,
        names: &mut Vec<Name>,
    ) {
        let Some(by_language) = members(raw) else {
            self.fault(raw, "expected an object of languages, such as {\"fr\": \"Russie\", \"en\": \"Russia\"}");
            return;
        };
        if by_language.0.is_empty() {
            self.fault(raw, "\"labels\" is empty: give the usual name in one language at least");
        }
        for (tag, item) in by_language.0 {
            let Some(language) = self.language(&tag, item) else { continue };
            let Some(name) = self.name(item, language, NameKind::Label, policies) else { continue };
            if labels.insert(language, name.text.clone()).is_some() {
                self.key_fault(item, format!("a second label for \"{language}\": put other names into \"aliases\""));
            }
            names.push(name);
        }
    }

    /// Reads `{"fr": [item, …], …}`.
    fn by_language(&mut self, raw: &'l RawValue, mut take: impl FnMut(&mut Self, Language, &'l RawValue)) {
        let Some(by_language) = members(raw) else {
            self.fault(raw, "expected an object of languages, such as {\"fr\": [\"russe\"]}");
            return;
        };
        let mut seen = Vec::new();
        for (tag, list) in by_language.0 {
            let Some(language) = self.language(&tag, list) else { continue };
            if seen.contains(&language) {
                self.key_fault(list, format!("\"{language}\" is given twice: put all its items into one list"));
            }
            seen.push(language);
            for item in self.list(list) {
                take(self, language, item);
            }
        }
    }

    fn name(&mut self, raw: &'l RawValue, language: Language, kind: NameKind, policies: Policies) -> Option<Name> {
        let Policies { mut case, mut accents } = policies;
        let Some(fields) = members(raw) else {
            let text = self.name_text(raw, "a name, or {\"name\": …, \"case\": …}")?;
            return Some(Name { case, accents, ..Name::new(text, language, kind) });
        };
        let (mut text, mut needs_context, mut priority) = (None, false, 0);
        for (key, value) in fields.0 {
            match key.as_ref() {
                "name" => text = Some(self.name_text(value, "a name")?),
                "case" => case = self.case(value).or(case),
                "accents" => accents = self.accents(value).or(accents),
                "priority" => match value.get().parse::<i8>() {
                    Ok(number @ -9..=9) => priority = number,
                    _ => self.fault(value, "expected a whole number from -9 to 9"),
                },
                "needs_context" => match value.get() {
                    "true" => needs_context = true,
                    "false" => {}
                    _ => self.fault(value, "expected true or false"),
                },
                _ => self.key_fault(value, format!("unknown field \"{key}\"{}", closest(&key, NAME_FIELDS))),
            }
        }
        if text.is_none() {
            self.fault(raw, "\"name\" is missing");
        }
        Some(Name { case, accents, needs_context, priority, ..Name::new(text?, language, kind) })
    }

    fn name_text(&mut self, raw: &'l RawValue, expected: &str) -> Option<String> {
        let text = self.text(raw, expected)?;
        if text.chars().any(char::is_alphanumeric) {
            return Some(text);
        }
        self.fault(raw, format!("\"{text}\" has no letter and no digit, so no text can hold it as a name"));
        None
    }

    fn case(&mut self, raw: &'l RawValue) -> Option<CasePolicy> {
        match string(raw).as_deref() {
            Some("exact") => Some(CasePolicy::Exact),
            Some("fold") => Some(CasePolicy::Fold),
            _ => {
                self.fault(raw, "expected \"exact\" or \"fold\"");
                None
            }
        }
    }

    fn accents(&mut self, raw: &'l RawValue) -> Option<AccentPolicy> {
        match string(raw).as_deref() {
            Some("exact") => Some(AccentPolicy::Exact),
            Some("fold") => Some(AccentPolicy::Fold),
            _ => {
                self.fault(raw, "expected \"exact\" or \"fold\"");
                None
            }
        }
    }

    fn role(&mut self, raw: &'l RawValue) -> Option<DatedRole> {
        let Some(fields) = members(raw) else {
            self.fault(
                raw,
                "expected an object such as {\"post\": \"president\", \"in\": \"russia\", \"from\": \"2012\"}",
            );
            return None;
        };
        let (mut post, mut organization, mut from, mut to) = (None, None, None, None);
        let (mut has_post, mut has_organization, mut to_place) = (false, false, raw);
        for (key, value) in fields.0 {
            match key.as_ref() {
                "post" => (has_post, post) = (true, self.text(value, "the id of a post")),
                "in" => (has_organization, organization) = (true, self.parsed::<EntityId>(value, "an id")),
                "from" => from = self.parsed::<Date>(value, "a date"),
                "to" => (to_place, to) = (value, self.parsed::<Date>(value, "a date")),
                _ => self.key_fault(value, format!("unknown field \"{key}\"{}", closest(&key, ROLE_FIELDS))),
            }
        }
        for (given, field) in [(has_post, "post"), (has_organization, "in")] {
            if !given {
                self.fault(raw, format!("\"{field}\" is missing"));
            }
        }
        if let (Some(from), Some(to)) = (from, to)
            && from.first_day() > to.last_day()
        {
            self.fault(to_place, format!("the role ends ({to}) before it begins ({from})"));
        }
        let period = (from.is_some() || to.is_some()).then_some(Period { from, to });
        Some(DatedRole { post: PostId::new(&post?), organization: organization?, period })
    }

    fn language(&mut self, tag: &str, value: &'l RawValue) -> Option<Language> {
        match tag.parse() {
            Ok(language) => Some(language),
            Err(wrong) => {
                let wrong: relata_model::language::NotALanguage = wrong;
                self.key_fault(value, wrong.to_string());
                None
            }
        }
    }

    fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(&mut self, raw: &'l RawValue, expected: &str) -> Option<T> {
        let text = self.text(raw, expected)?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.fault(raw, wrong.to_string());
                None
            }
        }
    }

    /// A string that is not blank, without the white space around it.
    fn text(&mut self, raw: &'l RawValue, expected: &str) -> Option<String> {
        let Some(text) = string(raw) else {
            self.fault(raw, format!("expected {expected} in quotation marks"));
            return None;
        };
        let text = text.trim();
        if text.is_empty() {
            self.fault(raw, format!("this is empty: expected {expected}"));
            return None;
        }
        Some(text.to_owned())
    }

    fn list(&mut self, raw: &'l RawValue) -> Vec<&'l RawValue> {
        items(raw).unwrap_or_else(|| {
            self.fault(raw, "expected a list in square brackets");
            Vec::new()
        })
    }

    fn fault(&mut self, raw: &RawValue, message: impl Into<String>) {
        self.fault_at(offset(self.line, raw), message);
    }

    fn key_fault(&mut self, raw: &RawValue, message: impl Into<String>) {
        self.fault_at(key_offset(self.line, raw), message);
    }

    fn fault_at(&mut self, at: usize, message: impl Into<String>) {
        self.faults.push(diagnostic(self.file, self.number, self.line, at, message));
    }
}
