//! The names of all entities, ready to be found in texts.

use std::collections::BTreeMap;
use std::ops::Range;

use relata_model::{Candidate, CasePolicy, Entity, EntityId, Language, Mention, Name, NameKind, Schema, Span};

use crate::fold;
use crate::forms::{self, Form};
use crate::gap;
use crate::index::{Index, Reading, flags};
use crate::spelling::{Comparison, Demand, Family, Scratch, compare};
use crate::words::{self, Word};

/// Entities and every form of their names, found by whole words.
///
/// Finding is linear in the text and nearly independent of the number of names; the same input gives the same mentions.
///
/// ```
/// use relata_gazetteer::{Gazetteer, Source, load};
/// use relata_model::{Language, Schema, Span};
/// let schema = Schema::from_toml("s", "[[entity-type]]\nname = \"Country\"\nlabels = {}").unwrap();
/// let line = r#"{"id": "armenia", "type": "Country", "labels": {"fr": "Arménie"}, "demonyms": {"fr": ["arménien"]}}"#;
/// let gazetteer = Gazetteer::new(load(&[Source::of_text("a.jsonl", line)], &schema).unwrap().entities, &schema);
/// let text = "L’ARMENIE et la diplomatie arménienne.";
/// let mentions = gazetteer.find(text, [Span::new(0, text.len())], Some(Language::FRENCH));
/// let found: Vec<_> = mentions.iter().map(|mention| mention.span.of(text)).collect();
/// assert_eq!(found, ["ARMENIE", "arménienne"]);
/// ```
#[derive(Debug, Default)]
pub struct Gazetteer {
    entities: Vec<Entity>,
    /// Of the entities, side by side: a mention needs nothing else of them.
    ids: Vec<EntityId>,
    languages: Vec<Language>,
    spellings: String,
    index: Index,
}

/// How much a gazetteer holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Entities.
    pub entities: usize,
    /// Names as listed, in all languages.
    pub listed: usize,
    /// Forms that code made of them.
    pub made: usize,
    /// Bytes on the heap of what finds names, without the entities themselves.
    pub bytes: usize,
}

impl Gazetteer {
    /// Makes the forms of all names and their index. Entities need not be sorted; of two with one id the first counts.
    pub fn new(entities: Vec<Entity>, schema: &Schema) -> Self {
        Self::with_mask(entities, schema, u64::MAX)
    }

    /// As [`Gazetteer::new`], but only the bits of `mask` count in hashes: tests make names collide with it.
    pub(crate) fn with_mask(mut entities: Vec<Entity>, schema: &Schema, mask: u64) -> Self {
        entities.sort_by(|a, b| a.id.cmp(&b.id));
        entities.dedup_by(|later, first| later.id == first.id);
        let families = Families::new(schema);
        let mut builder = Builder { mask, ..Builder::default() };
        for (number, entity) in (0..).zip(&entities) {
            let family = families.of(entity);
            for name in &entity.names {
                builder.add(number, name, &name.text, None, family);
                for form in forms::forms(name, family.named()) {
                    let listed = |other: &Name| other.text == form.text && other.language == name.language;
                    if !entity.names.iter().any(listed) {
                        builder.add(number, name, &form.text, Some(&form), family);
                    }
                }
            }
        }
        let Builder { languages, mut spellings, keyed, mut prefixes, .. } = builder;
        prefixes.sort_unstable();
        prefixes.dedup();
        spellings.shrink_to_fit();
        let ids = entities.iter().map(|entity| entity.id.clone()).collect();
        Self { entities, ids, languages, spellings, index: Index::new(keyed, &prefixes, mask) }
    }

    /// Finds names in the parts of a text, longest first; overlapping shorter names are dropped, because "Paris" inside
    /// "Paris Match" is not the city. No name reaches over the end of a part.
    ///
    /// `spans` must be in order and apart from each other, on character borders, and so are the mentions returned.
    /// Without a language the common nouns and demonyms of every language count.
    pub fn find(&self, text: &str, spans: impl IntoIterator<Item = Span>, language: Option<Language>) -> Vec<Mention> {
        let mut finder = Finder {
            gazetteer: self,
            text,
            language: language.map(|language| Searched {
                language,
                number: self.languages.iter().position(|known| *known == language),
            }),
            words: Vec::new(),
            lengths: Vec::new(),
            scratch: Scratch::default(),
            passed: Vec::new(),
            small: Vec::new(),
            mentions: Vec::new(),
        };
        for span in spans {
            finder.find_in(span);
        }
        finder.mentions
    }

