//! What one document shows: names that no entity has, and how often words stand in small letters.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, BuildHasherDefault};

use relata_gazetteer::folded;
use relata_model::{Document, EntityType, Language, Sentence, Span};
use rustc_hash::{FxHashMap, FxHasher};

use super::Suggester;
use super::runs::{Run, Standing, Token, before, phrase, runs, tokens};
use super::words::SuggestWords;
use crate::segment::WordKind;

/// What tells the type of a name, in words for whoever decides.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cue {
    /// How much it tells.
    pub(super) weight: u32,
    pub(super) entity_type: EntityType,
    pub(super) because: String,
}

/// A place where a name stands that no entity has.
#[derive(Clone, Debug)]
pub(super) struct Sighting {
    pub(super) name: String,
    /// Whether its first word begins a sentence: then it may be no part of the name.
    pub(super) first: bool,
    pub(super) quoted: bool,
    /// Counted from 1.
    pub(super) line: usize,
    /// The words around it.
    pub(super) passage: String,
    pub(super) cues: Vec<Cue>,
    /// An acronym in brackets right behind it that its initials make.
    pub(super) acronym: Option<String>,
}

/// What a document shows.
#[derive(Clone, Debug, Default)]
pub struct Look {
    pub(super) document: String,
    pub(super) language: Option<Language>,
    pub(super) sightings: Vec<Sighting>,
    /// How often each word stands in small letters, by the hash of the word without case and accents.
    pub(super) small: FxHashMap<u64, u32>,
}

/// The hash by which small words are counted; the same everywhere.
pub(super) fn key(word: &str) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one(folded(word))
}

/// How many bytes of the sentence are shown on either side of a name.
const AROUND: usize = 70;

pub(super) fn look(suggester: &Suggester<'_>, document: &Document) -> Look {
    let (sentences, known) = suggester.extractor.known_names(document);
    let language = document.metadata.language;
    let lists = suggester.lists(language);
    let mut out = Look { document: document.name.as_str().to_owned(), language, ..Look::default() };
    let text = document.text.as_str();
    let mut lines = Lines { text, at: 0, line: 1 };
    for sentence in &sentences {
        if document.opaque.iter().any(|span| span.contains(sentence.span)) {
            continue;
        }
        let tokens = tokens(text, sentence, &known);
        for token in &tokens {
            let word = token.span.of(text);
            if token.kind == WordKind::Word && !token.capital && word.chars().count() > 1 {
                *out.small.entry(key(word)).or_default() += 1;
            }
        }
        for run in runs(text, sentence, &tokens, language, lists, &|word| suggester.is_given(word)) {
            if document.opaque.iter().any(|span| span.overlaps(tokens[run.tokens.start].span)) {
                continue;
            }
            if let Some(mut sighting) = sighting(text, sentence, &tokens, run, suggester, lists) {
                sighting.line = lines.of(sighting.line);
                out.sightings.push(sighting);
            }
        }
    }
    out
}

/// Numbers of lines, of places that come in order.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, place: usize) -> usize {
        self.line += self.text[self.at.min(place)..place].matches('\n').count();
        self.at = self.at.max(place);
        self.line
    }
}

/// What a run shows, its line not yet counted but the byte where it begins; nothing when it is no name.
fn sighting(
    text: &str,
    sentence: &Sentence,
    tokens: &[Token],
    run: Run,
    suggester: &Suggester<'_>,
    lists: &SuggestWords,
) -> Option<Sighting> {
    let Run { tokens: mut range, mut standing } = run;
    let mut cues = Vec::new();
    let posts = strip(text, tokens, &mut range, &mut standing, lists);
    if let (Some(post), Some(person)) = (&posts, suggester.person()) {
        cues.push(Cue { weight: 4, entity_type: person, because: format!("after \"{post}\"") });
    }
    drop_known(text, tokens, &mut range, &mut standing, lists);
    if posts.is_some() || after_post(text, tokens, range.start, lists) {
        after_owner(text, tokens, &mut range, suggester);
    }
    let own = &tokens[range.clone()];
    let words: Vec<&str> = own.iter().map(|token| token.span.of(text)).collect();
    let capitals = || own.iter().filter(|token| token.capital);
    if own.is_empty() || capitals().all(|token| token.known.is_some()) {
        return None;
    }
    let never = |token: &Token| {
        let word = phrase(text, std::slice::from_ref(token));
        lists.never.contains(&word) || lists.starters.contains(&word) || is_roman(token.span.of(text))
    };
    // The noun of an institution says nothing without the rest, nor does what a minister is in charge of.
    let noun = own.len() == 1 && lists.first.contains_key(&phrase(text, own));
    let office = before(text, tokens, range.start).any(|phrase| {
        phrase.rsplit_once(' ').is_some_and(|(of, small)| {
            lists.particles.contains(small)
                && of.split(' ').any(|word| word.starts_with("minist") || word.starts_with("secrétaire"))
        })
    });
    if noun || office {
        return None;
    }
    let letters = words.iter().map(|word| word.chars().filter(|c| c.is_alphanumeric()).count()).sum::<usize>();
    if capitals().all(never)
        || lists.never.contains(&phrase(text, own))
        || lists.posts.contains(&phrase(text, own))
        || letters < 2
    {
        return None;
    }
    let span = Span::new(own[0].span.start(), own[own.len() - 1].span.end());
    let name = span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    around(text, tokens, &range, suggester, lists, &mut cues);
    Some(Sighting {
        acronym: acronym(text, tokens, range.end, &words),
        first: standing == Standing::First,
        quoted: standing == Standing::Quoted,
        line: span.start(),
        passage: passage(text, sentence.span, span),
        name,
        cues,
    })
}

