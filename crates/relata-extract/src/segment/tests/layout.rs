use relata_model::SentenceKind::{Heading, Item, Prose};
use relata_model::{Document, Language, Span};

use super::{case, kinds, rules};
use crate::segment::segment;

const LANGUAGE: Language = Language::FRENCH;

case!(blank_line_ends, "Un titre\n\nLe texte suit.", ["Un titre", "Le texte suit."]);
case!(blank_line_ends_without_stop, "il parle et\n\nelle part", ["il parle et", "elle part"]);
case!(blank_line_with_spaces, "Un titre\n \u{A0}\t\nLe texte.", ["Un titre", "Le texte."]);
case!(windows_line_ends, "Un titre\r\n\r\nLe texte\r\nva bien.", ["Un titre", "Le texte\r\nva bien."]);
case!(old_line_ends, "Un titre\r\rLe texte.", ["Un titre", "Le texte."]);
case!(
    wrapped_lower_case,
    "La Russie doit rattraper les leaders mondiaux et\nfixer ses propres standards.",
    ["La Russie doit rattraper les leaders mondiaux et\nfixer ses propres standards."]
);
case!(
    wrapped_before_a_name,
    "La réunion s'est tenue en présence du président russe\nVladimir Poutine et de ses ministres, qui ont tous pris\nla parole.",
    [
        "La réunion s'est tenue en présence du président russe\nVladimir Poutine et de ses ministres, qui ont tous pris\nla parole."
    ]
);
case!(wrapped_title, "Il a vu M.\nPoutine hier.", ["Il a vu M.\nPoutine hier."]);
case!(
    heading_above_a_long_line,
    "Poutine appelle la Russie à dominer l'intelligence artificielle\nLe président russe Vladimir Poutine a ordonné à son gouvernement et à la Sberbank, la plus grande banque du pays, de collaborer étroitement avec la Chine dans le domaine de l’intelligence artificielle, et ce sans tarder davantage.",
    [
        "Poutine appelle la Russie à dominer l'intelligence artificielle",
        "Le président russe Vladimir Poutine a ordonné à son gouvernement et à la Sberbank, la plus grande banque du pays, de collaborer étroitement avec la Chine dans le domaine de l’intelligence artificielle, et ce sans tarder davantage."
    ]
);
case!(short_lines, "High tech\nPékin avance.", ["High tech", "Pékin avance."]);
case!(published_line, "Publié le\nLE PRESIDENT CHINOIS\nHigh tech", ["Publié le", "LE PRESIDENT CHINOIS", "High tech"]);
case!(capitals_line, "L'IA EST LANCEE\nle pays avance.", ["L'IA EST LANCEE", "le pays avance."]);
case!(
    bullets,
    "Il veut :\n\n  • des serveurs nationaux,\n  • des clouds souverains.\n\nFin.",
    ["Il veut :", "des serveurs nationaux,", "des clouds souverains.", "Fin."]
);
case!(dashes, "- Sber avance\n- Yandex suit\n– VK aussi", ["Sber avance", "Yandex suit", "VK aussi"]);
case!(stars, "* Sber avance\n* Yandex suit", ["Sber avance", "Yandex suit"]);
case!(numbers, "1. Sber avance\n2) Yandex suit\na) VK aussi", ["Sber avance", "Yandex suit", "VK aussi"]);
case!(item_of_two_sentences, "• Sber avance. Yandex suit.", ["Sber avance.", "Yandex suit."]);
case!(item_goes_on, "- Sber avance dans tout le\n  pays.\n- Fin", ["Sber avance dans tout le\n  pays.", "Fin"]);
case!(
    picture_in_front,
    "Le message clé du discours :\n👉 la Russie doit avancer.",
    ["Le message clé du discours :", "la Russie doit avancer."]
);
case!(picture_heading, "🏃 AI for Sport\n\nUne plateforme.", ["AI for Sport", "Une plateforme."]);
case!(speaker_above, "V. Poutine :\n Exactement. Nous parlons.", ["V. Poutine :\n Exactement.", "Nous parlons."]);
case!(speaker_in_front, "D. Kisseliov : Nous parlons donc ?", ["D. Kisseliov : Nous parlons donc ?"]);
case!(
    announcement_is_no_speaker,
    "Il a demandé une intégration entre :\nSber et VK.",
    ["Il a demandé une intégration entre :", "Sber et VK."]
);
case!(dialogue, "— Où va-t-il ?\n— À Moscou.", ["Où va-t-il ?", "À Moscou."]);
case!(markdown_heading, "## Contexte ##\nLe texte.", ["Contexte", "Le texte."]);
case!(markdown_hash_without_space, "#Poutine avance.", ["#Poutine avance."]);
case!(markdown_quote, "> Le texte est là.\n> Il suit.", ["Le texte est là.", "Il suit."]);
case!(markdown_rule, "Avant.\n\n---\n\nAprès.", ["Avant.", "Après."]);
case!(markdown_underline, "Titre\n=====\nLe texte.", ["Titre", "Le texte."]);
case!(markdown_table, "| Nom | Poste |\n|---|---|\n| Gref | PDG |", ["Nom | Poste", "Gref | PDG"]);
case!(markdown_emphasis, "**Gref** parle. *Il part.*\n\n__Fin__", ["Gref** parle.", "Il part.", "Fin"]);
case!(
    markdown_picture,
    "![Huang à Pékin](https://x.ru/a.jpg)\n*Par Ana Roy*\n\n[source](x.ru/a)",
    ["Huang à Pékin", "Par Ana Roy", "source"]
);
case!(markdown_reference, "Le texte.\n\n[1]: https://x.ru/a\n[2] Une note.", ["Le texte.", "[2] Une note."]);
case!(nothing_to_read, "…\n\n***\n\n— —\n\n!", []);
case!(only_white_space, " \n\t\u{A0}\u{202F}\n", []);

