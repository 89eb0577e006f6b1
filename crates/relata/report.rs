//! What the program says beside its data: progress, notes, faults, a summary. All of it on standard error.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// How a command ended, when it could start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything done.
    Clean,
    /// Done, with faults that were reported.
    Faults,
}

impl Outcome {
    /// Faults as soon as there is one.
    pub(crate) fn of(faults: usize) -> Self {
        if faults == 0 { Self::Clean } else { Self::Faults }
    }
}

/// Says things on standard error, as much as was asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Report {
    quiet: bool,
    verbose: bool,
}

impl Report {
    pub(crate) fn new(quiet: bool, verbose: bool) -> Self {
        Self { quiet, verbose }
    }

    /// What the user should know.
    pub(crate) fn note(self, message: &impl std::fmt::Display) {
        if !self.quiet {
            say(&message.to_string());
        }
    }

    /// What only a curious user wants to know.
    pub(crate) fn detail(self, message: &impl std::fmt::Display) {
        if self.verbose && !self.quiet {
            say(&message.to_string());
        }
    }

    /// A bar for long work; hidden where standard error is no terminal, or with `--quiet`.
    pub(crate) fn progress(self, what: &'static str, length: usize) -> ProgressBar {
        if self.quiet || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(length as u64);
        let style = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} ({eta} left)");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(what);
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }
}

/// Something that went wrong: said even with `--quiet`.
pub(crate) fn fault(message: &impl std::fmt::Display) {
    say(&format!("fault: {message}"));
}

/// Why the program cannot go on, with its causes.
pub(crate) fn error(error: &anyhow::Error) {
    say(&format!("error: {error:#}"));
}

/// A closed standard error is nobody's fault.
fn say(message: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{message}");
}

/// `1 document`, `2 documents`, `12 345 documents`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('\u{A0}');
        }
        grouped.push(digit);
    }
    format!("{grouped} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn numbers_are_grouped_and_nouns_agree() {
        assert_eq!(count(1, "document", "documents"), "1 document");
        assert_eq!(count(1_234_567, "document", "documents"), "1\u{A0}234\u{A0}567 documents");
    }
}
