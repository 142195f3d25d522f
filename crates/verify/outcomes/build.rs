//! Generates the types of the outcomes in `schemas/`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    migration_events_codegen::Config::new("outcomes").folder("schemas").compile()?;
    Ok(())
}
