//! What stands behind a preposition or in a case.

use relata_grammar::Upos;

use super::frame::{Frame, Trigger};
use super::parsed::Parsed;

/// How deep below a trigger a complement is looked for that does not hang where it should.
const LOW: usize = 3;

impl Parsed<'_> {
    /// What stands behind a preposition, below the trigger, its `with` word, its light verb or a verb joined to it; last,
    /// anywhere below it in its clause, or beside it.
    pub(super) fn complements(&self, frame: &Frame, at: usize, words: &str, case: Option<&str>) -> Vec<usize> {
        for place in self.complement_places(frame, at) {
            let found: Vec<usize> =
                self.children(place).iter().flat_map(|&child| self.behind(child, words, case)).collect();
            if found.iter().any(|&word| !self.resolve(word).is_empty()) {
                return found;
            }
        }
        // What belongs to a noun stands right beside it: only other prepositions are looked for further away.
        if words.is_empty() || self.words.of.iter().any(|of| of == words) {
            return Vec::new();
        }
        let mut low = Vec::new();
        self.low_complements(at, words, case, LOW, &mut low);
        if low.is_empty() && frame.trigger == Trigger::Noun {
            let beside = self
                .head(at)
                .filter(|&head| self.is_verb(head))
                .into_iter()
                .flat_map(|head| self.children(head).iter().copied());
            low = beside
                .filter(|&other| other > at && self.base(other) != "nsubj")
                .flat_map(|other| self.behind(other, words, case))
                .collect();
            low.truncate(1);
        }
        low.retain(|&word| !self.resolve(word).is_empty());
        low.truncate(1);
        low
    }

    /// Below which words a complement of the trigger may hang, the likeliest first.
    fn complement_places(&self, frame: &Frame, at: usize) -> Vec<usize> {
        let mut places = vec![at];
        let with = |&child: &usize| frame.with.contains(self.lemma(child)) || frame.with.contains(self.form(child));
        let (low, high) = (self.below(at, &["obl", "advmod"]), self.children(at).iter().copied());
        // "ne dépend plus de X", "dépend à la fois de X": hung below what is no more than an adverb.
        let transparent =
            |&child: &usize| self.upos(child) == Upos::Adv || self.words.lists.transparent.contains(self.lemma(child));
        places.extend(low.filter(transparent));
        // "les sanctions russes contre X", with "contre X" hung below the adjective.
        places.extend(high.clone().filter(|&child| self.is_demonym(child)));
        places.extend(high.clone().filter(with));
        places.extend(high.flat_map(|child| self.children(child).iter().copied()).filter(with));
        if frame.trigger == Trigger::Verb {
            places.extend(self.below(at, &["conj", "xcomp"]).filter(|&other| {
                self.base(other) == "conj" && self.below(other, &["nsubj"]).next().is_none() && !self.is_nominal(other)
            }));
        } else {
            places.extend(self.named_by(at));
            places.extend(self.light_verb(at));
        }
        places
    }

    /// Complements in the clause of a word that hang too low: "livrer du gaz à X", with "à X" below "gaz".
    fn low_complements(&self, at: usize, words: &str, case: Option<&str>, depth: usize, found: &mut Vec<usize>) {
        if depth == 0 {
            return;
        }
        for &child in self.children(at) {
            let clause = matches!(self.upos(child), Upos::Verb | Upos::Aux)
                && !self.is_named(child)
                && matches!(self.base(child), "acl" | "advcl" | "ccomp" | "conj" | "parataxis" | "csubj" | "xcomp");
            if clause || matches!(self.base(child), "nsubj" | "conj") {
                continue;
            }
            if child > at {
                found.extend(self.behind(child, words, case));
            }
            self.low_complements(child, words, case, depth - 1, found);
        }
    }

    /// The word itself, or one below it, when it stands behind the words of a preposition: "avec X", "en faveur de X".
    fn behind(&self, word: usize, words: &str, case: Option<&str>) -> Vec<usize> {
        let adverb = self.upos(word) == Upos::Adv || self.upos(word) == Upos::Adp;
        if (!self.is_nominal(word) && !adverb) || self.base(word) == "nsubj" {
            return Vec::new();
        }
        let preposition = self.preposition(word);
        if preposition == words && !adverb {
            return if self.is_in_case(word, words, case) { vec![word] } else { Vec::new() };
        }
        if !words.contains(' ') || !words.starts_with(&preposition) {
            return Vec::new();
        }
        let below = self.below(word, &["nmod", "obl", "iobj"]);
        let phrase = |inner: usize| [preposition.as_str(), self.form(word), &self.preposition(inner)].join(" ");
        below.filter(|&inner| phrase(inner).trim() == words && self.is_in_case(inner, words, case)).collect()
    }

    /// Whether a word stands in a case; a name's is a guess, so that behind a preposition any will do.
    fn is_in_case(&self, word: usize, words: &str, case: Option<&str>) -> bool {
        let Some(case) = case else { return !words.is_empty() };
        let shown = self.tree.words[word].feats.get("Case");
        let named = self.participant(word).is_some();
        if words.is_empty() {
            let misread = named
                && case == "Dat"
                && self.head(word).is_some_and(|head| self.is_verb(head))
                && matches!(shown, None | Some("Gen" | "Loc"))
                && matches!(self.base(word), "iobj" | "obj" | "obl");
            return shown == Some(case) || misread;
        }
        let accusative = case == "Acc" && shown == Some("Loc") && !self.form(word).ends_with(['е', 'и']);
        shown == Some(case) || shown.is_none() || accusative || (named && case != "Acc" && case != "Loc")
    }
}
