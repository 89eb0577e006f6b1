//! `relata parse`: the grammar of sentences.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::ops::Range;

use anyhow::Result;
use relata_grammar::{Grammar, Language, Tree, Workspace, conllu, draw};
use relata_model::{CodePointIndex, Document};
use relata_read::{Options, collect, read};

use crate::args::ParseArgs;
use crate::configuration;
use crate::report::{self, Outcome, Report};

/// Parses every sentence of every document, in the order of their names.
pub(crate) fn run(args: &ParseArgs, _report: Report) -> Result<Outcome> {
    let configuration = configuration::load(&args.data)?;
    let data = configuration::data(args.data.data.as_deref())?;
    let collection = collect(&args.input.paths)?;
    collection.faults.iter().for_each(report::fault);
    let mut faults = collection.faults.len();
    let mut grammars: BTreeMap<Language, Grammar> = BTreeMap::new();
    let mut workspace = Workspace::default();
    let mut out = BufWriter::new(std::io::stdout().lock());
    for input in &collection.inputs {
        let document = match read(input, &Options { language: args.input.lang }) {
            Ok(reading) => reading.document,
            Err(fault) => {
                faults += 1;
                report::fault(&fault);
                continue;
            }
        };
        let language = document.metadata.language.and_then(|language| Language::from_code(language.as_str()));
        let Some(language) = language else {
            faults += 1;
            report::fault(&format!(
                "{}: there is a grammar for fr, en and ru only; set the language with --lang",
                document.name
            ));
            continue;
        };
        let grammar = match grammars.entry(language) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(free) => free.insert(configuration::grammar(&data, language)?),
        };
        let extraction = configuration.extractor.extract(&document);
        let mentions: Vec<Range<usize>> = extraction.mentions.iter().map(|mention| mention.span.range()).collect();
        let sentences: Vec<Range<usize>> = extraction.sentences.iter().map(|sentence| sentence.span.range()).collect();
        let mut parse = |sentence: Range<usize>, mentions: &[Range<usize>]| {
            grammar.parse_with(&document.text, sentence, mentions, &mut workspace)
        };
        write_document(&document, &sentences, &mentions, &mut parse, args.tree, &mut out)?;
    }
    out.flush()?;
    Ok(Outcome::of(faults))
}

/// Parses one sentence of a document with the mentions in it.
type Parse<'p> = dyn FnMut(Range<usize>, &[Range<usize>]) -> Tree + 'p;

fn write_document(
    document: &Document,
    sentences: &[Range<usize>],
    mentions: &[Range<usize>],
    parse: &mut Parse<'_>,
    as_tree: bool,
    out: &mut dyn Write,
) -> Result<()> {
    let index = CodePointIndex::new(&document.text);
    let place = |byte: usize| index.code_point(byte) as usize;
    if !as_tree {
        writeln!(out, "# newdoc id = {}", document.name)?;
    }
    let mut rest = mentions;
    for (number, sentence) in sentences.iter().enumerate() {
        rest = &rest[rest.partition_point(|mention| mention.start < sentence.start)..];
        let inside = &rest[..rest.partition_point(|mention| mention.end <= sentence.end)];
        let tree = parse(sentence.clone(), inside);
        if tree.words.is_empty() {
            continue;
        }
        let mut text = String::new();
        if as_tree {
            text = draw(&tree) + "\n";
        } else {
            let id = format!("{}-{}", document.name, number + 1);
            conllu::write(&id, &document.text, sentence.clone(), &tree, &place, &mut text);
        }
        out.write_all(text.as_bytes())?;
    }
    Ok(())
}
