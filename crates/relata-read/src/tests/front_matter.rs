use relata_model::Language;

use super::{notes, read};

fn prose(text: &str) -> Vec<String> {
    let document = read(text).document;
    document.prose.iter().map(|span| span.of(&document.text).trim().to_owned()).collect()
}

const FULL: &str = "---
title: \"La Russie lance : une « task force »\"
seoTitle: 'L''IA russe'
description: >-
  La Russie développe
  une task force.
datePublished: Sun Nov 23 2025 14:23:07 GMT+0000 (Coordinated Universal Time)
cuid: cmibt5j50000002jlhgk4gedx
slug: russie-task-force-intelligence-artificielle
lang: fr-FR
canonical: https://www.techradar.com/pro/did-the-ai-war
tags: [russie, ia]
author: {title: Directrice}
---

# La Russie
";

#[test]
fn keys_give_the_metadata() {
    let document = read(FULL).document;
    let metadata = document.metadata;
    assert_eq!(metadata.title.as_deref(), Some("La Russie lance : une « task force »"));
    assert_eq!(metadata.date.unwrap().to_string(), "2025-11-23");
    assert_eq!(metadata.language, Some(Language::FRENCH));
    assert_eq!(metadata.url.as_deref(), Some("https://www.techradar.com/pro/did-the-ai-war"));
}

#[test]
fn titles_and_descriptions_are_prose_without_their_quotes() {
    assert_eq!(
        prose(FULL),
        [
            "La Russie lance : une « task force »",
            "L''IA russe",
            ">-\n  La Russie développe\n  une task force.".trim_start_matches(">-\n  "),
            "# La Russie"
        ]
    );
}

#[test]
fn windows_lines_and_a_mark_do_no_harm() {
    let reading = read(format!("\u{FEFF}{}", FULL.replace('\n', "\r\n")));
    assert_eq!(reading.document.metadata.date.unwrap().to_string(), "2025-11-23");
    assert_eq!(reading.document.prose.len(), 4);
    assert!(reading.notes.is_empty(), "{:?}", reading.notes);
}

#[test]
fn what_is_no_yaml_is_read_line_by_line() {
    let reading =
        read("---\ntitle: Poutine : \"le retour\"\nlang: fr\ndate: 2024-03-13\nbad: [\n---\nLe texte est là.");
    let metadata = &reading.document.metadata;
    assert_eq!(metadata.title.as_deref(), Some("Poutine : \"le retour\""));
    assert_eq!(metadata.date.unwrap().to_string(), "2024-03-13");
    let told = notes(&reading);
    assert!(told.len() == 1 && told[0].starts_with("front matter, line "), "{told:?}");
    assert!(told[0].ends_with("it was read line by line"), "{told:?}");
}

#[test]
fn unknown_values_are_told() {
    let reading = read("---\ndate: bientôt\nlang: français\n---\nLe président russe est arrivé à Pékin ce matin.");
    assert_eq!(
        notes(&reading),
        [
            "front matter: \"français\" is not a language tag (two or three letters such as \"fr\", \"en\", \"ru\", at most \
             eight characters in all); the language was detected",
            "front matter: \"bientôt\" is not a date that is understood; write it as 2025-11-23",
        ]
    );
    assert_eq!(reading.document.metadata.language, Some(Language::FRENCH));
}

#[test]
fn a_rule_at_the_start_is_no_front_matter() {
    for text in
        ["---\n\nPoutine parle.\n\n---\nFin.", "---\nPoutine parle. Il part.", "--- \n", "----\ntitle: x\n----\n"]
    {
        let document = read(text).document;
        assert_eq!(document.prose.len(), 1, "{text:?}");
        assert_eq!(document.prose[0].start(), 0, "{text:?}");
    }
}

#[test]
fn a_source_is_an_address_only_when_it_looks_like_one() {
    assert_eq!(read("---\nsource: Reuters\n---\nTexte.").document.metadata.url, None);
    let url = read("---\nsource: https://x.ru/a\n---\nTexte.").document.metadata.url;
    assert_eq!(url.as_deref(), Some("https://x.ru/a"));
}

#[test]
fn front_matter_without_a_body_is_a_document() {
    assert_eq!(prose("---\ntitle: Poutine à Pékin\n---"), ["Poutine à Pékin"]);
}
