//! Finds the names of gazetteers in texts and prints them, one a line: start and end in code points, the words, and what
//! they may mean.
//!
//! `cargo run -p relata-gazetteer --example find -- data/schema/schema.toml fr names.jsonl… -- text.txt…`

use std::io::Write as _;

use relata_gazetteer::{Gazetteer, Source, load};
use relata_model::{CodePointIndex, Language, Schema, Span};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(schema), Some(language)) = (arguments.next(), arguments.next()) else {
        return Err("expected: SCHEMA LANGUAGE NAMES… -- TEXT…".into());
    };
    let schema = Schema::from_toml(&schema, &std::fs::read_to_string(&schema)?)?;
    let language: Language = language.parse()?;
    let mut sources = Vec::new();
    for file in arguments.by_ref().take_while(|argument| argument != "--") {
        sources.push(Source::of_text(&file, &std::fs::read_to_string(&file)?));
    }
    let loaded = load(&sources, &schema)?;
    let mut out = std::io::stdout().lock();
    for warning in &loaded.warnings {
        writeln!(out, "# {warning}")?;
    }
    let gazetteer = Gazetteer::new(loaded.entities, &schema);
    writeln!(out, "# {:?}", gazetteer.counts())?;
    for file in arguments {
        let text = std::fs::read_to_string(&file)?;
        writeln!(out, "# {file}")?;
        let index = CodePointIndex::new(&text);
        let mut at = 0;
        let lines: Vec<Span> = text
            .split_inclusive('\n')
            .map(|line| {
                let start = at;
                at += line.len();
                Span::new(start, at)
            })
            .collect();
        for mention in gazetteer.find(&text, lines, Some(language)) {
            let place = index.code_points(mention.span);
            let candidates: Vec<_> =
                mention.candidates.iter().map(|one| format!("{} ({:?})", one.entity, one.kind)).collect();
            let words = mention.span.of(&text);
            writeln!(out, "{}\t{}\t{words}\t{}", place.start, place.end, candidates.join(", "))?;
        }
    }
    Ok(())
}
