//! How fast documents become extractions, as a whole and stage by stage, on one core.
//!
//! `cargo bench -p relata-extract`. The documents are the repository's seeds, again and again to about 2 MB, each time with
//! its paragraphs in another order and its numbers changed, so that no two are alike; French, English and Russian in the
//! proportions of `seeds/`. The data is the shipped one. "whole" is what `relata build` does for a document once it is read;
//! "segment", "find", "link" and "relate" are its stages, each fed with what the stages before it gave. Rules compile when
//! their words are first met, which the first, unmeasured round pays.

use std::collections::HashMap;
use std::hint::black_box;
use std::path::Path;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use relata_extract::link::{self, Descriptions, Holders, Knowledge, LinkingWords, Own, link};
use relata_extract::relate::{Lexicon, Rules};
use relata_extract::segment::{SegmentRules, segment};
use relata_extract::{Data, Extractor, Gazetteers};
use relata_model::{Document, DocumentName, EntityId, Language, LinkedMention, Mention, Schema, Sentence};
use relata_read::{Options, read_bytes};

const BYTES: usize = 2 << 20;

fn extraction(criterion: &mut Criterion) {
    let data = Data::shipped();
    let (name, text) = data.file("schema/schema.toml").expect("the data has a schema");
    let schema = Schema::from_toml(&name, text).expect("the schema is well formed");
    let extractor = Extractor::new(&data, schema.clone(), &Gazetteers::default(), &[]).expect("the data has no fault");
    let packs: HashMap<Language, Pack> =
        data.languages().into_iter().map(|language| (language, Pack::new(&data, language, &schema))).collect();
    let documents = documents();
    let bytes = documents.iter().map(|document| document.text.len() as u64).sum();

    let mut group = criterion.benchmark_group("extract");
    group.sample_size(10).throughput(Throughput::Bytes(bytes));
    group.bench_function("whole", |bencher| {
        bencher.iter(|| documents.iter().for_each(|document| drop(black_box(extractor.record(document)))));
    });

    let pack = |document: &Document| &packs[&document.metadata.language.expect("a seed's language is told")];
    let sentences_of = |document: &Document| segment(document, &pack(document).segment);
    group.bench_function("segment", |bencher| {
        bencher.iter(|| documents.iter().for_each(|document| drop(black_box(sentences_of(document)))));
    });

    let sentences: Vec<Vec<Sentence>> = documents.iter().map(sentences_of).collect();
    let gazetteer = extractor.gazetteer();
    let find = |(document, sentences): (&Document, &Vec<Sentence>)| {
        gazetteer.find(&document.text, sentences.iter().map(|sentence| sentence.span), document.metadata.language)
    };
    group.bench_function("find", |bencher| {
        bencher.iter(|| documents.iter().zip(&sentences).for_each(|pair| drop(black_box(find(pair)))));
    });

    let found: Vec<Vec<Mention>> = documents.iter().zip(&sentences).map(find).collect();
    let holders = Holders::new(gazetteer);
    let knowledge = Knowledge { gazetteer, schema: &schema, own: &Own::default() };
    let link = |((document, sentences), found): ((&Document, &Vec<Sentence>), Vec<Mention>)| {
        let pack = pack(document);
        let language = link::Language { lexicon: &pack.lexicon, descriptions: &pack.descriptions, holders: &holders };
        link(document, sentences, found, &knowledge, Some(&language)).mentions
    };
    group.bench_function("link", |bencher| {
        bencher.iter_batched(
            || found.clone(),
            |found| documents.iter().zip(&sentences).zip(found).for_each(|pair| drop(black_box(link(pair)))),
            BatchSize::LargeInput,
        );
    });

    let linked: Vec<Vec<LinkedMention>> = documents.iter().zip(&sentences).zip(found).map(link).collect();
    let type_of = |id: &EntityId| {
        let entity = gazetteer.entity(id).expect("only entities of the gazetteer are linked");
        entity.entity_type.clone()
    };
    group.bench_function("relate", |bencher| {
        bencher.iter(|| {
            for ((document, sentences), mentions) in documents.iter().zip(&sentences).zip(&linked) {
                black_box(pack(document).rules.relate(document, sentences, mentions, &schema, &type_of));
            }
        });
    });
    group.finish();
}

/// What the extractor keeps of a language.
struct Pack {
    segment: SegmentRules,
    lexicon: Lexicon,
    descriptions: Descriptions,
    rules: Rules,
}

impl Pack {
    fn new(data: &Data, language: Language, schema: &Schema) -> Self {
        let file = |name: &str| data.file(&format!("{language}/{name}")).expect("a language has its files");
        let (verbs, words, posts, linking) =
            (file("verbs.toml"), file("words.toml"), file("posts.toml"), file("linking.toml"));
        let lexicon = Lexicon::from_toml(language, (&verbs.0, verbs.1), (&words.0, words.1), (&posts.0, posts.1))
            .expect("no fault");
        let linking = LinkingWords::from_toml(&linking.0, linking.1).expect("no fault");
        let rules = data.below(&format!("{language}/rules"));
        let rules: Vec<(&str, &str)> = rules.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        Self {
            segment: SegmentRules::new(language, file("abbreviations.txt").1),
            descriptions: Descriptions::new(&lexicon, linking),
            rules: Rules::load(&rules, lexicon.clone(), schema, None).expect("no fault"),
            lexicon,
        }
    }
}

/// The seeds, varied until they are many.
fn documents() -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the repository has seeds")
        .map(|entry| entry.expect("a seed can be read").path())
        .collect();
    files.sort();
    let seeds: Vec<String> = files.iter().map(|path| std::fs::read_to_string(path).expect("a seed is UTF-8")).collect();
    let mut documents = Vec::new();
    let (mut bytes, mut round) = (0, 0);
    while bytes < BYTES {
        for (number, seed) in seeds.iter().enumerate() {
            let name = DocumentName::new(&format!("{number}-{round}.md"));
            let reading =
                read_bytes(&name, varied(seed, round).into_bytes(), &Options::default()).expect("a seed is a text");
            bytes += reading.document.text.len();
            documents.push(reading.document);
        }
        round += 1;
    }
    documents
}

/// The head as it is, the paragraphs turned by `round`, every digit below the head moved on by it.
fn varied(seed: &str, round: usize) -> String {
    let mut paragraphs: Vec<&str> = seed.split("\n\n").collect();
    let head = paragraphs.len().min(3);
    let body = &mut paragraphs[head..];
    let turn = round % body.len().max(1);
    body.rotate_left(turn);
    let moved = |c: char| match c.to_digit(10) {
        Some(digit) => char::from_digit((digit + u32::try_from(round % 9).unwrap_or(0)) % 10, 10).unwrap_or(c),
        None => c,
    };
    let body: String = paragraphs[head..].join("\n\n").chars().map(moved).collect();
    format!("{}\n\n{body}", paragraphs[..head].join("\n\n"))
}

criterion_group!(benches, extraction);
criterion_main!(benches);
