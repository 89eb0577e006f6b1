//! Names that no entity has: what is suggested, and from there to a gazetteer.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::place::{Place, files_below, repository};
use crate::seeds::{list, string};

/// The articles of the tutorial.
fn place() -> Place {
    let place = Place::new();
    place.write_all("texts", &files_below(&repository("examples/own-gazetteer/articles")));
    place
}

/// The cells of a table whose cells hold no line ends, by the names of its columns.
fn rows(table: &str) -> Vec<BTreeMap<String, String>> {
    let cells = |line: &str| {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => cells.last_mut().unwrap().push(chars.next().unwrap()),
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                c => cells.last_mut().unwrap().push(c),
            }
        }
        cells
    };
    let mut lines = table.lines();
    let header = cells(lines.next().unwrap());
    lines.map(|line| header.iter().cloned().zip(cells(line)).collect()).collect()
}

fn of<'r>(rows: &'r [BTreeMap<String, String>], name: &str) -> &'r BTreeMap<String, String> {
    rows.iter()
        .find(|row| row["name"] == name)
        .unwrap_or_else(|| panic!("{name} among {:?}", rows.iter().map(|row| row["name"].as_str()).collect::<Vec<_>>()))
}

#[test]
fn names_are_suggested_with_type_reason_and_place() {
    let ran = place().relata("gazetteer suggest texts");
    let rows = rows(&ran.out);
    for (name, entity_type, language, seen, because) in [
        ("Ana Roy", "Person", "en", "4", "\"Ana\" is a first name (4 times)"),
        ("Novalis", "Company", "en", "6", "after \"groupe\""),
        ("Ardent SA", "Company", "fr", "2", "ends in \"sa\" (2 times)"),
        ("Charles de Valmont", "Person", "fr", "1", "\"Charles\" is a first name"),
        ("Kestrel", "Software", "en", "2", "after \"logiciel\""),
        ("Brestonville", "City", "en", "2", "after \"in\""),
        ("John Q. Harrow", "Person", "en", "2", "after \"chairman\" (2 times)"),
        ("Luc Zorn", "Person", "en", "1", "after \"president\" (2 times)"),
        ("Jens van der Velde", "Person", "en", "1", "\"Jens\" is a first name"),
        ("Bureau of Zemblan Industry and Trade", "GovernmentBody", "en", "1", "begins with \"bureau\""),
        ("Новалис софт", "Company", "ru", "1", "after \"компания\""),
        ("Зембла", "Company", "ru", "2", "after \"завода\" (2 times)"),
        ("Игорь Белов", "Person", "ru", "3", "after \"представитель\" (2 times)"),
        ("Пётр Ильич Рогозин", "Person", "ru", "1", "\"Пётр\" is a first name"),
        ("Брестонвиль", "City", "ru", "2", "after \"в\" (2 times)"),
    ] {
        let row = of(&rows, name);
        let found = ["type", "language", "seen", "type_because"].map(|column| row[column].as_str());
        assert_eq!(found, [entity_type, language, seen, because], "{name}");
    }
    // Forms that code makes, words of sentences, days, posts and what the gazetteer has are no suggestions.
    for name in [
        "Roy",
        "Игоря Белова",
        "Беловым",
        "Selon Roy",
        "Monday",
        "CEO",
        "French",
        "Équipe",
        "Компания",
        "В Брестонвиле",
        "Orange",
    ] {
        assert!(rows.iter().all(|row| row["name"] != name), "{name}");
    }
    let near = |name| (of(&rows, name)["near"].as_str(), of(&rows, name)["near_because"].as_str());
    assert_eq!(near("Vladimir Poutin"), ("vladimir-putin", "the same in other letters: Vladimir Poutine"));
    assert_eq!(near("Пётр Ильич Рогозин"), ("dmitry-rogozin", "the same surname: Дмитрий Рогозин"));
    assert_eq!(of(&rows, "Ardent SA")["example_1"], "a.txt:4: Selon Roy, le groupe Novalis veut racheter Ardent SA.");
    let said = format!(
        "{} names that no entity has, of 3 documents: delete the lines you do not want, then relata gazetteer import\n",
        rows.len()
    );
    ran.says(0, &said);
}

