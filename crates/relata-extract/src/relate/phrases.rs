//! What the macros of patterns stand for in one language: noun phrases, verb groups, roles, as expressions over symbols.
//!
//! Lists and groups are loops, and what stands in many places is a class: a count or an alternative would be compiled again
//! for each place.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::lexicon::Lexicon;
use super::symbols::{self, MentionKind, Symbol, Vocabulary, class_items};
use crate::verbs::{Tense, UnknownVerb};

/// What the macros of one language stand for.
#[derive(Clone, Debug)]
pub(super) struct Phrases {
    /// The words that have a symbol.
    pub(super) words: Vocabulary,
    pub(super) lexicon: Lexicon,
    pub(super) roles: String,
    /// The first words of every role.
    pub(super) role_triggers: Vec<Symbol>,
    group: GroupRegexes,
    nouns: NounRegexes,
    /// Articles, prepositions, joins and punctuation: no pattern waits for one of these.
    pub(super) common: Vec<Symbol>,
    sets: Sets,
}

/// The words that decide what a noun phrase is part of.
#[derive(Clone, Debug, Default)]
pub(super) struct Sets {
    pub(super) determiners: FxHashSet<Symbol>,
    pub(super) prepositions: FxHashSet<Symbol>,
    /// Heads of noun phrases and words of posts: what may stand before a name.
    pub(super) titles: FxHashSet<Symbol>,
    /// Every word that may stand between the items of a list.
    pub(super) joins: FxHashSet<Symbol>,
    /// Those of one word, without the comma.
    pub(super) conjunctions: FxHashSet<Symbol>,
    pub(super) comma: FxHashSet<Symbol>,
    pub(super) open: FxHashSet<Symbol>,
    pub(super) close: FxHashSet<Symbol>,
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
            &group.negation_particles,
            &group.no_negation,
            &group.no_longer,
            &group.doubt,
            &group.undone,
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
        let together = words_together(&lexicon, plain.into_iter().chain(modal_lists), &role_phrases)?;
        words.arrange(&together);
        let mut phrases = Self {
            words,
            lexicon,
            roles: String::new(),
            role_triggers: Vec::new(),
            nouns: NounRegexes::default(),
            common: Vec::new(),
            sets: Sets::default(),
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
        let common = [&lists.determiners, &lists.prepositions, &lists.joins]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .chain(MARKS);
        phrases.common = common.flat_map(|word| phrases.words.symbols(word)).collect();
        phrases.sets = phrases.make_sets();
        Ok(phrases)
    }

    fn make_sets(&self) -> Sets {
        let lists = &self.lexicon.words;
        let set = |words: &mut dyn Iterator<Item = &str>| words.flat_map(|word| self.words.symbols(word)).collect();
        let list = |list: &[String]| set(&mut list.iter().map(String::as_str));
        let between = lists.joins.iter().chain(&lists.examples).flat_map(|phrase| phrase.split(' '));
        let one_word = lists.joins.iter().map(String::as_str).filter(|join| *join != "," && !join.contains(' '));
        let mut titles: FxHashSet<Symbol> = list(&lists.heads);
        titles.extend(&self.role_triggers);
        Sets {
            determiners: list(&lists.determiners),
            prepositions: list(&lists.prepositions),
            titles,
            joins: set(&mut between.into_iter()),
            conjunctions: set(&mut one_word.into_iter()),
            comma: set(&mut [","].into_iter()),
            open: set(&mut ["("].into_iter()),
            close: set(&mut [")"].into_iter()),
        }
    }

    /// The words that decide what a noun phrase is part of.
    pub(super) fn sets(&self) -> &Sets {
        &self.sets
    }

    /// Any token but a mention or punctuation.
    pub(super) fn plain_word(&self) -> &str {
        &self.nouns.plain
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
    pub(super) fn class<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> String {
        let symbols: Vec<char> = words.into_iter().flat_map(|word| self.words.symbols(word)).collect();
        format!("[{}]", class_items(&symbols))
    }

    /// The phrases as alternatives, longest first: single words as one class at the end.
    pub(super) fn alternatives<'w>(
        &self,
        phrases: impl IntoIterator<Item = &'w String>,
    ) -> Result<String, UnknownVerb> {
        // Phrases that go on alike share one class of first words: what they stand in is compiled for every rule.
        let mut by_rest: BTreeMap<(Reverse<usize>, String), Vec<Symbol>> = BTreeMap::new();
        for phrase in phrases {
            let words: Vec<&str> = phrase.split(' ').collect();
            let mut first = Vec::new();
            let mut rest = String::new();
            for (place, word) in words.iter().enumerate() {
                let symbols: Vec<Symbol> = match verb_in(word) {
                    Some(verb) => {
                        self.lexicon.verbs.forms(verb)?.iter().flat_map(|form| self.words.symbols(&form.text)).collect()
                    }
                    None => self.words.symbols(word),
                };
                if place > 0 {
                    rest.extend(["[", &class_items(&symbols), "]"]);
                    continue;
                }
                first = symbols;
                // "a décidé hier d'investir": a filler may stand between the verb and its preposition.
                if words.len() > 1 && verb_in(word).is_some() {
                    rest += &self.group.adverb;
                }
            }
            by_rest.entry((Reverse(words.len()), rest)).or_default().extend(first);
        }
        by_rest.retain(|_, first| !first.is_empty());
        let all: Vec<String> =
            by_rest.into_iter().map(|((_, rest), first)| format!("[{}]{rest}", class_items(&first))).collect();
        // An empty class matches nothing, which is what an empty list means.
        Ok(if all.is_empty() { symbols::NOTHING.to_owned() } else { all.join("|") })
    }

