//! Writes recovery files and checks what a stream finds in them.

use migration_events_recovery::{Counts, Parts, check};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

const USAGE: &str = "\
usage: recovery write FILE EVENTS [SEED]
       recovery check FILE EVENTS [SEED]

write  makes FILE, and FILE.expected.json with what it holds
check  reads FILE as a stream and compares everything found with what was written
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (command, file, count, seed) = match arguments[..] {
        [command, file, count] => (command, file, count.parse(), Ok(1)),
        [command, file, count, seed] => (command, file, count.parse(), seed.parse()),
        _ => ("", "", Ok(0), Ok(1)),
    };
    let done = match (command, count, seed) {
        ("write", Ok(count), Ok(seed)) => write(Path::new(file), count, seed).map(|()| true),
        ("check", Ok(count), Ok(seed)) => compare(Path::new(file), count, seed),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{file}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(file: &Path, count: u64, seed: u64) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(file)?);
    let mut counts = Counts::default();
    for part in Parts::new(seed, count) {
        counts.add(&part);
        out.write_all(&part.bytes)?;
    }
    out.flush()?;
    let expected = counts.to_json(seed);
    let mut name = file.as_os_str().to_owned();
    name.push(".expected.json");
    std::fs::write(name, format!("{expected:#}\n"))?;
    println!("{expected:#}");
    Ok(())
}

fn compare(file: &Path, count: u64, seed: u64) -> io::Result<bool> {
    let start = Instant::now();
    let report = check(File::open(file)?, seed, count)?;
    for line in &report.described {
        println!("{line}");
    }
    println!(
        "{} intact events found, {} faults reported, {} differences, {:.1} s{}",
        report.found,
        report.faults,
        report.differences,
        start.elapsed().as_secs_f64(),
        peak().map_or(String::new(), |kibibytes| format!(", {kibibytes} KiB at most")),
    );
    Ok(report.differences == 0)
}

/// The most memory that this process had, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
