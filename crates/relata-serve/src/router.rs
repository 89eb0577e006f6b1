//! Addresses to answers.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use hyper::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ALLOW, CACHE_CONTROL,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, VARY, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Method, StatusCode};
use relata_store::{Answer, AnswerFormat};

use crate::desk::Desk;
use crate::options::ServeOptions;
use crate::problem::{Problem, Told};
use crate::snapshot::{Current, Snapshot};
use crate::{access, api, graph_protocol, log, pages, protocol};

/// What requests are answered with. Clones are the same service.
#[derive(Clone)]
pub struct Service {
    pub(crate) current: Arc<Current>,
    pub(crate) desk: Desk,
    pub(crate) options: Arc<ServeOptions>,
}

impl Service {
    /// Serves a snapshot until another takes its place.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn new(snapshot: Snapshot, options: &ServeOptions) -> io::Result<Self> {
        let desk = Desk::new(options.limits)?;
        Ok(Self { current: Arc::new(Current::new(snapshot)), desk, options: Arc::new(options.clone()) })
    }

    /// Gives new requests another snapshot; those that have begun keep theirs.
    pub fn replace(&self, snapshot: Snapshot) {
        self.current.replace(snapshot);
        self.desk.watchdog.loaded();
    }
}

/// Who sent a request, where a socket knows it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Client(pub(crate) SocketAddr);

/// All addresses.
pub fn router(service: Service) -> Router {
    Router::new()
        .route("/", any(pages::explorer))
        .route("/explorer.js", any(pages::script))
        .route("/network.js", any(pages::network))
        .route("/explorer.css", any(pages::style))
        .route("/query", any(protocol::answer))
        .route("/sparql", any(protocol::answer))
        .route("/sparql/", any(protocol::answer))
        .route("/store", any(graph_protocol::answer))
        .route("/api/openapi.json", any(api::description))
        .route("/api", any(api::description))
        .route("/api/search", any(api::search))
        .route("/api/entity/{id}", any(api::entity))
        .route("/api/ego/{id}", any(api::ego))
        .route("/api/statement/{id}", any(api::statement))
        .route("/api/document/{id}", any(api::document))
        .fallback(unknown)
        .layer(from_fn_with_state(service.clone(), guarded))
        .with_state(service)
}

async fn unknown() -> Problem {
    Problem::not_found("there is nothing at this address; / is the explorer, /query the endpoint, /api the interface")
}

/// Who may ask, what every answer carries, and the line in the log.
async fn guarded(State(service): State<Service>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let client = request.extensions().get::<Client>().map(|client| client.0.to_string());
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let mut response = match access::check(request.uri(), request.headers(), &service.options) {
        Err(problem) => problem.into_response(),
        Ok(origin) => {
            let mut response = if method == Method::OPTIONS { options() } else { next.run(request).await };
            if let Some(origin) = origin {
                allow(response.headers_mut(), origin);
            }
            response
        }
    };
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    headers.insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'"),
    );
    if !service.options.allowed_origins.is_empty() {
        headers.append(VARY, HeaderValue::from_static("origin"));
        headers.remove("cross-origin-resource-policy");
    }
    let bytes = hyper::body::Body::size_hint(response.body()).exact().unwrap_or_default();
    log::Line {
        client: client.as_deref().unwrap_or("-"),
        method: &method,
        path: &path,
        status: response.status(),
        bytes,
        time: began.elapsed(),
        told: response.extensions().get::<Told>().map(|told| told.0.as_str()),
    }
    .write();
    response
}

fn options() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD, POST, QUERY, OPTIONS"));
    response
}

fn allow(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD, POST, QUERY"));
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("accept, content-type"));
}

/// An answer in the form asked for by name, else in the one that `Accept` likes best; whole, before its status is sent.
pub(crate) fn respond(
    answer: &Answer,
    format: Option<AnswerFormat>,
    headers: &HeaderMap,
    limit: usize,
) -> Result<Response, Problem> {
    let format = format.map_or_else(|| protocol::form(answer, headers), Ok)?;
    let mut out = Bounded { bytes: Vec::new(), limit };
    answer.write(format, &mut out).map_err(|error| match error {
        relata_store::AnswerError::Unsuited(_) => Problem::new(StatusCode::NOT_ACCEPTABLE, error.to_string()),
        relata_store::AnswerError::Write(_) => Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("the answer has more than {limit} bytes: ask for less, or for parts of it with LIMIT and OFFSET"),
        ),
    })?;
    let mut response = Response::new(Body::from(out.bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(answer.media_type(format)));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(VARY, HeaderValue::from_static("accept"));
    Ok(response)
}

/// Takes so many bytes and fails on the next.
struct Bounded {
    bytes: Vec<u8>,
    limit: usize,
}

impl Write for Bounded {
    fn write(&mut self, added: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + added.len() > self.limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(added);
        Ok(added.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
