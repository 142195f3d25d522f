//! This crate against its peers, side by side: decoding with validation, encoding, rejecting, Avro.
//!
//! `just bench-evidence` prints the ratios and writes them to `benches/ratios.json`; with `--test` every
//! case runs once and nothing is measured. Each side has accepted (or rejected) its input before it is
//! measured. Decoding includes dropping the result; all sides share one binary and one allocator.

mod cases;
#[path = "../../../../benches/interleave/mod.rs"]
mod interleave;
#[allow(dead_code, reason = "shared with the benchmarks of the library")]
#[path = "../../../../benches/peer/mod.rs"]
mod peer;
#[path = "../../../../benches/workload/mod.rs"]
mod workload;

use std::process::ExitCode;

use serde_json::json;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let filter = arguments.iter().find(|argument| !argument.starts_with('-'));
    let mut cases = cases::all();
    cases.retain(|case| {
        filter.is_none_or(|part| format!("{}: {}", case.group, case.name).contains(part.as_str()))
    });
    if interleave::is_tried_only(&arguments) {
        for case in &cases {
            (case.ours)(1);
            (case.peer)(1);
        }
        println!("{} cases: ok", cases.len());
        return ExitCode::SUCCESS;
    }
    if cfg!(feature = "exact") {
        eprintln!("peers are slower with exact numbers: --no-default-features --features fast");
        return ExitCode::FAILURE;
    }
    let mut measured = Vec::new();
    println!(
        "{:<8} {:<24} {:<28} {:>11} {:>11} {:>7} {:>7}",
        "", "", "against", "ours ns", "peer ns", "ratio", "spread"
    );
    for case in &cases {
        let it = interleave::measure(case);
        println!(
            "{:<8} {:<24} {:<28} {:>11.0} {:>11.0} {:>7.3} {:>6.1}%{}",
            case.group,
            case.name,
            case.against,
            it.ours_ns,
            it.peer_ns,
            it.ratio,
            it.spread * 100.0,
            if it.is_noisy() { " noisy" } else { "" }
        );
        let rounded = |number: f64, by: f64| (number * by).round() / by;
        measured.push(json!({
            "group": case.group,
            "name": case.name,
            "against": case.against,
            "ratio": rounded(it.ratio, 1e3),
            "spread": rounded(it.spread, 1e2),
            "ours_ns": rounded(it.ours_ns, 1.0),
            "peer_ns": rounded(it.peer_ns, 1.0),
        }));
    }
    if filter.is_some() {
        return ExitCode::SUCCESS;
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../benches/ratios.json");
    let lines: Vec<_> = measured.iter().map(|it| format!("  {it}")).collect();
    match std::fs::write(path, format!("[\n{}\n]\n", lines.join(",\n"))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::FAILURE
        }
    }
}
