//! Other people's types: `data/import/types.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// For each format, its types and ours.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Types {
    pub(crate) words: HashMap<String, String>,
    pub(crate) wikidata: HashMap<String, String>,
    pub(crate) geonames: HashMap<String, String>,
    pub(crate) followthemoney: HashMap<String, String>,
    pub(crate) rdf: HashMap<String, String>,
}

impl Types {
    /// The table that the program carries.
    pub(crate) fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Types> = LazyLock::new(|| {
            toml::from_str(include_str!("../../../data/import/types.toml")).expect("a test reads the table")
        });
        &SHIPPED
    }
}

#[cfg(test)]
mod tests {
    use relata_model::Schema;

    #[test]
    fn every_type_of_the_table_is_in_the_schema() {
        let schema = Schema::from_toml("schema.toml", include_str!("../../../data/schema/schema.toml")).unwrap();
        let types = super::Types::shipped();
        for table in [&types.words, &types.wikidata, &types.geonames, &types.followthemoney, &types.rdf] {
            let mut ours: Vec<&String> = table.values().collect();
            ours.sort();
            for name in ours {
                assert!(schema.entity_type(name).is_ok(), "{name}");
            }
        }
    }
}
