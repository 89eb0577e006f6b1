//! Which stops inside a block of running text end a sentence.

use relata_model::{Sentence, SentenceKind, Span};

use super::characters::{
    char_at, char_before, is_closer, is_emphasis, is_letter, is_mark, is_opening, is_stop, skip_space, skip_space_back,
};
use super::opaque::OpaqueCursor;
use super::rules::{Ending, SegmentRules};

/// No sentence is longer than this many bytes; a longer one is cut at white space.
pub(super) const LONGEST_SENTENCE: usize = 20_000;

/// An abbreviation is sought in this many bytes before its stop.
const LONGEST_ABBREVIATION: usize = 32;

/// The mark that opens a quotation is sought in this many bytes before the one that may close it.
const LONGEST_QUOTATION: usize = 1_000;

/// A year this near to the start of a sentence or a clause ("В 2024 г. Россия …", "заявил, что к 2030 г. Россия …") stands
/// in its first phrase, not at its end.
const FIRST_PHRASE: usize = 30;

/// Cuts one block into sentences and adds them to `out`.
pub(super) fn split(
    text: &str,
    block: Span,
    kind: SentenceKind,
    rules: &SegmentRules,
    opaque: &mut OpaqueCursor<'_>,
    out: &mut Vec<Sentence>,
) {
    let (mut start, mut at, end) = (block.start(), block.start(), block.end());
    while let Some(stop) = next_stop(text, at, end) {
        if let Some(after) = opaque.end_of_span_at(stop) {
            at = after.min(end);
            continue;
        }
        let run = Run::read(text, start, stop, end);
        if run.ends_sentence(text, start, end, rules) {
            push(text, start, run.closed, kind, opaque, out);
            start = skip_space(text, run.closed, end);
            at = start;
        } else {
            at = run.end;
        }
    }
    push(text, start, end, kind, opaque, out);
}

/// Stops that follow each other, such as `?!` or `...`, and what closes after them.
struct Run {
    start: usize,
    /// After the last stop.
    end: usize,
    /// After quotation marks, brackets and footnote numbers that belong to the sentence that ends.
    closed: usize,
}

impl Run {
    fn read(text: &str, sentence: usize, start: usize, end: usize) -> Self {
        let mut at = start;
        while let Some(c) = char_at(text, at).filter(|&c| at < end && is_stop(c)) {
            at += c.len_utf8();
        }
        let stops_end = at;
        while let Some(c) = char_at(text, at).filter(|_| at < end) {
            let after = at + c.len_utf8();
            let next = char_at(text, after).filter(|_| after < end);
            if is_footnote_start(c, next) {
                let Some(close) = footnote_end(text, at, end) else { break };
                at = close;
            } else if c.is_whitespace() && c != '\n' {
                // French sets a space before its closing marks: « Où ? »
                match next {
                    Some(close @ ('»' | '”')) => at = after + close.len_utf8(),
                    Some('"') if closes_spaced_quotation(text, sentence, after, end) => at = after + 1,
                    _ => break,
                }
            } else if (is_closer(c) || is_emphasis(c)) && !next.is_some_and(|n| is_letter(n) || n.is_ascii_digit()) {
                at = after;
            } else {
                break;
            }
        }
        Self { start, end: stops_end, closed: at.min(end) }
    }

    fn ends_sentence(&self, text: &str, sentence: usize, end: usize, rules: &SegmentRules) -> bool {
        if self.closed >= end {
            return true;
        }
        let single = self.end - self.start == 1 && text.as_bytes()[self.start] == b'.';
        let next = skip_space(text, self.closed, end);
        if next == self.closed {
            return self.ends_without_space(text, end, single);
        }
        if self.is_in_brackets(text) {
            return false;
        }
        let first = skip_opening(text, next, end);
        let Some(c) = char_at(text, first).filter(|_| first < end) else { return true };
        if c.is_lowercase() {
            return false;
        }
        let number = c.is_ascii_digit();
        if !number && !is_letter(c) {
            // A comma or a colon goes on with the sentence; a picture, a currency or the like starts a new one.
            return !(is_stop(c)
                || is_closer(c)
                || matches!(c, ',' | ';' | ':' | '/' | '%' | '=' | '+' | '&' | '°' | '|'));
        }
        !single || self.closed > self.end || stop_ends_sentence(text, sentence, self.start, first, number, rules)
    }

