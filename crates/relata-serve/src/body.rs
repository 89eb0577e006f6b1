//! The body of a request, within its limits.

use axum::body::Body;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderMap};

use crate::options::ServeLimits;
use crate::problem::Problem;

/// The whole body as text.
///
/// # Errors
/// 413 when it is too large, 408 when it comes too slowly, 400 when it breaks off or is no UTF-8.
pub(crate) async fn text(body: Body, limits: &ServeLimits) -> Result<String, Problem> {
    let too_large = || {
        let message = format!("the body of the request has more than {} bytes", limits.body);
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, message)
    };
    // Who announces too much is told before it is sent.
    if hyper::body::Body::size_hint(&body).lower() > limits.body as u64 {
        return Err(too_large());
    }
    let collected = tokio::time::timeout(limits.client, Limited::new(body, limits.body).collect()).await;
    let collected =
        collected.map_err(|_| Problem::new(StatusCode::REQUEST_TIMEOUT, "the body of the request came too slowly"))?;
    let bytes = collected.map_err(|error| {
        if error.is::<LengthLimitError>() { too_large() } else { Problem::bad("the body of the request breaks off") }
    })?;
    String::from_utf8(bytes.to_bytes().into()).map_err(|_| Problem::bad("the body of the request is not UTF-8"))
}

/// The media type of the body, without parameters, in small letters.
///
/// # Errors
/// 415 when its character set is not UTF-8.
pub(crate) fn media_type(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get(CONTENT_TYPE) else { return Ok(None) };
    let value = value.to_str().map_err(|_| Problem::bad("the header Content-Type is broken"))?;
    let mut parts = value.split(';').map(str::trim);
    let media_type = parts.next().unwrap_or_default().to_ascii_lowercase();
    for parameter in parts {
        let Some((name, charset)) = parameter.split_once('=') else { continue };
        if name.eq_ignore_ascii_case("charset") && !charset.trim_matches('"').eq_ignore_ascii_case("utf-8") {
            let message = format!("the body is in {charset}: only UTF-8 is read");
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
        }
    }
    Ok(Some(media_type))
}
