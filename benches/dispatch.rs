//! Telling which event a message is and decoding it, against decoding one that is known beforehand.
//!
//! `cargo bench --bench dispatch` prints a table; `cargo bench --bench dispatch -- --test` runs every
//! case once and measures nothing.

#[path = "dispatch/cases.rs"]
mod cases;
mod interleave;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let cases = cases::all();
    if interleave::is_tried_only(&arguments) {
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
            if measured.is_noisy() { " noisy" } else { "" },
        );
    }
}
