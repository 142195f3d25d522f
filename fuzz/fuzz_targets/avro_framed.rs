//! Any bytes as a framed message of one of three writers.

#![no_main]

use libfuzzer_sys::fuzz_target;
use migration_events::avro::{
    AvroContract, Framing, MemoryStore, Resolver, confluent, single_object,
};
use migration_events::boost::AccountMigrationEvent;
use std::sync::LazyLock;

static RESOLVER: LazyLock<Resolver<MemoryStore>> = LazyLock::new(|| {
    let store = MemoryStore::new();
    let schema = AccountMigrationEvent::SCHEMA.json;
    store.insert(0, schema);
    // A field that the reader does not have.
    let newer = schema.replacen(
        r#""fields":["#,
        r#""fields":[{"name":"x","type":{"type":"array","items":["null","string"]}},"#,
        1,
    );
    store.insert_fingerprint(newer.as_str()).expect("a schema");
    store.insert(1, newer);
    store.insert(2, schema.replacen(r#""enrollmentId""#, r#""msn""#, 1));
    Resolver::new(store)
});

fuzz_target!(|message: &[u8]| {
    let framing = Framing::split(message);
    let decoded = RESOLVER.decode_framed::<AccountMigrationEvent>(message);
    match framing {
        None => assert!(decoded.is_err()),
        Some((Framing::Confluent { id }, _)) => {
            if let Ok(event) = decoded {
                let again = confluent::encode(0, &event);
                assert_eq!(RESOLVER.decode_confluent(&again), Ok(event), "{id}");
            }
        }
        Some((Framing::SingleObject { .. }, _)) => {
            if let Ok(event) = decoded {
                let again = single_object::encode(&event);
                assert_eq!(single_object::decode(&again), Ok(event));
            }
        }
        Some(_) => {}
    }
});
