//! Comparison of two versions of a contract.

#[path = "evolution/asyncapi.rs"]
mod asyncapi;
#[path = "evolution/avro.rs"]
mod avro;
#[path = "evolution/golden.rs"]
mod golden;
#[path = "evolution/json_schema.rs"]
mod json_schema;

#[path = "evolution/oracle.rs"]
mod oracle;
#[path = "evolution/random.rs"]
mod random;
#[path = "evolution/robust.rs"]
mod robust;
#[path = "evolution/sets.rs"]
mod sets;

use migration_events_codegen::Source;
use migration_events_codegen::evolution::{self, Evolution};

/// Compares two versions in files called `old` and `new`.
fn compared(old: &str, new: &str, extension: &str) -> Evolution {
    let source =
        |file: &str, text: &str| Source { file: file.into(), text: text.into(), patch: None };
    evolution::compare(
        &source(&format!("old{extension}"), old),
        &source(&format!("new{extension}"), new),
    )
    .unwrap_or_else(|error| panic!("{old} {new}\n{error}"))
}

#[test]
fn files_beside_a_version_are_followed() {
    let folder = std::env::temp_dir().join(format!("evolution-{}", std::process::id()));
    let write = |version: &str, values: &str| {
        let folder = folder.join(version);
        std::fs::create_dir_all(folder.join("parts")).unwrap();
        let moved = r#"{"type": "object", "properties": {"fuel": {"$ref": "common.json#/definitions/fuel"}}}"#;
        let common = r#"{"definitions": {"fuel": {"$ref": "parts/fuel.json"}}}"#;
        let file = folder.join("meter_moved.json");
        std::fs::write(&file, moved).unwrap();
        std::fs::write(folder.join("common.json"), common).unwrap();
        std::fs::write(folder.join("parts/fuel.json"), format!(r#"{{"enum": {values}}}"#)).unwrap();
        file
    };
    let (old, new) = (write("1", r#"["GAS"]"#), write("2", r#"["GAS", "POWER"]"#));
    let evolution = evolution::compare_files(&old, &new).unwrap();
    assert_eq!(evolution.changes().len(), 1, "{evolution}");
    assert!(evolution.breaks().readers && !evolution.breaks().writers);
    std::fs::remove_file(new.with_file_name("parts").join("fuel.json")).unwrap();
    let error = evolution::compare_files(&old, &new).unwrap_err().to_string();
    assert!(error.contains("unknown document in the reference \"parts/fuel.json\""), "{error}");
    std::fs::remove_dir_all(folder).unwrap();
}
