//! The embedded models on sentences of the press.

use relata_grammar::{Grammar, Language, ModelError, Tree, Upos, conllu, draw};

fn parse(language: Language, text: &str, mentions: &[&str]) -> Tree {
    let grammar = Grammar::load(language).expect("an embedded model");
    let mentions: Vec<_> = mentions
        .iter()
        .map(|mention| {
            let start = text.find(mention).expect("a mention of the text");
            start..start + mention.len()
        })
        .collect();
    grammar.parse(text, 0..text.len(), &mentions)
}

fn forms(tree: &Tree) -> Vec<&str> {
    tree.words.iter().map(|word| word.form.as_str()).collect()
}

/// `form/lemma/UPOS/relation/form of the head`.
fn word(tree: &Tree, form: &str) -> String {
    let word = tree.words.iter().find(|word| word.form == form).expect("the word");
    let head = word.head.checked_sub(1).map_or("-", |head| tree.words[head].form.as_str());
    format!("{}/{}/{}/{}/{head}", word.form, word.lemma, word.upos, word.deprel)
}

macro_rules! words {
    ($($name:ident: $language:ident, $text:expr, $expected:expr;)*) => {
        $(
            #[test]
            fn $name() {
                let tree = parse(Language::$language, $text, &[]);
                assert_eq!(forms(&tree).join(" "), $expected);
            }
        )*
    };
}

words! {
    contractions: French, "Le chef du parti parle au ministre.", "Le chef de le parti parle à le ministre .";
    elision: French, "L'homme n’a pas dit qu'il l'aime.", "L' homme n’ a pas dit qu' il l' aime .";
    inversion: French, "Où va-t-il ?", "Où va -t-il ?";
    word_with_apostrophe: French, "Il part aujourd'hui.", "Il part aujourd'hui .";
    negation: English, "He doesn't know Mary's dog.", "He does n't know Mary 's dog .";
    cannot: English, "They cannot win.", "They can not win .";
    russian: Russian, "Кто-то пришёл, но никто не ответил.", "Кто-то пришёл , но никто не ответил .";
}

#[test]
fn multiword_tokens_are_marked() {
    let text = "Le chef du parti.";
    let tree = parse(Language::French, text, &[]);
    let group: Vec<_> = tree.words.iter().map(|word| word.multiword).collect();
    assert_eq!(group, [None, None, Some(0), Some(0), None, None]);
    assert_eq!(&text[tree.words[3].span.clone()], "du");
    let tree = parse(Language::English, "We don't.", &[]);
    assert_eq!(tree.words[1].multiword, tree.words[2].multiword);
    assert_eq!(tree.words[2].span, 5..8);
}

#[test]
fn subjects_objects_and_agents_are_found() {
    let tree = parse(Language::French, "Le juge a condamné la société.", &[]);
    assert_eq!(word(&tree, "juge"), "juge/juge/NOUN/nsubj/condamné");
    assert_eq!(word(&tree, "société"), "société/société/NOUN/obj/condamné");
    let tree = parse(Language::French, "La loi a été adoptée par le Sénat.", &[]);
    assert_eq!(word(&tree, "loi"), "loi/loi/NOUN/nsubj:pass/adoptée");
    assert_eq!(word(&tree, "Sénat"), "Sénat/sénat/NOUN/obl:agent/adoptée");
    let tree = parse(Language::English, "The court fined the company.", &[]);
    assert_eq!(word(&tree, "court"), "court/court/NOUN/nsubj/fined");
    assert_eq!(word(&tree, "company"), "company/company/NOUN/obj/fined");
    assert_eq!(word(&tree, "fined"), "fined/fine/VERB/root/-");
}

#[test]
fn features_are_found() {
    let tree = parse(Language::French, "Elle ne parlait pas.", &[]);
    let verb = tree.words.iter().find(|word| word.upos == Upos::Verb).expect("the verb");
    assert_eq!(verb.feats.get("Tense"), Some("Imp"));
    assert_eq!(verb.feats.get("Mood"), Some("Ind"));
    assert_eq!(verb.feats.get("Number"), Some("Sing"));
    assert_eq!(verb.feats.get("Case"), None);
}

