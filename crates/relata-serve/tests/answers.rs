//! In which form answers come, what the service says of itself, and graphs read by their names.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod common;

use common::{ask, get, options, query, request, service, three_graphs};

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
