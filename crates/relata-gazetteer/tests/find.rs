//! What is found in a text, and what is not: one case a line.

mod common;

use common::{find, gazetteer, name};
use relata_model::{Language, MadeBy, Mention, Span};

// Longest, leftmost, whole words.
case!(one_name, ["Paris"], "dans Paris.", [(0, 5, 10)]);
case!(longest_wins, ["Paris", "Paris Match"], "dans Paris Match.", [(1, 5, 16)]);
case!(shorter_stands_alone, ["Paris", "Paris Match"], "dans Paris et Match.", [(0, 5, 10)]);
case!(longer_unfinished_gives_way, ["Asie", "Asie du Sud-Est"], "Asie du Sud", [(0, 0, 4)]);
case!(longer_rejected_gives_way, ["Paris", name("Paris Match").exact()], "Paris match", [(0, 0, 5)]);
case!(leftmost_wins, ["Banque de Paris", "Paris Match"], "Banque de Paris Match", [(0, 0, 15)]);
case!(names_follow_each_other, ["Paris", "Match"], "Paris Match", [(0, 0, 5), (1, 6, 11)]);
case!(homographs_come_together, ["Orange", name("Orange").place()], "chez Orange", [(0, 5, 11), (1, 5, 11)]);
case!(not_inside_a_word, ["Iran"], "Iranien Téhéiran Xiran", []);
case!(not_before_a_digit, ["Mir"], "Mir2 et Mir", [(0, 8, 11)]);
case!(not_before_a_mark, ["Mer"], "Me\u{301}r Mer\u{301}", []);
case!(empty_text, ["Paris"], "", []);
case!(no_names, [], "Paris", []);

// Signs between the words of a name.
case!(hyphen_for_space, ["Hong Kong"], "Hong-Kong", [(0, 0, 9)]);
case!(space_for_hyphen, ["États-Unis"], "États Unis", [(0, 0, 10)]);
case!(no_break_space, ["Viêt Nam"], "Viêt\u{a0}Nam, Viêt\u{202f}Nam", [(0, 0, 8), (0, 10, 18)]);
case!(no_break_hyphen, ["Moyen-Orient"], "Moyen\u{2011}Orient", [(0, 0, 12)]);
case!(line_end, ["Xi Jinping"], "Xi\nJinping, Xi\r\n  Jinping", [(0, 0, 10), (0, 12, 25)]);
case!(paragraph_end, ["Xi Jinping"], "Xi\n\nJinping", []);
case!(comma_parts, ["Xi Jinping"], "Xi, Jinping", []);
case!(sentence_end_parts, ["New England"], "new. England, New. England", []);
case!(spaced_dash_parts, ["Paris Match"], "Paris – Match", []);
case!(apostrophes_are_alike, ["Côte d'Ivoire"], "Côte d’Ivoire, Côte d'Ivoire", [(0, 0, 13), (0, 15, 28)]);
case!(ampersand, ["AT&T"], "AT&T, AT & T, AT T", [(0, 0, 4), (0, 6, 12)]);
case!(plus_sign, ["BRICS", "BRICS+"], "BRICS+ et BRICS", [(1, 0, 6), (0, 10, 15)]);
case!(without_plus_sign, ["BRICS"], "les BRICS+", [(0, 4, 9)]);
case!(decimal, ["GPT-4", "GPT-4.1"], "GPT-4.1, GPT-4. GPT-4.5 GPT 4", [(1, 0, 7), (0, 9, 14), (0, 24, 29)]);
case!(number_in_front, ["5 Sheng"], "2,5 Sheng", []);
case!(dotted_acronym, ["U.S."], "the U.S. army, U.S.-China", [(0, 4, 8), (0, 15, 19)]);
case!(quotes_inside, ["Club « Valdaï »"], "Club «Valdaï», Club Valdaï", [(0, 0, 13), (0, 15, 26)]);
case!(slash_is_kept, ["РИА/Новости"], "РИА/Новости, РИА Новости", [(0, 0, 11)]);
case!(
    initial_with_dot,
    ["V. Poutine"],
    "V. Poutine, V.Poutine, V.\u{a0}Poutine, V Poutine",
    [(0, 0, 10), (0, 12, 21), (0, 23, 33)]
);

