//! The program's own check of the shapes: what is written conforms, and each fault put in on purpose is found.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod fixtures;

use std::collections::BTreeSet;

use relata_export::ExportOptions;
use relata_export::conformance::{self, Checker};
use relata_export::names::Space;
use relata_export::rdf::{self, Datatype, Item, Name, Object, Triple};
use relata_graph::KnowledgeGraph;

#[test]
fn what_is_written_conforms() {
    for graph in [fixtures::small::small(), fixtures::torture::torture().0, fixtures::press::press(60, 600)] {
        assert_eq!(conformance::check(&graph.all(), &ExportOptions::default()), []);
    }
    let part = relata_graph::Filter { focus: vec!["novalis".parse().unwrap()], ..relata_graph::Filter::default() };
    assert_eq!(conformance::check(&fixtures::small::small().select(&part), &ExportOptions::default()), []);
}

/// What is found wrong when each triple is replaced by those that `change` gives.
fn found(graph: &KnowledgeGraph, change: &Change) -> BTreeSet<String> {
    let options = ExportOptions::default();
    let mut checker = Checker::new(&options);
    rdf::triples(&graph.all(), &options, &mut |item| {
        if let Item::Triple(triple) = item {
            change(triple, &mut |triple| checker.triple(&triple));
        }
        Ok(())
    })
    .unwrap();
    checker.finish().into_iter().map(|violation| violation.message).collect()
}

fn relata(local: &str) -> Name<'_> {
    Name::new(Space::Relata, local)
}

/// What is given in place of a triple.
type Change = dyn Fn(Triple<'_>, &mut dyn FnMut(Triple<'_>));

