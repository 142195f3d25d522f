//! Puts any number of generated messages to the product and to the oracle.
//!
//! `differential [--cases N] [--seed N] [--contract NAME]`; ends with 1 at the first disagreement that
//! is not a documented one, and shows the smallest message that has it.

#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use migration_events_differential::shrink::shrink;
use migration_events_differential::{CONTRACTS, Case, Contract, check};

const USAGE: &str = "usage: differential [--cases N] [--seed N] [--contract NAME]";

struct Options {
    cases: u64,
    seed: u64,
    contract: Option<String>,
}

fn main() -> ExitCode {
    let Some(options) = options(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let chosen =
        |contract: &&Contract| options.contract.as_deref().is_none_or(|name| name == contract.name);
    let contracts: Vec<_> = CONTRACTS.iter().filter(chosen).collect();
    if contracts.is_empty() {
        let names: Vec<_> = CONTRACTS.iter().map(|contract| contract.name).collect();
        eprintln!("no such contract; there are {}", names.join(", "));
        return ExitCode::from(2);
    }
    let (next, failures) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        while let Some(contract) = contracts.get(next.fetch_add(1, Ordering::Relaxed))
            && failures.load(Ordering::Relaxed) == 0
        {
            if !run(contract, &options, &failures) {
                failures.fetch_add(1, Ordering::Relaxed);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    if failures.into_inner() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn options(mut arguments: impl Iterator<Item = String>) -> Option<Options> {
    let mut options = Options { cases: 100_000, seed: 1, contract: None };
    while let Some(name) = arguments.next() {
        let value = arguments.next()?;
        match &*name {
            "--cases" => options.cases = value.parse().ok()?,
            "--seed" => options.seed = value.parse().ok()?,
            "--contract" => options.contract = Some(value),
            _ => return None,
        }
    }
    Some(options)
}

/// Runs all cases of a contract and returns whether they agree.
fn run(contract: &Contract, options: &Options, failures: &AtomicUsize) -> bool {
    let start = Instant::now();
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for index in 0..options.cases {
        if index % 100_000 == 0 && failures.load(Ordering::Relaxed) > 0 {
            return true;
        }
        if index > 0 && index % 100_000 == 0 {
            println!("{}: {index} cases in {:.0?}", contract.name, start.elapsed());
        }
        let case = Case::numbered(contract, options.seed, index);
        match check(contract, &case.message(contract)) {
            Ok(outcome) => {
                let verdict = match (outcome.json, outcome.patched, outcome.published) {
                    (false, ..) => "no JSON",
                    (_, _, true) => "accepted",
                    (_, true, _) => "accepted with deviations",
                    _ => "rejected",
                };
                for name in outcome.disagreements.into_iter().chain([verdict]) {
                    *counts.entry(name).or_default() += 1;
                }
            }
            Err(failure) => {
                let (message, failure) = shrink(contract, case.clone(), failure);
                let seed = options.seed;
                eprintln!("{failure}");
                eprintln!("seed {seed}, case {index}: {case:?}");
                eprintln!("message: {}", String::from_utf8_lossy(&message));
                return false;
            }
        }
    }
    let counts: Vec<_> = counts.iter().map(|(name, count)| format!("{count} {name}")).collect();
    println!(
        "{}: {} cases in {:.1?} agree ({})",
        contract.name,
        options.cases,
        start.elapsed(),
        counts.join(", "),
    );
    true
}
