//! Mentions that no gazetteer lists but the text itself makes plain.

use std::collections::{BTreeMap, BTreeSet};

use relata_gazetteer::forms::{Named, Transliterations, forms};
use relata_gazetteer::{Gazetteer, folded};
use relata_model::{
    Document, Entity, EntityId, Language, LinkedMention, MadeBy, MentionForm, NameKind, Schema, Sentence, Span,
    WhyLinked,
};

use super::describe::is_case_of;
use super::{Knowledge, Linked, LinkingWords, insert_all, overlapping, words_before};

/// Adds acronyms in brackets, first names before a shared surname, and surnames of people named in full. A name that was left out
/// because several entities have it stays so.
pub(super) fn add(
    document: &Document,
    sentences: &[Sentence],
    knowledge: Knowledge<'_>,
    words: &LinkingWords,
    linked: &mut Linked,
) {
    let Knowledge { gazetteer, schema, .. } = knowledge;
    let Linked { mentions, unlinked, .. } = linked;
    let acronyms = introduced_acronyms(document, mentions);
    let mut surnames = surnames(document, gazetteer, schema, mentions);
    surnames.extend(short_names(document, gazetteer, schema, words, mentions));
    first_names(document, gazetteer, schema, words, mentions);
    if acronyms.is_empty() && surnames.is_empty() {
        return;
    }
    let mut added = Vec::new();
    for sentence in sentences {
        for span in capitalised_words(document, sentence.span) {
            // Most words with a capital are names that were found already.
            if !overlapping(mentions, span).is_empty() || unlinked.iter().any(|other| other.span.overlaps(span)) {
                continue;
            }
            let word = span.of(&document.text);
            let found = match (acronyms.get(word), surnames.get(&folded(word))) {
                (Some(entity), _) => Some((entity, WhyLinked::IntroducedAcronym)),
                (None, Some(Some(entity))) => {
                    let before = words_before(&document.text, span.start()).next().unwrap_or_default().to_lowercase();
                    let several = words.family_nouns.contains(&before);
                    // A capitalised word beside it makes it part of another name.
                    (!several && !beside_capital(document, span, sentence.span, words))
                        .then_some((entity, WhyLinked::FullNameInDocument))
                }
                (None, _) => None,
            };
            if let Some((entity, why)) = found {
                added.push(LinkedMention::new(span, entity.clone(), MentionForm::Name, why));
            }
        }
    }
    insert_all(mentions, added);
}

/// Acronyms that stand in brackets right after a name whose initials they are: "Large Language Models (LLM)".
fn introduced_acronyms(document: &Document, mentions: &[LinkedMention]) -> BTreeMap<String, EntityId> {
    let mut found = BTreeMap::new();
    for mention in mentions.iter().filter(|mention| mention.form == MentionForm::Name) {
        let after = document.text[mention.span.end()..].trim_start_matches([' ', '\u{A0}']);
        let Some((inside, _)) = after.strip_prefix('(').and_then(|rest| rest.split_once(')')) else { continue };
        let acronym = inside.trim();
        let capitals = acronym.len() >= 2 && acronym.chars().count() <= 8 && acronym.chars().all(char::is_uppercase);
        if capitals && are_initials(acronym, mention.span.of(&document.text)) {
            found.entry(acronym.to_owned()).or_insert_with(|| mention.entity.clone());
        }
    }
    found
}

/// Whether each letter of the acronym begins a word of the name, in order; small words may be passed over.
fn are_initials(acronym: &str, name: &str) -> bool {
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter_map(|word| word.chars().next());
    let fold = |c: char| folded(&c.to_string());
    acronym.chars().all(|letter| words.any(|initial| fold(initial) == fold(letter)))
}

/// The folded surnames of people whose full name stands in the document; `None` where two share one.
fn surnames(
    document: &Document,
    gazetteer: &Gazetteer,
    schema: &Schema,
    mentions: &[LinkedMention],
) -> BTreeMap<String, Option<EntityId>> {
    let mut found: BTreeMap<String, Option<EntityId>> = BTreeMap::new();
    let Ok(person) = schema.entity_type("Person") else { return found };
    let mut seen = BTreeSet::new();
    for mention in mentions {
        let is_person =
            gazetteer.entity(&mention.entity).is_some_and(|entity| schema.is_a(&entity.entity_type, &person));
        let name = mention.span.of(&document.text);
        let Some((_, surname)) = name.rsplit_once([' ', '\u{A0}', '\n']).filter(|_| is_person) else { continue };
        if surname.chars().count() >= 3 && seen.insert((surname, &mention.entity)) {
            let mut all: BTreeSet<String> = [folded(surname)].into();
            // "Путиным" after "Владимир Путин": a text in Russian declines.
            if surname.chars().all(|c| ('\u{400}'..'\u{500}').contains(&c) || c == '-') {
                all.extend(gazetteer.entity(&mention.entity).into_iter().flat_map(declined_surnames));
            }
            for surname in all {
                let entry = found.entry(surname).or_insert_with(|| Some(mention.entity.clone()));
                if entry.as_ref() != Some(&mention.entity) {
                    *entry = None;
                }
            }
        }
    }
    found
}

