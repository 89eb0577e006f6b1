//! Graphviz, which places nodes and draws: used where it is there, never needed.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use crate::Picture;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum GraphvizError {
    /// It is not installed.
    #[error(
        "Graphviz is not there: install it (Debian: apt install graphviz; macOS: brew install graphviz; Windows: winget \
         install graphviz), or write -f dot and draw it elsewhere"
    )]
    Missing,
    /// It cannot be run.
    #[error("Graphviz cannot be run: {0}")]
    Run(#[from] io::Error),
    /// It gives up.
    #[error("Graphviz failed: {0}")]
    Failed(String),
}

/// Draws a diagram that [`crate::dot`] wrote.
///
/// # Errors
/// When Graphviz is not there or fails.
pub fn draw(diagram: &[u8], picture: Picture) -> Result<Vec<u8>, GraphvizError> {
    let mut command = Command::new("dot");
    command.arg(format!("-T{}", picture.as_str()));
    if picture == Picture::Png {
        // Twice as fine as a screen of old, so that labels can be read when it is enlarged.
        command.arg("-Gdpi=144");
    }
    let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(GraphvizError::Missing),
        Err(error) => return Err(error.into()),
    };
    let mut stdin = child.stdin.take().expect("it was asked for");
    // Graphviz may write before it has read everything; one that dies is told by its exit code.
    let drawn = std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(diagram).is_ok());
        child.wait_with_output()
    })?;
    if drawn.status.success() && !drawn.stdout.is_empty() {
        return Ok(drawn.stdout);
    }
    Err(GraphvizError::Failed(String::from_utf8_lossy(&drawn.stderr).trim().to_owned()))
}
