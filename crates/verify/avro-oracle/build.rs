//! Generates the types of each schema in `corpus/` and `beyond/`, every one a family of its own: their names repeat.

use migration_events_codegen::Config;
use std::{fs, path::Path};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    for folder in ["beyond", "corpus"] {
        println!("cargo::rerun-if-changed={folder}");
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_stem().and_then(|stem| stem.to_str());
            let name = name.ok_or("a name beyond UTF-8")?;
            Config::new(name).file(Path::new(folder).join(format!("{name}.avsc"))).compile()?;
        }
    }
    Ok(())
}
