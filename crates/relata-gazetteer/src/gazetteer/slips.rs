//! Names with one wrong, missing, superfluous or transposed letter.
//!
//! For each capitalised word in which no name begins, every word that one edit away could be meant is looked up; the sentence is then
//! read again with that word in its place. So a slip is found where, and only where, the right spelling would be.

use relata_model::{Candidate, Language, MadeBy, Mention, NameKind, Span};

use super::Gazetteer;
use crate::fold;
use crate::index;
use crate::words::{self, Word};

/// Letters of the shortest word in which a slip is looked for, and of the shortest name.
const WORD: usize = 6;
const NAME: usize = 9;
/// How many words of a name may stand before the one with the slip.
const BEFORE: usize = 2;
const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";
const CYRILLIC: &str = "абвгдежзийклмнопрстуфхцчшщъыьэюя";

impl Gazetteer {
    /// Finds long names in which one letter is wrong, apart from the mentions `found` before. The first letter of a word and its
    /// last are taken as they are: there, one letter makes another name or another case. What two entities could be is left.
    ///
    /// Spans and language are those that [`Gazetteer::find`] was given; so are the order and the form of what is returned.
    pub fn find_slips(
        &self,
        text: &str,
        spans: impl IntoIterator<Item = Span>,
        language: Option<Language>,
        found: &[Mention],
    ) -> Vec<Mention> {
        let mut slips: Vec<Mention> = Vec::new();
        let mut words = Vec::new();
        for span in spans {
            words.clear();
            words::scan(text, span, &mut words);
            for at in 0..words.len() {
                let place = Span::new(words[at].start as usize, words[at].end as usize);
                let free = |mentions: &[Mention]| {
                    let after = mentions.partition_point(|mention| mention.span.end() <= place.start());
                    mentions.get(after).is_none_or(|mention| !mention.span.overlaps(place))
                };
                if !free(found) || !free(&slips) {
                    continue;
                }
                let slip = self.slip_at(text, span, &words, at, language);
                let apart = |slip: &Mention| {
                    let touches = |mention: &Mention| mention.span.overlaps(slip.span);
                    !found.iter().any(touches) && !slips.last().is_some_and(touches)
                };
                slips.extend(slip.filter(apart));
            }
        }
        slips
    }

    fn slip_at(
        &self,
        text: &str,
        span: Span,
        words: &[Word],
        at: usize,
        language: Option<Language>,
    ) -> Option<Mention> {
        let word = words[at].of(text);
        let letters: Vec<char> = word.chars().collect();
        let capital = letters[0].is_uppercase() && letters.iter().all(|c| c.is_alphabetic());
        // A word that names begin with is no slip, whatever follows it.
        if letters.len() < WORD || !capital || self.begins(index::key(None, words[at], self.mask)) {
            return None;
        }
        let folded: Vec<char> = fold::folded(word).chars().collect();
        let alphabet = if CYRILLIC.contains(folded[0]) { CYRILLIC } else { LATIN };
        let all_capitals = letters.iter().all(|c| c.is_uppercase());
        let mut only: Option<Mention> = None;
        for spelling in one_edit_away(&folded, alphabet) {
            if !self.may_be_named(text, words, at, &spelling) {
                continue;
            }
            let spelling = as_written(&spelling, all_capitals);
            let Some(mention) = self.mention_with(text, span, words[at], &spelling, language) else { continue };
            match &only {
                None => only = Some(mention),
                Some(other) if entities(other).eq(entities(&mention)) => {}
                Some(_) => return None,
            }
        }
        only
    }

    fn begins(&self, hash: u64) -> bool {
        self.layers.iter().any(|layer| layer.index().begins(hash))
    }

    /// Whether a name may have `spelling` in place of a word: by itself, or after words before it.
    fn may_be_named(&self, text: &str, words: &[Word], at: usize, spelling: &str) -> bool {
        let mut right = Vec::new();
        words::scan(spelling, Span::new(0, spelling.len()), &mut right);
        let [right] = right[..] else { return false };
        (at.saturating_sub(BEFORE)..=at).any(|first| {
            let mut hash = None;
            let known = words[first..at].iter().all(|word| {
                let next = index::key(hash, *word, self.mask);
                hash = Some(next);
                word.of(text).starts_with(char::is_uppercase) && self.begins(next)
            });
            known && self.begins(index::key(hash, right, self.mask))
        })
    }

    /// The long name that stands in a part of a text when `word` is spelled otherwise.
    fn mention_with(
        &self,
        text: &str,
        span: Span,
        word: Word,
        spelling: &str,
        language: Option<Language>,
    ) -> Option<Mention> {
        let (start, end) = (word.start as usize, word.end as usize);
        let (before, after) = (&text[span.start()..start], &text[end..span.end()]);
        let corrected = format!("{before}{spelling}{after}");
        let there = Span::new(before.len(), before.len() + spelling.len());
        let mentions = self.find(&corrected, [Span::new(0, corrected.len())], language);
        let mention = mentions.into_iter().find(|mention| mention.span.contains(there))?;
        let long = mention.span.of(&corrected).chars().filter(|c| c.is_alphabetic()).count() >= NAME;
        let proper = |one: &Candidate| matches!(one.kind, NameKind::Label | NameKind::Alias) && !one.lower_case;
        let candidates: Vec<Candidate> = mention.candidates.into_iter().filter(proper).collect();
        if !long || candidates.is_empty() {
            return None;
        }
        let candidates =
            candidates.into_iter().map(|one| Candidate { made_by: Some(MadeBy::OneEdit), ..one }).collect();
        let tail = mention.span.end() - there.end();
        Some(Mention { span: Span::new(span.start() + mention.span.start(), end + tail), candidates })
    }
}

fn entities(mention: &Mention) -> impl Iterator<Item = &relata_model::EntityId> {
    mention.candidates.iter().map(|candidate| &candidate.entity)
}

/// Every spelling that one edit between the first letter and the last makes of a word.
fn one_edit_away(letters: &[char], alphabet: &str) -> Vec<String> {
    let mut out = Vec::new();
    let last = letters.len() - 1;
    let mut add = |head: &[char], middle: &[char], tail: &[char]| {
        out.push(head.iter().chain(middle).chain(tail).collect());
    };
    for at in 1..=last {
        for letter in alphabet.chars() {
            add(&letters[..at], &[letter], &letters[at..]);
            if at < last && letters[at] != letter {
                add(&letters[..at], &[letter], &letters[at + 1..]);
            }
        }
        if at < last {
            add(&letters[..at], &[], &letters[at + 1..]);
        }
        if at + 1 < last && letters[at] != letters[at + 1] {
            add(&letters[..at], &[letters[at + 1], letters[at]], &letters[at + 2..]);
        }
    }
    out
}

/// A folded spelling with the capitals of the word in whose place it stands.
fn as_written(spelling: &str, all_capitals: bool) -> String {
    let mut chars = spelling.chars();
    match chars.next() {
        Some(_) if all_capitals => spelling.to_uppercase(),
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
