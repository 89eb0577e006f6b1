//! Who does what a verb tells, and to whom it is done.

use relata_grammar::Upos;

use super::parsed::{DEPTH, Parsed};

impl Parsed<'_> {
    /// The subject as the sentence has it, active or passive, through coordination, infinitives and relative clauses.
    pub(super) fn surface_subject(&self, verb: usize, depth: usize) -> Vec<usize> {
        if depth > DEPTH {
            return Vec::new();
        }
        let mut own: Vec<usize> = self.below(verb, &["nsubj"]).collect();
        // "Les États-Unis d'abord : X vient de signer"
        if let Some(colon) = own.last().and_then(|&last| (0..last).rfind(|&at| self.form(at) == ":")) {
            own.retain(|&subject| subject > colon);
        }
        if !own.is_empty() {
            // "X, a university headed by Y, uses …": the description taken for the subject.
            let nobody = own.iter().all(|&subject| !self.is_relative(subject) && self.resolve(subject).is_empty());
            let described = own.first().filter(|_| nobody).and_then(|&subject| self.before_comma(subject));
            // "X nous a rendu visite": a clitic is no second subject.
            if own.len() > 1 && own.iter().any(|&subject| !self.is_object_clitic(subject, verb)) {
                own.retain(|&subject| !self.is_object_clitic(subject, verb));
            }
            return described.map_or(own, |name| vec![name]);
        }
        if let Some(subject) = self.misplaced_subject(verb) {
            return vec![subject];
        }
        let found = match self.head(verb) {
            Some(head) => self.inherited_subject(verb, head, depth),
            None => Vec::new(),
        };
        if found.is_empty() && self.may_stand_alone(verb) {
            self.name_before(verb).into_iter().collect()
        } else {
            found
        }
    }

    /// The subject that a verb without one of its own has from what is above it.
    fn inherited_subject(&self, verb: usize, head: usize, depth: usize) -> Vec<usize> {
        match self.base(verb) {
            "conj" if !self.is_nominal(head) || self.is_nominal(verb) => self.surface_subject(head, depth + 1),
            "xcomp" => self.controller(head, verb, depth),
            // "sa part dans X, visé par Y": of a participle behind a name and a comma the name.
            "advcl" if self.is_behind_name(verb) => self.phrase_before(verb).into_iter().collect(),
            "ccomp" | "advcl" if self.is_nonfinite(verb) => self.surface_subject(head, depth + 1),
            "acl" if self.has(verb, "VerbForm", "Inf") => self.holder(head, depth + 1),
            "acl" if self.relation(verb) == "acl" && self.is_nonfinite(verb) => vec![self.nearest_member(head, verb)],
            // A participle before the noun that it agrees with.
            "amod" if self.is_nonfinite(verb) || self.upos(verb) == Upos::Adj => vec![head],
            // "X rivalise avec Y", hung below its own subject.
            "acl" | "parataxis" | "advmod" | "appos" | "dep" | "list" | "advcl" | "amod" | "conj" | "flat"
                if head < verb
                    && self.is_name(head)
                    && self.preposition(head).is_empty()
                    && self.may_stand_alone(verb) =>
            {
                vec![self.phrase_top(head)]
            }
            // "was founded by X", without anything it could be said of but what stands before it.
            "csubj" | "advcl" | "parataxis" | "dep" if self.is_passive(verb) => {
                self.phrase_before(verb).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// The head of the phrase in which a name only describes: of "l'éditeur du robot X" the editor.
    fn phrase_top(&self, name: usize) -> usize {
        let mut top = name;
        let mut at = name;
        for _ in 0..DEPTH {
            let Some(head) = self.head(at) else { break };
            if !matches!(self.base(at), "nmod" | "appos" | "flat") || !self.is_nominal(head) {
                break;
            }
            if !self.preposition(at).is_empty() {
                top = head;
            }
            at = head;
        }
        top
    }

    /// Whether a verb can have a subject of its own: a finite one, without a relative pronoun for it.
    fn may_stand_alone(&self, verb: usize) -> bool {
        let finite = self.has(verb, "VerbForm", "Fin") || self.below(verb, &["aux"]).next().is_some();
        finite && !self.below(verb, &["mark"]).any(|mark| mark < verb)
    }

    /// Of the joined nouns of a phrase the last before a participle in the singular: "A et B, dirigé par C".
    fn nearest_member(&self, noun: usize, participle: usize) -> usize {
        if self.has(participle, "Number", "Plur") {
            return noun;
        }
        self.below(noun, &["conj"]).filter(|&other| other < participle && self.is_nominal(other)).last().unwrap_or(noun)
    }

    /// The noun phrase that ends right before a word, a comma between them or not.
    fn phrase_before(&self, word: usize) -> Option<usize> {
        let before = word.checked_sub(1)?;
        let last = if self.form(before) == "," { before.checked_sub(1)? } else { before };
        if let Some(name) = self.enclosing(last) {
            return Some(name);
        }
        self.is_nominal(last).then_some(last)
    }

    /// Whether a past participle stands right behind a name and a comma.
    fn is_behind_name(&self, verb: usize) -> bool {
        let participle =
            self.has(verb, "VerbForm", "Part") && self.has(verb, "Tense", "Past") && self.is_nonfinite(verb);
        let comma = verb.checked_sub(1).filter(|&at| self.form(at) == ",");
        let name = comma.and_then(|at| at.checked_sub(1)).and_then(|at| self.enclosing(at));
        participle && name.is_some_and(|name| self.is_name(name))
    }

    /// A name that the parser hung below a finite verb as something else: nothing but a subject stands bare before its verb, and
    /// in "que dirige X" the second of two objects is the subject.
    fn misplaced_subject(&self, verb: usize) -> Option<usize> {
        let finite = self.has(verb, "VerbForm", "Fin") || self.below(verb, &["aux"]).next().is_some();
        if !finite {
            return None;
        }
        let bare = |child: usize| {
            let named = self.is_name(child) || (self.words.cases && !self.resolve(child).is_empty());
            let case = self.tree.words[child].feats.get("Case");
            named && self.preposition(child).is_empty() && (!self.words.cases || matches!(case, None | Some("Nom")))
        };
        let relative = self.below(verb, &["obj"]).any(|object| object < verb && self.is_relative(object));
        let before = self.children(verb).iter().copied().filter(|&child| child < verb && bare(child));
        let places =
            ["advmod", "amod", "obl", "nmod", "dislocated", "dep", "vocative", "parataxis", "appos", "compound"];
        let more = |child: usize| self.words.cases && matches!(self.base(child), "obj" | "iobj");
        if let Some(name) = before.clone().find(|&child| places.contains(&self.base(child)) || more(child)) {
            return Some(name);
        }
        self.below(verb, &["obj"]).find(|&object| relative && object > verb && !self.resolve(object).is_empty())
    }

    /// Who does what the infinitive `verb` below `head` tells: the object of `head` that names somebody, else its subject.
    fn controller(&self, head: usize, verb: usize, depth: usize) -> Vec<usize> {
        if !self.words.lists.subject_control.contains(self.lemma(head)) && !self.is_passive(head) {
            let others = self.children(head).iter().copied().filter(|&other| {
                let relation = self.relation(other);
                let dative = relation == "obl:arg" || self.has(other, "Case", "Dat");
                // "по данным X": a dative, and yet to nobody.
                let dative = dative && (!self.words.cases || self.preposition(other).is_empty());
                let object = matches!(self.base(other), "obj" | "iobj") || (self.base(other) == "obl" && dative);
                object && other < verb && !self.resolve(other).is_empty()
            });
            let found: Vec<usize> = others.collect();
            if !found.is_empty() || self.words.lists.object_control.contains(self.lemma(head)) {
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
            _ => self.bearers(noun, depth),
        }
    }

    /// Who does what a verb tells.
    pub(super) fn doer(&self, verb: usize) -> Vec<usize> {
        if !self.is_passive(verb) {
            return self.surface_subject(verb, 0);
        }
        let own = self.agents(verb);
        if !own.is_empty() {
            return own;
        }
        if self.base(verb) == "conj" {
            // "produit et vendu par X": the agent stands below the last; the first is asked for by its neighbour.
            return self.head(verb).map(|head| self.agents(head)).unwrap_or_default();
        }
        self.below(verb, &["conj"]).flat_map(|other| self.agents(other)).collect()
    }

    /// Who does what a passive verb, a participle or a noun tells; "in 2003 by X" may hang one word too low.
    pub(super) fn agents(&self, word: usize) -> Vec<usize> {
        let is_agent = |agent: usize| {
            self.relation(agent) == "obl:agent"
                || self.words.lists.by.contains(&self.preposition(agent))
                || (self.words.cases && self.is_instrumental(agent, word))
        };
        let own: Vec<usize> =
            self.children(word).iter().copied().filter(|&agent| self.is_nominal(agent) && is_agent(agent)).collect();
        if !own.is_empty() {
            return own;
        }
        let low =
            self.below(word, &["obl", "nmod", "obj", "nsubj"]).flat_map(|child| self.children(child).iter().copied());
        low.filter(|&agent| agent > word && self.words.lists.by.contains(&self.preposition(agent))).collect()
    }

    /// A bare instrumental; of a name, whose case is guessed, any case but the nominative right behind the participle.
    fn is_instrumental(&self, agent: usize, word: usize) -> bool {
        if !self.preposition(agent).is_empty() || self.base(agent) == "nsubj" {
            return false;
        }
        let instrumental = self.has(agent, "Case", "Ins")
            || self.below(agent, &["flat", "appos"]).any(|part| self.has(part, "Case", "Ins"));
        instrumental
            || (self.is_verb(word)
                && self.is_passive(word)
                && self.name_after(word) == Some(agent)
                && self.tree.words[agent].feats.get("Case").is_none())
    }

    /// To whom a verb does what it tells.
    pub(super) fn done_to(&self, verb: usize) -> Vec<usize> {
        if self.is_passive(verb) {
            return self.surface_subject(verb, 0);
        }
        let own = self.objects(verb);
        if !own.is_empty() {
            return own;
        }
        let clitics = self.clitics(verb, &["iobj", "nsubj"]);
        if !clitics.is_empty() {
            return clitics;
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
        let partitive = |word: &usize| *word > verb && self.words.lists.partitive.contains(&self.preposition(*word));
        let mut partitives = self.below(verb, &["obl"]).filter(partitive);
        let article = |word: usize| {
            let case = self.below(word, &["case"]).next();
            let behind = case.is_some_and(|case| self.upos(case + 1) == Upos::Det);
            behind || self.below(word, &["det"]).next().is_some()
        };
        if let Some(object) = partitives.find(|&word| article(word)) {
            return vec![object];
        }
        // A bare name right behind the verb, whatever it was taken for.
        let name = self.name_after(verb).filter(|&name| {
            let misread = matches!(
                self.base(name),
                "xcomp" | "ccomp" | "obl" | "list" | "appos" | "parataxis" | "flat" | "nmod" | "dep"
            );
            misread && self.head(name) == Some(verb) && self.preposition(name).is_empty()
        });
        name.into_iter().collect()
    }

    pub(super) fn objects(&self, verb: usize) -> Vec<usize> {
        let mut all: Vec<usize> = self.below(verb, &["obj"]).collect();
        if all.len() > 1 && all.iter().any(|&object| object < verb && self.is_relative(object)) {
            all.retain(|&object| object < verb);
        }
        // "uses Nvidia chips", both taken for objects: the first only describes the second.
        if let [first, second] = all[..]
            && first + 1 == second
            && self.is_name(first)
            && !self.is_named(second)
        {
            // "uses H9 chips": the product is what is used.
            let thing = self.participant(first).is_some_and(|number| self.participants[number].is_thing());
            return vec![if thing { first } else { second }];
        }
        if self.words.cases && all.len() > 1 && self.below(verb, &["nsubj"]).next().is_none() {
            all.retain(|&object| object > verb);
        }
        all
    }

    /// Whether a word is "nous", "lui" or "l'" right before its verb, with at least as much before it as a subject takes.
    fn is_object_clitic(&self, word: usize, verb: usize) -> bool {
        if word >= verb || word == 0 || !self.words.lists.reference.clitics.contains(self.form(word)) {
            return false;
        }
        (word + 1..verb).all(|at| matches!(self.upos(at), Upos::Aux | Upos::Adv) || self.is_short_pronoun(at))
    }

    /// "nous a inscrits", "nous demande de": pronouns right before a verb that has another subject, as the parser may call them.
    fn clitics(&self, verb: usize, relations: &[&str]) -> Vec<usize> {
        let clitics = self.children(verb).iter().copied();
        let found = clitics.filter(|&word| {
            let relation = relations.contains(&self.base(word)) || self.relation(word) == "expl:pv";
            relation && self.participant(word).is_some() && self.is_object_clitic(word, verb)
        });
        let other = |word: usize| self.below(verb, &["nsubj"]).any(|subject| subject != word);
        found.filter(|&word| other(word)).collect()
    }

    /// To whom something is given.
    pub(super) fn recipients(&self, verb: usize) -> Vec<usize> {
        let mut own: Vec<usize> = self.below(verb, &["iobj"]).collect();
        if own.iter().all(|&word| self.resolve(word).is_empty()) {
            own.extend(self.clitics(verb, &["obj", "nsubj"]));
        }
        let passive = own.is_empty() && self.below(verb, &["obj"]).next().is_some();
        let passive = passive && self.children(verb).iter().any(|&child| self.relation(child) == "aux:pass");
        if passive { self.surface_subject(verb, 0) } else { own }
    }

    /// Whether a word is a noun, a name or a pronoun.
    pub(super) fn is_nominal(&self, word: usize) -> bool {
        matches!(self.upos(word), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym)
            || self.participant(word).is_some()
    }
}
