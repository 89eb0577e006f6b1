//! The SPARQL 1.1 Graph Store HTTP Protocol, as far as it reads.

use axum::extract::{Request, State};
use axum::response::Response;

use crate::percent::pairs;
use crate::problem::Problem;
use crate::protocol::graph_name;
use crate::router::{Service, respond};

/// Answers at `/store`: `?default` or `?graph=IRI`.
pub(crate) async fn answer(State(service): State<Service>, request: Request) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    match parts.method.as_str() {
        "GET" | "HEAD" => {}
        "PUT" | "POST" | "DELETE" | "PATCH" => return Err(Problem::read_only()),
        _ => return Err(Problem::method("GET, HEAD, OPTIONS")),
    }
    let mut asked = None;
    let mut format = None;
    for (name, value) in pairs(parts.uri.query().unwrap_or_default())? {
        let graph = match name.as_str() {
            "default" => None,
            "graph" => Some(graph_name(&value)?),
            "format" => {
                format = Some(
                    value
                        .parse()
                        .map_err(|error: relata_store::UnknownAnswerFormat| Problem::bad(error.to_string()))?,
                );
                continue;
            }
            _ => continue,
        };
        if asked.replace(graph).is_some() {
            return Err(Problem::bad("the request names two graphs: ask for one at a time"));
        }
    }
    let Some(graph) = asked else {
        return Err(Problem::bad("the request names no graph: write /store?default or /store?graph=IRI"));
    };
    let snapshot = service.current.get();
    let limits = service.desk.limits.answer;
    service
        .desk
        .work(move |switch| {
            let answer = snapshot.store.graph(graph.as_ref(), limits, switch)?;
            let answer = answer.ok_or_else(|| Problem::not_found("there is no graph of that name"))?;
            respond(&answer, format, &parts.headers, limits.bytes)
        })
        .await
}
