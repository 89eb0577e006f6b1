//! `relata gazetteer`: other people's lists, and the compiled form of gazetteers.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};
use relata_gazetteer::{Compiled, Gazetteer};
use relata_import::{AlternateNames, Format, Options};
use relata_model::{LoadError, Schema};

use crate::args::{GazetteerArgs, GazetteerCommand, GazetteerCompileArgs, GazetteerImportArgs};
use crate::commands::{gazetteer_check, judge, suggest};
use crate::report::{self, Outcome, Report, count};
use crate::whole_file::WholeFile;
use crate::{configuration, gazetteers};

/// Runs the command.
pub(crate) fn run(args: &GazetteerArgs, report: Report) -> Result<Outcome> {
    match &args.command {
        GazetteerCommand::Check(args) => gazetteer_check::run(args, report),
        GazetteerCommand::Compile(args) => compile(args, report),
        GazetteerCommand::Import(args) => import(args, report),
        GazetteerCommand::Suggest(args) => suggest::run(args, report),
        GazetteerCommand::Judge(args) => judge::judge(args, report),
        GazetteerCommand::Undo(args) => judge::undo(args, report),
        GazetteerCommand::Judgements(args) => judge::list(args, report),
    }
}

fn schema(file: Option<&Path>) -> Result<Schema> {
    let data = configuration::data(None)?;
    let (name, text) = configuration::schema_text(&data, file)?;
    Ok(Schema::from_toml(&name, &text)?)
}

fn faults(error: &LoadError, report: Report) -> Outcome {
    error.0.iter().for_each(report::fault);
    report.note(&count(error.0.len(), "fault", "faults"));
    Outcome::Faults
}

fn compile(args: &GazetteerCompileArgs, report: Report) -> Result<Outcome> {
    let schema = schema(args.schema.as_deref())?;
    let sources = args.sources.iter().map(|path| gazetteers::source(path, &schema)).collect::<Result<Vec<_>>>()?;
    let loaded = match relata_gazetteer::load(&sources, &schema) {
        Ok(loaded) => loaded,
        Err(error) => return Ok(faults(&error, report)),
    };
    drop(sources);
    let transliterations = configuration::transliterations(args.transliterate);
    let compiled = Compiled::with_forms(loaded.entities, &schema, transliterations);
    let digest = compiled.digest();
    let path = if args.out.is_dir() { args.out.join(format!("{}.rlg", digest.short())) } else { args.out.clone() };
    gazetteers::write(&compiled, &path)?;
    loaded.warnings.iter().for_each(|warning| report.detail(warning));
    let counts = Gazetteer::of_layers(vec![compiled.into()])?.counts();
    report.note(&format!(
        "{}, {}, {} made of them, {} bytes, SHA-256 {digest}\n{}",
        count(counts.entities, "entity", "entities"),
        count(counts.listed, "name", "names"),
        count(counts.made, "form", "forms"),
        counts.bytes,
        path.display()
    ));
    Ok(Outcome::Clean)
}

/// What GeoNames calls places in each language.
fn alternate_names(path: &Path, args: &GazetteerImportArgs, report: Report) -> Result<AlternateNames> {
    let file = File::open(path).with_context(|| configuration::unreadable(path))?;
    let names = AlternateNames::read(file, &args.languages).with_context(|| configuration::unreadable(path))?;
    if names.faults > 0 {
        report.note(&format!("{}: {}", path.display(), count_of(names.faults)));
    }
    Ok(names)
}

fn count_of(faults: u64) -> String {
    format!("{} passed over", count(usize::try_from(faults).unwrap_or(usize::MAX), "broken line", "broken lines"))
}

fn import(args: &GazetteerImportArgs, report: Report) -> Result<Outcome> {
    let schema = schema(args.schema.as_deref())?;
    let name = args.source.display().to_string();
    let Some(format) = args.format.or_else(|| Format::of_file(&name)) else {
        bail!(
            "the name {name} does not tell its format: give it with -f (jsonl, csv, geonames, wikidata, ftm, sparql-json, turtle, ntriples, rdfxml)"
        );
    };
    let default_type = args.default_type.as_deref().map(|name| schema.entity_type(name)).transpose()?;
    let encoding = match &args.encoding {
        Some(label) => Some(gazetteers::encoding(label)?),
        None => None,
    };
    let alternate_names =
        args.alternate_names.as_deref().map(|path| alternate_names(path, args, report)).transpose()?;
    let options = Options {
        languages: args.languages.clone(),
        default_type,
        least_population: args.min_population,
        alternate_names,
        encoding,
    };
    let (source, length): (Box<dyn Read>, u64) = if name == "-" {
        (Box::new(std::io::stdin().lock()), 0)
    } else {
        let file = File::open(&args.source).with_context(|| configuration::unreadable(&args.source))?;
        if fs::canonicalize(&args.source).ok() == Some(fs::canonicalize(&args.out).unwrap_or_default()) {
            bail!("{name} is both the source and -o: name another file to write");
        }
        let length = file.metadata().map_or(0, |metadata| metadata.len());
        (Box::new(file), length)
    };
    let bar = report.progress("reading", usize::try_from(length).unwrap_or(usize::MAX));
    let mut out = WholeFile::create(&args.out)?;
    let imported = relata_import::import(bar.wrap_read(source), format, &options, &schema, &mut out, &mut |_| ());
    bar.finish_and_clear();
    let imported = imported.with_context(|| format!("cannot write {}", args.out.display()))?;
    if let Some(encoding) = imported.guessed {
        report.note(&format!("{name}: is not in UTF-8; read as {encoding} (say with --encoding if it is another)"));
    }
    for (kind, dropped) in &imported.dropped {
        report.note(&format!("dropped {} {kind}:", dropped.count));
        for (line, reason) in &dropped.first {
            report.note(&format!("  {name}:{line}: {reason}"));
        }
        if dropped.count > dropped.first.len() as u64 {
            report.note(&"  …");
        }
    }
    if let Some((line, error)) = &imported.broken_off {
        let place = if *line == 0 { name.clone() } else { format!("{name}:{line}") };
        if imported.kept == 0 {
            report::fault(&format!("{place}: {error}; nothing was written"));
            return Ok(Outcome::Faults);
        }
        report::fault(&format!("{place}: {error}; what stands before is kept"));
    }
    out.finish()?;
    report.note(&format!(
        "{} read, {} kept, {} dropped\n{}",
        imported.read,
        imported.kept,
        imported.dropped(),
        args.out.display()
    ));
    Ok(Outcome::of(usize::from(imported.dropped() > 0 || imported.broken_off.is_some())))
}
