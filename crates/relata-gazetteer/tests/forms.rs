//! Forms that code makes of names: one paradigm a line. What is listed must be among the forms; `forms!` with `only` lists
//! them all.

use relata_gazetteer::forms::{Named, Transliterations, forms};
use relata_model::{Language, Name, NameKind};

fn made(text: &str, language: Language, kind: NameKind, named: Named) -> Vec<String> {
    let name = Name::new(text, language, kind);
    forms(&name, named, Transliterations::None).into_iter().map(|form| form.text).collect()
}

macro_rules! only {
    ($test:ident, $language:ident, $kind:ident, $named:ident, $text:literal, $expected:literal) => {
        #[test]
        fn $test() {
            let found = made($text, Language::$language, NameKind::$kind, Named::$named);
            let mut expected: Vec<&str> = $expected.split(", ").filter(|form| !form.is_empty()).collect();
            expected.sort_unstable();
            assert_eq!(found, expected);
        }
    };
}

macro_rules! among {
    ($test:ident, $language:ident, $kind:ident, $named:ident, $text:literal, $expected:literal) => {
        #[test]
        fn $test() {
            let found = made($text, Language::$language, NameKind::$kind, Named::$named);
            for form in $expected.split(", ") {
                assert!(found.iter().any(|other| other == form), "{form} is not among {found:?}");
            }
        }
    };
}

// French demonyms.
only!(fr_ais, FRENCH, Demonym, Unique, "français", "française, françaises");
only!(fr_ois, FRENCH, Demonym, Unique, "chinois", "chinoise, chinoises");
only!(fr_ain, FRENCH, Demonym, Unique, "américain", "américaine, américains, américaines");
only!(fr_ien, FRENCH, Demonym, Unique, "canadien", "canadienne, canadiens, canadiennes");
only!(fr_een, FRENCH, Demonym, Unique, "européen", "européenne, européens, européennes");
only!(fr_and, FRENCH, Demonym, Unique, "allemand", "allemande, allemands, allemandes");
only!(fr_ol, FRENCH, Demonym, Unique, "espagnol", "espagnole, espagnols, espagnoles");
only!(fr_al, FRENCH, Demonym, Unique, "occidental", "occidentale, occidentaux, occidentales");
only!(fr_e, FRENCH, Demonym, Unique, "russe", "russes");
only!(fr_in, FRENCH, Demonym, Unique, "argentin", "argentine, argentins, argentines");
only!(fr_an, FRENCH, Demonym, Unique, "afghan", "afghane, afghans, afghanes");
only!(fr_i, FRENCH, Demonym, Unique, "azéri", "azérie, azéris, azéries");
only!(fr_f, FRENCH, Demonym, Unique, "juif", "juive, juifs, juives");
only!(fr_ec, FRENCH, Demonym, Unique, "turc", "turque, turcs, turques");
only!(fr_compound, FRENCH, Demonym, Unique, "sud-coréen", "sud-coréenne, sud-coréens, sud-coréennes");
only!(fr_feminine_given, FRENCH, Demonym, Unique, "chinoise", "chinoises");
only!(fr_plural_given, FRENCH, Demonym, Unique, "occidentaux", "");

// French common nouns.
only!(fr_noun_adjective, FRENCH, Label, Thing, "processeur graphique", "processeurs graphiques");
only!(fr_noun_complement, FRENCH, Label, Thing, "modèle de langage", "modèles de langage");
only!(fr_adjective_noun, FRENCH, Label, Thing, "grand modèle de langage", "grands modèles de langage");
only!(fr_noun_eau, FRENCH, Label, Thing, "réseau neuronal", "réseaux neuronaux");
only!(fr_noun_elided, FRENCH, Label, Thing, "agent d’IA", "");
only!(fr_noun_elided_lower, FRENCH, Label, Thing, "centre d'essai", "centres d'essai");
only!(fr_no_plural_of_bodies, FRENCH, Label, Unique, "gouvernement russe", "");
only!(fr_no_plural_of_names, FRENCH, Label, Thing, "Internet", "");

// English.
only!(en_demonym, ENGLISH, Demonym, Unique, "Russian", "Russians");
only!(en_demonym_ese, ENGLISH, Demonym, Unique, "Chinese", "");
only!(en_demonym_ish, ENGLISH, Demonym, Unique, "British", "");
only!(en_demonym_man, ENGLISH, Demonym, Unique, "Frenchman", "Frenchmen");
only!(en_german, ENGLISH, Demonym, Unique, "German", "Germans");
only!(en_noun, ENGLISH, Label, Thing, "large language model", "large language models");
only!(en_noun_y, ENGLISH, Label, Thing, "data factory", "data factories");
only!(en_noun_s, ENGLISH, Label, Thing, "neural mesh", "neural meshes");
only!(en_noun_of, ENGLISH, Label, Thing, "system of systems", "systems of systems");
only!(acronym, ENGLISH, Alias, Thing, "GPU", "GPUs");
only!(no_acronym_plural_of_places, ENGLISH, Alias, Unique, "UK", "");

