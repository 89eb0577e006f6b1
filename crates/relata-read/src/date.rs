//! Dates as French, English and Russian texts write them.

use relata_model::{Date, Language};

/// Reads a value that is a date and perhaps a time: ISO 8601 (`2025-11-23T14:23:07Z`, `2025-11`, `2025`), RFC 2822
/// (`Sun, 23 Nov 2025 14:23:07 +0000`), JavaScript's (`Sun Nov 23 2025 14:23:07 GMT+0000 (Coordinated Universal Time)`)
/// and the written forms of [`starting`].
///
/// ```
/// let date = relata_read::date::whole("Sun Nov 23 2025 14:23:07 GMT+0000 (Coordinated Universal Time)", None);
/// assert_eq!(date.unwrap().to_string(), "2025-11-23");
/// ```
pub fn whole(value: &str, language: Option<Language>) -> Option<Date> {
    let value = value.trim();
    if let Some((date, _)) = starting(value, language) {
        return Some(date);
    }
    let year = value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit());
    if year { value.parse().ok().and_then(plausible) } else { None }
}

/// Reads a day or a month at the start of `text`, and gives how many bytes it takes: `18 Décembre 2025`, `le 13 mars 2024`,
/// `1er mai 2024`, `March 13, 2024`, `Nov. 19, 2025`, `13 марта 2024 г.`, `13.03.2024`, `2025-01-31`, `2025-01`, with a
/// weekday before it or not.
///
/// `03/04/2024` is the third of April, but nothing in English, where it may be either.
pub fn starting(text: &str, language: Option<Language>) -> Option<(Date, usize)> {
    let found = |reader: &Reader<'_>| {
        numeric(reader.clone(), language).or_else(|| day_first(reader.clone())).or_else(|| month_first(reader.clone()))
    };
    let mut reader = Reader { text, at: 0 };
    if let Some(date) = found(&reader) {
        return Some(date);
    }
    // "Sun, 23 Nov", "le mardi 5 mars", "mar. 5 mars".
    for _ in 0..2 {
        let word = reader.word();
        if !LEADING.contains(&word.as_str()) {
            return None;
        }
        reader.skip(" ,.\u{A0}\u{202F}");
        if let Some(date) = found(&reader) {
            return Some(date);
        }
    }
    None
}

/// Whether nothing follows a date but a time, a zone and punctuation.
pub(crate) fn is_time_only(rest: &str) -> bool {
    rest.chars().count() <= 60
        && rest.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).all(|word| {
            let word = word.to_lowercase();
            TIME_WORDS.contains(&word.as_str())
        })
}

/// A place in the text from which a date is read.
#[derive(Clone)]
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    /// The letters that follow, in lower case.
    fn word(&mut self) -> String {
        let rest = &self.text[self.at..];
        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        // No month and no weekday is longer.
        if length > 40 {
            return String::new();
        }
        self.at += length;
        rest[..length].to_lowercase()
    }

    /// The number that follows, and how many digits it has.
    fn number(&mut self) -> Option<(u16, usize)> {
        let rest = &self.text[self.at..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = rest[..digits].parse().ok().filter(|_| digits <= 4)?;
        self.at += digits;
        Some((number, digits))
    }

    /// Passes over any of these characters.
    fn skip(&mut self, characters: &str) {
        let rest = &self.text[self.at..];
        self.at += rest.find(|c| !characters.contains(c)).unwrap_or(rest.len());
    }

    fn take(&mut self, character: u8) -> bool {
        let found = self.text.as_bytes().get(self.at) == Some(&character);
        self.at += usize::from(found);
        found
    }

    fn year(&mut self) -> Option<i16> {
        let (year, digits) = self.number()?;
        let glued = self.text[self.at..].starts_with(char::is_alphabetic);
        i16::try_from(year).ok().filter(|year| digits == 4 && YEARS.contains(year) && !glued)
    }

    fn month(&mut self) -> Option<u8> {
        let word = self.word();
        let number = MONTHS.iter().position(|names| names.contains(&word.as_str()))?;
        u8::try_from(number + 1).ok()
    }
}

/// `2025-01-31`, `2025/01/31`, `2025-01`, `13.03.2024`, `13/03/2024`.
fn numeric(mut reader: Reader<'_>, language: Option<Language>) -> Option<(Date, usize)> {
    let (first, digits) = reader.number()?;
    let separator = *reader.text.as_bytes().get(reader.at).filter(|b| b"-/.".contains(b))?;
    reader.at += 1;
    let (second, second_digits) = reader.number().filter(|&(_, digits)| digits <= 2)?;
    let small = |number: u16| u8::try_from(number).ok();
    if digits == 4 {
        let year = i16::try_from(first).ok().filter(|year| YEARS.contains(year))?;
        let mut day_reader = reader.clone();
        if day_reader.take(separator)
            && let Some((day, 1..=2)) = day_reader.number()
        {
            return Some((Date::day(year, small(second)?, small(day)?)?, day_reader.at));
        }
        let month = separator == b'-' && second_digits == 2;
        return if month { Some((Date::month(year, small(second)?)?, reader.at)) } else { None };
    }
    if digits > 2 || !reader.take(separator) {
        return None;
    }
    let year = reader.year()?;
    let english = language == Some(Language::ENGLISH) && separator != b'.';
    let (day, month) = match (first, second) {
        (first, second) if english && first <= 12 && second <= 12 && first != second => return None,
        (first, second) if second > 12 => (second, first),
        _ => (first, second),
    };
    Some((Date::day(year, small(month)?, small(day)?)?, reader.at))
}

