//! `alternateNames.txt` of GeoNames: what places are called in each language, in a file of its own.
//!
//! The file has the names of all places in no order that helps, so those wanted are held, about forty bytes a name.

use std::io::{self, Read};

use relata_model::{Language, NameKind};

use crate::Format;
use crate::draft::Draft;
use crate::input::{self, Line};

/// The names of places by the number of the place.
#[derive(Clone, Debug, Default)]
pub struct AlternateNames {
    /// In the order of places, the best name first.
    names: Vec<Held>,
    texts: String,
    /// Lines that are no names: too few columns, no number, wrongly encoded.
    pub faults: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Held {
    place: u32,
    rank: Rank,
    start: u32,
    length: u16,
    /// `None` for a Wikidata item.
    language: Option<Language>,
}

/// Which of the names of a place comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Preferred,
    Usual,
    /// Short, colloquial or of former times.
    Other,
    Acronym,
    Item,
}

impl AlternateNames {
    /// Reads the file, compressed or not, in its older form or the newer with dates. Postal codes, airports, addresses and
    /// pronunciations are passed over, and with `languages` all names in others.
    ///
    /// # Errors
    /// When the file cannot be read, or holds more than four gigabytes of names.
    pub fn read(source: impl Read, languages: &[Language]) -> io::Result<Self> {
        let (mut source, _) = input::open(source, Format::GeoNames, None)?;
        let (mut names, mut buffer) = (Self::default(), Vec::new());
        while let Some(line) = input::line(&mut source, &mut buffer)? {
            match line {
                Line::Text(text) if text.trim().is_empty() => {}
                Line::Text(text) => names.line(text, languages)?,
                Line::NotText | Line::TooLong => names.faults += 1,
            }
        }
        names.names.sort_unstable();
        Ok(names)
    }

    fn line(&mut self, line: &str, languages: &[Language]) -> io::Result<()> {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        let (_, place, tag, text) = (next(), next(), next(), next().trim());
        let Ok(place) = place.parse() else {
            self.faults += 1;
            return Ok(());
        };
        let mut is = || next() == "1";
        let (preferred, short, colloquial, historic) = (is(), is(), is(), is());
        let (rank, language) = match tag {
            "wkdt" => (Rank::Item, None),
            "abbr" => (Rank::Acronym, Some(Language::ENGLISH)),
            // Codes and addresses have tags of four letters, or such as no language has.
            "" | "link" | "post" | "iata" | "icao" | "faac" | "tcid" | "unlc" | "phon" | "piny" => return Ok(()),
            tag => match tag.split('_').next().unwrap_or(tag).parse() {
                Ok(language) if preferred => (Rank::Preferred, Some(language)),
                Ok(language) if short || colloquial || historic => (Rank::Other, Some(language)),
                Ok(language) => (Rank::Usual, Some(language)),
                Err(_) => return Ok(()),
            },
        };
        let wanted = language.is_none_or(|language| languages.is_empty() || languages.contains(&language));
        let (Ok(length), true) = (u16::try_from(text.len()), wanted && !text.is_empty()) else { return Ok(()) };
        let start = u32::try_from(self.texts.len()).map_err(|_| io::Error::other("these are too many names"))?;
        self.texts.push_str(text);
        self.names.push(Held { place, rank, start, length, language });
        Ok(())
    }

    /// Adds the names of a place to its record, and says whether there were any.
    pub(crate) fn add_to(&self, draft: &mut Draft) -> bool {
        let Ok(place) = draft.id.parse::<u32>() else { return false };
        let first = self.names.partition_point(|name| name.place < place);
        let own = self.names[first..].iter().take_while(|name| name.place == place);
        let mut any = false;
        for name in own {
            let start = name.start as usize;
            let text = &self.texts[start..start + usize::from(name.length)];
            match name.rank {
                Rank::Item => text.clone_into(&mut draft.wikidata),
                Rank::Acronym => draft.name(name.language, NameKind::Acronym, text),
                // The first in a language is its label.
                Rank::Preferred | Rank::Usual => draft.name(name.language, NameKind::Label, text),
                Rank::Other => draft.name(name.language, NameKind::Alias, text),
            }
            any |= name.rank != Rank::Item;
        }
        any
    }
}
