//! Words, numbers and punctuation marks of a sentence.

use relata_model::Span;

use super::characters::{char_at, char_before, is_letter, is_mark};

/// A word, a number or a punctuation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in the text.
    pub span: Span,
    /// What it is.
    pub kind: WordKind,
}

/// What a [`Word`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordKind {
    /// It has a letter: `Poutine`, `l'`, `start-up`, `GPT-4`, `U.S.`, `'s`.
    Word,
    /// It is of digits alone: `2025`, `10,8`, `15 000`.
    Number,
    /// A mark or a sign; a run of full stops is one.
    Punctuation,
}

/// The words of `text` inside `span`, in order; white space is in none of them.
///
/// - An elided French article, pronoun or conjunction is a word with its apostrophe: `l'|Arménie`, `qu’|il`; other
///   apostrophes stay inside (`aujourd'hui`, `O'Brien`, `don't`), and the English possessive `'s` is a word of its own.
/// - A hyphen stays inside a word: `start-up`, `Kassym-Jomart`, `GPT-4`; between two numbers it is a mark.
/// - A number keeps its decimals and its thousands: `10,8`, `1.370`, `15 000` (with a space of any kind).
/// - Single letters with stops are one word: `U.S.`, `S.A.`; so is `R&D`.
///
/// ```
/// use relata_extract::segment::words;
/// use relata_model::Span;
///
/// let text = "l’Arménie vote à 10,8 %";
/// let found: Vec<&str> = words(text, Span::new(0, text.len())).map(|word| word.span.of(text)).collect();
/// assert_eq!(found, ["l’", "Arménie", "vote", "à", "10,8", "%"]);
/// ```
pub fn words(text: &str, span: Span) -> Words<'_> {
    Words { text: &text[..span.end()], at: span.start() }
}

/// The iterator [`words`] gives.
#[derive(Clone, Debug)]
pub struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let first = loop {
            let c = char_at(self.text, self.at)?;
            if !(c.is_whitespace() || c == '\u{FEFF}' || c == '\u{200B}') {
                break c;
            }
            self.at += c.len_utf8();
        };
        let start = self.at;
        let kind = if is_letter(first) || first.is_ascii_digit() {
            self.word(start)
        } else if let Some(end) = possessive(self.text, start) {
            self.at = end;
            WordKind::Word
        } else {
            self.at = start + first.len_utf8();
            if first == '.' {
                self.at += self.text.as_bytes()[self.at..].iter().take_while(|&&b| b == b'.').count();
            }
            WordKind::Punctuation
        };
        Some(Word { span: Span::new(start, self.at), kind })
    }
}

impl Words<'_> {
    /// Reads on from a letter or a digit at `start`.
    fn word(&mut self, start: usize) -> WordKind {
        let mut at = start;
        let mut letters = 0;
        let mut group = start;
        while let Some(c) = char_at(self.text, at) {
            let after = at + c.len_utf8();
            if is_letter(c) {
                letters += 1;
                at = after;
            } else if c.is_ascii_digit() || (at > start && is_mark(c)) || is_raised(c) {
                at = after;
            } else if c == '-' || c == '\u{2010}' || c == '\u{2011}' {
                let joins = self.alphanumeric_at(after) && (letters > 0 || self.letter_at(after));
                if !joins {
                    break;
                }
                at = after;
                group = after;
            } else if c == '\'' || c == '’' || c == 'ʼ' {
                if possessive(self.text, at).is_some() || !self.letter_at(after) {
                    break;
                }
                if is_elided(&self.text[start..at]) {
                    self.at = after;
                    return WordKind::Word;
                }
                at = after;
            } else if c == '&' && letters > 0 && at - start <= 2 && self.letter_at(after) {
                at = after;
            } else if let Some(end) = self.inside_number(start, group, at, c, letters) {
                at = end;
                group = end;
            } else if c == '.' && letters == 1 && at == start + self.first_length(start) {
                return self.dotted_letters(start, at);
            } else {
                break;
            }
        }
        // An elided word at the end of the text, or before a quotation mark: l'« État ».
        if letters > 0
            && let Some(c @ ('\'' | '’')) = char_at(self.text, at)
            && is_elided(&self.text[start..at])
            && possessive(self.text, at).is_none()
        {
            at += c.len_utf8();
        }
        self.at = at;
        if letters > 0 { WordKind::Word } else { WordKind::Number }
    }

    /// After a decimal or thousands mark at `at` that goes on with the number, and the digits behind it are still to be read.
    fn inside_number(&self, start: usize, group: usize, at: usize, c: char, letters: usize) -> Option<usize> {
        let after = at + c.len_utf8();
        if letters > 0 || !self.digit_at(after) {
            return None;
        }
        match c {
            '.' | ',' => Some(after),
            ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' => {
                let digits = self.text.as_bytes()[after..].iter().take_while(|b| b.is_ascii_digit()).count();
                let before = at - group;
                let grouped = if group == start { (1..=3).contains(&before) } else { before == 3 };
                let whole = !self.text[start..at].contains(',');
                (digits == 3 && grouped && whole && !self.letter_at(after + 3)).then_some(after)
            }
            _ => None,
        }
    }

    /// Reads `U.S.` whole, but leaves the stop of a single initial.
    fn dotted_letters(&mut self, start: usize, first_stop: usize) -> WordKind {
        let (mut at, mut parts) = (first_stop, 1);
        while char_at(self.text, at) == Some('.')
            && let Some(letter) = char_at(self.text, at + 1)
        {
            let after = at + 1 + letter.len_utf8();
            if !is_letter(letter) || self.alphanumeric_at(after) {
                break;
            }
            parts += 1;
            at = after;
        }
        if parts > 1 && char_at(self.text, at) == Some('.') {
            at += 1;
        }
        self.at = if parts > 1 { at } else { start + self.first_length(start) };
        WordKind::Word
    }

    fn first_length(&self, start: usize) -> usize {
        char_at(self.text, start).map_or(0, char::len_utf8)
    }

    fn letter_at(&self, at: usize) -> bool {
        char_at(self.text, at).is_some_and(is_letter)
    }

    fn digit_at(&self, at: usize) -> bool {
        self.text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
    }

    fn alphanumeric_at(&self, at: usize) -> bool {
        self.letter_at(at) || self.digit_at(at)
    }
}

/// The end of an English possessive `'s` at `at`.
fn possessive(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let rest = rest.strip_prefix('\'').or_else(|| rest.strip_prefix('’'))?;
    let after = rest.strip_prefix(['s', 'S'])?;
    let ends = !after.chars().next().is_some_and(|c| is_letter(c) || c.is_ascii_digit() || c == '\'' || c == '’');
    let owner = char_before(text, at).is_some_and(|c| is_letter(c) || c.is_ascii_digit() || c == '.');
    (ends && owner).then_some(text.len() - after.len())
}

/// Whether French drops the vowel of the word before an apostrophe.
fn is_elided(word: &str) -> bool {
    const ELIDED: [&str; 14] =
        ["l", "d", "j", "m", "t", "s", "n", "c", "ç", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"];
    word.len() <= 6 && ELIDED.iter().any(|elided| elided.eq_ignore_ascii_case(word))
}

/// Ordinal and footnote signs above the line, as in `XXIᵉ` and `nᵒ`.
fn is_raised(c: char) -> bool {
    matches!(c, 'º' | 'ª' | 'ᵉ' | 'ʳ' | 'ᵈ' | 'ᵒ' | 'ˢ')
}
