//! What may be chosen when a graph is written.

use std::str::FromStr;

use relata_graph::KnowledgeGraph;
use relata_model::Language;

/// What may be chosen when a graph is written; the default suits most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportOptions {
    /// Where the data's IRIs begin.
    pub base_iri: BaseIri,
    /// The language of labels; `None`: the one most documents are in.
    pub language: Option<Language>,
    /// What the dataset is called; `None`: nothing.
    pub title: Option<String>,
    /// The address of the licence under which the dataset is given away.
    pub licence: Option<String>,
    /// The version of the program, as the run tells it.
    pub software_version: String,
    /// SHA-256 of schema, gazetteers and rules, in hexadecimal digits.
    pub config_digest: Option<String>,
    /// The version of RDF.
    pub rdf: RdfVersion,
    /// How triples are sorted into graphs, where the format has graphs.
    pub graphs: Graphs,
    /// When the build was made, in seconds since 1970: only where the caller found `SOURCE_DATE_EPOCH`.
    pub source_date_epoch: Option<i64>,
    /// Where the nodes and edges of a diagram lead.
    pub links: Links,
    /// Whether a diagram explains its lines and colours.
    pub legend: bool,
    /// How many statements a diagram shows when it would have more than [`ExportOptions::PICTURE_LIMIT`]; `None`: all.
    pub picture_room: Option<usize>,
}

impl ExportOptions {
    /// Diagrams of so many statements are still drawn whole: on a large sheet of paper, their words can be read.
    pub const PICTURE_LIMIT: usize = 80;

    /// The language labels are written in.
    pub fn language_for(&self, graph: &KnowledgeGraph) -> Language {
        self.language.or_else(|| graph.main_language()).unwrap_or(Language::ENGLISH)
    }
}

impl Default for ExportOptions {
    fn default() -> Self {
        Self {
            base_iri: BaseIri::default(),
            language: None,
            title: None,
            licence: None,
            software_version: env!("CARGO_PKG_VERSION").to_owned(),
            config_digest: None,
            rdf: RdfVersion::default(),
            graphs: Graphs::default(),
            source_date_epoch: None,
            links: Links::default(),
            legend: true,
            picture_room: Some(60),
        }
    }
}

/// A version of RDF.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RdfVersion {
    /// Every store reads it: a statement has `rdf:subject`, `rdf:predicate` and `rdf:object`.
    #[default]
    V1_1,
    /// A draft of the W3C: a statement `rdf:reifies` a triple term, in Turtle, N-Triples, `TriG` and N-Quads.
    V1_2,
}

/// How triples are sorted into graphs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Graphs {
    /// All in the default graph.
    #[default]
    One,
    /// What a document says in a graph that has the document's name.
    PerDocument,
}

/// Where the nodes and edges of a diagram lead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Links {
    /// To fragments, `#statement/…` and `#entity/…`, for a page that knows what to do with them.
    #[default]
    Fragments,
    /// To the page where the article was published, at the quote, where the document has an address.
    Articles,
    /// To the pages of an evidence folder beside the picture.
    Pages,
}

/// A word that is no version of RDF.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown version of RDF \"{0}\" (1.1, or 1.2, which is a draft)")]
pub struct UnknownRdfVersion(pub String);

impl FromStr for RdfVersion {
    type Err = UnknownRdfVersion;

    fn from_str(word: &str) -> Result<Self, UnknownRdfVersion> {
        match word {
            "1.1" => Ok(Self::V1_1),
            "1.2" => Ok(Self::V1_2),
            _ => Err(UnknownRdfVersion(word.to_owned())),
        }
    }
}

/// A word that says of no way to sort triples.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown graphs \"{0}\" (one or document)")]
pub struct UnknownGraphs(pub String);

impl FromStr for Graphs {
    type Err = UnknownGraphs;

    fn from_str(word: &str) -> Result<Self, UnknownGraphs> {
        match word {
            "one" => Ok(Self::One),
            "document" => Ok(Self::PerDocument),
            _ => Err(UnknownGraphs(word.to_owned())),
        }
    }
}

/// An absolute `http` or `https` IRI that ends in a slash, below which the data's IRIs stand.
///
/// ```
/// use relata_export::BaseIri;
/// assert_eq!(BaseIri::parse("https://graph.example.org").unwrap().as_str(), "https://graph.example.org/");
/// assert!(BaseIri::parse("graph.example.org").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseIri(String);

/// Text below which no data can stand.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" cannot be a base IRI (write an absolute one that ends in a slash: \"https://graph.example.org/\")")]
pub struct NotABaseIri(pub String);

impl BaseIri {
    /// Nobody's site by definition: good for trying, to be replaced before data is published.
    pub const DEFAULT: &str = "https://relata.example/";

    /// Takes an absolute IRI and adds the final slash where it is missing.
    ///
    /// # Errors
    /// When the text is no absolute `http` or `https` IRI or has a query or a fragment.
    pub fn parse(text: &str) -> Result<Self, NotABaseIri> {
        let wrong = || NotABaseIri(text.to_owned());
        let slash = if text.ends_with('/') { "" } else { "/" };
        let iri = oxiri::Iri::parse(format!("{text}{slash}")).map_err(|_| wrong())?;
        let usable = matches!(iri.scheme(), "http" | "https")
            && iri.authority().is_some_and(|authority| !authority.is_empty())
            && iri.query().is_none()
            && iri.fragment().is_none();
        if usable { Ok(Self(iri.into_inner())) } else { Err(wrong()) }
    }

    /// The IRI.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for BaseIri {
    fn default() -> Self {
        Self(Self::DEFAULT.to_owned())
    }
}
