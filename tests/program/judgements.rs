//! A journal of judgements, from the command that writes it to the build that replays it.

use std::process::Stdio;

use serde_json::Value;

use crate::place::{Place, RELATA};
use crate::seeds::{list, string};

const NAMES: &str = r#"{"id": "ana-roy-1", "type": "Person", "labels": {"fr": "Ana Roy"}, "aliases": {"fr": ["Roy"]}}
{"id": "luc-roy", "type": "Person", "labels": {"fr": "Luc Roy"}, "aliases": {"fr": ["Roy"]}}
{"id": "novalis", "type": "Company", "labels": {"fr": "Novalis"}}
{"id": "novalis-group", "type": "Organization", "labels": {"fr": "groupe Novalis"}}
"#;
const TEXT: &str = "Ana Roy parle de Novalis. Le groupe Novalis se tait. Roy est partie de la salle hier.\n";
const SIGNED: &str = "--by Ana --why seen --at 2026-11-20T10:00:00Z";

fn place() -> Place {
    Place::with(&[("names.jsonl", NAMES), ("a.txt", TEXT)])
}

/// Judges, and gives the id of the line.
fn judge(place: &Place, words: &str) -> String {
    let ran = place.relata(&format!("gazetteer judge {words} --gazetteer names.jsonl {SIGNED}"));
    assert_eq!((ran.err.as_str(), ran.code), ("", Some(0)));
    ran.out.trim_end().to_owned()
}

fn build(place: &Place, out: &str, more: &str) -> Vec<(String, String, String)> {
    let ran =
        place.relata(&format!("build a.txt -o {out} --lang fr --gazetteer names.jsonl --no-default-gazetteer{more}"));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let record: Value = serde_json::from_str(&place.read(&format!("{out}/extraction.jsonl"))).unwrap();
    let mention = |one: &Value| [string(one, "text"), string(one, "entity"), string(one, "why")].map(str::to_owned);
    list(&record, "mentions").iter().map(mention).map(|[text, entity, why]| (text, entity, why)).collect()
}

fn entities(mentions: &[(String, String, String)]) -> Vec<&str> {
    mentions.iter().map(|(_, entity, _)| entity.as_str()).collect()
}

#[test]
fn a_build_unites_what_is_the_same_and_says_by_whose_word() {
    let place = place();
    assert_eq!(entities(&build(&place, "before", "")), ["ana-roy-1", "novalis", "novalis-group", "ana-roy-1"]);
    let id = judge(&place, "novalis same novalis-group");
    let with = " --judgements judgements.jsonl";
    assert_eq!(entities(&build(&place, "out", with)), ["ana-roy-1", "novalis", "novalis", "ana-roy-1"]);
    let line = format!("judged: novalis is the same as novalis-group (Ana, 2026-11-20T10:00:00Z: seen; {id})\n");
    for asked in ["novalis", "novalis-group"] {
        assert!(place.relata(&format!("why out {asked}")).output().starts_with(&line));
        assert!(place.relata(&format!("why out {asked} --names")).output().starts_with(&line));
    }
    let info: Value = serde_json::from_str(&place.read("out/build.json")).unwrap();
    assert_eq!(string(&list(&info, "judgements")[0], "id"), id);
    assert_eq!(string(&info["data"], "judgements.jsonl").len(), 64);
    place.relata("verify out").output();
    // Another journal is another build: nothing of the one before is used, and the two are not merged.
    let other = place.relata("merge before out -o both");
    assert_eq!(other.code, Some(2));
    assert!(other.err.contains("(judgements.jsonl)"), "{}", other.err);
    place.relata("merge out out -o again").output();
    assert_eq!(place.read("again/build.json"), place.read("out/build.json"));
    place.relata(&format!("gazetteer undo {id} {SIGNED}")).output();
    assert_eq!(entities(&build(&place, "out", with)), ["ana-roy-1", "novalis", "novalis-group", "ana-roy-1"]);
    assert!(!place.read("out/build.json").contains("\"judgements\": ["));
}

#[test]
fn a_build_into_the_same_folder_is_that_of_an_empty_one() {
    let place = place();
    let with = " --judgements judgements.jsonl";
    judge(&place, "novalis unsure luc-roy");
    build(&place, "out", with);
    judge(&place, "novalis same novalis-group");
    build(&place, "out", with);
    build(&place, "fresh", with);
    let visible = |folder: &str| {
        let mut files = place.files(folder);
        files.retain(|name, _| !name.starts_with('.'));
        files
    };
    assert!(visible("out") == visible("fresh"));
    let again = place.relata(
        "build a.txt -o out --lang fr --gazetteer names.jsonl --no-default-gazetteer --judgements judgements.jsonl -v",
    );
    assert!(again.err.contains("1 document as in the build before\n"), "{}", again.err);
    assert!(again.err.starts_with("judged unsure, and left apart: luc-roy and novalis\n"), "{}", again.err);
}

#[test]
fn two_that_were_judged_different_do_not_lend_each_other_their_names() {
    let place = Place::with(&[
        (
            "names.jsonl",
            &format!(
                "{NAMES}{}\n",
                r#"{"id": "roy", "type": "Company", "labels": {"fr": "Roy"}, "related": ["ana-roy-1", "novalis"]}"#
            ),
        ),
        ("a.txt", TEXT),
    ]);
    judge(&place, "ana-roy-1 different roy");
    judge(&place, "ana-roy-1 different luc-roy");
    let mentions = build(&place, "out", " --judgements judgements.jsonl");
    assert_eq!(mentions.last().unwrap(), &("Roy".to_owned(), "ana-roy-1".to_owned(), "judged".to_owned()));
}

