//! Generates the types of the enabled families from the contracts in `schemas/`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "boost")]
    compile("boost")?;
    #[cfg(feature = "pismo")]
    compile("pismo")?;
    #[cfg(feature = "specsavers")]
    compile("specsavers")?;
    Ok(())
}

#[cfg(any(feature = "boost", feature = "pismo", feature = "specsavers"))]
fn compile(family: &str) -> Result<(), migration_events_codegen::CompileError> {
    migration_events_codegen::Config::new(family)
        .folder(format!("schemas/{family}"))
        // One contract declares 2019-09, in which formats are annotations unless the reader asserts them.
        .formats(migration_events_codegen::Formats::Asserted)
        .compile()?;
    Ok(())
}
