//! `relata load`: stores on disk, where the program is built with them, and a clear word where it is not.

use crate::place::Place;

const NOT_BUILT_IN: &str = "error: this relata was built without stores on disk: build it with `cargo build --release \
                            --features rocksdb`, which needs a C++ compiler and libclang (Debian: apt install g++ \
                            libclang-dev) and takes minutes longer\n";

const TURTLE: &str = "@prefix ent: <https://graph.example.org/entity/> . @prefix rel: <https://w3id.org/relata/rel#> .\n\
                      ent:sberbank rel:develops ent:gigachat .\n";

#[test]
fn a_file_is_loaded_and_asked() {
    let place = Place::with(&[("graph.ttl", TURTLE)]);
    let load = place.relata("load graph.ttl -o store");
    if cfg!(not(feature = "rocksdb")) {
        load.says(2, NOT_BUILT_IN);
        place.write("store/store.json", "{}");
        place.relata("query store ASK{?s?p?o}").says(2, NOT_BUILT_IN);
        place.relata("serve store").says(2, NOT_BUILT_IN);
        return;
    }
    load.says(0, "1 triple in store\n");
    let asked = place.relata_with(&["query", "store", "SELECT ?what { ent:sberbank rel:develops ?what }"], b"");
    assert_eq!(asked.output(), "what\n────────────\nent:gigachat\n(1 row)\n");
    place
        .relata("load graph.ttl -o store")
        .says(2, "error: store is there already: a store is not changed, so name another folder or remove this one\n");
    place
        .relata("load store -o again")
        .says(2, "error: store is a store already: load the build or the file that it was made from\n");
    place.write("broken.ttl", "ent:a ent:b ent:c .\n");
    let broken = place.relata("load broken.ttl -o other");
    assert_eq!(broken.code, Some(2));
    assert!(broken.err.starts_with("error: broken.ttl: this is not Turtle: "), "{}", broken.err);
    assert!(!place.path("other").exists());
}
