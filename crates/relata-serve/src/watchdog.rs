//! Stops questions whose time is over, or that take too much memory.
//!
//! One thread looks every few milliseconds while a question is evaluated and sleeps else. Memory is that of the whole
//! program, as the system counts it: when it is beyond what the graph and the limit allow, the oldest question is stopped,
//! then the next if memory grows on.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use relata_store::{StopReason, StopSwitch};

/// How often it looks.
const LOOK: Duration = Duration::from_millis(20);
/// How long a stopped question may take to give its memory back before another is stopped.
const PATIENCE: Duration = Duration::from_millis(300);
/// What the program may grow by between two questions without anybody being to blame.
const SLACK: u64 = 32 << 20;

/// Clones are the same watchdog.
#[derive(Clone)]
pub(crate) struct Watchdog(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    /// Something runs again, or the server ends.
    changed: Condvar,
    memory: u64,
}

struct State {
    running: Vec<Running>,
    next: u64,
    /// Memory while nothing was evaluated: after loading, and when a question last began alone.
    loaded: u64,
    idle: u64,
    ended: bool,
}

struct Running {
    number: u64,
    switch: StopSwitch,
    deadline: Instant,
}

/// A question that is watched until this is dropped.
pub(crate) struct Watched {
    watchdog: Watchdog,
    number: u64,
}

impl Watchdog {
    /// Watches with `memory` bytes beside what the program holds now.
    pub(crate) fn start(memory: u64) -> std::io::Result<Self> {
        let held = held();
        let state = State { running: Vec::new(), next: 0, loaded: held, idle: held, ended: false };
        let watchdog = Self(Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new(), memory }));
        let watching = watchdog.clone();
        std::thread::Builder::new().name("watchdog".to_owned()).spawn(move || watching.watch())?;
        Ok(watchdog)
    }

    /// Another graph is loaded: what it takes is nobody's fault.
    pub(crate) fn loaded(&self) {
        self.lock().loaded = held();
    }

    /// Watches a question from now on.
    pub(crate) fn watch_over(&self, switch: &StopSwitch, time: Duration) -> Watched {
        let mut state = self.lock();
        if state.running.is_empty() {
            state.idle = held();
        }
        let number = state.next;
        state.next += 1;
        state.running.push(Running { number, switch: switch.clone(), deadline: Instant::now() + time });
        drop(state);
        self.0.changed.notify_one();
        Watched { watchdog: self.clone(), number }
    }

    /// Stops everything that runs.
    pub(crate) fn stop_all(&self) {
        self.lock().running.iter().for_each(|one| one.switch.stop(StopReason::Abandoned));
    }

    /// No more questions will come.
    pub(crate) fn end(&self) {
        self.lock().ended = true;
        self.0.changed.notify_one();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn watch(&self) {
        // When a question was last stopped for its memory, and how much was held then.
        let mut last_stop: Option<(Instant, u64)> = None;
        loop {
            let mut state = self.lock();
            while state.running.is_empty() && !state.ended {
                state = self.0.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            if state.ended {
                return;
            }
            let now = Instant::now();
            let over = state.running.iter().filter(|one| one.deadline <= now);
            over.for_each(|one| one.switch.stop(StopReason::Time));
            let allowed = (state.loaded + self.0.memory).max(state.idle + SLACK);
            let held = held();
            // Who was stopped gives its memory back when it comes to it; the others are not to blame for what is still held.
            let waiting =
                last_stop.is_some_and(|(stop, then)| now.duration_since(stop) < PATIENCE || held <= then + SLACK);
            if held <= allowed {
                last_stop = None;
            } else if !waiting && let Some(oldest) = state.running.iter().find(|one| one.switch.reason().is_none()) {
                oldest.switch.stop(StopReason::Memory);
                last_stop = Some((now, held));
            }
            drop(state);
            std::thread::sleep(LOOK);
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.watchdog.lock().running.retain(|one| one.number != self.number);
    }
}

/// Bytes of memory that the program holds; 0 where the system does not say, so that nothing is stopped for it.
fn held() -> u64 {
    memory_stats::memory_stats().map_or(0, |stats| stats.physical_mem as u64)
}
