//! Any text between the lines of a front matter: titles, dates and languages that can be written, nothing lost of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relata_model::DocumentName;
use relata_read::{Options, read_bytes};

fuzz_target!(|front: &str| {
    // Many NULs make bytes look like UTF-16: then the text is another.
    if front.contains('\0') {
        return;
    }
    let text = format!("---\n{front}\n---\nLe texte de l'article.\n");
    let Ok(reading) = read_bytes(&DocumentName::new("a.md"), text.into_bytes(), &Options::default()) else { return };
    let document = reading.document;
    assert!(document.text.contains("Le texte de l'article."));
    if let Some(date) = document.metadata.date {
        assert_eq!(date.to_string().parse(), Ok(date));
    }
    if let Some(title) = &document.metadata.title {
        assert!(!title.trim().is_empty());
    }
});