// People in Latin letters.
only!(initial, FRENCH, Label, Person, "Vladimir Poutine", "V. Poutine");
only!(initial_double, FRENCH, Label, Person, "Kassym-Jomart Tokaïev", "K.-J. Tokaïev, K. Tokaïev");
only!(initial_particle, FRENCH, Label, Person, "Ursula von der Leyen", "U. von der Leyen");
only!(
    initial_patronymic,
    FRENCH,
    Label,
    Person,
    "Vladimir Vladimirovitch Poutine",
    "V. Vladimirovitch Poutine, V. V. Poutine, Vladimir V. Poutine, V. Poutine, Vladimir Vladimirovitch, Vladimir Poutine"
);
only!(no_initial_of_one_word, FRENCH, Alias, Person, "Poutine", "");
only!(no_initial_of_an_initial, FRENCH, Alias, Person, "V. Poutine", "");

// Russian nouns.
among!(ru_consonant, RUSSIAN, Label, Unique, "Казахстан", "Казахстана, Казахстану, Казахстаном, Казахстане");
among!(ru_iya, RUSSIAN, Label, Unique, "Россия", "России, Россию, Россией");
among!(ru_a, RUSSIAN, Label, Unique, "Москва", "Москвы, Москве, Москву, Москвой");
among!(ru_a_velar, RUSSIAN, Label, Unique, "Америка", "Америки, Америке, Америку, Америкой");
among!(ru_ya, RUSSIAN, Label, Unique, "Корея", "Кореи, Корее, Корею, Кореей");
among!(ru_soft_feminine, RUSSIAN, Label, Brand, "Роснефть", "Роснефти, Роснефтью");
among!(ru_soft_masculine, RUSSIAN, Label, Unique, "Кремль", "Кремля, Кремлю, Кремлем, Кремле");
among!(ru_y, RUSSIAN, Label, Unique, "Китай", "Китая, Китаю, Китаем, Китае");
among!(ru_ovo, RUSSIAN, Label, Unique, "Сколково", "Сколкова, Сколкову, Сколковом, Сколкове");
among!(ru_ie, RUSSIAN, Label, Unique, "Федеральное собрание", "Федерального собрания, Федеральном собрании");
among!(ru_plural, RUSSIAN, Label, Unique, "Нидерланды", "Нидерландов, Нидерландам, Нидерландами, Нидерландах");
among!(ru_double, RUSSIAN, Label, Unique, "Санкт-Петербург", "Санкт-Петербурга, Санкт-Петербургом");
among!(ru_na, RUSSIAN, Label, Unique, "Ростов-на-Дону", "Ростова-на-Дону, Ростове-на-Дону");
among!(ru_acronym, RUSSIAN, Label, Unique, "МИД", "МИДа, МИДом, МИДе");
only!(ru_foreign_o, RUSSIAN, Label, Unique, "Марокко", "");
only!(ru_foreign_u, RUSSIAN, Label, Unique, "Баку", "");
only!(ru_foreign_i, RUSSIAN, Label, Unique, "Сочи", "");
only!(ru_latin, RUSSIAN, Label, Brand, "Nvidia", "");
only!(ru_letters, RUSSIAN, Label, Unique, "США", "");

