//! Who fills a role: from the trigger through the tree to the words that name somebody.
//!
//! Relations are those of Universal Dependencies 2 (universaldependencies.org/u/dep). A parser errs, so a role is looked
//! for in the few places in which treebanks and parsers put it.

use relata_grammar::Upos;

use super::frame::{Frame, Role, Trigger};
use super::parsed::{DEPTH, Parsed};

impl Parsed<'_> {
    /// The words that fill a role of the frame whose trigger is the word `at`. Coordination is not opened yet.
    pub(super) fn fill(&self, frame: &Frame, role: &Role, at: usize) -> Vec<usize> {
        match (role, frame.trigger) {
            (Role::Subject, Trigger::Verb) => self.doer(at),
            (Role::Object, Trigger::Verb) => self.done_to(at),
            (Role::Subject, Trigger::Noun | Trigger::Adjective) => self.doer_of_noun(at),
            (Role::Object | Role::Owner, _) => self.owners(at),
            (Role::Recipient, _) => self.recipients(at),
            (Role::Bearer, _) => self.bearers(at, 0),
            (Role::Demonym, Trigger::Verb) => {
                self.done_to(at).into_iter().flat_map(|word| self.demonyms(word)).collect()
            }
            (Role::Demonym, _) => self.demonyms(at),
            (Role::Light, _) => self.light_subject(at),
            (Role::Itself, _) => vec![at],
            (Role::Maker, _) => self.done_to(at).into_iter().flat_map(|word| self.makers(word)).collect(),
            (Role::Complement { words, case }, _) => self.complements(frame, at, words, *case),
        }
    }

    /// Who does what a noun tells: "par X", "russe", "X's", the subject of its light verb.
    fn doer_of_noun(&self, noun: usize) -> Vec<usize> {
        let named =
            |words: Vec<usize>| words.into_iter().filter(|&word| !self.resolve(word).is_empty()).collect::<Vec<_>>();
        let agents = named(self.agents(noun));
        if !agents.is_empty() {
            return agents;
        }
        let demonyms = self.demonyms(noun);
        if !demonyms.is_empty() {
            return demonyms;
        }
        let own = self.children(noun).iter().copied();
        let possessors = own.filter(|&word| self.relation(word) == "nmod:poss" || self.is_possessive(word));
        let possessors = named(possessors.collect());
        if !possessors.is_empty() {
            return possessors;
        }
        self.light_subject(noun)
    }

    /// Whom a noun belongs to, or of what it tells.
    pub(super) fn owners(&self, noun: usize) -> Vec<usize> {
        let is_owner = |word: usize| {
            if matches!(self.base(word), "det" | "amod") {
                return self.is_possessive(word);
            }
            let preposition = self.preposition(word);
            let bare = preposition.is_empty() && (self.has(word, "Case", "Gen") || self.base(word) == "compound");
            self.relation(word) == "nmod:poss" || self.words.of.contains(&preposition) || bare
        };
        let own = self.below(noun, &["nmod", "obl", "compound", "det", "amod"]);
        let own: Vec<usize> = own.filter(|&word| is_owner(word)).collect();
        if own.iter().any(|&word| !self.resolve(word).is_empty()) {
            return own;
        }
        // "les puces H9 de X", with "de X" below H9.
        let of_name = self.named_by(noun).into_iter().flat_map(|name| self.children(name).iter().copied());
        let of_name: Vec<usize> = of_name.filter(|&word| self.words.of.contains(&self.preposition(word))).collect();
        if !of_name.is_empty() {
            return of_name;
        }
        // A bare name right behind a noun of a language with cases: "директор «Новалиса»".
        let behind = || self.name_after(noun).filter(|&name| self.preposition(name).is_empty());
        match behind().filter(|_| self.words.cases && own.is_empty()) {
            Some(name) => vec![name],
            None => own,
        }
    }

    /// Whose a thing is: "les drones de X", "ses drones", "les drones turcs".
    fn makers(&self, thing: usize) -> Vec<usize> {
        let owners: Vec<usize> =
            self.owners(thing).into_iter().filter(|&word| !self.resolve(word).is_empty()).collect();
        if owners.is_empty() { self.demonyms(thing) } else { owners }
    }

    /// Adjectives of places beside a noun.
    pub(super) fn demonyms(&self, noun: usize) -> Vec<usize> {
        let beside = self.children(noun).iter().copied();
        let found: Vec<usize> =
            beside.filter(|&word| self.is_demonym(word) && self.preposition(word).is_empty()).collect();
        if !found.is_empty() || !self.words.cases {
            return found;
        }
        // "поставки российского газа": beside its genitive.
        let genitives =
            self.below(noun, &["nmod"]).filter(|&word| self.has(word, "Case", "Gen") && !self.is_named(word));
        genitives.flat_map(|word| self.children(word).iter().copied()).filter(|&word| self.is_demonym(word)).collect()
    }

    pub(super) fn is_demonym(&self, word: usize) -> bool {
        self.participant(word).is_some_and(|number| self.participants[number].is_demonym())
    }

    /// The subject of the verb that lends it to the noun.
    fn light_subject(&self, noun: usize) -> Vec<usize> {
        match self.light_verb(noun) {
            Some(verb) if self.base(noun) == "obl" || !self.is_passive(verb) => self.surface_subject(verb, 0),
            Some(verb) => self.agents(verb),
            None => Vec::new(),
        }
    }

    /// The light verb whose object a noun is.
    pub(super) fn light_verb(&self, noun: usize) -> Option<usize> {
        // "X lifted sanctions on Y", with the verb taken for an adjective.
        let verb = self.below(noun, &["amod"]).find(|&verb| {
            let lemma = self.lemma(verb);
            let lends = self.words.lists.light.contains(lemma) || self.words.governor(lemma, "").is_some();
            verb < noun && self.is_verb(verb) && self.has(verb, "VerbForm", "Fin") && lends
        });
        if verb.is_some() {
            return verb;
        }
        let mut noun = noun;
        for _ in 0..DEPTH {
            let head = self.head(noun)?;
            match self.base(noun) {
                "conj" => noun = head,
                "obj" | "obl" | "xcomp" | "nsubj" => {
                    let lemma = self.lemma(head);
                    let passive = self.base(noun) != "nsubj" || self.is_passive(head);
                    return (passive && self.words.lists.light.contains(lemma)).then_some(head);
                }
                // "la signature d'un accord", "un projet d'accord": the noun above carries it.
                "nmod" if self.carries(noun) && self.is_light_noun(head) => noun = head,
                _ => return None,
            }
        }
        None
    }

    fn carries(&self, noun: usize) -> bool {
        let preposition = self.preposition(noun);
        self.words.of.contains(&preposition)
            || self.words.lists.about.contains(&preposition)
            || self.has(noun, "Case", "Gen")
    }

    fn is_light_noun(&self, noun: usize) -> bool {
        self.words.lists.quantities.contains(self.lemma(noun)) || self.words.governor(self.lemma(noun), "").is_some()
    }

    /// Of whom a noun or adjective is said.
    pub(super) fn bearers(&self, noun: usize, depth: usize) -> Vec<usize> {
        if depth > DEPTH {
            return Vec::new();
        }
        // "Le patron de X", who was named before.
        if self.participant(noun).is_some_and(|number| self.is_anaphor(number)) {
            return vec![noun];
        }
        let subjects: Vec<usize> = self.below(noun, &["nsubj"]).collect();
        if !subjects.is_empty() {
            return subjects;
        }
        // "son patron X promet", whatever the noun hangs by.
        let own = self.below(noun, &["appos", "flat"]).filter(|&name| {
            let close = !self.children(name).iter().any(|&mark| mark < name && self.upos(mark) == Upos::Punct);
            !self.words.cases && name > noun && close && self.is_name(name) && self.preposition(name).is_empty()
        });
        let own: Vec<usize> = own.collect();
        if !own.is_empty() {
            return own;
        }
        let Some(head) = self.head(noun) else {
            let named = self.named_by(noun);
            return if named.is_empty() { self.before_comma(noun).into_iter().collect() } else { named };
        };
        let preposition = self.preposition(noun);
        // "стал партнером", "назначена директором".
        let instrumental =
            self.words.cases && preposition.is_empty() && self.has(noun, "Case", "Ins") && self.is_verb(head);
        let role = instrumental || self.words.lists.role.contains(&preposition);
        if let Some(copula) = self.below(noun, &["cop"]).next()
            && let Some(name) = self.name_before(copula)
        {
            return vec![name];
        }
        let found = match self.base(noun) {
            // "X, filiale de Y": but a list of descriptions goes on with the same bearer.
            "appos" | "amod" | "flat" if self.is_name(head) || !self.is_named(head) => {
                vec![self.last_before(head, noun)]
            }
            "acl" if !self.is_nonfinite(noun) || self.upos(noun) == Upos::Adj => vec![head],
            "conj" if self.participant(head).is_none() => self.bearers(head, depth + 1),
            "xcomp" | "obj" | "iobj" | "obl" | "advmod" | "nmod"
                if self.words.lists.becoming.contains(self.lemma(head)) =>
            {
                self.surface_subject(head, depth + 1)
            }
            "xcomp" if self.upos(head) == Upos::Verb => {
                let objects = self.objects(head);
                if objects.is_empty() { self.surface_subject(head, depth + 1) } else { objects }
            }
            "obl" | "iobj" | "obj" | "advcl" if role => {
                let mut objects = self.objects(head);
                objects.retain(|&object| object != noun);
                if objects.is_empty() { self.surface_subject(head, depth + 1) } else { objects }
            }
            "nmod" if role => vec![head],
            // "Le PDG de X est Y", "Son fournisseur reste Y".
            "nsubj" if self.is_name(head) && self.below(head, &["cop"]).next().is_some() => vec![head],
            "nsubj"
                if self.words.lists.becoming.contains(self.lemma(head))
                    || self.words.lists.naming.contains(self.lemma(head)) =>
            {
                self.below(head, &["xcomp", "obj"]).filter(|&name| self.is_name(name)).collect()
            }
            // "X est l'une des fondatrices de Y"
            "nmod" if self.words.lists.members.contains(self.lemma(head)) && self.words.of.contains(&preposition) => {
                self.bearers(head, depth + 1)
            }
            _ => Vec::new(),
        };
        if found.iter().any(|&word| !self.resolve(word).is_empty()) {
            return found;
        }
        let named = self.named_by(noun);
        if named.is_empty() { self.before_comma(noun).into_iter().collect() } else { named }
    }

    /// Of joined names the last before their description: "A et B, filiale de C".
    pub(super) fn last_before(&self, head: usize, description: usize) -> usize {
        let members = self.below(head, &["conj"]).filter(|&other| other < description && self.is_name(other));
        let plural = self.has(description, "Number", "Plur");
        members.last().filter(|_| !plural).unwrap_or(head)
    }

    /// The name right before the comma before a noun phrase, whatever the parser made of it: "X, filiale de Y, …".
    pub(super) fn before_comma(&self, noun: usize) -> Option<usize> {
        let mut first = noun;
        while let Some(before) = first.checked_sub(1) {
            let part = self.head(before) == Some(noun) && !matches!(self.upos(before), Upos::Punct | Upos::Verb);
            if !part {
                break;
            }
            first = before;
        }
        let comma = first.checked_sub(1).filter(|&mark| self.form(mark) == ",")?;
        let name = self.enclosing(comma.checked_sub(1)?)?;
        // "Selon X, les banques …": no description of X.
        (self.is_name(name) && self.preposition(name).is_empty()).then_some(name)
    }

    /// The names right below a noun that it describes: "le fournisseur X", "son allié, X".
    pub(super) fn named_by(&self, noun: usize) -> Vec<usize> {
        let names = self.below(noun, &["appos", "flat", "nmod", "compound"]);
        names.filter(|&name| self.preposition(name).is_empty() && self.is_name(name)).collect()
    }
}
