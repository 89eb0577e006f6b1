//! Russian names in French and English letters, and back.
//!
//! Newspapers follow habits, not a standard: "Chtchoukine", "Shchukin"; "Sergueï", "Sergei", "Sergey". So each letter may have
//! several spellings, and what was listed in one language is brought back to Russian letters first.

use relata_model::Language;

use super::Named;

/// At most so many spellings of one name: more would be found in no text.
const MOST: usize = 32;

/// The name in the other languages, each with the language whose forms it has.
pub(super) fn variants(name: &str, language: Language, named: Named) -> Vec<(Language, String)> {
    let cyrillic = |word: &str| word.chars().all(|c| ('\u{400}'..'\u{500}').contains(&c) || matches!(c, ' ' | '-'));
    let mut out = Vec::new();
    let mut add = |language: Language, texts: Vec<String>| {
        out.extend(texts.into_iter().map(|text| (language, text)));
    };
    if language == Language::RUSSIAN && cyrillic(name) {
        add(Language::FRENCH, phrase(name, |word| latin(word, FRENCH)));
        add(Language::ENGLISH, phrase(name, |word| latin(word, ENGLISH)));
    } else if named == Named::Person && [Language::FRENCH, Language::ENGLISH].contains(&language) && looks_russian(name)
    {
        let table = if language == Language::FRENCH { FROM_FRENCH } else { FROM_ENGLISH };
        let Some(russian) = to_russian(name, table) else { return out };
        let other =
            if language == Language::FRENCH { (Language::ENGLISH, ENGLISH) } else { (Language::FRENCH, FRENCH) };
        add(other.0, phrase(&russian, |word| latin(word, other.1)));
        add(Language::RUSSIAN, vec![russian]);
    }
    out
}

/// Every combination of the spellings of the words of a name.
fn phrase(name: &str, spell: impl Fn(&str) -> Vec<String>) -> Vec<String> {
    let mut partial = vec![String::new()];
    for (i, word) in name.split(' ').enumerate() {
        let separator = if i == 0 { "" } else { " " };
        let words: Vec<String> = spell(word);
        partial = partial
            .iter()
            .flat_map(|before| words.iter().map(move |word| format!("{before}{separator}{word}")))
            .take(MOST)
            .collect();
    }
    partial
}

/// How one language spells Russian letters, the longest runs first; `|` stands between ways, `^` at the head of what only
/// begins a word, `$` at the end of what only ends it.
type Table = [(&'static str, &'static str)];

const FRENCH: &Table = &[
    ("^александр$", "alexandre|aleksandr"),
    ("^алексей$", "alexeï|alexei|alekseï"),
    ("^дмитрий$", "dmitri"),
    ("^михаил$", "mikhaïl|mikhail"),
    ("^максим$", "maxime|maksim|maxim"),
    ("^филипп$", "philippe|filipp"),
    ("^пётр$", "piotr"),
    ("^петр$", "piotr"),
    ("^наталья$", "natalia"),
    ("^мария$", "maria"),
    ("^ксения$", "xenia|ksenia"),
    ("ский$", "ski|sky"),
    ("цкий$", "tski|tsky"),
    ("ий$", "i|y"),
    ("ый$", "y|yï"),
    ("ин$", "ine"),
    ("ын$", "yne"),
    ("айс$", "aïs|ais"),
    ("щ", "chtch"),
    ("сч", "stch"),
    ("кс", "ks|x"),
    ("ье", "ie"),
    ("ьё", "io"),
    ("ья", "ia"),
    ("ге", "gue"),
    ("ги", "gui"),
    ("ей", "eï|ei"),
    ("ай", "aï|ai"),
    ("^е", "e|ie"),
    ("а", "a"),
    ("б", "b"),
    ("в", "v"),
    ("г", "g"),
    ("д", "d"),
    ("ё", "io|e"),
    ("ж", "j"),
    ("з", "z"),
    ("й", "ï"),
    ("к", "k"),
    ("л", "l"),
    ("м", "m"),
    ("н", "n"),
    ("о", "o"),
    ("п", "p"),
    ("р", "r"),
    ("с", "s"),
    ("т", "t"),
    ("у", "ou"),
    ("ф", "f"),
    ("х", "kh"),
    ("ц", "ts"),
    ("ч", "tch"),
    ("ш", "ch"),
    ("э", "e"),
    ("я", "ia"),
];

