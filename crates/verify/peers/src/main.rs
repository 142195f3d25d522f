//! `write FILE` puts what became of the messages into a file, from which the tables of the documents are
//! rendered (`migration-events-tables`); without arguments it is printed.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use migration_events_peers::table;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        [] => {
            print!("{}", table::text());
            Ok(())
        }
        ["write", path] => std::fs::write(path, table::text()).map_err(|error| error.to_string()),
        _ => Err("usage: [write FILE]".to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
