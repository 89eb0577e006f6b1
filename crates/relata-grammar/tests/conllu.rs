//! Reading CoNLL-U.

use relata_grammar::conllu::read;

const ROW: &str = "1\tOui\toui\tINTJ\t_\t_\t0\troot\t_\t_\n";

#[test]
fn faults_are_told_with_their_line() {
    let message = |text: &str| read(text).err().map(|error| error.to_string()).unwrap_or_default();
    assert_eq!(message("# text = a\n1\ta\n"), "line 2: 2 columns instead of 10");
    assert_eq!(message(&ROW.replace("INTJ", "YES")), "line 1: \"YES\" is no universal part of speech");
    assert_eq!(message(&ROW.replace("\t0\t", "\tx\t")), "line 1: \"x\" is not a number of a word");
}

#[test]
fn words_are_placed_without_a_text_comment() {
    let sentences = read(&format!("{ROW}\n{ROW}")).expect("two sentences");
    assert_eq!(sentences.len(), 2);
    assert_eq!(sentences[0].text, "Oui ");
    assert_eq!(sentences[0].tree.words[0].span, 0..3);
}

#[test]
fn spelled_multiword_tokens_are_cut_and_others_share_their_span() {
    let text = "# text = du don't\n1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n1\tde\tde\tADP\t_\t_\t0\troot\t_\t_\n\
                2\tle\tle\tDET\t_\t_\t1\tdet\t_\t_\n3-4\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n\
                3\tdo\tdo\tAUX\t_\t_\t1\taux\t_\t_\n4\tn't\tnot\tPART\t_\t_\t1\tadvmod\t_\t_\n";
    let words = &read(text).expect("a sentence")[0].tree.words;
    let spans: Vec<_> = words.iter().map(|word| word.span.clone()).collect();
    assert_eq!(spans, [0..2, 0..2, 3..5, 5..8]);
    let groups: Vec<_> = words.iter().map(|word| word.multiword).collect();
    assert_eq!(groups, [Some(0), Some(0), Some(1), Some(1)]);
}
