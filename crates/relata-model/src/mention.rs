//! Names seen in a text, before and after an entity was chosen.

use crate::{EntityId, MadeBy, NameKind, Ranked, Span};

/// A place where a name of the gazetteer stands, with every entity that it may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The name alone: no article, no title, no elided "l'".
    pub span: Span,
    /// Never empty; ordered by entity id, then kind; no two alike.
    pub candidates: Vec<Candidate>,
}

/// One reading of a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// The entity meant.
    pub entity: EntityId,
    /// How the name would stand for it.
    pub kind: NameKind,
    /// Whether the name alone proves nothing.
    pub needs_context: bool,
    /// Whether the name as listed begins with a small letter, as descriptions and concepts do ("task force nationale").
    pub lower_case: bool,
    /// Whether the name is one of the text's language.
    pub own_language: bool,
    /// How much the gazetteer prefers the entity for this name.
    pub priority: i8,
    /// What made the form that the text has; `None` for a listed name.
    pub made_by: Option<MadeBy>,
}

/// A mention whose entity was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedMention {
    /// The words that mention the entity.
    pub span: Span,
    /// The entity chosen.
    pub entity: EntityId,
    /// What kind of words they are.
    pub form: MentionForm,
    /// Whether the words name a capital or seat that stands for its state: the statement is about the state.
    pub metonym: bool,
    /// What decided.
    pub why: WhyLinked,
    /// What made the form that the text has; `None` for a listed name and for what is no name.
    pub made_by: Option<MadeBy>,
    /// What spoke for each entity that the name may mean, the best first; none where there was no choice.
    pub ranked: Vec<Ranked>,
}

impl LinkedMention {
    /// A mention about which there was no choice between several entities.
    pub fn new(span: Span, entity: EntityId, form: MentionForm, why: WhyLinked) -> Self {
        Self { span, entity, form, metonym: false, why, made_by: None, ranked: Vec::new() }
    }
}

/// A name that was left out because no entity was clearly ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnlinkedMention {
    /// The words.
    pub span: Span,
    /// What spoke for each entity that the name may mean, the best first; never empty.
    pub ranked: Vec<Ranked>,
}

/// What kind of words mention an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionForm {
    /// A proper name, long or short.
    Name,
    /// An adjective or inhabitant noun that stands for a place.
    Demonym,
    /// A description that can mean only one entity in this text.
    Nominal,
}

impl MentionForm {
    /// The word for it in the extraction record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Demonym => "demonym",
            Self::Nominal => "nominal",
        }
    }
}

/// What decided which entity a mention means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyLinked {
    /// No other entity has the name.
    OnlyCandidate,
    /// The full name stands elsewhere in the document.
    FullNameInDocument,
    /// The words before it say where something is: a city, not its state.
    Locative,
    /// A capital or seat outside such a place: its state.
    Metonym,
    /// Words of the context speak for it.
    Context,
    /// Entities near it speak for it.
    RelatedEntities,
    /// Kind, language or priority of the name.
    Name,
    /// The words around it ask for an entity of this type.
    Type,
    /// The same name means it elsewhere in the document.
    OneSense,
    /// Dates of the gazetteer fit the document's.
    Dates,
    /// It is meant more often than the others of this name.
    Prior,
    /// The user's own gazetteer lists it, and nothing speaks for another.
    OwnGazetteer,
    /// A description was tied to the entity in the same document.
    DescribedInDocument,
    /// A post with its dates says who is meant.
    DatedRole,
    /// A first name before a coordinated full name that shares the surname.
    SharedSurname,
    /// An acronym that the text puts in brackets after the full name.
    IntroducedAcronym,
    /// People judged that it is not another entity of that name, which the document names beyond doubt.
    Judged,
    /// Somebody else says so: the mention was given, not found.
    Given,
}

impl WhyLinked {
    /// In words, for `relata why`.
    pub fn explain(self) -> &'static str {
        match self {
            Self::OnlyCandidate => "no other entity of the gazetteer has this name",
            Self::FullNameInDocument => "the full name stands in the same document",
            Self::Locative => "the words before it say where something is: the place itself",
            Self::Metonym => "a capital or seat that stands for its state here",
            Self::Context => "words near it speak for this entity",
            Self::RelatedEntities => "entities near it speak for this entity",
            Self::Name => "kind, language or priority of the name",
            Self::Type => "the words around it ask for an entity of this type",
            Self::OneSense => "the same name means this entity elsewhere in the document",
            Self::Dates => "the dates of the gazetteer fit those of the document",
            Self::Prior => "this entity is meant more often than the others of this name",
            Self::OwnGazetteer => "your own gazetteer lists this entity, and nothing near speaks for another",
            Self::DescribedInDocument => "the document ties this description to the entity",
            Self::DatedRole => "the gazetteer's dated roles say who held this post then",
            Self::SharedSurname => "a first name before a name that shares the surname",
            Self::IntroducedAcronym => "the text introduces the acronym after the full name",
            Self::Judged => "judged not to be another entity of that name, of which the document speaks",
            Self::Given => "the mention was given with the document",
        }
    }
}
