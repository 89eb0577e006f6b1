//! Whose words a document's sentences are: turns of a dialogue ("X : …", "I. V. : …") and sections that a heading gives to one
//! speaker ("Discours de X").

use relata_model::{Attribution, EntityId, EntityType, Schema, Sentence, SentenceKind, Span};

use super::anaphora::Antecedent;
use super::frames::Voice;
use super::tokens::{Participant, fold};

/// Follows who speaks, sentence by sentence.
#[derive(Debug)]
pub(super) struct Turns<'t> {
    /// Words of headings over somebody's own words, folded: "discours", "entretien".
    speeches: &'t [String],
    person: Option<EntityType>,
    /// The first letters of everybody named so far, newest last.
    initials: Vec<(String, Antecedent)>,
    turn: Option<Turn>,
}

/// Somebody's turn.
#[derive(Clone, Debug)]
struct Turn {
    speaker: Antecedent,
    /// The words that give it to them.
    label: Span,
    until: Until,
}

/// How long a turn lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Until {
    /// Up to the next label or heading.
    NextLabel,
    /// Up to the next heading that gives the section to somebody.
    NextSpeech,
    /// Up to the quotation mark that closes.
    Closed,
    /// One sentence.
    Sentence,
}

/// What a sentence is of a turn.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) voice: Voice,
    pub(super) by: Attribution,
}

/// How long a label may be, in bytes: a name and a post.
const LABEL: usize = 120;

const OPENING: [char; 4] = ['«', '“', '„', '"'];
const CLOSING: [char; 3] = ['»', '”', '"'];

impl<'t> Turns<'t> {
    pub(super) fn new(speeches: &'t [String], schema: &Schema) -> Self {
        Self { speeches, person: schema.entity_type("Person").ok(), initials: Vec::new(), turn: None }
    }

    /// Takes note of the next sentence; tells whose words it is, or a part of it, if it is somebody's.
    pub(super) fn enter(
        &mut self,
        text: &str,
        sentence: &Sentence,
        participants: &[Participant],
        schema: &Schema,
    ) -> Option<Told> {
        let span = sentence.span;
        let people: Vec<&Participant> = participants
            .iter()
            .filter(|participant| {
                self.person.as_ref().is_some_and(|person| schema.is_a(&participant.entity_type, person))
            })
            .collect();
        let who = |participant: &Participant| (participant.entity.clone(), participant.entity_type.clone());
        for participant in &people {
            let known = (initials(participant.span.of(text)), who(participant));
            self.initials.retain(|other| *other != known);
            self.initials.push(known);
        }
        let words = span.of(text);
        if sentence.kind == SentenceKind::Heading {
            self.turn = self.turn.take().filter(|turn| turn.until == Until::NextSpeech);
            let folded = fold(words);
            let speech =
                folded.split(|c: char| !c.is_alphanumeric()).any(|word| self.speeches.iter().any(|one| one == word));
            if speech {
                let mut speakers: Vec<&EntityId> = people.iter().map(|participant| &participant.entity).collect();
                speakers.dedup();
                self.turn = people.first().filter(|_| speakers.len() == 1).map(|participant| Turn {
                    speaker: who(participant),
                    label: span,
                    until: Until::NextSpeech,
                });
                return None;
            }
        }
        let mut begin = span.start();
        if let Some(label) = self.label(text, span, &people) {
            begin = label.end;
            let said = text[label.end..span.end()].trim_start_matches([':', ' ', '\u{a0}', '\u{202f}']);
            let until = if sentence.kind != SentenceKind::Prose {
                Until::Sentence
            } else if said.starts_with(OPENING) {
                Until::Closed
            } else {
                Until::NextLabel
            };
            match label.speaker {
                Some(speaker) => self.turn = Some(Turn { speaker, label: Span::new(span.start(), label.end), until }),
                None => self.turn = self.turn.take().filter(|turn| turn.until == Until::NextSpeech),
            }
        }
        let turn = self.turn.clone()?;
        let ends = match turn.until {
            Until::Sentence => true,
            Until::Closed => words.trim_end_matches(['.', ' ', '!', '?']).ends_with(CLOSING),
            Until::NextLabel | Until::NextSpeech => false,
        };
        if ends {
            self.turn = None;
        }
        let scope = Span::new(begin, span.end().max(begin));
        let by = Attribution { span: turn.label, entity: Some(turn.speaker.0.clone()) };
        Some(Told { voice: Voice { scope, speaker: turn.speaker }, by })
    }

    /// The label that a sentence begins with: "X :", "X (Y) :", "X, post :", "I. V. :", "Question :".
    fn label(&self, text: &str, sentence: Span, people: &[&Participant]) -> Option<Label> {
        let words = sentence.of(text);
        let colon = words.find(':').filter(|&at| at <= LABEL)?;
        let end = sentence.start() + colon + 1;
        let start = sentence.start() + (words.len() - words.trim_start_matches([' ', '-', '–', '—', '*', '•']).len());
        let head = text.get(start..end - 1)?.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
        let named = people.iter().find(|participant| participant.span.start() == start);
        if let Some(person) = named {
            let rest = text.get(person.span.end()..start + head.len())?;
            let alone = rest.is_empty() || rest.starts_with(',') || (rest.starts_with(" (") && rest.ends_with(')'));
            let speaker = (person.entity.clone(), person.entity_type.clone());
            return alone.then_some(Label { end, speaker: Some(speaker) });
        }
        let letters: String = head.chars().filter(|c| c.is_alphanumeric()).collect();
        let short = letters.chars().count() <= 3 && letters.chars().all(char::is_uppercase) && !letters.is_empty();
        if short && head.chars().all(|c| c.is_uppercase() || matches!(c, '.' | ' ' | '\u{a0}' | '-')) {
            let known = self.initials.iter().rev().find(|(known, _)| *known == letters);
            return Some(Label { end, speaker: known.map(|(_, who)| who.clone()) });
        }
        // Somebody without a name speaks: "Question :", "Le Quotidien :".
        let title = head.split_whitespace().count() <= 4 && head.chars().next().is_some_and(char::is_uppercase);
        (title && self.turn.is_some()).then_some(Label { end, speaker: None })
    }
}

struct Label {
    /// Behind its colon.
    end: usize,
    speaker: Option<Antecedent>,
}

/// The first letters of a name's words: "Jean-Paul Roy" is "JPR".
fn initials(name: &str) -> String {
    let words = name.split([' ', '\u{a0}', '-']);
    words.filter_map(|word| word.chars().next().filter(|first| first.is_uppercase())).collect()
}
