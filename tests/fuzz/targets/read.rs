//! Any bytes: a document whose parts are in order, apart from each other and on character borders, or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relata_model::{Document, DocumentName, Span};
use relata_read::{Options, provenance, read_bytes};

fuzz_target!(|bytes: &[u8]| {
    let name = DocumentName::new("a.md");
    let Ok(reading) = read_bytes(&name, bytes.to_vec(), &Options::default()) else { return };
    let document = reading.document;
    check(&document);
    let _ = provenance::agency(&document);
    let sketch = provenance::sketch(&document);
    assert_eq!(sketch.to_string().parse(), Ok(sketch));
    // What was decoded once is decoded: the text of a document is the text of a document.
    if let Ok(again) = read_bytes(&name, document.text.clone().into_bytes(), &Options::default()) {
        assert_eq!(again.document.text, document.text);
    }
});

fn check(document: &Document) {
    let text = &document.text;
    assert!(!text.starts_with('\u{FEFF}'));
    for spans in [&document.prose, &document.opaque] {
        let mut last = 0;
        for span in spans {
            assert!(last <= span.start() && span.start() <= span.end() && span.end() <= text.len());
            assert!(text.is_char_boundary(span.start()) && text.is_char_boundary(span.end()));
            last = span.end();
        }
    }
    let inside =
        |span: &Span| document.prose.iter().any(|part| part.start() <= span.start() && span.end() <= part.end());
    assert!(document.opaque.iter().all(inside));
}
