//! `deprecated` of JSON Schema: in the documentation, and by an option as an attribute.

use migration_events_codegen::{Options, Source, generate};

const CONTRACT: &str = r##"{"type": "object", "properties": {
    "msn": {"type": "string", "deprecated": true},
    "new": {"$ref": "#/definitions/Old"},
    "by": {"anyOf": [{"type": "string"}, {"type": "integer", "deprecated": true}]},
    "kept": {"type": "object", "deprecated": false, "properties": {"x": {}}}
}, "definitions": {"Old": {"type": "object", "deprecated": true, "properties": {"a": {}}}}}"##;

fn rust(mark: bool) -> String {
    let source = Source { file: "meter.json".into(), text: CONTRACT.into(), patch: None };
    generate(&[source], &Options::new("acme").mark_deprecated(mark)).unwrap()
}

#[test]
fn documentation_says_what_is_deprecated() {
    let rust = rust(false);
    assert_eq!(rust.matches("/// Deprecated by the contract.").count(), 3, "{rust}");
    assert!(!rust.contains("(deprecated)") && !rust.contains("#[deprecated]"), "{rust}");
}

#[test]
fn attributes_mark_fields_types_and_variants() {
    let rust = rust(true);
    assert_eq!(rust.matches("#[deprecated]").count(), 3, "{rust}");
    assert!(rust.contains("#[deprecated]\n    pub msn: "), "{rust}");
    assert!(rust.contains("#[allow(deprecated)]\n#[deprecated]\npub struct Old "), "{rust}");
    assert!(rust.contains("#[deprecated]\n        Number(i64)"), "{rust}");
    // The struct with the field, and the one with a field of the type.
    assert!(rust.contains("#[allow(deprecated)]\npub struct Meter "), "{rust}");
}
