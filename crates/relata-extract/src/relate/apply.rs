//! Surface patterns applied to one sentence: where they match, and what the matches say.

use std::ops::Range;

use relata_model::{EntityId, EntityType, Evidence, Modality, Schema, Span};

use super::modality::VerbGroup;
use super::rule::{Compiled, ObjectIs};
use super::symbols::MentionKind;
use super::tokens::{Participant, SYMBOL_BYTES, Tokens};
use super::{Context, Key, Rule, Rules};

/// How many tokens may stand before the list that an opening phrase ends with: "Selon l'indice mondial de X, Y …".
const OPENING: usize = 14;

/// How many tokens before and after a match `unless` patterns may reach.
const MARGIN: usize = 4;

impl Rules {
    pub(super) fn matches(
        &self,
        rule: &Rule,
        pattern: &Compiled,
        text: &str,
        tokens: &Tokens,
        context: &Context<'_>,
    ) -> Vec<Match> {
        let mut all = Vec::new();
        let mut at = 0;
        // Where a match was refused, the next one may begin inside it.
        let mut refused = None;
        while let Some(captures) = pattern.regex(&self.phrases).captures_at(&tokens.symbols, at) {
            let range =
                |name: &str| captures.name(name).map(|group| group.start() / SYMBOL_BYTES..group.end() / SYMBOL_BYTES);
            let whole = captures.get(0).expect("group 0 always takes part");
            let whole = whole.start() / SYMBOL_BYTES..whole.end() / SYMBOL_BYTES;
            at = (whole.start + 1) * SYMBOL_BYTES;
            if pattern.begins_with_subject && !rule.anywhere {
                if self.is_governed(tokens, whole.start) {
                    // Of a refused match the first phrase is refused: others of its list may be subjects of their own.
                    refused = range("s").or_else(|| range("o"));
                    continue;
                }
                // "Selon l'indice de X, Y coopère": Y begins anew. "Les rivaux de X et Y coopèrent": it does not.
                let list = refused.as_ref().filter(|list: &&Range<usize>| list.contains(&whole.start));
                if list.is_some_and(|list| !self.begins_anew(tokens, whole.start, list)) {
                    continue;
                }
            }
            if rule.direct && range("o").is_some_and(|object| self.is_governed(tokens, object.start)) {
                continue;
            }
            let mut modality = rule.modality;
            let mut cue = None;
            if let (Some(verb), Some(form)) = (range("v"), range("form")) {
                let group = VerbGroup {
                    whole: verb,
                    auxiliary: range("aux"),
                    modals: range("mod").unwrap_or_default(),
                    passive: range("be").filter(|be| !be.is_empty()),
                    form,
                };
                let bare = captures.name("be").is_some() && group.passive.is_none();
                let read = if bare {
                    Some((Modality::Asserted, None))
                } else {
                    self.cues.read(text, tokens, &group, pattern.forms(&self.phrases))
                };
                let Some((found, words)) = read else { continue };
                if found > modality {
                    (modality, cue) = (found, words);
                }
            } else if let (Some(subject), Some(object)) = (range("s"), range("o"))
                && let Some((found, words)) = self.cues.governing(tokens, subject.end..object.start.max(subject.end))
                && found > modality
            {
                (modality, cue) = (found, Some(words));
            }
            let around = whole.start.saturating_sub(MARGIN)..(whole.end + MARGIN).min(tokens.spans.len());
            if rule.unless.iter().any(|unless| unless.regex(&self.phrases).is_match(tokens.slice(around.clone()))) {
                continue;
            }
            if range("v").is_none()
                && let Some(undone) = self.cues.undone(tokens, whole.end)
            {
                (modality, cue) = (Modality::Negated, Some(undone));
            }
            if let Some(denial) = self.cues.denial(tokens, whole.start) {
                (modality, cue) = (Modality::Negated, Some(denial));
            }
            if Modality::Hypothetical > modality {
                let asks = context.sentence.of(text).trim_end().ends_with('?');
                if let Some(doubt) = self.cues.doubt(tokens, whole.end) {
                    (modality, cue) = (Modality::Hypothetical, Some(doubt));
                } else if asks {
                    let mark = context.sentence.end() - 1;
                    (modality, cue) = (Modality::Hypothetical, Some(Span::new(mark, mark + 1)));
                }
            }
            let subject = range("s").unwrap_or(whole.start..whole.start);
            if modality != Modality::Asserted && cue.is_none() {
                cue = range("v").filter(|verb| !verb.is_empty()).map(|verb| tokens.span(verb));
                cue = cue.or_else(|| between(tokens, &subject, range("o")));
            }
            at = whole.end.max(whole.start + 1) * SYMBOL_BYTES;
            all.push(Match {
                subject,
                object: range("o"),
                verb: range("v"),
                role: range("role"),
                pairs: pattern.pairs,
                modality,
                cue,
            });
        }
        all
    }

