//! How much a question may take, and the switch that stops one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use oxigraph::sparql::CancellationToken;

/// How much an answer may hold; what has no limit is cut by nothing but the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Rows, or triples of CONSTRUCT and DESCRIBE.
    pub rows: usize,
    /// Bytes of all its terms; a text that a query makes by itself (CONCAT, REPLACE, `GROUP_CONCAT`) may have a
    /// sixteenth of it.
    pub bytes: usize,
    /// Whether the evaluation can be stopped at any row. Without, a product of patterns may go on for long after its switch
    /// says stop, but the planner is free to choose any kind of join.
    pub stoppable: bool,
}

impl Limits {
    /// For whoever asks on their own machine.
    pub const NONE: Self = Self { rows: usize::MAX, bytes: usize::MAX, stoppable: false };
}

/// Why a question was stopped before it was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// It took too long.
    Time,
    /// It took too much memory.
    Memory,
    /// It had too many rows to sort.
    Sorting,
    /// Whoever asked has gone, or the program ends.
    Abandoned,
}

impl StopReason {
    const ALL: [Self; 4] = [Self::Time, Self::Memory, Self::Sorting, Self::Abandoned];
}

/// Stops a question from another thread; clones are the same switch.
#[derive(Clone, Default)]
pub struct StopSwitch {
    token: CancellationToken,
    /// 0 while nothing was said, else the place of the reason in `StopReason::ALL`, from 1.
    reason: Arc<AtomicU8>,
}

impl std::fmt::Debug for StopSwitch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("StopSwitch").field(&self.reason()).finish()
    }
}

impl StopSwitch {
    /// Stops the question soon; only the first reason counts.
    pub fn stop(&self, reason: StopReason) {
        let number = StopReason::ALL.iter().zip(1..).find(|(one, _)| **one == reason).map_or(1, |(_, number)| number);
        // Whoever comes second finds a reason there already, and that is as it should be.
        let _ = self.reason.compare_exchange(0, number, Ordering::SeqCst, Ordering::SeqCst);
        self.token.cancel();
    }

    /// Why it was stopped; `None` while it was not.
    pub fn reason(&self) -> Option<StopReason> {
        let number = usize::from(self.reason.load(Ordering::SeqCst));
        number.checked_sub(1).and_then(|place| StopReason::ALL.get(place).copied())
    }

    /// Does `work` and stops what it does with this switch once `limit` is over.
    pub fn within<T>(&self, limit: Option<Duration>, work: impl FnOnce() -> T) -> T {
        let Some(limit) = limit else { return work() };
        let (done, over) = std::sync::mpsc::channel::<()>();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                if over.recv_timeout(limit) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
                    self.stop(StopReason::Time);
                }
            });
            let result = work();
            drop(done);
            result
        })
    }

    pub(crate) fn token(&self) -> CancellationToken {
        self.token.clone()
    }
}
