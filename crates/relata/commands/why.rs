//! `relata why`: the sentences behind an entity or a link.

use std::io::{BufWriter, Write};

use anyhow::Result;
use relata_graph::{EntityNode, KnowledgeGraph, StatementEdge};
use relata_model::{EntityId, Language, Modality};

use crate::args::WhyArgs;
use crate::build_folder::{self, Build};
use crate::report::{Outcome, Report, count};

/// Prints statements with their passages, or mentions with what decided them.
pub(crate) fn run(args: &WhyArgs, report: Report) -> Result<Outcome> {
    let build = Build::open(&args.out)?;
    let graph = &build.graph;
    let entity = graph.find_entity(&args.entity)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    if args.names {
        names(args, entity, &mut out)?;
        out.flush()?;
        return Ok(Outcome::Clean);
    }
    let statements = if let Some(other) = &args.other {
        let other = graph.find_entity(other)?;
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
    for statement in statements {
        write_statement(graph, statement, &mut out)?;
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
    for record in build_folder::records(&args.out)? {
        let own = record.mentions.iter().filter(|mention| mention.entity == entity.entity.id.as_str());
        for mention in own {
            writeln!(
                out,
                "{}\tcharacters {}–{}\t{}\t{}\t{}",
                record.doc,
                mention.start,
                mention.end,
                in_one_line(&mention.text),
                mention.form.as_str(),
                mention.why.explain()
            )?;
        }
        for name in
            record.unlinked.iter().filter(|name| name.candidates.iter().any(|id| id == entity.entity.id.as_str()))
        {
            writeln!(
                out,
                "{}\tcharacters {}–{}\t{}\tleft out\tmay mean {}, and nothing near it decides",
                record.doc,
                name.start,
                name.end,
                in_one_line(&name.text),
                name.candidates.join(" or ")
            )?;
        }
    }
    Ok(())
}
