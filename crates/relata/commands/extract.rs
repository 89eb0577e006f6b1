//! `relata extract`: records on standard output.

use std::io::{BufWriter, Write};

use anyhow::Result;
use relata_read::collect;

use crate::args::ExtractArgs;
use crate::report::{Outcome, Report};
use crate::{configuration, documents, interrupt};

/// Extracts every document and writes its record as soon as those before it are written.
pub(crate) fn run(args: &ExtractArgs, report: Report) -> Result<Outcome> {
    let configuration = configuration::load(&args.data)?;
    interrupt::watch();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let tally = documents::extract_all(
        &collect(&args.input.paths)?,
        args.input.lang,
        &configuration.extractor,
        report,
        |record| {
            serde_json::to_writer(&mut out, &record).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
            Ok(())
        },
    )?;
    out.flush()?;
    Ok(Outcome::of(tally.faults))
}
