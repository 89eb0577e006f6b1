//! The SPARQL 1.1 Protocol, case by case, as the test suite of the recommendation lists them, and what it leaves open.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod common;

use common::{Answered, DATA, ask, encoded, get, query, request, three_graphs};

const FORM: &str = "application/x-www-form-urlencoded";
const QUERY: &str = "application/sparql-query";
const UPDATE: &str = "application/sparql-update";

fn asks_of(numbers: &[u8]) -> String {
    let patterns: Vec<String> = numbers.iter().map(|number| format!("<{DATA}{number}> a ?type .")).collect();
    format!("ASK {{ {} }}", patterns.join(" "))
}

fn asks_of_named(numbers: &[u8]) -> String {
    let patterns: Vec<String> =
        numbers.iter().map(|number| format!("GRAPH ?g{number} {{ <{DATA}{number}> a ?type }}")).collect();
    format!("ASK {{ {} }}", patterns.join(" "))
}

fn graphs(kind: &str, numbers: &[u8]) -> String {
    let parameters: Vec<String> =
        numbers.iter().map(|number| format!("{kind}-graph-uri={}", encoded(&format!("{DATA}{number}")))).collect();
    parameters.join("&")
}

#[track_caller]
fn assert_is(answered: &Answered, truth: bool) {
    assert_eq!(answered.status, 200, "{answered:?}");
    assert_eq!(answered.body, format!("{{\"head\":{{}},\"boolean\":{truth}}}\n"));
}

#[tokio::test]
async fn queries_may_come_in_every_way_and_name_their_dataset() {
    let service = three_graphs();
    let empty = encoded("ASK {}");
    let none = graphs("default", &[9]);
    for (name, method, address, content_type, body) in [
        ("query_get", "GET", format!("/sparql?query={empty}&{none}"), "", String::new()),
        ("query_post_form", "POST", format!("/sparql/?{none}"), FORM, format!("query={empty}")),
        ("query_post_direct", "POST", format!("/sparql?{none}"), QUERY, "ASK {}".to_owned()),
        ("query_method_form", "QUERY", "/query".to_owned(), FORM, format!("query={empty}")),
        ("query_method_direct", "QUERY", "/query".to_owned(), QUERY, "ASK {}".to_owned()),
        ("charset", "POST", "/query".to_owned(), "application/sparql-query; charset=\"UTF-8\"", "ASK {}".to_owned()),
        (
            "query_dataset_default_graphs_get",
            "GET",
            format!("/sparql?query={}&{}", encoded(&asks_of(&[1, 2])), graphs("default", &[1, 2])),
            "",
            String::new(),
        ),
        (
            "query_dataset_default_graphs_post",
            "POST",
            format!("/sparql?{}", graphs("default", &[1, 2])),
            QUERY,
            asks_of(&[1, 2]),
        ),
        (
            "query_dataset_named_graphs_get",
            "GET",
            format!("/sparql?query={}&{}", encoded(&asks_of_named(&[1, 2])), graphs("named", &[1, 2])),
            "",
            String::new(),
        ),
        (
            "query_dataset_named_graphs_post",
            "POST",
            format!("/sparql?{}", graphs("named", &[1, 2])),
            QUERY,
            asks_of_named(&[1, 2]),
        ),
        (
            "query_dataset_full",
            "POST",
            format!("/sparql?{}&{}", graphs("default", &[3]), graphs("named", &[1, 2])),
            QUERY,
            format!("ASK {{ <{DATA}3> a ?type GRAPH ?g1 {{ <{DATA}1> a ?type }} GRAPH ?g2 {{ <{DATA}2> a ?type }} }}"),
        ),
        (
            "query_multiple_dataset: the protocol wins over FROM",
            "POST",
            format!("/sparql?{}", graphs("default", &[2])),
            QUERY,
            format!("ASK FROM <{DATA}1> {{ <{DATA}2> a ?type }}"),
        ),
        (
            "the parameters of a form count too",
            "POST",
            "/query".to_owned(),
            FORM,
            format!("query={}&{}", encoded(&asks_of(&[1])), graphs("default", &[1])),
        ),
    ] {
        let headers: &[(&str, &str)] = &[("content-type", content_type)];
        let headers = if content_type.is_empty() { &[] } else { headers };
        let answered = ask(&service, request(method, &address, headers, body)).await;
        assert_eq!(answered.status, 200, "{name}: {answered:?}");
        assert_is(&answered, true);
    }
}