    pub(super) fn expand(&self, name: &str, argument: &str, subject: &[usize], object: &[usize]) -> String {
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
            "any" => format!("{}{{0,{}}}?", symbols::except(&self.nouns.clause_ends), argument.parse().unwrap_or(6)),
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
        let items =
            |marks: &[&str]| class_items(&marks.iter().flat_map(|mark| self.words.symbols(mark)).collect::<Vec<_>>());
        let comma = self.class([","]);
        let clause_ends = items(&[";", ":", "!", "?", "…", "\""]);
        let brackets =
            format!("(?:{}{}{{1,10}}{})", self.class(["("]), symbols::except(&items(&[")"])), self.class([")"]));
        let aside = format!(
            "(?:{comma}{}{{1,14}}{comma}|{brackets}|{comma})?",
            symbols::except(&(items(&[","]) + &clause_ends))
        );
        let plain =
            symbols::except(&(items(&MARKS) + &symbols::all_mentions() + &class_items(&[symbols::PUNCTUATION])));
        Ok(NounRegexes {
            determiner: class(&lists.determiners),
            heads: class(&lists.heads),
            groups: class(&lists.groups),
            preposition: class(&lists.prepositions),
            join: format!(
                "(?:{}|{comma}?(?:{}))",
                self.alternatives(&lists.joins)?,
                self.alternatives(&lists.examples)?
            ),
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
        let named = format!("{determiner}*(?:{heads}|{demonym})*{any}?{name}{brackets}?");
        let group = format!(
            "{determiner}*{heads}*(?:{groups}{heads}?{agent}|{agent}{heads}*{groups})(?:{preposition}{determiner}?{plain})?"
        );
        format!("(?:{named}|{group})")
    }

    fn forms(&self, verbs: &str, tenses: &[Tense]) -> String {
        let mut single = Vec::new();
        let mut long = Vec::new();
        for verb in verbs.split('|') {
            let forms = self.lexicon.verbs.forms(verb.trim()).expect("checked when the words were added");
            for form in forms.iter().filter(|form| tenses.contains(&form.tense)) {
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
        if long.is_empty() { symbols::NOTHING.to_owned() } else { format!("(?:{})", long.join("|")) }
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

/// The words of each list, and of the first and the other places of posts: what stands in the same places of expressions.
fn words_together<'l>(
    lexicon: &Lexicon,
    lists: impl Iterator<Item = &'l Vec<String>>,
    role_phrases: &[Vec<String>],
) -> Result<Vec<Vec<String>>, UnknownVerb> {
    let mut together: Vec<Vec<String>> = vec![
        role_phrases.iter().filter_map(|words| words.first()).cloned().collect(),
        role_phrases.iter().flat_map(|words| words.iter().skip(1)).cloned().collect(),
    ];
    for list in lists {
        let mut of_list = Vec::new();
        for word in list.iter().flat_map(|phrase| phrase.split(' ')) {
            match verb_in(word) {
                Some(verb) => of_list.extend(lexicon.verbs.forms(verb)?.iter().map(|form| form.text.clone())),
                None => of_list.push(word.to_owned()),
            }
        }
        together.push(of_list);
    }
    Ok(together)
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
    let all: Vec<char> = kinds
        .iter()
        .flat_map(|&kind| {
            types.iter().chain(&[super::tokens::ANY_TYPE]).map(move |&ordinal| symbols::mention(kind, ordinal))
        })
        .collect();
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
                let adjective = ["ый", "ий", "ая", "ой"].iter().any(|ending| word.ends_with(ending));
                let noun = word.ends_with(['а', 'я', 'й', 'ь', 'о', 'е', 'ы', 'и']);
                let ending = if adjective { 2 } else { usize::from(noun) };
                *word = word.chars().take(letters - ending).chain(['*']).collect();
            }
        }
    }
    words
}
