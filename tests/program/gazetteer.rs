//! The shipped gazetteer, and a user's own beside it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::place::{Place, files_below, repository};
use crate::seeds::{list, string};

/// The lines of the shipped gazetteer, by file.
fn shipped() -> Vec<(String, Vec<Value>)> {
    let entities = |text: &str| {
        let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        lines.map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let files = files_below(&repository("data/gazetteer")).into_iter();
    let files = files.filter(|(name, _)| name.strip_suffix(".jsonl").is_some());
    files.map(|(name, bytes)| (name, entities(std::str::from_utf8(&bytes).unwrap()))).collect()
}

#[test]
fn the_shipped_gazetteer_is_large_and_most_of_it_is_no_country_and_no_capital() {
    let files = shipped();
    let all: Vec<&Value> = files.iter().flat_map(|(_, entities)| entities).collect();
    let ids: BTreeSet<&str> = all.iter().map(|entity| string(entity, "id")).collect();
    assert_eq!(ids.len(), all.len(), "an id stands twice");
    assert!(all.len() >= 1000, "{} entities", all.len());
    let others = all.iter().filter(|entity| !["Country", "City", "Region", "Place"].contains(&string(entity, "type")));
    let others = others.count();
    assert!(others >= 400, "{others} that are no countries and no places");
    let countries = all.iter().filter(|entity| entity["type"] == "Country").count();
    assert!(countries >= 190, "{countries} countries");
}

#[test]
fn countries_have_names_and_demonyms_in_three_languages() {
    let files = shipped();
    let countries = files.iter().flat_map(|(_, entities)| entities).filter(|entity| entity["type"] == "Country");
    for country in countries {
        // The people of a state of the past are called like those of another, those of the Vatican have no name of their own.
        let exceptions = ["nazi-germany", "russian-empire", "serbia-and-montenegro", "vatican-city"];
        let is_exception = exceptions.contains(&string(country, "id"));
        for language in ["fr", "en", "ru"] {
            assert!(country["labels"][language].is_string(), "{country}");
            assert!(
                is_exception || !list(&country["demonyms"], language).is_empty(),
                "no demonym in {language}: {country}"
            );
        }
    }
}

#[test]
fn each_file_is_sorted_by_id() {
    for (file, entities) in shipped() {
        let ids: Vec<&str> = entities.iter().map(|entity| string(entity, "id")).collect();
        let unsorted = ids.windows(2).find(|pair| pair[0] >= pair[1]);
        assert_eq!(unsorted, None, "{file}");
    }
}

#[test]
fn the_shipped_gazetteer_has_no_fault_and_every_reference_leads_somewhere() {
    let ran = Place::new().relata("gazetteer check");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(!ran.err.contains("fault"), "{}", ran.err);
    let lost: Vec<&str> = ran.out.lines().filter(|line| line.ends_with("which no source has")).collect();
    assert_eq!(lost, [] as [&str; 0]);
    let entities: usize = shipped().iter().map(|(_, entities)| entities.len()).sum();
    let grouped = format!("{}\u{A0}{:03} entities, ", entities / 1000, entities % 1000);
    assert!(ran.err.starts_with(&grouped), "{} instead of {grouped}", ran.err);
}

const SIX: &str = r#"{"id": "a1", "type": "Company", "labels": {"fr": "Alpha"}}
{"id": "a2", "type": "Company", "labels": {"fr": "Beta"}}
# a comment
{"id": "a4", "type": "Person", "labels": {"fr": "Élie Tok"}}

{"id": "a6", "type": "Country", "labels": {"fr": "Zembla"}, "demonyms": {"fr": ["zemblien", "zemblienne"]}}
"#;

/// Each broken line 7 with the column and the message it gives.
#[test]
fn a_broken_line_7_is_told_with_line_and_column() {
    for (line, message) in [
        (
            r#"{"id": "a7", "type": "Company", "labels": {"fr": "Été"}"#,
            "7:55: this line is no JSON object: EOF while parsing an object (one entity a line: {\"id\": …, \"type\": …, \"labels\": …})",
        ),
        (
            r#"{"id": "a7", "type": "Compani", "labels": {"fr": "Été"}}"#,
            "7:22: unknown entity type \"Compani\" (did you mean \"Company\"?)",
        ),
        (
            r#"{"id": "a7", "type": "Company", "lables": {}, "labels": {"fr": "Été"}}"#,
            "7:33: unknown field \"lables\" (did you mean \"labels\"?)",
        ),
        (r#"{"id": "a7", "type": "Company"}"#, "7:1: \"labels\" is missing"),
        (
            r#"{"id": "a1", "type": "Company", "labels": {"fr": "Été"}}"#,
            "7:8: \"a1\" stands already in names.jsonl:1: join the two lines",
        ),
        (
            r#"{"id": "a7", "type": "Company", "labels": {"fr": "…"}}"#,
            "7:50: \"…\" has no letter and no digit, so no text can hold it as a name",
        ),
    ] {
        let place = Place::with(&[("names.jsonl", &format!("{SIX}{line}\n")), ("a.txt", "Alpha.")]);
        place.relata("build a.txt -o out --gazetteer names.jsonl").says(2, &format!("error: names.jsonl:{message}\n"));
        place.relata("gazetteer check names.jsonl").says(1, &format!("fault: names.jsonl:{message}\n1 fault\n"));
        assert!(!place.path("out").exists(), "a build that could not start leaves nothing");
    }
}

#[test]
fn a_gazetteer_that_is_no_text_or_not_there_is_told() {
    let place = Place::with(&[("a.txt", "Alpha.")]);
    place.write("names.jsonl", [SIX.as_bytes(), b"{\"id\": \"\xE9\"}"].concat());
    place
        .relata("build a.txt -o out --gazetteer names.jsonl")
        .says(2, "error: names.jsonl:7: this is not UTF-8: save the gazetteer in UTF-8\n");
    place
        .relata("build a.txt -o out --gazetteer no.jsonl")
        .says(2, "error: cannot read no.jsonl: No such file or directory (os error 2)\n");
}

fn mentions(record: &str) -> Vec<(String, String)> {
    let record: Value = serde_json::from_str(record).unwrap();
    let mentions = list(&record, "mentions").iter();
    mentions.map(|one| (string(one, "text").to_owned(), string(one, "entity").to_owned())).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|&(text, entity)| (text.to_owned(), entity.to_owned())).collect()
}

#[test]
fn a_gazetteer_of_one_entity_works_beside_the_shipped_one_and_alone() {
    let place = Place::with(&[
        ("one.jsonl", "{\"id\": \"novalis\", \"type\": \"Company\", \"labels\": {\"fr\": \"Novalis\"}}\n"),
        ("a.txt", "La Sberbank a racheté Novalis, dit-on à la rédaction.\n"),
    ]);
    let beside = place.relata("extract a.txt --gazetteer one.jsonl").output();
    assert_eq!(mentions(&beside), pairs(&[("Sberbank", "sberbank"), ("Novalis", "novalis")]));
    let alone = place.relata("extract a.txt --gazetteer one.jsonl --no-default-gazetteer").output();
    assert_eq!(mentions(&alone), pairs(&[("Novalis", "novalis")]));
}

/// The user's entity has a name that a shipped one has too; what the user says counts.
#[test]
fn a_users_entity_wins_over_the_shipped_one_of_its_name() {
    let place = Place::with(&[
        ("mine.jsonl", "{\"id\": \"my-sberbank\", \"type\": \"MediaOutlet\", \"labels\": {\"fr\": \"Sberbank\"}}\n"),
        ("a.txt", "La Sberbank a parlé hier à la rédaction.\n"),
    ]);
    let found = place.relata("extract a.txt --gazetteer mine.jsonl").output();
    assert_eq!(mentions(&found), pairs(&[("Sberbank", "my-sberbank")]), "{found}");
}

/// The same id in two sources is one entity with the names of both, and the label of the user.
#[test]
fn a_users_line_for_a_shipped_id_adds_its_names() {
    let place = Place::with(&[
        ("mine.jsonl", "{\"id\": \"sberbank\", \"type\": \"Company\", \"labels\": {\"fr\": \"La Verte\"}}\n"),
        ("a.txt", "Selon La Verte, la Sberbank a parlé hier à la rédaction.\n"),
    ]);
    let build = place.relata("build a.txt -o out --gazetteer mine.jsonl");
    assert_eq!(build.code, Some(0), "{}", build.err);
    let found = place.read("out/extraction.jsonl");
    assert_eq!(mentions(&found), pairs(&[("La Verte", "sberbank"), ("Sberbank", "sberbank")]));
    let question = "SELECT ?label WHERE { ent:sberbank skos:prefLabel ?label FILTER(LANG(?label) = 'fr') }";
    let label = place.relata_with(&["query", "out", question, "--format", "tsv"], b"").output();
    assert_eq!(label, "?label\n\"La Verte\"@fr\n");
}

#[test]
fn an_id_with_another_type_than_the_shipped_one_is_told() {
    let place = Place::with(&[
        ("mine.jsonl", "{\"id\": \"sberbank\", \"type\": \"Person\", \"labels\": {\"fr\": \"Sberbank\"}}\n"),
        ("a.txt", "La Sberbank a parlé hier à la rédaction.\n"),
    ]);
    let ran = place.relata("extract a.txt --gazetteer mine.jsonl");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.starts_with("error: "), "{}", ran.err);
    let (at, message) = ran.err.trim_start_matches("error: ").split_once(": ").unwrap();
    // The place is the user's line: the shipped file is not the user's to mend.
    assert_eq!(at, "mine.jsonl:1:28", "{}", ran.err);
    assert!(
        message.starts_with("\"sberbank\" is a Person here and a Company in data/gazetteer/companies.jsonl:"),
        "{}",
        ran.err
    );
}

