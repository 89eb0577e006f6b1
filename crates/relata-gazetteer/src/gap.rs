//! What may stand between two words of a name.

/// The signs between two words, as far as names tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap<'t> {
    /// White space with at most one line end.
    Space,
    /// A hyphen without spaces, or before a line end.
    Hyphen,
    /// A dash with spaces around it, or a long one.
    Dash,
    /// An apostrophe of any kind.
    Apostrophe,
    /// A dot without a space.
    Dot,
    /// A dot and white space.
    DotSpace,
    /// An ampersand.
    Ampersand,
    /// White space and quotation marks.
    Quote,
    /// Any other signs, without the white space around them.
    Other(&'t str),
    /// The end of a paragraph.
    Break,
}

impl<'t> Gap<'t> {
    /// Reads the signs between two words.
    pub(crate) fn of(signs: &'t str) -> Self {
        match signs {
            " " => return Self::Space,
            "-" => return Self::Hyphen,
            _ => {}
        }
        if signs.bytes().filter(|&byte| byte == b'\n').count() > 1 {
            return Self::Break;
        }
        let inner = signs.trim_matches(is_space);
        let spaced = inner.len() != signs.len();
        let mut chars = inner.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Self::Space,
            (Some(c), None) if is_hyphen(c) => {
                let long = matches!(c, '—' | '―');
                if long || signs.starts_with(is_space) || (spaced && !signs.contains('\n')) {
                    Self::Dash
                } else {
                    Self::Hyphen
                }
            }
            (Some(c), None) if is_apostrophe(c) && !spaced => Self::Apostrophe,
            (Some('.'), None) if !spaced => Self::Dot,
            (Some('.'), None) if !signs.starts_with(is_space) => Self::DotSpace,
            (Some('&'), None) => Self::Ampersand,
            _ if inner.chars().all(|c| is_quote(c) || is_space(c)) => Self::Quote,
            _ => Self::Other(inner),
        }
    }

    /// Whether a text may have `self` where a name has `listed`, `after` a word of so many letters.
    pub(crate) fn stands_for(self, listed: Self, after: usize) -> bool {
        use Gap::{Apostrophe, Dash, Dot, DotSpace, Hyphen, Quote, Space};
        match listed {
            Space => matches!(self, Space | Hyphen),
            Hyphen => matches!(self, Space | Hyphen),
            Dash => matches!(self, Dash | Hyphen | Space),
            Apostrophe => matches!(self, Apostrophe | Space),
            Dot => self == Dot || (after == 1 && self == DotSpace),
            DotSpace => matches!(self, DotSpace | Dot) || (after > 1 && self == Space),
            Quote => matches!(self, Quote | Space),
            Gap::Ampersand | Gap::Other(_) => self == listed,
            Gap::Break => false,
        }
    }
}

pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace()
}

pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}')
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '′' | '＇')
}

pub(crate) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '“' | '”' | '„' | '‹' | '›')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_told_apart() {
        let cases = [
            (" ", Gap::Space),
            ("\u{a0}", Gap::Space),
            ("\n", Gap::Space),
            ("  \r\n ", Gap::Space),
            ("\n\n", Gap::Break),
            ("-", Gap::Hyphen),
            ("\u{2011}", Gap::Hyphen),
            ("–", Gap::Hyphen),
            ("-\n", Gap::Hyphen),
            (" – ", Gap::Dash),
            ("—", Gap::Dash),
            ("’", Gap::Apostrophe),
            (".", Gap::Dot),
            (". ", Gap::DotSpace),
            (" & ", Gap::Ampersand),
            (" «", Gap::Quote),
            (", ", Gap::Other(",")),
            (".-", Gap::Other(".-")),
        ];
        for (signs, expected) in cases {
            assert_eq!(Gap::of(signs), expected, "{signs:?}");
        }
    }
}
