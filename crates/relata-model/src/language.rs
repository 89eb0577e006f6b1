//! Which language a text or a name is in.

use std::fmt;
use std::str::FromStr;

/// A language tag of at most eight ASCII letters, digits and hyphens, in lower case: `fr`, `en`, `ru`, `zh-hant`.
///
/// Any tag may name the language of a label; the languages that can be *read* are the folders of `data/`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 8]);

impl Language {
    /// French.
    pub const FRENCH: Self = Self(*b"fr\0\0\0\0\0\0");
    /// English.
    pub const ENGLISH: Self = Self(*b"en\0\0\0\0\0\0");
    /// Russian.
    pub const RUSSIAN: Self = Self(*b"ru\0\0\0\0\0\0");

    /// The tag.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|&byte| byte == 0).unwrap_or(self.0.len());
        std::str::from_utf8(&self.0[..end]).expect("tags are ASCII")
    }
}

/// A tag that is no language tag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is not a language tag (two or three letters such as \"fr\", \"en\", \"ru\", at most eight characters in all)"
)]
pub struct NotALanguage(pub String);

impl FromStr for Language {
    type Err = NotALanguage;

    /// Takes `fr`, `FR`, `fr_FR` and `fr-FR` alike for French: a country after a two-letter language is dropped.
    fn from_str(tag: &str) -> Result<Self, NotALanguage> {
        // Nearly every tag is of this form, and a gazetteer has millions.
        if let [a @ b'a'..=b'z', b @ b'a'..=b'z'] = *tag.as_bytes() {
            return Ok(Self([a, b, 0, 0, 0, 0, 0, 0]));
        }
        let lower = tag.trim().to_ascii_lowercase().replace('_', "-");
        let wrong = || NotALanguage(tag.to_owned());
        let (primary, rest) = lower.split_once('-').map_or((lower.as_str(), ""), |(a, b)| (a, b));
        if !(2..=3).contains(&primary.len()) || !primary.bytes().all(|b| b.is_ascii_lowercase()) {
            return Err(wrong());
        }
        let kept = if rest.len() == 2 || lower.len() > 8 { primary } else { lower.as_str() };
        if !kept.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return Err(wrong());
        }
        let mut bytes = [0; 8];
        bytes[..kept.len()].copy_from_slice(kept.as_bytes());
        Ok(Self(bytes))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({self})")
    }
}

impl serde::Serialize for Language {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for Language {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tag = std::borrow::Cow::<str>::deserialize(deserializer)?;
        tag.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_normalised() {
        let read = |tag: &str| tag.parse::<Language>().map(|language| language.to_string());
        assert_eq!(read("fr_FR"), Ok("fr".to_owned()));
        assert_eq!(read(" EN-us "), Ok("en".to_owned()));
        assert_eq!(read("zh-Hant"), Ok("zh-hant".to_owned()));
        assert_eq!("ru".parse(), Ok(Language::RUSSIAN));
        assert!(read("français").is_err());
        assert!(read("").is_err());
    }
}
