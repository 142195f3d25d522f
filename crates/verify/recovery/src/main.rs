//! Writes recovery files, checks what a stream finds in them, and answers what is in them.

use migration_events_recovery::{
    Counts, Found, Generated, Handled, Ledger, Parts, check, damaged, run,
};
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

const USAGE: &str = "\
usage: recovery write FILE EVENTS [SEED]
       recovery check FILE EVENTS [SEED]
       recovery run --events EVENTS [--seed SEED]
       recovery run FILE
       recovery damaged STREAMS EVENTS

write  makes FILE, and FILE.expected.json with what it holds
check  reads FILE as a stream and compares everything found with what was written
run    reads, types, deduplicates and answers every event, of FILE or of what would be written to it,
       and compares what was answered and reported, and the memory that it took
damaged  reads STREAMS streams of EVENTS events, of which some have a damaged byte, and counts what was found
";

/// Additional memory that a run may take beyond one of `FEW` events, in KiB.
const MORE_KIBIBYTES: u64 = 32 << 10;

/// Events of the run that another one is compared with.
const FEW: u64 = 10_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some(done) = execute(&arguments) else {
        eprint!("{USAGE}");
        return ExitCode::from(2);
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{}: {error}", arguments.get(1).unwrap_or(&""));
            ExitCode::FAILURE
        }
    }
}

/// Runs the command; `None` if the arguments are wrong.
fn execute(arguments: &[&str]) -> Option<io::Result<bool>> {
    let number = |text: &&str| text.parse::<u64>().ok();
    Some(match arguments {
        ["write", file, count, seed @ ..] if seed.len() < 2 => {
            let seed = seed.first().map_or(Some(1), number)?;
            write(Path::new(file), number(count)?, seed).map(|()| true)
        }
        ["check", file, count, seed @ ..] if seed.len() < 2 => {
            compare(Path::new(file), number(count)?, seed.first().map_or(Some(1), number)?)
        }
        ["run", "--events", count] => run_generated(1, number(count)?),
        ["run", "--events", count, "--seed", seed] => run_generated(number(seed)?, number(count)?),
        ["damaged", streams, events] => Ok(read_damaged(number(streams)?, number(events)?)),
        ["run", file] if !file.starts_with('-') => run_file(Path::new(file)),
        _ => return None,
    })
}

/// Reads damaged streams and prints what was found; returns whether nothing was made up, doubled or lost without a
/// reason.
fn read_damaged(streams: u64, events: u64) -> bool {
    let mut found = Found::default();
    for seed in 0..streams {
        let one = damaged(seed, events);
        if (one.made, one.doubled, one.unexplained) != (0, 0, 0) {
            println!("seed {seed}: {one:?}");
        }
        found += one;
    }
    println!("{found:#?}");
    (found.made, found.doubled, found.unexplained) == (0, 0, 0)
}

fn run_generated(seed: u64, count: u64) -> io::Result<bool> {
    let few = peak_of_few(seed, count)?;
    let mut stream = Generated::new(seed, count);
    let mut done = Done::new(&mut stream, few)?;
    done.expected = stream.counts().to_json(seed);
    Ok(done.report(seed, count))
}

fn run_file(file: &Path) -> io::Result<bool> {
    let expected: Value = serde_json::from_slice(&std::fs::read(expected(file))?)?;
    let number = |name: &str| {
        let missing = || io::Error::new(io::ErrorKind::InvalidData, format!("no `{name}`"));
        expected[name].as_u64().ok_or_else(missing)
    };
    let (seed, count) = (number("seed")?, number("parts")?);
    let few = peak_of_few(seed, count)?;
    let mut done = Done::new(File::open(file)?, few)?;
    done.expected = expected;
    Ok(done.report(seed, count))
}

/// The peak of memory after a run of few events.
fn peak_of_few(seed: u64, count: u64) -> io::Result<Option<u64>> {
    run(Generated::new(seed, count.min(FEW)), &mut Ledger::default())?;
    Ok(peak())
}

/// Result of a run.
struct Done {
    handled: Handled,
    ledger: Ledger,
    expected: Value,
    seconds: f64,
    few: Option<u64>,
    many: Option<u64>,
}

impl Done {
    fn new(stream: impl Read, few: Option<u64>) -> io::Result<Self> {
        let (start, mut ledger) = (Instant::now(), Ledger::default());
        let handled = run(stream, &mut ledger)?;
        let seconds = start.elapsed().as_secs_f64();
        Ok(Self { handled, ledger, expected: Value::Null, seconds, few, many: peak() })
    }

    /// Prints what was found; returns whether all of it is as expected.
    fn report(&self, seed: u64, count: u64) -> bool {
        let found = self.handled.to_json(&self.ledger);
        println!("{found:#}");
        let unlike = unlike("", &found, &self.expected);
        for place in &unlike {
            println!("{place}: not as expected");
        }
        let differences = self.handled.differences(&self.ledger, seed, count);
        println!(
            "{count} parts in {:.1} s, {:.0} in a second; {differences} differences",
            self.seconds,
            count as f64 / self.seconds
        );
        let mut fits = true;
        match (self.few, self.many) {
            (Some(few), Some(many)) => {
                fits = many <= few + MORE_KIBIBYTES;
                println!("at most {few} KiB of memory for {FEW} events, {many} KiB for all");
            }
            _ => println!("this system does not tell how much memory that took"),
        }
        unlike.is_empty() && differences == 0 && fits
    }
}

/// Pointers to the numbers that were found and are not those that were expected.
fn unlike(at: &str, found: &Value, expected: &Value) -> Vec<String> {
    match found {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, found)| unlike(&format!("{at}/{name}"), found, &expected[name]))
            .collect(),
        found if found == expected => Vec::new(),
        _ => vec![at.to_owned()],
    }
}

/// The file with what a file holds.
fn expected(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".expected.json");
    name.into()
}

fn write(file: &Path, count: u64, seed: u64) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(file)?);
    let mut counts = Counts::default();
    for part in Parts::new(seed, count) {
        counts.add(&part);
        out.write_all(&part.bytes)?;
    }
    out.flush()?;
    let counts = counts.to_json(seed);
    std::fs::write(expected(file), format!("{counts:#}\n"))?;
    println!("{counts:#}");
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

/// The peak memory of this process in KiB, if the system reports it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
