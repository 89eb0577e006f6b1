//! The SPARQL 1.1 Service Description: what this endpoint can do.

use std::fmt::Write as _;

use axum::response::Response;
use hyper::header::{HOST, HeaderMap};
use relata_store::{Limits, Question, RdfFormat, StopSwitch};

use crate::problem::Problem;
use crate::router::{Service, respond};

/// The formats as the W3C names them.
const FORMATS: [&str; 8] = [
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
];

/// The description, in the form that the client wants.
pub(crate) async fn answer(service: &Service, headers: &HeaderMap) -> Result<Response, Problem> {
    let snapshot = service.current.get();
    let limits = service.desk.limits.answer;
    let headers = headers.clone();
    service
        .desk
        .work(move |_| {
            let triples = snapshot.store.len().map_err(|error| Problem::bad(error.to_string()))?;
            let turtle = turtle(&headers, triples, &snapshot.store.graph_names());
            let described = relata_store::GraphStore::from_rdf(turtle.as_bytes(), RdfFormat::Turtle);
            let described = described.map_err(|error| Problem::bad(error.to_string()))?;
            let everything = Question::of("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }");
            let answer = described.answer(&everything, Limits::NONE, &StopSwitch::default())?;
            respond(&answer, None, &headers, limits.bytes)
        })
        .await
}

/// `Host` was checked: it is one of the names of this server.
fn turtle(headers: &HeaderMap, triples: usize, graphs: &[String]) -> String {
    let host = headers.get(HOST).and_then(|value| value.to_str().ok()).unwrap_or("localhost");
    let service = format!("http://{host}/query");
    let mut turtle = format!(
        "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .\n\
         @prefix void: <http://rdfs.org/ns/void#> .\n\
         <{service}> a sd:Service ; sd:endpoint <{service}> ; sd:supportedLanguage sd:SPARQL11Query ;\n\
         sd:feature sd:EmptyGraphs ; sd:defaultDataset <{service}#dataset> .\n\
         <{service}#dataset> a sd:Dataset ; sd:defaultGraph <{service}#default> .\n\
         <{service}#default> a sd:Graph ; void:triples {triples} .\n"
    );
    for format in FORMATS {
        // Writing into a text cannot fail.
        let _ = writeln!(turtle, "<{service}> sd:resultFormat <http://www.w3.org/ns/formats/{format}> .");
    }
    for (number, graph) in graphs.iter().enumerate() {
        let _ = writeln!(
            turtle,
            "<{service}#dataset> sd:namedGraph <{service}#graph{number}> .\n\
             <{service}#graph{number}> a sd:NamedGraph ; sd:name <{graph}> ."
        );
    }
    turtle
}
