//! What colours, widths and shapes mean, the same in every format that has some.

use relata_model::{EntityType, Modality};

use crate::labels::Labels;

/// The colour of a modality's line: at least 3 to 1 on white, and told apart by colour-blind eyes.
pub(crate) fn color(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "#0072B2",
        Modality::Ended => "#595959",
        Modality::Planned => "#CC79A7",
        Modality::Hypothetical => "#009E73",
        Modality::Negated => "#D55E00",
    }
}

/// The colour of a modality's words: the same hue, dark enough for small letters (4.5 to 1 on white).
pub(crate) fn text_color(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "#00507D",
        Modality::Ended => "#404040",
        Modality::Planned => "#8F3F6B",
        Modality::Hypothetical => "#006B4E",
        Modality::Negated => "#A34700",
    }
}

/// Thicker with more origins, but never a bar; broken lines a little thicker, or they fade on paper.
pub(crate) fn pen_width(modality: Modality, origins: usize) -> String {
    let origins = u32::try_from(origins.max(1)).unwrap_or(u32::MAX);
    let base = if matches!(modality, Modality::Asserted | Modality::Ended) { 1.0 } else { 1.5 };
    let width = (base + 0.5 * f64::from(origins).log2()).min(5.0);
    format!("{width:.1}")
}

/// The outlines of nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Ellipse,
    RoundedBox,
    Box,
    House,
    Hexagon,
    Octagon,
    Folder,
    Note,
}

/// Types that look alike: those of one widest type, so that a picture has few colours.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Family {
    place: usize,
    /// What the widest type is called.
    pub(crate) label: String,
}

/// How a family looks.
struct Look {
    /// Its widest type.
    widest: &'static str,
    shape: Shape,
    /// Pale, to write on.
    fill: &'static str,
    /// Strong, where there is nothing but a dot of it: Wong's colours, told apart by colour-blind eyes.
    strong: &'static str,
}

const LOOKS: [Look; 8] = [
    Look { widest: "Person", shape: Shape::Ellipse, fill: "#FFE8C2", strong: "#E69F00" },
    Look { widest: "Organization", shape: Shape::RoundedBox, fill: "#CCE5F5", strong: "#0072B2" },
    Look { widest: "Place", shape: Shape::House, fill: "#D9F2E6", strong: "#009E73" },
    Look { widest: "Product", shape: Shape::Hexagon, fill: "#F5E0EC", strong: "#CC79A7" },
    Look { widest: "Event", shape: Shape::Octagon, fill: "#FBF3C0", strong: "#F0E442" },
    Look { widest: "Programme", shape: Shape::Folder, fill: "#E3E9C8", strong: "#D55E00" },
    Look { widest: "Concept", shape: Shape::Note, fill: "#EFEAF7", strong: "#56B4E9" },
    // What a user's own schema adds.
    Look { widest: "", shape: Shape::Box, fill: "#F0F0F0", strong: "#595959" },
];

impl Family {
    /// The family of a type.
    pub(crate) fn of(labels: &Labels<'_>, entity_type: &EntityType) -> Self {
        let widest = labels.lineage(entity_type).pop().unwrap_or_else(|| entity_type.clone());
        let place = LOOKS.iter().position(|look| look.widest == widest.as_str()).unwrap_or(LOOKS.len() - 1);
        Self { place, label: labels.entity_type(&widest).to_owned() }
    }

    /// Its outline.
    pub(crate) fn shape(&self) -> Shape {
        LOOKS[self.place].shape
    }

    /// Its pale colour.
    pub(crate) fn fill(&self) -> &'static str {
        LOOKS[self.place].fill
    }

    /// Its strong colour.
    pub(crate) fn strong(&self) -> &'static str {
        LOOKS[self.place].strong
    }
}
