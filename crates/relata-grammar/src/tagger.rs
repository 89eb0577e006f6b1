//! Parts of speech: a greedy left-to-right perceptron tagger.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::{
    Language, Upos,
    lexeme::{FLAG_TITLE, Lexeme},
    linear::LinearModel,
    model::{ModelError, Reader, Writer},
    sink::Sink,
};

/// Tags the words of a sentence.
#[derive(Debug)]
pub(crate) struct Tagger {
    pub(crate) lexicon: Lexicon,
    pub(crate) model: LinearModel,
}

/// Says in a set of tags that there is no other: the word is frequent and never had another tag.
pub(crate) const CERTAIN: u32 = 1 << 18;

/// Which tags a frequent word had in the treebank, as a set of bits.
pub(crate) type Lexicon = FxHashMap<u32, u32>;

/// A word as the tagger sees it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Token {
    pub(crate) lexeme: Lexeme,
    /// The tags it had in the treebank; 0 for an unknown or rare word.
    pub(crate) known: u32,
    /// The tags that it cannot have because it belongs to a name: a proper noun then.
    pub(crate) refused: u32,
}

impl Token {
    pub(crate) fn new(form: &str, lexicon: &Lexicon, scratch: &mut Vec<char>) -> Self {
        let lexeme = Lexeme::new(form, scratch);
        Self { lexeme, known: lexicon.get(&lexeme.lower).copied().unwrap_or(0), refused: 0 }
    }
}

/// The tags that no capitalised word inside a name has. Names have determiners, prepositions, nouns, adjectives and
/// numbers in them.
const NEVER_IN_NAMES: u32 =
    tag_set(&[Upos::Adv, Upos::Aux, Upos::Intj, Upos::Part, Upos::Pron, Upos::Sconj, Upos::Sym, Upos::Verb, Upos::X]);
/// The tags that a name of one word has not either: only nouns and, as demonyms, adjectives are left.
const NEVER_ALONE: u32 = NEVER_IN_NAMES | tag_set(&[Upos::Adp, Upos::Cconj, Upos::Det]);

const fn tag_set(tags: &[Upos]) -> u32 {
    let (mut set, mut index) = (0, 0);
    while index < tags.len() {
        set |= 1 << tags[index].index();
        index += 1;
    }
    set
}

/// Marks the words of a known name, which the tagger may not know: "Ardent" is no adjective, "Bank of New York" no
/// unanalysable foreign text.
pub(crate) fn mark_name(language: Language, tokens: &mut [Token], name: Range<usize>) {
    let alone = name.len() == 1;
    for index in name {
        if tokens[index].lexeme.flags & FLAG_TITLE == 0 {
            continue;
        }
        // A capital does not tell a name from a demonym in English, nor at the beginning of a Russian sentence.
        let demonym = match language {
            Language::French => false,
            Language::Russian => index == 0,
            Language::English => true,
        };
        tokens[index].refused = match (alone, demonym) {
            (true, false) => NEVER_ALONE | tag_set(&[Upos::Adj]),
            (true, true) => NEVER_ALONE,
            (false, _) => NEVER_IN_NAMES,
        };
    }
}

impl Tagger {
    pub(crate) fn tag(&self, tokens: &[Token], tags: &mut Vec<Upos>, features: &mut Vec<u32>, scores: &mut Vec<i32>) {
        tags.clear();
        for (index, token) in tokens.iter().enumerate() {
            // A frequent word that had but one tag has it again.
            let number = if token.known & CERTAIN != 0 {
                (token.known & !CERTAIN).trailing_zeros() as usize % Upos::ALL.len()
            } else {
                tag_features(tokens, tags, index, features);
                self.model.score(features, scores);
                best(scores).min(Upos::ALL.len() - 1)
            };
            tags.push(if token.refused >> number & 1 == 0 { Upos::ALL[number] } else { Upos::Propn });
        }
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let lexicon = read_lexicon(reader)?;
        let model = LinearModel::read(reader)?;
        if model.classes() != Upos::ALL.len() {
            return Err(ModelError::Damaged);
        }
        Ok(Self { lexicon, model })
    }
}

/// The first of the highest scores.
pub(crate) fn best<S: PartialOrd>(scores: &[S]) -> usize {
    let mut best = 0;
    for (index, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = index;
        }
    }
    best
}