    /// A writer forgot the space: "internationale.Autosuffisance". What stands before must look like a sentence's last
    /// word and what follows like the first of the next, because `kremlin.ru`, `U.S.` and `5.3` have none either.
    fn ends_without_space(&self, text: &str, end: usize, single: bool) -> bool {
        let first = skip_opening(text, self.closed, end);
        let Some(c) = char_at(text, first).filter(|c| first < end && c.is_uppercase()) else { return false };
        let second = char_at(text, first + c.len_utf8()).filter(|_| first + c.len_utf8() < end);
        let word_follows = second.is_none_or(|c| c.is_lowercase() || c.is_whitespace() || matches!(c, '\'' | '’'));
        let ended = !single || self.closed > self.end || first > self.closed || is_last_word(text, self.start);
        word_follows && ended && !self.is_in_brackets(text)
    }

    /// `[...]`, `(!)`: a mark that says something of the text, not of the sentence.
    fn is_in_brackets(&self, text: &str) -> bool {
        matches!(char_before(text, self.start), Some('[' | '(')) && matches!(char_at(text, self.end), Some(']' | ')'))
    }
}

/// Whether the word before the stop at `stop` looks like a sentence's last: all in lower case and of three letters or more,
/// or a year.
fn is_last_word(text: &str, stop: usize) -> bool {
    if char_before(text, stop).is_some_and(is_closer) {
        return true;
    }
    let (mut letters, mut digits) = (0, 0);
    for c in text[..stop].chars().rev().take(40) {
        match c {
            _ if c.is_lowercase() => letters += 1,
            '0'..='9' => digits += 1,
            _ if is_letter(c) || c == '.' || c == '/' || c == '@' => return false,
            _ => break,
        }
    }
    (letters >= 3 && digits == 0) || (digits >= 4 && letters == 0)
}

/// Whether one full stop with white space after it ends the sentence that began at `sentence`, when a capital or a
/// number stands at `first`.
fn stop_ends_sentence(
    text: &str,
    sentence: usize,
    stop: usize,
    first: usize,
    number: bool,
    rules: &SegmentRules,
) -> bool {
    let word_start = start_of_word(text, sentence, stop);
    let word = &text[word_start..stop];
    if word.is_empty() {
        return true;
    }
    if word.bytes().all(|b| b.is_ascii_digit()) {
        // "1. Former" numbers what follows.
        return word.len() > 2 || skip_marks(text, sentence, word_start) < word_start;
    }
    let opener = || rules.is_opener(&text[first..]);
    match abbreviation(text, sentence, word_start, stop, rules) {
        Some(Ending::Never) => false,
        Some(Ending::BeforeOpener) => opener(),
        Some(Ending::BeforeCapital) => true,
        Some(Ending::UnlessNumberFollows) => !number && !is_roman(&text[first..]),
        Some(Ending::AfterNumber) => {
            number_stands_before(text, sentence, word_start)
                && !number
                && (opener() || stop - start_of_phrase(text, sentence, stop) > FIRST_PHRASE * bytes_per_letter(word))
        }
        None => match Initials::of(word) {
            Initials::None => true,
            Initials::Several => opener(),
            Initials::One => !number && opener() && is_no_initial(text, sentence, word_start, first),
        },
    }
}

/// What stops between single letters are.
enum Initials {
    None,
    /// `V.`, `J.-C.`
    One,
    /// `U.S.`, `В.В.`
    Several,
}

impl Initials {
    fn of(word: &str) -> Self {
        let mut parts = 0;
        for part in word.split(['.', '-']) {
            let mut characters = part.chars().filter(|&c| !is_mark(c));
            match (characters.next(), characters.next()) {
                (Some(c), None) if c.is_uppercase() => parts += 1,
                (None, None) => {}
                _ => return Self::None,
            }
        }
        match parts {
            0 => Self::None,
            1 => Self::One,
            _ => Self::Several,
        }
    }
}