/// The folded surnames of a person in all Russian cases: the last words of all forms of the Russian names.
fn declined_surnames(person: &Entity) -> Vec<String> {
    const OF_FATHERS: [&str; 4] = ["ович", "евич", "овн", "евн"];
    let russian = person.names.iter().filter(|name| name.language == Language::RUSSIAN && name.text.contains(' '));
    let plain = russian.filter(|name| matches!(name.kind, NameKind::Label | NameKind::Alias));
    let forms = plain.flat_map(|name| {
        let made = forms(name, Named::Person, Transliterations::None);
        let declined = made.into_iter().filter(|form| matches!(form.made_by, MadeBy::RussianCase | MadeBy::NameOrder));
        declined.map(|form| form.text).chain([name.text.clone()])
    });
    let last = forms.filter(|form| !form.contains(',')).filter_map(|form| {
        let (_, last) = form.rsplit_once(' ')?;
        let name = last.chars().count() >= 3 && last.starts_with(char::is_uppercase) && !last.ends_with('.');
        (name && !OF_FATHERS.iter().any(|part| last.contains(part))).then(|| folded(last))
    });
    last.collect()
}

/// The folded first words of firms whose name of two words stands in the document: "Mistral AI".
fn short_names(
    document: &Document,
    gazetteer: &Gazetteer,
    schema: &Schema,
    words: &LinkingWords,
    mentions: &[LinkedMention],
) -> BTreeMap<String, Option<EntityId>> {
    let mut found = BTreeMap::new();
    let Ok(organization) = schema.entity_type("Organization") else { return found };
    for mention in mentions {
        let Some((first, last)) = mention.span.of(&document.text).split_once([' ', '\u{A0}']) else { continue };
        let is_firm =
            gazetteer.entity(&mention.entity).is_some_and(|entity| schema.is_a(&entity.entity_type, &organization));
        let usual = words.company_suffixes.contains(&last.to_lowercase()) && first.chars().count() >= 4;
        if is_firm && usual && gazetteer.lookup(first).is_empty() {
            let entry = found.entry(folded(first)).or_insert_with(|| Some(mention.entity.clone()));
            if entry.as_ref() != Some(&mention.entity) {
                *entry = None;
            }
        }
    }
    found
}

/// First names before a full name that shares the surname: "[Daniel] et [David Liberman]".
fn first_names(
    document: &Document,
    gazetteer: &Gazetteer,
    schema: &Schema,
    words: &LinkingWords,
    mentions: &mut Vec<LinkedMention>,
) {
    let Ok(person) = schema.entity_type("Person") else { return };
    let mut added = Vec::new();
    for mention in mentions.iter() {
        let Some((_, surname)) = mention.span.of(&document.text).rsplit_once(' ') else { continue };
        let before = &document.text[..mention.span.start()];
        let Some(and) =
            words_before(before, before.len()).next().filter(|word| words.and.contains(&word.to_lowercase()))
        else {
            continue;
        };
        let head = before.trim_end().strip_suffix(and).unwrap_or_default().trim_end();
        let Some(first) = words_before(head, head.len()).next().filter(|word| word.starts_with(char::is_uppercase))
        else {
            continue;
        };
        let known = gazetteer.lookup(&format!("{first} {surname}"));
        let people: Vec<_> = known
            .iter()
            .filter(|one| gazetteer.entity(&one.entity).is_some_and(|entity| schema.is_a(&entity.entity_type, &person)))
            .collect();
        if let [only] = people[..]
            && head.ends_with(first)
        {
            let span = Span::new(head.len() - first.len(), head.len());
            let entity = only.entity.clone();
            added.push(LinkedMention::new(span, entity, MentionForm::Name, WhyLinked::SharedSurname));
        }
    }
    insert_all(mentions, added);
}

/// Runs of letters that begin with a capital.
fn capitalised_words(document: &Document, sentence: Span) -> Vec<Span> {
    let text = sentence.of(&document.text);
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                if text[from..].starts_with(char::is_uppercase) {
                    found.push(Span::new(sentence.start() + from, sentence.start() + at));
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn beside_capital(document: &Document, span: Span, sentence: Span, words: &LinkingWords) -> bool {
    let joined = |c: Option<char>| matches!(c, Some(' ' | '\u{A0}' | '-'));
    let (before, after) = (&document.text[..span.start()], &document.text[span.end()..]);
    let mut left = before.chars().rev();
    let mut right = after.chars();
    let capital_left = joined(left.next()) && {
        let word: String = left.take_while(|c| c.is_alphanumeric() || *c == '.').collect();
        let word: String = word.chars().rev().collect();
        word.starts_with(char::is_uppercase)
            && before.trim_end().ends_with(char::is_alphanumeric)
            && !only_opens(document, &word, span, sentence, words)
    };
    capital_left || (joined(right.next()) && right.next().is_some_and(char::is_uppercase))
}

/// Whether a word before a surname has its capital only because it opens the sentence: "Selon Poutine", "Указ Путина".
fn only_opens(document: &Document, word: &str, span: Span, sentence: Span, words: &LinkingWords) -> bool {
    let head = &document.text[sentence.start().min(span.start())..span.start()];
    let opens = head.trim().trim_start_matches(|c: char| !c.is_alphanumeric()) == word;
    let lower = word.to_lowercase();
    let given = words.first_names.iter().any(|name| *name == lower || is_case_of(name, &lower));
    if !opens || word.contains('.') || given {
        return false;
    }
    // Anywhere else it would have kept its capital if it were a name.
    let elsewhere = |word: &str| {
        document.text.match_indices(word).any(|(at, _)| {
            let whole = !document.text[at + word.len()..].starts_with(char::is_alphanumeric);
            let inside = document.text[..at].ends_with([' ', '\u{A0}'])
                && document.text[..at].trim_end().ends_with(|c: char| c.is_alphanumeric() || c == ',');
            whole && inside
        })
    };
    !elsewhere(word) && (!words.first_names.is_empty() || elsewhere(&lower))
}
