//! The YAML between `---` lines at the start of a document.

use relata_model::{Date, Language, Span};
use saphyr_parser::{Event, Parser};

use crate::{Note, date};

/// Front matter is sought in this many bytes; what starts with a rule and goes on for longer is a text.
const LONGEST: usize = 1 << 16;

/// What the front matter says.
#[derive(Debug, Default)]
pub(crate) struct FrontMatter {
    pub(crate) title: Option<String>,
    pub(crate) date: Option<Date>,
    pub(crate) language: Option<Language>,
    pub(crate) url: Option<String>,
    /// The values that are language, without quotation marks, in order.
    pub(crate) prose: Vec<Span>,
    /// Where the body starts; 0 without front matter.
    pub(crate) end: usize,
}

/// A key in lower case without hyphens and underscores, its value, and where the value stands in the text.
struct Field {
    key: String,
    value: String,
    span: Span,
}

/// Reads the front matter, if there is one. One that is no YAML is read line by line, and noted.
pub(crate) fn read(text: &str, notes: &mut Vec<Note>) -> FrontMatter {
    let Some((inside, end)) = find(text) else { return FrontMatter::default() };
    let fields = match read_yaml(text, inside) {
        Ok(fields) if !fields.is_empty() => fields,
        problem => {
            let fields = read_lines(text, inside);
            // A text between two rules has no keys.
            if fields.is_empty() {
                return FrontMatter::default();
            }
            let (line, message) = match problem {
                Err(problem) => problem,
                Ok(_) => (2, "not a list of keys and values".to_owned()),
            };
            notes.push(Note::MalformedFrontMatter { line, message });
            fields
        }
    };
    let mut front = FrontMatter { end, ..FrontMatter::default() };
    front.prose = fields.iter().filter(|field| PROSE.contains(&field.key.as_str())).map(|field| field.span).collect();
    front.prose.retain(|span| !span.is_empty());
    front.prose.sort_unstable();
    front.prose.dedup_by(|later, earlier| later.start() < earlier.end());
    let values = |keys: &'static [&'static str]| {
        keys.iter().flat_map(|&key| fields.iter().filter(move |field| field.key == key)).map(|field| field.value.trim())
    };
    front.title = values(TITLE).find(|value| !value.is_empty()).map(str::to_owned);
    front.url = values(URL)
        .find(|value| !value.is_empty())
        .or_else(|| values(LINK).find(|value| value.contains("://") && !value.contains(char::is_whitespace)))
        .map(str::to_owned);
    match values(LANGUAGE).find(|value| !value.is_empty()).map(str::parse) {
        Some(Ok(language)) => front.language = Some(language),
        Some(Err(error)) => notes.push(Note::UnknownLanguage(error)),
        None => {}
    }
    front.date = values(DATE).find_map(|value| date::whole(value, front.language));
    if front.date.is_none()
        && let Some(value) = values(DATE).find(|value| !value.is_empty())
    {
        notes.push(Note::UnknownDate(value.chars().take(80).collect()));
    }
    front
}

const TITLE: &[&str] = &["title", "headline", "titre", "заголовок"];
const DATE: &[&str] = &[
    "datepublished",
    "publishedat",
    "published",
    "publishdate",
    "pubdate",
    "publicationdate",
    "date",
    "created",
    "createdat",
];
const LANGUAGE: &[&str] = &["lang", "language", "inlanguage", "locale"];
const URL: &[&str] = &["url", "canonical", "canonicalurl", "permalink"];
/// These may also be words.
const LINK: &[&str] = &["source", "sourceurl", "link", "originalurl"];
/// Keys whose values are read as the body is.
const PROSE: &[&str] = &[
    "title",
    "seotitle",
    "headline",
    "description",
    "seodescription",
    "metadescription",
    "subtitle",
    "summary",
    "excerpt",
    "subheadline",
    "lead",
    "abstract",
    "dek",
    "titre",
    "заголовок",
];

/// The bytes between the two rules, and where the body starts.
fn find(text: &str) -> Option<(Span, usize)> {
    let is_rule = |line: &str| line.trim_end() == "---";
    let first = text.find('\n').filter(|&newline| is_rule(&text[..newline]))?;
    let start = first + 1;
    let mut at = start;
    while at < text.len().min(LONGEST) {
        let newline = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |newline| at + newline);
        let line = &text[at..newline];
        let next = (newline + 1).min(text.len());
        if is_rule(line) || line.trim_end() == "..." {
            return Some((Span::new(start, at), next));
        }
        at = next;
    }
    None
}

/// The scalars of the outermost mapping, or the line and the message of the first fault.
fn read_yaml(text: &str, inside: Span) -> Result<Vec<Field>, (usize, String)> {
    let source = inside.of(text);
    // The parser counts characters.
    let mut bytes: Vec<usize> = source.char_indices().map(|(byte, _)| inside.start() + byte).collect();
    bytes.push(inside.end());
    let byte = |index: usize| bytes[index.min(bytes.len() - 1)];
    let mut fields = Vec::new();
    let mut depth = 0_usize;
    let mut key: Option<String> = None;
    for event in Parser::new_from_str(source) {
        let (event, place) = event.map_err(|error| (error.marker().line() + 1, error.info().to_owned()))?;
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                if depth == 0 && matches!(event, Event::SequenceStart(..)) {
                    return Ok(fields);
                }
                depth += 1;
                if depth > 1 {
                    key = None;
                }
            }
            Event::MappingEnd | Event::SequenceEnd => depth = depth.saturating_sub(1),
            Event::Scalar(value, ..) if depth == 1 => match key.take() {
                None => key = Some(normalised(&value)),
                Some(key) => {
                    let (start, end) = (byte(place.start.index()), byte(place.end.index()));
                    let span = unquoted(text, start, end.max(start));
                    fields.push(Field { key, value: value.into_owned(), span });
                }
            },
            Event::Alias(_) if depth == 1 => key = None,
            _ => {}
        }
    }
    Ok(fields)
}

/// `key: value`, one a line, as a person reads it.
fn read_lines(text: &str, inside: Span) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut at = inside.start();
    for line in inside.of(text).split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some((key, value)) = line.split_once(':') else { continue };
        let is_key = !key.is_empty()
            && key.len() <= 40
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
            && (value.is_empty() || value.starts_with(char::is_whitespace));
        if is_key {
            let value_start = start + key.len() + 1;
            let span = unquoted(text, value_start, at);
            fields.push(Field { key: normalised(key), value: span.of(text).to_owned(), span });
        }
    }
    fields
}

fn normalised(key: &str) -> String {
    key.trim().chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

/// The value without the white space and the quotation marks around it.
fn unquoted(text: &str, start: usize, end: usize) -> Span {
    let value = &text[start..end];
    let trimmed = value.trim();
    let from = start + (value.len() - value.trim_start().len());
    for quote in ['"', '\''] {
        if let Some(rest) = trimmed.strip_prefix(quote) {
            let inner = rest.strip_suffix(quote).unwrap_or(rest);
            let lead = inner.len() - inner.trim_start().len();
            return Span::new(from + 1 + lead, from + 1 + lead + inner.trim().len());
        }
    }
    Span::new(from, from + trimmed.len())
}
