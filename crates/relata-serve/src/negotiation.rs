//! Which of several forms a client wants most.

use hyper::StatusCode;
use hyper::header::{ACCEPT, HeaderMap};

use crate::problem::Problem;

/// The offer that the `Accept` header likes best, the first of those it likes equally; the first of all without a header.
///
/// # Errors
/// 406 when none is acceptable.
pub(crate) fn choose<T: Copy>(headers: &HeaderMap, offers: &[(&'static str, T)]) -> Result<T, Problem> {
    let accepted: Vec<&str> = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let first = offers.first().map(|(_, offer)| *offer);
    if accepted.iter().all(|value| value.trim().is_empty()) {
        return first.ok_or_else(|| not_acceptable(offers));
    }
    let ranges: Vec<Range> = accepted.iter().flat_map(|value| value.split(',')).filter_map(Range::parse).collect();
    let mut best: Option<(u16, T)> = None;
    for (media_type, offer) in offers {
        let quality = quality(media_type, &ranges);
        if quality > 0 && best.is_none_or(|(known, _)| quality > known) {
            best = Some((quality, *offer));
        }
    }
    best.map(|(_, offer)| offer).ok_or_else(|| not_acceptable(offers))
}

fn not_acceptable<T>(offers: &[(&'static str, T)]) -> Problem {
    let mut types: Vec<&str> = Vec::new();
    for (media_type, _) in offers {
        if !types.contains(media_type) {
            types.push(media_type);
        }
    }
    Problem::new(
        StatusCode::NOT_ACCEPTABLE,
        format!("none of the types of Accept is offered; there are {}", types.join(", ")),
    )
}

/// One element of an `Accept` header.
#[derive(Debug, PartialEq, Eq)]
struct Range {
    /// In small letters; `*` for any.
    kind: String,
    subtype: String,
    /// In thousandths.
    quality: u16,
}

impl Range {
    /// `None` for what is no media range: it is passed over.
    fn parse(element: &str) -> Option<Self> {
        let mut parts = element.split(';').map(str::trim);
        let (kind, subtype) = parts.next()?.split_once('/')?;
        if kind.is_empty() || subtype.is_empty() || (kind == "*" && subtype != "*") {
            return None;
        }
        let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        let quality = weight.map_or(Some(1000), thousandths)?;
        Some(Self { kind: kind.to_ascii_lowercase(), subtype: subtype.to_ascii_lowercase(), quality })
    }

    /// How exactly it names the type; `None` when it does not.
    fn matches(&self, media_type: &str) -> Option<u8> {
        let (kind, subtype) = media_type.split_once('/')?;
        match (self.kind.as_str(), self.subtype.as_str()) {
            ("*", "*") => Some(0),
            (range, "*") if range == kind => Some(1),
            (range, exact) if range == kind && exact == subtype => Some(2),
            _ => None,
        }
    }
}

/// `1`, `0.5`, `0.123`.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, fraction) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let digits = fraction.len() <= 3 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let thousandths = format!("{fraction:0<3}").parse::<u16>().ok().filter(|_| digits)?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1000),
        _ => None,
    }
}

/// The quality of the most exact range that names the type.
fn quality(media_type: &str, ranges: &[Range]) -> u16 {
    let matching = ranges.iter().filter_map(|range| Some((range.matches(media_type)?, range.quality)));
    matching.max_by_key(|(exactness, _)| *exactness).map_or(0, |(_, quality)| quality)
}

#[cfg(test)]
mod tests {
    use hyper::header::{ACCEPT, HeaderMap, HeaderValue};

    use super::choose;

    #[test]
    fn the_best_liked_offer_is_chosen() {
        let offers = [("application/json", 1), ("text/xml", 2), ("text/csv", 3)];
        for (accept, expected) in [
            ("", Ok(1)),
            ("*/*", Ok(1)),
            ("text/csv", Ok(3)),
            ("text/*", Ok(2)),
            ("text/*;q=0.2, text/csv;q=0.3", Ok(3)),
            ("application/json;q=0.1, text/csv; q=0.9", Ok(3)),
            ("*/*, application/json;q=0", Ok(2)),
            ("TEXT/CSV;q=1.000", Ok(3)),
            ("text/html, application/xhtml+xml, */*;q=0.8", Ok(1)),
            ("text/csv;q=2, nonsense, text/xml", Ok(2)),
            ("image/png", Err(406)),
            ("text/csv;q=0", Err(406)),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
            let chosen = choose(&headers, &offers).map_err(|problem| problem.status.as_u16());
            assert_eq!(chosen, expected, "{accept}");
        }
    }
}
