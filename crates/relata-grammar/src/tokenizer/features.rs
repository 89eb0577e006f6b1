//! What the tokeniser looks at: characters and words around a place in the text.

use std::ops::Range;

use super::Border;
use crate::{
    lexeme::{Lexeme, fold, hash_text, mix},
    sink::Sink,
};

/// The features of a place where a word may end. `start` is where the word begins, `history` the last two decisions.
pub(crate) fn border_features(
    text: &str,
    range: &Range<usize>,
    places: &[Border],
    index: usize,
    start: usize,
    history: u32,
    out: &mut Vec<u32>,
) {
    let at = places[index].at;
    let mut back = text[range.start..at].chars().rev();
    let before: [Option<char>; 4] = std::array::from_fn(|_| back.next());
    let mut forth = text[at..range.end].chars();
    let after: [Option<char>; 4] = std::array::from_fn(|_| forth.next());
    let neighbour = |place: Option<usize>| place.and_then(|place| places.get(place)).map(|place| place.at);
    let left_start = neighbour(index.checked_sub(1)).unwrap_or(range.start);
    let right_end = neighbour(Some(index + 1)).unwrap_or(range.end);
    let left = hash_part(&text[left_start..at]);
    let right = hash_part(&text[at..right_end]);
    let farther = neighbour(Some(index + 2)).unwrap_or(range.end);
    let farther = hash_part(&text[right_end.min(farther)..farther]);
    // The chunk that this place lies in, at most three places to either side.
    let whole_start = (index.saturating_sub(3)..index).rev().find(|&place| places[place].forced);
    let whole_start =
        whole_start.map_or_else(|| boundary(text, range.start.max(at.saturating_sub(60))), |place| places[place].at);
    let whole_end = (index + 1..(index + 4).min(places.len())).find(|&place| places[place].forced);
    let whole_end = whole_end.map_or_else(|| boundary(text, range.end.min(at + 60)), |place| places[place].at);
    let closes = whole_end == right_end;
    let opens = left_start == start;
    let word = if at - start > 40 { 8 } else { hash_part(&text[start..at]) };
    let state = u32::from(closes) | (u32::from(opens) << 1) | (history << 2);
    let pair = mix(class(before[0]), class(after[0]));
    let mut sink = Sink::new(out);
    sink.one(0);
    sink.one(state);
    sink.one(pair);
    sink.two(pair, state);
    sink.two(code(before[0]), code(after[0]));
    sink.three(code(before[0]), code(after[0]), state);
    sink.three(class(before[1]), pair, class(after[1]));
    sink.four(class(before[2]), class(before[1]), pair, class(after[1]));
    sink.four(class(before[1]), pair, class(after[1]), class(after[2]));
    sink.three(code(before[1]), code(before[0]), code(after[0]));
    sink.three(code(before[0]), code(after[0]), code(after[1]));
    sink.four(code(before[1]), code(before[0]), code(after[0]), code(after[1]));
    sink.two(left, class(after[0]));
    sink.two(class(before[0]), right);
    sink.two(left, right);
    sink.three(left, code(after[0]), class(after[1]));
    sink.three(word, code(after[0]), u32::from(closes));
    sink.three(word, right, u32::from(closes));
    sink.three(word, right, farther);
    sink.three(code(before[0]), right, farther);
    sink.two(right, farther);
    sink.two(u32::from(at - left_start < 3), pair);
    sink.two(((at - whole_start).min(20)) as u32, pair);
    sink.three(hash_part(text[whole_start..whole_end.max(whole_start)].trim()), pair, (at - whole_start) as u32);
}

