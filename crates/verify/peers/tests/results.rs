//! The committed results are those of the program.

use migration_events_peers::table;

#[test]
fn committed_results_are_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../benches/peers.json");
    let committed = std::fs::read_to_string(path).unwrap();
    assert!(committed == table::text(), "`just peers-table` writes it anew");
}
