//! dev
use relata_extract::relate::{Lexicon, Rules};
use relata_model::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let data = &a[1];
    let read = |p: &str| std::fs::read_to_string(format!("{data}/{p}")).unwrap();
    let schema = Schema::from_toml("schema.toml", &read("schema/schema.toml")).unwrap();
    let lang: Language = a[2].parse().unwrap();
    let l = lang.to_string();
    let posts = std::fs::read_to_string(format!("{data}/{l}/posts.toml")).unwrap_or("[posts]\n".into());
    let lexicon = Lexicon::from_toml(
        lang,
        ("verbs.toml", &read(&format!("{l}/verbs.toml"))),
        ("words.toml", &read(&format!("{l}/words.toml"))),
        ("posts.toml", &posts),
    )
    .unwrap_or_else(|e| {
        eprintln!("{e}");
        std::process::exit(2)
    });
    let mut files = vec![];
    let mut names: Vec<_> =
        std::fs::read_dir(format!("{data}/{l}/rules")).unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    for p in names {
        files.push((p.display().to_string(), std::fs::read_to_string(&p).unwrap()));
    }
    let f: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let rules = Rules::load(&f, lexicon, &schema).unwrap_or_else(|e| {
        eprintln!("{e}");
        std::process::exit(2)
    });
    let (proof, un) = rules.prove(lang, &schema);
    eprintln!("{proof:?}");
    for u in &un {
        eprintln!("{u}");
    }
    let (gold, texts) = (&a[3], &a[4]);
    let mut golds: Vec<_> = std::fs::read_dir(gold)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    golds.sort();
    for g in golds {
        let g: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(g).unwrap()).unwrap();
        if g["lang"].as_str() != Some(&l) {
            continue;
        }
        let name = g["doc"].as_str().unwrap();
        let text = std::fs::read_to_string(format!("{texts}/{name}")).unwrap();
        let doc = Document::from_text(name, &text, lang);
        let index = CodePointIndex::new(&text);
        let segment_rules = relata_extract::segment::SegmentRules::new(lang, &read(&format!("{l}/abbreviations.txt")));
        let sentences = relata_extract::segment::segment(&doc, &segment_rules);
        let mut types = std::collections::HashMap::new();
        for e in g["entities"].as_array().unwrap() {
            types.insert(
                e["id"].as_str().unwrap().parse::<EntityId>().unwrap(),
                schema.entity_type(e["type"].as_str().unwrap()).unwrap(),
            );
        }
        let mut mentions: Vec<LinkedMention> = g["mentions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|m| LinkedMention {
                span: Span::new(
                    index.byte(m["start"].as_u64().unwrap() as u32).unwrap(),
                    index.byte(m["end"].as_u64().unwrap() as u32).unwrap(),
                ),
                entity: m["entity"].as_str().unwrap().parse().unwrap(),
                form: match m["form"].as_str().unwrap() {
                    "name" => MentionForm::Name,
                    "demonym" => MentionForm::Demonym,
                    _ => MentionForm::Nominal,
                },
                metonym: false,
                why: WhyLinked::OnlyCandidate,
            })
            .collect();
        mentions.sort_by_key(|m| m.span);
        mentions.dedup_by(|b, a| a.span.overlaps(b.span));
        let t = |id: &EntityId| types[id].clone();
        let statements = rules.relate(&doc, &sentences, &mentions, &schema, &t);
        let ex = Extraction { sentences, mentions, statements, ..Default::default() };
        println!("{}", serde_json::to_string(&ExtractionRecord::new(&doc, &ex, |id| types[id].as_str())).unwrap());
    }
}
