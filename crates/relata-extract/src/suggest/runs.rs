//! Runs of capitalised words in a sentence: where a name may stand that no entity has.

use std::ops::Range;

use relata_model::{Language, Sentence, SentenceKind, Span};

use super::words::SuggestWords;
use crate::segment::{Word, WordKind, words};

/// A word of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) kind: WordKind,
    /// Whether it is written as names are.
    pub(super) capital: bool,
    /// The number of the mention of the gazetteer that it is part of.
    pub(super) known: Option<usize>,
}

/// How a run stands in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Its first word begins a sentence or what is quoted, so that the capital proves nothing.
    First,
    /// Its capitals are its own.
    Inside,
    /// In quotation marks of its own: «Газпром нефть».
    Quoted,
}

/// A run of words that may be a name: from its first to its last token.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) tokens: Range<usize>,
    pub(super) standing: Standing,
}

/// The tokens of a sentence; `known` are the places of names that the gazetteer has, in order.
pub(super) fn tokens(text: &str, sentence: &Sentence, known: &[Span]) -> Vec<Token> {
    let mut next = known.partition_point(|span| span.end() <= sentence.span.start());
    words(text, sentence.span)
        .map(|Word { span, kind }| {
            while known.get(next).is_some_and(|mention| mention.end() <= span.start()) {
                next += 1;
            }
            let known = known.get(next).filter(|mention| mention.overlaps(span)).map(|_| next);
            let capital = kind == WordKind::Word && is_capital(span.of(text));
            Token { span, kind, capital, known }
        })
        .collect()
}

/// Whether a word is written as names are: with a capital first, or with capitals inside ("iPhone", "5G").
fn is_capital(word: &str) -> bool {
    let first = word.chars().next().is_some_and(char::is_uppercase);
    first || (word.chars().any(char::is_uppercase) && !word.contains(['-', '\'', '’']))
}

/// The runs of a sentence, in order, apart from each other.
pub(super) fn runs(
    text: &str,
    sentence: &Sentence,
    tokens: &[Token],
    language: Option<Language>,
    lists: &SuggestWords,
    is_given: &dyn Fn(&str) -> bool,
) -> Vec<Run> {
    if is_unreliable(text, sentence, tokens) {
        return Vec::new();
    }
    let mut runs = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(run) = quoted(text, tokens, at, language, lists) {
            at = run.tokens.end + 1;
            runs.push(run);
        } else if tokens[at].capital {
            let end = run_end(text, tokens, at, language, lists, is_given);
            let first = at == 0 || is_opening(tokens[at - 1].span.of(text));
            let quoted =
                at > 0 && is_quote(text, &tokens[at - 1]) && tokens.get(end).is_some_and(|next| is_quote(text, next));
            let standing = match (quoted, first) {
                (true, _) => Standing::Quoted,
                (false, true) => Standing::First,
                (false, false) => Standing::Inside,
            };
            let mut from = at;
            for to in borders(text, tokens, at..end, lists, is_given).into_iter().chain([end]) {
                let standing = if from == at { standing } else { Standing::Inside };
                runs.push(Run { tokens: from..to, standing });
                from = to;
            }
            at = end;
        } else {
            at += 1;
        }
    }
    runs
}

/// Whether capitals prove nothing: a heading in title case, a line in capitals.
fn is_unreliable(text: &str, sentence: &Sentence, tokens: &[Token]) -> bool {
    let words =
        || tokens.iter().filter(|token| token.kind == WordKind::Word && token.span.of(text).chars().count() > 3);
    let (all, capital) = (words().count(), words().filter(|token| token.capital).count());
    let shouted = |token: &&Token| !token.span.of(text).chars().any(char::is_lowercase);
    let shouting = words().filter(shouted).count();
    (all >= 4 && shouting * 10 > all * 7)
        || (sentence.kind != SentenceKind::Prose && all >= 4 && capital * 10 > all * 7)
        || (all >= 8 && capital * 10 > all * 9)
}

fn is_opening(mark: &str) -> bool {
    matches!(mark, "«" | "\"" | "“" | "„" | ":" | "—" | "–" | "•" | "?" | "!" | ";" | "…") || mark.starts_with('.')
}

fn is_quote(text: &str, token: &Token) -> bool {
    matches!(token.span.of(text), "«" | "»" | "\"" | "“" | "”" | "„")
}

