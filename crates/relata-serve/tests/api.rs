//! The JSON interface on a small graph.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod common;
#[path = "../../relata-export/tests/fixtures/mod.rs"]
mod fixtures;

use common::{get, options};
use relata_export::ExportOptions;
use relata_serve::{Service, Snapshot};
use relata_store::GraphStore;
use serde_json::{Value, json};

fn service() -> Service {
    let graph = fixtures::small::small();
    let store = GraphStore::load(&graph.all(), &ExportOptions::default()).unwrap();
    Service::new(Snapshot::new(store, Some(graph)), &options()).unwrap()
}

async fn asked(service: &Service, address: &str) -> Value {
    let answered = get(service, address, &[]).await;
    assert_eq!(
        (answered.status.as_u16(), answered.header("content-type")),
        (200, "application/json"),
        "{}",
        answered.body
    );
    serde_json::from_str(&answered.body).unwrap()
}

#[tokio::test]
async fn entities_are_found_by_parts_of_their_names_in_any_script() {
    let service = service();
    let answer = asked(&service, "/api/search?q=Novalis").await;
    assert_eq!(answer["found"], 1);
    assert_eq!(answer["results"][0]["id"], "novalis");
    assert_eq!(answer["results"][0]["iri"], "https://relata.example/entity/novalis");
    assert_eq!(asked(&service, "/api/search?q=bordav&limit=1").await["results"][0]["id"], "bordavia");
    assert_eq!(asked(&service, "/api/search?q=nobody").await, json!({"query": "nobody", "found": 0, "results": []}));
    assert_eq!(asked(&service, "/api/search?q=bordavia&lang=en").await["results"][0]["label"], "Bordavia");
    assert_eq!(asked(&service, "/api/search?q=bordavia&lang=fr").await["results"][0]["label"], "Bordavie");
}

#[tokio::test]
async fn an_entity_has_its_facts_apart_from_claims_and_denials() {
    let service = service();
    let answer = asked(&service, "/api/entity/novalis?lang=en").await;
    let ids = |group: &str| -> Vec<(String, String, String)> {
        let statements = answer[group]["statements"].as_array().unwrap();
        assert_eq!(answer[group]["found"], statements.len());
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        statements
            .iter()
            .map(|one| (text(&one["subject"]["id"]), text(&one["predicate"]), text(&one["object"]["id"])))
            .collect()
    };
    let said = |subject: &str, predicate: &str, object: &str| {
        vec![(subject.to_owned(), predicate.to_owned(), object.to_owned())]
    };
    assert_eq!(ids("facts"), said("anna-weiss", "holdsPositionIn", "novalis"));
    assert_eq!(ids("claimed"), said("kestria", "acquires", "novalis"));
    assert_eq!(ids("negated"), said("novalis", "uses", "lynx"));
    assert!(ids("planned").is_empty() && ids("hypothetical").is_empty() && ids("ended").is_empty());
    assert_eq!(answer["facts"]["statements"][0]["fact"], true);
    assert_eq!(answer["claimed"]["statements"][0]["fact"], false);
    assert_eq!(answer["claimed"]["statements"][0]["voice"], "attributed");
    assert_eq!(answer["claimed"]["statements"][0]["amount"], json!({"value": "2500000000", "unit": "EUR"}));
}

/// The sentence comes in three parts that give it back when they are put together.
#[tokio::test]
async fn every_passage_is_a_sentence_with_its_quotation_marked() {
    let service = service();
    let graph = fixtures::small::small();
    let mut passages = 0;
    for statement in graph.statements() {
        let id = relata_export::statement_id(statement);
        let answer = asked(&service, &format!("/api/statement/{id}")).await;
        assert_eq!(answer["iri"], format!("https://relata.example/statement/{id}"));
        for (told, evidence) in answer["evidence"].as_array().unwrap().iter().zip(&statement.evidence) {
            let part = |name: &str| told[name].as_str().unwrap();
            assert_eq!(format!("{}{}{}", part("before"), part("quote"), part("after")), evidence.record.text);
            assert_eq!(part("quote"), evidence.record.quote.text);
            let document =
                asked(&service, &format!("/api/document/{}", told["document"]["id"].as_str().unwrap())).await;
            let passage = document["passages"].as_array().unwrap();
            assert!(passage.iter().any(|one| one["statement"]["id"] == id.as_str() && one["quote"] == told["quote"]));
            passages += 1;
        }
    }
    assert!(passages >= 4, "{passages}");
}

