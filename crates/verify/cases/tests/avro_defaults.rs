//! Defaults of Avro fields: in the JSON encoding, and in builders.

use events::Event;
use migration_events_cases::avro::{Defaults, Everything, Level, Point, Union};
use migration_events_support::json;
use serde_json::{Value, json};

/// The meaning of a message without any field that has a default.
fn filled_in() -> Value {
    let point = |x, label: Value| json!({"x": x, "doc": null, "label": label});
    let none = || json!({"string": "none"});
    json!({
        "id": "d-1",
        "boolean": true,
        "int": -1,
        "long": 9_007_199_254_740_993_i64,
        "float": 1.5,
        "double": 100.0,
        "bytes": "\u{0}\u{ff}",
        "string": "a \"b\"\n",
        "nothing": null,
        "fixed": "\u{1}\u{2}",
        "enum": "HIGH",
        "array": [null, {"int": 1}, {"string": "1"}],
        "map": {"a": 1},
        "record": point(1, none()),
        "points": [point(2, json!(null)), point(3, none())],
        "union": {"com.example.defaults.Point": point(4, none())},
        "null_union": null,
        "null_first": null,
        "null_last": {"com.example.defaults.Point": point(5, none())},
        "text_or_null": {"string": "{}"},
        "without": null,
        "date": 0,
        "uuid": "14F49508-0000-4000-8000-000000000000",
        "decimal": "\u{1}"
    })
}

/// Asserts that an event is written as this value.
#[track_caller]
fn assert_written(event: &impl Event, expected: &Value) {
    let (written, expected) = (event.to_json(), expected.to_string());
    let is_same = json::parse(&written).is_equivalent_to(&json::parse(&expected));
    assert!(is_same, "{written}\nexpected {expected}");
}

#[test]
fn a_missing_field_takes_its_default() {
    let event = Defaults::from_json(br#"{"id":"d-1","without":null}"#).unwrap();
    assert_written(&event, &filled_in());
    assert_eq!(event.r#enum, Level::High);
    assert!(matches!(&event.union, Some(Union::Point(point)) if point.x == 4));
    assert_eq!(event.null_last.as_ref().map(|point| point.x), Some(5));
    let whole = filled_in().to_string();
    assert_eq!(Defaults::from_json(whole.as_bytes()).as_ref(), Ok(&event));
    assert!(event.check().is_ok());
    assert_eq!(Defaults::from_avro(&event.to_avro()).as_ref(), Ok(&event));
}

#[test]
fn defaults_apply_to_missing_fields_only() {
    let (whole, mut required) = (filled_in(), Vec::new());
    for field in whole.as_object().expect("an object").keys() {
        let mut value = whole.clone();
        value.as_object_mut().expect("an object").remove(field);
        match Defaults::from_json(value.to_string().as_bytes()) {
            Ok(event) => assert_written(&event, &whole),
            Err(rejection) => {
                required.push(field.as_str());
                assert!(rejection.to_string().contains("(required)"), "{rejection}");
            }
        }
    }
    required.sort_unstable();
    assert_eq!(required, ["id", "without"]);
    let event = Defaults::from_json(
        br#"{"id":"","without":null,"null_last":null,"int":7,"record":{"x":9}}"#,
    )
    .unwrap();
    assert_eq!((event.null_last, event.int, event.record.x), (None, 7, 9));
    assert_eq!(event.record.label.as_deref(), Some("none"));
}

#[test]
fn a_default_makes_no_wrong_value_right() {
    for (field, wrong) in [("int", json!(null)), ("null_last", json!({"x": 5})), ("map", json!([]))]
    {
        let mut value = filled_in();
        value[field] = wrong;
        let rejection = Defaults::from_json(value.to_string().as_bytes()).unwrap_err();
        assert!(rejection.to_string().contains(&format!("/{field}")), "{rejection}");
    }
    let repeated = br#"{"id":"d-1","without":null,"int":1,"int":1}"#;
    assert!(Defaults::from_json(repeated).is_err());
}

#[test]
fn builders_apply_defaults_to_unset_fields() {
    let event = Defaults::builder().id("d-1").build().unwrap();
    assert_written(&event, &filled_in());

    let event = Defaults::builder()
        .id("d-1")
        .int(5)
        .text_or_null("text")
        .without("value")
        .null_last(Point::builder().x(6).label("six").build().unwrap())
        .build()
        .unwrap();
    assert_eq!(event.int, 5);
    assert_eq!(event.text_or_null.as_deref(), Some("text"));
    assert_eq!(event.without.as_deref(), Some("value"));
    let point = event.null_last.expect("it was set");
    assert_eq!((point.x, point.label.as_deref(), point.doc), (6, Some("six"), None));

    let invalid = Defaults::builder().build().unwrap_err();
    assert_eq!(invalid.to_string(), r#"1 violation: (root): missing property "id" (required)"#);
    // Without a default a value must be set, but for one that may be null.
    assert_eq!(Everything::builder().build().unwrap_err().violations().len(), 32);
}
