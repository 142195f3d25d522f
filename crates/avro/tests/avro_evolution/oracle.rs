//! The same as apache-avro, wherever `peer.rs` does not say otherwise: random data of random schemas that
//! were changed in the ways that schemas are.

use super::rest;
use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use migration_events::avro::{AvroContract, Cursor, Datum, DatumError, Resolution, to_datum};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestRunner;
use std::cell::Cell;

macro_rules! readers {
    ($($name:ident: $schema:literal),* $(,)?) => {
        $(super::reader!($name, $schema);)*

        /// Resolves a datum to the schema of this number.
        fn resolve(reader: usize, writer: &str, datum: &[u8]) -> Option<Vec<u8>> {
            fn one<T: AvroContract + Into<Vec<u8>>>(writer: &str, datum: &[u8]) -> Option<Vec<u8>> {
                Resolution::<T>::new(writer).ok()?.decode(datum).ok().map(Into::into)
            }
            [$(one::<$name>),*][reader](writer, datum)
        }

        const READERS: &[&str] = &[$($schema),*];
    };
}

readers! {
    Plain: r#"{"type": "record", "name": "R", "fields": [
        {"name": "a", "type": "long"}, {"name": "b", "type": "string"},
        {"name": "c", "type": ["null", "double"], "default": null},
        {"name": "d", "type": {"type": "array", "items": "double"}, "default": [1.5]},
        {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["A", "B"], "default": "B"}, "default": "A"}]}"#,
    Other: r#"{"type": "record", "name": "R", "fields": [
        {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["C", "B", "A"]}, "default": "C"},
        {"name": "d", "type": {"type": "array", "items": ["null", "float"]}, "default": []},
        {"name": "b", "type": "bytes"}, {"name": "a", "type": "double"}]}"#,
    Nested: r#"{"type": "record", "name": "R", "fields": [
        {"name": "z", "type": {"type": "record", "name": "Z", "fields": [
            {"name": "y", "type": ["null", "long", "string"], "default": null},
            {"name": "x", "type": "long", "default": 7}]}, "default": {"x": 1}},
        {"name": "a", "type": "float"}]}"#,
}

