//! Dates and periods that a text gives in figures, in French, English and Russian.

use regex::Captures;
use relata_model::{Date, Language, Period, Span};

use crate::expression::Expression;

/// Finds dates in the texts of one language.
#[derive(Debug)]
pub(super) struct Times {
    /// Each with how its date bounds the period.
    regexes: Vec<(Expression, Bound)>,
    months: &'static [&'static str; 12],
}

/// How a date bounds a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    /// "depuis 2022"
    From,
    /// "d'ici 2030"
    To,
    /// "en 2023"
    In,
    /// "entre 2019 et 2022"
    Between,
}

/// Beginnings that tell the months apart.
const FRENCH: [&str; 12] = ["janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"];
const ENGLISH: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const RUSSIAN: [&str; 12] = ["янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];

const DATE_FRENCH: &str = r"(?:(?:(?P<day>\d{1,2})(?:er)?\s+)?(?P<month>janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\s+)?(?P<year>(?:19|20)\d\d)\b";
const DATE_ENGLISH: &str = r"(?:(?P<day>\d{1,2})\s+)?(?:(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)\s+(?:(?P<day2>\d{1,2}),?\s+)?)?(?P<year>(?:19|20)\d\d)\b";
const DATE_RUSSIAN: &str = r"(?:(?:(?P<day>\d{1,2})\s+)?(?P<month>янва\p{L}+|феврал\p{L}|март\p{L}?|апрел\p{L}|ма[йяе]|июн\p{L}|июл\p{L}|август\p{L}?|сентябр\p{L}|октябр\p{L}|ноябр\p{L}|декабр\p{L})\s+)?(?P<year>(?:19|20)\d\d)\b(?:\s+(?:год\p{L}*|г\.))";

impl Times {
    /// Dates of texts in `language`; in a language that is none of the three it finds nothing.
    pub(super) fn new(language: Language) -> Self {
        let date = match language {
            Language::FRENCH => DATE_FRENCH,
            Language::ENGLISH => DATE_ENGLISH,
            _ => DATE_RUSSIAN,
        };
        let sources: &[(&str, Bound)] = match language {
            Language::FRENCH => &[
                (r"(?i)\bdepuis (?:le )?DATE", Bound::From),
                (r"(?i)\b(?:d['’]ici(?: à)?|jusqu['’](?:en|au|à)|avant) (?:le |fin )?DATE", Bound::To),
                (r"(?i)\b(?:entre|de) (?P<first>(?:19|20)\d\d) (?:et|à) (?P<year>(?:19|20)\d\d)\b", Bound::Between),
                (
                    r"(?i)\b(?:au|le) (?P<part>premier|second|deuxième|troisième|quatrième) (?P<length>trimestre|semestre)(?: de)? (?P<year>(?:19|20)\d\d)\b",
                    Bound::In,
                ),
                (r"(?i)\b(?:en|le|fin|début) DATE", Bound::In),
            ],
            Language::ENGLISH => &[
                (r"(?i)\bsince DATE", Bound::From),
                (r"(?i)\b(?:by|until|before) (?:the end of )?DATE", Bound::To),
                (
                    r"(?i)\b(?:between|from) (?P<first>(?:19|20)\d\d) (?:and|to) (?P<year>(?:19|20)\d\d)\b",
                    Bound::Between,
                ),
                (
                    r"(?i)\bin the (?P<part>first|second|third|fourth) (?P<length>quarter|half) of (?P<year>(?:19|20)\d\d)\b",
                    Bound::In,
                ),
                (r"(?i)\b(?:in|on|late in|early in) DATE", Bound::In),
            ],
            Language::RUSSIAN => &[
                (r"(?i)\bс DATE", Bound::From),
                (r"(?i)\b(?:к|до) DATE", Bound::To),
                (r"(?i)\b(?:в|во)\s+DATE", Bound::In),
                (
                    r"(?i)\b(?P<day>\d{1,2})\s+(?P<month>января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)\s+(?P<year>(?:19|20)\d\d)",
                    Bound::In,
                ),
            ],
            _ => &[],
        };
        let compile = |&(source, bound): &(&str, Bound)| {
            let source = source.replace("DATE", date);
            (Expression::new(source), bound)
        };
        let months = match language {
            Language::FRENCH => &FRENCH,
            Language::ENGLISH => &ENGLISH,
            _ => &RUSSIAN,
        };
        Self { regexes: sources.iter().map(compile).collect(), months }
    }

    /// The period that belongs to a passage with a verb: the only date of its sentence, when it stands in the passage, right
    /// behind it, or at the head of the sentence.
    pub(super) fn of_passage(&self, text: &str, sentence: Span, quote: Span) -> Option<(Period, Span)> {
        const NEAR: usize = 30;
        let words = sentence.of(text);
        let mut found: Vec<(Period, Span)> = Vec::new();
        for (regex, bound) in &self.regexes {
            for captures in regex.captures_iter(words) {
                let whole = captures.get(0).expect("group 0 always takes part");
                let span = Span::new(sentence.start() + whole.start(), sentence.start() + whole.end());
                if found.iter().all(|(_, other)| !other.overlaps(span)) {
                    found.push((self.period(&captures, *bound)?, span));
                }
            }
        }
        let &[(period, span)] = &found[..] else { return None };
        let near = span.overlaps(quote)
            || (quote.end()..quote.end() + NEAR).contains(&span.start())
            || span.start() == sentence.start();
        near.then_some((period, span))
    }

    fn period(&self, captures: &Captures<'_>, bound: Bound) -> Option<Period> {
        let group = |name: &str| captures.name(name).map(|group| group.as_str());
        let year: i16 = group("year")?.parse().ok()?;
        if let (Some(part), Some(length)) = (group("part"), group("length")) {
            let part = match part.to_lowercase().as_str() {
                "premier" | "first" => 0,
                "second" | "deuxième" => 1,
                "troisième" | "third" => 2,
                _ => 3,
            };
            let months = if matches!(length.to_lowercase().as_str(), "trimestre" | "quarter") { 3 } else { 6 };
            return Some(Period {
                from: Date::month(year, part * months + 1),
                to: Date::month(year, part * months + months),
            });
        }
        let month = group("month").and_then(|word| {
            let word = word.to_lowercase();
            let place = self.months.iter().position(|start| word.starts_with(start))?;
            u8::try_from(place + 1).ok()
        });
        let day = group("day").or_else(|| group("day2")).and_then(|day| day.parse().ok());
        let date = match (month, day) {
            (Some(month), Some(day)) => Date::day(year, month, day),
            (Some(month), None) => Date::month(year, month),
            _ => Date::year(year),
        };
        let first = || group("first").and_then(|year| Date::year(year.parse().ok()?));
        let period = match bound {
            Bound::From => Period { from: date, to: None },
            Bound::To => Period { from: None, to: date },
            Bound::In => Period { from: date, to: date },
            Bound::Between => Period { from: first(), to: date },
        };
        (period.from.is_some() || period.to.is_some()).then_some(period)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_in_three_languages() {
        let cases = [
            (Language::FRENCH, "Depuis 2022, elle livre", Some("2022/..")),
            (Language::FRENCH, "elle livre d’ici 2030", Some("../2030")),
            (Language::FRENCH, "elle a livré le 7 novembre 2024", Some("2024-11-07/2024-11-07")),
            (Language::FRENCH, "elle a livré au premier trimestre 2025", Some("2025-01/2025-03")),
            (Language::FRENCH, "elle a livré de 2019 à 2022", Some("2019/2022")),
            (Language::FRENCH, "elle a livré en 2019 et livrera en 2022", None),
            (Language::ENGLISH, "it supplied chips since March 2024", Some("2024-03/..")),
            (Language::ENGLISH, "it supplied chips on November 7, 2024", Some("2024-11-07/2024-11-07")),
            (Language::RUSSIAN, "компания поставляла чипы с 2022 года", Some("2022/..")),
            (Language::RUSSIAN, "компания поставит чипы к 2030 году", Some("../2030")),
            (Language::RUSSIAN, "в январе 2025 года компания купила", Some("2025-01/2025-01")),
        ];
        for (language, text, expected) in cases {
            let sentence = Span::new(0, text.len());
            let found = Times::new(language).of_passage(text, sentence, sentence);
            assert_eq!(found.map(|(period, _)| period.to_string()), expected.map(ToOwned::to_owned), "{text}");
        }
    }
}
