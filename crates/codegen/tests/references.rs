//! Documents that refer to each other.

use migration_events_codegen::{Options, Reference, Source, generate_with};

fn source(file: &str, text: &str) -> Source {
    Source { file: file.into(), text: text.into(), patch: None }
}

fn reference(uri: &str, text: &str) -> Reference {
    Reference { uri: uri.into(), text: text.into() }
}

fn rust(sources: &[Source], references: &[Reference]) -> String {
    generate_with(sources, references, &Options::new("acme"))
        .unwrap_or_else(|error| panic!("{error}"))
}

fn errors(sources: &[Source], references: &[Reference]) -> String {
    match generate_with(sources, references, &Options::new("acme")) {
        Ok(_) => panic!("no error"),
        Err(error) => error.to_string(),
    }
}

const ORDER: &str = r#"{
    "type": "object",
    "required": ["item"],
    "properties": {"item": {"$ref": "ITEM"}}
}"#;

#[test]
fn contracts_refer_to_each_other_by_file_name() {
    let order = source("order.json", &ORDER.replace("ITEM", "item.json"));
    let item =
        source("item.json", r#"{"type": "object", "properties": {"name": {"type": "string"}}}"#);
    let rust = rust(&[order, item], &[]);
    assert!(rust.contains("pub item: Item,"), "{rust}");
    // The tables name the document of the rule.
    assert!(rust.contains(r#""item.json#" {object, properties: {"name": {string}}}"#), "{rust}");
}

#[test]
fn reference_documents_are_found_by_uri_and_id() {
    let item = r##"{
        "$id": "https://acme.example/schemas/item.json",
        "definitions": {
            "name": {"$id": "#name", "type": "string", "maxLength": 3},
            "code": {"$id": "codes/code.json", "enum": ["A", "B"]}
        },
        "type": "object",
        "properties": {"name": {"$ref": "#name"}, "code": {"$ref": "codes/code.json"}}
    }"##;
    for uri in [
        "item.json",
        "https://acme.example/schemas/item.json",
        "https://acme.example/schemas/item.json#",
    ] {
        let order = source("order.json", &ORDER.replace("ITEM", uri));
        let rust = rust(&[order], &[reference("item.json", item)]);
        assert!(rust.contains("pub struct Name("), "{rust}");
        assert!(rust.contains("pub enum Code"), "{rust}");
        // The document is not a contract of its own.
        assert_eq!(rust.matches(", published schema::").count(), 1, "{rust}");
    }
}

#[test]
fn anchors_resolve_in_every_dialect() {
    for (dialect, name) in [
        ("http://json-schema.org/draft-07/schema#", r##""$id": "#item""##),
        ("https://json-schema.org/draft/2019-09/schema", r#""$anchor": "item""#),
        ("https://json-schema.org/draft/2020-12/schema", r#""$anchor": "item""#),
    ] {
        let text = format!(
            r##"{{"$schema": "{dialect}", "type": "object", "properties": {{"item": {{"$ref": "#item"}}}},
                "definitions": {{"x": {{{name}, "type": "integer"}}}}}}"##
        );
        let rust = rust(&[source("order.json", &text)], &[]);
        assert!(rust.contains("pub item: Option<i64>"), "{rust}");
    }
}

#[test]
fn problems_in_referenced_documents_are_located_there() {
    let order = source("order.json", &ORDER.replace("ITEM", "item.json"));
    let item = reference("item.json", "{\n  \"type\": \"strin\"\n}");
    let errors = errors(&[order], &[item]);
    assert!(errors.contains("item.json:2:11"), "{errors}");
}

#[test]
fn unknown_documents_are_an_error() {
    let order = source("order.json", &ORDER.replace("ITEM", "http://acme.example/item.json"));
    let errors = errors(&[order], &[]);
    assert!(
        errors.contains("unknown document in the reference \"http://acme.example/item.json\""),
        "{errors}"
    );
}

#[test]
fn documents_may_refer_to_each_other() {
    let a = source("a.json", r##"{"type": "object", "properties": {"b": {"$ref": "b.json"}}}"##);
    let b = source("b.json", r##"{"type": "object", "properties": {"a": {"$ref": "a.json"}}}"##);
    let rust = rust(&[a, b], &[]);
    assert!(rust.contains("pub struct A ") && rust.contains("pub struct B "), "{rust}");
    let endless = source("c.json", r##"{"allOf": [{"$ref": "d.json"}]}"##);
    let d = reference("d.json", r##"{"anyOf": [{"$ref": "c.json"}, true]}"##);
    let errors = errors(&[endless], &[d]);
    assert!(errors.contains("the schema applies itself to the same value"), "{errors}");
}
