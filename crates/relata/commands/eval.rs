//! `relata eval`: a build or an extraction against gold annotations.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use relata_model::Schema;

use crate::args::EvalArgs;
use crate::build_folder;
use crate::configuration::{self, unreadable};
use crate::report::{Outcome, Report};
use crate::score::{Count, Gold, Mistake, Predicted, Scores, score};

/// Prints the scores of each document and of all.
pub(crate) fn run(args: &EvalArgs, report: Report) -> Result<Outcome> {
    let data = configuration::data(None)?;
    let (name, text) = configuration::schema_text(&data, None)?;
    let schema = Schema::from_toml(&name, &text)?;
    let golds = golds(&args.gold)?;
    let predicted = predicted(&args.predicted)?;
    for name in predicted.keys().filter(|name| !golds.contains_key(*name)) {
        report.note(&format!("{name}: not in the gold, left out"));
    }
    let nothing = Predicted::default();
    let mut all = Scores::default();
    let mut documents = BTreeMap::new();
    for (name, gold) in &golds {
        if !predicted.contains_key(name) {
            report.note(&format!("{name}: nothing found, counted as empty"));
        }
        let (scores, mistakes) = score(gold, predicted.get(name).unwrap_or(&nothing), &schema);
        all.add(&scores);
        documents.insert(name.as_str(), (scores, mistakes));
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    if args.json {
        write_json(&all, &documents, args.errors, &mut out)?;
    } else {
        write_tables(&all, &documents, args, &mut out)?;
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

/// The gold files of a folder, by the names of their documents.
pub(crate) fn golds(folder: &Path) -> Result<BTreeMap<String, Gold>> {
    let entries = std::fs::read_dir(folder).with_context(|| unreadable(folder))?;
    let mut golds = BTreeMap::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let text = std::fs::read_to_string(&path).with_context(|| unreadable(&path))?;
        let gold: Gold = serde_json::from_str(&text).with_context(|| format!("{} is no gold file", path.display()))?;
        golds.insert(gold.doc.clone(), gold);
    }
    if golds.is_empty() {
        bail!("there is no gold file (*.json) in {}", folder.display());
    }
    Ok(golds)
}

fn predicted(path: &Path) -> Result<BTreeMap<String, Predicted>> {
    let file = if path.is_dir() {
        build_folder::info(path)?;
        path.join(build_folder::RECORDS)
    } else {
        path.to_owned()
    };
    let text = std::fs::read_to_string(&file).with_context(|| unreadable(&file))?;
    let mut all = BTreeMap::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let one: Predicted = serde_json::from_str(line)
            .with_context(|| format!("{}:{}: this is no extraction record", file.display(), number + 1))?;
        if let Some(twice) = all.insert(one.doc.clone(), one) {
            bail!("{}:{}: the document {} stands there twice", file.display(), number + 1, twice.doc);
        }
    }
    Ok(all)
}

type Documents<'d> = BTreeMap<&'d str, (Scores, Vec<Mistake>)>;

fn write_json(all: &Scores, documents: &Documents<'_>, errors: bool, out: &mut dyn Write) -> Result<()> {
    let documents: BTreeMap<_, _> = documents
        .iter()
        .map(|(name, (scores, mistakes))| {
            let mut value = serde_json::json!({ "scores": scores });
            if errors {
                value["mistakes"] = serde_json::json!(mistakes);
            }
            (name, value)
        })
        .collect();
    let f1 = |count: Count| serde_json::json!({ "precision": count.precision(), "recall": count.recall(), "f1": count.f1() });
    let total = serde_json::json!({
        "scores": all,
        "mentions": f1(all.mentions),
        "statements": f1(all.statements),
        "pairs": f1(all.pairs),
        "modality": all.modality(),
    });
    let all = serde_json::json!({ "all": total, "documents": documents });
    serde_json::to_writer_pretty(&mut *out, &all).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}

fn write_tables(all: &Scores, documents: &Documents<'_>, args: &EvalArgs, out: &mut dyn Write) -> Result<()> {
    let width = documents.keys().map(|name| name.chars().count()).max().unwrap_or_default().max(14);
    let mut table = |title: &str, of: &dyn Fn(&Scores) -> Count| -> Result<()> {
        writeln!(out, "{title:width$}     P     R    F1   gold  found")?;
        for (name, (scores, _)) in documents {
            writeln!(out, "{name:width$} {}", row(of(scores)))?;
        }
        writeln!(out, "{:width$} {}\n", "all documents", row(of(all)))?;
        Ok(())
    };
    table("MENTIONS", &|scores| scores.mentions)?;
    for form in ["name", "demonym", "nominal"] {
        table(&format!("of form {form}"), &|scores| scores.forms.get(form).copied().unwrap_or_default())?;
    }
    table("spans alone", &|scores| scores.spans)?;
    table("STATEMENTS", &|scores| scores.statements)?;
    table("pairs alone", &|scores| scores.pairs)?;
    let modality = all.modality().map_or_else(|| "-".to_owned(), |share| format!("{share:.3}"));
    writeln!(out, "MODALITY right in {modality} ({} of {})", all.modality_right, all.modality_of)?;
    if args.by_predicate {
        writeln!(out, "\n{:width$}     P     R    F1   gold  found", "by predicate")?;
        for (name, count) in &all.predicates {
            writeln!(out, "{name:width$} {}", row(*count))?;
        }
    }
    if args.errors {
        for (name, (_, mistakes)) in documents {
            for mistake in mistakes {
                writeln!(out, "{name}\t{}\t{}", mistake.kind, mistake.what)?;
            }
        }
    }
    Ok(())
}

fn row(count: Count) -> String {
    let share = |share: Option<f64>| share.map_or_else(|| "    -".to_owned(), |share| format!("{share:.3}"));
    format!(
        "{} {} {} {:6} {:6}",
        share(count.precision()),
        share(count.recall()),
        share(count.f1()),
        count.gold,
        count.predicted
    )
}
