//! What can be written, by name.

use std::fmt;
use std::str::FromStr;

use crate::csv::Dialect;
use crate::options::{ExportOptions, Graphs, RdfVersion};

/// The formats that are one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// RDF for people and triple stores, with prefixes and sections.
    Turtle,
    /// RDF a line a triple, for pipelines.
    NTriples,
    /// Turtle with graphs.
    TriG,
    /// N-Triples with graphs.
    NQuads,
    /// RDF for tools of before Turtle.
    RdfXml,
    /// RDF for programs that read JSON.
    JsonLd,
    /// Passages as notes on their documents.
    Annotations,
    /// Graphs for NetworkX, igraph, Gephi, Cytoscape.
    GraphMl,
    /// `GraphML` that yEd draws.
    Yed,
    /// Graphs with time and colours for Gephi.
    Gexf,
    /// Diagrams for Graphviz.
    Dot,
    /// Diagrams inside Markdown.
    Mermaid,
    /// JSON for Cytoscape.
    Cytoscape,
    /// JSON for D3 and NetworkX.
    NodeLink,
}

/// The formats that are a folder of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FolderFormat {
    /// Two tables for Gephi.
    Csv,
    /// Two tables for Excel.
    Excel,
    /// Two tables for Neo4j.
    Neo4j,
    /// Notes in Markdown.
    Obsidian,
    /// Pages that work offline, with the sentences marked.
    Html,
}

/// The pictures that Graphviz makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Picture {
    /// To be looked at in a browser, with links and tooltips.
    Svg,
    /// To be pasted anywhere.
    Png,
    /// To be printed.
    Pdf,
}

/// All that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// One file.
    File(Format),
    /// A folder of files.
    Folder(FolderFormat),
    /// One file, made with Graphviz.
    Picture(Picture),
}

impl Format {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 14] = [
        Self::Turtle,
        Self::NTriples,
        Self::TriG,
        Self::NQuads,
        Self::RdfXml,
        Self::JsonLd,
        Self::Annotations,
        Self::GraphMl,
        Self::Yed,
        Self::Gexf,
        Self::Dot,
        Self::Mermaid,
        Self::Cytoscape,
        Self::NodeLink,
    ];

    /// The word for it on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Turtle => "turtle",
            Self::NTriples => "ntriples",
            Self::TriG => "trig",
            Self::NQuads => "nquads",
            Self::RdfXml => "rdfxml",
            Self::JsonLd => "jsonld",
            Self::Annotations => "annotations",
            Self::GraphMl => "graphml",
            Self::Yed => "yed",
            Self::Gexf => "gexf",
            Self::Dot => "dot",
            Self::Mermaid => "mermaid",
            Self::Cytoscape => "cytoscape",
            Self::NodeLink => "node-link",
        }
    }

    /// The usual end of such a file's name, without the dot; no two formats have the same.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Turtle => "ttl",
            Self::NTriples => "nt",
            Self::TriG => "trig",
            Self::NQuads => "nq",
            Self::RdfXml => "rdf",
            Self::JsonLd => "jsonld",
            Self::Annotations => "annotations.jsonld",
            Self::GraphMl => "graphml",
            Self::Yed => "yed.graphml",
            Self::Gexf => "gexf",
            Self::Dot => "dot",
            Self::Mermaid => "mmd",
            Self::Cytoscape => "cyjs",
            Self::NodeLink => "json",
        }
    }

    /// Whether it can say what the options ask for.
    ///
    /// # Errors
    /// When it has no graphs or knows no RDF 1.2.
    pub fn suits(self, options: &ExportOptions) -> Result<(), Unsuitable> {
        let graphs = matches!(self, Self::TriG | Self::NQuads);
        if options.graphs == Graphs::PerDocument && !graphs {
            return Err(Unsuitable::Graphs(self));
        }
        let new = graphs || matches!(self, Self::Turtle | Self::NTriples);
        if options.rdf == RdfVersion::V1_2 && !new {
            return Err(Unsuitable::Version(self));
        }
        Ok(())
    }
}

/// Options that a format cannot fulfil.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsuitable {
    /// It has no graphs.
    #[error("{0} has no graphs: choose trig or nquads, or leave --graphs out")]
    Graphs(Format),
    /// It knows no RDF 1.2.
    #[error("{0} cannot be written as RDF 1.2: choose turtle, ntriples, trig or nquads, or leave --rdf out")]
    Version(Format),
}

impl FolderFormat {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 5] = [Self::Csv, Self::Excel, Self::Neo4j, Self::Obsidian, Self::Html];

    /// The word for it on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Excel => "csv-excel",
            Self::Neo4j => "neo4j",
            Self::Obsidian => "obsidian",
            Self::Html => "html",
        }
    }

    /// Who reads its tables, where it is tables.
    pub fn dialect(self) -> Option<Dialect> {
        match self {
            Self::Csv => Some(Dialect::Gephi),
            Self::Excel => Some(Dialect::Excel),
            Self::Neo4j => Some(Dialect::Neo4j),
            Self::Obsidian | Self::Html => None,
        }
    }
}

impl Picture {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 3] = [Self::Svg, Self::Png, Self::Pdf];

    /// The word for it on the command line and for Graphviz, and the end of such a file's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }
}

impl Form {
    /// All of them, in the order of the documentation.
    pub fn all() -> impl Iterator<Item = Self> {
        let files = Format::ALL.into_iter().map(Self::File);
        files.chain(Picture::ALL.into_iter().map(Self::Picture)).chain(FolderFormat::ALL.into_iter().map(Self::Folder))
    }

    /// The word for it on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::File(format) => format.as_str(),
            Self::Folder(format) => format.as_str(),
            Self::Picture(picture) => picture.as_str(),
        }
    }

    /// What a file of that name should hold, by its end: `graph.yed.graphml` is for yEd.
    pub fn of_file(name: &str) -> Option<Self> {
        let ends = |extension: &str| name.strip_suffix(extension).is_some_and(|rest| rest.ends_with('.'));
        let file = Format::ALL.into_iter().filter(|format| ends(format.extension()));
        let longest = file.max_by_key(|format| format.extension().len()).map(Self::File);
        longest.or_else(|| Picture::ALL.into_iter().find(|picture| ends(picture.as_str())).map(Self::Picture))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown format \"{word}\" ({})", known())]
pub struct UnknownFormat {
    /// The word.
    pub word: String,
}

fn known() -> String {
    let words: Vec<&str> = Form::all().map(Form::as_str).collect();
    let (last, others) = words.split_last().expect("there are formats");
    format!("{} or {last}", others.join(", "))
}

impl FromStr for Form {
    type Err = UnknownFormat;

    /// Takes the word or the end of a file's name.
    fn from_str(word: &str) -> Result<Self, UnknownFormat> {
        let lower = word.to_ascii_lowercase();
        let known = Self::all()
            .find(|form| form.as_str() == lower || matches!(form, Self::File(format) if format.extension() == lower));
        known.ok_or_else(|| UnknownFormat { word: word.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_ends_of_names_are_known_and_no_two_alike() {
        let mut words: Vec<&str> = Form::all().map(Form::as_str).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Form::all().count());
        for form in Form::all() {
            assert_eq!(form.as_str().parse(), Ok(form));
        }
        for format in Format::ALL {
            assert_eq!(Form::of_file(&format!("out/graph.{}", format.extension())), Some(Form::File(format)));
        }
        assert_eq!(Form::of_file("graph.svg"), Some(Form::Picture(Picture::Svg)));
        assert_eq!(Form::of_file("ttl"), None);
    }
}
