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
        let prose: Vec<Range<usize>> = document.prose.iter().map(|span| span.range()).collect();
        let sentences = whole(&document.text, &prose, &sentences);
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

/// The sentences with what stands between them, so that no character of the prose is missing for who compares it with the
/// text: a bullet or a number goes with the sentence of its line, a line without a letter is a sentence of its own.
fn whole(text: &str, prose: &[Range<usize>], sentences: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::with_capacity(sentences.len());
    let mut rest = sentences.iter().peekable();
    for part in prose {
        let mut at = part.start;
        let first = all.len();
        loop {
            let next = rest.next_if(|sentence| sentence.end <= part.end);
            let gap = at..next.map_or(part.end, |sentence| sentence.start);
            let mut start = next.map(|sentence| sentence.start);
            let lines = lines(text, gap.clone());
            let last = lines.len().wrapping_sub(1);
            for (number, line) in lines.into_iter().enumerate() {
                if number == last && next.is_some() && !text[line.end..gap.end].contains('\n') {
                    start = Some(line.start);
                } else if let Some(before) = all[first..].last_mut()
                    && !text[before.end..line.start].contains('\n')
                {
                    before.end = line.end;
                } else {
                    all.push(line);
                }
            }
            let (Some(sentence), Some(start)) = (next, start) else { break };
            all.push(start..sentence.end);
            at = sentence.end;
        }
    }
    all
}

/// The lines of a part of the text that are not empty, without the white space around them.
fn lines(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = part.start;
    for line in text[part].split_inclusive('\n') {
        let from = start + line.len() - line.trim_start().len();
        let to = start + line.trim_end().len();
        if from < to {
            lines.push(from..to);
        }
        start += line.len();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_sentences_is_not_lost() {
        let text = "---\nx\n---\n* * *\n- Un. Deux ##\n\n===\n1) Trois.\n***\n";
        let place = |part: &str| text.find(part).map(|start| start..start + part.len()).unwrap_or_default();
        let prose = [0..0, text.find("* *").unwrap_or(0)..text.len()];
        let sentences = [place("Un."), place("Deux"), place("Trois.")];
        let found: Vec<&str> = whole(text, &prose, &sentences).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["* * *", "- Un.", "Deux ##", "===", "1) Trois.", "***"]);
        assert_eq!(whole("", &[], &[]), Vec::<Range<usize>>::new());
    }
}
