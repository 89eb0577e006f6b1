//! Names of firms without their legal forms: the press writes "Sberbank" for "Sberbank PJSC" and for «ПАО „Сбербанк“».

/// Legal forms behind a name, folded of case and dots.
const BEHIND: &[&str] = &[
    "a/s",
    "ab",
    "ag",
    "ag & co kgaa",
    "aktiengesellschaft",
    "as",
    "asa",
    "bhd",
    "bv",
    "co",
    "co kg",
    "company",
    "corp",
    "corporation",
    "eirl",
    "gmbh",
    "gmbh & co kg",
    "inc",
    "incorporated",
    "jsc",
    "kg",
    "kgaa",
    "kk",
    "lc",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "nv",
    "ojsc",
    "oy",
    "oyj",
    "pao",
    "pjsc",
    "plc",
    "pte",
    "pte ltd",
    "pty",
    "pty ltd",
    "public company",
    "pvt",
    "pvt ltd",
    "sa",
    "sa de cv",
    "sab de cv",
    "sarl",
    "sas",
    "sasu",
    "sca",
    "scop",
    "scs",
    "se",
    "sl",
    "snc",
    "société anonyme",
    "spa",
    "spa società per azioni",
    "sp zoo",
    "sprl",
    "srl",
    "tbk",
    "zao",
    "zrt",
    "ао",
    "зао",
    "нко",
    "оао",
    "ооо",
    "пао",
    "co ltd",
    "co inc",
    "group ltd",
    "group plc",
    "group inc",
    "holding ag",
    "holding sa",
];

/// Legal forms before a name.
const BEFORE: &[&str] = &[
    "ао",
    "акционерное общество",
    "гк",
    "гуп",
    "закрытое акционерное общество",
    "зао",
    "ип",
    "муп",
    "нао",
    "нко",
    "нпо",
    "оао",
    "общество с ограниченной ответственностью",
    "ооо",
    "открытое акционерное общество",
    "пао",
    "пк",
    "публичное акционерное общество",
    "тоо",
    "фгбу",
    "фгуп",
    "чао",
    "eurl",
    "pt",
    "sarl",
    "sas",
    "société anonyme",
];

/// The name without legal forms and without the quotation marks around what is left; none when it has none, or when too
/// little is left to be a name.
pub(super) fn without(name: &str) -> Option<String> {
    let mut rest = name.trim();
    loop {
        let shorter = behind(rest).or_else(|| before(rest)).or_else(|| unquoted(rest));
        match shorter.map(str::trim) {
            Some(shorter) => rest = shorter,
            None => break,
        }
    }
    let letters = rest.chars().filter(|c| c.is_alphabetic()).count();
    let whole = rest.matches(['«', '“', '„']).count() == rest.matches(['»', '”']).count();
    let named =
        rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || rest.chars().any(char::is_uppercase);
    (rest.len() < name.trim().len() && letters >= 3 && whole && named).then(|| rest.to_owned())
}

/// What stands before a legal form, and before the comma that may part them.
fn behind(name: &str) -> Option<&str> {
    BEHIND.iter().find_map(|form| {
        // Dots may stand anywhere in the form: "S.A.", "Inc.", "Sp. z o.o.".
        let mut wanted = form.chars().rev().filter(|c| *c != ' ').peekable();
        for (at, c) in name.char_indices().rev() {
            let Some(&next) = wanted.peek() else {
                let apart = matches!(c, ' ' | '\u{A0}' | ',' | ')');
                return apart.then(|| name[..at + c.len_utf8()].trim_end_matches([' ', '\u{A0}', ',', '&']));
            };
            if c == '.' || c == ' ' || c == ',' {
                continue;
            }
            if !c.to_lowercase().eq(std::iter::once(next)) {
                return None;
            }
            wanted.next();
        }
        None
    })
}

/// What stands behind a legal form.
fn before(name: &str) -> Option<&str> {
    BEFORE.iter().find_map(|form| {
        let head: String = name.chars().take(form.chars().count()).collect();
        let rest = (head.to_lowercase() == **form).then(|| &name[head.len()..])?;
        rest.starts_with([' ', '\u{A0}', '«', '"', '„', '“']).then_some(rest)
    })
}

/// What quotation marks enclose, where they enclose all.
fn unquoted(name: &str) -> Option<&str> {
    let pairs = [('«', '»'), ('"', '"'), ('„', '“'), ('“', '”')];
    pairs.into_iter().find_map(|(open, close)| {
        name.strip_prefix(open)?.strip_suffix(close).filter(|inner| !inner.contains([open, close]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_forms_go() {
        let cases = [
            ("Novalis SA", "Novalis"),
            ("Novalis S.A.", "Novalis"),
            ("Novalis, Inc.", "Novalis"),
            ("Ardent Motors Co., Ltd.", "Ardent Motors"),
            ("Ardent GmbH & Co. KG", "Ardent"),
            ("ПАО «Газпром нефть»", "Газпром нефть"),
            ("ООО \"Орбита\"", "Орбита"),
            ("Публичное акционерное общество «Северсталь»", "Северсталь"),
            ("Орбита, ООО", "Орбита"),
            ("ПАО Орбита", "Орбита"),
            ("Zeta Sp. z o.o.", "Zeta"),
            ("SAS Novalis", "Novalis"),
        ];
        for (name, expected) in cases {
            assert_eq!(without(name).as_deref(), Some(expected), "{name}");
        }
    }

    #[test]
    fn names_that_only_look_so_stay() {
        for name in
            ["Casa", "Visa", "SA", "Company", "BP plc", "Le Monde", "НПО", "Sasol", "3M Co", "«Орбита» и «Заря»"]
        {
            assert_eq!(without(name), None, "{name}");
        }
    }
}
