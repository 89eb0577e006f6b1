//! Rules carry their proof: what does not hold or cannot be read is told with its place.

use crate::place::Place;

/// A rule that is right, to be made wrong in one place.
const RULE: &str = r#"[[rule]]
id = "fr/mine/pets"
predicate = "supports"
patterns = ["{S} {V:chouchouter} {O}"]
examples = [{ text = "[Ana Roy|Person] chouchoute [Novalis|Company].", subject = "Ana Roy", object = "Novalis" }]
counterexamples = ["[Ana Roy|Person] déteste [Novalis|Company]."]
"#;

fn test(rule: &str) -> crate::place::Ran {
    Place::with(&[("rules/mine.toml", rule)]).relata("rules test --rules rules")
}

#[test]
fn every_shipped_rule_does_what_its_examples_say() {
    let ran = Place::new().relata("rules test");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines.len(), 3, "{}", ran.err);
    for (line, language) in lines.iter().zip(["en", "fr", "ru"]) {
        assert!(line.starts_with(&format!("{language}: ")) && line.ends_with(" hold, 0 do not"), "{line}");
    }
}

#[test]
fn no_denial_is_read_as_a_fact() {
    for language in ["fr", "en", "ru"] {
        let corpus = format!("{}/tests/corpus/{language}-contrast.toml", env!("CARGO_MANIFEST_DIR"));
        let ran = Place::new().relata(&format!("rules test --contrast {corpus}"));
        let facts: Vec<&str> =
            ran.err.lines().filter(|line| line.contains("expected negated, read as a fact")).collect();
        assert!(facts.is_empty(), "{facts:?}");
        let summary = ran.err.lines().last().unwrap_or_default();
        let groups = summary.split(": ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or_default();
        assert!(groups.parse::<usize>().is_ok_and(|groups| groups >= 60), "{summary}");
        let right = summary.split(", ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or_default();
        assert!(right.parse::<usize>().is_ok_and(|right| right >= 200), "{summary}");
    }
}

#[test]
fn a_denial_read_as_a_fact_is_a_fault() {
    let corpus = "[[contrast]]\nsubject = \"Novalis\"\npredicate = \"acquires\"\nobject = \"Ardent\"\n\
                  negated = \"[Novalis|Company] a racheté [Ardent|Company].\"\n";
    let ran = Place::with(&[("fr-mine.toml", corpus)]).relata("rules test --contrast fr-mine.toml");
    assert_eq!(ran.code, Some(1));
    let fault = "fault: Novalis acquires Ardent: expected negated, read as a fact by fr/acquire/takeover\n    \
                 [Novalis|Company] a racheté [Ardent|Company].\n";
    assert!(ran.err.contains(fault), "{}", ran.err);
}

#[test]
fn a_trace_shows_grammar_roles_and_cue() {
    let place = Place::with(&[("a.txt", "Premier alinéa.\n\nSberbank n'a pas racheté Yandex.\n")]);
    let ran = place.relata("rules trace a.txt:3 --lang fr");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("racheter           VERB     0 root"), "{}", ran.out);
    assert!(
        ran.out.contains(
            "  fr/grammar/acquires frame 1 at \"racheté\": subject Sberbank; object Yandex; negated (\"pas\")\n"
        ),
        "{}",
        ran.out
    );
    let ran = place.relata("rules trace a.txt:9 --lang fr");
    assert_eq!((ran.code, ran.err.as_str()), (Some(2), "error: a.txt has no line 9\n"));
}

#[test]
fn mentions_that_others_found_replace_the_gazetteers() {
    let text = "Zorvex a racheté Yandex à Kiel.";
    let mentions = "{\"doc\": \"a.txt\", \"mentions\": [\
        {\"start\": 0, \"end\": 6, \"text\": \"Zorvex\", \"entity\": \"Q 1\", \"type\": \"Thing\"},\
        {\"start\": 17, \"end\": 23, \"text\": \"Yandex\", \"entity\": \"Q 2\", \"type\": \"Company\"},\
        {\"start\": 26, \"end\": 30, \"text\": \"Oslo\", \"entity\": \"Q 3\"}]}";
    let place = Place::with(&[("a.txt", text), ("given.json", mentions)]);
    let ran = place.relata("extract a.txt --lang fr --mentions given.json");
    assert!(
        ran.err.contains("the mention 26–30 of \"Q 3\" reads \"Kiel\" in the document: it was left out"),
        "{}",
        ran.err
    );
    let record: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let statements = record["statements"].as_array().unwrap();
    let ends = |statement: &serde_json::Value| {
        ["subject", "predicate", "object"].map(|key| statement[key].as_str().unwrap().to_owned())
    };
    assert!(statements.iter().any(|one| ends(one) == ["Q 1", "acquires", "Q 2"]), "{statements:?}");
    assert_eq!(record["mentions"].as_array().unwrap().len(), 2);
}

#[test]
fn a_rule_whose_examples_do_not_hold_is_a_fault_each() {
    let wrong = RULE.replace(" chouchoute ", " visite ").replace(" déteste ", " chouchoute ");
    let ran = test(&wrong);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let faults: Vec<&str> = ran.err.lines().filter(|line| line.starts_with("fault: ")).collect();
    assert_eq!(faults.len(), 2, "{}", ran.err);
    assert!(faults.iter().all(|fault| fault.contains("fr/mine/pets")), "{}", ran.err);
    assert!(ran.err.contains(" visite ") && ran.err.contains(" chouchoute "));
}

macro_rules! broken {
    ($($name:ident: $from:expr => $to:expr, $message:expr;)*) => {$(
        #[test]
        fn $name() {
            let rule = RULE.replacen($from, $to, 1);
            assert_ne!(rule, RULE);
            test(&rule).says(2, &format!("error: rules/mine.toml:{}\n", $message));
        }
    )*};
}

broken! {
    an_unknown_predicate_is_told_with_the_nearest: "supports" => "suports",
        "3:13: unknown predicate \"suports\" (did you mean \"supports\"?)";
    a_predicate_that_is_like_no_other: "supports" => "xyzzy",
        "3:13: unknown predicate \"xyzzy\"";
    an_unknown_macro_is_told_with_the_nearest: "{V:" => "{gop} {V:",
        "4:18: unknown macro \"{gop}\" (did you mean \"gap\"?)";
    a_brace_that_is_not_closed: "{O}" => "{O",
        "4:34: this brace is not closed";
    a_bracket_that_is_not_closed: "{O}" => "(de|du {O}",
        "4:34: this bracket is not closed";
    a_pattern_without_an_object: " {O}" => " quelqu'un",
        "4:13: a pattern needs a subject {S} and an object {O}, or a list {P}";
    a_rule_without_a_counterexample: "counterexamples = [\"[Ana Roy|Person] déteste [Novalis|Company].\"]" => "",
        "2:6: the rule has no counterexample: a rule carries its proof";
    a_rule_without_an_example: "examples = [{ text = \"[Ana Roy|Person] chouchoute [Novalis|Company].\", subject = \"Ana Roy\", object = \"Novalis\" }]\n" => "",
        "2:6: the rule has no example: a rule carries its proof";
    an_unknown_entity_type: "patterns" => "subject = [\"Persan\"]\npatterns",
        "4:12: unknown entity type \"Persan\" (did you mean \"Person\"?)";
}

#[test]
fn every_fault_of_a_file_is_told_at_once() {
    let rules = format!(
        "{}\n{}",
        RULE.replace("supports", "suports").replace("{S}", "{SS}"),
        RULE.replace("fr/mine/pets", "fr/mine/other").replace("supports", "holdPositionIn")
    );
    test(&rules).says(
        2,
        "error: rules/mine.toml:3:13: unknown predicate \"suports\" (did you mean \"supports\"?)\n\
         rules/mine.toml:4:14: unknown macro \"{SS}\" (did you mean \"S\"?)\n\
         rules/mine.toml:10:13: unknown predicate \"holdPositionIn\" (did you mean \"holdsPositionIn\"?)\n",
    );
}

#[test]
fn a_users_rule_finds_what_the_shipped_ones_do_not() {
    let place = Place::with(&[
        ("rules/mine.toml", RULE),
        ("names.jsonl", "{\"id\": \"novalis\", \"type\": \"Company\", \"labels\": {\"fr\": \"Novalis\"}}\n"),
        ("a.txt", "La Sberbank chouchoute Novalis. Elle le dit depuis longtemps à tous les journalistes.\n"),
    ]);
    let arguments = "extract a.txt --lang fr --gazetteer names.jsonl";
    assert!(!place.relata(arguments).output().contains("fr/mine/pets"));
    let out = place.relata(&format!("{arguments} --rules rules")).output();
    let record: serde_json::Value = serde_json::from_str(&out).unwrap();
    let statement = &record["statements"][0];
    assert_eq!(
        (&statement["subject"], &statement["predicate"], &statement["object"]),
        (&"sberbank".into(), &"supports".into(), &"novalis".into()),
        "{out}"
    );
}

#[test]
fn a_folder_without_rules_is_told() {
    let place = Place::with(&[("rules/read.me", "")]);
    place.relata("rules test --rules rules").says(2, "error: rules has no rule files (*.toml)\n");
    place.relata("rules test --rules no").says(2, "error: cannot read no: No such file or directory (os error 2)\n");
}

#[test]
fn coverage_counts_what_each_rule_finds() {
    let gold = r#"{ "doc": "a.txt", "mentions": [], "statements": [
        { "subject": "sberbank", "predicate": "acquires", "object": "yandex", "modality": "asserted", "evidence": [] } ] }"#;
    let text = "Sberbank a racheté Yandex. Nvidia livre des puces à Huawei.\n";
    let place = Place::with(&[("a.txt", text), ("b.txt", "Rien ici.\n"), ("gold/a.json", gold)]);
    let ran = place.relata("rules coverage a.txt b.txt --gold gold --lang fr");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let rows: Vec<&str> = ran.out.lines().filter(|line| !line.ends_with("never fires")).collect();
    let expected = [
        "rule\tfindings\tkept\tright\twrong\tprecision\tnote",
        "fr/acquire/takeover\t1\t1\t1\t0\t1.00\t",
        "fr/grammar/acquires\t1\t0\t1\t0\t1.00\talways loses",
        "fr/grammar/supplies\t1\t1\t0\t1\t0.00\t",
        "fr/supply/verb\t1\t0\t0\t1\t0.00\talways loses",
    ];
    assert_eq!(rows, expected, "{}", ran.out);
    assert!(ran.out.contains("\t0\t0\t0\t0\t-\tnever fires"), "{}", ran.out);
    assert!(ran.err.contains("1 document without gold: what is found there is not judged"), "{}", ran.err);
}
