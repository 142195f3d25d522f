//! Schemas that describe objects without naming a `type`: enums of `Object` and `Other`, or structs by option.

use migration_events_codegen::{
    Generated, Lint, Options, Reference, Severity, Source, generate, generate_with,
    generate_with_warnings,
};

const API: &str = r##"{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "components": {"schemas": {
    "Address": {"description": "The place of a delivery.", "required": ["street"], "properties": {
        "street": {"type": "string"}, "city": {"type": "string"}}},
    "Customer": {"type": "object", "properties": {"home": {"$ref": "#/components/schemas/Address"},
        "tags": {"additionalProperties": {"type": "string"}}}},
    "Shipped": {"allOf": [{"$ref": "#/components/schemas/Address"}, {"properties": {"at": {"type": "string"}}}]},
    "Payment": {"oneOf": [{"required": ["card"], "properties": {"card": {"type": "string"}}},
        {"required": ["iban"], "properties": {"iban": {"type": "string"}}}]},
    "Parcel": {"type": ["object", "null"], "properties": {"kg": {"type": "number"}},
        "allOf": [{"required": ["kg"]}], "not": {"required": ["lb"]}},
    "Free": {"minProperties": 1}
}}}"##;

fn source(text: &str) -> Source {
    Source { file: "shop.json".into(), text: text.into(), patch: None }
}

fn api(options: &Options) -> Generated {
    generate_with_warnings(&[source(API)], &[], options).unwrap()
}

/// Returns the code without documentation and attributes, and without line breaks.
fn plain(code: &str) -> String {
    let lines = code.lines().map(str::trim);
    lines.filter(|line| !line.starts_with(['#', '/'])).collect::<Vec<_>>().join(" ")
}

#[test]
fn untyped_objects_are_enums() {
    let rust = api(&Options::new("acme")).code;
    let code = plain(&rust);
    let raw = "runtime::json::RawJson";
    for item in [
        format!("pub enum Address {{ Object(AddressObject), Other({raw}), }}"),
        "pub struct AddressObject { pub street: String, pub city: Option<String>,".into(),
        "Null | Boolean | Number | String | Array => Other;".into(),
        format!("Object(runtime::json::Map<String>), Other({raw}), }}"),
        format!("pub enum Shipped {{ Object(ShippedObject), Other({raw}), }}"),
        format!("pub enum Payment {{ Object(PaymentObject), Other({raw}), }}"),
        "pub enum PaymentObject { Card(Card), Iban(Iban), }".into(),
        "pub struct Parcel {".into(),
        "pub struct Free(".into(),
    ] {
        assert!(code.contains(&item), "{item}\n{rust}");
    }
    assert!(
        rust.contains("Its schema names no `type`: values that are not objects are in `Other`")
    );
}

#[test]
fn a_warning_names_place_and_option() {
    let warnings = api(&Options::new("acme")).warnings;
    let places: Vec<&str> = warnings.iter().map(|warning| warning.pointer.as_str()).collect();
    let schemas = ["Address", "Customer/properties/tags", "Shipped", "Payment"];
    assert_eq!(places, schemas.map(|name| format!("/components/schemas/{name}")));
    let text = warnings[0].to_string();
    for part in [
        "`properties` without `type`: values that are not objects are valid as well",
        "objects(\"shop.json#/components/schemas/Address\")",
        "lint(Lint::MissingType, Severity::Ignore)",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let ignored = api(&Options::new("acme").lint(Lint::MissingType, Severity::Ignore));
    assert!(ignored.warnings.is_empty());
    let refused = Options::new("acme").lint(Lint::MissingType, Severity::Error);
    assert_eq!(generate(&[source(API)], &refused).unwrap_err().problems().len(), 4);
}

#[test]
fn option_reads_all_untyped_objects_as_structs() {
    let Generated { code: rust, warnings, .. } = api(&Options::new("acme").objects("*"));
    assert!(warnings.is_empty(), "{warnings:?}");
    let code = plain(&rust);
    for item in [
        "pub struct Address { pub street: String,",
        "pub home: Option<Address>, pub tags: Option<runtime::json::Map<String>>,",
        "pub struct Shipped { pub street: String, pub city: Option<String>, pub at: Option<String>,",
        "pub enum Payment { Card(Card), Iban(Iban), }",
    ] {
        assert!(code.contains(item), "{item}\n{rust}");
    }
    let note = "Values that are not objects are rejected, by the option `objects`; its schema names no `type`.";
    assert!(rust.contains(note), "{rust}");
    // Parts of a schema that allows null, and conditions, are not changed.
    assert!(rust.contains(r#"allOf: [0 {required: ["kg"]}],"#), "{rust}");
    assert!(rust.contains(r#"not: {required: ["lb"]}"#), "{rust}");
}

#[test]
fn option_selects_single_types_and_places() {
    let by_place = api(&Options::new("acme").objects("shop.json#/components/schemas/Address"));
    let by_name = api(&Options::new("acme").objects("Address"));
    assert_eq!(by_place.code, by_name.code);
    let code = plain(&by_name.code);
    assert!(code.contains("pub struct Address {") && code.contains("pub struct Shipped {"));
    assert!(code.contains("pub enum Payment { Object(PaymentObject),"), "{code}");
    for (selector, message) in [
        ("Adress", "no type is called \"Adress\""),
        ("Parcel", "no schema of objects without `type` is at \"Parcel\""),
        ("shop.json#/components/schemas/Free", "no schema of objects without `type` is at"),
    ] {
        let options = Options::new("acme").objects(selector);
        let error = generate(&[source(API)], &options).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn option_reaches_referenced_documents() {
    let root = source(
        r##"{"type": "object", "properties": {"a": {"$ref": "common.json#/$defs/address"}}}"##,
    );
    let common = Reference {
        uri: "common.json".into(),
        text: r#"{"$defs": {"address": {"properties": {"street": {"type": "string"}}}}}"#.into(),
    };
    for selector in ["*", "Address", "common.json#/$defs/address"] {
        let options = Options::new("acme").objects(selector);
        let rust =
            generate_with(std::slice::from_ref(&root), std::slice::from_ref(&common), &options)
                .unwrap();
        assert!(rust.contains("pub struct Address {"), "{selector}: {rust}");
    }
}

#[test]
fn events_without_type_decode_all_values() {
    let text =
        r##"{"properties": {"next": {"$ref": "#"}, "n": {"type": "integer"}}, "minLength": 2}"##;
    let rust = generate(&[source(text)], &Options::new("acme")).unwrap();
    let code = plain(&rust);
    assert!(code.contains("pub enum Shop { Object(Box<shop::ShopObject>), Other("), "{rust}");
    assert!(code.contains("Array => Other, verify schema::SHOP;"), "{rust}");
}
