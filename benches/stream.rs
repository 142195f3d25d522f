//! Events from a stream against the same events one by one from memory.
//!
//! `cargo bench --bench stream` prints a table and ends with an error if decoding from a stream
//! reaches less than 0.9 of the throughput; `cargo bench --bench stream -- --test` runs every case once
//! and measures nothing.
//!
//! Both sides decode and drop every event; the stream reads from memory, so that the disk is not measured.
//! The lines below the bar show other ways of reading a stream.

#[path = "stream/cases.rs"]
mod cases;
mod interleave;

use std::process::ExitCode;

/// Least throughput of decoding from a stream, as a part of that from memory.
const BAR: f64 = 0.9;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let cases = cases::all();
    if interleave::is_tried_only(&arguments) {
        for case in &cases {
            (case.ours)(1);
            (case.peer)(1);
            println!("{}: ok", case.name);
        }
        return ExitCode::SUCCESS;
    }
    println!(
        "{:<44} {:>9} {:>12} {:>12} {:>10} {:>7}",
        "stream", "bytes", "stream MB/s", "memory MB/s", "throughput", "spread"
    );
    let mut is_met = true;
    for case in &cases {
        let measured = interleave::measure(case);
        let throughput = 1.0 / measured.ratio;
        let noisy = measured.is_noisy();
        let missed = case.is_bound && throughput < BAR;
        is_met &= !missed || noisy;
        let megabytes = |nanoseconds: f64| case.bytes as f64 / nanoseconds * 1e3;
        println!(
            "{:<44} {:>9} {:>12.0} {:>12.0} {:>10.3} {:>6.1}%{}{}",
            case.name,
            case.bytes,
            megabytes(measured.ours_ns),
            megabytes(measured.peer_ns),
            throughput,
            measured.spread * 100.0,
            if noisy { " noisy" } else { "" },
            if missed { " below 0.9" } else { "" },
        );
    }
    if is_met { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
