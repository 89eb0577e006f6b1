//! Journals of judgements: what holds, what speaks against what, and what a gazetteer makes of them.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

use relata_gazetteer::judgements::{Entry, Journal, Judgement, Judgements, Signature, Verdict};
use relata_gazetteer::{Gazetteer, Source, load};
use relata_model::{EntityId, Language, Schema, Span};

fn id(text: &str) -> EntityId {
    text.parse().unwrap()
}

fn signature(at: &str) -> Signature {
    Signature { by: "Ana".to_owned(), at: at.to_owned(), why: "seen".to_owned() }
}

fn judged(one: &str, verdict: Verdict, other: &str) -> Entry {
    Entry::Judged(Judgement { one: id(one), verdict, other: id(other), signature: signature("2026-11-20T10:00:00Z") })
}

fn undone(entry: &Entry) -> Entry {
    Entry::Undone { line: entry.id(), signature: signature("2026-11-21T10:00:00Z") }
}

fn journal(entries: &[Entry]) -> Journal {
    let lines: String = entries.iter().map(|entry| entry.to_line() + "\n").collect();
    Journal::read("j.jsonl", &lines).unwrap()
}

fn held(entries: &[Entry]) -> Vec<String> {
    let judgements = Judgements::of(&[journal(entries)]).unwrap();
    let mut words: Vec<String> = judgements
        .judgements()
        .map(|(judgement, _)| format!("{} {} {}", judgement.one, judgement.verdict, judgement.other))
        .collect();
    words.sort();
    words
}

#[test]
fn a_line_reads_back_as_itself() {
    let entry = judged("sber", Verdict::Same, "sberbank");
    assert_eq!(
        entry.to_line(),
        format!(
            "{{\"id\": \"{}\", \"one\": \"sber\", \"verdict\": \"same\", \"other\": \"sberbank\", \"by\": \"Ana\", \
             \"at\": \"2026-11-20T10:00:00Z\", \"why\": \"seen\"}}",
            entry.id()
        )
    );
    for entry in [undone(&entry), entry] {
        assert_eq!(journal(std::slice::from_ref(&entry)).lines[0].entry, entry);
    }
}

#[test]
fn an_undoing_may_be_undone_and_the_order_of_lines_does_not_matter() {
    let same = judged("a", Verdict::Same, "b");
    let other = judged("c", Verdict::Unsure, "d");
    let undo = undone(&same);
    let redo = undone(&undo);
    assert_eq!(held(&[same.clone(), other.clone(), undo.clone()]), ["c unsure d"]);
    assert_eq!(held(&[same.clone(), other.clone(), undo.clone(), redo.clone()]), ["a same b", "c unsure d"]);
    assert_eq!(held(&[redo, undo, other, same.clone(), same]), ["a same b", "c unsure d"]);
}

/// Each undoes the one before: what is asked of the last is asked of all of them.
#[test]
fn a_long_chain_of_undoings_needs_no_stack() {
    let mut entries = vec![judged("a", Verdict::Same, "b")];
    for _ in 0..20_001 {
        entries.push(undone(entries.last().unwrap()));
    }
    assert_eq!(held(&entries), [] as [&str; 0]);
    entries.pop();
    assert_eq!(held(&entries), ["a same b"]);
}

#[test]
fn two_journals_are_one() {
    let same = judged("a", Verdict::Same, "b");
    let journals = [journal(&[undone(&same)]), journal(&[same])];
    assert_eq!(Judgements::of(&journals).unwrap().lines(), []);
}