/// A value of the writer's fields, with its schema.
fn field() -> impl Strategy<Value = (String, Value)> {
    let long = || any::<i64>().prop_map(Value::Long);
    let text = || "\\PC{0,4}".prop_map(Value::String);
    let kind = prop_oneof![Just(0_u32), Just(1), Just(2)]
        .prop_map(|index| Value::Enum(index, ["A", "B", "C"][index as usize].into()));
    let maybe = prop_oneof![
        Just(Value::Union(0, Box::new(Value::Null))),
        any::<i32>().prop_map(|value| Value::Union(1, Box::new(Value::Int(value)))),
    ];
    let typed = |name: &str, schema: &str| format!(r#"{{"name": "{name}", "type": {schema}}}"#);
    prop_oneof![
        any::<i32>().prop_map(move |v| (typed("a", r#""int""#), Value::Int(v))),
        long().prop_map(move |v| (typed("a", r#""long""#), v)),
        text().prop_map(move |v| (typed("b", r#""string""#), v)),
        text().prop_map(move |v| (typed("extra", r#""string""#), v)),
        maybe.prop_map(move |v| (typed("c", r#"["null", "int"]"#), v)),
        proptest::collection::vec(any::<i32>().prop_map(Value::Int), 0..4).prop_map(move |v| {
            (typed("d", r#"{"type": "array", "items": "int"}"#), Value::Array(v))
        }),
        kind.prop_map(move |v| {
            let schema = r#"{"type": "enum", "name": "E", "symbols": ["A", "B", "C"]}"#;
            (typed("e", schema), v)
        }),
        long().prop_map(move |v| {
            let schema =
                r#"{"type": "record", "name": "Z", "fields": [{"name": "y", "type": "long"}]}"#;
            (typed("z", schema), Value::Record(vec![("y".into(), v)]))
        }),
    ]
}

fn name(field: &str) -> String {
    field.split('"').nth(3).unwrap_or_default().to_owned()
}

/// A record of these fields, without those that repeat a name: its schema and its datum.
fn written(fields: Vec<(String, Value)>) -> (String, Vec<u8>) {
    let mut schemas: Vec<String> = Vec::new();
    let mut values: Vec<(String, Value)> = Vec::new();
    for (schema, value) in fields {
        if !schemas.iter().any(|other| name(other) == name(&schema)) {
            values.push((name(&schema), value));
            schemas.push(schema);
        }
    }
    let fields = schemas.join(",");
    let writer = format!(r#"{{"type": "record", "name": "R", "fields": [{fields}]}}"#);
    let parsed = Schema::parse_str(&writer).unwrap();
    let datum = GenericDatumWriter::builder(&parsed).build().unwrap();
    (writer, datum.write_value_to_vec(Value::Record(values)).unwrap())
}

/// Runs a property; at least one case in twenty must be resolved, and one refused.
fn run<S: Strategy>(strategy: S, resolved: impl Fn(S::Value) -> Result<bool, TestCaseError>) {
    let (yes, no) = (Cell::new(0), Cell::new(0));
    TestRunner::default()
        .run(&strategy, |value| {
            let count = if resolved(value)? { &yes } else { &no };
            count.set(count.get() + 1);
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
    let least = (yes.get() + no.get()) / 20;
    assert!(yes.get() > least && no.get() > least, "{yes:?} resolved, {no:?} refused");
}

#[test]
fn resolution_agrees_with_apache_avro() {
    let fields = proptest::collection::vec(field(), 0..7);
    run((fields, 0..READERS.len()), |(fields, reader)| {
        let (writer, datum) = written(fields);
        let parsed = Schema::parse_str(&writer).unwrap();
        let schema = Schema::parse_str(READERS[reader]).unwrap();
        let peer = GenericDatumReader::builder(&parsed).reader_schema(&schema).build().unwrap();
        let peer = peer.read_value(&mut datum.as_slice()).ok().map(|value| {
            GenericDatumWriter::builder(&schema).build().unwrap().write_value_to_vec(value).unwrap()
        });
        let ours = resolve(reader, &writer, &datum);
        prop_assert_eq!(&ours, &peer, "{}", writer);
        Ok(ours.is_some())
    });
}

#[test]
fn damaged_datums_are_resolved_or_refused() {
    let fields = proptest::collection::vec(field(), 0..7);
    let edit = (any::<Index>(), 0..3_usize, any::<Option<u8>>());
    let edits = proptest::collection::vec(edit, 1..4);
    run((fields, 0..READERS.len(), edits), |(fields, reader, edits)| {
        let (writer, mut datum) = written(fields);
        for (place, removed, added) in edits {
            let start = place.index(datum.len() + 1);
            let end = datum.len().min(start + removed);
            datum.splice(start..end, added);
        }
        // What comes of it is a datum of the reader's schema.
        let Some(resolved) = resolve(reader, &writer, &datum) else { return Ok(false) };
        let schema = Schema::parse_str(READERS[reader]).unwrap();
        let peer = GenericDatumReader::builder(&schema).build().unwrap();
        let mut rest = resolved.as_slice();
        prop_assert!(peer.read_value(&mut rest).is_ok(), "{} {:?}", writer, datum);
        prop_assert!(rest.is_empty());
        Ok(true)
    });
}

#[test]
fn the_reader_of_this_test_keeps_its_bytes() {
    #[derive(Debug)]
    struct All(Vec<u8>);
    impl Datum for All {
        const NAME: &'static str = "all";
        fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
            rest(cursor).map(Self)
        }
        fn write(&self, out: &mut Vec<u8>) {
            out.extend(&self.0);
        }
    }
    let all = migration_events::avro::from_datum::<All>(&[1, 2]).unwrap();
    assert_eq!(to_datum(&all), [1, 2]);
}
