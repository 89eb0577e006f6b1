//! A sentence as the rules see it: its words, mentions taken as one token each.

use std::collections::HashMap;

use relata_model::{EntityId, EntityType, Language, Schema, Span};

use super::symbols::{self, MentionKind, Symbol, Vocabulary};

/// Somebody or something that a rule may relate: a mention, or a pronoun that was resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Participant {
    /// The words.
    pub(crate) span: Span,
    /// Who or what is meant.
    pub(crate) entity: EntityId,
    /// Its type.
    pub(crate) entity_type: EntityType,
    /// Its type's place in the schema; [`ANY_TYPE`] for one that the schema lacks.
    pub(crate) type_ordinal: usize,
    /// What the words are.
    pub(super) kind: MentionKind,
    /// What it is, at large.
    pub(super) class: Class,
}

/// What a participant is, at large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Person,
    Organization,
    Place,
    Product,
    /// An event or a programme.
    Event,
    /// A notion.
    Notion,
    /// Of a type that the schema lacks.
    Unknown,
}

impl Participant {
    /// A participant of a type; `ordinals` tells each type's place in the schema.
    pub(super) fn new(
        span: Span,
        entity: EntityId,
        entity_type: EntityType,
        kind: MentionKind,
        ordinals: &HashMap<&EntityType, usize>,
        schema: &Schema,
    ) -> Self {
        let type_ordinal = ordinals.get(&entity_type).copied().unwrap_or(ANY_TYPE);
        let root = schema.lineage(&entity_type).last();
        let class = match root.as_ref().map(EntityType::as_str) {
            _ if type_ordinal == ANY_TYPE => Class::Unknown,
            Some("Person") => Class::Person,
            Some("Organization") => Class::Organization,
            Some("Place") => Class::Place,
            Some("Product") => Class::Product,
            Some("Event" | "Programme") => Class::Event,
            _ => Class::Notion,
        };
        Self { span, entity, entity_type, type_ordinal, kind, class }
    }

    /// Whether it is a person.
    pub(super) fn is_person(&self) -> bool {
        self.class == Class::Person
    }

    /// Whether it is an organization.
    pub(super) fn is_organization(&self) -> bool {
        self.class == Class::Organization
    }

    /// Whether it is a place, or may be one.
    pub(super) fn is_place(&self) -> bool {
        matches!(self.class, Class::Place | Class::Unknown)
    }

    /// Whether it is a product, an event or a programme.
    pub(super) fn is_named_thing(&self) -> bool {
        matches!(self.class, Class::Product | Class::Event)
    }

    /// Whether it is nobody who acts: a product, a notion, an event.
    pub(super) fn is_thing(&self) -> bool {
        matches!(self.class, Class::Product | Class::Event | Class::Notion)
    }

    /// Whether it is of one of these types, by their places in the schema; none: any.
    pub(super) fn is_of(&self, types: &[usize]) -> bool {
        types.is_empty() || self.type_ordinal == ANY_TYPE || types.contains(&self.type_ordinal)
    }

    /// Whether the words are an adjective or inhabitant noun of a place.
    pub(super) fn is_demonym(&self) -> bool {
        self.kind == MentionKind::Demonym
    }
}

/// The place of a type that the schema lacks: it fits any end of any rule.
pub(super) const ANY_TYPE: usize = usize::MAX;

/// A sentence's tokens. `symbols` has one character a token.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens {
    /// One symbol a token.
    pub(super) symbols: String,
    /// Where each token stands, in bytes of the document.
    pub(super) spans: Vec<Span>,
    /// The number of the participant that a token is, if it is one.
    pub(super) participants: Vec<Option<usize>>,
}

/// Bytes that one symbol takes in a string.
pub(super) const SYMBOL_BYTES: usize = 3;

impl Tokens {
    /// Reads the words of `sentence`; `participants` are in order and apart from each other.
    pub(super) fn new(
        text: &str,
        sentence: Span,
        participants: &[Participant],
        words: &Vocabulary,
        language: Language,
    ) -> Self {
        let mut tokens = Self::default();
        let mut at = sentence.start();
        for (number, participant) in participants.iter().enumerate() {
            // Quotation marks around a name are a part of it: Russian firms and ships always wear them.
            let before = Span::new(at, participant.span.start());
            let after = Span::new(participant.span.end(), sentence.end().max(participant.span.end()));
            let (before, end) = match (opened(before.of(text)), closed(after.of(text))) {
                (Some(opened), Some(closed)) => (Span::new(at, at + opened), participant.span.end() + closed),
                _ => (before, participant.span.end()),
            };
            tokens.read(text, before, words, language);
            let symbol = symbols::mention(participant.kind, participant.type_ordinal);
            tokens.push(symbol, participant.span, Some(number));
            at = end;
        }
        tokens.read(text, Span::new(at, sentence.end().max(at)), words, language);
        tokens
    }

    /// The words of tokens `range`, as a span of the document.
    pub(super) fn span(&self, range: std::ops::Range<usize>) -> Span {
        let last = range.end.max(range.start + 1) - 1;
        self.spans[range.start].hull(self.spans[last])
    }

    /// The symbols of tokens `range`.
    pub(super) fn slice(&self, range: std::ops::Range<usize>) -> &str {
        &self.symbols[range.start * SYMBOL_BYTES..range.end * SYMBOL_BYTES]
    }

    fn push(&mut self, symbol: Symbol, span: Span, participant: Option<usize>) {
        self.symbols.push(symbol);
        self.spans.push(span);
        self.participants.push(participant);
    }

