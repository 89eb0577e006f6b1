//! Turtle that people can read and compare line by line.
//!
//! Written by hand rather than through a serializer, for sections, for lines that group what belongs together, and for
//! speed: the mapping already knows which prefix a name has. Every name's local part is `[A-Za-z0-9_-]`, so only texts and
//! foreign IRIs can need care.

use std::io::{self, Write};

use relata_graph::Selection;

use crate::ExportOptions;
use crate::buffer::{FULL, flush_when};
use crate::names::{Namespaces, Space};
use crate::options::{Graphs, RdfVersion};
use crate::rdf::{Item, Name, Object, Reifies, Section, Triple, items};
use crate::text::all_bytes;

/// Writes a selection as Turtle, UTF-8.
///
/// # Errors
/// When `out` fails.
pub fn write(selection: &Selection<'_>, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    write_graphs(selection, options, Graphs::One, out)
}

/// Writes a selection as `TriG`, which is Turtle with graphs.
pub(crate) fn write_graphs(
    selection: &Selection<'_>,
    options: &ExportOptions,
    graphs: Graphs,
    out: &mut dyn Write,
) -> io::Result<()> {
    let spaces = Namespaces::new(&options.base_iri);
    if options.rdf == RdfVersion::V1_2 {
        out.write_all(b"VERSION \"1.2\"\n")?;
    }
    for (prefix, iri) in spaces.prefixes() {
        writeln!(out, "@prefix {prefix}: <{iri}> .")?;
    }
    if selection.cut().is_part() {
        write!(out, "\n# A part of the graph: {}.\n", selection.cut())?;
    }
    let mut writer = Writer {
        sink: out,
        out: Vec::with_capacity(2 * FULL),
        spaces: &spaces,
        subject: None,
        predicate: None,
        compact: false,
        in_graph: false,
    };
    items(selection, options, options.rdf, graphs, &mut |item| match item {
        Item::Section(section) => writer.section(section),
        Item::Graph(name) => writer.graph(name),
        Item::Triple(triple) => writer.triple(&triple),
        Item::Reifies(reifies) => writer.reifies(&reifies),
    })?;
    writer.finish()?;
    flush_when(1, &mut writer.out, writer.sink)
}

fn heading(section: Section) -> &'static str {
    match section {
        Section::Dataset => "dataset and run",
        Section::Documents => "documents: their texts are not part of the export",
        Section::Types => "types in use: declared here so that their labels can be queried",
        Section::Entities => "entities, each with its direct triples: only what a document asserts in its own voice",
        Section::Statements => "statements by subject, predicate, object and modality, each with its evidence",
        Section::Rules => "rules",
    }
}

struct Writer<'w> {
    sink: &'w mut dyn Write,
    /// What is put together before it is written.
    out: Vec<u8>,
    spaces: &'w Namespaces,
    /// What the last triple speaks of; the block of a subject is still open.
    subject: Option<(Space, String)>,
    predicate: Option<(Space, String)>,
    /// Whether a subject stands on one line.
    compact: bool,
    /// Whether a graph is open.
    in_graph: bool,
}

