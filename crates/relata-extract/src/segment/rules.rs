//! What a language's abbreviations say about the full stop after them.

use relata_model::Language;
use rustc_hash::{FxHashMap, FxHashSet};

/// The abbreviations of one language, and the words that open its sentences.
///
/// Made from the text of `data/<language>/abbreviations.txt`: one abbreviation a line under a heading in square brackets
/// that tells what a stop after it means; `#` starts a comment. The headings are
///
/// | heading | a border follows | such as |
/// |---|---|---|
/// | `[never ends a sentence]` | never | `M.`, `p. ex.`, `им.` |
/// | `[ends before an opener]` | before a word of `[openers]` | `U.S.`, `Inc.` |
/// | `[ends before a capital]` | before a capital | `etc.`, `т. д.` |
/// | `[ends after a number]` | before a capital, when a number stands before it | `г.`, `млрд.` |
/// | `[ends unless a number follows]` | unless a number follows | `No.`, `art.` |
/// | `[openers]` | (words with a capital that hardly ever start a name) | `Il`, `The`, `Он` |
///
/// Lines under any other heading are passed over, so that an older program reads newer data.
///
/// ```
/// use relata_extract::segment::{SegmentRules, segment};
/// use relata_model::{Document, Language};
///
/// let rules = SegmentRules::new(Language::FRENCH, "[never ends a sentence]\nM.\n[openers]\nIl\n");
/// let document = Document::from_text("a.txt", "M. Gref a parlé. Il est parti.", Language::FRENCH);
/// let sentences = segment(&document, &rules);
/// assert_eq!(sentences[0].span.of(&document.text), "M. Gref a parlé.");
/// ```
#[derive(Clone, Debug)]
pub struct SegmentRules {
    language: Language,
    abbreviations: FxHashMap<Box<str>, Ending>,
    openers: FxHashSet<Box<str>>,
}

/// What a stop after an abbreviation means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Never,
    BeforeOpener,
    BeforeCapital,
    AfterNumber,
    UnlessNumberFollows,
}

impl SegmentRules {
    /// Reads the text of an abbreviation file. Cannot fail: every line is an abbreviation of its section.
    pub fn new(language: Language, source: &str) -> Self {
        let mut abbreviations = FxHashMap::default();
        let mut openers = FxHashSet::default();
        let mut section = "";
        for line in source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name;
            } else if section == "openers" {
                openers.insert(line.into());
            } else if let Some(ending) = Ending::of_section(section) {
                abbreviations.insert(key(line), ending);
            }
        }
        // "Etc." at the head of a line or in a title is "etc."; what the file says of the capital itself stays, and a single
        // capital is an initial.
        let capitals: Vec<_> = abbreviations
            .iter()
            .filter(|(key, _)| key.chars().nth(1).is_some())
            .map(|(key, &ending)| (capitalised(key), ending))
            .collect();
        for (key, ending) in capitals {
            abbreviations.entry(key).or_insert(ending);
        }
        Self { language, abbreviations, openers }
    }

    /// The language they are of.
    pub fn language(&self) -> Language {
        self.language
    }

    /// What a stop after `abbreviation` means, which comes without its last stop and without spaces.
    pub(super) fn ending(&self, abbreviation: &str) -> Option<Ending> {
        self.abbreviations.get(abbreviation).copied()
    }

    /// Whether the word at the start of `text` opens sentences and hardly ever names.
    pub(super) fn is_opener(&self, text: &str) -> bool {
        let letters = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
        let word = &text[..letters];
        match text[letters..].chars().next() {
            Some('\'' | '’') => {
                let mut elided = String::with_capacity(letters + 1);
                elided.push_str(word);
                elided.push('\'');
                self.openers.contains(elided.as_str()) || self.openers.contains(word)
            }
            // "Г. О. Греф": a single letter with a stop is an initial.
            Some('.') if word.chars().nth(1).is_none() => false,
            _ => self.openers.contains(word),
        }
    }
}

impl Ending {
    fn of_section(name: &str) -> Option<Self> {
        Some(match name {
            "never ends a sentence" => Self::Never,
            "ends before an opener" => Self::BeforeOpener,
            "ends before a capital" => Self::BeforeCapital,
            "ends after a number" => Self::AfterNumber,
            "ends unless a number follows" => Self::UnlessNumberFollows,
            _ => return None,
        })
    }
}

/// `p. ex.` as it is looked up: `p.ex`.
fn key(line: &str) -> Box<str> {
    let mut key: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    if key.ends_with('.') {
        key.pop();
    }
    key.into()
}

fn capitalised(key: &str) -> Box<str> {
    let mut characters = key.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect::<String>().into()
}
