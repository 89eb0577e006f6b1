//! N-Triples: a line a triple, for pipelines and for the stores that read nothing else fast.

use std::io::{self, Write};

use relata_graph::Selection;

use crate::ExportOptions;
use crate::names::{Namespaces, Space};
use crate::rdf::{Item, Name, Object, triples};
use crate::turtle::write_quoted;

/// Writes a selection as N-Triples, UTF-8, in the order of the mapping.
///
/// # Errors
/// When `out` fails.
pub fn write(selection: &Selection<'_>, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    let spaces = Namespaces::new(&options.base_iri);
    triples(selection, options, &mut |item| {
        let Item::Triple(triple) = item else { return Ok(()) };
        name(out, &spaces, triple.subject)?;
        out.write_all(b" ")?;
        name(out, &spaces, triple.predicate)?;
        out.write_all(b" ")?;
        object(out, &spaces, triple.object)?;
        out.write_all(b" .\n")
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
