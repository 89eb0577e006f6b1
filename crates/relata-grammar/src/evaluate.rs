//! Accuracy against a treebank.

use std::{collections::BTreeMap, fmt, ops::Range, sync::Arc};

use crate::{
    Features, Tree, Upos, Word,
    annotator::{Annotations, Annotator},
    conllu::{self, Sentence, group_end},
    grammar::Grammar,
};

/// How many words are right, of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accuracy {
    /// All words.
    pub words: usize,
    /// Words with the right part of speech.
    pub upos: usize,
    /// Words with the right features, all of them.
    pub feats: usize,
    /// Words with the right lemma.
    pub lemma: usize,
    /// Words with the right head.
    pub head: usize,
    /// Words with the right head and relation, subtypes aside: the LAS of the `CoNLL` shared tasks.
    pub relation: usize,
    /// Words with the right head, relation and subtype.
    pub subtype: usize,
}

impl Accuracy {
    /// Counts one word against the gold one.
    pub fn add(&mut self, gold: &Word, found: &Word) {
        let base = |deprel: &Arc<str>| deprel.split(':').next().unwrap_or_default().to_owned();
        let head = gold.head == found.head;
        self.words += 1;
        self.upos += usize::from(gold.upos == found.upos);
        self.feats += usize::from(gold.feats == found.feats);
        self.lemma += usize::from(gold.lemma == found.lemma);
        self.head += usize::from(head);
        self.relation += usize::from(head && base(&gold.deprel) == base(&found.deprel));
        self.subtype += usize::from(head && gold.deprel == found.deprel);
    }

    pub(crate) fn add_annotations(&mut self, annotator: &Annotator, found: &Annotations, gold: &Tree) {
        for (index, word) in gold.words.iter().enumerate() {
            let bundle: Features = annotator.morphology.bundle(found.bundles[index]);
            self.words += 1;
            self.upos += usize::from(word.upos == found.tags[index]);
            self.feats += usize::from(word.feats == bundle);
            self.lemma += usize::from(word.lemma == found.lemmas[index]);
        }
    }
}

impl fmt::Display for Accuracy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |right: usize| 100.0 * right as f64 / self.words.max(1) as f64;
        write!(
            f,
            "UPOS {:.2}  feats {:.2}  lemma {:.2}  UAS {:.2}  LAS {:.2}  with subtypes {:.2}  ({} words)",
            percent(self.upos),
            percent(self.feats),
            percent(self.lemma),
            percent(self.head),
            percent(self.relation),
            percent(self.subtype),
            self.words
        )
    }
}

/// The accuracy on gold sentences and words.
#[must_use]
pub fn accuracy(grammar: &Grammar, sentences: &[Sentence]) -> Accuracy {
    let mut total = Accuracy::default();
    for sentence in sentences {
        let found = grammar.parse_words(&sentence.tree);
        for (gold, found) in sentence.tree.words.iter().zip(&found.words) {
            total.add(gold, found);
        }
    }
    total
}

/// The sentences as running text, an empty line before each paragraph, and where each sentence begins in it.
#[must_use]
pub fn raw_text(sentences: &[Sentence]) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut starts = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        if !text.is_empty() {
            text.push_str(if sentence.starts_paragraph { "\n\n" } else { " " });
        }
        starts.push(text.len());
        text.push_str(&sentence.text);
    }
    (text, starts)
}

/// Precision and recall in one number, as the `CoNLL` shared task of 2018 counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RawAccuracy {
    /// Sentences with the right borders.
    pub sentences: f64,
    /// Words with the right borders.
    pub words: f64,
    /// Words with the right part of speech.
    pub upos: f64,
    /// Words with the right lemma.
    pub lemmas: f64,
    /// Words with the right head.
    pub uas: f64,
    /// Words with the right head and relation, subtypes aside.
    pub las: f64,
}

impl fmt::Display for RawAccuracy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "sentences {:.2}  words {:.2}  UPOS {:.2}  lemma {:.2}  UAS {:.2}  LAS {:.2}",
            self.sentences, self.words, self.upos, self.lemmas, self.uas, self.las
        )
    }
}

/// A word in running text, for alignment.
struct Placed<'a> {
    span: Range<usize>,
    multiword: bool,
    word: &'a Word,
    /// The number of its head in the list, or its sentence's root.
    head: Option<usize>,
}

