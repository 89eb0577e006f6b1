//! Clients that want too much: each gets an answer, and the next is served as before.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod common;

use std::fmt::Write as _;
use std::time::Duration;

use common::{ask, encoded, get, options, query, request, service};
use relata_serve::{ServeOptions, Service};

/// So many triples that their cube is out of reach.
fn thousands() -> String {
    let mut trig = String::new();
    for number in 0..3000 {
        writeln!(trig, "<http://e.example/{number}> <http://e.example/p> {number} .").unwrap();
    }
    trig
}

const EVERYTHING: &str = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";

fn impatient() -> ServeOptions {
    let mut chosen = options();
    chosen.limits.time = Duration::from_millis(300);
    chosen
}

async fn lives(service: &Service) {
    let answered = get(service, &query("ASK {}"), &[]).await;
    assert_eq!((answered.status.as_u16(), answered.body.contains("true")), (200, true));
}

#[tokio::test]
async fn broken_percent_encoding_is_told() {
    let service = service("", &options());
    let broken = "broken percent-encoding: % must stand before two hexadecimal digits\n";
    let bytes = "the percent-encoded bytes are not UTF-8\n";
    for (address, told) in [
        ("/query?query=ASK%7", broken),
        ("/query?query=ASK%ZZ", broken),
        ("/query?query=%", broken),
        ("/query?%=x", broken),
        ("/query?query=%FF%FE", bytes),
        ("/query?query=ASK%20%7B%7D&default-graph-uri=%C3%28", bytes),
        ("/store?graph=%GG", broken),
        ("/api/search?q=%E0%80", bytes),
        ("/api/entity/%FF", bytes),
        ("/api/entity/%zz", broken),
    ] {
        let answered = get(&service, address, &[]).await;
        assert_eq!((answered.status.as_u16(), answered.body.as_str()), (400, told), "{address}");
    }
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let answered = ask(&service, request("POST", "/query", &form, "query=ASK%2")).await;
    assert_eq!((answered.status.as_u16(), answered.body.as_str()), (400, broken));
    lives(&service).await;
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let service = service("", &options());
    for content_type in ["application/sparql-query", "application/x-www-form-urlencoded"] {
        let body = vec![b' '; (1 << 20) + 1];
        let answered = ask(&service, request("POST", "/query", &[("content-type", content_type)], body)).await;
        let told = "the body of the request has more than 1048576 bytes\n";
        assert_eq!((answered.status.as_u16(), answered.body.as_str()), (413, told));
        assert_eq!(answered.header("connection"), "close");
    }
    lives(&service).await;
}

#[tokio::test]
async fn ten_thousand_levels_of_nesting_do_not_end_the_server() {
    let service = service(&thousands(), &options());
    let deep = |open: &str, inner: &str, close: &str| {
        format!("SELECT * {{ {}{inner}{} }}", open.repeat(10_000), close.repeat(10_000))
    };
    for text in [
        deep("{", "?s ?p ?o", "}"),
        deep("{", "", ""),
        deep("{ SELECT * {", "?s ?p ?o", "}}"),
        deep("FILTER(", "1", ")"),
        deep("FILTER NOT EXISTS {", "?s ?p ?o", "}"),
        deep("?s ?p (", "1", ")"),
        deep("FILTER(1", "", ")"),
        format!("SELECT * {{ FILTER(1{}) }}", "||1".repeat(10_000)),
        format!("SELECT * {{ FILTER({}1) }}", "!".repeat(10_000)),
        format!("SELECT * {{ FILTER({}1) }}", "- ".repeat(10_000)),
        format!("SELECT * {{ ?s <a:p>{} ?o }}", "/<a:p>".repeat(10_000)),
        format!("SELECT * {{ ?s ?p ?o . {} }}", "?s ?p ?o . ".repeat(10_000)),
        "(".repeat(500_000),
        "<".repeat(500_000),
        "\"".repeat(500_000),
        "@\"".repeat(200_000),
    ] {
        let headers = [("content-type", "application/sparql-query")];
        let answered = ask(&service, request("POST", "/query", &headers, text.clone())).await;
        assert_eq!(answered.status, 400, "{}", &text[..60]);
        assert!(answered.body.len() < 2000, "{}", answered.body.len());
    }
    lives(&service).await;
}

#[tokio::test]
async fn a_cross_product_of_everything_is_stopped_when_its_time_is_over() {
    let service = service(&thousands(), &impatient());
    let answered = get(&service, &query(EVERYTHING), &[]).await;
    assert_eq!(
        (answered.status.as_u16(), answered.body.as_str()),
        (503, "the query took too long and was stopped: ask for less\n")
    );
    assert_eq!(answered.header("retry-after"), "5");
    lives(&service).await;
}

