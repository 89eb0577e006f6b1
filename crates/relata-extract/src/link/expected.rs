//! What the words around a name ask it to be: "le groupe X", "la ville de X", "M. X", "X, société de …".

use relata_model::{Document, Language, Sentence, Span};

use super::describe::is_case_of;
use super::{LinkingWords, words_before};
use crate::relate::Lexicon;

/// A kind of thing that words may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Person,
    Organization,
    Product,
    Place,
    /// Who can say something: people and organizations.
    Speaker,
}

/// What words ask for, and what it gives to candidates that are that, and to all others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Expected {
    pub(super) kind: Option<Kind>,
    pub(super) fitting: i32,
    pub(super) other: i32,
}

impl Expected {
    fn new(kind: Kind, fitting: i32, other: i32) -> Self {
        Self { kind: Some(kind), fitting, other }
    }
}

/// A noun right before a name.
const NOUN: i32 = 20;
/// A noun behind it: "X, société".
const APPOSITION: i32 = 12;
/// A word that other kinds may have as well: "X déclare".
const HINT: i32 = 8;
const LOCATIVE: i32 = 10;
const LOCATIVE_DOUBT: i32 = 4;

/// What the words around `span` ask for. The word right before a name tells most.
pub(super) fn around(
    document: &Document,
    span: Span,
    sentence: Option<&Sentence>,
    lexicon: Option<&Lexicon>,
    words: &LinkingWords,
) -> Expected {
    let (Some(lexicon), Some(sentence)) = (lexicon, sentence) else { return Expected::default() };
    let declines = lexicon.language == Language::RUSSIAN;
    let has = |list: &[String], word: &str| {
        list.iter().any(|listed| listed == word || (declines && is_case_of(listed, word)))
    };
    let is_role = |word: &str| {
        lexicon
            .posts
            .titles()
            .chain(lexicon.posts.phrases().map(|(phrase, _)| phrase))
            .any(|phrase| phrase.rsplit(' ').next() == Some(word))
    };
    let before = &document.text[sentence.span.start().min(span.start())..span.start()];
    let preceding: Vec<String> = words_before(before, before.len()).take(3).map(str::to_lowercase).collect();
    if let Some(last) = preceding.first() {
        // "ville de X" and "département de la X" where a language ties nouns so; "город X" where it does not.
        let article = usize::from(words.definite.iter().any(|article| article.trim_end_matches('\'') == last));
        let tied = preceding.get(article).is_some_and(|word| words.of.contains(word));
        let noun = preceding.get(if tied { article + 1 } else { 0 }).map_or("", String::as_str);
        if has(&words.place_nouns, noun) || (tied && has(&words.city_nouns, noun)) {
            return Expected::new(Kind::Place, NOUN, -NOUN);
        }
        if has(&words.organization_nouns, last) {
            return Expected::new(Kind::Organization, NOUN, -NOUN);
        }
        if has(&words.product_nouns, last) {
            return Expected::new(Kind::Product, NOUN, -NOUN);
        }
        if is_role(last) {
            return Expected::new(Kind::Person, NOUN, 0);
        }
        let direction = words.direction_endings.iter().any(|ending| span.of(&document.text).ends_with(ending.as_str()));
        if words.locative.contains(last) && !direction {
            // "À Orléans," opens a sentence with its place; "à Thiers" may as well be to whom something is given.
            let opens = before.trim_start().chars().count() <= last.chars().count() + 1;
            return if opens {
                Expected::new(Kind::Place, APPOSITION, -HINT)
            } else {
                Expected::new(Kind::Place, LOCATIVE, -LOCATIVE_DOUBT)
            };
        }
    }
    let after = &document.text[span.end()..sentence.span.end().max(span.end())];
    behind(after, words, has, is_role)
}

/// What the words behind a name ask for.
fn behind(
    after: &str,
    words: &LinkingWords,
    has: impl Fn(&[String], &str) -> bool,
    is_role: impl Fn(&str) -> bool,
) -> Expected {
    /// In an apposition the noun comes soon: "X, la grande société".
    const SOON: usize = 3;
    let near = &after[..after.floor_char_boundary(120)];
    let apposition =
        near.strip_prefix([',', '(']).or_else(|| near.strip_prefix(" (")).or_else(|| near.strip_prefix(" – "));
    if let Some(apposition) = apposition {
        let end = apposition.find([',', ')', ';', '.', ':', '\n']).unwrap_or(apposition.len());
        let nouns = apposition[..end].split([' ', '\u{A0}', '\'', '’', '-']).filter(|word| !word.is_empty()).take(SOON);
        for noun in nouns.map(str::to_lowercase) {
            if has(&words.place_nouns, &noun) {
                return Expected::new(Kind::Place, APPOSITION, 0);
            }
            if has(&words.organization_nouns, &noun) {
                return Expected::new(Kind::Organization, APPOSITION, 0);
            }
            if is_role(&noun) {
                return Expected::new(Kind::Person, APPOSITION, 0);
            }
        }
        return Expected::default();
    }
    let mut following =
        near.split([' ', '\u{A0}', ',', '.', ';']).filter(|word| !word.is_empty()).map(str::to_lowercase);
    match following.next() {
        Some(next) if near.starts_with([' ', '\u{A0}']) && words.says.contains(&next) => {
            Expected::new(Kind::Speaker, HINT, 0)
        }
        _ => Expected::default(),
    }
}
