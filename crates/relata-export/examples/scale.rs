//! Time and memory of every writer on a made graph of any size, to see that both stay in proportion:
//! `cargo run --release -p relata-export --example scale -- ENTITIES STATEMENTS`, on Linux.
//!
//! Writes to nowhere. The time is that of the processor, so that other work on the machine does not count. The memory is what the process needed at most while it wrote, beyond what the graph itself takes.

#[path = "../tests/fixtures/mod.rs"]
mod fixtures;

use std::error::Error;
use std::fs;
use std::io::{self, BufWriter, Write};

use relata_export::{ExportOptions, Format, conformance};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [entities, statements] = arguments.as_slice() else { return Err("usage: scale ENTITIES STATEMENTS".into()) };
    let graph = fixtures::press::press(entities.parse()?, statements.parse()?);
    let all = graph.all();
    let options = ExportOptions { picture_room: None, ..ExportOptions::default() };
    let mut told = io::stdout().lock();
    writeln!(told, "{} statements, the graph itself {} MB", all.statements().len(), memory("VmRSS")? / 1024)?;
    for format in Format::ALL.into_iter().filter(|&format| format != Format::Mermaid) {
        // The highest water mark begins anew.
        fs::write("/proc/self/clear_refs", "5")?;
        let before = memory("VmRSS")?;
        let started = processor_time()?;
        let mut out = BufWriter::with_capacity(1 << 16, Counted(0));
        relata_export::write(&all, &options, format, &mut out)?;
        let Counted(bytes) = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        let seconds = processor_time()? - started;
        #[expect(clippy::cast_precision_loss, reason = "megabytes for people")]
        let megabytes = bytes as f64 / 1e6;
        let more = memory("VmHWM")?.saturating_sub(before) / 1024;
        writeln!(
            told,
            "{format:12} {seconds:6.2} s {megabytes:8.1} MB {:6.1} MB/s, {more} MB more memory",
            megabytes / seconds
        )?;
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

/// A line of the process's status, in KB.
fn memory(name: &str) -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with(name)).ok_or("no such line")?;
    Ok(line.split_whitespace().nth(1).ok_or("no number")?.parse()?)
}
