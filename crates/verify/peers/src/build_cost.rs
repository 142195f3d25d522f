//! What `build_cost.py` measured, as a table.

use std::error::Error;
use std::fmt::Write as _;

use serde::Deserialize;

/// A line of `benches/build_cost.json`.
#[derive(Debug, Deserialize)]
struct Consumer {
    name: String,
    /// CPU seconds of a clean build, divided by those of the first line.
    cpu: f64,
    /// Crates that are compiled.
    crates: usize,
    /// Lines that build scripts wrote.
    lines: usize,
    /// Bytes of the optimised program, divided by those of the first line.
    size: f64,
}

/// A line for each consumer.
///
/// # Errors
/// `benches/build_cost.json` cannot be read.
pub fn markdown() -> Result<String, Box<dyn Error>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../benches/build_cost.json");
    let consumers: Vec<Consumer> = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let mut out = String::from(
        "| clean build of a program with | CPU time | crates | generated lines | size of the program |\n\
         |---|---:|---:|---:|---:|\n",
    );
    for Consumer { name, cpu, crates, lines, size } in consumers {
        let _ = writeln!(out, "| {name} | {cpu:.2} | {crates} | {lines} | {size:.2} |");
    }
    Ok(out)
}
