//! Where the parts of a picture lead.

use std::fmt::Write;

use relata_graph::StatementEdge;
use relata_model::EntityId;

use crate::folder::file_name;
use crate::names::{evidence_id, statement_id};
use crate::{DocumentIds, Links};

/// The link of a node, where it has one.
pub(crate) fn of_entity(links: Links, id: &EntityId) -> Option<String> {
    match links {
        Links::Fragments => Some(format!("#entity/{id}")),
        Links::Articles => None,
        Links::Pages => Some(format!("entities/{}.html", file_name(id.as_str()))),
    }
}

/// The link of an edge, where it has one: to the passage that is shown when there is room for one.
pub(crate) fn of_statement(links: Links, documents: &DocumentIds, statement: &StatementEdge) -> Option<String> {
    let best = statement.best_evidence();
    match links {
        Links::Fragments => Some(format!("#statement/{}", statement_id(statement))),
        Links::Articles => best.document.url.as_deref().and_then(|url| at_quote(url, &best.record.quote.text)),
        Links::Pages => {
            let document = documents.id(&best.document.name);
            let evidence = evidence_id(&statement_id(statement), document, best);
            Some(format!("documents/{}.html#ev-{evidence}", file_name(document)))
        }
    }
}

/// The address of a page with a text fragment, at which browsers scroll to the quote and mark it.
pub(crate) fn at_quote(url: &str, quote: &str) -> Option<String> {
    let iri = oxiri::Iri::parse(url).ok().filter(|iri| matches!(iri.scheme(), "http" | "https"))?;
    // A picture of the address, as a browser would send it.
    let mut link: String = iri.as_str().chars().fold(String::new(), |mut link, c| {
        if c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}') {
            link.push(c);
        } else {
            percent(&mut link, c);
        }
        link
    });
    link.push_str(if iri.fragment().is_some() { ":~:text=" } else { "#:~:text=" });
    let words: Vec<&str> = quote.split_whitespace().collect();
    let part = |link: &mut String, words: &[&str]| {
        for c in words.join(" ").chars() {
            if c.is_ascii_alphanumeric() { link.push(c) } else { percent(link, c) }
        }
    };
    // A long quote is found by its first and last words.
    if words.len() > 16 {
        part(&mut link, &words[..6]);
        link.push(',');
        part(&mut link, &words[words.len() - 6..]);
    } else {
        part(&mut link, &words);
    }
    Some(link)
}

fn percent(link: &mut String, c: char) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        write!(link, "%{byte:02X}").expect("a string takes everything");
    }
}

#[cfg(test)]
mod tests {
    use super::at_quote;

    #[test]
    fn a_link_leads_to_the_quote() {
        let link = at_quote("https://exemple.org/été?a=1", "l'an 1, à-côté");
        assert_eq!(
            link.unwrap(),
            "https://exemple.org/%C3%A9t%C3%A9?a=1#:~:text=l%27an%201%2C%20%C3%A0%2Dc%C3%B4t%C3%A9"
        );
        assert_eq!(at_quote("javascript:alert(1)", "x"), None);
        assert_eq!(at_quote("https://exemple.org/#a", "x").unwrap(), "https://exemple.org/#a:~:text=x");
    }
}
