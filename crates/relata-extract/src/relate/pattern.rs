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
use super::symbols::{self, MentionKind, Symbol, Vocabulary, class_items};
use crate::verbs::{Form, Tense, UnknownVerb};

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

const MACROS: [&str; 19] =
    ["S", "O", "S1", "O1", "Sd", "Od", "P", "V", "B", "N", "I", "G", "gap", "any", "role", "role+", "det", "demonym", "mention"];

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
                Piece::Operator(_) => {}
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
                Piece::Macro(..) => {}
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
                    write!(out, "[{}]", class_items(&phrases.words.symbols(word))).expect("writing to a string")
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

/// What the macros of one language stand for.
#[derive(Clone, Debug)]
pub(super) struct Phrases {
    /// The words that have a symbol.
    pub(super) words: Vocabulary,
    lexicon: Lexicon,
    roles: String,
    /// The first words of every role.
    role_triggers: Vec<Symbol>,
    group: GroupRegexes,
    nouns: NounRegexes,
    /// Articles, prepositions, joins and punctuation: no pattern waits for one of these.
    common: Vec<Symbol>,
}

/// Regular expressions for the parts of a noun phrase and of what stands between phrases.
#[derive(Clone, Debug, Default)]
struct NounRegexes {
    determiner: String,
    heads: String,
    groups: String,
    preposition: String,
    join: String,
    /// Something in brackets.
    brackets: String,
    /// Any token but a mention or punctuation.
    plain: String,
    /// What may stand between a subject and its verb: an apposition or a relative clause between commas, brackets.
    aside: String,
    /// The marks that end a clause, as items of a class.
    clause_ends: String,
}

/// Regular expressions for the parts of a verb group.
#[derive(Clone, Debug, Default)]
struct GroupRegexes {
    /// Any one-word filler, any number of times. A class and no alternatives, because it stands in many places.
    adverb: String,
    filler: String,
    auxiliary: String,
    modal: String,
    negation: String,
}

impl Phrases {
    /// Adds the lists of the language to `words`, which must have those of every rule.
    ///
    /// # Errors
    /// When a list names a verb that cannot be conjugated.
    pub(super) fn new(mut words: Vocabulary, lexicon: Lexicon) -> Result<Self, UnknownVerb> {
        let lists = lexicon.words.clone();
        let group = &lists.group;
        let modal_lists = [&group.real, &group.planned, &group.hypothetical, &group.ended, &group.negated];
        let (anaphors, attribution) = (&lists.anaphors, &lists.attribution);
        let plain = [
            &anaphors.person,
            &anaphors.feminine,
            &anaphors.feminine_marks,
            &anaphors.masculine_marks,
            &anaphors.impersonal,
            &anaphors.definite,
            &anaphors.organization,
            &anaphors.country,
            &attribution.according_to,
            &attribution.that,
            &lists.determiners,
            &lists.prepositions,
            &lists.heads,
            &lists.groups,
            &lists.joins,
            &lists.examples,
            &group.fillers,
            &group.auxiliaries,
            &group.hypothetical_auxiliaries,
            &group.negation,
            &group.no_longer,
            &group.doubt,
        ];
        for phrase in plain.into_iter().flatten() {
            phrase.split(' ').for_each(|word| words.add(word));
        }
        for verb in &attribution.say {
            lexicon.verbs.forms(verb)?.iter().for_each(|form| words.add(&form.text));
        }
        for phrase in modal_lists.into_iter().flatten().chain(&group.negated_that) {
            for word in phrase.split(' ') {
                match verb_in(word) {
                    Some(verb) => lexicon.verbs.forms(verb)?.iter().for_each(|form| words.add(&form.text)),
                    None => words.add(word),
                }
            }
        }
        if let Some(passive) = &group.passive {
            lexicon.verbs.forms(passive)?.iter().for_each(|form| words.add(&form.text));
        }
        let role_phrases: Vec<Vec<String>> =
            lexicon.posts.phrases().map(|(phrase, _)| role_words(phrase, lexicon.language)).collect();
        role_phrases.iter().flatten().for_each(|word| words.add(word));
        let mut phrases = Self {
            words,
            lexicon,
            roles: String::new(),
            role_triggers: Vec::new(),
            nouns: NounRegexes::default(),
            common: Vec::new(),
            group: GroupRegexes::default(),
        };
        // Longest first, since the first alternative that fits is taken.
        let mut alternatives: Vec<(usize, String)> = role_phrases
            .iter()
            .map(|words| (words.len(), words.iter().map(|word| phrases.class([word.as_str()])).collect()))
            .collect();
        alternatives.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        alternatives.dedup();
        phrases.role_triggers = role_phrases
            .iter()
            .filter_map(|words| words.first())
            .flat_map(|word| phrases.words.symbols(word))
            .collect();
        phrases.roles = alternatives.into_iter().map(|(_, regex)| regex).collect::<Vec<_>>().join("|");
        // Modal phrases are made of fillers too, so these come first.
        let fillers: Vec<&String> = group.fillers.iter().chain(&group.negation).chain(&group.no_longer).collect();
        let one_word = fillers.iter().map(|phrase| phrase.as_str()).filter(|phrase| !phrase.contains(' '));
        phrases.group.adverb = format!("{}*", phrases.class(one_word));
        phrases.group = GroupRegexes {
            adverb: phrases.group.adverb.clone(),
            filler: format!("(?:{})", phrases.alternatives(fillers)?),
            auxiliary: format!(
                "(?:{})",
                phrases.alternatives(group.auxiliaries.iter().chain(&group.hypothetical_auxiliaries))?
            ),
            modal: format!("(?:{})", phrases.alternatives(modal_lists.into_iter().flatten())?),
            negation: format!("(?:{})", phrases.alternatives(group.negation.iter().chain(&group.no_longer))?),
        };
        phrases.nouns = phrases.noun_regexes()?;
        let common = [&lists.determiners, &lists.prepositions, &lists.joins].into_iter().flatten().map(String::as_str).chain(MARKS);
        phrases.common = common.flat_map(|word| phrases.words.symbols(word)).collect();
        Ok(phrases)
    }

