//! Who is responsible for what a sentence says: "selon X, …", "X a déclaré que …", "« … », estime X".

use relata_model::{Attribution, Evidence, Span};
use rustc_hash::FxHashSet;

use super::phrases::Phrases;
use super::symbols::{self, Symbol, class_items};
use super::tokens::{Participant, SYMBOL_BYTES, Tokens};
use crate::expression::Expression;
use crate::verbs::UnknownVerb;

/// A part of a sentence for which somebody is made responsible.
#[derive(Clone, Debug)]
pub(super) struct Attributed {
    /// What is claimed.
    pub(super) scope: Span,
    /// By whom.
    pub(super) by: Attribution,
    /// Whether a word opens the claim: without one, what somebody says of himself may be no claim ("Novalis announced Alpha").
    pub(super) opened: bool,
}

impl Attributed {
    /// Whether a passage is claimed: all of it, or what somebody says of himself ("Novalis affirme avoir investi en …").
    pub(super) fn covers(&self, evidence: &Evidence) -> bool {
        if !self.by.span.overlaps(evidence.quote) {
            return self.scope.contains(evidence.quote);
        }
        let of_himself = |end: Option<Span>| end.is_some_and(|end| end.overlaps(self.by.span));
        let claimed = |end: Option<Span>| end.is_some_and(|end| self.scope.contains(end));
        self.opened
            && ((of_himself(evidence.subject) && claimed(evidence.object))
                || (of_himself(evidence.object) && claimed(evidence.subject)))
    }
}

/// How a language makes somebody responsible, as expressions over symbols.
#[derive(Debug)]
pub(super) struct Attributions {
    /// "selon l'agence Méridien,": the words up to a comma, a verb or the end.
    according_to: Expression,
    /// "X a déclaré (hier) que": who, and where the claim begins.
    says_that: Expression,
    /// "Un responsable a déclaré que": nobody that has a name.
    somebody_says_that: Expression,
    /// "…, a déclaré X", ", selon X".
    said_by: Expression,
    /// "“…,” Ana Roy said": the name before the verb.
    quoted_by: Expression,
    /// "…, people familiar with the matter said.", "…, assure son directeur.": at the end of a sentence.
    tail: [Expression; 2],
    /// A quotation.
    quotation: Expression,
    /// Verbs of saying, first words of "according to" and quotation marks: a sentence without any makes nobody responsible.
    marks: FxHashSet<Symbol>,
}

impl Attributions {
    /// Compiles the expressions of the language that `phrases` is of.
    ///
    /// # Errors
    /// When a list names a verb that cannot be conjugated.
    pub(super) fn new(phrases: &Phrases) -> Result<Self, UnknownVerb> {
        let words = &phrases.lexicon().words.attribution;
        let items = |marks: &[&str]| -> String {
            let symbols: Vec<char> = marks.iter().flat_map(|mark| phrases.words.symbols(mark)).collect();
            class_items(&symbols)
        };
        let class = |marks: &[&str]| format!("[{}]", items(marks));
        let mention = format!("[{}]", symbols::all_mentions());
        let stops = items(&[",", ";", ":", ".", "!", "?", "(", ")", "\"", "–"]);
        let stop = format!("[{stops}]");
        let inside = symbols::except(&stops);
        let according = phrases.alternatives(&words.according_to)?;
        let said: Vec<String> = words.say.iter().map(|verb| format!("{{{verb}}}")).collect();
        let said = phrases.alternatives(&said)?;
        let mut marks: FxHashSet<Symbol> = phrases.words.symbols("\"").into_iter().collect();
        for verb in &words.say {
            let forms = phrases.lexicon().verbs.forms(verb)?;
            marks.extend(forms.iter().flat_map(|form| phrases.words.symbols(&form.text)));
        }
        for phrase in &words.according_to {
            marks.extend(phrase.split(' ').take(1).flat_map(|word| phrases.words.symbols(word)));
        }
        let auxiliary = phrases.alternatives(&phrases.lexicon().words.group.auxiliaries)?;
        let filler = phrases.alternatives(&phrases.lexicon().words.group.fillers)?;
        let that = phrases.alternatives(&words.that)?;
        let comma = class(&[","]);
        // Plain words open no clause of their own.
        let that_symbols: Vec<char> = words.that.iter().flat_map(|word| phrases.words.symbols(word)).collect();
        let plain = symbols::except(&(class_items(&that_symbols) + &symbols::all_mentions() + &stops));
        let group = format!("(?:{filler})*(?:{auxiliary})?(?:{filler})*(?:{said}){inside}{{0,6}}?{comma}?");
        let begin = format!("(?:{that})|{}", class(&[":", "\""]));
        let optional = if words.that_optional { "?" } else { "" };
        let end = format!("{}*$", class(&[".", "!", "?", "…", "\""]));
        let build = Expression::new;
        Ok(Self {
            marks,
            according_to: build(format!("(?P<cue>(?:{according}){inside}{{1,10}}?)(?:{stop}|$)")),
            // "чиновник" and "spokesman" may stand between a name and its verb.
            says_that: build(format!(
                "(?P<who>{mention})(?:{comma}{inside}{{1,14}}{comma}|{plain}{{0,2}})(?P<cue>{group})(?P<that>{begin}){optional}"
            )),
            somebody_says_that: build(format!("(?P<cue>{plain}{{1,4}}?{group})(?P<that>{begin})")),
            said_by: build(format!(
                "{}{{1,3}}(?P<cue>(?:{filler})*(?:{auxiliary})?(?:{filler})*(?:{said}){plain}{{0,6}}?(?P<who>{mention}))",
                class(&[",", "\"", "!", "?"])
            )),
            quoted_by: build(format!(
                "{}(?P<who>{mention})(?P<cue>(?:{filler})*(?:{auxiliary})?(?:{filler})*(?:{said}))",
                class(&["\""])
            )),
            tail: [
                build(format!(
                    "{comma}{}?(?P<cue>{inside}{{1,7}}?(?:{filler})*(?:{auxiliary})?(?:{filler})*(?:{said}){plain}{{0,4}}?){end}",
                    class(&["\""])
                )),
                build(format!(
                    "{comma}{}?(?P<cue>(?:{filler})*(?:{auxiliary})?(?:{filler})*(?:{said}){inside}{{1,7}}?){end}",
                    class(&["\""])
                )),
            ],
            quotation: build(format!("{q}{}{{2,}}{q}?", symbols::except(&items(&["\""])), q = class(&["\""]))),
        })
    }

