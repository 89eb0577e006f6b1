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

use relata_export::html::{self, Material};
use relata_export::{ExportOptions, Folder, FolderFormat, Format, Graphs, RdfVersion, csv, obsidian};
use relata_graph::{KnowledgeGraph, SourceDocument};

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
    write_folders(&graph, &articles, &options, folder)?;
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

/// The exports that are several files, and the RDF that is asked for by options.
fn write_folders(
    graph: &KnowledgeGraph,
    articles: &[fixtures::Article],
    options: &ExportOptions,
    folder: &Path,
) -> Result<(), Box<dyn Error>> {
    for format in FolderFormat::ALL {
        let mut into = Folder::create(&folder.join(format.as_str()))?;
        match format.dialect() {
            Some(dialect) => {
                csv::write(&graph.all(), options, dialect, &mut into)?;
            }
            None if format == FolderFormat::Obsidian => obsidian::write(&graph.all(), options, &mut into)?,
            None => {
                let text = |document: &SourceDocument| {
                    let article = articles.iter().find(|article| article.record.doc == document.name.as_str());
                    article.map(|article| article.text.clone())
                };
                html::write(&graph.all(), options, &Material { text: &text, picture: None }, &mut into)?;
            }
        }
        into.finish()?;
    }
    let by_document = ExportOptions { graphs: Graphs::PerDocument, ..options.clone() };
    let new = ExportOptions { rdf: RdfVersion::V1_2, ..options.clone() };
    for (name, options, format) in [
        ("documents.trig", &by_document, Format::TriG),
        ("documents.nq", &by_document, Format::NQuads),
        ("rdf12.ttl", &new, Format::Turtle),
    ] {
        let mut file = BufWriter::new(fs::File::create(folder.join(name))?);
        relata_export::write(&graph.all(), options, format, &mut file)?;
        file.flush()?;
    }
    Ok(())
}
