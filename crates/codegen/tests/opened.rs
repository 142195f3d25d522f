//! Enums and unions that are opened by an option.

use migration_events_codegen::{Options, Source, generate};

const CONTRACT: &str = r#"{"type": "object", "properties": {
    "fuel": {"enum": ["GAS", "POWER", null]},
    "kind": {"enum": ["only"]},
    "enum": {"type": "string", "examples": [{"enum": ["a", "b"]}]},
    "to": {"oneOf": [{"type": "string", "maxLength": 3}, {"type": "integer"}]},
    "note": {"anyOf": [{"type": "string"}, {"type": "null"}]}
}, "if": {"properties": {"fuel": {"enum": ["GAS", "POWER"]}}}, "then": {"required": ["to"]}}"#;

fn rust(options: Options) -> Result<String, String> {
    let source = Source { file: "meter.json".into(), text: CONTRACT.into(), patch: None };
    generate(&[source], &options).map_err(|error| error.to_string())
}

#[test]
fn all_enums_and_unions_of_a_family_open() {
    let open = rust(Options::new("acme").open("*")).unwrap();
    assert!(open.contains("Other(String)"), "{open}");
    assert!(open.contains("Other(runtime::json::RawJson)"), "{open}");
    assert!(open.contains("pub note: Option<Option<String>>,"), "{open}");
    // Strict decoding has tables of its own; a condition is none that opens.
    assert!(open.contains("PUBLISHED_METER "), "{open}");
    assert_eq!(open.matches(r#"enum: ["GAS", "POWER"]"#).count(), 2, "{open}");
    let closed = rust(Options::new("acme")).unwrap();
    assert!(!closed.contains("Other("), "{closed}");
}

#[test]
fn single_places_open() {
    let open = rust(Options::new("acme").open("meter.json#/properties/to")).unwrap();
    assert!(!open.contains("Other(String)"), "{open}");
    assert!(open.contains("Other(runtime::json::RawJson)"), "{open}");
}

#[test]
fn places_without_enum_or_union_are_errors() {
    for place in ["meter.json#/properties/kind", "metre.json#/properties/to", "Meter"] {
        let error = rust(Options::new("acme").open(place)).unwrap_err();
        assert!(error.contains(&format!("no enum or union is at {place:?}")), "{error}");
    }
}

#[test]
fn types_open_by_name() {
    let by_name = rust(Options::new("acme").open("Fuel").open("meter::To")).unwrap();
    let by_place =
        Options::new("acme").open("meter.json#/properties/fuel").open("meter.json#/properties/to");
    assert_eq!(by_name, rust(by_place).unwrap());
    // A type has the name that the caller gives it.
    let renamed = Options::new("acme").rename("Fuel", "Source").open("Source");
    assert!(rust(renamed).unwrap().contains("Other(String)"));
}

#[test]
fn unknown_types_are_named_with_similar_ones() {
    for (selector, help) in [
        ("Feul", "did you mean `Fuel`?"),
        ("To", "did you mean `meter::To`?"),
        ("Tariff", "name an existing one, such as `Fuel`, "),
    ] {
        let error = rust(Options::new("acme").open(selector)).unwrap_err();
        assert!(error.contains(&format!("no type is called {selector:?}")), "{error}");
        assert!(error.contains(help), "{error}");
    }
}
