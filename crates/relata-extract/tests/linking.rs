//! Names in text whose gazetteer somebody else made: bare lines, many entities of one name, Russian in all cases. Beside what
//! simpler ways reach: names exactly as listed, the longest first, each meaning whatever is known best.
//!
//! `tests/corpus/linking/NAME.txt` has documents behind lines `### language date`, with each name marked `[words|id]`, and
//! `[words|?]` where nobody can tell; `NAME.jsonl` is the gazetteer.

#![expect(clippy::unwrap_used, reason = "a test fails where its preparation does")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use relata_extract::{Data, Extractor, Gazetteers, Spelling};
use relata_gazetteer::forms::Transliterations;
use relata_gazetteer::{Source, load};
use relata_model::{Document, Entity, Schema};

/// First byte, one past the last, id.
type Marked = (usize, usize, String);

struct Annotated {
    document: Document,
    marks: BTreeSet<Marked>,
}

/// Names told, names right, names to be found; of those that several entities have, how many are right.
#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    told: usize,
    right: usize,
    wanted: usize,
    shared: usize,
    shared_right: usize,
}

impl Counted {
    fn precision(self) -> f64 {
        share(self.right, self.told)
    }

    fn recall(self) -> f64 {
        share(self.right, self.wanted)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a small corpus")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn corpus(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/linking").join(file);
    std::fs::read_to_string(path).unwrap()
}

fn documents(name: &str) -> Vec<Annotated> {
    let text = corpus(&format!("{name}.txt"));
    let parts = text.split("### ").filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (head, body) = part.split_once('\n').unwrap();
            let (language, date) = head.split_once(' ').unwrap();
            let (mut plain, mut marks, mut rest) = (String::new(), BTreeSet::new(), body);
            while let Some((before, after)) = rest.split_once('[') {
                let (mark, behind) = after.split_once(']').unwrap();
                let (words, id) = mark.split_once('|').unwrap();
                plain += before;
                marks.insert((plain.len(), plain.len() + words.len(), id.to_owned()));
                plain += words;
                rest = behind;
            }
            plain += rest;
            let mut document = Document::from_text(head, &plain, language.parse().unwrap());
            document.metadata.date = Some(date.parse().unwrap());
            Annotated { document, marks }
        })
        .collect()
}

fn schema() -> Schema {
    Schema::from_toml("schema.toml", Data::shipped().file("schema/schema.toml").unwrap().1).unwrap()
}

fn extractor(source: Source) -> Extractor {
    let gazetteers = Gazetteers { sources: vec![source], without_shipped: true, ..Gazetteers::default() };
    Extractor::new(&Data::shipped().without_rules(), schema(), &gazetteers, &[]).unwrap()
}

fn source(name: &str) -> Source {
    Source::of_text(name, &corpus(&format!("{name}.jsonl")))
}

/// What each listed name means where the best known counts: the greatest prior, then the oldest Wikidata item, then the first.
fn best_known(entities: &[Entity]) -> BTreeMap<&str, Vec<&Entity>> {
    let mut names: BTreeMap<&str, Vec<&Entity>> = BTreeMap::new();
    for entity in entities {
        for name in &entity.names {
            let known = names.entry(&name.text).or_default();
            if !known.iter().any(|other| other.id == entity.id) {
                known.push(entity);
            }
        }
    }
    for known in names.values_mut() {
        let item = |entity: &Entity| entity.wikidata.map_or(u64::MAX, relata_model::WikidataId::number);
        known.sort_by_key(|entity| (std::cmp::Reverse(entity.prior), item(entity)));
    }
    names
}

/// Whole words exactly as listed, the longest first.
fn longest_matches(text: &str, names: &BTreeMap<&str, Vec<&Entity>>) -> BTreeSet<Marked> {
    let mut found = BTreeSet::new();
    let (mut at, mut inside) = (0, false);
    while let Some(c) = text[at..].chars().next() {
        let fits = |name: &&&str| {
            text[at..].starts_with(**name) && !text[at + name.len()..].starts_with(|c: char| c.is_alphanumeric())
        };
        let longest = names.keys().filter(fits).max_by_key(|name| name.len()).filter(|_| !inside);
        if let Some(name) = longest {
            found.insert((at, at + name.len(), names[name][0].id.to_string()));
            at += name.len();
            inside = true;
        } else {
            at += c.len_utf8();
            inside = c.is_alphanumeric();
        }
    }
    found
}

/// What the program reaches, and what the simpler way does.
fn compare(name: &str) -> (Counted, Counted) {
    let entities = load(&[source(name)], &schema()).unwrap().entities;
    let (extractor, names) = (extractor(source(name)), best_known(&entities));
    let (mut ours, mut simple) = (Counted::default(), Counted::default());
    for Annotated { document, marks } in documents(name) {
        let undecided: Vec<(usize, usize)> =
            marks.iter().filter(|mark| mark.2 == "?").map(|mark| (mark.0, mark.1)).collect();
        let wanted: BTreeSet<Marked> = marks.iter().filter(|mark| mark.2 != "?").cloned().collect();
        let extraction = extractor.extract(&document);
        let found = extraction.mentions.iter();
        let found = found.map(|one| (one.span.start(), one.span.end(), one.entity.to_string())).collect();
        for (count, told) in [(&mut ours, found), (&mut simple, longest_matches(&document.text, &names))] {
            let told: BTreeSet<Marked> = told;
            count.told += told.iter().filter(|one| !undecided.contains(&(one.0, one.1))).count();
            count.right += told.intersection(&wanted).count();
            count.wanted += wanted.len();
            for mark in &wanted {
                let shared = names.get(&document.text[mark.0..mark.1]).is_some_and(|known| known.len() > 1);
                count.shared += usize::from(shared);
                count.shared_right += usize::from(shared && told.contains(mark));
            }
        }
    }
    (ours, simple)
}

