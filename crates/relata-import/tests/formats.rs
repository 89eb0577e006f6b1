//! Each format with the quirks that its files have, and with faults.

#![expect(clippy::unwrap_used, reason = "a test fails where its preparation does")]

use std::io::Write;
use std::sync::LazyLock;

use relata_import::{Format, Options, Report, import};
use relata_model::{Language, Schema};

fn schema() -> Schema {
    static SCHEMA: LazyLock<Schema> =
        LazyLock::new(|| Schema::from_toml("schema.toml", include_str!("../../../data/schema/schema.toml")).unwrap());
    SCHEMA.clone()
}

fn import_with(bytes: &[u8], format: Format, options: &Options) -> (Vec<String>, Report) {
    let mut out = Vec::new();
    let report = import(bytes, format, options, &schema(), &mut out, &mut |_| ()).unwrap();
    let text = String::from_utf8(out).unwrap();
    // What is written loads.
    let source = relata_gazetteer::Source::of_text("out.jsonl", &text);
    let loaded = relata_gazetteer::load(&[source], &schema()).unwrap();
    assert_eq!(loaded.entities.len() as u64, report.kept, "{text}");
    assert_eq!(report.read, report.kept + report.dropped(), "{report:?}");
    (text.lines().map(str::to_owned).collect(), report)
}

fn run(bytes: &[u8], format: Format) -> (Vec<String>, Report) {
    import_with(bytes, format, &Options::default())
}

/// What was dropped, as "line: why".
fn dropped(report: &Report) -> Vec<String> {
    let mut all: Vec<&(usize, _)> = report.dropped.values().flat_map(|dropped| &dropped.first).collect();
    all.sort_by_key(|(line, _)| *line);
    all.iter().map(|(line, reason)| format!("{line}: {reason}")).collect()
}

#[test]
fn a_spreadsheet_with_every_column() {
    let sheet = "id,name,type,aliases,language,wikidata,country,case,context\n\
                 novalis,Novalis,company,\"Novalis SA|groupe Novalis\",fr,Q42,france,exact,chimie|usine\n";
    let (lines, report) = run(sheet.as_bytes(), Format::Csv);
    assert_eq!(
        lines,
        [concat!(
            r#"{"id": "novalis", "type": "Company", "labels": {"fr": {"name": "Novalis", "case": "exact"}}, "#,
            r#""aliases": {"fr": [{"name": "Novalis SA", "case": "exact"}, {"name": "groupe Novalis", "case": "exact"}]}, "#,
            r#""country": "france", "context": {"fr": ["chimie", "usine"]}, "wikidata": "Q42"}"#
        )]
    );
    assert_eq!(report.dropped(), 0);
}

