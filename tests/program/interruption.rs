//! A full disk, a kill and Ctrl-C in the middle of a build: a clear message, and the old build whole.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::place::{Files, Place, RELATA};
use crate::seeds::{self, BUILD};

/// What a user sees of a build folder: not the lock, which is empty and stays.
fn visible(place: &Place, folder: &str) -> Files {
    let mut files = place.files(folder);
    files.retain(|name, _| name != ".lock");
    files
}

#[track_caller]
fn assert_old_build_is_whole(place: &Place) {
    let (now, before) = (visible(place, "out"), &BUILD.files);
    let names: Vec<&String> = now.keys().collect();
    assert_eq!(names, before.keys().filter(|name| *name != ".lock").collect::<Vec<_>>());
    for (name, content) in &now {
        assert!(content == &before[name], "{name} is not as it was");
    }
    let verified = place.relata("verify out seeds");
    assert_eq!(verified.code, Some(0), "{}", verified.err);
}

/// The shell's limit counts blocks of 512 bytes in POSIX shells, of 1,024 in others; the limit is chosen between the sizes of
/// two files of the build, far enough from both.
fn limit_in_blocks(between: (&str, &str)) -> usize {
    let (small, large) = (BUILD.files[between.0].len(), BUILD.files[between.1].len());
    assert!(large > small + 4096, "{between:?}: {small} and {large} bytes are too near");
    let limit = usize::midpoint(small, large);
    let probe = Place::new();
    let told =
        probe.shell("ulimit -f 8; trap '' XFSZ; head -c 65536 /dev/zero > probe 2> /dev/null; wc -c < probe").out;
    limit / (told.trim().parse::<usize>().unwrap() / 8)
}

/// Nothing can be written beyond a limit on the size of files: the first files of the new build fit, the next does not.
/// The program meets what it meets on a full disk, an error of `write`.
#[test]
fn a_disk_that_is_full_in_the_middle_leaves_the_old_build_whole() {
    let place = seeds::place();
    let blocks = limit_in_blocks(("extraction.jsonl", "graph.ttl"));
    let ran =
        place.shell(&format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$RELATA\" build seeds -o out --title other"));
    ran.says(
        2,
        "error: cannot write out/graph.ttl: the older build, if there was one, is as it was: File too large (os error 27)\n",
    );
    assert_old_build_is_whole(&place);
}

/// The same limit without the shell's `trap` ends the program with a signal that it cannot handle, as `kill -9` does.
#[test]
fn a_build_that_is_killed_in_the_middle_leaves_the_old_build_whole_and_the_next_one_works() {
    let place = seeds::place();
    let blocks = limit_in_blocks(("extraction.jsonl", "graph.ttl"));
    let ran = place.shell(&format!("ulimit -f {blocks}; \"$RELATA\" build seeds -o out --title other; echo $?"));
    let code: i32 = ran.out.trim().parse().unwrap();
    assert!(code > 128, "ended by a signal, not by itself: {code} {}", ran.err);
    assert!(place.path("out/.staging").exists(), "killed too late to have begun a build");
    let verified = place.relata("verify out");
    assert_eq!(verified.code, Some(0), "{}", verified.err);
    place.relata("build seeds -o out").says(0, &BUILD.said);
    assert_old_build_is_whole(&place);
}

#[test]
fn a_full_disk_behind_standard_output_is_told() {
    if !std::path::Path::new("/dev/full").exists() {
        eprintln!("skipped: there is no /dev/full");
        return;
    }
    let place = seeds::place();
    for command in [
        "export out -f dot",
        "query out -n 01",
        "why out Sberbank",
        "top out",
        "extract seeds/2025-11-20-nvidia-china.md",
    ] {
        let ran = place.shell(&format!("\"$RELATA\" {command} > /dev/full"));
        let last = ran.err.lines().last();
        let told = "error: cannot write to standard output: No space left on device (os error 28)";
        assert_eq!((ran.code, last), (Some(2), Some(told)), "{command}");
    }
}

/// Whoever reads the output has seen enough: nothing to tell, and no fault.
#[test]
fn a_reader_that_stops_reading_is_no_error() {
    let place = seeds::place();
    let gold = crate::place::repository("tests/gold/seeds");
    let eval = format!("eval {} out --json --errors", gold.display());
    for command in
        ["extract seeds", "export out -f turtle", "why out Sberbank", "query out -n 01", "gazetteer check", &eval]
    {
        let mut child = place.command(RELATA);
        child.args(command.split(' ')).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = child.spawn().unwrap();
        // Closed before the program can have written.
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        let code = child.wait().unwrap().code();
        assert!(code == Some(0) && !said.contains("error"), "{command}: {code:?} {said}");
    }
}

