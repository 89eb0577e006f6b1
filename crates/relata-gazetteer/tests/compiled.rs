//! Compiled gazetteers: they say what their sources say, and no file does harm.

#![expect(clippy::unwrap_used, reason = "a test fails where its preparation does")]

use std::path::Path;
use std::sync::Arc;

use relata_gazetteer::{Compiled, Gazetteer, Source, SourceFile, load};
use relata_model::{Entity, Language, Mention, Schema, Span};

const SCHEMA: &str = r#"
[[entity-type]]
name = "Person"
labels = {}

[[entity-type]]
name = "Country"
labels = {}

[[entity-type]]
name = "Company"
labels = {}
"#;

const LINES: &str = r#"{"id": "ardent", "type": "Company", "labels": {"fr": "Ardent", "ru": "Ардент"}, "aliases": {"en": [{"name": "Ardent Group", "case": "exact"}, {"name": "AG", "needs_context": true}]}, "country": "zembla", "related": ["ana-roy"], "context": {"fr": ["usine"]}, "wikidata": "Q42"}
{"id": "ana-roy", "type": "Person", "labels": {"fr": "Ana Roy", "ru": "Анна Рой"}, "roles": [{"post": "president", "in": "zembla", "from": "2019-05", "to": "2024"}, {"post": "director", "in": "ardent"}], "from": "1970", "prior": 12.5}
{"id": "zembla", "type": "Country", "labels": {"fr": "Zembla"}, "demonyms": {"fr": ["zemblien"]}, "acronyms": {"fr": ["ZB"]}, "role_names": {"fr": [{"name": "perle des mers", "accents": "fold", "priority": 2}]}, "metonyms": {"fr": [{"name": "Port-Louis", "case": "fold", "accents": "exact"}]}}
"#;

const TEXT: &str =
    "Ana Roy, présidente de la Zembla, et le groupe zemblien Ardent (AG) à Port-Louis. A. Roy et ARDENT GROUP.";

fn schema() -> Schema {
    Schema::from_toml("schema.toml", SCHEMA).unwrap()
}

fn entities(lines: &str) -> Vec<Entity> {
    load(&[Source::of_text("a.jsonl", lines)], &schema()).unwrap().entities
}

fn bytes(compiled: &Compiled) -> Vec<u8> {
    let mut bytes = Vec::new();
    compiled.write(&mut bytes).unwrap();
    bytes
}

fn open(bytes: Vec<u8>) -> Result<Compiled, String> {
    Compiled::of_bytes(bytes, Path::new("names.rlg"), &schema()).map_err(|error| error.to_string())
}

fn find(gazetteer: &Gazetteer, text: &str) -> Vec<Mention> {
    gazetteer.find(text, [Span::new(0, text.len())], Some(Language::FRENCH))
}

#[test]
fn entities_and_mentions_are_those_of_the_source() {
    let entities = entities(LINES);
    let opened = open(bytes(&Compiled::new(entities.clone(), &schema()))).unwrap();
    assert_eq!(opened.len(), 3);
    assert_eq!(opened.entities().cloned().collect::<Vec<_>>(), entities);
    for entity in &entities {
        assert_eq!(opened.entity(&entity.id), Some(entity));
    }
    assert_eq!(opened.entity(&"nobody".parse().unwrap()), None);
    let opened = Gazetteer::of_layers(vec![Arc::new(opened)]).unwrap();
    let of_source = Gazetteer::new(entities, &schema());
    assert_eq!(find(&opened, TEXT), find(&of_source, TEXT));
    let words: Vec<&str> = find(&opened, TEXT).iter().map(|mention| mention.span.of(TEXT)).collect();
    assert_eq!(words, ["Ana Roy", "Zembla", "zemblien", "Ardent", "AG", "Port-Louis", "A. Roy", "ARDENT GROUP"]);
    assert_eq!(opened.counts(), of_source.counts());
    assert_eq!(opened.lookup("port louis"), of_source.lookup("port louis"));
    let holders: Vec<&str> = opened.with_roles().map(|entity| entity.id.as_str()).collect();
    assert_eq!(holders, ["ana-roy"]);
}

#[test]
fn the_shipped_gazetteer_comes_back_whole() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let schema = Schema::from_toml("s", &std::fs::read_to_string(data.join("schema/schema.toml")).unwrap()).unwrap();
    let mut files = Vec::new();
    for entry in std::fs::read_dir(data.join("gazetteer")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            files.push(SourceFile { name: path.display().to_string(), text: std::fs::read_to_string(&path).unwrap() });
        }
    }
    let entities = load(&[Source { files }], &schema).unwrap().entities;
    assert!(entities.len() > 1000);
    let compiled = Compiled::new(entities.clone(), &schema);
    let opened = Compiled::of_bytes(bytes(&compiled), Path::new("names.rlg"), &schema).unwrap();
    assert!(opened.entities().eq(&entities));
    assert_eq!(opened.digest(), compiled.digest());
}

#[test]
fn the_same_entities_give_the_same_bytes_in_any_order() {
    let mut other = entities(LINES);
    other.reverse();
    assert_eq!(bytes(&Compiled::new(entities(LINES), &schema())), bytes(&Compiled::new(other, &schema())));
}

#[test]
fn an_empty_gazetteer_can_be_compiled() {
    let opened = open(bytes(&Compiled::new(Vec::new(), &schema()))).unwrap();
    assert!(opened.is_empty());
    let gazetteer = Gazetteer::of_layers(vec![Arc::new(opened)]).unwrap();
    assert_eq!(find(&gazetteer, TEXT), []);
    assert_eq!(gazetteer.entity(&"ardent".parse().unwrap()), None);
}

