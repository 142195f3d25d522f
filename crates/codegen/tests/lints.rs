//! Doubtful contracts: errors, warnings or nothing, as the caller chooses.

use migration_events_codegen::{
    Config, Lint, Options, Severity, Source, generate, generate_with_warnings,
};

fn source(text: &str) -> Source {
    Source { file: "meter.json".into(), text: text.into(), patch: None }
}

/// A doubtful contract: the lint, the text, the place, and words of the message and of the documentation.
const DOUBTFUL: &[(Lint, &str, &str, &str, &str)] = &[
    (
        Lint::OtherDraft,
        r#"{"type": "object", "properties": {"a": {}}, "unevaluatedProperties": false}"#,
        "/unevaluatedProperties",
        "draft-07 has no keyword `unevaluatedProperties`",
        "`unevaluatedProperties` is ignored",
    ),
    (
        Lint::MisspeltKeyword,
        r#"{"type": "object", "requried": ["a"], "properties": {"a": {}}}"#,
        "/requried",
        "unknown keyword `requried`",
        "`requried` is ignored",
    ),
    (
        Lint::UnknownFormat,
        r#"{"type": "object", "properties": {"a": {"type": "string", "format": "emial"}}}"#,
        "/properties/a/format",
        "unknown format \"emial\"",
        "The format `emial` is unknown and not checked.",
    ),
    (
        Lint::Unsatisfiable,
        r#"{"type": "object", "properties": {"a": {"type": "array", "minItems": 3, "maxItems": 2}}}"#,
        "/properties/a",
        "no value satisfies the schema",
        "No value satisfies its schema: `minItems` 3 is more than `maxItems` 2.",
    ),
    (
        Lint::AssertsNothing,
        r#"{"title": "Anything"}"#,
        "",
        "accepts every value",
        "Its contract accepts every value.",
    ),
    (
        Lint::NotASchema,
        r#"{"meter": "M-1", "readings": [1, 2]}"#,
        "",
        "not a schema but a sample",
        "is not a schema but a sample",
    ),
    (
        Lint::NotASchema,
        r#"{"subject": "meter-value", "version": 3, "deleted": false, "schema": "{\"type\": \"object\"}"}"#,
        "/schema",
        "the answer of a schema registry",
        "the answer of a schema registry",
    ),
];

#[test]
fn doubtful_parts_are_reported_as_chosen() {
    for (lint, text, pointer, message, note) in DOUBTFUL {
        let options = |severity| Options::new("acme").lint(*lint, severity);
        let error = generate(&[source(text)], &options(Severity::Error)).unwrap_err();
        let problem = &error.problems()[0];
        assert_eq!(error.problems().len(), 1, "{error}");
        assert_eq!(problem.pointer, *pointer, "{error}");
        assert!(problem.message.contains(message), "{error}");
        assert!(problem.help.contains(&format!("Lint::{lint:?}")), "{error}");

        let lenient = generate_with_warnings(&[source(text)], &[], &options(Severity::Warning));
        let lenient = lenient.unwrap();
        assert_eq!(lenient.warnings.len(), 1, "{:?}", lenient.warnings);
        assert_eq!(lenient.warnings[0].severity, Severity::Warning);
        assert!(lenient.warnings[0].to_string().starts_with("warning: "));
        let plain = |text: &str| text.replace('`', "");
        assert!(plain(&lenient.code).contains(&plain(note)), "{note}\n{}", lenient.code);

        let ignored = generate_with_warnings(&[source(text)], &[], &options(Severity::Ignore));
        let ignored = ignored.unwrap();
        assert!(ignored.warnings.is_empty(), "{:?}", ignored.warnings);
        assert_eq!(ignored.code, lenient.code);
    }
}

#[test]
fn ignored_keywords_do_not_shape_types() {
    let text = r#"{"$schema": "http://json-schema.org/draft-04/schema#", "type": "object",
        "properties": {"a": {"type": "string", "const": "x"}, "b": {"contains": {}, "type": "array"}}}"#;
    let options = Options::new("acme").lint(Lint::OtherDraft, Severity::Ignore);
    let rust = generate(&[source(text)], &options).unwrap();
    assert!(rust.contains("pub a: Option<String>"), "{rust}");
}

