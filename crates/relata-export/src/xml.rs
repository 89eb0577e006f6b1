//! Texts in XML.

use std::io::{self, Write};

use crate::text::{all_bytes, clean};

/// Writes a text as the content of an element: cleaned, with the characters escaped that XML would read. `>` too, because of
/// `]]>`.
pub(crate) fn write_content(out: &mut (impl Write + ?Sized), text: &str) -> io::Result<()> {
    escape(out, &clean(text), |byte| match byte {
        b'&' => Some(b"&amp;"),
        b'<' => Some(b"&lt;"),
        b'>' => Some(b"&gt;"),
        _ => None,
    })
}

/// Writes a text as the value of an attribute between double quotation marks. Tabs and line ends are written as references,
/// because readers turn bare ones into spaces.
pub(crate) fn write_attribute(out: &mut (impl Write + ?Sized), text: &str) -> io::Result<()> {
    escape(out, &clean(text), |byte| match byte {
        b'&' => Some(b"&amp;"),
        b'<' => Some(b"&lt;"),
        b'>' => Some(b"&gt;"),
        b'"' => Some(b"&quot;"),
        b'\n' => Some(b"&#10;"),
        b'\t' => Some(b"&#9;"),
        _ => None,
    })
}

/// U+0085 and U+2028 are references too: some readers take them for line ends, as XML 1.1 did, and make others of them.
fn escape(out: &mut (impl Write + ?Sized), text: &str, of: impl Fn(u8) -> Option<&'static [u8]>) -> io::Result<()> {
    let bytes = text.as_bytes();
    if all_bytes(bytes, |byte| byte >= 0x20 && !matches!(byte, b'&' | b'<' | b'>' | b'"' | 0xC2 | 0xE2)) {
        return out.write_all(bytes);
    }
    let mut written = 0;
    for (place, byte) in bytes.iter().enumerate() {
        let (reference, length): (&[u8], usize) = match byte {
            0xC2 if bytes[place + 1] == 0x85 => (b"&#133;", 2),
            0xE2 if bytes[place + 1..].starts_with(&[0x80, 0xA8]) => (b"&#8232;", 3),
            byte => match of(*byte) {
                Some(reference) => (reference, 1),
                None => continue,
            },
        };
        out.write_all(&bytes[written..place])?;
        out.write_all(reference)?;
        written = place + length;
    }
    out.write_all(&bytes[written..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_readers_would_change_is_a_reference() {
        let mut out = Vec::new();
        write_attribute(&mut out, "é\u{85}\u{2028}\u{2029}<\"\n").unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "é&#133;&#8232;\u{2029}&lt;&quot;&#10;");
    }
}
