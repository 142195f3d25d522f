//! One type as another.

use super::{bytes, reader, refused, resolved, text};
use migration_events::avro::{DatumErrorKind, ResolveError, to_datum};

reader!(Int, r#""int""#);
reader!(Long, r#""long""#);
reader!(Float, r#""float""#);
reader!(Double, r#""double""#);
reader!(Text, r#""string""#);
reader!(Raw, r#""bytes""#);
reader!(Null, r#""null""#);
reader!(Boolean, r#""boolean""#);
reader!(Longs, r#"{"type": "array", "items": "long"}"#);
reader!(Doubles, r#"{"type": "map", "values": "double"}"#);

#[test]
fn int_is_promoted_to_long_float_double() {
    for value in [0, 1, -1, 16_777_217, i32::MIN, i32::MAX] {
        let datum = to_datum(&value);
        assert_eq!(resolved::<Long>(r#""int""#, &datum), Ok(to_datum(&i64::from(value))));
        assert_eq!(resolved::<Float>(r#""int""#, &datum), Ok(to_datum(&(value as f32))));
        assert_eq!(resolved::<Double>(r#""int""#, &datum), Ok(to_datum(&f64::from(value))));
    }
}

#[test]
fn long_is_promoted_to_float_and_double_only() {
    for value in [0, 1, -1, (1 << 53) + 1, i64::MIN, i64::MAX] {
        let datum = to_datum(&value);
        assert_eq!(resolved::<Float>(r#""long""#, &datum), Ok(to_datum(&(value as f32))));
        assert_eq!(resolved::<Double>(r#""long""#, &datum), Ok(to_datum(&(value as f64))));
    }
    assert_eq!(refused::<Int>(r#""long""#).to_string(), "(root): written as long, read as int");
}

#[test]
fn float_is_promoted_to_double_only() {
    let datum = to_datum(&0.1_f32);
    assert_eq!(resolved::<Double>(r#""float""#, &datum), Ok(to_datum(&f64::from(0.1_f32))));
    refused::<Float>(r#""double""#);
    refused::<Long>(r#""float""#);
    refused::<Int>(r#""double""#);
}

#[test]
fn strings_and_utf_8_bytes_are_interchangeable() {
    let datum = to_datum(&text("größe"));
    assert_eq!(resolved::<Raw>(r#""string""#, &datum), Ok(datum.clone()));
    assert_eq!(resolved::<Text>(r#""bytes""#, &datum), Ok(datum));

    let Err(ResolveError::Datum(error)) = resolved::<Text>(r#""bytes""#, &[0x02, 0xff]) else {
        panic!("0xff is not UTF-8");
    };
    assert_eq!((error.kind(), error.offset()), (DatumErrorKind::Utf8, 0));
}

#[test]
fn no_other_types_are_read_as_each_other() {
    for writer in [r#""int""#, r#""string""#, r#""boolean""#] {
        refused::<Null>(writer);
    }
    for writer in [r#""null""#, r#""int""#, r#""string""#] {
        refused::<Boolean>(writer);
    }
    refused::<Long>(r#""string""#);
    refused::<Long>(r#""boolean""#);
    refused::<Text>(r#"{"type": "fixed", "name": "F", "size": 2}"#);
    refused::<Raw>(r#"{"type": "fixed", "name": "F", "size": 2}"#);
    refused::<Text>(r#"{"type": "enum", "name": "E", "symbols": ["A"]}"#);
    refused::<Raw>(r#"{"type": "array", "items": "int"}"#);
    refused::<Longs>(r#"{"type": "map", "values": "long"}"#);
    refused::<Doubles>(r#"{"type": "record", "name": "R", "fields": []}"#);
}

#[test]
fn items_and_values_are_promoted_in_any_blocks() {
    let writer = r#"{"type": "array", "items": "int"}"#;
    // Two items; one item in a block of one byte; the end.
    let datum = [0x04, 0x02, 0x04, 0x01, 0x02, 0x06, 0x00];
    assert_eq!(resolved::<Longs>(writer, &datum), Ok(to_datum(&vec![1_i64, 2, 3])));
    assert_eq!(resolved::<Longs>(writer, &[0]), Ok(vec![0]));

    let writer = r#"{"type": "map", "values": "long"}"#;
    let datum = bytes(&[&2_i64, &text("b"), &1_i64, &text("a"), &2_i64, &0_i64]);
    let expected = bytes(&[&2_i64, &text("b"), &1.0_f64, &text("a"), &2.0_f64, &0_i64]);
    assert_eq!(resolved::<Doubles>(writer, &datum), Ok(expected));

    let writer = r#"{"type": "array", "items": "string"}"#;
    assert_eq!(refused::<Longs>(writer).to_string(), "/*: written as string, read as long");
}

#[test]
fn a_written_int_beyond_32_bits_is_rejected() {
    let datum = to_datum(&(i64::from(i32::MAX) + 1));
    let Err(ResolveError::Datum(error)) = resolved::<Long>(r#""int""#, &datum) else {
        panic!("beyond 32 bits");
    };
    assert_eq!(error.kind(), DatumErrorKind::Integer { bits: 32 });
}