#[test]
fn a_compiled_gazetteer_gives_the_graph_of_its_source() {
    let place = Place::new();
    place.write("own.jsonl", SIX);
    place.write(
        "text.txt",
        "Élie Tok dirige Alpha. Beta a été fondée par Élie Tok. Le président zemblien rencontre Alpha.",
    );
    let compiled = place.relata("gazetteer compile own.jsonl -o own.rlg");
    assert_eq!(compiled.code, Some(0), "{}", compiled.err);
    assert!(compiled.err.starts_with("4 entities, 6 names, "), "{}", compiled.err);
    assert_eq!(place.relata("gazetteer compile own.jsonl -o again.rlg").code, Some(0));
    let bytes = |name: &str| std::fs::read(place.path(name)).unwrap();
    assert_eq!(bytes("own.rlg"), bytes("again.rlg"));
    for alone in ["", " --no-default-gazetteer"] {
        let of_text = place.relata(&format!("extract text.txt --lang fr --gazetteer own.jsonl{alone}"));
        let of_compiled = place.relata(&format!("extract text.txt --lang fr --gazetteer own.rlg{alone}"));
        assert_eq!(of_text.code, Some(0), "{}", of_text.err);
        assert!(of_text.out.contains("\"entity\":\"a4\""), "{}", of_text.out);
        // The records are alike but for the digest of what they were made with.
        let found = |out: &str| {
            let mut record: Value = serde_json::from_str(out).unwrap();
            record.as_object_mut().unwrap().remove("by");
            record
        };
        assert_eq!(found(&of_compiled.out), found(&of_text.out), "{}", of_compiled.err);
    }
    let checked = place.relata("gazetteer check own.rlg");
    assert_eq!(checked.code, Some(0), "{}", checked.err);

    let mut damaged = bytes("own.rlg");
    *damaged.last_mut().unwrap() ^= 1;
    std::fs::write(place.path("damaged.rlg"), &damaged).unwrap();
    let refused = place.relata("gazetteer check damaged.rlg");
    assert_eq!(refused.code, Some(2));
    assert_eq!(
        refused.err,
        "error: damaged.rlg: the file is damaged (its digest does not fit): copy or compile it again\n"
    );
    std::fs::write(place.path("cut.rlg"), &damaged[..100]).unwrap();
    let refused = place.relata("extract text.txt --gazetteer cut.rlg");
    assert_eq!(refused.code, Some(2));
    let expected =
        format!("error: cut.rlg: the file has 100 bytes instead of {}: copy or compile it again\n", damaged.len());
    assert_eq!(refused.err, expected);
}

