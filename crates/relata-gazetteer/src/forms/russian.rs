//! Russian names and demonyms in all their cases.

mod adjective;
mod noun;

use super::{person, with_endings};

/// The forms of a word in the genitive, dative, accusative, instrumental and prepositional.
type Cases = [Vec<String>; 5];

/// Oblique cases of a name that is no person's: the adjectives before its head and the head agree, what follows stays
/// ("Министерства финансов России"). A mark of several words without an adjective ("Газпром нефть") is declined in its
/// last word, its first, or in all.
pub(super) fn name(text: &str, brand: bool) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let Some(head) = head_of(&words) else { return Vec::new() };
    let plural = words[..head].iter().any(|word| adjective::is_plural(word)) || words[head].ends_with('ы');
    let feminine = words[..head].last().map(|word| adjective::is_feminine(word));
    let declined: Vec<Option<Cases>> = words
        .iter()
        .enumerate()
        .map(|(i, word)| match i {
            _ if i < head => parts(word, adjective::cases),
            _ if i == head => parts(word, |part| head_cases(part, plural, feminine, words.len() > 1)),
            _ => None,
        })
        .collect();
    if declined[head].is_none() {
        return Vec::new();
    }
    let mut forms = join(&words, &declined);
    if brand && head == 0 && (2..=3).contains(&words.len()) {
        let all: Vec<Option<Cases>> =
            words.iter().map(|word| parts(word, |part| head_cases(part, false, None, false))).collect();
        let mut last = vec![None; words.len()];
        last[words.len() - 1].clone_from(&all[words.len() - 1]);
        forms.extend(join(&words, &last));
        forms.extend(join(&words, &all));
    }
    forms
}

/// Plural, in all cases, of a common noun with the adjectives before it.
pub(super) fn plural(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let Some(head) = head_of(&words) else { return Vec::new() };
    let mut nominatives = vec![Vec::new()];
    for (i, word) in words.iter().enumerate() {
        let alternatives = match i {
            _ if i < head => adjective::plural(word).map(|word| vec![word]),
            _ if i == head => noun::plural(word),
            _ => Some(vec![(*word).to_owned()]),
        };
        let Some(alternatives) = alternatives else { return Vec::new() };
        nominatives = nominatives
            .iter()
            .flat_map(|before: &Vec<String>| {
                alternatives.iter().map(|word| before.iter().cloned().chain([word.clone()]).collect())
            })
            .collect();
    }
    let mut forms = Vec::new();
    for nominative in nominatives {
        let plural_words: Vec<&str> = nominative.iter().map(String::as_str).collect();
        let declined: Vec<Option<Cases>> = plural_words
            .iter()
            .enumerate()
            .map(|(i, word)| match i {
                _ if i < head => adjective::cases(word),
                _ if i == head => noun::plural_cases(word),
                _ => None,
            })
            .collect();
        forms.extend(join(&plural_words, &declined));
        forms.push(nominative.join(" "));
    }
    forms
}

/// Oblique cases of a person's name: given names and surname in the same case, where they decline.
pub(super) fn person(text: &str, woman: bool) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let last = words.len() - 1;
    if let Some(forms) = of_syllables(&words) {
        return forms;
    }
    let declined: Vec<Option<Cases>> = words
        .iter()
        .enumerate()
        .map(|(i, word)| {
            if word.ends_with('.') {
                None
            } else if i == last && !person::is_patronymic(word) {
                parts(word, |part| noun::surname(part, woman))
            } else {
                parts(word, noun::given_name)
            }
        })
        .collect();
    if declined.iter().all(Option::is_none) { Vec::new() } else { join(&words, &declined) }
}

/// Oblique cases of a name of three syllables, as Chinese, Korean and Vietnamese ones are: only the last declines ("Ким Чен Ыну").
/// `None` for any other name.
fn of_syllables(words: &[&str]) -> Option<Vec<String>> {
    const VOWELS: &str = "аеёиоуыэюя";
    let syllable = |word: &&str| {
        let vowels = word.chars().filter(|c| VOWELS.contains(c.to_lowercase().next().unwrap_or(*c))).count();
        vowels == 1 && word.chars().count() <= 5 && word.chars().all(char::is_alphabetic)
    };
    let [first, second, last] = words else { return None };
    if !words.iter().all(syllable) || last.ends_with(|c: char| VOWELS.contains(c) || matches!(c, 'й' | 'ь')) {
        return None;
    }
    Some(with_endings(&format!("{first} {second} {last}"), "а/у/ом/е"))
}

