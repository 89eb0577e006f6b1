//! From what was seen to suggestions.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use relata_gazetteer::folded;
use relata_gazetteer::forms::{Named, Transliterations, forms};
use relata_model::{EntityType, Language, Name, NameKind};

use super::proper::Proper;
use super::tally::{Seen, Tally};
use super::{Suggester, Suggestion, cases, near};

/// Names on their way to suggestions, by how they are written.
pub(super) type Names = IndexMap<String, Seen>;

pub(super) fn settle(mut tally: Tally, suggester: &Suggester<'_>, most: usize, least: u32) -> Vec<Suggestion> {
    let mut names = std::mem::take(&mut tally.names);
    first_words(&mut names, &tally, suggester);
    names.retain(|name, seen| is_name(name, seen, &tally, suggester));
    one_spelling(&mut names);
    cases::bring_together(&mut names, suggester);
    acronyms(&mut names);
    surnames(&mut names, suggester);
    let mut ranked: Vec<(u32, String, Seen)> = names
        .into_iter()
        .filter(|(_, seen)| seen.total() >= least)
        .map(|(name, seen)| (worth(&name, &seen, &tally), name, seen))
        .collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| b.2.total().cmp(&a.2.total())).then_with(|| a.1.cmp(&b.1)));
    let mut proper = Proper::default();
    let mut suggestions: Vec<Suggestion> = ranked
        .into_iter()
        .filter(|(_, name, seen)| proper.admits(name, seen))
        .filter_map(|(_, name, seen)| suggestion(name, seen, suggester))
        .take(most)
        .collect();
    near::find(&mut suggestions, suggester);
    suggestions
}

/// Moves everything that is known of one name to another.
pub(super) fn join(names: &mut Names, from: &str, to: &str) {
    if from == to {
        return;
    }
    let Some(seen) = names.shift_remove(from) else { return };
    match names.get_mut(to) {
        Some(known) => {
            known.take_over(seen);
            known.spellings.push(from.to_owned());
        }
        None => {
            names.insert(to.to_owned(), seen);
        }
    }
}

/// Takes the first word from names that were seen at the start of sentences only, where the corpus has the rest alone, or has
/// the word in small letters.
fn first_words(names: &mut Names, tally: &Tally, suggester: &Suggester<'_>) {
    const OFTEN: u32 = 3;
    let mut moves = Vec::new();
    for (name, seen) in names.iter() {
        let Some((first, rest)) = name.split_once(' ') else { continue };
        if seen.inside + seen.quoted > 0 {
            continue;
        }
        let rest = rest.trim_start_matches(|c: char| !c.is_uppercase());
        if rest.is_empty() {
            continue;
        }
        let small = tally.in_small_letters(first);
        let telling = |word: &str| {
            let word = word.to_lowercase();
            suggester.lists.values().any(|lists| lists.first.contains_key(&word)) || suggester.is_first_name(&word)
        };
        let rest_alone = names.get(rest).is_some_and(|rest| rest.inside + rest.quoted > 0);
        if small > 0 && !telling(first) && (rest_alone || small >= OFTEN) {
            moves.push((name.clone(), rest.to_owned()));
        }
    }
    for (name, rest) in moves {
        let Some(mut seen) = names.shift_remove(&name) else { continue };
        // Behind the first word its capitals are its own.
        seen.inside += std::mem::take(&mut seen.first);
        match names.get_mut(&rest) {
            Some(known) => known.take_over(seen),
            None => drop(names.insert(rest, seen)),
        }
    }
}

/// Whether the corpus leaves a name one.
fn is_name(name: &str, seen: &Seen, tally: &Tally, suggester: &Suggester<'_>) -> bool {
    if name.contains(' ') {
        return true;
    }
    let small = tally.in_small_letters(name);
    let told = seen.cues.iter().any(|(cue, _)| cue.weight >= 4);
    // A given name alone names nobody.
    let given = suggester.lists.values().any(|lists| lists.first_names.contains(&name.to_lowercase()));
    match (seen.quoted > 0, told) {
        (true, _) => true,
        (false, _) if given => false,
        (false, true) => seen.inside * 3 > small || (seen.inside + small == 0),
        (false, false) if seen.inside == 0 && suggester.is_common(name) => false,
        (false, false) => (seen.inside > small) || (small == 0 && (seen.total() > 1 || name.chars().count() > 3)),
    }
}

/// Brings spellings together that differ in capitals and accents only, under the one seen most.
fn one_spelling(names: &mut Names) {
    let mut alike: BTreeMap<String, Vec<(u32, String)>> = BTreeMap::new();
    for (name, seen) in names.iter() {
        let shouted = u32::from(name.chars().any(char::is_lowercase));
        alike.entry(folded(name)).or_default().push((seen.total() * 2 + shouted, name.clone()));
    }
    for mut spellings in alike.into_values().filter(|spellings| spellings.len() > 1) {
        spellings.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let (_, best) = spellings.remove(0);
        for (_, other) in spellings {
            join(names, &other, &best);
        }
    }
}

/// Makes an acronym that the text introduces a name of what it stands for.
fn acronyms(names: &mut Names) {
    let introduced: Vec<(String, String)> =
        names.iter().filter_map(|(name, seen)| Some((seen.acronym.clone()?, name.clone()))).collect();
    for (acronym, name) in introduced {
        join(names, &acronym, &name);
        if let Some(seen) = names.get_mut(&name)
            && !seen.spellings.contains(&acronym)
        {
            seen.spellings.push(acronym);
        }
    }
}

