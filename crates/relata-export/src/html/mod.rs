//! The evidence folder: pages that work without a network and can be mailed, on which every claim leads to its sentence.
//!
//! A page an entity, a page a document with the sentences marked, a table of all statements, and the picture, each edge of
//! which is a link to the words that say it. No script, nothing loaded from elsewhere; style is in every page, because a
//! file opened from a disk may not load another everywhere. Anchors are ids of evidence and statements, which never change.

mod document;
mod page;

use std::collections::BTreeMap;
use std::io::{self, Write};

use relata_graph::{EntityNode, Selection, SourceDocument, StatementEdge};
use relata_model::EntityId;

use crate::captions::amount_and_time;
use crate::chapters::{Chapter, PageWords};
use crate::folder::{Folder, file_name};
use crate::labels::Labels;
use crate::names::{evidence_id, statement_id};
use crate::{DocumentIds, ExportOptions};
use page::{Page, escape, lang};

/// What the pages are made of besides the graph.
pub struct Material<'m> {
    /// The text of a document, as it was read, where it is at hand.
    pub text: &'m dyn Fn(&SourceDocument) -> Option<String>,
    /// The picture as SVG, drawn with [`crate::Links::Pages`], where Graphviz is there.
    pub picture: Option<String>,
}

/// Writes a selection as an evidence folder; `index.html` is where to begin.
///
/// # Errors
/// When a file cannot be written.
pub fn write(
    selection: &Selection<'_>,
    options: &ExportOptions,
    material: &Material<'_>,
    folder: &mut Folder,
) -> io::Result<()> {
    let graph = selection.graph();
    let labels = Labels::new(graph, options.language_for(graph));
    let words = PageWords::of(labels.language);
    let title = options.title.clone().unwrap_or_else(|| words.overview.to_owned());
    let site = Site { selection, labels, words, documents: DocumentIds::of_graph(graph), title };
    let mut of_entity: BTreeMap<&EntityId, Vec<&StatementEdge>> = BTreeMap::new();
    for &statement in selection.statements() {
        of_entity.entry(&statement.subject).or_default().push(statement);
        if statement.object != statement.subject {
            of_entity.entry(&statement.object).or_default().push(statement);
        }
    }
    folder.write("index.html", |out| site.index(&of_entity, material.picture.as_deref(), out))?;
    if let Some(svg) = &material.picture {
        folder.write("picture.svg", |out| out.write_all(svg.as_bytes()))?;
    }
    folder.write("statements.html", |out| site.all_statements(out))?;
    for node in selection.entities() {
        if let Some(statements) = of_entity.get(&node.entity.id) {
            let name = format!("entities/{}.html", file_name(node.entity.id.as_str()));
            folder.write(&name, |out| site.entity(node, statements, out))?;
        }
    }
    let notes = document::notes(&site);
    for document in selection.documents() {
        let name = format!("documents/{}.html", file_name(site.documents.id(&document.name)));
        let text = (material.text)(document);
        let notes = notes.get(&document.name).map_or(&[][..], Vec::as_slice);
        folder.write(&name, |out| document::write(&site, document, notes, text.as_deref(), out))?;
    }
    Ok(())
}

struct Site<'s, 'g> {
    selection: &'s Selection<'g>,
    labels: Labels<'g>,
    words: &'static PageWords,
    documents: DocumentIds,
    title: String,
}

impl Site<'_, '_> {
    fn index(
        &self,
        of_entity: &BTreeMap<&EntityId, Vec<&StatementEdge>>,
        picture: Option<&str>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let page = Page::begin(self, &self.title, "", "wide", out)?;
        let counts = self.labels.words;
        writeln!(
            page.out,
            "<p class=\"meta\">{}, {}</p>",
            counts.statements(self.selection.statements().len()),
            counts.documents(self.selection.documents().len())
        )?;
        if self.selection.cut().is_part() {
            writeln!(page.out, "<p class=\"note\">{}: {}.</p>", self.words.part, self.selection.cut())?;
        }
        if let Some(svg) = picture.and_then(inline) {
            writeln!(page.out, "<div class=\"picture\">{svg}</div>")?;
            writeln!(page.out, "<p class=\"meta\"><a href=\"picture.svg\">{}</a></p>", self.words.enlarge)?;
        } else {
            writeln!(page.out, "<p class=\"note\">{}</p>", self.words.no_picture)?;
            self.table(page.out)?;
        }
        writeln!(page.out, "<h2 id=\"entities\">{}</h2>\n<ul>", self.words.entities)?;
        let mut nodes: Vec<&EntityNode> = self.selection.entities().to_vec();
        nodes.sort_by_key(|node| (std::cmp::Reverse(node.documents), &node.entity.id));
        for node in nodes {
            if let Some(statements) = of_entity.get(&node.entity.id) {
                writeln!(
                    page.out,
                    "<li>{} <span class=\"meta\">{} – {}</span></li>",
                    self.entity_link("", &node.entity.id),
                    escape(self.labels.entity_type(&node.entity.entity_type)),
                    counts.statements(statements.len())
                )?;
            }
        }
        writeln!(page.out, "</ul>\n<h2 id=\"documents\">{}</h2>\n<ul>", self.words.documents)?;
        let mut documents: Vec<&SourceDocument> = self.selection.documents().iter().map(AsRef::as_ref).collect();
        documents.sort_by_key(|document| (std::cmp::Reverse(document.date), &document.name));
        for document in documents {
            writeln!(page.out, "<li>{}</li>", self.document_link("", document, None))?;
        }
        writeln!(page.out, "</ul>")?;
        page.end()
    }

