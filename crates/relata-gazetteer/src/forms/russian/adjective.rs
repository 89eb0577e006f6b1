//! Adjectives, and names that decline like them.

use super::super::with_endings;
use super::Cases;

/// How an adjective ends in the nominative, and its declension.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Declension {
    /// "большой", "Российский": the endings of the oblique cases begin with и, or with ы.
    Masculine(Vowel),
    Feminine(Vowel),
    Neuter(Vowel),
    Plural(Vowel),
}

/// What the endings begin with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Vowel {
    /// Hard: -ый, -ого, -ым.
    Hard,
    /// After г, к, х and hard sibilants: -ий, -ого, -им.
    Velar,
    /// Soft, and after ж, ш, щ, ч without stress: -ий, -его, -им.
    Soft,
}

/// Whether a word stands as an adjective in a name: by its ending, and for endings that nouns have too, by whether another
/// word follows.
pub(super) fn is_adjective(word: &str, last: bool) -> bool {
    const ALWAYS: [&str; 17] = [
        "ский", "цкий", "ый", "ской", "ская", "цкая", "ное", "ная", "вая", "ское", "ские", "ные", "вые", "кие", "ая",
        "ое", "ые",
    ];
    const BEFORE_A_NOUN: [&str; 9] = ["ий", "ой", "яя", "ее", "щие", "шие", "жие", "гие", "хие"];
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    word.chars().count() > 3 && (ends(&ALWAYS) || (!last && (ends(&BEFORE_A_NOUN) || word.ends_with("ние"))))
}

/// Whether an adjective stands in the plural.
pub(super) fn is_plural(word: &str) -> bool {
    matches!(split(word), Some((_, Declension::Plural(_))))
}

/// Whether an adjective is feminine.
pub(super) fn is_feminine(word: &str) -> bool {
    matches!(split(word), Some((_, Declension::Feminine(_))))
}

/// Oblique cases in the gender and number of the nominative given.
pub(super) fn cases(word: &str) -> Option<Cases> {
    let (stem, declension) = split(word)?;
    let nominative: String = word[stem.len()..].to_owned();
    let with = |oblique: [&str; 4], accusative: &str| {
        let [genitive, dative, instrumental, prepositional] = oblique;
        Some(super::cases(stem, [genitive, dative, accusative, instrumental, prepositional]))
    };
    match declension {
        Declension::Masculine(vowel) => {
            let oblique = masculine(vowel);
            with(oblique, &format!("{}/{nominative}", oblique[0]))
        }
        Declension::Neuter(vowel) => with(masculine(vowel), &nominative),
        // "большой" and "рабочей": the stress decides, which is not written.
        Declension::Feminine(Vowel::Soft) if nominative == "ая" => with(["ой/ей"; 4], "ую"),
        Declension::Feminine(vowel) => with(feminine(vowel), if nominative == "яя" { "юю" } else { "ую" }),
        Declension::Plural(vowel) => {
            let oblique = plural_endings(vowel);
            with(oblique, &format!("{}/{nominative}", oblique[0]))
        }
    }
}

/// Nominative plural.
pub(super) fn plural(word: &str) -> Option<String> {
    let (stem, declension) = split(word)?;
    let vowel = match declension {
        Declension::Masculine(vowel)
        | Declension::Feminine(vowel)
        | Declension::Neuter(vowel)
        | Declension::Plural(vowel) => vowel,
    };
    Some(format!("{stem}{}", if vowel == Vowel::Hard { "ые" } else { "ие" }))
}

/// Every gender, number and case of an adjective given in the masculine singular.
pub(super) fn all_forms(word: &str) -> Option<Vec<String>> {
    let (stem, Declension::Masculine(vowel)) = split(word)? else { return None };
    let nominatives = match vowel {
        Vowel::Hard => "ый/ая/ую/ое/ые",
        Vowel::Velar => "ий/ая/ую/ое/ие",
        Vowel::Soft => "ий/яя/юю/ее/ие",
    };
    let mut forms = with_endings(stem, nominatives);
    for endings in [masculine(vowel), feminine(vowel), plural_endings(vowel)] {
        forms.extend(endings.iter().flat_map(|ending| with_endings(stem, ending)));
    }
    Some(forms)
}

fn masculine(vowel: Vowel) -> [&'static str; 4] {
    match vowel {
        Vowel::Hard => ["ого", "ому", "ым", "ом"],
        Vowel::Velar => ["ого", "ому", "им", "ом"],
        Vowel::Soft => ["его", "ему", "им", "ем"],
    }
}

fn feminine(vowel: Vowel) -> [&'static str; 4] {
    match vowel {
        Vowel::Hard | Vowel::Velar => ["ой", "ой", "ой", "ой"],
        Vowel::Soft => ["ей", "ей", "ей", "ей"],
    }
}

fn plural_endings(vowel: Vowel) -> [&'static str; 4] {
    match vowel {
        Vowel::Hard => ["ых", "ым", "ыми", "ых"],
        Vowel::Velar | Vowel::Soft => ["их", "им", "ими", "их"],
    }
}

/// Stem and declension, by the ending.
fn split(word: &str) -> Option<(&str, Declension)> {
    let strip = |ending: &str| word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 2);
    let velar = |stem: &str| stem.ends_with(['г', 'к', 'х']);
    let sibilant = |stem: &str| stem.ends_with(['ж', 'ш', 'щ', 'ч']);
    let vowel = |stem: &str, soft: Vowel| {
        if velar(stem) {
            Vowel::Velar
        } else if sibilant(stem) {
            soft
        } else {
            Vowel::Hard
        }
    };
    if let Some(stem) = strip("ый") {
        return Some((stem, Declension::Masculine(Vowel::Hard)));
    }
    if let Some(stem) = strip("ой") {
        return Some((stem, Declension::Masculine(vowel(stem, Vowel::Velar))));
    }
    if let Some(stem) = strip("ий") {
        return Some((stem, Declension::Masculine(if velar(stem) { Vowel::Velar } else { Vowel::Soft })));
    }
    if let Some(stem) = strip("ая") {
        return Some((stem, Declension::Feminine(vowel(stem, Vowel::Soft))));
    }
    if let Some(stem) = strip("яя") {
        return Some((stem, Declension::Feminine(Vowel::Soft)));
    }
    if let Some(stem) = strip("ое") {
        return Some((stem, Declension::Neuter(vowel(stem, Vowel::Velar))));
    }
    if let Some(stem) = strip("ее") {
        return Some((stem, Declension::Neuter(Vowel::Soft)));
    }
    if let Some(stem) = strip("ые") {
        return Some((stem, Declension::Plural(Vowel::Hard)));
    }
    strip("ие").map(|stem| (stem, Declension::Plural(if velar(stem) { Vowel::Velar } else { Vowel::Soft })))
}
