//! The legend: what the lines and colours of this very diagram mean.

use std::collections::BTreeSet;
use std::io::{self, Write};

use relata_graph::StatementEdge;
use relata_model::{Modality, Voice};

use super::FONT;
use crate::look::{Family, color};
use crate::words::Words;

/// Writes the legend, in letters of so many points. Its HTML is made of fixed words and of labels of the schema, escaped.
pub(super) fn write(
    out: &mut dyn Write,
    words: &Words,
    statements: &[&StatementEdge],
    families: BTreeSet<Family>,
    letters: u32,
) -> io::Result<()> {
    writeln!(out, "  subgraph cluster_legend {{")?;
    writeln!(
        out,
        "    label=\"{}\"; fontsize={}; color=\"#BBBBBB\"; fontname=\"{FONT}\"; tooltip=\" \"; style=\"rounded\";",
        words.legend,
        letters + 1
    )?;
    writeln!(out, "    node [shape=plain, style=\"\", fillcolor=none, fontsize={letters}];")?;
    writeln!(out, "    \"_legend\" [id=\"legend\", tooltip=\"{}\", label=<", words.legend)?;
    let spacing = letters / 4;
    writeln!(out, "      <table border=\"0\" cellborder=\"0\" cellspacing=\"{spacing}\" cellpadding=\"1\">")?;
    for modality in Modality::ALL {
        if statements.iter().any(|one| one.modality == modality) {
            line(out, color(modality), sign(modality), words.modality(modality))?;
        }
    }
    if statements.iter().any(|one| one.voice == Voice::Attributed) {
        line(out, "#000000", "○━━━", words.attributed_legend)?;
    }
    if statements.iter().any(|one| one.origins > 1) {
        line(out, "#000000", "<b>━━━━</b>", words.thickness)?;
    }
    for family in families {
        writeln!(
            out,
            "      <tr><td border=\"1\" color=\"#555555\" bgcolor=\"{}\"> </td><td align=\"left\">{}</td></tr>",
            family.fill(),
            html(&family.label)
        )?;
    }
    writeln!(out, "      </table>>];")?;
    writeln!(out, "  }}")
}

fn line(out: &mut dyn Write, color: &str, sign: &str, meaning: &str) -> io::Result<()> {
    writeln!(
        out,
        "      <tr><td align=\"left\"><font color=\"{color}\">{sign}</font></td><td align=\"left\">{meaning}</td></tr>"
    )
}

/// The line and arrowhead of a modality in letters.
fn sign(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "━━━▶",
        Modality::Ended => "━━━┤",
        Modality::Planned => "━ ━ ▷",
        Modality::Hypothetical => "•••• ▷",
        Modality::Negated => "•••• ┤",
    }
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
