//! What no single thing shows: the constraints of `shapes-sparql.ttl`, one function each.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Violation;
use super::about::{About, Value};
use crate::names::Space;

/// What must be remembered until the things that need it come.
#[derive(Default)]
pub(super) struct Across {
    symmetric: BTreeSet<String>,
    /// Direct triples between entities, by digest, each with what it says.
    direct: HashMap<u64, String>,
    /// Those that some statement accounts for.
    accounted: HashSet<u64>,
    /// Subject, predicate, object and modality of each statement, by digest.
    statements: HashSet<u64>,
    /// Length of each document.
    lengths: BTreeMap<String, usize>,
    /// The statement whose passages come.
    statement: Option<Told>,
    violations: Vec<Violation>,
}

/// A statement, and what its passages add up to.
struct Told {
    id: String,
    voice: String,
    role: Option<String>,
    time: Option<String>,
    amount: Option<String>,
    passages: Vec<Passage>,
}

struct Passage {
    voice: String,
    role: Option<String>,
    time: Option<String>,
    amount: Option<String>,
}

fn digest(parts: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

impl Across {
    /// Looks at a thing; gives what is wrong with it.
    pub(super) fn see(&mut self, about: &About) -> Vec<String> {
        let (space, local) = about.subject();
        match space {
            Space::Entity => self.entity(about),
            Space::Statement => {
                self.end_statement();
                return self.statement(about);
            }
            Space::Evidence => return self.evidence(about),
            Space::Document => {
                let length = about.relata("textLength").and_then(|value| value.text().parse().ok());
                self.lengths.insert(local.to_owned(), length.unwrap_or_default());
            }
            Space::Rel | Space::OwnRelation
                if about.of(Space::Rdf, "type").any(|value| value.text() == "SymmetricProperty") =>
            {
                self.symmetric.insert(local.to_owned());
            }
            _ => {}
        }
        Vec::new()
    }

    /// What is wrong once everything was seen.
    pub(super) fn finish(mut self) -> Vec<Violation> {
        self.end_statement();
        let extra = self.direct.iter().filter(|(key, _)| !self.accounted.contains(key));
        let message = "a direct triple stands only for what a document asserts in its own voice";
        let extra: Vec<Violation> =
            extra.map(|(_, triple)| Violation { subject: triple.clone(), message: message.to_owned() }).collect();
        self.violations.extend(extra);
        self.violations
    }

    fn entity(&mut self, about: &About) {
        let (_, subject) = about.subject();
        for ((space, predicate), value) in about.values() {
            if let (Space::Rel | Space::OwnRelation, Value::Name(Space::Entity, object)) = (space, value) {
                let key = digest(&[subject, predicate, object]);
                self.direct.insert(key, format!("ent:{subject} rel:{predicate} ent:{object}"));
            }
        }
    }

    fn statement(&mut self, about: &About) -> Vec<String> {
        let mut wrong = Vec::new();
        let rdf = |local| about.of(Space::Rdf, local).next().map_or("", Value::text);
        let (subject, predicate, object) = (rdf("subject"), rdf("predicate"), rdf("object"));
        let [modality, voice] = ["modality", "voice"].map(|name| about.relata(name).map_or("", Value::text));
        let symmetric = self.symmetric.contains(predicate);
        if modality == "asserted" && voice == "own" {
            let mut ways = vec![digest(&[subject, predicate, object])];
            if symmetric {
                ways.push(digest(&[object, predicate, subject]));
            }
            if !ways.iter().all(|way| self.direct.contains_key(way)) {
                wrong.push(
                    "a document asserts it in its own voice, so its direct triple must stand, both ways when the relation is \
                     symmetric"
                        .to_owned(),
                );
            }
            self.accounted.extend(ways);
        }
        let once = self.statements.insert(digest(&[subject, predicate, object, modality]));
        if !once || (symmetric && subject > object) {
            wrong.push(
                "subject, predicate, object and modality make one statement, and the ends of a symmetric one stand in \
                 code-point order"
                    .to_owned(),
            );
        }
        wrong.extend(bounds(about));
        self.statement = Some(Told {
            id: about.subject().1.to_owned(),
            voice: voice.to_owned(),
            role: text(about, "role"),
            time: text(about, "time"),
            amount: amount(about),
            passages: Vec::new(),
        });
        wrong
    }

    /// What the passages of the last statement lift to it.
    fn end_statement(&mut self) {
        let Some(told) = self.statement.take() else { return };
        let mut wrong = |message: &str| {
            self.violations.push(Violation { subject: format!("st:{}", told.id), message: message.to_owned() });
        };
        let own = told.passages.iter().any(|passage| passage.voice == "own");
        if (told.voice == "own") != own {
            wrong("a statement has the document's own voice exactly when one of its passages has");
        }
        let lifted = |of: &dyn Fn(&Passage) -> Option<&String>| -> Option<String> {
            let of_its_voice = told.passages.iter().filter(|passage| passage.voice == told.voice);
            let values: BTreeSet<&String> = of_its_voice.filter_map(of).collect();
            if values.len() == 1 { values.into_iter().next().cloned() } else { None }
        };
        if lifted(&|passage| passage.role.as_ref()) != told.role
            || lifted(&|passage| passage.time.as_ref()) != told.time
        {
            wrong("role and time stand on the statement exactly when its passages of the same voice give one value");
        }
        if lifted(&|passage| passage.amount.as_ref()) != told.amount {
            wrong("the amount stands on the statement exactly when its passages of the same voice give one");
        }
    }

    fn evidence(&mut self, about: &About) -> Vec<String> {
        let mut wrong = Vec::new();
        let voice = about.relata("voice").map_or("", Value::text);
        let sourced = about.relata("attributedTo").is_some() || about.relata("attributionText").is_some();
        if (voice == "attributed") != sourced {
            wrong.push("a passage is attributed exactly when it names a source or gives the words that do".to_owned());
        }
        wrong.extend(bounds(about));
        if !self.stands(about) {
            wrong.push(
                "quote and sentence are as long as their places say, the quote lies there in the sentence, the sentence in \
                 the text, and the words of both ends in the quote"
                    .to_owned(),
            );
        }
        if let Some(statement) = &mut self.statement {
            statement.passages.push(Passage {
                voice: voice.to_owned(),
                role: text(about, "role"),
                time: text(about, "time"),
                amount: amount(about),
            });
        }
        wrong
    }

    fn stands(&self, about: &About) -> bool {
        let words = |name| about.relata(name).map_or("", Value::text);
        let number = |name| about.relata(name).and_then(|value| value.text().parse::<usize>().ok()).unwrap_or_default();
        let (quote, sentence) = (words("quote"), words("sentence"));
        let (start, end) = (number("start"), number("end"));
        let (from, to) = (number("sentenceStart"), number("sentenceEnd"));
        let inside = || sentence.chars().skip(start - from).take(end - start).eq(quote.chars());
        quote.chars().count() + start == end
            && sentence.chars().count() + from == to
            && self.lengths.get(words("document")).is_some_and(|length| to <= *length)
            && start >= from
            && inside()
            && ["subjectText", "objectText"].iter().all(|name| quote.contains(words(name)))
    }
}

fn text(about: &About, name: &str) -> Option<String> {
    about.relata(name).map(|value| value.text().to_owned())
}

fn amount(about: &About) -> Option<String> {
    Some(format!("{} {}", text(about, "amountValue")?, text(about, "amountUnit")?))
}

/// The first day and the last of a period are those that it gives.
fn bounds(about: &About) -> Option<String> {
    let time = text(about, "time").unwrap_or_else(|| "../..".to_owned());
    let bound = |name| text(about, name).unwrap_or_else(|| "..".to_owned());
    let (from, to) = (bound("timeFrom"), bound("timeTo"));
    let (first, last) = time.split_once('/').unwrap_or(("", ""));
    let fits = from.starts_with(first)
        && to.starts_with(last)
        && (first != ".." || from == "..")
        && (last != ".." || to == "..")
        && (first.len() != 4 || from.ends_with("-01-01"))
        && (first.len() != 7 || from.ends_with("-01"))
        && (last.len() != 4 || to.ends_with("-12-31"));
    (!fits).then(|| "relata:timeFrom is the first day of relata:time and relata:timeTo its last".to_owned())
}
