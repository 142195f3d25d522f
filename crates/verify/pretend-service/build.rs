//! Generates the events of the service from its schemas, of every kind there is.

use migration_events_codegen::{Config, Formats};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    Config::new("brook")
        .folder("schemas")
        .folder_recursive("schemas/plant")
        .runtime("::events")
        .formats(Formats::Asserted)
        .with_crate("semver", "1.0.27".parse()?)
        .rename("ConnectionIncoming::msn", "serial_number")
        .rename("ValveState::Opn", "Open")
        .derive("connection_outgoing::Entity", "Hash")
        .derive("*", "Copy")
        .attribute("Amount", "#[must_use]")
        .patch(
            "connection_incoming-1.json",
            r#"[{"op": "replace", "path": "/properties/msn/maxLength", "value": 12, "reason": "The longest in use."}]"#,
        )
        .compile()?;
    Ok(())
}
