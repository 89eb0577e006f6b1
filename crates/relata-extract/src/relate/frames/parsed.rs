//! A parsed sentence, with its participants put in their places.

use relata_grammar::{Tree, Upos};
use relata_model::Span;
use rustc_hash::FxHashMap;

use super::super::tokens::{Participant, fold};
use super::words::GrammarWords;

/// A sentence's tree, seen from the names in it. Words are numbered from 0.
pub(in crate::relate) struct Parsed<'p> {
    pub(super) tree: Tree,
    pub(super) words: &'p GrammarWords,
    /// Who and what the sentence names.
    pub(super) participants: Vec<Participant>,
    children: Vec<Vec<usize>>,
    forms: Vec<String>,
    lemmas: Vec<String>,
    /// The number of the participant that a word is the head of.
    at: Vec<Option<usize>>,
    /// The number of the participant that a word belongs to.
    inside: Vec<Option<usize>>,
    /// The participants that a word that points back stands for.
    several: FxHashMap<usize, std::ops::Range<usize>>,
}

/// How far a path through a tree is followed: trees are finite, but parsers may build long chains.
pub(super) const DEPTH: usize = 8;

impl<'p> Parsed<'p> {
    pub(super) fn new(tree: Tree, participants: &[Participant], words: &'p GrammarWords) -> Self {
        let participants = participants.to_vec();
        let count = tree.words.len();
        let mut children = vec![Vec::new(); count];
        let mut inside = vec![None; count];
        for (index, word) in tree.words.iter().enumerate() {
            if word.head > 0 {
                children[word.head - 1].push(index);
            }
            let first = participants.partition_point(|participant| participant.span.end() <= word.span.start);
            let covers = participants.get(first).filter(|participant| participant.span.start() < word.span.end);
            inside[index] = covers.map(|_| first);
        }
        let mut at = vec![None; count];
        for (index, word) in tree.words.iter().enumerate() {
            if let Some(number) = inside[index] {
                let heads_out = word.head == 0 || inside[word.head - 1] != Some(number);
                let article = matches!(word.upos, Upos::Det | Upos::Adp | Upos::Punct);
                if heads_out && !article && !at.contains(&Some(number)) {
                    at[index] = Some(number);
                }
            }
        }
        let forms = tree.words.iter().map(|word| words.spelling(&fold(&word.form))).collect();
        let lemmas = tree.words.iter().map(|word| fold(&word.lemma)).collect();
        Self { tree, words, participants, children, forms, lemmas, at, inside, several: FxHashMap::default() }
    }

    /// Lets a word stand for somebody, or for several.
    pub(super) fn put(&mut self, word: usize, participants: Vec<Participant>) {
        let first = self.participants.len();
        if !participants.is_empty() {
            (self.at[word], self.inside[word]) = (Some(first), Some(first));
            self.several.insert(word, first..first + participants.len());
            self.participants.extend(participants);
        }
    }

    /// Everybody whom a word stands for.
    pub(super) fn meant(&self, word: usize) -> std::ops::Range<usize> {
        self.several.get(&word).cloned().unwrap_or_else(|| self.at[word].map_or(0..0, |number| number..number + 1))
    }

    pub(super) fn len(&self) -> usize {
        self.tree.words.len()
    }

    /// The words right below a word, left to right.
    pub(super) fn children(&self, word: usize) -> &[usize] {
        &self.children[word]
    }

    /// The word above, `None` for the root.
    pub(super) fn head(&self, word: usize) -> Option<usize> {
        self.tree.words[word].head.checked_sub(1)
    }

    /// The relation to the word above, with its subtype.
    pub(super) fn relation(&self, word: usize) -> &str {
        &self.tree.words[word].deprel
    }

