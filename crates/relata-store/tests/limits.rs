//! Queries that want too much: refused before they begin, or stopped, and the program lives on.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

use std::fmt::Write as _;
use std::time::Duration;

use relata_store::{GraphStore, Limits, Question, RdfFormat, StopReason, StopSwitch};

/// So many triples that their cube is out of reach.
fn store() -> GraphStore {
    let mut turtle = String::new();
    for number in 0..2000 {
        writeln!(turtle, "<http://e.example/{number}> <http://e.example/p> \"text of {number}\" .").unwrap();
    }
    GraphStore::from_turtle(turtle.as_bytes()).unwrap()
}

const LIMITS: Limits = Limits { rows: 1000, bytes: 1 << 20, stoppable: true };

#[track_caller]
fn told(query: &str, limits: Limits) -> String {
    store().answer(&Question::of(query), limits, &StopSwitch::default()).unwrap_err().to_string()
}

/// The message without the line of the query and the mark below it.
fn first_line(told: &str) -> &str {
    told.lines().next().unwrap()
}

#[test]
fn ten_thousand_levels_are_refused_whatever_they_are_made_of() {
    let deep = |before: &str, open: &str, inner: &str, close: &str, after: &str| {
        format!("{before}{}{inner}{}{after}", open.repeat(10_000), close.repeat(10_000))
    };
    for query in [
        deep("SELECT * ", "{", "?s ?p ?o", "}", ""),
        deep("SELECT * { FILTER(", "(", "1", ")", ") }"),
        deep("SELECT * { ?s ?p ", "(", "1", ")", " }"),
        deep("SELECT * { ?s ?p ", "[ ?p ", "1", "]", " }"),
        deep("SELECT * { ?s ", "^(", "ent:p", ")", " ?o }"),
        deep("SELECT * ", "{ SELECT * ", "{}", "}", ""),
        deep("SELECT * { ?s ?p ?o ", "FILTER EXISTS { ?s ?p ?o ", "", "}", "}"),
        deep("SELECT * { ?s ?p ?o ", "OPTIONAL {", "?s ?p ?o", "}", "}"),
        deep("SELECT * { FILTER(", "STR(", "1", ")", ") }"),
        // Open only, and the other way round.
        deep("SELECT * ", "{", "", "", ""),
        deep("SELECT * { FILTER", "(", "", "", ""),
    ] {
        let told = told(&query, Limits::NONE);
        assert!(
            first_line(&told).ends_with(": the query is nested more than 100 levels deep"),
            "{}",
            first_line(&told)
        );
        assert!(told.len() < 1000, "{told}");
    }
    for query in [
        deep("SELECT * { FILTER(1", "||1", "", "", ") }"),
        deep("SELECT * { FILTER(1", " + 1", "", "", ") }"),
        deep("SELECT * { {}", "UNION {}", "", "", "}"),
        deep("SELECT * {", "OPTIONAL { ?s ?p ?o } ", "", "", "}"),
        deep("SELECT * {", "FILTER(?x) ", "", "", "}"),
        deep("SELECT * { ?s <http://e.example/p>", "/<http://e.example/p>", "", "", " ?o }"),
        deep("SELECT * { ?s ", "<", "", "", " ?o }"),
    ] {
        let told = told(&query, Limits::NONE);
        let message = ": the query has more than 1000 operators, groups and filters: ask in several queries";
        assert!(first_line(&told).ends_with(message), "{}", first_line(&told));
    }
}

