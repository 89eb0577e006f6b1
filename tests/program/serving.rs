//! `relata serve` as a user runs it: the address on standard output, the log on standard error, signals, a new build.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::place::{Place, RELATA};
use crate::seeds;

/// A server on a free port.
struct Server {
    child: Child,
    /// `127.0.0.1:40000`.
    address: String,
    /// Open, so that the server can write on.
    out: BufReader<std::process::ChildStdout>,
}

impl Server {
    fn start(place: &Place, arguments: &[&str]) -> Self {
        let mut serve = place.command(RELATA);
        serve.args(["serve"]).args(arguments).args(["--port", "0"]);
        let mut child = serve.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line.strip_prefix("http://").and_then(|rest| rest.strip_suffix("/\n"));
        Self { address: address.unwrap_or_else(|| panic!("no address: {line:?}")).to_owned(), child, out }
    }

    /// The body of an answer.
    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 OK"), "{answer}");
        body.to_owned()
    }

    /// Sends a signal and waits for the end: the exit code and the log.
    fn ends_with(mut self, signal: &str) -> (Option<i32>, String) {
        assert!(Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap().success());
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        let code = self.child.wait().unwrap().code();
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "", "standard output holds the address alone");
        (code, log)
    }
}

const DEVELOPS: &str = "/query?format=csv&query=SELECT%20%3Fx%20%7B%20ent:sberbank%20rel:develops%20%3Fx%20%7D";

#[test]
fn a_build_is_served_until_a_signal_ends_it() {
    for signal in ["-TERM", "-INT"] {
        let place = seeds::place();
        let server = Server::start(&place, &["out"]);
        assert!(server.address.starts_with("127.0.0.1:"));
        let expected =
            place.relata_with(&["query", "out", "SELECT ?x { ent:sberbank rel:develops ?x }", "--format", "csv"], b"");
        assert_eq!(server.get(DEVELOPS), expected.output());
        let entity: serde_json::Value = serde_json::from_str(&server.get("/api/entity/sberbank")).unwrap();
        assert_eq!(entity["label"], "Sberbank");
        assert!(server.get("/").contains("<title>relata</title>"));
        let (code, log) = server.ends_with(signal);
        assert_eq!(code, Some(0), "{log}");
        let lines: Vec<&str> = log.lines().collect();
        assert_eq!(lines.len(), 4, "{log}");
        assert!(lines[0].contains(" \"GET /query\" 200 "), "{log}");
        assert_eq!(lines[3], "stopped");
    }
}

/// A client in the middle of a request does not keep the server from ending.
#[test]
fn a_slow_client_does_not_keep_the_server_alive() {
    let place = seeds::place();
    let server = Server::start(&place, &["out"]);
    let mut slow = TcpStream::connect(&server.address).unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\n").unwrap();
    assert!(!server.get("/").is_empty());
    let (code, log) = server.ends_with("-TERM");
    assert_eq!(code, Some(0), "{log}");
    drop(slow);
}

/// The new build is answered from as soon as it is there, without a pause; the log tells it.
#[test]
fn a_new_build_takes_the_place_of_the_old_one() {
    let place = seeds::place();
    let server = Server::start(&place, &["out"]);
    let before = server.get(DEVELOPS);
    assert!(before.contains("https://relata.example/entity/gigachat"), "{before}");
    let built = place.relata("build seeds -o out --base-iri https://graph.example.org/");
    assert_eq!(built.code, Some(0), "{}", built.err);
    let expected = before.replace("https://relata.example/", "https://graph.example.org/");
    // Until it is seen; a test that waits in vain is stopped by whoever runs it.
    loop {
        let now = server.get(DEVELOPS);
        assert!(now == before || now == expected, "neither the old build nor the new one: {now}");
        if now == expected {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let (code, log) = server.ends_with("-TERM");
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains(" the graph has changed: new requests are answered from the new one\n"), "{log}");
}

#[test]
fn what_cannot_be_served_is_told_at_the_start() {
    let place = seeds::place();
    place
        .relata("serve nowhere")
        .says(2, "error: there is no folder nowhere: make a build with `relata build PATH -o nowhere`\n");
    place.write("broken.ttl", "<http://e.example/a> \n .");
    let told = place.relata("serve broken.ttl --port 0");
    assert!(told.code == Some(2) && told.err.starts_with("error: broken.ttl: this is not Turtle: "), "{}", told.err);
    let server = Server::start(&place, &["out/graph.ttl"]);
    let port = server.address.rsplit(':').next().unwrap();
    let told = place.relata(&format!("serve out --port {port}"));
    assert_eq!(
        (told.code, told.err.as_str()),
        (Some(2), format!("error: cannot listen on 127.0.0.1:{port}: Address already in use (os error 98)\n").as_str())
    );
    assert_eq!(server.get(DEVELOPS).lines().count(), 4);
    let (code, _) = server.ends_with("-INT");
    assert_eq!(code, Some(0));
}
