//! Plurals in English. Possessives need no form: the apostrophe ends the word.

/// Plural of an inhabitant noun; none for those that are their own plural (Chinese, Dutch, British).
pub(super) fn demonym(word: &str) -> Vec<String> {
    for (ending, plural) in [("woman", "women"), ("man", "men")] {
        // Not German and Roman, but Frenchman: the stem before it is a word that ends in a consonant cluster.
        let stems = ["ch", "sh", "se", "ts"];
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stems.iter().any(|end| stem.ends_with(end))) {
            return vec![format!("{stem}{plural}")];
        }
    }
    if ["ese", "ch", "sh", "s", "x", "z", "women", "men"].iter().any(|ending| word.ends_with(ending)) {
        return Vec::new();
    }
    vec![plural_word(word)]
}

/// Plural of a common noun: of its last word, or of the word before "of", "for" and the like.
pub(super) fn plural(name: &str) -> Vec<String> {
    const PREPOSITIONS: [&str; 6] = [" of ", " for ", " in ", " on ", " as ", " with "];
    let head = PREPOSITIONS.iter().filter_map(|preposition| name.find(preposition)).min().unwrap_or(name.len());
    let (head, tail) = name.split_at(head);
    let start = head.rfind([' ', '-']).map_or(0, |at| at + 1);
    vec![format!("{}{}{tail}", &head[..start], plural_word(&head[start..]))]
}

fn plural_word(word: &str) -> String {
    const SIBILANTS: [&str; 5] = ["s", "x", "z", "ch", "sh"];
    if word.ends_with(|c: char| !c.is_alphabetic()) {
        return word.to_owned();
    }
    if SIBILANTS.iter().any(|ending| word.ends_with(ending)) {
        return format!("{word}es");
    }
    let stem = word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    stem.map_or_else(|| format!("{word}s"), |stem| format!("{stem}ies"))
}
