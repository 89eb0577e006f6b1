//! Time and memory of every writer on a made graph of any size, to see that both stay in proportion:
//! `cargo run --release -p relata-export --example scale -- ENTITIES STATEMENTS [FORMAT…]`, on Linux.
//!
//! Writes to nowhere. The time is that of the processor, so that other work on the machine hardly counts. The memory is what was
//! allocated at most while it wrote, beyond the graph itself.

#[path = "../tests/fixtures/mod.rs"]
mod fixtures;

use std::error::Error;
use std::fs;
use std::io::{self, BufWriter, Write};

use peak_alloc::PeakAlloc;
use relata_export::{ExportOptions, Format, conformance};

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [entities, statements, formats @ ..] = arguments.as_slice() else {
        return Err("usage: scale ENTITIES STATEMENTS [FORMAT…]".into());
    };
    let graph = fixtures::press::press(entities.parse()?, statements.parse()?);
    let all = graph.all();
    let options = ExportOptions { picture_room: None, ..ExportOptions::default() };
    let mut told = io::stdout().lock();
    writeln!(
        told,
        "{} statements, the graph itself {:.0} MB",
        all.statements().len(),
        ALLOCATED.current_usage_as_mb()
    )?;
    let asked = |format: &Format| formats.is_empty() || formats.iter().any(|name| name == format.as_str());
    for format in Format::ALL.into_iter().filter(|&format| format != Format::Mermaid).filter(asked) {
        ALLOCATED.reset_peak_usage();
        let before = ALLOCATED.current_usage_as_mb();
        let started = processor_time()?;
        let mut out = BufWriter::with_capacity(1 << 16, Counted(0));
        relata_export::write(&all, &options, format, &mut out)?;
        let Counted(bytes) = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        let seconds = processor_time()? - started;
        #[expect(clippy::cast_precision_loss, reason = "megabytes for people")]
        let megabytes = bytes as f64 / 1e6;
        let more = ALLOCATED.peak_usage_as_mb() - before;
        writeln!(
            told,
            "{format:12} {seconds:6.2} s {megabytes:8.1} MB {:6.1} MB/s, {more:.1} MB more memory",
            megabytes / seconds
        )?;
    }
    if !formats.is_empty() {
        return Ok(());
    }
    let started = processor_time()?;
    let wrong = conformance::check(&all, &options).len();
    writeln!(told, "shapes       {:6.2} s, {wrong} violations", processor_time()? - started)?;
    Ok(())
}

/// Counts what it is given.
struct Counted(u64);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How long the processor has worked for this process, in seconds.
fn processor_time() -> Result<f64, Box<dyn Error>> {
    let told = fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds: f64 = told.split_whitespace().next().ok_or("no time")?.parse()?;
    Ok(nanoseconds / 1e9)
}
