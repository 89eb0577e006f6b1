//! What every page has, and how texts become HTML.

use std::io::{self, Write};

use relata_graph::SourcedEvidence;
use relata_model::Language;

use super::Site;
use crate::text::clean;

/// A page being written.
pub(super) struct Page<'o> {
    pub(super) out: &'o mut dyn Write,
}

impl<'o> Page<'o> {
    /// Writes all down to the heading; `up` leads from the page to the folder's root.
    pub(super) fn begin(
        site: &Site<'_, '_>,
        title: &str,
        up: &str,
        class: &str,
        out: &'o mut dyn Write,
    ) -> io::Result<Self> {
        let words = site.words;
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <title>{}</title>\n<style>\n{}</style>\n</head>\n<body{}>\n\
             <nav><a href=\"{up}index.html\">{}</a><a href=\"{up}index.html#entities\">{}</a>\
             <a href=\"{up}index.html#documents\">{}</a><a href=\"{up}statements.html\">{}</a></nav>\n\
             <main>\n<h1><bdi>{}</bdi></h1>\n",
            site.labels.language,
            escape(title),
            include_str!("style.css"),
            if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") },
            words.overview,
            words.entities,
            words.documents,
            words.statements,
            escape(title)
        )?;
        Ok(Self { out })
    }

    pub(super) fn end(self) -> io::Result<()> {
        self.out.write_all(b"</main>\n</body>\n</html>\n")
    }
}

/// A text in which a browser finds nothing of its own.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // HTML forbids the others; a text holds them only by accident.
            '\u{7F}'..='\u{9F}' => escaped.push('\u{FFFD}'),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The attribute for a language, where it is known.
pub(super) fn lang(language: Option<Language>) -> String {
    language.map(|language| format!(" lang=\"{language}\"")).unwrap_or_default()
}

/// The sentence of a passage with its quote marked.
pub(super) fn quote_in_sentence(evidence: &SourcedEvidence) -> String {
    let record = &evidence.record;
    let sentence: Vec<char> = record.text.chars().collect();
    let place = |offset: u32| (offset.saturating_sub(record.start) as usize).min(sentence.len());
    let (start, end) = (place(record.quote.start), place(record.quote.end));
    let part = |from: usize, to: usize| escape(&sentence[from..to.max(from)].iter().collect::<String>());
    format!("{}<mark>{}</mark>{}", part(0, start), part(start, end), part(end.max(start), sentence.len()))
}