/// What is just within the bounds is parsed, planned and evaluated on the stack that there is.
#[test]
fn the_deepest_queries_that_are_taken_are_answered() {
    let store = store();
    let deep = |open: &str, inner: &str, close: &str, times: usize| {
        format!("SELECT * {{ {}{inner}{} }}", open.repeat(times), close.repeat(times))
    };
    for query in [
        deep("{", "?s ?p ?o", "}", 98),
        deep("{ SELECT * {", "?s ?p ?o", "}}", 49),
        deep("OPTIONAL {", "?s ?p ?o", "}", 98),
        deep("FILTER NOT EXISTS {", "?s ?p ?o", "}", 98),
        deep("FILTER(1", "", ")", 98),
        format!("SELECT * {{ FILTER({}1{}) }}", "STR(".repeat(98), ")".repeat(98)),
        format!("SELECT * {{ FILTER(1{}) }}", "||1".repeat(490)),
        format!("SELECT * {{ BIND(1{} AS ?x) }}", " + 1".repeat(990)),
        format!("SELECT * {{ {{}} {} }}", "UNION {}".repeat(490)),
        format!("SELECT * {{ ?s <http://e.example/p>{} ?o }}", "/<http://e.example/p>".repeat(199)),
        format!("SELECT * {{ {} }}", "OPTIONAL { ?s ?p <http://e.example/none> } ".repeat(99)),
    ] {
        let asked = store.query(&query);
        // Some are no SPARQL; what counts is that they have been read to their end.
        if let Err(error) = asked {
            assert!(
                error.to_string().contains("unexpected") || error.to_string().contains("early"),
                "{query}: {error}"
            );
        }
    }
}

#[test]
fn queries_that_would_be_planned_for_hours_or_multiply_out_of_nothing_are_refused() {
    let chain = format!("SELECT * {{ ?s <http://e.example/p>{} ?o }}", "/<http://e.example/p>".repeat(300));
    assert_eq!(
        told(&chain, Limits::NONE),
        "the query has 301 triple patterns and joins, at most 200 are answered: ask in several queries"
    );
    let values = |name: &str| {
        let numbers: Vec<String> = (0..101).map(|number| number.to_string()).collect();
        format!("VALUES ?{name} {{ {} }}", numbers.join(" "))
    };
    let multiplied =
        "VALUES and UNION of this query make more than 1000000 rows when they are multiplied: join them with the graph";
    let product = format!("SELECT (COUNT(*) AS ?n) {{ {} {} {} }}", values("a"), values("b"), values("c"));
    assert_eq!(told(&product, Limits::NONE), multiplied);
    let unions = format!("SELECT (COUNT(*) AS ?n) {{ {} }}", "{ {} UNION {} } ".repeat(20));
    assert_eq!(told(&unions, Limits::NONE), multiplied);
    let exists = format!("SELECT * {{ {} FILTER EXISTS {{ {} {} }} }}", values("a"), values("b"), values("c"));
    assert_eq!(told(&exists, Limits::NONE), multiplied);
    let small = format!("SELECT (COUNT(*) AS ?n) {{ {} {} }}", values("a"), values("b"));
    assert_eq!(store().query(&small).unwrap().len(), 1);
}

#[test]
fn an_answer_that_is_too_large_is_none() {
    assert_eq!(
        told("SELECT * { ?s ?p ?o }", LIMITS),
        "the answer has more than 1000 rows: ask for less, or for parts of it with LIMIT and OFFSET"
    );
    assert_eq!(
        told("CONSTRUCT WHERE { ?s ?p ?o }", LIMITS),
        "the answer has more than 1000 triples: ask for less, or for parts of it with LIMIT and OFFSET"
    );
    assert_eq!(
        told("SELECT * { ?s ?p ?o } LIMIT 900", Limits { bytes: 10_000, ..LIMITS }),
        "the answer has more than 10000 bytes: ask for less, or for parts of it with LIMIT and OFFSET"
    );
    let answer = store().answer(&Question::of("SELECT * { ?s ?p ?o } LIMIT 1000"), LIMITS, &StopSwitch::default());
    assert_eq!(answer.unwrap().len(), 1000);
}

