//! A service to ask without a socket.
#![allow(dead_code, unreachable_pub, missing_docs, reason = "each test uses a part of it")]

use axum::body::Body;
use http_body_util::BodyExt;
use hyper::{HeaderMap, Request, StatusCode};
use relata_serve::{ServeLimits, ServeOptions, Service, Snapshot};
use relata_store::{GraphStore, RdfFormat};
use tower::ServiceExt;

/// Options that listen on a free port of this machine.
pub fn options() -> ServeOptions {
    ServeOptions {
        address: ([127, 0, 0, 1], 0).into(),
        allowed_hosts: Vec::new(),
        allowed_origins: Vec::new(),
        limits: ServeLimits::default(),
    }
}

/// A service of triples in `TriG`.
pub fn service(trig: &str, options: &ServeOptions) -> Service {
    Service::new(Snapshot::new(store(trig), None), options).unwrap()
}

/// Where the names of [`three_graphs`] begin.
pub const DATA: &str = "http://graphs.example/data";

/// Three graphs with a name, each of which says of itself that it is a document; the default one is empty.
pub fn three_graphs() -> Service {
    let graph = |number: u8| format!("<{DATA}{number}> {{ <{DATA}{number}> a <http://e.example/Document> }}\n");
    service(&(1..=3).map(graph).collect::<String>(), &options())
}

pub fn store(trig: &str) -> GraphStore {
    GraphStore::from_rdf(trig.as_bytes(), RdfFormat::TriG).unwrap()
}

/// What came back.
#[derive(Debug)]
pub struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answered {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// Sends a request with a good `Host`, unless it has one.
pub async fn ask(service: &Service, mut request: Request<Body>) -> Answered {
    request.headers_mut().entry("host").or_insert_with(|| "localhost:7979".parse().unwrap());
    let response = relata_serve::router(service.clone()).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Answered { status: parts.status, headers: parts.headers, body: String::from_utf8(bytes.to_vec()).unwrap() }
}

/// Method, address, headers, body.
pub fn request(method: &str, address: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body.into()).unwrap()
}

pub async fn get(service: &Service, address: &str, headers: &[(&str, &str)]) -> Answered {
    ask(service, request("GET", address, headers, "")).await
}

/// A text as the value of a parameter.
pub fn encoded(text: &str) -> String {
    let byte =
        |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(byte).collect()
}

pub fn query(text: &str) -> String {
    format!("/query?query={}", encoded(text))
}
