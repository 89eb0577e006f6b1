use relata_model::{Document, DocumentName, Language};

use super::read;
use crate::{Options, date, read_bytes};

fn document(text: &str) -> Document {
    read(text).document
}

macro_rules! title {
    ($name:ident, $text:expr, $expected:expr) => {
        #[test]
        fn $name() {
            assert_eq!(document($text).metadata.title.as_deref(), $expected);
        }
    };
}

title!(first_line_before_a_gap, "Poutine à Pékin.\n\nLe texte.", Some("Poutine à Pékin."));
title!(first_line_without_a_stop, "Poutine à Pékin\nLe texte est là.", Some("Poutine à Pékin"));
title!(markdown, "Lagazette\n\n# **Poutine** à Pékin #\nLe texte.", Some("Poutine** à Pékin"));
title!(prose_is_no_title, "Poutine est à Pékin. Il y reste.\nXi le reçoit.", None);
title!(
    name_of_the_paper_in_two_words,
    "Le Monde.fr\nMistral AI lève des fonds\nTexte ici.",
    Some("Mistral AI lève des fonds")
);
title!(short_title_above_prose, "Poutine triomphe\n\nLe président russe a gagné.", Some("Poutine triomphe"));
title!(name_of_the_paper, "Lagazette\n\nL'AZERBAIDJAN EMBRAYE !\n\nTexte.", Some("L'AZERBAIDJAN EMBRAYE !"));
title!(
    behind_a_date,
    " date 2025-01 Face aux sanctions, Poutine mise sur la Chine.\n\nTexte.",
    Some("Face aux sanctions, Poutine mise sur la Chine.")
);
title!(below_a_date, "Publié le 13 mars 2024\nPoutine à Pékin\n\nTexte.", Some("Poutine à Pékin"));
title!(below_an_address, "https://x.ru/a-b\n\nPoutine à Pékin\n\nTexte.", Some("Poutine à Pékin"));

macro_rules! date {
    ($name:ident, $line:expr, $expected:expr) => {
        #[test]
        fn $name() {
            let text = format!("Un titre assez long\n\n{}\n\nLe président russe est là. Il parle à tous.", $line);
            let found = document(&text).metadata.date.map(|date| date.to_string());
            assert_eq!(found.as_deref(), $expected, "{}", $line);
        }
    };
}

date!(french_with_zone, "18 Décembre 2025 10:20 (UTC+01:00)", Some("2025-12-18"));
date!(french_label, "Publié le 13 mars 2024", Some("2024-03-13"));
date!(french_label_with_place, "Publié le 13 mars 2024 10:00 Moscou, Kremlin", Some("2024-03-13"));
date!(french_label_weekday, "Publié le : mardi 1er mai 2024 à 10h20", Some("2024-05-01"));
date!(french_byline, "Par Ana Roy, le 13 mars 2024 à 10h20", Some("2024-03-13"));
date!(french_columns, "Ana Roy | 13 mars 2024 | Politique", Some("2024-03-13"));
date!(french_capitals, "PUBLIÉ LE 13 AOÛT 2024", Some("2024-08-13"));
date!(english_label, "Published on March 13, 2024", Some("2024-03-13"));
date!(english_day_first, "13 March 2024", Some("2024-03-13"));
date!(english_weekday, "Wednesday, March 13th, 2024 5:30 PM EST", Some("2024-03-13"));
date!(english_byline, "By Ana Roy, March 13, 2024", Some("2024-03-13"));
date!(russian, "13 марта 2024 г.", Some("2024-03-13"));
date!(russian_label, "Опубликовано: 13.03.2024", Some("2024-03-13"));
date!(russian_time, "13 марта 2024, 10:20 МСК", Some("2024-03-13"));
date!(numbers_alone, "13.03.2024", Some("2024-03-13"));
date!(numbers_in_prose, "Le 13.03.2024 est une date importante pour le pays.", None);
date!(iso, "2025-01-31", Some("2025-01-31"));
date!(iso_time, "2025-01-31T10:20:00Z", Some("2025-01-31"));
date!(month_with_label, "date 2025-01", Some("2025-01"));
date!(month_of_a_magazine, "Novembre 2025", Some("2025-11"));
date!(french_dateline, "MOSCOU, 19 novembre 2025 – Le président a parlé.", Some("2025-11-19"));
date!(french_dateline_article, "Moscou, le 19 novembre 2025", Some("2025-11-19"));
date!(english_dateline, "MOSCOW, Nov 19, 2025 (Agency) - Russia said so.", Some("2025-11-19"));
date!(tass_dateline, "MOSCOW, November 19, 2025. /TASS/. Russia said so.", Some("2025-11-19"));
date!(russian_dateline, "МОСКВА, 19 ноября 2025 г. — Президент заявил.", Some("2025-11-19"));
date!(prose_begins_with_a_date, "Le 13 mars 2024, Poutine a parlé à Pékin.", None);
date!(prose_with_a_date, "Nous nous réunissons le 7 novembre 2024, date importante.", None);
date!(prose_like_a_dateline, "À Moscou, le 19 novembre 2025, le président a parlé.", None);
date!(no_such_day, "Publié le 31 février 2024", None);
date!(label_without_date, "Publié le", None);
date!(publication_before_update, "Mis à jour le 2 mai 2024\nPublié le 1er mai 2024", Some("2024-05-01"));
date!(update_alone, "Mis à jour le 2 mai 2024", Some("2024-05-02"));

#[test]
fn a_date_far_down_is_not_that_of_the_document() {
    let text = format!("{}13 mars 2024\n", "Une ligne.\n\n".repeat(40));
    assert_eq!(document(&text).metadata.date, None);
}

#[test]
fn values_of_front_matter() {
    let read = |value: &str, language| date::whole(value, language).map(|date| date.to_string());
    for (value, expected) in [
        ("2025-11-23T14:23:07.000Z", "2025-11-23"),
        ("2025-11-23 14:23", "2025-11-23"),
        ("2025/11/23", "2025-11-23"),
        ("2025-11", "2025-11"),
        ("2025", "2025"),
        ("Sun, 23 Nov 2025 14:23:07 +0000", "2025-11-23"),
        ("Sun Nov 23 2025 14:23:07 GMT+0000 (Coordinated Universal Time)", "2025-11-23"),
        ("mar. 5 mars 2024", "2024-03-05"),
        ("1er janvier 2025", "2025-01-01"),
        ("23-Nov-2025", "2025-11-23"),
        ("03/04/2024", "2024-04-03"),
        ("04/25/2024", "2024-04-25"),
    ] {
        assert_eq!(read(value, None).as_deref(), Some(expected), "{value}");
    }
    assert_eq!(read("03/04/2024", Some(Language::ENGLISH)), None, "may be either");
    for value in ["", "x", "2025-13-01", "32 mars 2024", "13 mars", "123456", "99999-01-01", "20250101"] {
        assert_eq!(read(value, None), None, "{value}");
    }
}

#[test]
fn the_user_says_more_than_the_front_matter_and_that_more_than_the_words() {
    let bytes = b"---\nlang: en\n---\nLe pr\xC3\xA9sident russe est arriv\xC3\xA9 \xC3\xA0 P\xC3\xA9kin.".to_vec();
    let language = |options: Options| {
        read_bytes(&DocumentName::new("a.md"), bytes.clone(), &options).unwrap().document.metadata.language
    };
    assert_eq!(language(Options::default()), Some(Language::ENGLISH));
    assert_eq!(language(Options { language: Some(Language::RUSSIAN) }), Some(Language::RUSSIAN));
}
