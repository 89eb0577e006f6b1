//! CoNLL-U, the format of treebanks: reading and writing.

use std::{fmt::Write as _, ops::Range, sync::Arc};

use thiserror::Error;

use crate::{Features, Tree, Upos, Word};

/// A sentence of a treebank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// Its name in the treebank, empty when it has none.
    pub id: String,
    /// Its text; the spans of the tree lie in it.
    pub text: String,
    /// Whether a document or a paragraph begins here.
    pub starts_paragraph: bool,
    /// Its words and their tree.
    pub tree: Tree,
}

/// What is wrong with a CoNLL-U file, and where.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ConlluError {
    /// A line has not ten columns.
    #[error("line {line}: {found} columns instead of 10")]
    Columns {
        /// The line, from 1.
        line: usize,
        /// How many columns it has.
        found: usize,
    },
    /// A word number, a head or a range is not a number.
    #[error("line {line}: \"{found}\" is not a number of a word")]
    Number {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        found: String,
    },
    /// The part of speech is none of the seventeen.
    #[error("line {line}: \"{found}\" is no universal part of speech")]
    Upos {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        found: String,
    },
}

/// Reads all sentences of a CoNLL-U text. Empty nodes (`8.1`) and enhanced dependencies are left out.
///
/// # Errors
/// The first line that is not CoNLL-U.
pub fn read(source: &str) -> Result<Vec<Sentence>, ConlluError> {
    let mut sentences = Vec::new();
    let mut block = Block::default();
    for (index, line) in source.lines().enumerate() {
        if line.is_empty() {
            block.finish(&mut sentences);
        } else if let Some(comment) = line.strip_prefix('#') {
            block.comment(comment.trim());
        } else {
            block.row(index + 1, line)?;
        }
    }
    block.finish(&mut sentences);
    Ok(sentences)
}

/// Writes one sentence as CoNLL-U, with its text, `SpaceAfter=No`, and where every word stands in MISC (`Span=12:15`).
/// `sentence` is where the sentence stands in `text`; `place` tells what is written for a byte of it: the byte itself, or
/// the code points before it.
pub fn write(
    id: &str,
    text: &str,
    sentence: Range<usize>,
    tree: &Tree,
    place: &dyn Fn(usize) -> usize,
    out: &mut String,
) {
    let line: Vec<&str> = text[sentence.clone()].split_whitespace().collect();
    let _ = writeln!(out, "# sent_id = {id}\n# text = {}", line.join(" "));
    let words = &tree.words;
    let mut index = 0;
    while index < words.len() {
        let last = group_end(words, index);
        let span = words[index].span.start..words[last].span.end;
        let glued = text[span.end..sentence.end].chars().next().is_some_and(|next| !next.is_whitespace());
        let misc = |span: &Range<usize>, glued: bool| {
            format!("{}Span={}:{}", if glued { "SpaceAfter=No|" } else { "" }, place(span.start), place(span.end))
        };
        if words[index].multiword.is_some() {
            let form = one_line(&text[span.clone()]);
            let _ = writeln!(out, "{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{}", index + 1, last + 1, misc(&span, glued));
        }
        for (number, word) in words.iter().enumerate().take(last + 1).skip(index) {
            let feats = if word.feats.as_str().is_empty() { "_" } else { word.feats.as_str() };
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{}\t_\t{feats}\t{}\t{}\t_\t{}",
                number + 1,
                one_line(&word.form),
                one_line(&word.lemma),
                word.upos,
                word.head,
                word.deprel,
                misc(&word.span, glued && word.multiword.is_none()),
            );
        }
        index = last + 1;
    }
    out.push('\n');
}

/// The last index of the multiword token that begins at `first`, or `first` itself.
pub(crate) fn group_end(words: &[Word], first: usize) -> usize {
    let mut last = first;
    while words[first].multiword.is_some()
        && words.get(last + 1).is_some_and(|next| next.multiword == words[first].multiword)
    {
        last += 1;
    }
    last
}

