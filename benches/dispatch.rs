//! Telling which event a message is and decoding it, against decoding one that is known beforehand.
//!
//! `cargo bench --bench dispatch` prints a table; `cargo bench --bench dispatch -- --test` runs every
//! case once and measures nothing.

#[path = "dispatch/cases.rs"]
mod cases;
mod interleave;

/// A wider spread of the ratio says more about the machine than about the code.
const NOISY: f64 = 0.2;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag| arguments.iter().any(|argument| argument == flag);
    let cases = cases::all();
    // Cargo passes `--bench` when it is to be measured, and not when it is only tested.
    if has("--test") || !has("--bench") {
        for case in &cases {
            (case.ours)(1);
            (case.peer)(1);
            println!("{}: ok", case.name);
        }
        return;
    }
    println!(
        "{:<44} {:>6} {:>9} {:>9} {:>6} {:>7}",
        "dispatch", "bytes", "any ns", "known ns", "ratio", "spread"
    );
    for case in &cases {
        let measured = interleave::measure(case);
        println!(
            "{:<44} {:>6} {:>9.0} {:>9.0} {:>6.3} {:>6.1}%{}",
            case.name,
            case.bytes,
            measured.ours_ns,
            measured.peer_ns,
            measured.ratio,
            measured.spread * 100.0,
            if measured.spread > NOISY { " noisy" } else { "" },
        );
    }
}
