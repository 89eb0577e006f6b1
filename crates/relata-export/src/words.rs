//! The fixed words of the exporters, in three languages.

use relata_model::{Language, Modality};

/// What a diagram or a label says besides what the documents and the gazetteer say.
#[derive(Debug)]
pub(crate) struct Words {
    /// Decides how nouns agree with numbers.
    language: Language,
    /// By modality, in the order of [`Modality::ALL`].
    pub(crate) modalities: [&'static str; 5],
    /// A statement that somebody else is made responsible for, in brackets behind it.
    pub(crate) attributed: &'static str,
    /// The same in a legend.
    pub(crate) attributed_legend: &'static str,
    /// Heading of the legend.
    pub(crate) legend: &'static str,
    /// Note of the legend: thicker lines.
    pub(crate) thickness: &'static str,
    /// Quotation marks with their spaces.
    pub(crate) quotes: [&'static str; 2],
    /// How the rest can be seen.
    pub(crate) hint: &'static str,
    /// Before a first day.
    pub(crate) since: &'static str,
    /// Before a last day.
    pub(crate) until: &'static str,
    statement: [&'static str; 3],
    document: [&'static str; 3],
    /// "{shown} of {all} statements shown", with the forms of the noun for the number `all`.
    part: &'static str,
}

const ENGLISH: Words = Words {
    language: Language::ENGLISH,
    modalities: ["asserted", "ended", "planned", "hypothetical", "negated"],
    attributed: "attributed",
    attributed_legend: "attributed to somebody else",
    legend: "Legend",
    thickness: "thicker: more origins",
    quotes: ["“", "”"],
    hint: "use --focus or --top",
    since: "since ",
    until: "until ",
    statement: ["statement", "statements", "statements"],
    document: ["document", "documents", "documents"],
    part: "{shown} of {all} {statements} shown",
};

const FRENCH: Words = Words {
    language: Language::FRENCH,
    modalities: ["affirmé", "terminé", "prévu", "hypothétique", "nié"],
    attributed: "attribué",
    attributed_legend: "attribué à un tiers",
    legend: "Légende",
    thickness: "plus épais : plus d’origines",
    quotes: ["« ", " »"],
    hint: "voir --focus ou --top",
    since: "depuis ",
    until: "jusqu'à ",
    statement: ["énoncé", "énoncés", "énoncés"],
    document: ["document", "documents", "documents"],
    part: "{shown} {statements} montrés sur {all}",
};

const RUSSIAN: Words = Words {
    language: Language::RUSSIAN,
    modalities: ["утверждается", "прекращено", "планируется", "предположительно", "отрицается"],
    attributed: "со слов других",
    attributed_legend: "со слов других",
    legend: "Обозначения",
    thickness: "толще: больше источников",
    quotes: ["«", "»"],
    hint: "см. --focus или --top",
    since: "с ",
    until: "до ",
    statement: ["утверждение", "утверждения", "утверждений"],
    document: ["документ", "документа", "документов"],
    part: "показано {shown} из {all} {statements}",
};

impl Words {
    /// The words of a language; English for those that have none here.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::FRENCH => &FRENCH,
            Language::RUSSIAN => &RUSSIAN,
            _ => &ENGLISH,
        }
    }

    /// The word for a modality.
    pub(crate) fn modality(&self, modality: Modality) -> &'static str {
        self.modalities[modality as usize]
    }

    /// "12 statements".
    pub(crate) fn statements(&self, count: usize) -> String {
        format!("{count} {}", self.form(&self.statement, count))
    }

    /// "3 documents".
    pub(crate) fn documents(&self, count: usize) -> String {
        format!("{count} {}", self.form(&self.document, count))
    }

    /// "120 of 812 statements shown".
    pub(crate) fn part(&self, shown: usize, all: usize) -> String {
        // After "из" Russian always wants the genitive, which the form for many is, but for numbers that end in one.
        let noun = match self.language {
            Language::RUSSIAN if all % 10 == 1 && all % 100 != 11 => "утверждения",
            Language::RUSSIAN => self.statement[2],
            Language::FRENCH => self.form(&self.statement, shown),
            _ => self.form(&self.statement, all),
        };
        self.part
            .replace("{shown}", &shown.to_string())
            .replace("{all}", &all.to_string())
            .replace("{statements}", noun)
    }

    /// The form of a noun after a number: one, a few, many.
    fn form(&self, forms: &[&'static str; 3], count: usize) -> &'static str {
        match self.language {
            Language::RUSSIAN => match (count % 10, count % 100) {
                (1, last) if last != 11 => forms[0],
                (2..=4, last) if !(12..=14).contains(&last) => forms[1],
                _ => forms[2],
            },
            // French takes the singular for zero too.
            Language::FRENCH => forms[usize::from(count > 1)],
            _ => forms[usize::from(count != 1)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_agree_with_their_numbers() {
        let russian = Words::of(Language::RUSSIAN);
        assert_eq!(russian.statements(21), "21 утверждение");
        assert_eq!(russian.statements(12), "12 утверждений");
        assert_eq!(russian.documents(3), "3 документа");
        assert_eq!(russian.part(120, 812), "показано 120 из 812 утверждений");
        let french = Words::of(Language::FRENCH);
        assert_eq!(french.statements(0), "0 énoncé");
        assert_eq!(french.part(120, 812), "120 énoncés montrés sur 812");
        let english = Words::of(Language::ENGLISH);
        assert_eq!(english.documents(1), "1 document");
        assert_eq!(english.part(120, 812), "120 of 812 statements shown");
    }
}
