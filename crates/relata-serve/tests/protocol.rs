//! The SPARQL 1.1 Protocol, case by case, as the test suite of the recommendation lists them, and what it leaves open.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod common;

use common::{Answered, ask, encoded, get, options, query, request, service};
use relata_serve::Service;

const FORM: &str = "application/x-www-form-urlencoded";
const QUERY: &str = "application/sparql-query";
const UPDATE: &str = "application/sparql-update";
const DATA: &str = "http://graphs.example/data";

/// Three graphs with a name, each of which says of itself that it is a document; the default one is empty.
fn three_graphs() -> Service {
    let graph = |number: u8| format!("<{DATA}{number}> {{ <{DATA}{number}> a <http://e.example/Document> }}\n");
    service(&(1..=3).map(graph).collect::<String>(), &options())
}

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

#[tokio::test]
async fn each_form_of_query_comes_in_the_types_that_a_client_accepts() {
    let service = service("<http://e.example/a> <http://e.example/p> \"é\"@fr .", &options());
    let rows = [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/json", "application/sparql-results+json"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.7, image/png", "application/sparql-results+xml"),
        // A browser.
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/sparql-results+json"),
    ];
    let triples = [
        ("", "text/turtle; charset=utf-8"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("text/turtle;q=0.1, application/ld+json;q=0.2", "application/ld+json"),
        ("text/*", "text/turtle; charset=utf-8"),
    ];
    for (text, table) in [
        ("SELECT * { ?s ?p ?o }", &rows[..]),
        ("ASK {}", &rows[..]),
        ("CONSTRUCT WHERE { ?s ?p ?o }", &triples[..]),
        ("DESCRIBE <http://e.example/a>", &triples[..]),
    ] {
        for (accept, media_type) in table {
            let answered = get(&service, &query(text), &[("accept", accept)]).await;
            assert_eq!(
                (answered.status.as_u16(), answered.header("content-type")),
                (200, *media_type),
                "{text} {accept}"
            );
            assert_eq!(answered.header("vary"), "accept");
            assert!(!answered.body.is_empty());
        }
        let refused = get(&service, &query(text), &[("accept", "image/png")]).await;
        assert_eq!(refused.status.as_u16(), 406, "{text}");
        assert!(refused.body.starts_with("none of the types of Accept is offered; there are "), "{}", refused.body);
    }
    let by_name = get(&service, &format!("{}&format=csv", query("SELECT ?o { ?s ?p ?o }")), &[]).await;
    assert_eq!(by_name.body, "o\r\né\r\n");
    let unknown = get(&service, &format!("{}&format=docx", query("ASK {}")), &[]).await;
    assert!(unknown.status == 400 && unknown.body.starts_with("unknown format \"docx\""), "{unknown:?}");
    let unsuited = get(&service, &format!("{}&format=ttl", query("ASK {}")), &[]).await;
    assert_eq!(unsuited.status, 406);
}

#[tokio::test]
async fn the_service_describes_itself() {
    let service = three_graphs();
    for address in ["/query", "/sparql", "/sparql?default-graph-uri=http%3A%2F%2Fe.example%2F"] {
        let answered = get(&service, address, &[]).await;
        assert_eq!((answered.status.as_u16(), answered.header("content-type")), (200, "text/turtle; charset=utf-8"));
        let described = common::store(&answered.body);
        for question in [
            "ASK { ?service a sd:Service ; sd:endpoint <http://localhost:7979/query> ; sd:supportedLanguage sd:SPARQL11Query }",
            "ASK { ?service sd:defaultDataset [ sd:defaultGraph [ a sd:Graph ] ; sd:namedGraph [ sd:name <http://graphs.example/data2> ] ] }",
            "ASK { ?service sd:resultFormat <http://www.w3.org/ns/formats/SPARQL_Results_JSON>, <http://www.w3.org/ns/formats/Turtle> }",
            "ASK { FILTER NOT EXISTS { ?service sd:feature sd:BasicFederatedQuery } }",
        ] {
            let question = format!("PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> {question}");
            assert_eq!(described.query(&question).unwrap(), relata_store::Answer::Boolean(true), "{question}");
        }
    }
    let as_json = get(&service, "/query", &[("accept", "application/ld+json")]).await;
    assert_eq!(as_json.header("content-type"), "application/ld+json");
}

