//! Real connections: what a router alone cannot show.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod common;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use common::{options, query, store};
use relata_serve::{ServeOptions, Snapshot, Source, Stop, serve};

/// A source whose graph a test changes.
#[derive(Clone)]
struct Changing(Arc<Mutex<(u32, Result<String, String>)>>);

impl Changing {
    fn new(trig: &str) -> Self {
        Self(Arc::new(Mutex::new((0, Ok(trig.to_owned())))))
    }

    fn becomes(&self, state: Result<String, String>) {
        let mut held = self.0.lock().unwrap();
        *held = (held.0 + 1, state);
    }
}

impl Source for Changing {
    fn state(&self) -> Option<String> {
        Some(self.0.lock().unwrap().0.to_string())
    }

    fn load(&self) -> Result<Snapshot, String> {
        let trig = self.0.lock().unwrap().1.clone()?;
        Ok(Snapshot::new(store(&trig), None))
    }
}

/// A server on a free port; stopped when it is dropped.
struct Server {
    address: SocketAddr,
    stop: Stop,
    thread: Option<JoinHandle<std::io::Result<()>>>,
}

impl Server {
    fn start(source: Changing, options: ServeOptions) -> Self {
        let stop = Stop::default();
        let (send, address) = mpsc::channel();
        let stopping = stop.clone();
        let thread = std::thread::spawn(move || {
            serve(Arc::new(source), &options, &stopping, |address| send.send(address).map_err(std::io::Error::other))
        });
        Self { address: address.recv().unwrap(), stop, thread: Some(thread) }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        stream
    }

    /// Sends bytes and reads all that comes back before the server closes.
    fn says(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        // The server may have answered and closed before everything was sent.
        let _ = stream.write_all(bytes);
        rest(&mut stream)
    }

