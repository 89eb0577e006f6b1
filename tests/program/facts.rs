//! Denials, plans and hearsay never become facts: a direct triple stands only for what a document asserts in its own voice.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::seeds::{self, BUILD, list, string};

type Triple = (String, String, String);

const SYMMETRIC: [&str; 5] = ["competesWith", "cooperatesWith", "inConflictWith", "meets", "relativeOf"];

fn triple(subject: &str, predicate: &str, object: &str) -> Triple {
    (subject.to_owned(), predicate.to_owned(), object.to_owned())
}

/// The direct triples of `graph.ttl`, as a newcomer would ask for them.
fn direct_triples(place: &crate::place::Place) -> BTreeSet<Triple> {
    let question = "SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER(STRSTARTS(STR(?p), STR(rel:))) }";
    let rows = place.relata_with(&["query", "out", question, "--format", "tsv"], b"").output();
    let name = |cell: &str, before: &str| {
        cell.strip_prefix(&format!("<{before}"))
            .and_then(|rest| rest.strip_suffix('>'))
            .unwrap_or_else(|| panic!("{cell}"))
            .to_owned()
    };
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let entity = |cell| name(cell, "https://relata.example/entity/");
        (entity(cells[0]), name(cells[1], "https://w3id.org/relata/rel#"), entity(cells[2]))
    };
    rows.lines().skip(1).map(row).collect()
}

fn is_own_voice(evidence: &Value) -> bool {
    evidence.get("attributedTo").is_none()
}

/// The direct triples that the records call for.
fn facts(records: &[Value]) -> BTreeSet<Triple> {
    let mut facts = BTreeSet::new();
    for statement in records.iter().flat_map(|record| list(record, "statements")) {
        if string(statement, "modality") == "asserted" && list(statement, "evidence").iter().any(is_own_voice) {
            let (s, p, o) = (string(statement, "subject"), string(statement, "predicate"), string(statement, "object"));
            facts.insert(triple(s, p, o));
            if SYMMETRIC.contains(&p) {
                facts.insert(triple(o, p, s));
            }
        }
    }
    facts
}

#[test]
fn a_direct_triple_stands_for_what_is_asserted_in_a_documents_own_voice_and_for_nothing_else() {
    let (direct, facts) = (direct_triples(&seeds::place()), facts(&BUILD.records));
    assert!(facts.len() > 50, "only {} facts", facts.len());
    assert_eq!(direct.difference(&facts).collect::<Vec<_>>(), [] as [&Triple; 0], "no document says so");
    assert_eq!(facts.difference(&direct).collect::<Vec<_>>(), [] as [&Triple; 0], "a fact is missing");
}

#[test]
fn what_the_seeds_only_plan_deny_or_claim_is_no_fact() {
    let direct = direct_triples(&seeds::place());
    for (subject, predicate, object) in [
        ("united-states", "sanctions", "deepseek"), // planned in April and June, denied in November
        ("kazakhstan", "memberOf", "brics"),        // "Казахстан не входит в БРИКС"
        ("nvidia", "suppliesTo", "russia"),         // over since 2022
        ("nvidia", "suppliesTo", "firebird"),       // planned
        ("firebird", "uses", "nvidia-blackwell"),   // planned
        ("azerbaijan", "develops", "artificial-intelligence"), // planned
        ("azerbaijan", "cooperatesWith", "meta"),   // "pourrait", and Minval says so
        ("meta", "cooperatesWith", "azerbaijan"),
        ("deepseek", "uses", "nvidia-h100"), // an official claims it, Nvidia denies it
        ("deepseek", "uses", "nvidia-h800"), // Nvidia claims it
        ("bytedance", "acquires", "nvidia-h20"), // "selon la presse"
    ] {
        let fact = triple(subject, predicate, object);
        assert!(!direct.contains(&fact), "{fact:?}");
    }
    // Told as a claim in two documents and as a fact in a third: a fact, by the third.
    assert!(direct.contains(&triple("firebird", "investsIn", "armenia")));
    // The same for what is asked in the other direction.
    for (one, other) in [("china", "russia"), ("daniel-liberman", "david-liberman")] {
        let predicate = if one == "china" { "cooperatesWith" } else { "relativeOf" };
        assert!(direct.contains(&triple(one, predicate, other)) && direct.contains(&triple(other, predicate, one)));
    }
}

#[test]
fn every_statement_of_the_records_stands_in_the_graph_with_its_modality_and_voice() {
    let question = "SELECT ?s ?p ?o ?modality ?voice WHERE { ?st a relata:Statement ; rdf:subject ?es ; rdf:predicate ?ep ; \
                    rdf:object ?eo ; relata:modality ?m ; relata:voice ?v . \
                    BIND(STRAFTER(STR(?es), \"/entity/\") AS ?s) BIND(STRAFTER(STR(?ep), \"#\") AS ?p) \
                    BIND(STRAFTER(STR(?eo), \"/entity/\") AS ?o) BIND(STRAFTER(STR(?m), \"#\") AS ?modality) \
                    BIND(STRAFTER(STR(?v), \"#\") AS ?voice) }";
    let rows = seeds::place().relata_with(&["query", "out", question, "--format", "tsv"], b"").output();
    let found: BTreeSet<String> = rows.lines().skip(1).map(|row| row.replace('"', "")).collect();
    let mut own: BTreeSet<String> = BTreeSet::new();
    let mut all: BTreeSet<String> = BTreeSet::new();
    for statement in BUILD.records.iter().flat_map(|record| list(record, "statements")) {
        let key = ["subject", "predicate", "object", "modality"].map(|field| string(statement, field)).join("\t");
        if list(statement, "evidence").iter().any(is_own_voice) {
            own.insert(key.clone());
        }
        all.insert(key);
    }
    let expected: BTreeSet<String> = all
        .into_iter()
        .map(|key| format!("{key}\t{}", if own.contains(&key) { "own" } else { "attributed" }))
        .collect();
    assert_eq!(found.symmetric_difference(&expected).collect::<Vec<_>>(), [] as [&String; 0]);
}
