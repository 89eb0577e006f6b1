//! Writes the torture graph for readers outside: `cargo run -p relata-export --example torture -- OUTDIR`.
//!
//! OUTDIR gets the graph in every format, the documents it comes from below `texts/`, and `expected.json`: the strings
//! and counts that a reader must find.

#[path = "../tests/fixtures/mod.rs"]
mod fixtures;

use std::error::Error;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use relata_export::{ExportOptions, Format};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: torture OUTDIR")?;
    let folder = Path::new(&folder);
    let (graph, articles) = fixtures::torture::torture();
    for article in &articles {
        let file = folder.join("texts").join(&article.record.doc);
        fs::create_dir_all(file.parent().ok_or("a file has a folder")?)?;
        fs::write(file, &article.text)?;
    }
    let title = Some("« Torture » & \"co\" \\".to_owned());
    let options = ExportOptions { title, picture_room: None, ..ExportOptions::default() };
    for format in Format::ALL {
        let mut file = BufWriter::new(fs::File::create(folder.join(format!("graph.{}", format.extension())))?);
        relata_export::write(&graph.all(), &options, format, &mut file)?;
        file.flush()?;
    }
    let labels: serde_json::Map<String, serde_json::Value> =
        fixtures::torture::strings().into_iter().map(|(id, string)| (id.to_owned(), string.into())).collect();
    let expected = serde_json::json!({
        "entities": graph.entities().len(),
        "statements": graph.statements().len(),
        "evidence": graph.statements().map(|statement| statement.evidence.len()).sum::<usize>(),
        "labels": labels,
    });
    fs::write(folder.join("expected.json"), serde_json::to_string_pretty(&expected)? + "\n")?;
    Ok(())
}