/// `13 mars 2024`, `1er mai 2024`, `13th of March, 2024`, `13 марта 2024 г.`, `23-Nov-2025`.
fn day_first(mut reader: Reader<'_>) -> Option<(Date, usize)> {
    let (day, 1..=2) = reader.number()? else { return None };
    let mut plain = reader.clone();
    if !ORDINALS.contains(&plain.word().as_str()) {
        plain = reader;
    }
    let mut reader = plain;
    reader.skip(" .-\u{A0}\u{202F}\u{2011}º");
    let mut named = reader.clone();
    if matches!(named.word().as_str(), "of" | "de" | "го" | "е") {
        named.skip(" \u{A0}");
        reader = named;
    }
    let month = reader.month()?;
    reader.skip(" ,.-\u{A0}\u{202F}");
    let date = Date::day(reader.year()?, month, u8::try_from(day).ok()?)?;
    let mut year_word = reader.clone();
    year_word.skip(" \u{A0}\u{202F}");
    if matches!(year_word.word().as_str(), "г" | "года") {
        year_word.take(b'.');
        reader = year_word;
    }
    Some((date, reader.at))
}

/// `March 13, 2024`, `Nov. 19, 2025`, `Nov 23 2025`, `novembre 2025`.
fn month_first(mut reader: Reader<'_>) -> Option<(Date, usize)> {
    let month = reader.month()?;
    reader.skip(" .\u{A0}\u{202F}");
    let mut whole_month = reader.clone();
    if let Some(year) = whole_month.year() {
        return Some((Date::month(year, month)?, whole_month.at));
    }
    let (day, 1..=2) = reader.number()? else { return None };
    let mut ordinal = reader.clone();
    if ORDINALS.contains(&ordinal.word().as_str()) {
        reader = ordinal;
    }
    let before = reader.at;
    reader.skip(" ,.\u{A0}\u{202F}");
    if reader.at == before {
        return None;
    }
    Some((Date::day(reader.year()?, month, u8::try_from(day).ok()?)?, reader.at))
}

fn plausible(date: Date) -> Option<Date> {
    YEARS.contains(&date.to_year()).then_some(date)
}

/// A press document is not older, nor from further ahead.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2199;

const ORDINALS: [&str; 8] = ["er", "st", "nd", "rd", "th", "ème", "e", "ое"];

/// Articles and weekdays before a date.
const LEADING: [&str; 55] = [
    "le",
    "ce",
    "du",
    "on",
    "the",
    "в",
    "от",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lun",
    "mar",
    "mer",
    "jeu",
    "ven",
    "sam",
    "dim",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "понедельник",
    "вторник",
    "среда",
    "среду",
    "четверг",
    "пятница",
    "пятницу",
    "суббота",
    "субботу",
    "воскресенье",
    "пн",
    "вт",
    "ср",
    "чт",
    "пт",
    "сб",
    "вс",
];

/// Words of a time of day and a zone.
const TIME_WORDS: [&str; 62] = [
    "à",
    "a",
    "at",
    "h",
    "min",
    "mn",
    "s",
    "utc",
    "gmt",
    "cet",
    "cest",
    "est",
    "edt",
    "et",
    "pst",
    "pdt",
    "pt",
    "bst",
    "msk",
    "мск",
    "в",
    "г",
    "года",
    "год",
    "am",
    "pm",
    "m",
    "p",
    "ч",
    "мин",
    "z",
    "t",
    "coordinated",
    "universal",
    "time",
    "heure",
    "heures",
    "de",
    "paris",
    "moscou",
    "moscow",
    "standard",
    "eastern",
    "local",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "московское",
    "время",
    "по",
    "московскому",
];

/// The names of each month.
const MONTHS: [&[&str]; 12] = [
    &["janvier", "janv", "jan", "january", "января", "январь", "янв"],
    &["février", "fevrier", "févr", "fevr", "fév", "fev", "feb", "february", "февраля", "февраль", "фев", "февр"],
    &["mars", "mar", "march", "марта", "март", "мар"],
    &["avril", "avr", "apr", "april", "апреля", "апрель", "апр"],
    &["mai", "may", "мая", "май"],
    &["juin", "jun", "june", "июня", "июнь", "июн"],
    &["juillet", "juil", "jul", "july", "июля", "июль", "июл"],
    &["août", "aout", "aug", "august", "августа", "август", "авг"],
    &["septembre", "sept", "sep", "september", "сентября", "сентябрь", "сен", "сент"],
    &["octobre", "oct", "october", "октября", "октябрь", "окт"],
    &["novembre", "nov", "november", "ноября", "ноябрь", "ноя", "нояб"],
    &["décembre", "decembre", "déc", "dec", "december", "декабря", "декабрь", "дек"],
];
