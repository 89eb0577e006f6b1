//! What may be chosen when a graph is served.

use std::net::SocketAddr;
use std::time::Duration;

use relata_store::Limits;

/// Where, for whom and how much.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// The address; port 0 takes a free one.
    pub address: SocketAddr,
    /// Names beside the loopback ones that a request may name in `Host`. Without this check, any page in a browser could
    /// read the graph by giving its own name the address of this machine.
    pub allowed_hosts: Vec<String>,
    /// Origins whose pages may read answers.
    pub allowed_origins: Vec<String>,
    /// What a client may cost.
    pub limits: ServeLimits,
}

/// What clients may cost.
#[derive(Clone, Copy, Debug)]
pub struct ServeLimits {
    /// How long a question may be evaluated.
    pub time: Duration,
    /// Bytes that all questions together may take beside the graph, about.
    pub memory: u64,
    /// Rows and bytes of an answer.
    pub answer: Limits,
    /// Bytes of a request's body.
    pub body: usize,
    /// Questions that are evaluated at once.
    pub questions: usize,
    /// How long a question may wait for its turn.
    pub turn: Duration,
    /// Connections at once.
    pub connections: usize,
    /// How long a client may take to send its headers, to send its body, or to take the next part of an answer.
    pub client: Duration,
}

impl Default for ServeLimits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(30),
            memory: 1 << 30,
            answer: Limits { rows: 100_000, bytes: 64 << 20, stoppable: true },
            body: 1 << 20,
            questions: std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
            turn: Duration::from_secs(10),
            connections: 256,
            client: Duration::from_secs(10),
        }
    }
}
