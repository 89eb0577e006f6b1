//! Names and values of query strings and forms, read strictly: what is broken is told, not guessed.

use crate::problem::Problem;

/// The pairs of `name=value&name=value`; `+` is a space.
///
/// # Errors
/// When a percent sign stands before anything but two hexadecimal digits, or the bytes are no UTF-8.
pub(crate) fn pairs(encoded: &str) -> Result<Vec<(String, String)>, Problem> {
    let parts = encoded.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            Ok((decode(name, true)?, decode(value, true)?))
        })
        .collect()
}

/// One part of a path.
///
/// # Errors
/// As [`pairs`].
pub(crate) fn segment(encoded: &str) -> Result<String, Problem> {
    decode(encoded, false)
}

fn decode(encoded: &str, form: bool) -> Result<String, Problem> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes().enumerate();
    while let Some((place, byte)) = rest.next() {
        bytes.push(match byte {
            b'+' if form => b' ',
            b'%' => {
                let digits = encoded.get(place + 1..place + 3).filter(|two| two.bytes().all(|b| b.is_ascii_hexdigit()));
                let byte = digits.and_then(|two| u8::from_str_radix(two, 16).ok());
                rest.nth(1);
                byte.ok_or_else(|| Problem::bad("broken percent-encoding: % must stand before two hexadecimal digits"))?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).map_err(|_| Problem::bad("the percent-encoded bytes are not UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::{pairs, segment};

    #[test]
    fn what_is_well_formed_is_decoded_and_nothing_else() {
        let read = pairs("query=ASK%20%7B%7D+x&&a&b=%C3%A9=%2B").map_err(|problem| problem.message);
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(read, Ok(vec![pair("query", "ASK {} x"), pair("a", ""), pair("b", "é=+")]));
        assert_eq!(segment("a+b%2Fc").map_err(|problem| problem.message), Ok("a+b/c".to_owned()));
        for broken in ["a=%", "a=%4", "a=%zz", "a=%+1", "%é", "a=%%41"] {
            let told = pairs(broken).unwrap_err().message;
            assert_eq!(told, "broken percent-encoding: % must stand before two hexadecimal digits", "{broken}");
        }
        for broken in ["a=%FF", "a=%C3", "a=%C0%80", "a=%ED%A0%80"] {
            assert_eq!(pairs(broken).unwrap_err().message, "the percent-encoded bytes are not UTF-8", "{broken}");
        }
    }
}
