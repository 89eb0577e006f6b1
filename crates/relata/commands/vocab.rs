//! `relata vocab`: the RDF vocabulary and the SHACL shapes.

use std::io::Write;

use anyhow::Result;

use crate::args::VocabArgs;
use crate::configuration;
use crate::report::Outcome;

/// Prints a file of the shipped data.
pub(crate) fn run(args: &VocabArgs) -> Result<Outcome> {
    let data = configuration::data(None)?;
    let names: &[&str] =
        if args.shapes { &["schema/shapes.ttl", "schema/shapes-sparql.ttl"] } else { &["schema/vocab.ttl"] };
    let mut out = std::io::stdout().lock();
    for name in names {
        let (_, text) = data.file(name).ok_or_else(|| anyhow::anyhow!("the program carries no {name}"))?;
        out.write_all(text.as_bytes())?;
    }
    Ok(Outcome::Clean)
}
