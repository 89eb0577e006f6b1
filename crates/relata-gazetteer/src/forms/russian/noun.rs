//! Nouns, given names and surnames.

use super::super::with_endings;
use super::{Cases, adjective, cases as with_cases};

const VELARS_AND_SIBILANTS: [char; 7] = ['г', 'к', 'х', 'ж', 'ш', 'щ', 'ч'];
const HUSHING: [char; 5] = ['ж', 'ш', 'щ', 'ч', 'ц'];

/// Oblique cases in the singular; `None` for what does not decline: foreign names in -о, -е, -и, -у. Of nouns in -ь only an
/// adjective tells the gender; without one, `feminine` is `None` and the forms of both are made.
pub(super) fn cases(word: &str, feminine: Option<bool>) -> Option<Cases> {
    if word.chars().count() < 3 || !word.chars().skip(1).all(char::is_lowercase) {
        return None;
    }
    // "Мытищи", "Химки": towns in the plural.
    if ["щи", "ки"].iter().any(|ending| word.ends_with(ending)) {
        return plural_cases(word);
    }
    for (whole, stem) in [("Павел", "Павл"), ("Лев", "Льв"), ("Орёл", "Орл"), ("Орел", "Орл")]
    {
        if word == whole {
            return Some(with_cases(stem, ["а", "у", "а", "ом", "е"]));
        }
    }
    let strip = |ending: &str| word.strip_suffix(ending);
    // "Коммерсантъ": the old sign says nothing.
    if let Some(stem) = strip("ъ") {
        return Some(with_cases(stem, ["а", "у", "а/", "ом", "е"]));
    }
    if strip("ия").is_some() {
        return Some(with_cases(strip("я")?, ["и", "и", "ю", "ей", "и"]));
    }
    if let Some(stem) = strip("я") {
        return Some(with_cases(stem, ["и", "е", "ю", "ей", "е"]));
    }
    if let Some(stem) = strip("а") {
        let genitive = if stem.ends_with(VELARS_AND_SIBILANTS) { "и" } else { "ы" };
        let instrumental = if stem.ends_with(HUSHING) { "ей/ой" } else { "ой" };
        return Some(with_cases(stem, [genitive, "е", "у", instrumental, "е"]));
    }
    if let Some(stem) = strip("е") {
        let soft = word.chars().all(char::is_lowercase) && stem.ends_with(['р', 'л']);
        return if stem.ends_with('и') {
            Some(with_cases(stem, ["я", "ю", "е", "ем", "и"]))
        } else if stem.ends_with('ь') || soft {
            Some(with_cases(stem, ["я", "ю", "е", "ем", "е"]))
        } else if stem.ends_with(['щ', 'ц']) {
            Some(with_cases(stem, ["а", "у", "е", "ем", "е"]))
        } else {
            None
        };
    }
    if let Some(stem) = strip("о") {
        return declines_in_o(word).then(|| with_cases(stem, ["а", "у", "о", "ом", "е"]));
    }
    if strip("ий").is_some() {
        return Some(with_cases(strip("й")?, ["я", "ю", "я/й", "ем", "и"]));
    }
    if let Some(stem) = strip("й") {
        return Some(with_cases(stem, ["я", "ю", "й/я", "ем", "е"]));
    }
    if let Some(stem) = strip("ь") {
        let endings = match feminine {
            Some(true) => ["и", "и", "ь", "ью", "и"],
            Some(false) => ["я", "ю", "ь/я", "ем", "е"],
            None => ["я/и", "ю/и", "ь/я", "ем/ью", "е/и"],
        };
        return Some(with_cases(stem, endings));
    }
    consonant(word)
}

/// Oblique cases of a masculine noun that ends in a consonant.
fn consonant(word: &str) -> Option<Cases> {
    if word.ends_with(['и', 'ы', 'у', 'ю', 'э', 'ё', 'ъ']) {
        return None;
    }
    let instrumental = if word.ends_with(HUSHING) { "ем/ом" } else { "ом" };
    let mut forms = with_cases(word, ["а", "у", "а/", instrumental, "е"]);
    if let Some(stem) = without_fleeting_e(word) {
        for (own, more) in forms.iter_mut().zip(with_cases(&stem, ["а", "у", "а", "ем/ом", "е"])) {
            own.extend(more);
        }
    }
    Some(forms)
}

