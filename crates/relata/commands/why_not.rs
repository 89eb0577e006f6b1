//! `relata why-not`: how far a document got towards a statement that it does not make.

use std::collections::BTreeSet;
use std::io::{BufWriter, Write};

use anyhow::{Result, bail};
use relata_graph::EntityNode;
use relata_model::{Entity, ExtractionRecord, Schema};
use serde::Serialize;

use crate::args::WhyNotArgs;
use crate::build_folder::{self, Build};
use crate::configuration;
use crate::report::{Outcome, Report};

/// What is known of a statement that is looked for in a document.
#[derive(Serialize)]
struct Answer {
    document: String,
    subject: End,
    predicate: String,
    object: End,
    /// Whether the schema lets the predicate hold between the types of the two.
    types_fit: bool,
    /// The sentences, counted from 0, in which both stand.
    shared_sentences: Vec<u32>,
    /// Rules for the predicate in the document's language, of those that the program carries.
    rules: Vec<String>,
    /// Statements that the document makes between the two.
    said: Vec<SaidHere>,
    /// What stopped it, in words.
    reasons: Vec<String>,
}

#[derive(Serialize)]
struct End {
    entity: String,
    #[serde(rename = "type")]
    entity_type: String,
    /// Where it was found and why the words mean it.
    mentions: Vec<FoundAt>,
    /// Where a name of it stands that may mean others as well.
    ambiguous: Vec<Ambiguous>,
}

#[derive(Serialize)]
struct FoundAt {
    start: u32,
    end: u32,
    text: String,
    sentence: u32,
    why: &'static str,
}

#[derive(Serialize)]
struct Ambiguous {
    start: u32,
    end: u32,
    text: String,
    candidates: Vec<String>,
}

#[derive(Serialize)]
struct SaidHere {
    subject: String,
    predicate: String,
    object: String,
    modality: relata_model::Modality,
    quote: String,
}