// Elision and possessive.
case!(elided_article, [name("Arménie").place()], "l'Arménie L’Arménie", [(0, 2, 9), (0, 12, 19)]);
case!(elided_preposition, ["OpenAI"], "d’OpenAI, qu'OpenAI", [(0, 2, 8), (0, 13, 19)]);
case!(verb_elision_is_no_article, ["AI"], "J'AI VU L'AI", [(0, 10, 12)]);
case!(possessive, "en", [name("Russia").en().place()], "Russia's and Russia’s", [(0, 0, 6), (0, 13, 19)]);

// Hyphens beside a name.
case!(compound_first, ["IA"], "une start-up IA-native", [(0, 13, 15)]);
case!(compound_last, [name("russe").demonym()], "anti-russe", [(0, 5, 10)]);

// Case.
case!(acronym_only_in_capitals, ["IA"], "IA ia Ia", [(0, 0, 2)]);
case!(acronym_with_digit, ["3M", "H20"], "3M et H20, 3m et h20", [(0, 0, 2), (1, 6, 9)]);
case!(longer_capitals_are_a_name, ["NVIDIA"], "NVIDIA Nvidia nvidia", [(0, 0, 6), (0, 7, 13)]);
case!(capital_needed, ["Orange"], "une orange Orange ORANGE", [(0, 11, 17), (0, 18, 24)]);
case!(inner_capitals_may_fall, ["GigaChat"], "Gigachat GIGACHAT gigachat", [(0, 0, 8), (0, 9, 17)]);
case!(small_first_letter, ["iPhone"], "iPhone IPhone IPHONE iphone", [(0, 0, 6), (0, 7, 13), (0, 14, 20)]);
case!(common_noun_in_any_case, [name("puce").concept()], "puce Puce PUCE", [(0, 0, 4), (0, 5, 9), (0, 10, 14)]);
case!(exact, [name("Visa").exact()], "Visa visa VISA", [(0, 0, 4), (0, 10, 14)]);
case!(exact_small, [name("visa").exact()], "Visa visa", [(0, 5, 9)]);
case!(folded_policy, [name("Visa").fold()], "visa VISA", [(0, 0, 4), (0, 5, 9)]);
case!(article_needs_more, [name("Le Monde").company()], "Le monde Le Monde LE MONDE", [(0, 9, 17), (0, 18, 26)]);
case!(company_needs_all, [name("First Solar").company()], "First solar First Solar", [(0, 12, 23)]);
case!(person_needs_all, [name("Marine Le Pen").person()], "marine Le Pen Marine Le Pen", [(0, 14, 27)]);
case!(noun_may_be_small, ["Club Valdaï"], "club Valdai, club valdai", [(0, 0, 11)]);
case!(inner_name_keeps_capital, ["guerre en Ukraine"], "Guerre en Ukraine, guerre en ukraine", [(0, 0, 17)]);
case!(body_in_any_case, [name("ministère des Finances").body()], "ministère des finances", [(0, 0, 22)]);
case!(long_place_in_small_letters, [name("Novorossia").place()], "la novorossia", [(0, 3, 13)]);
case!(short_place_needs_capital, [name("Jersey").place(), name("Équateur").place()], "un jersey, l’équateur", []);
case!(demonym_before_small_place, [name("Argentine").place(), name("argentin").demonym()], "argentine", [(1, 0, 9)]);
case!(roman_number, [name("Xi").person()], "Louis XI, XIII–XI, Xi, XI JINPING", [(0, 19, 21), (0, 23, 25)]);