/// The entry of the longest abbreviation that ends at the stop: with the word before ("т. д.", "p. ex."), alone, or the
/// part after its last hyphen ("vice-prés.").
fn abbreviation(text: &str, sentence: usize, word_start: usize, stop: usize, rules: &SegmentRules) -> Option<Ending> {
    let word = &text[word_start..stop];
    let space = skip_space_back(text, sentence, word_start);
    if space < word_start && text[sentence..space].ends_with('.') {
        let before = &text[start_of_word(text, sentence, space - 1)..space];
        let mut both = String::with_capacity(LONGEST_ABBREVIATION * 2);
        both.push_str(before);
        both.push_str(word);
        if let Some(ending) = rules.ending(&both) {
            return Some(ending);
        }
    }
    rules.ending(word).or_else(|| word.rsplit_once('-').and_then(|(_, last)| rules.ending(last)))
}

/// Where the run of letters, digits, inner stops and hyphens that ends at `end` starts.
fn start_of_word(text: &str, sentence: usize, end: usize) -> usize {
    let mut at = end;
    let bound = sentence.max(end.saturating_sub(LONGEST_ABBREVIATION));
    while let Some(c) = char_before(text, at).filter(|_| at > bound) {
        if !(is_letter(c) || is_mark(c) || c.is_ascii_digit() || c == '.' || c == '-' || c == '\u{2011}') {
            break;
        }
        at -= c.len_utf8();
    }
    at
}

/// Whether a number in digits, or one of Roman digits, stands before the word: "в XX в.", "2020 г.", "10,5 млрд."
fn number_stands_before(text: &str, sentence: usize, word_start: usize) -> bool {
    let end = skip_space_back(text, sentence, word_start);
    match char_before(text, end).filter(|_| end > sentence) {
        Some(c) if c.is_ascii_digit() => true,
        // "в 1970-х гг."
        Some('х' | 'е' | 'м' | 'й')
            if text[start_of_word(text, sentence, end)..].starts_with(|c: char| c.is_ascii_digit()) =>
        {
            true
        }
        Some('I' | 'V' | 'X' | 'L' | 'C' | 'М' | 'Х') => {
            text[sentence..end].chars().rev().take_while(|c| !c.is_whitespace()).all(|c| "IVXLCХМ–-".contains(c))
        }
        // "5 млрд руб."
        Some(c) if is_letter(c) || c == '.' => {
            let word = text[sentence..end].rfind(char::is_whitespace).map_or(sentence, |space| sentence + space);
            let number = skip_space_back(text, sentence, word);
            let short = end - word <= LONGEST_ABBREVIATION / 2;
            short && number > sentence && char_before(text, number).is_some_and(|c| c.is_ascii_digit())
        }
        _ => false,
    }
}

/// Whether a single capital before an opener is no name's: "le plan B. Il …", "25 °C. Les …", "Dagobert I. Ils …".
fn is_no_initial(text: &str, sentence: usize, word_start: usize, next: usize) -> bool {
    let end = skip_space_back(text, sentence, word_start);
    if end == sentence {
        return false;
    }
    let start = start_of_word(text, sentence, end);
    let before = &text[start..end];
    let is_word = before.chars().next().is_none_or(char::is_lowercase);
    // "V. La Rosa": a surname may begin with what also opens sentences, but then a name's other parts stand before.
    let particle = ["Le ", "La ", "Les ", "L'", "L’", "De ", "Des ", "Du ", "D'", "D’"];
    is_word
        || (before.chars().nth(1).is_some_and(char::is_lowercase)
            && !particle.iter().any(|p| text[next..].starts_with(p)))
}

/// Whether a Roman number stands at the start of `text`.
fn is_roman(text: &str) -> bool {
    let length = text.bytes().take_while(|b| b"IVXLCDM".contains(b)).count();
    length > 0 && !char_at(text, length).is_some_and(|c| is_letter(c) || c == '\'' || c == '’')
}

/// Whether the straight quotation mark at `at`, with space on both sides, closes a quotation: an odd number of them went
/// before.
fn closes_spaced_quotation(text: &str, sentence: usize, at: usize, end: usize) -> bool {
    let space_follows = at + 1 >= end || char_at(text, at + 1).is_some_and(char::is_whitespace);
    let from = text.floor_char_boundary(sentence.max(at.saturating_sub(LONGEST_QUOTATION)));
    space_follows && memchr::memchr_iter(b'"', &text.as_bytes()[from..at]).count() % 2 == 1
}

