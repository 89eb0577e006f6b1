use super::read;

macro_rules! case {
    ($name:ident, $text:expr, [$($expected:expr),* $(,)?]) => {
        #[test]
        fn $name() {
            let document = read($text).document;
            let found: Vec<&str> = document.opaque.iter().map(|span| span.of(&document.text)).collect();
            let expected: &[&str] = &[$($expected),*];
            assert_eq!(found, expected);
        }
    };
}

case!(
    address,
    "Voir https://www.kremlin.ru/acts/news/1?x=a.b, puis rien.",
    ["https://www.kremlin.ru/acts/news/1?x=a.b"]
);
case!(address_in_brackets, "Voir (https://x.ru/a_(b)). Fin.", ["https://x.ru/a_(b))"]);
case!(address_in_round_brackets, "Voir (https://x.ru/a). Fin.", ["https://x.ru/a"]);
case!(address_behind_a_word, "Source:http://x.ru/a", ["http://x.ru/a"]);
case!(address_in_guillemets, "le site «http://x.ru/a» dit", ["http://x.ru/a"]);
case!(address_with_no_break_space, "Source\u{A0}: www.kremlin.ru\u{A0}!", ["www.kremlin.ru"]);
case!(link_target, "Le [Kremlin](https://kremlin.ru/a \"Le Kremlin\") dit.", ["https://kremlin.ru/a \"Le Kremlin\""]);
case!(link_relative, "Voir [Sber](/a/sber.html).", ["/a/sber.html"]);
case!(brackets_that_are_no_link, "Il cite [Sber](la banque) ici.", []);
case!(mail, "Écrire à press@kremlin.ru.", ["press@kremlin.ru"]);
case!(site, "Lire lenta.ru/articles/2025 et ria.ru.", ["lenta.ru/articles/2025", "ria.ru"]);
case!(site_that_is_a_name, "Mail.ru et Booking.com ont signé.", []);
case!(missing_space_is_no_site, "Il parle.de tout. Fin.Les autres.", ["parle.de"]);
case!(
    slug,
    "autosuffisance-en-intelligence-artificielle-voici LE PRESIDENT",
    ["autosuffisance-en-intelligence-artificielle-voici"]
);
case!(compounds_are_no_slugs, "c'est-à-dire state-of-the-art vis-à-vis va-t-en-guerre Kassym-Jomart", []);
case!(path, "Voir /usr/share/x et C:\\temp\\a, l'agence /TASS/ et/ou.", ["/usr/share/x", "C:\\temp\\a"]);
case!(file, "Voir rapport-2025.pdf et photo.JPG.", ["rapport-2025.pdf", "photo.JPG"]);
case!(
    hash,
    "id cmibt5j50000002jlhgk4gedx et 3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    ["cmibt5j50000002jlhgk4gedx", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"]
);
case!(long_words_are_no_hashes, "anticonstitutionnellement Gemini-1.5-Pro-002 IL-76MD-90A", []);
case!(code, "Le code `Sber.run()` et l`IA d`hier.", ["`Sber.run()`"]);
case!(fenced_code, "Avant\n```\nSber = 1\n```\nAprès Sber", ["```\nSber = 1\n```"]);
case!(tags, "Le <a href=\"x\">Kremlin</a> a <b>dit</b> que 3 < 5.", ["<a href=\"x\">", "</a>", "<b>", "</b>"]);
case!(decimals_and_names, "10.5 U.S. J.-C. S.A. GPT-4.1 5/7 24/7", []);
case!(front_matter_values_only, "---\ntitle: Voir x.ru\nslug: a-b-c-d-e-f-g-h-i-j\n---\nTexte", ["x.ru"]);
