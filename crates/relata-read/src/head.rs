//! Title and date of a document without front matter, from the first lines of its text.

use relata_model::{Date, Language, Span};

use crate::date;

/// Only so many lines with words are looked at.
const LINES: usize = 30;
/// A title has at most so many characters.
const LONGEST_TITLE: usize = 200;
/// A date is sought in so many bytes of a line.
const LONGEST_DATE_LINE: usize = 300;
/// A place and the names around it before a dateline's date have at most so many characters.
const LONGEST_PLACE: usize = 60;

/// What the head of a text says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) title: Option<String>,
    pub(crate) date: Option<Date>,
}

struct Line<'t> {
    words: &'t str,
    /// Whether a blank line or the end follows.
    before_gap: bool,
    /// Markdown's `# `.
    first_heading: bool,
    /// An address or a slug, and nothing else.
    opaque: bool,
    date: Option<FoundDate>,
}

#[derive(Clone, Copy)]
struct FoundDate {
    date: Date,
    /// "mis à jour": taken when nothing tells of the publication.
    of_update: bool,
    /// Where the line's other words start: " date 2025-01 Face aux sanctions …".
    rest: usize,
}

/// Reads the first lines of the body.
pub(crate) fn read(text: &str, body: Span, opaque: &[Span], language: Option<Language>) -> Head {
    let lines = first_lines(text, body, opaque, language);
    let date = lines.iter().filter_map(|line| line.date).find(|found| !found.of_update);
    let date = date.or_else(|| lines.iter().find_map(|line| line.date)).map(|found| found.date);
    Head { title: title(&lines), date }
}

fn first_lines<'t>(text: &'t str, body: Span, opaque: &[Span], language: Option<Language>) -> Vec<Line<'t>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut at = body.start();
    while at < body.end() && lines.len() <= LINES {
        let end = memchr::memchr(b'\n', &text.as_bytes()[at..body.end()]).map_or(body.end(), |newline| at + newline);
        let line = text[at..end].trim();
        if line.is_empty() {
            if let Some(last) = lines.last_mut() {
                last.before_gap = true;
            }
        } else {
            let start = at + (text[at..end].len() - text[at..end].trim_start().len());
            let after = opaque.partition_point(|span| span.start() <= start);
            let covered = after > 0 && opaque[after - 1].end() >= start + line.len();
            lines.push(Line {
                words: line,
                before_gap: end == body.end(),
                first_heading: line.starts_with("# "),
                opaque: covered,
                date: find_date(line, language),
            });
        }
        at = end + 1;
    }
    lines.truncate(LINES);
    lines
}

fn title(lines: &[Line<'_>]) -> Option<String> {
    if let Some(heading) = lines.iter().find(|line| line.first_heading) {
        return cleaned(heading.words);
    }
    let mut candidates = lines.iter().filter_map(|line| {
        let words = match line.date {
            // "date 2025-01 Face aux sanctions …" goes on with the title; a dateline goes on with the text.
            Some(found) if line.words.len() - found.rest < 12 => return None,
            Some(found) => &line.words[found.rest..],
            None => line.words,
        };
        (!line.opaque && !is_label(words)).then_some((words, line))
    });
    let (words, line) = candidates.next()?;
    let title = title_like(words, line)?;
    // A word or two above a longer line without a stop are the name of the paper or the column.
    let words = title.split_whitespace().count();
    if words <= 2
        && let Some((below, line)) = candidates.next()
        && let Some(below) = title_like(below, line)
        && below.split_whitespace().count() >= words + 2
        && !below.ends_with('.')
    {
        return Some(below);
    }
    Some(title)
}

fn title_like(words: &str, line: &Line<'_>) -> Option<String> {
    let short = words.len() <= LONGEST_TITLE * 4 && words.chars().count() <= LONGEST_TITLE;
    let open_ended = !words.trim_end_matches(['*', '_', '"', '»', '”', ')', ' ']).ends_with('.');
    (short && (line.before_gap || open_ended)).then(|| cleaned(words)).flatten()
}

/// Without the marks of Markdown, and with single spaces.
fn cleaned(words: &str) -> Option<String> {
    let marks = |c: char| c.is_whitespace() || matches!(c, '#' | '*' | '_' | '>' | '=');
    let inner = words.trim_start_matches(marks).trim_end_matches(|c: char| marks(c) && c != '#').trim_end_matches(" #");
    let title = inner.split_whitespace().collect::<Vec<_>>().join(" ");
    title.contains(char::is_alphanumeric).then_some(title)
}

/// "Publié le" alone: the date was lost, or stands on the next line.
fn is_label(words: &str) -> bool {
    let lower = words.trim_end_matches([':', ' ', '\u{A0}']).to_lowercase();
    PUBLISHED.iter().chain(UPDATED).any(|label| lower == *label || lower.strip_suffix(" le") == Some(label))
}

/// The date of publication, where the line says plainly that it is one: behind a label, alone, or as a dateline.
fn find_date(line: &str, language: Option<Language>) -> Option<FoundDate> {
    let lead = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let start = line.len() - lead.len();
    let line = &line[..line.floor_char_boundary(start + LONGEST_DATE_LINE)];
    if !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some(found) = labelled(line, start, language) {
        return Some(found);
    }
    if line.len() < LONGEST_DATE_LINE {
        for part in parts(line) {
            let words =
                part.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '(' | ')' | '[' | ']' | '|'));
            let found = date::starting(words, language).filter(|&(_, end)| date::is_time_only(&words[end..]));
            let found = found.map(|(date, _)| FoundDate { date, of_update: false, rest: line.len() });
            if let Some(found) = found.or_else(|| labelled(words, 0, language)).or_else(|| byline(words, language)) {
                return Some(FoundDate { rest: line.len(), ..found });
            }
        }
    }
    dateline(line, start, language)
}

