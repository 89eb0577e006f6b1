//! One module a command; each `run` parses nothing and decides everything.

pub(crate) mod build;
pub(crate) mod completions;
pub(crate) mod conflicts;
pub(crate) mod coverage;
pub(crate) mod diff;
pub(crate) mod eval;
pub(crate) mod export;
pub(crate) mod extract;
pub(crate) mod gazetteer;
pub(crate) mod gazetteer_check;
pub(crate) mod judge;
pub(crate) mod load;
pub(crate) mod merge;
pub(crate) mod parse;
pub(crate) mod query;
pub(crate) mod rules;
pub(crate) mod serve;
pub(crate) mod suggest;
pub(crate) mod top;
pub(crate) mod verify;
pub(crate) mod vocab;
pub(crate) mod why;
pub(crate) mod why_not;

use relata_export::ExportOptions;

use crate::args::WritingArgs;
use crate::build_folder::BuildInfo;

/// What the command line says about writing, with what is known of the build.
pub(crate) fn export_options(args: &WritingArgs, info: &BuildInfo) -> ExportOptions {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    ExportOptions {
        base_iri: args.base_iri.clone().unwrap_or_default(),
        language: args.labels,
        title: args.title.clone(),
        licence: args.licence.clone(),
        software_version: info.identity.relata.clone(),
        config_digest: Some(info.identity.configuration.clone()),
        source_date_epoch: epoch,
        ..ExportOptions::default()
    }
}