#[tokio::test]
async fn an_ego_network_is_cut_and_says_so() {
    let service = service();
    let whole = asked(&service, "/api/ego/novalis?hops=3&limit=1000").await;
    assert_eq!((whole["center"].as_str(), whole["statements"].as_array().unwrap().len()), (Some("novalis"), 4));
    let facts = asked(&service, "/api/ego/novalis?facts=true").await;
    assert_eq!(facts["statements"].as_array().unwrap().len(), 1);
    assert_eq!(facts["cut"], "1 of 4 statements and 2 of 6 entities kept (2 by modality, 1 too far from the focus)");
    let predicate = asked(&service, "/api/ego/novalis?predicate=acquires&predicate=uses&modality=negated").await;
    assert_eq!(predicate["statements"][0]["predicate"], "uses");
}

#[tokio::test]
async fn what_is_wrong_is_told() {
    let service = service();
    for (address, status, told) in [
        ("/api/search", 400, "say what to search for: /api/search?q=…\n"),
        ("/api/search?q=a&q=b", 400, "the parameter \"q\" is given twice\n"),
        ("/api/search?q=a&limit=0", 400, "the parameter \"limit\" is a number from 1 to 1000\n"),
        ("/api/search?q=a&limt=1", 400, "unknown parameter \"limt\"; /api/openapi.json lists them\n"),
        ("/api/entity/nobody", 404, "there is no entity \"nobody\": /api/search?q= finds entities by their names\n"),
        (
            "/api/entity/..%2F..%2Fetc",
            404,
            "there is no entity \"../../etc\": /api/search?q= finds entities by their names\n",
        ),
        ("/api/statement/0", 404, "there is no statement \"0\"\n"),
        ("/api/document/0", 404, "there is no document \"0\"\n"),
        ("/api/ego/novalis?hops=9", 400, "the parameter \"hops\" is a number from 1 to 3\n"),
        (
            "/api/ego/novalis?modality=maybe",
            400,
            "the parameter \"modality\": \"maybe\" is not a modality (asserted, ended, planned, hypothetical or negated)\n",
        ),
    ] {
        let answered = get(&service, address, &[]).await;
        assert_eq!((answered.status.as_u16(), answered.body.as_str()), (status, told), "{address}");
    }
    let typo = get(&service, "/api/ego/novalis?predicate=acquire", &[]).await;
    assert!(typo.status == 400 && typo.body.contains("did you mean \"acquires\"?"), "{typo:?}");
    let post = common::ask(&service, common::request("POST", "/api/search?q=a", &[], "")).await;
    assert_eq!((post.status.as_u16(), post.header("allow")), (405, "GET, HEAD, OPTIONS"));
}

/// Every address of the description answers, and names the answer's parts as it does.
#[tokio::test]
async fn the_description_is_of_what_there_is() {
    let service = service();
    let description = asked(&service, "/api/openapi.json").await;
    assert_eq!(description, asked(&service, "/api").await);
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1."));
    let graph = fixtures::small::small();
    let statement = relata_export::statement_id(graph.statements().next().unwrap());
    let document = relata_export::DocumentIds::of_graph(&graph).id(&graph.documents()[0].name).to_owned();
    let paths = description["paths"].as_object().unwrap();
    assert_eq!(paths.len(), 6);
    for (path, item) in paths {
        let address = match path.as_str() {
            "/api/openapi.json" => continue,
            "/api/search" => "/api/search?q=novalis".to_owned(),
            "/api/statement/{id}" => format!("/api/statement/{statement}"),
            "/api/document/{id}" => format!("/api/document/{document}"),
            other => other.replace("{id}", "novalis"),
        };
        let answer = asked(&service, &address).await;
        let schema = &item["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"];
        let mut described = properties(&description, schema.as_str().unwrap());
        described.sort_unstable();
        let mut found: Vec<String> = answer.as_object().unwrap().keys().cloned().collect();
        found.sort_unstable();
        assert_eq!(found, described, "{path}");
        for parameter in item["get"]["parameters"].as_array().unwrap() {
            if parameter["in"] == "query" && parameter["name"] != "q" {
                let value = match parameter["name"].as_str().unwrap() {
                    "lang" => "fr",
                    "type" => "Company",
                    "predicate" => "uses",
                    "modality" => "asserted",
                    "since" | "until" => "2025",
                    "facts" => "true",
                    _ => "1",
                };
                let mark = if address.contains('?') { '&' } else { '?' };
                asked(&service, &format!("{address}{mark}{}={value}", parameter["name"].as_str().unwrap())).await;
            }
        }
    }
}

fn properties(description: &Value, reference: &str) -> Vec<String> {
    let name = reference.strip_prefix("#/components/schemas/").unwrap();
    let schema = &description["components"]["schemas"][name];
    let of = |schema: &Value| -> Vec<String> { schema["properties"].as_object().unwrap().keys().cloned().collect() };
    match schema["allOf"].as_array() {
        None => of(schema),
        Some(parts) => parts
            .iter()
            .flat_map(|part| part["$ref"].as_str().map_or_else(|| of(part), |inner| properties(description, inner)))
            .collect(),
    }
}
