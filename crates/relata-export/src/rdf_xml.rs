//! RDF/XML, for tools of before Turtle. oxrdfxml writes it: nobody needs it fast, and its texts are cleaned already of what
//! XML cannot carry.

use std::io::{self, Write};

use oxrdfxml::RdfXmlSerializer;
use relata_graph::Selection;

use crate::ExportOptions;
use crate::names::Namespaces;
use crate::rdf::{Item, triples};

/// Writes a selection as RDF/XML, UTF-8; always RDF 1.1.
///
/// # Errors
/// When `out` fails.
pub fn write(selection: &Selection<'_>, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    let spaces = Namespaces::new(&options.base_iri);
    let serializer = spaces.prefixes().fold(RdfXmlSerializer::new(), |serializer, (prefix, iri)| {
        serializer.with_prefix(prefix, iri).expect("the namespaces are IRIs")
    });
    let mut writer = serializer.for_writer(out);
    triples(selection, options, &mut |item| match item {
        Item::Triple(triple) => writer.serialize_triple(&triple.to_oxrdf(&spaces)),
        Item::Section(_) | Item::Graph(_) | Item::Reifies(_) => Ok(()),
    })?;
    writer.finish()?.write_all(b"\n")
}
