//! Where a negation stands: below its word, beside it, on its subject or object, in one half or two.

use relata_grammar::Upos;
use relata_model::Span;

use super::parsed::Parsed;

impl Parsed<'_> {
    /// The word that negates a word or its determiner, if one does: "ne … que" and "not only" do not.
    pub(super) fn negation(&self, word: usize) -> Option<Span> {
        let negates = |child: usize| {
            self.words.lists.negation.contains(self.form(child)) && !self.is_named(child) && !self.is_restriction(child)
        };
        let stops = |child: usize| self.words.lists.no_longer.contains(self.form(child)) && !self.is_named(child);
        let below = |word: usize| {
            let own = self.children(word).iter().copied().filter(|&child| self.base(child) != "conj");
            own.clone().find(|&child| negates(child) && self.base(child) != "case")
        };
        if !self.is_verbal(word) {
            let of_copula = self.below(word, &["cop", "aux"]).next().and_then(|_| self.beside_particle(word));
            return below(word).or(of_copula).map(|child| self.span(child));
        }
        // "aucun accord", "personne": on a subject or an object, and then on the verb.
        let on_argument = || {
            self.below(word, &["nsubj", "obj"]).find_map(|argument| {
                if negates(argument) {
                    Some(argument)
                } else {
                    self.below(argument, &["det", "advmod"]).find(|&child| negates(child))
                }
            })
        };
        if !self.words.particles.is_empty() {
            // A language whose negation has two halves: the first stands right before the finite verb.
            let particle = self.particle(word)?;
            let second = self.beside_particle(word).or_else(|| below(word)).or_else(on_argument);
            let stopped = || self.children(word).iter().copied().find(|&child| child > particle && stops(child));
            return second.or_else(stopped).map(|child| self.span(child));
        }
        // Between the first auxiliary and the verb, or right before it, whatever it hangs by.
        let first = self.below(word, &["aux"]).filter(|&child| child < word).min().unwrap_or(word.saturating_sub(1));
        let near = (first..word).find(|&child| negates(child) && !matches!(self.base(child), "det" | "cc"));
        let auxiliary = || self.below(word, &["aux", "cop"]).find_map(below);
        // "no longer": the negation below the adverb.
        let longer = || self.children(word).iter().copied().find(|&child| stops(child) && below(child).is_some());
        near.or_else(|| below(word))
            .or_else(longer)
            .or_else(auxiliary)
            .or_else(on_argument)
            .map(|child| self.span(child))
    }

    /// The finite word of a verb group: the verb or its first auxiliary or copula.
    fn finite(&self, word: usize) -> usize {
        self.below(word, &["aux", "cop"]).filter(|&child| child < word).min().unwrap_or(word)
    }

    /// The first half of a negation before the finite verb: "ne".
    fn particle(&self, word: usize) -> Option<usize> {
        const REACH: usize = 4;
        let finite = self.finite(word);
        let mut before = (finite.saturating_sub(REACH)..finite).rev();
        let own = before.by_ref().take_while(|&at| {
            self.words.particles.contains(self.form(at)) || matches!(self.upos(at), Upos::Pron | Upos::Adv | Upos::Part)
        });
        let mut own = own.filter(|&at| self.words.particles.contains(self.form(at)));
        own.next().or_else(|| {
            self.children(word).iter().copied().find(|&child| self.words.particles.contains(self.form(child)))
        })
    }

    /// The second half of a negation right behind the finite verb, whatever it hangs by: "pas", "plus".
    pub(super) fn beside_particle(&self, word: usize) -> Option<usize> {
        const REACH: usize = 3;
        self.particle(word)?;
        let finite = self.finite(word);
        let behind = (finite + 1..(finite + 1 + REACH).min(self.len())).take_while(|&at| {
            matches!(self.upos(at), Upos::Adv | Upos::Pron | Upos::Part | Upos::Det | Upos::Aux) || at == word
        });
        let mut halves = behind.filter(|&at| {
            let form = self.form(at);
            (self.words.lists.negation.contains(form) || self.words.lists.no_longer.contains(form))
                && !self.is_restriction(at)
        });
        halves.next()
    }

    /// Whether a negation only opens "not only".
    fn is_restriction(&self, negation: usize) -> bool {
        let next = (negation + 1 < self.len()).then(|| format!("{} {}", self.form(negation), self.form(negation + 1)));
        next.is_some_and(|phrase| self.words.no_negation.contains(&phrase))
    }
}
