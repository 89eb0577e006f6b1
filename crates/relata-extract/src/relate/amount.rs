//! Sums of money in French, English and Russian.

use aho_corasick::AhoCorasick;
use regex::Captures;
use relata_model::{Amount, Language, Span};

use crate::expression::Expression;

/// Finds sums in the texts of one language.
#[derive(Debug)]
pub(super) struct Amounts {
    /// Beginnings of currencies: a text that has none is not searched for sums.
    currencies: AhoCorasick,
    regex: Option<Expression>,
    language: Language,
}

/// How the words and signs of the currencies begin, in the three languages.
const CURRENCIES: [&str; 27] = [
    "dollar", "euro", "rouble", "ruble", "yuan", "livre", "pound", "yen", "roupie", "rupee", "usd", "eur", "rub",
    "cny", "$", "€", "£", "¥", "₽", "долл", "Долл", "евро", "руб", "юан", "фунт", "иен", "рупи",
];

const FRENCH: &str = r"(?xi)
    (?P<number>\d{1,3}(?:[\ \u{A0}\u{202F}.]\d{3})+|\d+(?:,\d+)?|\b(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix))
    [\s\u{A0}\u{202F}]+ (?:(?P<scale>mille|millions?|milliards?|billions?|Mds?|M)\b(?P<half>\s+et\s+demie?)?[\s\u{A0}\u{202F}]*(?:de\s+|d['’])?)?
    (?P<unit>dollars?|euros?|roubles?|yuans?|livres?\ sterling|yens?|roupies?|US\$|\$|€|£|¥|₽)";

const ENGLISH: &str = r"(?xi)
    (?:(?P<before>US\$|\$|€|£|¥|₽)[\s\u{A0}]?)?
    (?P<number>\b\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten))
    [\s\u{A0}-]* (?:(?P<scale>thousand|million|billion|trillion|mn|bn|tn|m|k)\b)?
    (?:[\s\u{A0}]+(?P<unit>(?:U\.?S\.?\ )?dollars?|euros?|rou?bles?|yuan|pounds?|yen|rupees?|USD|EUR|RUB|CNY)\b)?";

const RUSSIAN: &str = r"(?xi)
    (?:(?P<before>\$|€|£|¥|₽)[\s\u{A0}]?)?
    (?P<number>\d{1,3}(?:[\ \u{A0}\u{202F}]\d{3})+|\d+(?:,\d+)?|\b(?:один|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять))
    [\s\u{A0}\u{202F}]* (?:(?P<scale>тыс\.?|тысяч\p{L}*|млн|миллион\p{L}*|млрд|миллиард\p{L}*|трлн|триллион\p{L}*)[\s\u{A0}\u{202F}]*)?
    (?P<unit>долл\.?\p{L}*|евро|руб\.?\p{L}*|юан\p{L}+|фунт\p{L}*|иен\p{L}*|рупи\p{L}+|\$|€|₽)?";

impl Amounts {
    /// Sums of texts in `language`; in a language that is none of the three it finds nothing.
    pub(super) fn new(language: Language) -> Self {
        let source = match language {
            Language::FRENCH => Some(FRENCH),
            Language::ENGLISH => Some(ENGLISH),
            Language::RUSSIAN => Some(RUSSIAN),
            _ => None,
        };
        let regex = source.map(|source| Expression::new(source.to_owned()));
        let currencies = AhoCorasick::builder().ascii_case_insensitive(true).build(CURRENCIES);
        Self { currencies: currencies.expect("a few short words make a small automaton"), regex, language }
    }

    /// The sum that belongs to a passage: the only one of its sentence.
    pub(super) fn only_one(&self, text: &str, sentence: Span) -> Option<Amount> {
        let regex = self.regex.as_ref().filter(|_| self.currencies.is_match(sentence.of(text)))?;
        let mut all =
            regex.captures_iter(sentence.of(text)).filter_map(|captures| self.read(&captures, sentence.start()));
        let first = all.next()?;
        all.next().is_none().then_some(first)
    }

    fn read(&self, captures: &Captures<'_>, offset: usize) -> Option<Amount> {
        let group = |name: &str| captures.name(name).map_or("", |group| group.as_str());
        let unit = currency(group("unit")).or_else(|| currency(group("before")))?;
        let (digits, decimals) = self.number(group("number"))?;
        let (mut digits, mut decimals) = (digits, decimals);
        if !group("half").is_empty() {
            digits.push('5');
            decimals += 1;
        }
        let value = shifted(&digits, power(group("scale"), self.language) - decimals);
        let whole = captures.get(0).expect("group 0 always takes part");
        let end = offset + whole.start() + whole.as_str().trim_end().len();
        Some(Amount { value, unit: unit.to_owned(), span: Span::new(offset + whole.start(), end) })
    }

    /// The digits of a number and how many of them are decimals.
    fn number(&self, text: &str) -> Option<(String, i32)> {
        if let Some(word) =
            NUMBER_WORDS.iter().position(|words| words.split(' ').any(|word| word == text.to_lowercase()))
        {
            return Some(((word + 1).to_string(), 0));
        }
        let mark = if self.language == Language::ENGLISH { '.' } else { ',' };
        let (whole, fraction) = text.split_once(mark).unwrap_or((text, ""));
        let digits: String = whole.chars().chain(fraction.chars()).filter(char::is_ascii_digit).collect();
        (!digits.is_empty()).then(|| (digits, i32::try_from(fraction.len()).unwrap_or_default()))
    }
}

/// Number words from one to ten.
const NUMBER_WORDS: [&str; 10] = [
    "un une one один",
    "deux two два две",
    "trois three три",
    "quatre four четыре",
    "cinq five пять",
    "six шесть",
    "sept seven семь",
    "huit eight восемь",
    "neuf nine девять",
    "dix ten десять",
];

/// The power of ten of a scale word. The French "billion" is a million millions; an English or Russian one is a thousand.
fn power(scale: &str, language: Language) -> i32 {
    let scale = scale.to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| scale.starts_with(word));
    if scale.is_empty() {
        0
    } else if begins(&["trillion", "tn", "трлн", "триллион"]) || (language == Language::FRENCH && begins(&["billion"]))
    {
        12
    } else if begins(&["milliard", "md", "billion", "bn", "млрд", "миллиард"]) {
        9
    } else if begins(&["mille", "thousand", "k", "тыс"]) {
        3
    } else {
        6
    }
}

/// The ISO 4217 code of a currency's word or sign; "$" alone is taken for the US dollar.
fn currency(unit: &str) -> Option<&'static str> {
    let unit = unit.to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| unit.starts_with(word));
    if unit.is_empty() {
        None
    } else if begins(&["dollar", "us", "u.s", "$", "долл"]) {
        Some("USD")
    } else if begins(&["euro", "€", "eur", "евро"]) {
        Some("EUR")
    } else if begins(&["rouble", "ruble", "rub", "₽", "руб"]) {
        Some("RUB")
    } else if begins(&["yuan", "cny", "юан"]) {
        Some("CNY")
    } else if begins(&["livre", "pound", "£", "фунт"]) {
        Some("GBP")
    } else if begins(&["yen", "¥", "иен"]) {
        Some("JPY")
    } else if begins(&["roupie", "rupee", "рупи"]) {
        Some("INR")
    } else {
        None
    }
}

