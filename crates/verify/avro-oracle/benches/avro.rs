//! The Avro binary encoding of the Boost sample: against a decoder written by hand for this schema,
//! `serde_avro_fast` with derived structs, and apache-avro's tree of values.
//!
//! `cargo bench -p migration-events-avro-oracle` prints a table and ends with an error if a ratio exceeds its bar; an
//! argument selects the lines that contain it. `cargo test -p migration-events-avro-oracle --bench avro` runs
//! every case once and measures nothing.
//!
//! Decoding includes dropping the result. All codecs are in one binary with one allocator. A line whose
//! ratios scatter is marked: measure it again on a quieter machine.

#[path = "avro/cases.rs"]
mod cases;
#[path = "avro/handwritten.rs"]
mod handwritten;
#[path = "../../../../benches/interleave/mod.rs"]
mod interleave;
#[path = "../../../../benches/peer/boost.rs"]
mod serde_structs;

use std::process::ExitCode;

use cases::Case;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let filter = arguments.iter().find(|argument| !argument.starts_with('-'));
    let mut cases = cases::all();
    cases.retain(|case| filter.is_none_or(|part| line_name(case).contains(part.as_str())));
    if interleave::is_tried_only(&arguments) {
        for case in &cases {
            (case.ours)(1);
            (case.peer)(1);
            println!("{}: ok", line_name(case));
        }
        return ExitCode::SUCCESS;
    }
    let mut is_met = true;
    for group in cases.chunk_by(|a, b| a.group == b.group) {
        is_met &= table(group);
    }
    if is_met { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn line_name(case: &Case) -> String {
    format!("{}: {}", case.group, case.name)
}

/// Measures a group; says whether every bar is met.
fn table(group: &[Case]) -> bool {
    println!(
        "\n{:<22} {:>9} {:>9} {:>11} {:>8} {:>8} {:>7}",
        group[0].group, "ours ns", "peer ns", "ours / peer", "at most", "faster", "spread"
    );
    let mut is_met = true;
    for case in group {
        let measured = interleave::measure(case);
        let exceeds = case.at_most.is_some_and(|bar| measured.ratio > bar);
        is_met &= !exceeds;
        println!(
            "{:<22} {:>9.1} {:>9.1} {:>11.3} {:>8} {:>7.1}x {:>6.1}%{}{}",
            case.name,
            measured.ours_ns,
            measured.peer_ns,
            measured.ratio,
            case.at_most.map_or_else(String::new, |bar| format!("{bar:.3}")),
            1.0 / measured.ratio,
            measured.spread * 100.0,
            if measured.is_noisy() { " noisy" } else { "" },
            if exceeds { " exceeds the bar" } else { "" }
        );
    }
    is_met
}
