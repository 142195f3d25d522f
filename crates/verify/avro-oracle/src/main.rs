//! Exchanges random datums of each schema with fastavro; see `fastavro/check.py`.
//!
//! `avro-oracle write FOLDER COUNT [SEED]` writes them, `avro-oracle check FOLDER` compares what fastavro
//! wrote after it had read them.

#![forbid(unsafe_code)]

use migration_events_avro_oracle::exchange;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: avro-oracle write FOLDER COUNT [SEED] | check FOLDER";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments[..] {
        ["write", folder, count] => write(folder, count, "1"),
        ["write", folder, count, seed] => write(folder, count, seed),
        ["check", folder] => exchange::check(Path::new(folder)).map(|count| {
            println!("fastavro wrote the same {count} datums in every encoding");
        }),
        _ => Err(USAGE.into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &str, count: &str, seed: &str) -> Result<(), Box<dyn Error>> {
    exchange::write(Path::new(folder), count.parse()?, seed.parse()?)
}