    /// The first words of every role.
    pub(super) fn role_beginnings(&self) -> &[Symbol] {
        &self.role_triggers
    }

    /// The language's lists.
    pub(super) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The alternatives of all role phrases.
    pub(super) fn role_regex(&self) -> &str {
        &self.roles
    }

    /// A class of all the words.
    fn class<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> String {
        let symbols: Vec<char> = words.into_iter().flat_map(|word| self.words.symbols(word)).collect();
        format!("[{}]", class_items(&symbols))
    }

    /// The phrases as alternatives, longest first: single words as one class at the end.
    pub(super) fn alternatives<'w>(
        &self,
        phrases: impl IntoIterator<Item = &'w String>,
    ) -> Result<String, UnknownVerb> {
        let mut long: Vec<(usize, String)> = Vec::new();
        let mut single = Vec::new();
        for phrase in phrases {
            let words: Vec<&str> = phrase.split(' ').collect();
            match words[..] {
                [word] if verb_in(word).is_none() => single.push(word),
                _ => {
                    let mut regex = String::new();
                    for (place, word) in words.iter().enumerate() {
                        match verb_in(word) {
                            Some(verb) => {
                                let forms = self.lexicon.verbs.forms(verb)?;
                                regex += &self.class(forms.iter().map(|form| form.text.as_str()));
                            }
                            None => regex += &self.class([*word]),
                        }
                        // "a décidé hier d'investir": a filler may stand between the verb and its preposition.
                        if place == 0 && words.len() > 1 && verb_in(word).is_some() {
                            regex += &self.group.adverb;
                        }
                    }
                    long.push((words.len(), regex));
                }
            }
        }
        long.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        long.dedup();
        let mut all: Vec<String> = long.into_iter().map(|(_, regex)| regex).collect();
        if !single.is_empty() {
            all.push(self.class(single));
        }
        // An empty class matches nothing, which is what an empty list means.
        Ok(if all.is_empty() { "[^\\x{0}-\\x{10FFFF}]".to_owned() } else { all.join("|") })
    }

    fn expand(&self, name: &str, argument: &str, subject: &[usize], object: &[usize]) -> String {
        match name {
            "S" => format!("(?P<s>{}){}", self.list(subject, false), self.nouns.aside),
            "P" => format!("(?P<s>{}){}", self.list(subject, true), self.nouns.aside),
            "O" => format!("(?P<o>{})", self.list(object, false)),
            "S1" => format!("(?P<s>{}){}", self.noun_phrase(subject), self.nouns.aside),
            "O1" => format!("(?P<o>{})", self.noun_phrase(object)),
            "Sd" => format!("(?P<s>[{}])", mentions(&[MentionKind::Demonym], subject)),
            "Od" => format!("(?P<o>[{}])", mentions(&[MentionKind::Demonym], object)),
            "V" => self.verb_group(argument),
            "B" => self.passive(argument),
            "N" => self.forms(argument, &[Tense::Participle]),
            "I" => self.forms(argument, &[Tense::Infinitive]),
            "G" => self.forms(argument, &[Tense::Gerund]),
            "gap" => format!("{}{{0,{}}}?", self.nouns.plain, argument.parse().unwrap_or(6)),
            "any" => format!("[^{}]{{0,{}}}?", self.nouns.clause_ends, argument.parse().unwrap_or(6)),
            "role" => format!("(?P<role>{})", self.roles),
            "role+" => format!("(?P<role>(?:{})(?:{}{{0,8}}?))", self.roles, self.nouns.plain),
            "det" => format!("{}?", self.nouns.determiner),
            "demonym" => format!("[{}]", mentions(&[MentionKind::Demonym], &[])),
            "mention" => format!("[{}]", symbols::all_mentions()),
            other => unreachable!("{other} is not among the macros that parsing lets through"),
        }
    }

    fn noun_regexes(&self) -> Result<NounRegexes, UnknownVerb> {
        let lists = &self.lexicon.words;
        let class = |list: &[String]| self.class(list.iter().map(String::as_str));
        let items = |marks: &[&str]| class_items(&marks.iter().flat_map(|mark| self.words.symbols(mark)).collect::<Vec<_>>());
        let comma = self.class([","]);
        let clause_ends = items(&[";", ":", "!", "?", "…", "\""]);
        let brackets = format!("(?:{}[^{}]{{1,10}}{})", self.class(["("]), items(&[")"]), self.class([")"]));
        let aside = format!("(?:{comma}[^{}{clause_ends}]{{1,14}}{comma}|{brackets}|{comma})?", items(&[","]));
        let plain = format!("[^{}{}\\x{{{:X}}}]", items(&MARKS), symbols::all_mentions(), u32::from(symbols::PUNCTUATION));
        Ok(NounRegexes {
            determiner: class(&lists.determiners),
            heads: class(&lists.heads),
            groups: class(&lists.groups),
            preposition: class(&lists.prepositions),
            join: format!("(?:{}|{comma}?(?:{}))", self.alternatives(&lists.joins)?, self.alternatives(&lists.examples)?),
            brackets,
            plain,
            aside,
            clause_ends,
        })
    }

    /// A list of noun phrases, of `more` than one where that is asked: "la société américaine Firebird (SA)", "des GPU H20", "les géants
    /// chinois de la tech".
    fn list(&self, types: &[usize], more: bool) -> String {
        let NounRegexes { preposition, join, .. } = &self.nouns;
        let phrase = self.noun_phrase(types);
        // A loop and not a count, which would be compiled once for each item that a list may have.
        format!("{phrase}(?:{join}{preposition}?{phrase}){}", if more { "+" } else { "*" })
    }

    /// One item of such a list.
    fn noun_phrase(&self, types: &[usize]) -> String {
        let NounRegexes { determiner, heads, groups, preposition, brackets, plain, .. } = &self.nouns;
        let demonym = format!("[{}]", mentions(&[MentionKind::Demonym], &[]));
        let any = format!("[{}]", symbols::all_mentions());
        let name = format!("[{}]", mentions(&[MentionKind::Name, MentionKind::Anaphor], types));
        let agent = format!("[{}]", mentions(&[MentionKind::Demonym], types));
        let named = format!("{determiner}{{0,2}}(?:{heads}|{demonym}){{0,3}}{any}?{name}{brackets}?");
        let group = format!("{determiner}{{0,2}}{heads}{{0,2}}(?:{groups}{heads}?{agent}|{agent}{heads}{{0,2}}{groups})(?:{preposition}{determiner}?{plain})?");
        format!("(?:{named}|{group})")
    }

    fn forms(&self, verbs: &str, tenses: &[Tense]) -> String {
        let mut single = Vec::new();
        let mut long = Vec::new();
        for verb in verbs.split('|') {
            let forms = self.lexicon.verbs.forms(verb.trim()).expect("checked when the words were added");
            for form in forms.into_iter().filter(|form| tenses.contains(&form.tense)) {
                let words: Vec<String> = form.text.split(' ').map(super::tokens::fold).collect();
                match &words[..] {
                    [word] => single.extend(self.words.symbols(word)),
                    _ => long.push(words.iter().map(|word| self.class([word.as_str()])).collect::<String>()),
                }
            }
        }
        long.sort_unstable();
        long.dedup();
        single.sort_unstable();
        single.dedup();
        if !single.is_empty() {
            long.push(format!("[{}]", class_items(&single)));
        }
        if long.is_empty() { "[^\\x{0}-\\x{10FFFF}]".to_owned() } else { format!("(?:{})", long.join("|")) }
    }

    fn verb_group(&self, verbs: &str) -> String {
        let GroupRegexes { filler, auxiliary, modal, negation, .. } = &self.group;
        let all = [Tense::Real, Tense::Future, Tense::Conditional, Tense::Infinitive, Tense::Participle, Tense::Gerund];
        format!(
            "(?P<v>{filler}*(?P<aux>{auxiliary})?{filler}*(?P<mod>(?:{modal}{filler}*)*)(?P<form>{}){negation}?)",
            self.forms(verbs, &all)
        )
    }

    fn passive(&self, verbs: &str) -> String {
        let GroupRegexes { filler, auxiliary, modal, negation, .. } = &self.group;
        let participle = self.forms(verbs, &[Tense::Participle]);
        let Some(passive) = &self.lexicon.words.group.passive else { return format!("(?P<v>(?P<form>{participle}))") };
        let be = self.lexicon.verbs.forms(passive).expect("checked when the words were added");
        let be = self.class(be.iter().map(|form| form.text.as_str()));
        // Russian needs no verb beside the short participle.
        let be_count = if self.lexicon.language == relata_model::Language::RUSSIAN { "*" } else { "+" };
        format!(
            "(?P<v>{filler}*(?P<aux>{auxiliary})?{filler}*(?P<mod>(?:{modal}{filler}*)*)(?P<be>(?:{be}{filler}*){be_count})(?P<form>{participle}){negation}?)"
        )
    }
}

