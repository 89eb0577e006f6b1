//! A folder of its own for each test, and the program run in it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The files of a folder by their paths below it.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A new folder in which the program runs, so that every path in a message is short and the same everywhere.
pub(crate) struct Place(TempDir);

/// What a run of the program gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    /// The exit code; `None` when a signal ended it.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Ran {
    /// Fails unless the run ended with `code` and said exactly `err`.
    #[track_caller]
    pub(crate) fn says(&self, code: i32, err: &str) -> &Self {
        assert_eq!((self.err.as_str(), self.code), (err, Some(code)), "standard output: {}", self.out);
        self
    }

    /// Fails unless the run went well; its standard output.
    #[track_caller]
    pub(crate) fn output(self) -> String {
        assert_eq!(self.code, Some(0), "{}", self.err);
        self.out
    }
}

impl Place {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// With what the files hold.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let place = Self::new();
        for (name, content) in files {
            place.write(name, content);
        }
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Writes files below a folder, in the order given.
    pub(crate) fn write_all<'f>(&self, folder: &str, files: impl IntoIterator<Item = (&'f String, &'f Vec<u8>)>) {
        files.into_iter().for_each(|(name, content)| self.write(&format!("{folder}/{name}"), content));
    }

    /// All files of a folder, hidden ones too.
    pub(crate) fn files(&self, folder: &str) -> Files {
        files_below(&self.path(folder))
    }

    /// The program, ready to be run in this place.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.0.path()).stdin(Stdio::null());
        for variable in ["SOURCE_DATE_EPOCH", "CLICOLOR_FORCE", "RAYON_NUM_THREADS", "COLUMNS"] {
            command.env_remove(variable);
        }
        command.env("LC_ALL", "C").env("NO_COLOR", "1");
        command
    }

    /// Runs the program; arguments are separated by spaces.
    pub(crate) fn relata(&self, arguments: &str) -> Ran {
        self.relata_with(&arguments.split(' ').collect::<Vec<_>>(), b"")
    }

    /// Runs the program with arguments that hold spaces, or with something on standard input.
    pub(crate) fn relata_with(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut command = self.command(RELATA);
        command.args(arguments);
        run(command, input)
    }

    /// Runs a line of shell script in which `$RELATA` is the program.
    pub(crate) fn shell(&self, line: &str) -> Ran {
        let mut command = self.command("sh");
        command.args(["-c", line]).env("RELATA", RELATA);
        run(command, b"")
    }
}

/// The program under test.
pub(crate) const RELATA: &str = env!("CARGO_BIN_EXE_relata");

/// Runs a command to its end with something on its standard input.
pub(crate) fn run(mut command: Command, input: &[u8]) -> Ran {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // The program may write before it has read everything, and need not read at all.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let done = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Ran {
        code: done.status.code(),
        out: String::from_utf8(done.stdout).unwrap(),
        err: String::from_utf8(done.stderr).unwrap(),
    }
}

/// A folder of the repository.
pub(crate) fn repository(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

/// All files of a folder, hidden ones too.
pub(crate) fn files_below(folder: &Path) -> Files {
    let mut files = Files::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            let below = files_below(&entry.path()).into_iter();
            files.extend(below.map(|(inner, content)| (format!("{name}/{inner}"), content)));
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    files
}