const ENGLISH: &Table = &[
    ("^александр$", "alexander|aleksandr"),
    ("^алексей$", "alexei|alexey|aleksei"),
    ("^дмитрий$", "dmitry|dmitri|dmitriy"),
    ("^михаил$", "mikhail"),
    ("^максим$", "maxim|maksim"),
    ("^пётр$", "pyotr|petr"),
    ("^петр$", "pyotr|petr"),
    ("^юрий$", "yuri|yury|yuriy"),
    ("^наталья$", "natalia|natalya"),
    ("^мария$", "maria|mariya"),
    ("^ксения$", "ksenia|xenia"),
    ("ский$", "sky|skiy|ski"),
    ("цкий$", "tsky|tskiy"),
    ("ий$", "y|i|iy"),
    ("ый$", "y|yy"),
    ("щ", "shch"),
    ("кс", "ks|x"),
    ("ье", "ye|ie"),
    ("ьё", "yo|ye"),
    ("ья", "ya|ia"),
    ("ей$", "ei|ey"),
    ("ай$", "ai|ay"),
    ("^е", "e|ye"),
    ("а", "a"),
    ("б", "b"),
    ("в", "v"),
    ("г", "g"),
    ("д", "d"),
    ("ё", "e|yo"),
    ("ж", "zh"),
    ("з", "z"),
    ("й", "i|y"),
    ("к", "k"),
    ("л", "l"),
    ("м", "m"),
    ("н", "n"),
    ("о", "o"),
    ("п", "p"),
    ("р", "r"),
    ("с", "s"),
    ("т", "t"),
    ("у", "u"),
    ("ф", "f"),
    ("х", "kh"),
    ("ц", "ts"),
    ("ч", "ch"),
    ("ш", "sh"),
    ("э", "e"),
    ("я", "ya|ia"),
    ("ю", "yu"),
    ("ы", "y"),
    ("и", "i"),
    ("е", "e"),
    ("ь", ""),
    ("ъ", ""),
];

/// The letters that both languages spell alike, after all others.
const REST: &Table = &[("ю", "iou"), ("ы", "y"), ("и", "i"), ("е", "e"), ("ь", ""), ("ъ", "")];

fn latin(word: &str, table: &Table) -> Vec<String> {
    let mut partial = vec![String::new()];
    for (i, part) in word.split('-').enumerate() {
        let separator = if i == 0 { "" } else { "-" };
        let parts = latin_part(part, table);
        partial = partial
            .iter()
            .flat_map(|before| parts.iter().map(move |part| format!("{before}{separator}{part}")))
            .collect();
    }
    partial
}