#[test]
fn a_large_text_is_compiled_once_and_what_is_kept_changes_nothing() {
    let place = Place::new();
    let firm = |number| {
        format!("{{\"id\": \"n{number}\", \"type\": \"Company\", \"labels\": {{\"fr\": \"Firme numéro {number}\"}}}}\n")
    };
    let large: String = std::iter::once(SIX.to_owned()).chain((0..120_000).map(firm)).collect();
    assert!(large.len() > 8 << 20);
    place.write("large.jsonl", large);
    place.write("text.txt", "Élie Tok dirige Alpha. La Firme numéro 77777 est zemblienne.");
    let extract = "extract text.txt --lang fr --gazetteer large.jsonl";
    let run = |cache: &str| {
        let mut command = place.command(env!("CARGO_BIN_EXE_relata"));
        command.args(extract.split(' ')).env("XDG_CACHE_HOME", place.path(cache));
        crate::place::run(command, b"").output()
    };
    // A file where the folder should be: nothing can be kept.
    place.write("closed", "");
    let without = run("closed");
    assert!(without.contains("\"entity\":\"n77777\""), "{without}");
    assert_eq!(run("cache"), without);
    let kept = place.files("cache");
    assert_eq!(kept.len(), 1, "{:?}", kept.keys());
    let (name, bytes) = kept.iter().next().unwrap();
    assert!(name.starts_with("relata/gazetteers/") && name.strip_suffix(".rlg").is_some(), "{name}");
    assert_eq!(run("cache"), without);
    let mut damaged = bytes.clone();
    *damaged.last_mut().unwrap() ^= 1;
    std::fs::write(place.path("cache").join(name), damaged).unwrap();
    assert_eq!(run("cache"), without, "what is damaged is made anew");
    assert_eq!(place.files("cache"), kept);
}

