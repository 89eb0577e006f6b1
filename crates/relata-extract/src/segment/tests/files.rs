use std::collections::BTreeSet;

use super::{ENGLISH, FRENCH, RUSSIAN};

#[test]
fn shipped_lists_are_sorted_and_say_each_thing_once() {
    for (file, source) in [("fr", FRENCH), ("en", ENGLISH), ("ru", RUSSIAN)] {
        let mut seen = BTreeSet::new();
        for section in source.split("\n[").skip(1) {
            let (name, lines) = section.split_once("]\n").unwrap();
            let lines: Vec<&str> = lines.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
            assert!(lines.is_sorted(), "data/{file}/abbreviations.txt: [{name}] is not sorted by code points");
            for line in lines {
                assert!(seen.insert(line), "data/{file}/abbreviations.txt: \"{line}\" stands twice");
                assert_eq!(
                    name != "openers",
                    line.ends_with('.'),
                    "data/{file}/abbreviations.txt: \"{line}\" in [{name}]"
                );
            }
        }
        assert!(seen.len() > 100, "data/{file}/abbreviations.txt was read");
    }
}
