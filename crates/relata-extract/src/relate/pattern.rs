//! From a pattern as people write it to a regular expression over symbols.
//!
//! A pattern is words, groups and macros: `{S} {V:exporter|vendre} {gap} (vers|à|en|aux) {O}`. Words stand for themselves,
//! `*` ends a beginning of a word, `( | )` group (`\(` is the bracket itself), `?` makes the word, group or macro before it optional. The macros:
//!
//! | macro | stands for | group |
//! |---|---|---|
//! | `{S}` `{O}` | a noun phrase or a list of them, names or descriptions | `s` `o` |
//! | `{S1}` `{O1}` | one noun phrase | `s` `o` |
//! | `{Sd}` `{Od}` | a demonym | `s` `o` |
//! | `{P}` | a list of at least two, to be paired with each other | `s` |
//! | `{V:a\|b}` | a verb group in the active voice, all tenses | `v` |
//! | `{B:a\|b}` | a verb group in the passive | `v` |
//! | `{N:a\|b}` | a participle alone: "imposées" | — |
//! | `{I:a\|b}` `{G:a\|b}` | an infinitive, a gerund alone | — |
//! | `{gap}` `{gap:N}` | up to 6, or N, words that are no mention and no punctuation | — |
//! | `{any:N}` | up to N tokens of any kind, mentions too, but no end of a clause | — |
//! | `{role}` | the words of a post; `{role+}` with what belongs to it | `role` |
//! | `{det}` | an article or nothing | — |
//! | `{demonym}` `{mention}` | a demonym, any mention, that takes no part | — |
//! | `{cue:…}` | what is inside, kept as the cue of the rule's modality | `cue` |

use std::fmt::Write as _;

use relata_model::EntityType;

use super::lexicon::Lexicon;
use super::phrases::Phrases;
use super::symbols::{Symbol, Vocabulary, class_items};
use crate::verbs::{Form, UnknownVerb};

/// One piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// A word or a beginning of a word, in lower case.
    Word(String),
    /// `(`, `|`, `)` or `?`, which regular expressions share.
    Operator(char),
    /// A macro and what stands after its colon.
    Macro(String, String),
}

/// What is wrong with a pattern, and at which byte of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PatternFault {
    /// Byte offset in the pattern.
    pub(super) at: usize,
    /// What is wrong and what to do.
    pub(super) message: String,
}

/// A pattern cut into pieces, each with its byte offset.
#[derive(Clone, Debug)]
pub(super) struct Pattern(Vec<(usize, Piece)>);

const VERB_MACROS: [&str; 5] = ["V", "B", "N", "I", "G"];

const MACROS: [&str; 19] = [
    "S", "O", "S1", "O1", "Sd", "Od", "P", "V", "B", "N", "I", "G", "gap", "any", "role", "role+", "det", "demonym",
    "mention",
];

impl Pattern {
    /// Cuts `source` into pieces.
    ///
    /// # Errors
    /// On an unknown macro, a brace or a bracket that is not closed.
    pub(super) fn parse(source: &str) -> Result<Self, PatternFault> {
        let fault = |at: usize, message: String| Err(PatternFault { at, message });
        let mut pieces = Vec::new();
        let mut open = Vec::new();
        let mut rest = source;
        while let Some(first) = rest.chars().next() {
            let at = source.len() - rest.len();
            if first.is_whitespace() {
                rest = &rest[first.len_utf8()..];
                continue;
            }
            if let Some(escaped) = rest.strip_prefix('\\').and_then(|rest| rest.chars().next()) {
                pieces.push((at, Piece::Word(super::tokens::fold(&escaped.to_string()))));
                rest = &rest[1 + escaped.len_utf8()..];
            } else if first == '{' {
                let Some(end) = rest.find('}') else {
                    return fault(at, "this brace is not closed".to_owned());
                };
                let inside = &rest[1..end];
                let (name, argument) = inside.split_once(':').unwrap_or((inside, ""));
                if !MACROS.contains(&name) {
                    let hint = relata_model::closest(name, MACROS);
                    return fault(at, format!("unknown macro \"{{{name}}}\"{hint}"));
                }
                pieces.push((at, Piece::Macro(name.to_owned(), argument.to_owned())));
                rest = &rest[end + 1..];
            } else if "(|)?".contains(first) {
                match first {
                    '(' => open.push(at),
                    ')' if open.pop().is_none() => return fault(at, "this bracket was not opened".to_owned()),
                    _ => {}
                }
                pieces.push((at, Piece::Operator(first)));
                rest = &rest[1..];
            } else {
                let end = rest.find(|c: char| c.is_whitespace() || "{}(|)?".contains(c)).unwrap_or(rest.len());
                let end = if end == 0 { first.len_utf8() } else { end };
                let mut word = &rest[..end];
                // "l'{O}" and "d'entreprise": what lost its vowel is a token of its own.
                if let Some(apostrophe) = word.find('\'').filter(|&a| a > 0 && a + 1 < word.len() && a <= 6) {
                    word = &word[..=apostrophe];
                }
                pieces.push((at, Piece::Word(super::tokens::fold(word))));
                rest = &rest[word.len()..];
            }
        }
        match open.pop() {
            Some(at) => fault(at, "this bracket is not closed".to_owned()),
            None => one_group_each(&pieces).map_or(Ok(Self(pieces)), Err),
        }
    }

