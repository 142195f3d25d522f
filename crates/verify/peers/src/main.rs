//! `table` prints the comparison, `write FILE` puts it and what was measured between the markers of a
//! file, `chart FILE` draws the ratios.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use migration_events_peers::{build_cost, ratios, readme, table};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["table"] => {
            print!("{}", table::markdown());
            Ok(())
        }
        ["write", path] => write(path),
        ["chart", path] => chart(path),
        _ => Err("usage: table | write FILE | chart FILE".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn write(path: &str) -> Result<(), Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string(path)?;
    let text = readme::with_section(&text, "peers", &table::markdown())?;
    let text = readme::with_section(&text, "ratios", &ratios::markdown()?)?;
    let text = readme::with_section(&text, "build-cost", &build_cost::markdown()?)?;
    Ok(std::fs::write(path, text)?)
}

fn chart(path: &str) -> Result<(), Box<dyn std::error::Error>> {
    Ok(std::fs::write(path, ratios::chart()?)?)
}