/// The whole way of the tutorial: suggest, delete lines, import, build.
#[test]
fn lines_that_are_left_become_a_gazetteer() {
    let place = place();
    place.relata("gazetteer suggest texts -o new.csv").output();
    let wanted = ["name,type", "Novalis,", "Игорь Белов,", "Kestrel,"];
    let kept: Vec<String> = place
        .read("new.csv")
        .lines()
        .filter(|line| wanted.iter().any(|name| line.starts_with(name)))
        .map(|line| line.to_owned() + "\n")
        .collect();
    assert_eq!(kept.len(), 4);
    place.write("new.csv", kept.concat());
    place.relata("gazetteer import new.csv -o names.jsonl").says(0, "3 read, 3 kept, 0 dropped\nnames.jsonl\n");
    place.relata("build texts -o out --gazetteer names.jsonl").output();
    let records = place.read("out/extraction.jsonl");
    let mut found: Vec<(String, String)> = Vec::new();
    for record in records.lines() {
        let record: Value = serde_json::from_str(record).unwrap();
        let ids = ["novalis", "igor-belov", "kestrel"];
        let mentions = list(&record, "mentions").iter().filter(|one| ids.contains(&string(one, "entity")));
        found.extend(mentions.map(|one| (string(one, "entity").to_owned(), string(one, "text").to_owned())));
    }
    for (entity, text) in [
        ("novalis", "Novalis"),
        ("igor-belov", "Игорем Беловым"),
        ("igor-belov", "Игоря Белова"),
        ("kestrel", "Kestrel"),
    ] {
        assert!(found.contains(&(entity.to_owned(), text.to_owned())), "{text} in {found:?}");
    }
    // The table itself is a gazetteer too, and what it has is suggested no more.
    let again = place.relata("gazetteer suggest texts --gazetteer new.csv").output();
    assert!(rows(&again).iter().all(|row| !["Novalis", "Игорь Белов", "Kestrel"].contains(&row["name"].as_str())));
}

#[test]
fn the_same_documents_give_the_same_table() {
    let place = place();
    let first = place.relata("gazetteer suggest texts --jobs 1").output();
    assert_eq!(place.relata("gazetteer suggest texts --jobs 4").output(), first);
    assert_eq!(place.relata("gazetteer suggest texts/c.txt texts/b.txt texts/a.txt").output(), first);
    assert_eq!(place.relata("gazetteer suggest texts --top 3").output().lines().count(), 4);
    assert!(
        rows(&place.relata("gazetteer suggest texts --least 3").output()).iter().all(|row| row["seen"].as_str() >= "3")
    );
    let excel = place.relata("gazetteer suggest texts --excel").output();
    assert!(excel.starts_with("\u{FEFF}name;type;aliases;language;seen;"), "{excel}");
    place.write("new.csv", &excel);
    let imported = place.relata("gazetteer import new.csv -o names.jsonl");
    imported.says(0, &format!("{0} read, {0} kept, 0 dropped\nnames.jsonl\n", first.lines().count() - 1));
}

/// Letters and digits in small letters with single spaces.
fn plain(name: &str) -> String {
    let small: String =
        name.to_lowercase().replace('ё', "е").chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    small.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many of the names that careful readers found are among the first suggestions, when no entity is known. The folders of other
/// texts and gold can be given: `RELATA_SUGGEST=TEXTS,GOLD cargo test --test program suggesting -- --nocapture`
#[test]
fn most_of_what_careful_readers_found_is_suggested() {
    let given = std::env::var("RELATA_SUGGEST").ok();
    let (texts, gold) =
        given.as_deref().and_then(|given| given.split_once(',')).unwrap_or(("seeds", "tests/gold/seeds"));
    let place =
        Place::with(&[("none.jsonl", "{\"id\": \"none\", \"type\": \"Company\", \"labels\": {\"en\": \"Zzzxq\"}}\n")]);
    let texts = repository(texts);
    let arguments =
        ["gazetteer", "suggest", texts.to_str().unwrap(), "--gazetteer", "none.jsonl", "--no-default-gazetteer"];
    let rows = rows(&place.relata_with(&arguments, b"").output());
    let (mut wanted, mut names) = (BTreeSet::new(), BTreeMap::<String, BTreeSet<String>>::new());
    for (_, bytes) in files_below(&repository(gold)) {
        let gold: Value = serde_json::from_slice(&bytes).unwrap();
        for entity in list(&gold, "entities") {
            let labels = entity["labels"].as_object().unwrap().values();
            for name in labels.chain(list(entity, "aliases")) {
                names.entry(plain(name.as_str().unwrap())).or_default().insert(string(entity, "id").to_owned());
            }
        }
        for mention in list(&gold, "mentions") {
            let (text, entity) = (string(mention, "text"), string(mention, "entity"));
            names.entry(plain(text)).or_default().insert(entity.to_owned());
            if mention["form"] != "demonym" && mention["form"] != "nominal" && text.contains(char::is_uppercase) {
                wanted.insert(entity.to_owned());
            }
        }
    }
    let mut found = BTreeSet::new();
    let mut right = 0;
    let mut at_fifty = 0;
    for (number, row) in (1..).zip(&rows) {
        let spellings = std::iter::once(row["name"].as_str()).chain(row["aliases"].split('|'));
        let meant: BTreeSet<&String> = spellings.filter_map(|name| names.get(&plain(name))).flatten().collect();
        right += usize::from(!meant.is_empty());
        found.extend(meant.into_iter().filter(|entity| wanted.contains(*entity)).cloned());
        if [25, 50, 100, 200, 400].contains(&number) || number == rows.len() {
            println!("first {number}: {right} are names; {} of {} entities", found.len(), wanted.len());
        }
        if number == 50 {
            at_fifty = right;
        }
    }
    if given.is_none() {
        assert!(at_fifty >= 45, "{at_fifty} of the first 50 lines are names");
        assert!(found.len() * 10 >= wanted.len() * 8, "{} of {} entities are suggested", found.len(), wanted.len());
    }
}
