//! Triples as the mapping makes them: borrowed, and by namespace, so that writers need no search for prefixes.

use relata_model::Language;

use crate::names::{Namespaces, Space};

/// A name in a namespace. The local part is `[A-Za-z0-9_-]` only, so no format needs to escape it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'a> {
    /// Its namespace.
    pub space: Space,
    /// Its local part.
    pub local: &'a str,
}

impl<'a> Name<'a> {
    /// A name in a namespace.
    pub fn new(space: Space, local: &'a str) -> Self {
        Self { space, local }
    }

    /// The whole IRI.
    pub fn iri(self, spaces: &Namespaces) -> String {
        format!("{}{}", spaces.iri(self.space), self.local)
    }
}

/// The datatypes of literals that are neither texts nor integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Datatype {
    /// A day.
    Date,
    /// A moment.
    DateTime,
    /// A sum.
    Decimal,
    /// A year.
    GYear,
    /// A month of a year.
    GYearMonth,
}

impl Datatype {
    /// Its name in XML Schema.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::DateTime => "dateTime",
            Self::Decimal => "decimal",
            Self::GYear => "gYear",
            Self::GYearMonth => "gYearMonth",
        }
    }
}

/// What a triple says of its subject. Texts hold no character that a format could not carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object<'a> {
    /// Something with a name of its own.
    Name(Name<'a>),
    /// Something elsewhere; a valid absolute IRI.
    Iri(&'a str),
    /// A text, in a language where it is known.
    Text(&'a str, Option<Language>),
    /// A value of another datatype, in canonical form.
    Typed(&'a str, Datatype),
    /// A count or an offset.
    Integer(u64),
}

/// One triple.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Triple<'a> {
    /// What it speaks of.
    pub subject: Name<'a>,
    /// What it says of it.
    pub predicate: Name<'a>,
    /// The value.
    pub object: Object<'a>,
}

impl Triple<'_> {
    /// The triple as the oxrdf family of crates has it.
    pub fn to_oxrdf(&self, spaces: &Namespaces) -> oxrdf::Triple {
        let named = |name: Name<'_>| oxrdf::NamedNode::new_unchecked(name.iri(spaces));
        let object: oxrdf::Term = match self.object {
            Object::Name(name) => named(name).into(),
            Object::Iri(iri) => oxrdf::NamedNode::new_unchecked(iri).into(),
            Object::Text(text, None) => oxrdf::Literal::new_simple_literal(text).into(),
            Object::Text(text, Some(language)) => {
                oxrdf::Literal::new_language_tagged_literal_unchecked(text, language.as_str()).into()
            }
            Object::Typed(value, datatype) => {
                let datatype = named(Name::new(Space::Xsd, datatype.as_str()));
                oxrdf::Literal::new_typed_literal(value, datatype).into()
            }
            Object::Integer(number) => {
                oxrdf::Literal::new_typed_literal(number.to_string(), oxrdf::vocab::xsd::INTEGER).into()
            }
        };
        oxrdf::Triple::new(named(self.subject), named(self.predicate), object)
    }
}