fn one_line(form: &str) -> String {
    let parts: Vec<&str> = form.split_whitespace().collect();
    if parts.is_empty() { "_".to_owned() } else { parts.join(" ") }
}

#[derive(Default)]
struct Block {
    sentence: Sentence,
    /// Whether the text comes from a comment, so that words are sought in it; otherwise it grows with them.
    has_text: bool,
    cursor: usize,
    groups: u32,
    /// The last word of the current multiword token, and its span.
    group: Option<(usize, Range<usize>)>,
}

impl Block {
    fn comment(&mut self, comment: &str) {
        if let Some(id) = comment.strip_prefix("sent_id =") {
            id.trim().clone_into(&mut self.sentence.id);
        } else if let Some(text) = comment.strip_prefix("text =") {
            text.trim().clone_into(&mut self.sentence.text);
            self.has_text = true;
        } else if comment.starts_with("newpar") || comment.starts_with("newdoc") {
            self.sentence.starts_paragraph = true;
        }
    }

    fn row(&mut self, line: usize, row: &str) -> Result<(), ConlluError> {
        let columns: Vec<&str> = row.split('\t').collect();
        if columns.len() != 10 {
            return Err(ConlluError::Columns { line, found: columns.len() });
        }
        if columns[0].contains('.') {
            return Ok(());
        }
        let number =
            |text: &str| text.parse::<usize>().map_err(|_| ConlluError::Number { line, found: text.to_owned() });
        let space = !columns[9].split('|').any(|item| item == "SpaceAfter=No");
        if let Some((_, last)) = columns[0].split_once('-') {
            let last = number(last)?;
            let span = self.place(columns[1], space);
            self.group = Some((last, span));
            self.groups += 1;
            return Ok(());
        }
        let index = number(columns[0])?;
        let (span, multiword) = match &self.group {
            Some((last, span)) if index <= *last => (span.clone(), Some(self.groups - 1)),
            _ => (self.place(columns[1], space), None),
        };
        let upos =
            Upos::from_name(columns[3]).ok_or_else(|| ConlluError::Upos { line, found: columns[3].to_owned() })?;
        self.sentence.tree.words.push(Word {
            span,
            form: columns[1].to_owned(),
            lemma: columns[2].to_owned(),
            upos,
            feats: Features::new(columns[5]),
            head: number(columns[6])?,
            deprel: Arc::from(columns[7]),
            multiword,
        });
        Ok(())
    }

    /// The span of the next token, found in the text or added to it.
    fn place(&mut self, form: &str, space: bool) -> Range<usize> {
        let text = &mut self.sentence.text;
        if self.has_text {
            if let Some(found) = text[self.cursor..].find(form) {
                let start = self.cursor + found;
                self.cursor = start + form.len();
                return start..self.cursor;
            }
            return self.cursor..self.cursor;
        }
        let start = text.len();
        text.push_str(form);
        let end = text.len();
        if space {
            text.push(' ');
        }
        start..end
    }

    fn finish(&mut self, sentences: &mut Vec<Sentence>) {
        let mut done = std::mem::take(self).sentence;
        if done.tree.words.is_empty() {
            return;
        }
        for first in 0..done.tree.words.len() {
            split_group(&done.text, &mut done.tree.words, first);
        }
        sentences.push(done);
    }
}

/// Gives the words of a multiword token their own spans when together they spell it (`don't` = `do` + `n't`).
fn split_group(text: &str, words: &mut [Word], first: usize) {
    let Some(group) = words[first].multiword else { return };
    if first > 0 && words[first - 1].multiword == Some(group) {
        return;
    }
    let last = group_end(words, first);
    let span = words[first].span.clone();
    let spelled: String = words[first..=last].iter().map(|word| word.form.as_str()).collect();
    if text[span.clone()] == spelled {
        let mut start = span.start;
        for word in &mut words[first..=last] {
            word.span = start..start + word.form.len();
            start = word.span.end;
        }
    }
}
