//! What the frames see of a sentence, in words: `relata rules trace`.

use std::fmt::Write as _;

use relata_model::Span;

use super::super::Rule;
use super::super::symbols::MentionKind;
use super::super::tokens::{Participant, fold};
use super::parsed::Parsed;
use super::{Frames, Past, Voice};

impl Frames {
    /// The words of a sentence with their grammar, the frames whose trigger it has, and what each found or lacked.
    pub(in crate::relate) fn trace(
        &self,
        rules: &[Rule],
        text: &str,
        sentence: Span,
        participants: &[Participant],
        past: Past<'_>,
        voices: &[Voice],
    ) -> String {
        let mut out = format!("{}\n", sentence.of(text).trim());
        let Some(parsed) = self.tree(text, sentence, participants, past, voices) else {
            return out + "  no grammar for this language\n";
        };
        for word in 0..parsed.len() {
            write_word(&mut out, &parsed, text, word);
        }
        let triggered = self.triggered(&fold(sentence.of(text)));
        if triggered.is_empty() {
            out += "  no frame has its trigger here\n";
        }
        for (number, place) in triggered {
            let (rule, frame) = (&rules[number], &rules[number].frames[place]);
            let openers: Vec<usize> = (0..parsed.len()).filter(|&word| parsed.opens(frame, word)).collect();
            if openers.is_empty() {
                let _ = writeln!(
                    out,
                    "  {} frame {}: no word fits as its trigger, with its conditions",
                    rule.id,
                    place + 1
                );
            }
            for word in openers {
                let names = |numbers: &[usize]| -> String {
                    if numbers.is_empty() {
                        return "nobody".to_owned();
                    }
                    let words = numbers.iter().map(|&number| told(&parsed.participants[number], text));
                    words.collect::<Vec<_>>().join(", ")
                };
                let subjects = parsed.filled(frame, &frame.subject, word, &rule.subject, &[]);
                let objects = parsed.filled(frame, &frame.object, word, &rule.object, &subjects);
                let stance = parsed.stance(word, Some(frame));
                let _ = writeln!(
                    out,
                    "  {} frame {} at \"{}\": subject {}; object {}; {}{}",
                    rule.id,
                    place + 1,
                    parsed.span(word).of(text),
                    names(&subjects),
                    names(&objects),
                    stance.modality.least_factual(frame.modality),
                    stance.cue.map(|cue| format!(" (\"{}\")", cue.of(text))).unwrap_or_default(),
                );
            }
        }
        out
    }
}

fn write_word(out: &mut String, parsed: &Parsed<'_>, text: &str, word: usize) {
    let named = parsed.participant(word).map(|number| {
        let participant = &parsed.participants[number];
        format!("  = {} {}", participant.entity_type, told(participant, text))
    });
    let _ = writeln!(
        out,
        "  {:>3} {:<18} {:<18} {:<6} {:>3} {:<12} {}{}",
        word + 1,
        parsed.span(word).of(text),
        parsed.lemma(word),
        parsed.upos(word),
        parsed.head(word).map_or(0, |head| head + 1),
        parsed.relation(word),
        parsed.tree.words[word].feats.as_str(),
        named.unwrap_or_default(),
    );
}

/// A participant in words; of a pronoun, whom it means.
fn told(participant: &Participant, text: &str) -> String {
    let words = participant.span.of(text);
    if participant.kind == MentionKind::Anaphor {
        format!("{words} → {}", participant.entity)
    } else {
        words.to_owned()
    }
}