/// The features of a possible contraction.
pub(crate) fn expansion_features(text: &str, spans: &[Range<usize>], index: usize, out: &mut Vec<u32>) {
    let mut scratch = Vec::new();
    let mut lexeme = |place: Option<usize>| {
        place
            .and_then(|place| spans.get(place))
            .map_or_else(Lexeme::default, |span| Lexeme::new(&text[span.clone()], &mut scratch))
    };
    let own = lexeme(Some(index)).lower;
    let (p2, p1) = (lexeme(index.checked_sub(2)), lexeme(index.checked_sub(1)));
    let (n1, n2) = (lexeme(Some(index + 1)), lexeme(Some(index + 2)));
    let mut sink = Sink::new(out);
    sink.one(own);
    sink.two(own, p1.lower);
    sink.two(own, n1.lower);
    sink.two(own, p2.lower);
    sink.two(own, n2.lower);
    sink.three(own, p1.lower, n1.lower);
    sink.three(own, p2.lower, p1.lower);
    sink.three(own, n1.lower, n2.lower);
    for suffix in [1, 2, 3, 4] {
        sink.two(own, p1.suffix[suffix]);
        sink.two(own, n1.suffix[suffix]);
    }
    sink.three(own, p1.suffix[2], n1.suffix[2]);
    sink.three(own, p1.suffix[1], n1.suffix[1]);
    sink.three(own, p1.suffix[1], n1.suffix[0]);
    sink.two(own, u32::from(p1.flags));
    sink.two(own, u32::from(n1.flags));
    sink.three(own, p1.suffix[2], p2.suffix[2]);
    sink.three(own, p1.lower, n1.suffix[1]);
    sink.three(own, p1.prefix[3], n1.suffix[1]);
}

/// The features of the end of a sentence after chunk `index`; the sentence began with chunk `begin`.
pub(crate) fn end_features(text: &str, chunks: &[Range<usize>], begin: usize, index: usize, out: &mut Vec<u32>) {
    let form = |place: Option<usize>| place.and_then(|place| chunks.get(place)).map_or("", |span| &text[span.clone()]);
    let (own, next) = (form(Some(index)), form(Some(index + 1)));
    let (before, after) = (form(index.checked_sub(1)), form(Some(index + 2)));
    let bare = |chunk: &str| hash_part(chunk.trim_matches(|character: char| !character.is_alphanumeric()));
    let tail: String = own.chars().rev().take_while(|character| !character.is_alphanumeric()).take(4).collect();
    let tail = hash_text(&tail);
    let core: &str = own.trim_end_matches(|character: char| !character.is_alphanumeric());
    let mut scratch = Vec::new();
    let shape =
        |chunk: &str, scratch: &mut Vec<char>| Lexeme::new(if chunk.len() > 80 { "x" } else { chunk }, scratch).shape;
    let own_shape = shape(core, &mut scratch);
    let next_shape = shape(next, &mut scratch);
    let first = class(next.chars().next());
    let gap = chunks.get(index + 1).map_or(0, |following| {
        let gap = &text[chunks[index].end..following.start];
        if gap.contains('\n') { 2 } else { u32::from(gap.len() > 1) }
    });
    let length = ((index - begin + 1).min(40) as u32).div_ceil(4);
    let short = core.chars().count().min(4) as u32;
    let mut sink = Sink::new(out);
    sink.one(tail);
    sink.two(tail, gap);
    sink.three(tail, first, gap);
    sink.two(tail, next_shape);
    sink.three(tail, own_shape, next_shape);
    sink.two(tail, bare(own));
    sink.three(tail, bare(own), first);
    sink.two(tail, bare(next));
    sink.three(tail, bare(next), first);
    sink.three(tail, bare(own), bare(next));
    sink.three(tail, length, first);
    sink.three(tail, short, first);
    sink.four(tail, short, own_shape, first);
    sink.two(first, length);
    sink.two(first, bare(own));
    sink.two(first, bare(next));
    sink.two(bare(own), bare(next));
    sink.two(next_shape, own_shape);
    sink.two(bare(next), bare(after));
    sink.two(bare(before), bare(own));
    sink.three(tail, shape(after, &mut scratch), next_shape);
    sink.two(tail, u32::from(next.ends_with([':', '.', ',', '!', '?'])));
    sink.three(gap, length, first);
    sink.two(gap, tail);
    sink.two(hash_part(next), tail);
}

fn code(character: Option<char>) -> u32 {
    match character {
        None => 0,
        Some(character) if character.is_whitespace() => 1,
        Some(character) => fold(character) as u32,
    }
}

fn class(character: Option<char>) -> u32 {
    match character {
        None => 0,
        Some(character) if character.is_whitespace() => 1,
        Some(character) if character.is_uppercase() => 2,
        Some(character) if character.is_alphabetic() => 3,
        Some(character) if character.is_numeric() => 4,
        Some(character) => fold(character) as u32,
    }
}

fn hash_part(text: &str) -> u32 {
    if text.len() > 40 {
        return 9;
    }
    text.chars().fold(text.len() as u32, |hash, character| mix(hash, fold(character) as u32))
}

/// The nearest character border at or before the byte.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