/// Where the clause that holds the stop starts: after the last comma, colon, dash or bracket before it.
fn start_of_phrase(text: &str, sentence: usize, stop: usize) -> usize {
    let from = text.ceil_char_boundary(sentence.max(stop.saturating_sub(FIRST_PHRASE * 4)));
    text[from..stop].rfind([',', ';', ':', '—', '(', '«']).map_or(sentence, |mark| from + mark)
}

fn bytes_per_letter(word: &str) -> usize {
    if word.is_ascii() { 1 } else { 2 }
}

fn skip_opening(text: &str, mut at: usize, end: usize) -> usize {
    while let Some(c) = char_at(text, at).filter(|&c| at < end && (is_opening(c) || c.is_whitespace())) {
        at += c.len_utf8();
    }
    at
}

fn skip_marks(text: &str, start: usize, end: usize) -> usize {
    skip_opening(text, start, end)
}

fn is_footnote_start(c: char, next: Option<char>) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁴'..='⁹') || (c == '[' && next.is_some_and(|n| n.is_ascii_digit()))
}

/// After the note's number: `[12]`, `²`.
fn footnote_end(text: &str, at: usize, end: usize) -> Option<usize> {
    if text.as_bytes()[at] != b'[' {
        return char_at(text, at).map(|c| at + c.len_utf8());
    }
    let digits = text.as_bytes()[at + 1..end].iter().take_while(|b| b.is_ascii_digit()).count();
    let close = at + 1 + digits;
    (digits <= 3 && text.as_bytes().get(close) == Some(&b']') && close < end).then_some(close + 1)
}

/// Adds the sentence without the white space and the marks around it, unless there is nothing to read in it.
fn push(
    text: &str,
    mut start: usize,
    end: usize,
    kind: SentenceKind,
    opaque: &OpaqueCursor<'_>,
    out: &mut Vec<Sentence>,
) {
    while end - start > LONGEST_SENTENCE {
        let bound = text.floor_char_boundary(start + LONGEST_SENTENCE);
        let space = text[start..bound].rfind(char::is_whitespace).map_or(0, |space| start + space);
        let cut = if space > start { space } else { bound };
        push_short(text, start, cut, kind, opaque, out);
        start = cut;
    }
    push_short(text, start, end, kind, opaque, out);
}

fn push_short(
    text: &str,
    start: usize,
    end: usize,
    kind: SentenceKind,
    opaque: &OpaqueCursor<'_>,
    out: &mut Vec<Sentence>,
) {
    let (mut from, mut to) = (skip_space(text, start, end), skip_space_back(text, start, end));
    while let Some(c) = char_at(text, from).filter(|&c| from < to && is_emphasis(c)) {
        from = skip_space(text, from + c.len_utf8(), end);
    }
    while let Some(c) = char_before(text, to).filter(|&c| from < to && is_emphasis(c)) {
        to = skip_space_back(text, start, to - c.len_utf8());
    }
    if from < to && text[from..to].chars().any(|c| is_letter(c) || c.is_numeric()) && !opaque.covers(from, to) {
        out.push(Sentence { span: Span::new(from, to), kind });
    }
}

/// The next byte at which a stop starts.
fn next_stop(text: &str, from: usize, end: usize) -> Option<usize> {
    const MAYBE: [bool; 256] = {
        let mut table = [false; 256];
        table[b'.' as usize] = true;
        table[b'!' as usize] = true;
        table[b'?' as usize] = true;
        // The first byte of the ellipsis, and of much else.
        table[0xE2] = true;
        table
    };
    let bytes = &text.as_bytes()[..end];
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| MAYBE[usize::from(byte)])?;
        if bytes[at] != 0xE2 || matches!(&bytes[at..], [_, 0x80, 0xA6 | 0xBC, ..] | [_, 0x81, 0x87..=0x89, ..]) {
            return Some(at);
        }
        at += 1;
    }
}
