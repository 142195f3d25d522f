//! Comparison of two versions of a contract.

#[path = "evolution/avro.rs"]
mod avro;
#[path = "evolution/golden.rs"]
mod golden;
#[path = "evolution/json_schema.rs"]
mod json_schema;

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