#[test]
fn annotations_are_not_misspelt_keywords() {
    let text = r#"{"type": "object", "properties": {"a": {
        "type": "string", "example": "x", "unit": "kWh", "id": "a", "tags": [], "name": "A", "when": 1,
        "x-requried": true, "tsAdditionalProperties": {}, "version": 2, "nul": null, "format_": 1, "source": "meter"}}}"#;
    let error = generate(&[source(text)], &Options::new("acme")).unwrap_err().to_string();
    assert!(error.contains("`format_`"), "{error}");
    assert_eq!(error.matches("unknown keyword").count(), 1, "{error}");
    for text in [
        r#"{"tpye": "object"}"#,
        r#"{"Type": "object"}"#,
        r#"{"type": "object", "property": {"a": {}}}"#,
        r#"{"type": "array", "item": {}}"#,
        r#"{"type": "object", "additionalproperties": false}"#,
    ] {
        let error = generate(&[source(text)], &Options::new("acme")).unwrap_err().to_string();
        assert!(error.contains("unknown keyword"), "{text}: {error}");
    }
}

#[test]
fn formats_of_numbers_are_annotations() {
    let text = r#"{"type": "object", "properties": {"a": {"type": ["integer", "null"], "format": "int32"},
        "b": {"format": "double"}, "c": {"type": "number", "format": "money"}}}"#;
    let rust = generate(&[source(text)], &Options::new("acme")).unwrap();
    assert!(rust.contains("The format `int32` is an annotation, which is not checked."), "{rust}");
    let text = r#"{"type": "object", "properties": {"a": {"type": "string", "format": "double"}}}"#;
    assert!(generate(&[source(text)], &Options::new("acme")).is_err());
}

