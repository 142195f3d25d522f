//! Fields and symbols: reordered, missing, dropped.

use super::{bytes, reader, refused, refused_datum, resolved, text};
use migration_events::avro::{Resolution, UnresolvableKind, to_datum};

reader!(
    Reading,
    r#"{"type": "record", "name": "energy.Reading", "fields": [
        {"name": "meter", "type": "string"},
        {"name": "value", "type": "double"},
        {"name": "unit", "type": "string", "default": "kWh"}]}"#
);

fn reading(meter: &str, value: f64, unit: &str) -> Vec<u8> {
    bytes(&[&text(meter), &value, &text(unit)])
}

#[test]
fn the_same_schema_is_read_as_it_is() {
    let same = r#"{"type": "record", "namespace": "energy", "name": "Reading", "doc": "d", "fields": [
        {"name": "meter", "type": {"type": "string"}},
        {"name": "value", "type": "double", "default": 0},
        {"name": "unit", "type": "string", "aliases": ["u"]}]}"#;
    assert!(Resolution::<Reading>::new(same).unwrap().is_identity());
    let datum = reading("E-1", 0.5, "MWh");
    assert_eq!(resolved::<Reading>(same, &datum), Ok(datum));
}

#[test]
fn fields_are_matched_by_name_in_any_order() {
    let writer = r#"{"type": "record", "name": "energy.Reading", "fields": [
        {"name": "unit", "type": "string"},
        {"name": "value", "type": "float"},
        {"name": "meter", "type": "string"}]}"#;
    let resolution = Resolution::<Reading>::new(writer).unwrap();
    assert!(!resolution.is_identity());
    let datum = bytes(&[&text("MWh"), &0.5_f32, &text("E-1")]);
    assert_eq!(resolution.decode(&datum).unwrap().0, reading("E-1", 0.5, "MWh"));
}

#[test]
fn fields_unknown_to_the_reader_are_dropped() {
    let writer = r#"{"type": "record", "name": "energy.Reading", "fields": [
        {"name": "first", "type": {"type": "map", "values": ["null", "string"]}},
        {"name": "meter", "type": "string"},
        {"name": "between", "type": {"type": "fixed", "name": "F", "size": 3}},
        {"name": "value", "type": "double"},
        {"name": "unit", "type": "string"},
        {"name": "last", "type": {"type": "enum", "name": "E", "symbols": ["A", "B"]}}]}"#;
    let first = bytes(&[&2_i64, &text("a"), &0_i64, &text("b"), &1_i64, &text("c"), &0_i64]);
    let datum = [
        first,
        to_datum(&text("E-1")),
        vec![1, 2, 3],
        to_datum(&0.5),
        to_datum(&text("W")),
        vec![2],
    ];
    assert_eq!(resolved::<Reading>(writer, &datum.concat()), Ok(reading("E-1", 0.5, "W")));
}

#[test]
fn fields_unknown_to_the_writer_take_defaults() {
    let writer = r#"{"type": "record", "name": "energy.Reading", "fields": [
        {"name": "value", "type": "double"}, {"name": "meter", "type": "string"}]}"#;
    let datum = bytes(&[&0.5, &text("E-1")]);
    assert_eq!(resolved::<Reading>(writer, &datum), Ok(reading("E-1", 0.5, "kWh")));
}

#[test]
fn a_missing_field_without_default_is_named() {
    let writer = r#"{"type": "record", "name": "energy.Reading", "fields": [
        {"name": "meter", "type": "string"}]}"#;
    let refused = refused::<Reading>(writer);
    assert_eq!(refused.kind(), &UnresolvableKind::MissingField);
    assert_eq!((refused.pointer(), refused.offset()), ("/value", None));
    assert_eq!(
        refused.to_string(),
        "/value: no such field in the schema of the writer, and no default",
    );
}

#[test]
fn the_default_of_the_writer_does_not_count() {
    let writer = r#"{"type": "record", "name": "energy.Reading", "fields": [
        {"name": "meter", "type": "string"}, {"name": "value", "type": "double"},
        {"name": "unit", "type": "string", "default": "J"}]}"#;
    let datum = reading("E-1", 0.5, "W");
    assert_eq!(resolved::<Reading>(writer, &datum), Ok(datum));
    let without = r#"{"type": "record", "name": "energy.Reading", "fields": [
        {"name": "meter", "type": "string"}, {"name": "value", "type": "double"}]}"#;
    let datum = bytes(&[&text("E-1"), &0.5]);
    assert_eq!(resolved::<Reading>(without, &datum), Ok(reading("E-1", 0.5, "kWh")));
}

