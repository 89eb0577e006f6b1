//! Faults in data files: where they are and the way out.

use std::fmt;

/// One fault in a data file.
///
/// Prints as `data/fr/rules/posts.toml:14:12: unknown predicate "holdPositionIn" (did you mean "holdsPositionIn"?)`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The file, as the user named it.
    pub file: String,
    /// Counted from 1; 0 when the fault is of the whole file.
    pub line: usize,
    /// In code points, counted from 1.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl Diagnostic {
    /// A fault at byte `offset` of `source`, the text of `file`.
    pub fn at(file: &str, source: &str, offset: usize, message: impl Into<String>) -> Self {
        let before = &source[..source.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            file: file.to_owned(),
            line: before.bytes().filter(|&b| b == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: message.into(),
        }
    }

    /// A fault of the whole file.
    pub fn of_file(file: &str, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: 0, column: 0, message: message.into() }
    }

    /// A fault that a TOML reader found.
    pub fn from_toml(file: &str, source: &str, error: &toml::de::Error) -> Self {
        let offset = error.span().map_or(0, |span| span.start);
        Self::at(file, source, offset, error.message().replace('`', "\""))
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{line}:{}: {}", self.file, self.column, self.message),
        }
    }
}

/// Data that cannot be used: every fault found, never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError(pub Vec<Diagnostic>);

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, diagnostic) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for LoadError {}

/// The word of `known` that is nearest to a mistyped `word`, when one is near enough to be meant; ready to end a message:
/// ` (did you mean "holdsPositionIn"?)`, or nothing.
pub fn closest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let near = |other: &&str| strsim::damerau_levenshtein(&word.to_lowercase(), &other.to_lowercase());
    known
        .into_iter()
        .map(|other| (near(&other), other))
        .min()
        .filter(|&(distance, _)| distance <= 1 + word.chars().count() / 4)
        .map_or_else(String::new, |(_, other)| format!(" (did you mean \"{other}\"?)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_code_points() {
        let source = "a\nété = 1\n";
        let diagnostic = Diagnostic::at("x.toml", source, source.find('=').unwrap(), "no");
        assert_eq!(diagnostic.to_string(), "x.toml:2:5: no");
    }

    #[test]
    fn the_nearest_word_is_offered_only_when_near() {
        let known = ["holdsPositionIn", "memberOf"];
        assert_eq!(closest("holdPositionIn", known), " (did you mean \"holdsPositionIn\"?)");
        assert_eq!(closest("eats", known), "");
    }
}