#[tokio::test]
async fn a_query_that_eats_memory_is_stopped_before_the_machine_is_full() {
    if memory_stats::memory_stats().is_none() {
        return;
    }
    let mut chosen = options();
    chosen.limits.memory = 100 << 20;
    chosen.limits.time = Duration::from_mins(2);
    let service = service(&thousands(), &chosen);
    let distinct = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } }";
    let answered = get(&service, &query(distinct), &[]).await;
    assert_eq!(
        (answered.status.as_u16(), answered.body.as_str()),
        (503, "the query took too much memory and was stopped: ask for less\n")
    );
    lives(&service).await;
}

/// Sorting cannot be stopped, so it is not begun with more rows than can be sorted in seconds.
#[tokio::test]
async fn a_cross_product_is_not_sorted() {
    let service = service(&thousands(), &options());
    let sorted = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i";
    let answered = get(&service, &query(sorted), &[]).await;
    assert_eq!(
        (answered.status.as_u16(), answered.body.as_str()),
        (413, "the query sorts more than 100000 rows: ask for less, or without ORDER BY\n")
    );
    lives(&service).await;
}

/// An answer is whole or none: no status says 200 above half an answer.
#[tokio::test]
async fn an_answer_beyond_its_limits_is_none_at_all() {
    let mut chosen = options();
    chosen.limits.answer = relata_store::Limits { rows: 1000, bytes: 50_000, stoppable: true };
    let service = service(&thousands(), &chosen);
    let all = "SELECT * { ?s ?p ?o }";
    let answered = get(&service, &query(all), &[]).await;
    assert_eq!(
        (answered.status.as_u16(), answered.body.as_str()),
        (413, "the answer has more than 1000 rows: ask for less, or for parts of it with LIMIT and OFFSET\n")
    );
    let told = "the answer has more than 50000 bytes: ask for less, or for parts of it with LIMIT and OFFSET\n";
    let answered =
        get(&service, &query("SELECT * { ?s ?p ?o BIND(CONCAT(STR(?s), STR(?p)) AS ?longer) } LIMIT 900"), &[]).await;
    assert_eq!((answered.status.as_u16(), answered.body.as_str()), (413, told));
    // The terms fit, but not as they are written in XML.
    let answered =
        get(&service, &query(&format!("{all} LIMIT 900")), &[("accept", "application/sparql-results+xml")]).await;
    assert_eq!((answered.status.as_u16(), answered.body.as_str()), (413, told));
    let answered = get(&service, "/store?default", &[]).await;
    assert_eq!(answered.status, 413);
    let fits = get(&service, &query(&format!("{all} LIMIT 300")), &[("accept", "text/csv")]).await;
    assert_eq!((fits.status.as_u16(), fits.body.lines().count()), (200, 301));
}

/// Runaway questions take every turn: who comes then is told to come again, and is answered once they are stopped.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_every_turn_is_taken_others_are_told_to_come_again() {
    let mut chosen = options();
    chosen.limits.questions = 2;
    chosen.limits.time = Duration::from_secs(3);
    chosen.limits.turn = Duration::from_millis(100);
    let service = service(&thousands(), &chosen);
    let running: Vec<_> = (0..6)
        .map(|_| {
            let service = service.clone();
            tokio::spawn(async move { get(&service, &query(EVERYTHING), &[]).await })
        })
        .collect();
    let mut told = Vec::new();
    for one in running {
        let answered = one.await.unwrap();
        assert_eq!(answered.status, 503);
        told.push(answered.body);
    }
    told.sort();
    let (busy, slow) = (
        "too many questions at once: try again in a few seconds\n",
        "the query took too long and was stopped: ask for less\n",
    );
    assert_eq!(told.iter().filter(|one| *one == slow).count(), 2, "{told:?}");
    assert_eq!(told.iter().filter(|one| *one == busy).count(), 4, "{told:?}");
    lives(&service).await;
}

/// A client that goes away gives its turn back: its question is stopped.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_is_gone_keeps_no_turn() {
    let mut chosen = options();
    chosen.limits.questions = 1;
    chosen.limits.time = Duration::from_mins(10);
    chosen.limits.turn = Duration::from_mins(1);
    let service = service(&thousands(), &chosen);
    let address = query(EVERYTHING);
    let waiting = tokio::time::timeout(Duration::from_millis(200), get(&service, &address, &[]));
    assert!(waiting.await.is_err());
    lives(&service).await;
}

#[tokio::test]
async fn texts_that_double_stay_unbound() {
    let service = service("", &options());
    let steps: String = (1..60).fold(String::new(), |mut steps, step| {
        write!(steps, "BIND(CONCAT(?t{0}, ?t{0}) AS ?t{step}) ", step - 1).unwrap();
        steps
    });
    let text = format!("SELECT (BOUND(?t59) AS ?bound) {{ BIND(\"sixteen bytes...\" AS ?t0) {steps} }}");
    let answered = get(&service, &format!("/query?format=csv&query={}", encoded(&text)), &[]).await;
    assert_eq!((answered.status.as_u16(), answered.body.as_str()), (200, "bound\r\nfalse\r\n"));
}