fn latin_part(word: &str, table: &Table) -> Vec<String> {
    let lower = word.to_lowercase();
    let mut partial = vec![String::new()];
    let mut rest = lower.as_str();
    while let Some(first) = rest.chars().next() {
        let begins = rest.len() == lower.len();
        let fits = |(from, _): &&(&str, &str)| {
            let (from, head) = from.strip_prefix('^').map_or((*from, false), |from| (from, true));
            let (from, tail) = from.strip_suffix('$').map_or((from, false), |from| (from, true));
            (begins || !head) && rest.strip_prefix(from).is_some_and(|after| !tail || after.is_empty())
        };
        let (length, ways) = match table.iter().chain(REST).find(fits) {
            Some((from, ways)) => (from.trim_matches(['^', '$']).len(), *ways),
            None => return Vec::new(),
        };
        debug_assert!(length >= first.len_utf8());
        partial = partial
            .iter()
            .flat_map(|before| ways.split('|').map(move |way| format!("{before}{way}")))
            .take(MOST)
            .collect();
        rest = &rest[length..];
    }
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    partial.into_iter().map(|text| if capital { capitalised(&text) } else { text }).collect()
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Whether the last word ends as Russian surnames do in French or English letters.
fn looks_russian(name: &str) -> bool {
    const ENDINGS: [&str; 26] = [
        "ov", "ev", "ova", "eva", "ski", "sky", "skiy", "skaïa", "skaya", "enko", "tchenko", "chenko", "outine",
        "utin", "itch", "ich", "kine", "kin", "mine", "nine", "tsyne", "yne", "aïs", "off", "chev", "tchev",
    ];
    let last = name.rsplit(' ').next().unwrap_or(name).to_lowercase();
    name.contains(' ') && ENDINGS.iter().any(|ending| last.ends_with(ending))
}

const FROM_FRENCH: &Table = &[
    ("^alexandre$", "александр"),
    ("^alexandra$", "александра"),
    ("^alexeï$", "алексей"),
    ("^alexei$", "алексей"),
    ("^andreï$", "андрей"),
    ("^sergueï$", "сергей"),
    ("^dmitri$", "дмитрий"),
    ("^iouri$", "юрий"),
    ("^youri$", "юрий"),
    ("^vassili$", "василий"),
    ("^anatoli$", "анатолий"),
    ("^valeri$", "валерий"),
    ("^vitali$", "виталий"),
    ("^arkadi$", "аркадий"),
    ("^guennadi$", "геннадий"),
    ("^grigori$", "григорий"),
    ("^evgueni$", "евгений"),
    ("^maxime$", "максим"),
    ("^piotr$", "пётр"),
    ("^igor$", "игорь"),
    ("^oleg$", "олег"),
    ("^olga$", "ольга"),
    ("^natalia$", "наталья"),
    ("^tatiana$", "татьяна"),
    ("^maria$", "мария"),
    ("^ioulia$", "юлия"),
    ("^vladimir$", "владимир"),
    ("^elvira$", "эльвира"),
    ("^edouard$", "эдуард"),
    ("^nikolaï$", "николай"),
    ("skaïa$", "ская"),
    ("tski$", "цкий"),
    ("ski$", "ский"),
    ("aïs$", "айс"),
    ("ine$", "ин"),
    ("yne$", "ын"),
    ("off$", "ов"),
    ("chtch", "щ"),
    ("tch", "ч"),
    ("kh", "х"),
    ("ch", "ш"),
    ("ts", "ц"),
    ("ou", "у"),
    ("gu", "г"),
    ("iou", "ю"),
    ("ia", "я"),
    ("io", "ё"),
    ("eï", "ей"),
    ("aï", "ай"),
    ("ï", "й"),
    ("ss", "с"),
    ("x", "кс"),
    ("a", "а"),
    ("b", "б"),
    ("c", "к"),
    ("d", "д"),
    ("e", "е"),
    ("é", "е"),
    ("f", "ф"),
    ("g", "г"),
    ("i", "и"),
    ("j", "ж"),
    ("k", "к"),
    ("l", "л"),
    ("m", "м"),
    ("n", "н"),
    ("o", "о"),
    ("p", "п"),
    ("r", "р"),
    ("s", "с"),
    ("t", "т"),
    ("u", "ю"),
    ("v", "в"),
    ("y", "ы"),
    ("z", "з"),
];

const FROM_ENGLISH: &Table = &[
    ("^alexander$", "александр"),
    ("^alexandra$", "александра"),
    ("^alexei$", "алексей"),
    ("^alexey$", "алексей"),
    ("^andrei$", "андрей"),
    ("^andrey$", "андрей"),
    ("^sergei$", "сергей"),
    ("^sergey$", "сергей"),
    ("^dmitry$", "дмитрий"),
    ("^dmitri$", "дмитрий"),
    ("^yuri$", "юрий"),
    ("^yury$", "юрий"),
    ("^vasily$", "василий"),
    ("^anatoly$", "анатолий"),
    ("^valery$", "валерий"),
    ("^vitaly$", "виталий"),
    ("^arkady$", "аркадий"),
    ("^gennady$", "геннадий"),
    ("^grigory$", "григорий"),
    ("^yevgeny$", "евгений"),
    ("^evgeny$", "евгений"),
    ("^maxim$", "максим"),
    ("^pyotr$", "пётр"),
    ("^igor$", "игорь"),
    ("^oleg$", "олег"),
    ("^olga$", "ольга"),
    ("^natalia$", "наталья"),
    ("^tatiana$", "татьяна"),
    ("^tatyana$", "татьяна"),
    ("^maria$", "мария"),
    ("^yulia$", "юлия"),
    ("^nikolai$", "николай"),
    ("^nikolay$", "николай"),
    ("^elvira$", "эльвира"),
    ("skaya$", "ская"),
    ("tsky$", "цкий"),
    ("skiy$", "ский"),
    ("sky$", "ский"),
    ("ski$", "ский"),
    ("off$", "ов"),
    ("^ye", "е"),
    ("shch", "щ"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ts", "ц"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("yu", "ю"),
    ("ya", "я"),
    ("yo", "ё"),
    ("ey$", "ей"),
    ("ei$", "ей"),
    ("ai", "ай"),
    ("ay", "ай"),
    ("x", "кс"),
    ("a", "а"),
    ("b", "б"),
    ("c", "к"),
    ("d", "д"),
    ("e", "е"),
    ("f", "ф"),
    ("g", "г"),
    ("h", "х"),
    ("i", "и"),
    ("j", "дж"),
    ("k", "к"),
    ("l", "л"),
    ("m", "м"),
    ("n", "н"),
    ("o", "о"),
    ("p", "п"),
    ("r", "р"),
    ("s", "с"),
    ("t", "т"),
    ("u", "у"),
    ("v", "в"),
    ("y", "ы"),
    ("z", "з"),
];

/// A name in Russian letters; `None` where it has letters that Russian names have not.
fn to_russian(name: &str, table: &Table) -> Option<String> {
    let words: Option<Vec<String>> = name
        .split(' ')
        .map(|word| {
            let parts: Option<Vec<String>> =
                word.split('-').map(|part| latin_part(part, table).into_iter().next()).collect();
            parts.map(|parts| parts.join("-"))
        })
        .collect();
    words.map(|words| words.join(" ")).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(name: &str, language: Language, to: Language) -> Vec<String> {
        let found = variants(name, language, Named::Person).into_iter().filter(|(other, _)| *other == to);
        found.map(|(_, text)| text).collect()
    }

    #[test]
    fn russian_names_in_latin_letters() {
        let cases = [
            ("Путин", "Poutine", "Putin"),
            ("Анатолий Чубайс", "Anatoli Tchoubaïs", "Anatoly Chubais"),
            ("Сергей Шойгу", "Sergueï Choïgou", "Sergei Shoigu"),
            ("Владимир Жириновский", "Vladimir Jirinovski", "Vladimir Zhirinovsky"),
            ("Эльвира Набиуллина", "Elvira Nabioullina", "Elvira Nabiullina"),
            ("Михаил Горбачёв", "Mikhaïl Gorbatchev", "Mikhail Gorbachev"),
            ("Александр Солженицын", "Alexandre Soljenitsyne", "Alexander Solzhenitsyn"),
            ("Юрий Щукин", "Iouri Chtchoukine", "Yuri Shchukin"),
        ];
        for (russian, french, english) in cases {
            let of = |to| texts(russian, Language::RUSSIAN, to);
            assert!(of(Language::FRENCH).iter().any(|text| text == french), "{russian}: {:?}", of(Language::FRENCH));
            assert!(of(Language::ENGLISH).iter().any(|text| text == english), "{russian}: {:?}", of(Language::ENGLISH));
        }
    }

    #[test]
    fn latin_names_in_russian_letters() {
        let cases = [
            ("Vladimir Poutine", Language::FRENCH, "Владимир Путин"),
            ("Anatoli Tchoubaïs", Language::FRENCH, "Анатолий Чубайс"),
            ("Sergueï Lavrov", Language::FRENCH, "Сергей Лавров"),
            ("Vladimir Putin", Language::ENGLISH, "Владимир Путин"),
            ("Dmitry Medvedev", Language::ENGLISH, "Дмитрий Медведев"),
            ("Sergei Yastrzhembsky", Language::ENGLISH, "Сергей Ястржембский"),
        ];
        for (latin, language, russian) in cases {
            assert_eq!(texts(latin, language, Language::RUSSIAN), [russian], "{latin}");
        }
        assert!(variants("John Smith", Language::ENGLISH, Named::Person).is_empty());
        assert!(variants("Wałęsa Nowakov", Language::ENGLISH, Named::Person).is_empty());
    }
}
