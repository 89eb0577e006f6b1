//! The access log: a line a request on standard error.

use std::io::Write;
use std::time::Duration;

use hyper::{Method, StatusCode};

/// A request that was answered.
pub(crate) struct Line<'l> {
    pub(crate) client: &'l str,
    pub(crate) method: &'l Method,
    pub(crate) path: &'l str,
    pub(crate) status: StatusCode,
    pub(crate) bytes: u64,
    pub(crate) time: Duration,
    /// Why it was not answered, in its first line.
    pub(crate) told: Option<&'l str>,
}

impl Line<'_> {
    pub(crate) fn write(&self) {
        let told = self.told.and_then(|told| told.lines().next()).map_or_else(String::new, |told| format!(" {told:?}"));
        say(&format!(
            "{} \"{} {}\" {} {} bytes {} ms{told}",
            self.client,
            self.method,
            shown(self.path),
            self.status.as_u16(),
            self.bytes,
            self.time.as_millis()
        ));
    }
}

/// Something that happens to no request in particular.
pub(crate) fn event(message: &str) {
    say(&shown(message));
}

/// What a client sent cannot write a line of its own, or fill the disk with one.
fn shown(text: &str) -> String {
    let text = text.replace('\n', " ");
    let escaped = |c: char| if c.is_control() || c == '"' { '\u{FFFD}' } else { c };
    text.chars().take(300).map(escaped).collect()
}

/// A closed standard error is nobody's fault.
fn say(message: &str) {
    let now = jiff::Timestamp::now();
    let _ = writeln!(std::io::stderr().lock(), "{now:.3} {message}");
}
