//! Which language a document is in, by its script first and then by `whatlang`.

use relata_model::{Language, Span};
use whatlang::{Detector, Lang};

/// So many bytes of prose are enough in most documents, and so many in the others; the detector reads 10 MB a second.
const SAMPLES: [usize; 2] = [600, 3_000];

/// With fewer letters than this nothing can be said.
const FEWEST_LETTERS: usize = 12;

/// The language of the prose; `None` when it has no words, or when what it has could be anything.
pub(crate) fn detect(text: &str, prose: &[Span], opaque: &[Span]) -> Option<Language> {
    let all: usize = prose.iter().map(|span| span.len()).sum();
    let small = sample(text, prose, opaque, SAMPLES[0]);
    let guess = Guess::of(&small);
    if guess.certain || all <= SAMPLES[0] {
        return guess.language;
    }
    Guess::of(&sample(text, prose, opaque, SAMPLES[1])).language
}

/// A language, and whether more text would change nothing.
struct Guess {
    language: Option<Language>,
    certain: bool,
}

impl Guess {
    fn of(sample: &str) -> Self {
        let letters = Letters::of(sample);
        if letters.all < FEWEST_LETTERS {
            return Self { language: None, certain: false };
        }
        if letters.cyrillic * 2 > letters.all {
            return cyrillic(sample, &letters);
        }
        if letters.latin * 2 > letters.all {
            return latin(sample);
        }
        let found = whatlang::detect(sample).filter(whatlang::Info::is_reliable);
        Self { certain: found.is_some(), language: found.and_then(|info| language(info.lang())) }
    }

    fn from_info(info: Option<whatlang::Info>) -> Self {
        let certain = info.as_ref().is_some_and(whatlang::Info::is_reliable);
        Self { language: info.and_then(|info| language(info.lang())), certain }
    }
}

/// Prose from the start, the middle and the end, without addresses and code, of some `size` bytes in all: a French article
/// may begin with an English menu.
fn sample(text: &str, prose: &[Span], opaque: &[Span], size: usize) -> String {
    let mut sample = String::with_capacity(size + 16);
    let Some((&body, front)) = prose.split_last() else { return sample };
    let mut take = |from: usize, to: usize| {
        let mut at = text.ceil_char_boundary(from);
        let to = text.floor_char_boundary(to);
        let first = opaque.partition_point(|span| span.end() <= at);
        for span in opaque[first..].iter().take_while(|span| span.start() < to) {
            sample.push_str(&text[at..span.start().max(at)]);
            sample.push(' ');
            at = span.end();
        }
        if at < to {
            sample.push_str(&text[at..to]);
        }
        sample.push(' ');
    };
    for span in front.iter().take(3) {
        take(span.start(), span.end().min(span.start() + size / 4));
    }
    if body.len() <= size {
        take(body.start(), body.end());
    } else {
        let part = size / 3;
        let middle = body.start() + (body.len() - part) / 2;
        take(body.start(), body.start() + part);
        take(middle, middle + part);
        take(body.end() - part, body.end());
    }
    sample
}

#[derive(Default)]
struct Letters {
    all: usize,
    latin: usize,
    cyrillic: usize,
    /// Letters of Cyrillic that Russian has not.
    not_russian: usize,
    /// Letters that Russian has and Ukrainian, Bulgarian, Serbian and Macedonian have not.
    russian: usize,
}

impl Letters {
    fn of(sample: &str) -> Self {
        let mut letters = Self::default();
        for c in sample.chars().filter(|c| c.is_alphabetic()) {
            letters.all += 1;
            match c {
                'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' => letters.latin += 1,
                'ы' | 'э' | 'ё' | 'Ы' | 'Э' | 'Ё' => {
                    letters.cyrillic += 1;
                    letters.russian += 1;
                }
                'А'..='я' => letters.cyrillic += 1,
                '\u{400}'..='\u{52F}' => {
                    letters.cyrillic += 1;
                    letters.not_russian += 1;
                }
                _ => {}
            }
        }
        letters
    }
}

