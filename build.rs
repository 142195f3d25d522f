//! Generates the types of the enabled families from the contracts in `schemas/`.

#[cfg(feature = "pismo-core")]
#[path = "build/groups.rs"]
mod groups;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build/groups.rs");
    #[cfg(feature = "boost")]
    compile(configuration("boost").folder("schemas/boost"))?;
    #[cfg(feature = "pismo-core")]
    {
        let is_enabled = |feature: &str| {
            let variable = feature.to_uppercase().replace('-', "_");
            std::env::var_os(format!("CARGO_FEATURE_{variable}")).is_some()
        };
        let files = groups::files(is_enabled);
        let add = |config: Config, file: String| config.file(format!("schemas/{file}"));
        compile(files.into_iter().fold(configuration("pismo"), add))?;
    }
    #[cfg(feature = "specsavers")]
    compile(configuration("specsavers").folder("schemas/specsavers"))?;
    Ok(())
}

#[cfg(any(feature = "boost", feature = "pismo-core", feature = "specsavers"))]
use migration_events_codegen::Config;

#[cfg(any(feature = "boost", feature = "pismo-core", feature = "specsavers"))]
fn configuration(family: &str) -> Config {
    // One contract declares 2019-09, in which formats are annotations unless the reader asserts them.
    Config::new(family).formats(migration_events_codegen::Formats::Asserted)
}

#[cfg(any(feature = "boost", feature = "pismo-core", feature = "specsavers"))]
fn compile(config: Config) -> Result<(), migration_events_codegen::CompileError> {
    config.compile()?;
    Ok(())
}
