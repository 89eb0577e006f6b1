//! English conjugation.

use super::{Form, Irregular, Tense, add, add_listed};

pub(super) fn forms(infinitive: &str, irregular: Option<&Irregular>) -> Vec<Form> {
    // Phrasal verbs inflect their first word: "team up" -> "teamed up".
    if let Some((verb, rest)) = infinitive.split_once(' ') {
        let mut forms = forms(verb, irregular);
        for form in &mut forms {
            form.text = format!("{} {rest}", form.text);
        }
        return forms;
    }
    let mut forms = vec![
        Form { text: infinitive.to_owned(), tense: Tense::Infinitive },
        Form { text: infinitive.to_owned(), tense: Tense::Real },
    ];
    let consonant_y = infinitive.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    let stem = stem(infinitive);
    match consonant_y {
        Some(start) => add(&mut forms, Tense::Real, start, &["ies"]),
        None if infinitive.ends_with(['s', 'x', 'z', 'o'])
            || infinitive.ends_with("ch")
            || infinitive.ends_with("sh") =>
        {
            add(&mut forms, Tense::Real, infinitive, &["es"]);
        }
        None => add(&mut forms, Tense::Real, infinitive, &["s"]),
    }
    let listed = irregular.cloned().unwrap_or_default();
    if listed.past.is_empty() {
        let past = consonant_y.map_or_else(|| format!("{stem}ed"), |start| format!("{start}ied"));
        forms.push(Form { text: past.clone(), tense: Tense::Real });
        forms.push(Form { text: past, tense: Tense::Participle });
    } else {
        add_listed(&mut forms, Tense::Real, &listed.past);
        let participles = if listed.participle.is_empty() { &listed.past } else { &listed.participle };
        add_listed(&mut forms, Tense::Participle, participles);
    }
    add_listed(&mut forms, Tense::Real, &listed.present);
    if listed.gerund.is_empty() {
        add(&mut forms, Tense::Gerund, &stem, &["ing"]);
    } else {
        add_listed(&mut forms, Tense::Gerund, &listed.gerund);
    }
    forms
}

/// What -ed and -ing are added to: "use" -> "us", "ban" -> "bann", "develop" -> "develop".
fn stem(infinitive: &str) -> String {
    if let Some(start) = infinitive.strip_suffix('e').filter(|start| !start.ends_with(['e', 'o', 'y'])) {
        return start.to_owned();
    }
    let letters: Vec<char> = infinitive.chars().collect();
    let vowel = |c: char| "aeiou".contains(c);
    let vowels = letters.windows(2).filter(|pair| vowel(pair[0]) && !vowel(pair[1])).count();
    match letters[..] {
        // One syllable ending in one vowel and one consonant: the consonant doubles.
        [.., before, middle, last]
            if vowels == 1 && !vowel(before) && vowel(middle) && !vowel(last) && !"wxy".contains(last) =>
        {
            format!("{infinitive}{last}")
        }
        _ => infinitive.to_owned(),
    }
}
