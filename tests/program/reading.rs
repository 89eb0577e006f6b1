//! Documents as they come: whatever the encoding, the same text gives the same record.

use encoding_rs::WINDOWS_1252;
use serde_json::Value;

use crate::place::{Place, Ran};
use crate::seeds::{self, list, number, string};

/// A seed with é, «, ’ and –, which every encoding here can hold.
const NAME: &str = "2025-12-18-azerbaidjan-hub-numerique.txt";

fn extract(bytes: &[u8]) -> (Ran, Value) {
    let place = Place::new();
    place.write(NAME, bytes);
    let ran = place.relata(&format!("extract {NAME}"));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let record = serde_json::from_str(&ran.out).unwrap();
    (ran, record)
}

fn utf_16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn every_encoding_of_a_document_gives_the_same_record() {
    let text = seeds::text(NAME);
    let (windows_1252, _, lost) = WINDOWS_1252.encode(text);
    assert!(!lost, "the seed has a character that Windows-1252 does not");
    let marked = format!("\u{FEFF}{text}");
    let (_, plain) = extract(text.as_bytes());
    assert!(list(&plain, "mentions").len() > 20, "{plain}");
    for (encoding, bytes, note) in [
        ("UTF-8 with a mark", marked.as_bytes().to_owned(), String::new()),
        ("UTF-16LE with a mark", utf_16(&marked, u16::to_le_bytes), String::new()),
        ("UTF-16BE with a mark", utf_16(&marked, u16::to_be_bytes), String::new()),
        ("UTF-16LE", utf_16(text, u16::to_le_bytes), format!("{NAME}: is not in UTF-8; read as UTF-16LE\n")),
        ("UTF-16BE", utf_16(text, u16::to_be_bytes), format!("{NAME}: is not in UTF-8; read as UTF-16BE\n")),
        ("Windows-1252", windows_1252.into_owned(), format!("{NAME}: is not in UTF-8; read as windows-1252\n")),
    ] {
        let (ran, record) = extract(&bytes);
        assert_eq!(record, plain, "{encoding}");
        assert_eq!(ran.err, note, "{encoding}");
    }
}

#[test]
fn control_characters_are_left_out_before_anything_is_counted() {
    let text = seeds::text(NAME);
    let (_, plain) = extract(text.as_bytes());
    // Inside the first word, inside a name and between words.
    let dirty = text.replacen("Ba", "B\0a", 1).replace("Jabb", "Ja\u{0}b\u{1}b").replace(" Meta", "\u{C} Meta");
    let controls = dirty.chars().count() - text.chars().count();
    let (ran, record) = extract(dirty.as_bytes());
    assert_eq!(record, plain);
    assert_eq!(ran.err, format!("{NAME}: has {controls} control characters; they were left out\n"));
}

#[test]
fn offsets_count_code_points_and_not_bytes_or_utf_16() {
    let place = Place::with(&[("a.txt", "😀 Ça\u{a0}: l’e\u{301}quipe de « Sberbank » a parlé à la rédaction.\n")]);
    let record: Value = serde_json::from_str(&place.relata("extract a.txt --lang fr").output()).unwrap();
    let mention = &list(&record, "mentions")[0];
    assert_eq!((number(mention, "start"), number(mention, "end"), string(mention, "text")), (22, 30, "Sberbank"));
}

#[test]
fn standard_input_is_a_document() {
    let text = seeds::text(NAME);
    let (_, mut expected) = extract(text.as_bytes());
    expected["doc"] = "stdin".into();
    let ran = Place::new().relata_with(&["extract", "-"], text.as_bytes());
    assert_eq!(serde_json::from_str::<Value>(&ran.output()).unwrap(), expected);
}

#[test]
fn an_empty_standard_input_is_a_fault() {
    Place::new().relata_with(&["extract", "-"], b"").says(1, "fault: stdin: is empty; remove it, or fill it\n");
}

/// The rows of an answer about the only document, without quotation marks.
fn about_the_document(place: &Place) -> String {
    let question = "SELECT ?title ?date ?lang ?url WHERE { ?d a relata:Document . OPTIONAL { ?d schema:headline ?title } \
                    OPTIONAL { ?d schema:datePublished ?date } OPTIONAL { ?d schema:inLanguage ?lang } OPTIONAL { ?d schema:url ?url } }";
    let rows = place.relata_with(&["query", "out", question, "--format", "csv"], b"").output();
    rows.lines().nth(1).unwrap().to_owned()
}

#[test]
fn front_matter_ends_up_in_the_graph() {
    let place = Place::with(&[(
        "a.md",
        "---\ntitle: Sberbank ouvre un centre\ndate: 2025-11-20\nlang: fr\nurl: https://example.org/a?b=c\n---\n\nLa Sberbank ouvre un centre.\n",
    )]);
    assert_eq!(place.relata("build a.md -o out").code, Some(0));
    assert_eq!(about_the_document(&place), "Sberbank ouvre un centre,2025-11-20,fr,https://example.org/a?b=c");
}

#[test]
fn without_front_matter_the_head_of_the_text_is_read() {
    for (head, title, date) in [
        ("Bakou veut son IA\n\n18 Décembre 2025 10:20 (UTC+01:00)\n\n", "Bakou veut son IA", "2025-12-18"),
        ("# Une licence pour Erevan\n\nPublié le 13 mars 2024\n\n", "Une licence pour Erevan", "2024-03-13"),
    ] {
        let text = format!("{head}La Sberbank a rencontré la presse dans la capitale. Elle reste prudente.\n");
        let place = Place::with(&[("a.md", &text)]);
        assert_eq!(place.relata("build a.md -o out").code, Some(0));
        assert_eq!(about_the_document(&place), format!("{title},{date},fr,"));
    }
}

#[test]
fn the_language_can_be_set() {
    let place = Place::with(&[("a.txt", "Sberbank.\n")]);
    for language in ["fr", "en", "ru"] {
        let record: Value =
            serde_json::from_str(&place.relata(&format!("extract a.txt --lang {language}")).output()).unwrap();
        assert_eq!(record["lang"], language);
    }
    let ran = place.relata("extract a.txt --lang klingon");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.starts_with("error: invalid value 'klingon' for '--lang <LANG>': "), "{}", ran.err);
}

#[test]
fn the_seeds_are_in_the_languages_they_are_in() {
    for record in &seeds::BUILD.records {
        let (doc, language) = (string(record, "doc"), string(record, "lang"));
        let cyrillic = seeds::text(doc).chars().filter(|c| ('а'..='я').contains(c)).count() > 100;
        let english = seeds::text(doc).contains(" the ");
        assert_eq!(
            language,
            if cyrillic {
                "ru"
            } else if english {
                "en"
            } else {
                "fr"
            },
            "{doc}"
        );
        assert!(string(record, "date").starts_with(&doc[..10]), "{doc}: {}", record["date"]);
        assert!(!string(record, "title").is_empty(), "{doc}");
    }
}
