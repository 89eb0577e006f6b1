//! How fast the writers are, beside oxttl's serializer on the same triples, and beside the shortest `GraphML` writer that
//! could be written by hand, which has every value ready as a string.
//!
//! `cargo bench -p relata-export`; MB/s are of what is written. `press(1000, 10_000)` is a graph of 1,000 entities and some
//! 10,000 statements with one passage each, the same at every run.

#[path = "../tests/fixtures/mod.rs"]
mod fixtures;

use std::hint::black_box;
use std::io::Write;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use oxttl::{NTriplesSerializer, TurtleSerializer};
use relata_export::names::Namespaces;
use relata_export::rdf::{self, Item};
use relata_export::{ExportOptions, Format};
use relata_graph::Selection;

fn writers(criterion: &mut Criterion) {
    let graph = fixtures::press::press(1000, 10_000);
    let all = graph.all();
    let options = ExportOptions { picture_room: None, ..ExportOptions::default() };
    let mut group = criterion.benchmark_group("write");
    group.sample_size(20);
    let mut buffer = Vec::new();
    for format in Format::ALL.into_iter().filter(|&format| format != Format::Mermaid) {
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

    let ready = ready_graphml(&all);
    let by_hand = |buffer: &mut Vec<u8>| {
        for element in &ready {
            buffer.extend_from_slice(element.start.as_bytes());
            for (key, value) in &element.values {
                write!(buffer, "<data key=\"{key}\">").expect("memory does not fail");
                for c in value.chars() {
                    match c {
                        '&' => buffer.extend_from_slice(b"&amp;"),
                        '<' => buffer.extend_from_slice(b"&lt;"),
                        '>' => buffer.extend_from_slice(b"&gt;"),
                        c => buffer.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                    }
                }
                buffer.extend_from_slice(b"</data>");
            }
            buffer.extend_from_slice(element.end.as_bytes());
        }
        buffer.len()
    };
    buffer.clear();
    group.throughput(Throughput::Bytes(by_hand(&mut buffer) as u64));
    group.bench_function("graphml, by hand from ready strings", |bencher| {
        bencher.iter(|| {
            buffer.clear();
            by_hand(&mut buffer)
        });
    });

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

    group.bench_function("conformance to the shapes", |bencher| {
        bencher.iter(|| relata_export::conformance::check(black_box(&all), &options).len());
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

/// A node or an edge of `GraphML` with its values as strings.
struct Element {
    start: String,
    values: Vec<(String, String)>,
    end: &'static str,
}

/// What the file of the `GraphML` writer holds, taken apart.
fn ready_graphml(all: &Selection<'_>) -> Vec<Element> {
    let mut written = Vec::new();
    relata_export::write(all, &ExportOptions::default(), Format::GraphMl, &mut written).expect("memory does not fail");
    let written = String::from_utf8(written).expect("XML in UTF-8");
    let elements = written.lines().filter(|line| line.starts_with("    <"));
    elements
        .map(|line| {
            let (start, rest) = line.split_once("<data").expect("every element has data");
            let values = rest.split("<data").map(|data| {
                let (key, rest) = data[" key=\"".len()..].split_once("\">").expect("data has a key");
                let value = rest.split_once("</data>").expect("data ends").0;
                (key.to_owned(), value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
            });
            let end = if start.starts_with("    <node") { "</node>\n" } else { "</edge>\n" };
            Element { start: start.to_owned(), values: values.collect(), end }
        })
        .collect()
}

criterion_group!(benches, writers);
criterion_main!(benches);
