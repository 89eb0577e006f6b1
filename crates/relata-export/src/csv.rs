//! Pairs of tables: one of entities, one of statements, as Gephi, Neo4j and Excel each want them.
//!
//! Each row carries modality, voice and whether it is a fact, so that nobody counts a denial by mistake; for Neo4j, where
//! queries name types, everything but facts has a type of its own (`ACQUIRES`, `ACQUIRES_PLANNED`).

use std::io::{self, Write};

use relata_graph::{Selection, StatementEdge};
use relata_model::{Modality, Voice};

use crate::ExportOptions;
use crate::attributes::{Attributes, EDGE, Kind, NODE, Value};
use crate::folder::Folder;
use crate::gexf::attribute_name;
use crate::names::{Namespaces, Space, statement_id};
use crate::text::clean;

/// Who reads the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `nodes.csv` and `edges.csv`: commas, no byte order mark, the columns that Gephi knows first.
    Gephi,
    /// `entities.csv` and `statements.csv` with a byte order mark, semicolons and decimal commas, as Excel opens them in
    /// most of Europe; what Excel would take for a formula stands behind an apostrophe.
    Excel,
    /// `nodes.csv` and `relationships.csv` for `neo4j-admin database import`; line ends become spaces.
    Neo4j,
}

/// Writes a selection as two tables: the entities that have a statement, and one row a statement. Gives what is to be done
/// with them, where that is a command.
///
/// # Errors
/// When a file cannot be written.
pub fn write(
    selection: &Selection<'_>,
    options: &ExportOptions,
    dialect: Dialect,
    folder: &mut Folder,
) -> io::Result<Option<String>> {
    let tables = Tables { selection, attributes: Attributes::new(selection.graph(), options), dialect };
    match dialect {
        Dialect::Gephi => {
            folder.write("nodes.csv", |out| tables.nodes(&["Id", "Label"], out))?;
            folder
                .write("edges.csv", |out| tables.edges(&["Source", "Target", "Type", "Id", "Label", "Weight"], out))?;
            Ok(None)
        }
        Dialect::Excel => {
            folder.write("entities.csv", |out| tables.nodes(&["id", "label"], out))?;
            let columns = ["subject", "subjectName", "label", "object", "objectName"];
            folder.write("statements.csv", |out| tables.edges(&columns, out))?;
            Ok(None)
        }
        Dialect::Neo4j => {
            let spaces = Namespaces::new(&options.base_iri);
            let space = spaces.iri(Space::Entity);
            folder.write("nodes.csv", |out| tables.neo4j_nodes(space, out))?;
            folder.write("relationships.csv", |out| tables.neo4j_relationships(space, out))?;
            let [nodes, relationships] = ["nodes.csv", "relationships.csv"].map(|name| folder.path(name));
            Ok(Some(format!(
                "neo4j-admin database import full neo4j --nodes=\"{}\" --relationships=\"{}\"",
                nodes.display(),
                relationships.display()
            )))
        }
    }
}

struct Tables<'s, 'g> {
    selection: &'s Selection<'g>,
    attributes: Attributes<'g>,
    dialect: Dialect,
}

impl Tables<'_, '_> {
    fn nodes(&self, first: &[&str], out: &mut dyn Write) -> io::Result<()> {
        let mut row = Row::begin(self.dialect, out)?;
        let shown: Vec<usize> = (1..NODE.len()).filter(|&place| NODE[place].0 != "labels").collect();
        first.iter().try_for_each(|name| row.text(name))?;
        shown.iter().try_for_each(|&place| row.text(NODE[place].0))?;
        row.end()?;
        let degrees = self.selection.degrees();
        for node in self.selection.entities() {
            let Some(&degree) = degrees.get(&node.entity.id) else { continue };
            let mut cells = vec![None; NODE.len()];
            self.attributes.node(node, degree, &mut |place, value| {
                cells[place] = Some(Cell::of(value));
                Ok(())
            })?;
            row.text(node.entity.id.as_str())?;
            row.cell(cells[0].as_ref())?;
            shown.iter().try_for_each(|&place| row.cell(cells[place].as_ref()))?;
            row.end()?;
        }
        Ok(())
    }

    fn edges(&self, first: &[&str], out: &mut dyn Write) -> io::Result<()> {
        let mut row = Row::begin(self.dialect, out)?;
        // The label stands among the first columns; the weight is the number of origins over again.
        let shown: Vec<usize> = (1..EDGE.len()).filter(|&place| EDGE[place].0 != "weight").collect();
        first.iter().try_for_each(|name| row.text(name))?;
        shown.iter().try_for_each(|&place| row.text(attribute_name(EDGE[place].0)))?;
        row.end()?;
        let labels = &self.attributes.labels;
        for statement in self.selection.statements() {
            let cells = self.edge_cells(statement)?;
            let (subject, object) = (&statement.subject, &statement.object);
            row.text(subject.as_str())?;
            match self.dialect {
                Dialect::Excel => {
                    row.text(labels.entity_of(subject))?;
                    row.cell(cells[0].as_ref())?;
                    row.text(object.as_str())?;
                    row.text(labels.entity_of(object))?;
                }
                Dialect::Gephi | Dialect::Neo4j => {
                    row.text(object.as_str())?;
                    row.text("Directed")?;
                    row.text(&format!("st-{}", statement_id(statement)))?;
                    row.cell(cells[0].as_ref())?;
                    row.cell(cells[7].as_ref())?;
                }
            }
            shown.iter().try_for_each(|&place| row.cell(cells[place].as_ref()))?;
            row.end()?;
        }
        Ok(())
    }

