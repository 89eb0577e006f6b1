//! dev
use std::io::BufRead;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let schema = relata_model::Schema::from_toml("s", &std::fs::read_to_string("data/schema/schema.toml").unwrap()).unwrap();
    let mut map = std::collections::BTreeMap::new();
    for line in std::io::BufReader::new(std::fs::File::open(&args[2]).unwrap()).lines() {
        let v: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let id = v["id"].as_str().unwrap();
        let labels = v["labels"].as_object().unwrap().iter().map(|(k, v)| (k.parse().unwrap(), v.as_str().unwrap().to_owned())).collect();
        map.insert(id.to_owned(), relata_model::Entity { id: id.parse().unwrap(), entity_type: schema.entity_type(v["type"].as_str().unwrap()).unwrap(), labels, names: vec![], country: None, related: vec![], context: vec![], roles: vec![], wikidata: None });
    }
    let records: Vec<relata_model::ExtractionRecord> = std::io::BufReader::new(std::fs::File::open(&args[1]).unwrap()).lines().map(|l| serde_json::from_str(&l.unwrap()).unwrap()).collect();
    let graph = relata_graph::KnowledgeGraph::merge(records, |id| map.get(id).cloned(), &schema).unwrap();
    let options = relata_export::ExportOptions { title: args.get(4).cloned(), picture_room: args.get(5).and_then(|n| n.parse().ok()), ..Default::default() };
    for format in relata_export::Format::ALL {
        let mut out = std::io::BufWriter::new(std::fs::File::create(format!("{}/graph.{}", args[3], format.extension())).unwrap());
        relata_export::write(&graph.all(), &options, format, &mut out).unwrap();
    }
    println!("{} entities {} statements", graph.entities().len(), graph.statements().len());
}
