//! Avro types in the JSON encoding.

use events::{Event, avro};
use migration_events_cases::avro::{Everything, Node, Several, Suit, Twins};
use migration_events_support::json;
use serde_json::{Value, json};

/// A value of every type, as the encoding has it.
fn everything() -> Value {
    json!({
        "boolean": true,
        "int": -2_147_483_648_i64,
        "long": 9_223_372_036_854_775_807_i64,
        "float": 1.5,
        "double": 0.1,
        "bytes": "\u{0}\u{7f}\u{ff}",
        "string": "größe",
        "nothing": null,
        "fixed": "\u{1}\u{2}\u{3}ÿ",
        "enum": "Self",
        "array": [1, 2],
        "map": {"k": "v", "": ""},
        "array_of_maps": [{"a": null, "b": {"int": 5}}, {}],
        "record": {"type": "t"},
        "again": {"type": "u"},
        "empty": {},
        "date": 123_123_123,
        "time_millis": 86_399_999,
        "time_micros": 86_399_999_999_i64,
        "timestamp_millis": -1,
        "timestamp_micros": 1_525_478_400_000_000_i64,
        "timestamp_nanos": 9_223_372_036_854_775_807_i64,
        "local_timestamp_millis": 0,
        "local_timestamp_micros": 1,
        "local_timestamp_nanos": -9_223_372_036_854_775_808_i64,
        "uuid": "14F49508-0000-4000-8000-000000000000",
        "duration": "\u{1}\u{0}\u{0}\u{0}\u{2}\u{0}\u{0}\u{0}\u{3}\u{0}\u{0}\u{0}",
        "decimal": "\u{4}Ò",
        "fixed_decimal": "ÿÿÿÿÿÿÿþ",
        "unknown_logical_type": 14,
        "null_first": null,
        "null_last": {"string": ""},
        "several": null,
        "one_branch": {"com.example.cases.Inner": {"type": "w"}},
        "build": {"long": 5}
    })
}

/// The values of `several`, each wrapped in the name of its branch.
fn branches() -> Vec<Value> {
    vec![
        json!(null),
        json!({"boolean": false}),
        json!({"int": 1}),
        json!({"double": -0.5}),
        json!({"double": "NaN"}),
        json!({"double": "-Infinity"}),
        json!({"string": "int"}),
        json!({"bytes": "int"}),
        json!({"com.example.cases.Quad": "\u{0}\u{0}\u{0}\u{0}"}),
        json!({"com.example.cases.Suit": "SPADES"}),
        json!({"com.example.cases.Inner": {"type": ""}}),
        json!({"array": [{"type": "a"}, {"type": "b"}]}),
        json!({"map": {"com.example.cases.Inner": {"type": "c"}}}),
    ]
}

fn decode<T: Event>(value: &Value) -> T {
    let text = value.to_string();
    T::from_json(text.as_bytes()).unwrap_or_else(|rejection| panic!("{rejection}\n{text}"))
}

/// Decodes, writes, and decodes what was written.
fn comes_back<T: Event + PartialEq + std::fmt::Debug>(value: &Value) {
    let event: T = decode(value);
    let written = event.to_json();
    let is_same = json::parse(&written).is_equivalent_to(&json::parse(&value.to_string()));
    assert!(is_same, "{value}\ncame back as {written}");
    assert!(event.check().is_ok());
    // Not a number is equal to nothing.
    if !value.to_string().contains("NaN") {
        assert_eq!(T::from_json(written.as_bytes()).as_ref(), Ok(&event));
    }
}

#[test]
fn every_type_comes_back() {
    comes_back::<Everything>(&everything());
    for branch in branches() {
        let mut value = everything();
        value["several"] = branch;
        comes_back::<Everything>(&value);
    }
    let mut value = everything();
    value["float"] = json!("Infinity");
    value["null_first"] = json!({"string": "x"});
    value["null_last"] = json!(null);
    value["build"] = json!(null);
    comes_back::<Everything>(&value);
}

