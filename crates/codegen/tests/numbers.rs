//! The types of numbers: by the bounds of the contract, and by an option.

use migration_events_codegen::{Numbers, Options, Source, generate};

const NUMBER: &str = "runtime::json::Number";

fn rust(text: &str, options: Options) -> Result<String, String> {
    let source = Source { file: "meter.json".into(), text: text.into(), patch: None };
    generate(&[source], &options).map_err(|error| error.to_string())
}

/// The type of the only property, which is required.
fn type_of(schema: &str, options: Options) -> String {
    let text =
        format!(r#"{{"type": "object", "required": ["a"], "properties": {{"a": {schema}}}}}"#);
    let rust = rust(&text, options).unwrap();
    let (_, after) = rust.split_once("pub a: ").unwrap();
    after.split_once(",\n").unwrap().0.to_owned()
}

fn family(numbers: Numbers) -> Options {
    Options::new("acme").numbers("*", numbers)
}

#[test]
fn bounds_beyond_fixed_types_keep_any_number() {
    let decimal = "runtime::rust_decimal::Decimal";
    for (schema, ty, fixed) in [
        (r#"{"type": "integer"}"#, "i64", "i64"),
        (r#"{"type": "integer", "minimum": 0, "maximum": 18446744073709551615}"#, "u64", "u64"),
        (r#"{"type": "integer", "minimum": 0, "maximum": 18446744073709551616}"#, NUMBER, "u64"),
        (r#"{"type": "integer", "maximum": 18446744073709551615}"#, NUMBER, "i64"),
        (r#"{"type": "integer", "exclusiveMaximum": 9223372036854775808}"#, "i64", "i64"),
        (r#"{"type": "number"}"#, decimal, decimal),
        (r#"{"type": "number", "maximum": 1e30}"#, NUMBER, decimal),
        (r#"{"type": "number", "exclusiveMinimum": 1e-40}"#, NUMBER, decimal),
    ] {
        assert_eq!(type_of(schema, Options::new("acme")), ty, "{schema}");
        assert_eq!(type_of(schema, family(Numbers::Fixed)), fixed, "{schema}");
        assert_eq!(type_of(schema, family(Numbers::AsWritten)), NUMBER, "{schema}");
    }
}

#[test]
fn narrow_types_follow_bounds_or_format() {
    for (schema, ty) in [
        (r#"{"type": "integer", "minimum": 0, "maximum": 255}"#, "u8"),
        (r#"{"type": "integer", "minimum": -128, "maximum": 127}"#, "i8"),
        (r#"{"type": "integer", "exclusiveMinimum": -1, "maximum": 256}"#, "u16"),
        (r#"{"type": "integer", "minimum": -1, "maximum": 255}"#, "i16"),
        (r#"{"type": "integer", "minimum": 0, "maximum": 4294967295}"#, "u32"),
        (r#"{"type": "integer", "minimum": -2147483648, "maximum": 0}"#, "i32"),
        (r#"{"type": "integer", "minimum": 0, "maximum": 4294967296}"#, "u64"),
        (r#"{"type": "integer", "format": "int32", "minimum": 0}"#, "i32"),
        (r#"{"type": "integer", "format": "int64", "minimum": 0}"#, "i64"),
        (r#"{"type": "integer", "format": "uint16"}"#, "u16"),
        (r#"{"type": "integer", "minimum": 0}"#, "u64"),
    ] {
        assert_eq!(type_of(schema, family(Numbers::Narrow)), ty, "{schema}");
    }
    let beyond = r#"{"type": "integer", "maximum": 1e30}"#;
    assert_eq!(type_of(beyond, family(Numbers::Narrow)), NUMBER);
}

const PARTS: &str = r##"{"type": "object", "properties": {
    "own": {"type": "integer"},
    "list": {"type": "array", "items": {"type": "number"}},
    "rate": {"enum": [1.0, 2.5]},
    "shared": {"$ref": "#/definitions/amount"},
    "part": {"$ref": "#/definitions/Part"}
}, "definitions": {
    "amount": {"type": "number"},
    "Part": {"type": "object", "properties": {"inner": {"type": "integer"}}}
}}"##;

#[test]
fn types_places_and_the_family_are_chosen() {
    let fields = |options: Options| -> Vec<&str> {
        let rust = rust(PARTS, options).unwrap();
        [
            ("own", format!("pub own: Option<{NUMBER}>")),
            ("list", format!("pub list: Option<Vec<{NUMBER}>>")),
            ("rate", format!("pub rate: Option<{NUMBER}>")),
            ("amount", format!("pub type Amount = {NUMBER};")),
            ("inner", format!("pub inner: Option<{NUMBER}>")),
        ]
        .into_iter()
        .filter(|(_, line)| rust.contains(line))
        .map(|(name, _)| name)
        .collect()
    };
    let of = |of: &str| Options::new("acme").numbers(of, Numbers::AsWritten);
    assert_eq!(fields(of("*")), ["own", "list", "amount", "inner"]);
    assert_eq!(fields(of("Meter")), ["own", "list", "rate"]);
    assert_eq!(fields(of("Part")), ["inner"]);
    assert_eq!(fields(of("Amount")), ["amount"]);
    assert_eq!(fields(of("meter.json#/properties/rate")), ["rate"]);
    assert_eq!(fields(of("meter.json#/properties/list/items")), ["list"]);
    assert_eq!(fields(of("meter.json#/definitions/amount")), ["amount"]);
    let renamed = Options::new("acme").rename("Part", "Piece").numbers("Piece", Numbers::AsWritten);
    assert_eq!(fields(renamed), ["inner"]);
    let but_one = of("*").numbers("Part", Numbers::Fixed).numbers("Meter", Numbers::Narrow);
    assert_eq!(fields(but_one), ["amount"]);
    let by_place = of("meter.json#/properties/own").numbers("Meter", Numbers::Fixed);
    assert_eq!(fields(by_place), ["own"]);
}

#[test]
fn formats_of_openapi_are_narrow_types() {
    let text = r#"{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}, "components": {"schemas": {
        "Meter": {"type": "object", "properties": {
            "id": {"type": "integer", "format": "int64", "minimum": 0},
            "level": {"type": "integer", "format": "int32", "nullable": true}
        }}
    }}}"#;
    let place = "meter.json#/components/schemas/Meter/properties/level";
    let wide = rust(text, Options::new("acme")).unwrap();
    assert!(
        wide.contains("pub id: Option<u64>") && wide.contains("pub level: Option<Option<i64>>")
    );
    for options in [family(Numbers::Narrow), Options::new("acme").numbers("Meter", Numbers::Narrow)]
    {
        let narrow = rust(text, options).unwrap();
        assert!(narrow.contains("pub id: Option<i64>"), "{narrow}");
        assert!(narrow.contains("pub level: Option<Option<i32>>"), "{narrow}");
        assert!(narrow.contains("fits: Integer32"), "{narrow}");
    }
    let one = rust(text, Options::new("acme").numbers(place, Numbers::Narrow)).unwrap();
    assert!(one.contains("pub id: Option<u64>") && one.contains("pub level: Option<Option<i32>>"));
}

#[test]
fn choices_without_numbers_are_errors() {
    for (of, expected) in [
        ("meter.json#/properties/part", "no number of a JSON schema is at"),
        ("metre.json#/properties/own", "no number of a JSON schema is at"),
        ("Metre", "no type, field or variant is called \"Metre\""),
        ("Meter::own", "is not a type"),
    ] {
        let options = Options::new("acme").numbers(of, Numbers::AsWritten);
        let error = rust(PARTS, options).unwrap_err();
        assert!(error.contains(expected), "{of}: {error}");
        assert!(error.contains(&format!("numbers({of:?}, AsWritten)")), "{error}");
    }
}

#[test]
fn strict_decoding_restricts_no_number_that_is_kept() {
    let patch =
        r#"[{"op": "remove", "path": "/properties/a/maximum", "reason": "Larger ones came."}]"#;
    let text = r#"{"type": "object", "properties": {"a": {"type": "integer", "maximum": 9}}}"#;
    let source = Source {
        file: "meter.json".into(),
        text: text.into(),
        patch: Some(("meter.patch.json".into(), patch.into())),
    };
    let options = Options::new("acme").numbers("Meter", Numbers::AsWritten);
    let rust = generate(&[source], &options).unwrap();
    assert!(rust.contains("{integer, maximum: \"9\"}"), "{rust}");
    assert!(!rust.contains("fits:"), "{rust}");
}
