//! The entity of the gazetteer that comes nearest to each name.
//!
//! One pass over all names of the gazetteer, which asks tables of the suggestions: so a gazetteer of millions takes seconds.

use std::collections::{BTreeMap, BTreeSet};

use relata_gazetteer::folded;
use relata_model::{Entity, NameKind};

use super::{Near, Nearness, Suggester, Suggestion};

/// Shorter names differ by a letter from too many.
const SHORTEST_WITH_EDIT: usize = 6;
/// Shorter names sound like too many.
const SHORTEST_WITH_SOUND: usize = 3;

/// Suggestions by what they are found by; the numbers are their places.
#[derive(Default)]
struct Tables {
    sounds: BTreeMap<String, Vec<usize>>,
    /// Folded names, and what is left when a letter is left out.
    edits: BTreeMap<String, Vec<usize>>,
    surnames: BTreeMap<String, Vec<usize>>,
    names: BTreeMap<String, Vec<usize>>,
    /// Names with the initials of several words.
    initials: BTreeMap<String, Vec<usize>>,
}

pub(super) fn find(suggestions: &mut [Suggestion], suggester: &Suggester<'_>) {
    let person = suggester.person();
    let mut tables = Tables::default();
    for (at, suggestion) in suggestions.iter().enumerate() {
        let plain = plain(&suggestion.name);
        let words: Vec<&str> = plain.split(' ').collect();
        let add = |table: &mut BTreeMap<String, Vec<usize>>, key: String| table.entry(key).or_default().push(at);
        add(&mut tables.sounds, sounds(&plain));
        if plain.chars().count() >= SHORTEST_WITH_EDIT {
            for key in shortened(&plain) {
                add(&mut tables.edits, key);
            }
        }
        if words.len() == 1 || Some(&suggestion.entity_type) == person.as_ref() {
            add(&mut tables.surnames, words[words.len() - 1].to_owned());
        }
        if words.len() > 2 {
            add(&mut tables.initials, initials(&words));
        }
        add(&mut tables.names, plain);
    }
    let mut best: Vec<Option<Near>> = vec![None; suggestions.len()];
    for (at, suggestion) in suggestions.iter().enumerate() {
        contains(suggestion, suggester, &mut best[at]);
    }
    for entity in suggester.extractor.gazetteer().entities() {
        let is_person = Some(&entity.entity_type) == person.as_ref();
        for name in entity.names.iter().filter(|name| matches!(name.kind, NameKind::Label | NameKind::Alias)) {
            compare(suggestions, &tables, entity, &name.text, is_person, &mut best);
        }
    }
    for (suggestion, near) in suggestions.iter_mut().zip(best) {
        suggestion.near = near;
    }
}

/// Keeps the nearer of two; of two as near the first by id and name.
fn offer(best: &mut Option<Near>, nearness: Nearness, entity: &Entity, name: &str) {
    let near = Near { nearness, entity: entity.id.clone(), name: name.to_owned() };
    if best.as_ref().is_none_or(|known| near < *known) {
        *best = Some(near);
    }
}

fn compare(
    suggestions: &[Suggestion],
    tables: &Tables,
    entity: &Entity,
    name: &str,
    is_person: bool,
    best: &mut [Option<Near>],
) {
    let plain = plain(name);
    let words: Vec<&str> = plain.split(' ').collect();
    let at = |table: &BTreeMap<String, Vec<usize>>, key: &str| table.get(key).cloned().unwrap_or_default();
    let script = |text: &str| text.chars().any(|c| ('\u{400}'..='\u{4FF}').contains(&c));
    for place in at(&tables.sounds, &sounds(&plain)) {
        let other = &suggestions[place].name;
        let long = plain.chars().count().min(other.chars().count()) >= SHORTEST_WITH_SOUND;
        if long && (script(other) != script(name) || plain.chars().count() >= SHORTEST_WITH_EDIT) {
            offer(&mut best[place], Nearness::Transliteration, entity, name);
        }
    }
    if plain.chars().count() >= SHORTEST_WITH_EDIT {
        let places: BTreeSet<usize> = shortened(&plain).iter().flat_map(|key| at(&tables.edits, key)).collect();
        for place in places {
            if strsim::osa_distance(&self::plain(&suggestions[place].name), &plain) <= 1 {
                offer(&mut best[place], Nearness::OneEdit, entity, name);
            }
        }
    }
    if is_person && words.len() > 1 {
        for place in at(&tables.surnames, words[words.len() - 1]) {
            offer(&mut best[place], Nearness::Surname, entity, name);
        }
    }
    if words.len() > 1 {
        for from in 0..words.len() {
            for to in from + 1..=words.len().min(from + 6) {
                if to - from < words.len() {
                    for place in at(&tables.names, &words[from..to].join(" ")) {
                        offer(&mut best[place], Nearness::Contained, entity, name);
                    }
                }
            }
        }
        if words.len() > 2 {
            for place in at(&tables.names, &initials(&words)) {
                offer(&mut best[place], Nearness::Initials, entity, name);
            }
        }
    } else if name.chars().count() > 1 && !name.chars().any(char::is_lowercase) {
        for place in at(&tables.initials, &plain) {
            offer(&mut best[place], Nearness::Initials, entity, name);
        }
    }
}