    /// The entity with this id.
    pub fn entity(&self, id: &EntityId) -> Option<&Entity> {
        self.entities.binary_search_by(|entity| entity.id.cmp(id)).ok().map(|at| &self.entities[at])
    }

    /// All entities, in the order of their ids.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// What a name may mean, whatever its capitals and accents and the language it is of; made forms count too.
    pub fn lookup(&self, name: &str) -> Vec<Candidate> {
        let mut words = Vec::new();
        words::scan(name, Span::new(0, name.len()), &mut words);
        let Some(hash) = words.iter().fold(None, |prefix, word| Some(self.index.key(prefix, *word))) else {
            return Vec::new();
        };
        let mut scratch = Scratch::default();
        let readings = self.index.readings(hash).iter();
        let alike = readings
            .filter(|reading| compare(name, &words, name.len(), self.spelling(reading), &mut scratch).is_some())
            .map(|reading| self.candidate(reading))
            .collect();
        unique(alike)
    }

    /// How much it holds.
    pub fn counts(&self) -> Counts {
        let made = self.index.all().iter().filter(|reading| reading.flags & flags::MADE != 0).count();
        Counts {
            entities: self.entities.len(),
            listed: self.entities.iter().map(|entity| entity.names.len()).sum(),
            made,
            bytes: self.spellings.len() + self.index.heap(),
        }
    }

    /// Names whose words have one hash, in the order of their entities.
    pub(crate) fn groups(&self) -> impl Iterator<Item = Vec<Spelled<'_>>> {
        let spelled = |reading: &Reading| Spelled {
            entity: &self.entities[reading.entity as usize],
            text: self.spelling(reading),
            made: reading.flags & flags::MADE != 0,
            kind: kind_of(reading),
        };
        self.index.groups().map(move |group| group.iter().map(spelled).collect())
    }

    fn spelling(&self, reading: &Reading) -> &str {
        let start = reading.spelling as usize;
        &self.spellings[start..start + usize::from(reading.length)]
    }

    fn candidate(&self, reading: &Reading) -> Candidate {
        Candidate {
            entity: self.ids[reading.entity as usize].clone(),
            kind: kind_of(reading),
            needs_context: reading.flags & flags::NEEDS_CONTEXT != 0,
            lower_case: reading.flags & flags::LOWER_CASE != 0,
        }
    }
}

/// A name as the index holds it.
pub(crate) struct Spelled<'g> {
    pub(crate) entity: &'g Entity,
    pub(crate) text: &'g str,
    /// Whether code made it.
    pub(crate) made: bool,
    pub(crate) kind: NameKind,
}

fn kind_of(reading: &Reading) -> NameKind {
    match reading.flags >> flags::KIND {
        0 => NameKind::Label,
        1 => NameKind::Alias,
        2 => NameKind::Demonym,
        _ => NameKind::Metonym,
    }
}

/// One candidate for each entity and kind, in order; one that needs no context is kept before one that does.
fn unique(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_unstable();
    candidates.dedup_by(|later, first| later.entity == first.entity && later.kind == first.kind);
    candidates
}

/// Which types of a schema ask for special care with capitals.
struct Families(BTreeMap<relata_model::EntityType, Family>);

impl Families {
    fn new(schema: &Schema) -> Self {
        let is_a = |entity_type: &relata_model::EntityType, names: &[&str]| {
            schema.lineage(entity_type).any(|ancestor| names.contains(&ancestor.as_str()))
        };
        let family = |entity_type: &relata_model::EntityType| {
            if is_a(entity_type, &["Person"]) {
                Family::Person
            } else if is_a(entity_type, &["Place"]) {
                Family::Place
            } else if is_a(entity_type, &["Company", "MediaOutlet", "Product"]) {
                Family::Brand
            } else if is_a(entity_type, &["GovernmentBody"]) {
                Family::PublicBody
            } else {
                Family::Other
            }
        };
        Self(schema.entity_types().map(|(entity_type, _)| (entity_type.clone(), family(entity_type))).collect())
    }

    fn of(&self, entity: &Entity) -> Family {
        self.0.get(&entity.entity_type).copied().unwrap_or_default()
    }
}

#[derive(Default)]
struct Builder {
    languages: Vec<Language>,
    spellings: String,
    keyed: Vec<(u64, Reading)>,
    prefixes: Vec<u64>,
    words: Vec<Word>,
    mask: u64,
}

