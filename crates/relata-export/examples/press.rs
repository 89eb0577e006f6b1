//! Writes a made graph of any size, to look at its picture or to time a reader:
//! `cargo run -p relata-export --example press -- OUTDIR ENTITIES STATEMENTS [ROOM]`.
//!
//! ROOM is the number of statements a diagram shows; without it, all.

#[path = "../tests/fixtures/mod.rs"]
mod fixtures;

use std::error::Error;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use relata_export::{ExportOptions, Format};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, entities, statements, room @ ..] = arguments.as_slice() else {
        return Err("usage: press OUTDIR ENTITIES STATEMENTS [ROOM]".into());
    };
    let graph = fixtures::press::press(entities.parse()?, statements.parse()?);
    let options = ExportOptions {
        title: Some("Presse imaginaire".to_owned()),
        picture_room: room.first().map(|room| room.parse()).transpose()?,
        ..ExportOptions::default()
    };
    fs::create_dir_all(folder)?;
    for format in Format::ALL {
        if format == Format::Mermaid && graph.statements().len() > relata_export::mermaid::MOST_EDGES {
            continue;
        }
        let file = Path::new(folder).join(format!("graph.{}", format.extension()));
        let mut file = BufWriter::new(fs::File::create(file)?);
        relata_export::write(&graph.all(), &options, format, &mut file)?;
        file.flush()?;
    }
    Ok(())
}
