//! Spellings as bytes: listed names whole, forms by what they share with the name they were made of.

use super::record::{number, read_number};

/// Writes spellings, end to end.
#[derive(Debug, Default)]
pub(super) struct SpellingWriter {
    pub(super) bytes: Vec<u8>,
    /// Where the last listed name begins, and itself.
    base: usize,
    listed: String,
}

impl SpellingWriter {
    /// Appends a listed name, and returns where it begins.
    pub(super) fn listed(&mut self, text: &str) -> usize {
        self.base = self.bytes.len();
        text.clone_into(&mut self.listed);
        number(text.len() as u64, &mut self.bytes);
        self.bytes.extend(text.as_bytes());
        self.base
    }

    /// Appends a form of the last listed name, and returns where it begins.
    pub(super) fn made(&mut self, text: &str) -> usize {
        let start = self.bytes.len();
        let alike = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| {
            a.zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>()
        };
        let prefix = alike(&mut self.listed.chars(), &mut text.chars());
        let suffix = alike(&mut self.listed[prefix..].chars().rev(), &mut text[prefix..].chars().rev());
        let middle = &text[prefix..text.len() - suffix];
        for length in [start - self.base, prefix, suffix, middle.len()] {
            number(length as u64, &mut self.bytes);
        }
        self.bytes.extend(middle.as_bytes());
        start
    }
}

/// The listed name that begins at `start`, and where it ends; `None` where the file is damaged.
#[inline]
pub(super) fn listed(bytes: &[u8], start: usize) -> Option<(&str, usize)> {
    let mut rest = bytes.get(start..)?;
    let length = usize::try_from(read_number(&mut rest)?).ok()?;
    let text = std::str::from_utf8(rest.get(..length)?).ok()?;
    Some((text, bytes.len() - rest.len() + length))
}

/// The form that begins at `start`, put together in `room`; `None` where the file is damaged.
pub(super) fn made<'r>(bytes: &[u8], start: usize, room: &'r mut String) -> Option<&'r str> {
    let mut rest = bytes.get(start..)?;
    let mut next = || read_number(&mut rest).and_then(|number| usize::try_from(number).ok());
    let (back, prefix, suffix, middle) = (next()?, next()?, next()?, next()?);
    let (listed, _) = listed(bytes, start.checked_sub(back).filter(|_| back > 0)?)?;
    let tail = listed.len().checked_sub(suffix).filter(|tail| *tail >= prefix)?;
    room.clear();
    room.push_str(listed.get(..prefix)?);
    room.push_str(std::str::from_utf8(rest.get(..middle)?).ok()?);
    room.push_str(listed.get(tail..)?);
    Some(room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_read_back() {
        let mut writer = SpellingWriter::default();
        let mut written = Vec::new();
        for (listed, forms) in [
            ("Владимир Путин", &["В. Путин", "Владимиром Путиным", "Путин"][..]),
            ("aa", &["aaa", "a", "b"]),
            ("École", &["Écoles", "Ècole"]),
        ] {
            written.push((writer.listed(listed), listed, false));
            written.extend(forms.iter().map(|form| (writer.made(form), *form, true)));
        }
        let mut room = String::new();
        for (start, text, is_made) in written {
            let bytes = &writer.bytes;
            let read = if is_made { made(bytes, start, &mut room) } else { listed(bytes, start).map(|(text, _)| text) };
            assert_eq!(read, Some(text));
        }
    }

    #[test]
    fn no_bytes_do_harm() {
        let mut room = String::new();
        for bytes in [&[][..], &[0xFF; 12], &[1, 0, 0, 0], &[2, 65, 66, 3, 9, 0, 0], &[2, 0xC3, 0xA9, 3, 1, 0, 0]] {
            for start in 0..=bytes.len() {
                listed(bytes, start);
                made(bytes, start, &mut room);
            }
        }
        // The middle of a letter is no place to cut.
        assert_eq!(made(&[2, 0xC3, 0xA9, 3, 1, 0, 0], 3, &mut room), None);
    }
}
