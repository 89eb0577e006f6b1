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
