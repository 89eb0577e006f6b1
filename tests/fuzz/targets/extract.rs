//! Any text: mentions apart from each other and inside one sentence, every passage the slice that its offsets name.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use relata_extract::{Data, Extractor, Gazetteers};
use relata_model::{CodePointIndex, DocumentName, Language, Schema};
use relata_read::{Options, read_bytes};

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| {
    let schema = include_str!("../../../data/schema/schema.toml");
    let schema = Schema::from_toml("schema.toml", schema).expect("the shipped schema loads");
    Extractor::new(&Data::shipped(), schema, &Gazetteers::default(), &[]).expect("the shipped data load")
});

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, bytes)) = bytes.split_first() else { return };
    let language = [Language::FRENCH, Language::ENGLISH, Language::RUSSIAN][usize::from(first) % 3];
    let options = Options { language: Some(language) };
    let Ok(reading) = read_bytes(&DocumentName::new("a.txt"), bytes.to_vec(), &options) else { return };
    let document = reading.document;
    let extraction = EXTRACTOR.extract(&document);
    for pair in extraction.sentences.windows(2) {
        assert!(pair[0].span.end() <= pair[1].span.start(), "sentences overlap");
    }
    for pair in extraction.mentions.windows(2) {
        assert!(pair[0].span.end() <= pair[1].span.start(), "mentions overlap");
    }
    for mention in &extraction.mentions {
        let sentence = extraction.sentence_of(mention.span).expect("a mention stands in a sentence");
        assert!(mention.span.end() <= extraction.sentences[sentence].span.end(), "a mention crosses a border");
    }
    let record = EXTRACTOR.record(&document);
    let index = CodePointIndex::new(&document.text);
    let slice = |start, end| document.text.get(index.byte(start)?..index.byte(end)?);
    for mention in &record.mentions {
        assert_eq!(slice(mention.start, mention.end), Some(mention.text.as_str()));
    }
    for statement in &record.statements {
        assert!(!statement.evidence.is_empty());
        for one in &statement.evidence {
            assert_eq!(slice(one.start, one.end), Some(one.text.as_str()));
            for part in
                [Some(&one.quote), one.subject.as_ref(), one.object.as_ref(), one.cue.as_ref()].into_iter().flatten()
            {
                assert_eq!(slice(part.start, part.end), Some(part.text.as_str()));
            }
        }
    }
});
