//! Sockets: connections with a clock, a clean end, another snapshot when the source changes.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use hyper::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

use crate::log::event;
use crate::options::ServeOptions;
use crate::router::{Client, Service, router};
use crate::snapshot::Source;

/// How often the source is looked at.
const LOOK: Duration = Duration::from_millis(500);
/// Bytes that the first line and the headers of a request may have.
const HEADERS: usize = 64 << 10;
/// How long requests may go on once the server is to stop; then they are stopped, and after as long again left alone.
const GRACE: Duration = Duration::from_secs(2);

/// Tells a server to stop; clones tell the same one.
#[derive(Clone, Debug)]
pub struct Stop(watch::Sender<bool>);

impl Default for Stop {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Stop {
    /// Takes no more requests, ends those that are there and lets [`serve`] return.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }

    async fn told(&self) {
        let mut changes = self.0.subscribe();
        // The sender lives in `self`, so waiting cannot fail.
        let _ = changes.wait_for(|stopped| *stopped).await;
    }
}

/// Serves what `source` holds, and what it holds later, until told to stop; `listening` hears the address first.
///
/// # Errors
/// When the source cannot be loaded, or the address cannot be listened on.
pub fn serve(
    source: Arc<dyn Source>,
    options: &ServeOptions,
    stop: &Stop,
    listening: impl FnOnce(SocketAddr) -> io::Result<()>,
) -> io::Result<()> {
    // A panic is a line of the log like others; the request that met it is answered with 500.
    std::panic::set_hook(Box::new(|panic| event(&panic.to_string())));
    let state = source.state();
    let snapshot = source.load().map_err(io::Error::other)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(options.limits.questions + 2)
        .enable_io()
        .enable_time()
        .build()?;
    let served = runtime.block_on(async {
        let listener = TcpListener::bind(options.address)
            .await
            .map_err(|error| io::Error::new(error.kind(), format!("cannot listen on {}: {error}", options.address)))?;
        let address = listener.local_addr()?;
        let service = Service::new(snapshot, options)?;
        listening(address)?;
        tokio::spawn(reload(source, state, service.clone()));
        accept(listener, &service, stop).await;
        service.desk.watchdog.end();
        Ok(())
    });
    // What does not end by itself now never will.
    runtime.shutdown_timeout(GRACE);
    served
}

async fn accept(listener: TcpListener, service: &Service, stop: &Stop) {
    let limits = service.desk.limits;
    let router = router(service.clone());
    let room = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.client).max_buf_size(HEADERS);
    loop {
        // A connection is only taken when there is room for it; until then the system keeps it waiting.
        let accepted = tokio::select! {
            biased;
            () = stop.told() => break,
            accepted = async { (Arc::clone(&room).acquire_owned().await, listener.accept().await) } => accepted,
        };
        let (Ok(place), Ok((stream, client))) = accepted else {
            event("no connection can be taken at the moment");
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(limits.client));
        let answering = router.clone().map_request(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(Client(client));
            request
        });
        let connection = http.serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(answering));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                event(&format!("{client} connection ended: {}", causes(&error)));
            }
            drop(place);
        });
    }
    drop(listener);
    let mut ended = Box::pin(graceful.shutdown());
    if tokio::time::timeout(GRACE, &mut ended).await.is_err() {
        service.desk.watchdog.stop_all();
        // Whoever is still there now does not read its answer.
        let _ = tokio::time::timeout(GRACE, ended).await;
    }
}

/// Takes over what the source holds whenever it changes; what cannot be loaded leaves the older graph in its place.
async fn reload(source: Arc<dyn Source>, mut known: Option<String>, service: Service) {
    loop {
        tokio::time::sleep(LOOK).await;
        let looked = Arc::clone(&source);
        let Ok(Some(state)) = tokio::task::spawn_blocking(move || looked.state()).await else { continue };
        if known.as_ref() == Some(&state) {
            continue;
        }
        let loaded = Arc::clone(&source);
        let snapshot = tokio::task::spawn_blocking(move || (loaded.load(), loaded.state())).await;
        match snapshot {
            // Changed again while it was read: it may be half of one and half of the other.
            Ok((_, after)) if after.as_ref() != Some(&state) => {}
            Ok((Ok(snapshot), _)) => {
                service.replace(snapshot);
                event("the graph has changed: new requests are answered from the new one");
                known = Some(state);
            }
            Ok((Err(message), _)) => {
                event(&format!("the graph has changed and cannot be loaded, the older one is served on: {message}"));
                known = Some(state);
            }
            Err(_) => {
                event("the graph has changed and cannot be loaded, the older one is served on");
                known = Some(state);
            }
        }
    }
}

/// An error with what caused it.
fn causes(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let text = next.to_string();
        if !told.contains(&text) {
            told.push_str(": ");
            told.push_str(&text);
        }
        cause = next.source();
    }
    told
}
