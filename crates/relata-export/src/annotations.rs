//! Web Annotations: each passage as a note on its document, for readers that show notes beside texts.
//!
//! The targets are found twice: by place, counted in code points of the text that was read, and by the quote with the words
//! around it, which also finds the passage on the page where the text was published.

use std::io::{self, Write};

use relata_graph::{Selection, SourcedEvidence};

use crate::json::write_text;
use crate::labels::Labels;
use crate::names::{Namespaces, Space, evidence_id, statement_id};
use crate::{DocumentIds, ExportOptions};

/// Writes a selection as a page of Web Annotations in JSON-LD, UTF-8, one annotation a line.
///
/// The context is the one that the standard asks for by name; readers of annotations know it and fetch nothing.
///
/// # Errors
/// When `out` fails.
pub fn write(selection: &Selection<'_>, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    let graph = selection.graph();
    let labels = Labels::new(graph, options.language_for(graph));
    let documents = DocumentIds::of_graph(graph);
    let spaces = Namespaces::new(&options.base_iri);
    let base = spaces.iri(Space::Base);
    write!(out, "{{\n  \"@context\": \"http://www.w3.org/ns/anno.jsonld\",\n  \"id\": ")?;
    write_text(out, &format!("{base}annotations"))?;
    out.write_all(b",\n  \"type\": \"AnnotationPage\",\n")?;
    if selection.cut().is_part() {
        out.write_all(b"  \"label\": ")?;
        write_text(out, &format!("A part of the graph: {}.", selection.cut()))?;
        out.write_all(b",\n")?;
    }
    out.write_all(b"  \"items\": [")?;
    let mut first = true;
    for statement in selection.statements() {
        let id = statement_id(statement);
        let label = labels.statement(statement);
        for evidence in &statement.evidence {
            let document = documents.id(&evidence.document.name);
            out.write_all(if first { b"\n    " } else { b",\n    " })?;
            first = false;
            write!(out, "{{ \"id\": ")?;
            write_text(out, &format!("{base}annotation/{}", evidence_id(&id, document, evidence)))?;
            out.write_all(b", \"type\": \"Annotation\", \"motivation\": \"linking\", \"body\": [{ \"id\": ")?;
            write_text(out, &format!("{}{id}", spaces.iri(Space::Statement)))?;
            out.write_all(b" }, { \"type\": \"TextualBody\", \"purpose\": \"describing\", \"format\": \"text/plain\"")?;
            write!(out, ", \"language\": \"{}\", \"value\": ", labels.language)?;
            write_text(out, &label)?;
            out.write_all(b" }], \"target\": [")?;
            target(out, evidence, &format!("{}{document}", spaces.iri(Space::Document)))?;
            out.write_all(b"] }")?;
        }
    }
    out.write_all(b"\n  ]\n}\n")
}

fn target(out: &mut dyn Write, evidence: &SourcedEvidence, document: &str) -> io::Result<()> {
    let record = &evidence.record;
    out.write_all(b"{ \"source\": ")?;
    write_text(out, document)?;
    let (start, end) = (record.quote.start, record.quote.end);
    write!(out, ", \"selector\": [{{ \"type\": \"TextPositionSelector\", \"start\": {start}, \"end\": {end} }}, ")?;
    quote_selector(out, evidence)?;
    out.write_all(b"] }")?;
    let page = evidence.document.url.as_deref().filter(|url| oxiri::Iri::parse(*url).is_ok());
    let Some(page) = page else { return Ok(()) };
    out.write_all(b", { \"source\": ")?;
    write_text(out, page)?;
    out.write_all(b", \"selector\": ")?;
    quote_selector(out, evidence)?;
    out.write_all(b" }")
}

/// The quote, with the rest of its sentence before and after it.
fn quote_selector(out: &mut dyn Write, evidence: &SourcedEvidence) -> io::Result<()> {
    let record = &evidence.record;
    let sentence: Vec<char> = record.text.chars().collect();
    let place = |offset: u32| ((offset.saturating_sub(record.start)) as usize).min(sentence.len());
    let prefix: String = sentence[..place(record.quote.start)].iter().collect();
    let suffix: String = sentence[place(record.quote.end)..].iter().collect();
    out.write_all(b"{ \"type\": \"TextQuoteSelector\", \"exact\": ")?;
    write_text(out, &record.quote.text)?;
    for (key, words) in [("prefix", prefix), ("suffix", suffix)] {
        if !words.is_empty() {
            write!(out, ", \"{key}\": ")?;
            write_text(out, &words)?;
        }
    }
    out.write_all(b" }")
}
