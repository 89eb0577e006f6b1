//! More sentences for training: relative clauses that belong to a name.
//!
//! The press writes "Novalis, que le ministère avait sanctionnée, …"; the French treebanks have hardly a name before an
//! object relative, and a model of them takes this `que` for a conjunction. So each sentence with such a clause is
//! repeated with a made-up name, once in the place of the antecedent and once after it, with the commas that a name asks
//! for. Nothing comes from outside the treebank; dev and test parts are not touched.

use std::sync::Arc;

use super::perceptron::Shuffler;
use crate::{Features, Language, Tree, Upos, Word, conllu::Sentence};

/// The sentences, each followed by its copies with names. They have words and trees, but neither text nor spans.
pub(crate) fn with_names(language: Language, sentences: &[Sentence]) -> Vec<Sentence> {
    let mut all = Vec::with_capacity(sentences.len());
    let mut names = Names::new(sentences);
    for sentence in sentences {
        all.push(sentence.clone());
        for relative in 0..sentence.tree.words.len() {
            let Some(clause) = Clause::of(language, &sentence.tree.words, relative) else { continue };
            for _ in 0..clause.copies {
                for place in [Place::Instead, Place::After] {
                    let words = clause.copy(&sentence.tree.words, &names.next(), place);
                    all.push(Sentence { id: sentence.id.clone(), tree: Tree { words }, ..Sentence::default() });
                }
            }
        }
    }
    all
}

/// Where a name is put.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// "Novalis, que …" for "la société que …".
    Instead,
    /// "la société Novalis, que …".
    After,
}

/// A relative clause and its antecedent; all numbers are indices of words.
struct Clause {
    /// The antecedent, from its determiner to the clause, and its head.
    antecedent: std::ops::Range<usize>,
    noun: usize,
    /// The clause without the commas around it, and its verb.
    words: std::ops::Range<usize>,
    verb: usize,
    /// Where the sentence goes on.
    rest: usize,
    /// How many times it is worth repeating.
    copies: usize,
}

impl Clause {
    /// The clause that begins with this word, if it is a relative pronoun whose clause can be taken apart.
    fn of(language: Language, words: &[Word], relative: usize) -> Option<Self> {
        let copies = match (language, words[relative].form.to_lowercase().as_str()) {
            (Language::French, "que" | "qu'" | "qu’") => 2,
            (Language::French, "dont") => 1,
            _ => return None,
        };
        if words[relative].upos != Upos::Pron {
            return None;
        }
        let mut verb = relative;
        while &*words[verb].deprel != "acl:relcl" {
            verb = words[verb].head.checked_sub(1)?;
        }
        let noun = words[verb].head.checked_sub(1)?;
        let below = |top: usize| {
            move |&word: &usize| {
                let mut word = word;
                while word != top {
                    match words[word].head.checked_sub(1) {
                        Some(head) => word = head,
                        None => return false,
                    }
                }
                true
            }
        };
        let clause: Vec<usize> = (0..words.len()).filter(below(verb)).collect();
        let (first, last) = (*clause.first()?, *clause.last()?);
        let is_comma = |word: &usize| words[*word].form == ",";
        let begin = (first..=last).find(|word| !is_comma(word))?;
        let end = (first..=last).rev().find(|word| !is_comma(word))? + 1;
        if clause.len() != last + 1 - first || begin != relative || noun >= first {
            return None;
        }
        let before: Vec<usize> = (0..noun).filter(|&word| words[word].head == noun + 1).collect();
        if before.iter().any(|&word| matches!(&*words[word].deprel, "cop" | "mark" | "nsubj")) {
            return None;
        }
        let outer = before.iter().rev().find(|&&word| matches!(&*words[word].deprel, "case" | "cc" | "punct"));
        let start = outer.map_or_else(|| (0..=noun).find(below(noun)), |&word| Some(word + 1))?;
        // Whoever depends on a word that goes must go too.
        let inside = |word: &usize| (start..first).contains(word);
        let whole = (start..first).all(|word| below(noun)(&word));
        let depended = |word: &usize| {
            !inside(word) && words[*word].head.checked_sub(1).is_some_and(|head| head != noun && inside(&head))
        };
        let rest = if words.get(last + 1).is_some_and(|next| next.form == ",") { last + 2 } else { last + 1 };
        let comma = last + 1..rest;
        if !whole || (0..words.len()).filter(|word| !comma.contains(word)).any(|word| depended(&word)) {
            return None;
        }
        Some(Self { antecedent: start..first, noun, words: begin..end, verb, rest, copies })
    }

