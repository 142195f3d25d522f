//! Allocations of each side for one message, and its peak memory.
//!
//! `just bench-evidence` writes the ratios to `benches/memory.json`. A target of its own: the counting
//! allocator would slow down what `evidence` times. The cases are the same.

#[allow(dead_code, reason = "shared with `evidence`")]
mod cases;
#[allow(dead_code, reason = "shared with the benchmarks of the library")]
#[path = "../../../../benches/peer/mod.rs"]
mod peer;
#[path = "../../../../benches/workload/mod.rs"]
mod workload;

use allocation_counter::{AllocationInfo, measure};
use serde_json::json;

fn main() -> std::io::Result<()> {
    let mut lines = Vec::new();
    println!(
        "{:<8} {:<26} {:<28} {:>11} {:>11} {:>11} {:>11}",
        "", "allocations, bytes at most", "against", "ours", "peer", "ours", "peer"
    );
    for case in cases::all().iter().filter(|case| matches!(case.group, "decode" | "reject")) {
        let (ours, peer) = (counted(&case.ours), counted(&case.peer));
        println!(
            "{:<8} {:<26} {:<28} {:>11} {:>11} {:>11} {:>11}",
            case.group,
            case.name,
            case.against,
            ours.count_total,
            peer.count_total,
            ours.bytes_max,
            peer.bytes_max
        );
        for (what, a, b) in [
            ("allocations", ours.count_total, peer.count_total),
            ("peak memory", ours.bytes_max, peer.bytes_max),
        ] {
            lines.push(json!({
                "group": format!("{what}, {}", case.group),
                "name": case.name,
                "against": case.against,
                "ratio": (a as f64 / b as f64 * 1e3).round() / 1e3,
                "spread": 0.0,
            }));
        }
    }
    // Cargo passes `--bench` when it is to be measured, and not when it is only tested.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    lines.sort_by_key(|line| line["group"].to_string());
    let lines: Vec<_> = lines.iter().map(|line| format!("  {line}")).collect();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../benches/memory.json");
    std::fs::write(path, format!("[\n{}\n]\n", lines.join(",\n")))
}

/// Allocations that are made once for all messages do not count.
fn counted(work: &dyn Fn(u64)) -> AllocationInfo {
    work(1);
    measure(|| work(1))
}
