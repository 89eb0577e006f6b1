//! From a word that heads a noun phrase to whom the phrase names.

use relata_grammar::Upos;

use super::super::symbols::MentionKind;
use super::parsed::{DEPTH, Parsed};

impl Parsed<'_> {
    /// The participants that the noun phrase of `word` names, those joined to it too; their numbers in the order of the text.
    pub(super) fn resolve(&self, word: usize) -> Vec<usize> {
        let mut found = Vec::new();
        self.resolve_into(word, 0, &mut found);
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whom a phrase names, without those joined to it.
    pub(super) fn alone(&self, word: usize) -> Vec<usize> {
        if self.is_relative(word) { self.resolve(word) } else { self.names_of(word, 0) }
    }

    /// Whether a noun is the description of one: in "X, directeur de Y, et Z" not of Z.
    pub(super) fn describes_one(&self, noun: usize) -> bool {
        self.base(noun) == "appos" && !self.has(noun, "Number", "Plur")
    }

    fn resolve_into(&self, word: usize, depth: usize, found: &mut Vec<usize>) {
        if depth > DEPTH {
            return;
        }
        if self.participant(word).is_none() && self.is_relative(word) {
            if let Some(noun) = self.antecedent(word).filter(|&noun| noun != word) {
                self.resolve_into(noun, depth + 1, found);
            }
            return;
        }
        found.extend(self.names_of(word, depth));
        for other in self.below(word, &["conj"]) {
            if self.is_nominal(other) || self.upos(other) == Upos::Adj {
                self.resolve_into(other, depth + 1, found);
            }
        }
    }

    /// Whom a phrase names, without those joined to it.
    fn names_of(&self, word: usize, depth: usize) -> Vec<usize> {
        if let Some(number) = self.participant(word) {
            let participant = &self.participants[number];
            if participant.kind == MentionKind::Anaphor {
                return self.meant(word).collect();
            }
            if participant.is_demonym() {
                // "l'américain Nvidia": the firm; "les Américains": the country; "russe" beside a noun: nobody.
                let next = (word + 1 < self.len()).then(|| self.participant(word + 1)).flatten();
                if let Some(next) = next.filter(|&next| !self.participants[next].is_demonym()) {
                    return vec![next];
                }
                let named = self
                    .below(word, &["appos", "flat", "nmod", "amod"])
                    .find(|&child| self.is_name(child) && self.preposition(child).is_empty());
                return match named.and_then(|child| self.participant(child)) {
                    Some(name) => vec![name],
                    None if self.base(word) == "amod" => Vec::new(),
                    None => vec![number],
                };
            }
            // "la puce Ascend 920", with the notion a name of its own: the product.
            if participant.is_thing() {
                let named = self.below(word, &["appos", "flat", "nmod"]).find_map(|child| {
                    let other = self.participant(child).filter(|_| self.preposition(child).is_empty())?;
                    self.participants[other].is_thing().then_some(other)
                });
                return vec![named.unwrap_or(number)];
            }
            // "Nvidia CEO Jensen Huang": the parser may hang the person below the firm.
            let person = self.below(word, &["flat", "appos", "compound"]).find_map(|child| {
                let other = self.participant(child)?;
                let close = !self.children(child).iter().any(|&mark| mark < child && self.upos(mark) == Upos::Punct);
                let firm = participant.is_organization() || (self.words.cases && participant.is_place());
                (close && firm && self.participants[other].is_person()).then_some(other)
            });
            return vec![person.unwrap_or(number)];
        }
        let mut found = Vec::new();
        for child in self.below(word, &["appos", "flat", "nmod", "compound", "amod", "nummod", "dep"]) {
            if self.preposition(child).is_empty() && self.is_name_beside(child, word) {
                self.resolve_into(child, depth + 1, &mut found);
            }
        }
        // "des géants tels que X et Y"
        for child in self.below(word, &["nmod", "obl", "advcl", "acl", "appos", "conj"]) {
            let opens = self.opening(child);
            if !opens.is_empty() && self.words.examples.contains(&opens) {
                self.resolve_into(child, depth + 1, &mut found);
            }
        }
        if !found.is_empty() {
            return found;
        }
        let (form, lemma) = (self.form(word), self.lemma(word));
        if self.words.groups.contains(form) || self.words.groups.contains(lemma) {
            // "les autorités russes de Moscou": the adjective comes first.
            let of_place = self
                .children(word)
                .iter()
                .find_map(|&child| self.participant(child).filter(|&number| self.participants[number].is_demonym()));
            if let Some(place) = of_place {
                return vec![place];
            }
            for child in self.below(word, &["nmod", "compound", "obl"]) {
                if self.is_owner(child) {
                    self.resolve_into(child, depth + 1, &mut found);
                }
            }
            found.retain(|&number| !self.participants[number].is_person() && !self.participants[number].is_thing());
            if !found.is_empty() {
                return found;
            }
        }
        let quantity = self.words.lists.quantities.contains(lemma) || self.words.lists.quantities.contains(form);
        if quantity || self.words.lists.kinds.contains(lemma) || self.words.lists.kinds.contains(form) {
            for child in self.below(word, &["nmod", "obl", "compound", "det"]) {
                if self.is_owner(child) || self.is_possessive(child) {
                    self.resolve_into(child, depth + 1, &mut found);
                }
            }
            found.retain(|&number| quantity || self.participants[number].is_thing());
        }
        if found.is_empty() { self.described(word) } else { found }
    }

    /// Whom a common noun describes: "X, un groupe qui …", "X est un groupe qui …". Only right beside the name, or as what the
    /// name is said to be.
    fn described(&self, word: usize) -> Vec<usize> {
        if self.upos(word) != Upos::Noun || !self.preposition(word).is_empty() {
            return Vec::new();
        }
        let named = |word: usize| -> Vec<usize> {
            if self.is_name(word) || self.participant(word).is_some_and(|number| self.is_anaphor(number)) {
                self.meant(word).collect()
            } else {
                Vec::new()
            }
        };
        if self.below(word, &["cop"]).next().is_some() {
            return self.below(word, &["nsubj"]).flat_map(named).collect();
        }
        // "the French start-up that …", with "up" hung below "start".
        let compound = word.checked_sub(1).is_some_and(|hyphen| self.form(hyphen) == "-");
        let word = match self.head(word) {
            Some(head) if compound && head + 2 == word => head,
            _ => word,
        };
        match self.head(word).filter(|&head| self.base(word) == "appos" && head < word && self.is_name(head)) {
            Some(head) => named(self.last_before(head, word)),
            None => self.described_before(word).into_iter().collect(),
        }
    }

    /// The name right before the comma and the article of a noun that the parser hung elsewhere: "X, a plant built by Y".
    fn described_before(&self, noun: usize) -> Option<usize> {
        let article = self.below(noun, &["det"]).find(|&article| article < noun)?;
        let comma = article.checked_sub(1).filter(|&mark| self.form(mark) == ",")?;
        let name = self.enclosing(comma.checked_sub(1)?)?;
        // Or the description was taken for the subject, and the name for something at the clause's edge.
        let edge = matches!(self.base(name), "advmod" | "dep" | "vocative" | "dislocated" | "parataxis");
        let loose = matches!(self.base(noun), "appos" | "parataxis" | "dep" | "list")
            || (self.base(noun) == "nsubj" && edge && self.preposition(name).is_empty());
        if !loose {
            return None;
        }
        self.participant(name).filter(|_| self.is_name(name))
    }

    pub(super) fn is_anaphor(&self, number: usize) -> bool {
        self.participants[number].kind == MentionKind::Anaphor
    }

    fn is_owner(&self, word: usize) -> bool {
        let preposition = self.preposition(word);
        self.words.of.contains(&preposition)
            || (preposition.is_empty()
                && (self.has(word, "Case", "Gen")
                    || self.relation(word) == "nmod:poss"
                    || self.base(word) == "compound"))
    }

    /// The words that open a phrase: its preposition, or adverbs and marks before it.
    fn opening(&self, word: usize) -> String {
        let openers = self.below(word, &["case", "mark", "advmod", "amod", "cc"]).filter(|&child| child < word);
        let mut words: Vec<usize> =
            openers.flat_map(|child| std::iter::once(child).chain(self.below(child, &["fixed"]))).collect();
        words.sort_unstable();
        words.into_iter().map(|child| self.form(child)).collect::<Vec<_>>().join(" ")
    }

    /// Whether a word heads a name, and no adjective of a place.
    pub(super) fn is_name(&self, word: usize) -> bool {
        self.participant(word).is_some_and(|number| !self.participants[number].is_demonym())
    }

    /// Whether a word is the name of what the noun `head` describes: "le groupe X", "puces X"; no firm before its product.
    fn is_name_beside(&self, word: usize, head: usize) -> bool {
        let Some(number) = self.participant(word) else {
            // "le groupe de télécoms X": the name may hang below the complement.
            return false;
        };
        let participant = &self.participants[number];
        if participant.is_demonym() {
            return false;
        }
        match self.base(word) {
            "compound" | "amod" | "nummod" => participant.is_thing() || word > head,
            // In Russian a genitive is no name of what stands before it: "президент России".
            "nmod" => !self.has(word, "Case", "Gen") && self.relation(word) != "nmod:poss" && word > head,
            _ => true,
        }
    }
}
