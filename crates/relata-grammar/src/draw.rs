//! A tree drawn in the terminal.

use std::fmt::Write as _;

use crate::Tree;

/// Draws the tree: each word below its head, in the order of the text, with its part of speech and its relation.
///
/// ```
/// # fn main() -> Result<(), relata_grammar::ModelError> {
/// use relata_grammar::{Grammar, Language, draw};
///
/// let grammar = Grammar::load(Language::English)?;
/// let text = "The minister resigned.";
/// let drawing = draw(&grammar.parse(text, 0..text.len(), &[]));
/// assert_eq!(drawing, "\
/// resigned VERB root
/// ├─ minister NOUN nsubj
/// │  └─ The DET det
/// └─ . PUNCT punct
/// ");
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn draw(tree: &Tree) -> String {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); tree.words.len() + 1];
    for (index, word) in tree.words.iter().enumerate() {
        if let Some(list) = children.get_mut(word.head) {
            list.push(index);
        }
    }
    let mut out = String::new();
    // What is still to be drawn, last first: a word, what stands before it and before its dependents.
    let mut waiting: Vec<(usize, String, String)> =
        children[0].iter().rev().map(|&root| (root, String::new(), String::new())).collect();
    while let Some((index, before, below)) = waiting.pop() {
        let word = &tree.words[index];
        let _ = writeln!(out, "{before}{} {} {}", word.form, word.upos, word.deprel);
        let list = std::mem::take(&mut children[index + 1]);
        for (place, &child) in list.iter().enumerate().rev() {
            let last = place + 1 == list.len();
            let (branch, line) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            waiting.push((child, format!("{below}{branch}"), format!("{below}{line}")));
        }
    }
    out
}