#[test]
fn a_contradiction_is_told_with_every_line_of_it() {
    let [ab, bc, ac] = [("a", Verdict::Same, "b"), ("c", Verdict::Same, "b"), ("a", Verdict::Different, "c")]
        .map(|(one, verdict, other)| judged(one, verdict, other));
    let again = Entry::Judged(Judgement {
        one: id("b"),
        verdict: Verdict::Same,
        other: id("a"),
        signature: signature("2026-11-22T10:00:00Z"),
    });
    let entries = [judged("x", Verdict::Same, "y"), ab.clone(), bc.clone(), ac.clone(), again.clone()];
    let mut of_ab =
        [(&ab, "j.jsonl:2", "a same b (Ana, 2026-11-20"), (&again, "j.jsonl:5", "b same a (Ana, 2026-11-22")];
    of_ab.sort_by_key(|(entry, ..)| entry.id());
    let told =
        of_ab.map(|(entry, place, words)| format!("    {place}: {} {words}T10:00:00Z: seen)\n", entry.id())).concat();
    assert_eq!(
        Judgements::of(&[journal(&entries)]).unwrap_err().to_string(),
        format!(
            "j.jsonl:4:1: \"a\" and \"c\" are judged different\n    j.jsonl:4: {} a different c (Ana, 2026-11-20T10:00:00Z: seen)\n  \
             and yet the same\n{told}    j.jsonl:3: {} c same b (Ana, 2026-11-20T10:00:00Z: seen)\n  \
             undo one of these lines: relata gazetteer undo ID",
            ac.id(),
            bc.id(),
        )
    );
    assert_eq!(held(&[ab, bc.clone(), ac, undone(&bc)]), ["a different c", "a same b"]);
}

