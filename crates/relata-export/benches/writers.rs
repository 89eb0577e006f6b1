//! How fast the writers are, beside oxttl's serializer on the same triples.
//!
//! `cargo bench -p relata-export`; MB/s are of what is written. `press(1000, 10_000)` is a graph of 1,000 entities and some
//! 10,000 statements with one passage each, the same at every run.

#[path = "../tests/fixtures/mod.rs"]
mod fixtures;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use oxttl::{NTriplesSerializer, TurtleSerializer};
use relata_export::names::Namespaces;
use relata_export::rdf::{self, Item};
use relata_export::{ExportOptions, Format};

fn writers(criterion: &mut Criterion) {
    let graph = fixtures::press::press(1000, 10_000);
    let all = graph.all();
    let options = ExportOptions { picture_room: None, ..ExportOptions::default() };
    let mut group = criterion.benchmark_group("write");
    group.sample_size(20);
    let mut buffer = Vec::new();
    for format in Format::ALL {
        buffer.clear();
        relata_export::write(&all, &options, format, &mut buffer).expect("memory does not fail");
        group.throughput(Throughput::Bytes(buffer.len() as u64));
        group.bench_function(format.as_str(), |bencher| {
            bencher.iter(|| {
                buffer.clear();
                relata_export::write(black_box(&all), &options, format, &mut buffer).expect("memory does not fail");
                buffer.len()
            });
        });
    }

    let spaces = Namespaces::new(&options.base_iri);
    let mut triples = Vec::new();
    rdf::triples(&all, &options, &mut |item| {
        if let Item::Triple(triple) = item {
            triples.push(triple.to_oxrdf(&spaces));
        }
        Ok(())
    })
    .expect("memory does not fail");

    let turtle = |buffer: &mut Vec<u8>| {
        let serializer = spaces.prefixes().fold(TurtleSerializer::new(), |serializer, (prefix, iri)| {
            serializer.with_prefix(prefix, iri).expect("the namespaces are IRIs")
        });
        let mut writer = serializer.for_writer(buffer);
        for triple in &triples {
            writer.serialize_triple(triple).expect("memory does not fail");
        }
        writer.finish().expect("memory does not fail").len()
    };
    buffer.clear();
    group.throughput(Throughput::Bytes(turtle(&mut buffer) as u64));
    group.bench_function("turtle, oxttl from ready triples", |bencher| {
        bencher.iter(|| {
            buffer.clear();
            turtle(&mut buffer)
        });
    });

    let lines = |buffer: &mut Vec<u8>| {
        let mut writer = NTriplesSerializer::new().for_writer(buffer);
        for triple in &triples {
            writer.serialize_triple(triple).expect("memory does not fail");
        }
        writer.finish().len()
    };
    buffer.clear();
    group.throughput(Throughput::Bytes(lines(&mut buffer) as u64));
    group.bench_function("ntriples, oxttl from ready triples", |bencher| {
        bencher.iter(|| {
            buffer.clear();
            lines(&mut buffer)
        });
    });
    group.finish();
}

criterion_group!(benches, writers);
criterion_main!(benches);