    /// Every attributed part of a sentence, in no particular order.
    pub(super) fn find(&self, sentence: Span, tokens: &Tokens, participants: &[Participant]) -> Vec<Attributed> {
        let mut found = Vec::new();
        if !tokens.symbols.chars().any(|symbol| self.marks.contains(&symbol)) {
            return found;
        }
        let token = |byte: usize| byte / SYMBOL_BYTES;
        let entity_in = |range: std::ops::Range<usize>| {
            let inside = tokens.participants[range].iter().flatten();
            inside.copied().next().map(|number| participants[number].entity.clone())
        };
        for captures in self.according_to.captures_iter(&tokens.symbols) {
            let cue = captures.name("cue").expect("the group is not optional");
            let range = token(cue.start())..token(cue.end());
            let by = Attribution { span: tokens.span(range.clone()), entity: entity_in(range) };
            found.push(Attributed { scope: sentence, by, opened: false });
        }
        for captures in self.says_that.captures_iter(&tokens.symbols) {
            let [who, cue] = ["who", "cue"].map(|name| captures.name(name).expect("the group is not optional"));
            let opened = captures.name("that").is_some();
            let that = captures.name("that").unwrap_or(cue);
            let who = token(who.start())..token(who.end());
            let span = tokens.span(who.start..token(cue.end()));
            let said = tokens.span(token(that.start())..token(that.end())).end();
            let scope = Span::new(said, sentence.end().max(said));
            found.push(Attributed { scope, by: Attribution { span, entity: entity_in(who) }, opened });
        }
        for captures in self.somebody_says_that.captures_iter(&tokens.symbols) {
            let [cue, that] = ["cue", "that"].map(|name| captures.name(name).expect("the group is not optional"));
            let span = tokens.span(token(cue.start())..token(cue.end()));
            let said = tokens.span(token(that.start())..token(that.end())).end();
            if found.iter().all(|known: &Attributed| !known.by.span.overlaps(span)) {
                let scope = Span::new(said, sentence.end().max(said));
                found.push(Attributed { scope, by: Attribution { span, entity: None }, opened: true });
            }
        }
        for captures in self.tail.iter().filter_map(|tail| tail.captures(&tokens.symbols)) {
            let cue = captures.name("cue").expect("the group is not optional");
            let range = token(cue.start())..token(cue.end());
            let span = tokens.span(range.clone());
            if found.iter().all(|known: &Attributed| !known.by.span.overlaps(span)) {
                let by = Attribution { span, entity: entity_in(range) };
                found.push(Attributed { scope: Span::new(sentence.start(), span.start()), by, opened: true });
            }
        }
        let quoted = self.said_by.captures_iter(&tokens.symbols).chain(self.quoted_by.captures_iter(&tokens.symbols));
        for captures in quoted {
            let [who, cue] = ["who", "cue"].map(|name| captures.name(name).expect("the group is not optional"));
            let span = tokens.span(token(cue.start())..token(cue.end()));
            let scope = Span::new(sentence.start(), span.start());
            let quoted = self.quotation.find(&tokens.symbols[..cue.start()]);
            let scope = quoted.map_or(scope, |place| tokens.span(token(place.start())..token(place.end())));
            found.push(Attributed {
                scope,
                by: Attribution { span, entity: entity_in(token(who.start())..token(who.end())) },
                opened: true,
            });
        }
        found
    }
}