/// What [`raw_accuracy`] compares with the treebank, as CoNLL-U: for other scorers.
#[must_use]
pub fn raw_conllu(grammar: &Grammar, sentences: &[Sentence]) -> String {
    let (text, _) = raw_text(sentences);
    let mut out = String::new();
    for (number, range) in grammar.sentences(&text).into_iter().enumerate() {
        let tree = grammar.parse(&text, range.clone(), &[]);
        conllu::write(&(number + 1).to_string(), &text, range, &tree, &|byte| byte, &mut out);
    }
    out
}

/// Analyses the text of the sentences from the beginning and compares, by the algorithm of the `CoNLL` 2018 scorer:
/// words align by their place, those of multiword tokens by the longest common subsequence of their forms.
#[must_use]
pub fn raw_accuracy(grammar: &Grammar, sentences: &[Sentence]) -> RawAccuracy {
    let (text, starts) = raw_text(sentences);
    let ranges = grammar.sentences(&text);
    let trees: Vec<Tree> = ranges.iter().map(|range| grammar.parse(&text, range.clone(), &[])).collect();
    let gold = placed(sentences.iter().zip(&starts).map(|(sentence, &start)| (&sentence.tree, start)));
    let found = placed(trees.iter().map(|tree| (tree, 0)));
    let gold_ranges: Vec<Range<usize>> =
        sentences.iter().zip(&starts).map(|(sentence, &start)| start..start + sentence.text.trim_end().len()).collect();
    let same = ranges
        .iter()
        .filter(|range| {
            gold_ranges
                .binary_search_by_key(&range.start, |gold| gold.start)
                .is_ok_and(|place| gold_ranges[place] == **range)
        })
        .count();
    let pairs = align(&gold, &found);
    let mut partner = vec![None; found.len()];
    for &(gold, found) in &pairs {
        partner[found] = Some(gold);
    }
    let mut counts = [0usize; 4];
    for &(g, f) in &pairs {
        let (gold, found) = (&gold[g], &found[f]);
        let head = match (gold.head, found.head) {
            (None, None) => true,
            (Some(gold), Some(found)) => partner[found] == Some(gold),
            _ => false,
        };
        let base = |word: &Word| word.deprel.split(':').next().map(str::to_owned);
        counts[0] += usize::from(gold.word.upos == found.word.upos);
        counts[1] += usize::from(gold.word.lemma == found.word.lemma || gold.word.lemma == "_");
        counts[2] += usize::from(head);
        counts[3] += usize::from(head && base(gold.word) == base(found.word));
    }
    let f1 = |right: usize, gold: usize, found: usize| 200.0 * right as f64 / (gold + found).max(1) as f64;
    let words = |right| f1(right, gold.len(), found.len());
    RawAccuracy {
        sentences: f1(same, gold_ranges.len(), ranges.len()),
        words: words(pairs.len()),
        upos: words(counts[0]),
        lemmas: words(counts[1]),
        uas: words(counts[2]),
        las: words(counts[3]),
    }
}

fn placed<'a>(trees: impl Iterator<Item = (&'a Tree, usize)>) -> Vec<Placed<'a>> {
    let mut all = Vec::new();
    for (tree, start) in trees {
        let base = all.len();
        let mut first = 0;
        while first < tree.words.len() {
            let last = group_end(&tree.words, first);
            let span = start + tree.words[first].span.start..start + tree.words[last].span.end;
            for word in &tree.words[first..=last] {
                all.push(Placed {
                    span: span.clone(),
                    multiword: word.multiword.is_some(),
                    word,
                    head: word.head.checked_sub(1).map(|head| base + head),
                });
            }
            first = last + 1;
        }
    }
    all
}

fn align(gold: &[Placed<'_>], found: &[Placed<'_>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut g, mut f) = (0, 0);
    while g < gold.len() && f < found.len() {
        if gold[g].multiword || found[f].multiword {
            let (g_start, f_start) = (g, f);
            let mut end = if gold[g].multiword { gold[g].span.end } else { found[f].span.end };
            // Words before the multiword token do not belong to it.
            let start = if gold[g].multiword { gold[g].span.start } else { found[f].span.start };
            if !(gold[g].multiword && found[f].multiword) && gold[g].span.start != found[f].span.start {
                let other = if gold[g].multiword { found[f].span.start } else { gold[g].span.start };
                if other < start {
                    if gold[g].multiword {
                        f += 1;
                    } else {
                        g += 1;
                    }
                    continue;
                }
            }
            loop {
                let before = end;
                while g < gold.len() && gold[g].span.start < end {
                    if gold[g].multiword {
                        end = end.max(gold[g].span.end);
                    }
                    g += 1;
                }
                while f < found.len() && found[f].span.start < end {
                    if found[f].multiword {
                        end = end.max(found[f].span.end);
                    }
                    f += 1;
                }
                if end == before {
                    break;
                }
            }
            common_subsequence(gold, g_start..g, found, f_start..f, &mut pairs);
        } else if gold[g].span == found[f].span {
            pairs.push((g, f));
            g += 1;
            f += 1;
        } else if gold[g].span.start <= found[f].span.start {
            g += 1;
        } else {
            f += 1;
        }
    }
    pairs
}

