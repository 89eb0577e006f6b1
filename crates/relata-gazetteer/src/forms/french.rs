//! Feminine and plural in French.

use super::with_endings;

/// Ending, and what it becomes.
const IRREGULAR: [(&str, &str); 6] = [
    ("turc", "turque/turques/turcs"),
    ("grec", "grecque/grecques/grecs"),
    ("laotien", "laotienne/laotiens/laotiennes"),
    ("ouzbek", "ouzbèke/ouzbeke/ouzbeks/ouzbèkes/ouzbekes"),
    ("tchèque", "tchèques"),
    ("juif", "juive/juifs/juives"),
];

/// Ending, what stays of it, and what is added to that; the first ending that fits counts.
const PATTERNS: [(&str, &str, &str); 12] = [
    ("ais", "ais", "e/es"),
    ("ois", "ois", "e/es"),
    ("s", "s", ""),
    ("x", "x", ""),
    ("e", "e", "s"),
    ("ien", "ien", "ne/s/nes"),
    ("éen", "éen", "ne/s/nes"),
    ("on", "on", "ne/e/s/nes/es"),
    ("al", "a", "le/ux/les"),
    ("el", "el", "le/s/les"),
    ("f", "", "ve/fs/ves"),
    ("er", "", "ère/ers/ères"),
];

/// Feminine and plural of a demonym given in the masculine singular; the plural where it is given in the feminine.
///
/// Of a compound ("sud-africain") the last part is inflected. Forms that end in -s or -x without being of a known pattern
/// are plurals already.
pub(super) fn demonym(word: &str) -> Vec<String> {
    for (ending, forms) in IRREGULAR {
        if let Some(before) = word.strip_suffix(ending) {
            return with_endings(before, forms);
        }
    }
    for (ending, kept, added) in PATTERNS {
        if let Some(before) = word.strip_suffix(ending) {
            return with_endings(&format!("{before}{kept}"), added);
        }
    }
    if word.ends_with(char::is_alphabetic) { with_endings(word, "e/s/es") } else { Vec::new() }
}

/// Plural of a common noun with the adjectives around it; what follows a preposition stays.
pub(super) fn plural(name: &str) -> Vec<String> {
    const PREPOSITIONS: [&str; 17] = [
        "de", "du", "des", "à", "au", "aux", "en", "pour", "sur", "par", "avec", "sans", "dans", "et", "ou", "contre",
        "entre",
    ];
    let mut tail = false;
    let words = name.split(' ').map(|word| {
        tail |= PREPOSITIONS.contains(&word) || word.starts_with("d'") || word.starts_with("d’");
        if tail { word.to_owned() } else { plural_word(word) }
    });
    vec![words.collect::<Vec<_>>().join(" ")]
}

fn plural_word(word: &str) -> String {
    if word.ends_with(['s', 'x', 'z']) || !word.ends_with(char::is_alphabetic) {
        word.to_owned()
    } else if let Some(stem) = word.strip_suffix("al") {
        format!("{stem}aux")
    } else if ["au", "eu"].iter().any(|ending| word.ends_with(ending)) {
        format!("{word}x")
    } else {
        format!("{word}s")
    }
}
