//! Brings the cases of Russian names together under the nominative.
//!
//! The forms that code makes of a name are the judge: a name is the nominative of another when they have it. Where no text has
//! the nominative, one is tried that has all the forms seen.

use std::collections::{BTreeMap, BTreeSet};

use relata_gazetteer::forms::{Named, Transliterations, forms};
use relata_model::{Language, Name, NameKind};

use super::Suggester;
use super::settle::{Names, join};

pub(super) fn bring_together(names: &mut Names, suggester: &Suggester<'_>) {
    let russian: Vec<String> = names.keys().filter(|name| is_russian(name)).cloned().collect();
    let mut by_stem: BTreeMap<String, BTreeSet<&String>> = BTreeMap::new();
    for name in &russian {
        for stem in stems_of_words(name) {
            by_stem.entry(stem).or_default().insert(name);
        }
    }
    let mut done: BTreeSet<&String> = BTreeSet::new();
    let mut moves = Vec::new();
    for name in &russian {
        if done.contains(name) {
            continue;
        }
        let akin = stems_of_words(name).into_iter().filter_map(|stem| by_stem.get(&stem));
        let akin: BTreeSet<&String> = akin.flatten().filter(|other| !done.contains(**other)).copied().collect();
        let weight = |name: &String| names.get(name).map_or(0, super::tally::Seen::total);
        let best = nominatives(name, &akin, suggester)
            .into_iter()
            .enumerate()
            .map(|(order, nominative)| {
                let made = all_forms(&nominative);
                let covered: Vec<&String> =
                    akin.iter().filter(|other| ***other == nominative || made.contains(**other)).copied().collect();
                let sum: u32 = covered.iter().map(|name| weight(name)).sum();
                let seen = akin.contains(&nominative);
                ((sum, seen, std::cmp::Reverse(order)), nominative, covered)
            })
            .filter(|(_, _, covered)| covered.contains(&name))
            .max_by(|a, b| a.0.cmp(&b.0));
        let Some((_, nominative, covered)) = best else { continue };
        for form in covered {
            done.insert(form);
            moves.push((form.clone(), nominative.clone()));
        }
    }
    for (form, nominative) in moves {
        if form != nominative && !names.contains_key(&nominative) {
            // Nobody has seen the nominative: the first form gives way to it.
            if let Some(mut seen) = names.shift_remove(&form) {
                seen.spellings.push(form);
                names.insert(nominative, seen);
            }
        } else {
            join(names, &form, &nominative);
        }
    }
}

fn is_russian(name: &str) -> bool {
    name.chars().all(|c| matches!(c, 'А'..='я' | 'Ё' | 'ё' | ' ' | '-'))
}

/// What may be left of a word without the ending of a case.
fn stems(word: &str) -> Vec<String> {
    let bare = |word: &str| {
        let stem = word.trim_end_matches(['а', 'е', 'и', 'о', 'у', 'ы', 'ю', 'я', 'й', 'ь']);
        (stem.chars().count() > 1).then(|| stem.to_owned())
    };
    let mut stems: Vec<String> = bare(word).into_iter().collect();
    for ending in ["м", "го", "му", "х", "ми"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.ends_with(['а', 'е', 'и', 'о', 'ы', 'я']))
            && let Some(stem) = bare(stem)
        {
            stems.push(stem);
        }
    }
    stems.dedup();
    if stems.is_empty() {
        stems.push(word.to_owned());
    }
    stems
}

/// The stems of all words of a name in all ways.
fn stems_of_words(name: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for word in name.split(' ').take(4) {
        let stems = stems(word);
        all = all.iter().flat_map(|before| stems.iter().map(move |stem| format!("{before} {stem}"))).collect();
    }
    all
}

/// What may be the nominative: the names akin, and for the name itself those that no text has. The likelier first.
fn nominatives(name: &str, akin: &BTreeSet<&String>, suggester: &Suggester<'_>) -> Vec<String> {
    const MOST: usize = 200;
    let mut all: Vec<String> = vec![name.to_owned()];
    all.extend(akin.iter().filter(|other| ***other != name).map(|other| (*other).clone()));
    let words: Vec<&str> = name.split(' ').collect();
    let first = |word: &str| suggester.is_first_name(&word.to_lowercase());
    let of_word = |(place, word): (usize, &&str)| -> Vec<String> {
        let tried = nominatives_of_word(word);
        let given: Vec<String> = tried.iter().filter(|word| first(word)).cloned().collect();
        if place == 0 && words.len() > 1 && !given.is_empty() { given } else { tried }
    };
    let known_first = words.len() > 1 && of_word((0, &words[0])).iter().all(|word| first(word));
    // One form alone tells its nominative only through a first name.
    if akin.len() < 2 && !known_first || words.len() > 3 {
        return all;
    }
    let mut tried = vec![String::new()];
    for word in words.iter().enumerate() {
        let of_word = of_word(word);
        tried = tried
            .iter()
            .flat_map(|before| of_word.iter().map(move |word| format!("{before} {word}").trim_start().to_owned()))
            .take(MOST)
            .collect();
    }
    if known_first {
        // "Сергея Иванова" is no nominative, whatever its surname looks like.
        all.retain(|name| name.split(' ').next().is_some_and(first));
    }
    tried.retain(|name| !all.contains(name));
    all.extend(tried);
    all
}

/// The cases of a Russian given name in small letters.
pub(super) fn of_given_name(name: &str) -> impl Iterator<Item = String> {
    let mut letters = name.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    all_forms(&capital).into_iter().map(|form| form.to_lowercase())
}

/// What may be the nominative of a Russian word, the likelier first; nothing for any other.
fn nominatives_of_word(word: &str) -> Vec<String> {
    if !is_russian(word) {
        return Vec::new();
    }
    let mut tried = Vec::new();
    for stem in stems(word) {
        tried.extend(
            ["", "й", "ь", "ий", "ый", "а", "я", "ия", "ая", "о"].iter().map(|ending| format!("{stem}{ending}")),
        );
    }
    tried.push(word.to_owned());
    let mut seen = BTreeSet::new();
    tried.retain(|word| seen.insert(word.clone()));
    tried
}

/// Every form that code would find a Russian name by; none of any other.
pub(super) fn all_forms(nominative: &str) -> BTreeSet<String> {
    if !is_russian(nominative) {
        return BTreeSet::new();
    }
    let name = Name::new(nominative, Language::RUSSIAN, NameKind::Label);
    let kinds: &[Named] =
        if nominative.contains(' ') { &[Named::Person, Named::Unique] } else { &[Named::Unique, Named::Person] };
    kinds.iter().flat_map(|named| forms(&name, *named, Transliterations::None)).map(|form| form.text).collect()
}