    /// The sentence with the name.
    fn copy(&self, words: &[Word], name: &[String], place: Place) -> Vec<Word> {
        /// A word of the sentence, or a new one.
        enum Item<'a> {
            Old(usize),
            Name(&'a str),
            Comma,
        }
        let mut items: Vec<Item<'_>> = (0..self.antecedent.start).map(Item::Old).collect();
        if place == Place::After {
            items.extend(self.antecedent.clone().map(Item::Old));
        }
        let first = items.len();
        items.extend(name.iter().map(|word| Item::Name(word)));
        items.push(Item::Comma);
        items.extend(self.words.clone().map(Item::Old));
        if words.get(self.rest).is_some_and(|next| next.upos != Upos::Punct) {
            items.push(Item::Comma);
        }
        items.extend((self.rest..words.len()).map(Item::Old));
        let mut places = vec![first; words.len()];
        for (place, item) in items.iter().enumerate() {
            if let Item::Old(word) = item {
                places[*word] = place;
            }
        }
        let new = |form: &str, upos, head: usize, deprel: &str| Word {
            form: form.to_owned(),
            lemma: form.to_owned(),
            upos,
            head: head + 1,
            deprel: Arc::from(deprel),
            feats: Features::default(),
            span: 0..0,
            multiword: None,
        };
        let old = |word: usize| Word {
            head: words[word].head.checked_sub(1).map_or(0, |head| places[head] + 1),
            multiword: None,
            ..words[word].clone()
        };
        let keeps = place == Place::After;
        let item = |(place, item): (usize, &Item<'_>)| match item {
            Item::Old(word) => old(*word),
            Item::Comma => new(",", Upos::Punct, places[self.verb], "punct"),
            Item::Name(form) if place > first => new(form, Upos::Propn, first, "flat:name"),
            Item::Name(form) if keeps => new(form, Upos::Propn, places[self.noun], "nmod"),
            Item::Name(form) => {
                Word { head: old(self.noun).head, ..new(form, Upos::Propn, 0, &words[self.noun].deprel) }
            }
        };
        items.iter().enumerate().map(item).collect()
    }
}

/// Makes up names from the beginnings and endings of those of the treebank, so that none of them is known.
struct Names {
    parts: Vec<Vec<char>>,
    random: Shuffler,
}

impl Names {
    fn new(sentences: &[Sentence]) -> Self {
        let words = sentences.iter().flat_map(|sentence| &sentence.tree.words);
        let names = words.filter(|word| word.upos == Upos::Propn).map(|word| word.form.chars().collect::<Vec<char>>());
        let capitalised = |name: &Vec<char>| {
            name.len() > 4 && name[0].is_uppercase() && name[1..].iter().all(|character| character.is_lowercase())
        };
        let mut parts: Vec<Vec<char>> = names.filter(capitalised).collect();
        parts.sort_unstable();
        parts.dedup();
        Self { parts, random: Shuffler(11) }
    }

    /// A name of one or two words; some are in capitals.
    fn next(&mut self) -> Vec<String> {
        let kind = self.random.next() % 8;
        let count = if kind < 2 { 2 } else { 1 };
        (0..count)
            .map(
                |_| {
                    if kind == 7 { self.word().chars().take(4).collect::<String>().to_uppercase() } else { self.word() }
                },
            )
            .collect()
    }

    fn word(&mut self) -> String {
        if self.parts.is_empty() {
            return "Novalis".to_owned();
        }
        let mut part = || &self.parts[(self.random.next() % self.parts.len() as u64) as usize];
        let (begin, end) = (part(), part());
        begin[..=begin.len() / 2].iter().chain(&end[end.len() / 2..]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu;

    #[test]
    fn an_antecedent_becomes_a_name() {
        let rows = [
            "1\tLa\tle\tDET\t_\t_\t2\tdet\t_\t_",
            "2\tsociété\tsociété\tNOUN\t_\t_\t7\tnsubj\t_\t_",
            "3\tque\tque\tPRON\t_\t_\t6\tobj\t_\t_",
            "4\tle\tle\tDET\t_\t_\t5\tdet\t_\t_",
            "5\tjuge\tjuge\tNOUN\t_\t_\t6\tnsubj\t_\t_",
            "6\tvise\tviser\tVERB\t_\t_\t2\tacl:relcl\t_\t_",
            "7\tferme\tfermer\tVERB\t_\t_\t0\troot\t_\t_",
        ];
        let sentences = conllu::read(&rows.join("\n")).expect("CoNLL-U");
        let found: Vec<String> = with_names(Language::French, &sentences)
            .iter()
            .map(|sentence| {
                let word = |word: &Word| format!("{}/{}/{}", word.form, word.head, word.deprel);
                sentence.tree.words.iter().map(word).collect::<Vec<_>>().join(" ")
            })
            .collect();
        assert_eq!(
            found[1],
            "Novalis/8/nsubj ,/6/punct que/6/obj le/5/det juge/6/nsubj vise/1/acl:relcl ,/6/punct ferme/0/root"
        );
        assert_eq!(found.len(), 5);
        assert_eq!(with_names(Language::English, &sentences).len(), 1);
    }
}