    fn read(&mut self, text: &str, span: Span, words: &Vocabulary, language: Language) {
        let mut folded = String::new();
        for token in split(span.of(text), language) {
            let span = Span::new(span.start() + token.start, span.start() + token.end);
            let symbol = symbol_of(span.of(text), words, &mut folded);
            self.push(symbol, span, None);
        }
    }
}

/// Where a quotation mark right at the end of `text` begins.
fn opened(text: &str) -> Option<usize> {
    let inner = text.trim_end_matches(['\u{A0}', '\u{202F}', ' ']);
    inner.strip_suffix(['«', '“', '"', '„']).map(str::len)
}

/// Where a quotation mark right at the beginning of `text` ends.
fn closed(text: &str) -> Option<usize> {
    let inner = text.trim_start_matches(['\u{A0}', '\u{202F}', ' ']);
    inner.strip_prefix(['»', '”', '"', '“']).map(|rest| text.len() - rest.len())
}

/// The symbol of a token; `folded` is room to fold it in.
fn symbol_of(token: &str, words: &Vocabulary, folded: &mut String) -> Symbol {
    let first = token.chars().next().unwrap_or(' ');
    folded.clear();
    fold_into(token, folded);
    if let Some(symbol) = words.symbol(folded) {
        return symbol;
    }
    if first.is_numeric() || matches!(first, '%' | '€' | '$' | '£' | '₽') {
        symbols::NUMBER
    } else if !first.is_alphabetic() {
        symbols::PUNCTUATION
    } else if first.is_uppercase() {
        symbols::CAPITALISED
    } else {
        symbols::OTHER
    }
}

/// A token as rules write it: lower case, straight apostrophe and hyphen, plain quotation marks, ё as е.
pub(super) fn fold(token: &str) -> String {
    let mut folded = String::with_capacity(token.len());
    fold_into(token, &mut folded);
    folded
}

/// The same, behind what `folded` holds.
fn fold_into(token: &str, folded: &mut String) {
    for c in token.chars() {
        let plain = match c {
            c if c.is_ascii() => {
                folded.push(c.to_ascii_lowercase());
                continue;
            }
            '\u{300}'..='\u{36F}' => continue,
            '’' | 'ʼ' | '‘' => '\'',
            '‐' | '‑' => '-',
            '–' | '—' => '–',
            '«' | '»' | '“' | '”' | '„' | '‟' => '"',
            'ё' | 'Ё' => 'е',
            other => other,
        };
        // "İ" becomes two characters.
        folded.extend(plain.to_lowercase());
    }
}

/// Byte ranges of the tokens of `text`. French articles and pronouns that lost their vowel are tokens ("l'", "n'"), English
/// "n't" and "'s" too; words joined by hyphens are one, and so are numbers with their separators.
fn split(text: &str, language: Language) -> Vec<std::ops::Range<usize>> {
    let mut tokens = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut end = start + first.len_utf8();
        if language == Language::ENGLISH && matches!(first, '\'' | '’') {
            // A possessive right after a mention: the mention took the word it belongs to.
            let mut rest = text[end..].chars();
            if rest.next() == Some('s') && !rest.next().is_some_and(char::is_alphanumeric) {
                chars.next();
                end += 1;
            }
        } else if first.is_alphanumeric() {
            while let Some(&(at, c)) = chars.peek() {
                let next_alphanumeric = || text[at + c.len_utf8()..].chars().next().is_some_and(char::is_alphanumeric);
                let joins = match c {
                    '\'' | '’' | '-' | '‐' | '‑' => next_alphanumeric(),
                    '.' | ',' => first.is_numeric() && next_alphanumeric(),
                    _ => c.is_alphanumeric() || ('\u{300}'..='\u{36F}').contains(&c),
                };
                let article = language == Language::FRENCH && matches!(c, '\'' | '’') && elides(&text[start..at]);
                if !joins && !article {
                    break;
                }
                chars.next();
                end = at + c.len_utf8();
                if article {
                    break;
                }
            }
        }
        if language == Language::ENGLISH {
            let word = &text[start..end];
            let clitic = ["n't", "n’t", "'s", "’s", "'ll", "’ll"].into_iter().find(|clitic| {
                word.len() > clitic.len() && word.is_char_boundary(word.len() - clitic.len()) && word.ends_with(clitic)
            });
            if let Some(clitic) = clitic {
                tokens.push(start..end - clitic.len());
                tokens.push(end - clitic.len()..end);
                continue;
            }
        }
        tokens.push(start..end);
    }
    tokens
}

fn elides(word: &str) -> bool {
    let lower = word.to_lowercase();
    matches!(
        lower.as_str(),
        "c" | "d" | "j" | "l" | "m" | "n" | "s" | "t" | "qu" | "jusqu" | "lorsqu" | "puisqu" | "quoiqu"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, language: Language) -> Vec<&str> {
        split(text, language).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn french_words_lose_their_articles() {
        assert_eq!(
            words("L’accord n'a-t-il pas coûté 5,3 milliards d’euros ?", Language::FRENCH),
            ["L’", "accord", "n'", "a-t-il", "pas", "coûté", "5,3", "milliards", "d’", "euros", "?"]
        );
        assert_eq!(words("aujourd'hui, qu'", Language::FRENCH), ["aujourd'hui", ",", "qu'"]);
    }

    #[test]
    fn english_clitics_are_words() {
        assert_eq!(
            words("It doesn't use Nvidia's chips.", Language::ENGLISH),
            ["It", "does", "n't", "use", "Nvidia", "'s", "chips", "."]
        );
    }

    #[test]
    fn folding_makes_one_spelling() {
        assert_eq!(fold("D’"), "d'");
        assert_eq!(fold("Её"), "ее");
        assert_eq!(fold("»"), "\"");
    }
}
