//! JSON-LD that a program can read without knowing RDF: one object a thing, the evidence inside its statement, and the context
//! in the file, because a context elsewhere is a request to somebody's server at each reading.
//!
//! Decimals are typed strings: as a JSON number 0.92 would become the double `9.2E-1`.

use std::fmt::Write as _;
use std::io::{self, Write};

use relata_graph::Selection;

use crate::ExportOptions;
use crate::json::quoted;
use crate::names::{Namespaces, Space};
use crate::rdf::{Datatype, Item, Name, Object, Triple, triples};

/// How the context says that the values of a term are read.
#[derive(Clone, Copy, PartialEq)]
enum Reading {
    /// As they stand.
    Plain,
    /// As the name of something.
    Id,
    /// As a value of a datatype.
    Typed(Datatype),
}

/// Predicates with a name of their own or a reading; others of the vocabulary are called as there, and all else as in Turtle.
const TERMS: [(&str, Space, &str, Reading); 24] = [
    ("label", Space::Rdfs, "label", Reading::Plain),
    ("subClassOf", Space::Rdfs, "subClassOf", Reading::Id),
    ("seeAlso", Space::Rdfs, "seeAlso", Reading::Id),
    ("subject", Space::Rdf, "subject", Reading::Id),
    ("predicate", Space::Rdf, "predicate", Reading::Id),
    ("object", Space::Rdf, "object", Reading::Id),
    ("prefLabel", Space::Skos, "prefLabel", Reading::Plain),
    ("altLabel", Space::Skos, "altLabel", Reading::Plain),
    ("sameAs", Space::Schema, "sameAs", Reading::Id),
    ("headline", Space::Schema, "headline", Reading::Plain),
    ("datePublished", Space::Schema, "datePublished", Reading::Typed(Datatype::Date)),
    ("inLanguage", Space::Schema, "inLanguage", Reading::Plain),
    ("url", Space::Schema, "url", Reading::Id),
    ("mentions", Space::Schema, "mentions", Reading::Id),
    ("used", Space::Prov, "used", Reading::Id),
    ("modality", Space::Relata, "modality", Reading::Id),
    ("voice", Space::Relata, "voice", Reading::Id),
    ("evidence", Space::Relata, "evidence", Reading::Id),
    ("document", Space::Relata, "document", Reading::Id),
    // "rule" is a prefix.
    ("relata:rule", Space::Relata, "rule", Reading::Id),
    ("attributedTo", Space::Relata, "attributedTo", Reading::Id),
    ("amountValue", Space::Relata, "amountValue", Reading::Typed(Datatype::Decimal)),
    ("timeFrom", Space::Relata, "timeFrom", Reading::Typed(Datatype::Date)),
    ("timeTo", Space::Relata, "timeTo", Reading::Typed(Datatype::Date)),
];

/// Writes a selection as JSON-LD 1.1, UTF-8, one object a line; always RDF 1.1.
///
/// # Errors
/// When `out` fails.
pub fn write(selection: &Selection<'_>, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
    let spaces = Namespaces::new(&options.base_iri);
    context(out, &spaces)?;
    out.write_all(b"  \"@graph\": [")?;
    let mut writer = Writer { out, spaces: &spaces, subject: None, values: Vec::new(), state: State::First };
    triples(selection, options, &mut |item| match item {
        Item::Triple(triple) => writer.triple(&triple),
        Item::Section(_) | Item::Graph(_) | Item::Reifies(_) => Ok(()),
    })?;
    writer.end_subject()?;
    writer.close_statement()?;
    out.write_all(b"\n  ]\n}\n")
}

fn context(out: &mut dyn Write, spaces: &Namespaces) -> io::Result<()> {
    writeln!(out, "{{\n  \"@context\": {{\n    \"@version\": 1.1,")?;
    writeln!(out, "    \"@vocab\": {},", quoted(spaces.iri(Space::Relata)))?;
    for (prefix, iri) in spaces.prefixes() {
        writeln!(out, "    \"{prefix}\": {},", quoted(iri))?;
    }
    for (place, (term, space, local, reading)) in TERMS.iter().enumerate() {
        let id = format!("\"{}:{local}\"", space.prefix().expect("every term has a namespace with a prefix"));
        let end = if place + 1 < TERMS.len() { "," } else { "" };
        match reading {
            Reading::Plain => writeln!(out, "    \"{term}\": {id}{end}")?,
            Reading::Id => writeln!(out, "    \"{term}\": {{ \"@id\": {id}, \"@type\": \"@id\" }}{end}")?,
            Reading::Typed(datatype) => {
                let datatype = datatype.as_str();
                writeln!(out, "    \"{term}\": {{ \"@id\": {id}, \"@type\": \"xsd:{datatype}\" }}{end}")?;
            }
        }
    }
    out.write_all(b"  },\n")
}

/// What stands before the next object.
#[derive(Clone, Copy, PartialEq)]
enum State {
    /// Nothing.
    First,
    /// Another object.
    Next,
    /// A statement whose first passage comes.
    FirstPassage,
    /// A statement and some of its passages.
    NextPassage,
}

struct Writer<'w> {
    out: &'w mut dyn Write,
    spaces: &'w Namespaces,
    subject: Option<(Space, String)>,
    /// What is said of the subject: key, values, how many.
    values: Vec<(Key, String, usize)>,
    state: State,
}