// Accents.
case!(capitals_without_accents, [name("Azerbaïdjan").place()], "AZERBAIDJAN AZERBAÏDJAN", [(0, 0, 11), (0, 12, 23)]);
case!(accents_may_lack, ["États-Unis", "Tokaïev"], "Etats-Unis Tokaiev", [(0, 0, 10), (1, 11, 18)]);
case!(accents_may_not_be_added, ["Meta"], "Méta méta Meta", [(0, 10, 14)]);
case!(accents_of_long_names, [name("Erdogan").person()], "Erdoğan", [(0, 0, 7)]);
case!(decomposed_text, [name("Pékin").place()], "a\u{300} Pe\u{301}kin", [(0, 3, 9)]);
case!(ligature, ["Cœur"], "Coeur CŒUR COEUR", [(0, 0, 5), (0, 6, 10), (0, 11, 16)]);
case!(yo_is_ye, "ru", [name("Киселёв").ru()], "Киселев КИСЕЛЁВ", [(0, 0, 7), (0, 8, 15)]);
case!(short_i_is_not_i, "ru", [name("Край").ru()], "Краи Край Краи\u{306}", [(0, 5, 9), (0, 10, 15)]);

// Languages.
case!(foreign_proper_name, [name("Deutschland").place()], "Deutschland", [(0, 0, 11)]);
case!(foreign_common_noun, "fr", [name("chip").en().concept()], "un chip Chip", []);
case!(foreign_demonym, "en", [name("russe").demonym()], "russe", []);
case!(foreign_term_as_name, [name("large language model").en().concept()], "LLM (Large Language Models)", [(0, 5, 26)]);
case!(no_language_any_noun, "?", [name("chip").en().concept()], "un chip", [(0, 3, 7)]);

// Forms.
case!(french_demonyms, [name("chinois").demonym()], "chinoise Chinoises chinoisement", [(0, 0, 8), (0, 9, 18)]);
case!(french_plural, [name("processeur graphique").concept()], "Processeurs graphiques", [(0, 0, 22)]);
case!(english_demonym_capital, "en", [name("Russian").en().demonym()], "Russians russian", [(0, 0, 8)]);
case!(acronym_plural, "en", [name("GPU").en().concept()], "GPUs gpus", [(0, 0, 4)]);
case!(initials, [name("John Alderdice").person()], "J. Alderdice", [(0, 0, 12)]);
case!(patronymic, [name("Vladimir Vladimirovitch Poutine").person()], "Vladimir Vladimirovitch", [(0, 0, 23)]);
case!(russian_cases, "ru", [name("Газпром").ru().company()], "Газпрома, Газпромом, газпрома", [(0, 0, 8), (0, 10, 19)]);
case!(russian_place, "ru", [name("Казахстан").ru().place()], "в Казахстане", [(0, 2, 12)]);
case!(
    russian_person,
    "ru",
    [name("Владимир Путин").ru().person()],
    "Владимиру Путину, В. Путина",
    [(0, 0, 16), (0, 18, 27)]
);
case!(
    russian_demonym,
    "ru",
    [name("российский").ru().demonym()],
    "российско-китайского российскими",
    [(0, 0, 9), (0, 21, 32)]
);
case!(russian_acronym, "ru", [name("МИД").ru().body()], "в МИДе", [(0, 2, 6)]);

// Odd texts.
case!(emoji_beside, ["IA"], "🤖IA🤖 👩\u{200D}🚀IA", [(0, 1, 3), (0, 8, 10)]);
case!(soft_hyphen, ["Russie"], "Rus\u{AD}sie", [(0, 0, 7)]);
case!(note_mark, ["Russie"], "Russie² Russie¹", [(0, 0, 6), (0, 8, 14)]);
case!(chinese_runs, [name("中国")], "中国 中国人", [(0, 0, 2)]);
case!(greek, ["Ελλάδα"], "ΕΛΛΑΔΑ", [(0, 0, 6)]);
case!(full_width, ["IBM"], "ＩＢＭ", [(0, 0, 3)]);
case!(markdown, ["Russie"], "**Russie** _Russie_ [Russie](x)", [(0, 2, 8), (0, 12, 18), (0, 21, 27)]);

