//! `relata rules coverage`: what every rule finds in documents.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufWriter, Write};

use anyhow::Result;
use rayon::prelude::*;
use relata_extract::{Finding, GivenMentions};
use relata_model::Language;
use relata_read::{Options, collect, read};

use crate::args::RulesCoverageArgs;
use crate::commands::{eval, extract};
use crate::configuration;
use crate::report::{self, Outcome, Report, count};

/// What one rule found.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    findings: usize,
    kept: usize,
    right: usize,
    wrong: usize,
}

/// What the rules find in one document.
struct Read {
    language: Option<Language>,
    name: String,
    findings: Vec<Finding<String>>,
}

/// Prints a line for every rule of the documents' languages.
pub(crate) fn run(args: &RulesCoverageArgs, report: Report) -> Result<Outcome> {
    let configuration = configuration::load(&args.data)?;
    let extractor = &configuration.extractor;
    let golds = args.gold.as_deref().map(eval::golds).transpose()?;
    let given: Option<GivenMentions> =
        if args.mentions.is_empty() { None } else { Some(extract::given_mentions(&args.mentions)?) };
    let collection = collect(&args.input.paths)?;
    let options = Options { language: args.input.lang };
    let documents: Vec<_> = collection
        .inputs
        .par_iter()
        .map(|input| {
            read(input, &options).map(|read| Read {
                language: read.document.metadata.language,
                name: read.document.name.to_string(),
                findings: extractor.findings(&read.document, given.as_ref()),
            })
        })
        .collect();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut languages = BTreeSet::new();
    let (mut faults, mut unjudged) = (0, 0);
    for document in documents {
        let document = match document {
            Ok(document) => document,
            Err(error) => {
                report::fault(&error);
                faults += 1;
                continue;
            }
        };
        languages.extend(document.language);
        let gold = golds.as_ref().and_then(|golds| golds.get(&document.name));
        unjudged += usize::from(golds.is_some() && gold.is_none());
        for finding in document.findings {
            let tally = tallies.entry(finding.rule.to_string()).or_default();
            tally.findings += 1;
            tally.kept += usize::from(finding.kept);
            let symmetric = extractor.schema().relation_info(&finding.relation).symmetric;
            let right = gold
                .and_then(|gold| gold.judge(&finding.subject, finding.relation.as_str(), &finding.object, symmetric));
            tally.right += usize::from(right == Some(true));
            tally.wrong += usize::from(right == Some(false));
        }
    }
    if unjudged > 0 {
        report.note(&format!(
            "{} without gold: what is found there is not judged",
            count(unjudged, "document", "documents")
        ));
    }
    let rules: BTreeSet<String> = extractor
        .rules()
        .filter(|(language, _)| languages.contains(language))
        .map(|(_, rule)| rule.id.to_string())
        .collect();
    let mut out = BufWriter::new(std::io::stdout().lock());
    writeln!(out, "rule\tfindings\tkept\tright\twrong\tprecision\tnote")?;
    for rule in &rules {
        writeln!(out, "{rule}\t{}", row(tallies.get(rule).copied().unwrap_or_default(), golds.is_some()))?;
    }
    out.flush()?;
    let idle = rules.iter().filter(|rule| !tallies.contains_key(*rule)).count();
    report.note(&format!("{}, {idle} of them found nothing", count(rules.len(), "rule", "rules")));
    Ok(Outcome::of(faults))
}

/// The columns behind a rule's name.
fn row(tally: Tally, judged: bool) -> String {
    let Tally { findings, kept, right, wrong } = tally;
    let note = match (findings, kept) {
        (0, _) => "never fires",
        (_, 0) => "always loses",
        _ => "",
    };
    let share = match right + wrong {
        0 => "-".to_owned(),
        all => format!("{}.{:02}", right / all, right * 100 / all % 100),
    };
    let counts = if judged { format!("{right}\t{wrong}\t{share}") } else { "-\t-\t-".to_owned() };
    format!("{findings}\t{kept}\t{counts}\t{note}")
}
