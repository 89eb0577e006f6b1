//! `relata eval`: floors on the repository's own documents, and agreement with the scorer of the gold's authors.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::place::{Place, repository, run};
use crate::seeds;

fn scores(place: &Place, gold: &Path) -> Value {
    let out = place.relata_with(&["eval", gold.to_str().unwrap(), "out", "--json"], b"").output();
    serde_json::from_str(&out).unwrap()
}

/// With room below what is reached, so that a better rule elsewhere does not have to move them.
#[test]
fn the_seeds_are_read_as_well_as_promised() {
    let all = &scores(&seeds::place(), &repository("tests/gold/seeds"))["all"];
    for (what, found, floor) in [
        ("F1 of mentions", &all["mentions"]["f1"], 0.95),
        ("precision of statements", &all["statements"]["precision"], 0.85),
        ("recall of statements", &all["statements"]["recall"], 0.6),
        ("modality", &all["modality"], 0.95),
    ] {
        let found = found.as_f64().unwrap();
        assert!(found >= floor, "{what}: {found:.3} is below {floor}");
    }
}

#[test]
fn a_gold_compared_with_itself_is_right_in_everything() {
    let place = Place::new();
    let mut lines = Vec::new();
    for content in crate::place::files_below(&repository("tests/gold/seeds")).values() {
        let mut gold: Value = serde_json::from_slice(content).unwrap();
        gold.as_object_mut().unwrap().remove("entities");
        lines.push(gold.to_string());
    }
    place.write("own.jsonl", lines.join("\n"));
    let out =
        place.relata_with(&["eval", repository("tests/gold/seeds").to_str().unwrap(), "own.jsonl", "--json"], b"");
    let all: Value = serde_json::from_str(&out.output()).unwrap();
    for score in ["/mentions/f1", "/statements/precision", "/statements/recall", "/pairs/f1", "/modality"] {
        assert_eq!(all["all"].pointer(score), Some(&Value::from(1.0)), "{score}");
    }
}

/// Counts, not shares, so that nothing is lost to rounding.
#[test]
fn eval_and_the_scorer_of_the_golds_authors_count_alike() {
    let scorer = repository("../shared/gold/score.py");
    if !scorer.exists() {
        eprintln!("skipped: {} is not here", scorer.display());
        return;
    }
    let place = seeds::place();
    let gold = repository("tests/gold/seeds");
    let ours = scores(&place, &gold);
    let mut command = Command::new("python3");
    command.arg(scorer).arg(gold).arg(place.path("out/extraction.jsonl")).arg("--json");
    let theirs: Value = serde_json::from_str(&run(command, b"").output()).unwrap();
    for (name, path) in [
        ("mentions", "mentions"),
        ("span", "spans"),
        ("statements", "statements"),
        ("pairs", "pairs"),
        ("form:name", "forms/name"),
        ("form:demonym", "forms/demonym"),
        ("form:nominal", "forms/nominal"),
    ] {
        let own = ours.pointer(&format!("/all/scores/{path}")).unwrap();
        let their = &theirs["total"][name];
        for (field, other) in
            [("gold", "gold"), ("predicted", "pred"), ("gold_hits", "gold_hits"), ("predicted_hits", "pred_hits")]
        {
            assert_eq!(own[field], their[other], "{name}: {field}");
        }
    }
    assert_eq!(ours["all"]["scores"]["modality_right"], theirs["total"]["modality"]["right"]);
    assert_eq!(ours["all"]["scores"]["modality_of"], theirs["total"]["modality"]["matched"]);
}

#[test]
fn what_cannot_be_scored_is_told() {
    let place = Place::with(&[("gold/readme.txt", "no gold"), ("x.jsonl", "{\"doc\": 1}\n"), ("bad/a.json", "{}")]);
    place.relata("eval gold x.jsonl").says(2, "error: there is no gold file (*.json) in gold\n");
    place
        .relata("eval nowhere x.jsonl")
        .says(2, "error: cannot read nowhere: No such file or directory (os error 2)\n");
    place
        .relata("eval bad x.jsonl")
        .says(2, "error: bad/a.json is no gold file: missing field `doc` at line 1 column 2\n");
}