#[test]
fn names_do_not_reach_over_spans() {
    let gazetteer = gazetteer(&[name("New England"), name("England")]);
    let text = "It is new England";
    let spans = [Span::new(0, 9), Span::new(10, 17)];
    assert_eq!(find(&gazetteer, text, &spans, Some(Language::ENGLISH)), [(1, 10, 17)]);
    let capitals = "New England";
    assert_eq!(find(&gazetteer, capitals, &[Span::new(0, 3), Span::new(4, 11)], None), [(1, 4, 11)]);
}

#[test]
fn a_word_of_a_hundred_kilobytes_does_no_harm() {
    let gazetteer = gazetteer(&[name("Russie")]);
    for letter in ["a", "é", "ж", "中"] {
        let text = format!("Russie {} Russie", letter.repeat(100_000 / letter.len()));
        let found = gazetteer.find(&text, [Span::new(0, text.len())], None);
        assert_eq!(found.len(), 2, "{letter}");
    }
}

#[test]
fn every_offset_is_on_a_character_border() {
    let gazetteer = gazetteer(&[name("Pékin").place(), name("IA"), name("Москва").ru().place()]);
    let text = "«Pe\u{301}kin»🤖IA… Москву, l’IA\u{301} ПЕКИН";
    for start in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
        for end in (start..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            for mention in gazetteer.find(text, [Span::new(start, end)], None) {
                assert!(text.is_char_boundary(mention.span.start()) && text.is_char_boundary(mention.span.end()));
                assert!(Span::new(start, end).contains(mention.span));
            }
        }
    }
}

#[test]
fn candidates_are_ordered_and_each_kind_comes_once() {
    let lines = [
        r#"{"id": "b", "type": "Place", "labels": {"fr": "Moscou", "en": "Moscou"}, "aliases": {"fr": [{"name": "MOSCOU", "needs_context": true}]}}"#,
        r#"{"id": "a", "type": "Place", "labels": {"fr": "Russie"}, "metonyms": {"fr": ["Moscou"]}}"#,
    ];
    let source = relata_gazetteer::Source::of_text("a.jsonl", &lines.join("\n"));
    let loaded = relata_gazetteer::load(&[source], &common::schema()).unwrap();
    let gazetteer = relata_gazetteer::Gazetteer::new(loaded.entities, &common::schema());
    let found = gazetteer.find("MOSCOU", [Span::new(0, 6)], None);
    let candidates: Vec<_> =
        found[0].candidates.iter().map(|one| format!("{} {:?} {}", one.entity, one.kind, one.needs_context)).collect();
    assert_eq!(candidates, ["a Metonym false", "b Label false", "b Alias true"]);
    let looked_up: Vec<_> = gazetteer.lookup("moscou").iter().map(|one| one.entity.to_string()).collect();
    assert_eq!(looked_up, ["a", "b", "b"], "looking up ignores case");
    assert_eq!(gazetteer.counts().listed, 5);
}

/// The words in which a slip was found, and nothing else.
fn slips(names: &[common::Listed], text: &str, language: Language) -> Vec<String> {
    let gazetteer = gazetteer(names);
    let whole = [Span::new(0, text.len())];
    let found = gazetteer.find(text, whole, Some(language));
    let slips = gazetteer.find_slips(text, whole, Some(language), &found);
    assert!(slips.iter().flat_map(|slip| &slip.candidates).all(|one| one.made_by == Some(MadeBy::OneEdit)));
    slips.iter().map(|slip| slip.span.of(text).to_owned()).collect()
}