fn common_subsequence(
    gold: &[Placed<'_>],
    g: Range<usize>,
    found: &[Placed<'_>],
    f: Range<usize>,
    pairs: &mut Vec<(usize, usize)>,
) {
    let same = |a: usize, b: usize| gold[a].word.form.to_lowercase() == found[b].word.form.to_lowercase();
    let (rows, columns) = (g.len(), f.len());
    let mut table = vec![0usize; (rows + 1) * (columns + 1)];
    let at = |row: usize, column: usize| row * (columns + 1) + column;
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            table[at(row, column)] = if same(g.start + row, f.start + column) {
                table[at(row + 1, column + 1)] + 1
            } else {
                table[at(row + 1, column)].max(table[at(row, column + 1)])
            };
        }
    }
    let (mut row, mut column) = (0, 0);
    while row < rows && column < columns {
        if same(g.start + row, f.start + column) {
            pairs.push((g.start + row, f.start + column));
            row += 1;
            column += 1;
        } else if table[at(row + 1, column)] >= table[at(row, column + 1)] {
            row += 1;
        } else {
            column += 1;
        }
    }
}

/// The accuracy on gold sentences and words when the treebank's names are given as known mentions: every run of proper
/// nouns that has one head outside.
#[must_use]
pub fn accuracy_with_names(grammar: &Grammar, sentences: &[Sentence]) -> Accuracy {
    let mut accuracy = Accuracy::default();
    for sentence in sentences {
        let found = grammar.parse_words_with_names(&sentence.tree, names(&sentence.tree.words));
        for (gold, found) in sentence.tree.words.iter().zip(&found.words) {
            accuracy.add(gold, found);
        }
    }
    accuracy
}

fn names(words: &[Word]) -> Vec<Range<usize>> {
    let mut names = Vec::new();
    let mut start = 0;
    for run in words.chunk_by(|a, b| (a.upos == Upos::Propn) == (b.upos == Upos::Propn)) {
        let range = start..start + run.len();
        start = range.end;
        let outside = |word: &&Word| word.head.checked_sub(1).is_none_or(|head| !range.contains(&head));
        if run[0].upos == Upos::Propn && run.iter().filter(outside).count() == 1 {
            names.push(range);
        }
    }
    names
}

/// How well one relation is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationAccuracy {
    /// The relation, with subtype.
    pub relation: String,
    /// How often it is in the treebank.
    pub gold: usize,
    /// How often it was found.
    pub found: usize,
    /// How often it was found with the right head.
    pub right: usize,
}

/// The accuracy of every relation on gold sentences and words, the most frequent first.
#[must_use]
pub fn relations(grammar: &Grammar, sentences: &[Sentence]) -> Vec<RelationAccuracy> {
    let mut counts: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for sentence in sentences {
        let found = grammar.parse_words(&sentence.tree);
        for (gold, found) in sentence.tree.words.iter().zip(&found.words) {
            counts.entry(gold.deprel.to_string()).or_default()[0] += 1;
            counts.entry(found.deprel.to_string()).or_default()[1] += 1;
            if gold.head == found.head && gold.deprel == found.deprel {
                counts.entry(gold.deprel.to_string()).or_default()[2] += 1;
            }
        }
    }
    let mut table: Vec<RelationAccuracy> = counts
        .into_iter()
        .map(|(relation, [gold, found, right])| RelationAccuracy { relation, gold, found, right })
        .collect();
    table.sort_by(|a, b| b.gold.cmp(&a.gold).then_with(|| a.relation.cmp(&b.relation)));
    table
}

impl fmt::Display for RelationAccuracy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |of: usize| 100.0 * self.right as f64 / of.max(1) as f64;
        write!(f, "| `{}` | {} | {:.1} | {:.1} |", self.relation, self.gold, percent(self.found), percent(self.gold))
    }
}