/// The parts of a line of data: "Par Ana Roy | 13 mars 2024".
fn parts(line: &str) -> impl Iterator<Item = &str> {
    line.split(['|', '•', '·'])
        .flat_map(|part| part.split(" — "))
        .flat_map(|part| part.split(" – "))
        .flat_map(|part| part.split(" - "))
}

/// `Publié le 13 mars 2024`, `date 2025-01`, `Дата: 13.03.2024`.
fn labelled(line: &str, start: usize, language: Option<Language>) -> Option<FoundDate> {
    let rest = &line[start..];
    for (labels, of_update) in [(PUBLISHED, false), (UPDATED, true)] {
        for label in labels {
            let Some(after) = strip_label(rest, label) else { continue };
            let value = after.trim_start_matches([':', ' ', '\u{A0}', '\u{202F}', '*', '_', '\t', '-', '–']);
            if value.len() < after.len()
                && let Some((date, length)) = date::starting(value, language)
            {
                let end = line.len() - value.len() + length;
                let rest = line.len() - line[end..].trim_start().len();
                return Some(FoundDate { date, of_update, rest });
            }
        }
    }
    None
}

/// What follows the label, in whatever case it stands.
fn strip_label<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for expected in label.chars() {
        let found = rest.next()?;
        if found != expected && !found.to_lowercase().eq([expected]) {
            return None;
        }
    }
    Some(rest.as_str())
}

/// `Par Ana Roy, le 13 mars 2024`, `By Ana Roy, March 13, 2024`.
fn byline(words: &str, language: Option<Language>) -> Option<FoundDate> {
    if !["par ", "by "].iter().any(|by| strip_label(words, by).is_some()) || words.chars().count() > LONGEST_TITLE {
        return None;
    }
    words.match_indices([' ', ',']).find_map(|(space, _)| {
        let rest = words[space + 1..].trim_start();
        let (date, end) = date::starting(rest, language)?;
        date::is_time_only(&rest[end..]).then_some(FoundDate { date, of_update: false, rest: words.len() })
    })
}

/// `MOSCOU, 19 novembre 2025 –`, `MOSCOW, Nov 19, 2025 (Agency) -`, `Moscou, le 19 novembre 2025`.
fn dateline(line: &str, start: usize, language: Option<Language>) -> Option<FoundDate> {
    let line_rest = &line[start..];
    let comma = line_rest.find([',', '('])?;
    let place = line_rest[..comma].trim();
    let is_place = !place.is_empty()
        && place.chars().count() <= LONGEST_PLACE
        && place.split_whitespace().count() <= 4
        && place.chars().next().is_some_and(char::is_uppercase)
        && place.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '’' | '\'' | '/' | '\u{A0}'));
    if !is_place {
        return None;
    }
    let value = line_rest[comma + 1..].trim_start();
    let (date, length) = date::starting(value, language)?;
    // The agency in brackets or between slashes, a dash, a stop; or nothing more. A comma goes on with a sentence.
    let after = value[length..].trim_start_matches([' ', '\u{A0}', '\u{202F}', ')']);
    let ends = after.is_empty() || after.starts_with(['-', '–', '—', '―', '/', '(', '.', ':']);
    // The text follows on the same line: nothing of it is a title.
    ends.then_some(FoundDate { date, of_update: false, rest: line.len() })
}

const PUBLISHED: &[&str] = &[
    "date de publication",
    "date de parution",
    "date",
    "publié le",
    "publiée le",
    "publié",
    "paru le",
    "mis en ligne le",
    "posté le",
    "rédigé le",
    "écrit le",
    "date of publication",
    "publication date",
    "published on",
    "published",
    "posted on",
    "posted",
    "released on",
    "issued on",
    "written on",
    "first published",
    "дата публикации",
    "дата",
    "опубликовано",
    "опубликована",
    "опубликован",
    "размещено",
];
const UPDATED: &[&str] = &[
    "mis à jour le",
    "mise à jour le",
    "mise à jour",
    "modifié le",
    "dernière mise à jour",
    "last updated",
    "updated on",
    "updated",
    "modified on",
    "обновлено",
    "изменено",
];
