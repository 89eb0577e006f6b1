//! The formats that can be read.

use std::fmt;
use std::str::FromStr;

/// A format of lists of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The program's own: one entity a line.
    JsonLines,
    /// A table with a header: spreadsheets, SPARQL results in CSV, `targets.simple.csv` of OpenSanctions.
    Csv,
    /// `allCountries.txt`, `cities500.txt` and the like of GeoNames.
    GeoNames,
    /// A dump of Wikidata in JSON, one item a line.
    Wikidata,
    /// `entities.ftm.json` of FollowTheMoney and OpenSanctions.
    FollowTheMoney,
    /// SPARQL results in JSON.
    SparqlJson,
    /// RDF as Turtle.
    Turtle,
    /// RDF as N-Triples.
    NTriples,
    /// RDF as XML.
    RdfXml,
}

const NAMES: [(&str, Format); 9] = [
    ("jsonl", Format::JsonLines),
    ("csv", Format::Csv),
    ("geonames", Format::GeoNames),
    ("wikidata", Format::Wikidata),
    ("ftm", Format::FollowTheMoney),
    ("sparql-json", Format::SparqlJson),
    ("turtle", Format::Turtle),
    ("ntriples", Format::NTriples),
    ("rdfxml", Format::RdfXml),
];

/// A word that names no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown format \"{0}\" (jsonl, csv, geonames, wikidata, ftm, sparql-json, turtle, ntriples or rdfxml; tables with tabs are csv too)"
)]
pub struct UnknownFormat(String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(word: &str) -> Result<Self, UnknownFormat> {
        let known = NAMES.iter().find(|(name, _)| *name == word).map(|(_, format)| *format);
        let other = match word {
            "tsv" => Some(Self::Csv),
            "skos" | "ttl" => Some(Self::Turtle),
            _ => None,
        };
        known.or(other).ok_or_else(|| UnknownFormat(word.to_owned()))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = NAMES.iter().find(|(_, format)| format == self).map_or("", |(name, _)| name);
        f.write_str(name)
    }
}

impl Format {
    /// The format that the name of a file tells, whether compressed or not.
    pub fn of_file(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".bz2")).unwrap_or(&name);
        let ends = |ending: &str| name.ends_with(ending);
        Some(match () {
            () if ends(".ftm.json") => Self::FollowTheMoney,
            () if ends(".jsonl") => Self::JsonLines,
            () if ends(".csv") || ends(".tsv") => Self::Csv,
            () if ends("allcountries.txt") || (name.contains("cities") && ends(".txt")) => Self::GeoNames,
            () if ends(".srj") => Self::SparqlJson,
            () if ends(".ttl") => Self::Turtle,
            () if ends(".nt") => Self::NTriples,
            () if ends(".rdf") || ends(".owl") => Self::RdfXml,
            () if name.contains("wikidata") && ends(".json") => Self::Wikidata,
            () => return None,
        })
    }
}
