//! Avro messages whose schemas are looked up.

use super::{Own, migration};
use migration_events::avro::{
    AvroContract, Cursor, Framing, MemoryStore, Resolver, ResolverError, SchemaKey, SchemaStore,
    SchemaText, single_object,
};
use migration_events::boost::AccountMigrationEvent;
use migration_events::dispatch::{Dispatcher, MessageRejection};
use migration_events::{AnyEvent, Event};
use std::error::Error as _;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Another version: the records of the steps have a further field.
fn newer_schema() -> String {
    let schema = AccountMigrationEvent::SCHEMA.json;
    let mut schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    let fields = schema["fields"].as_array_mut().unwrap();
    fields.insert(0, serde_json::json!({"name": "origin", "type": "string"}));
    schema.to_string()
}

fn newer_message(id: u32) -> Vec<u8> {
    let mut message = vec![0];
    message.extend(id.to_be_bytes());
    message.extend(b"\x02x");
    message.extend(migration().to_avro());
    message
}

#[derive(Default)]
struct Counting(MemoryStore, AtomicUsize);

impl SchemaStore for Counting {
    type Error = io::Error;

    fn by_id(&self, id: u32) -> Result<Option<SchemaText>, io::Error> {
        self.1.fetch_add(1, Ordering::Relaxed);
        if id == 99 {
            return Err(io::Error::other("registry is down"));
        }
        Ok(self.0.by_id(id).unwrap_or_default())
    }

    fn by_fingerprint(&self, fingerprint: u64) -> Result<Option<SchemaText>, io::Error> {
        self.1.fetch_add(1, Ordering::Relaxed);
        Ok(self.0.by_fingerprint(fingerprint).unwrap_or_default())
    }
}

#[test]
fn other_versions_are_resolved_by_their_name() {
    let resolver = Arc::new(Resolver::new(Counting::default()));
    let dispatcher = Dispatcher::<AnyEvent>::new().with_resolver(&resolver);
    let expected = AnyEvent::AccountMigration(migration().into());

    let error = dispatcher.from_bytes(&newer_message(7)).unwrap_err();
    let key = SchemaKey::Id(7);
    assert_eq!(error, MessageRejection::Resolver(ResolverError::UnknownSchema { key }));

    resolver.store().0.insert(7, newer_schema());
    for _ in 0..3 {
        assert_eq!(dispatcher.from_bytes(&newer_message(7)).unwrap(), expected);
    }
    // Once in vain, once for the name, once for the schema.
    assert_eq!(resolver.store().1.load(Ordering::Relaxed), 3);

    // The published schema needs no store, the other version does.
    assert_eq!(dispatcher.from_bytes(&single_object::encode(&migration())).unwrap(), expected);
    assert_eq!(resolver.store().1.load(Ordering::Relaxed), 3);
    let fingerprint = resolver.store().0.insert_fingerprint(newer_schema()).unwrap();
    let mut message = vec![0xc3, 0x01];
    message.extend(fingerprint.to_le_bytes());
    message.extend(&newer_message(7)[5..]);
    assert_eq!(dispatcher.from_bytes(&message).unwrap(), expected);
}

#[test]
fn other_types_are_unknown_and_broken_data_rejected() {
    let resolver = Arc::new(Resolver::new(Counting::default()));
    let dispatcher = Dispatcher::<AnyEvent>::new().with_resolver(&resolver);
    for (id, schema) in [
        (1, r#"{"type": "record", "name": "acme.Moved", "fields": []}"#),
        (2, r#"["null", "string"]"#),
        (3, r#""long""#),
    ] {
        resolver.store().0.insert(id, schema);
        let message = [&[0][..], &id.to_be_bytes(), b"\0"].concat();
        let event = dispatcher.from_bytes(&message).unwrap();
        let AnyEvent::UnknownDatum(unknown) = event else { panic!("{event:?}") };
        assert_eq!(unknown.framing, Framing::Confluent { id });
    }
    resolver.store().0.insert(7, newer_schema());
    let mut cut = newer_message(7);
    cut.pop();
    let error = dispatcher.from_bytes(&cut).unwrap_err();
    assert!(error.to_string().starts_with("schema id 7: "), "{error}");
    resolver.store().0.insert(8, "{");
    let error = dispatcher.from_bytes(&newer_message(8)).unwrap_err();
    assert!(error.to_string().starts_with("schema id 8: "), "{error}");

    let error = dispatcher.from_bytes(&newer_message(99)).unwrap_err();
    assert_eq!(error, error.clone());
    assert_eq!(error.to_string(), "schema id 99: cannot be looked up");
    assert_eq!(error.source().unwrap().to_string(), "registry is down");
}

/// A reading of a meter, as a service generates it from a schema of its own.
#[derive(Debug, PartialEq)]
struct Reading(String);

impl migration_events::avro::Datum for Reading {
    const NAME: &'static str = "acme.Reading";

    fn read(cursor: &mut Cursor<'_>) -> Result<Self, migration_events::avro::DatumError> {
        Ok(Self(cursor.field("meter")?))
    }

    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }
}

impl AvroContract for Reading {
    const SCHEMA: &'static migration_events::avro::AvroSchema =
        &migration_events::avro::AvroSchema::__new(
            "acme.Reading",
            r#"{"type": "record", "name": "acme.Reading", "fields": [{"name": "meter", "type": "string"}]}"#,
            "",
            7,
            [0; 16],
            [0; 32],
        );
}

#[test]
fn contracts_of_a_service_are_resolved_as_well() {
    let resolver = Arc::new(Resolver::new(MemoryStore::new()));
    let unknown = |reading: Reading| {
        let message = format!("{{\"meter\": {:?}}}", reading.0);
        Own::Published(AnyEvent::from_json(message.as_bytes()).unwrap())
    };
    let dispatcher = Dispatcher::<Own>::new()
        .register_resolved::<Reading, _>(&resolver, unknown)
        .with_resolver(&resolver);
    resolver.store().insert(
        1,
        r#"{"type": "record", "name": "Reading", "namespace": "acme", "fields": [
            {"name": "at", "type": "long"}, {"name": "meter", "type": "string"}]}"#,
    );
    let event = dispatcher.from_bytes(b"\0\0\0\0\x01\x54\x06E-1").unwrap();
    let Own::Published(AnyEvent::Unknown(event)) = event else { panic!("{event:?}") };
    assert_eq!(event.to_json(), r#"{"meter":"E-1"}"#);
    resolver.store().insert(2, newer_schema());
    let event = dispatcher.from_bytes(&newer_message(2)).unwrap();
    assert_eq!(event, Own::Published(AnyEvent::AccountMigration(migration().into())));
}
