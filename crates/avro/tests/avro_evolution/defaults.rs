//! Fields that the writer does not have.

use super::{bytes, reader, refused, resolved, text};
use migration_events::avro::UnresolvableKind;

const EMPTY: &str = r#"{"type": "record", "name": "a.R", "fields": []}"#;

/// A reader of one field with a default, and what it is in bytes.
macro_rules! default {
    ($schema:literal, $default:literal, $expected:expr) => {{
        reader!(
            Reader,
            concat!(
                r#"{"type": "record", "name": "a.R", "fields": [{"name": "f", "type": "#,
                $schema,
                r#", "default": "#,
                $default,
                "}]}"
            )
        );
        assert_eq!(resolved::<Reader>(EMPTY, &[]), Ok($expected), "{} {}", $schema, $default);
    }};
}

#[test]
fn defaults_of_every_type_are_what_they_say() {
    default!(r#""null""#, "null", vec![]);
    default!(r#""boolean""#, "true", vec![1]);
    default!(r#""int""#, "-2147483648", bytes(&[&i32::MIN]));
    default!(r#""long""#, "9007199254740993", bytes(&[&9_007_199_254_740_993_i64]));
    default!(r#""float""#, "0.1", bytes(&[&0.1_f32]));
    default!(r#""double""#, "-1e300", bytes(&[&-1e300]));
    default!(r#""double""#, "7", bytes(&[&7.0]));
    default!(r#""string""#, r#""größe \u0000""#, bytes(&[&text("größe \0")]));
    default!(r#"{"type": "long", "logicalType": "timestamp-millis"}"#, "-1", bytes(&[&-1_i64]));
    default!(r#"{"type": "array", "items": "int"}"#, "[1, 2]", bytes(&[&vec![1, 2]]));
    default!(r#"{"type": "array", "items": "int"}"#, "[]", vec![0]);
    default!(
        r#"{"type": "map", "values": "int"}"#,
        r#"{"k": 1}"#,
        bytes(&[&1_i64, &text("k"), &1, &0_i64])
    );
    default!(r#"{"type": "map", "values": "int"}"#, "{}", vec![0]);
    default!(r#"{"type": "enum", "name": "E", "symbols": ["A", "B"]}"#, r#""B""#, vec![2]);
}

#[test]
fn default_bytes_are_characters_up_to_255() {
    default!(r#""bytes""#, r#""\u0000\u007f\u0080\u00ff""#, vec![8, 0, 0x7f, 0x80, 0xff]);
    default!(r#"{"type": "fixed", "name": "F", "size": 2}"#, r#""\u00ff\u0001""#, vec![0xff, 1]);
    default!(
        r#"{"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}"#,
        r#""\u00ff\u0080""#,
        vec![4, 0xff, 0x80]
    );
}

#[test]
fn a_union_default_takes_the_first_fitting_branch() {
    default!(r#"["null", "string"]"#, "null", vec![0]);
    default!(r#"["string", "null"]"#, r#""s""#, bytes(&[&0_i64, &text("s")]));
    default!(r#"["long", "int", "null"]"#, "5", bytes(&[&0_i64, &5_i64]));
    // Since 1.12 of the specification it may be of another branch.
    default!(r#"["null", "string"]"#, r#""s""#, bytes(&[&1_i64, &text("s")]));
}

#[test]
fn field_defaults_complete_a_record_default() {
    default!(
        r#"{"type": "record", "name": "S", "fields": [
            {"name": "a", "type": "int"},
            {"name": "b", "type": ["null", "string"], "default": null},
            {"name": "c", "type": {"type": "array", "items": "string"}, "default": ["x"]}]}"#,
        r#"{"a": 1}"#,
        bytes(&[&1, &0_i64, &vec![text("x")]])
    );
}

#[test]
fn defaults_keep_the_order_of_the_reader() {
    reader!(
        Reader,
        r#"{"type": "record", "name": "a.R", "fields": [
            {"name": "a", "type": "int", "default": 1},
            {"name": "b", "type": "int"},
            {"name": "c", "type": "int", "default": 3},
            {"name": "d", "type": "int"},
            {"name": "e", "type": "int", "default": 5}]}"#
    );
    let ordered = r#"{"type": "record", "name": "a.R", "fields": [
        {"name": "b", "type": "int"}, {"name": "x", "type": "int"}, {"name": "d", "type": "int"}]}"#;
    let expected = bytes(&[&1, &20, &3, &40, &5]);
    assert_eq!(resolved::<Reader>(ordered, &bytes(&[&20, &0, &40])), Ok(expected.clone()));
    let reordered = r#"{"type": "record", "name": "a.R", "fields": [
        {"name": "d", "type": "int"}, {"name": "b", "type": "int"}]}"#;
    assert_eq!(resolved::<Reader>(reordered, &bytes(&[&40, &20])), Ok(expected));
}

#[test]
fn an_invalid_default_is_refused_when_needed() {
    // The generator and the parser let this one pass: a fixed of another size.
    reader!(
        Reader,
        r#"{"type": "record", "name": "a.R", "fields": [
            {"name": "f", "type": {"type": "fixed", "name": "F", "size": 2}, "default": "abc"}]}"#
    );
    let refused = refused::<Reader>(EMPTY);
    assert_eq!(refused.kind(), &UnresolvableKind::Default);
    assert_eq!(refused.pointer(), "/f");
}