#[test]
fn layers_unite_the_names_of_an_id() {
    let more = r#"{"id": "ardent", "type": "Company", "labels": {"fr": "Ardent SA", "en": "Ardent"}, "aliases": {"fr": ["Ardentis"]}}"#;
    let layers = || {
        vec![Arc::new(Compiled::new(entities(more), &schema())), Arc::new(Compiled::new(entities(LINES), &schema()))]
    };
    let gazetteer = Gazetteer::of_layers(layers()).unwrap();
    let text = "Ardentis et Ardent, Ana Roy";
    let found: Vec<String> = find(&gazetteer, text)
        .iter()
        .map(|mention| {
            let candidates: Vec<&str> = mention.candidates.iter().map(|candidate| candidate.entity.as_str()).collect();
            format!("{}: {}", mention.span.of(text), candidates.join(" "))
        })
        .collect();
    assert_eq!(found, ["Ardentis: ardent", "Ardent: ardent", "Ana Roy: ana-roy"]);
    let united = gazetteer.entity(&"ardent".parse().unwrap()).unwrap();
    assert_eq!(united.label(Language::FRENCH), "Ardent SA");
    assert_eq!(united.label(Language::RUSSIAN), "Ардент");
    assert!(united.names.iter().any(|name| name.text == "Ardent Group"));
    assert!(gazetteer.is_in_upper_layer(&united.id));
    assert!(!gazetteer.is_in_upper_layer(&"ana-roy".parse().unwrap()));

    let person = r#"{"id": "ardent", "type": "Person", "labels": {"fr": "Ardent"}}"#;
    let conflict = vec![Arc::new(Compiled::new(entities(person), &schema())), Arc::clone(&layers()[1])];
    assert_eq!(
        Gazetteer::of_layers(conflict).unwrap_err().to_string(),
        "\"ardent\" is a Person in one gazetteer and a Company in another: give one of them another id or type"
    );
}

#[test]
fn what_is_no_compiled_gazetteer_is_refused_by_name() {
    let whole = bytes(&Compiled::new(entities(LINES), &schema()));
    let refused = |bytes: Vec<u8>| open(bytes).unwrap_err();
    let foreign = "names.rlg: this is no compiled gazetteer (make one with \"relata gazetteer compile\")";
    assert_eq!(refused(Vec::new()), foreign);
    assert_eq!(refused(b"{\"id\": \"a\"}".to_vec()), foreign);
    let mut newer = whole.clone();
    newer[8] = 7;
    assert_eq!(
        refused(newer),
        "names.rlg: compiled in format 7, while this program reads format 2: compile it again with this program"
    );
    assert_eq!(
        refused(whole[..whole.len() - 1].to_vec()),
        format!(
            "names.rlg: the file has {} bytes instead of {}: copy or compile it again",
            whole.len() - 1,
            whole.len()
        )
    );
    let narrow = Schema::from_toml("s", "[[entity-type]]\nname = \"Person\"\nlabels = {}").unwrap();
    assert_eq!(
        Compiled::of_bytes(whole, Path::new("names.rlg"), &narrow).unwrap_err().to_string(),
        "names.rlg: compiled with the entity type \"Country\", which the schema does not have: compile it again with this schema"
    );
}

/// Asks everything of a gazetteer that can be asked.
fn use_up(compiled: Compiled) {
    let compiled = Arc::new(compiled);
    let entities: Vec<Entity> = compiled.entities().cloned().collect();
    let Ok(gazetteer) = Gazetteer::of_layers(vec![Arc::clone(&compiled), compiled]) else { return };
    for mention in find(&gazetteer, TEXT) {
        assert!(TEXT.get(mention.span.range()).is_some());
        assert!(mention.candidates.iter().all(|candidate| gazetteer.entity(&candidate.entity).is_some()));
    }
    gazetteer.lookup("Ana Roy");
    gazetteer.with_roles().count();
    let loaded = relata_gazetteer::Loaded { entities, ..relata_gazetteer::Loaded::default() };
    relata_gazetteer::check(&loaded, &gazetteer);
}

#[test]
fn every_cut_file_is_refused() {
    let whole = bytes(&Compiled::new(entities(LINES), &schema()));
    for length in 0..whole.len() {
        assert!(open(whole[..length].to_vec()).is_err(), "{length} bytes of {}", whole.len());
    }
}

#[test]
fn a_flipped_bit_never_does_harm_and_verifying_finds_it() {
    let whole = bytes(&Compiled::new(entities(LINES), &schema()));
    for at in 0..whole.len() {
        for bit in 0..8 {
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << bit;
            if let Ok(compiled) = open(flipped) {
                assert!(compiled.verify(Path::new("names.rlg")).is_err(), "byte {at}, bit {bit}");
                use_up(compiled);
            }
        }
    }
}

#[test]
fn bytes_of_all_ones_and_zeros_do_no_harm() {
    let whole = bytes(&Compiled::new(entities(LINES), &schema()));
    for length in [1, 4, 16, 64] {
        for at in 0..whole.len() - length {
            for value in [0, 0x7F, 0xFF] {
                let mut changed = whole.clone();
                changed[at..at + length].fill(value);
                if let Ok(compiled) = open(changed) {
                    use_up(compiled);
                }
            }
        }
    }
}