    /// The same without subtype. An infinitive "joined" to a verb that is none, with nothing that joins them, is governed by it:
    /// "a ordonné à X, la plus grande banque du pays, de collaborer".
    pub(super) fn base(&self, word: usize) -> &str {
        let base = self.relation(word).split(':').next().unwrap_or_default();
        if base == "conj" && self.has(word, "VerbForm", "Inf") {
            let joined = self.children[word].iter().any(|&child| self.relation(child) == "cc");
            let governed = self.head(word).is_some_and(|head| !self.has(head, "VerbForm", "Inf") && self.is_verb(head));
            if governed && !joined {
                return "xcomp";
            }
        }
        base
    }

    /// The word in lower case, prepositions in their one spelling.
    pub(super) fn form(&self, word: usize) -> &str {
        &self.forms[word]
    }

    pub(super) fn lemma(&self, word: usize) -> &str {
        &self.lemmas[word]
    }

    pub(super) fn upos(&self, word: usize) -> Upos {
        self.tree.words[word].upos
    }

    pub(super) fn has(&self, word: usize, feature: &str, value: &str) -> bool {
        self.tree.words[word].feats.get(feature) == Some(value)
    }

    pub(super) fn span(&self, word: usize) -> Span {
        let span = &self.tree.words[word].span;
        Span::new(span.start, span.end)
    }

    /// The participant that a word is the head of.
    pub(super) fn participant(&self, word: usize) -> Option<usize> {
        self.at[word]
    }

    /// Whether a word is a part of a name.
    pub(super) fn is_named(&self, word: usize) -> bool {
        self.inside[word].is_some()
    }

    /// The head word of the participant that a word belongs to.
    pub(super) fn enclosing(&self, word: usize) -> Option<usize> {
        let number = self.inside[word]?;
        self.at.iter().position(|&at| at == Some(number))
    }

    /// The words right below a word whose relation, without subtype, is one of these.
    pub(super) fn below<'s>(&'s self, word: usize, relations: &'s [&str]) -> impl Iterator<Item = usize> + 's {
        self.children[word].iter().copied().filter(move |&child| relations.contains(&self.base(child)))
    }

    /// Whether a word is a verb without person and tense of its own.
    pub(super) fn is_nonfinite(&self, word: usize) -> bool {
        let form = self.tree.words[word].feats.get("VerbForm");
        matches!(form, Some("Inf" | "Part" | "Ger" | "Conv")) && self.below(word, &["aux", "cop"]).next().is_none()
    }

    /// Whether a verb is in the passive.
    pub(super) fn is_passive(&self, word: usize) -> bool {
        let has_child = |relation: &str| self.children[word].iter().any(|&child| self.relation(child) == relation);
        // "est entré", "s'est associé": être is no passive there.
        let reflexive =
            self.children[word].iter().any(|&child| matches!(self.relation(child), "expl" | "expl:pv" | "expl:comp"));
        if self.words.lists.active.contains(self.lemma(word)) || reflexive {
            return false;
        }
        if has_child("aux:pass") || has_child("obl:agent") {
            return true;
        }
        let object = self.below(word, &["obj"]).next().is_some();
        let alone = self.has(word, "VerbForm", "Fin") && !self.has(word, "Voice", "Pass");
        // "auraient acheté": an auxiliary of tense alone; "left and set up": a second verb of an active one.
        if object || alone || self.children[word].iter().any(|&child| self.base(child) == "aux") {
            return has_child("nsubj:pass") && !alone && !object;
        }
        if has_child("nsubj:pass") {
            return true;
        }
        // "est équipé de", taken for an adjective.
        if matches!(self.upos(word), Upos::Adj | Upos::Noun) && self.below(word, &["cop"]).next().is_some() {
            return true;
        }
        if self.base(word) == "conj" {
            return self.head(word).is_some_and(|head| !self.is_verb(head) || self.is_passive(head));
        }
        // A participle below a noun: the noun is what it is done to.
        let participle = (self.has(word, "VerbForm", "Part") || self.upos(word) == Upos::Adj)
            && !self.has(word, "Tense", "Pres")
            && matches!(self.base(word), "acl" | "amod" | "advcl" | "csubj" | "dep" | "root" | "parataxis" | "appos");
        (participle && !self.has(word, "Voice", "Act")) || self.has(word, "Voice", "Pass")
    }