#[test]
fn one_letter_of_a_long_name_may_be_wrong() {
    let names = [
        name("Azerbaïdjan").place(),
        name("Vladimir Poutine").person(),
        name("Газпром нефть").ru(),
        name("Iran").place(),
    ];
    let french =
        "L'Azerbaidjian, l'AZEBRAÏDJAN, Vladimir Poutinne et Vladmir Poutine ; l'Azerbaïdjan, Irann, Azerbaïdjana.";
    assert_eq!(
        slips(&names, french, Language::FRENCH),
        ["Azerbaidjian", "AZEBRAÏDJAN", "Vladimir Poutinne", "Vladmir Poutine"]
    );
    assert_eq!(
        slips(&names, "С «Газпрмом нефть» и Газпромм нефть", Language::RUSSIAN),
        ["Газпрмом нефть", "Газпромм нефть"]
    );
}

#[test]
fn a_slip_that_two_names_could_be_is_left() {
    let names = [name("Bernardin Martel").person(), name("Bernardon Martel").person()];
    assert_eq!(slips(&names, "Bernarden Martel", Language::FRENCH), Vec::<String>::new());
    assert_eq!(slips(&names[..1], "Bernarden Martel", Language::FRENCH), ["Bernarden Martel"]);
}

#[test]
fn accents_may_be_asked_for_exactly_or_not_at_all() {
    let lines = [
        r#"{"id": "a", "type": "Person", "labels": {"fr": {"name": "Pâris", "accents": "exact"}}}"#,
        r#"{"id": "b", "type": "Place", "labels": {"fr": {"name": "Gex", "accents": "fold"}}}"#,
        r#"{"id": "c", "type": "Place", "labels": {"fr": "Nix"}}"#,
    ];
    let source = relata_gazetteer::Source::of_text("a.jsonl", &lines.join("\n"));
    let loaded = relata_gazetteer::load(&[source], &common::schema()).unwrap();
    let gazetteer = relata_gazetteer::Gazetteer::new(loaded.entities, &common::schema());
    let text = "Pâris, Paris, PARIS, PÂRIS, Pârîs, Gex, Gêx, Nix, Nïx";
    let found = gazetteer.find(text, [Span::new(0, text.len())], Some(Language::FRENCH));
    let found: Vec<&str> = found.iter().map(|mention| mention.span.of(text)).collect();
    assert_eq!(found, ["Pâris", "PARIS", "PÂRIS", "Gex", "Gêx", "Nix"]);
}

#[test]
fn acronyms_of_any_length_keep_their_capitals_and_descriptions_need_none() {
    let lines = [
        r#"{"id": "a", "type": "Company", "labels": {"fr": "Novalis"}, "acronyms": {"fr": ["NOVALIX"], "ru": ["МИДАР"]}}"#,
        r#"{"id": "b", "type": "Person", "labels": {"fr": "Ana Roy"}, "role_names": {"fr": ["Dame de Fer"], "ru": ["глава Орбиты"]}}"#,
    ];
    let source = relata_gazetteer::Source::of_text("a.jsonl", &lines.join("\n"));
    let loaded = relata_gazetteer::load(&[source], &common::schema()).unwrap();
    let gazetteer = relata_gazetteer::Gazetteer::new(loaded.entities, &common::schema());
    let find = |text: &str, language| {
        let found = gazetteer.find(text, [Span::new(0, text.len())], Some(language));
        let kind = |mention: &Mention| format!("{} {:?}", mention.span.of(text), mention.candidates[0].kind);
        found.iter().map(kind).collect::<Vec<_>>()
    };
    assert_eq!(find("NOVALIX, Novalix, la dame de fer", Language::FRENCH), ["NOVALIX Acronym", "dame de fer Role"]);
    assert_eq!(find("С главой Орбиты в МИДАРе и Мидаре", Language::RUSSIAN), ["главой Орбиты Role", "МИДАРе Acronym"]);
}
