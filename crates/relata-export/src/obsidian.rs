//! Notes in Markdown for Obsidian: a note an entity and a note a document, linked both ways.
//!
//! Facts come first; what is announced, claimed or denied stands under headings of its own, so that a vault read years
//! later does not turn plans into facts.

use std::collections::BTreeMap;
use std::io::{self, Write};

use relata_graph::{EntityNode, Selection, SourceDocument, StatementEdge};
use relata_model::EntityId;

use crate::captions::amount_and_time;
use crate::chapters::{Chapter, PageWords};
use crate::folder::{Folder, file_name};
use crate::json::quoted;
use crate::labels::Labels;
use crate::text::clean;
use crate::{DocumentIds, ExportOptions};

/// Writes a selection as notes: `entities/` with the entities that have a statement, `documents/`, and `index.md`.
///
/// # Errors
/// When a file cannot be written.
pub fn write(selection: &Selection<'_>, options: &ExportOptions, folder: &mut Folder) -> io::Result<()> {
    let graph = selection.graph();
    let labels = Labels::new(graph, options.language_for(graph));
    let words = PageWords::of(labels.language);
    let notes = Notes { selection, labels, words, documents: DocumentIds::of_graph(graph) };
    let mut of_entity: BTreeMap<&EntityId, Vec<&StatementEdge>> = BTreeMap::new();
    let mut of_document: BTreeMap<&str, Vec<&StatementEdge>> = BTreeMap::new();
    for &statement in selection.statements() {
        of_entity.entry(&statement.subject).or_default().push(statement);
        if statement.object != statement.subject {
            of_entity.entry(&statement.object).or_default().push(statement);
        }
        for evidence in &statement.evidence {
            let of_one = of_document.entry(evidence.document.name.as_str()).or_default();
            if of_one.last().is_none_or(|last| !std::ptr::eq(*last, statement)) {
                of_one.push(statement);
            }
        }
    }
    folder.write("index.md", |out| notes.index(options, &of_entity, out))?;
    for node in selection.entities() {
        if let Some(statements) = of_entity.get(&node.entity.id) {
            let name = format!("entities/{}.md", file_name(node.entity.id.as_str()));
            folder.write(&name, |out| notes.entity(node, statements, out))?;
        }
    }
    for document in selection.documents() {
        let name = format!("documents/{}.md", file_name(notes.documents.id(&document.name)));
        let statements = of_document.get(document.name.as_str()).map_or(&[][..], Vec::as_slice);
        folder.write(&name, |out| notes.document(document, statements, out))?;
    }
    Ok(())
}

struct Notes<'s, 'g> {
    selection: &'s Selection<'g>,
    labels: Labels<'g>,
    words: &'static PageWords,
    documents: DocumentIds,
}

impl Notes<'_, '_> {
    fn index(
        &self,
        options: &ExportOptions,
        of_entity: &BTreeMap<&EntityId, Vec<&StatementEdge>>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        writeln!(out, "# {}\n", escape(options.title.as_deref().unwrap_or("relata")))?;
        if self.selection.cut().is_part() {
            writeln!(out, "{}: {}.\n", self.words.part, self.selection.cut())?;
        }
        writeln!(out, "## {}\n", self.words.entities)?;
        let mut nodes: Vec<&EntityNode> = self.selection.entities().to_vec();
        nodes.sort_by_key(|node| (std::cmp::Reverse(node.documents), &node.entity.id));
        for node in nodes {
            if let Some(statements) = of_entity.get(&node.entity.id) {
                writeln!(out, "- {} ({})", self.link(&node.entity.id), statements.len())?;
            }
        }
        writeln!(out, "\n## {}\n", self.words.documents)?;
        for document in self.selection.documents() {
            writeln!(out, "- {}", self.document_link(document))?;
        }
        Ok(())
    }