#[test]
fn a_mention_is_one_unit() {
    let text = "Le groupe Bank of New York Mellon a été vendu hier par Jean de La Fontaine.";
    for name in ["Bank of New York Mellon", "Jean de La Fontaine", "New York Mellon a"] {
        let tree = parse(Language::French, text, &[name]);
        let start = text.find(name).expect("the name");
        let inside = |index: usize| {
            let span = &tree.words[index].span;
            span.start >= start && span.end <= start + name.len()
        };
        let outer: Vec<usize> = (0..tree.words.len())
            .filter(|&index| inside(index))
            .filter(|&index| tree.words[index].head == 0 || !inside(tree.words[index].head - 1))
            .collect();
        assert_eq!(outer.len(), 1, "{name}\n{}", draw(&tree));
        for (index, word) in tree.words.iter().enumerate() {
            if !inside(index) && word.head > 0 && inside(word.head - 1) {
                assert_eq!(word.head - 1, outer[0], "{name}\n{}", draw(&tree));
            }
        }
    }
}

#[test]
fn a_mention_of_one_word_is_a_proper_noun() {
    let text = "Ardent, qui emploie 300 personnes, a cédé ses usines.";
    let tree = parse(Language::French, text, &["Ardent"]);
    assert_eq!(word(&tree, "Ardent"), "Ardent/Ardent/PROPN/nsubj/cédé");
}

#[test]
fn a_mention_ends_words() {
    let text = "Les anti-Macron manifestent.";
    let tree = parse(Language::French, text, &["Macron"]);
    assert_eq!(forms(&tree).join(" "), "Les anti- Macron manifestent .");
}

#[test]
fn what_is_written_can_be_read() {
    let text = "Avant. Le chef du parti n’a pas répondu à 10 000 lettres. Après.";
    let sentence = 7..text.rfind(" Après").expect("the end");
    let grammar = Grammar::load(Language::French).expect("an embedded model");
    let tree = grammar.parse(text, sentence.clone(), &[]);
    let mut out = String::new();
    conllu::write("a-1", text, sentence.clone(), &tree, &|byte| byte, &mut out);
    let read = conllu::read(&out).expect("CoNLL-U");
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].id, "a-1");
    assert_eq!(read[0].text, &text[sentence.clone()]);
    for (written, read) in tree.words.iter().zip(&read[0].tree.words) {
        let moved = written.span.start - sentence.start..written.span.end - sentence.start;
        assert_eq!((&written.form, moved), (&read.form, read.span.clone()));
        assert_eq!((written.head, &written.deprel), (read.head, &read.deprel));
        assert_eq!((&written.lemma, written.upos, &written.feats), (&read.lemma, read.upos, &read.feats));
    }
    assert_eq!(tree.words.len(), read[0].tree.words.len());
}

#[test]
fn the_same_text_has_the_same_tree() {
    let text = "Le ministre, que le juge avait entendu, a ordonné une enquête sur la société.";
    assert_eq!(parse(Language::French, text, &[]), parse(Language::French, text, &[]));
}

#[test]
fn faults_of_models_are_told() {
    let message = |bytes: &[u8]| match Grammar::from_bytes(Language::French, bytes) {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    };
    let model = include_bytes!("../models/fr.model");
    assert_eq!(message(b"PNG"), "this is not a grammar model: it does not begin with \"relata-grammar\"");
    assert_eq!(message(&model[..1000]), "the grammar model is cut short or damaged: get the file again (1000 bytes)");
    let mut other = model.to_vec();
    other[15] = 99;
    assert_eq!(
        message(&other),
        "the grammar model has version 99, this program reads version 1: train it again with relata-grammar-train"
    );
    assert_eq!(message(include_bytes!("../models/en.model")), "the grammar model is for \"en\", not for \"fr\"");
    let mut damaged = model.to_vec();
    damaged[5000] ^= 1;
    assert_eq!(Grammar::from_bytes(Language::French, &damaged).err(), Some(ModelError::Broken { length: model.len() }));
}