#[test]
fn a_contradiction_is_written_told_and_refused_by_builds_until_it_is_undone() {
    let place = place();
    let ab = judge(&place, "ana-roy-1 same luc-roy");
    let arguments = format!("gazetteer judge luc-roy different ana-roy-1 --gazetteer names.jsonl {SIGNED}");
    let ran = place.relata(&arguments);
    let ba = ran.out.trim_end().to_owned();
    let message = format!(
        "judgements.jsonl:2:1: \"ana-roy-1\" and \"luc-roy\" are judged different\n    judgements.jsonl:2: {ba} luc-roy different \
         ana-roy-1 (Ana, 2026-11-20T10:00:00Z: seen)\n  and yet the same\n    judgements.jsonl:1: {ab} ana-roy-1 same luc-roy (Ana, \
         2026-11-20T10:00:00Z: seen)\n  undo one of these lines: relata gazetteer undo ID\n"
    );
    ran.says(1, &format!("fault: {message}"));
    place.relata("gazetteer judgements").says(1, &format!("fault: {message}"));
    place.relata("build a.txt -o out --judgements judgements.jsonl").says(2, &format!("error: {message}"));
    place.relata(&format!("gazetteer undo {ab} {SIGNED}")).says(0, "");
    let listed = place.relata("gazetteer judgements");
    assert_eq!(
        listed.out,
        format!("judgements.jsonl:2: {ba} luc-roy different ana-roy-1 (Ana, 2026-11-20T10:00:00Z: seen)\n")
    );
    listed.says(0, "1 judgement in force: 0 same, 1 different, 0 unsure\n");
}

#[test]
fn what_names_nobody_is_not_written() {
    let place = place();
    for (words, message) in [
        (
            "nobody same novalis --gazetteer names.jsonl",
            "no entity is called \"nobody\": a journal names entities of a gazetteer; give the one that has it with --gazetteer FILE",
        ),
        ("Roy same novalis --gazetteer names.jsonl", "\"Roy\" may be ana-roy-1 or luc-roy: name it by its id"),
        (
            "Novalis same novalis --gazetteer names.jsonl",
            "\"Novalis\" and \"novalis\" are both novalis: name two entities",
        ),
    ] {
        place.relata(&format!("gazetteer judge {words} {SIGNED}")).says(2, &format!("error: {message}\n"));
    }
    place
        .relata("gazetteer judge novalis same russia --gazetteer names.jsonl --by Ana --why x --at yesterday")
        .says(2, "error: --at yesterday: this is no time (write it as 2026-11-20T10:00:00Z)\n");
    place
        .relata(&format!("gazetteer undo 0123456789abcdef {SIGNED}"))
        .says(2, "error: there is no journal judgements.jsonl: name it with --journal\n");
    assert!(!place.path("judgements.jsonl").exists());
    let id = judge(&place, "novalis same novalis-group");
    let near = format!("{}0", &id[..15]);
    let near = if near == id { format!("{}1", &id[..15]) } else { near };
    place.relata(&format!("gazetteer undo {near} {SIGNED}")).says(
        2,
        &format!(
            "error: no line of judgements.jsonl has the id {near} (did you mean \"{id}\"?): `relata gazetteer judgements \
             judgements.jsonl` lists them\n"
        ),
    );
}

/// Whoever wrote it was killed in the middle: the others hold, builds say so, and the next line is not joined to it.
#[test]
fn a_torn_last_line_is_told_and_mended_by_the_next() {
    let place = place();
    judge(&place, "novalis same novalis-group");
    let whole = place.read("judgements.jsonl");
    // Cut inside a character.
    place.write("judgements.jsonl", [whole.as_bytes(), b"{\"one\": \"luc-roy\", \"by\": \"Zo\xC3"].concat());
    let torn =
        "judgements.jsonl:2: the last line was not finished and says nothing: {\"one\": \"luc-roy\", \"by\": \"Zo\n";
    let ran = place.relata("build a.txt -o out --judgements judgements.jsonl --gazetteer names.jsonl");
    assert_eq!(ran.code, Some(0));
    assert!(ran.err.starts_with(torn), "{}", ran.err);
    let ran = place.relata(&format!("gazetteer judge novalis different luc-roy --gazetteer names.jsonl {SIGNED}"));
    ran.says(0, &format!("{torn}  it was taken away\n"));
    let now = place.read("judgements.jsonl");
    assert!(now.starts_with(&whole) && now.ends_with("\"}\n"), "{now}");
    assert_eq!(now.lines().count(), 2);
    // A line without its end that says all it should is no torn one.
    place.write("judgements.jsonl", now.trim_end());
    judge(&place, "ana-roy-1 different novalis");
    assert_eq!(place.read("judgements.jsonl").lines().count(), 3);
}

#[test]
fn many_who_write_at_once_lose_no_line() {
    let place = place();
    let others = ["russia", "china", "france", "armenia", "germany", "japan", "india", "iran"];
    let judge = |other: &&str| {
        let arguments = format!("gazetteer judge novalis different {other} --gazetteer names.jsonl {SIGNED}");
        let mut command = place.command(RELATA);
        command.args(arguments.split(' ')).stdout(Stdio::null()).spawn().unwrap()
    };
    let children: Vec<_> = others.iter().map(judge).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let listed = place.relata("gazetteer judgements --json");
    assert_eq!(serde_json::from_str::<Vec<Value>>(&listed.out).unwrap().len(), others.len());
    assert_eq!(listed.err, "8 judgements in force: 0 same, 8 different, 0 unsure\n");
}
