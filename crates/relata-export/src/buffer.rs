//! What is put together before it is written: many small writes through a pointer take longer than the copying.

use std::io::{self, Write};

/// How many bytes are put together before they are written.
pub(crate) const FULL: usize = 1 << 15;

/// Hands over what was put together, once it is so many bytes.
pub(crate) fn flush_when(length: usize, buffer: &mut Vec<u8>, out: &mut dyn Write) -> io::Result<()> {
    if buffer.len() >= length {
        out.write_all(buffer)?;
        buffer.clear();
    }
    Ok(())
}
