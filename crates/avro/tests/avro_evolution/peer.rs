//! Cases in which `Value::resolve` of apache-avro 0.22 contradicts the specification, the reason why it is
//! not used. A test that fails here means that apache-avro was corrected.

use super::{bytes, reader, refused, refused_datum, resolved, text};
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use apache_avro::{AvroResult, Schema};
use migration_events::avro::{Resolution, to_datum};

fn peer(writer: &str, reader: &str, mut datum: &[u8]) -> AvroResult<Value> {
    let (writer, reader) = (Schema::parse_str(writer)?, Schema::parse_str(reader)?);
    GenericDatumReader::builder(&writer).reader_schema(&reader).build()?.read_value(&mut datum)
}

macro_rules! events {
    ($names:literal, $other:literal, $field:literal) => {
        concat!(
            r#"{"type": "record", "name": "m.E", "fields": ["#,
            $field,
            r#"{"name": "event", "type": [
                {"type": "record", "name": "m."#,
            $names,
            r#"", "fields": [{"name": "at", "type": "long"}]},
                {"type": "record", "name": "m."#,
            $other,
            r#"", "fields": [{"name": "at", "type": "long"}]}]}]}"#
        )
    };
}

#[test]
fn apache_avro_confuses_branches_of_the_same_shape() {
    const READER: &str = events!("Validated", "Completed", "");
    const WRITER: &str = events!("Completed", "Validated", r#"{"name": "x", "type": "null"},"#);
    reader!(Event, READER);
    // Completed, the writer's first branch, is the reader's second one.
    let Ok(Value::Record(fields)) = peer(WRITER, READER, &[0, 14]) else { panic!("a record") };
    assert!(matches!(fields[0].1, Value::Union(0, _)), "Validated, which was not sent");
    assert_eq!(resolved::<Event>(WRITER, &[0, 14]), Ok(vec![2, 14]));
}

#[test]
fn apache_avro_ignores_aliases_of_fields() {
    const READER: &str = r#"{"type": "record", "name": "R", "fields": [
        {"name": "new", "type": "int", "aliases": ["old"]}]}"#;
    const WRITER: &str =
        r#"{"type": "record", "name": "R", "fields": [{"name": "old", "type": "int"}]}"#;
    reader!(Reader, READER);
    assert!(peer(WRITER, READER, &[2]).is_err());
    assert_eq!(resolved::<Reader>(WRITER, &[2]), Ok(vec![2]));
}

#[test]
fn apache_avro_confuses_records_and_maps() {
    const READER: &str =
        r#"{"type": "record", "name": "A", "fields": [{"name": "x", "type": "int"}]}"#;
    const WRITER: &str =
        r#"{"type": "record", "name": "B", "fields": [{"name": "x", "type": "int"}]}"#;
    reader!(Reader, READER);
    assert!(peer(WRITER, READER, &[2]).is_ok());
    refused::<Reader>(WRITER);
    let map = r#"{"type": "map", "values": "int"}"#;
    assert!(peer(map, READER, &bytes(&[&1_i64, &text("x"), &1, &0_i64])).is_ok());
    refused::<Reader>(map);
}

#[test]
fn apache_avro_narrows_and_rounds_numbers() {
    reader!(Int, r#""int""#);
    reader!(Float, r#""float""#);
    assert!(peer(r#""long""#, r#""int""#, &[2]).is_ok());
    refused::<Int>(r#""long""#);
    assert!(peer(r#""double""#, r#""float""#, &to_datum(&0.1)).is_ok());
    refused::<Float>(r#""double""#);
}

#[test]
fn apache_avro_encodes_default_bytes_as_utf_8() {
    const READER: &str = r#"{"type": "record", "name": "R", "fields": [
        {"name": "f", "type": "bytes", "default": "\u00ff"}]}"#;
    const WRITER: &str = r#"{"type": "record", "name": "R", "fields": []}"#;
    reader!(Reader, READER);
    let Ok(Value::Record(fields)) = peer(WRITER, READER, &[]) else { panic!("a record") };
    assert_eq!(fields[0].1, Value::Bytes(vec![0xc3, 0xbf]));
    assert_eq!(resolved::<Reader>(WRITER, &[]), Ok(vec![2, 0xff]));
}

#[test]
fn apache_avro_takes_what_ends_early_for_null() {
    const OPTIONAL: &str = r#"["null", "string"]"#;
    reader!(Optional, OPTIONAL);
    let cut = [2, 6, b'f'];
    assert!(matches!(peer(OPTIONAL, OPTIONAL, &cut), Ok(Value::Union(0, _))));
    assert!(matches!(peer(r#""string""#, OPTIONAL, &cut[1..]), Ok(Value::Union(0, _))));
    assert!(resolved::<Optional>(r#"["string", "null"]"#, &[0, 6, b'f']).is_err());
    assert!(resolved::<Optional>(r#""string""#, &cut[1..]).is_err());
}

#[test]
fn apache_avro_refuses_a_date_as_number() {
    const DATE: &str = r#"{"type": "int", "logicalType": "date"}"#;
    reader!(Long, r#""long""#);
    assert!(peer(DATE, r#""long""#, &[2]).is_err());
    assert_eq!(resolved::<Long>(DATE, &[2]), Ok(vec![2]));
}

#[test]
fn apache_avro_refuses_alias_of_a_later_field() {
    const READER: &str = r#"{"type": "record", "name": "R", "fields": [
        {"name": "a", "type": "int", "aliases": ["b"], "default": 1}, {"name": "b", "type": "int"}]}"#;
    reader!(Reader, READER);
    assert!(Schema::parse_str(READER).is_err());
    let writer = r#"{"type": "record", "name": "R", "fields": [{"name": "b", "type": "int"}]}"#;
    assert_eq!(resolved::<Reader>(writer, &[8]), Ok(vec![2, 8]));
}

#[test]
fn apache_avro_shows_values_in_errors() {
    const WRITER: &str = r#"["null", "string"]"#;
    reader!(Long, r#"["null", "long"]"#);
    let datum = bytes(&[&1_i64, &text("4111-1111")]);
    let error = peer(WRITER, r#"["null", "long"]"#, &datum).unwrap_err();
    assert!(error.to_string().contains("4111"), "{error}");
    let refused = refused_datum::<Long>(WRITER, &datum);
    assert!(!format!("{refused} {refused:?}").contains("4111"));
}

#[test]
fn apache_avro_loses_the_order_of_a_map_and_all_but_one_of_equal_keys() {
    const MAP: &str = r#"{"type": "map", "values": "int"}"#;
    reader!(Longs, r#"{"type": "map", "values": "long"}"#);
    let twice = bytes(&[&2_i64, &text("k"), &1, &text("k"), &2, &0_i64]);
    let Ok(Value::Map(entries)) = peer(MAP, MAP, &twice) else { panic!("a map") };
    assert_eq!(entries.len(), 1);
    assert!(resolved::<Longs>(MAP, &twice).is_err());

    let keys: Vec<String> = (0..20).map(|key| format!("{key}")).collect();
    let mut datum = to_datum(&20_i64);
    keys.iter().for_each(|key| datum.extend([to_datum(key), vec![2]].concat()));
    datum.push(0);
    assert_eq!(Resolution::<Longs>::new(MAP).unwrap().decode(&datum).unwrap().0, datum);
}
