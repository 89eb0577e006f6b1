//! Dates to the precision at which they are known.

use std::fmt;
use std::str::FromStr;

/// A day, a month or a year of the proleptic Gregorian calendar, as ISO 8601 writes it: `2025-01-31`, `2025-01`, `2025`.
///
/// Orders by year, month, day; a less precise date comes before the days it contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    /// 1 to 12, 0 when unknown.
    month: u8,
    /// 1 to 31, 0 when unknown.
    day: u8,
}

impl Date {
    /// A whole year, 0 to 9999.
    pub fn year(year: i16) -> Option<Self> {
        (0..=9999).contains(&year).then_some(Self { year, month: 0, day: 0 })
    }

    /// A month of a year; `None` when there is no such month.
    pub fn month(year: i16, month: u8) -> Option<Self> {
        let date = Self::year(year)?;
        (1..=12).contains(&month).then_some(Self { month, ..date })
    }

    /// A day; `None` when the calendar has no such day.
    pub fn day(year: i16, month: u8, day: u8) -> Option<Self> {
        let date = Self::month(year, month)?;
        (1..=days_in(year, month)).contains(&day).then_some(Self { day, ..date })
    }

    /// The year.
    pub fn to_year(self) -> i16 {
        self.year
    }

    /// First day of what the date names, as ISO 8601: `2025-01` gives `2025-01-01`.
    pub fn first_day(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month.max(1), self.day.max(1))
    }

    /// Last day of what the date names, as ISO 8601: `2025-02` gives `2025-02-28`.
    pub fn last_day(self) -> String {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day == 0 { days_in(self.year, month) } else { self.day };
        format!("{:04}-{month:02}-{day:02}", self.year)
    }

    /// Whether every day is given.
    pub fn is_day(self) -> bool {
        self.day != 0
    }
}

fn days_in(year: i16, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month != 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day != 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

/// Text that is no ISO 8601 date of this calendar.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a date (write 2025, 2025-01 or 2025-01-31)")]
pub struct NotADate(pub String);

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let wrong = || NotADate(text.to_owned());
        let mut parts = text.split('-');
        let mut number = |length: usize| match parts.next() {
            None => Ok(None),
            Some(part) if part.len() == length && part.bytes().all(|b| b.is_ascii_digit()) => {
                part.parse::<i16>().map(Some).map_err(|_| wrong())
            }
            Some(_) => Err(wrong()),
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        if parts.next().is_some() {
            return Err(wrong());
        }
        // Two digits always fit a byte.
        let byte = |n: i16| u8::try_from(n).unwrap_or(u8::MAX);
        let date = match (year, month, day) {
            (Some(year), Some(month), Some(day)) => Self::day(year, byte(month), byte(day)),
            (Some(year), Some(month), None) => Self::month(year, byte(month)),
            (Some(year), None, None) => Self::year(year),
            _ => None,
        };
        date.ok_or_else(wrong)
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// When a relation holds, held or shall hold; an open end is `None`, and at least one end is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Period {
    /// First day, month or year.
    pub from: Option<Date>,
    /// Last day, month or year, included.
    pub to: Option<Date>,
}

impl Period {
    /// Whether `date` may lie in the period: an unknown end excludes nothing.
    pub fn may_contain(&self, date: Date) -> bool {
        let day = (date.first_day(), date.last_day());
        self.from.is_none_or(|from| from.first_day() <= day.1) && self.to.is_none_or(|to| day.0 <= to.last_day())
    }
}

impl fmt::Display for Period {
    /// `2025-01/2025-03`, `2007/..`, `../2022`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (end, after) in [(self.from, "/"), (self.to, "")] {
            match end {
                Some(date) => write!(f, "{date}{after}")?,
                None => write!(f, "..{after}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_their_precision() {
        for text in ["2025", "2025-02", "2024-02-29"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
        for text in ["2025-13", "2023-02-29", "25-01-01", "2025-1-1", "2025-01-01-01", "", "-", "janvier"] {
            assert_eq!(text.parse::<Date>(), Err(NotADate(text.to_owned())), "{text}");
        }
    }

    #[test]
    fn bounds_are_first_and_last_days() {
        let date: Date = "2024-02".parse().unwrap();
        assert_eq!((date.first_day(), date.last_day()), ("2024-02-01".into(), "2024-02-29".into()));
    }

    #[test]
    fn an_open_end_excludes_nothing() {
        let period = Period { from: "2012-05".parse().ok(), to: None };
        assert!(period.may_contain("2012".parse().unwrap()), "some day of 2012 is in it");
        assert!(!period.may_contain("2011".parse().unwrap()));
        assert_eq!(period.to_string(), "2012-05/..");
    }
}
