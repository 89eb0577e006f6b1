//! The vocabulary of relata: what every other crate speaks about.
//!
//! A [`Document`] owns its text, which never changes; a [`Span`] is a byte range of it, and everything else points to
//! spans. A [`Mention`] (a name seen, with its candidates) becomes a [`LinkedMention`] (one candidate chosen); linked
//! mentions become [`Statement`]s, each with its [`Evidence`]. What one document gives is an [`Extraction`]; outside the
//! program it is an [`ExtractionRecord`], in which offsets count Unicode code points.
//!
//! Types of entities and relations come only from the [`Schema`]: an [`EntityType`] or a [`RelationType`] cannot hold an
//! unknown name.

pub mod date;
pub mod diagnostic;
pub mod document;
pub mod entity;
pub mod extraction;
pub mod language;
pub mod mention;
pub mod name_form;
pub mod provenance;
pub mod ranking;
pub mod record;
pub mod schema;
pub mod span;
pub mod statement;

pub use date::{Date, Period};
pub use diagnostic::{Diagnostic, LoadError, closest};
pub use document::{Digest, Document, DocumentName, Metadata, NotADigest, RunningDigest};
pub use entity::{
    AccentPolicy, CasePolicy, DatedRole, Entity, EntityId, Name, NameKind, NotAPrior, PostId, Prior, WikidataId,
};
pub use extraction::{Extraction, Sentence, SentenceKind};
pub use language::Language;
pub use mention::{Candidate, LinkedMention, Mention, MentionForm, UnlinkedMention, WhyLinked};
pub use name_form::MadeBy;
pub use provenance::{Agency, Sketch};
pub use ranking::{Ranked, Reason};
pub use record::{
    AmountRecord, AttributionRecord, EvidenceRecord, ExtractionRecord, MentionRecord, Passage, RankedRecord,
    StatementRecord, UnlinkedRecord,
};
pub use schema::{EntityType, RelationType, Schema};
pub use span::{CodePointIndex, Span};
pub use statement::{Amount, Attribution, Evidence, Modality, RuleId, Statement, Voice};
