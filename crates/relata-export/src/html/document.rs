//! The page of a document: its text with the sentences marked, and below each line what they say.

use std::collections::BTreeMap;
use std::io::{self, Write};

use relata_graph::{SourceDocument, SourcedEvidence, StatementEdge};
use relata_model::DocumentName;

use super::page::{Page, escape, lang, quote_in_sentence};
use super::{Site, title};
use crate::links::at_quote;

/// A passage and the statement it says.
pub(super) struct Note<'g> {
    statement: &'g StatementEdge,
    evidence: &'g SourcedEvidence,
    anchor: String,
}

/// The passages of each document, in the order of its text.
pub(super) fn notes<'g>(site: &Site<'_, 'g>) -> BTreeMap<DocumentName, Vec<Note<'g>>> {
    let mut notes: BTreeMap<DocumentName, Vec<Note<'_>>> = BTreeMap::new();
    for &statement in site.selection.statements() {
        for evidence in &statement.evidence {
            let anchor = site.anchor(statement, evidence);
            notes.entry(evidence.document.name.clone()).or_default().push(Note { statement, evidence, anchor });
        }
    }
    for of_one in notes.values_mut() {
        of_one.sort_by_key(|note| (note.evidence.record.quote.start, note.evidence.record.quote.end));
    }
    notes
}

/// Writes the page; without the text, the sentences of the passages stand for it.
pub(super) fn write(
    site: &Site<'_, '_>,
    document: &SourceDocument,
    notes: &[Note<'_>],
    text: Option<&str>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let page = Page::begin(site, title(document), "../", "", out)?;
    let words = site.words;
    write!(page.out, "<p class=\"meta\">")?;
    if let Some(date) = document.date {
        write!(page.out, "{}: {date}<br>", words.date)?;
    }
    write!(page.out, "{}: {}", words.source, escape(document.name.as_str()))?;
    if let Some(url) = &document.url {
        let shown = escape(url);
        match at_quote(url, "") {
            Some(_) => write!(page.out, "<br>{}: <a rel=\"noreferrer\" href=\"{shown}\">{shown}</a>", words.published)?,
            None => write!(page.out, "<br>{}: {shown}", words.published)?,
        }
    }
    writeln!(page.out, "</p>")?;
    if let Some(text) = text {
        writeln!(page.out, "<p class=\"meta\">{}</p>\n<div{}>", words.marks, lang(document.language))?;
        let mut shown = 0;
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let length = line.chars().count();
            let end = start + length;
            write_line(page.out, line, start, notes)?;
            let first = shown;
            while shown < notes.len() && (notes[shown].evidence.record.quote.start as usize) < end {
                shown += 1;
            }
            says(site, &notes[first..shown], page.out)?;
            start = end;
        }
        // What the text does not reach, because it is not the one that was read, is not lost.
        says(site, &notes[shown..], page.out)?;
        writeln!(page.out, "</div>")?;
    } else {
        writeln!(page.out, "<p class=\"note\">{}</p>", words.no_text)?;
        for (place, note) in notes.iter().enumerate() {
            writeln!(
                page.out,
                "<p class=\"line alone\"{} dir=\"auto\"><a class=\"at\" id=\"{}\"></a>{}</p>",
                lang(document.language),
                note.anchor,
                quote_in_sentence(note.evidence)
            )?;
            says(site, &notes[place..=place], page.out)?;
        }
    }
    page.end()
}

/// Writes a line of the text that begins at the code point `start`. Marks may overlap, so the line is cut where one begins
/// or ends, and each piece says whether some quote holds it.
fn write_line(out: &mut dyn Write, line: &str, start: usize, notes: &[Note<'_>]) -> io::Result<()> {
    let characters: Vec<char> = line.trim_end_matches(['\n', '\r']).chars().collect();
    if characters.iter().all(|c| c.is_whitespace()) {
        return Ok(());
    }
    let end = start + characters.len();
    let place = |note: &Note<'_>| (note.evidence.record.quote.start as usize, note.evidence.record.quote.end as usize);
    let here: Vec<&Note<'_>> = notes
        .iter()
        .filter(|note| {
            let (from, to) = place(note);
            from < end && to > start
        })
        .collect();
    let mut cuts: Vec<usize> = vec![start, end];
    for note in &here {
        let (from, to) = place(note);
        cuts.extend([from.clamp(start, end), to.clamp(start, end)]);
    }
    cuts.sort_unstable();
    cuts.dedup();
    write!(out, "<p class=\"line\" dir=\"auto\">")?;
    for piece in cuts.windows(2) {
        let (from, to) = (piece[0], piece[1]);
        let marked = here.iter().any(|note| place(note).0 <= from && to <= place(note).1);
        // The places that links lead to stand in the mark, so that it can show which one was meant.
        write!(out, "{}", if marked { "<mark>" } else { "" })?;
        for note in here.iter().filter(|note| place(note).0 == from) {
            write!(out, "<a class=\"at\" id=\"{}\"></a>", note.anchor)?;
        }
        let words = escape(&characters[from - start..to - start].iter().collect::<String>());
        write!(out, "{words}{}", if marked { "</mark>" } else { "" })?;
    }
    writeln!(out, "</p>")
}

/// What the passages of a line say.
fn says(site: &Site<'_, '_>, notes: &[Note<'_>], out: &mut dyn Write) -> io::Result<()> {
    if notes.is_empty() {
        return Ok(());
    }
    writeln!(out, "<ul class=\"says\" lang=\"{}\">", site.labels.language)?;
    for note in notes {
        writeln!(
            out,
            "<li>{} {} <a href=\"#{}\">¶</a> <span class=\"meta\">{} {}</span></li>",
            site.sentence("../", note.statement),
            site.badges(note.statement),
            note.anchor,
            site.words.rule,
            escape(&note.evidence.record.rule)
        )?;
    }
    writeln!(out, "</ul>")
}