    fn neo4j_nodes(&self, space: &str, out: &mut dyn Write) -> io::Result<()> {
        let mut row = Row::begin(self.dialect, out)?;
        let columns = ["iri:ID(Entity)", "id", "name", "type", "degree:int", "mentions:int", "documents:int", ":LABEL"];
        columns.iter().try_for_each(|name| row.text(name))?;
        row.end()?;
        let degrees = self.selection.degrees();
        for node in self.selection.entities() {
            let Some(&degree) = degrees.get(&node.entity.id) else { continue };
            let entity = &node.entity;
            row.text(&format!("{space}{}", entity.id))?;
            row.text(entity.id.as_str())?;
            row.text(self.attributes.labels.entity_of(&entity.id))?;
            row.text(entity.entity_type.as_str())?;
            for number in [degree, node.mentions, node.documents] {
                row.number(&number.to_string())?;
            }
            let mut types = "Entity".to_owned();
            for ancestor in self.attributes.labels.lineage(&entity.entity_type).iter().rev() {
                types.extend([";", ancestor.as_str()]);
            }
            row.text(&types)?;
            row.end()?;
        }
        Ok(())
    }

    fn neo4j_relationships(&self, space: &str, out: &mut dyn Write) -> io::Result<()> {
        let mut row = Row::begin(self.dialect, out)?;
        for name in [":START_ID(Entity)", ":END_ID(Entity)", ":TYPE"] {
            row.text(name)?;
        }
        for (name, kind) in EDGE {
            row.text(&match kind {
                Kind::Text => name.to_owned(),
                Kind::Integer => format!("{name}:int"),
                Kind::Real => format!("{name}:double"),
                Kind::Flag => format!("{name}:boolean"),
            })?;
        }
        row.end()?;
        for statement in self.selection.statements() {
            row.text(&format!("{space}{}", statement.subject))?;
            row.text(&format!("{space}{}", statement.object))?;
            row.text(&relationship_type(statement))?;
            self.edge_cells(statement)?.iter().try_for_each(|cell| row.cell(cell.as_ref()))?;
            row.end()?;
        }
        Ok(())
    }

    fn edge_cells(&self, statement: &StatementEdge) -> io::Result<Vec<Option<Cell>>> {
        let mut cells = vec![None; EDGE.len()];
        self.attributes.edge(statement, &mut |place, value| {
            cells[place] = Some(Cell::of(value));
            Ok(())
        })?;
        Ok(cells)
    }
}

/// `suppliesTo` as `SUPPLIES_TO`, and what is no fact with the reason behind it.
fn relationship_type(statement: &StatementEdge) -> String {
    let mut name = String::new();
    for c in statement.relation.as_str().chars() {
        if c.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(c.to_ascii_uppercase());
    }
    match (statement.modality, statement.voice) {
        (Modality::Asserted, Voice::Own) => {}
        (Modality::Asserted, Voice::Attributed) => name.push_str("_ATTRIBUTED"),
        (modality, _) => name.extend(["_", &modality.as_str().to_ascii_uppercase()]),
    }
    name
}

/// What stands in a cell.
#[derive(Clone)]
enum Cell {
    Text(String),
    Number(String),
}

impl Cell {
    fn of(value: Value<'_>) -> Self {
        match value {
            Value::Text(text) => Self::Text(text.to_owned()),
            Value::Name(space, local) => Self::Text(format!("{space}{local}")),
            Value::Integer(number) => Self::Number(number.to_string()),
            Value::Real(number) => Self::Number(number.to_owned()),
            Value::Flag(flag) => Self::Number(flag.to_string()),
        }
    }
}

/// The row being written.
struct Row<'o> {
    out: &'o mut dyn Write,
    dialect: Dialect,
    first: bool,
}

impl<'o> Row<'o> {
    fn begin(dialect: Dialect, out: &'o mut dyn Write) -> io::Result<Self> {
        if dialect == Dialect::Excel {
            out.write_all("\u{FEFF}".as_bytes())?;
        }
        Ok(Self { out, dialect, first: true })
    }

    fn cell(&mut self, cell: Option<&Cell>) -> io::Result<()> {
        match cell {
            None => self.separate(),
            Some(Cell::Text(text)) => self.text(text),
            Some(Cell::Number(number)) => self.number(number),
        }
    }

    fn number(&mut self, number: &str) -> io::Result<()> {
        self.separate()?;
        match self.dialect {
            Dialect::Excel => self.out.write_all(number.replace('.', ",").as_bytes()),
            Dialect::Gephi | Dialect::Neo4j => self.out.write_all(number.as_bytes()),
        }
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.separate()?;
        let mut text = clean(text).into_owned();
        match self.dialect {
            Dialect::Gephi => {}
            Dialect::Excel => {
                if text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with(['\t', '\n']) {
                    text.insert(0, '\'');
                }
            }
            Dialect::Neo4j => {
                text = text.replace(['\n', '\t'], " ");
                // A final backslash would escape the quotation mark behind it.
                if text.ends_with('\\') {
                    text.push(' ');
                }
            }
        }
        let special = [',', ';', '"', '\n', '\t', '\\', ' '];
        if text.contains(special) {
            self.out.write_all(b"\"")?;
            self.out.write_all(text.replace('"', "\"\"").as_bytes())?;
            self.out.write_all(b"\"")
        } else {
            self.out.write_all(text.as_bytes())
        }
    }

    fn separate(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.first) {
            return Ok(());
        }
        self.out.write_all(if self.dialect == Dialect::Excel { b";" } else { b"," })
    }

    fn end(&mut self) -> io::Result<()> {
        self.first = true;
        self.out.write_all(if self.dialect == Dialect::Excel { b"\r\n" } else { b"\n" })
    }
}