    fn entity(&self, node: &EntityNode, statements: &[&StatementEdge], out: &mut dyn Write) -> io::Result<()> {
        let entity = &node.entity;
        let label = self.labels.entity_of(&entity.id);
        let mut aliases: Vec<&str> = vec![label];
        for name in entity.labels.values().chain(entity.names.iter().map(|name| &name.text)) {
            if !aliases.contains(&name.as_str()) && !name.trim().is_empty() {
                aliases.push(name);
            }
        }
        writeln!(out, "---\naliases:")?;
        for alias in aliases {
            writeln!(out, "  - {}", yaml(alias))?;
        }
        writeln!(out, "tags:\n  - {}\ndocuments: {}\n---\n", entity.entity_type, node.documents)?;
        writeln!(out, "# {}\n", escape(label))?;
        writeln!(out, "{}\n", escape(self.labels.entity_type(&entity.entity_type)))?;
        self.statements(statements, None, out)
    }

    fn document(
        &self,
        document: &SourceDocument,
        statements: &[&StatementEdge],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        writeln!(out, "---\naliases:\n  - {}", yaml(&title(document)))?;
        if let Some(date) = document.date {
            writeln!(out, "date: {date}")?;
        }
        if let Some(url) = &document.url {
            writeln!(out, "url: {}", yaml(url))?;
        }
        writeln!(out, "file: {}\n---\n", yaml(document.name.as_str()))?;
        writeln!(out, "# {}\n", escape(&title(document)))?;
        self.statements(statements, Some(document), out)
    }

    /// The statements by chapter, with all their passages or those of one document.
    fn statements(
        &self,
        statements: &[&StatementEdge],
        only: Option<&SourceDocument>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        for chapter in Chapter::ALL {
            let mut of_chapter = statements.iter().filter(|one| Chapter::of(one) == chapter).peekable();
            if of_chapter.peek().is_none() {
                continue;
            }
            writeln!(out, "## {}\n", self.words.chapter(chapter))?;
            for statement in of_chapter {
                let (subject, object) = (self.link(&statement.subject), self.link(&statement.object));
                write!(out, "- {subject} **{}** {object}", escape(self.labels.relation(&statement.relation)))?;
                let more: Vec<String> =
                    statement.role.clone().into_iter().chain(amount_and_time(&self.labels, statement)).collect();
                if !more.is_empty() {
                    write!(out, " ({})", escape(&more.join(", ")))?;
                }
                writeln!(out)?;
                let shown =
                    statement.evidence.iter().filter(|one| only.is_none_or(|only| one.document.name == only.name));
                for evidence in shown {
                    let [open, close] = self.labels.words.quotes;
                    write!(out, "    - {open}{}{close}", escape(&evidence.record.quote.text))?;
                    if let Some(attribution) = &evidence.record.attributed_to {
                        write!(out, " ({})", escape(&attribution.text))?;
                    }
                    if only.is_none() {
                        write!(out, " – {}", self.document_link(&evidence.document))?;
                    }
                    writeln!(out)?;
                }
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn link(&self, id: &EntityId) -> String {
        format!("[[entities/{}|{}]]", file_name(id.as_str()), link_text(self.labels.entity_of(id)))
    }

    fn document_link(&self, document: &SourceDocument) -> String {
        let date = document.date.map(|date| format!("{date} ")).unwrap_or_default();
        let id = file_name(self.documents.id(&document.name));
        format!("[[documents/{id}|{}]]", link_text(&format!("{date}{}", title(document))))
    }
}

fn title(document: &SourceDocument) -> String {
    document.title.clone().filter(|title| !title.trim().is_empty()).unwrap_or_else(|| document.name.to_string())
}

/// The text of a link, in which brackets and bars cannot be escaped.
fn link_text(text: &str) -> String {
    let text = one_line(text).replace('[', "(").replace(']', ")").replace('|', "¦");
    if text.trim().is_empty() { "–".to_owned() } else { text }
}

/// Text in which Markdown and Obsidian find nothing of theirs.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if "\\`*_{}[]<>#|~$%=^&".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A text as a value of the front matter.
fn yaml(text: &str) -> String {
    quoted(&one_line(text))
}

fn one_line(text: &str) -> String {
    clean(text).chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::{escape, link_text};

    #[test]
    fn obsidian_finds_no_link_tag_or_comment_in_a_text() {
        assert_eq!(escape("a [[b]] #c %%d%%\n"), "a \\[\\[b\\]\\] \\#c \\%\\%d\\%\\% ");
        assert_eq!(link_text("a|b]]"), "a¦b))");
        assert_eq!(link_text(""), "–");
    }
}
