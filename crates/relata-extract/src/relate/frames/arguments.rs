//! Who fills a role: from the trigger through the tree to the words that name somebody.
//!
//! Relations are those of Universal Dependencies 2 (universaldependencies.org/u/dep). A parser errs, so a role is looked
//! for in the few places in which treebanks and parsers put it.

use relata_grammar::Upos;

use super::frame::{Frame, Role, Trigger};
use super::parsed::{DEPTH, Parsed};

/// Nominal relations: what a complement with a preposition may hang by.
const COMPLEMENTS: [&str; 6] = ["obl", "nmod", "iobj", "obj", "advmod", "dislocated"];

impl Parsed<'_> {
    /// The words that fill a role of the frame whose trigger is the word `at`. Coordination is not opened yet.
    pub(super) fn fill(&self, frame: &Frame, role: &Role, at: usize) -> Vec<usize> {
        match (role, frame.trigger) {
            (Role::Subject, Trigger::Verb) => self.doer(at),
            (Role::Object, Trigger::Verb) => self.done_to(at),
            (Role::Subject, Trigger::Noun | Trigger::Adjective) => self.doer_of_noun(at),
            (Role::Object | Role::Owner, _) => self.owners(at),
            (Role::Bearer, _) => self.bearers(at, 0),
            (Role::Demonym, _) => self.demonyms(at),
            (Role::Light, _) => self.light_subject(at),
            (Role::Complement { words, case }, _) => self.complements(frame, at, words, *case),
        }
    }

    /// The subject as the sentence has it, active or passive, through coordination, infinitives and relative clauses.
    pub(super) fn surface_subject(&self, verb: usize, depth: usize) -> Vec<usize> {
        if depth > DEPTH {
            return Vec::new();
        }
        let own: Vec<usize> = self.below(verb, &["nsubj"]).collect();
        if !own.is_empty() {
            return own;
        }
        if let Some(name) = self.misplaced_subject(verb) {
            return vec![name];
        }
        let Some(head) = self.head(verb) else { return Vec::new() };
        match self.base(verb) {
            "conj" if !self.is_nominal(head) || self.is_nominal(verb) => self.surface_subject(head, depth + 1),
            "xcomp" => self.controller(head, verb, depth),
            "ccomp" | "advcl" if self.is_nonfinite(verb) => self.surface_subject(head, depth + 1),
            "acl" if self.has(verb, "VerbForm", "Inf") => self.holder(head, depth + 1),
            "acl" if self.relation(verb) == "acl" && self.is_nonfinite(verb) => vec![head],
            // "Le projet vise à …" with the noun below the verb; a participle that agrees with the noun it precedes.
            "amod" => vec![head],
            _ => Vec::new(),
        }
    }

    /// A name that the parser hung below a finite verb as something else: nothing but a subject stands bare before its verb, and
    /// in "que dirige X" the second of two objects is the subject.
    fn misplaced_subject(&self, verb: usize) -> Option<usize> {
        if self.is_nonfinite(verb) && self.below(verb, &["aux"]).next().is_none() {
            return None;
        }
        let bare = |child: usize| self.is_name(child) && self.preposition(child).is_empty();
        let mut before = self.children(verb).iter().copied().filter(|&child| child < verb && bare(child));
        if let Some(name) =
            before.find(|&child| matches!(self.base(child), "advmod" | "amod" | "obl" | "nmod" | "dislocated" | "dep"))
        {
            return Some(name);
        }
        let relative = self.below(verb, &["obj"]).any(|object| object < verb && self.is_relative(object));
        self.below(verb, &["obj"]).find(|&object| relative && object > verb && bare(object))
    }

    /// Who does what the infinitive `verb` below `head` tells: the object of `head` that names somebody, else its subject.
    fn controller(&self, head: usize, verb: usize, depth: usize) -> Vec<usize> {
        if !self.words.subject_control.contains(self.lemma(head)) && !self.is_passive(head) {
            let others = self.below(head, &["obj", "iobj", "obl"]).filter(|&other| {
                let relation = self.relation(other);
                let dative = relation == "obl:arg" || (self.base(other) == "obl" && self.has(other, "Case", "Dat"));
                (self.base(other) != "obl" || dative) && other < verb && !self.resolve(other).is_empty()
            });
            let found: Vec<usize> = others.collect();
            if !found.is_empty() {
                return found;
            }
        }
        self.surface_subject(head, depth + 1)
    }

    /// Who does what an infinitive below the noun tells: "la volonté de X de …", "X a la volonté de …".
    fn holder(&self, noun: usize, depth: usize) -> Vec<usize> {
        let owners: Vec<usize> = self
            .owners(noun)
            .into_iter()
            .chain(self.demonyms(noun))
            .filter(|&owner| !self.resolve(owner).is_empty())
            .collect();
        if !owners.is_empty() {
            return owners;
        }
        match self.head(noun) {
            Some(verb) if matches!(self.base(noun), "obj" | "obl" | "xcomp") => self.surface_subject(verb, depth),
            _ => Vec::new(),
        }
    }

    /// Who does what a verb tells.
    fn doer(&self, verb: usize) -> Vec<usize> {
        if !self.is_passive(verb) {
            return self.surface_subject(verb, 0);
        }
        let agents: Vec<usize> = self.agents(verb).collect();
        if agents.is_empty() && self.base(verb) == "conj" {
            // "produit et vendu par X": the agent stands below the last; the first is asked for by its neighbour.
            return self.head(verb).map(|head| self.agents(head).collect()).unwrap_or_default();
        }
        if agents.is_empty() {
            return self.below(verb, &["conj"]).flat_map(|other| self.agents(other).collect::<Vec<_>>()).collect();
        }
        agents
    }

    fn agents(&self, word: usize) -> impl Iterator<Item = usize> + '_ {
        self.below(word, &["obl", "nmod"]).filter(|&agent| {
            self.relation(agent) == "obl:agent"
                || self.words.by.contains(&self.preposition(agent))
                || (self.has(agent, "Case", "Ins") && self.preposition(agent).is_empty())
        })
    }

    /// To whom a verb does what it tells.
    fn done_to(&self, verb: usize) -> Vec<usize> {
        if self.is_passive(verb) {
            return self.surface_subject(verb, 0);
        }
        let own = self.objects(verb);
        if !own.is_empty() {
            return own;
        }
        // "conçoit et fabrique des puces": one object for both.
        let below = self.below(verb, &["conj"]).find(|&other| self.below(other, &["nsubj"]).next().is_none());
        if let Some(other) = below {
            let shared = self.objects(other);
            if !shared.is_empty() && self.below(verb, &["obl", "xcomp", "ccomp"]).next().is_none() {
                return shared;
            }
        }
        if self.is_relative_clause(verb)
            && self.below(verb, &["nsubj"]).any(|subject| !self.is_relative(subject))
            && !self.below(verb, &["obl"]).any(|other| self.is_relative(other))
        {
            return self.head(verb).into_iter().collect();
        }
        // "a acheté des puces", taken for "de" + "les".
        let partitive = |word: &usize| *word > verb && self.words.partitive.contains(&self.preposition(*word));
        self.below(verb, &["obl"])
            .filter(partitive)
            .find(|&word| self.below(word, &["det"]).next().is_some())
            .into_iter()
            .collect()
    }

    fn objects(&self, verb: usize) -> Vec<usize> {
        let mut all: Vec<usize> = self.below(verb, &["obj"]).collect();
        if all.len() > 1 && all.iter().any(|&object| object < verb && self.is_relative(object)) {
            all.retain(|&object| object < verb);
        }
        all
    }

    /// Who does what a noun tells: "par X", "russe", "X's", the subject of its light verb.
    fn doer_of_noun(&self, noun: usize) -> Vec<usize> {
        let named =
            |words: Vec<usize>| words.into_iter().filter(|&word| !self.resolve(word).is_empty()).collect::<Vec<_>>();
        let agents = named(self.agents(noun).collect());
        if !agents.is_empty() {
            return agents;
        }
        let demonyms = self.demonyms(noun);
        if !demonyms.is_empty() {
            return demonyms;
        }
        let possessors =
            named(self.below(noun, &["nmod"]).filter(|&word| self.relation(word) == "nmod:poss").collect());
        if !possessors.is_empty() {
            return possessors;
        }
        self.light_subject(noun)
    }

    /// Whom a noun belongs to, or of what it tells.
    pub(super) fn owners(&self, noun: usize) -> Vec<usize> {
        let owned = self.below(noun, &["nmod", "obl", "compound", "det", "amod"]).filter(|&word| {
            let preposition = self.preposition(word);
            if matches!(self.base(word), "det" | "amod") {
                return self.is_possessive(word);
            }
            self.relation(word) == "nmod:poss"
                || self.words.of.contains(&preposition)
                || (preposition.is_empty() && (self.has(word, "Case", "Gen") || self.base(word) == "compound"))
        });
        owned.collect()
    }

    /// Adjectives of places beside a noun.
    fn demonyms(&self, noun: usize) -> Vec<usize> {
        let beside = self.children(noun).iter().copied();
        beside.filter(|&word| self.is_demonym(word) && self.preposition(word).is_empty()).collect()
    }

    fn is_demonym(&self, word: usize) -> bool {
        self.participant(word).is_some_and(|number| self.participants[number].is_demonym())
    }

    /// The subject of the verb that lends it to the noun.
    fn light_subject(&self, noun: usize) -> Vec<usize> {
        match self.light_verb(noun) {
            Some(verb) if self.base(noun) == "obl" || !self.is_passive(verb) => self.surface_subject(verb, 0),
            Some(verb) => self.agents(verb).collect(),
            None => Vec::new(),
        }
    }

    /// The light verb whose object a noun is.
    pub(super) fn light_verb(&self, noun: usize) -> Option<usize> {
        let mut noun = noun;
        for _ in 0..DEPTH {
            let head = self.head(noun)?;
            match self.base(noun) {
                "conj" => noun = head,
                "obj" | "obl" | "xcomp" | "nsubj" => {
                    let lemma = self.lemma(head);
                    let passive = self.base(noun) != "nsubj" || self.is_passive(head);
                    return (passive && self.words.light.contains(lemma)).then_some(head);
                }
                // "la signature d'un accord", "un projet d'accord": the noun above carries it.
                "nmod" if self.words.of.contains(&self.preposition(noun)) && self.is_light_noun(head) => noun = head,
                _ => return None,
            }
        }
        None
    }

    fn is_light_noun(&self, noun: usize) -> bool {
        self.words.quantities.contains(self.lemma(noun)) || self.words.governor(self.lemma(noun), "").is_some()
    }

    /// Of whom a noun or adjective is said.
    fn bearers(&self, noun: usize, depth: usize) -> Vec<usize> {
        if depth > DEPTH {
            return Vec::new();
        }
        let subjects: Vec<usize> = self.below(noun, &["nsubj"]).collect();
        if !subjects.is_empty() {
            return subjects;
        }
        let Some(head) = self.head(noun) else {
            let named = self.named_by(noun);
            return if named.is_empty() { self.before_comma(noun).into_iter().collect() } else { named };
        };
        let role = self.words.role.contains(&self.preposition(noun));
        let found = match self.base(noun) {
            // "X, filiale de Y": but a list of descriptions goes on with the same bearer.
            "appos" | "amod" | "flat" => vec![head],
            "acl" if !self.is_nonfinite(noun) || self.upos(noun) == Upos::Adj => vec![head],
            "conj" if self.participant(head).is_none() => self.bearers(head, depth + 1),
            "xcomp" | "obj" | "obl" | "advmod" if self.words.becoming.contains(self.lemma(head)) => {
                self.surface_subject(head, depth + 1)
            }
            "xcomp" if self.upos(head) == Upos::Verb => {
                let objects = self.objects(head);
                if objects.is_empty() { self.surface_subject(head, depth + 1) } else { objects }
            }
            "obl" | "advcl" if role => {
                let objects = self.objects(head);
                if objects.is_empty() { self.surface_subject(head, depth + 1) } else { objects }
            }
            "nmod" if role => vec![head],
            _ => Vec::new(),
        };
        if found.iter().any(|&word| !self.resolve(word).is_empty()) {
            return found;
        }
        let named = self.named_by(noun);
        if named.is_empty() { self.before_comma(noun).into_iter().collect() } else { named }
    }

    /// The name right before the comma before a noun phrase, whatever the parser made of it: "X, filiale de Y, …".
    fn before_comma(&self, noun: usize) -> Option<usize> {
        let mut first = noun;
        while let Some(before) = first.checked_sub(1) {
            let part = self.head(before) == Some(noun) && !matches!(self.upos(before), Upos::Punct | Upos::Verb);
            if !part {
                break;
            }
            first = before;
        }
        let comma = first.checked_sub(1).filter(|&mark| self.form(mark) == ",")?;
        self.enclosing(comma.checked_sub(1)?).filter(|&name| self.is_name(name))
    }

    /// The names right below a noun that it describes: "le fournisseur X", "son allié, X".
    fn named_by(&self, noun: usize) -> Vec<usize> {
        let names = self.below(noun, &["appos", "flat", "nmod", "compound"]);
        names.filter(|&name| self.preposition(name).is_empty() && self.is_name(name)).collect()
    }

    /// What stands behind a preposition, below the trigger, its `with` word, its light verb or a verb joined to it.
    fn complements(&self, frame: &Frame, at: usize, words: &str, case: Option<&str>) -> Vec<usize> {
        let mut places = vec![at];
        places.extend(
            self.below(at, &["obl", "advmod"]).filter(|&child| self.words.transparent.contains(self.lemma(child))),
        );
        // "les sanctions russes contre X", with "contre X" hung below the adjective.
        places.extend(self.children(at).iter().filter(|&&child| self.is_demonym(child)));
        places.extend(self.children(at).iter().filter(|&&child| frame.with.contains(self.lemma(child))));
        if frame.trigger == Trigger::Verb {
            places.extend(self.below(at, &["conj", "xcomp"]).filter(|&other| {
                self.base(other) == "conj" && self.below(other, &["nsubj"]).next().is_none() && !self.is_nominal(other)
            }));
        } else if let Some(verb) = self.light_verb(at) {
            places.push(verb);
        }
        for place in places {
            let found: Vec<usize> =
                self.children(place).iter().flat_map(|&child| self.behind(child, words, case)).collect();
            if found.iter().any(|&word| !self.resolve(word).is_empty()) {
                return found;
            }
        }
        Vec::new()
    }

    /// The word itself, or one below it, when it stands behind the words of a preposition: "avec X", "en faveur de X".
    fn behind(&self, word: usize, words: &str, case: Option<&str>) -> Vec<usize> {
        if !COMPLEMENTS.contains(&self.base(word)) {
            return Vec::new();
        }
        let preposition = self.preposition(word);
        let in_case = |word: usize| {
            case.is_none_or(|case| self.has(word, "Case", case) || self.tree.words[word].feats.get("Case").is_none())
        };
        if preposition == words && in_case(word) {
            // A bare complement must show its case: everything else is bare too.
            let shown = !words.is_empty() || self.has(word, "Case", case.unwrap_or_default());
            return if shown { vec![word] } else { Vec::new() };
        }
        if !words.contains(' ') || !words.starts_with(&preposition) {
            return Vec::new();
        }
        let below = self.below(word, &["nmod", "obl", "iobj"]);
        let phrase = |inner: usize| [preposition.as_str(), self.form(word), &self.preposition(inner)].join(" ");
        below.filter(|&inner| phrase(inner).trim() == words && in_case(inner)).collect()
    }

    /// Whether a word is a noun, a name or a pronoun.
    pub(super) fn is_nominal(&self, word: usize) -> bool {
        matches!(self.upos(word), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym)
            || self.participant(word).is_some()
    }
}