    /// Whether the noun phrase that begins at token `start` stands after a preposition, and so is no subject.
    fn is_governed(&self, tokens: &Tokens, start: usize) -> bool {
        let sets = self.phrases.sets();
        let mut before = tokens.slice(0..start).chars().rev().skip_while(|symbol| {
            let article = sets.determiners.contains(symbol) && !sets.prepositions.contains(symbol);
            let title = sets.titles.contains(symbol);
            article || (title && !sets.prepositions.contains(symbol))
        });
        before.next().is_some_and(|symbol| sets.prepositions.contains(&symbol))
    }

    /// Whether a noun phrase inside a refused list stands behind a comma and joins nothing after it.
    fn begins_anew(&self, tokens: &Tokens, start: usize, list: &Range<usize>) -> bool {
        let sets = self.phrases.sets();
        // Only what opens a sentence is set apart so: "loin derrière la Chine, les États-Unis …" goes on.
        let opens =
            list.start <= OPENING && !tokens.slice(0..list.start).chars().any(|symbol| sets.comma.contains(&symbol));
        let before = tokens.slice(0..start).chars().next_back();
        opens
            && before.is_some_and(|symbol| sets.comma.contains(&symbol))
            && !tokens.slice(start..list.end.max(start)).chars().any(|symbol| sets.conjunctions.contains(&symbol))
    }

    pub(super) fn statements(
        &self,
        rule: &Rule,
        matched: &Match,
        tokens: &Tokens,
        context: &Context<'_>,
        schema: &Schema,
    ) -> Vec<(Key, Evidence)> {
        let text = &context.document.text;
        let subjects =
            self.participants_in(tokens, &matched.subject, context, matched.verb.as_ref().map(|_| End::Subject));
        let objects = matched
            .object
            .as_ref()
            .map(|range| self.participants_in(tokens, range, context, matched.verb.as_ref().map(|_| End::Object)));
        let post = matched.role.as_ref().map(|range| tokens.span(range.clone()));
        let mut statements = Vec::new();
        let mut add = |subject: &Participant,
                       object: Option<&Participant>,
                       object_entity: &EntityId,
                       object_type: &EntityType| {
            if subject.entity == *object_entity || !schema.admits(&subject.entity_type, &rule.relation, object_type) {
                return;
            }
            let spans =
                [object.map(|object| object.span), matched.verb.as_ref().map(|range| tokens.span(range.clone())), post];
            let quote = spans.into_iter().flatten().fold(subject.span, Span::hull);
            let swap = schema.relation_info(&rule.relation).symmetric && *object_entity < subject.entity;
            let mut ends = [
                (subject.entity.clone(), Some(subject.span)),
                (object_entity.clone(), object.map(|object| object.span)),
            ];
            if swap {
                ends.swap(0, 1);
            }
            let [(subject, subject_span), (object, object_span)] = ends;
            let evidence = Evidence {
                sentence: context.sentence,
                quote,
                rule: rule.id.clone(),
                subject: subject_span,
                object: object_span,
                cue: matched.cue.filter(|_| matched.modality != Modality::Asserted),
                attribution: None,
                role: post.map(|span| span.of(text).to_owned()),
                amount: None,
                time: None,
            };
            statements
                .push((Key { subject, relation: rule.relation.clone(), object, modality: matched.modality }, evidence));
        };
        for (number, subject) in subjects.iter().enumerate() {
            if matched.pairs {
                subjects[number + 1..]
                    .iter()
                    .for_each(|other| add(subject, Some(other), &other.entity, &other.entity_type));
            }
            match (&objects, context.country) {
                (Some(objects), _) => {
                    for object in objects {
                        add(subject, Some(object), &object.entity, &object.entity_type);
                    }
                }
                (None, country) => {
                    let known = match rule.object_is {
                        Some(ObjectIs::CountryOfDocument) => country,
                        Some(ObjectIs::OrganizationBefore) => context.organization,
                        None => None,
                    };
                    if let Some((entity, entity_type)) = known {
                        add(subject, None, entity, entity_type);
                    }
                }
            }
        }
        statements
    }

