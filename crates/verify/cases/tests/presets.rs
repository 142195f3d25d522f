//! Defaults of JSON Schema: taken by builders and `Default`, never applied to a message.

use events::Event;
use migration_events_cases::chosen::{All, Limits, Presets, Sealed, Tree};
use migration_events_support::oracle;
use serde_json::Value;

fn validator() -> jsonschema::Validator {
    let schema = include_str!("../schemas/chosen/presets.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    oracle::compiled(&schema, jsonschema::Draft::Draft7)
}

#[test]
fn default_has_what_is_required() {
    let preset = Presets::default();
    let written = preset.to_json();
    // `note` is null by default, and `factor` may be absent.
    let expected = r#"{"unit":"kWh","limits":{"low":0,"high":100},"labels":["new"],"kind":"meter","note":null}"#;
    assert_eq!(written, expected);
    assert!(validator().is_valid(&serde_json::from_str(&written).unwrap()));
    assert_eq!(Presets::from_json(written.as_bytes()).unwrap(), preset);
    assert!(preset.check().is_ok());
    assert_eq!(Tree::default(), Tree { value: 1, left: None, extra: events::json::Map::new() });
    assert_eq!(All::default().a, None);
}

#[test]
fn builders_set_what_is_not_given() {
    let limits = Limits::builder().low(3_u64).build().unwrap();
    assert_eq!((limits.low, limits.high.to_string(), limits.start), (3, "100".to_owned(), None));
    let sealed = Sealed::builder().build().unwrap();
    assert_eq!(sealed.seal.to_string(), "14f49508-0000-4000-8000-000000000000");
    assert_eq!(sealed.code.as_str(), "XY");
    // `limits` has no default of its own.
    let error = Presets::builder().build().unwrap_err();
    let places: Vec<String> = error.violations().iter().map(ToString::to_string).collect();
    assert_eq!(places.len(), 2, "{places:?}");
    let kind = Presets::default().kind;
    let built = Presets::builder().limits(Limits::default()).kind(kind).build().unwrap();
    assert_eq!(built, Presets::default());
}

#[test]
fn messages_are_read_without_defaults() {
    let full = Presets::default().to_json();
    let without = full.replace(r#""unit":"kWh","#, "");
    let rejection = Presets::from_json(without.as_bytes()).unwrap_err();
    assert_eq!(rejection.violations()[0].kind().name(), "required");
    let read = Presets::from_json(full.as_bytes()).unwrap();
    assert_eq!((read.factor, read.limits.start), (None, None));
}
