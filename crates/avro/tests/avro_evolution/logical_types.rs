//! Logical types of other writers.

use super::{reader, refused, resolved, text};
use migration_events::avro::{
    DatumErrorKind, Resolution, ResolveError, UnresolvableKind, to_datum,
};

reader!(Millis, r#"{"type": "long", "logicalType": "timestamp-millis"}"#);
reader!(Micros, r#"{"type": "long", "logicalType": "timestamp-micros"}"#);
reader!(LocalMillis, r#"{"type": "long", "logicalType": "local-timestamp-millis"}"#);
reader!(Date, r#"{"type": "int", "logicalType": "date"}"#);
reader!(Long, r#""long""#);
reader!(Cents, r#"{"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}"#);
reader!(
    FixedCents,
    r#"{"type": "fixed", "name": "F", "size": 4, "logicalType": "decimal", "precision": 9, "scale": 2}"#
);
reader!(Id, r#"{"type": "string", "logicalType": "uuid"}"#);
reader!(FixedId, r#"{"type": "fixed", "name": "I", "size": 16, "logicalType": "uuid"}"#);
reader!(Span, r#"{"type": "fixed", "name": "D", "size": 12, "logicalType": "duration"}"#);
reader!(Text, r#""string""#);

#[test]
fn a_logical_type_is_kept_and_may_be_added_or_left_out() {
    let datum = to_datum(&i64::MIN);
    let writer = r#"{"type": "long", "logicalType": "timestamp-millis"}"#;
    assert!(Resolution::<Millis>::new(writer).unwrap().is_identity());
    assert_eq!(resolved::<Long>(writer, &datum), Ok(datum.clone()));
    assert_eq!(resolved::<Millis>(r#""long""#, &datum), Ok(datum));
    assert_eq!(resolved::<Millis>(r#""int""#, &[0x7f]), Ok(vec![0x7f]));
    // 337,000 years.
    let far = to_datum(&123_123_123);
    let writer = r#"{"type": "int", "logicalType": "date"}"#;
    assert_eq!(resolved::<Date>(writer, &far), Ok(far.clone()));
    assert_eq!(resolved::<Long>(writer, &far), Ok(far));
    let datum = vec![7; 12];
    let writer = r#"{"type": "fixed", "name": "D", "size": 12}"#;
    assert_eq!(resolved::<Span>(writer, &datum), Ok(datum));
}

#[test]
fn units_of_time_are_not_confused() {
    for writer in ["timestamp-micros", "timestamp-nanos", "local-timestamp-millis", "time-micros"] {
        let schema = format!(r#"{{"type": "long", "logicalType": "{writer}"}}"#);
        let refused = refused::<Millis>(&schema);
        let kind = UnresolvableKind::LogicalType {
            written: format!("long ({writer})").into(),
            read: "long (timestamp-millis)".into(),
        };
        assert_eq!(refused.kind(), &kind);
    }
    refused::<Micros>(r#"{"type": "long", "logicalType": "timestamp-millis"}"#);
    refused::<LocalMillis>(r#"{"type": "long", "logicalType": "timestamp-millis"}"#);
    refused::<Date>(r#"{"type": "int", "logicalType": "time-millis"}"#);
    refused::<Millis>(r#"{"type": "int", "logicalType": "date"}"#);
}

#[test]
fn unknown_logical_types_are_ignored() {
    let writer = r#"{"type": "long", "logicalType": "fortnights"}"#;
    assert_eq!(resolved::<Long>(writer, &[8]), Ok(vec![8]));
    assert_eq!(resolved::<Millis>(writer, &[8]), Ok(vec![8]));
    // On the wrong type it is ignored, as the specification asks for.
    let writer = r#"{"type": "string", "logicalType": "timestamp-millis"}"#;
    let datum = to_datum(&text("s"));
    assert_eq!(resolved::<Text>(writer, &datum), Ok(datum));
}

#[test]
fn decimals_need_the_same_precision_and_scale() {
    let decimal = |precision: u8, scale: u8| {
        format!(
            r#"{{"type": "bytes", "logicalType": "decimal", "precision": {precision}, "scale": {scale}}}"#
        )
    };
    // Redundant bytes stay: -1 in four of them.
    let datum = [8, 0xff, 0xff, 0xff, 0xff];
    assert_eq!(resolved::<Cents>(&decimal(9, 2), &datum), Ok(datum.to_vec()));
    assert_eq!(resolved::<Cents>(r#""bytes""#, &datum), Ok(datum.to_vec()));
    for (precision, scale) in [(9, 3), (10, 2), (9, 0)] {
        let kind = refused::<Cents>(&decimal(precision, scale)).kind().clone();
        assert!(matches!(kind, UnresolvableKind::LogicalType { .. }), "{kind:?}");
    }
    let fixed = r#"{"type": "fixed", "name": "F", "size": 4, "logicalType": "decimal", "precision": 9, "scale": 2}"#;
    assert_eq!(resolved::<FixedCents>(fixed, &datum[1..]), Ok(datum[1..].to_vec()));
    refused::<FixedCents>(&decimal(9, 2));
    refused::<Cents>(fixed);
    // The text of a number is not its bytes.
    refused::<Cents>(r#""string""#);
    refused::<Text>(&decimal(9, 2));
}

#[test]
fn a_fixed_of_another_size_is_another_type() {
    reader!(Four, r#"{"type": "fixed", "name": "a.F", "size": 4}"#);
    let writer = r#"{"type": "fixed", "name": "b.F", "size": 4}"#;
    assert_eq!(resolved::<Four>(writer, &[1, 2, 3, 4]), Ok(vec![1, 2, 3, 4]));
    let refused = refused::<Four>(r#"{"type": "fixed", "name": "a.F", "size": 5}"#);
    assert_eq!(refused.kind(), &UnresolvableKind::Size { written: 5, read: 4 });
    super::refused::<Four>(r#"{"type": "fixed", "name": "a.G", "size": 4}"#);
}

#[test]
fn a_string_read_as_uuid_keeps_its_case() {
    let id = to_datum(&text("F81D4FAE-7dec-11d0-a765-00a0c91e6bf6"));
    assert_eq!(resolved::<Id>(r#""string""#, &id), Ok(id.clone()));
    assert_eq!(resolved::<Id>(r#""bytes""#, &id), Ok(id.clone()));
    assert_eq!(resolved::<Text>(r#"{"type": "string", "logicalType": "uuid"}"#, &id), Ok(id));
    let Err(ResolveError::Datum(error)) = resolved::<Id>(r#"["string"]"#, &[0, 2, b'x']) else {
        panic!("x is no UUID");
    };
    assert_eq!((error.kind(), error.offset()), (DatumErrorKind::Uuid, 1));
    assert_eq!(error.pointer(), "/string");
    let writer = r#"{"type": "fixed", "name": "I", "size": 16}"#;
    assert_eq!(resolved::<FixedId>(writer, &[7; 16]), Ok(vec![7; 16]));
    refused::<FixedId>(r#"{"type": "string", "logicalType": "uuid"}"#);
}