/// Takes posts and titles, and words that only begin the sentence, from the start of a run; the post, where there was one.
fn strip(
    text: &str,
    tokens: &[Token],
    range: &mut std::ops::Range<usize>,
    standing: &mut Standing,
    lists: &SuggestWords,
) -> Option<String> {
    let mut post = None;
    loop {
        let run = &tokens[range.clone()];
        let length = (1..run.len().min(4)).rev().find(|&length| lists.posts.contains(&phrase(text, &run[..length])));
        let starter = run.len() > 1 && *standing == Standing::First && {
            let word = phrase(text, &run[..1]);
            lists.starters.contains(&word) || lists.before.contains_key(&word)
        } || run.len() > 1
            && range.start > 0
            && tokens[range.start - 1].span.of(text).starts_with("d'")
            && lists.never.contains(&phrase(text, &run[..1]));
        match length {
            Some(length) => {
                post = Some(phrase(text, &run[..length]));
                range.start += length;
            }
            None if starter => range.start += 1,
            None => return post,
        }
        // A mark or a small word that is left over belongs to what was taken.
        while range.start < range.end && !tokens[range.start].capital {
            range.start += 1;
        }
        *standing = Standing::Inside;
    }
}

/// Takes whole known names from the start of a run where they are names of their own: "Росатома Лихачев", "French Novalis".
fn drop_known(
    text: &str,
    tokens: &[Token],
    range: &mut std::ops::Range<usize>,
    standing: &mut Standing,
    lists: &SuggestWords,
) {
    let run = &tokens[range.clone()];
    let Some(first) = run.first().and_then(|token| token.known) else { return };
    let length = run.iter().take_while(|token| token.known == Some(first)).count();
    let rest = &run[length..];
    if rest.is_empty() || rest.iter().all(|token| token.known.is_some() || !token.capital) {
        return;
    }
    let cyrillic = |token: &Token| token.span.of(text).chars().any(|c| ('\u{400}'..='\u{4FF}').contains(&c));
    let telling = lists.last.contains_key(&phrase(text, &rest[rest.len() - 1..]));
    let names = rest.iter().filter(|token| token.capital).count();
    if cyrillic(&run[0])
        || (names > 1 && !telling && length > 1)
        || lists.first_names.contains(&phrase(text, &rest[..1]))
    {
        range.start += length;
        while range.start < range.end && !tokens[range.start].capital {
            range.start += 1;
        }
        *standing = Standing::Inside;
    }
}

/// Whether a post stands right before a run.
fn after_post(text: &str, tokens: &[Token], start: usize, lists: &SuggestWords) -> bool {
    before(text, tokens, start).any(|phrase| lists.posts.contains(&phrase))
}

/// In Russian whose post it is stands between the post and the name: "президент Узбекистана Шавкат Мирзиёев".
fn after_owner(text: &str, tokens: &[Token], range: &mut std::ops::Range<usize>, suggester: &Suggester<'_>) {
    let own = &tokens[range.clone()];
    let russian =
        own.iter().all(|token| token.capital && token.span.of(text).starts_with(|c| ('А'..='я').contains(&c)));
    let patronymic =
        own.last().is_some_and(|token| ["ич", "на"].iter().any(|ending| token.span.of(text).ends_with(ending)));
    if russian && own.len() == 3 && !suggester.is_given(own[0].span.of(text)) && !patronymic {
        range.start += 1;
    }
}

fn is_roman(word: &str) -> bool {
    let digits = word.trim_end_matches(['e', 'è', 'm', 'r', 'n', 'd', 's', 'ᵉ']);
    !digits.is_empty() && digits.bytes().all(|byte| b"IVXLCDM".contains(&byte)) && digits.len() < 6
}

