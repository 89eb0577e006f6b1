//! Who is answered, and with what the pages come.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod common;

use common::{ask, get, options, query, request, service, three_graphs};

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
        ("/network.js", "text/javascript; charset=utf-8"),
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