#[test]
fn a_cross_product_of_everything_ends_when_its_time_is_over() {
    let everything = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i";
    for query in [
        format!("SELECT * {{ {everything} }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {everything} }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {everything} . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s }}"),
        // Joins that the graph has no part in while they multiply.
        format!("SELECT (COUNT(*) AS ?n) {{ {{ SELECT ?a {{ {everything} }} }} {{ SELECT ?b {{ {everything} }} }} }}"),
        "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?p ?y . ?c ?p ?z . ?d ?p ?w }".to_owned(),
        "SELECT (COUNT(*) AS ?n) { {?a ?p ?x} UNION {?a ?p ?x} {?b ?p ?y} UNION {?b ?p ?y} {?c ?p ?z} UNION {?c ?p ?z} }".to_owned(),
        "SELECT (COUNT(*) AS ?n) { ?a ?p ?x OPTIONAL { ?b ?p ?y } OPTIONAL { ?c ?p ?z } OPTIONAL { ?d ?p ?w } }".to_owned(),
        format!("SELECT ?a {{ {everything} FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) < 0) }}"),
        "SELECT * { ?s ?p ?o FILTER NOT EXISTS { ?a ?b ?c . ?d ?e ?f FILTER(?c < ?f && STRLEN(?c) < 0) } }".to_owned(),
        "SELECT * { ?s (<http://e.example/p>|!<http://e.example/p>)* ?o . ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(?c) + STRLEN(?f) + STRLEN(STR(?o)) < 0) }".to_owned(),
    ] {
        let switch = StopSwitch::default();
        let limits = Limits { rows: usize::MAX, bytes: 1 << 30, stoppable: true };
        let told = switch.within(Some(Duration::from_millis(200)), || {
            store().answer(&Question::of(&query), limits, &switch).unwrap_err().to_string()
        });
        assert_eq!(told, "the query took too long and was stopped: ask for less", "{query}");
        assert_eq!(switch.reason(), Some(StopReason::Time));
    }
}

#[test]
fn a_text_that_doubles_forty_times_stays_unbound() {
    let doubling = |function: &str| {
        let steps: String = (1..40).fold(String::new(), |mut steps, step| {
            write!(steps, "BIND({} AS ?t{step}) ", function.replace("?t", &format!("?t{}", step - 1))).unwrap();
            steps
        });
        format!("SELECT (BOUND(?t39) AS ?bound) {{ BIND(\"twelve bytes\" AS ?t0) {steps} }}")
    };
    for query in [
        doubling("CONCAT(?t, ?t)"),
        doubling("REPLACE(?t, \"(.+)\", \"$1$1\")"),
        "SELECT (BOUND(?t) AS ?bound) { { SELECT (GROUP_CONCAT(?o; separator=\"----------------------------------------\") AS ?t) \
         { ?s ?p ?o } } }"
            .to_owned(),
    ] {
        let answer = store().answer(&Question::of(&query), LIMITS, &StopSwitch::default()).unwrap();
        let mut csv = Vec::new();
        answer.write(relata_store::AnswerFormat::Csv, &mut csv).unwrap();
        assert_eq!(String::from_utf8(csv).unwrap(), "bound\r\nfalse\r\n", "{query}");
    }
}