#[test]
fn kinds_of_lines() {
    let text = "1. L’IA comme priorité\n\nPoutine a parlé.\n\n  • des serveurs,\n\n## Contexte\n\n1. Sber\n2. VK\n\nIllustrations ?\n\n— Oui.";
    assert_eq!(kinds(LANGUAGE, text), [Heading, Prose, Item, Heading, Item, Heading, Prose, Prose]);
}

#[test]
fn a_sentence_stays_inside_one_span_of_prose() {
    let text = "title: \"La Russie avance\"\nslug: x\n---\nLe texte";
    let mut document = Document::from_text("a.md", text, LANGUAGE);
    let body = text.find("Le texte").unwrap();
    document.prose = vec![Span::new(8, 24), Span::new(body, text.len())];
    let found: Vec<&str> =
        segment(&document, &rules(LANGUAGE)).into_iter().map(|sentence| sentence.span.of(text)).collect();
    assert_eq!(found, ["La Russie avance", "Le texte"]);
}

#[test]
fn stops_inside_addresses_end_nothing_and_an_address_alone_is_not_read() {
    let text = "Voir https://x.ru/?Query.Le Ici. Fin.\n\nhttps://x.ru/Abc.Def";
    let mut document = Document::from_text("a.md", text, LANGUAGE);
    let last = text.rfind("https").unwrap();
    document.opaque = vec![Span::new(5, 27), Span::new(last, text.len())];
    let found: Vec<&str> =
        segment(&document, &rules(LANGUAGE)).into_iter().map(|sentence| sentence.span.of(text)).collect();
    assert_eq!(found, ["Voir https://x.ru/?Query.Le Ici.", "Fin."]);
}

#[test]
fn a_slug_before_a_caption_is_not_read() {
    let text =
        "Publié le\nautosuffisance-en-intelligence-voici LE PRESIDENT XI JINPING (PH:DR)\nHigh tech\n\nLe texte.";
    let mut document = Document::from_text("a.txt", text, LANGUAGE);
    let start = text.find("auto").unwrap();
    document.opaque = vec![Span::new(start, text.find(" LE PRES").unwrap())];
    let found: Vec<&str> =
        segment(&document, &rules(LANGUAGE)).into_iter().map(|sentence| sentence.span.of(text)).collect();
    assert_eq!(found, ["Publié le", "LE PRESIDENT XI JINPING (PH:DR)", "High tech", "Le texte."]);
}
