//! What lines, arrowheads, shapes and colours mean.

use relata_model::{Modality, Voice};

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

/// The colour of a modality's line: at least 3 to 1 on white, and told apart by colour-blind eyes.
pub(super) fn color(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "#0072B2",
        Modality::Ended => "#595959",
        Modality::Planned => "#CC79A7",
        Modality::Hypothetical => "#009E73",
        Modality::Negated => "#D55E00",
    }
}

/// The colour of a modality's words: the same hue, dark enough for small letters (4.5 to 1 on white).
pub(super) fn text_color(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "#00507D",
        Modality::Ended => "#404040",
        Modality::Planned => "#8F3F6B",
        Modality::Hypothetical => "#006B4E",
        Modality::Negated => "#A34700",
    }
}

/// Thicker with more documents, but never a bar; broken lines a little thicker, or they fade on paper.
pub(super) fn pen_width(modality: Modality, documents: usize) -> String {
    let documents = u32::try_from(documents.max(1)).unwrap_or(u32::MAX);
    let base = if line(modality) == "solid" { 1.0 } else { 1.5 };
    let width = (base + 0.5 * f64::from(documents).log2()).min(5.0);
    format!("{width:.1}")
}

/// Larger letters for the entities that much is said of.
pub(super) fn emphasis(degree: usize) -> &'static str {
    match degree {
        0..=3 => "",
        4..=7 => ", fontsize=16",
        _ => ", fontsize=19, penwidth=1.6",
    }
}

/// Types that look alike in a diagram: those of one widest type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Family {
    place: usize,
    /// What the widest type is called.
    pub(super) label: String,
}

/// Widest type, shape, whether its corners may be rounded, fill. Rounding deforms the others.
const LOOKS: [(&str, &str, bool, &str); 8] = [
    ("Person", "ellipse", false, "#FFE8C2"),
    ("Organization", "box", true, "#CCE5F5"),
    ("Place", "house", false, "#D9F2E6"),
    ("Product", "hexagon", false, "#F5E0EC"),
    ("Event", "octagon", false, "#FBF3C0"),
    ("Programme", "folder", false, "#E3E9C8"),
    ("Concept", "note", false, "#EFEAF7"),
    // What a user's own schema adds.
    ("", "box", false, "#F0F0F0"),
];

impl Family {
    pub(super) fn new(widest: &str, label: &str) -> Self {
        let place = LOOKS.iter().position(|look| look.0 == widest).unwrap_or(LOOKS.len() - 1);
        Self { place, label: label.to_owned() }
    }

    /// The attributes of a node of this family.
    pub(super) fn attributes(&self) -> String {
        let (_, shape, rounded, fill) = LOOKS[self.place];
        let style = if rounded { "\"rounded,filled\"" } else { "filled" };
        format!("shape={shape}, style={style}, fillcolor=\"{fill}\"")
    }

    /// Its colour.
    pub(super) fn fill(&self) -> &'static str {
        LOOKS[self.place].3
    }
}