/// Stoppable or not, joins of every kind give what SPARQL says.
#[test]
fn stoppable_queries_answer_as_the_others() {
    let turtle = "@prefix e: <http://e.example/> . e:a e:p e:b, e:c ; e:q 1, 2 . e:b e:p e:c ; e:q 3 . e:c e:q 1 ; e:r [ e:p e:a ; e:q 5 ] . \
                  e:d a e:D ; e:q 1 .";
    let store = GraphStore::from_rdf(turtle.as_bytes(), RdfFormat::Turtle).unwrap();
    let limits = Limits { stoppable: true, ..Limits::NONE };
    for query in [
        "SELECT * { ?s e:p ?o . ?o e:q ?v }",
        "SELECT * { ?s e:p ?o . ?o e:p ?t . ?t e:q ?v FILTER(?v < 2) }",
        "SELECT * { ?s e:r [ e:p ?x ; e:q ?v ] . ?x e:q ?w }",
        "SELECT * { ?s ?p ?o . ?s ?p ?o2 FILTER(?o != ?o2) }",
        "SELECT * { ?s ?p ?s }",
        "SELECT * { VALUES ?s { e:a e:b UNDEF } ?s e:q ?v }",
        "SELECT * { VALUES (?s ?v) { (e:a 1) (e:b UNDEF) (UNDEF 5) } ?s e:q ?v . ?s ?p ?o }",
        "SELECT * { { ?s e:p ?o } UNION { ?s e:q ?v } ?s a ?t }",
        "SELECT * { { ?s e:p ?o } UNION { ?s e:q ?v } { ?s e:q 1 } UNION { ?o e:q 1 } }",
        "SELECT * { ?s e:q ?v OPTIONAL { ?s e:p ?o . ?o e:q ?w } OPTIONAL { ?o e:p ?t } }",
        "SELECT * { ?s e:q ?v OPTIONAL { ?s e:p ?o FILTER(?v > 1) } }",
        "SELECT * { OPTIONAL { ?s e:p ?o } ?s e:q ?v }",
        "SELECT * { ?s e:q ?v FILTER NOT EXISTS { ?s e:p ?o . ?o e:q ?v } }",
        "SELECT * { ?s e:q ?v FILTER EXISTS { ?t e:p ?s . ?t e:q ?w FILTER(?w > ?v) } }",
        "SELECT * { ?s e:q ?v MINUS { ?t e:p ?s . ?t e:q ?w } }",
        "SELECT * { ?s e:p+ ?o . ?o e:q ?v }",
        "SELECT * { ?s (e:p|e:r/e:p)* ?o . ?s a e:D }",
        "SELECT * { e:a e:p* ?o . ?o e:p* ?t . ?t e:q ?v }",
        "SELECT ?s (COUNT(?o) AS ?n) { ?s e:q ?o { SELECT DISTINCT ?s { ?s e:p ?x } } } GROUP BY ?s HAVING(COUNT(?o) > 0)",
        "SELECT * { { SELECT ?s (MAX(?v) AS ?m) { ?s e:q ?v } GROUP BY ?s } ?s e:p ?o { SELECT ?o { ?o e:q 1 } } }",
        "SELECT * { ?s e:q ?v BIND(?v + 1 AS ?w) ?t e:q ?w }",
        "SELECT * { BIND(e:a AS ?s) ?s e:p ?o }",
        "SELECT * { { ?s e:p ?o FILTER(?v = 1) } ?s e:q ?v }",
        "ASK { ?s e:p ?o . ?o e:p ?s }",
        "CONSTRUCT { ?s e:z ?v } { ?s e:p ?o . ?o e:q ?v }",
        "DESCRIBE ?s { ?s e:p ?o . ?o e:q 3 }",
    ] {
        let query = format!("PREFIX e: <http://e.example/> {query}");
        let stoppable = store.answer(&Question::of(&query), limits, &StopSwitch::default()).unwrap();
        assert_eq!(stoppable, store.query(&query).unwrap(), "{query}");
    }
}

/// Bounded or not, the functions give what SPARQL says.
#[test]
fn bounded_functions_answer_as_the_unbounded_ones() {
    let turtle = "<http://e.example/a> <http://e.example/p> \"ab\"@fr, \"c\"@fr, \"d\", 1 .";
    let store = GraphStore::from_rdf(turtle.as_bytes(), RdfFormat::Turtle).unwrap();
    for query in [
        "SELECT (CONCAT(?a, ?b) AS ?c) { ?s ?p ?a, ?b }",
        "SELECT (CONCAT() AS ?c) {}",
        "SELECT (REPLACE(?a, \"b\", \"[$0]\") AS ?c) { ?s ?p ?a }",
        "SELECT (GROUP_CONCAT(?a) AS ?c) { ?s ?p ?a FILTER(LANG(?a) = \"fr\") }",
        "SELECT (GROUP_CONCAT(DISTINCT STR(?a); separator=\", \") AS ?c) { SELECT ?a { ?s ?p ?a } ORDER BY STR(?a) }",
        "SELECT (GROUP_CONCAT(?a) AS ?c) { ?s ?p ?a }",
        "SELECT (GROUP_CONCAT(?a) AS ?c) { ?s <http://e.example/q> ?a }",
    ] {
        let bounded = store.answer(&Question::of(query), LIMITS, &StopSwitch::default()).unwrap();
        assert_eq!(bounded, store.query(query).unwrap(), "{query}");
    }
}
