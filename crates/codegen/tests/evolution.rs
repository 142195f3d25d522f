//! Which changes of a contract break whom.

#[path = "evolution/avro.rs"]
mod avro;
#[path = "evolution/golden.rs"]
mod golden;
#[path = "evolution/json_schema.rs"]
mod json_schema;

use migration_events_codegen::Source;
use migration_events_codegen::evolution::{self, Evolution};

/// Both versions under names that say which is which.
fn compared(old: &str, new: &str, ending: &str) -> Evolution {
    let source =
        |file: &str, text: &str| Source { file: file.into(), text: text.into(), patch: None };
    evolution::compare(&source(&format!("old{ending}"), old), &source(&format!("new{ending}"), new))
        .unwrap_or_else(|error| panic!("{old} {new}\n{error}"))
}
