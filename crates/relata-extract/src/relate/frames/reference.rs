//! Words that stand where no name stands: pronouns, possessives, short descriptions, and the speaker's "we".

use relata_grammar::Upos;

use super::super::anaphora::Antecedent;
use super::super::symbols::MentionKind;
use super::super::tokens::Participant;
use super::antecedent::{Past, Voice};
use super::parsed::{DEPTH, Parsed};

/// Who may be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anybody who acts: a person, an organization, a place.
    Agent,
    Person,
    /// An organization or a place.
    NoPerson,
    Organization,
    Place,
    /// A product, an event, a programme.
    NamedThing,
}

/// A word that points back.
#[derive(Clone, Copy)]
pub(super) struct Pointer {
    pub(super) word: usize,
    pub(super) kind: Kind,
    pub(super) feminine: Option<bool>,
    /// Whether it means more than one.
    pub(super) several: bool,
}

impl Kind {
    pub(super) fn admits(self, participant: &Participant) -> bool {
        match self {
            Self::Agent => !participant.is_thing(),
            Self::Person => participant.is_person(),
            Self::NoPerson => participant.is_organization() || participant.is_place(),
            Self::Organization => participant.is_organization(),
            Self::Place => participant.is_place(),
            Self::NamedThing => participant.is_named_thing(),
        }
    }
}