#[test]
fn lines_that_say_nothing_are_told_with_their_place() {
    let signed = r#""by": "Ana", "at": "2026", "why": "so""#;
    let changed = judged("a", Verdict::Same, "b").to_line().replace("seen", "unseen");
    let unseen = Entry::Judged(Judgement {
        one: id("a"),
        verdict: Verdict::Same,
        other: id("b"),
        signature: Signature { why: "unseen".to_owned(), ..signature("2026-11-20T10:00:00Z") },
    });
    let changed_message = format!(
        "1:2: this line was changed after it was written: what it says has the id {}; bring the line back, undo it and judge again",
        unseen.id()
    );
    for (line, message) in [
        (
            format!(r#"{{"one": "a", "verdict": "equal", "other": "b", {signed}}}"#),
            "1:14: \"equal\" is no verdict (same, different or unsure)",
        ),
        (
            format!(r#"{{"one": "a", "verdict": "same", "other": "a", {signed}}}"#),
            "1:33: \"a\" is judged with itself: name two entities",
        ),
        (
            r#"{"one": "a", "verdict": "same", "other": "b", "by": "Ana", "at": "2026", "why": " "}"#.to_owned(),
            "1:1: \"why\" is missing (who, when and why belong to every line)",
        ),
        (
            format!(r#"{{"one": "a", "verdict": "same", {signed}}}"#),
            "1:1: give either \"one\", \"verdict\" and \"other\", or \"undo\" with the id of a line",
        ),
        (
            format!(r#"{{"one": "Été", "verdict": "same", "other": "b", {signed}}}"#),
            "1:2: \"Été\" is not an entity id (lower-case letters a-z, digits and hyphens, a letter or digit first: \"vladimir-putin\")",
        ),
        (
            "{\"one\": 3}\n".to_owned(),
            "1:9: this line is none of a journal of judgements: invalid type: integer \"3\", expected a string",
        ),
        (
            "{\"one\": \"a\"\n".to_owned(),
            "1:11: this line is none of a journal of judgements: EOF while parsing an object",
        ),
        (changed, changed_message.as_str()),
    ] {
        assert_eq!(Journal::read("j.jsonl", &line).unwrap_err().to_string(), format!("j.jsonl:{message}"), "{line}");
    }
    let lost = Entry::Undone { line: "0123456789abcdef".to_owned(), signature: signature("2026") };
    assert_eq!(
        Judgements::of(&[journal(&[lost])]).unwrap_err().to_string(),
        "j.jsonl:1:1: \"0123456789abcdef\" is the id of no line: there is nothing to undo"
    );
}

/// Whoever wrote it was stopped: wherever that was, the line says nothing and the others hold.
#[test]
fn a_last_line_that_was_not_finished_says_nothing() {
    let first = judged("a", Verdict::Same, "b").to_line() + "\n";
    let last = judged("c", Verdict::Same, "d").to_line();
    for length in 1..last.len() {
        let read = Journal::read("j.jsonl", &format!("{first}{}", &last[..length])).unwrap();
        assert_eq!(read.lines.len(), 1, "{length}");
        let torn = read.torn.unwrap();
        assert_eq!((torn.start, torn.place.line, torn.text.as_str()), (first.len(), 2, &last[..length]));
    }
    assert_eq!(Journal::read("j.jsonl", &format!("{first}{last}")).unwrap().lines.len(), 2);
}

const LINES: &str = r#"{"id": "q205012", "type": "Company", "labels": {"fr": "Sberbank of Russia"}, "related": ["gref-2"]}
{"id": "sber", "type": "Organization", "labels": {"fr": "Sber"}, "demonyms": {"fr": ["sberien"]}}
{"id": "sberbank", "type": "Company", "labels": {"fr": "Sberbank"}, "country": "russia"}
{"id": "paris", "type": "City", "labels": {"fr": "Paris"}}
"#;

fn schema() -> Schema {
    let types = [("Organization", ""), ("Company", "parent = \"Organization\"\n"), ("City", "")];
    let types = types.map(|(name, parent)| format!("[[entity-type]]\nname = \"{name}\"\n{parent}labels = {{}}\n"));
    Schema::from_toml("s", &types.concat()).unwrap()
}

fn gazetteer(entries: &[Entry]) -> Result<Gazetteer, relata_model::LoadError> {
    let schema = schema();
    let entities = load(&[Source::of_text("a.jsonl", LINES)], &schema).unwrap().entities;
    Gazetteer::new(entities, &schema).with_judgements(&Judgements::of(&[journal(entries)]).unwrap(), &schema)
}

#[test]
fn entities_that_are_the_same_are_one_with_all_their_names() {
    let gazetteer =
        gazetteer(&[judged("q205012", Verdict::Same, "sber"), judged("sberbank", Verdict::Same, "q205012")]);
    let gazetteer = gazetteer.unwrap();
    let text = "Sber, Sberbank, Sberbank of Russia, Paris";
    let found = gazetteer.find(text, [Span::new(0, text.len())], Some(Language::FRENCH));
    let entities: Vec<&str> = found.iter().map(|mention| mention.candidates[0].entity.as_str()).collect();
    // The first of those without a digit, not the first of all.
    assert_eq!(entities, ["sber", "sber", "sber", "paris"]);
    let one = gazetteer.entity(&id("q205012")).unwrap();
    assert_eq!(one, gazetteer.entity(&id("sber")).unwrap());
    assert_eq!((one.id.as_str(), one.entity_type.as_str(), one.label(Language::FRENCH)), ("sber", "Company", "Sber"));
    let names: Vec<&str> = one.names.iter().map(|name| name.text.as_str()).collect();
    assert_eq!(names, ["Sber", "Sberbank", "Sberbank of Russia", "sberien"]);
    assert_eq!(one.country, Some(id("russia")));
    let looked_up: Vec<String> =
        gazetteer.lookup("sberbank of russia").into_iter().map(|one| one.entity.to_string()).collect();
    assert_eq!(looked_up, ["sber"]);
}

#[test]
fn entities_of_types_that_exclude_each_other_are_not_united() {
    let entry = judged("paris", Verdict::Same, "sber");
    assert_eq!(
        gazetteer(std::slice::from_ref(&entry)).unwrap_err().to_string(),
        format!(
            "j.jsonl:1:1: \"paris\" is a City and \"sber\" a Organization, so they cannot be the same: undo the judgement (relata \
             gazetteer undo {}), or give one of them another type",
            entry.id()
        )
    );
}

#[test]
fn judgements_of_unknown_entities_change_nothing_and_are_told() {
    let gazetteer = gazetteer(&[judged("sber", Verdict::Same, "nobody"), judged("sber", Verdict::Different, "paris")]);
    let gazetteer = gazetteer.unwrap();
    assert_eq!(gazetteer.unknown_to_judgements().map(EntityId::as_str).collect::<Vec<_>>(), ["nobody"]);
    assert_eq!(gazetteer.standing_for(&id("nobody")), &id("nobody"));
    assert!(gazetteer.are_judged_different(&id("paris"), &id("sber")));
    assert!(!gazetteer.are_judged_different(&id("paris"), &id("sberbank")));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    /// Whatever a file holds: it is a journal, or its faults have their places.
    #[test]
    fn no_file_does_harm(text in "[\\{\\}\":, \\na-z0-9éЖ#]{0,80}|\\PC{0,80}") {
        match Journal::read("j.jsonl", &text) {
            Ok(read) => drop(Judgements::of(&[read])),
            Err(error) => proptest::prop_assert!(error.0.iter().all(|fault| fault.line > 0 && fault.column > 0)),
        }
    }

    /// Whatever was judged, in whatever order and on however many files: what holds is the same, and there is a contradiction just
    /// when a pair judged different can be reached from each other.
    #[test]
    fn what_holds_depends_on_what_was_said_alone(
        judged_pairs in proptest::collection::vec((0..6_usize, 0..6_usize, 0..3_usize), 0..12),
        undone_lines in proptest::collection::vec(0..20_usize, 0..6),
        order in proptest::collection::vec(0..1_000_u32, 18),
    ) {
        let verdicts = [Verdict::Same, Verdict::Different, Verdict::Unsure];
        let pairs = judged_pairs.into_iter().filter(|(one, other, _)| one != other);
        let mut entries: Vec<Entry> =
            pairs.map(|(one, other, verdict)| judged(&format!("e{one}"), verdicts[verdict], &format!("e{other}"))).collect();
        for line in undone_lines {
            if let Some(undoing) = entries.get(line).map(undone)
                && !entries.contains(&undoing)
            {
                entries.push(undoing);
            }
        }
        let mut shuffled: Vec<(u32, Entry)> = order.iter().copied().cycle().zip(entries.iter().cloned()).collect();
        shuffled.sort();
        let shuffled: Vec<Entry> = shuffled.into_iter().map(|(_, entry)| entry).collect();
        let middle = shuffled.len() / 2;
        let apart = [journal(&shuffled[..middle]), journal(&shuffled[middle..])];
        let together = Judgements::of(&[journal(&entries)]);
        let ids = |found: &Judgements| found.lines().iter().map(|line| line.id.clone()).collect::<Vec<_>>();
        match (&together, &Judgements::of(&apart)) {
            (Ok(one), Ok(other)) => {
                proptest::prop_assert_eq!(ids(one), ids(other));
                let classes = one.classes();
                for (one, other) in one.pairs(Verdict::Different).into_keys() {
                    proptest::prop_assert!(!classes.iter().any(|class| class.contains(one) && class.contains(other)));
                }
            }
            (Err(one), Err(other)) => proptest::prop_assert_eq!(one.0.len(), other.0.len()),
            (one, other) => proptest::prop_assert!(false, "{:?} and {:?}", one, other),
        }
        // By hand: what is undone is found by going from the last line to the first, as an undoing stands behind what it undoes.
        let mut gone = std::collections::BTreeSet::new();
        for entry in entries.iter().rev() {
            if let Entry::Undone { line, .. } = entry
                && !gone.contains(&entry.id())
            {
                gone.insert(line.clone());
            }
        }
        let mut group: Vec<usize> = (0..6).collect();
        let holding: Vec<&Judgement> = entries
            .iter()
            .filter(|entry| !gone.contains(&entry.id()))
            .filter_map(|entry| if let Entry::Judged(judgement) = entry { Some(judgement) } else { None })
            .collect();
        let number = |id: &EntityId| id.as_str()[1..].parse::<usize>().unwrap();
        for judgement in holding.iter().filter(|judgement| judgement.verdict == Verdict::Same) {
            let (from, to) = (group[number(&judgement.one)], group[number(&judgement.other)]);
            group.iter_mut().filter(|group| **group == from).for_each(|group| *group = to);
        }
        let contradicted = holding.iter().any(|judgement| {
            judgement.verdict == Verdict::Different && group[number(&judgement.one)] == group[number(&judgement.other)]
        });
        proptest::prop_assert_eq!(together.is_err(), contradicted);
    }
}