#[test]
fn contradictions_are_unsatisfiable() {
    for schema in [
        r#"{"type": "string", "minLength": 2, "maxLength": 1}"#,
        r#"{"type": "number", "minimum": 2, "maximum": 1.5}"#,
        r#"{"type": "number", "exclusiveMinimum": 2, "maximum": 2}"#,
        r#"{"type": "object", "required": ["b"], "properties": {"b": false}}"#,
        r#"{"type": "object", "required": ["b"], "additionalProperties": false}"#,
        r#"{"type": "object", "required": ["b", "c"], "maxProperties": 1}"#,
        r#"{"type": "string", "enum": [1, 2]}"#,
        r#"{"type": ["string", "null"], "const": 1}"#,
    ] {
        let text = format!(r#"{{"type": "object", "properties": {{"a": {schema}}}}}"#);
        let generated = generate_with_warnings(&[source(&text)], &[], &Options::new("acme"));
        let generated = generated.unwrap();
        assert_eq!(generated.warnings.len(), 1, "{schema}: {:?}", generated.warnings);
        assert_eq!(generated.warnings[0].pointer, "/properties/a", "{schema}");
    }
    for (text, pointer) in [
        ("false", ""),
        (
            r##"{"type": "object", "properties": {"a": {"allOf": [{"type": "string"}, {"$ref": "#/definitions/n"}]}},
                "definitions": {"n": {"type": "integer"}}}"##,
            "/properties/a",
        ),
    ] {
        let generated =
            generate_with_warnings(&[source(text)], &[], &Options::new("acme")).unwrap();
        assert_eq!(generated.warnings.len(), 1, "{text}: {:?}", generated.warnings);
        assert_eq!(generated.warnings[0].pointer, pointer);
    }
    for schema in [
        r#"{"type": "integer", "const": 1.0, "minimum": 1, "maximum": 1}"#,
        r#"{"type": "array", "required": ["b"], "additionalProperties": false}"#,
        r#"{"type": ["array", "null"], "minItems": 2, "maxItems": 1}"#,
        r#"{"minItems": 2, "maxItems": 1}"#,
        r#"{"type": "object", "required": ["b"], "patternProperties": {"b": {}}, "additionalProperties": false}"#,
    ] {
        let text = format!(r#"{{"type": "object", "properties": {{"a": {schema}}}}}"#);
        let generated = generate_with_warnings(&[source(&text)], &[], &Options::new("acme"));
        let warnings = generated.unwrap().warnings;
        assert!(warnings.is_empty(), "{schema}: {warnings:?}");
    }
}

#[test]
fn empty_files_can_be_left_out() {
    let empty = Source { file: "empty.json".into(), text: " \n".into(), patch: None };
    let sources = [source(r#"{"type": "object", "properties": {"a": {}}}"#), empty];
    let error = generate(&sources, &Options::new("acme")).unwrap_err();
    assert!(
        error.to_string().starts_with("error: the file is empty\n --> empty.json:1:1"),
        "{error}"
    );
    let options = Options::new("acme").lint(Lint::EmptyInput, Severity::Warning);
    let generated = generate_with_warnings(&sources, &[], &options).unwrap();
    assert_eq!(generated.warnings.len(), 1);
    assert!(generated.code.contains("pub struct Meter"));
}

#[test]
fn folders_without_contracts_are_doubtful() {
    let folder = std::env::temp_dir().join(format!("codegen-empty-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let config = Config::new("acme").folder(&folder);
    let error = config.generate().unwrap_err().to_string();
    let lenient = config.lint(Lint::EmptyInput, Severity::Warning).generate_with_warnings();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(error.starts_with("error: the folder contains no contract"), "{error}");
    assert_eq!(lenient.unwrap().warnings.len(), 1);
}

#[test]
fn config_has_the_same_options() {
    let folder = std::env::temp_dir().join(format!("codegen-lints-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("meter.json");
    std::fs::write(&file, r#"{"$schema": "urn:acme", "type": "object", "requierd": []}"#).unwrap();
    let config = Config::new("acme")
        .file(&file)
        .dialect("urn:acme", migration_events_codegen::Draft::Draft202012)
        .lint(Lint::MisspeltKeyword, Severity::Warning);
    let warnings = config.generate_with_warnings().unwrap().warnings;
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].position, Some((1, 43)));
}

#[test]
fn mistakes_in_shared_schemas_are_reported_once() {
    let text = r##"{"type": "object", "properties": {"a": {"$ref": "#/definitions/X"}, "b": {"$ref": "#/definitions/X"},
        "c": {"type": "array", "items": {"$ref": "#/definitions/X"}}},
        "definitions": {"X": {"$ref": "gone.json#/definitions/Y"}}}"##;
    let error = generate(&[source(text)], &Options::new("acme")).unwrap_err();
    assert_eq!(error.problems().len(), 1, "{error}");
    assert_eq!(error.problems()[0].pointer, "/definitions/X/$ref");
}

#[test]
fn wrong_references_are_corrected() {
    for (reference, meant) in [
        ("#/definitions/adress", "#/definitions/address"),
        ("#/definition/address", "#/definitions/address"),
        ("#town", "#towns"),
        ("meters.json#/definitions/address", "meter.json#/definitions/address"),
    ] {
        let text = format!(
            r##"{{"type": "object", "properties": {{"a": {{"$ref": "{reference}"}}}},
                "definitions": {{"address": {{"type": "object"}}, "town": {{"$id": "#towns", "type": "string"}}}}}}"##
        );
        let error = generate(&[source(&text)], &Options::new("acme")).unwrap_err();
        let help = &error.problems()[0].help;
        assert_eq!(*help, format!("did you mean `{meant}`?"), "{error}");
    }
}

#[test]
fn repeated_keys_are_marked_at_the_second() {
    let text = "{\n  \"type\": \"object\",\n  \"maxProperties\": 1,\n  \"type\": \"object\"\n}";
    let error = generate(&[source(text)], &Options::new("acme")).unwrap_err().to_string();
    assert!(
        error.starts_with("error: the key \"type\" is repeated\n --> meter.json:4:3"),
        "{error}"
    );
    assert!(error.contains("SHOULD"), "{error}");
}
