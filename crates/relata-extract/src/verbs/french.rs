//! French conjugation: first group with its spelling changes, second group, -dre verbs, and what a list gives.

use super::{Form, Irregular, Tense, add, add_listed};

/// `None` when the infinitive is of no regular kind and nothing is listed.
pub(super) fn forms(infinitive: &str, irregular: Option<&Irregular>) -> Option<Vec<Form>> {
    let mut forms = vec![Form { text: infinitive.to_owned(), tense: Tense::Infinitive }];
    if let Some(listed) = irregular {
        add_listed(&mut forms, Tense::Real, &listed.present);
        add_listed(&mut forms, Tense::Real, &listed.past);
        for stem in &listed.future {
            future(&mut forms, stem);
        }
        for participle in &listed.participle {
            agree(&mut forms, participle);
        }
        add_listed(&mut forms, Tense::Gerund, &listed.gerund);
        return Some(forms);
    }
    if let Some(stem) = infinitive.strip_suffix("er") {
        first_group(&mut forms, stem);
    } else if let Some(stem) = infinitive.strip_suffix("ir") {
        add(&mut forms, Tense::Real, stem, &["it", "issent", "issait", "issaient", "irent"]);
        future(&mut forms, infinitive);
        agree(&mut forms, &format!("{stem}i"));
        add(&mut forms, Tense::Gerund, stem, &["issant"]);
    } else if let Some(stem) = infinitive.strip_suffix("re").filter(|stem| stem.ends_with('d')) {
        add(&mut forms, Tense::Real, stem, &["", "ent", "ait", "aient", "it", "irent"]);
        future(&mut forms, &format!("{stem}r"));
        agree(&mut forms, &format!("{stem}u"));
        add(&mut forms, Tense::Gerund, stem, &["ant"]);
    } else {
        return None;
    }
    Some(forms)
}

fn first_group(forms: &mut Vec<Form>, stem: &str) {
    // Before a silent e: employer -> emploie, acheter -> achète, céder -> cède, appeler -> appelle.
    let silent = silent_stem(stem);
    // Before a: lancer -> lança, diriger -> dirigea.
    let hard = match stem.strip_suffix('c') {
        Some(start) => format!("{start}ç"),
        None if stem.ends_with('g') => format!("{stem}e"),
        None => stem.to_owned(),
    };
    add(forms, Tense::Real, &silent, &["e", "ent"]);
    add(forms, Tense::Real, &hard, &["a", "ait", "aient"]);
    add(forms, Tense::Real, stem, &["èrent"]);
    // "céder" keeps its é in the older spelling of the future; the press uses both.
    future(forms, &format!("{silent}er"));
    if stem != silent && stem.contains('é') {
        future(forms, &format!("{stem}er"));
    }
    agree(forms, &format!("{stem}é"));
    add(forms, Tense::Gerund, &hard, &["ant"]);
}

fn silent_stem(stem: &str) -> String {
    if let Some(start) = stem.strip_suffix('y').filter(|start| start.ends_with(['o', 'u'])) {
        return format!("{start}i");
    }
    for double in ["appel", "rappel", "jet", "rejet", "projet", "renouvel"] {
        if stem == double {
            let last = double.chars().next_back().expect("not empty");
            return format!("{stem}{last}");
        }
    }
    let mut letters: Vec<char> = stem.chars().collect();
    let consonants = letters.iter().rev().take_while(|c| !"aeiouyéèêàâîôû".contains(**c)).count();
    let vowel = letters.len().checked_sub(consonants + 1);
    if let Some(at) = vowel.filter(|_| consonants == 1 || (consonants == 2 && letters.ends_with(&['g', 'r']))) {
        // "e" and "é" open to "è"; a diphthong such as "ie" in "étudie" has no final consonant and does not come here.
        let opens = letters[at] == 'é' || (letters[at] == 'e' && (at == 0 || !"uiao".contains(letters[at - 1])));
        if opens {
            letters[at] = 'è';
        }
    }
    letters.into_iter().collect()
}

/// "dépendons" has the stem of "dépendant", "dépends" that of "dépend", "dépendrai" that of "dépendra".
pub(super) fn first_persons(forms: &[Form]) -> Vec<Form> {
    let mut made = Vec::new();
    for Form { text, tense } in forms {
        let mut push = |stem: &str, endings: &[&str]| add(&mut made, *tense, stem, endings);
        match tense {
            Tense::Gerund => {
                if let Some(stem) = text.strip_suffix("ant") {
                    add(&mut made, Tense::Real, stem, &["ons", "ions", "ais"]);
                }
            }
            Tense::Real if text.ends_with("ait") || text.ends_with("ent") => {}
            Tense::Real => match text.strip_suffix('t') {
                Some(stem) => push(stem, &["s"]),
                None if text.ends_with('d') => push(text, &["s"]),
                None => {}
            },
            Tense::Future => {
                if let Some(stem) = text.strip_suffix('a') {
                    push(stem, &["ai", "ons"]);
                }
            }
            Tense::Conditional => {
                if let Some(stem) = text.strip_suffix("ait") {
                    push(stem, &["ais", "ions"]);
                }
            }
            Tense::Infinitive | Tense::Participle => {}
        }
    }
    made
}

fn future(forms: &mut Vec<Form>, stem: &str) {
    add(forms, Tense::Future, stem, &["a", "ont"]);
    add(forms, Tense::Conditional, stem, &["ait", "aient"]);
}

fn agree(forms: &mut Vec<Form>, participle: &str) {
    let endings: &[&str] = if participle.ends_with('s') { &["", "e", "es"] } else { &["", "e", "s", "es"] };
    add(forms, Tense::Participle, participle, endings);
}
