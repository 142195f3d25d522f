//! Generates the types of the contracts in `schemas/`, one family for each format.

use migration_events_codegen::{Config, CrateVersion, Lint, Numbers, Severity};

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
    // Where the options of the generator choose types.
    Config::new("chosen")
        .folder("schemas/chosen")
        .runtime("::events")
        .numbers("*", Numbers::Narrow)
        .numbers("Digits", Numbers::AsWritten)
        .mark_deprecated(true)
        .compile()?;
    Ok(())
}
