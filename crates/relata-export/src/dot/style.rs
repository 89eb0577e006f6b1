//! What lines and arrowheads mean, and shapes as Graphviz calls them.

use relata_model::{Modality, Voice};

use crate::look::{Family, Shape};

/// The line of a modality: what is or was is a full line, what is to come dashed, what may not be dotted.
pub(super) fn line(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted | Modality::Ended => "solid",
        Modality::Planned => "dashed",
        Modality::Hypothetical | Modality::Negated => "dotted",
    }
}

/// The arrowhead of a modality. A plain `tee` would melt into the border of the node.
pub(super) fn head(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "normal",
        Modality::Planned | Modality::Hypothetical => "empty",
        Modality::Ended | Modality::Negated => "nonetee",
    }
}

/// The attributes of both ends of an edge: a circle at the tail says that somebody else is made responsible.
pub(super) fn arrows(modality: Modality, voice: Voice, symmetric: bool) -> String {
    let head = head(modality);
    match (voice, symmetric) {
        (Voice::Own, false) => format!("arrowhead={head}"),
        (Voice::Own, true) => format!("dir=both, arrowtail={head}, arrowhead={head}"),
        (Voice::Attributed, false) => format!("dir=both, arrowtail=odot, arrowhead={head}"),
        (Voice::Attributed, true) => format!("dir=both, arrowtail={head}odot, arrowhead={head}"),
    }
}

/// Larger letters for the entities that much is said of.
pub(super) fn emphasis(degree: usize) -> &'static str {
    match degree {
        0..=3 => "",
        4..=7 => ", fontsize=16",
        _ => ", fontsize=19, penwidth=1.6",
    }
}

/// The attributes of a node of a family. Rounding deforms all shapes but boxes.
pub(super) fn node_style(family: &Family) -> String {
    let shape = match family.shape() {
        Shape::Ellipse => "ellipse",
        Shape::RoundedBox | Shape::Box => "box",
        Shape::House => "house",
        Shape::Hexagon => "hexagon",
        Shape::Octagon => "octagon",
        Shape::Folder => "folder",
        Shape::Note => "note",
    };
    let style = if family.shape() == Shape::RoundedBox { "\"rounded,filled\"" } else { "filled" };
    format!("shape={shape}, style={style}, fillcolor=\"{}\"", family.fill())
}
