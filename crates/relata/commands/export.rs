//! `relata export`: a build, or a part of it, in another format: on standard output, in a file or in a folder.

use std::fs::{self, File};
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use relata_export::html::{self, Material};
use relata_export::{ExportOptions, Folder, FolderFormat, Form, Format, Links, Picture, csv, graphviz, obsidian};
use relata_graph::{Filter, KnowledgeGraph, Selection, SourceDocument};
use relata_read::{Collection, Options, collect, read};

use crate::args::ExportArgs;
use crate::build_folder::{Build, BuildInfo};
use crate::report::{Outcome, Report, count};

/// Selects and writes; what was cut is told.
pub(crate) fn run(args: &ExportArgs, report: Report) -> Result<Outcome> {
    let form = form(args)?;
    let build = Build::open(&args.out)?;
    let selection = build.graph.select(&filter(args, &build.graph)?);
    if selection.cut().is_part() {
        report.note(selection.cut());
    }
    let mut options = super::export_options(&args.writing, &build.info);
    options.legend = !args.no_legend;
    if let Some(version) = args.rdf {
        options.rdf = version;
    }
    if let Some(graphs) = args.graphs {
        options.graphs = graphs;
    }
    if args.all {
        options.picture_room = None;
    }
    match form {
        Form::File(format) => {
            format.suits(&options)?;
            to_file(args.output.as_deref(), |out| Ok(relata_export::write(&selection, &options, format, out)?))?;
        }
        Form::Picture(picture) => {
            if args.output.is_none() && picture != Picture::Svg && std::io::stdout().is_terminal() {
                bail!("a terminal cannot show {}: name a file with -o", picture.as_str());
            }
            options.links = Links::Articles;
            let drawn = draw(&selection, &options, picture)?;
            to_file(args.output.as_deref(), |out| Ok(out.write_all(&drawn)?))?;
        }
        Form::Folder(format) => {
            let Some(path) = &args.output else {
                bail!("{} is a folder of files: name it with -o", format.as_str());
            };
            to_folder(&selection, options.clone(), format, path, &texts(args, &build.info), report)?;
        }
    }
    let drawn = matches!(form, Form::File(Format::Dot) | Form::Picture(_) | Form::Folder(FolderFormat::Html));
    if let (true, Some(room)) = (drawn, options.picture_room)
        && selection.statements().len() > ExportOptions::PICTURE_LIMIT
    {
        report.note(&format!(
            "the {room} heaviest of {} statements are drawn; choose with --focus or --top, or draw --all",
            selection.statements().len()
        ));
    }
    Ok(Outcome::Clean)
}

/// What is asked for, or what the end of the file's name asks for.
fn form(args: &ExportArgs) -> Result<Form> {
    if let Some(form) = args.format {
        return Ok(form);
    }
    let Some(path) = &args.output else {
        bail!("no format: name one with -f, or a file with -o (relata export --help lists them)");
    };
    let known = path.file_name().and_then(|name| Form::of_file(&name.to_string_lossy()));
    known.with_context(|| {
        format!("the name {} tells no format: name one with -f (relata export --help lists them)", path.display())
    })
}

/// Writes to standard output, or to a file that is there whole or not at all.
fn to_file(path: Option<&Path>, content: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let Some(path) = path else {
        let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
        content(&mut out)?;
        return Ok(out.flush()?);
    };
    let cannot = || format!("cannot write {}", path.display());
    if path.is_dir() {
        bail!("{} is a folder: name a file with -o", path.display());
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let written = File::create(&part).map_err(anyhow::Error::from).and_then(|file| {
        let mut out = BufWriter::with_capacity(1 << 16, file);
        content(&mut out)?;
        out.flush()?;
        Ok(fs::rename(&part, path)?)
    });
    if written.is_err() {
        // What is half written helps nobody; that it may not be there at all is as good.
        let _ = fs::remove_file(&part);
    }
    written.with_context(cannot)
}

fn to_folder(
    selection: &Selection<'_>,
    mut options: ExportOptions,
    format: FolderFormat,
    path: &Path,
    texts: &[PathBuf],
    report: Report,
) -> Result<()> {
    let cannot = || format!("cannot write into the folder {}", path.display());
    let mut folder = Folder::create(path).with_context(cannot)?;
    let mut hint = None;
    match (format, format.dialect()) {
        (_, Some(dialect)) => hint = csv::write(selection, &options, dialect, &mut folder).with_context(cannot)?,
        (FolderFormat::Obsidian, _) => obsidian::write(selection, &options, &mut folder).with_context(cannot)?,
        (FolderFormat::Html | FolderFormat::Csv | FolderFormat::Excel | FolderFormat::Neo4j, None) => {
            options.links = Links::Pages;
            let picture = match draw(selection, &options, Picture::Svg) {
                Ok(svg) => Some(String::from_utf8(svg).context("Graphviz wrote no UTF-8")?),
                Err(graphviz::GraphvizError::Missing) => {
                    report.note(&"Graphviz is not there: the folder has a table in place of the picture");
                    None
                }
                Err(error) => return Err(error.into()),
            };
            let documents = collect(texts).ok();
            let text = |document: &SourceDocument| text_of(documents.as_ref()?, document);
            let missing = selection.documents().iter().filter(|document| text(document).is_none()).count();
            if missing > 0 {
                report.note(&format!(
                    "{} not where the build read them, or changed since: their pages show the sentences alone (--texts \
                     says where they are)",
                    count(missing, "document is", "documents are")
                ));
            }
            html::write(selection, &options, &Material { text: &text, picture }, &mut folder).with_context(cannot)?;
        }
    }
    let files = folder.finish().with_context(cannot)?;
    report.note(&format!("{} in {}", count(files, "file", "files"), path.display()));
    if let Some(hint) = hint {
        report.note(&hint);
    }
    Ok(())
}

/// Where the documents are.
fn texts(args: &ExportArgs, info: &BuildInfo) -> Vec<PathBuf> {
    if args.texts.is_empty() { info.sources.iter().map(PathBuf::from).collect() } else { args.texts.clone() }
}

/// The text of a document, if it is still the one that was read: in another, every mark would stand in a wrong place.
fn text_of(documents: &Collection, document: &SourceDocument) -> Option<String> {
    let input = documents.inputs.iter().find(|input| input.name == document.name)?;
    let read = read(input, &Options { language: document.language }).ok()?.document;
    (read.digest.to_string() == document.digest).then_some(read.text)
}

fn draw(
    selection: &Selection<'_>,
    options: &ExportOptions,
    picture: Picture,
) -> Result<Vec<u8>, graphviz::GraphvizError> {
    let mut diagram = Vec::new();
    relata_export::write(selection, options, Format::Dot, &mut diagram)?;
    graphviz::draw(&diagram, picture)
}

fn filter(args: &ExportArgs, graph: &KnowledgeGraph) -> Result<Filter> {
    let schema = graph.schema();
    let focus = args.focus.iter().map(|typed| Ok(graph.find_entity(typed)?.entity.id.clone()));
    let types = args.types.iter().map(|name| Ok(schema.entity_type(name)?));
    let relations = args.predicate.iter().map(|name| Ok(schema.relation_type(name)?));
    Ok(Filter {
        focus: focus.collect::<Result<_>>()?,
        hops: args.hops,
        top: args.top,
        entity_types: types.collect::<Result<_>>()?,
        relations: relations.collect::<Result<_>>()?,
        modalities: args.modality.clone(),
        facts_only: args.facts,
        min_documents: args.min_documents,
        min_origins: args.min_origins,
        since: args.since,
        until: args.until,
    })
}
