//! What the statistical models see of a word's letters, as numbers.

/// The hashed parts of a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lexeme {
    /// The form in lower case.
    pub(crate) lower: u32,
    /// The first one to four characters, in lower case.
    pub(crate) prefix: [u32; 4],
    /// The last one to five characters, in lower case; 0 where the form is shorter.
    pub(crate) suffix: [u32; 5],
    /// Upper, lower, digit and other, with repetitions left out: `Xx-Xx`.
    pub(crate) shape: u32,
    /// Bits: first letter upper, all upper, digit inside, hyphen inside, apostrophe inside, has letters.
    pub(crate) flags: u8,
    /// The number of characters, at most 255.
    pub(crate) length: u8,
}

pub(crate) const FLAG_TITLE: u8 = 1;
pub(crate) const FLAG_UPPER: u8 = 2;
pub(crate) const FLAG_DIGIT: u8 = 4;
pub(crate) const FLAG_HYPHEN: u8 = 8;
pub(crate) const FLAG_APOSTROPHE: u8 = 16;
pub(crate) const FLAG_LETTER: u8 = 32;

/// Longer words are looked at in their first and last characters only, so that no input costs more than linear time.
const LONGEST: usize = 64;

impl Lexeme {
    /// Reads a form. `scratch` is only there to save allocations.
    pub(crate) fn new(form: &str, scratch: &mut Vec<char>) -> Self {
        scratch.clear();
        let mut lexeme = Self::default();
        let mut shape = 17u32;
        let mut last_class = ' ';
        let (mut letters, mut upper, mut length) = (0, 0, 0usize);
        for character in form.chars() {
            length += 1;
            let class = classify(character);
            if class != last_class {
                shape = mix(shape, class as u32);
                last_class = class;
            }
            match class {
                'X' => {
                    letters += 1;
                    upper += 1;
                    if length == 1 {
                        lexeme.flags |= FLAG_TITLE;
                    }
                }
                'x' => letters += 1,
                'd' => lexeme.flags |= FLAG_DIGIT,
                '-' => lexeme.flags |= FLAG_HYPHEN,
                '\'' => lexeme.flags |= FLAG_APOSTROPHE,
                _ => {}
            }
            scratch.push(fold(character));
        }
        if letters > 0 {
            lexeme.flags |= FLAG_LETTER;
        }
        if upper > 1 && upper == letters {
            lexeme.flags |= FLAG_UPPER;
        }
        lexeme.length = length.min(255) as u8;
        lexeme.shape = shape;
        if scratch.len() > LONGEST {
            scratch.drain(LONGEST / 2..length - LONGEST / 2);
        }
        lexeme.lower = scratch.iter().fold(length as u32, |hash, &character| mix(hash, character as u32));
        let mut hash = 7;
        for (index, &character) in scratch.iter().take(4).enumerate() {
            hash = mix(hash, character as u32);
            lexeme.prefix[index] = hash;
        }
        let mut hash = 11;
        for (index, &character) in scratch.iter().rev().take(5).enumerate() {
            hash = mix(hash, character as u32);
            lexeme.suffix[index] = hash;
        }
        lexeme
    }
}

/// Lower case, with the typographic variants of apostrophe, hyphen and quotation mark made one.
pub(crate) fn fold(character: char) -> char {
    match character {
        'a'..='z' => character,
        'A'..='Z' => character.to_ascii_lowercase(),
        '0'..='9' => '0',
        '’' | 'ʼ' | '‘' => '\'',
        '‐' | '‑' => '-',
        _ if character.is_ascii() => character,
        // Faster than the general way, and the same.
        'а'..='я' | 'ё' => character,
        'А'..='Я' => char::from_u32(character as u32 + 32).unwrap_or(character),
        _ => character.to_lowercase().next().unwrap_or(character),
    }
}

fn classify(character: char) -> char {
    match character {
        'a'..='z' | 'а'..='я' | 'ё' => 'x',
        'A'..='Z' | 'А'..='Я' => 'X',
        '0'..='9' => 'd',
        '-' | '‐' | '‑' => '-',
        '\'' | '’' => '\'',
        '.' => '.',
        _ if character.is_uppercase() => 'X',
        _ if character.is_alphabetic() => 'x',
        _ if character.is_numeric() => 'd',
        _ => 'o',
    }
}

/// Joins two numbers into one that looks random.
#[inline]
pub(crate) const fn mix(a: u32, b: u32) -> u32 {
    let product = ((a as u64) ^ ((b as u64) << 32) ^ 0x51_7c_c1_b7).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((product ^ (product >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as u32
}

/// The hash of a text.
pub(crate) fn hash_text(text: &str) -> u32 {
    text.bytes().fold(text.len() as u32, |hash, byte| mix(hash, u32::from(byte)))
}