    /// Whether a participant is a person, an organization or a place, and no thing or notion that a name may be added to.
    fn is_proper(&self, participant: &Participant) -> bool {
        self.proper.get(participant.type_ordinal).copied().unwrap_or_default()
    }

    /// The participants of a list of noun phrases: its names; where a phrase has none ("les géants chinois"), its demonym.
    ///
    /// Beside a verb, two phrases with a bare comma between them are no list: the last is the subject, the first the object.
    fn participants_in<'c>(
        &self,
        tokens: &Tokens,
        range: &Range<usize>,
        context: &Context<'c>,
        beside_verb: Option<End>,
    ) -> Vec<&'c Participant> {
        let sets = self.phrases.sets();
        let mut phrases: Vec<Vec<&Participant>> = Vec::new();
        let mut bare = true;
        let (mut names, mut demonyms) = (Vec::new(), Vec::new());
        let mut depth = 0_usize;
        let symbols: Vec<char> = tokens.slice(range.clone()).chars().collect();
        let mut last: Option<(usize, bool)> = None;
        for (place, (symbol, number)) in symbols.into_iter().zip(&tokens.participants[range.clone()]).enumerate() {
            if sets.open.contains(&symbol) {
                depth += 1;
            } else if sets.close.contains(&symbol) {
                depth = depth.saturating_sub(1);
            } else if depth == 0 {
                match number.map(|number| &context.participants[number]) {
                    Some(participant) if participant.kind == MentionKind::Demonym => demonyms.push(participant),
                    Some(participant) => {
                        // "президент [России] [Владимир Путин]": of two names side by side the second is meant, but for
                        // "[GPU] [H20]", which are both.
                        let beside = last.is_some_and(|(at, root)| at + 1 == place && root);
                        if beside {
                            names.pop();
                        }
                        names.push(participant);
                        last = Some((place, self.is_proper(participant)));
                    }
                    None if sets.joins.contains(&symbol) => {
                        bare &= sets.comma.contains(&symbol);
                        phrases.push(std::mem::take(if names.is_empty() { &mut demonyms } else { &mut names }));
                        demonyms.clear();
                    }
                    None => {}
                }
            }
        }
        phrases.push(if names.is_empty() { demonyms } else { names });
        phrases.retain(|phrase| !phrase.is_empty());
        if let Some(end) = beside_verb.filter(|_| bare && phrases.len() == 2) {
            phrases.remove(match end {
                End::Subject => 0,
                End::Object => 1,
            });
        }
        phrases.concat()
    }
}

/// Which end of a statement a list is.
#[derive(Clone, Copy)]
enum End {
    Subject,
    Object,
}

/// The words between a subject and an object, whichever comes first.
fn between(tokens: &Tokens, subject: &Range<usize>, object: Option<Range<usize>>) -> Option<Span> {
    let object = object?;
    let (first, second) = if subject.end <= object.start { (subject, &object) } else { (&object, subject) };
    (first.end < second.start).then(|| tokens.span(first.end..second.start))
}

/// Where a pattern matched, in tokens.
pub(super) struct Match {
    pub(super) subject: Range<usize>,
    pub(super) object: Option<Range<usize>>,
    pub(super) verb: Option<Range<usize>>,
    pub(super) role: Option<Range<usize>>,
    pub(super) pairs: bool,
    pub(super) modality: Modality,
    pub(super) cue: Option<Span>,
}