    fn get(&self, address: &str) -> String {
        self.says(format!("GET {address} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).as_bytes())
    }

    fn stopped(mut self) -> std::io::Result<()> {
        self.stop.stop();
        self.thread.take().unwrap().join().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.stop();
    }
}

fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset is an end too.
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8(bytes).unwrap()
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

/// So many triples, each with a text.
fn numbered(count: usize, text: &str) -> String {
    let triple = |number| format!("<http://e.example/{number}> <http://e.example/p> \"{number} {text}\" .");
    (0..count).map(triple).collect::<Vec<_>>().join("\n")
}

const ONE: &str = "<http://e.example/a> <http://e.example/p> 1 .";
const TRUE: &str = "{\"head\":{},\"boolean\":true}\n";

fn hasty() -> ServeOptions {
    let mut chosen = options();
    chosen.limits.client = Duration::from_millis(300);
    chosen
}

#[test]
fn a_connection_is_kept_and_used_again() {
    let server = Server::start(Changing::new(ONE), options());
    let mut stream = server.connect();
    let get = format!("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", query("ASK { ?s ?p 1 }"));
    let post = "POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 15\r\n\
                Connection: close\r\n\r\nASK { ?s ?p 1 }";
    stream.write_all(get.repeat(3).as_bytes()).unwrap();
    stream.write_all(post.as_bytes()).unwrap();
    let answers = rest(&mut stream);
    assert_eq!((answers.matches("HTTP/1.1 200 OK").count(), answers.matches(TRUE).count()), (4, 4), "{answers}");
    let query_method = post.replacen("POST", "QUERY", 1);
    assert_eq!(body(&server.says(query_method.as_bytes())), TRUE);
    let head = get.replacen("GET", "HEAD", 1).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    let answer = server.says(head.as_bytes());
    assert!(
        answer.starts_with("HTTP/1.1 200 OK") && body(&answer).is_empty() && answer.contains("content-length: 27"),
        "{answer}"
    );
    server.stopped().unwrap();
}

#[test]
fn slow_and_silent_clients_are_left_behind() {
    let server = Server::start(Changing::new(ONE), hasty());
    // Headers that never end.
    let mut slow = server.connect();
    slow.write_all(b"GET /query HTTP/1.1\r\nHost: localhost\r\nX-").unwrap();
    // A body that never ends.
    let mut half = server.connect();
    half.write_all(b"POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK")
        .unwrap();
    // Nothing at all.
    let mut silent = server.connect();
    assert_eq!(rest(&mut slow), "");
    let told = rest(&mut half);
    assert!(told.starts_with("HTTP/1.1 408 ") && body(&told) == "the body of the request came too slowly\n", "{told}");
    assert_eq!(rest(&mut silent), "");
    assert_eq!(body(&server.get(&query("ASK { ?s ?p 1 }"))), TRUE);
    server.stopped().unwrap();
}

/// More slow clients than there is room for: they are left behind, and the next is served.
#[test]
fn slow_clients_do_not_keep_others_out() {
    let mut chosen = hasty();
    chosen.limits.connections = 4;
    let server = Server::start(Changing::new(ONE), chosen);
    let slow: Vec<TcpStream> = (0..16)
        .map(|_| {
            let mut stream = server.connect();
            stream.write_all(b"GET / HTTP/1.1\r\n").unwrap();
            stream
        })
        .collect();
    assert_eq!(body(&server.get(&query("ASK { ?s ?p 1 }"))), TRUE);
    drop(slow);
    server.stopped().unwrap();
}

/// Who does not read an answer is left behind too: the server ends while megabytes wait for a client.
#[test]
fn a_client_that_does_not_read_is_left_behind() {
    let trig = numbered(20_000, &"x".repeat(500));
    let mut chosen = hasty();
    chosen.limits.connections = 1;
    let server = Server::start(Changing::new(&trig), chosen);
    let mut deaf = server.connect();
    deaf.write_all(format!("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", query("SELECT * { ?s ?p ?o }")).as_bytes())
        .unwrap();
    // There is room for one connection only: this one is answered once the other is gone.
    assert_eq!(body(&server.get(&query("ASK { ?s ?p ?o }"))), TRUE);
    drop(deaf);
    server.stopped().unwrap();
}

#[test]
fn huge_and_broken_requests_are_answered() {
    let server = Server::start(Changing::new(ONE), options());
    let huge = server.says(
        b"POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 10000000000\r\n\r\nASK",
    );
    assert!(huge.starts_with("HTTP/1.1 413 ") && huge.contains("connection: close"), "{huge}");
    let mut chunks = b"POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    for _ in 0..40 {
        chunks.extend_from_slice(format!("10000\r\n{}\r\n", " ".repeat(0x10000)).as_bytes());
    }
    let chunked = server.says(&chunks);
    assert!(chunked.starts_with("HTTP/1.1 413 "), "{chunked}");
    let long =
        server.says(format!("GET /query?query={} HTTP/1.1\r\nHost: localhost\r\n\r\n", "x".repeat(200_000)).as_bytes());
    assert!(long.starts_with("HTTP/1.1 414 ") || long.starts_with("HTTP/1.1 431 "), "{long}");
    let headers =
        server.says(format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X-A: b\r\n".repeat(5000)).as_bytes());
    assert!(headers.starts_with("HTTP/1.1 431 "), "{headers}");
    for broken in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
    ] {
        let told = server.says(broken);
        assert!(told.is_empty() || told.starts_with("HTTP/1.1 400 "), "{told}");
    }
    let none = server.says(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert!(none.starts_with("HTTP/1.1 400 ") && body(&none) == "the request has no Host header\n", "{none}");
    let foreign = server.says(b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert!(foreign.starts_with("HTTP/1.1 403 "), "{foreign}");
    let absolute = server.says(b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(absolute.starts_with("HTTP/1.1 403 "), "{absolute}");
    assert_eq!(body(&server.get(&query("ASK { ?s ?p 1 }"))), TRUE);
    server.stopped().unwrap();
}

#[test]
fn another_graph_takes_the_place_of_the_first_and_a_broken_one_does_not() {
    let source = Changing::new(ONE);
    let server = Server::start(source.clone(), options());
    let becomes = |wanted: &str| {
        // Until it is seen; a test that waits in vain is stopped by whoever runs it.
        while !server.get(&format!("{}&format=csv", query("SELECT ?o { ?s ?p ?o }"))).ends_with(wanted) {
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    becomes("o\r\n1\r\n");
    source.becomes(Ok("<http://e.example/a> <http://e.example/p> 2 .".to_owned()));
    becomes("o\r\n2\r\n");
    source.becomes(Err("there is no build".to_owned()));
    source.becomes(Err("there is still no build".to_owned()));
    becomes("o\r\n2\r\n");
    source.becomes(Ok("<http://e.example/a> <http://e.example/p> 3 .".to_owned()));
    becomes("o\r\n3\r\n");
    server.stopped().unwrap();
}

/// A runaway question does not keep the server from ending; whoever asked it is told.
#[test]
fn a_server_that_is_told_to_stop_ends_what_runs() {
    let trig = numbered(3000, "");
    let mut chosen = options();
    chosen.limits.time = Duration::from_mins(10);
    let server = Server::start(Changing::new(&trig), chosen);
    let mut runaway = server.connect();
    let text = query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }");
    runaway.write_all(format!("GET {text} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes()).unwrap();
    // Another answer on a later connection shows that the first request was taken.
    assert_eq!(body(&server.get(&query("ASK { ?s ?p ?o }"))), TRUE);
    let address = server.address;
    server.stopped().unwrap();
    let told = rest(&mut runaway);
    assert!(told.starts_with("HTTP/1.1 503 ") && body(&told) == "the query was stopped\n", "{told}");
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn an_address_that_is_taken_or_a_graph_that_is_broken_ends_the_start() {
    let taken = Server::start(Changing::new(ONE), options());
    let mut same = options();
    same.address = taken.address;
    let error = serve(Arc::new(Changing::new(ONE)), &same, &Stop::default(), |_| Ok(())).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
    let broken = Changing::new(ONE);
    broken.becomes(Err("there is no build".to_owned()));
    let error = serve(Arc::new(broken), &options(), &Stop::default(), |_| Ok(())).unwrap_err();
    assert_eq!(error.to_string(), "there is no build");
    taken.stopped().unwrap();
}
