//! The documentation of a type names what an option makes lenient or strict beyond the contract.

use migration_events_codegen::{
    Draft, Formats, Lint, Options, Reference, Severity, Source, generate_with,
};

fn rust(text: &str, options: &Options) -> String {
    let source = Source { file: "meter.json".into(), text: text.into(), patch: None };
    let common = Reference { uri: "unused.json".into(), text: "{}".into() };
    generate_with(&[source], &[common], options).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Returns the lines before an item: its documentation and attributes.
fn documentation<'r>(rust: &'r str, item: &str) -> &'r str {
    let end = rust.find(item).unwrap_or_else(|| panic!("{item}: {rust}"));
    let start = rust[..end].rfind("\n\n").unwrap_or_default();
    let inside = rust[start..end].rfind("{\n").unwrap_or_default();
    let field = rust[start..end].rfind(",\n").unwrap_or_default();
    &rust[start + inside.max(field)..end]
}

fn check(options: &Options, text: &str, item: &str, note: &str) {
    let rust = rust(text, options);
    let documentation = documentation(&rust, item).replace('`', "");
    assert!(documentation.contains(&note.replace('`', "")), "{note}\n{rust}");
}

#[test]
fn opened_enums_and_unions_are_noted() {
    let options = Options::new("acme").open("*");
    let note = "Values that its contract does not list are in `Other`, by the option `open`.";
    let text = r#"{"type": "object", "properties": {"fuel": {"enum": ["GAS", "POWER"]},
        "to": {"oneOf": [{"type": "string"}, {"type": "integer"}]}}}"#;
    for item in ["pub enum Fuel", "pub enum To", "pub fuel:", "pub to:"] {
        check(&options, text, item, note);
    }
}

#[test]
fn objects_by_option_are_noted() {
    let text = r#"{"properties": {"a": {"type": "string"}}}"#;
    let note = "Values that are not objects are rejected, by the option `objects`; its schema names no `type`.";
    check(&Options::new("acme").objects("*"), text, "pub struct Meter", note);
}

#[test]
fn chosen_dialects_are_noted() {
    let text = r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#;
    let options = Options::new("acme").default_dialect(Draft::Draft04);
    let note = "Its schema is read as draft-04, by the option `default_dialect`.";
    check(&options, text, "pub struct Meter", note);
    let options = Options::new("acme").dialect("urn:acme", Draft::Draft06);
    let text = text.replacen('{', r#"{"$schema": "urn:acme", "#, 1);
    let note = "Its schema is read as draft-06, by the option `dialect`.";
    check(&options, &text, "pub struct Meter", note);
}

#[test]
fn unchecked_formats_are_noted_at_every_place() {
    let note = "The format `ipv4` is an annotation, which is not checked.";
    let address = r#"{"type": "string", "format": "ipv4"}"#;
    let options = Options::new("acme").formats(Formats::Annotated);
    for (schema, item) in [
        (address.to_owned(), "pub a:"),
        (format!(r#"{{"type": "array", "items": {address}}}"#), "pub a:"),
        (format!(r#"{{"type": "array", "items": [{address}, {address}]}}"#), "pub a:"),
        (
            format!(r#"{{"type": "array", "items": [{address}], "minItems": 1, "maxItems": 1}}"#),
            "pub a:",
        ),
        (format!(r#"{{"type": "object", "additionalProperties": {address}}}"#), "pub a:"),
        (
            format!(
                r#"{{"type": "object", "properties": {{"b": {{}}}}, "additionalProperties": {address}}}"#
            ),
            "pub struct A {",
        ),
        (format!(r#"{{"anyOf": [{address}, {{"type": "integer"}}]}}"#), "Text(String)"),
    ] {
        let text = format!(r#"{{"type": "object", "properties": {{"a": {schema}}}}}"#);
        check(&options, &text, item, note);
    }
    let list = format!(r#"{{"type": "array", "items": {address}}}"#);
    check(&options, &list, "pub struct Meter(", note);
    let library = format!(r#"{{"$defs": {{"address": {address}, "list": {list}}}}}"#);
    check(&options, &library, "pub type Address", note);
    check(&options, &library, "pub type List", note);
}

#[test]
fn ignored_lints_are_noted() {
    let allow = |lint| Options::new("acme").lint(lint, Severity::Ignore);
    for (lint, text, item, note) in [
        (
            Lint::OtherDraft,
            r#"{"type": "object", "properties": {"a": {}}, "dependentRequired": {"a": ["b"]}}"#,
            "pub struct Meter",
            "`dependentRequired` is ignored: draft-07 has no such keyword.",
        ),
        (
            Lint::MisspeltKeyword,
            r#"{"type": "object", "properties": {"a": {"type": "array", "items": {"type": "string", "maxLenght": 2}}}}"#,
            "pub a:",
            "`maxLenght` is ignored: JSON Schema has no such keyword.",
        ),
        (
            Lint::UnknownFormat,
            r#"{"type": "object", "properties": {"a": {"type": "array", "items": {"type": "string", "format": "meter"}}}}"#,
            "pub a:",
            "The format `meter` is unknown and not checked.",
        ),
        (
            Lint::Unsatisfiable,
            r#"{"type": "object", "properties": {"a": {"type": "string", "minLength": 2, "maxLength": 1}}}"#,
            "pub a:",
            "No value satisfies its schema: `minLength` 2 is more than `maxLength` 1.",
        ),
        (
            Lint::AssertsNothing,
            r#"{"title": "Meter"}"#,
            "pub struct Meter",
            "Its contract accepts every value.",
        ),
        (
            Lint::NotASchema,
            r#"{"meter": "M-1"}"#,
            "pub struct Meter",
            "Its contract is not a schema but a sample",
        ),
        (
            Lint::MissingType,
            r#"{"properties": {"a": {"type": "string"}}}"#,
            "pub enum Meter",
            "Its schema names no `type`: values that are not objects are in `Other`.",
        ),
        (
            Lint::MissingMetaschema,
            r#"{"type": "object", "properties": {"a": {"$ref": "http://json-schema.org/draft-07/schema#"}}}"#,
            "pub a:",
            "it is not checked against the metaschema `http://json-schema.org/draft-07/schema`.",
        ),
    ] {
        check(&allow(lint), text, item, note);
    }
}
