//! Texts in JSON.

use std::io::{self, Write};

use crate::text::clean;

/// Writes a text between quotation marks, cleaned as in every format, so that all of them say the same.
pub(crate) fn write_text(out: &mut dyn Write, text: &str) -> io::Result<()> {
    serde_json::to_writer(out, &*clean(text)).map_err(Into::into)
}

/// The text between quotation marks.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::to_string(&*clean(text)).expect("a text is JSON")
}
