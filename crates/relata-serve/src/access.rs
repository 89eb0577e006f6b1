//! Who may ask: the names that a request may call this server, and the pages that may read its answers.

use hyper::header::{HOST, HeaderMap, HeaderValue, ORIGIN};
use hyper::{StatusCode, Uri};

use crate::options::ServeOptions;
use crate::problem::Problem;

/// Checks a request before anything else is looked at; the origin that may read the answer, where one asks.
///
/// A page on the internet can make a browser send requests to this machine, and can give its own name this machine's
/// address. So `Host` must be a name of this machine, and a page that says where it comes from must come from here.
///
/// # Errors
/// 400 without a host, 403 for a foreign host or origin.
pub(crate) fn check(uri: &Uri, headers: &HeaderMap, options: &ServeOptions) -> Result<Option<HeaderValue>, Problem> {
    let mut hosts = headers.get_all(HOST).iter();
    let (header, second) = (hosts.next(), hosts.next());
    if second.is_some() {
        return Err(Problem::bad("the request has two Host headers"));
    }
    let header = header.and_then(|value| value.to_str().ok());
    let Some(authority) = uri.authority().map(hyper::http::uri::Authority::as_str).or(header) else {
        return Err(Problem::bad("the request has no Host header"));
    };
    let host = host_name(authority);
    if !is_allowed(host, options) || header.is_some_and(|header| !is_allowed(host_name(header), options)) {
        let message = format!("\"{host}\" is no name of this server: allow it with --allowed-host");
        return Err(Problem::new(StatusCode::FORBIDDEN, message));
    }
    let Some(origin) = headers.get(ORIGIN) else { return Ok(None) };
    let text = origin.to_str().unwrap_or_default();
    if options.allowed_origins.iter().any(|allowed| allowed == text) {
        return Ok(Some(origin.clone()));
    }
    // A page of this server itself.
    if text.split_once("://").is_some_and(|(_, own)| own.eq_ignore_ascii_case(authority)) {
        return Ok(None);
    }
    Err(Problem::new(StatusCode::FORBIDDEN, format!("pages of \"{text}\" may not ask: allow them with --cors")))
}

/// Without the port and the brackets of an IPv6 address.
fn host_name(authority: &str) -> &str {
    if let Some(rest) = authority.strip_prefix('[') {
        return rest.split_once(']').map_or(authority, |(address, _)| address);
    }
    authority.rsplit_once(':').map_or(authority, |(host, _)| host)
}

fn is_allowed(host: &str, options: &ServeOptions) -> bool {
    let address = options.address.ip();
    let named = |allowed: &String| host.eq_ignore_ascii_case(host_name(allowed));
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback() || (ip == address && !ip.is_unspecified()))
        || options.allowed_hosts.iter().any(named)
}