    fn all_statements(&self, out: &mut dyn Write) -> io::Result<()> {
        let page = Page::begin(self, self.words.statements, "", "wide", out)?;
        self.table(page.out)?;
        page.end()
    }

    /// Every statement in a row, which is the picture in words.
    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "<table>\n<thead><tr><th>{}</th><th></th><th>{}</th></tr></thead>\n<tbody>",
            self.words.statements, self.words.documents
        )?;
        for statement in self.selection.statements() {
            write!(out, "<tr><td>{}</td><td>{}</td><td>", self.sentence("", statement), self.badges(statement))?;
            for (place, evidence) in statement.evidence.iter().enumerate() {
                let anchor = self.anchor(statement, evidence);
                let between = if place > 0 { "<br>" } else { "" };
                write!(out, "{between}{}", self.document_link("", &evidence.document, Some(&anchor)))?;
            }
            writeln!(out, "</td></tr>")?;
        }
        writeln!(out, "</tbody>\n</table>")
    }

    fn entity(&self, node: &EntityNode, statements: &[&StatementEdge], out: &mut dyn Write) -> io::Result<()> {
        let entity = &node.entity;
        let label = self.labels.entity_of(&entity.id);
        let page = Page::begin(self, label, "../", "", out)?;
        write!(page.out, "<p class=\"meta\">{}", escape(self.labels.entity_type(&entity.entity_type)))?;
        let mut names: Vec<&str> = Vec::new();
        for name in entity.labels.values().chain(entity.names.iter().map(|name| &name.text)) {
            if name != label && !name.trim().is_empty() && !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        if !names.is_empty() {
            let names: Vec<String> = names.into_iter().map(|name| format!("<bdi>{}</bdi>", escape(name))).collect();
            write!(page.out, "<br>{}: {}", self.words.also, names.join(", "))?;
        }
        writeln!(page.out, "</p>")?;
        for chapter in Chapter::ALL {
            let mut of_chapter = statements.iter().filter(|one| Chapter::of(one) == chapter).peekable();
            if of_chapter.peek().is_some() {
                writeln!(page.out, "<h2>{}</h2>", self.words.chapter(chapter))?;
            }
            for statement in of_chapter {
                self.statement(statement, page.out)?;
            }
        }
        page.end()
    }

    /// A statement with all its passages, on the page of an entity.
    fn statement(&self, statement: &StatementEdge, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "<div class=\"statement {} {}\" id=\"st-{}\">\n<p>{} {}</p>",
            statement.modality,
            statement.voice.as_str(),
            statement_id(statement),
            self.sentence("../", statement),
            self.badges(statement)
        )?;
        for evidence in &statement.evidence {
            let anchor = self.anchor(statement, evidence);
            writeln!(
                out,
                "<blockquote{} dir=\"auto\">{}</blockquote>\n<p class=\"meta\">{}</p>",
                lang(evidence.document.language),
                page::quote_in_sentence(evidence),
                self.document_link("../", &evidence.document, Some(&anchor))
            )?;
        }
        writeln!(out, "</div>")
    }

    /// "Subject relation object (role, sum, time)", with links.
    fn sentence(&self, up: &str, statement: &StatementEdge) -> String {
        let more: Vec<String> =
            statement.role.clone().into_iter().chain(amount_and_time(&self.labels, statement)).collect();
        let more = if more.is_empty() { String::new() } else { format!(" ({})", escape(&more.join(", "))) };
        format!(
            "{} <span class=\"relation\">{}</span> {}{more}",
            self.entity_link(up, &statement.subject),
            escape(self.labels.relation(&statement.relation)),
            self.entity_link(up, &statement.object)
        )
    }

    /// What a statement is besides a fact.
    fn badges(&self, statement: &StatementEdge) -> String {
        let mut badges = format!("<span class=\"badge\">{}</span>", self.labels.words.modality(statement.modality));
        if statement.voice == relata_model::Voice::Attributed {
            let source = statement.best_evidence().record.attributed_to.as_ref();
            let source = source.map_or(self.labels.words.attributed, |attribution| attribution.text.as_str());
            let source = escape(source.trim_matches([',', ' ', ':']));
            badges.extend([" <span class=\"badge\">", &source, "</span>"]);
        }
        badges
    }

    fn entity_link(&self, up: &str, id: &EntityId) -> String {
        let label = escape(self.labels.entity_of(id));
        format!("<a href=\"{up}entities/{}.html\"><bdi>{label}</bdi></a>", file_name(id.as_str()))
    }

    fn document_link(&self, up: &str, document: &SourceDocument, anchor: Option<&str>) -> String {
        let date = document.date.map(|date| format!("{date} – ")).unwrap_or_default();
        let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        format!(
            "<a href=\"{up}documents/{}.html{anchor}\">{date}<bdi>{}</bdi></a>",
            file_name(self.documents.id(&document.name)),
            escape(title(document))
        )
    }

    fn anchor(&self, statement: &StatementEdge, evidence: &relata_graph::SourcedEvidence) -> String {
        let document = self.documents.id(&evidence.document.name);
        format!("ev-{}", evidence_id(&statement_id(statement), document, evidence))
    }
}

fn title(document: &SourceDocument) -> &str {
    document.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or(document.name.as_str())
}

/// The drawing alone, without what only a file of its own may begin with.
fn inline(svg: &str) -> Option<&str> {
    svg.find("<svg").map(|start| &svg[start..])
}
