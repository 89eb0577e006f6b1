//! Training gives a model that works, and the same one every time.

use relata_grammar::{
    Grammar, Language, conllu,
    evaluate::{accuracy, raw_accuracy},
    train::{Options, train},
};

const OPTIONS: Options = Options {
    made_up_names: false,
    parser_epochs: 12,
    annotator_epochs: 4,
    least_weight: 2,
    embedding: 16,
    hidden: 16,
    layers: 1,
    rate: 0.01,
    dropout: 0.1,
    batch: 20,
};

#[test]
fn the_same_sentences_give_the_same_bytes() {
    let sentences = conllu::read(include_str!("data/press.fr.conllu")).expect("CoNLL-U");
    // Often enough that there is something to learn.
    let text: Vec<_> = (0..12).flat_map(|_| sentences.clone()).collect();
    let model = || train(Language::French, &text, &[], OPTIONS, &mut |_| {});
    let bytes = model();
    assert!(bytes == model(), "two trainings differ");
    let grammar = Grammar::from_bytes(Language::French, &bytes).expect("a sound model");
    let found = accuracy(&grammar, &sentences);
    assert!(found.upos * 10 > found.words * 9 && found.relation * 10 > found.words * 8, "{found}");
    let raw = raw_accuracy(&grammar, &sentences);
    assert!(raw.words > 95.0, "{raw}");
}