impl Builder {
    fn add(&mut self, entity: u32, name: &Name, spelling: &str, form: Option<&Form>, family: Family) {
        // A name of 64 kB is no name; spellings of 4 GiB do not fit the memory that this is made for.
        let (Ok(length), Ok(start)) = (u16::try_from(spelling.len()), u32::try_from(self.spellings.len())) else {
            return;
        };
        self.words.clear();
        words::scan(spelling, Span::new(0, spelling.len()), &mut self.words);
        let mut hash = None;
        for (i, word) in self.words.iter().enumerate() {
            let next = hash.map_or(word.hash, |prefix| words::extend(prefix, word.hash)) & self.mask;
            hash = Some(next);
            if i + 1 < self.words.len() {
                self.prefixes.push(next);
            }
        }
        let Some(hash) = hash else { return };
        self.spellings.push_str(spelling);
        let language = self.language(name.language);
        let reading = Reading {
            entity,
            spelling: start,
            length,
            language,
            demand: demand(name, spelling, form, family),
            flags: flags_of(name, spelling, form, family),
        };
        self.keyed.push((hash, reading));
    }

    fn language(&mut self, language: Language) -> u16 {
        let at = self.languages.iter().position(|known| *known == language).unwrap_or_else(|| {
            self.languages.push(language);
            self.languages.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }
}

fn demand(name: &Name, spelling: &str, form: Option<&Form>, family: Family) -> Demand {
    let small_demonyms = [Language::FRENCH, Language::RUSSIAN].contains(&name.language);
    let listed = Demand::of(&name.text, name.case, family, name.kind == NameKind::Demonym && small_demonyms);
    match (listed, form) {
        // The plural of an acronym ends in a small letter.
        (Demand::Acronym, Some(_)) => Demand::AsListed,
        // Initials make a name of several words out of any.
        (Demand::Capital | Demand::SomeCapital, Some(_)) => Demand::of(spelling, name.case, family, false),
        (demand, _) => demand,
    }
}

fn flags_of(name: &Name, spelling: &str, form: Option<&Form>, family: Family) -> u16 {
    let first = name.text.chars().find(|c| c.is_alphanumeric());
    let lower_case = first.is_some_and(char::is_lowercase);
    let common = !spelling.chars().any(char::is_uppercase) && spelling.chars().any(char::is_lowercase);
    let length = spelling.chars().filter(|c| fold::is_word_char(*c)).count();
    let one_word = !spelling.chars().any(|c| !fold::is_word_char(c));
    let proper = matches!(family, Family::Person | Family::Place) && !lower_case && name.kind != NameKind::Demonym;
    let kind = match name.kind {
        NameKind::Label => 0,
        NameKind::Alias => 1,
        NameKind::Demonym => 2,
        NameKind::Metonym => 3,
    };
    let bits = [
        (flags::NEEDS_CONTEXT, name.needs_context),
        (flags::LOWER_CASE, lower_case),
        (flags::OWN_LANGUAGE, common || name.kind == NameKind::Demonym),
        (flags::SMALL_WILL_DO, proper && one_word && length >= 8 && name.case != Some(CasePolicy::Exact)),
        (flags::ANY_ACCENT, proper && length >= 6 && name.case != Some(CasePolicy::Exact)),
        (flags::BEFORE_HYPHEN, form.is_some_and(|form| form.made_by.before_hyphen())),
        (flags::MADE, form.is_some()),
    ];
    bits.into_iter().filter(|(_, set)| *set).fold(kind << flags::KIND, |all, (bit, _)| all | bit)
}

/// The language of a text.
#[derive(Clone, Copy)]
struct Searched {
    language: Language,
    /// Its number in the gazetteer, where any name is of it.
    number: Option<usize>,
}

impl Searched {
    fn is_french(self) -> bool {
        self.language == Language::FRENCH
    }
}

/// One search through one text.
struct Finder<'g, 't> {
    gazetteer: &'g Gazetteer,
    text: &'t str,
    /// `None`: any language.
    language: Option<Searched>,
    words: Vec<Word>,
    /// Numbers of words after which a name may end, with its hash.
    lengths: Vec<(usize, u64)>,
    scratch: Scratch,
    /// Ends and readings of the names that stand at a place.
    passed: Vec<(usize, Reading)>,
    /// The same of those that are written in small letters, and count only when no other does.
    small: Vec<(usize, Reading)>,
    mentions: Vec<Mention>,
}

/// How well a passage fits a name.
enum Fit {
    /// As the name asks.
    Right,
    /// But for its small letters, which will do where nothing else stands.
    Small,
}

impl Finder<'_, '_> {
    fn find_in(&mut self, span: Span) {
        self.words.clear();
        words::scan(self.text, span, &mut self.words);
        let mut at = 0;
        while at < self.words.len() {
            let hash = self.gazetteer.index.key(None, self.words[at]);
            if !self.gazetteer.index.begins(hash) {
                at += 1;
                continue;
            }
            self.candidate_lengths(at, hash);
            let mut next = at + 1;
            while let Some((last, hash)) = self.lengths.pop() {
                if self.verify(at, last, hash, span) {
                    next = last + 1;
                    break;
                }
            }
            at = next;
        }
    }

    /// Collects how far names may reach that begin with a word, shortest first.
    fn candidate_lengths(&mut self, first: usize, mut hash: u64) {
        const LONGEST_GAP: usize = 12;
        let index = &self.gazetteer.index;
        self.lengths.clear();
        let mut last = first;
        loop {
            if index.is_name(hash) {
                self.lengths.push((last, hash));
            }
            let Some(next) = self.words.get(last + 1) else { return };
            if (next.start - self.words[last].end) as usize > LONGEST_GAP {
                return;
            }
            hash = index.key(Some(hash), *next);
            if !index.begins(hash) {
                return;
            }
            last += 1;
        }
    }

    /// Adds a mention of the words from `first` to `last` if they are a name.
    fn verify(&mut self, first: usize, last: usize, hash: u64, span: Span) -> bool {
        let gazetteer = self.gazetteer;
        let start = self.words[first].start as usize;
        let first_byte = self.text.as_bytes()[start];
        self.passed.clear();
        self.small.clear();
        for reading in gazetteer.index.readings(hash) {
            let listed = gazetteer.spelling(reading);
            // The usual reason for rejection, before anything costly: a common word where the name has a capital.
            if first_byte.is_ascii_lowercase()
                && listed.as_bytes()[0].is_ascii_uppercase()
                && reading.demand.needs_first_capital()
                && reading.flags & flags::SMALL_WILL_DO == 0
            {
                continue;
            }
            let foreign = reading.flags & flags::OWN_LANGUAGE != 0
                && self.language.is_some_and(|searched| searched.number != Some(usize::from(reading.language)));
            if foreign && (first == last || kind_of(reading) == NameKind::Demonym) {
                continue;
            }
            match self.judge(reading, listed, foreign, first..last + 1, span) {
                Some((end, Fit::Right)) => self.passed.push((end, *reading)),
                Some((end, Fit::Small)) => self.small.push((end, *reading)),
                None => {}
            }
        }
        let fitting = if self.passed.is_empty() { &self.small } else { &self.passed };
        let Some(end) = fitting.iter().map(|(end, _)| *end).max() else { return false };
        let candidates = if let [(_, reading)] = fitting[..] {
            vec![gazetteer.candidate(&reading)]
        } else {
            let longest = fitting.iter().filter(|(own, _)| *own == end);
            unique(longest.map(|(_, reading)| gazetteer.candidate(reading)).collect())
        };
        self.mentions.push(Mention { span: Span::new(start, end), candidates });
        true
    }

    /// Whether a run of words is the name of a reading, and where it ends.
    fn judge(
        &mut self,
        reading: &Reading,
        listed: &str,
        foreign: bool,
        run: Range<usize>,
        span: Span,
    ) -> Option<(usize, Fit)> {
        let found = &self.words[run.clone()];
        let start = found[0].start as usize;
        if !foreign && self.stands_as_listed(listed, run.clone(), span) {
            let end = start + listed.len();
            return self.stands_free(reading, start..end, span).then_some((end, Fit::Right));
        }
        let compared = compare(self.text, found, span.end(), listed, &mut self.scratch)?;
        // A foreign term of several words may stand like a name: "Large Language Models".
        if (foreign && !compared.each_word_capital)
            || !accents_fit(reading, &compared)
            || !self.stands_free(reading, start..compared.end, span)
        {
            return None;
        }
        if reading.demand.admits(&compared) {
            let right = !is_numeral(listed, &compared) || self.in_capitals(run);
            return right.then_some((compared.end, Fit::Right));
        }
        (reading.flags & flags::SMALL_WILL_DO != 0).then_some((compared.end, Fit::Small))
    }

    /// Whether the text has the very bytes of a listed name at a run of words, and no word more.
    fn stands_as_listed(&self, listed: &str, run: Range<usize>, span: Span) -> bool {
        let start = self.words[run.start].start as usize;
        let end = start + listed.len();
        let next = self.words.get(run.end).map_or(span.end(), |word| word.start as usize);
        (self.words[run.end - 1].end as usize..=next.min(span.end())).contains(&end)
            && &self.text.as_bytes()[start..end] == listed.as_bytes()
    }

    /// Whether the signs around a passage let a name stand there.
    fn stands_free(&self, reading: &Reading, passage: Range<usize>, span: Span) -> bool {
        let before = &self.text[span.start()..passage.start];
        let after = &self.text[passage.end..span.end()];
        if reading.flags & flags::BEFORE_HYPHEN != 0 {
            let mut rest = after.chars();
            if !(rest.next().is_some_and(gap::is_hyphen) && rest.next().is_some_and(char::is_alphanumeric)) {
                return false;
            }
        }
        let elided = self.language.is_none_or(Searched::is_french) && after_verb_elision(before);
        !elided && !cuts_number(&self.text[passage], before, after)
    }

    /// Whether a word beside the passage is written in capitals.
    fn in_capitals(&self, run: Range<usize>) -> bool {
        let beside = [run.start.checked_sub(1), Some(run.end)];
        beside.into_iter().flatten().filter_map(|at| self.words.get(at)).any(|word| {
            let mut capitals = 0;
            word.of(self.text).chars().all(|c| {
                capitals += usize::from(c.is_uppercase());
                !c.is_lowercase()
            }) && capitals > 1
        })
    }
}

fn accents_fit(reading: &Reading, compared: &Comparison) -> bool {
    !compared.extra_accent || (reading.flags & flags::ANY_ACCENT != 0 && compared.first_capital)
}

/// Whether a short name in capitals may be a Roman number or an acronym: "XI" is Xi only among other capitals.
fn is_numeral(listed: &str, compared: &Comparison) -> bool {
    compared.all_capitals && !compared.same_case && compared.letters <= 3 && listed.chars().any(char::is_lowercase)
}

/// Whether a passage is a part of a number: "GPT-4" of "GPT-4.1".
fn cuts_number(passage: &str, before: &str, after: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let point = |c: Option<char>| matches!(c, Some('.' | ','));
    let mut next = after.chars();
    let mut previous = before.chars().rev();
    (digit(passage.chars().next_back()) && point(next.next()) && digit(next.next()))
        || (digit(passage.chars().next()) && point(previous.next()) && digit(previous.next()))
}

/// Whether the text before a word ends in an elision that only verbs and pronouns follow: "j'", "n'", "c'".
fn after_verb_elision(before: &str) -> bool {
    let mut chars = before.chars().rev();
    chars.next().is_some_and(gap::is_apostrophe)
        && chars.next().is_some_and(|c| "jmtnscJMTNSC".contains(c))
        && !chars.next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, load};

    /// Every hash alike, or nearly: what is found must not change, because each hit is verified.
    #[test]
    fn colliding_hashes_change_nothing() {
        let schema = Schema::from_toml("s", "[[entity-type]]\nname = \"Place\"\nlabels = {}").unwrap();
        let names = ["Paris", "Paris Match", "Hong Kong", "Match", "Viêt Nam", "Москва", "Nijni Novgorod", "AT&T"];
        let lines: Vec<String> = names
            .iter()
            .enumerate()
            .map(|(i, name)| format!(r#"{{"id": "e{i}", "type": "Place", "labels": {{"fr": "{name}"}}}}"#))
            .collect();
        let entities = load(&[Source::of_text("a", &lines.join("\n"))], &schema).unwrap().entities;
        let text = "Paris, Paris Match, Match Paris; Viêt-Nam Hong Kong Kong МОСКВА Nijni Match AT&T Nam";
        let find = |mask| {
            let gazetteer = Gazetteer::with_mask(entities.clone(), &schema, mask);
            gazetteer.find(text, [Span::new(0, text.len())], Some(Language::FRENCH))
        };
        let expected = find(u64::MAX);
        assert_eq!(expected.len(), 9);
        for mask in [0, 1, 1 << 63, 3 << 62, 0xFF] {
            assert_eq!(find(mask), expected, "mask {mask:x}");
        }
    }
}