// Russian names of several words.
among!(
    ru_adjective_noun,
    RUSSIAN,
    Label,
    Unique,
    "Российская Федерация",
    "Российской Федерации, Российскую Федерацию, Российской Федерацией"
);
among!(ru_soft_adjective, RUSSIAN, Label, Unique, "Ближний Восток", "Ближнего Востока, Ближнем Востоке");
among!(ru_two_adjectives, RUSSIAN, Label, Unique, "Центральная и Восточная Европа", "Центральной и Восточной Европы");
among!(ru_compound_adjective, RUSSIAN, Label, Unique, "Юго-Восточная Азия", "Юго-Восточной Азии, Юго-Восточную Азию");
among!(
    ru_genitive_tail,
    RUSSIAN,
    Label,
    Unique,
    "Министерство финансов России",
    "Министерства финансов России, Министерством финансов России"
);
among!(
    ru_plural_adjectives,
    RUSSIAN,
    Label,
    Unique,
    "Объединённые Арабские Эмираты",
    "Объединённых Арабских Эмиратов, Объединёнными Арабскими Эмиратами"
);
among!(ru_plural_brand, RUSSIAN, Label, Brand, "Российские железные дороги", "Российских железных дорог");
among!(ru_brand, RUSSIAN, Label, Brand, "Газпром нефть", "Газпром нефти, Газпром нефтью, Газпромом нефтью");
among!(ru_tail_number, RUSSIAN, Label, Thing, "Северный поток — 2", "Северного потока — 2, Северным потоком — 2");
among!(
    ru_concept,
    RUSSIAN,
    Label,
    Thing,
    "искусственный интеллект",
    "искусственного интеллекта, искусственному интеллекту, искусственным интеллектом, искусственном интеллекте"
);
among!(
    ru_concept_plural,
    RUSSIAN,
    Label,
    Thing,
    "большая языковая модель",
    "большой языковой модели, большие языковые модели, больших языковых моделей, большими языковыми моделями"
);
among!(
    ru_concept_plural_given,
    RUSSIAN,
    Label,
    Thing,
    "облачные вычисления",
    "облачных вычислений, облачными вычислениями"
);

// Russian people.
among!(
    ru_ov,
    RUSSIAN,
    Label,
    Person,
    "Сергей Лавров",
    "Сергея Лаврова, Сергею Лаврову, Сергеем Лавровым, Сергее Лаврове, С. Лавров, С. Лавровым"
);
among!(ru_in, RUSSIAN, Alias, Person, "Путин", "Путина, Путину, Путиным, Путине");
among!(ru_woman, RUSSIAN, Label, Person, "Мария Захарова", "Марии Захаровой, Марию Захарову");
among!(ru_sky, RUSSIAN, Label, Person, "Владимир Высоцкий", "Владимира Высоцкого, Владимиром Высоцким");
among!(ru_skaya, RUSSIAN, Label, Person, "Ксения Юдаева", "Ксении Юдаевой");
among!(ru_foreign_man, RUSSIAN, Label, Person, "Дональд Трамп", "Дональда Трампа, Дональдом Трампом");
only!(
    ru_foreign_woman,
    RUSSIAN,
    Label,
    Person,
    "Ангела Меркель",
    "Ангелы Меркель, Ангеле Меркель, Ангелу Меркель, Ангелой Меркель, А. Меркель"
);
among!(ru_ko, RUSSIAN, Label, Person, "Александр Лукашенко", "Александра Лукашенко, Александром Лукашенко");
among!(ru_chinese, RUSSIAN, Label, Person, "Си Цзиньпин", "Си Цзиньпина, Си Цзиньпином");
among!(ru_iy, RUSSIAN, Label, Person, "Дмитрий Медведев", "Дмитрия Медведева, Дмитрии Медведеве");
among!(
    ru_three,
    RUSSIAN,
    Alias,
    Person,
    "Владимир Владимирович Путин",
    "Владимира Владимировича Путина, Владимир Владимирович, Владимиру Владимировичу, Владимир Путин, В. В. Путин, В. В. Путиным"
);
among!(ru_double_given, RUSSIAN, Label, Person, "Касым-Жомарт Токаев", "Касым-Жомарта Токаева, К.-Ж. Токаев");

// Russian demonyms.
among!(
    ru_sky_adjective,
    RUSSIAN,
    Demonym,
    Unique,
    "российский",
    "российская, российское, российские, российского, российской, российскую, российских, российским, российскими, российском, российско"
);
among!(ru_oy_adjective, RUSSIAN, Demonym, Unique, "донской", "донская, донского, донские, донскими");
among!(ru_anin, RUSSIAN, Demonym, Unique, "россиянин", "россиянина, россияне, россиян, россиянам");
among!(ru_yane, RUSSIAN, Demonym, Unique, "россияне", "россиян, россиянам, россиянами, россиянах");
among!(ru_aets, RUSSIAN, Demonym, Unique, "китаец", "китайца, китайцы, китайцев, китайцам");
among!(ru_nets, RUSSIAN, Demonym, Unique, "украинец", "украинца, украинцы, украинцев");
among!(ru_lets, RUSSIAN, Demonym, Unique, "португалец", "португальца, португальцы");
among!(ru_ka, RUSSIAN, Demonym, Unique, "россиянка", "россиянки, россиянку, россиянок");
among!(ru_plain, RUSSIAN, Demonym, Unique, "казах", "казаха, казахи, казахов, казахам");
among!(ru_plural_y, RUSSIAN, Demonym, Unique, "американцы", "американцев, американцам, американцами");