impl Writer<'_> {
    fn section(&mut self, section: Section) -> io::Result<()> {
        self.finish()?;
        self.compact = section == Section::Rules;
        write!(self.out, "\n# --- {} ---\n", heading(section))?;
        if self.compact { writeln!(self.out) } else { Ok(()) }
    }

    fn graph(&mut self, name: Option<Name<'_>>) -> io::Result<()> {
        self.finish()?;
        self.compact = false;
        if self.in_graph {
            self.out.extend_from_slice(b"}\n");
        }
        self.in_graph = name.is_some();
        let Some(name) = name else { return Ok(()) };
        self.out.extend_from_slice(b"\n");
        self.name(name)?;
        self.out.write_all(b" {\n")
    }

    /// The triple term stands where an object would; the statement's block is open already.
    fn reifies(&mut self, reifies: &Reifies<'_>) -> io::Result<()> {
        let predicate = Name::new(Space::Rdf, "reifies");
        self.out.extend_from_slice(b" ;\n    rdf:reifies <<( ");
        remember(&mut self.predicate, predicate);
        for part in [reifies.subject, reifies.predicate, reifies.object] {
            self.name(part)?;
            self.out.extend_from_slice(b" ");
        }
        self.out.write_all(b")>>")
    }

    fn triple(&mut self, triple: &Triple<'_>) -> io::Result<()> {
        let same = |last: &Option<(Space, String)>, name: Name<'_>| {
            last.as_ref().is_some_and(|(space, local)| *space == name.space && local == name.local)
        };
        if !same(&self.subject, triple.subject) {
            self.finish()?;
            if !self.compact {
                self.out.extend_from_slice(b"\n");
            }
            self.name(triple.subject)?;
            self.out.extend_from_slice(b" ");
            remember(&mut self.subject, triple.subject);
        } else if same(&self.predicate, triple.predicate) {
            self.out.extend_from_slice(b", ");
            return self.object(triple.object);
        } else {
            let voice = Name::new(Space::Relata, "voice");
            let after_modality =
                triple.predicate == voice && same(&self.predicate, Name::new(Space::Relata, "modality"));
            let same_line = self.compact || after_modality || joins_line(triple.predicate);
            self.out.write_all(if same_line { b" ; " } else { b" ;\n    " })?;
        }
        remember(&mut self.predicate, triple.predicate);
        if triple.predicate == Name::new(Space::Rdf, "type") {
            self.out.extend_from_slice(b"a");
        } else {
            self.name(triple.predicate)?;
        }
        self.out.extend_from_slice(b" ");
        self.object(triple.object)
    }

    /// Ends the block of the last subject.
    fn finish(&mut self) -> io::Result<()> {
        self.predicate = None;
        if self.subject.take().is_some() {
            self.out.extend_from_slice(b" .\n");
        }
        flush_when(FULL, &mut self.out, self.sink)
    }

    fn name(&mut self, name: Name<'_>) -> io::Result<()> {
        match name.space.prefix() {
            Some(prefix) => {
                self.out.write_all(prefix.as_bytes())?;
                self.out.extend_from_slice(b":");
                self.out.write_all(name.local.as_bytes())
            }
            None => write!(self.out, "<{}{}>", self.spaces.iri(name.space), name.local),
        }
    }

    fn object(&mut self, object: Object<'_>) -> io::Result<()> {
        match object {
            Object::Name(name) => self.name(name),
            Object::Iri(iri) => write!(self.out, "<{iri}>"),
            Object::Text(text, language) => {
                write_quoted(&mut self.out, text)?;
                match language {
                    Some(language) => write!(self.out, "@{language}"),
                    None => Ok(()),
                }
            }
            Object::Typed(value, datatype) => write!(self.out, "\"{value}\"^^xsd:{}", datatype.as_str()),
            Object::Integer(number) => write!(self.out, "{number}"),
        }
    }
}

/// Keeps the name, in the memory of the last one.
fn remember(last: &mut Option<(Space, String)>, name: Name<'_>) {
    let (space, local) = last.get_or_insert_with(|| (name.space, String::new()));
    *space = name.space;
    local.clear();
    local.push_str(name.local);
}

/// Whether a predicate goes on the line of the one before it, because both say one thing.
fn joins_line(predicate: Name<'_>) -> bool {
    match predicate.space {
        Space::Rdf => matches!(predicate.local, "predicate" | "object"),
        Space::Relata => matches!(
            predicate.local,
            "start"
                | "end"
                | "sentenceStart"
                | "sentenceEnd"
                | "objectText"
                | "amountUnit"
                | "amountText"
                | "timeFrom"
                | "timeTo"
                | "timeText"
                | "attributedTo"
                | "attributionText"
        ),
        _ => false,
    }
}

/// Writes a text between quotation marks, with the escapes that Turtle and N-Triples share.
pub(crate) fn write_quoted(out: &mut (impl Write + ?Sized), text: &str) -> io::Result<()> {
    out.write_all(b"\"")?;
    let bytes = text.as_bytes();
    if all_bytes(bytes, |byte| byte >= 0x20 && byte != b'"' && byte != b'\\' && byte != 0x7F) {
        out.write_all(bytes)?;
        return out.write_all(b"\"");
    }
    let mut written = 0;
    for (place, byte) in bytes.iter().enumerate() {
        let escape: &[u8] = match byte {
            b'"' => b"\\\"",
            b'\\' => b"\\\\",
            b'\n' => b"\\n",
            b'\r' => b"\\r",
            b'\t' => b"\\t",
            0x7F => b"\\u007F",
            _ => continue,
        };
        out.write_all(&bytes[written..place])?;
        out.write_all(escape)?;
        written = place + 1;
    }
    out.write_all(&bytes[written..])?;
    out.write_all(b"\"")
}