/// A pipe among the documents: the build stands still in the middle, at a moment that is certain, until it is written.
struct Halted {
    child: std::process::Child,
    pipe: File,
}

impl Halted {
    /// Starts a build and returns when it has opened the pipe.
    fn new(place: &Place) -> Self {
        assert!(Command::new("mkfifo").arg(place.path("zz-pipe.txt")).status().unwrap().success());
        let mut build = place.command(RELATA);
        build.args(["build", "seeds", "zz-pipe.txt", "-o", "out", "--title", "other"]);
        let mut child = build.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (send, opened) = mpsc::channel();
        let path = place.path("zz-pipe.txt");
        // Opening a pipe waits for its reader.
        std::thread::spawn(move || send.send(OpenOptions::new().write(true).open(path)));
        let pipe = loop {
            match opened.recv_timeout(Duration::from_millis(50)) {
                Ok(pipe) => break pipe.unwrap(),
                Err(_) => assert_eq!(child.try_wait().unwrap(), None, "the build ended before it read the pipe"),
            }
        };
        Self { child, pipe }
    }

    fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap().success());
    }

    /// Writes so much that the pipe is read for longer than a signal takes, closes it and waits for the end.
    fn let_go(mut self) -> (std::process::ExitStatus, String) {
        let line = "Rien de neuf aujourd’hui, dit la rédaction.\n".repeat(1000);
        for _ in 0..20 {
            if self.pipe.write_all(line.as_bytes()).is_err() {
                break;
            }
        }
        drop(self.pipe);
        let mut said = String::new();
        BufReader::new(self.child.stderr.take().unwrap()).read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap(), said)
    }
}

#[test]
fn a_build_that_is_stopped_writes_nothing_and_says_so() {
    for signal in ["-INT", "-TERM"] {
        let place = seeds::place();
        let halted = Halted::new(&place);
        halted.signal(signal);
        let (status, said) = halted.let_go();
        assert_eq!(
            said, "error: interrupted: nothing was written, an older build in the output folder is as it was\n",
            "{signal}"
        );
        assert!(status.code().is_some_and(|code| code != 0), "{signal}: {status}");
        assert_old_build_is_whole(&place);
    }
}

#[test]
fn a_build_that_is_killed_while_it_reads_leaves_the_old_build_whole() {
    let place = seeds::place();
    let halted = Halted::new(&place);
    halted.signal("-KILL");
    let (status, said) = halted.let_go();
    assert_eq!((status.signal(), said.as_str()), (Some(9), ""));
    let verified = place.relata("verify out seeds");
    assert_eq!(verified.code, Some(0), "{}", verified.err);
    std::fs::remove_file(place.path("zz-pipe.txt")).unwrap();
    place.relata("build seeds -o out").says(0, &BUILD.said);
    assert_old_build_is_whole(&place);
}

#[test]
fn two_builds_into_one_folder_do_not_mix() {
    let place = seeds::place();
    let halted = Halted::new(&place);
    place
        .relata("build seeds -o out")
        .says(2, "error: another build is being written into out: wait for it, or name another folder\n");
    let (status, said) = halted.let_go();
    assert_eq!(status.code(), Some(0), "{said}");
    assert!(said.starts_with("11 documents, "), "{said}");
    assert!(place.read("out/graph.ttl").contains("\"other\""), "the first build is the one that is there");
}

/// A build whose files were being moved to their places when the machine stopped.
#[test]
fn a_finished_build_that_was_not_yet_in_place_is_put_there_by_whoever_comes_next() {
    let place = seeds::place();
    place.relata("build seeds -o new --title other").says(0, &BUILD.said.replace("\nout\n", "\nnew\n"));
    let new = visible(&place, "new");
    let mut moved = new.clone();
    // One file is in place already, the others are waiting.
    let first = moved.remove("build.json").unwrap();
    place.write("out/build.json", first);
    place.write_all("out/.pending", &moved);
    let verified = place.relata("verify out");
    assert_eq!(verified.code, Some(0), "{}", verified.err);
    assert!(visible(&place, "out") == new, "old and new files are mixed");
}

#[test]
fn progress_is_not_drawn_where_no_terminal_is() {
    let mut lines = BUILD.said.as_bytes().lines();
    let summary = lines.next().unwrap().unwrap();
    assert!(
        summary.starts_with("10 documents, ") && summary.contains(" statements (") && summary.contains(" asserted"),
        "{summary}"
    );
    assert_eq!(lines.next().unwrap().unwrap(), "out");
    assert!(lines.next().is_none() && !BUILD.said.contains(['\r', '\u{1b}']), "{}", BUILD.said);
}