    /// The words and verbs it names, for the vocabulary.
    ///
    /// # Errors
    /// When a verb cannot be conjugated.
    pub(super) fn add_words(&self, lexicon: &Lexicon, words: &mut Vocabulary) -> Result<(), PatternFault> {
        for (at, piece) in &self.0 {
            match piece {
                Piece::Word(word) => words.add(word),
                Piece::Macro(name, argument) if VERB_MACROS.contains(&name.as_str()) => {
                    for verb in argument.split('|') {
                        let forms = lexicon.verbs.forms(verb.trim()).map_err(|error| unconjugated(*at, &error))?;
                        forms
                            .iter()
                            .flat_map(|form| form.text.split(' '))
                            .for_each(|word| words.add(&super::tokens::fold(word)));
                    }
                }
                Piece::Operator(_) | Piece::Macro(..) => {}
            }
        }
        Ok(())
    }

    /// Whether it has the macro.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        self.0.iter().any(|(_, piece)| matches!(piece, Piece::Macro(name, _) if names.contains(&name.as_str())))
    }

    /// Whether the subject comes first and a verb group of the active or passive voice right after it.
    pub(super) fn begins_with_subject(&self) -> bool {
        matches!(self.0.first(), Some((_, Piece::Macro(name, _))) if ["S", "S1", "P", "O", "O1"].contains(&name.as_str()))
    }

    /// Symbols of which a sentence must have one: those of the verbs, else those of the words.
    pub(super) fn triggers(&self, phrases: &Phrases) -> Vec<Symbol> {
        let mut symbols: Vec<Symbol> = self
            .forms(phrases)
            .iter()
            .filter_map(|form| {
                phrases.words.symbol(&super::tokens::fold(form.text.split(' ').next().unwrap_or_default()))
            })
            .collect();
        if symbols.is_empty() && self.has(&["role", "role+"]) {
            symbols.clone_from(&phrases.role_triggers);
        }
        if symbols.is_empty() {
            symbols = self.rarest_words(phrases);
        }
        symbols.sort_unstable();
        symbols.dedup();
        symbols
    }

    /// The words of the required part that has the fewest, of those that have more than articles and punctuation.
    fn rarest_words(&self, phrases: &Phrases) -> Vec<Symbol> {
        let mut parts: Vec<Vec<Symbol>> = Vec::new();
        let mut depth = 0_usize;
        for (_, piece) in &self.0 {
            match piece {
                Piece::Operator('?') if depth == 0 => {
                    parts.pop();
                }
                Piece::Operator('(') => {
                    if depth == 0 {
                        parts.push(Vec::new());
                    }
                    depth += 1;
                }
                Piece::Operator(')') => depth -= 1,
                Piece::Word(word) => {
                    if depth == 0 {
                        parts.push(Vec::new());
                    }
                    if let Some(part) = parts.last_mut() {
                        part.extend(phrases.words.symbols(word));
                    }
                }
                // A macro takes its own place, so that a "?" behind it drops nothing else.
                Piece::Macro(..) if depth == 0 => parts.push(Vec::new()),
                Piece::Macro(..) | Piece::Operator(_) => {}
            }
        }
        parts.retain(|part| part.iter().any(|symbol| !phrases.common.contains(symbol)));
        parts.into_iter().min_by_key(Vec::len).unwrap_or_default()
    }

    /// Every form of the verbs it names.
    pub(super) fn forms(&self, phrases: &Phrases) -> Vec<Form> {
        let verbs = self.0.iter().filter_map(|(_, piece)| match piece {
            Piece::Macro(name, verbs) if VERB_MACROS.contains(&name.as_str()) => Some(verbs.split('|')),
            Piece::Word(_) | Piece::Operator(_) | Piece::Macro(..) => None,
        });
        let conjugate =
            |verb: &str| phrases.lexicon.verbs.forms(verb.trim()).expect("checked when the words were added");
        verbs.flatten().flat_map(|verb| conjugate(verb).to_vec()).collect()
    }

    /// The regular expression over symbols. Subjects and objects are of one of the types, given as places in the schema.
    pub(super) fn regex(&self, phrases: &Phrases, subject: &[usize], object: &[usize]) -> String {
        let mut out = String::new();
        for (_, piece) in &self.0 {
            match piece {
                Piece::Word(word) => {
                    write!(out, "[{}]", class_items(&phrases.words.symbols(word))).expect("writing to a string");
                }
                Piece::Operator('(') => out.push_str("(?:"),
                Piece::Operator(operator) => out.push(*operator),
                Piece::Macro(name, argument) => out.push_str(&phrases.expand(name, argument, subject, object)),
            }
        }
        out
    }
}

/// A macro whose group another one has already: a match could not tell them apart.
fn one_group_each(pieces: &[(usize, Piece)]) -> Option<PatternFault> {
    let group = |name: &str| match name {
        "S" | "S1" | "Sd" | "P" => Some("s"),
        "O" | "O1" | "Od" => Some("o"),
        "V" | "B" => Some("v"),
        "role" | "role+" => Some("role"),
        _ => None,
    };
    let mut seen: Vec<&str> = Vec::new();
    for (at, piece) in pieces {
        let Piece::Macro(name, _) = piece else { continue };
        let Some(group) = group(name) else { continue };
        if seen.contains(&group) {
            let message = format!("a second macro of the kind of \"{{{name}}}\": write two patterns");
            return Some(PatternFault { at: *at, message });
        }
        seen.push(group);
    }
    None
}

fn unconjugated(at: usize, error: &UnknownVerb) -> PatternFault {
    PatternFault { at, message: error.to_string() }
}

/// The places in the schema of the types that are one of `wanted` or a subtype; empty when all are allowed.
pub(super) fn type_places(schema: &relata_model::Schema, wanted: &[EntityType]) -> Vec<usize> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let places = schema.entity_types().enumerate();
    places
        .filter(|(_, (known, _))| wanted.iter().any(|wider| schema.is_a(known, wider)))
        .map(|(place, _)| place)
        .collect()
}
