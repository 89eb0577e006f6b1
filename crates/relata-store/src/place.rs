//! Finds the word at which a query stops being SPARQL.
//!
//! The parser tells where it got furthest, but a keyword it tried counts with its whole length there, so that place may lie
//! a dozen characters behind the fault. Here the query is cut before each word, by halves: the fault is the first word with
//! which the parser no longer reaches the end of what it was given.

use crate::query_error::Parse;

/// More spaces than any keyword has letters.
const PADDING: usize = 64;

/// Where the fault is.
#[derive(Debug)]
pub(crate) struct Place<'q> {
    /// In bytes of the query.
    pub(crate) offset: usize,
    /// The word there; empty at the end.
    pub(crate) token: &'q str,
    /// Whether there is no word at all.
    pub(crate) is_empty: bool,
    /// What the parser says of the whole query.
    told: String,
    /// The signs that could stand there, where the parser names some.
    signs: Vec<String>,
}

impl<'q> Place<'q> {
    pub(crate) fn find(sparql: &'q str, parse: Parse<'_>) -> Self {
        let told = parse(sparql).err().map_or_else(String::new, |(_, _, told)| told);
        let tokens = tokens(sparql);
        // How many words the parser takes from the start.
        let (mut good, mut bad) = (0, tokens.len() + 1);
        while bad - good > 1 {
            let middle = usize::midpoint(good, bad);
            if viable(&sparql[..tokens[middle - 1].1], parse) { good = middle } else { bad = middle }
        }
        let (start, end) = tokens.get(good).copied().unwrap_or((sparql.trim_end().len(), sparql.trim_end().len()));
        let before = if good == 0 { "" } else { &sparql[..tokens[good - 1].1] };
        let signs = parse(&padded(before)).err().map_or_else(Vec::new, |(_, _, told)| signs(&told));
        Self { offset: start, token: &sparql[start..end], is_empty: tokens.is_empty(), told, signs }
    }

    /// What the parser says of the meaning, among what it expected: "The SELECT contains a variable that is unbound".
    pub(crate) fn sentence(&self) -> Option<&str> {
        let list = self.told.strip_prefix("expected ").unwrap_or(&self.told);
        let mut items = list.strip_prefix("one of ").unwrap_or(list).split(", ");
        items.find(|item| item.starts_with(char::is_alphabetic) && item.contains(' '))
    }

    /// "; expected one of …", when the parser names few enough signs to help.
    pub(crate) fn expectation(&self) -> String {
        match self.signs.as_slice() {
            [] => String::new(),
            [one] => format!("; expected {one}"),
            several if several.len() <= 8 => format!("; expected one of {}", several.join(" ")),
            _ => String::new(),
        }
    }
}

/// Whether more words could make a query of this beginning.
fn viable(beginning: &str, parse: Parse<'_>) -> bool {
    let padded = padded(beginning);
    let last_line = padded.matches('\n').count() + 1;
    match parse(&padded) {
        Ok(()) => true,
        Err((line, column, _)) => line == last_line && column > PADDING / 2,
    }
}

fn padded(beginning: &str) -> String {
    format!("{beginning}\n{}", " ".repeat(PADDING))
}

/// The quoted signs of "expected one of …", without those that only continue a word.
fn signs(told: &str) -> Vec<String> {
    let list = told.strip_prefix("expected ").unwrap_or(told);
    let list = list.strip_prefix("one of ").unwrap_or(list);
    let signs = list.split(", ").filter(|sign| sign.starts_with('"') && !sign.contains('\\') && !sign.contains('#'));
    signs.map(str::to_owned).collect()
}

/// The words of a query, as places from its start: names and keywords, texts, addresses, single signs.
pub(crate) fn tokens(sparql: &str) -> Vec<(usize, usize)> {
    let mut tokens = Vec::new();
    let mut offset = 0;
    while let Some(first) = sparql[offset..].chars().next() {
        let rest = &sparql[offset..];
        let length = match first {
            c if c.is_whitespace() => {
                offset += c.len_utf8();
                continue;
            }
            '#' => {
                offset += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            '"' | '\'' => text_length(rest, first),
            // The name of an entity: one word, so that no query is cut between the sign and the name.
            '@' if rest[1..].starts_with(['"', '\'']) => 1 + name_length(&rest[1..]),
            '<' => address_length(rest),
            c => {
                let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.' | '%');
                let start = usize::from(matches!(c, '?' | '$' | '@'));
                let end = rest[start..].find(|c| !word(c)).map_or(rest.len(), |end| end + start);
                // A final dot ends the triple, not the name.
                rest[..end].trim_end_matches('.').len().max(c.len_utf8())
            }
        };
        tokens.push((offset, offset + length));
        offset += length;
    }
    tokens
}

/// The length of a text with its quotation marks; to the end of the line when it has no end.
fn text_length(rest: &str, mark: char) -> usize {
    let triple: String = [mark; 3].iter().collect();
    let (close, start) = if rest.starts_with(&triple) { (triple.as_str(), 3) } else { (&triple[..1], 1) };
    let mut escaped = false;
    for (place, c) in rest.char_indices().skip(start) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' if start == 1 => return place,
            _ if rest[place..].starts_with(close) => return place + close.len(),
            _ => {}
        }
    }
    rest.len()
}

/// The length of an entity's name with its quotation marks, which are single; to the end of the line when it has no end.
fn name_length(rest: &str) -> usize {
    let mut signs = rest.char_indices();
    let Some((_, mark)) = signs.next() else { return 0 };
    while let Some((place, sign)) = signs.next() {
        match sign {
            '\\' => drop(signs.next()),
            '\n' => return place,
            _ if sign == mark => return place + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of an address in angle brackets; 1 when it is a sign of comparison.
fn address_length(rest: &str) -> usize {
    // No address holds another `<`: thousands of them are not searched to the end each.
    let end = rest[1..].find(|c: char| matches!(c, '<' | '>') || c.is_whitespace()).map(|end| end + 1);
    end.filter(|&end| rest[end..].starts_with('>')).map_or(1, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn queries_are_cut_into_words() {
        let query =
            "SELECT ?x { ?x a ent:a.b . # no\n <http://a/b#c> rdfs:label \"a \\\" b\"@fr, '''x\ny''' FILTER(?x<3) }";
        let words: Vec<&str> = tokens(query).into_iter().map(|(start, end)| &query[start..end]).collect();
        assert_eq!(
            words,
            [
                "SELECT",
                "?x",
                "{",
                "?x",
                "a",
                "ent:a.b",
                ".",
                "<http://a/b#c>",
                "rdfs:label",
                "\"a \\\" b\"",
                "@fr",
                ",",
                "'''x\ny'''",
                "FILTER",
                "(",
                "?x",
                "<",
                "3",
                ")",
                "}"
            ]
        );
        assert_eq!(tokens("\"open\nnext"), [(0, 5), (6, 10)]);
    }
}
