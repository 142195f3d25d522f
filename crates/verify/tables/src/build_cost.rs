//! The figures of `build_cost.py`, as a table.

use std::fmt::Write as _;

use serde::Deserialize;

use crate::{Result, parse};

/// A line of `benches/build_cost.json`.
#[derive(Debug, Deserialize)]
struct Consumer {
    name: String,
    /// CPU seconds of a clean build, divided by those of the first line.
    cpu: f64,
    /// Crates that are compiled.
    crates: usize,
    /// Bytes of the optimised program, divided by those of the first line.
    size: f64,
}

fn consumers() -> Result<Vec<Consumer>> {
    parse("benches/build_cost.json")
}

/// The CPU time of a consumer's build.
pub(crate) fn cpu(name: &str) -> Result<f64> {
    let found = consumers()?.into_iter().find(|it| it.name == name);
    Ok(found.ok_or_else(|| format!("benches/build_cost.json has no `{name}`"))?.cpu)
}

/// A line for each consumer.
pub(crate) fn markdown() -> Result<String> {
    let mut out = String::from(
        "| clean build of a program with | CPU time | crates | size of the program |\n\
         |---|---:|---:|---:|\n",
    );
    for Consumer { name, cpu, crates, size } in consumers()? {
        let _ = writeln!(out, "| {name} | {cpu:.2} | {crates} | {size:.2} |");
    }
    Ok(out)
}