    /// Whether a word is a verb.
    pub(super) fn is_verb(&self, word: usize) -> bool {
        matches!(self.upos(word), Upos::Verb | Upos::Aux)
    }

    /// The preposition of a noun phrase: its words, apart by one space; empty when there is none.
    pub(super) fn preposition(&self, word: usize) -> String {
        // "by H9 chips", with "by" hung below H9: it belongs to the chips.
        let before_noun = |word: usize| {
            matches!(self.base(word), "compound" | "amod" | "nummod") && self.head(word).is_some_and(|head| word < head)
        };
        if before_noun(word) {
            return String::new();
        }
        let mut cases: Vec<usize> = self.below(word, &["case"]).collect();
        for child in self.children(word).iter().filter(|&&child| before_noun(child)) {
            cases.extend(self.below(*child, &["case"]).filter(|&case| case < *child));
        }
        cases.sort_unstable();
        let mut parts: Vec<&str> = Vec::new();
        // What stands behind the word is no preposition of it: "Nvidia's".
        for case in cases.into_iter().filter(|&case| !self.is_named(case) && case < word) {
            parts.push(self.form(case));
            parts.extend(self.below(case, &["fixed"]).map(|fixed| self.form(fixed)));
        }
        if parts.is_empty() && self.words.lists.of_relative.contains(self.form(word)) {
            return self.words.of.first().cloned().unwrap_or_default();
        }
        parts.join(" ")
    }

    /// The name that ends right before a word, adverbs, auxiliaries, clitics and an aside in brackets skipped; its head.
    pub(super) fn name_before(&self, word: usize) -> Option<usize> {
        let mut at = word.checked_sub(1)?;
        while !self.is_named(at) && (matches!(self.upos(at), Upos::Adv | Upos::Aux | Upos::Part) || self.is_clitic(at))
        {
            at = at.checked_sub(1)?;
        }
        let name = self.enclosing(at)?;
        let adjective = self.participants[self.at[name]?].is_demonym();
        (!adjective && self.preposition(name).is_empty()).then_some(name)
    }

    /// The name that begins right behind a word, articles and adjectives skipped; its head.
    pub(super) fn name_after(&self, word: usize) -> Option<usize> {
        let mut at = word + 1;
        while at < self.len() && !self.is_named(at) && matches!(self.upos(at), Upos::Det | Upos::Adj) {
            at += 1;
        }
        let name = (at < self.len()).then(|| self.enclosing(at)).flatten()?;
        (!self.participants[self.at[name]?].is_demonym()).then_some(name)
    }

    fn is_clitic(&self, word: usize) -> bool {
        self.is_short_pronoun(word) && self.base(word) != "nsubj"
    }

    pub(super) fn is_short_pronoun(&self, word: usize) -> bool {
        self.upos(word) == Upos::Pron && self.form(word).chars().count() <= 3
    }

    /// The noun that the relative clause around a word belongs to.
    pub(super) fn antecedent(&self, word: usize) -> Option<usize> {
        let mut at = word;
        for _ in 0..DEPTH {
            let head = self.head(at)?;
            if self.is_relative_clause(at) {
                return Some(head);
            }
            at = head;
        }
        None
    }

    /// Whether a verb is that of a relative clause.
    pub(super) fn is_relative_clause(&self, verb: usize) -> bool {
        let finite = |word: usize| self.has(word, "VerbForm", "Fin");
        self.relation(verb) == "acl:relcl"
            || (self.base(verb) == "acl" && (finite(verb) || self.below(verb, &["aux", "cop"]).any(finite)))
    }

    /// Whether a word is a relative pronoun.
    pub(super) fn is_relative(&self, word: usize) -> bool {
        let pronoun = matches!(self.upos(word), Upos::Pron | Upos::Det | Upos::Sconj);
        (pronoun && self.has(word, "PronType", "Rel")) || self.words.lists.relative.contains(self.lemma(word))
    }
}
