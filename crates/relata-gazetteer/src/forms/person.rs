//! Short forms of the names of people.

/// "V. Poutine" and "V. V. Poutine" for a full name; none for a name of one word or one that begins with an initial or a
/// small letter.
pub(super) fn initials(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let Some(first) = words.first().and_then(|word| initial(word)) else { return Vec::new() };
    // A patronymic at the end: the surname comes first.
    let turned = words.len() == 3 && is_patronymic(words[2]) && !is_patronymic(words[1]);
    if words.len() < 2 || turned || words.iter().any(|word| word.contains(['.', '(', ',', '«', '"'])) {
        return Vec::new();
    }
    let rest = |from: usize| words[from..].join(" ");
    let mut forms = vec![format!("{first} {}", rest(1))];
    if let Some(simple) = first.split('-').next().filter(|simple| simple.len() < first.len()) {
        forms.push(format!("{simple} {}", rest(1)));
    }
    // A second given name gets its initial too, or falls away; particles ("von der") belong to the surname.
    if words.len() == 3
        && let Some(second) = initial(words[1])
    {
        forms.push(format!("{first} {second} {}", words[2]));
        forms.push(format!("{} {second} {}", words[0], words[2]));
        if is_patronymic(words[1]) {
            forms.push(format!("{first} {}", words[2]));
        }
    }
    forms
}

/// "Путин В. В." and "Путин В.", as Russian lists write; none for a name without a patronymic.
pub(super) fn initials_behind(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    match words[..] {
        [first, second, last] if is_patronymic(second) => match (initial(first), initial(second)) {
            (Some(first), Some(second)) => vec![format!("{last} {first} {second}"), format!("{last} {first}")],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// First names before the surname, where a list has them behind it: "Путин, Владимир Владимирович", "Путин Владимир
/// Владимирович", "Hugo, Victor".
pub(super) fn in_order(name: &str) -> Option<String> {
    if let Some((last, first)) = name.split_once(", ") {
        let suffix = first.trim_end_matches('.').len() <= 3;
        let names = !suffix && !first.contains([',', '(']) && !last.contains('(');
        let capitals = [first, last].iter().all(|part| part.starts_with(char::is_uppercase));
        return (names && capitals).then(|| format!("{first} {last}"));
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    match words[..] {
        [last, first, second] if is_patronymic(second) && !is_patronymic(first) => {
            Some(format!("{first} {second} {last}"))
        }
        _ => None,
    }
}

/// Of first name, patronymic and surname: the first two, and the first and the last.
pub(super) fn without_a_part(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    match words[..] {
        [first, second, last] if is_patronymic(second) => {
            vec![format!("{first} {second}"), format!("{first} {last}")]
        }
        _ => Vec::new(),
    }
}

/// "V." for Vladimir, "J.-L." for Jean-Luc; nothing for what does not begin with a capital and a second letter.
fn initial(word: &str) -> Option<String> {
    let parts: Option<Vec<String>> = word
        .split(['-', '\u{2011}', '‐'])
        .map(|part| {
            let mut chars = part.chars();
            let first = chars.next().filter(|c| c.is_uppercase())?;
            chars.next().filter(|c| c.is_lowercase())?;
            Some(format!("{first}."))
        })
        .collect();
    parts.map(|parts| parts.join("-"))
}

/// Whether a word ends like a Russian patronymic, in Russian, French or English letters.
pub(super) fn is_patronymic(word: &str) -> bool {
    const ENDINGS: [&str; 17] = [
        "ович", "евич", "ьич", "овна", "евна", "ична", "ovitch", "evitch", "itch", "ovna", "evna", "itchna", "ovich",
        "evich", "ich", "ichna", "yich",
    ];
    let lower = word.to_lowercase();
    lower.chars().count() >= 6 && ENDINGS.iter().any(|ending| lower.ends_with(ending))
}
