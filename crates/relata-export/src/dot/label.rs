//! How many words there is room for in a diagram, and how Graphviz wants them.

use crate::text::clean;

/// How much a diagram of a size can show: Graphviz needs half a minute for 400 labelled edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// Labels have their own place.
    Labels,
    /// Labels stand where there is room.
    LooseLabels,
    /// Labels are in the tooltips only, and springs place the nodes.
    NoLabels,
}

impl Detail {
    pub(super) fn for_statements(statements: usize) -> Self {
        match statements {
            0..=150 => Self::Labels,
            151..=500 => Self::LooseLabels,
            _ => Self::NoLabels,
        }
    }

    /// Attributes of the graph.
    pub(super) fn layout(self) -> &'static str {
        match self {
            Self::Labels => "layout=dot, rankdir=LR, nodesep=0.22, ranksep=0.45",
            Self::LooseLabels => "layout=dot, rankdir=LR, forcelabels=true, nodesep=0.35, ranksep=1.6",
            Self::NoLabels => {
                // Nodes over edges, and edges half transparent: in a crowd the names are what must be read.
                "layout=sfdp, overlap=prism, overlap_scaling=-4, sep=\"+10\", splines=line, outputorder=edgesfirst, \
                 K=1.2, repulsiveforce=1.8"
            }
        }
    }

    /// The size of the legend's letters, in points; the title's are half as large again. A picture of a thousand edges is as large as
    /// ten pages, on which small letters are lost.
    pub(super) fn letters(self) -> u32 {
        match self {
            Self::Labels => 12,
            Self::LooseLabels => 18,
            Self::NoLabels => 30,
        }
    }

    /// What follows the colour of a line.
    pub(super) fn transparency(self) -> &'static str {
        match self {
            Self::Labels | Self::LooseLabels => "",
            Self::NoLabels => "99",
        }
    }

    /// The attribute that holds an edge's label.
    pub(super) fn label_attribute(self) -> Option<&'static str> {
        match self {
            Self::Labels => Some("label"),
            Self::LooseLabels => Some("xlabel"),
            Self::NoLabels => None,
        }
    }
}

/// The text as it stands between quotation marks. The order matters: a raw `&eacute;` would be drawn "é", `\N` become the
/// name of the node, a final `\` end the syntax, and `&` in a tooltip make ill-formed SVG.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '\\' => escaped.push_str("\\\\"),
            '"' => escaped.push_str("\\\""),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn what_graphviz_would_read_is_escaped() {
        assert_eq!(escape("a\\N \"b\" &eacute;\n<c>\t\u{85}\\"), "a\\\\N \\\"b\\\" &amp;eacute;\\n<c> \\\\");
    }
}
