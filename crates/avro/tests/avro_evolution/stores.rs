//! Schemas by id and by fingerprint.

use super::{bytes, reader, text};
use migration_events::avro::{
    MemoryStore, Resolver, ResolverError, SchemaKey, SchemaStore, SchemaText, confluent,
    single_object,
};
use std::cell::Cell;
use std::fmt;

reader!(
    Reading,
    r#"{"type": "record", "name": "a.Reading", "fields": [
        {"name": "meter", "type": "string"}, {"name": "value", "type": "double"}]}"#
);
reader!(
    Other,
    r#"{"type": "record", "name": "a.Reading", "fields": [{"name": "meter", "type": "string"}]}"#
);
const INTS: &str = r#"{"type": "record", "name": "a.Reading", "fields": [
    {"name": "value", "type": "int"}, {"name": "meter", "type": "string"}]}"#;

/// A registry that counts how often it is asked, and is down now and then.
#[derive(Default)]
struct Registry {
    asked: Cell<usize>,
    is_down: Cell<bool>,
}

#[derive(Debug, PartialEq)]
struct Down;

impl fmt::Display for Down {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the registry is down")
    }
}

impl std::error::Error for Down {}

impl SchemaStore for Registry {
    type Error = Down;

    fn by_id(&self, id: u32) -> Result<Option<SchemaText>, Down> {
        self.asked.set(self.asked.get() + 1);
        if self.is_down.get() { Err(Down) } else { Ok((id == 7).then(|| INTS.into())) }
    }

    fn by_fingerprint(&self, _: u64) -> Result<Option<SchemaText>, Down> {
        Ok(None)
    }
}

fn message(id: u32) -> Vec<u8> {
    let header = confluent::encode(id, &());
    [header, bytes(&[&42, &text("E-1")])].concat()
}

#[test]
fn each_schema_and_type_is_looked_up_once() {
    let resolver = Resolver::new(Registry::default());
    for _ in 0..3 {
        let reading: Reading = resolver.decode_confluent(&message(7)).unwrap();
        assert_eq!(reading.0, bytes(&[&text("E-1"), &42.0]));
    }
    assert_eq!(resolver.store().asked.get(), 1);
    // Another reader, whose constants are alike.
    let other: Other = resolver.decode_confluent(&message(7)).unwrap();
    assert_eq!(other.0, bytes(&[&text("E-1")]));
    let reading: Reading = resolver.decode_confluent(&message(7)).unwrap();
    assert_eq!(reading.0, bytes(&[&text("E-1"), &42.0]));
    assert_eq!(resolver.store().asked.get(), 2);
}

#[test]
fn unknown_schemas_are_named_and_looked_up_again() {
    let resolver = Resolver::new(Registry::default());
    for asked in 1..=2 {
        let error = resolver.decode_confluent::<Reading>(&message(8)).unwrap_err();
        assert_eq!(error, ResolverError::UnknownSchema { key: SchemaKey::Id(8) });
        assert_eq!(error.to_string(), "schema id 8: unknown");
        assert_eq!(resolver.store().asked.get(), asked);
    }
}

#[test]
fn a_store_that_fails_is_not_an_unknown_schema_and_is_asked_again() {
    let resolver = Resolver::new(Registry::default());
    resolver.store().is_down.set(true);
    let error = resolver.decode_confluent::<Reading>(&message(7)).unwrap_err();
    assert_eq!(error.to_string(), "schema id 7: cannot be looked up");
    let source = std::error::Error::source(&error).map(ToString::to_string);
    assert_eq!(source.as_deref(), Some("the registry is down"));
    resolver.store().is_down.set(false);
    assert!(resolver.decode_confluent::<Reading>(&message(7)).is_ok());
}

#[test]
fn a_message_without_a_header_is_not_framed() {
    let resolver = Resolver::new(Registry::default());
    for len in 0..confluent::HEADER_LEN {
        let error = resolver.decode_confluent::<Reading>(&message(7)[..len]).unwrap_err();
        assert_eq!(error, ResolverError::NotFramed, "{len}");
    }
    let error = resolver.decode_single_object::<Reading>(&message(7)).unwrap_err();
    assert_eq!(error, ResolverError::NotFramed);
}

#[test]
fn single_objects_are_resolved_by_fingerprint() {
    let store = MemoryStore::new();
    let fingerprint = store.insert_fingerprint(INTS).unwrap();
    let resolver = Resolver::new(store);
    let framed = |fingerprint: u64| {
        let fingerprint = fingerprint.to_le_bytes();
        [&single_object::MARKER[..], &fingerprint, &bytes(&[&42, &text("E-1")])].concat()
    };
    let reading: Reading = resolver.decode_single_object(&framed(fingerprint)).unwrap();
    assert_eq!(reading.0, bytes(&[&text("E-1"), &42.0]));
    let error = resolver.decode_single_object::<Reading>(&framed(1)).unwrap_err();
    assert_eq!(error.to_string(), "schema fingerprint 0000000000000001: unknown");
    assert!(resolver.store().insert_fingerprint("{").is_err());
}

#[test]
fn threads_share_stores_and_resolvers() {
    let resolver = std::sync::Arc::new(Resolver::new(std::sync::Arc::new(MemoryStore::new())));
    let error = resolver.decode_confluent::<Reading>(&message(7)).unwrap_err();
    assert!(matches!(error, ResolverError::UnknownSchema { .. }));
    resolver.store().insert(7, INTS);
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let resolver = std::sync::Arc::clone(&resolver);
            std::thread::spawn(move || resolver.decode_confluent::<Reading>(&message(7)).is_ok())
        })
        .collect();
    assert!(threads.into_iter().all(|thread| thread.join().unwrap()));
}

#[test]
fn a_store_can_be_chosen_at_run_time() {
    let store: Box<dyn SchemaStore<Error = Down>> = Box::new(Registry::default());
    let resolver = Resolver::new(store);
    assert!(resolver.decode_confluent::<Reading>(&message(7)).is_ok());
}

#[test]
fn depth_limits_of_a_resolver_are_those_of_its_resolutions() {
    reader!(
        Nested,
        r#"{"type": "record", "name": "a.Nested", "fields": [{"name": "n", "type": "long"}]}"#
    );
    let store = MemoryStore::new();
    let writer = r#"{"type": "record", "name": "a.Nested", "fields": [
        {"name": "old", "type": {"type": "array", "items": {"type": "array", "items": "int"}}},
        {"name": "n", "type": "int"}]}"#;
    store.insert(7, writer);
    let resolver = Resolver::new(store);
    let message = [confluent::encode(7, &()), vec![2, 2, 8, 0, 0, 4]].concat();
    assert_eq!(resolver.decode_confluent::<Nested>(&message).unwrap().0, [4]);
    // A record and two arrays are three levels.
    let shallow = resolver.with_max_depth(2);
    let error = shallow.decode_confluent::<Nested>(&message).unwrap_err();
    assert!(error.to_string().ends_with("nested deeper than 2 levels"), "{error}");
    assert!(shallow.with_max_depth(3).decode_confluent::<Nested>(&message).is_ok());
}
