//! The program as a user runs it: the built binary, in a folder of its own, with files as they come.
//!
//! Every promise of the design has a test here that would fail without it. What the program says is compared whole,
//! because a message is part of the program. No network, no clock, no waiting: where a moment matters (Ctrl-C, a full disk),
//! a pipe or a limit makes it certain.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod place;
mod seeds;

mod determinism;
mod doubts;
mod evidence;
mod export;
mod facts;
mod gazetteer;
mod grammar;
mod importing;
mod incremental;
#[cfg(unix)]
mod interruption;
mod judgements;
mod merging;
mod mistakes;
mod questions;
mod reading;
mod rules;
mod scores;
#[cfg(unix)]
mod serving;
mod stores;
mod suggesting;
#[cfg(unix)]
mod survival;
mod trust;
