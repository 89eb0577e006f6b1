//! How a query was answered.

use std::fmt;

use oxigraph::sparql::QueryExplanation;
use serde::Deserialize;

/// The plan of a query with what each of its steps gave. Prints as an indented list, the last step first.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The query as standard SPARQL: prefixes and names written out.
    pub sparql: String,
    /// Rows or triples of the answer.
    pub results: usize,
    /// `None` when the evaluator's explanation has another form than expected.
    root: Option<Step>,
}

#[derive(Clone, Debug, Deserialize)]
struct Explanation {
    plan: Step,
}

#[derive(Clone, Debug, Deserialize)]
struct Step {
    name: String,
    #[serde(rename = "number of results", default)]
    results: u64,
    #[serde(rename = "duration in seconds", default)]
    seconds: f64,
    children: Vec<Step>,
}

impl Plan {
    pub(crate) fn new(sparql: String, explanation: &QueryExplanation, results: usize) -> Self {
        let mut json = Vec::new();
        let written = explanation.write_in_json(&mut json);
        let read = written.ok().and_then(|()| serde_json::from_slice::<Explanation>(&json).ok());
        Self { sparql, results, root: read.map(|explanation| explanation.plan) }
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n", self.sparql)?;
        writeln!(f, "{:>10}  {:>10}  step", "rows", "ms")?;
        if let Some(root) = &self.root {
            root.write(0, f)?;
        }
        Ok(())
    }
}

impl Step {
    fn write(&self, depth: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let milliseconds = self.seconds * 1000.0;
        let indent = "  ".repeat(depth);
        writeln!(f, "{:>10}  {milliseconds:>10.1}  {indent}{}", self.results, self.name)?;
        self.children.iter().try_for_each(|child| child.write(depth + 1, f))
    }
}
