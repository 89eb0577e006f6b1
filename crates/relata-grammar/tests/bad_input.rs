//! Whatever the text, the analysis ends, costs linear time and is a tree.

use std::ops::Range;

use relata_grammar::{Grammar, Language, Tree};

fn grammar(language: Language) -> Grammar {
    Grammar::load(language).expect("an embedded model")
}

/// Checks what [`Tree`] guarantees.
fn check(text: &str, tree: &Tree) {
    let mut last = 0;
    for word in &tree.words {
        assert!(text.get(word.span.clone()).is_some(), "{:?} is no slice", word.span);
        assert!(word.span.start >= last || word.multiword.is_some(), "spans rise");
        assert!(word.head <= tree.words.len());
        assert!(!word.form.is_empty() && !word.lemma.is_empty());
        last = word.span.start;
    }
    let roots = tree.words.iter().filter(|word| word.head == 0).count();
    assert_eq!(roots, usize::from(!tree.words.is_empty()));
    // Every word reaches the root: depth is found once for each word.
    let mut depth = vec![0usize; tree.words.len() + 1];
    for start in 1..=tree.words.len() {
        let mut path = Vec::new();
        let mut word = start;
        while word != 0 && depth[word] == 0 {
            path.push(word);
            word = tree.words[word - 1].head;
            assert!(path.len() <= tree.words.len(), "a cycle");
        }
        let mut level = depth[word];
        for word in path.into_iter().rev() {
            level += 1;
            depth[word] = level;
        }
    }
}

fn parse_all(text: &str) {
    for language in Language::ALL {
        let grammar = grammar(language);
        let tree = grammar.parse(text, 0..text.len(), &[]);
        check(text, &tree);
        for sentence in grammar.sentences(text) {
            check(text, &grammar.parse(text, sentence, &[]));
        }
    }
}

#[test]
fn strange_texts_are_analysed() {
    let long_word = "x".repeat(100_000);
    let texts = [
        "",
        " ",
        "\n\n\t",
        ".",
        "a",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
        "12 345 678,90 € (12 %) 1/2 -3 +4 =5",
        "🎉🎉 👩‍👩‍👧‍👦 ❤️ 🇫🇷 #brexit @someone http://example.org/a?b=c&d",
        "新华社北京电 国家主席习近平会见了法国总统。",
        "وقال الرئيس إن الاتفاق لم يوقع بعد.",
        "e\u{301}te\u{301} \u{feff}\u{200b}\u{0}\u{1}",
        "'''\"\"\"«»“”‘’---–—…!!!???",
        "İstanbul ẞ ﬁn Ǆ",
        "don't l'an aujourd'hui a-t-il 10 000 cannot DON'T L’AN",
        "((((((((((((((((((((((((((((((((((((((((",
        &long_word,
    ];
    for text in texts {
        parse_all(text);
    }
}

/// Quadratic cost would keep this test from ending; how long it takes is for the benchmark to tell.
#[test]
fn a_sentence_of_a_hundred_thousand_words_is_parsed() {
    let text = "Le ministre a sanctionné 12 entreprises, ".repeat(100_000 / 8);
    let tree = grammar(Language::French).parse(&text, 0..text.len(), &[]);
    check(&text, &tree);
    assert!(tree.words.len() >= 100_000 / 8 * 7);
}

#[test]
fn ranges_and_mentions_that_make_no_sense_are_harmless() {
    let grammar = grammar(Language::French);
    let text = "L’été dernier, Ana Roy a démissionné.";
    #[expect(clippy::reversed_empty_ranges, reason = "the point of the test")]
    let ranges: [Range<usize>; 5] = [0..text.len() + 9, 2..3, 3..2, 900..901, 5..text.len()];
    for sentence in ranges {
        #[expect(clippy::reversed_empty_ranges, reason = "the point of the test")]
        let mentions = [0..4, 2..3, 3..900, 10..10, 7..6, 1..text.len(), 500..600];
        check(text, &grammar.parse(text, sentence.clone(), &mentions));
        check(text, &grammar.parse(text, sentence, &[]));
    }
}
