//! Where questions wait for their turn and are worked on, away from the threads that speak with clients.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use hyper::StatusCode;
use relata_store::{StopReason, StopSwitch};
use tokio::sync::Semaphore;

use crate::options::ServeLimits;
use crate::problem::Problem;
use crate::watchdog::Watchdog;

/// Clones are the same desk.
#[derive(Clone)]
pub(crate) struct Desk {
    turns: Arc<Semaphore>,
    pub(crate) watchdog: Watchdog,
    pub(crate) limits: ServeLimits,
}

impl Desk {
    pub(crate) fn new(limits: ServeLimits) -> std::io::Result<Self> {
        let turns = Arc::new(Semaphore::new(limits.questions));
        Ok(Self { turns, watchdog: Watchdog::start(limits.memory)?, limits })
    }

    /// Does the work on a thread of its own when its turn has come, watched; stops it when nobody waits for it any more.
    ///
    /// # Errors
    /// What the work says; 503 when its turn does not come in time; 500 when it panics.
    pub(crate) async fn work<T, W>(&self, work: W) -> Result<T, Problem>
    where
        T: Send + 'static,
        W: FnOnce(&StopSwitch) -> Result<T, Problem> + Send + 'static,
    {
        let turn = tokio::time::timeout(self.limits.turn, Arc::clone(&self.turns).acquire_owned()).await;
        let busy =
            || Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too many questions at once: try again in a few seconds");
        let Ok(Ok(turn)) = turn else { return Err(busy()) };
        let switch = StopSwitch::default();
        let abandoned = Abandoned(switch.clone());
        let watched = self.watchdog.watch_over(&switch, self.limits.time);
        let done = tokio::task::spawn_blocking(move || {
            let result = std::panic::catch_unwind(AssertUnwindSafe(|| work(&switch)));
            drop(watched);
            // The turn is over when the work is, not when the client is gone.
            drop(turn);
            result
        });
        let done = done.await;
        drop(abandoned);
        done.ok().and_then(Result::ok).unwrap_or_else(|| {
            Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the server failed on this request; its log says more"))
        })
    }
}

/// Stops the work when the request is dropped, because its client is gone.
struct Abandoned(StopSwitch);

impl Drop for Abandoned {
    fn drop(&mut self) {
        self.0.stop(StopReason::Abandoned);
    }
}
