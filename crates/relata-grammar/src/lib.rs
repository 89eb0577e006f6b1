//! From a French, English or Russian sentence to Universal Dependencies: small, fast and offline.
//!
//! ```
//! # fn main() -> Result<(), relata_grammar::ModelError> {
//! use relata_grammar::{Grammar, Language};
//!
//! let grammar = Grammar::load(Language::French)?;
//! let text = "La loi a été adoptée par le Sénat.";
//! let tree = grammar.parse(text, 0..text.len(), &[]);
//! let agent = tree.words.iter().find(|word| &*word.deprel == "obl:agent").expect("an agent");
//! assert_eq!(&text[agent.span.clone()], "Sénat");
//! assert_eq!(tree.words[agent.head - 1].lemma, "adopter");
//! # Ok(())
//! # }
//! ```
//!
//! # Method
//! Five steps, each with its own small model, all in one file of at most 8 MB:
//! 1. **Words and sentences** (`tokenizer`): a perceptron decides at every place where a word may end; two more decide
//!    whether `des` is `de` + `les` and where sentences end.
//! 2. **Parts of speech** (`tagger`): greedy averaged perceptron (Collins 2002) over words, letters, neighbours and the
//!    tags that they had in the treebank (Ratnaparkhi 1996; Toutanova et al. 2003). A frequent word that had but one tag
//!    is not asked about.
//! 3. **Features** (`morphology`): the same, over sets of features; a set's score is the sum of its members' scores.
//! 4. **Lemmas** (`lemmatizer`): a form known with its tag and features has its lemma; for others a perceptron picks the
//!    edit of the ending (Chrupała 2006).
//! 5. **Tree** (`parser`): two bidirectional recurrent layers (LSTM with coupled gates, Greff et al. 2017) of 56 units
//!    read the words; a biaffine scorer (Dozat and Manning 2017) with classes of distance scores every arc; the best tree
//!    (Chu and Liu 1965, Edmonds 1967) wins, with one root; a hidden layer names the relations (Kiperwasser and Goldberg
//!    2016). Trained with Adam and dropout on words that are annotated by models of the other four fifths of the text.
//!
//! A greedy arc-hybrid parser with a dynamic oracle (Goldberg and Nivre 2013), 130 templates of hashed features and an
//! averaged perceptron was built first: LAS 84.9 on Sequoia and 78.4 on EWT, against 86.8 and 81.8 of the network, with a
//! model three to six times as large. So the network stayed.
//!
//! Weights have eight bits, activations sixteen, sums thirty-two; what is left of floating point is done in one fixed
//! order, without the system's mathematical library. So the same text has the same tree on every machine, whichever
//! vector instructions its processor has.
//! A stretch of more than 160 words is parsed in parts: no input costs more than linear time. A "sentence" of 875,000 words
//! takes 9.7 times as long as one of 87,500, and that 9.8 times as long as one of 8,750, a few milliseconds of loading left out.
//!
//! A known mention is one unit of the tree, and its words are tagged as words of a name. `--names` repeats French relative
//! clauses with made-up names before them in training (`train/naming.rs`); the shipped model is trained without.
//!
//! # Training
//! Deterministic, one command a language, minutes on two cores (`T` is the folder of treebanks, `models/README.md` tells
//! their licences):
//! ```text
//! cargo run --release --bin relata-grammar-train -- fr --out models/fr.model --epochs 30 --dropout 0.25 \
//!     --train $T/fr_sequoia-ud-train.conllu --train $T/fr_gsd-ud-dev.conllu --dev $T/fr_sequoia-ud-dev.conllu
//! cargo run --release --bin relata-grammar-train -- en --out models/en.model --epochs 20 --dropout 0.15 \
//!     --train $T/en_ewt-ud-train.conllu --dev $T/en_ewt-ud-dev.conllu
//! cargo run --release --bin relata-grammar-train -- ru --out models/ru.model --epochs 30 --dropout 0.25 \
//!     --least-weight 12 --train $T/ru_gsd-ud-dev.conllu --train $T/ru_taiga-ud-dev.conllu \
//!     --train $T/ru_taiga-ud-test.conllu
//! ```
//! The command for Russian, run again, gave the bytes of the model in the repository; a test trains a tiny model twice.
//! `--test FILE --relations` without `--train` measures a model and prints its table of relations. `benches/grammar.rs`
//! measures speed and loading time, `bench/compare_udpipe.py` sets `UDPipe` beside them.
#![doc = include_str!("../ACCURACY.md")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::many_single_char_names,
    clippy::similar_names,
    reason = "hashes, quantised weights and linear algebra are made of such numbers and such names"
)]

mod annotator;
pub mod conllu;
mod draw;
pub mod evaluate;
mod grammar;
mod language;
mod lemmatizer;
mod lexeme;
mod linear;
mod model;
mod morphology;
mod parser;
mod sink;
mod tagger;
mod tokenizer;
pub mod train;
mod tree;
mod upos;

pub use draw::draw;
pub use grammar::{Grammar, Workspace};
pub use language::Language;
pub use model::ModelError;
pub use tree::{Features, Tree, Word};
pub use upos::Upos;