#[tokio::test]
async fn a_dataset_holds_what_it_names_and_nothing_else() {
    let service = three_graphs();
    for (text, dataset, truth) in [
        (asks_of(&[1]), String::new(), false),
        (asks_of_named(&[1]), String::new(), true),
        (asks_of(&[1, 3]), graphs("default", &[1, 2]), false),
        // Naming default graphs leaves no named graph, and the other way round.
        (asks_of_named(&[1]), graphs("default", &[1]), false),
        (asks_of(&[1]), graphs("named", &[1]), false),
        (asks_of_named(&[3]), graphs("named", &[1, 2]), false),
        (format!("ASK FROM <{DATA}1> {{ <{DATA}1> a ?type }}"), graphs("default", &[2]), false),
    ] {
        let answered = get(&service, &format!("{}&{dataset}", query(&text)), &[]).await;
        assert_eq!(
            (answered.status.as_u16(), answered.body.contains(&truth.to_string())),
            (200, true),
            "{text} {dataset}"
        );
    }
    let relative = get(&service, &format!("{}&default-graph-uri=data1", query("ASK {}")), &[]).await;
    assert_eq!(
        (relative.status.as_u16(), relative.body.as_str()),
        (400, "\"data1\" is no absolute IRI, and names no graph\n")
    );
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a table")]
async fn bad_queries_are_refused_with_a_reason() {
    let service = three_graphs();
    let empty = encoded("ASK {}");
    for (name, method, address, content_type, body, status, reason) in [
        (
            "bad_query_method",
            "PUT",
            format!("/sparql?query={empty}"),
            "",
            &b""[..],
            405,
            "this address answers GET, HEAD, POST, QUERY, OPTIONS\n",
        ),
        (
            "bad_multiple_queries",
            "GET",
            format!("/sparql?query={empty}&query={empty}"),
            "",
            b"",
            400,
            "the request has two queries: ask one at a time\n",
        ),
        (
            "two queries, address and body",
            "POST",
            format!("/sparql?query={empty}"),
            QUERY,
            b"ASK {}",
            400,
            "the request has two queries, one in its address and one in its body\n",
        ),
        (
            "bad_query_wrong_media_type",
            "POST",
            "/sparql".to_owned(),
            "text/plain",
            b"ASK {}",
            415,
            "a body of POST is application/sparql-query or application/x-www-form-urlencoded, not text/plain\n",
        ),
        (
            "bad_query_missing_form_type, bad_query_missing_direct_type",
            "POST",
            "/sparql".to_owned(),
            "",
            b"query=ASK%20%7B%7D",
            400,
            "the body of the request has no Content-Type: application/sparql-query or application/x-www-form-urlencoded\n",
        ),
        (
            "bad_query_non_utf8",
            "POST",
            "/sparql".to_owned(),
            "application/sparql-query; charset=UTF-16",
            b"\xFE\xFFA",
            415,
            "the body is in UTF-16: only UTF-8 is read\n",
        ),
        (
            "bytes that are not UTF-8",
            "POST",
            "/sparql".to_owned(),
            QUERY,
            b"ASK { \xFF }",
            400,
            "the body of the request is not UTF-8\n",
        ),
        (
            "bad_query_syntax",
            "GET",
            query("ASK { ?s ?p ?o"),
            "",
            b"",
            400,
            "query, line 1, column 15: the query ends too early; expected one of \",\" \".\" \";\" \"{\" \"{|\" \"}\" \"~\"\n",
        ),
        (
            "no query",
            "POST",
            "/sparql".to_owned(),
            FORM,
            b"default-graph-uri=",
            400,
            "\"\" is no absolute IRI, and names no graph\n",
        ),
        (
            "no query",
            "POST",
            "/sparql".to_owned(),
            FORM,
            b"",
            400,
            "the request has no query: give one as the parameter \"query\"\n",
        ),
        (
            "SERVICE",
            "GET",
            query("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"),
            "",
            b"",
            400,
            "SERVICE is refused: relata asks no other endpoint, and nothing leaves this machine\n",
        ),
    ] {
        let headers: &[(&str, &str)] = &[("content-type", content_type)];
        let headers = if content_type.is_empty() { &[] } else { headers };
        let answered = ask(&service, request(method, &address, headers, body)).await;
        assert_eq!(answered.status.as_u16(), status, "{name}: {answered:?}");
        assert!(answered.body.starts_with(reason.trim_end()), "{name}: {}", answered.body);
        assert_eq!(answered.header("content-type"), "text/plain; charset=utf-8", "{name}");
    }
}

/// Every update of the test suite, and some more: none is done, each is told.
#[tokio::test]
async fn updates_are_refused() {
    let service = three_graphs();
    let update = "INSERT DATA { <http://a.example/> a <http://a.example/> }";
    let form = format!("update={}", encoded(update));
    let using = format!("{form}&using-named-graph-uri={}", encoded(&format!("{DATA}1")));
    for (name, method, address, content_type, body) in [
        ("update_post_form", "POST", "/sparql".to_owned(), FORM, form.clone()),
        ("update_post_direct", "POST", "/sparql".to_owned(), UPDATE, update.to_owned()),
        ("update_dataset_full", "POST", "/sparql".to_owned(), FORM, using),
        (
            "update_dataset_default_graph",
            "POST",
            format!("/sparql?using-graph-uri={}", encoded(DATA)),
            UPDATE,
            update.to_owned(),
        ),
        ("bad_update_get", "GET", format!("/sparql?{form}"), "", String::new()),
        ("bad_multiple_updates", "POST", "/sparql".to_owned(), FORM, format!("{form}&{form}")),
        ("an update as a query", "GET", query(update), "", String::new()),
        ("LOAD", "GET", query("LOAD <http://127.0.0.1:1/data.ttl>"), "", String::new()),
        ("CLEAR", "POST", "/query".to_owned(), QUERY, "CLEAR ALL".to_owned()),
    ] {
        let headers: &[(&str, &str)] = &[("content-type", content_type)];
        let headers = if content_type.is_empty() { &[] } else { headers };
        let answered = ask(&service, request(method, &address, headers, body)).await;
        assert!(matches!(answered.status.as_u16(), 400 | 403), "{name}: {answered:?}");
        assert!(answered.body.contains("the graph is only read"), "{name}: {}", answered.body);
    }
    for (content_type, status) in [("text/plain", 415), ("", 400), ("application/sparql-update; charset=UTF-16", 415)] {
        let headers: &[(&str, &str)] = &[("content-type", content_type)];
        let headers = if content_type.is_empty() { &[] } else { headers };
        let answered = ask(&service, request("POST", "/sparql", headers, update)).await;
        assert_eq!(answered.status.as_u16(), status, "{content_type}");
    }
    for method in ["PUT", "POST", "DELETE", "PATCH"] {
        let answered = ask(&service, request(method, "/store?default", &[], "")).await;
        assert_eq!(
            (answered.status.as_u16(), answered.body.as_str()),
            (403, "the graph is only read: updates are refused\n")
        );
    }
    assert_is(&get(&service, &query("ASK { GRAPH ?g { <http://a.example/> ?p ?o } }"), &[]).await, false);
    let all = get(&service, &query("SELECT ?g { GRAPH ?g { ?s ?p ?o } }"), &[("accept", "text/csv")]).await;
    assert_eq!(all.body, format!("g\r\n{DATA}1\r\n{DATA}2\r\n{DATA}3\r\n"));
}