/// A surname that one full name has belongs to it.
fn surnames(names: &mut Names, suggester: &Suggester<'_>) {
    const OFTENER: u32 = 8;
    let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, seen) in names.iter() {
        if let (Some((first, _)), Some((_, last))) = (name.split_once(' '), name.rsplit_once(' '))
            && (suggester.is_given(first) || first.ends_with('.'))
            && Some(guess(name, seen, suggester).0) == suggester.person().map(Some)
        {
            for form in cases::all_forms(last).into_iter().chain([last.to_owned()]) {
                owners.entry(form).or_default().insert(name.clone());
            }
        }
    }
    for (surname, owners) in owners {
        if let Some(full) = owners.first()
            && owners.len() == 1
            // A word that stands alone much oftener is a name of its own: "Amount Enron" in a table.
            && names.get(&surname).map(Seen::total) <= names.get(full).map(|full| full.total() * OFTENER)
            && names.contains_key(&surname)
        {
            join(names, &surname, full);
            // Who is named in full is found by the surname too: no other spelling is needed.
            if let Some(seen) = names.get_mut(full) {
                seen.spellings.retain(|spelling| *spelling != surname);
            }
        }
    }
}

/// How much speaks for a name being one that somebody wants.
fn worth(name: &str, seen: &Seen, tally: &Tally) -> u32 {
    // Four times the logarithm, in whole numbers, which are the same on every machine.
    let logarithm = |number: u32| (u128::from(number) + 1).pow(4).ilog2();
    let words: Vec<&str> = name.split(' ').filter(|word| word.starts_with(char::is_uppercase)).collect();
    let told = seen.cues.iter().map(|(cue, _)| cue.weight).max().unwrap_or_default();
    let common = words.iter().filter(|word| tally.in_small_letters(word) > 0).count();
    let mut worth = 20 + logarithm(seen.total()) + logarithm(seen.documents) + told.min(6);
    worth += if words.len() > 1 { 3 } else { 0 };
    worth += if seen.quoted > 0 { 3 } else { 0 };
    if seen.inside + seen.quoted == 0 {
        worth -= 6;
    }
    if common == words.len() {
        worth -= 6;
    }
    worth
}

/// The type for which most speaks, and what; nothing where the schema has none of the types.
pub(super) fn guess(name: &str, seen: &Seen, suggester: &Suggester<'_>) -> (Option<EntityType>, String) {
    let mut votes: BTreeMap<&EntityType, u32> = BTreeMap::new();
    for (cue, times) in &seen.cues {
        *votes.entry(&cue.entity_type).or_default() += cue.weight * (*times).min(5);
    }
    let best = votes.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
    if let Some((entity_type, _)) = best {
        let reasons = seen.cues.iter().filter(|(cue, _)| cue.entity_type == **entity_type);
        let heaviest = reasons.max_by_key(|(cue, times)| (cue.weight * times, std::cmp::Reverse(&cue.because)));
        let because = heaviest.map_or_else(String::new, |(cue, times)| match times {
            1 => cue.because.clone(),
            times => format!("{} ({times} times)", cue.because),
        });
        return (Some((*entity_type).clone()), because);
    }
    let words = name.split(' ').count();
    let capitals = name.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let (wanted, because) = match words {
        1 if capitals => ("Organization", "a guess: capitals only"),
        1 => ("Company", "a guess: one word"),
        2 if name.split(' ').all(|word| word.starts_with(char::is_uppercase)) && !capitals => {
            ("Person", "a guess: two words")
        }
        _ => ("Organization", "a guess: several words"),
    };
    let fallback = || suggester.extractor.schema().entity_types().next().map(|(entity_type, _)| entity_type.clone());
    (suggester.named(wanted).or_else(fallback), because.to_owned())
}

fn suggestion(name: String, seen: Seen, suggester: &Suggester<'_>) -> Option<Suggestion> {
    let (entity_type, because) = guess(&name, &seen, suggester);
    let entity_type = entity_type?;
    let cyrillic = name.chars().any(|c| ('\u{400}'..='\u{4FF}').contains(&c));
    let languages = seen.languages.iter().filter(|(language, _)| cyrillic || *language != Some(Language::RUSSIAN));
    let language = languages.max_by_key(|(language, times)| (*times, std::cmp::Reverse(*language)));
    let language = language.map_or(Some(Language::ENGLISH), |(language, _)| *language);
    let mut made: BTreeSet<String> = BTreeSet::from([folded(&name)]);
    let person = Some(&entity_type) == suggester.person().as_ref();
    for named in if person { vec![Named::Person] } else { vec![Named::Unique, Named::Brand] } {
        let name = Name::new(name.clone(), language.unwrap_or(Language::ENGLISH), NameKind::Label);
        made.extend(forms(&name, named, Transliterations::None).iter().map(|form| folded(&form.text)));
    }
    let mut aliases = seen.spellings.clone();
    aliases.sort();
    aliases.retain(|spelling| made.insert(folded(spelling)));
    Some(Suggestion {
        seen: seen.total(),
        documents: seen.documents,
        passages: seen.passages,
        near: None,
        name,
        aliases,
        language,
        entity_type,
        because,
    })
}