#[tokio::test]
async fn graphs_are_read_by_their_names() {
    let service = service(
        "<http://e.example/a> <http://e.example/p> 1 . <http://e.example/g> { <http://e.example/b> <http://e.example/p> 2 }",
        &options(),
    );
    let integer = "^^<http://www.w3.org/2001/XMLSchema#integer>";
    let default = get(&service, "/store?default", &[("accept", "application/n-triples")]).await;
    assert_eq!(default.body, format!("<http://e.example/a> <http://e.example/p> \"1\"{integer} .\n"));
    let named = get(&service, "/store?graph=http%3A%2F%2Fe.example%2Fg&format=nt", &[]).await;
    assert_eq!(named.body, format!("<http://e.example/b> <http://e.example/p> \"2\"{integer} .\n"));
    for (address, status, told) in [
        ("/store?graph=http%3A%2F%2Fe.example%2Fh", 404, "there is no graph of that name\n"),
        ("/store?graph=g", 400, "\"g\" is no absolute IRI, and names no graph\n"),
        ("/store", 400, "the request names no graph: write /store?default or /store?graph=IRI\n"),
        (
            "/store?default&graph=http%3A%2F%2Fe.example%2Fg",
            400,
            "the request names two graphs: ask for one at a time\n",
        ),
    ] {
        let answered = get(&service, address, &[]).await;
        assert_eq!((answered.status.as_u16(), answered.body.as_str()), (status, told), "{address}");
    }
    let head = ask(&service, request("HEAD", "/store?default", &[], "")).await;
    assert_eq!((head.status.as_u16(), head.header("content-type")), (200, "text/turtle; charset=utf-8"));
}

#[tokio::test]
async fn only_names_of_this_machine_and_pages_of_this_server_are_answered() {
    let mut chosen = options();
    chosen.allowed_hosts.push("graph.example.org".to_owned());
    chosen.allowed_origins.push("https://page.example.org".to_owned());
    let service = service("", &chosen);
    for (headers, status) in [
        (vec![("host", "localhost:7979")], 200),
        (vec![("host", "LOCALHOST")], 200),
        (vec![("host", "127.0.0.1:1")], 200),
        (vec![("host", "[::1]:7979")], 200),
        (vec![("host", "graph.example.org")], 200),
        (vec![("host", "graph.example.org:80")], 200),
        (vec![("host", "evil.example")], 403),
        (vec![("host", "localhost.evil.example")], 403),
        (vec![("host", "localhost@evil.example")], 403),
        (vec![("host", "192.0.2.1")], 403),
        (vec![("host", "localhost"), ("host", "evil.example")], 400),
        (vec![("host", "localhost:7979"), ("origin", "http://localhost:7979")], 200),
        (vec![("host", "localhost:7979"), ("origin", "https://page.example.org")], 200),
        (vec![("host", "localhost:7979"), ("origin", "http://localhost:8080")], 403),
        (vec![("host", "localhost:7979"), ("origin", "https://evil.example")], 403),
        (vec![("host", "localhost:7979"), ("origin", "null")], 403),
    ] {
        let answered = get(&service, &query("ASK {}"), &headers).await;
        assert_eq!(answered.status.as_u16(), status, "{headers:?}: {}", answered.body);
        let origin = headers
            .iter()
            .find(|(name, value)| *name == "origin" && value.contains("page"))
            .map_or("", |(_, value)| value);
        assert_eq!(answered.header("access-control-allow-origin"), origin, "{headers:?}");
    }
    let preflight = request("OPTIONS", "/query", &[("origin", "https://page.example.org")], "");
    let answered = ask(&service, preflight).await;
    assert_eq!(
        (answered.status.as_u16(), answered.header("access-control-allow-methods")),
        (204, "GET, HEAD, POST, QUERY")
    );
    // Without --cors nothing is ever said about origins.
    let closed = common::service("", &options());
    let answered = get(&closed, &query("ASK {}"), &[]).await;
    assert_eq!((answered.status.as_u16(), answered.header("access-control-allow-origin")), (200, ""));
}

#[tokio::test]
async fn the_pages_come_with_what_keeps_them_safe() {
    let service = three_graphs();
    for (address, media_type) in [
        ("/", "text/html; charset=utf-8"),
        ("/explorer.js", "text/javascript; charset=utf-8"),
        ("/explorer.css", "text/css; charset=utf-8"),
    ] {
        let answered = get(&service, address, &[]).await;
        assert_eq!((answered.status.as_u16(), answered.header("content-type")), (200, media_type));
        assert!(answered.body.len() > 500, "{address} is empty");
        assert!(answered.header("content-security-policy").starts_with("default-src 'self';"));
        assert_eq!(answered.header("x-content-type-options"), "nosniff");
        assert!(
            !answered.body.contains("innerHTML")
                && !answered.body.contains("http://")
                && !answered.body.contains("https://")
        );
    }
    let unknown = get(&service, "/wp-admin", &[]).await;
    assert_eq!(unknown.status, 404);
    let records = get(&service, "/api/search?q=a", &[]).await;
    assert_eq!(
        (records.status.as_u16(), records.body.as_str()),
        (404, "/api needs the records of a build folder, and what is served here has none: ask /query\n")
    );
}