/// Leaves a predicate out.
fn without(predicate: Name<'static>) -> impl Fn(Triple<'_>, &mut dyn FnMut(Triple<'_>)) {
    move |triple, give| {
        if triple.predicate != predicate {
            give(triple);
        }
    }
}

/// Says something else with a predicate.
fn with(predicate: Name<'static>, object: Object<'static>) -> impl Fn(Triple<'_>, &mut dyn FnMut(Triple<'_>)) {
    move |triple, give| give(if triple.predicate == predicate { Triple { object, ..triple } } else { triple })
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn faults_put_in_on_purpose_are_found() {
    let graph = fixtures::small::small();
    let cases: Vec<(&str, Box<Change>)> = vec![
        ("evidence stands 0 times, at least 1 are wanted", Box::new(without(relata("evidence")))),
        (
            "modality has a value that is not allowed: \"reported\"",
            Box::new(with(relata("modality"), Object::Name(relata("reported")))),
        ),
        ("voice stands 0 times, at least 1 are wanted", Box::new(without(relata("voice")))),
        ("label stands 0 times, at least 1 are wanted", Box::new(without(Name::new(Space::Rdfs, "label")))),
        ("amountValue and amountUnit go together", Box::new(without(relata("amountUnit")))),
        (
            "amountValue has a value of another datatype: \"much\"",
            Box::new(with(relata("amountValue"), Object::Text("much", None))),
        ),
        (
            "textDigest has another form: \"sha256:0\"",
            Box::new(with(relata("textDigest"), Object::Text("sha256:0", None))),
        ),
        (
            "sourceFile has another form: \"/etc/passwd\"",
            Box::new(with(relata("sourceFile"), Object::Text("/etc/passwd", None))),
        ),
        ("start is not less than end: \"9999\"", Box::new(with(relata("start"), Object::Integer(9999)))),
        ("sentenceStart is more than start: \"9999\"", Box::new(with(relata("sentenceStart"), Object::Integer(9999)))),
        ("time has another form: \"2026\"", Box::new(with(relata("time"), Object::Text("2026", None)))),
        (
            "timeFrom is more than timeTo: \"2027-01-01\"",
            Box::new(with(relata("timeFrom"), Object::Typed("2027-01-01", Datatype::Date))),
        ),
        (
            "a passage is attributed exactly when it names a source or gives the words that do",
            Box::new(with(relata("voice"), Object::Name(relata("attributed")))),
        ),
        (
            "a statement has the document's own voice exactly when one of its passages has",
            Box::new(|triple: Triple<'_>, give: &mut dyn FnMut(Triple<'_>)| {
                let voice = triple.subject.space == Space::Statement && triple.predicate == relata("voice");
                give(if voice { Triple { object: Object::Name(relata("own")), ..triple } } else { triple });
            }),
        ),
        (
            "an entity has exactly one class of schema.org",
            Box::new(with(Name::new(Space::Rdf, "type"), Object::Name(relata("Entity")))),
        ),
        (
            "ent:nobody is no Entity",
            Box::new(with(Name::new(Space::Rdf, "object"), Object::Name(Name::new(Space::Entity, "nobody")))),
        ),
        (
            "doc:nowhere is no Document",
            Box::new(with(relata("document"), Object::Name(Name::new(Space::Document, "nowhere")))),
        ),
        ("rule:none is no Rule", Box::new(with(relata("rule"), Object::Name(Name::new(Space::Rule, "none"))))),
        (
            "a statement names no source: its passages do",
            Box::new(|triple, give| {
                give(triple);
                if triple.subject.space == Space::Statement && triple.predicate == relata("modality") {
                    give(Triple { predicate: relata("attributionText"), object: Object::Text("x", None), ..triple });
                }
            }),
        ),
        (
            "a document asserts it in its own voice, so its direct triple must stand, both ways when the relation is symmetric",
            Box::new(|triple, give| {
                if triple.subject.local != "kestria" || triple.predicate.space != Space::Rel {
                    give(triple);
                }
            }),
        ),
        (
            "a direct triple stands only for what a document asserts in its own voice",
            Box::new(|triple, give| {
                give(triple);
                if triple.subject.local == "kestria" && triple.predicate.space == Space::Rel {
                    let object = Object::Name(Name::new(Space::Entity, "novalis"));
                    give(Triple { predicate: Name::new(Space::Rel, "acquires"), object, ..triple });
                }
            }),
        ),
        (
            "role and time stand on the statement exactly when its passages of the same voice give one value",
            Box::new(|triple, give| {
                if triple.subject.space != Space::Evidence || triple.predicate != relata("role") {
                    give(triple);
                }
            }),
        ),
        (
            "the amount stands on the statement exactly when its passages of the same voice give one",
            Box::new(|triple, give| {
                let lifted = triple.subject.space == Space::Statement;
                if lifted && triple.predicate == relata("amountValue") {
                    give(Triple { object: Object::Typed("1", Datatype::Decimal), ..triple });
                } else {
                    give(triple);
                }
            }),
        ),
        (
            "relata:timeFrom is the first day of relata:time and relata:timeTo its last",
            Box::new(with(relata("timeTo"), Object::Typed("2026-12-30", Datatype::Date))),
        ),
        (
            "quote and sentence are as long as their places say, the quote lies there in the sentence, the sentence in the text, \
          and the words of both ends in the quote",
            Box::new(with(relata("quote"), Object::Text("La Kestrie coopère avec la Bordavie", None))),
        ),
        (
            "subject, predicate, object and modality make one statement, and the ends of a symmetric one stand in code-point order",
            Box::new(|triple, give| {
                let turned = |local| Object::Name(Name::new(Space::Entity, local));
                match (triple.predicate.local, triple.object) {
                    ("subject", Object::Name(name)) if name.local == "bordavia" => {
                        give(Triple { object: turned("kestria"), ..triple });
                    }
                    ("object", Object::Name(name)) if name.local == "kestria" => {
                        give(Triple { object: turned("bordavia"), ..triple });
                    }
                    _ => give(triple),
                }
            }),
        ),
    ];
    for (expected, change) in &cases {
        let found = found(&graph, change.as_ref());
        assert!(found.contains(*expected), "{expected}: found {found:#?}");
    }
}