reader!(
    Renamed,
    r#"{"type": "record", "name": "energy.MeterReading", "aliases": ["Reading", "old.Reading"], "fields": [
        {"name": "msn", "type": "string", "aliases": ["meter", "serial"]},
        {"name": "serial", "type": "string", "default": "-"}]}"#
);

#[test]
fn aliases_of_the_reader_match_types_and_fields() {
    for name in ["energy.Reading", "old.Reading", "energy.MeterReading"] {
        let writer = format!(
            r#"{{"type": "record", "name": "{name}", "fields": [{{"name": "meter", "type": "string"}}]}}"#
        );
        let expected = bytes(&[&text("E-1"), &text("-")]);
        assert_eq!(resolved::<Renamed>(&writer, &to_datum(&text("E-1"))), Ok(expected), "{name}");
    }
    let refused = refused::<Renamed>(r#"{"type": "record", "name": "a.Other", "fields": []}"#);
    assert_eq!(refused.to_string(), "(root): written as a.Other, read as energy.MeterReading",);
}

#[test]
fn an_alias_does_not_hide_a_field_name() {
    // `serial` is an alias of `msn` and the name of another field: the name counts.
    let writer = r#"{"type": "record", "name": "energy.Reading", "fields": [
        {"name": "serial", "type": "string"}, {"name": "meter", "type": "string"}]}"#;
    let datum = bytes(&[&text("S"), &text("M")]);
    assert_eq!(resolved::<Renamed>(writer, &datum), Ok(bytes(&[&text("M"), &text("S")])));
    let only = r#"{"type": "record", "name": "energy.Reading", "fields": [
        {"name": "serial", "type": "string"}]}"#;
    assert_eq!(refused::<Renamed>(only).pointer(), "/msn");
}

#[test]
fn the_aliases_of_the_writer_do_not_count() {
    let writer = r#"{"type": "record", "name": "a.B", "aliases": ["energy.Reading"], "fields": [
        {"name": "m", "type": "string", "aliases": ["meter"]}, {"name": "value", "type": "double"}]}"#;
    assert_eq!(refused::<Reading>(writer).pointer(), "");
}

reader!(Suit, r#"{"type": "enum", "name": "a.Suit", "symbols": ["SPADES", "HEARTS", "CLUBS"]}"#);
reader!(
    Lenient,
    r#"{"type": "enum", "name": "a.Suit", "symbols": ["SPADES", "OTHER", "CLUBS"], "default": "OTHER"}"#
);

#[test]
fn symbols_are_matched_by_name() {
    let writer = r#"{"type": "enum", "name": "a.Suit", "symbols": ["CLUBS", "JOKER", "SPADES"]}"#;
    assert_eq!(resolved::<Suit>(writer, &[0]), Ok(vec![4]));
    assert_eq!(resolved::<Suit>(writer, &[4]), Ok(vec![0]));
    // Another namespace is the same enum.
    let writer = r#"{"type": "enum", "name": "b.Suit", "symbols": ["CLUBS"]}"#;
    assert_eq!(resolved::<Suit>(writer, &[0]), Ok(vec![4]));
}

#[test]
fn an_unknown_symbol_is_default_or_error() {
    let writer =
        r#"{"type": "enum", "name": "a.Suit", "symbols": ["CLUBS", "JOKER"], "default": "CLUBS"}"#;
    assert_eq!(resolved::<Lenient>(writer, &[2]), Ok(vec![2]));
    let refused = refused_datum::<Suit>(writer, &[2]);
    assert_eq!(refused.kind(), &UnresolvableKind::Symbol);
    assert_eq!(refused.offset(), Some(0));
    // Which one it is would be a value.
    assert!(!format!("{refused:?} {refused}").contains("JOKER"));
}

reader!(
    Tree,
    r#"{"type": "record", "name": "a.Tree", "fields": [
        {"name": "label", "type": "string"},
        {"name": "weight", "type": "long", "default": -1},
        {"name": "children", "type": {"type": "array", "items": "Tree"}}]}"#
);

#[test]
fn recursive_types_are_resolved_at_every_level() {
    let writer = r#"{"type": "record", "name": "a.Tree", "fields": [
        {"name": "children", "type": {"type": "array", "items": "a.Tree"}},
        {"name": "colour", "type": "int"},
        {"name": "label", "type": "bytes"}]}"#;
    let leaf = |label: &str| bytes(&[&0_i64, &7, &text(label)]);
    let datum = [vec![4], leaf("l"), leaf("r"), vec![0], bytes(&[&9, &text("top")])].concat();
    let leaf = |label: &str| bytes(&[&text(label), &-1_i64, &0_i64]);
    let expected =
        [bytes(&[&text("top"), &-1_i64, &2_i64]), leaf("l"), leaf("r"), vec![0]].concat();
    assert_eq!(resolved::<Tree>(writer, &datum), Ok(expected));
}
