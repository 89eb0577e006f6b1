//! What is said of something, sorted as a reader must not mix it up, with the words of pages and notes.

use relata_graph::StatementEdge;
use relata_model::{Language, Modality, Voice};

/// The kinds of statements, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Chapter {
    /// What a document asserts in its own voice.
    Facts,
    /// What somebody else is made responsible for.
    Claimed,
    Planned,
    Hypothetical,
    Denied,
    Ended,
}

impl Chapter {
    pub(crate) const ALL: [Self; 6] =
        [Self::Facts, Self::Claimed, Self::Planned, Self::Hypothetical, Self::Denied, Self::Ended];

    pub(crate) fn of(statement: &StatementEdge) -> Self {
        match (statement.modality, statement.voice) {
            (Modality::Asserted, Voice::Own) => Self::Facts,
            (Modality::Asserted, Voice::Attributed) => Self::Claimed,
            (Modality::Planned, _) => Self::Planned,
            (Modality::Hypothetical, _) => Self::Hypothetical,
            (Modality::Negated, _) => Self::Denied,
            (Modality::Ended, _) => Self::Ended,
        }
    }
}

/// The fixed words of pages and notes.
#[derive(Debug)]
pub(crate) struct PageWords {
    /// By [`Chapter`].
    chapters: [&'static str; 6],
    pub(crate) entities: &'static str,
    pub(crate) documents: &'static str,
    pub(crate) also: &'static str,
    pub(crate) overview: &'static str,
    pub(crate) statements: &'static str,
    pub(crate) source: &'static str,
    pub(crate) rule: &'static str,
    /// Before the note that a part is shown.
    pub(crate) part: &'static str,
    /// On the page of a document whose text is not there.
    pub(crate) no_text: &'static str,
    /// On the overview without a picture.
    pub(crate) no_picture: &'static str,
    /// Below the picture.
    pub(crate) enlarge: &'static str,
    /// Column headings of the list of documents.
    pub(crate) date: &'static str,
    /// How a page of a document is read.
    pub(crate) marks: &'static str,
    /// Before an address.
    pub(crate) published: &'static str,
}

const ENGLISH: PageWords = PageWords {
    chapters: [
        "Facts: what a document says in its own voice",
        "Claimed: somebody else is made responsible",
        "Planned",
        "Hypothetical",
        "Denied",
        "Ended",
    ],
    entities: "Entities",
    documents: "Documents",
    also: "Also called",
    overview: "Overview",
    statements: "Statements",
    source: "File",
    rule: "rule",
    part: "A part of the graph",
    no_text: "The text was not at hand when this folder was written: only the sentences that prove something are shown.",
    no_picture: "There is no picture, because Graphviz was not at hand when this folder was written. All statements:",
    enlarge: "The picture alone, in full size",
    date: "Date",
    marks: "Marked: the words that say a statement. Below each paragraph stands what they say.",
    published: "Published at",
};

const FRENCH: PageWords = PageWords {
    chapters: [
        "Faits : ce qu'un document dit de sa propre voix",
        "Allégué : un tiers en est rendu responsable",
        "Prévu",
        "Hypothétique",
        "Nié",
        "Terminé",
    ],
    entities: "Entités",
    documents: "Documents",
    also: "Autres noms",
    overview: "Vue d'ensemble",
    statements: "Énoncés",
    source: "Fichier",
    rule: "règle",
    part: "Une partie du graphe",
    no_text: "Le texte n'était pas disponible à l'écriture de ce dossier : seules les phrases qui prouvent un énoncé sont montrées.",
    no_picture: "Sans image, car Graphviz n'était pas disponible à l'écriture de ce dossier. Tous les énoncés :",
    enlarge: "L'image seule, en grand",
    date: "Date",
    marks: "Surlignés : les mots qui disent un énoncé. Sous chaque paragraphe, ce qu'ils disent.",
    published: "Publié à l'adresse",
};

const RUSSIAN: PageWords = PageWords {
    chapters: [
        "Факты: сказано самим документом",
        "Со слов других",
        "Планируется",
        "Предположительно",
        "Отрицается",
        "Прекращено",
    ],
    entities: "Сущности",
    documents: "Документы",
    also: "Другие названия",
    overview: "Обзор",
    statements: "Утверждения",
    source: "Файл",
    rule: "правило",
    part: "Часть графа",
    no_text: "Текста не было под рукой, когда писалась эта папка: показаны только предложения, на которых держатся утверждения.",
    no_picture: "Рисунка нет: Graphviz не был установлен, когда писалась эта папка. Все утверждения:",
    enlarge: "Только рисунок, крупно",
    date: "Дата",
    marks: "Выделены слова, в которых сказано утверждение. Под каждым абзацем — что в них сказано.",
    published: "Опубликовано по адресу",
};

impl PageWords {
    /// The words of a language; English for those that have none here.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::FRENCH => &FRENCH,
            Language::RUSSIAN => &RUSSIAN,
            _ => &ENGLISH,
        }
    }

    /// The heading of a chapter.
    pub(crate) fn chapter(&self, chapter: Chapter) -> &'static str {
        self.chapters[chapter as usize]
    }
}
