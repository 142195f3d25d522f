//! Large, deep and damaged contracts.

use super::asyncapi::{V2, V3};
use super::random::seeds;
use super::{compared, sets};
use migration_events_codegen::{Source, evolution};
use migration_events_support::Dice;
use migration_events_support::places::{insert, pointers, remove, replace};
use serde_json::{Value, json};
use std::fmt::Write as _;

#[test]
fn damaged_contracts_are_compared_or_refused() {
    let record = r#"{"type": "record", "name": "Tree", "fields": [{"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A"]}},
        {"name": "next", "type": ["null", "Tree"], "default": null}, {"name": "kinds", "type": {"type": "map", "values": "Kind"}}]}"#;
    let schema = r##"{"$schema": "https://json-schema.org/draft/2020-12/schema", "$dynamicAnchor": "n", "type": ["object", "null"],
        "properties": {"a": {"$ref": "#/$defs/x"}, "b": {"$dynamicRef": "#n"}}, "oneOf": [{"required": ["a"]}, {"not": {"required": ["a"]}}],
        "if": {"required": ["b"]}, "then": {"minProperties": 2}, "unevaluatedProperties": false,
        "$defs": {"x": {"type": "array", "prefixItems": [{"const": 1}], "items": {"enum": ["b", {"$ref": 1}]}, "contains": true}}}"##;
    let contracts = [
        (V2.to_owned(), ".json"),
        (V3.to_owned(), ".json"),
        (sets::OPENAPI.to_owned(), ".json"),
        (record.to_owned(), ".avsc"),
        (format!(r#"{{"protocol": "P", "namespace": "acme", "types": [{record}]}}"#), ".avpr"),
        (schema.to_owned(), ".json"),
    ];
    let (mut refused, mut read) = (0, 0);
    for seed in seeds(120) {
        let mut dice = Dice::seeded(seed);
        let (text, extension) = dice.pick(&contracts);
        let mut damaged: Value = serde_json::from_str(text).unwrap();
        for _ in 0..=dice.below(3) {
            let places = pointers(&damaged);
            let (place, other) = (dice.pick(&places).clone(), dice.pick(&places).clone());
            let values = [
                json!(null),
                json!([]),
                json!({}),
                json!("Kind"),
                json!(1e300),
                json!({"$ref": format!("#{other}")}),
            ];
            match dice.below(4) {
                0 => remove(&mut damaged, &place),
                1 => replace(&mut damaged, &place, dice.pick(&values).clone()),
                2 => {
                    let key = dice.word(&[
                        "$ref", "type", "items", "messages", "payload", "default", "allOf",
                    ]);
                    insert(&mut damaged, &place, key.to_owned(), dice.pick(&values).clone());
                }
                _ => {
                    let copy = damaged.pointer(&other).cloned().unwrap_or_default();
                    replace(&mut damaged, &place, copy);
                }
            }
        }
        let source = |file: &str, text: String| Source {
            file: format!("{file}{extension}"),
            text,
            patch: None,
        };
        let (whole, damaged) = (source("old", text.clone()), source("new", damaged.to_string()));
        for (old, new) in [(&whole, &damaged), (&damaged, &whole), (&damaged, &damaged)] {
            match evolution::compare(old, new) {
                Ok(evolution) => {
                    read += 1;
                    drop(evolution.to_string());
                    let is_same = std::ptr::eq(old, new);
                    assert!(
                        !is_same || evolution.changes().is_empty(),
                        "{}\n{evolution}",
                        new.text
                    );
                }
                Err(_) => refused += 1,
            }
        }
    }
    assert!(read > 50 && refused > 50, "{read} {refused}");
}

/// A way of references through a number of definitions.
fn chain(size: usize, other: bool) -> String {
    let mut text = String::from(
        r##"{"type": "object", "properties": {"a": {"$ref": "#/definitions/d0"}}, "definitions": {"##,
    );
    for index in 0..size {
        let next = index + 1;
        write!(text, r##""d{index}": {{"type": "object", "properties": {{"a": {{"$ref": "#/definitions/d{next}"}}}}}}, "##).unwrap();
    }
    text + &format!(r#""d{size}": {{"type": "{}"}}}}}}"#, if other { "number" } else { "integer" })
}

#[test]
fn deep_schemas_are_compared_up_to_a_limit() {
    let compare = |depth| compared(&chain(depth, false), &chain(depth, true), ".json");
    let evolution = compare(400);
    assert_eq!(evolution.changes()[0].what, "the type became number, was integer");
    let evolution = compare(700);
    assert_eq!(evolution.changes()[0].what, "the schemas are too complex to compare");
    assert!(evolution.breaks().readers && evolution.breaks().writers);
}
