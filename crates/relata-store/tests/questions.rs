//! Questions to a small graph: answers in every form, and the texts of mistakes.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

use relata_store::{Answer, AnswerFormat, GraphStore, Limits, Question, RdfFormat, StopSwitch};

const TURTLE: &str = r#"
@prefix relata: <https://w3id.org/relata/ns#> .
@prefix rel: <https://w3id.org/relata/rel#> .
@prefix ent: <https://graph.example.org/entity/> .
@prefix st: <https://graph.example.org/statement/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ent:china rdfs:label "中国"@zh ; rel:cooperatesWith ent:russia .
ent:russia rdfs:label "Russie"@fr, "Россия"@ru ; rel:cooperatesWith ent:china .
st:1 relata:amountValue "12"^^xsd:decimal ; rdfs:label "deux\nlignes \"citées\"" .
"#;

fn store() -> GraphStore {
    GraphStore::from_turtle(TURTLE.as_bytes()).unwrap()
}

fn answer(query: &str, format: AnswerFormat) -> String {
    let mut out = Vec::new();
    store().query(query).unwrap().write(format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn rows_are_aligned_by_width_and_iris_shortened_with_the_prefixes_of_the_file() {
    let query = "SELECT ?entity ?label ?amount { { ?entity rel:cooperatesWith ?o } UNION { ?entity relata:amountValue ?amount } \
                 ?entity rdfs:label ?label }";
    assert_eq!(
        answer(query, AnswerFormat::Table),
        "entity      label                 amount\n\
         ──────────  ────────────────────  ──────\n\
         ent:china   中国\n\
         ent:russia  Russie\n\
         ent:russia  Россия\n\
         st:1        deux⏎lignes \"citées\"      12\n\
         (4 rows)\n"
    );
}

#[test]
fn rows_have_four_forms_for_programs() {
    let query = "SELECT ?s ?label { ?s rdfs:label ?label FILTER(LANG(?label) = 'ru') }";
    let iri = "https://graph.example.org/entity/russia";
    assert_eq!(answer(query, AnswerFormat::Csv), format!("s,label\r\n{iri},Россия\r\n"));
    assert_eq!(answer(query, AnswerFormat::Tsv), format!("?s\t?label\n<{iri}>\t\"Россия\"@ru\n"));
    assert_eq!(
        answer(query, AnswerFormat::Json),
        format!(
            "{{\"head\":{{\"vars\":[\"s\",\"label\"]}},\"results\":{{\"bindings\":[{{\"s\":{{\"type\":\"uri\",\"value\":\"{iri}\"}},\
             \"label\":{{\"type\":\"literal\",\"value\":\"Россия\",\"xml:lang\":\"ru\"}}}}]}}}}\n"
        )
    );
    assert!(answer(query, AnswerFormat::Xml).contains("<literal xml:lang=\"ru\">Россия</literal>"));
}

#[test]
fn ask_answers_true_or_false() {
    assert_eq!(answer("ASK { ent:russia rel:cooperatesWith ?x }", AnswerFormat::Table), "true\n");
    assert_eq!(answer("ASK { ent:russia rel:sanctions ?x }", AnswerFormat::Json), "{\"head\":{},\"boolean\":false}\n");
}

#[test]
fn graphs_come_as_turtle_with_the_prefixes_in_use() {
    assert_eq!(
        answer(
            "CONSTRUCT { ?s a relata:Entity ; rdfs:label ?l } { ?s rel:cooperatesWith ?o ; rdfs:label ?l }",
            AnswerFormat::Turtle
        ),
        "@prefix relata: <https://w3id.org/relata/ns#> .\n\
         @prefix ent: <https://graph.example.org/entity/> .\n\
         @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
         \n\
         ent:china a relata:Entity ;\n    rdfs:label \"中国\"@zh .\n\
         \n\
         ent:russia a relata:Entity ;\n    rdfs:label \"Russie\"@fr, \"Россия\"@ru .\n"
    );
    assert_eq!(
        answer("DESCRIBE st:1", AnswerFormat::NTriples),
        "<https://graph.example.org/statement/1> <http://www.w3.org/2000/01/rdf-schema#label> \"deux\\nlignes \\\"citées\\\"\" .\n\
         <https://graph.example.org/statement/1> <https://w3id.org/relata/ns#amountValue> \
         \"12\"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n"
    );
    let turtle = answer("CONSTRUCT WHERE { ?s ?p ?o }", AnswerFormat::Turtle);
    let again = GraphStore::from_turtle(turtle.as_bytes()).unwrap();
    assert_eq!(again.len().unwrap(), store().len().unwrap());
}

#[test]
fn graphs_come_in_the_forms_of_rows_too() {
    let query = "CONSTRUCT { ?s rdfs:label ?l } { ?s rdfs:label ?l FILTER(LANG(?l) = 'ru') }";
    let (russia, label) = ("https://graph.example.org/entity/russia", "http://www.w3.org/2000/01/rdf-schema#label");
    assert_eq!(answer(query, AnswerFormat::Csv), format!("subject,predicate,object\r\n{russia},{label},Россия\r\n"));
    assert_eq!(
        answer(query, AnswerFormat::Tsv),
        format!("?subject\t?predicate\t?object\n<{russia}>\t<{label}>\t\"Россия\"@ru\n")
    );
    let json: serde_json::Value = serde_json::from_str(&answer(query, AnswerFormat::Json)).unwrap();
    let text = json.to_string();
    assert!(text.contains(russia) && text.contains("\"@language\":\"ru\",\"@value\":\"Россия\""), "{text}");
    for (format, kind) in
        [(AnswerFormat::Json, RdfFormat::from_extension("jsonld")), (AnswerFormat::Xml, Some(RdfFormat::RdfXml))]
    {
        let written = answer("CONSTRUCT WHERE { ?s ?p ?o }", format);
        let again = GraphStore::from_rdf(written.as_bytes(), kind.unwrap()).unwrap();
        assert_eq!(again.query("SELECT * { ?s ?p ?o }").unwrap().len(), store().len().unwrap(), "{written}");
    }
}

#[test]
fn characters_that_xml_cannot_carry_are_replaced_one_for_one() {
    let query = "SELECT ?t { VALUES ?t { \"a\\u0000b\\rc\\uFFFEd\"@fr } }";
    let xml = answer(query, AnswerFormat::Xml);
    assert!(xml.contains("<literal xml:lang=\"fr\">a\u{FFFD}b c\u{FFFD}d</literal>"), "{xml}");
    let query = "CONSTRUCT { ent:a rdfs:label ?t } { VALUES ?t { \"a\\u0001b\" } }";
    assert!(answer(query, AnswerFormat::Xml).contains("a\u{FFFD}b"));
}

#[test]
fn a_form_that_does_not_suit_is_refused() {
    let error = Answer::Boolean(true).write(AnswerFormat::Turtle, &mut Vec::new()).unwrap_err();
    assert_eq!(error.to_string(), "ttl cannot hold the rows of SELECT and ASK; ask for table, json, csv, tsv or xml");
}

#[test]
fn entities_may_be_called_by_their_names() {
    let expected = "o\n─────────\nent:china\n(1 row)\n";
    for name in ["@\"Russie\"", "@'россия'", "@\"russia\"", "<https://graph.example.org/entity/russia>"] {
        assert_eq!(answer(&format!("SELECT ?o {{ {name} rel:cooperatesWith ?o }}"), AnswerFormat::Table), expected);
    }
    for (query, told) in [
        (
            "ASK {\n  @\"Rusie\" ?p ?o }",
            "query, line 2, column 3: no entity of this graph is called \"Rusie\"; did you mean ent:russia (Russie)?\n  \
             2 |   @\"Rusie\" ?p ?o }\n    |   ^",
        ),
        (
            "ASK { @\"Russie\" rel:sanctions @\"Россия\" WHER }",
            "query, line 1, column 41: \"WHER\" is unexpected here; expected one of \",\" \".\" \";\" \"{\" \"{|\" \"}\" \"~\"\n  \
             1 | ASK { @\"Russie\" rel:sanctions @\"Россия\" WHER }\n    |                                         ^",
        ),
    ] {
        assert_eq!(store().query(query).unwrap_err().to_string(), told);
    }
}

#[test]
fn the_plan_of_a_query_is_told_with_the_rows_of_each_step() {
    let question = Question::of("SELECT ?o { @\"Russie\" rel:cooperatesWith ?o }");
    let plan = store().explain(&question, Limits::NONE, &StopSwitch::default()).unwrap();
    assert_eq!(plan.results, 1);
    let text = plan.to_string();
    let mut lines = text.lines();
    assert_eq!(
        lines.next().unwrap(),
        "SELECT ?o WHERE { <https://graph.example.org/entity/russia> <https://w3id.org/relata/rel#cooperatesWith> ?o . }"
    );
    let steps: Vec<&str> =
        lines.filter_map(|line| Some(line.get(24..)?.trim())).filter(|step| *step != "step").collect();
    assert!(steps[0].starts_with("Project(") && steps[1].starts_with("QuadPattern("), "{text}");
}

#[test]
fn mistakes_are_told_with_their_place_in_the_users_text() {
    for (query, message) in [
        (
            "SELECT ?x WHER { ?x a relata:Entity }",
            "query, line 1, column 11: \"WHER\" is unexpected here; expected one of \"$\" \"(\" \"?\" \"{\"\n  \
             1 | SELECT ?x WHER { ?x a relata:Entity }\n    |           ^",
        ),
        (
            "SELECT ?x\nWHERE {\n\t?x rdfs:label \"中国\" ; a relat:Entity .\n}",
            "query, line 3, column 25: the prefix \"relat:\" is not declared; without declaring: relata, rel, ent, doc, st, ev, rule, \
             run, dcterms, owl, prov, rdf, rdfs, schema, skos, void, xsd\n  \
             3 |     ?x rdfs:label \"中国\" ; a relat:Entity .\n    |                              ^",
        ),
        (
            "SELECT ?x WHERE { ?x a relata:Entity ; }}",
            "query, line 1, column 41: \"}\" is unexpected here\n  \
             1 | SELECT ?x WHERE { ?x a relata:Entity ; }}\n    |                                         ^",
        ),
        (
            "SELECT ?x {\n  ?x a relata:Entity",
            "query, line 2, column 21: the query ends too early; expected one of \",\" \".\" \";\" \"{\" \"{|\" \"}\" \"~\"\n  \
             2 |   ?x a relata:Entity\n    |                     ^",
        ),
        (
            "SELECT ?x { ?x rdfs:label \"Russie }",
            "query, line 1, column 27: this text has no closing quotation mark\n  \
             1 | SELECT ?x { ?x rdfs:label \"Russie }\n    |                           ^",
        ),
        (
            "SELECT ?x (COUNT(?y) AS ?n) { ?x ?p ?y }",
            "query, line 1, column 41: The SELECT contains a variable that is unbound\n  \
             1 | SELECT ?x (COUNT(?y) AS ?n) { ?x ?p ?y }\n    |                                         ^",
        ),
        (
            "SELECT ?x { ?x <russia> ?y }",
            "query, line 1, column 16: <russia> is no absolute address, and the query declares no BASE\n  \
             1 | SELECT ?x { ?x <russia> ?y }\n    |                ^",
        ),
        ("  \n", "query, line 1, column 1: the query is empty\n  1 |   \n    | ^"),
        (
            "INSERT DATA { ent:a a relata:Entity }",
            "this is an update, and the graph is only read: ask with SELECT, ASK, CONSTRUCT or DESCRIBE",
        ),
    ] {
        assert_eq!(store().query(query).unwrap_err().to_string(), message, "{query}");
    }
}

#[test]
fn no_other_endpoint_is_asked() {
    for query in [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER NOT EXISTS { { ?s ?p ?o } UNION { SERVICE SILENT ?s { ?s ?p ?o } } } }",
        "SELECT (SUM(IF(EXISTS { SERVICE ent:russia { ?s ?p ?o } }, 1, 0)) AS ?n) { ?s ?p ?o }",
    ] {
        let error = store().query(query).unwrap_err();
        assert_eq!(
            error.to_string(),
            "SERVICE is refused: relata asks no other endpoint, and nothing leaves this machine",
            "{query}"
        );
    }
}

#[test]
fn broken_turtle_is_told_with_its_place() {
    let Err(error) = GraphStore::from_turtle("<http://a.example/> <http://b.example/>\n \"open .\n".as_bytes()) else {
        panic!("it has an open text");
    };
    assert!(error.to_string().starts_with("this is not Turtle: Parser error between line 2 column 2"), "{error}");
}