#[test]
fn what_excel_writes_in_france() {
    // A byte order mark, semicolons, CRLF, quotes with a line end inside, and a column nobody knows.
    let sheet =
        "\u{FEFF}Nom;Type;Autres noms;Remarque\r\nÉlie Tok;personne;\"E. Tok\nÉ. Tok\";ami; \r\nArdent;Société;;\r\n";
    let (lines, report) = run(sheet.replace("ami; ", "ami").as_bytes(), Format::Csv);
    assert_eq!(
        lines,
        [
            r#"{"id": "elie-tok", "type": "Person", "labels": {"en": "Élie Tok"}, "aliases": {"en": ["E. Tok", "É. Tok"]}}"#,
            r#"{"id": "ardent", "type": "Company", "labels": {"en": "Ardent"}}"#,
        ]
    );
    assert_eq!(report.dropped(), 0);
    let names = |bytes: &[u8]| run(bytes, Format::Csv).0;
    let latin: Vec<u8> = "nom;type\nÉlie Tok;personne\n".chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert_eq!(names(&latin), [r#"{"id": "elie-tok", "type": "Person", "labels": {"en": "Élie Tok"}}"#]);
    let wide: Vec<u8> = "\u{FEFF}имя\tтип\nЭли Ток\tчеловек\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(names(&wide), [r#"{"id": "eli-tok", "type": "Person", "labels": {"ru": "Эли Ток"}}"#]);
    let options = Options { encoding: encoding_rs::Encoding::for_label(b"windows-1251"), ..Options::default() };
    let (cyrillic, _, _) = encoding_rs::WINDOWS_1251.encode("имя;тип\nЭли Ток;человек\n");
    assert_eq!(import_with(&cyrillic, Format::Csv, &options).0, names(&wide));
}

#[test]
fn columns_of_languages() {
    let sheet = "name_fr,name_ru,label (en),type,demonyms_fr\nZembla,Зембла,Zembla,country,zemblien\n";
    let (lines, _) = run(sheet.as_bytes(), Format::Csv);
    assert_eq!(
        lines,
        [
            r#"{"id": "zembla", "type": "Country", "labels": {"fr": "Zembla", "ru": "Зембла", "en": "Zembla"}, "demonyms": {"fr": ["zemblien"]}}"#
        ]
    );
}

#[test]
fn faults_of_a_table_are_told_with_their_lines() {
    let sheet = "name,type\nArdent,Company\nArdent,Company\n,Company\nBeta,Gizmo\nGamma\nDelta,Company,x\n\n\"Zeta\nEta\",Company\n";
    let mut bytes = sheet.as_bytes().to_vec();
    bytes.extend(b"Th\xE9ta,Company\n");
    let options = Options { encoding: Some(encoding_rs::UTF_8), ..Options::default() };
    let (lines, report) = import_with(&bytes, Format::Csv, &options);
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[1].contains("Zeta Eta"), "{lines:?}");
    assert_eq!(
        dropped(&report),
        [
            "3: \"ardent\" came before and is kept; what is another needs an id of its own",
            "4: no name",
            "5: unknown type \"Gizmo\" (data/import/types.toml has the known ones)",
            "6: no type (give --type for those that have none)",
            "7: 3 cells under 2 headers (quote cells that hold the separator)",
            "11: these bytes are not UTF-8 (give --encoding)",
        ]
    );
    let broken = |text: &str| run(text.as_bytes(), Format::Csv).1.broken_off.unwrap();
    assert_eq!(
        broken(""),
        (1, "the table is empty: its first line must name the columns (name,type,aliases,…)".to_owned())
    );
    assert_eq!(broken("a,b\nx,y\n"), (1, "no column of names among \"a\", \"b\": call one \"name\"".to_owned()));
    let options = Options { default_type: Some(schema().entity_type("Organization").unwrap()), ..Options::default() };
    assert_eq!(import_with(b"name\nArdent\n", Format::Csv, &options).1.kept, 1);
}

#[test]
fn targets_of_opensanctions() {
    let sheet = "\"id\",\"schema\",\"name\",\"aliases\",\"birth_date\",\"countries\"\n\
                 \"NK-2AbCdE\",\"Person\",\"Иван Иванов\",\"Ivan Ivanov;I. Ivanov\",\"1970\",\"ru;us\"\n\
                 \"NK-2aBcDe\",\"Vessel\",\"ARDENT STAR\",\"\",\"\",\"\"\n\
                 \"x\",\"Address\",\"1 rue X\",\"\",\"\",\"\"\n";
    let (lines, report) = run(sheet.as_bytes(), Format::Csv);
    assert_eq!(lines.len(), 2);
    assert!(
        lines[0].contains(r#""labels": {"ru": "Иван Иванов"}, "aliases": {"en": ["Ivan Ivanov", "I. Ivanov"]}"#),
        "{}",
        lines[0]
    );
    let ids: Vec<&str> = lines.iter().map(|line| line.split('"').nth(3).unwrap()).collect();
    assert!(ids.iter().all(|id| id.starts_with("nk-2abcde-")) && ids[0] != ids[1], "{ids:?}");
    assert_eq!(dropped(&report), ["4: unknown type \"Address\" (data/import/types.toml has the known ones)"]);
}

#[test]
fn follow_the_money_entities() {
    let text = concat!(
        r#"{"id":"c-1","schema":"Company","properties":{"name":["ООО «Ардент»"],"alias":["Ardent LLC"],"wikidataId":["Q42"]}}"#,
        "\r\n\n",
        r#"{"id":"o-1","schema":"Ownership","properties":{"owner":["c-1"]}}"#,
        "\n",
        r#"{"id":"c-1","schema":"Company","properties":{"name":["Ардент"]}}"#,
        "\n",
        r#"{"id":"c-2","schema":"Company","properties":{}}"#,
        "\n",
        r#"{"id":"c-3","schema":"Com"#,
    );
    let (lines, report) = run(text.as_bytes(), Format::FollowTheMoney);
    assert_eq!(
        lines,
        [
            r#"{"id": "c-1", "type": "Company", "labels": {"ru": "ООО «Ардент»"}, "aliases": {"en": ["Ardent LLC"]}, "wikidata": "Q42"}"#
        ]
    );
    assert_eq!(
        dropped(&report),
        [
            "3: unknown type \"Ownership\" (data/import/types.toml has the known ones)",
            "4: \"c-1\" came before and is kept; what is another needs an id of its own",
            "5: no name",
            "6: column 25: EOF while parsing a string",
        ]
    );
}

const ITEMS: &str = concat!(
    "[\n",
    r#"{"id":"Q42","labels":{"fr":{"language":"fr","value":"Zembla"},"de":{"language":"de","value":"Zembla"}},"aliases":{"fr":[{"language":"fr","value":"royaume de Zembla"}]},"claims":{"P31":[{"rank":"deprecated","mainsnak":{"datavalue":{"value":{"id":"Q5"}}}},{"rank":"normal","mainsnak":{"datavalue":{"value":{"id":"Q6256"}}}}],"P1549":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"text":"zemblien","language":"fr"}}}}],"P17":[{"rank":"normal","mainsnak":{"snaktype":"novalue"}}]}},"#,
    "\n",
    r#"{"id":"P31","labels":{}},"#,
    "\n",
    r#"{"id":"Q43","labels":{"fr":{"language":"fr","value":"Rien"}},"claims":[]}"#,
    "\n]\n",
);

#[test]
fn items_of_wikidata_plain_and_compressed() {
    let (lines, report) = run(ITEMS.as_bytes(), Format::Wikidata);
    assert_eq!(
        lines,
        [concat!(
            r#"{"id": "q42", "type": "Country", "labels": {"fr": "Zembla", "de": "Zembla"}, "aliases": {"fr": ["royaume de Zembla"]}, "#,
            r#""demonyms": {"fr": ["zemblien"]}, "wikidata": "Q42"}"#
        )]
    );
    assert_eq!(dropped(&report), ["3: not an item", "4: no type (give --type for those that have none)"]);
    let french = Options { languages: vec!["fr".parse().unwrap()], ..Options::default() };
    assert!(!import_with(ITEMS.as_bytes(), Format::Wikidata, &french).0[0].contains("\"de\""));

    // Dumps are made of several streams, one behind the other.
    let (first, second) = ITEMS.split_at(100);
    let gzip = |part: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(part.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let bzip2 = |part: &str| {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        encoder.write_all(part.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    for packed in [[gzip(first), gzip(second)].concat(), [bzip2(first), bzip2(second)].concat()] {
        assert_eq!(run(&packed, Format::Wikidata).0, lines);
        let (_, cut) = run(&packed[..packed.len() - 9], Format::Wikidata);
        assert!(cut.broken_off.is_some(), "{cut:?}");
    }
}

#[test]
fn results_of_sparql() {
    let json = r#"{"head": {"vars": ["item", "itemLabel", "alias", "type"]}, "results": {"bindings": [
        {"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q42"}, "itemLabel": {"xml:lang": "fr", "value": "Ardent"}, "type": {"value": "http://www.wikidata.org/entity/Q4830453"}, "alias": {"xml:lang": "fr", "value": "groupe Ardent"}},
        {"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q42"}, "itemLabel": {"xml:lang": "ru", "value": "Ардент"}},
        {"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q43"}, "itemLabel": {"xml:lang": "fr", "value": "Q43"}}
    ]}}"#;
    let expected = r#"{"id": "q42", "type": "Company", "labels": {"fr": "Ardent", "ru": "Ардент"}, "aliases": {"fr": ["groupe Ardent"]}, "wikidata": "Q42"}"#;
    let (lines, report) = run(json.as_bytes(), Format::SparqlJson);
    assert_eq!(lines, [expected]);
    // "Q43" is what the service gives for want of a label.
    assert_eq!(dropped(&report), ["3: no name"]);
    let (lines, report) = run(&json.as_bytes()[..json.len() - 60], Format::SparqlJson);
    assert_eq!(lines, [expected]);
    assert_eq!(report.broken_off.unwrap().0, 4);
    let table =
        "item,itemLabel,type\r\nhttp://www.wikidata.org/entity/Q42,Ardent,http://www.wikidata.org/entity/Q4830453\r\n";
    let (lines, _) = run(table.as_bytes(), Format::Csv);
    assert_eq!(lines, [r#"{"id": "q42", "type": "Company", "labels": {"en": "Ardent"}, "wikidata": "Q42"}"#]);
}

#[test]
fn concepts_and_organizations_in_rdf() {
    let turtle = r#"
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix schema: <https://schema.org/> .
        <https://x.example/c/peace> a skos:Concept ; skos:prefLabel "paix"@fr, "peace"@en ; skos:altLabel "non-guerre"@fr ;
            skos:exactMatch <http://www.wikidata.org/entity/Q454> .
        <https://x.example/c/ardent> a schema:Organization ; schema:name "Ardent" .
        <https://x.example/c/none> skos:prefLabel "rien"@fr .
    "#;
    let (lines, report) = run(turtle.as_bytes(), Format::Turtle);
    assert_eq!(
        lines,
        [
            r#"{"id": "peace", "type": "Concept", "labels": {"fr": "paix", "en": "peace"}, "aliases": {"fr": ["non-guerre"]}, "wikidata": "Q454"}"#,
            r#"{"id": "ardent", "type": "Organization", "labels": {"en": "Ardent"}}"#,
        ]
    );
    assert_eq!(report.dropped(), 1);
    let (lines, report) = run(format!("{turtle} <a> <b> .").as_bytes(), Format::Turtle);
    assert_eq!(lines.len(), 2);
    assert_eq!(report.broken_off.unwrap().0, 8);
    let xml = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:foaf="http://xmlns.com/foaf/0.1/">
        <foaf:Person rdf:about="https://x.example/p/tok"><foaf:name xml:lang="fr">Élie Tok</foaf:name></foaf:Person></rdf:RDF>"#;
    assert_eq!(
        run(xml.as_bytes(), Format::RdfXml).0,
        [r#"{"id": "tok", "type": "Person", "labels": {"fr": "Élie Tok"}}"#]
    );
}

#[test]
fn places_of_geonames() {
    let row = |id: &str, name: &str, others: &str, class: &str, code: &str, people: &str| {
        format!(
            "{id}\t{name}\t{name}\t{others}\t1.0\t2.0\t{class}\t{code}\tFR\t\t\t\t\t\t{people}\t\t3\tEurope/Paris\t2020-01-01\n"
        )
    };
    let mut text = row("2988507", "Paris", "PAR,Paname,Париж,https://x.example,\"Lutèce\"", "P", "PPLC", "2138551");
    text += &row("3017382", "Republic of France", "France,Франция", "A", "PCLI", "64768389");
    text += &row("1", "Rue X", "", "R", "ST", "0");
    text += "12\tcut off\n";
    text += &row("2988507", "Paris", "", "P", "PPLC", "1");
    text += &row("x", "Nowhere", "", "P", "PPL", "0");
    let mut bytes = text.into_bytes();
    bytes.extend(b"7\tL\xFFm\t");
    let (lines, report) = run(&bytes, Format::GeoNames);
    assert_eq!(
        lines,
        [
            r#"{"id": "geonames-2988507", "type": "City", "labels": {"en": "Paris"}, "aliases": {"en": ["Paname", "\"Lutèce\""], "ru": ["Париж"]}, "prior": 2138551}"#,
            r#"{"id": "geonames-3017382", "type": "Country", "labels": {"en": "Republic of France"}, "aliases": {"en": ["France"], "ru": ["Франция"]}, "prior": 64768389}"#,
        ]
    );
    assert_eq!(
        dropped(&report),
        [
            "3: unknown type \"R.ST\" (data/import/types.toml has the known ones)",
            "4: 2 columns instead of 19",
            "5: \"geonames-2988507\" came before and is kept; what is another needs an id of its own",
            "6: \"x\" is no number, as ids of GeoNames are",
            "7: these bytes are not UTF-8 (give --encoding)",
        ]
    );
    let cities = Options { least_population: 10_000_000, ..Options::default() };
    assert_eq!(import_with(&bytes, Format::GeoNames, &cities).0.len(), 1);
}

#[test]
fn the_native_form() {
    let text = "\u{FEFF}# a comment\n{\"id\": \"a\", \"type\": \"Company\", \"labels\": {\"fr\": \"Alpha\"}}\n{\"id\": \"b\"}\n\n";
    let (lines, report) = run(text.as_bytes(), Format::JsonLines);
    assert_eq!(lines, [r#"{"id": "a", "type": "Company", "labels": {"fr": "Alpha"}}"#]);
    assert_eq!(dropped(&report), ["3: column 1: \"type\" is missing"]);
}

/// Whatever is cut off, repeated or overwritten, nothing panics, and what is written loads.
#[test]
fn broken_sources_do_no_harm() {
    let sheet = "name;type;aliases\nÉlie Tok;Person;\"a;b\"\nАрдент;Company;x|y\n";
    let ftm = "{\"id\":\"c-1\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Ardent\"]}}\n";
    let turtle = "<https://x.example/a> <http://www.w3.org/2000/01/rdf-schema#label> \"Ardent\"@fr .\n";
    let cases = [
        (sheet, Format::Csv),
        (ftm, Format::FollowTheMoney),
        (ITEMS, Format::Wikidata),
        (turtle, Format::Turtle),
        (turtle, Format::NTriples),
        ("1\tParis\tParis\tParis\t1\t2\tP\tPPL\tFR\t\t\t\t\t\t5\t\t3\tx\ty\n", Format::GeoNames),
        ("{\"results\":{\"bindings\":[{\"name\":{\"value\":\"Ardent\"}}]}}", Format::SparqlJson),
        ("{\"id\": \"a\", \"type\": \"Company\", \"labels\": {\"fr\": \"Alpha\"}}\n", Format::JsonLines),
    ];
    for (text, format) in cases {
        for at in (0..text.len()).step_by(3) {
            run(&text.as_bytes()[..at], format);
            for value in [0, b'"', b'\n', 0x1F, 0xFF] {
                let mut changed = text.as_bytes().to_vec();
                changed[at] = value;
                run(&changed, format);
            }
        }
        run(text.repeat(3).as_bytes(), format);
        for magic in [&b"\x1F\x8B\x08"[..], b"BZh9", b"\xFE\xFF", b"\xFF\xFE"] {
            run(&[magic, text.as_bytes()].concat(), format);
        }
    }
}

#[test]
fn places_of_geonames_with_alternate_names() {
    let names = "1\t2988507\tfr\tParis\t1\t1\n2\t2988507\tru\tПариж\t\t\t\t\n3\t2988507\tfr\tPaname\t\t\t1\t\n\
                 4\t2988507\tlink\thttps://x.example\n5\t2988507\twkdt\tQ90\n6\t2988507\tde\tParis\n7\t2988507\tiata\tPAR\n\
                 8\t2988507\tfr_1793\tLutèce\t\t\t\t1\n9\tx\tfr\tNulle part\n\n10\t7\tfr\tAilleurs\n";
    let languages = vec![Language::FRENCH, Language::RUSSIAN];
    let alternate = relata_import::AlternateNames::read(names.as_bytes(), &languages).unwrap();
    assert_eq!(alternate.faults, 1);
    let row =
        "2988507\tParis\tParis\tPAR,Lutetia\t1.0\t2.0\tP\tPPLC\tFR\t\t\t\t\t\t2138551\t\t3\tEurope/Paris\t2020-01-01\n";
    let options = Options { languages, alternate_names: Some(alternate), ..Options::default() };
    assert_eq!(
        import_with(row.as_bytes(), Format::GeoNames, &options).0,
        [
            r#"{"id": "geonames-2988507", "type": "City", "labels": {"fr": "Paris", "ru": "Париж", "en": "Paris"}, "aliases": {"fr": ["Paname", "Lutèce"]}, "wikidata": "Q90", "prior": 2138551}"#
        ]
    );
}

/// What a spreadsheet may say of names and entities beyond their spelling.
#[test]
fn a_sheet_with_policies_priors_and_dates() {
    let sheet = "name;type;language;acronyms;role names;metonyms;accents;priority;popularity;birth;death\n\
                 Zembla;Country;fr;ZB;perle des mers;Port-Louis;exact;2;0.75;1902;\n\
                 Ana Roy;Person;fr;;;;;x;beaucoup;1950;1940\n";
    let (lines, report) = run(sheet.as_bytes(), Format::Csv);
    assert_eq!(report.kept, 2);
    assert_eq!(
        lines,
        [
            r#"{"id": "zembla", "type": "Country", "labels": {"fr": {"name": "Zembla", "accents": "exact", "priority": 2}}, "acronyms": {"fr": [{"name": "ZB", "accents": "exact", "priority": 2}]}, "role_names": {"fr": [{"name": "perle des mers", "accents": "exact", "priority": 2}]}, "metonyms": {"fr": [{"name": "Port-Louis", "accents": "exact", "priority": 2}]}, "from": "1902", "prior": 0.75}"#,
            r#"{"id": "ana-roy", "type": "Person", "labels": {"fr": "Ana Roy"}}"#,
        ]
    );
}
