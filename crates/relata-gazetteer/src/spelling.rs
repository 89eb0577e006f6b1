//! Whether a passage of a text is a listed name: letter by letter, then its capitals and accents.

use relata_model::{CasePolicy, Span};

use crate::fold::{self, Letter};
use crate::forms::Named;
use crate::gap::{self, Gap};
use crate::words::{self, Word};

/// Room for the letters and words of one comparison, kept between comparisons.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    words: Vec<Word>,
    listed: Vec<Letter>,
    found: Vec<Letter>,
}

/// How a passage that has the letters of a name differs from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an observation of its own, made in one pass")]
pub(crate) struct Comparison {
    /// One past the last byte of the passage: after the last word, or after the signs that end the name.
    pub(crate) end: usize,
    /// Whether capitals and small letters are as listed.
    pub(crate) same_case: bool,
    /// Whether the passage has no small letter.
    pub(crate) all_capitals: bool,
    /// Whether the first letter is a capital, or none that has case.
    pub(crate) first_capital: bool,
    /// Whether it has an accent where the name has none.
    pub(crate) extra_accent: bool,
    /// Whether it lacks an accent that the name has.
    pub(crate) missing_accent: bool,
    /// How many words after the first one the name writes with a capital.
    pub(crate) later_capitals: u32,
    /// How many of them the passage writes with a capital too.
    pub(crate) kept_capitals: u32,
    /// Whether every word of the passage begins with a capital, short ones apart.
    pub(crate) each_word_capital: bool,
    /// Letters of the first word.
    pub(crate) first_word: usize,
    /// Letters in all.
    pub(crate) letters: usize,
}

/// Compares words of a text with a listed name; `None` when letters or the signs between the words differ. `limit` is the
/// last byte that the passage may reach.
pub(crate) fn compare(
    text: &str,
    found: &[Word],
    limit: usize,
    listed: &str,
    scratch: &mut Scratch,
) -> Option<Comparison> {
    scratch.words.clear();
    words::scan(listed, Span::new(0, listed.len()), &mut scratch.words);
    let (first, last) = (found.first()?, found.last()?);
    if scratch.words.len() != found.len() {
        return None;
    }
    let mut result = Comparison {
        end: last.end as usize,
        same_case: true,
        all_capitals: true,
        first_capital: true,
        extra_accent: false,
        missing_accent: false,
        later_capitals: 0,
        kept_capitals: 0,
        each_word_capital: true,
        first_word: 0,
        letters: 0,
    };
    let (mut capitals, mut cased) = (0, false);
    for (i, (own, word)) in scratch.words.iter().zip(found).enumerate() {
        scratch.listed.clear();
        fold::letters(own.of(listed), &mut scratch.listed);
        scratch.found.clear();
        fold::letters(word.of(text), &mut scratch.found);
        if scratch.listed.len() != scratch.found.len() {
            return None;
        }
        for (a, b) in scratch.listed.iter().zip(&scratch.found) {
            if a.folded != b.folded {
                return None;
            }
            result.same_case &= a.upper == b.upper && a.lower == b.lower;
            result.all_capitals &= !b.lower;
            result.extra_accent |= b.accented && !a.accented;
            result.missing_accent |= a.accented && !b.accented;
            capitals += u32::from(b.upper);
            if !cased && (a.upper || a.lower) {
                cased = true;
                result.first_capital = b.upper;
            }
        }
        result.letters += scratch.found.len();
        result.each_word_capital &= scratch.found.len() < 4 || scratch.found[0].upper;
        if i == 0 {
            result.first_word = scratch.found.len();
        } else if scratch.listed.first().is_some_and(|letter| letter.upper) {
            result.later_capitals += 1;
            result.kept_capitals += u32::from(scratch.found[0].upper);
        }
        if let (Some(next_own), Some(next)) = (scratch.words.get(i + 1), found.get(i + 1)) {
            let own = Gap::of(&listed[own.end as usize..next_own.start as usize]);
            let there = Gap::of(&text[word.end as usize..next.start as usize]);
            if !there.stands_for(own, scratch.found.len()) {
                return None;
            }
        }
    }
    result.all_capitals &= capitals > 0;
    let tail = &listed[scratch.words.last()?.end as usize..];
    result.end = end_of(text, first.start as usize..last.end as usize, limit, tail)?;
    Some(result)
}

/// Where a passage ends when the name ends in the signs `tail`: a plus sign is part of the name; a dot or a closing mark
/// belongs to it where it stands.
fn end_of(text: &str, words: std::ops::Range<usize>, limit: usize, tail: &str) -> Option<usize> {
    if tail.is_empty() {
        return Some(words.end);
    }
    let after = &text[words.end..limit.max(words.end)];
    let mut rest = after;
    for sign in tail.chars().filter(|sign| !gap::is_space(*sign)) {
        // French guillemets have a space inside.
        let near = if gap::is_quote(sign) { rest.trim_start_matches(gap::is_space) } else { rest };
        let next = near.chars().next();
        let alike = |c: char| {
            c == sign
                || (gap::is_quote(sign) && gap::is_quote(c))
                || (gap::is_apostrophe(sign) && gap::is_apostrophe(c))
        };
        if let Some(c) = next.filter(|c| alike(*c)) {
            rest = &near[c.len_utf8()..];
        } else if matches!(sign, '.' | ')' | ']' | '!' | '?' | '…') || gap::is_quote(sign) {
            break;
        } else {
            return None;
        }
    }
    Some(words.end + after.len() - rest.len())
}

