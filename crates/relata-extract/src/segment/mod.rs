//! Sentences and words: where a sentence of a French, English or Russian press text starts and ends.
//!
//! The text is cut twice. `lines` gathers lines into blocks: a blank line always ends one; a single newline does after a
//! heading, an item of a list, a line in capitals or a short line, and does not where a paragraph was wrapped by hand.
//! `stops` then decides which stops inside a block end a sentence, with the [`SegmentRules`] of the language.
//!
//! What holds for every result:
//! - sentences are in the order of the text and apart from each other, each inside one span of the document's prose;
//! - none begins or ends with white space, a bullet or a mark of Markdown, and each has a letter or a digit;
//! - none is longer than 20,000 bytes: a longer one (a table of numbers, a text without stops) is cut at white space;
//! - who speaks ("V. Poutine :" on a line of its own) belongs to the first sentence of what is said;
//! - the time is linear in the text, whatever it holds.
//!
//! # Figures
//! Borders between the sentences of UD treebanks, the sentences of a document joined by spaces (so a title without a stop,
//! which a newline would end in a file, cannot be told from the sentence after it: the last column leaves those out):
//!
//! | treebank | borders | precision | recall | recall after a stop |
//! |---|---|---|---|---|
//! | French-GSD dev | 1,475 | 99.5 | 96.9 | 99.2 |
//! | French-PUD | 603 | 99.5 | 99.5 | 99.8 |
//! | French-Sequoia train + dev + test | 3,096 | 99.8 | 76.9 | 97.3 |
//! | English-EWT dev + test (mail, forums, reviews) | 3,444 | 98.8 | 63.8 | 86.9 |
//! | Russian-GSD dev | 578 | 98.6 | 96.9 | 98.8 |
//! | Russian-PUD | 603 | 99.7 | 99.2 | 99.2 |
//! | Russian-Taiga dev + test (social media, verse) | 2,458 | 97.1 | 61.2 | 94.5 |
//!
//! What is missed in EWT and Taiga are sentences that begin in lower case. One thread cuts 800 to 1,050 MB/s into sentences
//! and 250 to 350 MB/s into words (20 MB each of French, English and Russian; half of that on a busy machine); UAX #29 in
//! `icu_segmenter` does 270 MB/s and breaks after abbreviations. Repeat both with
//! `RELATA_TREEBANKS=TREEBANKS cargo test --release -p relata-extract segment::measure -- --ignored --nocapture`.

mod characters;
mod lines;
mod marker;
mod opaque;
mod rules;
mod stops;
mod words;

#[cfg(test)]
mod measure;
#[cfg(test)]
mod tests;

use relata_model::{Document, Sentence};

pub use self::rules::SegmentRules;
pub use self::words::{Word, WordKind, Words, words};

use self::opaque::OpaqueCursor;

/// The sentences, headings and items of a document, in the order of its text.
pub fn segment(document: &Document, rules: &SegmentRules) -> Vec<Sentence> {
    let text = document.text.as_str();
    // A sentence of a press text is some 120 bytes long.
    let mut sentences = Vec::with_capacity(text.len() / 100 + 1);
    let mut opaque = OpaqueCursor::new(&document.opaque);
    for &prose in &document.prose {
        for block in lines::Blocks::new(text, prose, &document.opaque) {
            stops::split(text, block.span, block.kind, rules, &mut opaque, &mut sentences);
        }
    }
    sentences
}
