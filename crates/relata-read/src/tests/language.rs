use super::read;

macro_rules! case {
    ($name:ident, $text:expr, $expected:expr) => {
        #[test]
        fn $name() {
            let found = read($text).document.metadata.language.map(|language| language.to_string());
            assert_eq!(found.as_deref(), $expected);
        }
    };
}

case!(
    french,
    "Le président russe Vladimir Poutine a ordonné à son gouvernement de collaborer avec la Chine.",
    Some("fr")
);
case!(french_headline, "Poutine mise sur la Chine face aux sanctions", Some("fr"));
case!(french_capitals, "LA COURSE AU NUMERIQUE ET A L'IA EST LANCEE", Some("fr"));
case!(
    english,
    "The Russian president has told the government to work with China on artificial intelligence.",
    Some("en")
);
case!(english_headline, "Putin visits China for talks on AI", Some("en"));
case!(russian, "Президент России Владимир Путин поручил правительству сотрудничать с Китаем.", Some("ru"));
case!(russian_headline, "Путин едет в Пекин", Some("ru"));
case!(
    russian_with_names,
    "Встреча Зеленського и Трампа прошла в Киеве. Эксперты считают, что переговоры были трудными, \
    но стороны сумели договориться о том, что следующие встречи пройдут в Женеве и в Стамбуле до конца этого года.",
    Some("ru")
);
case!(
    ukrainian,
    "Президент України Володимир Зеленський заявив, що переговори відбудуться наступного тижня в Києві.",
    Some("uk")
);
case!(
    belarusian,
    "Прэзідэнт Беларусі заявіў, што краіна будзе развіваць супрацоўніцтва з Кітаем ў галіне тэхналогій.",
    Some("be")
);
case!(
    bulgarian,
    "Президентът на България заяви, че страната ще продължи да развива сътрудничеството си с Китай и ще търси \
    нови възможности за българските компании в областта на изкуствения интелект.",
    Some("bg")
);
case!(german, "Der russische Präsident hat die Regierung angewiesen, mit China zusammenzuarbeiten.", Some("de"));
case!(
    spanish,
    "El presidente ruso ha ordenado al gobierno que trabaje con China en inteligencia artificial.",
    Some("es")
);
case!(numbers, "12 345 678 90 — 2025", None);
case!(
    addresses_do_not_count,
    "Президент в Пекине. https://www.example.com/the-president-of-the-country-is-in-the-city-of-peking-now",
    Some("ru")
);