/// Prints what was found of the two and what is missing.
pub(crate) fn run(args: &WhyNotArgs, _report: Report) -> Result<Outcome> {
    let (build, records) =
        build_folder::at_one_moment(&[&args.out], || Ok((Build::open(&args.out)?, build_folder::records(&args.out)?)))?;
    let graph = &build.graph;
    let record = records.into_iter().find(|record| record.doc == args.document);
    let Some(record) = record else {
        if let Some(reason) = build.info.faults.get(&args.document) {
            bail!("the build left the document out: {reason}");
        }
        bail!("the build has no document \"{}\"; documents are named by their path below the folder", args.document);
    };
    let schema = graph.schema();
    let predicate = schema.relation_type(&args.predicate)?;
    let known = |typed: &str| -> Result<Entity> {
        match graph.find_entity(typed) {
            Ok(EntityNode { entity, .. }) => Ok(entity.clone()),
            // No document names it, but the gazetteer may.
            Err(unknown) => {
                let configuration = configuration::load(&args.data)?;
                let id = typed.parse().ok();
                let entity = id.and_then(|id| configuration.extractor.gazetteer().entity(&id)).cloned();
                entity.ok_or_else(|| {
                    anyhow::Error::new(unknown).context("no document of the build names it, and no entity has this id")
                })
            }
        }
    };
    let (subject, object) = (known(&args.subject)?, known(&args.object)?);
    let answer = Answer {
        document: record.doc.clone(),
        types_fit: fits(&subject, &predicate, &object, schema),
        shared_sentences: shared(&record, &subject, &object),
        rules: rules(args, &record)?,
        said: said(&record, &subject, &object),
        subject: end(&record, &subject),
        predicate: args.predicate.clone(),
        object: end(&record, &object),
        reasons: Vec::new(),
    };
    let answer = Answer { reasons: reasons(&answer, &record), ..answer };
    let mut out = BufWriter::new(std::io::stdout().lock());
    if args.json {
        serde_json::to_writer_pretty(&mut out, &answer).map_err(std::io::Error::from)?;
        out.write_all(b"\n")?;
    } else {
        write_text(&answer, &mut out)?;
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

fn fits(subject: &Entity, predicate: &relata_model::RelationType, object: &Entity, schema: &Schema) -> bool {
    // The types may be those of another schema: the names decide.
    let own = |entity: &Entity| schema.entity_type(entity.entity_type.as_str());
    match (own(subject), own(object)) {
        (Ok(subject), Ok(object)) => {
            let symmetric = schema.relation_info(predicate).symmetric;
            schema.admits(&subject, predicate, &object) || (symmetric && schema.admits(&object, predicate, &subject))
        }
        _ => false,
    }
}

fn end(record: &ExtractionRecord, entity: &Entity) -> End {
    let id = entity.id.as_str();
    let mentions = record.mentions.iter().filter(|mention| mention.entity == id).map(|mention| FoundAt {
        start: mention.start,
        end: mention.end,
        text: mention.text.clone(),
        sentence: mention.sentence,
        why: mention.why.explain(),
    });
    let ambiguous = record.unlinked.iter().filter(|name| name.candidates.iter().any(|candidate| candidate == id));
    let ambiguous = ambiguous.map(|name| Ambiguous {
        start: name.start,
        end: name.end,
        text: name.text.clone(),
        candidates: name.candidates.clone(),
    });
    End {
        entity: id.to_owned(),
        entity_type: entity.entity_type.to_string(),
        mentions: mentions.collect(),
        ambiguous: ambiguous.collect(),
    }
}

fn shared(record: &ExtractionRecord, subject: &Entity, object: &Entity) -> Vec<u32> {
    let sentences = |entity: &Entity| -> BTreeSet<u32> {
        let own = record.mentions.iter().filter(|mention| mention.entity == entity.id.as_str());
        own.map(|mention| mention.sentence).collect()
    };
    sentences(subject).intersection(&sentences(object)).copied().collect()
}

/// The ids of the rules for the predicate in the document's language.
fn rules(args: &WhyNotArgs, record: &ExtractionRecord) -> Result<Vec<String>> {
    let Some(language) = record.lang else { return Ok(Vec::new()) };
    let data = configuration::data(args.data.data.as_deref())?;
    let wanted = format!("predicate = \"{}\"", args.predicate);
    let mut ids = Vec::new();
    for (_, text) in data.below(&format!("{language}/rules")) {
        for rule in text.split("[[rule]]").filter(|rule| rule.lines().any(|line| line.trim() == wanted)) {
            let id = rule.lines().find_map(|line| line.trim().strip_prefix("id = \"")?.strip_suffix('"'));
            ids.extend(id.map(str::to_owned));
        }
    }
    Ok(ids)
}

fn said(record: &ExtractionRecord, subject: &Entity, object: &Entity) -> Vec<SaidHere> {
    let ends = BTreeSet::from([subject.id.as_str(), object.id.as_str()]);
    let between =
        record.statements.iter().filter(|one| BTreeSet::from([one.subject.as_str(), one.object.as_str()]) == ends);
    between
        .map(|one| SaidHere {
            subject: one.subject.clone(),
            predicate: one.predicate.clone(),
            object: one.object.clone(),
            modality: one.modality,
            quote: one.evidence.first().map_or_else(String::new, |evidence| in_one_line(&evidence.quote.text)),
        })
        .collect()
}

/// From the name to the rule: the first thing that is missing comes first.
fn reasons(answer: &Answer, record: &ExtractionRecord) -> Vec<String> {
    let mut reasons = Vec::new();
    if let Some(said) = answer.said.iter().find(|said| said.predicate == answer.predicate) {
        reasons.push(format!("the document does say it, as {}", said.modality));
        return reasons;
    }
    for end in [&answer.subject, &answer.object] {
        if !end.mentions.is_empty() {
            continue;
        }
        reasons.push(match end.ambiguous.first() {
            Some(name) => format!(
                "\"{}\" may mean {}, and nothing near it decides: a fuller name in the text, context words or related entities in \
                 the gazetteer would",
                in_one_line(&name.text),
                name.candidates.join(" or ")
            ),
            None => format!("no name of {} was found: add the words of the text to its aliases in a gazetteer", end.entity),
        });
    }
    if !answer.types_fit {
        reasons.push(format!(
            "the schema does not let {} hold from {} to {}",
            answer.predicate, answer.subject.entity_type, answer.object.entity_type
        ));
    }
    let both_found = !answer.subject.mentions.is_empty() && !answer.object.mentions.is_empty();
    if both_found && answer.shared_sentences.is_empty() {
        reasons.push("the two stand in no sentence together, and rules read one sentence at a time".to_owned());
    }
    if answer.rules.is_empty() {
        reasons.push(match record.lang {
            Some(language) => format!("there is no rule for {} in \"{language}\"", answer.predicate),
            None => "the language of the document was not recognised, so no rules were tried".to_owned(),
        });
    }
    if reasons.is_empty() {
        reasons.push(
            "both were found in one sentence, and there are rules for the predicate, but none matched its words: see CONTRIBUTING.md \
             for how to write one"
                .to_owned(),
        );
    }
    reasons
}

fn write_text(answer: &Answer, out: &mut dyn Write) -> Result<()> {
    for end in [&answer.subject, &answer.object] {
        writeln!(out, "{} ({})", end.entity, end.entity_type)?;
        for one in &end.mentions {
            let text = in_one_line(&one.text);
            writeln!(
                out,
                "    characters {}–{}, sentence {}: {text} ({})",
                one.start,
                one.end,
                one.sentence + 1,
                one.why
            )?;
        }
        for one in &end.ambiguous {
            let (text, candidates) = (in_one_line(&one.text), one.candidates.join(" or "));
            writeln!(out, "    characters {}–{}: {text} (left out: may mean {candidates})", one.start, one.end)?;
        }
        if end.mentions.is_empty() && end.ambiguous.is_empty() {
            writeln!(out, "    not found")?;
        }
    }
    let sentences: Vec<String> = answer.shared_sentences.iter().map(|number| (number + 1).to_string()).collect();
    let sentences = if sentences.is_empty() { "none".to_owned() } else { sentences.join(", ") };
    writeln!(out, "sentences with both: {sentences}")?;
    let rules = if answer.rules.is_empty() { "none".to_owned() } else { answer.rules.join(", ") };
    writeln!(out, "rules for {}: {rules}", answer.predicate)?;
    for said in &answer.said {
        writeln!(
            out,
            "the document says: {} – {} – {} [{}]: \"{}\"",
            said.subject, said.predicate, said.object, said.modality, said.quote
        )?;
    }
    answer.reasons.iter().try_for_each(|reason| writeln!(out, "→ {reason}"))?;
    Ok(())
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rule files are read here without the engine that compiles them, so the way in which they are written matters.
    #[test]
    fn the_rules_of_every_predicate_are_seen() {
        let data = configuration::data(None).expect("the program carries its data");
        let rules: usize = data.below("fr/rules").iter().map(|(_, text)| text.matches("[[rule]]").count()).sum();
        let (_, schema) = configuration::schema_text(&data, None).expect("the program carries a schema");
        let schema = Schema::from_toml("schema.toml", &schema).expect("the schema loads");
        let line = r#"{"doc":"a","sha256":"","length":0,"lang":"fr","mentions":[],"statements":[]}"#;
        let record: ExtractionRecord = serde_json::from_str(line).expect("a record");
        let seen: usize = schema
            .relation_types()
            .map(|(relation, _)| {
                let args = ["relata", "why-not", "out", "a", relation.as_str(), "b", "c"];
                let args = <crate::args::Args as clap::Parser>::parse_from(args);
                let crate::args::Command::WhyNot(args) = args.command else { unreachable!("the command is given") };
                super::rules(&args, &record).expect("the data are there").len()
            })
            .sum();
        assert_eq!(seen, rules);
    }
}