/// Looks for names of the gazetteer in a suggestion, the longest first.
fn contains(suggestion: &Suggestion, suggester: &Suggester<'_>, best: &mut Option<Near>) {
    let gazetteer = suggester.extractor.gazetteer();
    let words: Vec<&str> = suggestion.name.split(' ').collect();
    for length in (1..words.len()).rev() {
        for part in words.windows(length) {
            let part = part.join(" ");
            let found = gazetteer.lookup(&part);
            let name = found.iter().find(|candidate| candidate.kind != NameKind::Demonym && !candidate.lower_case);
            if part.chars().count() > 2
                && let Some(entity) = name.and_then(|candidate| gazetteer.entity(&candidate.entity))
            {
                offer(best, Nearness::Contains, entity, &part);
                return;
            }
        }
    }
}

/// Folded words with one space between them.
fn plain(name: &str) -> String {
    let folded = folded(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn initials(words: &[&str]) -> String {
    words.iter().filter(|word| word.chars().count() > 2).filter_map(|word| word.chars().next()).collect()
}

/// The name itself and what is left of it when a letter is left out.
fn shortened(plain: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::from([plain.to_owned()]);
    for (at, c) in plain.char_indices() {
        all.insert(format!("{}{}", &plain[..at], &plain[at + c.len_utf8()..]));
    }
    all
}

/// How a folded name sounds, roughly: the same for Чубайс, Tchoubaïs and Chubais.
fn sounds(plain: &str) -> String {
    const LATIN: [(&str, &str); 26] = [
        ("shch", "ш"),
        ("chtch", "ш"),
        ("sch", "ш"),
        ("tch", "ч"),
        ("tsch", "ч"),
        ("dzh", "ж"),
        ("dj", "ж"),
        ("sh", "ш"),
        ("ch", "ч"),
        ("zh", "ж"),
        ("kh", "х"),
        ("ph", "ф"),
        ("ts", "ц"),
        ("tz", "ц"),
        ("ou", "у"),
        ("yu", "у"),
        ("iu", "у"),
        ("ya", "а"),
        ("ia", "а"),
        ("yo", "о"),
        ("io", "о"),
        ("ye", "е"),
        ("ck", "к"),
        ("th", "т"),
        ("gu", "г"),
        ("qu", "к"),
    ];
    let mut out = String::new();
    let mut rest = plain;
    while let Some(c) = rest.chars().next() {
        let group = LATIN.iter().find(|(group, _)| rest.starts_with(group));
        let (sound, length) = match group {
            Some((group, sound)) => (sound.chars().next(), group.len()),
            None => (one_sound(c), c.len_utf8()),
        };
        rest = &rest[length..];
        if let Some(sound) = sound
            && !out.ends_with(sound)
        {
            out.push(sound);
        }
    }
    // French writes Poutine and Lénine, English Putin and Lenin.
    out.split(' ').map(|word| word.strip_suffix('е').unwrap_or(word)).collect::<Vec<_>>().join(" ")
}

/// One letter's sound; nothing where it is silent or half a vowel.
fn one_sound(c: char) -> Option<char> {
    Some(match c {
        'a' | 'а' | 'я' => 'а',
        'b' | 'б' => 'б',
        'c' | 'k' | 'q' | 'x' | 'к' => 'к',
        'd' | 'д' => 'д',
        'e' | 'е' | 'э' => 'е',
        'f' | 'ф' => 'ф',
        'g' | 'г' => 'г',
        'h' | 'х' => 'х',
        'i' | 'y' | 'и' | 'ы' | 'й' => 'и',
        'j' | 'ж' => 'ж',
        'l' | 'л' => 'л',
        'm' | 'м' => 'м',
        'n' | 'н' => 'н',
        'o' | 'о' => 'о',
        'p' | 'п' => 'п',
        'r' | 'р' => 'р',
        's' | 'с' => 'с',
        't' | 'т' => 'т',
        'u' | 'у' | 'ю' => 'у',
        'v' | 'w' | 'в' => 'в',
        'z' | 'з' => 'з',
        'ц' => 'ц',
        'ч' => 'ч',
        'ш' | 'щ' => 'ш',
        'ъ' | 'ь' => return None,
        other => other,
    })
}
