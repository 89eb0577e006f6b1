//! Numbers in one way of writing, so that equal sums are equal texts.

/// The canonical form of a decimal number: no exponent, no sign but `-`, no leading zeros, no final `.0`.
///
/// RDF stores and readers disagree on `1.0`, `1.` and `1e0`; this is what they all leave alone. Text that is no number
/// comes back as it is.
///
/// ```
/// use relata_graph::canonical_decimal;
/// assert_eq!(canonical_decimal("12000000000.0"), "12000000000");
/// assert_eq!(canonical_decimal("9.2e-1"), "0.92");
/// assert_eq!(canonical_decimal("1.2E10"), "12000000000");
/// assert_eq!(canonical_decimal("-0.0"), "0");
/// ```
pub fn canonical_decimal(number: &str) -> String {
    let unchanged = || number.to_owned();
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let Ok(exponent) = exponent.parse::<i32>() else { return unchanged() };
    let (sign, digits) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
    // No sum in the press has an exponent of thousands; such a text would only fill the memory with zeros.
    if whole.len() + fraction.len() == 0 || !all_digits || exponent.unsigned_abs() > 400 {
        return unchanged();
    }
    let mut digits = format!("{whole}{fraction}");
    let mut point = i32::try_from(whole.len()).unwrap_or(i32::MAX).saturating_add(exponent);
    while point < 0 {
        digits.insert(0, '0');
        point += 1;
    }
    let point = usize::try_from(point).expect("made positive above");
    while digits.len() < point {
        digits.push('0');
    }
    let (whole, fraction) = digits.split_at(point);
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    match (whole, fraction) {
        ("", "") => "0".to_owned(),
        (whole, "") => format!("{sign}{whole}"),
        (whole, fraction) => format!("{sign}{}.{fraction}", if whole.is_empty() { "0" } else { whole }),
    }
}

#[cfg(test)]
mod tests {
    use super::canonical_decimal;

    #[test]
    fn numbers_have_one_form() {
        for (written, canonical) in [
            ("0", "0"),
            ("007", "7"),
            ("1e3", "1000"),
            ("1.5e-3", "0.0015"),
            ("100", "100"),
            ("+3.10", "3.1"),
            ("-12.50", "-12.5"),
            ("0.920", "0.92"),
            (".5", "0.5"),
            ("1e999999999", "1e999999999"),
            ("douze", "douze"),
            ("", ""),
        ] {
            assert_eq!(canonical_decimal(written), canonical, "{written}");
        }
    }
}
