//! Number and size of the allocations in each case of the benchmark `samples`.
//!
//! A target of its own: the counting allocator would slow down what is timed. A reallocation counts
//! as an allocation of the new size.

mod cases;
mod peer;
mod workload;

use allocation_counter::measure;

fn main() {
    println!(
        "{:<26} {:<26} {:>9} {:>10} {:>11} {:>10} {:>11}",
        "allocations, bytes of them", "", "bytes", "ours", "handwritten", "ours", "handwritten"
    );
    for case in cases::all() {
        let (ours, peer) = (measure(|| (case.ours)(1)), measure(|| (case.peer)(1)));
        println!(
            "{:<26} {:<26} {:>9} {:>10} {:>11} {:>10} {:>11}",
            case.group,
            case.name,
            case.bytes,
            ours.count_total,
            peer.count_total,
            ours.bytes_total,
            peer.bytes_total
        );
    }
}
