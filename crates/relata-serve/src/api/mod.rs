//! Small questions in JSON, for the explorer and for whoever would rather not write SPARQL.
//!
//! The server sends a sentence as what stands before, in and after the quotation, so that no client ever counts characters.
//! Places are Unicode code points of the document.

mod answers;
mod parameters;
mod shapes;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Method, StatusCode};
use serde::Serialize;

use crate::api::parameters::Parameters;
use crate::percent::segment;
use crate::problem::Problem;
use crate::router::Service;
use crate::snapshot::{Records, Snapshot};

/// What the interface answers, in the terms of `OpenAPI` 3.1.
const OPENAPI: &str = include_str!("openapi.json");

pub(crate) async fn description(request: Request) -> Result<Response, Problem> {
    read_only(request.method())?;
    Ok(json(OPENAPI.as_bytes().to_vec()))
}

pub(crate) async fn search(State(service): State<Service>, request: Request) -> Result<Response, Problem> {
    answer(service, request, |view| answers::search(&view)).await
}

pub(crate) async fn entity(State(service): State<Service>, request: Request) -> Result<Response, Problem> {
    answer(service, request, |view| answers::entity(&view)).await
}

pub(crate) async fn ego(State(service): State<Service>, request: Request) -> Result<Response, Problem> {
    answer(service, request, |view| answers::ego(&view)).await
}

pub(crate) async fn statement(State(service): State<Service>, request: Request) -> Result<Response, Problem> {
    answer(service, request, |view| answers::statement(&view)).await
}

pub(crate) async fn document(State(service): State<Service>, request: Request) -> Result<Response, Problem> {
    answer(service, request, |view| answers::document(&view)).await
}

/// What an answer is made from.
pub(crate) struct View<'v> {
    pub(crate) snapshot: &'v Snapshot,
    pub(crate) records: &'v Records,
    pub(crate) parameters: &'v Parameters,
    /// The last part of the address.
    pub(crate) id: &'v str,
}

async fn answer<T: Serialize>(
    service: Service,
    request: Request,
    make: impl FnOnce(View<'_>) -> Result<T, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    read_only(request.method())?;
    let parameters = Parameters::of(request.uri().query().unwrap_or_default())?;
    let id = segment(request.uri().path().rsplit('/').next().unwrap_or_default())?;
    let snapshot = Arc::clone(&service.current.get());
    let limit = service.desk.limits.answer.bytes;
    service
        .desk
        .work(move |_| {
            let records = snapshot.records.as_ref().ok_or_else(|| {
                Problem::not_found(
                    "/api needs the records of a build folder, and what is served here has none: ask /query",
                )
            })?;
            let view = View { snapshot: &snapshot, records, parameters: &parameters, id: &id };
            let bytes = serde_json::to_vec(&make(view)?).map_err(|error| {
                Problem::new(StatusCode::INTERNAL_SERVER_ERROR, format!("the answer cannot be written: {error}"))
            })?;
            if bytes.len() > limit {
                let message = format!("the answer has more than {limit} bytes: ask for less with \"limit\"");
                return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, message));
            }
            Ok(json(bytes))
        })
        .await
}

fn read_only(method: &Method) -> Result<(), Problem> {
    if matches!(*method, Method::GET | Method::HEAD) { Ok(()) } else { Err(Problem::method("GET, HEAD, OPTIONS")) }
}

fn json(bytes: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