/// What a name asks of the capitals of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Demand {
    /// To be written as listed, or all in capitals when the listed name has small letters.
    AsListed,
    /// To be written in capitals.
    Acronym,
    /// Nothing.
    AnyCase,
    /// To begin with a capital; after a short first word ("Le Monde"), one more capital.
    Capital,
    /// To begin with a capital and to have every other capital of the name: people, companies, products.
    EveryCapital,
    /// As [`Demand::EveryCapital`], but a longer first word may be small: "indice mondial de l'IA".
    Mark,
    /// To begin with a capital, or to have another capital of the name: "club Valdai".
    SomeCapital,
    /// One of its inner capitals: "guerre en Ukraine".
    InnerCapital,
    /// As listed, or to begin with a capital: "iPhone".
    Mixed,
}

/// What is special about a type of entity, as far as capitals go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Family {
    /// People.
    Person,
    /// Places.
    Place,
    /// Companies, products, media outlets: their names are marks.
    Brand,
    /// Public bodies.
    PublicBody,
    /// Anything else.
    #[default]
    Other,
}

impl Family {
    /// As the makers of forms tell names apart.
    pub(crate) fn named(self) -> Named {
        match self {
            Self::Person => Named::Person,
            Self::Place | Self::PublicBody => Named::Unique,
            Self::Brand => Named::Brand,
            Self::Other => Named::Thing,
        }
    }
}

impl Demand {
    const ALL: [Self; 9] = [
        Self::AsListed,
        Self::Acronym,
        Self::AnyCase,
        Self::Capital,
        Self::EveryCapital,
        Self::Mark,
        Self::SomeCapital,
        Self::InnerCapital,
        Self::Mixed,
    ];

    /// The demand whose place among all is `code`, as `demand as u8` gives it.
    pub(crate) fn of_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }

    /// What a listed name asks, by its policy, else by its shape.
    pub(crate) fn of(listed: &str, case: Option<CasePolicy>, family: Family, demonym: bool) -> Self {
        match case {
            Some(CasePolicy::Exact) => return Self::AsListed,
            Some(CasePolicy::Fold) => return Self::AnyCase,
            None => {}
        }
        let (mut count, mut capitals, mut first_upper) = (0, 0, true);
        for c in listed.chars() {
            let upper = c.is_uppercase();
            if upper || c.is_lowercase() {
                first_upper = if count == 0 { upper } else { first_upper };
                count += 1;
                capitals += usize::from(upper);
            }
        }
        if capitals == 0 && count > 0 || demonym {
            return Self::AnyCase;
        }
        if count > 0 && capitals == count && count <= 5 {
            return Self::Acronym;
        }
        let words = listed.split(|c: char| !fold::is_word_char(c)).filter(|word| !word.is_empty());
        let several = words.clone().count() > 1;
        match (first_upper, several) {
            (false, false) => Self::Mixed,
            (false, true) if family == Family::PublicBody => Self::AnyCase,
            (false, true) => Self::InnerCapital,
            (true, false) => Self::Capital,
            (true, true) if family == Family::Person => Self::EveryCapital,
            (true, true) if family == Family::Brand => Self::Mark,
            (true, true) if words.clone().next().is_some_and(|word| word.chars().count() <= 3) => Self::Capital,
            (true, true) => Self::SomeCapital,
        }
    }

    /// Whether a passage that begins with a small letter will not do for a name that begins with a capital.
    pub(crate) fn needs_first_capital(self) -> bool {
        matches!(self, Self::AsListed | Self::Acronym | Self::Capital | Self::EveryCapital)
    }

    /// Whether the capitals and accents of a passage will do.
    pub(crate) fn admits(self, found: &Comparison) -> bool {
        let other_capital = found.later_capitals == 0 || found.kept_capitals > 0;
        match self {
            Self::AsListed => (found.same_case && !found.missing_accent) || found.all_capitals,
            Self::Acronym => found.same_case,
            Self::AnyCase => true,
            Self::Capital => found.all_capitals || found.first_capital && (found.first_word > 3 || other_capital),
            Self::EveryCapital => {
                found.all_capitals || found.first_capital && found.kept_capitals == found.later_capitals
            }
            Self::Mark => {
                let first = found.first_capital || (found.first_word > 3 && found.later_capitals > 0);
                found.all_capitals || first && found.kept_capitals == found.later_capitals
            }
            Self::SomeCapital => found.all_capitals || found.first_capital || found.kept_capitals > 0,
            Self::InnerCapital => found.all_capitals || found.same_case || found.kept_capitals > 0,
            Self::Mixed => found.all_capitals || found.same_case || found.first_capital,
        }
    }
}
