//! Generates the types of the contracts in `schemas/`, one family for each format.

use migration_events_codegen::{Config, CrateVersion, Lint, Severity};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    for family in ["json", "avro", "asyncapi", "openapi"] {
        Config::new(family)
            .folder(format!("schemas/{family}"))
            .runtime("::events")
            // Some properties allow no value.
            .lint(Lint::Unsatisfiable, Severity::Ignore)
            .lint(Lint::MissingType, Severity::Ignore)
            .with_crate("std", CrateVersion::Any)
            .compile()?;
    }
    Ok(())
}