/// What a predicate is called in an object.
#[derive(Clone, PartialEq)]
enum Key {
    Type,
    Term(usize),
    Other(Space, String),
}

impl Writer<'_> {
    fn triple(&mut self, triple: &Triple<'_>) -> io::Result<()> {
        let same = self
            .subject
            .as_ref()
            .is_some_and(|(space, local)| *space == triple.subject.space && local == triple.subject.local);
        if !same {
            self.end_subject()?;
            self.subject = Some((triple.subject.space, triple.subject.local.to_owned()));
        }
        let predicate = triple.predicate;
        let term = TERMS.iter().position(|&(_, space, local, _)| space == predicate.space && local == predicate.local);
        let key = match term {
            _ if predicate == Name::new(Space::Rdf, "type") => Key::Type,
            Some(term) => Key::Term(term),
            None => Key::Other(predicate.space, predicate.local.to_owned()),
        };
        let reading = match key {
            Key::Type => Reading::Id,
            Key::Term(term) => TERMS[term].3,
            Key::Other(..) => Reading::Plain,
        };
        if self.values.last().is_none_or(|(last, ..)| *last != key) {
            self.values.push((key, String::new(), 0));
        }
        let (_, values, count) = self.values.last_mut().expect("one was just added");
        if *count > 0 {
            values.push_str(", ");
        }
        *count += 1;
        value(values, self.spaces, triple.object, reading);
        Ok(())
    }

    /// Writes the object of the subject; a statement stays open for its passages.
    fn end_subject(&mut self) -> io::Result<()> {
        let Some((space, local)) = self.subject.take() else { return Ok(()) };
        let passage = space == Space::Evidence;
        if !passage {
            self.close_statement()?;
        }
        let before: &[u8] = match self.state {
            State::First => b"\n    ",
            State::Next => b",\n    ",
            State::FirstPassage => b"\n      ",
            State::NextPassage => b",\n      ",
        };
        self.out.write_all(before)?;
        let mut id = String::new();
        compact(&mut id, self.spaces, Name::new(space, &local));
        write!(self.out, "{{ \"@id\": {id}")?;
        let mut passages = false;
        for (key, values, count) in self.values.drain(..) {
            let term = match key {
                Key::Type => "@type",
                Key::Term(term) => TERMS[term].0,
                Key::Other(..) => "",
            };
            if space == Space::Statement && term == "evidence" {
                // They come next, each as an object in this place.
                passages = true;
                continue;
            }
            if let Key::Other(space, local) = &key {
                match space.prefix() {
                    _ if *space == Space::Relata => write!(self.out, ", \"{local}\": ")?,
                    Some(prefix) => write!(self.out, ", \"{prefix}:{local}\": ")?,
                    None => write!(self.out, ", {}: ", quoted(&Name::new(*space, local).iri(self.spaces)))?,
                }
            } else {
                write!(self.out, ", \"{term}\": ")?;
            }
            if count > 1 { write!(self.out, "[{values}]")? } else { self.out.write_all(values.as_bytes())? }
        }
        self.state = match (passages, passage) {
            (true, _) => {
                self.out.write_all(b", \"evidence\": [")?;
                State::FirstPassage
            }
            (false, passage) => {
                self.out.write_all(b" }")?;
                if passage { State::NextPassage } else { State::Next }
            }
        };
        Ok(())
    }

    fn close_statement(&mut self) -> io::Result<()> {
        if matches!(self.state, State::FirstPassage | State::NextPassage) {
            self.state = State::Next;
            self.out.write_all(b" ] }")?;
        }
        Ok(())
    }
}

fn value(values: &mut String, spaces: &Namespaces, object: Object<'_>, reading: Reading) {
    let written = match object {
        Object::Name(name) if reading == Reading::Id => {
            compact(values, spaces, name);
            Ok(())
        }
        Object::Iri(iri) if reading == Reading::Id => write!(values, "{}", quoted(iri)),
        Object::Name(name) => {
            values.push_str("{ \"@id\": ");
            compact(values, spaces, name);
            values.push_str(" }");
            Ok(())
        }
        Object::Iri(iri) => write!(values, "{{ \"@id\": {} }}", quoted(iri)),
        Object::Text(text, None) if reading == Reading::Plain => write!(values, "{}", quoted(text)),
        Object::Text(text, None) => write!(values, "{{ \"@value\": {} }}", quoted(text)),
        Object::Text(text, Some(language)) => {
            write!(values, "{{ \"@language\": \"{language}\", \"@value\": {} }}", quoted(text))
        }
        Object::Typed(text, datatype) if reading == Reading::Typed(datatype) => write!(values, "\"{text}\""),
        Object::Typed(text, datatype) => {
            write!(values, "{{ \"@type\": \"xsd:{}\", \"@value\": \"{text}\" }}", datatype.as_str())
        }
        Object::Integer(number) => write!(values, "{number}"),
    };
    written.expect("a string takes everything");
}

/// The name as `"ent:nvidia"`, or whole where its namespace has no prefix.
fn compact(to: &mut String, spaces: &Namespaces, name: Name<'_>) {
    match name.space.prefix() {
        Some(prefix) => to.extend(["\"", prefix, ":", name.local, "\""]),
        None => to.push_str(&quoted(&name.iri(spaces))),
    }
}
