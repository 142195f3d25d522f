//! Comparison of contracts of several schemas: Avro types in other files, protocols, and OpenAPI documents.

use super::compared;
use migration_events_codegen::evolution::{self, Breaks};
use migration_events_codegen::{Options, Reference, Source};
use std::fs;

const NONE: Breaks = Breaks { readers: false, writers: false };
const READERS: Breaks = Breaks { readers: true, writers: false };
const WRITERS: Breaks = Breaks { readers: false, writers: true };
const BOTH: Breaks = Breaks { readers: true, writers: true };

const MOVED: &str = r#"{"type": "record", "name": "Moved", "namespace": "acme", "fields": [{"name": "meter", "type": "Meter"}]}"#;

fn meter(symbols: &str) -> String {
    format!(r#"{{"type": "enum", "name": "Meter", "namespace": "acme", "symbols": [{symbols}]}}"#)
}

#[test]
fn avro_types_of_other_files_are_followed() {
    let moved = Source { file: "moved.avsc".into(), text: MOVED.into(), patch: None };
    let options = Options::new("acme");
    let protocol = |types: &str| format!(r#"{{"protocol": "Meters", "types": [{types}]}}"#);
    for file in ["meter.avsc", "meters.avpr"] {
        let set = |symbols: &str| {
            let schema = meter(symbols);
            let text = if file.ends_with("avpr") { protocol(&schema) } else { schema };
            [Reference { uri: file.into(), text }]
        };
        let (old, new) = (set(r#""GAS""#), set(r#""GAS", "POWER""#));
        let compare = |old: &[Reference], new: &[Reference]| {
            evolution::compare_with_references((&moved, old), (&moved, new), &options)
        };
        let evolution = compare(&old, &new).unwrap();
        assert_eq!(evolution.breaks(), READERS, "{evolution}");
        let change = &evolution.changes()[0];
        assert_eq!(change.what, "the symbol `POWER` was added");
        // The place is in the other file.
        assert_eq!((&change.pointer_old, &change.pointer_new), (&None, &None));
        assert!(compare(&old, &old).unwrap().changes().is_empty());
        let error = compare(&old, &[]).unwrap_err().to_string();
        assert!(error.contains("`acme.Meter` is not defined"), "{error}");
    }
}

#[test]
fn avro_files_are_found_by_defined_types() {
    let folder = std::env::temp_dir().join(format!("evolution-avro-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    write("moved-1.avsc", MOVED);
    write("moved-2.avsc", MOVED);
    write("meter-1.avsc", &meter(r#""GAS""#));
    write("meter-2.avsc", &meter(r#""GAS", "POWER""#));
    write("other.avsc", "not a schema");
    let compare = |old: &str, new: &str| {
        evolution::compare_files(folder.join(old), folder.join(new)).unwrap()
    };
    let evolution = compare("moved-1.avsc", "moved-2.avsc");
    assert_eq!(evolution.breaks(), READERS, "{evolution}");
    let back = compare("moved-2.avsc", "moved-1.avsc");
    assert_eq!(back.breaks(), WRITERS, "{back}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn types_of_protocols_are_compared_by_name() {
    let protocol = |types: &str| {
        format!(r#"{{"protocol": "Meters", "namespace": "acme", "types": [{types}]}}"#)
    };
    let record = |name: &str, fields: &str| {
        format!(r#"{{"type": "record", "name": "{name}", "fields": [{fields}]}}"#)
    };
    let kind = r#"{"type": "enum", "name": "Kind", "symbols": ["GAS"]}"#;
    let field = r#"{"name": "kind", "type": "Kind"}"#;
    let old = protocol(&[kind.to_owned(), record("Moved", field), record("Lost", field)].join(","));
    let wider = kind.replace(r#"["GAS"]"#, r#"["GAS", "POWER"]"#);
    for (types, breaks, what) in [
        // Both records have the type, which is listed once.
        (
            [wider, record("Moved", field), record("Lost", field)].as_slice(),
            READERS,
            ["the symbol `POWER` was added"].as_slice(),
        ),
        (&[kind.to_owned(), record("Moved", field)], WRITERS, &["the record `Lost` was removed"]),
        (
            &[record("Moved", ""), record("Lost", ""), record("Found", "")],
            READERS,
            &[
                "the enum `Kind` was removed",
                "the field `kind` was removed without a default",
                "the field `kind` was removed without a default",
                "the record `Found` was added",
            ],
        ),
    ] {
        let evolution = compared(&old, &protocol(&types.join(",")), ".avpr");
        let found: Vec<_> = evolution.changes().iter().map(|change| change.what.as_str()).collect();
        assert_eq!((found.as_slice(), evolution.breaks()), (what, breaks), "{evolution}");
        assert!(evolution.changes().iter().all(|change| change.position.is_some()), "{evolution}");
    }
    assert!(compared(&old, &old, ".avpr").changes().is_empty());
    // A type of a protocol is a type of any other file.
    let alone = r#"{"type": "record", "name": "Lost", "namespace": "acme", "fields": []}"#;
    let evolution = compared(&protocol(&record("Lost", "")), alone, ".json");
    assert_eq!(evolution.changes(), [], "{evolution}");
}

#[test]
fn component_schemas_of_openapi_are_compared_by_name() {
    let document = |version: &str, schemas: &str| {
        format!(
            r#"{{"openapi": "{version}", "info": {{"title": "Meters", "version": "1.0.0"}}, "paths": {{}},
            "components": {{"schemas": {{{schemas}}}}}}}"#
        )
    };
    let meter =
        |kind: &str| format!(r#""Meter": {{"type": "object", "properties": {{"kind": {kind}}}}}"#);
    let old = meter(r#"{"type": "string", "nullable": true}"#);
    for (version, new, breaks, what) in [
        ("3.0.3", meter(r#"{"type": "string"}"#), WRITERS, "`null` is no longer allowed"),
        ("3.1.0", meter(r#"{"type": ["string", "null"]}"#), NONE, ""),
        (
            "3.0.3",
            format!(r#"{old}, "More": {{"type": "string"}}"#),
            NONE,
            "the schema `More` was added",
        ),
        (
            "3.0.3",
            r#""More": {"type": "string"}"#.to_owned(),
            BOTH,
            "the schema `Meter` was removed",
        ),
    ] {
        let evolution = compared(&document("3.0.3", &old), &document(version, &new), ".json");
        assert_eq!(evolution.breaks(), breaks, "{evolution}");
        let first = evolution.changes().first();
        assert_eq!(first.map_or("", |change| &change.what), what, "{evolution}");
        assert!(first.is_none_or(|change| change.position.is_some()), "{evolution}");
    }
}

/// A document of version 3.0.
pub(super) const OPENAPI: &str = r##"{"openapi": "3.0.3", "info": {"title": "Meters", "version": "1.0.0"}, "paths": {},
    "components": {"schemas": {
        "Meter": {"type": "object", "properties": {"kind": {"type": "string", "nullable": true}, "site": {"$ref": "#/components/schemas/Site"}}},
        "Site": {"oneOf": [{"$ref": "#/components/schemas/Meter"}, {"type": "string"}]}}}}"##;
