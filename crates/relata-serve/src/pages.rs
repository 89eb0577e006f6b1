//! The explorer: one page, its scripts and its style, with nothing from elsewhere.

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use hyper::Method;
use hyper::header::{CONTENT_TYPE, HeaderValue};

use crate::problem::Problem;

pub(crate) async fn explorer(request: Request) -> Result<Response, Problem> {
    file(&request, "text/html; charset=utf-8", include_str!("explorer/explorer.html"))
}

pub(crate) async fn script(request: Request) -> Result<Response, Problem> {
    file(&request, "text/javascript; charset=utf-8", include_str!("explorer/explorer.js"))
}

pub(crate) async fn network(request: Request) -> Result<Response, Problem> {
    file(&request, "text/javascript; charset=utf-8", include_str!("explorer/network.js"))
}

pub(crate) async fn style(request: Request) -> Result<Response, Problem> {
    file(&request, "text/css; charset=utf-8", include_str!("explorer/explorer.css"))
}

fn file(request: &Request, media_type: &'static str, content: &'static str) -> Result<Response, Problem> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Problem::method("GET, HEAD, OPTIONS"));
    }
    let mut response = Response::new(Body::from(content));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    Ok(response)
}