#[test]
fn a_spreadsheet_is_a_gazetteer() {
    let place = Place::new();
    place.write("names.csv", "\u{FEFF}Nom;Type;Autres noms\r\nÉlie Tok;personne;\r\nArdent;société;groupe Ardent\r\n");
    place.write("text.txt", "Élie Tok dirige le groupe Ardent.");
    let record = place.relata("extract text.txt --lang fr --gazetteer names.csv").output();
    assert!(record.contains("\"entity\":\"elie-tok\"") && record.contains("\"entity\":\"ardent\""), "{record}");

    let imported = place.relata("gazetteer import names.csv -o names.jsonl");
    imported.says(0, "2 read, 2 kept, 0 dropped\nnames.jsonl\n");
    assert_eq!(place.relata("gazetteer check names.jsonl").code, Some(0));

    place.write("faulty.csv", "name,type\nArdent,Gizmo\nBeta,Company\n,Company\n");
    place.relata("gazetteer import faulty.csv -o kept.jsonl").says(
        1,
        "dropped 1 of no known type:\n  faulty.csv:2: unknown type \"Gizmo\" (data/import/types.toml has the known ones)\n\
         dropped 1 without a name:\n  faulty.csv:4: no name\n3 read, 1 kept, 2 dropped\nkept.jsonl\n",
    );
    assert_eq!(place.read("kept.jsonl"), "{\"id\": \"beta\", \"type\": \"Company\", \"labels\": {\"en\": \"Beta\"}}\n");
    let refused = place.relata("extract text.txt --gazetteer faulty.csv");
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.err.contains("faulty.csv:2:1: unknown type") && refused.err.contains("faulty.csv:4:1: no name"),
        "{}",
        refused.err
    );
    place.relata("gazetteer import text.txt -o x.jsonl").says(
        2,
        "error: the name text.txt does not tell its format: give it with -f (jsonl, csv, geonames, wikidata, ftm, sparql-json, \
         turtle, ntriples, rdfxml)\n",
    );
}

/// What spoke for each of several entities, and what made the form that the text has.
#[test]
fn why_shows_the_points_of_each_candidate_and_what_made_a_form() {
    let lines = concat!(
        "{\"id\": \"ardent-city\", \"type\": \"City\", \"labels\": {\"fr\": \"Ardent\"}}\n",
        "{\"id\": \"ardent-group\", \"type\": \"Company\", \"labels\": {\"fr\": \"Ardent\"}}\n",
        "{\"id\": \"novalis\", \"type\": \"Company\", \"labels\": {\"fr\": \"Novalis S.A.\"}}\n",
    );
    let text = "Le groupe Ardent et Novalis ont signé. Ardents débats, puis Ardent.\n";
    let place = Place::with(&[("mine.jsonl", lines), ("texts/a.txt", text)]);
    place.relata("build texts -o out --lang fr --gazetteer mine.jsonl --no-default-gazetteer").output();
    assert_eq!(
        place.relata("why out ardent-group --names").output(),
        "a.txt\tcharacters 10–16\tArdent\tname\tthe words around it ask for an entity of this type\n\
         \t26\tardent-group\tkind of name +4, name in the language of the text +2, type that the words around it ask for +20\n\
         \t-14\tardent-city\tkind of name +4, name in the language of the text +2, type that the words around it ask for -20\n\
         a.txt\tcharacters 60–66\tArdent\tname\tthe same name means this entity elsewhere in the document\n\
         \t18\tardent-group\tkind of name +4, name in the language of the text +2, the same name elsewhere in the document +12\n\
         \t6\tardent-city\tkind of name +4, name in the language of the text +2\n"
    );
    assert_eq!(
        place.relata("why out novalis --names").output(),
        "a.txt\tcharacters 20–27\tNovalis\tname\tno other entity of the gazetteer has this name; a name without its legal form\n"
    );
    let json: Value = serde_json::from_str(&place.relata("why out ardent-group --names --json").output()).unwrap();
    assert_eq!(json[0]["mention"]["ranked"][0]["points"]["type"], 20);
    assert_eq!(json[0]["mention"]["ranked"][1]["score"], -14);
    assert_eq!(json.as_array().unwrap().len(), 2);
    let json: Value = serde_json::from_str(&place.relata("why out novalis --names --json").output()).unwrap();
    assert_eq!(json[0]["form"], "a name without its legal form");
    assert_eq!(json[0]["mention"]["made"], "legal-form");
}
