//! `relata why`: the sentences behind an entity or a link.

use std::io::{BufWriter, Write};

use anyhow::Result;
use relata_graph::{EntityNode, KnowledgeGraph, StatementEdge};
use relata_model::{EntityId, Language, MadeBy, MentionRecord, Modality, RankedRecord, UnlinkedRecord};

use crate::args::WhyArgs;
use crate::build_folder::{self, Build};
use crate::judged::Judged;
use crate::report::{Outcome, Report, count};

/// Prints statements with their passages, or mentions with what decided them.
pub(crate) fn run(args: &WhyArgs, report: Report) -> Result<Outcome> {
    let build = Build::open(&args.out)?;
    let graph = &build.graph;
    let judged = Judged::of(&build.info.identity)?;
    let entity = graph.find_entity(judged.standing_for(&args.entity, graph))?;
    let told = judged.lines_of(&entity.entity.id);
    let mut out = BufWriter::new(std::io::stdout().lock());
    if args.names {
        if args.json {
            for line in &told {
                report.note(line);
            }
            write_json(&names_json(args, entity)?, &mut out)?;
        } else {
            told.iter().try_for_each(|line| writeln!(out, "{line}"))?;
            names(args, entity, &mut out)?;
        }
        out.flush()?;
        return Ok(Outcome::Clean);
    }
    let statements = if let Some(other) = &args.other {
        let other = graph.find_entity(judged.standing_for(other, graph))?;
        let together = graph.co_occurrence(&entity.entity.id, &other.entity.id);
        report.note(&format!(
            "{} and {} stand together in {}",
            entity.entity.id,
            other.entity.id,
            count(together.sentences, "sentence", "sentences")
        ));
        graph.statements_between(&entity.entity.id, &other.entity.id)
    } else {
        let documents = count(entity.documents, "document", "documents");
        report.note(&format!("{}: {} in {documents}", entity.entity.id, count(entity.mentions, "mention", "mentions")));
        graph.statements_of(&entity.entity.id)
    };
    if statements.is_empty() {
        report.note(&"no statement; `--names` lists where the name stands");
    }
    if args.json {
        for line in &told {
            report.note(line);
        }
        write_json(&statements.into_iter().map(json).collect(), &mut out)?;
    } else {
        told.iter().try_for_each(|line| writeln!(out, "{line}"))?;
        for statement in statements {
            write_statement(graph, statement, &mut out)?;
        }
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

fn write_statement(graph: &KnowledgeGraph, statement: &StatementEdge, out: &mut dyn Write) -> Result<()> {
    let language = graph.main_language().unwrap_or(Language::ENGLISH);
    let label =
        |id: &EntityId| graph.entity(id).map_or_else(|| id.to_string(), |node| node.entity.label(language).to_owned());
    let modality = match statement.modality {
        Modality::Asserted => String::new(),
        other => format!(" [{other}]"),
    };
    let attributed =
        if statement.evidence.iter().all(|one| one.record.attributed_to.is_some()) { " [claimed]" } else { "" };
    writeln!(
        out,
        "{} – {} – {}{modality}{attributed}",
        label(&statement.subject),
        statement.relation,
        label(&statement.object)
    )?;
    if statement.origins < statement.documents {
        let documents = count(statement.documents, "document", "documents");
        writeln!(out, "    {documents}, but {}", count(statement.origins, "origin", "origins"))?;
    }
    for evidence in &statement.evidence {
        let record = &evidence.record;
        let date = evidence.document.date.map_or_else(String::new, |date| format!(", {date}"));
        writeln!(out, "    {}{date}, characters {}–{}", evidence.document.name, record.start, record.end)?;
        writeln!(out, "      {}", in_one_line(&marked(record)))?;
        let mut told = vec![format!("rule {}", record.rule)];
        told.extend(
            record.cue.as_ref().map(|cue| format!("\"{}\" makes it {}", in_one_line(&cue.text), statement.modality)),
        );
        told.extend(record.attributed_to.as_ref().map(|source| format!("says who: {}", in_one_line(&source.text))));
        told.extend(record.role.as_ref().map(|role| format!("role: {role}")));
        told.extend(record.amount.as_ref().map(|amount| format!("amount: {} {}", amount.value, amount.unit)));
        told.extend(record.time.as_ref().map(|time| format!("time: {time}")));
        writeln!(out, "      ({})", told.join("; "))?;
    }
    writeln!(out)?;
    Ok(())
}

fn write_json(all: &Vec<serde_json::Value>, out: &mut dyn Write) -> Result<()> {
    serde_json::to_writer_pretty(&mut *out, all).map_err(std::io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}

fn json(statement: &StatementEdge) -> serde_json::Value {
    let evidence: Vec<serde_json::Value> = statement
        .evidence
        .iter()
        .map(|one| {
            serde_json::json!({
                "document": one.document.name.as_str(),
                "date": one.document.date,
                "agency": one.document.agency,
                "copyOf": one.document.copy_of.as_ref().map(relata_model::DocumentName::as_str),
                "passage": one.record,
            })
        })
        .collect();
    serde_json::json!({
        "subject": statement.subject.as_str(),
        "predicate": statement.relation.as_str(),
        "object": statement.object.as_str(),
        "modality": statement.modality,
        "voice": statement.voice.as_str(),
        "documents": statement.documents,
        "origins": statement.origins,
        "evidence": evidence,
    })
}

fn names_json(args: &WhyArgs, entity: &EntityNode) -> Result<Vec<serde_json::Value>> {
    let id = entity.entity.id.as_str();
    let mut all = Vec::new();
    for record in build_folder::records(&args.out)? {
        for mention in record.mentions.iter().filter(|mention| mention.entity == id) {
            let explained = mention.why.explain();
            let form = mention.made.map(MadeBy::explain);
            let mention =
                serde_json::json!({ "document": record.doc, "mention": mention, "explained": explained, "form": form });
            all.push(mention);
        }
        for mention in record.mentions.iter().filter(|mention| lost(mention, id)) {
            let explained = mention.why.explain();
            all.push(serde_json::json!({ "document": record.doc, "meansAnother": mention, "explained": explained }));
        }
        for name in record.unlinked.iter().filter(|name| name.candidates.iter().any(|candidate| candidate == id)) {
            let explained = left_out(name);
            all.push(serde_json::json!({ "document": record.doc, "leftOut": name, "explained": explained }));
        }
    }
    Ok(all)
}

/// Whether a mention might have meant an entity, and means another.
fn lost(mention: &MentionRecord, id: &str) -> bool {
    mention.entity != id && mention.ranked.iter().any(|ranked| ranked.entity == id)
}

/// Why a name means nobody.
fn left_out(name: &UnlinkedRecord) -> String {
    match &name.candidates[..] {
        [only] => format!("may mean {only} alone, which was not there yet at the document's date"),
        several => format!("may mean {}, and none is clearly ahead", several.join(" or ")),
    }
}

/// The sentence with its quote between >> and <<.
fn marked(record: &relata_model::EvidenceRecord) -> String {
    let characters: Vec<char> = record.text.chars().collect();
    let place = |at: u32| usize::try_from(at.saturating_sub(record.start)).unwrap_or_default().min(characters.len());
    let (start, end) = (place(record.quote.start), place(record.quote.end));
    let part = |range: std::ops::Range<usize>| characters[range].iter().collect::<String>();
    format!("{}>>{}<<{}", part(0..start), part(start..end.max(start)), part(end.max(start)..characters.len()))
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn names(args: &WhyArgs, entity: &EntityNode, out: &mut dyn Write) -> Result<()> {
    let id = entity.entity.id.as_str();
    for record in build_folder::records(&args.out)? {
        for mention in record.mentions.iter().filter(|mention| mention.entity == id || lost(mention, id)) {
            let form =
                if mention.entity == id { mention.form.as_str().to_owned() } else { format!("is {}", mention.entity) };
            let made = mention.made.map_or_else(String::new, |made| format!("; {}", made.explain()));
            let why = format!("{}{made}", mention.why.explain());
            let place = (mention.start, mention.end);
            write_name(&record.doc, place, &mention.text, [&form, &why], &mention.ranked, out)?;
        }
        for name in record.unlinked.iter().filter(|name| name.candidates.iter().any(|candidate| candidate == id)) {
            let place = (name.start, name.end);
            write_name(&record.doc, place, &name.text, ["left out", &left_out(name)], &name.ranked, out)?;
        }
    }
    Ok(())
}

/// A line for a name, and a line for each entity that it may mean, with its points.
fn write_name(
    document: &str,
    (start, end): (u32, u32),
    text: &str,
    [what, why]: [&str; 2],
    ranked: &[RankedRecord],
    out: &mut dyn Write,
) -> Result<()> {
    writeln!(out, "{document}\tcharacters {start}–{end}\t{}\t{what}\t{why}", in_one_line(text))?;
    for one in ranked {
        let points: Vec<String> =
            one.points.iter().map(|(reason, points)| format!("{} {points:+}", reason.explain())).collect();
        let points = if points.is_empty() { "nothing speaks for it".to_owned() } else { points.join(", ") };
        writeln!(out, "\t{}\t{}\t{points}", one.score, one.entity)?;
    }
    Ok(())
}