#[test]
fn every_type_is_what_it_is_in_rust() {
    let event: Everything = decode(&everything());
    assert_eq!(event.r#enum, Suit::Self_);
    assert_eq!(event.r#enum.as_str(), "Self");
    assert_eq!(event.date.get(), 123_123_123);
    assert_eq!(event.date.to_chrono(), None);
    assert_eq!(event.decimal.to_decimal().map(|decimal| decimal.to_string()), Some("12.34".into()));
    let fixed_decimal = event.fixed_decimal.to_decimal().map(|decimal| decimal.to_string());
    assert_eq!(fixed_decimal, Some("-0.0002".into()));
    assert_eq!(event.build, Some(avro::TimestampMillis::new(5)));
    assert_eq!(event.null_last.as_deref(), Some(""));
    assert_eq!(event.again.r#type, "u");
    let several: Vec<Option<Several>> = branches()
        .into_iter()
        .map(|branch| {
            let mut value = everything();
            value["several"] = branch;
            decode::<Everything>(&value).several
        })
        .collect();
    assert_eq!(several[0], None);
    assert_eq!(several[1], Some(Several::Boolean(false)));
    assert_eq!(several[6], Some(Several::String("int".into())));
    assert!(matches!(&several[7], Some(Several::Bytes(bytes)) if bytes.as_ref() == b"int"));
    assert_eq!(several[9], Some(Several::Suit(Suit::Spades)));
}

#[test]
fn values_of_a_wrong_type_are_named() {
    let cases = [
        ("boolean", json!(1), "type"),
        ("int", json!(2_147_483_648_i64), "range"),
        ("int", json!(1.5), "type"),
        ("long", json!(9_223_372_036_854_775_808_u64), "range"),
        ("float", json!(1e39), "range"),
        ("double", json!("Inf"), "format"),
        ("bytes", json!("\u{100}"), "format"),
        ("nothing", json!(0), "type"),
        ("fixed", json!("\u{1}\u{2}\u{3}"), "format"),
        ("enum", json!("CLUBS"), "enum"),
        ("map", json!({"k": 1}), "type"),
        ("empty", json!({"a": 1}), "additionalProperties"),
        ("record", json!({}), "required"),
        ("date", json!("2020-01-01"), "type"),
        ("time_millis", json!(2_147_483_648_i64), "range"),
        ("uuid", json!("14f4950800004000800000000000000"), "format"),
        ("duration", json!("\u{1}"), "format"),
        ("null_first", json!("x"), "union"),
        ("null_first", json!({"null": null}), "union"),
        ("null_first", json!({"int": 1}), "union"),
        ("null_first", json!({"string": null}), "type"),
        ("null_first", json!({"string": "x", "int": 1}), "union"),
        ("null_last", json!({}), "union"),
        ("several", json!({"long": 1}), "union"),
        ("several", json!({"Inner": {"type": ""}}), "union"),
        ("several", json!({"int": "1"}), "type"),
        ("several", json!([]), "union"),
        ("one_branch", json!({"type": "w"}), "union"),
        ("one_branch", json!(null), "union"),
    ];
    for (field, wrong, keyword) in cases {
        let mut value = everything();
        value[field] = wrong.clone();
        let rejection = Everything::from_json(value.to_string().as_bytes()).unwrap_err();
        let kinds: Vec<_> =
            rejection.violations().iter().map(|found| found.kind().name()).collect();
        let place = rejection.violations()[0].instance_pointer();
        assert!(place.starts_with(&format!("/{field}")), "{field} {wrong}: {rejection}");
        assert!(kinds.contains(&keyword), "{field} {wrong}: {rejection}");
    }
}

#[test]
fn a_missing_nullable_field_is_named() {
    let fields = everything();
    let has_default = |field: &str| matches!(field, "null_first" | "null_last");
    for field in fields.as_object().expect("an object").keys().filter(|field| !has_default(field)) {
        let mut value = everything();
        value.as_object_mut().expect("an object").remove(field);
        let rejection = Everything::from_json(value.to_string().as_bytes()).unwrap_err();
        assert_eq!(rejection.violations().len(), 1, "{rejection}");
        assert_eq!(
            rejection.violations()[0].to_string(),
            format!("(root): missing property {field:?} (required)"),
        );
    }
}

#[test]
fn a_record_may_contain_itself() {
    let leaf = |value: f64| json!({"value": value, "next": null, "children": [], "by_name": {}, "either": null});
    let mut value = leaf(1.0);
    value["next"] = json!({"Node": leaf(2.0)});
    value["children"] = json!([leaf(3.0), leaf(4.0)]);
    value["by_name"] = json!({"a": leaf(5.0)});
    for either in
        [json!({"string": "s"}), json!({"array": [leaf(6.0)]}), json!({"Node": leaf(7.0)})]
    {
        value["either"] = either;
        comes_back::<Node>(&value);
    }
    let node: Node = decode(&value);
    assert!(matches!(node.next, Some(next) if next.value.to_string() == "2"));
}

#[test]
fn records_of_the_same_shape_are_never_confused() {
    for name in ["left.Opened", "left.Closed", "right.Opened"] {
        comes_back::<Twins>(&json!({name: {"id": "a"}}));
    }
    let left: Twins = decode(&json!({"left.Opened": {"id": "a"}}));
    let right: Twins = decode(&json!({"right.Opened": {"id": "a"}}));
    assert_ne!(left, right);
    assert!(Twins::from_json(br#"{"Opened":{"id":"a"}}"#).is_err());
    assert!(Twins::from_json(br#"{"id":"a"}"#).is_err());
}