/// `digits` times ten to the `power`, as a decimal in canonical form.
fn shifted(digits: &str, power: i32) -> String {
    let mut digits = digits.to_owned();
    let fraction = if let Ok(zeros) = usize::try_from(power) {
        digits.extend(std::iter::repeat_n('0', zeros));
        String::new()
    } else {
        let decimals = usize::try_from(-power).unwrap_or_default();
        if digits.len() <= decimals {
            digits.insert_str(0, &"0".repeat(decimals + 1 - digits.len()));
        }
        digits.split_off(digits.len() - decimals)
    };
    let whole = digits.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    match fraction.trim_end_matches('0') {
        "" => whole.to_owned(),
        fraction => format!("{whole}.{fraction}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(language: Language, text: &str) -> Option<(String, String, &str)> {
        let amount = Amounts::new(language).only_one(text, Span::new(0, text.len()))?;
        Some((amount.value, amount.unit, amount.span.of(text)))
    }

    #[test]
    fn sums_are_read_in_three_languages() {
        let sum = |value: &str, unit: &str, words| Some((value.to_owned(), unit.to_owned(), words));
        let cases = [
            (
                Language::FRENCH,
                "pour 12 milliards de dollars de GPU",
                sum("12000000000", "USD", "12 milliards de dollars"),
            ),
            (Language::FRENCH, "un milliard et demi d’euros", sum("1500000000", "EUR", "un milliard et demi d’euros")),
            (Language::FRENCH, "5,3 millions d'euros", sum("5300000", "EUR", "5,3 millions d'euros")),
            (Language::FRENCH, "15\u{A0}000 roubles", sum("15000", "RUB", "15\u{A0}000 roubles")),
            (Language::ENGLISH, "a deal near $2bn today", sum("2000000000", "USD", "$2bn")),
            (Language::ENGLISH, "worth 1.25 billion euros", sum("1250000000", "EUR", "1.25 billion euros")),
            (Language::ENGLISH, "US$500,000 fine", sum("500000", "USD", "US$500,000")),
            (Language::RUSSIAN, "вложит 5,3 млрд руб. в проект", sum("5300000000", "RUB", "5,3 млрд руб.")),
            (Language::RUSSIAN, "500 миллионов долларов", sum("500000000", "USD", "500 миллионов долларов")),
            (Language::ENGLISH, "in 2025 it had 40 staff", None),
            (Language::FRENCH, "entre 2 millions d'euros et 3 millions d'euros", None),
        ];
        for (language, text, expected) in cases {
            assert_eq!(read(language, text), expected, "{text}");
        }
    }
}
