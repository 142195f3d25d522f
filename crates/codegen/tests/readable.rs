//! The length of generated code.

use migration_events_codegen::{Options, Source, generate};
use serde_json::{Value, json};

/// Definitions of the contract.
const DEFINITIONS: usize = 88;
/// Most lines of a type with all that belongs to it: documentation, block and schema.
const MOST_LINES: usize = 40;

/// A definition of every shape: an object that holds an enum, an object, a union and a text of its own.
fn definition(number: usize) -> Value {
    let state = |name: &str| format!("{name}_{number}");
    let next = format!("#/definitions/part_{}", (number + 1) % DEFINITIONS);
    json!({
        "title": format!("Part {number} of a plant"),
        "description": "Made of smaller parts, and part of a larger one.",
        "type": "object",
        "required": ["id", "state", "amount", "note"],
        "properties": {
            "id": {"description": "Identifier, as it is printed on the part.", "type": "string"},
            "state": {
                "description": "How it is.",
                "enum": [state("NEW"), state("USED"), state("BROKEN"), state("GONE")]
            },
            "amount": {"description": "What it costs.", "type": "number", "examples": [14.70]},
            "note": {"description": "Remarks, or `null`.", "type": ["string", "null"]},
            "built_at": {"description": "When it was built.", "type": "string", "format": "date-time"},
            "next": {"description": "The part beside it.", "$ref": next},
            "parts": {"description": "The parts inside.", "type": "array", "items": {"$ref": next}},
            "detail": {
                "description": "What its maker says.",
                "type": "object",
                "additionalProperties": false,
                "required": ["serial"],
                "properties": {
                    "serial": {
                        "description": "Serial number, of the maker's own form.",
                        "type": "string", "maxLength": 12 + number
                    },
                    "size": {
                        "description": "Size in words, or in millimetres.",
                        "type": ["string", "integer"]
                    }
                }
            }
        }
    })
}

fn rust() -> String {
    let definitions: serde_json::Map<String, Value> =
        (0..DEFINITIONS).map(|number| (format!("part_{number}"), definition(number))).collect();
    let contract = json!({
        "type": "object",
        "properties": {"part": {"$ref": "#/definitions/part_0"}},
        "definitions": definitions
    });
    let source = Source { file: "plant.json".into(), text: contract.to_string(), patch: None };
    generate(&[source], &Options::new("acme")).expect("it is legal")
}

#[test]
fn a_type_takes_forty_lines_at_most() {
    let rust = rust();
    let is_type = |line: &&str| {
        let line = line.trim_start();
        line.starts_with("pub struct ") || line.starts_with("pub enum ")
    };
    let (types, lines) = (rust.lines().filter(is_type).count(), rust.lines().count());
    assert!(types >= 300, "{types} types");
    assert!(lines <= MOST_LINES * types, "{lines} lines for {types} types");
}

#[test]
fn every_public_item_is_documented_or_a_block() {
    let rust = rust();
    let lines: Vec<&str> = rust.lines().map(str::trim_start).collect();
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| line.starts_with("pub ")) {
        let before = lines[..number].iter().rev().find(|line| !line.starts_with("#["));
        assert!(before.is_some_and(|line| line.starts_with("///")), "{}: {line}", number + 1);
    }
    assert!(!lines.iter().any(|line| line.starts_with("impl ")), "implementations are macros'");
}