/// All forms of a demonym: of an adjective in every gender, number and case, of an inhabitant noun in every number and
/// case.
pub(super) fn demonym(text: &str) -> Vec<String> {
    let (before, word) =
        text.rsplit_once([' ', '-']).map_or(("", text), |(before, word)| (&text[..=before.len()], word));
    let forms = if let Some(forms) = adjective::all_forms(word) {
        forms
    } else if word.ends_with(['ы', 'и']) || ["ане", "яне"].iter().any(|ending| word.ends_with(ending)) {
        noun::plural_cases(word).map_or_else(Vec::new, |cases| cases.concat())
    } else {
        noun::inhabitant(word)
    };
    forms.into_iter().map(|form| format!("{before}{form}")).collect()
}

/// "российско" for "российский", as it stands before a hyphen.
pub(super) fn compound(text: &str) -> Vec<String> {
    text.strip_suffix("кий")
        .filter(|stem| stem.ends_with(['с', 'ц']))
        .map_or_else(Vec::new, |stem| with_endings(stem, "ко"))
}

/// The number of the word that the adjectives before it describe.
fn head_of(words: &[&str]) -> Option<usize> {
    let head = words.iter().enumerate().position(|(i, word)| {
        let last = i + 1 == words.len();
        *word != "и" && !adjective::is_adjective(word, last)
    });
    // "Грозный", "Жуковский": an adjective alone is the name itself.
    let head = head.or_else(|| (words.len() == 1).then_some(0))?;
    words[head].chars().all(|c| ('\u{400}'..'\u{500}').contains(&c) || c == '-').then_some(head)
}

fn head_cases(word: &str, plural: bool, feminine: Option<bool>, among_others: bool) -> Option<Cases> {
    if noun::is_acronym(word) {
        return if among_others { None } else { noun::acronym(word) };
    }
    if adjective::is_adjective(word, true) {
        return adjective::cases(word);
    }
    if word.chars().skip(1).any(char::is_uppercase) {
        return noun::mixed(word);
    }
    if plural { noun::plural_cases(word) } else { noun::cases(word, feminine) }
}

/// Declines the part of a double word that declines: the first of "Ростов-на-Дону", else the last ("Санкт-Петербург").
fn parts(word: &str, decline: impl Fn(&str) -> Option<Cases>) -> Option<Cases> {
    let (before, part, after) = if let Some((first, _)) = word.split_once("-на-") {
        ("", first, &word[first.len()..])
    } else {
        let start =
            word.rfind(['-', '\u{2011}']).map_or(0, |at| at + word[at..].chars().next().map_or(0, char::len_utf8));
        (&word[..start], &word[start..], "")
    };
    let cases = decline(part)?;
    Some(cases.map(|forms| forms.into_iter().map(|form| format!("{before}{form}{after}")).collect()))
}

/// Whether given names or, where there is only that, the surname are a woman's.
pub(super) fn is_woman(name: &str) -> bool {
    const MEN: [&str; 10] =
        ["Никита", "Илья", "Лука", "Фома", "Данила", "Савва", "Кузьма", "Мустафа", "Абдалла", "Муса"];
    let feminine = |word: &str| word.ends_with(['а', 'я']) && !MEN.contains(&word);
    let words: Vec<&str> = name.split(' ').collect();
    let surname = words[words.len() - 1];
    let by_surname = ["ова", "ева", "ёва", "ина", "ына", "ская", "цкая", "ая"].iter().any(|end| surname.ends_with(end));
    if words.len() == 1 { by_surname } else { feminine(words[0]) }
}

/// The name in each case: every combination of the forms of its words.
fn join(words: &[&str], declined: &[Option<Cases>]) -> Vec<String> {
    let mut forms = Vec::new();
    for case in 0..5 {
        let mut partial = vec![String::new()];
        for (word, cases) in words.iter().zip(declined) {
            let same = [(*word).to_owned()];
            let alternatives = cases.as_ref().map_or(&same[..], |cases| &cases[case]);
            partial = partial
                .iter()
                .flat_map(|before| {
                    let separator = if before.is_empty() { "" } else { " " };
                    alternatives.iter().map(move |form| format!("{before}{separator}{form}"))
                })
                .collect();
        }
        forms.extend(partial);
    }
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// The stem with the endings of the five cases; `/` separates alternatives.
fn cases(stem: &str, endings: [&str; 5]) -> Cases {
    endings.map(|ending| with_endings(stem, ending))
}
