//! Whatever stops a build, at whatever moment, the folder holds the older build whole, or the newer one.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::place::{Files, Place, RELATA};

const NAMES: &str = "{\"id\": \"novalis\", \"type\": \"Company\", \"labels\": {\"fr\": \"Novalis\"}}\n";
const OPTIONS: [&str; 6] = ["--no-default-gazetteer", "--gazetteer", "names.jsonl", "--no-relations", "--lang", "fr"];

fn place() -> Place {
    let place = Place::with(&[("names.jsonl", NAMES)]);
    for number in 0..40 {
        place.write(&format!("news/{number}.txt"), format!("Novalis se tait, dit la dépêche {number}.\n"));
    }
    place
}

fn arguments<'a>(out: &'a str, title: &'a str) -> Vec<&'a str> {
    [&["build", "news", "-o", out, "--full", "--title", title], OPTIONS.as_slice()].concat()
}

/// What a user sees of a build folder.
fn visible(place: &Place, folder: &str) -> Files {
    let mut files = place.files(folder);
    files.retain(|name, _| !name.starts_with(".lock") && !name.starts_with(".staging/"));
    files
}

/// `RELATA_KILLS=200` tries as many moments.
#[test]
fn a_build_killed_at_any_moment_leaves_the_older_or_the_newer_build_whole() {
    let kills: u32 = std::env::var("RELATA_KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(12);
    let place = place();
    let started = Instant::now();
    for title in ["one", "two"] {
        let ran = place.relata_with(&arguments(title, title), b"");
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    }
    let whole = [visible(&place, "one"), visible(&place, "two")];
    assert!(whole[0] != whole[1]);
    let length = started.elapsed() / 2;
    place.write_all("out", &whole[0]);
    let (mut now, mut killed, mut finished) = (0, 0, 0);
    for number in 0..kills {
        let mut command = place.command(RELATA);
        command.args(arguments("out", ["one", "two"][1 - now])).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        // Spread over the whole of a build, and not in order: the golden section does both.
        let share = (f64::from(number) * 0.618_033_988_749_895).fract();
        std::thread::sleep(Duration::from_secs_f64(length.as_secs_f64() * share));
        let ended = child.try_wait().unwrap().is_some();
        drop(child.kill());
        child.wait().unwrap();
        if ended {
            finished += 1;
        } else {
            killed += 1;
        }
        // Whoever opens the folder next puts a finished build in its place.
        let verified = place.relata("verify out");
        assert_eq!(verified.code, Some(0), "{}", verified.err);
        let found = visible(&place, "out");
        now = whole.iter().position(|build| *build == found).unwrap_or_else(|| {
            panic!("after kill {number} at {share:.3} of a build the folder holds neither build: {:?}", found.keys())
        });
    }
    assert!(killed > 0, "all {finished} builds had ended before they were killed");
    let ran = place.relata_with(&arguments("out", "two"), b"");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(visible(&place, "out") == whole[1]);
}

/// Two builds whose entities have other ids: whoever mixed their files would name an entity that is not there.
#[test]
fn who_reads_while_builds_come_reads_one_of_them() {
    let place = place();
    place.write("others.jsonl", NAMES.replace("\"novalis\"", "\"novalis-sa\""));
    let arguments = |names: &str| {
        let options = ["build", "news", "-o", "out", "--no-default-gazetteer", "--gazetteer", names];
        [options.as_slice(), &["--no-relations", "--lang", "fr", "--full"]].concat().join(" ")
    };
    assert_eq!(place.relata(&arguments("names.jsonl")).code, Some(0));
    std::thread::scope(|scope| {
        let builds = scope.spawn(|| {
            for number in 0..10 {
                let ran = place.relata(&arguments(["others.jsonl", "names.jsonl"][number % 2]));
                assert_eq!(ran.code, Some(0), "{}", ran.err);
            }
        });
        while !builds.is_finished() {
            let ran = place.relata("top out");
            assert_eq!(ran.code, Some(0), "{}", ran.err);
            let ran = place.relata("diff out out");
            assert!(ran.code == Some(0) || ran.err.contains("differ"), "{}", ran.err);
        }
    });
}

/// A user who may read a build but not write it. The administrator may write everything, so then somebody else tries.
#[test]
fn a_folder_that_cannot_be_written_is_named_and_stays_as_it_is() {
    let place = place();
    let ran = place.relata_with(&arguments("out", "one"), b"");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let before = place.files("out");
    let as_nobody =
        "if [ \"$(id -u)\" = 0 ]; then set -- setpriv --reuid 65534 --regid 65534 --clear-groups \"$@\"; fi";
    let build = arguments("out", "two").join(" ");
    // The program may lie where nobody else may go.
    let line = format!(
        "cp \"$RELATA\" ./program && chmod 755 . program && chmod 555 out && chmod 444 out/* out/.lock && set -- ./program {build} && \
         {as_nobody} && \"$@\""
    );
    let ran = place.shell(&line);
    place.shell("chmod 755 out");
    if ran.code == Some(127) || ran.err.contains("setpriv") {
        eprintln!("skipped: there is no setpriv: {}", ran.err);
        return;
    }
    ran.says(2, "error: cannot write into the output folder out: Permission denied (os error 13)\n");
    assert!(place.files("out") == before);
}

#[test]
fn thousands_of_broken_documents_are_each_named_and_the_others_are_read() {
    let place = place();
    let broken: [&[u8]; 3] = [b"", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b" \n"];
    for number in 0..2000 {
        place.write(&format!("news/broken-{number:04}.txt"), broken[number % 3]);
    }
    let ran = place.relata_with(&arguments("out", "one"), b"");
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.err.lines().filter(|line| line.starts_with("fault: broken-")).count(), 2000);
    assert!(ran.err.contains("\n40 documents, 40 mentions, "), "{}", ran.err.lines().last().unwrap_or_default());
    let info: serde_json::Value = serde_json::from_str(&place.read("out/build.json")).unwrap();
    assert_eq!(
        info["faults"]["broken-1999.txt"],
        "broken-1999.txt: is a PNG image, not a text; convert it to plain text, or remove it from the folder"
    );
    assert_eq!(info["faults"].as_object().unwrap().len(), 2000);
}
