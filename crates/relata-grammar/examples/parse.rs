//! Analyses standard input: `echo "Le juge a parlé." | cargo run --release --example parse -- fr [--tree]`

#![expect(clippy::print_stdout, reason = "the result")]

use std::{env, error::Error, io};

use relata_grammar::{Grammar, Language, conllu, draw};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let language =
        arguments.first().and_then(|code| Language::from_code(code)).ok_or("usage: parse fr|en|ru [--tree]")?;
    let text = io::read_to_string(io::stdin())?;
    let grammar = Grammar::load(language)?;
    for (number, sentence) in grammar.sentences(&text).into_iter().enumerate() {
        let tree = grammar.parse(&text, sentence.clone(), &[]);
        if arguments.iter().any(|argument| argument == "--tree") {
            println!("{}", draw(&tree));
        } else {
            let mut out = String::new();
            conllu::write(&format!("s{}", number + 1), &text, sentence, &tree, &|byte| byte, &mut out);
            print!("{out}");
        }
    }
    Ok(())
}
