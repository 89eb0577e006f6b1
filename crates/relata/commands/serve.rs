//! `relata serve`: the graph over HTTP.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use relata_serve::{ServeLimits, ServeOptions, Snapshot, Source, Stop};
use relata_store::Limits;

use crate::args::ServeArgs;
use crate::build_folder::{self, Build};
use crate::interrupt;
use crate::report::{Outcome, Report};
use crate::triples::Triples;

/// Serves until it is interrupted; the address is all that goes to standard output.
pub(crate) fn run(args: &ServeArgs, report: Report) -> Result<Outcome> {
    if !args.bind.is_loopback() {
        report.note(&format!(
            "{} can be reached from other machines: there is no password and no encryption",
            SocketAddr::new(args.bind, args.port)
        ));
    }
    let stop = Stop::default();
    let stopping = stop.clone();
    interrupt::call(move || stopping.stop());
    let triples = Triples::at(&args.out);
    // Opened here once for its errors, which are those of the other commands.
    if let Triples::Build(folder) = &triples {
        build_folder::info(folder)?;
    }
    let source = Arc::new(Served(triples));
    relata_serve::serve(source, &options(args), &stop, |address| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "http://{address}/")?;
        out.flush()
    })
    // As a text: an unnamed error of input or output would be taken for one of standard output.
    .map_err(|error| anyhow::anyhow!("{error}"))?;
    report.note(&"stopped");
    Ok(Outcome::Clean)
}

fn options(args: &ServeArgs) -> ServeOptions {
    let usual = ServeLimits::default();
    let megabytes = |number: u64| usize::try_from(number << 20).unwrap_or(usize::MAX);
    let limits = ServeLimits {
        time: Duration::from_secs(args.timeout),
        memory: args.memory << 20,
        answer: Limits { rows: args.max_rows, bytes: megabytes(args.max_size), stoppable: true },
        questions: args.concurrent.map_or(usual.questions, std::num::NonZero::get),
        ..usual
    };
    ServeOptions {
        address: SocketAddr::new(args.bind, args.port),
        allowed_hosts: args.allowed_host.clone(),
        allowed_origins: args.cors.clone(),
        limits,
    }
}

/// What is served, and served anew when it changes.
struct Served(Triples);

impl Source for Served {
    fn state(&self) -> Option<String> {
        self.0.state()
    }

    fn load(&self) -> Result<Snapshot, String> {
        let load = || {
            let Triples::Build(folder) = &self.0 else { return Ok(Snapshot::new(self.0.open()?, None)) };
            build_folder::at_one_moment(&[folder], || {
                let graph = Build::open(folder)?.graph;
                Ok(Snapshot::new(self.0.open()?, Some(graph)))
            })
        };
        load().map_err(|error| format!("{error:#}"))
    }
}