fn declines_in_o(word: &str) -> bool {
    const DECLINED: [&str; 8] = ["ство", "ово", "ево", "ёво", "ино", "ыно", "ло", "тво"];
    const NOT: [&str; 9] = ["бюро", "метро", "евро", "кино", "радио", "видео", "авто", "депо", "казино"];
    const NOUNS: [&str; 10] = ["эхо", "слово", "дело", "небо", "утро", "золото", "железо", "яблоко", "право", "село"];
    let lower = word.to_lowercase();
    let common = word == lower || NOUNS.contains(&lower.as_str());
    !NOT.iter().any(|other| lower.ends_with(other)) && (common || DECLINED.iter().any(|ending| lower.ends_with(ending)))
}

/// "украинц" for "украинец", "китайц" for "китаец", "португальц" for "португалец".
fn without_fleeting_e(word: &str) -> Option<String> {
    let stem = word.strip_suffix("ец").filter(|stem| stem.chars().count() > 1)?;
    Some(match stem.chars().next_back()? {
        'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'ю' | 'я' | 'э' => format!("{stem}йц"),
        'л' => format!("{stem}ьц"),
        _ => format!("{stem}ц"),
    })
}

/// Oblique cases of a given name or patronymic.
pub(super) fn given_name(word: &str) -> Option<Cases> {
    if let Some(stem) = word.strip_suffix("вна").or_else(|| word.strip_suffix("чна")) {
        let stem = &word[..stem.len() + 'в'.len_utf8() + 'н'.len_utf8()];
        return Some(with_cases(stem, ["ы", "е", "у", "ой", "е"]));
    }
    cases(word, None)
}

/// Oblique cases of a surname; a woman's declines only in -а, -я.
pub(super) fn surname(word: &str, woman: bool) -> Option<Cases> {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if word.chars().count() < 3 || ends(&["ых", "их", "ко", "аго", "яго"]) {
        return None;
    }
    if !woman && ends(&["ов", "ев", "ёв", "ин", "ын"]) {
        return Some(with_cases(word, ["а", "у", "а", "ым/ом", "е"]));
    }
    if woman && ends(&["ова", "ева", "ёва", "ина", "ына"]) {
        return Some(with_cases(word.strip_suffix('а')?, ["ой", "ой", "у", "ой", "ой"]));
    }
    let adjectival = ends(&["ский", "цкий", "ый", "кий", "ская", "цкая", "ая"]);
    if adjectival || (word.ends_with("ой") && word.chars().count() > 4) {
        return adjective::cases(word);
    }
    if woman && !word.ends_with(['а', 'я']) {
        return None;
    }
    cases(word, Some(woman))
}

/// Words with capitals inside, as marks are made of acronyms, decline where they end in a consonant: `КамАЗа`.
pub(super) fn mixed(word: &str) -> Option<Cases> {
    const CONSONANTS: &str = "бвгджзклмнпрстфхцчшщ";
    let last = word.chars().next_back()?.to_lowercase().next()?;
    (word.chars().any(char::is_lowercase) && CONSONANTS.contains(last))
        .then(|| with_cases(word, ["а", "у", "а/", "ом", "е"]))
}