/// A short name in quotation marks that begins with a token, whose later words may be small.
fn quoted(text: &str, tokens: &[Token], at: usize, language: Option<Language>, lists: &SuggestWords) -> Option<Run> {
    const MOST: usize = 5;
    if at == 0 || !is_quote(text, &tokens[at - 1]) || !tokens[at].capital {
        return None;
    }
    let length = tokens[at..].iter().take(MOST + 1).position(|token| token.kind == WordKind::Punctuation)?;
    let end = at + length;
    if !is_quote(text, &tokens[end]) || tokens[at..end].iter().any(|token| token.known.is_some()) {
        return None;
    }
    let all_capital = tokens[at..end].iter().all(|token| token.capital || token.kind == WordKind::Number);
    // What is said stands in quotation marks too: only a noun before them, or the Russian habit, makes a name of small words.
    let cue = before(text, tokens, at - 1).any(|phrase| lists.before.contains_key(&phrase));
    let short = length <= 3 && language == Some(Language::RUSSIAN);
    (all_capital || cue || short).then_some(Run { tokens: at..end, standing: Standing::Quoted })
}

/// The phrases of one to four words that end right before a token, in lower case, the longest first.
pub(super) fn before(text: &str, tokens: &[Token], at: usize) -> impl Iterator<Item = String> {
    let near = &tokens[at.saturating_sub(super::words::LONGEST_PHRASE)..at];
    let from = near.iter().rposition(|token| token.kind == WordKind::Punctuation && token.span.of(text) != ".");
    let near = from.map_or(near, |mark| &near[mark + 1..]);
    (0..near.len()).map(move |from| phrase(text, &near[from..]))
}