/// What stands right around a name and tells its type.
fn around(
    text: &str,
    tokens: &[Token],
    range: &std::ops::Range<usize>,
    suggester: &Suggester<'_>,
    lists: &SuggestWords,
    cues: &mut Vec<Cue>,
) {
    let own = &tokens[range.clone()];
    let mut place = range.start;
    while place > 0 && matches!(tokens[place - 1].span.of(text), "«" | "\"" | "“" | "„") {
        place -= 1;
    }
    let phrases: Vec<String> = before(text, tokens, place).collect();
    let mut told = |weight, entity_type: &EntityType, because: String| {
        cues.push(Cue { weight, entity_type: entity_type.clone(), because });
    };
    if let Some((phrase, entity_type)) = phrases.iter().find_map(|phrase| Some((phrase, lists.before.get(phrase)?))) {
        let weight = if phrase.chars().count() <= 2 { 1 } else { 4 };
        told(weight, entity_type, format!("after \"{phrase}\""));
    } else if let Some((phrase, person)) =
        phrases.iter().find(|phrase| lists.posts.contains(*phrase)).zip(suggester.person())
    {
        told(4, &person, format!("after \"{phrase}\""));
    } else if let [.., two, one] = &phrases[..]
        && !lists.starters.contains(one)
        && let Some(word) = two.split(' ').next()
        && let Some(entity_type) = lists.before.get(word).filter(|_| word.chars().count() > 2)
    {
        // An adjective between the noun and the name: "la société américaine Novalis".
        told(2, entity_type, format!("after \"{two}\""));
    }
    let (first, last) = (phrase(text, &own[..1]), phrase(text, &own[own.len() - 1..]));
    if own.len() > 1 {
        if let Some(entity_type) = lists.last.get(last.trim_end_matches('.')) {
            told(5, entity_type, format!("ends in \"{last}\""));
        } else if let Some(entity_type) = lists.first.get(&first) {
            told(5, entity_type, format!("begins with \"{first}\""));
        }
        if let Some(person) = suggester.person() {
            let initial = own.get(1).is_some_and(|dot| dot.span.of(text) == ".");
            let given = suggester.is_given(own[0].span.of(text));
            let second = phrase(text, &own[1..2]);
            let patronymic = ["ович", "евич", "овна", "евна", "ича", "ичу", "ичем", "овны", "евны", "овне"]
                .iter()
                .any(|ending| second.ends_with(ending));
            if initial {
                told(5, &person, "an initial".to_owned());
            } else if given && own.len() <= 4 {
                told(6, &person, format!("\"{}\" is a first name", own[0].span.of(text)));
            } else if patronymic {
                told(6, &person, format!("\"{second}\" is a patronymic"));
            }
        }
    }
    if let [comma, rest @ ..] = &tokens[range.end..]
        && comma.span.of(text) == ","
        && let Some(person) = suggester.person()
    {
        let skip = usize::from(
            rest.first().is_some_and(|word| matches!(word.span.of(text), "le" | "la" | "the" | "l'" | "l’")),
        );
        let rest = &rest[skip.min(rest.len())..];
        let post = (1..=rest.len().min(3)).rev().map(|length| phrase(text, &rest[..length]));
        if let Some(post) = post.into_iter().find(|phrase| lists.posts.contains(phrase)) {
            told(4, &person, format!("before \", {post}\""));
        }
    }
    if own.len() == 1
        && own[0].span.of(text).chars().any(|c| c.is_ascii_digit())
        && let Some(product) = suggester.named("Product")
    {
        told(1, &product, "letters with digits".to_owned());
    }
}

/// The acronym in brackets behind a name whose initials it is.
fn acronym(text: &str, tokens: &[Token], end: usize, words: &[&str]) -> Option<String> {
    let [open, word, close, ..] = &tokens[end..] else { return None };
    let acronym = word.span.of(text);
    let brackets = open.span.of(text) == "(" && close.span.of(text) == ")" && word.capital;
    let initials: String = words.iter().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
    (brackets && words.len() > 1 && acronym.chars().count() > 1 && initials == acronym).then(|| acronym.to_owned())
}

/// The part of a sentence around a name, in one line.
fn passage(text: &str, sentence: Span, name: Span) -> String {
    let from = text.ceil_char_boundary(name.start().saturating_sub(AROUND).max(sentence.start()));
    let to = text.floor_char_boundary((name.end() + AROUND).min(sentence.end()));
    // Words are not cut.
    let from = if from == sentence.start() {
        from
    } else {
        text[from..name.start()].find(char::is_whitespace).map_or(name.start(), |space| from + space)
    };
    let to = if to == sentence.end() {
        to
    } else {
        text[name.end()..to].rfind(char::is_whitespace).map_or(name.end(), |space| name.end() + space)
    };
    let inside = text[from..to].split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, after) =
        (if from > sentence.start() { "… " } else { "" }, if to < sentence.end() { " …" } else { "" });
    format!("{before}{inside}{after}")
}

/// Adds up what documents counted.
pub(super) fn add_counts(all: &mut FxHashMap<u64, u32>, one: FxHashMap<u64, u32>) {
    let one: BTreeMap<u64, u32> = one.into_iter().collect();
    for (word, count) in one {
        *all.entry(word).or_default() += count;
    }
}