/// Whether a word is an acronym in Cyrillic capitals.
pub(super) fn is_acronym(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

/// Acronyms that are read as a word decline in small letters: `МИДа`, `МИДом`.
pub(super) fn acronym(word: &str) -> Option<Cases> {
    const VOWELS: [char; 10] = ['А', 'Е', 'Ё', 'И', 'О', 'У', 'Ы', 'Э', 'Ю', 'Я'];
    let count = word.chars().count();
    let reads = (3..=6).contains(&count) && word.contains(VOWELS) && !word.ends_with(VOWELS) && !word.ends_with('Й');
    reads.then(|| with_cases(word, ["а", "у", "а/", "ом", "е"]))
}

/// Oblique cases of a noun given in the plural.
pub(super) fn plural_cases(word: &str) -> Option<Cases> {
    let strip = |ending: &str| word.strip_suffix(ending);
    if ["ане", "яне"].iter().any(|ending| word.ends_with(ending)) {
        return Some(with_cases(strip("е")?, ["", "ам", "", "ами", "ах"]));
    }
    if let Some(stem) = strip("ы") {
        let genitive = if stem.ends_with('ц') { "ев/ов" } else { "ов/" };
        return Some(with_cases(stem, [genitive, "ам", &format!("{genitive}/ы"), "ами", "ах"]));
    }
    if let Some(stem) = strip("и") {
        if stem.ends_with('и') {
            return Some(with_cases(stem, ["й", "ям", "и", "ями", "ях"]));
        }
        if stem.ends_with(VELARS_AND_SIBILANTS) {
            return Some(with_cases(stem, ["/ов/ей", "ам", "и/ов/ей", "ами", "ах"]));
        }
        return Some(with_cases(stem, ["ей/ь", "ям", "и/ей", "ями", "ях"]));
    }
    if strip("ия").is_some() {
        return Some(with_cases(strip("я")?, ["й", "ям", "я", "ями", "ях"]));
    }
    strip("а").map(|stem| with_cases(stem, ["", "ам", "а", "ами", "ах"]))
}

/// Nominative plural of a noun given in the singular.
pub(super) fn plural(word: &str) -> Option<Vec<String>> {
    let strip = |ending: &str| word.strip_suffix(ending);
    if strip("ия").is_some() || strip("ь").is_some() || strip("й").is_some() || strip("я").is_some() {
        let mut stem = word.to_owned();
        stem.pop();
        return Some(vec![format!("{stem}и")]);
    }
    if let Some(stem) = strip("а") {
        let ending = if stem.ends_with(VELARS_AND_SIBILANTS) { "и" } else { "ы" };
        return Some(vec![format!("{stem}{ending}")]);
    }
    if strip("ие").is_some() {
        return Some(vec![format!("{}я", strip("е")?)]);
    }
    if strip("о").is_some() {
        return declines_in_o(word).then(|| vec![format!("{}а", &word[..word.len() - 'о'.len_utf8()])]);
    }
    if word.ends_with(['и', 'ы', 'у', 'ю', 'э', 'е', 'ё']) || !word.ends_with(char::is_alphabetic) {
        return None;
    }
    Some(vec![format!("{word}{}", if word.ends_with(VELARS_AND_SIBILANTS) { "и" } else { "ы" })])
}

/// All cases of an inhabitant noun given in the singular, in both numbers.
pub(super) fn inhabitant(word: &str) -> Vec<String> {
    if let Some(stem) = word
        .strip_suffix("анин")
        .map(|stem| format!("{stem}ан"))
        .or_else(|| word.strip_suffix("янин").map(|stem| format!("{stem}ян")))
    {
        let mut forms = with_endings(word, "а/у/ом/е");
        forms.extend(with_endings(&stem, "е//ам/ами/ах"));
        return forms;
    }
    if let Some(stem) = without_fleeting_e(word) {
        return with_endings(&stem, "а/у/ем/ом/е/ы/ев/ов/ам/ами/ах");
    }
    if let Some(stem) = word.strip_suffix("ка") {
        return with_endings(stem, "ки/ке/ку/кой/ок/ек/кам/ками/ках");
    }
    if let Some(stem) = word.strip_suffix("ок") {
        return with_endings(stem, "ка/ку/ком/ке/ки/кам/ками/ках");
    }
    let singular = cases(word, Some(false)).map_or_else(Vec::new, |cases| cases.concat());
    let plurals = plural(word).unwrap_or_default();
    let oblique = plurals.iter().filter_map(|plural| plural_cases(plural)).flat_map(|cases| cases.concat());
    let mut forms: Vec<String> = oblique.collect();
    forms.extend(singular);
    forms.extend(plurals);
    forms
}
