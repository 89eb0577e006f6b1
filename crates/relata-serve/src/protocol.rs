//! The SPARQL 1.1 Protocol: queries by GET, by POST as a form or as they are, and by QUERY.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use hyper::header::HeaderMap;
use hyper::{Method, StatusCode};
use relata_store::{Answer, AnswerFormat, NamedNode, Question};

use crate::body;
use crate::description;
use crate::negotiation::choose;
use crate::percent::pairs;
use crate::problem::Problem;
use crate::router::{Service, respond};

/// Rows and truth values, the default first.
pub(crate) const ROWS: [(&str, AnswerFormat); 9] = [
    ("application/sparql-results+json", AnswerFormat::Json),
    ("application/sparql-results+xml", AnswerFormat::Xml),
    ("text/csv", AnswerFormat::Csv),
    ("text/tab-separated-values", AnswerFormat::Tsv),
    ("application/json", AnswerFormat::Json),
    ("application/xml", AnswerFormat::Xml),
    ("text/xml", AnswerFormat::Xml),
    ("text/html", AnswerFormat::Json),
    ("text/plain", AnswerFormat::Table),
];

/// Triples, the default first.
pub(crate) const TRIPLES: [(&str, AnswerFormat); 12] = [
    ("text/turtle", AnswerFormat::Turtle),
    ("application/n-triples", AnswerFormat::NTriples),
    ("application/rdf+xml", AnswerFormat::Xml),
    ("application/ld+json", AnswerFormat::Json),
    ("application/x-turtle", AnswerFormat::Turtle),
    ("application/json", AnswerFormat::Json),
    ("application/xml", AnswerFormat::Xml),
    ("text/xml", AnswerFormat::Xml),
    ("text/csv", AnswerFormat::Csv),
    ("text/tab-separated-values", AnswerFormat::Tsv),
    ("text/html", AnswerFormat::Turtle),
    ("text/plain", AnswerFormat::NTriples),
];

/// What a client asks: the query, and what the parameters say beside it.
#[derive(Debug, Default)]
struct Asked {
    query: Option<String>,
    default_graphs: Vec<NamedNode>,
    named_graphs: Vec<NamedNode>,
    /// The form by name, for people who cannot set headers.
    format: Option<AnswerFormat>,
}

/// Answers at `/query` and `/sparql`.
pub(crate) async fn answer(State(service): State<Service>, request: Request) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let mut asked = Asked::default();
    asked.add(pairs(parts.uri.query().unwrap_or_default())?)?;
    match parts.method.as_str() {
        "GET" | "HEAD" => {
            if asked.query.is_none() {
                return description::answer(&service, &parts.headers).await;
            }
        }
        "POST" | "QUERY" => read_body(&mut asked, &parts.method, &parts.headers, body, &service).await?,
        _ => return Err(Problem::method("GET, HEAD, POST, QUERY, OPTIONS")),
    }
    let Some(sparql) = asked.query else {
        return Err(Problem::bad("the request has no query: give one as the parameter \"query\""));
    };
    let question = Question { sparql, default_graphs: asked.default_graphs, named_graphs: asked.named_graphs };
    let format = asked.format;
    let snapshot = service.current.get();
    let limits = service.desk.limits.answer;
    service
        .desk
        .work(move |switch| {
            let answer = snapshot.store.answer(&question, limits, switch)?;
            respond(&answer, format, &parts.headers, limits.bytes)
        })
        .await
}

async fn read_body(
    asked: &mut Asked,
    method: &Method,
    headers: &HeaderMap,
    body: Body,
    service: &Service,
) -> Result<(), Problem> {
    let media_type = body::media_type(headers)?;
    let limits = &service.desk.limits;
    match media_type.as_deref() {
        Some("application/x-www-form-urlencoded") => {
            let form = body::text(body, limits).await?;
            asked.add(pairs(&form)?)
        }
        Some("application/sparql-query") => {
            if asked.query.is_some() {
                return Err(Problem::bad("the request has two queries, one in its address and one in its body"));
            }
            asked.query = Some(body::text(body, limits).await?);
            Ok(())
        }
        Some("application/sparql-update") => Err(Problem::read_only()),
        Some(other) => Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            format!("a body of {method} is application/sparql-query or application/x-www-form-urlencoded, not {other}"),
        )),
        None => Err(Problem::bad(
            "the body of the request has no Content-Type: application/sparql-query or application/x-www-form-urlencoded",
        )),
    }
}

impl Asked {
    /// Takes parameters; unknown ones are passed over, as the protocol wants it.
    fn add(&mut self, pairs: Vec<(String, String)>) -> Result<(), Problem> {
        for (name, value) in pairs {
            match name.as_str() {
                "query" if self.query.is_some() => {
                    return Err(Problem::bad("the request has two queries: ask one at a time"));
                }
                "query" => self.query = Some(value),
                "update" => return Err(Problem::read_only()),
                "using-graph-uri" | "using-named-graph-uri" => {
                    return Err(Problem::bad(format!("\"{name}\" belongs to updates, and the graph is only read")));
                }
                "default-graph-uri" => self.default_graphs.push(graph_name(&value)?),
                "named-graph-uri" => self.named_graphs.push(graph_name(&value)?),
                "format" => {
                    let format = value.parse::<AnswerFormat>().map_err(|error| Problem::bad(error.to_string()))?;
                    self.format = Some(format);
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// The name of a graph; it must be an absolute IRI.
pub(crate) fn graph_name(text: &str) -> Result<NamedNode, Problem> {
    NamedNode::new(text).map_err(|_| Problem::bad(format!("\"{text}\" is no absolute IRI, and names no graph")))
}

/// The form a client wants an answer in.
pub(crate) fn form(answer: &Answer, headers: &HeaderMap) -> Result<AnswerFormat, Problem> {
    match answer {
        Answer::Rows(_) | Answer::Boolean(_) => choose(headers, &ROWS),
        Answer::Graph { .. } => choose(headers, &TRIPLES),
    }
}
