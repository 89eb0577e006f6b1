//! The knowledge graph over HTTP, for programs and for people, on this machine unless told otherwise.
//!
//! [`serve`] answers the SPARQL 1.1 Protocol at `/query` and `/sparql`, reads of the Graph Store Protocol at `/store`, and
//! small JSON questions below `/api`, whose description is `/api/openapi.json`. Everything is only read. What a client may
//! cost is bounded: time, memory, rows and bytes of an answer, bytes of a request, questions at once, connections, and the
//! time a slow client takes. An answer is complete before its status is sent, so that no limit ever breaks one.

mod options;
mod snapshot;

mod server;

mod router;

mod access;
mod body;
mod log;
mod negotiation;
mod percent;
mod problem;

mod desk;
mod watchdog;

mod protocol;

mod api;
mod description;
mod graph_protocol;
mod pages;

pub use options::{ServeLimits, ServeOptions};
pub use router::{Service, router};
pub use server::{Stop, serve};
pub use snapshot::{Snapshot, Source};