#[test]
fn russian_names_are_found_in_their_cases() {
    let (ours, simple) = compare("ru-news");
    assert!(ours.precision() >= simple.precision(), "{ours:?} {simple:?}");
    assert!(ours.recall() >= simple.recall() + 0.2, "{ours:?} {simple:?}");
    assert!(ours.precision() >= 0.97 && ours.recall() >= 0.95, "{ours:?}");
}

#[test]
fn old_french_papers_name_many_of_one_name() {
    let (ours, simple) = compare("fr-press");
    assert!(ours.precision() >= simple.precision() && ours.recall() >= simple.recall(), "{ours:?} {simple:?}");
    assert!(ours.shared_right > simple.shared_right, "{ours:?} {simple:?}");
    assert!(ours.precision() >= 0.9 && ours.recall() >= 0.9, "{ours:?}");
}

#[test]
fn english_names_of_several_entities() {
    let (ours, simple) = compare("en-news");
    assert!(ours.precision() >= simple.precision() && ours.recall() >= simple.recall(), "{ours:?} {simple:?}");
    assert!(ours.shared_right > simple.shared_right, "{ours:?} {simple:?}");
    assert!(ours.precision() >= 0.9 && ours.recall() >= 0.9, "{ours:?}");
}

/// The text of the names found with a gazetteer of these lines.
fn found(lines: &str, text: &str, language: &str, change: impl Fn(&mut Gazetteers)) -> Vec<String> {
    let mut gazetteers =
        Gazetteers { sources: vec![Source::of_text("a", lines)], without_shipped: true, ..Gazetteers::default() };
    change(&mut gazetteers);
    let extractor = Extractor::new(&Data::shipped().without_rules(), schema(), &gazetteers, &[]).unwrap();
    let document = Document::from_text("a.txt", text, language.parse().unwrap());
    let mentions = extractor.extract(&document).mentions;
    mentions.iter().map(|mention| format!("{} {}", mention.span.of(text), mention.entity)).collect()
}

#[test]
fn russian_names_in_other_letters_are_an_option() {
    let lines = r#"{"id": "putin", "type": "Person", "labels": {"ru": "Владимир Путин"}}
{"id": "chubais", "type": "Person", "labels": {"fr": "Anatoli Tchoubaïs"}}"#;
    let french = "Vladimir Poutine et V. Poutine, puis Anatoli Tchoubaïs.";
    let with = |gazetteers: &mut Gazetteers| gazetteers.transliterations = Transliterations::Russian;
    assert_eq!(found(lines, french, "fr", |_| ()), ["Anatoli Tchoubaïs chubais"]);
    assert_eq!(
        found(lines, french, "fr", with),
        ["Vladimir Poutine putin", "V. Poutine putin", "Anatoli Tchoubaïs chubais"]
    );
    let russian = "С Анатолием Чубайсом говорил Владимир Путин.";
    assert_eq!(found(lines, russian, "ru", with), ["Анатолием Чубайсом chubais", "Владимир Путин putin"]);
    assert_eq!(
        found(lines, "Anatoly Chubais met Vladimir Putin.", "en", with),
        ["Anatoly Chubais chubais", "Vladimir Putin putin"]
    );
}

#[test]
fn slips_of_spelling_are_an_option() {
    let lines = r#"{"id": "azerbaijan", "type": "Country", "labels": {"fr": "Azerbaïdjan"}}"#;
    let text = "L'Azerbaidjian et l'Azerbaïdjan ont signé.";
    assert_eq!(found(lines, text, "fr", |_| ()), ["Azerbaïdjan azerbaijan"]);
    let with = |gazetteers: &mut Gazetteers| gazetteers.spelling = Spelling::OneSlip;
    assert_eq!(found(lines, text, "fr", with), ["Azerbaidjian azerbaijan", "Azerbaïdjan azerbaijan"]);
}

#[test]
fn nobody_is_named_before_he_is_born() {
    let lines = r#"{"id": "novalis", "type": "Company", "labels": {"fr": "Novalis"}, "from": "1990"}"#;
    let text = "Novalis a parlé.";
    let extractor = extractor(Source::of_text("a", lines));
    for (date, mentions) in [(None, 1), (Some("1889"), 0), (Some("1990"), 1), (Some("2020-01-01"), 1)] {
        let mut document = Document::from_text("a.txt", text, relata_model::Language::FRENCH);
        document.metadata.date = date.map(|date| date.parse().unwrap());
        let extraction = extractor.extract(&document);
        assert_eq!((extraction.mentions.len(), extraction.unlinked.len()), (mentions, 1 - mentions), "{date:?}");
    }
}
