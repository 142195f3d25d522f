//! Files of other writers.

use super::{MARKER, Reading};
use apache_avro::types::Value;
use apache_avro::{Schema, Writer};
use migration_events::avro::ResolveError;
use migration_events::avro::UnresolvableKind;
use migration_events::avro::container::{ErrorKind, Reader};

fn file(schema: &str, values: Vec<Value>) -> Vec<u8> {
    let schema = Schema::parse_str(schema).unwrap();
    let mut writer =
        Writer::builder().schema(&schema).writer(Vec::new()).marker(MARKER).build().unwrap();
    for value in values {
        writer.append_value(value).unwrap();
    }
    writer.into_inner().unwrap()
}

fn record(fields: &[(&str, Value)]) -> Value {
    Value::Record(fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

#[test]
fn older_files_are_read_through_their_schema() {
    let older = r#"{"type": "record", "name": "energy.Reading", "doc": "older", "fields": [
        {"name": "value", "type": "int"}, {"name": "meter", "type": "string"}]}"#;
    let values = (0..100)
        .map(|value| {
            record(&[("value", Value::Int(value)), ("meter", Value::String(format!("E-{value}")))])
        })
        .collect();
    let bytes = file(older, values);
    let reader = Reader::<_, Reading>::new(&bytes[..]).unwrap();
    assert!(reader.writer_schema().contains("energy"));
    for (number, reading) in reader.enumerate() {
        let meter = format!("E-{number}");
        assert_eq!(reading.unwrap(), Reading { meter, value: number as i64, note: None });
    }
}

#[test]
fn unresolvable_files_are_refused_at_the_header() {
    let other = r#"{"type": "record", "name": "energy.Reading", "fields": [{"name": "meter", "type": "string"}]}"#;
    let bytes = file(other, vec![]);
    let error = Reader::<_, Reading>::new(&bytes[..]).unwrap_err();
    let ErrorKind::Schema(ResolveError::Unresolvable(unresolvable)) = error.kind() else {
        panic!("{error:?}");
    };
    assert_eq!(unresolvable.pointer(), "/value");
}

#[test]
fn an_unresolvable_datum_is_one_error() {
    let newer = r#"{"type": "record", "name": "energy.Reading", "fields": [
        {"name": "meter", "type": "string"}, {"name": "value", "type": "long"},
        {"name": "note", "type": ["null", "string", "boolean"]}]}"#;
    let value = |number: i64| {
        let note = match number {
            1 => Value::Union(2, Box::new(Value::Boolean(true))),
            _ => Value::Union(0, Box::new(Value::Null)),
        };
        record(&[
            ("meter", Value::String("E".into())),
            ("value", Value::Long(number)),
            ("note", note),
        ])
    };
    let bytes = file(newer, (0..4).map(value).collect());
    let items: Vec<_> = Reader::<_, Reading>::new(&bytes[..]).unwrap().collect();
    let values: Vec<_> = items.iter().flatten().map(|reading| reading.value).collect();
    assert_eq!(values, [0, 2, 3]);
    let error = items[1].as_ref().unwrap_err();
    let ErrorKind::Datum { item: 1, error: ResolveError::Unresolvable(error), lost: 0, .. } =
        error.kind()
    else {
        panic!("{error:?}");
    };
    assert_eq!(error.kind(), &UnresolvableKind::Branch { written: "boolean".into() });
    assert_eq!(error.pointer(), "/note/boolean");
}
