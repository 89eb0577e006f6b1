//! As what a trigger is told: its own tense, mood and negation, then those of everything that governs it.

use relata_grammar::Upos;
use relata_model::{Modality, Span};

use super::frame::Frame;
use super::parsed::{DEPTH, Parsed};

/// A modality and the word that decides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::relate) struct Stance {
    pub(in crate::relate) modality: Modality,
    pub(in crate::relate) cue: Option<Span>,
}

impl Stance {
    fn add(&mut self, modality: Modality, cue: Span) {
        if modality > self.modality {
            (self.modality, self.cue) = (modality, Some(cue));
        }
    }
}

impl Parsed<'_> {
    /// As what the word `trigger` is told.
    pub(super) fn stance(&self, trigger: usize, frame: Option<&Frame>) -> Stance {
        let mut stance = Stance { modality: Modality::Asserted, cue: None };
        self.own(trigger, &mut stance);
        // Of the rule's own verbs the lexicon knows the tense better than the tagger.
        let form = self.form(trigger);
        if frame.is_some_and(|frame| frame.future.contains(form)) {
            stance.add(Modality::Planned, self.span(trigger));
        } else if frame.is_some_and(|frame| frame.real.contains(form))
            && self.below(trigger, &["aux", "cop"]).next().is_none()
            && matches!(stance.modality, Modality::Planned | Modality::Hypothetical)
            && stance.cue == Some(self.span(trigger))
        {
            stance = Stance { modality: Modality::Asserted, cue: None };
            if self.tells_end(trigger) {
                stance.add(Modality::Ended, self.span(trigger));
            }
        }
        if let Some(cue) = self.negation(trigger) {
            self.deny(trigger, cue, &mut stance);
        }
        let mut at = trigger;
        for _ in 0..DEPTH {
            let Some(head) = self.head(at) else { break };
            if !self.step(at, head, &mut stance) {
                break;
            }
            at = head;
        }
        stance
    }

    /// Takes into account how `head` governs `at`; `false`: nothing above reaches it.
    #[expect(clippy::too_many_lines, reason = "one arm a relation: the table is clearer in one piece")]
    fn step(&self, at: usize, head: usize, stance: &mut Stance) -> bool {
        let opening: Vec<usize> = self.below(at, &["mark", "case"]).filter(|&mark| mark < at).collect();
        let mark = opening.iter().map(|&mark| self.form(mark)).collect::<Vec<_>>().join(" ");
        let opened = |list: &super::words::WordSet| {
            list.contains(&mark)
                || opening.iter().any(|&word| list.contains(self.form(word)) || list.contains(&self.fixed(word)))
        };
        let cue = || opening.first().map_or_else(|| self.span(at), |&word| self.span(word));
        match self.base(at) {
            "xcomp" | "csubj" => {
                let known = self.words.governor(self.lemma(head), &mark);
                let infinitive = self.has(at, "VerbForm", "Inf");
                let planned = (infinitive && self.upos(head) == Upos::Verb).then_some(Modality::Planned);
                self.governed(head, known.or(planned), stance);
                true
            }
            "ccomp" => {
                if self.words.denying.contains(self.lemma(head)) {
                    self.governed(head, Some(Modality::Negated), stance);
                } else if self.words.saying.contains(self.lemma(head)) {
                    if let Some(cue) = self.negation(head) {
                        stance.add(Modality::Hypothetical, cue);
                    }
                    if self.is_nonfinite(at) && self.mood(head) == Modality::Hypothetical {
                        stance.add(Modality::Hypothetical, self.span(head));
                    }
                } else {
                    let known = self.words.governor(self.lemma(head), "");
                    self.governed(head, known, stance);
                }
                false
            }
            "advcl" | "acl" | "obl" | "nmod" if opened(&self.words.lists.without) => {
                stance.add(Modality::Negated, cue());
                false
            }
            "advcl" if opened(&self.words.lists.conditions) => {
                stance.add(Modality::Hypothetical, cue());
                false
            }
            "advcl" if !self.is_nonfinite(at) => false,
            // "has banned its hospitals from using …"
            "advcl" if self.words.governor(self.lemma(head), &mark) == Some(Modality::Negated) => {
                self.governed(head, Some(Modality::Negated), stance);
                false
            }
            "advcl" => {
                if self.has(at, "VerbForm", "Inf") && (opened(&self.words.lists.purposes) || opening.is_empty()) {
                    stance.add(Modality::Planned, cue());
                    return false;
                }
                let mood = self.mood(head);
                stance.add(mood, self.span(head));
                mood == Modality::Asserted
            }
            "acl" if self.has(at, "VerbForm", "Inf") => {
                let known = self.words.governor(self.lemma(head), "");
                self.governed(head, Some(known.unwrap_or(Modality::Planned)), stance);
                true
            }
            // "X n'est pas une entreprise qui fabrique …"
            "acl" if self.below(head, &["cop"]).next().is_some() => {
                self.governed(head, None, stance);
                true
            }
            // "rumours that X wants to buy Y"
            "acl" if self.below(at, &["mark"]).next().is_some() => {
                let known = self.words.governor(self.lemma(head), "");
                self.governed(head, known, stance);
                known.is_some()
            }
            "conj" => {
                let verbal = matches!(self.upos(at), Upos::Verb | Upos::Aux);
                let shares = self.is_nonfinite(at) && self.below(at, &["nsubj"]).next().is_none();
                if verbal && shares && !self.has(at, "VerbForm", "Inf") {
                    stance.add(self.mood(head), self.span(head));
                    if let Some(cue) = self.negation(head) {
                        stance.add(Modality::Negated, cue);
                    }
                }
                !verbal || shares
            }
            "obj" | "obl" | "nsubj" if self.is_verbal(head) => {
                if self.base(at) == "nsubj" && !self.is_passive(head) {
                    if self.words.undone.contains(self.form(head)) {
                        stance.add(Modality::Negated, self.span(head));
                    }
                    // "La rivalité s'est achevée", "a pris fin".
                    let known = self.ends_or_denies(head);
                    if known.is_some() {
                        self.governed(head, known, stance);
                    }
                    return known.is_some();
                }
                if self.words.undone.contains(self.form(head)) {
                    stance.add(Modality::Negated, self.span(head));
                }
                // "met fin à son partenariat": the noun beside the verb decides.
                // "ruled out an acquisition": the particle belongs to the verb.
                let particle = self.children(head).iter().find(|&&child| self.relation(child) == "compound:prt");
                let mark = particle.map_or(mark.as_str(), |&particle| self.form(particle));
                let known = self.words.governor(self.lemma(head), mark).or_else(|| self.ends_or_denies(head));
                // "n'a pas salué l'accord": only what carries out or governs the noun says whether it is.
                let lemma = self.lemma(head);
                if known.is_none()
                    && !self.words.lists.light.contains(lemma)
                    && !self.words.lists.becoming.contains(lemma)
                {
                    return false;
                }
                self.governed(head, known, stance);
                true
            }
            // "Une rencontre est envisageable."
            "nsubj" if self.upos(head) == Upos::Adj || self.is_nominal(head) => {
                let known = self.words.governor(self.lemma(head), "");
                let known = known.filter(|&known| known != Modality::Asserted && self.upos(head) == Upos::Adj);
                if known.is_some() {
                    self.governed(head, known, stance);
                }
                known.is_some()
            }
            "nmod" | "compound" => match self.words.governor(self.lemma(head), "") {
                Some(known) => {
                    self.governed(head, Some(known), stance);
                    true
                }
                None => false,
            },
            _ => false,
        }
    }

    /// Whether a verb, or the noun that is its object, ends or denies what it is said of: "s'achever", "prendre fin".
    fn ends_or_denies(&self, verb: usize) -> Option<Modality> {
        let words = std::iter::once(verb).chain(self.below(verb, &["obj"]));
        let known = words.filter_map(|word| self.words.governor(self.lemma(word), ""));
        known.filter(|known| matches!(known, Modality::Ended | Modality::Negated)).max()
    }

    /// A governing word, with its own tense, mood and negation.
    fn governed(&self, head: usize, known: Option<Modality>, stance: &mut Stance) {
        let span = self.span(head);
        match (known, self.negation(head)) {
            // "n'exclut pas de", "n'a pas démenti": no denial and no fact.
            (Some(Modality::Negated), Some(cue)) => stance.add(Modality::Hypothetical, cue),
            // "n'a pas cessé de": goes on.
            (Some(Modality::Ended), Some(_)) => {}
            (known, Some(cue)) => {
                stance.add(known.unwrap_or(Modality::Asserted), span);
                self.deny(head, cue, stance);
            }
            (Some(Modality::Ended), None) => {
                // "cessera de": it still goes on.
                let ended = if self.mood(head) == Modality::Asserted { Modality::Ended } else { Modality::Planned };
                stance.add(ended, span);
                self.own(head, stance);
                return;
            }
            (known, None) => stance.add(known.unwrap_or(Modality::Asserted), span),
        }
        self.own(head, stance);
    }

    fn deny(&self, word: usize, cue: Span, stance: &mut Stance) {
        let own = self.below(word, &["advmod", "det", "dep"]);
        let mut stopped = own.chain(self.beside_particle(word));
        let stopped = stopped.find(|&child| self.words.lists.no_longer.contains(self.form(child)));
        match stopped {
            Some(child) => stance.add(Modality::Ended, self.span(child)),
            None => stance.add(Modality::Negated, cue),
        }
    }

    /// Tense, mood, adverbs of doubt, adjectives.
    fn own(&self, word: usize, stance: &mut Stance) {
        let mood = self.mood(word);
        if mood != Modality::Asserted {
            stance.add(mood, self.span(word));
        }
        for child in self.children(word) {
            let (child, relation) = (*child, self.base(*child));
            let form = self.form(child);
            if matches!(relation, "advmod" | "parataxis" | "discourse" | "amod") && self.words.doubt.contains(form) {
                stance.add(Modality::Hypothetical, self.span(child));
            }
            if relation == "advmod" && !self.words.lists.negation.contains(form) {
                let known = self.words.governor(self.lemma(child), "");
                // "the then president" is none any more; "she then set up a firm" is only later.
                let ends = !self.is_verbal(word) || self.words.lists.formerly.contains(form);
                match known {
                    Some(Modality::Hypothetical) => stance.add(Modality::Hypothetical, self.span(child)),
                    Some(Modality::Ended) if ends => stance.add(Modality::Ended, self.span(child)),
                    _ => {}
                }
            }
            let adjective = matches!(relation, "amod") || (relation == "acl" && self.is_nonfinite(child));
            if adjective && !self.is_verbal(word) {
                if self.words.undone.contains(form) {
                    stance.add(Modality::Negated, self.span(child));
                } else if let Some(modality) = self
                    .words
                    .governor(self.lemma(child), "")
                    .filter(|_| self.upos(child) != Upos::Verb || relation == "amod")
                {
                    stance.add(modality, self.span(child));
                }
            }
        }
        if self.ended_in_time(word) {
            stance.add(Modality::Ended, self.span(word));
        }
        if ["ex-", "экс-"].iter().any(|former| self.form(word).starts_with(former)) {
            stance.add(Modality::Ended, self.span(word));
        }
    }

    /// "livrait jadis", "a dirigé jusqu'en 2020": what was until then and is no more.
    fn ended_in_time(&self, word: usize) -> bool {
        let past = |word: usize| matches!(self.tree.words[word].feats.get("Tense"), Some("Past" | "Imp"));
        if !((self.is_verb(word) && past(word)) || self.below(word, &["aux", "cop"]).any(past)) {
            return false;
        }
        self.tells_end(word)
    }

    /// Whether a word below says that what was is no more.
    fn tells_end(&self, word: usize) -> bool {
        self.children(word).iter().any(|&child| {
            let time = || {
                let preposition = self.preposition(child);
                let first = preposition.split(' ').next().unwrap_or_default();
                self.words.lists.until.contains(first) && self.form(child).starts_with(|c: char| c.is_ascii_digit())
            };
            self.words.lists.formerly.contains(self.form(child)) || time()
        })
    }

    /// What tense and mood say, the auxiliaries' too.
    fn mood(&self, word: usize) -> Modality {
        let of = |word: usize| {
            if self.has(word, "Mood", "Cnd") {
                Modality::Hypothetical
            } else if self.has(word, "VerbForm", "Fin")
                && ((self.has(word, "Tense", "Fut") && !self.has(word, "Aspect", "Imp"))
                    || (self.has(word, "Tense", "Fut") && self.upos(word) == Upos::Aux)
                    || (self.has(word, "Tense", "Pres") && self.has(word, "Aspect", "Perf")))
            {
                Modality::Planned
            } else {
                Modality::Asserted
            }
        };
        let auxiliaries = self.below(word, &["aux", "cop"]).map(|child| {
            let lemma = self.lemma(child);
            if self.words.lists.hypothetical_auxiliaries.contains(lemma)
                || self.words.lists.hypothetical_auxiliaries.contains(self.form(child))
            {
                Modality::Hypothetical
            } else if self.words.lists.planned_auxiliaries.contains(lemma) {
                Modality::Planned
            } else {
                of(child)
            }
        });
        let own = if self.is_verbal(word) { of(word) } else { Modality::Asserted };
        auxiliaries.fold(own, Modality::least_factual)
    }

    pub(super) fn is_verbal(&self, word: usize) -> bool {
        matches!(self.upos(word), Upos::Verb | Upos::Aux)
    }

    fn fixed(&self, word: usize) -> String {
        std::iter::once(word)
            .chain(self.below(word, &["fixed"]))
            .map(|part| self.form(part))
            .collect::<Vec<_>>()
            .join(" ")
    }
}
