//! Ctrl-C and SIGTERM: a build stops at the next document and leaves the old one whole.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static INSTALLED: OnceLock<bool> = OnceLock::new();

/// The user wants the program to stop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Interrupted;

impl std::fmt::Display for Interrupted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("interrupted: nothing was written, an older build in the output folder is as it was")
    }
}

impl std::error::Error for Interrupted {}

/// From now on an interruption is noted instead of killing the program; a second one kills it.
pub(crate) fn watch() {
    INSTALLED.get_or_init(|| {
        ctrlc::set_handler(|| {
            if INTERRUPTED.swap(true, Ordering::SeqCst) {
                std::process::exit(130);
            }
        })
        .is_ok()
    });
}

/// From now on an interruption calls `stop`; a second one kills the program.
pub(crate) fn call(stop: impl Fn() + Send + 'static) {
    // Without a handler the program ends at once, which is what was asked for too.
    let _ = ctrlc::set_handler(move || {
        if INTERRUPTED.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        stop();
    });
}

/// Fails once an interruption was noted.
pub(crate) fn check() -> Result<(), Interrupted> {
    if INTERRUPTED.load(Ordering::SeqCst) { Err(Interrupted) } else { Ok(()) }
}