/// Words in lower case with one space between them, as they stand in lists.
pub(super) fn phrase(text: &str, tokens: &[Token]) -> String {
    let mut phrase = String::new();
    for token in tokens {
        let word = token.span.of(text);
        if !phrase.is_empty() && !phrase.ends_with('\'') && word != "." {
            phrase.push(' ');
        }
        phrase.extend(word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
    }
    phrase
}

/// Where one run holds several names side by side: before a post ("Google CEO Sundar Pichai"), before a given name ("Сбербанка Герман
/// Греф"), and in Russian behind an acronym or a foreign word.
fn borders(
    text: &str,
    tokens: &[Token],
    run: Range<usize>,
    lists: &SuggestWords,
    is_given: &dyn Fn(&str) -> bool,
) -> Vec<usize> {
    let word = |at: usize| tokens[at].span.of(text);
    let telling = lists.first.contains_key(&phrase(text, &tokens[run.start..=run.start]));
    let russian = |word: &str| word.chars().any(|c| ('\u{400}'..='\u{4FF}').contains(&c));
    let shouted = |word: &str| word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    let mut borders = Vec::new();
    let mut from = run.start;
    for at in run.start + 1..run.end {
        if !tokens[at].capital || !tokens[at - 1].capital {
            continue;
        }
        let (before, here) = (word(at - 1), word(at));
        let post = (at + 1..=run.end.min(at + 3)).any(|end| lists.posts.contains(&phrase(text, &tokens[at..end])));
        let post_before = (from..at).any(|start| lists.posts.contains(&phrase(text, &tokens[start..at])));
        let given = at + 1 < run.end
            && tokens[at + 1].capital
            && is_given(here)
            && !is_given(before)
            && !is_initial(before)
            && !telling;
        let script = russian(here) && (!russian(before) || shouted(before) && !shouted(here));
        if (post && !post_before && at + 1 < run.end) || (given && !post_before) || script {
            borders.push(at);
            from = at;
        }
    }
    borders
}

/// One past the last token of the run that begins with a token.
fn run_end(
    text: &str,
    tokens: &[Token],
    first: usize,
    language: Option<Language>,
    lists: &SuggestWords,
    is_given: &dyn Fn(&str) -> bool,
) -> usize {
    let mut end = first + 1;
    loop {
        let Some(next) = tokens.get(end) else { return end };
        let last = &tokens[end - 1];
        let word = next.span.of(text);
        let then = tokens.get(end + 1);
        if word == "."
            && then.is_some_and(|then| then.kind == WordKind::Word)
            && touch(last, next)
            && touch(next, &tokens[end + 1])
        {
            // "Alem.AI", "Mail.ru".
            end += 2;
            continue;
        }
        if !joined(text, last, next) {
            return end;
        }
        if next.capital {
            end += 1;
        } else if (word == "." && is_initial(last.span.of(text)) || word == "&")
            && then.is_some_and(|then| then.capital)
        {
            end += 2;
        } else if is_number_of_name(text, tokens, end) {
            return end + 1;
        } else if let Some(after) = over_particles(text, tokens, first, end, lists, is_given) {
            end = after;
        } else if let Some(after) = over_adjectives(text, tokens, first, end, language, lists) {
            end = after;
        } else {
            return end;
        }
    }
}

fn touch(one: &Token, next: &Token) -> bool {
    one.span.end() == next.span.start()
}

/// The end of an institution's name behind the small words that belong to its noun: "Union économique eurasiatique", "Министерство
/// финансов".
fn over_adjectives(
    text: &str,
    tokens: &[Token],
    first: usize,
    at: usize,
    language: Option<Language>,
    lists: &SuggestWords,
) -> Option<usize> {
    const ENDINGS: [&str; 22] = [
        "éen", "éenne", "ien", "ienne", "ique", "iques", "al", "ale", "aux", "ales", "aire", "ain", "aine", "ais",
        "aise", "ois", "oise", "if", "ive", "iste", "elle", "ants",
    ];
    let noun = phrase(text, &tokens[at - 1..at]);
    if !lists.first.contains_key(&noun) || at - 1 != first || tokens[first].known.is_some() {
        return None;
    }
    let word = |token: &Token| phrase(text, std::slice::from_ref(token));
    let small = |token: &&Token| token.kind == WordKind::Word && !token.capital;
    let count = match language {
        Some(Language::FRENCH) => {
            let adjective = |token: &Token| ENDINGS.iter().any(|ending| word(token).ends_with(ending));
            tokens[at..].iter().take(2).take_while(|token| small(token) && adjective(token)).count()
        }
        Some(Language::RUSSIAN) => {
            let noun = |token: &&Token| {
                small(token) && !lists.starters.contains(&word(token)) && word(token).chars().count() > 3
            };
            tokens[at..].iter().take(1).take_while(noun).count()
        }
        _ => 0,
    };
    let known = tokens[at..at + count].iter().any(|token| {
        token.known.is_some_and(|known| tokens.get(at + count).is_some_and(|next| next.known == Some(known)))
    });
    let spaced = tokens[at - 1..at + count].windows(2).all(|pair| joined(text, &pair[0], &pair[1]));
    (count > 0 && spaced && !known).then_some(at + count)
}

fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

/// Whether only a space, or nothing after an elision or an initial, stands between two tokens.
fn joined(text: &str, last: &Token, next: &Token) -> bool {
    let between = &text[last.span.end()..next.span.start()];
    if between.is_empty() {
        return last.span.of(text).ends_with(['\'', '’']) || next.span.of(text) == "." || last.span.of(text) == ".";
    }
    between.chars().all(char::is_whitespace) && between.matches('\n').count() < 2
}

/// "Falcon 9", "Boeing 737": a short number that nothing counts with.
fn is_number_of_name(text: &str, tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let after = tokens.get(at + 1);
    token.kind == WordKind::Number
        && token.span.len() <= 3
        && token.span.of(text).bytes().all(|byte| byte.is_ascii_digit())
        && after.is_none_or(|after| after.kind == WordKind::Punctuation && after.span.of(text) != "%")
}

/// Small words inside names of people: what stands before them is part of the name however long it is.
const OF_PEOPLE: [&str; 14] =
    ["van", "der", "den", "von", "bin", "ben", "al", "el", "di", "da", "dos", "фон", "ибн", "оглы"];
/// Small words that join names as often as they stand inside one.
const RARE: [&str; 10] = ["and", "for", "on", "e", "en", "sur", "le", "les", "на", "да"];

/// The end of the run after one or two small words and the capitalised one behind them, where those belong to one name.
fn over_particles(
    text: &str,
    tokens: &[Token],
    first: usize,
    at: usize,
    lists: &SuggestWords,
    is_given: &dyn Fn(&str) -> bool,
) -> Option<usize> {
    let word = |token: &Token| phrase(text, std::slice::from_ref(token));
    let is_particle = |token: &Token| lists.particles.contains(&word(token));
    let count = tokens[at..].iter().take(2).take_while(|token| !token.capital && is_particle(token)).count();
    let next = tokens.get(at + count).filter(|next| count > 0 && next.capital)?;
    let end = at + count + 1;
    if !tokens[at - 1..end].windows(2).all(|pair| joined(text, &pair[0], &pair[1])) {
        return None;
    }
    let left = &tokens[first..at];
    // "Secretary of State Marco Rubio": the post is taken off later, whole.
    if (first..at).any(|from| lists.posts.contains(&phrase(text, &tokens[from..end]))) {
        return Some(end);
    }
    let small: Vec<String> = tokens[at..at + count].iter().map(word).collect();
    let telling = left.iter().any(|token| lists.first.contains_key(&word(token)))
        || left.last().is_some_and(|token| lists.last.contains_key(&word(token)));
    let post = (0..left.len()).any(|from| lists.posts.contains(&phrase(text, &left[from..])));
    let all_known = left.iter().all(|token| token.known.is_some());
    if post || all_known {
        return None;
    }
    if small.iter().any(|small| OF_PEOPLE.contains(&small.as_str())) {
        return next.known.is_none().then_some(end);
    }
    let rare = small.iter().any(|small| RARE.contains(&small.as_str()));
    // "Dupont de Novalis", "H100 de Novalis", "Zembla d'Ana Roy": two names; "Charles de Gaulle", "Banque de Chine": one.
    let given = is_given(next.span.of(text));
    let coded = left.iter().any(|token| !token.span.of(text).chars().skip(1).any(char::is_lowercase));
    let short = left.len() == 1 && !coded && !given;
    let fits = if rare { telling } else { telling || short };
    fits.then_some(end)
}
