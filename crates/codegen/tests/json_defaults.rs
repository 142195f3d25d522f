//! `default` of JSON Schema: checked against its schema, for builders and for `Default`.

use migration_events_codegen::{
    Generated, Lint, Options, Severity, Source, generate_with_warnings,
};

fn generate(text: &str, options: Options) -> Result<Generated, String> {
    let source = Source { file: "meter.json".into(), text: text.into(), patch: None };
    generate_with_warnings(&[source], &[], &options).map_err(|error| error.to_string())
}

fn with(schema: &str) -> Generated {
    let text = format!(
        r##"{{"type": "object", "required": ["a"], "properties": {{"a": {schema}}},
            "definitions": {{"Day": {{"type": "string", "format": "date"}}}}}}"##
    );
    generate(&text, Options::new("acme")).unwrap()
}

#[test]
fn defaults_that_break_their_schema_are_reported() {
    for (schema, keyword) in [
        (r#"{"type": "string", "default": 5}"#, "type"),
        (r#"{"enum": ["ON", "OFF"], "default": "on"}"#, "enum"),
        (r#"{"type": "integer", "minimum": 3, "default": 2}"#, "minimum"),
        (r#"{"type": "integer", "exclusiveMaximum": 3, "default": 3.0}"#, "exclusiveMaximum"),
        (r#"{"type": "integer", "default": 9223372036854775808}"#, "fits"),
        (r#"{"type": "number", "multipleOf": 0.01, "default": 0.001}"#, "multipleOf"),
        (r#"{"type": "string", "maxLength": 2, "default": "äöü"}"#, "maxLength"),
        (r#"{"type": "string", "pattern": "^a+$", "default": "ab"}"#, "pattern"),
        (r#"{"type": "array", "items": {"type": "string"}, "default": ["a", 1]}"#, "type"),
        (r#"{"type": "array", "uniqueItems": true, "default": [1, 1.0]}"#, "uniqueItems"),
        (r#"{"type": "object", "required": ["b"], "default": {}}"#, "required"),
        (r#"{"anyOf": [{"type": "string"}, {"type": "null"}], "default": 1}"#, "anyOf"),
        (r#"{"not": {"type": "string"}, "default": "a"}"#, "not"),
        (r#"{"if": {"type": "string"}, "then": {"minLength": 2}, "default": "a"}"#, "minLength"),
    ] {
        let generated = with(schema);
        let warnings: Vec<String> = generated.warnings.iter().map(ToString::to_string).collect();
        let [warning] = warnings.as_slice() else { panic!("{schema}: {warnings:?}") };
        let expected = format!("({keyword})");
        assert!(warning.contains("the default does not satisfy its own schema"), "{warning}");
        assert!(warning.contains(&expected), "{schema}: {warning}");
        assert!(warning.contains("/properties/a/default"), "{warning}");
        assert!(!generated.code.contains("initial"), "{schema}");
    }
    let text = r#"{"type": "object", "properties": {"a": {"type": "string", "default": 5}}}"#;
    let strict = Options::new("acme").lint(Lint::Unsatisfiable, Severity::Error);
    assert!(generate(text, strict).unwrap_err().contains("meter.json"));
}

#[test]
fn valid_defaults_become_presets() {
    for (schema, has_default) in [
        (r#"{"type": "string", "default": "x"}"#, true),
        (r#"{"type": "string", "pattern": "^a+$", "default": "aa"}"#, true),
        (r#"{"type": "array", "items": {"type": "number"}, "default": [1.0, 2e2]}"#, true),
        (r#"{"type": ["integer", "null"], "default": null}"#, true),
        (r#"{"oneOf": [{"type": "string"}, {"type": "integer"}], "default": 4}"#, true),
        // Generated code checks formats.
        (r##"{"$ref": "#/definitions/Day", "default": "2020-01-01"}"##, false),
        (r#"{"type": "string", "format": "date", "default": "2020-01-01"}"#, false),
    ] {
        let Generated { code, warnings, .. } = with(schema);
        assert!(warnings.is_empty(), "{schema}");
        assert!(code.contains(", initial(\""), "{schema}: {code}");
        assert_eq!(code.contains("initial! { Meter; a: "), has_default, "{schema}: {code}");
        assert!(!code.contains(", Default)]"), "{schema}: {code}");
    }
}

#[test]
fn records_without_values_of_their_own_derive_default() {
    let text = r##"{"type": "object", "required": ["in"], "properties": {"in": {"$ref": "#/definitions/In"}},
        "definitions": {
            "In": {"type": "object", "required": ["one"], "properties": {"one": {"const": 1}}},
            "Out": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}},
            "Some": {"type": "object", "minProperties": 1, "properties": {"a": {"type": "string"}}}
        }}"##;
    let code = generate(text, Options::new("acme").derive("*", "Default")).unwrap().code;
    let derives = |name: &str| {
        let (before, _) = code.split_once(&format!("pub struct {name} ")).unwrap();
        before.rsplit("///").next().unwrap().matches("Default").count()
    };
    assert_eq!(["Meter", "In"].map(derives), [1, 1], "{code}");
}