fn cyrillic(sample: &str, letters: &Letters) -> Guess {
    // A Ukrainian name in a Russian text brings its own letters, but few.
    if letters.not_russian * 100 <= letters.cyrillic && letters.russian > 0 {
        return Guess { language: Some(Language::RUSSIAN), certain: true };
    }
    // A headline without ы and э: Russian unless something tells otherwise.
    if letters.not_russian == 0 && letters.cyrillic < 100 {
        return Guess { language: Some(Language::RUSSIAN), certain: false };
    }
    let slavic = vec![Lang::Rus, Lang::Ukr, Lang::Bel, Lang::Bul, Lang::Srp, Lang::Mkd];
    Guess::from_info(Detector::with_allowlist(slavic).detect(sample))
}

fn latin(sample: &str) -> Guess {
    let detector = Detector::with_allowlist(vec![
        Lang::Eng,
        Lang::Fra,
        Lang::Deu,
        Lang::Spa,
        Lang::Ita,
        Lang::Por,
        Lang::Nld,
        Lang::Pol,
        Lang::Ces,
        Lang::Slk,
        Lang::Swe,
        Lang::Dan,
        Lang::Nob,
        Lang::Fin,
        Lang::Tur,
        Lang::Ron,
        Lang::Hun,
        Lang::Cat,
        Lang::Hrv,
        Lang::Aze,
        Lang::Vie,
        Lang::Ind,
    ]);
    let found = detector.detect(sample);
    if found.as_ref().is_some_and(whatlang::Info::is_reliable) {
        return Guess::from_info(found);
    }
    // Trigrams of a headline say little; its small words say more.
    if let Some(language) = by_small_words(sample) {
        return Guess { language: Some(language), certain: false };
    }
    Guess::from_info(found.filter(|info| info.confidence() > 0.05))
}

/// The language of which a short text has clearly the most small words.
fn by_small_words(sample: &str) -> Option<Language> {
    let mut counts = [0_usize; SMALL_WORDS.len()];
    for word in sample.split(|c: char| !c.is_alphabetic()) {
        let word = word.to_lowercase();
        for (count, (_, words)) in counts.iter_mut().zip(SMALL_WORDS) {
            *count += usize::from(words.contains(&word.as_str()));
        }
    }
    let (best, &count) = counts.iter().enumerate().max_by_key(|&(index, &count)| (count, SMALL_WORDS.len() - index))?;
    let clear = counts.iter().enumerate().all(|(index, &other)| index == best || other * 3 < count * 2);
    (count > 0 && clear).then(|| SMALL_WORDS[best].0.parse().ok()).flatten()
}

const SMALL_WORDS: [(&str, &[&str]); 6] = [
    (
        "fr",
        &[
            "le", "la", "les", "l", "d", "des", "du", "de", "et", "est", "une", "un", "dans", "pour", "que", "qui",
            "sur", "au", "aux", "pas", "ce", "avec", "par", "face", "à", "sont", "ont", "ses", "son", "plus", "en",
        ],
    ),
    (
        "en",
        &[
            "the", "of", "and", "to", "in", "is", "for", "that", "with", "as", "by", "from", "has", "are", "was",
            "says", "its", "it", "will", "at", "on", "after", "over", "new", "a",
        ],
    ),
    (
        "de",
        &["der", "die", "das", "und", "ist", "in", "mit", "von", "für", "auf", "den", "dem", "ein", "eine", "nicht"],
    ),
    ("es", &["el", "la", "los", "las", "de", "que", "y", "en", "un", "una", "por", "con", "del", "para", "es", "su"]),
    ("it", &["il", "la", "di", "che", "e", "in", "un", "una", "per", "con", "del", "della", "gli", "è", "le", "i"]),
    ("pt", &["o", "a", "os", "as", "de", "que", "e", "em", "um", "uma", "por", "com", "do", "da", "para", "é"]),
];

/// The two-letter tag where there is one.
fn language(found: Lang) -> Option<Language> {
    let code = match found {
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Rus => "ru",
        Lang::Deu => "de",
        Lang::Spa => "es",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Nld => "nl",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "nb",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Ron => "ro",
        Lang::Hun => "hu",
        Lang::Cat => "ca",
        Lang::Hrv => "hr",
        Lang::Aze => "az",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Ukr => "uk",
        Lang::Bel => "be",
        Lang::Bul => "bg",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Heb => "he",
        Lang::Ell => "el",
        Lang::Hin => "hi",
        Lang::Kat => "ka",
        Lang::Hye => "hy",
        other => other.code(),
    };
    code.parse().ok()
}