impl Parsed<'_> {
    /// Gives the words that point back to somebody a participant: pronouns first, because possessives may point to them.
    pub(super) fn add_references(&mut self, past: Past<'_>, voices: &[Voice]) {
        for word in 0..self.len() {
            if self.is_named(word) {
                continue;
            }
            let meant = if let Some(pointer) = self.latter(word) {
                self.the_latter(&pointer, past).into_iter().collect()
            } else if let Some(pointer) = self.pronoun(word) {
                self.antecedents_of_pronoun(&pointer, past)
            } else if let Some(pointer) = self.description(word) {
                if pointer.several {
                    self.the_two(&pointer, past)
                } else {
                    self.antecedent_of_description(&pointer, past).into_iter().collect()
                }
            } else {
                self.speaker(word, past, voices).into_iter().collect()
            };
            self.add_reference(word, &meant, past);
            // "Les deux pays", with "pays" hung below "deux".
            if let Some(number) = self.head(word).filter(|&head| head + 1 == word && self.upos(head) == Upos::Num) {
                self.add_reference(number, &meant, past);
            }
        }
        for word in 0..self.len() {
            if !self.is_named(word)
                && let Some(pointer) = self.possessive(word)
            {
                let meant = self.antecedents_of_possessive(&pointer, past);
                self.add_reference(word, &meant, past);
            }
        }
    }

    fn add_reference(&mut self, word: usize, meant: &[Antecedent], past: Past<'_>) {
        let span = self.span(word);
        let participants =
            meant.iter().map(|who| Participant { span, kind: MentionKind::Anaphor, ..past.participant(who) });
        self.put(word, participants.collect());
    }

    /// A personal pronoun of the third person.
    fn pronoun(&self, word: usize) -> Option<Pointer> {
        let is = self.upos(word) == Upos::Pron
            && self.has(word, "Person", "3")
            && !self.has(word, "Reflex", "Yes")
            && !self.has(word, "Poss", "Yes")
            && matches!(self.base(word), "nsubj" | "obj" | "iobj" | "obl")
            && self.relation(word) != "nmod:poss";
        let form = self.form(word);
        let words = &self.words.lists.reference;
        // "Le Kremlin, lui, dénonce": the subject again.
        let comma = |at: Option<usize>| at.is_some_and(|at| at < self.len() && self.form(at) == ",");
        let stressed = comma(word.checked_sub(1)) && comma(Some(word + 1));
        (is && !stressed && !words.no_pronouns.contains(form)).then(|| self.pointer(word))
    }

    fn pointer(&self, word: usize) -> Pointer {
        let form = self.form(word);
        let words = &self.words.lists.reference;
        let kind = if words.persons.contains(form) {
            Kind::Person
        } else if words.no_persons.contains(form) {
            Kind::NoPerson
        } else {
            Kind::Agent
        };
        let feminine = match (words.feminine.contains(form), words.masculine.contains(form)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        };
        let several =
            words.several.contains(form) || self.has(word, "Number", "Plur") && !words.possessives.contains(form);
        Pointer { word, kind, feminine, several }
    }

    /// "son", "its", "leur": owners in the third person.
    fn possessive(&self, word: usize) -> Option<Pointer> {
        self.is_possessive_form(word).then(|| self.pointer(word))
    }

    fn is_possessive_form(&self, word: usize) -> bool {
        let words = &self.words.lists.reference;
        let form = self.form(word);
        // "leur" is a possessive below a noun and a pronoun below a verb.
        words.possessives.contains(form)
            || (words.several.contains(form)
                && (self.base(word) == "det" || self.relation(word) == "nmod:poss" || self.has(word, "Poss", "Yes")))
    }

    /// Whether a word is a possessive that stands for somebody.
    pub(super) fn is_possessive(&self, word: usize) -> bool {
        let first = self.words.lists.reference.own.contains(self.form(word));
        (first || self.is_possessive_form(word)) && self.participant(word).is_some()
    }

    /// "ce dernier", "celui-ci": the last one named.
    fn latter(&self, word: usize) -> Option<Pointer> {
        let words = &self.words.lists.reference;
        let argument = matches!(self.base(word), "nsubj" | "obj" | "iobj" | "obl" | "nmod" | "root");
        let several = self.has(word, "Number", "Plur");
        (argument && !several && words.latter.contains(self.form(word)) && self.is_bare(word)).then_some(Pointer {
            word,
            kind: Kind::Agent,
            feminine: None,
            several: false,
        })
    }

    /// Whether nothing but an article, numeral or preposition stands below a word.
    fn is_bare(&self, word: usize) -> bool {
        self.children(word).iter().all(|&child| {
            matches!(self.base(child), "det" | "case" | "punct" | "nummod" | "advmod" | "cc" | "mark" | "amod")
        })
    }

    /// Whom "nous", "je", "notre" mean in somebody's own words: the speaker, or for whom they speak.
    fn speaker(&self, word: usize, past: Past<'_>, voices: &[Voice]) -> Option<Antecedent> {
        let words = &self.words.lists.reference;
        let form = self.form(word);
        let span = self.span(word);
        let inside = voices.iter().filter(|voice| voice.scope.contains(span));
        let (person, _) = &inside.min_by_key(|voice| voice.scope.len())?.speaker;
        if words.we.contains(form) || words.ours.contains(form) {
            // A minister says "we" for the country, a manager for the firm.
            return past.spoken_for(person, Kind::Organization).or_else(|| past.spoken_for(person, Kind::Place));
        }
        // "notre pays"
        if words.places.contains(self.lemma(word))
            && self.below(word, &["det", "nmod"]).any(|child| words.ours.contains(self.form(child)))
        {
            return past.spoken_for(person, Kind::Place);
        }
        let own = words.own.contains(form) && !words.ours.contains(form);
        let own = own || words.me.contains(form);
        own.then(|| voices.iter().find(|voice| voice.speaker.0 == *person).map(|voice| voice.speaker.clone())).flatten()
    }

    /// "le groupe", "cette entreprise", "the country", "les deux pays": a noun with an article that says it is known, and no name
    /// of its own.
    fn description(&self, word: usize) -> Option<Pointer> {
        let words = &self.words.lists.reference;
        let lemma = self.lemma(word);
        let kind = if words.organizations.contains(lemma) {
            Kind::Organization
        } else if words.places.contains(lemma) {
            Kind::Place
        } else if words.people.contains(lemma) {
            Kind::Person
        } else if words.products.contains(lemma) {
            Kind::NamedThing
        } else {
            return None;
        };
        // "la puce" may be any; "cette puce" is one that was named.
        let articles = if kind == Kind::NamedThing { &words.demonstratives } else { &words.definite };
        let known = self.below(word, &["det", "amod"]).any(|article| articles.contains(self.form(article)));
        let bare = kind != Kind::NamedThing && words.definite.is_empty() && self.base(word) == "nsubj";
        let alone = self.children(word).iter().all(|&child| {
            let names = self.is_named(child) && (kind == Kind::Person || !self.is_adjective_of_place(child));
            let capital = self.upos(child) == Upos::Propn;
            let owned = matches!(self.base(child), "nmod" | "appos" | "compound" | "flat");
            // "le patron de X" is one person; "le groupe de X" is another group.
            let owned = owned && self.words.of.contains(&self.preposition(child));
            if kind == Kind::Person && owned { !self.resolve(child).is_empty() } else { !(names || capital || owned) }
        });
        // "the Chinese company X", whatever the tree makes of X.
        let next_is_name = word + 1 < self.len() && self.is_named(word + 1) && !self.is_adjective_of_place(word + 1);
        if next_is_name && kind != Kind::Person {
            return None;
        }
        // Right before it, whatever the tree makes of numerals.
        let before = |back: usize| word.checked_sub(back).map(|at| self.form(at));
        let two = before(1).is_some_and(|form| words.two.contains(form))
            && before(2).is_some_and(|form| words.definite.contains(form));
        let several = two || before(1).is_some_and(|form| words.both.contains(form));
        let one = !self.has(word, "Number", "Plur") && (known || bare);
        let is = self.upos(word) == Upos::Noun && alone && (several || one) && self.resolve(word).is_empty();
        is.then_some(Pointer { word, kind, feminine: None, several })
    }

    fn is_adjective_of_place(&self, word: usize) -> bool {
        self.participant(word).is_some_and(|number| self.participants[number].is_demonym())
    }

    /// The verb or predicate whose phrase a word belongs to.
    pub(super) fn clause(&self, word: usize) -> Option<usize> {
        let mut at = word;
        for _ in 0..DEPTH {
            let head = self.head(at)?;
            if matches!(self.base(at), "nsubj" | "obj" | "iobj" | "obl" | "xcomp" | "ccomp" | "advcl" | "conj" | "acl")
                && !self.is_nominal(head)
            {
                return Some(head);
            }
            at = head;
        }
        None
    }

    /// The word at the top of the noun phrase that a word belongs to.
    pub(super) fn top(&self, word: usize) -> usize {
        let mut at = word;
        for _ in 0..DEPTH {
            match self.head(at) {
                Some(head) if matches!(self.base(at), "appos" | "flat" | "nmod" | "det" | "compound" | "amod") => {
                    at = head;
                }
                _ => break,
            }
        }
        at
    }

    /// Subjects named before a word in its sentence that are no argument of the same verb.
    pub(super) fn subjects_before(&self, pointer: &Pointer) -> Vec<usize> {
        let own = self.clause(pointer.word);
        let subjects = (0..pointer.word).filter(|&word| {
            let top = self.top_without_preposition(word);
            self.is_name(word)
                && self.base(top) == "nsubj"
                && self.clause(top) != own
                && self.participant(word).is_some_and(|number| pointer.kind.admits(&self.participants[number]))
        });
        let mut numbers: Vec<usize> = subjects.filter_map(|word| self.participant(word)).collect();
        numbers.dedup_by(|a, b| self.participants[*a].entity == self.participants[*b].entity);
        numbers
    }

    /// The top of a name's own phrase: "le groupe X" goes up, "le patron de X" does not.
    fn top_without_preposition(&self, word: usize) -> usize {
        let mut at = word;
        for _ in 0..DEPTH {
            match self.head(at) {
                Some(head)
                    if matches!(self.base(at), "appos" | "flat" | "nmod" | "compound" | "amod")
                        && self.preposition(at).is_empty()
                        && !self.has(at, "Case", "Gen") =>
                {
                    at = head;
                }
                _ => break,
            }
        }
        at
    }

    /// "Quant à X, elle …".
    pub(super) fn set_apart(&self, pointer: &Pointer) -> Option<usize> {
        let verb = self.head(pointer.word).filter(|_| self.base(pointer.word) == "nsubj")?;
        let mut apart = self.below(verb, &["obl", "dislocated", "nmod", "advmod"]).filter(|&word| {
            word < pointer.word
                && (self.base(word) == "dislocated"
                    || self.words.lists.reference.topics.contains(&self.preposition(word)))
        });
        let number = apart.find_map(|word| self.participant(word))?;
        pointer.kind.admits(&self.participants[number]).then_some(number)
    }
}
