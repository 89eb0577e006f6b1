//! Answers that are none: a status, and a sentence that says what to do.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use hyper::StatusCode;
use hyper::header::{ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use relata_store::{QueryError, StopReason};

/// Why a request is not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) message: String,
    /// The methods that are allowed, where the method was wrong.
    pub(crate) allow: Option<&'static str>,
}

/// Kept beside the response for the access log.
#[derive(Clone, Debug)]
pub(crate) struct Told(pub(crate) String);

impl Problem {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), allow: None }
    }

    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    pub(crate) fn method(allow: &'static str) -> Self {
        let message = format!("this address answers {allow}");
        Self { allow: Some(allow), ..Self::new(StatusCode::METHOD_NOT_ALLOWED, message) }
    }

    pub(crate) fn read_only() -> Self {
        Self::new(StatusCode::FORBIDDEN, "the graph is only read: updates are refused")
    }
}

impl From<QueryError> for Problem {
    fn from(error: QueryError) -> Self {
        let status = match &error {
            QueryError::Update => return Self::read_only(),
            QueryError::Syntax(_)
            | QueryError::Service
            | QueryError::TooManyPatterns { .. }
            | QueryError::TooManyOwnRows { .. }
            | QueryError::Evaluation(_) => StatusCode::BAD_REQUEST,
            QueryError::TooManyRows { .. } | QueryError::TooLarge { .. } | QueryError::Stopped(StopReason::Sorting) => {
                StatusCode::PAYLOAD_TOO_LARGE
            }
            QueryError::Stopped(StopReason::Time | StopReason::Memory | StopReason::Abandoned)
            | QueryError::NoThread(_) => StatusCode::SERVICE_UNAVAILABLE,
        };
        Self::new(status, error.to_string())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(format!("{}\n", self.message)));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
        }
        // What is left of a request that was not read to its end must not be taken for the next one.
        if matches!(self.status, StatusCode::REQUEST_TIMEOUT | StatusCode::PAYLOAD_TOO_LARGE) {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        if let Some(allow) = self.allow {
            headers.insert(ALLOW, HeaderValue::from_static(allow));
        }
        response.extensions_mut().insert(Told(self.message));
        response
    }
}
