//! Decoding with validation, and encoding, against the structs a service would write by hand.
//!
//! `cargo bench --bench samples` prints a table; an argument selects the lines that contain it.
//! `cargo bench --bench samples -- --test` runs every case once and measures nothing.
//!
//! Decoding includes dropping the result. Both sides are in one binary with one allocator. A line whose
//! ratios scatter is marked, and left out of the mean: measure it again on a quieter machine.

mod cases;
mod interleave;
mod peer;
mod workload;

use cases::Case;

fn main() {
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
        return;
    }
    for group in cases.chunk_by(|a, b| a.group == b.group) {
        table(group);
    }
}

fn line_name(case: &Case) -> String {
    format!("{}: {}", case.group, case.name)
}

fn table(group: &[Case]) {
    println!(
        "\n{:<26} {:>9} {:>11} {:>14} {:>7} {:>7}",
        group[0].group, "bytes", "ours ns", "handwritten ns", "ratio", "spread"
    );
    let mut logarithms = Vec::new();
    for case in group {
        let measured = interleave::measure(case);
        let noisy = measured.is_noisy();
        if !noisy {
            logarithms.push(measured.ratio.ln());
        }
        println!(
            "{:<26} {:>9} {:>11.0} {:>14.0} {:>7.3} {:>6.1}%{}",
            case.name,
            case.bytes,
            measured.ours_ns,
            measured.peer_ns,
            measured.ratio,
            measured.spread * 100.0,
            if noisy { " noisy" } else { "" }
        );
    }
    let count = logarithms.len();
    if count > 0 {
        let mean = (logarithms.iter().sum::<f64>() / count as f64).exp();
        println!("{:<26} {mean:>45.3}", format!("geometric mean of {count}"));
    }
}
