//! N-Triples and N-Quads: a line a triple, for pipelines and for the stores that read nothing else fast.

use std::io::{self, Write};

use relata_graph::Selection;

use crate::ExportOptions;
use crate::names::{Namespaces, Space};
use crate::options::{Graphs, RdfVersion};
use crate::rdf::{Item, Name, Object, items};
use crate::turtle::write_quoted;

/// Writes a selection as N-Triples, UTF-8, in the order of the mapping.
///
/// # Errors
/// When `out` fails.
pub fn write(selection: &Selection<'_>, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    write_graphs(selection, options, Graphs::One, out)
}

/// Writes a selection as N-Quads: the same with the name of a graph at the end of lines that are not in the default graph.
///
/// # Errors
/// When `out` fails.
pub fn write_quads(selection: &Selection<'_>, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    write_graphs(selection, options, options.graphs, out)
}

fn write_graphs(
    selection: &Selection<'_>,
    options: &ExportOptions,
    graphs: Graphs,
    out: &mut dyn Write,
) -> io::Result<()> {
    let spaces = Namespaces::new(&options.base_iri);
    if options.rdf == RdfVersion::V1_2 {
        out.write_all(b"VERSION \"1.2\"\n")?;
    }
    // What ends a line: the graph, where there is one.
    let mut end = b" .\n".to_vec();
    items(selection, options, options.rdf, graphs, &mut |item| {
        match item {
            Item::Section(_) => return Ok(()),
            Item::Graph(None) => {
                end = b" .\n".to_vec();
                return Ok(());
            }
            Item::Graph(Some(graph)) => {
                end = format!(" <{}> .\n", graph.iri(&spaces)).into_bytes();
                return Ok(());
            }
            Item::Triple(triple) => {
                name(out, &spaces, triple.subject)?;
                out.write_all(b" ")?;
                name(out, &spaces, triple.predicate)?;
                out.write_all(b" ")?;
                object(out, &spaces, triple.object)?;
            }
            Item::Reifies(reifies) => {
                name(out, &spaces, reifies.statement)?;
                out.write_all(b" ")?;
                name(out, &spaces, Name::new(Space::Rdf, "reifies"))?;
                out.write_all(b" <<( ")?;
                for part in [reifies.subject, reifies.predicate, reifies.object] {
                    name(out, &spaces, part)?;
                    out.write_all(b" ")?;
                }
                out.write_all(b")>>")?;
            }
        }
        out.write_all(&end)
    })
}

fn name(out: &mut dyn Write, spaces: &Namespaces, name: Name<'_>) -> io::Result<()> {
    out.write_all(b"<")?;
    out.write_all(spaces.iri(name.space).as_bytes())?;
    out.write_all(name.local.as_bytes())?;
    out.write_all(b">")
}

fn object(out: &mut dyn Write, spaces: &Namespaces, object: Object<'_>) -> io::Result<()> {
    let (text, datatype) = match object {
        Object::Name(object) => return name(out, spaces, object),
        Object::Iri(iri) => return write!(out, "<{iri}>"),
        Object::Text(text, None) => return write_quoted(out, text),
        Object::Text(text, Some(language)) => {
            write_quoted(out, text)?;
            return write!(out, "@{language}");
        }
        Object::Typed(value, datatype) => (value.to_owned(), datatype.as_str()),
        Object::Integer(number) => (number.to_string(), "integer"),
    };
    write!(out, "\"{text}\"^^")?;
    name(out, spaces, Name::new(Space::Xsd, datatype))
}