pub(crate) fn write_lexicon(lexicon: &Lexicon, writer: &mut Writer) {
    let mut entries: Vec<(u32, u32)> = lexicon.iter().map(|(&key, &tags)| (key, tags)).collect();
    entries.sort_unstable();
    writer.number(entries.len() as u32);
    let mut last = 0;
    for (key, tags) in entries {
        writer.number(key - last);
        writer.number(tags);
        last = key;
    }
}

fn read_lexicon(reader: &mut Reader<'_>) -> Result<Lexicon, ModelError> {
    let count = reader.number()? as usize;
    if count > reader.remaining() {
        return Err(ModelError::Damaged);
    }
    let mut lexicon = Lexicon::default();
    lexicon.reserve(count);
    let mut key = 0u32;
    for _ in 0..count {
        key = key.wrapping_add(reader.number()?);
        lexicon.insert(key, reader.number()?);
    }
    Ok(lexicon)
}

/// The features of the tag at `index`, given the tags before it.
pub(crate) fn tag_features(tokens: &[Token], tags: &[Upos], index: usize, out: &mut Vec<u32>) {
    const OUTSIDE: Token = Token {
        lexeme: Lexeme { lower: 1, prefix: [1; 4], suffix: [1; 5], shape: 1, flags: 0, length: 0 },
        known: 1 << 20,
        refused: 0,
    };
    let at = |offset: isize| index.checked_add_signed(offset).and_then(|place| tokens.get(place)).unwrap_or(&OUTSIDE);
    let tag = |back: usize| index.checked_sub(back).map_or(20, |place| tags[place] as u32);
    let (p2, p1, w, n1, n2) = (at(-2), at(-1), at(0), at(1), at(2));
    let (t1, t2) = (tag(1), tag(2));
    let lex = &w.lexeme;
    let place = u32::from(index == 0) | (u32::from(index + 1 == tokens.len()) << 1);
    let flags = u32::from(lex.flags) | (place << 8);
    let mut sink = Sink::new(out);
    sink.one(0);
    sink.one(lex.lower);
    sink.two(lex.lower, flags);
    sink.two(lex.lower, t1);
    sink.three(lex.lower, t1, t2);
    sink.two(lex.lower, p1.lexeme.lower);
    sink.two(lex.lower, n1.lexeme.lower);
    sink.two(lex.lower, n1.known);
    sink.two(lex.lower, n1.lexeme.suffix[1]);
    for suffix in lex.suffix {
        sink.one(suffix);
    }
    sink.two(lex.suffix[2], flags);
    sink.two(lex.suffix[1], t1);
    sink.two(lex.suffix[2], t1);
    sink.three(lex.suffix[2], n1.known, t1);
    for prefix in lex.prefix {
        sink.one(prefix);
    }
    sink.two(lex.prefix[2], lex.suffix[1]);
    sink.one(lex.shape);
    sink.one(flags);
    sink.two(lex.shape, place);
    sink.two(u32::from(lex.length.min(6)), u32::from(lex.flags));
    sink.two(flags, t1);
    sink.two(flags, w.known);
    sink.two(w.known, t1);
    sink.three(w.known, t1, t2);
    sink.three(w.known, p1.known, n1.known);
    sink.three(w.known, t1, n1.known);
    sink.three(w.known, n1.known, n2.known);
    sink.two(w.known, n1.lexeme.lower);
    sink.two(w.known, p1.lexeme.lower);
    sink.three(w.known, p1.lexeme.lower, n1.lexeme.lower);
    sink.two(p1.lexeme.lower, n1.lexeme.lower);
    sink.one(t1);
    sink.two(t1, t2);
    sink.three(t1, t2, n1.known);
    sink.one(p1.lexeme.lower);
    sink.one(n1.lexeme.lower);
    sink.one(p2.lexeme.lower);
    sink.one(n2.lexeme.lower);
    sink.two(p2.lexeme.lower, p1.lexeme.lower);
    sink.two(n1.lexeme.lower, n2.lexeme.lower);
    sink.one(n1.known);
    sink.two(n1.known, n2.known);
    sink.one(p1.lexeme.suffix[2]);
    sink.one(n1.lexeme.suffix[1]);
    sink.one(n1.lexeme.suffix[2]);
    sink.two(u32::from(p1.lexeme.flags), u32::from(lex.flags));
    sink.two(u32::from(n1.lexeme.flags), u32::from(lex.flags));
    sink.three(u32::from(p1.lexeme.flags), flags, u32::from(n1.lexeme.flags));
}