/// Punctuation that every vocabulary knows.
pub(super) const MARKS: [&str; 12] = [",", ";", ":", ".", "!", "?", "…", "(", ")", "\"", "–", "/"];

fn verb_in(word: &str) -> Option<&str> {
    word.strip_prefix('{')?.strip_suffix('}')
}

fn mentions(kinds: &[MentionKind], types: &[usize]) -> String {
    if types.is_empty() {
        return kinds.iter().fold(String::new(), |out, &kind| {
            let (first, last) = (symbols::mention(kind, 0), symbols::mention(kind, usize::MAX));
            format!("{out}\\x{{{:X}}}-\\x{{{:X}}}", u32::from(first), u32::from(last))
        });
    }
    let all: Vec<char> =
        kinds.iter().flat_map(|&kind| types.iter().map(move |&ordinal| symbols::mention(kind, ordinal))).collect();
    class_items(&all)
}

/// The words of a phrase for a role; in Russian, where nouns have cases, their beginnings.
fn role_words(phrase: &str, language: relata_model::Language) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in phrase.split(' ') {
        let folded = super::tokens::fold(word);
        match folded.find('\'').filter(|&at| at + 1 < folded.len() && at <= 6) {
            Some(at) => words.extend([folded[..=at].to_owned(), folded[at + 1..].to_owned()]),
            None => words.push(folded),
        }
    }
    if language == relata_model::Language::RUSSIAN {
        for word in &mut words {
            let letters = word.chars().count();
            if letters > 4 {
                let cut = if word.ends_with(['а', 'я', 'й', 'ь', 'о', 'е', 'ы', 'и']) { 1 } else { 0 };
                let cut =
                    if word.ends_with("ый") || word.ends_with("ий") || word.ends_with("ая") || word.ends_with("ой")
                    {
                        2
                    } else {
                        cut
                    };
                *word = word.chars().take(letters - cut).chain(['*']).collect();
            }
        }
    }
    words
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
