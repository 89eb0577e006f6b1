use std::fs;
use std::path::{Path, PathBuf};

use crate::{Options, collect, read};

fn folder(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "Poutine.").unwrap();
    }
    folder
}

fn names(paths: &[PathBuf]) -> Vec<String> {
    collect(paths).unwrap().inputs.iter().map(|input| input.name.to_string()).collect()
}

fn error(paths: &[&Path]) -> String {
    let paths: Vec<PathBuf> = paths.iter().map(|path| path.to_path_buf()).collect();
    collect(&paths).unwrap_err().to_string()
}

#[test]
fn folders_are_walked_and_names_sorted_by_code_points() {
    let folder = folder(&[
        "b.txt",
        "a/z.MD",
        "a/é.Txt",
        "a b.txt",
        "Z.txt",
        "x.html",
        "a/y.png",
        ".hidden.txt",
        ".git/c.txt",
        "t.txt.bak",
    ]);
    let collection = collect(&[folder.path().to_owned()]).unwrap();
    let names: Vec<_> = collection.inputs.iter().map(|input| input.name.as_str()).collect();
    assert_eq!(names, ["Z.txt", "a b.txt", "a/z.MD", "a/é.Txt", "b.txt"]);
    assert_eq!(collection.ignored, 3);
}

#[test]
fn a_file_given_by_name_is_read_whatever_its_ending() {
    let folder = folder(&["sub/press.text"]);
    assert_eq!(names(&[folder.path().join("sub/press.text")]), ["press.text"]);
}

#[test]
fn standard_input_is_named_stdin() {
    assert_eq!(names(&["-".into()]), ["stdin"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_but_never_in_a_circle() {
    use std::os::unix::fs::symlink;
    let folder = folder(&["a/b/c.txt"]);
    symlink(folder.path(), folder.path().join("a/b/up")).unwrap();
    symlink(folder.path().join("a/b/c.txt"), folder.path().join("link.txt")).unwrap();
    symlink("nowhere", folder.path().join("broken.txt")).unwrap();
    let collection = collect(&[folder.path().to_owned()]).unwrap();
    let names: Vec<_> = collection.inputs.iter().map(|input| input.name.as_str()).collect();
    assert_eq!(names, ["a/b/c.txt", "link.txt"]);
    assert_eq!(collection.faults.len(), 1);
    assert!(collection.faults[0].to_string().starts_with("broken.txt: No such file"), "{}", collection.faults[0]);
}

#[test]
fn faults_of_paths_say_what_to_do() {
    let (empty, other, twin) = (folder(&[]), folder(&["x.pdf"]), folder(&["a.txt", "b/a.txt"]));
    assert_eq!(error(&[]), "no input: give a folder, a file, or \"-\" for standard input");
    assert_eq!(
        error(&[Path::new("/no/such")]),
        "/no/such: no such file or folder; check the path, or give \"-\" to read standard input"
    );
    let shown = |folder: &tempfile::TempDir| folder.path().display().to_string();
    assert_eq!(
        error(&[empty.path()]),
        format!(
            "{}: no .txt or .md file in this folder; give the folder that holds the articles, \
             or convert them to plain text first",
            shown(&empty)
        )
    );
    assert!(error(&[other.path()]).contains("(1 other file was passed over)"));
    assert_eq!(
        error(&[twin.path(), &twin.path().join("b/a.txt")]),
        format!(
            "{0}/a.txt and {0}/b/a.txt would both be named \"a.txt\" in the results; give the folder above both, or rename one",
            shown(&twin)
        )
    );
}

#[test]
fn a_file_that_is_gone_is_a_fault_of_its_own() {
    let folder = folder(&["a.txt"]);
    let collection = collect(&[folder.path().to_owned()]).unwrap();
    fs::remove_file(folder.path().join("a.txt")).unwrap();
    let fault = read(&collection.inputs[0], &Options::default()).unwrap_err();
    assert!(fault.to_string().starts_with("a.txt: No such file"), "{fault}");
    assert!(fault.to_string().ends_with("; check that you may read it"), "{fault}");
}
